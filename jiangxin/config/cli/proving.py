"""verify and audit: what can be proved without trusting this machine."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jiangxin.config.cli.django_ready import load_django

HELD = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--bundle",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Exported keys and status lists (verify/bundle.json of an installation); needs no database and no network.",
)
@click.option(
    "--issuer",
    "issuers",
    multiple=True,
    type=HELD,
    help="The document of an issuer you trust (did.json); may be repeated. Needs no database and no network.",
)
@click.option(
    "--status",
    "lists",
    multiple=True,
    type=HELD,
    help="A status list credential fetched beforehand; may be repeated.",
)
@click.option(
    "--trust", multiple=True, metavar="DID", help="A did:key issuer to accept besides; may be repeated."
)
def verify(
    file: Path,
    bundle: Path | None,
    issuers: tuple[Path, ...],
    lists: tuple[Path, ...],
    trust: tuple[str, ...],
) -> None:
    """Verify a credential offline; without --bundle or --issuer, by this installation's own records.

    Exit codes: 0 valid, 1 altered or not checkable, 2 unreadable, 3 revoked or suspended, 4 unknown issuer, 5 out of
    time, 6 intact, but its status list is not at hand or not to be trusted.
    """
    load_django()
    from jiangxin.honours.queries.proving import verify_file  # noqa: PLC0415 - app ready: models

    try:
        code, verdict = verify_file(file, bundle, trust=trust, issuers=issuers, lists=lists)
    except ValueError as fault:
        click.echo(f"This is no bundle, issuer document or status list: {fault}", err=True)
        sys.exit(2)
    click.echo(verdict.sentence_zh)
    click.echo(verdict.sentence_en)
    if verdict.replaced_by:
        click.echo(verdict.replaced_by)
    elif verdict.asked_at:
        click.echo(f"Whether a new one was issued stands at {verdict.asked_at}", err=True)
    if verdict.lacking:
        click.echo(
            f"{verdict.lacking} (--{'issuer' if verdict.code == 'unknown_issuer' else 'status'} FILE)",
            err=True,
        )
    sys.exit(code)


@click.group("audit")
def audit() -> None:
    """The tamper-evident log."""


@audit.command("verify")
@click.option(
    "--checkpoints",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of exported checkpoints, best a copy from another machine.",
)
def audit_verify(checkpoints: Path | None) -> None:
    """Recompute the whole log; exit 1 and name each entry that was changed, removed, swapped or cut off."""
    load_django()
    from jiangxin.kernel.events.verify import verify_log  # noqa: PLC0415 - app ready: models

    with click.progressbar(length=1, label="log", hidden=not sys.stderr.isatty(), file=sys.stderr) as bar:

        def advance(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        report = verify_log(checkpoints, progress=advance)
    for finding in report.findings:
        click.echo(finding.sentence, err=True)
    click.echo(
        f"{report.size} entries, {report.checkpoints} checkpoints, {report.pending} waiting to be sequenced"
    )
    sys.exit(0 if report.ok else 1)


@audit.command("checkpoint")
def audit_checkpoint() -> None:
    """Sign the present state of the log and export it to JX_HOME/checkpoints; keep a copy elsewhere."""
    load_django()
    from jiangxin.kernel.events.checkpoints import export_checkpoint, make_checkpoint  # noqa: PLC0415 - app ready: models
    from jiangxin.kernel.events.sequencer import sequence  # noqa: PLC0415 - app ready: models

    while sequence():
        continue
    checkpoint = make_checkpoint()
    if checkpoint is None:
        click.echo("The log is still empty; there is nothing to sign.")
        return
    click.echo(str(export_checkpoint(checkpoint)))


COMMANDS = {"verify": verify, "audit": audit}
