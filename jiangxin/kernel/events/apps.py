"""The app that keeps the log: audit, outbox and Merkle tree."""

from __future__ import annotations

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "jiangxin.kernel.events"
    label = "events"
