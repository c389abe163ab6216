"""Compiles component tags: every misuse that can be seen in the template fails when it is parsed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.forms.utils import flatatt
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, TextNode, Token, Variable, token_kwargs
from django.utils.safestring import SafeString, mark_safe

from jiangxin.kernel.ui.registry import REQUIRED, Attr, Component, ComponentError, component_named

if TYPE_CHECKING:
    from django.template import Template

PASSED_PREFIXES = ("hx_", "data_", "aria_")

Expressions = dict[str, FilterExpression]


class ComponentNode(Node):
    """One use of a component in a template."""

    child_nodelists = ("slot_nodes",)

    def __init__(self, component: Component, given: Expressions, slots: Mapping[str, NodeList]) -> None:
        self.component = component
        self.given = given
        self.slots = slots
        self.slot_nodes = NodeList(node for nodes in slots.values() for node in nodes)
        self.template: Template | None = None

    def render(self, context: Context) -> SafeString:
        """Render the component's own template in a context that holds only what it declares."""
        if self.template is None:
            template = context.template
            if template is None:  # a node rendered outside of any template
                message = f"component {self.component.name} needs a template to render in"
                raise ComponentError(message)
            self.template = template.engine.get_template(self.component.template_name)
        return self.template.render(context.new(self._values(context)))

    def _values(self, context: Context) -> dict[str, Any]:
        component = self.component
        values: dict[str, Any] = dict(component.defaults)
        passed: dict[str, Any] = {}
        for name, expression in self.given.items():
            value = expression.resolve(context)
            attr = component.by_name.get(name)
            if attr is None:
                passed[name.replace("_", "-")] = value
                continue
            _check_choice(component, attr, value)
            values[name] = value
        for name in component.needs:
            values[name] = context.get(name)
        if component.slots:
            values["slots"] = {name: _rendered(nodes, context) for name, nodes in self.slots.items()}
        if component.passes:
            values["passed"] = mark_safe(flatatt(passed)) if passed else ""  # noqa: S308  flatatt escapes
        if component.prepare is not None:
            values.update(component.prepare(values))
        return values


def _rendered(nodes: NodeList, context: Context) -> SafeString:
    text = nodes.render(context)
    return text if text.strip() else SafeString("")


def _check_choice(component: Component, attr: Attr, value: object) -> None:
    if attr.choices and str(value) not in attr.choices:
        message = f"component {component.name}: {attr.name} cannot be {value!r}; choose of {', '.join(attr.choices)}"
        raise ComponentError(message)


def compile_block(parser: Parser, token: Token) -> ComponentNode:
    """Compile ``{% component "name" … %}{% slot "x" %}…{% endslot %}…{% endcomponent %}``."""
    bits = token.split_contents()[1:]
    if not bits or bits[0][:1] not in "\"'" or bits[0][:1] != bits[0][-1:]:
        message = "component wants the component's name in quotes first"
        raise TemplateSyntaxError(message)
    component = _named(bits[0][1:-1])
    given = _attributes(component, parser, bits[1:])
    slots = _slots(component, parser)
    return ComponentNode(component, given, slots)


def void_tag(component: Component) -> Callable[[Parser, Token], ComponentNode]:
    """Return the short tag of a component: ``{% badge "在册" %}``, without slots and without an end tag."""

    def compile_void(parser: Parser, token: Token) -> ComponentNode:
        given = _attributes(component, parser, token.split_contents()[1:])
        _require_slots(component, {})
        return ComponentNode(component, given, {})

    return compile_void


def _named(name: str) -> Component:
    try:
        return component_named(name)
    except ComponentError as error:
        raise TemplateSyntaxError(str(error)) from None


def _attributes(component: Component, parser: Parser, bits: list[str]) -> Expressions:
    given: Expressions = {}
    places = list(component.positional)
    while bits:
        named = token_kwargs([bits[0]], parser)
        bit = bits.pop(0)
        if named:
            name, expression = next(iter(named.items()))
        elif places:
            name, expression = places.pop(0), parser.compile_filter(bit)
        else:
            message = f"component {component.name}: {bit} needs a name"
            raise TemplateSyntaxError(message)
        if name in given:
            message = f"component {component.name}: {name} is given twice"
            raise TemplateSyntaxError(message)
        _check_attribute(component, name, expression)
        given[name] = expression
    missing = [attr.name for attr in component.attrs if attr.default is REQUIRED and attr.name not in given]
    if missing:
        message = f"component {component.name} is missing {', '.join(missing)}"
        raise TemplateSyntaxError(message)
    return given


def _check_attribute(component: Component, name: str, expression: FilterExpression) -> None:
    attr = component.by_name.get(name)
    if attr is None:
        if component.passes and name.startswith(PASSED_PREFIXES):
            return
        message = f"component {component.name} has no attribute {name}"
        raise TemplateSyntaxError(message)
    literal = _literal(expression)
    if literal is None:
        return
    if attr.kind not in {"text", "object"} and isinstance(literal, str):
        message = f"component {component.name}: {name} is a {attr.kind}, not a text"
        raise TemplateSyntaxError(message)
    try:
        _check_choice(component, attr, literal)
    except ComponentError as error:
        raise TemplateSyntaxError(str(error)) from None


def _literal(expression: FilterExpression) -> object:
    """Return the value of an unfiltered literal, None for anything known only when rendering."""
    if expression.filters:
        return None
    value = expression.var
    if not isinstance(value, Variable):
        return value
    return None if value.translate else value.literal


def _slots(component: Component, parser: Parser) -> dict[str, NodeList]:
    slots: dict[str, NodeList] = {}
    body = NodeList()
    while True:
        body.extend(parser.parse(("slot", "endcomponent")))
        token = parser.next_token()
        if token.contents == "endcomponent":
            break
        name = _slot_name(component, token)
        if name in slots:
            message = f"component {component.name}: slot {name} is filled twice"
            raise TemplateSyntaxError(message)
        slots[name] = parser.parse(("endslot",))
        parser.delete_first_token()
    if any(not isinstance(node, TextNode) or node.s.strip() for node in body):
        if "body" not in component.slots or "body" in slots:
            message = f"component {component.name} takes no content outside of its slots"
            raise TemplateSyntaxError(message)
        slots["body"] = body
    _require_slots(component, slots)
    return slots


def _slot_name(component: Component, token: Token) -> str:
    bits = token.split_contents()
    name = bits[1].strip("\"'") if len(bits) == 2 else ""
    if name not in component.slots:
        known = ", ".join(component.slots) or "none"
        message = f"component {component.name} has no slot {name!r} (it has: {known})"
        raise TemplateSyntaxError(message)
    return name


def _require_slots(component: Component, slots: Mapping[str, NodeList]) -> None:
    missing = [name for name in component.needs_slots if name not in slots]
    if missing:
        message = f"component {component.name} is missing slot {', '.join(missing)}"
        raise TemplateSyntaxError(message)
