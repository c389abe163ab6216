"""What is past the time that its purpose states."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from jiangxin.accounts.models import Invitation, Notice


def letters_due(before: datetime) -> QuerySet[Invitation]:
    """Invitations, used or not, that could no longer be used at this moment."""
    return Invitation.objects.filter(expires_at__lt=before)


def notices_due(before: datetime) -> QuerySet[Notice]:
    """Messages sent before this moment."""
    return Notice.objects.filter(created_at__lt=before)
