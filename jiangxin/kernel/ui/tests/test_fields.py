"""Forms name their faults, lead to the field and keep what was typed."""

import re

import pytest
from django import forms

from jiangxin.kernel.ui.fields import form_parts
from jiangxin.kernel.ui.gallery import sample_form
from jiangxin.kernel.ui.registry import ComponentError
from jiangxin.kernel.ui.tests.conftest import Draw


class _Hidden(forms.Form):
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("整张表有误")


def test_every_control_has_a_label_of_its_own(draw: Draw) -> None:
    drawn = draw("{% form form=form submit='提交推荐' %}", form=sample_form())
    controls = re.findall(r"<(?:input|select|textarea)[^>]* id=\"([^\"]+)\"", drawn)
    labels = re.findall(r'<label for="([^"]+)"', drawn)

    assert sorted(controls) == sorted(labels)


def test_field_is_described_by_its_hint_and_its_error(draw: Draw) -> None:
    drawn = draw("{% field form.unit hint='全称' %}{% field form.name %}", form=sample_form(bound=True))

    assert drawn.count('aria-describedby="id_unit_error"') == 1
    assert drawn.count('id="id_unit_error"') == 1
    assert drawn.count('aria-describedby="id_name_helptext"') == 1
    assert drawn.count('id="id_name_helptext"') == 1


def test_summary_leads_to_each_wrong_field_in_order(draw: Draw) -> None:
    drawn = draw("{% error_summary form %}", form=sample_form(bound=True))

    assert re.findall(r'<a href="#([^"]+)">', drawn) == ["id_unit", "id_year", "id_kind_group", "id_agree"]
    assert drawn.count("有 4 处需要修改，其余内容已保留") == 1


def test_faults_of_the_whole_form_and_of_hidden_fields_are_shown(draw: Draw) -> None:
    drawn = draw("{% error_summary form %}", form=_Hidden({}))

    assert re.findall(r"<li>([^<]*)</li>", drawn) == ["整张表有误", "Token：请填写这一项。"]


def test_wrong_form_keeps_what_was_typed(draw: Draw) -> None:
    drawn = draw("{% form form=form submit='提交推荐' %}", form=sample_form(bound=True))

    assert drawn.count('value="林小满"') == 1


def test_form_without_faults_shows_no_summary(draw: Draw) -> None:
    assert draw("{% error_summary form %}", form=sample_form()).strip() == ""


def test_form_with_files_is_sent_in_parts(draw: Draw) -> None:
    assert draw("{% form form=form %}", form=sample_form()).count('enctype="multipart/form-data"') == 1
    assert draw("{% form form=form %}", form=_Hidden()).count("enctype") == 0


def test_plain_form_renders_with_the_same_fields(draw: Draw) -> None:
    form = sample_form(bound=True)

    drawn = str(form)

    assert drawn.count('class="field field-auto') == draw("{% form form=form %}", form=form).count(
        'class="field field-auto'
    )
    assert drawn.count("error-summary-title") == 2
    assert str(form["name"].as_field_group()).count("<label") == 1


def test_search_form_carries_no_token(draw: Draw) -> None:
    assert (
        draw("{% form form=form method='get' submit='查找' %}", form=_Hidden()).count("csrfmiddlewaretoken")
        == 0
    )


def test_something_else_than_a_field_is_refused(draw: Draw) -> None:
    with pytest.raises(ComponentError, match="field wants a bound form field"):
        draw("{% field form.nothing %}", form=sample_form())


def test_a_form_component_without_a_form_names_no_errors() -> None:
    assert form_parts({"form": None, "multipart": True}) == {"errors": [], "is_multipart": True}
