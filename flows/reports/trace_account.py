"""A trace as people and programs read it: every cell of a total with its file, or every figure that a cell moves."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from flows.reports.outcome import plain_table
from flows.reports.words import counted, shown
from flows.steps.trace import Moved, TracedCell
from schemas.months import whose
from schemas.snapshot import Snapshot
from schemas.workbook import NOT_APPLICABLE_TEXT, address


@dataclass(frozen=True, slots=True)
class CellOfASubmission:
    """A cell that holds a count, None where it is N/A, and the figures that it moves; none unless it is current."""

    sha256: str
    cell: str
    task_force: str
    month: str
    measure: str
    value: int | None
    moves: tuple[Moved, ...]


def trace_account(snapshot: Snapshot, measure: str, state: str, cells: Sequence[TracedCell]) -> RenderableType:
    """Return a total with every cell that it is made of."""
    table = plain_table()
    for heading in ("Task force", "Month", "Value", "Cell", "Rev.", "Received", "File"):
        is_number = heading in ("Value", "Rev.")
        table.add_column(heading, justify="right" if is_number else "left", no_wrap=heading != "File", overflow="fold")
    for row in _rows(snapshot, cells):
        received = snapshot.operation.day_of(row["received"]).isoformat()
        place, file = f"{row['sheet']}!{row['cell']}", f"{row['file']} {row['sha256'][:12]}"
        table.add_row(row["task_force"], row["month"], f"{row['value']:,}", place, f"{row['revision']}", received, file)
    label = snapshot.operation.measure[measure].label
    who = f" of {snapshot.operation.roster.states[state]}" if state else ""
    total = f"{sum(cell.value for cell in cells):,}"
    return Group(Text(f"{label}{who}: {total}, the sum of {counted(len(cells), 'cell')}", "bold"), Text(), table)


def trace_as_json(snapshot: Snapshot, measure: str, state: str, cells: Sequence[TracedCell]) -> dict[str, Any]:
    """Return the same for a program to read."""
    return {
        "snapshot": snapshot.id,
        "measure": measure,
        "state": state or None,
        "total": sum(cell.value for cell in cells),
        "cells": [row | {"received": row["received"].isoformat()} for row in _rows(snapshot, cells)],
    }


def cell_account(snapshot: Snapshot, cell: CellOfASubmission) -> RenderableType:
    """Return what a cell holds and which figures and claims it moves."""
    operation = snapshot.operation
    label, value = operation.measure[cell.measure].label, shown(cell.value, NOT_APPLICABLE_TEXT)
    lines = [Text(f"{cell.cell}: {label} of {whose(cell.task_force, cell.month)}: {value}", "bold")]
    for moved in cell.moves:
        lines.append(Text(f"adds to {operation.measure[moved.measure].label}, {moved.total:,}"))
        lines += [Text(f"  of which the release says {claim.phrase!r}") for claim in moved.claims]
    if not cell.moves:
        lines.append(Text(f"adds to no figure: its submission is {_standing(snapshot, cell)}"))
    return Group(*lines)


def cell_as_json(snapshot: Snapshot, cell: CellOfASubmission) -> dict[str, Any]:
    """Return the same for a program to read."""
    told = asdict(cell)
    del told["moves"]
    moves = [
        {"measure": moved.measure, "total": moved.total, "claims": [claim.id for claim in moved.claims]}
        for moved in cell.moves
    ]
    return {"snapshot": snapshot.id, **told, "standing": _standing(snapshot, cell), "moves": moves}


def _standing(snapshot: Snapshot, cell: CellOfASubmission) -> str:
    verdict = snapshot.submissions[cell.sha256].verdict
    return snapshot.standings.get((cell.sha256, cell.task_force), verdict).value.replace("_", " ")


def _rows(snapshot: Snapshot, cells: Sequence[TracedCell]) -> list[dict[str, Any]]:
    first = snapshot.first_receipt
    return [
        {
            "state": cell.state,
            "task_force": cell.task_force,
            "month": cell.month,
            "measure": cell.measure,
            "value": cell.value,
            "sheet": cell.sheet,
            "cell": address(cell.row, cell.column),
            "sha256": cell.sha256,
            "revision": snapshot.submissions[cell.sha256].revision,
            "file": first[cell.sha256].file,
            "received": first[cell.sha256].received,
        }
        for cell in cells
    ]
