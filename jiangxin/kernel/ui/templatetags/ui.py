"""Tags of the interface: ``{% load ui %}``, then ``{% component %}`` or one short tag per component."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

import jiangxin.kernel.ui.catalogue  # noqa: F401  declares the components
from jiangxin.kernel.ui.compiling import compile_block, void_tag
from jiangxin.kernel.ui.devices import device_of
from jiangxin.kernel.ui.registry import all_components

register = template.Library()

register.tag("component", compile_block)
for _component in all_components():
    register.tag(_component.name, void_tag(_component))


@register.filter
def figure(value: object) -> object:
    """Write a number in groups of three: ``{{ 2426|figure }}`` gives 2,426; anything else stays as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return value
    return number_format(value, use_l10n=True, force_grouping=True)


@register.filter
def device(user_agent: object) -> str:
    """Say in words which device and browser it was: ``{{ session.user_agent|device }}`` gives iPhone · Safari."""
    return device_of(str(user_agent))
