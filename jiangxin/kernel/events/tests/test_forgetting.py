"""Words about an erased person leave the log, and the log still proves everything else."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event, announce, forget_words, record_reading, record_security
from jiangxin.kernel.events import offline as offline_module
from jiangxin.kernel.events.append_only import unlocked
from jiangxin.kernel.events.checkpoints import make_checkpoint
from jiangxin.kernel.events.entries import entry_bytes, event_rows
from jiangxin.kernel.events.export import export_log
from jiangxin.kernel.events.merkle import check_inclusion, leaf_hash
from jiangxin.kernel.events.models import LogEntry
from jiangxin.kernel.events.plain import canonical
from jiangxin.kernel.events.sequencer import log_tree, sequence
from jiangxin.kernel.events.tests.logs import findings
from jiangxin.kernel.events.verify import verify_log
from jiangxin.kernel.events.wording import digest
from jiangxin.kernel.modules import EventType, register

pytestmark = pytest.mark.django_db
BY = SystemActor("test")
THING = "contenttypes.contenttype"


class Named:
    """An actor with a name."""

    actor_id, actor_label = "user:7", "林小满"

    def has_perm(self, code: str, thing: object = None) -> bool:
        return True

    def paths_for(self, code: str) -> tuple[str, ...]:
        return ("",)


@pytest.fixture
def thing(home: Path, monkeypatch: pytest.MonkeyPatch) -> ContentType:
    """A thing that bears a name, with four entries about it or by its bearer, numbered under a checkpoint."""
    declared = {"test.renamed": EventType("test.renamed", ("new", "place"), personal=("new",))}
    monkeypatch.setattr(register, "_event_types", lambda: declared)
    thing = ContentType.objects.create(app_label="x", model="林小满")
    record_reading(thing, field="phone", reason="核对林小满报名", by=BY)
    record_reading(thing, field="email", reason="例行检查", by=BY)
    announce("test.renamed", thing, new="林小满", place="0001")
    record_security("test.signed_in", by=Named())
    record_security("test.beside", reason="与此无关", by=SystemActor("beside"))
    make_checkpoint()
    return thing


def _forget(thing: ContentType) -> int:
    return forget_words({THING: [str(thing.pk)]}, actors=["user:7"], names=["林小满"], by=BY)


def _text() -> str:
    return json.dumps(list(Event.objects.values()), default=str, ensure_ascii=False)


def test_the_words_go_and_the_log_still_holds(thing: ContentType) -> None:
    before = "林小满" in _text()

    count = _forget(thing)
    sequence()

    assert (before, "林小满" in _text(), count) == (True, False, 4)
    assert (verify_log().ok, verify_log().size) == (True, 6)


def test_what_was_done_when_and_by_which_account_stays(thing: ContentType) -> None:
    _forget(thing)

    first, second, renamed, signed_in, beside = Event.objects.exclude(name="events.words_forgotten").order_by(
        "pk"
    )
    assert (first.object_id, first.payload, first.object_label, first.reason) == (
        str(thing.pk),
        {"field": "phone"},
        "",
        "",
    )
    assert (second.reason, second.actor_label) == ("例行检查", "系统（test）")
    assert (renamed.payload, signed_in.actor, signed_in.actor_label) == (
        {"new": "", "place": "0001"},
        "user:7",
        "",
    )
    assert beside.reason == "与此无关"


def test_forgetting_twice_changes_nothing_more(thing: ContentType) -> None:
    assert (_forget(thing), _forget(thing)) == (4, 0)
    assert Event.objects.filter(name="events.words_forgotten").count() == 1


def test_words_forgotten_before_the_entry_has_a_number_leave_the_same_proof(thing: ContentType) -> None:
    late = record_reading(thing, field="phone", reason="林小满来访", by=BY)
    row = event_rows([late.pk])[late.pk]

    _forget(thing)

    assert entry_bytes(9, event_rows([late.pk])[late.pk]) == entry_bytes(9, row)
    sequence()
    assert verify_log().ok


def test_an_old_proof_holds_after_the_words_are_gone(thing: ContentType) -> None:
    entry = LogEntry.objects.get(sequence=0)
    tree = log_tree()
    proof, root = tree.inclusion(0), tree.root()

    _forget(thing)

    check_inclusion(
        leaf_hash(entry_bytes(0, event_rows([entry.event_id])[entry.event_id])), 0, 5, proof, root
    )


@pytest.mark.parametrize("column", ["object_label", "reason"])
def test_a_word_changed_behind_its_back_is_found(thing: ContentType, column: str) -> None:
    with unlocked():
        Event.objects.filter(pk=LogEntry.objects.get(sequence=0).event_id).update(**{column: "别人"})

    assert findings() == [("changed", 0)]


def test_a_personal_field_changed_behind_its_back_is_found(thing: ContentType) -> None:
    with unlocked():
        Event.objects.filter(name="test.renamed").update(payload={"new": "别人", "place": "0001"})

    assert findings() == [("changed", 2)]


def test_a_word_written_where_one_was_forgotten_is_found(thing: ContentType) -> None:
    _forget(thing)
    with unlocked():
        Event.objects.filter(name="test.renamed").update(object_label="别人")

    assert findings() == [("changed", 2)]


@pytest.mark.parametrize(
    "salts", [{}, [], {"object_label": "nonsense"}, {"object_label": 5}, {"other": "00"}]
)
def test_false_salts_are_found(thing: ContentType, salts: object) -> None:
    with unlocked():
        Event.objects.filter(name="test.renamed").update(salts=salts)

    assert findings() == [("changed", 2)]


def test_words_taken_out_without_an_entry_that_says_so_are_found(thing: ContentType) -> None:
    _forget(thing)
    with unlocked():
        Event.objects.filter(name="events.words_forgotten").delete()

    assert findings() == [("emptied", 0), ("emptied", 1), ("emptied", 2), ("emptied", 3)]
    assert verify_log().findings[0].sentence == "第 0 条里关于人的文字被抹去，日志中却没有删除记录。"


@pytest.mark.parametrize(
    "change",
    [
        {"object_label": "别人"},
        {"object_label": ""},
        {"salts": {}, "actor": "user:8"},
        {"salts": {}, "object_label": "别人"},
        {"salts": {}, "name": "test.other"},
        {"salts": {}, "at": "2020-01-01T00:00:00Z"},
    ],
)
def test_the_database_lets_no_other_change_through(thing: ContentType, change: dict[str, object]) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(name="test.renamed").update(**change)


def test_an_export_carries_words_that_stand_and_can_be_checked(
    thing: ContentType, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    papers = [
        str(home / "log.jsonl"),
        str(home / "checkpoints/000000000005.checkpoint"),
        str(home / "keys/log.pub"),
    ]

    export_log(home / "log.jsonl")
    before = "林小满" in (home / "log.jsonl").read_text(encoding="utf-8")
    codes = [offline_module.main(papers)]
    _forget(thing)
    export_log(home / "log.jsonl")
    codes.append(offline_module.main(papers))

    assert (codes, before, "林小满" in (home / "log.jsonl").read_text(encoding="utf-8")) == (
        [0, 0],
        True,
        False,
    )
    assert "OK: 5 entries" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        ("核对林小满报名", "核对别人报名", 1, "WRONG: entry 0 was not written with these words: reason"),
        ('","林小满"]', '",7]', 1, "WRONG: entry 0 was not written with these words: object_label"),
        (',"object_label":["', ',"object_label":["zz', 2, "cannot be read"),
        (',"object_label":[', ',"nowhere":[', 2, "cannot be read"),
    ],
)
def test_altered_words_in_an_export_are_refused(
    thing: ContentType,
    home: Path,
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
    code: int,
    says: str,
) -> None:
    path = home / "log.jsonl"
    export_log(path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    found = offline_module.main(
        [str(path), str(home / "checkpoints/000000000005.checkpoint"), str(home / "keys/log.pub")]
    )

    assert (found, capsys.readouterr().err[: len(says)]) == (code, says)


@given(st.sampled_from(["object_label", "payload.new", "payload.名"]), st.text() | st.integers() | st.none())
def test_a_word_is_spelt_the_canonical_way(place: str, word: object) -> None:
    assert digest(place, word, "00ff") == sha256(b"\x00\xff" + canonical({place: word})).hexdigest()


def test_half_a_character_is_still_spelt_in_one_way() -> None:
    assert digest("reason", "\ud83d", "00") == sha256(b"\0" + canonical({"reason": "\ud83d"})).hexdigest()
