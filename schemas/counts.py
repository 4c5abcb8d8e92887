"""Counts: the figures that judged submissions hold, one row each, with the cell each one stands in."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series


class Counts(pa.DataFrameModel):
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
    row: Series[int] = pa.Field(ge=1)
    column: Series[int] = pa.Field(ge=1)

    class Config:
        """Exactly these columns, with exactly these types."""

        strict = True
        coerce = False
