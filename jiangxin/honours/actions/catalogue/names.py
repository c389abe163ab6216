"""The names of one honour: what a list may print for it."""

from django.utils.translation import gettext as _

from jiangxin.honours.models import Honour, HonourAlias
from jiangxin.honours.rules import title_key
from jiangxin.kernel.access import Refused
from jiangxin.kernel.text.sayings import say


class Names:
    """Keeps the printed forms of one honour; no two honours share one."""

    def __init__(self, honour: Honour) -> None:
        self.honour = honour

    def add(self, *names: str) -> None:
        """Keep these names; Refused when one is the name of another honour."""
        for name in names:
            alias, _new = HonourAlias.objects.get_or_create(
                name_key=title_key(name), defaults={"honour": self.honour, "name": name}
            )
            if alias.honour_id != self.honour.pk:
                raise Refused(
                    say(_("“%(name)s”已经是另一种荣誉的名称。"), name=name),
                    code="title_taken",
                    field="title",
                )
