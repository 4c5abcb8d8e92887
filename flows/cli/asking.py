"""What is asked of the ledger: `rollup trace`, `bridge` and `replay`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.arguments import LedgerAt, Out, clock_of, make_writable, states_of
from flows.cli.exits import Exit, UnusableError
from flows.cli.terminal import answer, output, progress

if TYPE_CHECKING:
    from flows.reports.trace_account import CellOfASubmission
    from schemas.snapshot import Snapshot

_WHICH = "A snapshot: its id or how that begins, or a date, for the last one of that day or before."


def trace(
    measure: Annotated[str, typer.Argument(help="A measure's id, such as arrests.")] = "",
    state: Annotated[str, typer.Option(help="A two-letter code, for the state's total.")] = "",
    cell: Annotated[
        tuple[str, str] | None,
        typer.Option(help="A submission's sha256, or its first digits, and a cell such as Counts!D5; no MEASURE."),
    ] = None,
    out: Out = Path("out"),
    ledger: LedgerAt = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the cells as JSON.")] = False,
) -> Exit:
    """List every cell that a figure of the last snapshot is made of: they sum to it.

    Or say what a cell holds, and which figures and claims it moves.
    """
    if bool(measure) == bool(cell):
        raise UnusableError("say either a measure, such as arrests, or with --cell a submission and a cell.")
    from flows.ledger.ledger import ledger_to_read
    from flows.ledger.place import place_of
    from flows.replaying import newest_snapshot

    with ledger_to_read(place_of(ledger, out)) as opened:
        snapshot = newest_snapshot(opened)
    (_show_cell if cell else _show_total)(snapshot, *(cell or (measure, state)), as_json=as_json)
    return Exit.CLEAN


def bridge(
    before: Annotated[str, typer.Argument(metavar="FROM", help=_WHICH)],
    now: Annotated[str, typer.Argument(metavar="TO", help="Likewise.")],
    out: Out = Path("out"),
    ledger: LedgerAt = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the bridge as JSON.")] = False,
) -> Exit:
    """Explain how every national figure of one snapshot became that of another, and which claims changed verdict."""
    from flows.ledger.ledger import ledger_to_read
    from flows.ledger.place import place_of
    from flows.replaying import snapshot_named
    from flows.reports.bridge import bridge_account, bridge_as_json
    from flows.steps.bridge import bridge as bridge_between

    with ledger_to_read(place_of(ledger, out)) as opened:
        way = bridge_between(snapshot_named(opened, before), snapshot_named(opened, now))
    answer(bridge_account(way), bridge_as_json(way), as_json=as_json)
    return Exit.CLEAN


def replay(
    as_of: Annotated[str, typer.Option(help="The last snapshot of a date or before, or until an ISO time.")],
    out: Annotated[Path, typer.Option(help="Where the outputs go.")],
    ledger: Annotated[str, typer.Option(help="The ledger: a file, or the URL of a database.")] = "out/ledger.sqlite",
) -> Exit:
    """Write the outputs of a moment again: byte for byte what they were, under the same version of the program."""
    from flows import replaying
    from flows.ledger.ledger import ledger_to_read
    from flows.ledger.place import place_of
    from flows.snapshots import versions_now

    with ledger_to_read(place_of(ledger, out)) as opened:
        operation = replaying.operation_of(opened)
        make_writable(out)
        moment = replaying.end_of_day(operation, as_of) or clock_of(operation, as_of)
        folder, snapshot = replaying.replay(opened, out, moment)
    if (snapshot.rules_version, snapshot.program_version) != versions_now():
        progress().say(
            f"These outputs were first written by version {snapshot.program_version}, rules {snapshot.rules_version}; "
            "this version may write them otherwise."
        )
    output().say(f"Outputs: {folder}")
    return Exit.CLEAN


def _show_total(snapshot: "Snapshot", measure: str, state: str, *, as_json: bool) -> None:
    from flows.reports.trace_account import trace_account, trace_as_json
    from flows.steps.trace import cells_of_total

    operation = snapshot.operation
    if measure not in operation.measure:
        raise UnusableError(f"{operation.id} has no measure of this id; it has {', '.join(operation.measure)}.")
    state = "".join(states_of(operation, [state] if state else []))
    cells = cells_of_total(snapshot, measure, state)
    as_found = (snapshot, measure, state, cells)
    answer(trace_account(*as_found), trace_as_json(*as_found), as_json=as_json)


def _show_cell(snapshot: "Snapshot", submission: str, place: str, *, as_json: bool) -> None:
    from flows.reports.trace_account import cell_account, cell_as_json

    cell = _find(snapshot, submission, place)
    answer(cell_account(snapshot, cell), cell_as_json(snapshot, cell), as_json=as_json)


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
