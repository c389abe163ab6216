"""Sample content for the gallery of components; every name in it is invented."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator

LAYOUTS = {
    "public": "ui/gallery/layout_public.html",
    "worker": "ui/gallery/layout_worker.html",
    "workbench": "ui/gallery/layout_workbench.html",
    "focus": "ui/gallery/layout_focus.html",
    "print": "ui/gallery/layout_print.html",
}


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="姓名", help_text="与身份证一致，少数民族姓名请写间隔号", max_length=40)
    unit = forms.CharField(label="单位", max_length=80)
    year = forms.IntegerField(label="获奖年份", min_value=1950, max_value=2100, required=False)
    post = forms.ChoiceField(
        label="岗位类别", choices=[("", "请选择"), ("line", "一线职工"), ("tech", "专业技术人员")]
    )
    kind = forms.ChoiceField(
        label="推荐方式",
        choices=[("unit", "单位推荐"), ("self", "自荐")],
        widget=forms.RadioSelect,
        help_text="只能选一种",
    )
    deed = forms.CharField(label="主要事迹", widget=forms.Textarea, required=False, help_text="500 字以内")
    sheet = forms.FileField(label="名单文件", required=False)
    agree = forms.BooleanField(label="我已核对以上内容，保证真实")


def sample_form(*, bound: bool = False) -> SampleForm:
    """Return the sample form, empty or wrongly filled."""
    if not bound:
        return SampleForm()
    return SampleForm({"name": "林小满", "year": "1900", "post": "line"})


PROVINCES = ["江苏", "山东", "广东", "浙江", "四川", "湖北", "陕西"]
COUNTS = [128, 121, 117, 96, 84, 71, 42]
YEARS = [str(year) for year in range(2006, 2026)]
AWARDED = [
    *(312, 298, 1065, 340, 2985, 410, 402, 1224, 455, 2968),
    *(470, 466, 512, 695, 2490, 1197, 966, 1035, 1088, 2426),
]


LISTS: dict[str, Any] = {
    "groups": [
        {
            "title": "荣誉级别",
            "items": [
                {"label": "国家级", "count": 2426, "url": "#", "selected": True},
                {"label": "省部级", "count": 18310, "url": "#", "selected": False},
                {"label": "市级", "count": 40122, "url": "#", "selected": False},
            ],
        },
        {
            "title": "地区",
            "items": [
                {"label": name, "count": count, "url": "#"}
                for name, count in zip(PROVINCES, COUNTS, strict=True)
            ],
            "more_url": "#",
        },
    ],
    "columns": [
        {"label": "姓名", "sort_url": "#", "sorted": "asc"},
        {"label": "单位"},
        {"label": "年份", "numeric": True, "sort_url": "#"},
        {"label": "荣誉数", "numeric": True},
    ],
    "rows": [
        [{"value": "林小满", "url": "#"}, "宏远重工集团焊接车间", "2025", 6],
        [{"value": "赵铁生", "url": "#"}, "宏远重工集团装配班组", "2020", 3],
        [{"value": "阿依古丽·买买提", "url": "#"}, "天山纺织厂", "2015", 1024],
    ],
    "nodes": [
        {
            "label": "云川省总工会",
            "href": "#",
            "note": 42,
            "open": True,
            "children": [
                {
                    "label": "临江市总工会",
                    "href": "#",
                    "note": 12,
                    "children": [{"label": "宏远重工集团工会", "href": "#"}],
                },
                {"label": "青石市总工会", "href": "#", "note": 1208},
            ],
        }
    ],
    "sections": [
        {"label": "荣誉", "url": "#", "current": True, "count": 6},
        {"label": "成长经历", "url": "#", "count": 12},
        {"label": "谁看过我", "url": "#"},
    ],
}

CHARTS: dict[str, Any] = {
    "provinces": list(zip(PROVINCES, COUNTS, strict=True)),
    "years": YEARS,
    "year_points": list(zip(YEARS, AWARDED, strict=True)),
    "few_points": list(zip(YEARS[-6:], AWARDED[-6:], strict=True)),
    "lines": [
        ("女职工", [18, 18, 19, 20, 21, 21, 22, 23, 23, 24, 25, 25, 26, 27, 28, 28, 29, 30, 30, 31]),
        ("农民工", [3, 4, 4, 5, 5, 6, 7, 7, 8, 8, 9, 9, 10, 10, 10, 11, 11, 12, 12, 12]),
    ],
}


def gallery_context() -> dict[str, Any]:
    """Everything the gallery's templates show."""
    return {
        **LISTS,
        **CHARTS,
        "crumbs": [("首页", "/"), ("荣誉", "#"), ("全国劳动模范", "")],
        "facts": [
            ("单位", "宏远重工集团"),
            ("岗位", "焊工"),
            ("技能等级", "首席技师"),
            ("所在地区", "云川省临江市"),
        ],
        "stages": [("单位公示", "done"), ("市级初审", "done"), ("省级复审", "current"), ("全国公示", "todo")],
        "page": Paginator(range(240), 20).page(6),
        "form": sample_form(),
        "wrong_form": sample_form(bound=True),
        "levels": ("national", "ministry", "province", "city", "county", "enterprise"),
        "tones": ("neutral", "green", "amber", "red", "steel", "gold"),
        "people": (
            "林小满",
            "赵铁生",
            "周敏",
            "何砚秋",
            "顾长河",
            "欧阳清",
            "阿依古丽·买买提",
            "Anna Kowalska",
        ),
    }
