"""bench: runs one benchmark of a source checkout and prints one JSON line."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

import click

from jiangxin.config.cli.django_ready import load_django

ROOT = Path(__file__).resolve().parent.parent.parent.parent


def names() -> list[str]:
    """The benchmarks of this checkout; none in an installed wheel."""
    folder = ROOT / "benchmarks"
    return sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))


@click.command("bench")
@click.argument("name")
def bench(name: str) -> None:
    """Run benchmark NAME in a home of its own and print figures and the ratio to its baseline as one JSON line.

    Sizes come from the environment (JX_BENCH_ROWS …); DATABASE_URL chooses the engine.
    """
    if name not in names():
        click.echo(
            f"No benchmark {name!r}; there are: {', '.join(names()) or 'none (not a source checkout)'}",
            err=True,
        )
        sys.exit(2)
    load_django()
    sys.path.insert(0, str(ROOT))
    figures = import_module(f"benchmarks.{name}").run()
    click.echo(json.dumps({"bench": name, **figures}, ensure_ascii=False, default=str))


COMMANDS = {"bench": bench}
