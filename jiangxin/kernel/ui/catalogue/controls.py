"""Components a person acts with: buttons, links, menus, language and display switches."""

from __future__ import annotations

from jiangxin.kernel.ui.modes import switch_choices
from jiangxin.kernel.ui.registry import Attr, Component, Values


def _languages(values: Values) -> Values:
    current = values["LANGUAGE_CODE"] or ""
    options = [("zh-hans", "中文", "zh-Hans"), ("en", "English", "en")]
    return {
        "others": [
            {"code": code, "name": name, "lang": lang}
            for code, name, lang in options
            if code[:2] != str(current)[:2]
        ]
    }


BUTTON = Component(
    name="button",
    doc="A verb with its object. `href` makes it a link that looks like a button; one `primary` per page.",
    example='{% button _("提交推荐") %} {% button _("下载证书") href="#" kind="secondary" icon="download" %}',
    attrs=(
        Attr("label"),
        Attr("href", ""),
        Attr("kind", "primary", choices=("primary", "secondary", "quiet", "danger")),
        Attr("type", "submit", choices=("submit", "button", "reset")),
        Attr("icon", ""),
        Attr("name", ""),
        Attr("value", ""),
        Attr("form", ""),
        Attr("formaction", ""),
        Attr("id", ""),
        Attr("disabled", False, "flag"),
        Attr("small", False, "flag"),
        Attr("download", False, "flag"),
    ),
    positional=("label",),
    passes=True,
)

LINK = Component(
    name="link",
    doc="A link with an icon or of a special kind (`back`, `quiet`); write a plain link as `<a>`.",
    example='{% link _("返回名册") "#" kind="back" %}',
    attrs=(
        Attr("label"),
        Attr("href"),
        Attr("kind", "plain", choices=("plain", "quiet", "back", "forward")),
        Attr("icon", ""),
        Attr("lang", ""),
    ),
    positional=("label", "href"),
    passes=True,
)

MENU = Component(
    name="menu",
    doc="Further actions behind one word; opens without JavaScript. The body holds links and buttons.",
    example='{% component "menu" _("更多操作") %}<a href="#">导出名单</a>{% endcomponent %}',
    attrs=(
        Attr("label"),
        Attr("icon", "ellipsis"),
        Attr("align", "start", choices=("start", "end")),
    ),
    slots=("body",),
    needs_slots=("body",),
    positional=("label",),
)

COPY_FIELD = Component(
    name="copy_field",
    doc="A value to copy (an address, a number); without JavaScript it can be selected by hand.",
    example='{% copy_field "01J9Z3M6Y8" label=_("荣誉编号") %}',
    attrs=(Attr("value", kind="object"), Attr("label"), Attr("id", "copy-value")),
    positional=("value",),
)

CONFIRM = Component(
    name="confirm",
    doc="The body of a confirm page (focus layout): says what will happen, one button does it, a link leaves.",
    example=(
        '{% component "confirm" action="#" submit=_("撤销授权") cancel="#" danger=True %}'
        "撤销后，何砚秋不能再审阅本市推荐材料。{% endcomponent %}"
    ),
    attrs=(
        Attr("action"),
        Attr("submit"),
        Attr("cancel"),
        Attr("cancel_label", ""),
        Attr("danger", False, "flag"),
    ),
    slots=("body", "fields"),
    needs_slots=("body",),
    needs=("csrf_token",),
)

LANGUAGE_SWITCH = Component(
    name="language_switch",
    doc="Changes the language and stays on the page.",
    example="{% language_switch %}",
    needs=("csrf_token", "request", "LANGUAGE_CODE"),
    prepare=_languages,
)

MODE_SWITCH = Component(
    name="mode_switch",
    doc="Theme, contrast and elder-friendly mode; works without JavaScript and is kept in a cookie.",
    example="{% mode_switch %}",
    attrs=(Attr("compact", False, "flag"), Attr("next", "")),
    needs=("csrf_token", "request", "modes"),
    prepare=switch_choices,
)

SKIP_LINK = Component(
    name="skip_link",
    doc="First thing on the page for keyboard users; leads to the main part.",
    example="{% skip_link %}",
    attrs=(Attr("target", "#main"),),
)

COMPONENTS = (BUTTON, LINK, MENU, COPY_FIELD, CONFIRM, LANGUAGE_SWITCH, MODE_SWITCH, SKIP_LINK)
