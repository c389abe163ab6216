"""One record per worker and the other names the worker is known by."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access import Actor, covered_by
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.privacy.fields import EncryptedTextField
from jiangxin.kernel.text.ids import new_uid
from jiangxin.orgs.models import PathField
from jiangxin.orgs.models.paths import AFTER, PATH_LENGTH, ByteOrderedField
from jiangxin.people.models.checks import one_of
from jiangxin.people.words import BirthPrecision, NameKind, PersonState, Sex


class PersonQuerySet(models.QuerySet["Person"]):
    """Ways to narrow the register of people."""

    def visible_to(self, actor: Actor) -> Self:
        """Records in the organisations where the actor may see them."""
        return self.filter(covered_by(actor, "people.view_person"))

    def canonical(self) -> Self:
        """Only records that stand for themselves (not linked to an older record)."""
        return self.filter(canonical__isnull=True)

    def under(self, path: str) -> Self:
        """Records kept by the organisation at this path or below it (range, not LIKE)."""
        return self.filter(opath__gte=path, opath__lt=path + AFTER) if path else self

    def public(self) -> Self:
        """Records whose page strangers may see."""
        return self.filter(is_public=True, limited_at__isnull=True)

    def linked_to(self, roots: "set[int]") -> Self:
        """The records that stand for these workers, and every record linked to them."""
        return self.filter(Q(pk__among=roots) | Q(canonical_id__among=roots))

    def group_of(self, person: "Person") -> Self:
        """Every record that is confirmed to be the same worker, this one included."""
        root = person.canonical_id or person.pk
        return self.filter(Q(pk=root) | Q(canonical_id=root))


class Person(models.Model):
    """A worker: who they are, how to reach them, where they work now."""

    uid = ByteOrderedField(_("编号"), max_length=26, default=new_uid, editable=False)
    name = models.CharField(_("姓名"), max_length=100)
    name_key = ByteOrderedField(_("姓名检索键"), max_length=100)
    pinyin = models.CharField(_("拼音"), max_length=200, blank=True, default="")
    initials = models.CharField(_("拼音首字母"), max_length=50, blank=True, default="")
    sex = models.CharField(_("性别"), max_length=6, choices=Sex, blank=True, default="")
    ethnic = models.CharField(_("民族"), max_length=2, blank=True, default="")
    birth_on = models.DateField(_("出生日期"), null=True, blank=True)
    birth_precision = models.CharField(
        _("出生日期精度"), max_length=5, choices=BirthPrecision, blank=True, default=""
    )
    political_status = models.CharField(_("政治面貌"), max_length=2, blank=True, default="")
    education = models.CharField(_("学历"), max_length=2, blank=True, default="")
    id_number = EncryptedTextField(_("身份证号"), blank=True, default="")
    id_number_index = ByteOrderedField(_("身份证号索引"), max_length=64, null=True, blank=True)
    phone = EncryptedTextField(_("电话"), blank=True, default="")
    email = EncryptedTextField(_("邮箱"), blank=True, default="")
    region = models.ForeignKey(
        "orgs.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("地区"),
    )
    org = models.ForeignKey(
        "orgs.Org",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("所属工会"),
    )
    opath = PathField(_("组织路径"), max_length=PATH_LENGTH, blank=True, default="")
    unit_text = models.CharField(_("工作单位"), max_length=300, blank=True, default="")
    post_text = models.CharField(_("岗位"), max_length=200, blank=True, default="")
    state = models.CharField(_("状态"), max_length=12, choices=PersonState, default=PersonState.ACTIVE)
    is_public = models.BooleanField(_("公开"), default=False)
    limited_at = models.DateTimeField(_("限制处理时间"), null=True, blank=True)
    canonical = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("主记录"),
    )
    source = models.ForeignKey(
        "people.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("出处"),
    )
    created_at = models.DateTimeField(_("建档时间"), auto_now_add=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("职工")
        verbose_name_plural = _("职工")
        indexes = (
            models.Index(fields=["name_key"], name="people_person_name_key"),
            models.Index(fields=["opath", "id", "canonical"], name="people_person_opath"),
            models.Index(
                fields=["canonical"], name="people_person_canonical", condition=Q(canonical__isnull=False)
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["uid"], name="people_person_uid"
            ),  # without the index that LIKE asks for
            models.UniqueConstraint(fields=["id_number_index"], name="people_person_id_number_index"),
            models.CheckConstraint(condition=one_of("sex", [*Sex.values, ""]), name="people_person_sex"),
            models.CheckConstraint(condition=one_of("state", PersonState.values), name="people_person_state"),
            models.CheckConstraint(condition=~Q(name=""), name="people_person_named"),
            models.CheckConstraint(
                condition=~Q(canonical=models.F("id")), name="people_person_not_own_canonical"
            ),
            models.CheckConstraint(
                condition=Q(birth_on__isnull=True, birth_precision="")
                | (Q(birth_on__isnull=False) & one_of("birth_precision", BirthPrecision.values)),
                name="people_person_birth_precision",
            ),
        )

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            (
                "id",
                "sex",
                "birth_precision",
                "education",
                "org",
                "opath",
                "state",
                "is_public",
                "limited_at",
                "canonical",
                "created_at",
                "updated_at",
            ),
            PrivacyClass.INTERNAL,
        ),
        **dict.fromkeys(
            ("uid", "name", "name_key", "pinyin", "initials", "region", "unit_text", "post_text", "source"),
            PrivacyClass.PUBLIC,
        ),
        **dict.fromkeys(("ethnic", "birth_on", "political_status", "phone", "email"), PrivacyClass.SENSITIVE),
        **dict.fromkeys(("id_number", "id_number_index"), PrivacyClass.SECRET),
    }

    def __str__(self) -> str:
        return self.name

    @property
    def root_id(self) -> int:
        """Key of the record that stands for this worker."""
        return self.canonical_id or self.pk

    @property
    def birth_month(self) -> str:
        """Birth as ``YYYY-MM`` when the source gave the month, else an empty string."""
        if self.birth_on is None or self.birth_precision == BirthPrecision.YEAR:
            return ""
        return f"{self.birth_on:%Y-%m}"


class PersonName(models.Model):
    """Another name of a worker: a former name, the dotted or the Latin form, an alias."""

    person = models.ForeignKey(
        "people.Person", models.CASCADE, related_name="other_names", verbose_name=_("职工")
    )
    name = models.CharField(_("名字"), max_length=100)
    name_key = models.CharField(_("检索键"), max_length=100)
    kind = models.CharField(_("种类"), max_length=8, choices=NameKind)
    pinyin = models.CharField(_("拼音"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("其他名字")
        verbose_name_plural = _("其他名字")
        indexes = (models.Index(fields=["name_key"], name="people_name_key"),)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=NameKind.values), name="people_name_kind"),
            models.UniqueConstraint(fields=["person", "name", "kind"], name="people_name_once"),
        )

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "person": PrivacyClass.INTERNAL,
        "name": PrivacyClass.INTERNAL,
        "name_key": PrivacyClass.INTERNAL,
        "kind": PrivacyClass.INTERNAL,
        "pinyin": PrivacyClass.INTERNAL,
    }

    def __str__(self) -> str:
        return self.name
