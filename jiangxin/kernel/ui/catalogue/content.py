"""Components that show something: headers, cards, facts, timelines, notices."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.ui.codes import qr_svg
from jiangxin.kernel.ui.icons import icon_markup
from jiangxin.kernel.ui.registry import Attr, Component

TONES = ("neutral", "green", "amber", "red", "steel", "gold")
NOTICE_WORDS = {"info": _("说明"), "ok": _("完成"), "warning": _("注意"), "error": _("出错了")}
NOTICE_ICONS = {"info": "info", "ok": "circle-check", "warning": "triangle-alert", "error": "circle-x"}

ICON = Component(
    name="icon",
    doc="A decorative icon of the lucide set; always with a word beside it.",
    example='{% icon "search" %}',
    attrs=(Attr("name"),),
    positional=("name",),
    prepare=icon_markup,
)
CARD = Component(
    name="card",
    doc="A quiet frame around one matter; with `href` the title leads on.",
    example='{% component "card" title=_("验证荣誉") href="#" %}扫码或粘贴凭证即可核对。{% endcomponent %}',
    attrs=(
        Attr("title", ""),
        Attr("href", ""),
        Attr("level", "2", choices=("2", "3", "4")),
        Attr("kind", "plain", choices=("plain", "sunken", "marked")),
        Attr("id", ""),
    ),
    slots=("body", "before", "actions"),
    needs_slots=("body",),
)
PAGE_HEADER = Component(
    name="page_header",
    doc="Title of the page with breadcrumbs `[(label, url), …]`, one lead sentence and the page's actions.",
    example='{% page_header _("职工名册") lead=_("查找劳动模范和工匠。") crumbs=crumbs %}',
    attrs=(
        Attr("title"),
        Attr("lead", ""),
        Attr("eyebrow", ""),
        Attr("crumbs", (), "list"),
        Attr("kind", "plain", choices=("plain", "name")),
    ),
    slots=("body", "before", "actions"),
    positional=("title",),
)
TAG = Component(
    name="tag",
    doc="A subject or filter word; a link when it has `href`, removable when it has `remove`.",
    example='{% tag "焊接" href="#" %}',
    attrs=(Attr("label"), Attr("href", ""), Attr("remove", "")),
    positional=("label",),
)
BADGE = Component(
    name="badge",
    doc="A state in one word.",
    example='{% badge "已确认" tone="green" %}',
    attrs=(Attr("label"), Attr("tone", "neutral", choices=TONES)),
    positional=("label",),
)
NOTICE = Component(
    name="notice",
    doc="What happened, what was kept, what to do. `live` reads it out when it appears.",
    example='{% component "notice" "ok" title=_("已保存") %}其余内容已保存。{% endcomponent %}',
    attrs=(
        Attr("kind", "info", choices=tuple(NOTICE_WORDS)),
        Attr("title", ""),
        Attr("text", ""),
        Attr("live", False, "flag"),
    ),
    slots=("body", "actions"),
    positional=("kind",),
    prepare=lambda values: {"word": NOTICE_WORDS[values["kind"]], "icon_name": NOTICE_ICONS[values["kind"]]},
)
DESCRIPTION_LIST = Component(
    name="description_list",
    doc="Facts as term and value: `items` is `[(term, value), …]`, or write `<div><dt>…<dd>…</div>` in the body.",
    example="{% description_list items=facts %}",
    attrs=(Attr("items", (), "list"), Attr("compact", False, "flag")),
    slots=("body",),
)
TIMELINE = Component(
    name="timeline",
    doc="One column of time; the body holds `timeline_item`s.",
    example=(
        '{% component "timeline" %}{% timeline_item when="2025年4月" title="全国劳动模范" source="中工网" %}'
        "{% endcomponent %}"
    ),
    attrs=(Attr("label", ""),),
    slots=("body",),
    needs_slots=("body",),
)
TIMELINE_ITEM = Component(
    name="timeline_item",
    doc="One moment with its source; `retracted` strikes it through without hiding it.",
    example='{% timeline_item when="2019年" title="晋升高级技师" detail="省人社厅" %}',
    attrs=(
        Attr("when", "", "object"),
        Attr("title"),
        Attr("href", ""),
        Attr("detail", ""),
        Attr("source", ""),
        Attr("source_url", ""),
        Attr("kind", "plain", choices=("plain", "marked")),
        Attr("retracted", False, "flag"),
        Attr("level", "3", choices=("2", "3", "4")),
    ),
    slots=("body", "mark"),
)
EMPTY_STATE = Component(
    name="empty_state",
    doc="An empty list says what it is for and what the first step is.",
    example='{% component "empty_state" _("还没有推荐") %}{% slot "actions" %}{% button _("开始推荐") %}{% endslot %}{% endcomponent %}',
    attrs=(Attr("title"), Attr("text", ""), Attr("icon", "")),
    slots=("body", "actions"),
    positional=("title",),
)
STEPS = Component(
    name="steps",
    doc="Where one stands in a task: `items` is `[(label, state), …]`, state done, current or todo.",
    example="{% steps items=stages label=_('进度') %}",
    attrs=(Attr("items", kind="list"), Attr("label", "")),
)
FIGURE_NUMBER = Component(
    name="figure_number",
    doc="A big figure with its label; a link to the list behind it when it has `href`.",
    example='{% figure_number "2,426" label=_("2025年受表彰") unit=_("人") %}',
    attrs=(
        Attr("value", kind="object"),
        Attr("label"),
        Attr("unit", ""),
        Attr("note", ""),
        Attr("href", ""),
    ),
    positional=("value",),
)
TREE = Component(
    name="tree",
    doc=(
        "A tree that folds: `nodes` is `[{label, href, note, open, children}, …]`. Instead of `children` a node may name "
        "the `part` that holds a tree of them, fetched when it is opened, its `key`, and the `url` of a page that shows them."
    ),
    example="{% tree nodes=nodes label=_('组织') %}",
    attrs=(Attr("nodes", kind="list"), Attr("label", "")),
)
QR = Component(
    name="qr",
    doc="A QR code of an address, with the words under it.",
    example='{% qr "https://example.org/verify/01J9" label=_("扫码验证") %}',
    attrs=(Attr("value"), Attr("label")),
    positional=("value",),
    prepare=lambda values: {"svg": qr_svg(str(values["value"]))},
)
FOOTER = Component(
    name="footer",
    doc="Foot of the public pages: sources, contact, language and display.",
    example="{% footer %}",
    needs=("csrf_token", "request", "modes", "LANGUAGE_CODE", "nav", "contact"),
)

COMPONENTS = (
    *(ICON, CARD, PAGE_HEADER, TAG, BADGE, NOTICE, DESCRIPTION_LIST, TIMELINE, TIMELINE_ITEM),
    *(EMPTY_STATE, STEPS, FIGURE_NUMBER, TREE, QR, FOOTER),
)
