"""`rollup rejudge`: what the rules of today make of submissions that others judged."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.arguments import DEFAULT_OPERATION, LEDGER_HELP, clock_of
from flows.cli.exits import Exit
from flows.cli.terminal import output, print_json


def rejudge(
    operation: Annotated[str, typer.Option(help="An operation's id, or its folder.")] = DEFAULT_OPERATION,
    inbox: Annotated[Path | None, typer.Option(help="Where to look for bytes that the ledger does not keep.")] = None,
    out: Annotated[Path, typer.Option(help="Where the outputs are.")] = Path("out"),
    ledger: Annotated[str | None, typer.Option(help=LEDGER_HELP)] = None,
    as_of: Annotated[str | None, typer.Option(help="The clock, a date or ISO time. [default: now]")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Record it. Without this nothing is changed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> Exit:
    """Say whose verdict and which totals would change if everything were judged by the rules and files of today."""
    from flows import rejudging
    from flows.inbox import find_workbooks
    from flows.ledger.ledger import ledger_to_read, ledger_to_write
    from flows.ledger.place import place_of
    from flows.operations import load_operation
    from flows.reports.rejudge_account import rejudge_account, rejudge_as_json

    effort = load_operation(operation)
    place, clock = place_of(ledger, out), clock_of(effort, as_of)
    files = find_workbooks(inbox) if inbox else ()
    with ledger_to_write(place) if yes else ledger_to_read(place) as opened:
        rejudgement = rejudging.rejudge(opened, effort, files, as_of=clock, for_good=yes)
    if as_json:
        print_json(rejudge_as_json(rejudgement, is_done=yes))
    else:
        output().show(rejudge_account(effort, rejudgement, is_done=yes))
    return Exit.CLEAN
