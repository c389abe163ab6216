"""The life of an organisation as a table."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangxin.kernel.states import Flow, Move, State

FLOW = Flow(
    "orgs.org",
    field="state",
    states=(
        State("active", _("在册")),
        State("merged", _("已并入")),
        State("closed", pgettext_lazy("organisation", "已撤销")),
    ),
    moves=(
        Move("merge", "active", "merged", _("并入")),
        Move("close", "active", "closed", pgettext_lazy("organisation", "撤销")),
        Move("part", "merged", "active", _("恢复（撤回合并）")),
        Move("reopen", "closed", "active", _("恢复（撤回撤销）")),
    ),
)
