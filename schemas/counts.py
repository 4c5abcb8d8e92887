"""Contracts for counts: every cell where one belongs, and the counts that judged submissions hold."""

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from schemas.cells import Kind
from schemas.contracts import RowCheck, StrictModel, row_rule
from schemas.file_rules import RULE_AGAINST


def _is_not(kind: Kind) -> RowCheck:
    return lambda cells: cells["kind"] != kind


COUNT_CELLS = pa.DataFrameSchema(
    {"submission": pa.Column(np.int32), "kind": pa.Column(np.int8), "value": pa.Column(float, nullable=True)},
    checks=[row_rule(rule.code, _is_not(kind)) for kind, rule in RULE_AGAINST.items()],
    strict=True,
    name="cells where a count belongs",
)
"""One row is a cell where a count belongs, of a row whose task force and month are known, or of a control total.

`kind` is a `Kind`; `value` is the number, null where the cell is not one. Its place is kept beside the frame.
"""


class Counts(StrictModel):
    """One row is one count: a measure of one task force, in one month or (month empty) as of the submission.

    `value` is null where the submission says N/A, which is never 0 and adds nothing. `row` and `column` count from 1.
    The index is unnamed and carries nothing.
    """

    sha256: Series[pd.CategoricalDtype]
    task_force: Series[pd.CategoricalDtype]
    month: Series[pd.CategoricalDtype]
    measure: Series[pd.CategoricalDtype]
    value: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=0)
    sheet: Series[pd.CategoricalDtype]
    row: Series[np.int32] = pa.Field(ge=1)
    column: Series[np.int16] = pa.Field(ge=1)


def of_submission(counts: pd.DataFrame, sha256: str) -> pd.DataFrame:
    """Return the rows of one submission out of `Counts` by submission, without looking at the others."""
    known = counts["sha256"].array
    if sha256 not in known.categories:
        return counts.iloc[:0]
    code = known.categories.get_loc(sha256)
    # Of the codes' own type: else all of them would be converted each time.
    start, end = np.searchsorted(known.codes, np.array([code, code + 1], known.codes.dtype))
    return counts.iloc[start:end]
