"""Searching a handful of workers: what is found, where it stands, in which order, and for whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jiangxin.kernel.access import Refused
from jiangxin.kernel.search import Query, engine
from jiangxin.kernel.search.tests.shelf import CAST, KIND

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shelf(db: None) -> None:
    engine().index(CAST)


def found(text: str = "", **options: object) -> list[int]:
    return engine().search(Query(KIND, text, **options)).ids  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("焊工", [4, 1]),
        ("工", [5, 4, 3, 2, 1]),
        ("电焊工", [1]),
        ("宏远重工", [2, 1]),
        ("小满", [1]),
        ("ＣＮＣ", [2]),
        ("cn", [2]),
        ("nc", []),
        ("cnc操作", [2]),
        ("操作cnc", []),
        ("7107厂", [3]),
        ("710", [3]),
        ("古丽买买", [3]),
        ("阿依古丽•买买提", [3]),
        ("焊工 张", [4]),
        ("焊工，高级", [4]),
        ("工焊", []),
        ("𬭊", [5]),
        ("龘", [5]),
        ("wangyue", [2]),
        ("WangLe", [2]),
        ("wl", [2]),
        ("dud", [5]),
        ("lxm 焊工", [1]),
        ("xm", []),
        ("s", []),
        ("f", []),
        ("p", []),
        ("b", []),
        ("师工", []),
    ],
)
def test_words_are_found_wherever_they_stand(text: str, ids: list[int]) -> None:
    for order in ("newest", "ranked"):
        assert sorted(found(text, order=order), reverse=True) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("'; DROP TABLE search_doc; --", []),
        ('" OR "焊工', []),
        ("焊工 AND NOT 张", []),
        ("terms : 焊工", []),
        ("NEAR(焊 工)", []),
        ("^焊工*", [4, 1]),
        ("{焊工}", [4, 1]),
        ("'焊工':*", [4, 1]),
        ("焊工\\", [4, 1]),
        ("焊工\x00", [4, 1]),
        ("焊工\ud800", [4, 1]),
        ("🎉", []),
        ("%", []),
        ("_", []),
        ("焊" * 5_000, []),
        ("y " * 2_500, []),
        ("".join(chr(0x4E00 + n) for n in range(5_000)), []),
        ("𬭊" * 5_000, []),
        ("<script>alert(1)</script>", []),
    ],
)
def test_hostile_text_is_only_data(text: str, ids: list[int]) -> None:
    for order in ("newest", "ranked"):
        assert found(text, order=order) == ids
    assert engine().suggest(KIND, text) == []
    assert found() == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("path", ["' OR 1=1", "0001~", "00", "0001\x00xyz", "焊工焊工", "0001 OR"])
def test_a_scope_that_is_no_path_holds_nothing(path: str) -> None:
    assert found("焊工", scope_path=path) == []
    assert engine().suggest(KIND, "w", scope_path=path) == []


def test_a_hit_says_where_the_first_word_stands() -> None:
    hits = [engine().search(Query(KIND, text)).hits[0] for text in ("小满", "天山", "高级", "ayigu")]

    assert [(hit.object_id, hit.where) for hit in hits] == [
        (1, "title"),
        (3, "unit"),
        (4, "body"),
        (3, "reading"),
    ]


def test_rank_puts_title_over_unit_over_body() -> None:
    engine().index([replace(CAST[0], object_id=number, title=title, names=(), unit=unit, body=body)
                    for number, title, unit, body in ((11, "钢厂", "", ""), (12, "老钢厂", "", ""), (13, "甲", "钢厂", ""), (14, "乙", "", "钢厂"))])  # fmt: skip

    assert found("钢厂", order="ranked") == [11, 12, 13, 14]
    assert found("钢厂", order="newest") == [14, 13, 12, 11]


def test_an_organisation_sees_itself_and_everything_below() -> None:
    scopes = [
        found("焊工", scope_path=path) for path in ("0001", "00010002", "000100020001", "00010003", "0002")
    ]

    assert scopes == [[4, 1], [4, 1], [4], [], []]
    assert found(scope_path="0001") == [4, 2, 1]


def test_the_public_sees_only_what_is_public() -> None:
    assert found("工", public_only=True) == [5, 4, 2, 1]
    assert found(public_only=True) == [5, 4, 2, 1]
    assert found("天山", public_only=True) == []
    assert [hit.object_id for hit in engine().suggest(KIND, "阿", public_only=True)] == []


def test_values_of_a_facet_are_alternatives_and_facets_narrow() -> None:
    assert found(facets={"year": "2021"}) == [3, 2]
    assert found(facets={"year": ["2021", "2022"]}) == [4, 3, 2]
    assert found(facets={"year": "2021", "region": ["2301"]}) == [2]
    assert found("焊工", facets={"year": ["2022"]}) == [4]


def test_each_page_counts_the_facets_of_all_hits() -> None:
    first = engine().search(Query(KIND, "工", with_facets=True, limit=2))
    second = engine().search(Query(KIND, "工", with_facets=True, limit=2, after=first.next_cursor))

    assert (first.ids, second.ids) == ([5, 4], [3, 2])
    assert first.facets == second.facets


def test_facets_are_counted_over_the_hits_and_rolled_up_without_a_question() -> None:
    asked = engine().search(Query(KIND, "焊工", with_facets=True))
    everything = engine().search(Query(KIND, with_facets=True))
    public = engine().search(Query(KIND, with_facets=True, public_only=True))

    assert asked.facets == {"year": {"2020": 2, "2022": 1}}
    assert everything.facets == {"year": {"2020": 2, "2021": 2, "2022": 1}, "region": {"23": 2, "2301": 1}}
    assert public.facets["year"] == {"2020": 2, "2021": 1, "2022": 1}
    assert (everything.count, public.count, asked.count) == (5, 4, 2)


@pytest.mark.parametrize("order", ["newest", "ranked", "name"])
@pytest.mark.parametrize("text", ["", "工", "焊工", "中星车辆"])
def test_pages_follow_each_other_without_gap_or_repeat(order: str, text: str) -> None:
    whole = engine().search(Query(KIND, text, order=order))  # type: ignore[arg-type]
    ids, after = [], ""
    while True:
        page = engine().search(Query(KIND, text, order=order, limit=1, after=after))  # type: ignore[arg-type]
        ids += page.ids
        after = page.next_cursor
        if not after:
            break

    assert ids == whole.ids
    assert len(ids) == whole.count


@pytest.mark.parametrize("cursor", ["x", "bjk", "5", "🎉", "YTk5OTk5OTk5OTk5OTk5OTk5OTk5OTo", "YTU6"])
def test_a_foreign_cursor_is_refused_with_a_sentence(cursor: str) -> None:
    with pytest.raises(Refused, match="翻页的位置无效"):
        engine().search(Query(KIND, "工", after=cursor))


def test_names_order_by_pinyin() -> None:
    assert found("工", order="name") == [3, 5, 1, 2, 4]
    assert found(order="name") == [3, 5, 1, 2, 4]


@pytest.mark.parametrize(
    ("prefix", "ids"),
    [
        ("王", [2]),
        ("wang", [2]),
        ("wangyu", [2]),
        ("WY", [2]),
        ("阿依 古", [3]),
        ("杜", [5]),
        ("du", [5]),
        ("l", [1]),
        ("z", [4]),
        ("工", []),
        ("", []),
        ("  ", []),
    ],
)
def test_a_name_is_suggested_by_its_beginning(prefix: str, ids: list[int]) -> None:
    assert [hit.object_id for hit in engine().suggest(KIND, prefix)] == ids


def test_suggestions_keep_to_the_scope_and_the_limit() -> None:
    assert [hit.object_id for hit in engine().suggest(KIND, "z", scope_path="0001")] == [4]
    assert engine().suggest(KIND, "z", scope_path="0002") == []
    assert len(engine().suggest(KIND, "a", limit=0)) == 1


def test_a_kind_never_indexed_has_nothing() -> None:
    page = engine().search(Query("shelf.nothing", "焊工", with_facets=True))

    assert (page.hits, page.count, page.facets) == ([], 0, {})
    assert engine().suggest("shelf.nothing", "王") == []
    assert engine().remove("shelf.nothing", [1]) == 0


def test_kinds_do_not_mix() -> None:
    engine().index([replace(CAST[0], kind="shelf.other", object_id=77)])

    assert found("焊工") == [4, 1]
    assert engine().search(Query("shelf.other", "焊工")).ids == [77]
