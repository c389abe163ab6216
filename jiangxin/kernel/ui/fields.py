"""Prepares Django forms and bound fields for the form components."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, FileInput
from django.utils.translation import gettext as _

from jiangxin.kernel.ui.registry import ComponentError


def field_parts(values: dict[str, Any]) -> dict[str, Any]:
    """Return label, hint and the shape of a bound field's control."""
    field = values["field"]
    if not isinstance(field, BoundField):
        message = f"field wants a bound form field, not {field!r}"
        raise ComponentError(message)
    widget = field.field.widget
    return {
        "field": field,
        "label": values.get("label") or field.label,
        "hint": values.get("hint") or field.help_text,
        "is_checkbox": isinstance(widget, CheckboxInput),
        "is_file": isinstance(widget, FileInput),
        "is_group": bool(widget.use_fieldset),
        "is_optional": not field.field.required,
        "group_id": f"{field.auto_id}_group" if field.auto_id else "",
    }


def form_parts(values: dict[str, Any]) -> dict[str, Any]:
    """Return the errors of a form as lines that lead to their fields."""
    form: BaseForm | None = values["form"]
    if form is None:
        return {"errors": [], "is_multipart": values.get("multipart", False)}
    return {
        "errors": error_lines(form),
        "is_multipart": form.is_multipart() or values.get("multipart", False),
    }


def error_lines(form: BaseForm) -> list[dict[str, str]]:
    """Return `[{text, target}]`; target is the id of the control, empty for errors of the whole form."""
    lines = [{"text": str(text), "target": ""} for text in form.non_field_errors()]
    for field in form:
        target = "" if field.is_hidden else _target(field)
        lines.extend(
            {"text": _("%(label)s：%(text)s") % {"label": field.label, "text": text}, "target": target}
            for text in field.errors
        )
    return lines


def _target(field: BoundField) -> str:
    if field.field.widget.use_fieldset:
        return f"{field.auto_id}_group"
    return field.id_for_label or str(field.auto_id)
