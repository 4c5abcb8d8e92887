"""`rollup withdraw`: the decision that a submission no longer counts."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.arguments import LEDGER_HELP, clock_of, reason_of, role_of
from flows.cli.exits import Exit, UnusableError
from flows.cli.terminal import output


def withdraw(
    submission: Annotated[str, typer.Argument(help="Its sha256, or how it begins.")],
    reason: Annotated[str, typer.Option(help="Why, in a sentence without names or numbers. For internal pages only.")],
    by: Annotated[str, typer.Option(help="The role of who decides, as the form lists them, or National office.")],
    task_force: Annotated[
        list[str] | None, typer.Option(help="For this task force only. [default: all that it covers]")
    ] = None,
    out: Annotated[Path, typer.Option(help="Where the outputs are.")] = Path("out"),
    ledger: Annotated[str | None, typer.Option(help=LEDGER_HELP)] = None,
    as_of: Annotated[str | None, typer.Option(help="When it was decided, a date or ISO time. [default: now]")] = None,
) -> Exit:
    """Withdraw a submission: its counts leave the totals with the next run. It stays in the ledger and on the pages."""
    from flows.ledger import decisions
    from flows.ledger.ledger import ledger_to_write
    from flows.ledger.place import place_of
    from flows.replaying import operation_of
    from schemas.decisions import Withdrawal

    with ledger_to_write(place_of(ledger, out)) as opened:
        operation = operation_of(opened)
        role, clock, kept_reason = role_of(operation, by), clock_of(operation, as_of), reason_of(operation, reason)
        if unknown := [name for name in task_force or () if name not in operation.roster.by_id]:
            raise UnusableError(f"the roster of {operation.id} has no task force {', '.join(unknown)}.")
        with opened.writing() as connection:
            sha256 = decisions.submission_named(connection, submission)
            decisions.withdraw(connection, Withdrawal(sha256, tuple(task_force or ()), role, clock, kept_reason))
    output().say(f"Withdrawn: {sha256}. The next run leaves it out of the totals.")
    return Exit.CLEAN
