"""keys: the keys that seal personal data; add one, seal again what older keys sealed, take an old one out."""

from __future__ import annotations

import sys

import click

from jiangxin.config.cli.django_ready import load_django


@click.group("keys")
def keys() -> None:
    """The keys that seal personal data."""


@keys.command("status")
def status() -> None:
    """List the keys and how many stored values each one seals; exit 1 while old keys are in use."""
    load_django()
    from jiangxin.kernel.privacy.keys import key_store  # noqa: PLC0415 - app ready: settings
    from jiangxin.kernel.privacy.rotation import keys_in_use  # noqa: PLC0415 - app ready: models

    active = key_store.ring().active
    counts = keys_in_use()
    for key_id, count in counts.items():
        click.echo(f"{key_id}{' (active)' if key_id == active else ''}: {count} values")
    sys.exit(1 if any(count for key_id, count in counts.items() if key_id != active) else 0)


@keys.command("rotate")
@click.option("--now", is_flag=True, help="Seal again here and now instead of leaving it to the worker.")
def rotate(now: bool) -> None:
    """Add a key that seals from now on and seal again what older keys sealed; reads and writes go on meanwhile."""
    _seal(rotating=True, now=now)


@keys.command("reseal")
@click.option("--now", is_flag=True, help="Seal again here and now instead of leaving it to the worker.")
def reseal(now: bool) -> None:
    """Seal again what older keys sealed; after a new key was put into PRIVACY_KEYS, or to go on after a stop."""
    _seal(rotating=False, now=now)


@keys.command("retire")
@click.argument("key_id")
def retire(key_id: str) -> None:
    """Take an old key out of the key file; refused (exit 1) while anything is sealed with it.

    Backups made earlier hold their own keys and can still be restored.
    """
    load_django()
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - app ready: settings

    from jiangxin.kernel.access import Refused, SystemActor  # noqa: PLC0415 - app ready: translations
    from jiangxin.kernel.jobs.actions import retire_key  # noqa: PLC0415 - app ready: models

    try:
        left = retire_key(key_id=key_id, by=SystemActor("cli"))
    except (Refused, ImproperlyConfigured) as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(1)
    click.echo(f"{key_id} is retired; {left} left")


def _seal(*, rotating: bool, now: bool) -> None:
    load_django()
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - app ready: settings

    from jiangxin.kernel.access import SystemActor  # noqa: PLC0415 - app ready: translations
    from jiangxin.kernel.jobs.actions import rotate_keys, seal_again  # noqa: PLC0415 - app ready: models
    from jiangxin.kernel.privacy.keys import key_store  # noqa: PLC0415 - app ready: settings

    try:
        progress = (rotate_keys if rotating else seal_again)(by=SystemActor("cli"))
    except ImproperlyConfigured as fault:
        click.echo(str(fault), err=True)
        sys.exit(2)
    click.echo(f"{key_store.ring().active} seals from now on; {progress.total} values to seal again")
    if now:
        _seal_here(progress.total or 0)
    else:
        click.echo("The worker seals them in the background; `jiangxin keys status` tells when it is done.")


def _seal_here(total: int) -> None:
    """Do it with a bar on a terminal; the queued work then finds nothing left."""
    from jiangxin.kernel.privacy.rotation import re_encrypt_all  # noqa: PLC0415 - app ready: models

    with click.progressbar(
        length=max(total, 1), label="values", hidden=not sys.stderr.isatty(), file=sys.stderr
    ) as bar:
        done = re_encrypt_all(progress=lambda sealed: bar.update(sealed - bar.pos))
    click.echo(f"{done} values sealed again")


COMMANDS = {"keys": keys}
