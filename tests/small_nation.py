"""A small nation's counts: what the small operation's four task forces would send, to change one thing at a time.

As it stands every total is complete and every claim of the small operation is supported: 80 tips, 480 devices (240
phones, 240 computers), 12 examiners at the end, 20 partners.
"""

import datetime as dt
from collections.abc import Collection, Mapping

import pandas as pd

from schemas.counts import Counts
from schemas.operation import Operation
from schemas.operation_files import parse_operation
from schemas.submission import CellAccount, JudgedBatch, Receipt, Submission, Verdict
from small_operation import SMALL_ID, small_operation

OPERATION: Operation = parse_operation(SMALL_ID, small_operation(with_agencies=True))
DECEMBER, JANUARY = OPERATION.months
AFTER = dt.datetime(2032, 2, 12, 14, tzinfo=dt.UTC)
IN_JANUARY = dt.datetime(2032, 1, 12, 14, tzinfo=dt.UTC)
IN_DECEMBER = dt.datetime(2031, 12, 12, 14, tzinfo=dt.UTC)

Cell = tuple[str, str, str]
"""Task force, month, measure."""

_USUAL = {"tips": 10, "tips_urgent": 4, "tips_foreign": 8, "phones": 30, "computers": 30, "examiners": 3}
_PARTNERS = 5


def national_cells(
    without: Collection[str] = (), months: Collection[str] = (DECEMBER, JANUARY)
) -> dict[Cell, int | None]:
    """Return every cell of the nation with its usual value, except of some task forces, or in some months only."""
    return {
        cell: value
        for task_force in OPERATION.roster.by_id
        if task_force not in without
        for cell, value in cells_of(task_force, months).items()
    }


def cells_of(task_force: str, months: Collection[str] = (DECEMBER, JANUARY)) -> dict[Cell, int | None]:
    """Return the usual cells of one task force."""
    monthly = {(task_force, month, measure): value for month in months for measure, value in _USUAL.items()}
    return monthly | {(task_force, "", "partners"): _PARTNERS}


def counts_of(cells: Mapping[Cell, int | None], sha256: str = "a" * 64) -> pd.DataFrame:
    """Return cells as the counts of one submission; None is N/A."""
    keys = pd.DataFrame(list(cells), columns=["task_force", "month", "measure"], dtype=str)
    frame = pd.DataFrame(
        {
            "sha256": sha256,
            **keys,
            "value": pd.array(list(cells.values()), dtype="Int64"),
            "sheet": keys["month"].map(lambda month: "Counts" if month else "Agencies"),
            "row": 5,
            "column": 3,
        }
    )
    categories = ["sha256", "task_force", "month", "measure", "sheet"]
    types = dict.fromkeys(categories, "category") | {"row": "int32", "column": "int16"}
    return Counts.validate(frame.astype(types))


def submission(sha256: str, state: str, *task_forces: str, revision: int = 1, verdict: Verdict = Verdict.ACCEPTED):
    """Return a judged submission without findings."""
    return Submission(sha256, state, revision, "Clerk", None, verdict, task_forces, (), CellAccount(0, 0, 0, 0))


def receipt(sha256: str, file: str = "", received: dt.datetime = AFTER) -> Receipt:
    """Return the receipt of a file; named by its hash if not otherwise."""
    return Receipt(file or f"{sha256[:4]}.xlsx", sha256, received)


def judged(*sent: tuple[Submission, Mapping[Cell, int | None]]) -> JudgedBatch:
    """Return submissions and their cells as one judged batch."""
    frames = [counts_of(cells, submission.sha256) for submission, cells in sent]
    together = pd.concat(frames, ignore_index=True) if frames else counts_of({})
    categories = ["sha256", "task_force", "month", "measure", "sheet"]
    return JudgedBatch(tuple(s for s, _ in sent), together.astype(dict.fromkeys(categories, "category")))
