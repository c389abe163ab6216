"""A published list: its rows become conferrals, nominees or titles waiting for a word from an officer."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access import Actor, covered_by
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.ids import new_uid
from jiangxin.orgs.models import PathField
from jiangxin.orgs.models.paths import PATH_LENGTH

_PUBLIC, _INTERNAL, _SENSITIVE = PrivacyClass.PUBLIC, PrivacyClass.INTERNAL, PrivacyClass.SENSITIVE


class HonourList(models.Model):
    """One list as it was published. `title_key` with `source_url` names it again on a second import.

    `opath` is the organisation it was first brought in for; others see it through their own rows in it.
    """

    uid = models.CharField(_("编号"), max_length=26, unique=True, default=new_uid, editable=False)
    title = models.CharField(_("名单名称"), max_length=200)
    title_key = models.CharField(_("归一名"), max_length=200)
    year = models.PositiveSmallIntegerField(_("年份"), null=True, blank=True)
    is_complete = models.BooleanField(_("名单完整"), default=False)
    announced_count = models.PositiveIntegerField(_("决定所载人数"), null=True, blank=True)
    source = models.ForeignKey("people.Source", models.PROTECT, null=True, blank=True, verbose_name=_("来源"))
    source_url = models.URLField(_("来源网址"), max_length=500, blank=True)
    opath = PathField(_("工会路径"), max_length=PATH_LENGTH, blank=True, default="")
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("荣誉名单")
        verbose_name_plural = _("荣誉名单")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["title_key", "source_url"], name="honour_list_once"),
        ]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        [
            "id",
            "uid",
            "title",
            "title_key",
            "year",
            "is_complete",
            "announced_count",
            "source",
            "source_url",
            "opath",
            "created_at",
        ],
        _PUBLIC,
    )

    def __str__(self) -> str:
        return self.title


class NomineeQuerySet(models.QuerySet["Nominee"]):
    """Questions about nominees."""

    def visible_to(self, actor: Actor) -> "NomineeQuerySet":
        """Those brought in for an organisation the actor imports lists for; nobody else reads of them."""
        return self.filter(covered_by(actor, "honours.import_lists"))


class Nominee(models.Model):
    """A name on a public notice: proposed, not conferred, never shown in the register.

    `opath` is the organisation whose officer brought the notice in; each keeps its own copy, so that what another
    office holds is never told.
    """

    uid = models.CharField(_("编号"), max_length=26, unique=True, default=new_uid, editable=False)
    honour_list = models.ForeignKey(
        HonourList, models.PROTECT, related_name="nominees", verbose_name=_("名单")
    )
    honour = models.ForeignKey("honours.Honour", models.PROTECT, related_name="+", verbose_name=_("荣誉"))
    name = models.CharField(_("姓名或名称"), max_length=200)
    is_collective = models.BooleanField(_("集体"), default=False)
    sex = models.CharField(_("性别"), max_length=6, blank=True)
    ethnic = models.CharField(_("民族"), max_length=20, blank=True)
    unit_text = models.CharField(_("单位"), max_length=300, blank=True)
    post_text = models.CharField(_("职务"), max_length=200, blank=True)
    region = models.ForeignKey(
        "orgs.Region", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("地区")
    )
    year = models.PositiveSmallIntegerField(_("年份"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=300, blank=True)
    row_key = models.CharField(_("行指纹"), max_length=64)
    opath = PathField(_("工会路径"), max_length=PATH_LENGTH, blank=True, default="", db_index=True)
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    objects = NomineeQuerySet.as_manager()

    class Meta:
        verbose_name = _("公示人选")
        verbose_name_plural = _("公示人选")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["honour_list", "honour", "row_key", "opath"], name="nominee_once"
            ),
        ]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            [
                "id",
                "uid",
                "honour_list",
                "honour",
                "is_collective",
                "year",
                "note",
                "row_key",
                "opath",
                "created_at",
            ],
            _INTERNAL,
        ),
        **dict.fromkeys(["name", "sex", "ethnic", "unit_text", "post_text", "region"], _SENSITIVE),
    }

    def __str__(self) -> str:
        return self.name


class UnknownTitle(models.Model):
    """A printed title the catalogue does not know: listed for an officer, never guessed.

    `opath` is the organisation in whose list it stood; offices do not read of each other's lists.
    """

    title = models.CharField(_("所印名称"), max_length=120)
    title_key = models.CharField(_("归一名"), max_length=120)
    opath = PathField(_("工会路径"), max_length=PATH_LENGTH, blank=True, default="")
    times = models.PositiveIntegerField(_("行数"), default=0)
    example_list = models.CharField(_("示例名单"), max_length=200, blank=True)
    honour = models.ForeignKey(
        "honours.Honour", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("已归入")
    )
    seen_at = models.DateTimeField(_("发现时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("未识别的荣誉名称")
        verbose_name_plural = _("未识别的荣誉名称")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["title_key", "opath"], name="unknown_title_once"),
        ]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ["id", "title", "title_key", "opath", "times", "example_list", "honour", "seen_at"], _INTERNAL
    )

    def __str__(self) -> str:
        return self.title
