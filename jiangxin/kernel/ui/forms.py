"""Renders plain `{{ form }}` and `{{ field.as_field_group }}` with the components of the house."""

from __future__ import annotations

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """FORM_RENDERER of the house."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
