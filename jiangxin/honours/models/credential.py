"""Proofs others can check: issuers, their keys, status lists and the signed credentials."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.honours.words import CredentialState, KeyState, ListPurpose
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.ids import new_uid

_PUBLIC, _INTERNAL, _SENSITIVE = PrivacyClass.PUBLIC, PrivacyClass.INTERNAL, PrivacyClass.SENSITIVE


class Issuer(models.Model):
    """An organisation that signs. `did` is fixed at the start: credentials name it for ever."""

    uid = models.CharField(_("编号"), max_length=26, unique=True, default=new_uid, editable=False)
    org = models.OneToOneField("orgs.Org", models.PROTECT, related_name="issuer", verbose_name=_("组织"))
    name = models.CharField(_("名称"), max_length=200)
    did = models.CharField(_("标识"), max_length=300, unique=True)
    base_url = models.CharField(_("公开网址"), max_length=300)
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("签发机构")
        verbose_name_plural = _("签发机构")

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ["id", "uid", "org", "name", "did", "base_url", "created_at"], _PUBLIC
    )

    def __str__(self) -> str:
        return self.name

    @property
    def opath(self) -> str:
        """Belongs to its organisation."""
        return str(self.org.path)


class IssuerKey(models.Model):
    """One Ed25519 key of an issuer; the private half lives in a file, never here."""

    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="keys", verbose_name=_("签发机构"))
    public_multibase = models.CharField(_("公钥"), max_length=60, unique=True)
    state = models.CharField(_("状态"), max_length=12, choices=KeyState.choices, default=KeyState.ACTIVE)
    valid_from = models.DateTimeField(_("启用时间"))
    ended_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("签发密钥")
        verbose_name_plural = _("签发密钥")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["issuer"], condition=models.Q(state="active"), name="issuer_key_one_active"
            ),
            models.CheckConstraint(
                condition=models.Q(state="active", ended_at__isnull=True)
                | models.Q(~models.Q(state="active"), ended_at__isnull=False),
                name="issuer_key_end_date",
            ),
        ]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ["id", "issuer", "public_multibase", "state", "valid_from", "ended_at"], _PUBLIC
    )

    def __str__(self) -> str:
        return self.public_multibase

    @property
    def method_id(self) -> str:
        """The verificationMethod written into proofs."""
        return f"{self.issuer.did}#{self.public_multibase}"


class StatusList(models.Model):
    """A bitstring of one purpose of one issuer; `document` is the signed credential last published."""

    uid = models.CharField(_("编号"), max_length=26, unique=True, default=new_uid, editable=False)
    issuer = models.ForeignKey(
        Issuer, models.PROTECT, related_name="status_lists", verbose_name=_("签发机构")
    )
    purpose = models.CharField(_("用途"), max_length=12, choices=ListPurpose.choices)
    size = models.PositiveIntegerField(_("位数"), default=131_072)
    bits = models.BinaryField(_("位串"))
    used = models.PositiveIntegerField(_("已用"), default=0)
    document = models.TextField(_("已签文本"), blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        verbose_name = _("状态表")
        verbose_name_plural = _("状态表")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(size__gte=131_072), name="status_list_herd_size"),
        ]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ["id", "uid", "issuer", "purpose", "size", "bits", "used", "document", "updated_at"], _PUBLIC
    )

    def __str__(self) -> str:
        return self.uid

    @property
    def url(self) -> str:
        """Where the signed list is published."""
        return f"{self.issuer.base_url}/status/{self.uid}"


class Credential(models.Model):
    """One signed document about one conferral, kept exactly as signed."""

    uid = models.CharField(_("编号"), max_length=26, unique=True, default=new_uid, editable=False)
    conferral = models.ForeignKey(
        "honours.Conferral", models.PROTECT, related_name="credentials", verbose_name=_("授予")
    )
    key = models.ForeignKey(IssuerKey, models.PROTECT, related_name="credentials", verbose_name=_("密钥"))
    document = models.TextField(_("已签文本"))
    revocation_list = models.ForeignKey(
        StatusList, models.PROTECT, related_name="+", verbose_name=_("撤销表")
    )
    revocation_index = models.PositiveIntegerField(_("撤销位"))
    suspension_list = models.ForeignKey(
        StatusList, models.PROTECT, related_name="+", verbose_name=_("暂停表")
    )
    suspension_index = models.PositiveIntegerField(_("暂停位"))
    state = models.CharField(
        _("状态"), max_length=10, choices=CredentialState.choices, default=CredentialState.VALID
    )
    issued_at = models.DateTimeField(_("签发时间"))
    issued_by = models.CharField(_("签发人"), max_length=120)
    ended_at = models.DateTimeField(_("失效时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("凭证")
        verbose_name_plural = _("凭证")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["revocation_list", "revocation_index"], name="credential_revocation_bit_once"
            ),
            models.UniqueConstraint(
                fields=["suspension_list", "suspension_index"], name="credential_suspension_bit_once"
            ),
            models.UniqueConstraint(
                fields=["conferral"],
                condition=models.Q(state__in=("valid", "suspended")),
                name="credential_one_in_force",
            ),
        ]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            [
                "id",
                "uid",
                "conferral",
                "key",
                "revocation_list",
                "revocation_index",
                "suspension_list",
                "suspension_index",
                "state",
                "issued_at",
                "issued_by",
                "ended_at",
            ],
            _INTERNAL,
        ),
        "document": _SENSITIVE,
    }

    def __str__(self) -> str:
        return str(self.conferral)

    @property
    def opath(self) -> str:
        """Belongs to the organisation of the conferral."""
        return self.conferral.opath
