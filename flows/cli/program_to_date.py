"""`rollup program-to-date`: the next addition to the series since the program began."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.arguments import LEDGER_HELP, clock_of, reason_of, role_of
from flows.cli.exits import Exit, UnusableError
from flows.cli.terminal import output


def program_to_date(
    workbook: Annotated[Path, typer.Argument(help="The form of `rollup template --program-to-date`, filled in.")],
    source: Annotated[str, typer.Option(help="Where the additions are published, without names or numbers.")],
    by: Annotated[str, typer.Option(help="The role of who records it, as the form lists them, or National office.")],
    out: Annotated[Path, typer.Option(help="Where the outputs are.")] = Path("out"),
    ledger: Annotated[str | None, typer.Option(help=LEDGER_HELP)] = None,
    as_of: Annotated[str | None, typer.Option(help="When it is recorded, a date or ISO time. [default: now]")] = None,
) -> Exit:
    """Record the next addition to the program to date. It stays apart from the operation's totals."""
    from flows.adding import add
    from flows.inbox import find_workbooks, take
    from flows.ledger.ledger import ledger_to_write
    from flows.ledger.place import place_of
    from flows.replaying import operation_of

    taken = take(find_workbooks(workbook))
    if len(taken.arrivals) != 1:
        raise UnusableError(" ".join(file.sentence for file in taken.not_taken) or f"{workbook} is not one workbook.")
    with ledger_to_write(place_of(ledger, out)) as opened:
        operation = operation_of(opened)
        added = add(
            opened,
            taken.arrivals[0],
            role=role_of(operation, by),
            source=reason_of(operation, source),
            clock=clock_of(operation, as_of),
        )
    for addition in added:
        period = f"{addition.period_start} to {addition.period_end}"
        output().say(f"Recorded: {addition.series}, {period}: {addition.value:,}. The next run counts it.")
    return Exit.CLEAN
