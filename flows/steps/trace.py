"""Trace: from a figure to the cells that it is made of, and from a cell to the figures that it moves."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from schemas.operation import Claim, Operation
from schemas.snapshot import Reckoning


@dataclass(frozen=True, slots=True)
class TracedCell:
    """A cell that adds to a total: where it stands, whose it is, and what it adds."""

    state: str
    task_force: str
    month: str
    measure: str
    value: int
    sha256: str
    sheet: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that a cell adds to: the measure, its national total, and the claims about it."""

    measure: str
    total: int
    claims: tuple[Claim, ...]


def cells_of_total(reckoning: Reckoning, measure: str, state: str = "") -> tuple[TracedCell, ...]:
    """Return every cell that adds to a measure's total, or to that of one state, in roster order; they sum to it.

    Of a measure that is not asked, the cells are those of its parts.
    """
    own = reckoning.contributions[reckoning.contributions["measure"] == measure]
    if state:
        own = own[own["state"] == state]
    counts = reckoning.counts.astype(dict.fromkeys(("sha256", "task_force", "month", "measure", "sheet"), str))
    asked = counts[counts["measure"].isin(_asked(reckoning.operation, measure)) & counts["value"].notna()]
    cells = own[["state", "task_force", "month"]].merge(asked, on=["task_force", "month"])
    cells = cells[["state", "task_force", "month", "measure", "value", "sha256", "sheet", "row", "column"]]
    order = {task_force: n for n, task_force in enumerate(reckoning.operation.roster.by_id)}
    cells = cells.sort_values(["task_force", "month"], key=lambda c: c.map(order) if c.name == "task_force" else c)
    return tuple(TracedCell(*row) for row in cells.astype({"value": int}).itertuples(index=False, name=None))


def moved_by(reckoning: Reckoning, sha256: str, sheet: str, row: int, column: int) -> tuple[Moved, ...]:
    """Return the figures that a cell adds to: those of its own measure and of measures that are made of it."""
    return tuple(_moved(reckoning, (sha256, sheet, row, column)))


def _moved(reckoning: Reckoning, place: tuple[str, str, int, int]) -> Iterator[Moved]:
    totals = reckoning.totals.set_index("measure")["value"]
    for measure in reckoning.operation.measures:
        cells = cells_of_total(reckoning, measure.id)
        if place in {(cell.sha256, cell.sheet, cell.row, cell.column) for cell in cells}:
            claims = tuple(claim for claim in reckoning.operation.claims if claim.of == measure.id)
            yield Moved(measure.id, int(totals[measure.id]), claims)


def _asked(operation: Operation, measure: str) -> tuple[str, ...]:
    """Return the measures whose cells a total is made of."""
    whole = operation.measure[measure]
    return whole.parts if whole.table is None else (measure,)


def cell_at(counts: pd.DataFrame, sheet: str, row: int, column: int) -> tuple[str, str, str, int | None] | None:
    """Return task force, month, measure and value (None is N/A) of the count in a cell; None where there is none."""
    here = counts[(counts["sheet"] == sheet) & (counts["row"] == row) & (counts["column"] == column)]
    for task_force, month, measure, value in here[["task_force", "month", "measure", "value"]].itertuples(index=False):
        return str(task_force), str(month), str(measure), None if pd.isna(value) else int(value)
    return None
