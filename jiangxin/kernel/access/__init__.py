"""Who may do what: actors, permissions, roles and refusals."""

from jiangxin.kernel.access.actors import Actor, Anonymous, SystemActor
from jiangxin.kernel.access.covering import covered_by, within
from jiangxin.kernel.access.permissions import Permission, Role, Scoped
from jiangxin.kernel.access.refusal import Refused

__all__ = [
    "Actor",
    "Anonymous",
    "Permission",
    "Refused",
    "Role",
    "Scoped",
    "SystemActor",
    "covered_by",
    "within",
]
