import pytest

from jiangxin.kernel.search.models import SearchDirty, SearchDoc, SearchKind, SearchName

pytestmark = pytest.mark.django_db


def waiting(*numbers):
    return [SearchDirty.objects.create(kind="book", object_id=number).object_id for number in numbers]


def test_rows_whose_number_is_among_the_keys():
    waiting(3, 5, 7)
    assert set(
        SearchDirty.objects.filter(object_id__among={3, 7, 9}).values_list("object_id", flat=True)
    ) == {3, 7}


def test_no_keys_no_rows():
    waiting(3)
    assert not SearchDirty.objects.filter(object_id__among=set()).exists()


def test_more_keys_than_a_statement_may_have_parameters():
    waiting(40_000, 900_000)
    assert SearchDirty.objects.filter(object_id__among=range(100_000)).count() == 1


def test_it_follows_a_foreign_key_and_stands_in_alternatives():
    kind = SearchKind.objects.create(name="book")
    docs = [
        SearchDoc.objects.create(kind=kind, object_id=number, title="", text="", is_public=True)
        for number in (1, 2)
    ]
    for doc in docs:
        SearchName.objects.create(kind=kind, doc=doc, key=f"k{doc.object_id}")
    found = SearchName.objects.filter(doc_id__among={docs[1].pk}) | SearchName.objects.filter(pk__among=[])
    assert [each.key for each in found] == ["k2"]
