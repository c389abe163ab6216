"""States of a thing as a table, moved by conditional update, with an append-only history."""

from jiangxin.kernel.states.flow import Flow, Move, State, flows

__all__ = ["Flow", "Move", "State", "flows"]
