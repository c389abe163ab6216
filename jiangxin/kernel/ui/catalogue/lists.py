"""Components around lists: search, facets, tables, paging, bulk work and long jobs."""

from __future__ import annotations

from jiangxin.kernel.ui.conditions import conditions_in_force
from jiangxin.kernel.ui.paging import page_links
from jiangxin.kernel.ui.progress import progress_words
from jiangxin.kernel.ui.registry import Attr, Component
from jiangxin.kernel.ui.tables import table_columns

SEARCH_BOX = Component(
    name="search_box",
    doc="The front door: one field, one button; `keep` is `[(name, value), …]` carried along as hidden fields. `into` names the part of the page that answers (with htmx).",
    example='{% search_box action="#" label=_("查找劳模工匠") placeholder=_("姓名、单位或荣誉") %}',
    attrs=(
        Attr("action"),
        Attr("label"),
        Attr("name", "q"),
        Attr("value", ""),
        Attr("placeholder", ""),
        Attr("hint", ""),
        Attr("submit", ""),
        Attr("id", "search"),
        Attr("size", "m", choices=("m", "l")),
        Attr("keep", (), "list"),
        Attr("landmark", True, "flag"),
        Attr("into", ""),
    ),
)
FACETS = Component(
    name="facets",
    doc="Ways to narrow a list: `groups` is `[{title, items: [{label, count, url, selected}], more_url}, …]`; folds on a phone.",
    example="{% facets groups=groups %}",
    attrs=(
        Attr("groups", kind="list"),
        Attr("title", ""),
        Attr("clear_url", ""),
        Attr("selected", 0, "number"),
        Attr("into", ""),
    ),
)
TABLE = Component(
    name="table",
    doc=(
        "A table with a caption. `columns` is a list of texts or `{label, numeric, sort_url, sorted}`. "
        "Give `rows` (lists of values) or write `<tr>` in the body with `data-label` on each `<td>`, "
        "which turns rows into cards on a phone."
    ),
    example='{% table caption=_("各省人数") columns=columns rows=rows %}',
    attrs=(
        Attr("caption"),
        Attr("columns", (), "list"),
        Attr("rows", None, "list"),
        Attr("caption_hidden", False, "flag"),
        Attr("cards", True, "flag"),
        Attr("dense", False, "flag"),
        Attr("id", ""),
    ),
    slots=("body", "foot"),
    prepare=table_columns,
)
PAGER = Component(
    name="pager",
    doc="Numbered with a Django `page`, or `older` and `newer` addresses for a cursor.",
    example="{% pager page=page %}",
    attrs=(
        Attr("page", None, "object"),
        Attr("older", ""),
        Attr("newer", ""),
        Attr("summary", ""),
        Attr("label", ""),
        Attr("param", "page"),
        Attr("into", ""),
    ),
    needs=("request",),
    prepare=page_links,
)
TABS = Component(
    name="tabs",
    doc="Sections as links: `items` is `[{label, url, current, count}, …]`.",
    example="{% tabs items=sections label=_('档案内容') %}",
    attrs=(Attr("items", kind="list"), Attr("label")),
)
FILTER_BAR = Component(
    name="filter_bar",
    doc=(
        "Filters above a list: the slot `search` holds the field `q` that always shows, the body holds the others, "
        "which fold on a phone under the number of those in force. Changes made by mouse or finger submit by "
        "themselves where JavaScript runs. Who is signed in keeps conditions under a name."
    ),
    example='{% component "filter_bar" action="#" %}<label for="y">年份</label><input id="y" name="year">{% endcomponent %}',
    attrs=(Attr("action"), Attr("submit", ""), Attr("label", "")),
    slots=("body", "search", "tags"),
    needs_slots=("body",),
    needs=("filters", "csrf_token"),
    prepare=conditions_in_force,
)
BULK_BAR = Component(
    name="bulk_bar",
    doc="Actions on the ticked rows of the form `form`; appears on selection, stands still without JavaScript.",
    example='{% component "bulk_bar" form="people" %}{% button _("导出所选") form="people" %}{% endcomponent %}',
    attrs=(Attr("form"),),
    slots=("body",),
    needs_slots=("body",),
)
BESIDE = Component(
    name="beside",
    doc="Around a table of the workbench: from 1,200 px a row's link opens its page beside the list; Escape closes it.",
    example='{% component "beside" %}<table class="table"><tbody><tr><th scope="row"><a href="#">林小满</a></th></tr></tbody></table>{% endcomponent %}',
    slots=("body",),
    needs_slots=("body",),
)
PROGRESS = Component(
    name="progress",
    doc="A long job: share, rate, remaining time. Polls `url` while unfinished; without JavaScript a link refreshes.",
    example='{% progress value=3200 max=10000 label=_("导入名单") rate=850 url="#" cancel_url="#" %}',
    attrs=(
        Attr("value", kind="number"),
        Attr("max", kind="number"),
        Attr("label"),
        Attr("rate", None, "number"),
        Attr("url", ""),
        Attr("cancel_url", ""),
        Attr("result_url", ""),
        Attr("state", "running", choices=("waiting", "running", "done", "failed", "cancelled")),
        Attr("id", "progress"),
    ),
    slots=("body",),
    needs=("csrf_token", "request"),
    prepare=progress_words,
)

COMPONENTS = (SEARCH_BOX, FACETS, TABLE, PAGER, TABS, FILTER_BAR, BULK_BAR, BESIDE, PROGRESS)
