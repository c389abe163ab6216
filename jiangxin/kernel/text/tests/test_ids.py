"""Outside addresses: form, order and freshness."""

import time_machine

from jiangxin.kernel.text.ids import UID_LENGTH, is_uid, new_uid, new_uids


def test_a_thousand_new_ids_are_all_different_and_well_formed() -> None:
    ids = [new_uid() for _ in range(1000)]

    assert len(set(ids)) == 1000
    assert {len(uid) for uid in ids} == {UID_LENGTH}
    assert all(is_uid(uid) for uid in ids)


def test_ids_sort_by_the_time_they_were_made() -> None:
    made = []
    for day in ("1999-05-01", "2020-11-24", "2025-04-28"):
        with time_machine.travel(day, tick=False):
            made.append(new_uid())

    assert sorted(made) == made


def test_what_is_not_an_id_is_told_apart() -> None:
    for text in ("", "17", "劳动" * 13, "8" + "0" * 25, "i" * 26, new_uid().lower(), new_uid() + "0"):
        assert not is_uid(text), text


def test_many_at_once_are_all_different_rising_and_of_the_same_form() -> None:
    before, made, after = new_uid(), new_uids(2000), new_uid()

    assert len(set(made)) == 2000
    assert made == sorted(made)
    assert all(is_uid(uid) for uid in made)
    assert before[:10] <= made[0][:10] <= after[:10]
    assert new_uids(0) == []
