"""The worker's own copy of the passport as PDF, from the plain record of the people app."""

from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jiangxin.honours.certificates.typesetting import AUTHOR, typeset
from jiangxin.kernel.privacy.masking import mask_identity_number

MOST_LETTERS = 26  # of pinyin on one line
_Record = dict[str, Any]


def passport_pdf(record: _Record, *, when: datetime | None = None) -> bytes:
    """Set `people.queries.record.passport_record(person)` as an A4 PDF/A-2b document.

    The identity number is masked: the copy is often shown to others. Everything else of the record is there.
    """
    made_at = when or datetime.now(UTC)
    person = record["person"]
    name = person["name"]
    data = {
        "title": _("%(name)s的职业护照") % {"name": name},
        "author": AUTHOR,
        "kind": _("职业护照"),
        "name": name,
        "place": "　".join(part for part in (person["unit"], person["post"]) if part),
        "footer": _("%(name)s的职业护照，导出于%(day)s") % {"name": name, "day": f"{made_at:%Y-%m-%d}"},
        "facts": _facts(person),
        "sections": [section for section in _sections(record) if section["items"]],
    }
    return typeset("passport", data, when=made_at)


def _facts(person: _Record) -> list[list[str]]:
    number = mask_identity_number(person["id_number"]) if person.get("id_number") else ""
    facts = (
        (_("编号"), person["uid"]),
        (_("拼音"), _breakable(person["pinyin"])),
        (_("性别"), {"male": _("男"), "female": _("女")}.get(person["sex"], "")),
        (_("出生日期"), person["birth_on"] or ""),
        (_("地区"), person["region"]),
        (_("所属工会"), person["org"]),
        (_("身份证号"), number),
        (_("电话"), person["phone"]),
    )
    return [[label, str(value)] for label, value in facts if value]


def _sections(record: _Record) -> list[_Record]:
    honours = [entry for entry in record["entries"] if entry["kind"].startswith("honours.")]
    others = [entry for entry in record["entries"] if not entry["kind"].startswith("honours.")]
    return [
        _section(pgettext("nav", "荣誉"), [_entry(each) for each in honours], is_honour=True),
        _section(_("经历与成果"), [_entry(each) for each in others]),
        _section(_("工作经历"), [_employment(each) for each in record["employments"]]),
        _section(_("技能等级"), [_skill(each) for each in record["skills"]]),
        _section(_("我的同意"), [_consent(each) for each in record["consents"]]),
        _section(_("谁看过我的档案"), [_reading(each) for each in record["readings"]]),
    ]


def _section(title: str, items: list[_Record], *, is_honour: bool = False) -> _Record:
    return {"title": title, "items": items, "is_honour": is_honour}


def _item(when: Any, title: Any, *lines: Any) -> _Record:
    return {
        "when": str(when or ""),
        "title": str(title or ""),
        "lines": [str(line) for line in lines if line],
    }


def _entry(entry: _Record) -> _Record:
    source = entry.get("source") or {}
    when = entry.get("happened_on") or entry.get("year")
    note = _("本条撤销了先前的记录") if entry.get("retracted") else entry.get("standing", "")
    return _item(when, entry["title"], entry.get("issuer"), entry.get("detail"), source.get("title"), note)


def _employment(spell: _Record) -> _Record:
    parts = [part for part in (spell["from"], spell["to"]) if part]
    return _item(" – ".join(parts), spell["unit"], spell["post"], spell["note"])


def _skill(skill: _Record) -> _Record:
    title = f"{skill['occupation']} {skill['level_name']}"
    return _item(skill["issued_on"], title, skill["authority"], skill["certificate_no"])


def _consent(consent: _Record) -> _Record:
    ended = consent["withdrawn_at"]
    note = _("%(day)s撤回") % {"day": ended[:10]} if ended else ""
    return _item(consent["given_at"][:10], consent["purpose_name"], note)


def _reading(reading: _Record) -> _Record:
    return _item(reading["at"][:10], f"{reading['field_name']} · {reading['who']}", reading["reason"])


def _breakable(letters: str) -> str:
    """A long row of letters with places where a line may end."""
    return "\u200b".join(
        letters[start : start + MOST_LETTERS] for start in range(0, len(letters), MOST_LETTERS)
    )
