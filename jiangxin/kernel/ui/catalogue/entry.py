"""Components to enter something: forms, fields, files."""

from __future__ import annotations

from jiangxin.kernel.ui.fields import field_parts, form_parts
from jiangxin.kernel.ui.registry import Attr, Component

FORM = Component(
    name="form",
    doc=(
        "A whole form: error summary, fields (all of `form` unless the body writes them), one button. "
        "Multipart by itself when the form has files."
    ),
    example='{% form form=form submit=_("保存资料") %}',
    attrs=(
        Attr("form", None, "object"),
        Attr("submit", ""),
        Attr("action", ""),
        Attr("method", "post", choices=("post", "get")),
        Attr("cancel", ""),
        Attr("kind", "primary", choices=("primary", "secondary", "danger")),
        Attr("multipart", False, "flag"),
        Attr("id", ""),
    ),
    slots=("body", "actions"),
    passes=True,
    needs=("csrf_token",),
    prepare=form_parts,
)
FIELD = Component(
    name="field",
    doc="One bound Django field: label, hint, error, control of at least 44 px.",
    example="{% field form.name %}",
    attrs=(
        Attr("field", kind="object"),
        Attr("label", ""),
        Attr("hint", ""),
        Attr("width", "auto", choices=("auto", "short", "full")),
    ),
    positional=("field",),
    prepare=field_parts,
)
ERROR_SUMMARY = Component(
    name="error_summary",
    doc="What has to be mended, each line leading to its field; shows nothing while there is no error.",
    example="{% error_summary wrong_form %}",
    attrs=(Attr("form", kind="object"),),
    positional=("form",),
    prepare=form_parts,
)
FILE_DROP = Component(
    name="file_drop",
    doc="A bound file field as a place to drop a file; a plain file input without JavaScript.",
    example='{% file_drop form.sheet note=_("支持 XLSX、CSV、JSONL，最大 50 MB") %}',
    attrs=(Attr("field", kind="object"), Attr("note", "")),
    positional=("field",),
    prepare=field_parts,
)

COMPONENTS = (FORM, FIELD, ERROR_SUMMARY, FILE_DROP)
