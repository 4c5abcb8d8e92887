"""From the typed cells of a batch to the counts that they are, with the cell each one stands in."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from flows.steps.validate.frames import TableCells
from schemas.cells import COUNTED, Kind
from schemas.operation import Operation

Codes = npt.NDArray[np.int64]


def counts_of(tables: Sequence[TableCells], sha256s: Sequence[str], operation: Operation) -> pd.DataFrame:
    """Return the `schemas.counts.Counts` of a batch, given the bytes of each submission, whatever their verdicts."""
    return pd.concat([_of_table(cells, sha256s, operation) for cells in tables], ignore_index=True)


def _of_table(cells: TableCells, sha256s: Sequence[str], operation: Operation) -> pd.DataFrame:
    counted = np.isin(cells.kinds, list(COUNTED)) & ~cells.is_total[:, None]
    lines, nth = counted.nonzero()
    not_applicable = cells.kinds[lines, nth] == Kind.NOT_APPLICABLE
    values = np.where(not_applicable, 0, cells.values[lines, nth])
    roster, months = list(operation.roster.by_id), ["", *operation.months]
    measures, sheets = [m.id for m in operation.measures], [table.value for table in operation.tables]
    asked = _codes((measure.id for measure in operation.asked_in(cells.table)), measures)
    rows = [place.row for place in cells.rows]
    return pd.DataFrame(
        {
            "sha256": _category(cells.submissions[lines].astype(np.int64), list(sha256s)),
            "task_force": _category(_codes((row.task_force.word for row in rows), roster)[lines], roster),
            "month": _category(_codes((row.month.word for row in rows), months)[lines], months),
            "measure": _category(asked[nth], measures),
            "value": pd.Series(values.astype(np.int64), dtype="Int64").mask(not_applicable),
            "sheet": _category(np.full(len(lines), sheets.index(cells.table.value)), sheets),
            "row": np.array([row.row for row in rows], np.int32)[lines],
            "column": cells.columns[lines, nth].astype(np.int16),
        }
    )


def _codes(words: Iterable[str], categories: list[str]) -> Codes:
    """Return each word's place among the categories; -1 for a control total, which has no task force."""
    place = {word: n for n, word in enumerate(categories)}
    return np.array([place.get(word, -1) for word in words], np.int64)


def _category(codes: Codes, categories: list[str]) -> "pd.Categorical[str]":
    return pd.Categorical.from_codes(codes, pd.Index(categories))
