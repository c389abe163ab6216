"""Paths: fixed-width segments whose order by byte is the order of the tree."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.orgs.models import Employer, Org
from jiangxin.orgs.models.paths import (
    AFTER,
    MOST_CHILDREN,
    ancestor_paths,
    covers,
    parent_path,
    segment,
    serial_of,
)

serials = st.integers(1, MOST_CHILDREN)
paths = st.lists(serials, min_size=1, max_size=6).map(lambda each: "".join(map(segment, each)))


@given(serials)
def test_a_segment_has_four_characters_and_reads_back(serial: int):
    assert len(segment(serial)) == 4
    assert serial_of("0001" + segment(serial)) == serial


@given(serials, serials)
def test_segments_sort_by_byte_as_their_numbers_do(one: int, two: int):
    assert (segment(one).encode() < segment(two).encode()) == (one < two)


@given(paths, paths)
def test_the_range_of_a_path_holds_exactly_what_it_covers(upper: str, lower: str):
    assert (upper <= lower < upper + AFTER) == covers(upper, lower)


@given(paths)
def test_ancestors_end_with_the_path_itself_and_each_is_the_parent_of_the_next(path: str):
    chain = ancestor_paths(path)

    assert chain[-1] == path
    assert [parent_path(each) for each in chain[1:]] == chain[:-1]


@pytest.mark.parametrize("serial", [0, -1, MOST_CHILDREN + 1])
def test_a_serial_outside_the_segment_is_an_error(serial: int):
    with pytest.raises(ValueError):
        segment(serial)


@pytest.mark.django_db
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL reads small tables whole whatever indexes there are"
)
@pytest.mark.parametrize(
    ("question", "walk"),
    [
        (lambda: Org.objects.under("00010002"), "(path>? AND path<?)"),
        (lambda: Org.objects.coded(["A", "B"]), "INDEX orgs_org_code (code=?)"),
        (lambda: Employer.objects.coded("A"), "INDEX orgs_employer_uscc (uscc=?)"),
    ],
)
def test_questions_walk_their_index(question, walk):
    assert question().explain().endswith(walk)
