"""Where an officer goes on after a list of organisations was imported."""

from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor


def after_orgs(actor: Actor) -> list[tuple[str, str]]:
    """The list of organisations: `[(words, address)]`."""
    del actor
    return [(_("查看组织列表"), reverse("orgs:orgs"))]
