"""create-admin: the first account of an installation."""

from __future__ import annotations

import sys

import click

from jiangxin.config.cli.django_ready import load_django

ADMIN_ROLES = ("system_admin", "security_admin", "audit_admin")


@click.command("create-admin")
@click.argument("username")
@click.option("--role", type=click.Choice(ADMIN_ROLES), default="system_admin", show_default=True)
@click.option(
    "--union", help="Name of the topmost union; founds it when the installation holds no organisation yet."
)
@click.option(
    "--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for when not given."
)
def create_admin(username: str, role: str, union: str | None, password: str) -> None:
    """Create one of the three administrators; no account may ever hold two of these roles.

    Exit codes: 0 created, 1 refused (the reason is told), 2 wrong use or setting.
    """
    load_django()
    from jiangxin.accounts.actions import create_admin as create  # noqa: PLC0415 - app ready: models
    from jiangxin.kernel.access import Refused, SystemActor  # noqa: PLC0415 - app ready: translations
    from jiangxin.orgs.actions import add_org  # noqa: PLC0415 - app ready: models
    from jiangxin.orgs.models import Org  # noqa: PLC0415 - app ready: models

    try:
        if union and not Org.objects.exists():
            add_org(None, name=union, kind="national", by=SystemActor("cli"))
        user = create(username, role=role, password=password, by=SystemActor("cli"))
    except Refused as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(1)
    click.echo(f"{user.username}: {role}; a second factor is asked for at the first sign-in")


COMMANDS = {"create-admin": create_admin}
