"""Contracts for counts: every cell where one belongs, and the counts that judged submissions hold."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandas.api.types import union_categoricals
from pandera.typing import Series

from schemas.cells import Kind
from schemas.contracts import rule


class CountCells(pa.DataFrameModel):
    """One row is a cell where a count belongs, of a row whose task force and month are known, or of a control total.

    `kind` is a `Kind`; `value` is the number, null where the cell is not one. Its place is kept beside the frame.
    """

    submission: Series[np.int32]
    kind: Series[np.int8]
    value: Series[float] = pa.Field(nullable=True)

    class Config:
        """Exactly these columns, with exactly these types."""

        strict = True
        coerce = False

    @rule
    def count_is_given(cls, cells: pd.DataFrame) -> "pd.Series[bool]":
        """No count is blank: zero is said as 0."""
        return cells["kind"] != Kind.BLANK

    @rule
    def not_applicable_is_allowed(cls, cells: pd.DataFrame) -> "pd.Series[bool]":
        """N/A stands only where the measure allows it."""
        return cells["kind"] != Kind.NOT_APPLICABLE_HERE

    @rule
    def count_is_not_negative(cls, cells: pd.DataFrame) -> "pd.Series[bool]":
        """No count is below zero."""
        return cells["kind"] != Kind.NEGATIVE

    @rule
    def count_is_whole(cls, cells: pd.DataFrame) -> "pd.Series[bool]":
        """Counts are whole numbers."""
        return cells["kind"] != Kind.FRACTION

    @rule
    def count_is_of_possible_size(cls, cells: pd.DataFrame) -> "pd.Series[bool]":
        """No count is beyond all bounds."""
        return cells["kind"] != Kind.TOO_LARGE

    @rule
    def count_is_not_true_or_false(cls, cells: pd.DataFrame) -> "pd.Series[bool]":
        """A truth value is no count."""
        return cells["kind"] != Kind.BOOLEAN

    @rule
    def count_is_not_a_date(cls, cells: pd.DataFrame) -> "pd.Series[bool]":
        """A date or time is no count."""
        return cells["kind"] != Kind.DATE

    @rule
    def count_is_not_a_percentage(cls, cells: pd.DataFrame) -> "pd.Series[bool]":
        """A percentage is no count."""
        return cells["kind"] != Kind.PERCENTAGE

    @rule
    def count_is_not_an_error_value(cls, cells: pd.DataFrame) -> "pd.Series[bool]":
        """An error value of the spreadsheet is no count."""
        return cells["kind"] != Kind.ERROR_VALUE

    @rule
    def formula_has_a_result(cls, cells: pd.DataFrame) -> "pd.Series[bool]":
        """A formula comes with its result."""
        return cells["kind"] != Kind.FORMULA_WITHOUT_RESULT

    @rule
    def count_is_not_hedged(cls, cells: pd.DataFrame) -> "pd.Series[bool]":
        """A count is exact."""
        return cells["kind"] != Kind.HEDGED

    @rule
    def count_is_in_digits(cls, cells: pd.DataFrame) -> "pd.Series[bool]":
        """A count is not spelled out."""
        return cells["kind"] != Kind.NUMBER_WORD

    @rule
    def count_stands_alone(cls, cells: pd.DataFrame) -> "pd.Series[bool]":
        """A count has no words beside it."""
        return cells["kind"] != Kind.NUMBER_WITH_WORDS

    @rule
    def count_is_one_number(cls, cells: pd.DataFrame) -> "pd.Series[bool]":
        """A count is no range."""
        return cells["kind"] != Kind.RANGE

    @rule
    def count_is_a_number(cls, cells: pd.DataFrame) -> "pd.Series[bool]":
        """A count is no remark."""
        return cells["kind"] != Kind.TEXT

    @rule
    def count_is_stored_as_a_number(cls, cells: pd.DataFrame) -> "pd.Series[bool]":
        """A count is not stored as text; where it is, it is still read."""
        return cells["kind"] != Kind.NUMBER_AS_TEXT


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


_WORDS = ("sha256", "task_force", "month", "measure", "sheet")
_NO_COUNTS = pd.DataFrame({name: pd.Series([], dtype="str") for name in Counts.to_schema().columns}).astype(
    {**dict.fromkeys(_WORDS, "category"), "value": "Int64", "row": "int64", "column": "int64"}
)


def joined(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return `Counts` in several frames as one, by submission; inside each one, in the order given."""
    given = [_NO_COUNTS, *frames]
    columns = {
        name: union_categoricals([frame[name] for frame in given], sort_categories=True)
        if name in _WORDS
        else pd.concat([frame[name] for frame in given], ignore_index=True)
        for name in _NO_COUNTS
    }
    return pd.DataFrame(columns).sort_values("sha256", kind="stable", ignore_index=True)
