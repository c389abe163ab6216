"""The one decorator for verbs: permission, transaction, actor and audit."""

from jiangxin.kernel.actions.decorator import Action, action, registered_actions

__all__ = ["Action", "action", "registered_actions"]
