"""Questions about corrections: what differs, how it reads, what follows, and what was corrected before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.honours.models import Conferral, Correction, Honour
from jiangxin.honours.queries.issuers import IN_FORCE
from jiangxin.honours.queries.prerequisites import built_on
from jiangxin.honours.states import CONFERRAL_FLOW
from jiangxin.kernel.text.amounts import yuan
from jiangxin.orgs.models import Org

LABELS = {
    "opath": gettext_lazy("由谁维护"),
    "bonus_fen": gettext_lazy("奖金"),
    "category": gettext_lazy("等次或类别"),
    "unit_text": gettext_lazy("单位（按证书所印）"),
    "post_text": gettext_lazy("职务（按证书所印）"),
}
SIGNED = frozenset(
    (
        "honour",
        "printed_title",
        "year",
        "conferred_on",
        "decision_no",
        "certificate_no",
        "granter_text",
        "unit_text",
        "post_text",
    )
)
"""What of a conferral its credential says."""
Change = Sequence[Any]


def differences(thing: Model, said: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Where what is said differs from what stands there: by field [old, new] as plain values."""
    return {
        name: [_plain(getattr(thing, name)), _plain(value)]
        for name, value in said.items()
        if getattr(thing, name) != value
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Honour):
        return value.code
    return value.isoformat() if isinstance(value, date) else value


CORRECTABLE = (
    "honour",
    "printed_title",
    "year",
    "conferred_on",
    "granter_text",
    "decision_no",
    "certificate_no",
    "unit_text",
    "post_text",
    "category",
    "pot",
    "bonus_fen",
)


def corrected(conferral: Conferral, rightly: dict[str, Any]) -> dict[str, Any]:
    """Every correctable field as it would stand: what is given, else what stands there.

    Where the record only repeats what the catalogue says of the wrong honour, it takes what it says of the right one;
    a printed title or granter left empty is the catalogue's.
    """
    said = {name: getattr(conferral, name) for name in CORRECTABLE}
    said |= {name: value.strip() if isinstance(value, str) else value for name, value in rightly.items()}
    wrong, right = conferral.honour, said["honour"]
    for name, theirs in (("printed_title", "title"), ("granter_text", "granter"), ("bonus_fen", "bonus_fen")):
        if said[name] == getattr(wrong, theirs) or (name != "bonus_fen" and not said[name]):
            said[name] = getattr(right, theirs)
    return said


def is_correctable(conferral: Conferral) -> bool:
    """Whether it stands in a state from which it can be corrected; what was revoked stays as it was revoked."""
    return any(move.name == "correct" for move in CONFERRAL_FLOW.moves_from(conferral.state))


def is_conferred(honour: Honour) -> bool:
    """Whether anybody ever received the honour."""
    return Conferral.objects.filter(honour=honour).exists()


def was_corrected(conferrals: Sequence[Conferral], honour: Honour) -> bool:
    """Whether one of these was registered with this honour by mistake, and has another one now."""
    if not conferrals:
        return False
    made = Correction.objects.filter(conferral__in=conferrals).values_list("changes", flat=True)
    return any(name == "honour" and old == honour.code for changes in made for name, old, _new in changes)


@dataclass(frozen=True)
class ShownChange:
    """One field of a correction in words; "" for what stood empty."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ShownCorrection:
    """A correction as its page tells it."""

    correction: Correction
    changes: list[ShownChange]


def corrections_of(thing: Honour | Conferral) -> list[ShownCorrection]:
    """Every correction of a conferral or a catalogue entry, the latest first."""
    return corrections_by([thing])[thing.pk]


def corrections_by(things: Sequence[Honour | Conferral]) -> dict[int, list[ShownCorrection]]:
    """The same for several things of one kind, by their key. Three queries whatever the number."""
    found: dict[int, list[ShownCorrection]] = {thing.pk: [] for thing in things}
    model = type(things[0]) if things else Conferral
    name = "honour" if model is Honour else "conferral"
    rows = list(Correction.objects.filter(**{f"{name}__in": list(found)}).order_by("-pk"))
    words = _Words(change for row in rows for change in row.changes)
    for row in rows:
        shown = [words.of(model, change) for change in row.changes]
        found[getattr(row, f"{name}_id")].append(ShownCorrection(row, shown))
    return found


def shown_changes(model: type[Model], changes: Mapping[str, Sequence[Any]]) -> list[ShownChange]:
    """Changes that are not made yet, in words."""
    lines = [[name, *values] for name, values in changes.items()]
    words = _Words(lines)
    return [words.of(model, line) for line in lines]


class _Words:
    """Reads plain values of changes in the reader's language."""

    def __init__(self, changes: Iterable[Change]) -> None:
        named: dict[str, set[str]] = {"honour": set(), "opath": set()}
        for name, *values in changes:
            if name in named:
                named[name].update(values)
        honours = Honour.objects.filter(code__in=named["honour"])
        self.titles = {each.code: each.shown_title for each in honours} if named["honour"] else {}
        orgs = Org.objects.filter(path__in=named["opath"]).values_list("path", "name")
        self.keepers = dict(orgs) if named["opath"] else {}

    def of(self, model: type[Model], change: Change) -> ShownChange:
        """One change."""
        name, old, new = change
        label = LABELS.get(name) or model._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # never a relation back
        return ShownChange(str(label), self._value(model, name, old), self._value(model, name, new))

    def _value(self, model: type[Model], name: str, value: Any) -> str:
        if name == "opath":
            return str(self.keepers.get(value, value)) if value else _("全国总工会")
        if isinstance(value, bool):
            return _("是") if value else _("否")
        if value in (None, "", []):
            return ""
        match name:
            case "honour":
                return self.titles.get(value, str(value))
            case "bonus_fen":
                return yuan(value)
            case "conferred_on":
                return date_format(date.fromisoformat(value), "DATE_FORMAT")
            case _:
                return self._plain(model, name, value)

    def _plain(self, model: type[Model], name: str, value: Any) -> str:
        if isinstance(value, list):
            return "；".join(str(each) for each in value)
        choices = dict(getattr(model._meta.get_field(name), "flatchoices", ()))
        return str(choices.get(value, value))


@dataclass(frozen=True)
class CorrectionEffects:
    """What follows a correction of a conferral, told before it is made."""

    replaces: bool
    higher: list[Conferral]


def effects_of_correcting(conferral: Conferral, changed: Iterable[str]) -> CorrectionEffects:
    """Whether the credential is replaced, and which higher honours build on what was the wrong one; writes nothing."""
    fields = set(changed)
    in_force = conferral.credentials.filter(state__in=IN_FORCE).exists()
    higher = [each for each, _strength in built_on(conferral)] if "honour" in fields else []
    return CorrectionEffects(replaces=in_force and bool(fields & SIGNED), higher=higher)
