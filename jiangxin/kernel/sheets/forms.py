"""The form by which a file comes in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access import Actor
from jiangxin.kernel.sheets.offers import importable_for, scopes_for

ENDINGS = ".xlsx,.xls,.csv,.tsv,.txt,.jsonl"


class UploadForm(forms.Form):
    """Which list, for which organisation (by its place among the actor's own), which file."""

    sheet = forms.ChoiceField(label=_("表格种类"))
    scope = forms.ChoiceField(label=_("导入到"))
    file = forms.FileField(
        label=_("文件"),
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
        max_length=200,
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sheets, self.scopes = importable_for(actor), scopes_for(actor)
        self._choices("sheet", [(name, str(offered.sheet.title)) for name, offered in sheets.items()])
        self._choices("scope", [(str(place), label) for place, (_path, label) in enumerate(self.scopes)])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Offer choices; a single one is not asked for."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - both are
        field.choices = choices
        if len(choices) == 1:
            field.widget = forms.HiddenInput()
            field.initial = choices[0][0]

    @property
    def opath(self) -> str:
        """Path of the chosen organisation; of a valid form."""
        return self.scopes[int(self.cleaned_data["scope"])][0]
