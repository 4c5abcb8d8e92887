"""`rollup ledger`: backup, restore, compare-with and migrate."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.arguments import LedgerAt, Out
from flows.cli.exits import Exit, UnusableError
from flows.cli.terminal import output
from flows.reports.words import counted

ledger_app = typer.Typer(help="Care of the ledger: back it up, restore it, renew it.", no_args_is_help=True)

_NAME_ANOTHER = "name the ledger of another operation"


@ledger_app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write.")], out: Out = Path("out"), ledger: LedgerAt = None
) -> Exit:
    """Write everything that the ledger holds to one file, also while a run is writing to it."""
    from flows.ledger.backup import back_up
    from flows.ledger.ledger import ledger_to_read
    from flows.ledger.place import place_of

    with ledger_to_read(place_of(ledger, out)) as opened:
        back_up(opened, file)
    output().say(f"Backed up: {file}")
    return Exit.CLEAN


@ledger_app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")], out: Out = Path("out"), ledger: LedgerAt = None
) -> Exit:
    """Make a new ledger of a backup, in a file or on a server, whatever the old one was.

    A ledger that is whole and holds something is never written over. The file of a damaged one is moved away and named.
    """
    from flows.ledger import backup
    from flows.ledger.place import place_of

    if not file.is_file():
        raise UnusableError(f"there is no file {file}.")
    place = place_of(ledger, out)
    backup.restore(place, file, lambda moved: output().say(f"The damaged ledger was moved to {moved}"))
    output().say(f"Restored: {place}")
    return Exit.CLEAN


@ledger_app.command()
def compare_with(
    other: Annotated[str, typer.Argument(help="The ledger of another operation: a file, or the URL of a database.")],
    out: Out = Path("out"),
    ledger: LedgerAt = None,
) -> Exit:
    """Keep what task forces reported in another operation: from the next run on, figures far from it are warned of."""
    from flows import comparing
    from flows.ledger.faults import LedgerDamagedError
    from flows.ledger.ledger import ledger_to_read, ledger_to_write
    from flows.ledger.place import place_of
    from flows.replaying import newest_snapshot

    theirs = place_of(other, out)
    try:
        with ledger_to_read(theirs, _NAME_ANOTHER) as opened:
            snapshot = newest_snapshot(opened)
    except LedgerDamagedError:
        raise UnusableError(f"{theirs} is no ledger, or it is damaged; {_NAME_ANOTHER}.") from None
    with ledger_to_write(place_of(ledger, out)) as opened:
        history = comparing.compare_with(opened, snapshot, clock=dt.datetime.now(dt.UTC))
    task_forces = len({task_force for task_force, _ in history.totals})
    output().say(f"Compared from the next run on: {history.title}, {counted(task_forces, 'task force')}")
    return Exit.CLEAN


@ledger_app.command()
def migrate(out: Out = Path("out"), ledger: LedgerAt = None) -> Exit:
    """Bring a ledger of an earlier version of the program up to date; every run does so too."""
    from flows.ledger.ledger import ledger_to_write
    from flows.ledger.place import place_of
    from flows.ledger.tables import SCHEMA

    place = place_of(ledger, out)
    with ledger_to_write(place):
        output().say(f"Up to date: {place}, version {SCHEMA}")
    return Exit.CLEAN
