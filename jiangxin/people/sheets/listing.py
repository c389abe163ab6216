"""The list of people as a spreadsheet: what may leave the house when an officer exports a selection."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.sheets import Column, Sheet
from jiangxin.people.models import Person

PEOPLE_LIST = Sheet(
    name="people_list",
    title=_("职工名单"),
    columns=(
        Column("name", _("姓名"), privacy=PrivacyClass.PUBLIC),
        Column("sex", _("性别")),
        Column("unit_text", _("工作单位"), privacy=PrivacyClass.PUBLIC),
        Column("post_text", _("岗位"), privacy=PrivacyClass.PUBLIC),
        Column("region", _("地区"), privacy=PrivacyClass.PUBLIC),
        Column("org", _("所属工会")),
        Column("state", _("状态")),
        Column("uid", _("档案编号"), privacy=PrivacyClass.PUBLIC),
    ),
)


def list_rows(people: Iterable[Person]) -> Iterator[dict[str, Any]]:
    """One row a person, without any protected value."""
    for person in people:
        yield {
            "name": person.name,
            "sex": person.get_sex_display(),
            "unit_text": person.unit_text,
            "post_text": person.post_text,
            "region": person.region.name if person.region else "",
            "org": person.org.name if person.org else "",
            "state": person.get_state_display(),
            "uid": person.uid,
        }
