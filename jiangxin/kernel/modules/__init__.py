"""What each app offers the house, declared in its module.py and read from the register."""

from jiangxin.kernel.modules.declarations import (
    EventType,
    Metric,
    Module,
    Moment,
    NavItem,
    PublicSection,
    SearchKind,
    SheetOffer,
    TimelineKind,
    Todo,
)
from jiangxin.kernel.modules.register import (
    event_type,
    installed_modules,
    named,
    permission,
    permissions,
    roles,
)

__all__ = [
    "EventType",
    "Metric",
    "Module",
    "Moment",
    "NavItem",
    "PublicSection",
    "SearchKind",
    "SheetOffer",
    "TimelineKind",
    "Todo",
    "event_type",
    "installed_modules",
    "named",
    "permission",
    "permissions",
    "roles",
]
