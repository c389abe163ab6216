"""The answer of a verification: a status, a code, one plain sentence in two languages and what was looked at."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from jiangxin.honours.credentials.keys import did_web_url


class Status(StrEnum):
    """What a stranger needs to know first."""

    VALID = "valid"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    ALTERED = "altered"
    UNKNOWN_ISSUER = "unknown_issuer"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    MALFORMED = "malformed"
    UNSUPPORTED = "unsupported"
    STATUS_UNKNOWN = "status_unknown"


EXIT_CODES = {
    Status.VALID: 0,
    Status.ALTERED: 1,
    Status.UNSUPPORTED: 1,
    Status.MALFORMED: 2,
    Status.REVOKED: 3,
    Status.SUSPENDED: 3,
    Status.UNKNOWN_ISSUER: 4,
    Status.EXPIRED: 5,
    Status.NOT_YET_VALID: 5,
    Status.STATUS_UNKNOWN: 6,
}


class Failure(Exception):  # noqa: N818 - it reads as what it is: the failure of one check
    """One check that failed, with the status and code it leads to; `detail` names what was lacking."""

    def __init__(self, status: Status, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `ok` is None when it could not be looked at and nothing depends on it."""

    name: str
    ok: bool | None
    detail: str = ""


@dataclass(frozen=True)
class Verdict:
    """The whole answer. `document` is what was read, if it could be read; `issuer_name` only for issuers we know.

    `replaced_by` is the address of the credential that took its place, where those who verify may be led on to it; `is_listed`
    tells that a list was read in which a revocation would stand.
    """

    status: Status
    code: str
    checks: tuple[Check, ...] = ()
    document: dict[str, Any] | None = field(default=None, repr=False)
    issuer: str = ""
    issuer_name: str = ""
    status_as_of: datetime | None = None
    replaced_by: str = ""
    is_listed: bool = False

    @property
    def is_valid(self) -> bool:
        """Whether everything holds."""
        return self.status is Status.VALID

    @property
    def exit_code(self) -> int:
        """0 valid, 1 altered or unsupported, 2 unreadable, 3 revoked or suspended, 4 unknown issuer, 5 out of time, 6 intact, but whether it was revoked cannot be said."""
        return EXIT_CODES[self.status]

    @property
    def lacking(self) -> str:
        """The address of the document or status list that would decide, "" when none is known."""
        if self.code == "status_unavailable":
            return self.checks[-1].detail
        if self.code != "unknown_issuer":
            return ""
        try:
            return did_web_url(self.issuer)
        except ValueError:
            return self.issuer if self.issuer.startswith("https://") else ""

    @property
    def asked_at(self) -> str:
        """The address of a revoked credential, where its issuer says whether a new one took its place; "" for none."""
        name = self.document.get("id") if self.document else None
        is_address = isinstance(name, str) and name.startswith(("https://", "http://"))
        return str(name) if is_address and self.status is Status.REVOKED and not self.replaced_by else ""

    @property
    def sentence_zh(self) -> str:
        """One plain Chinese sentence."""
        return _sentence(self)[0]

    @property
    def sentence_en(self) -> str:
        """The same in English."""
        return _sentence(self)[1]

    def sentence(self, language: str) -> str:
        """The sentence in the language of a code such as "zh-hans" or "en"."""
        return self.sentence_en if language.startswith("en") else self.sentence_zh


