"""The states of an import: look first, then apply, and never half of a batch."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangxin.kernel.states import Flow, Move, State

FLOW = Flow(
    "sheets.import_run",
    field="state",
    states=(
        State("uploaded", _("已上传")),
        State("checked", _("已检查")),
        State("refused", _("文件不可用"), final=True),
        State("discarded", _("已放弃"), final=True),
        State("applying", _("导入中")),
        State("failed", _("中断")),
        State("done", _("已导入")),
        State("undone", pgettext_lazy("import", "已撤回"), final=True),
    ),
    moves=(
        Move("check", "uploaded", "checked", _("检查")),
        Move("refuse", "uploaded", "refused", _("文件不可用")),
        Move("discard", "checked", "discarded", _("放弃")),
        Move("discard", "failed", "discarded", _("放弃")),
        Move("start", "checked", "applying", _("导入")),
        Move("finish", "applying", "done", _("完成")),
        Move("fail", "applying", "failed", _("中断")),
        Move("resume", "failed", "applying", _("继续")),
        Move("undo", "done", "undone", _("撤回")),
    ),
)
