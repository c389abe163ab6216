"""The rows of the search index; the terms themselves live in a table of the engine's own (see the migration)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.search.columns import ByteOrderField


class SearchKind(models.Model):
    """A kind that was ever indexed; its number opens the terms of the kind."""

    name = models.CharField(max_length=64, unique=True)

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {"id": PrivacyClass.PUBLIC, "name": PrivacyClass.PUBLIC}

    class Meta:
        db_table = "search_kind"

    def __str__(self) -> str:
        return self.name


class SearchDoc(models.Model):
    """One indexed thing: what is shown, what is compared, and what its terms were made of."""

    kind = models.ForeignKey(SearchKind, on_delete=models.PROTECT, related_name="+", db_index=False)
    object_id = models.BigIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField()
    readings = models.TextField(blank=True)
    opath = ByteOrderField(max_length=250, blank=True)
    facets = models.TextField(blank=True)
    is_public = models.BooleanField()
    name_key = ByteOrderField(max_length=100, blank=True)
    pinyin = ByteOrderField(max_length=200, blank=True)
    initials = ByteOrderField(max_length=100, blank=True)
    updated_at = models.DateTimeField(null=True)

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "kind": PrivacyClass.PUBLIC,
        "object_id": PrivacyClass.INTERNAL,
        "title": PrivacyClass.INTERNAL,
        "text": PrivacyClass.INTERNAL,
        "readings": PrivacyClass.INTERNAL,
        "opath": PrivacyClass.INTERNAL,
        "facets": PrivacyClass.INTERNAL,
        "is_public": PrivacyClass.PUBLIC,
        "name_key": PrivacyClass.INTERNAL,
        "pinyin": PrivacyClass.INTERNAL,
        "initials": PrivacyClass.INTERNAL,
        "updated_at": PrivacyClass.INTERNAL,
    }

    class Meta:
        db_table = "search_doc"
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_doc_once")]
        indexes = [
            models.Index(fields=["kind", "id"], name="search_doc_newest"),
            models.Index(fields=["kind", "id"], name="search_doc_newest_public", condition=Q(is_public=True)),
            models.Index(fields=["kind", "name_key", "id"], name="search_doc_name"),
            models.Index(fields=["kind", "pinyin", "id"], name="search_doc_pinyin"),
            models.Index(fields=["kind", "initials", "id"], name="search_doc_initials"),
        ]

    def __str__(self) -> str:
        return self.title


class SearchName(models.Model):
    """A further key of a document: a former name, a second reading of a name."""

    kind = models.ForeignKey(SearchKind, on_delete=models.PROTECT, related_name="+", db_index=False)
    doc = models.ForeignKey(SearchDoc, on_delete=models.CASCADE, related_name="+")
    key = ByteOrderField(max_length=200)

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "kind": PrivacyClass.PUBLIC,
        "doc": PrivacyClass.INTERNAL,
        "key": PrivacyClass.INTERNAL,
    }

    class Meta:
        db_table = "search_name"
        indexes = [models.Index(fields=["kind", "key", "doc"], name="search_name_key")]

    def __str__(self) -> str:
        return self.key


class FacetCount(models.Model):
    """How many documents of a kind carry a facet value; key "" holds the number of all."""

    kind = models.ForeignKey(SearchKind, on_delete=models.PROTECT, related_name="+", db_index=False)
    is_public = models.BooleanField()
    key = models.CharField(max_length=32, blank=True)
    value = models.CharField(max_length=64, blank=True)
    count = models.BigIntegerField(default=0)

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.PUBLIC,
        "kind": PrivacyClass.PUBLIC,
        "is_public": PrivacyClass.PUBLIC,
        "key": PrivacyClass.PUBLIC,
        "value": PrivacyClass.PUBLIC,
        "count": PrivacyClass.PUBLIC,
    }

    class Meta:
        db_table = "search_facet_count"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "is_public", "key", "value"], name="search_facet_count_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key}:{self.value} {self.count}"


class SearchDirty(models.Model):
    """A thing that changed and waits for indexing; one row per change, written in the transaction of the change."""

    kind = models.CharField(max_length=64)
    object_id = models.BigIntegerField()

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "kind": PrivacyClass.PUBLIC,
        "object_id": PrivacyClass.INTERNAL,
    }

    class Meta:
        db_table = "search_dirty"
        indexes = [models.Index(fields=["kind"], name="search_dirty_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