_BY_CODE = {
    "not_json": (
        "这不是凭证文件，或者内容没有粘贴完整。",
        "This is not a credential file, or not all of it was pasted.",
    ),
    "not_utf8": ("这个文件不是 UTF-8 编码，无法读取。", "The file is not UTF-8 text and cannot be read."),
    "too_large": ("文件太大，凭证不会超过 2 MB。", "The file is too large; a credential stays below 2 MB."),
    "too_deep": ("文件层层嵌套过深，不予读取。", "The file is nested too deeply and was not read."),
    "duplicate_key": (
        "文件里同一个字段出现了两次，不予认可。",
        "A field occurs twice in the file, which is not accepted.",
    ),
    "not_credential": (
        "这是一个 JSON 文件，但不是可验证凭证。",
        "This is JSON, but not a verifiable credential.",
    ),
    "no_proof": (
        "这份凭证没有签名，无法核验。",
        "This credential carries no signature and cannot be verified.",
    ),
    "unreadable": ("无法读取这个文件。", "The file cannot be read."),
    "issuer_mismatch": (
        "签名不是凭证所写的签发机构作出的，请勿采信。",
        "The signature was not made by the issuer the credential names. Do not rely on it.",
    ),
    "unknown_key": (
        "签名所用的密钥不在该机构公布的密钥之中，无法确认是其签发。",
        "The signing key is not among the keys this issuer has published.",
    ),
    "key_ended": (
        "签名时间晚于该密钥的停用时间，不能认可。",
        "The signature was made after this key had been retired and is not accepted.",
    ),
    "key_revoked": (
        "签名所用的密钥已被该机构作废，不能认可。",
        "The issuer has withdrawn the key that made this signature.",
    ),
    "key_not_authorised": (
        "签名所用的密钥未被该机构授权签发凭证。",
        "The issuer has not authorised this key to sign credentials.",
    ),
    "status_unavailable": (
        "签名完好，但手头没有该凭证的状态表，不能断定它是否已被撤销。",
        "The signature is intact, but without the status list it cannot be said whether the credential was revoked.",
    ),
    "status_untrusted": (
        "签名完好，但它的状态表过期、残缺或不是可信机构签发的，不能断定它是否已被撤销。",
        "The signature is intact, but its status list is out of date, damaged or not signed by a trusted issuer, so it cannot be said whether the credential was revoked.",
    ),
    "status_kind_unknown": (
        "签名完好，但它记录撤销的方式本系统不认识，不能断定它是否已被撤销。",
        "The signature is intact, but it records revocation in a way this system does not know.",
    ),
    "old_data_model": (
        "这份凭证用的是旧版（1.1）数据模型，本系统只核验 2.0 版。",
        "This credential follows the older data model 1.1; only version 2.0 is verified here.",
    ),
    "jwt_form": (
        "这份凭证是 JWT 形式，本系统只核验带数据完整性签名的 JSON 凭证。",
        "This credential is in the form of a JWT; only JSON credentials with a data integrity proof are verified here.",
    ),
    "presentation": (
        "这是一份出示文件，不是凭证本身；请取出其中的凭证再核验。",
        "This is a presentation, not a credential; take the credential out of it and verify that.",
    ),
    "previous_proof_unverified": (
        "机构的签名建立在另一个无法核验的签名之上，因此不能认可。",
        "The issuer's signature builds on another one that cannot be checked, and is not accepted.",
    ),
    "created_in_future": (
        "签名时间在将来，请核对时钟或凭证来源。",
        "The signature is dated in the future; check the clock or the source.",
    ),
    "replaced": (
        "这份凭证已由签发机构换发，请以新的凭证为准。",
        "The issuer has replaced this credential; the new one counts.",
    ),
    "unlisted": (
        "凭证有效：由{issuer}签发，内容完整。它没有写明撤销登记在哪里，是否被撤销请问签发机构。",
        "Valid: issued by {issuer} and unaltered. It names no list of revocations; ask the issuer whether it was revoked.",
    ),
    "proof_expired": ("这份凭证的签名已经过期。", "The signature on this credential has expired."),
}
_BY_STATUS = {
    Status.VALID: (
        "凭证有效：由{issuer}签发，内容完整，未被撤销。",
        "Valid: issued by {issuer}, unaltered and not revoked.",
    ),
    Status.REVOKED: (
        "这份凭证已被签发机构撤销，不再有效。",
        "The issuer has revoked this credential; it no longer counts.",
    ),
    Status.SUSPENDED: (
        "这份凭证已被签发机构暂停，目前不作数。",
        "The issuer has suspended this credential for the time being.",
    ),
    Status.ALTERED: (
        "内容与签名不符：这份文件在签发之后被改动过。",
        "The content does not match the signature: the file was changed after it was issued.",
    ),
    Status.UNKNOWN_ISSUER: (
        "签发者不在已登记的机构之中，无法确认其身份。",
        "The issuer is not among the registered ones, so it cannot be said who stands behind this.",
    ),
    Status.EXPIRED: ("这份凭证已过有效期。", "This credential has expired."),
    Status.NOT_YET_VALID: ("这份凭证还没有到生效时间。", "This credential is not valid yet."),
    Status.MALFORMED: (
        "这份文件不符合可验证凭证的格式。",
        "The file does not have the form of a verifiable credential.",
    ),
    Status.UNSUPPORTED: (
        "这份凭证的签名方式本系统不支持，无法核验。",
        "The credential is signed in a way this system cannot check.",
    ),
}


def _sentence(verdict: Verdict) -> tuple[str, str]:
    code = "unlisted" if verdict.is_valid and not verdict.is_listed else verdict.code
    chinese, english = _BY_CODE.get(code) or _BY_STATUS[verdict.status]
    name = verdict.issuer_name or verdict.issuer
    return chinese.format(issuer=name), english.format(issuer=name)
