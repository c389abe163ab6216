"""migrate and demo: a database that is ready, and a world to try."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import click
from django.core.management import call_command

from jiangxin.config.cli.django_ready import load_django


def _static_fingerprint() -> str:
    """Changes whenever a static file of any app changes (name, size or time)."""
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415 - app ready: settings

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static() -> None:
    """Collect and compress static files, only when one of them changed."""
    from django.conf import settings  # noqa: PLC0415 - app ready: settings

    stamp = Path(settings.STATIC_ROOT) / ".fingerprint"
    fingerprint = _static_fingerprint()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == fingerprint:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(fingerprint, encoding="utf-8")


def prepare_database() -> None:
    """Migrate, make the first keys and load the code tables; each does nothing when all is there."""
    from jiangxin.config.tables import load_tables  # noqa: PLC0415 - app ready: models
    from jiangxin.kernel.privacy.rotation import make_first_key  # noqa: PLC0415 - app ready: models

    call_command("migrate", interactive=False, verbosity=0)
    make_first_key()
    load_tables()


@click.command("migrate")
@click.option(
    "--first-start", is_flag=True, help="Also collect static files and load the demo world when it is wanted."
)
def migrate(first_start: bool) -> None:
    """Bring the database to this version and load the code tables."""
    load_django()
    prepare_database()
    collect_static()
    if not first_start:
        return
    from django.conf import settings  # noqa: PLC0415 - app ready: settings

    from jiangxin.config.demo import is_empty, load_demo  # noqa: PLC0415 - app ready: models

    if settings.DEMO_MODE and is_empty():
        load_demo(progress=sys.stderr.isatty())


@click.command("demo")
def demo() -> None:
    """Load the invented demo world into an empty database; never in production."""
    load_django()
    from django.conf import settings  # noqa: PLC0415 - app ready: settings

    if settings.PRODUCTION:
        click.echo("The demo world and its personas are not for production.", err=True)
        sys.exit(1)
    from jiangxin.config.demo import is_empty, load_demo  # noqa: PLC0415 - app ready: models

    prepare_database()
    if not is_empty():
        click.echo(
            "The database already holds organisations; the demo world is only loaded into an empty one.",
            err=True,
        )
        sys.exit(1)
    load_demo(progress=sys.stderr.isatty())


COMMANDS = {"migrate": migrate, "demo": demo}
