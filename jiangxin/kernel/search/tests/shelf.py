"""An invented kind of things to search, as an app above the kernel would declare it."""

from __future__ import annotations

from collections.abc import Iterable

from jiangxin.kernel.modules import SearchKind
from jiangxin.kernel.search import Doc

KIND = "shelf.worker"
SHELF: dict[int, Doc] = {}
KINDS = {KIND: SearchKind(KIND, "工人", f"{__name__}:documents", f"{__name__}:all_ids")}


def documents(ids: list[int]) -> Iterable[Doc]:
    """What an app's provider gives: documents of those things that still exist, in whatever order its query brings them."""
    return (SHELF[each] for each in sorted(ids, reverse=True) if each in SHELF)


def all_ids() -> Iterable[int]:
    """Every thing there is."""
    return list(SHELF)


def worker(number: int, name: str, unit: str = "", body: str = "", **more: object) -> Doc:
    """A public worker unless said otherwise."""
    return Doc(KIND, number, name, unit, body, **{"names": (name,), "is_public": True, **more})  # type: ignore[arg-type]


CAST = (
    worker(
        1, "林小满", "宏远重工（北京）有限公司", "焊工，电焊工", opath="00010002", facets={"year": ["2020"]}
    ),
    worker(
        2,
        "王乐",
        "宏远重工",
        "CNC操作工",
        opath="00010003",
        facets={"year": ["2021"], "region": ["23", "2301"]},
    ),
    worker(
        3,
        "阿依古丽·买买提",
        "天山棉纺厂",
        "挡车工 7107厂",
        opath="0002",
        facets={"year": ["2021"]},
        is_public=False,
    ),
    worker(4, "张伟", "中星车辆", "高级技师 焊工", opath="000100020001", facets={"year": ["2020", "2022"]}),
    worker(5, "𬭊龘", "中星车辆", "铸造工", facets={"region": ["23"]}, names=("𬭊龘", "杜大")),
)
RARE = worker(77, "覃龘华", "遥岭石料厂", "采石工")
