"""Misuse of a component fails when the template is compiled; right use renders what was declared."""

import pytest
from django.template import Context, Template, TemplateSyntaxError

from jiangxin.kernel.ui.registry import REQUIRED, Attr, Component, ComponentError, component_named, declare
from jiangxin.kernel.ui.tests.conftest import Draw

MISUSES = [
    ('{% component "nothing" %}{% endcomponent %}', "there is no component called nothing"),
    ("{% component name %}{% endcomponent %}", "component wants the component's name in quotes first"),
    ("{% component %}{% endcomponent %}", "component wants the component's name in quotes first"),
    ('{% badge "a" size="l" %}', "component badge has no attribute size"),
    ("{% badge %}", "component badge is missing label"),
    ('{% badge "a" tone="pink" %}', "component badge: tone cannot be 'pink'; choose of "),
    ('{% badge "a" label="b" %}', "component badge: label is given twice"),
    ('{% badge "a" "b" %}', 'component badge: "b" needs a name'),
    ('{% button "a" disabled="yes" %}', "component button: disabled is a flag, not a text"),
    ('{% badge "a" hx_get="/" %}', "component badge has no attribute hx_get"),
    (
        '{% component "card" %}{% slot "foot" %}{% endslot %}{% endcomponent %}',
        "component card has no slot 'foot'",
    ),
    ('{% component "card" %}{% slot %}{% endslot %}{% endcomponent %}', "component card has no slot ''"),
    ('{% component "card" %}{% endcomponent %}', "component card is missing slot body"),
    ('{% card title="a" %}', "component card is missing slot body"),
    (
        '{% component "badge" "a" %}words{% endcomponent %}',
        "component badge takes no content outside of its slots",
    ),
    (
        '{% component "card" %}{% slot "body" %}a{% endslot %}{% slot "body" %}b{% endslot %}{% endcomponent %}',
        "component card: slot body is filled twice",
    ),
    (
        '{% component "card" %}loose{% slot "body" %}a{% endslot %}{% endcomponent %}',
        "component card takes no content outside of its slots",
    ),
]


@pytest.mark.parametrize(("source", "words"), MISUSES)
def test_misuse_fails_when_compiled(source: str, words: str) -> None:
    with pytest.raises(TemplateSyntaxError) as caught:
        Template("{% load ui %}" + source)

    assert str(caught.value)[: len(words)] == words


def test_unclosed_component_fails_when_compiled() -> None:
    with pytest.raises(TemplateSyntaxError, match="Unclosed tag"):
        Template('{% load ui %}{% component "card" %}body')


def test_wrong_value_known_only_at_run_time_fails_when_rendered(draw: Draw) -> None:
    with pytest.raises(ComponentError, match="tone cannot be 'pink'"):
        draw('{% badge "a" tone=tone %}', tone="pink")


def test_a_value_behind_a_filter_is_known_only_when_rendered(draw: Draw) -> None:
    with pytest.raises(ComponentError, match="tone cannot be 'PINK'"):
        draw('{% badge "a" tone="pink"|upper %}')


def test_a_component_outside_of_any_template_says_so() -> None:
    node = Template('{% load ui %}{% badge "a" %}').nodelist[-1]

    with pytest.raises(ComponentError, match="component badge needs a template to render in"):
        node.render(Context())


def test_values_are_escaped_and_slots_are_not_escaped_twice(draw: Draw) -> None:
    assert (
        draw("{% badge label %}", label="<b>").strip() == '<span class="badge badge-neutral">&lt;b&gt;</span>'
    )
    drawn = draw('{% component "menu" "m" %}<a href="#">{{ name }}</a>{% endcomponent %}', name="a&b")
    assert drawn.count('<div class="menu-items"><a href="#">a&amp;b</a></div>') == 1


def test_component_does_not_see_the_variables_of_the_page(draw: Draw) -> None:
    assert draw('{% badge "a" %}', tone="red") == draw('{% badge "a" %}')


def test_translated_text_is_taken_as_literal_and_by_name(draw: Draw) -> None:
    by_literal = draw('{% badge _("已保存") %}')
    by_name = draw('{% trans "已保存" as words %}{% badge words %}')

    assert by_literal == by_name


def test_htmx_attributes_pass_with_hyphens(draw: Draw) -> None:
    drawn = draw('{% button "保存" hx_post="/x" hx_target="#y" data_n=1 %}')

    assert drawn.count(' data-n="1" hx-post="/x" hx-target="#y"') == 1


def test_empty_slot_counts_as_absent(draw: Draw) -> None:
    drawn = draw('{% component "card" %}words{% slot "actions" %}  {% endslot %}{% endcomponent %}')

    assert drawn.count("card-actions") == 0


def test_component_inside_a_loop_and_a_slot_renders_each_time(draw: Draw) -> None:
    source = '{% for n in numbers %}{% component "card" %}{% badge n %}{% endcomponent %}{% endfor %}'

    assert draw(source, numbers=[1, 2, 3]).count("badge-neutral") == 3


def test_nodes_inside_slots_can_be_found_by_walking_the_template() -> None:
    template = Template('{% load ui %}{% component "card" %}{% badge "a" %}{% endcomponent %}')

    found = [
        node.component.name
        for node in template.nodelist.get_nodes_by_type(object)
        if hasattr(node, "component")
    ]

    assert found == ["card", "badge"]


def test_component_works_without_a_request() -> None:
    assert Template('{% load ui %}{% badge "a" %}').render(Context()).count("badge") == 2


def test_declarations_contradicting_themselves_are_refused() -> None:
    with pytest.raises(ComponentError, match="kind must be one of"):
        Attr("a", kind="colour")
    with pytest.raises(ComponentError, match="the default is not among its choices"):
        Attr("a", "x", choices=("y",))
    with pytest.raises(ComponentError, match="positional ones unknown"):
        Component(name="c", doc="", example="", positional=("a",))
    with pytest.raises(ComponentError, match="component badge is declared twice"):
        declare(component_named("badge"))


def test_attribute_describes_itself_for_the_reference() -> None:
    assert Attr("a", REQUIRED).describe() == "a: text, required"
    assert Attr("a", 0, "number").describe() == "a: number"
    assert Attr("a", "x", choices=("x", "y")).describe() == 'a="x|y"'
