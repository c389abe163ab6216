"""All components of the house, declared by group."""

from jiangxin.kernel.ui.catalogue import charts, content, controls, entry, lists, seals
from jiangxin.kernel.ui.registry import declare

GROUPS = (seals, controls, content, lists, entry, charts)

for _group in GROUPS:
    declare(*_group.COMPONENTS)
