"""`rollup trace`: from a figure to its cells, and from a cell to the figures it moves."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.arguments import LEDGER_HELP
from flows.cli.exits import Exit, UnusableError
from flows.cli.terminal import output, print_json

if TYPE_CHECKING:
    from flows.reports.trace_account import CellOfASubmission
    from schemas.snapshot import Snapshot


def trace(
    measure: Annotated[str, typer.Argument(help="A measure's id, such as arrests.")] = "",
    state: Annotated[str, typer.Option(help="A two-letter code, for the state's total.")] = "",
    cell: Annotated[
        tuple[str, str] | None,
        typer.Option(help="A submission's sha256, or its first digits, and a cell such as Counts!D5; no MEASURE."),
    ] = None,
    out: Annotated[Path, typer.Option(help="Where the outputs are.")] = Path("out"),
    ledger: Annotated[str | None, typer.Option(help=LEDGER_HELP)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the cells as JSON.")] = False,
) -> Exit:
    """List every cell that a figure of the last snapshot is made of: they sum to it.

    Or say what a cell holds, and which figures and claims it moves.
    """
    if bool(measure) == bool(cell):
        raise UnusableError("say either a measure or, with --cell, a submission and a cell.")
    from flows.ledger.ledger import ledger_to_read
    from flows.ledger.place import place_of
    from flows.replaying import newest_snapshot

    with ledger_to_read(place_of(ledger, out)) as opened:
        snapshot = newest_snapshot(opened)
    if cell:
        _show_cell(snapshot, _find(snapshot, *cell), as_json)
    else:
        _show_total(snapshot, measure, state.upper(), as_json)
    return Exit.CLEAN


def _show_total(snapshot: "Snapshot", measure: str, state: str, as_json: bool) -> None:
    from flows.reports.trace_account import trace_account, trace_as_json
    from flows.steps.trace import cells_of_total

    operation = snapshot.operation
    if measure not in operation.measure:
        raise UnusableError(f"{operation.id} has no measure of this id; it has {', '.join(operation.measure)}.")
    if state and state not in operation.roster.states:
        raise UnusableError(f"the roster of {operation.id} has no state {state}.")
    cells = cells_of_total(snapshot, measure, state)
    if as_json:
        print_json(trace_as_json(snapshot, measure, state, cells))
    else:
        output().show(trace_account(snapshot, measure, state, cells))


def _show_cell(snapshot: "Snapshot", cell: "CellOfASubmission", as_json: bool) -> None:
    from flows.reports.trace_account import cell_account, cell_as_json

    if as_json:
        print_json(cell_as_json(snapshot, cell))
    else:
        output().show(cell_account(snapshot, cell))


def _find(snapshot: "Snapshot", submission: str, place: str) -> "CellOfASubmission":
    """Find a count by the submission and the cell it stood in."""
    from flows.reports.trace_account import CellOfASubmission
    from flows.steps.trace import cell_at, moved_by
    from schemas.workbook import position

    match [sha256 for sha256 in snapshot.submissions if sha256.startswith(submission.lower())]:
        case [sha256]:
            pass
        case found:
            how_many = "several submissions begin" if found else "no submission begins"
            raise UnusableError(f"{how_many} with this sha256.")
    name, _, cell = place.rpartition("!")
    sheet = name.capitalize()
    row, column = position(cell.upper())
    if not (sheet and row):
        raise UnusableError("the cell must be given with its sheet, such as Counts!D5.")
    of_submission = snapshot.read[snapshot.read["sha256"] == sha256]
    if not (found_count := cell_at(of_submission, sheet, row, column)):
        raise UnusableError("no count was read in this cell of this submission.")
    moves = moved_by(snapshot, sha256, sheet, row, column)
    return CellOfASubmission(sha256, f"{sheet}!{cell.upper()}", *found_count, moves)
