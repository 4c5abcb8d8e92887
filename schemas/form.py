"""Contracts for the form's shape: the parts it must have, the rows of its tables, and the rows that are expected."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from schemas.contracts import StrictModel, rule
from schemas.parsed import PartKind, Sight
from schemas.sheets import LARGEST_SPAN


class FormParts(StrictModel):
    """One row is a thing one workbook's form must have: a sheet, a label, a header row, a column, or rows.

    `times` is how often it stands there; `cells` is how many cells a sheet spans.
    """

    submission: Series[int]
    kind: Series[int]
    times: Series[int] = pa.Field(ge=0)
    cells: Series[int] = pa.Field(ge=0)

    @rule
    def sheet_is_present(cls, parts: pd.DataFrame) -> "pd.Series[bool]":
        return (parts["kind"] != PartKind.SHEET) | (parts["times"] > 0)

    @rule
    def sheet_stands_once(cls, parts: pd.DataFrame) -> "pd.Series[bool]":
        return (parts["kind"] != PartKind.SHEET) | (parts["times"] < 2)

    @rule
    def sheet_is_of_the_forms_size(cls, parts: pd.DataFrame) -> "pd.Series[bool]":
        return parts["cells"] <= LARGEST_SPAN

    @rule
    def label_is_present(cls, parts: pd.DataFrame) -> "pd.Series[bool]":
        return (parts["kind"] != PartKind.LABEL) | (parts["times"] > 0)

    @rule
    def label_stands_once(cls, parts: pd.DataFrame) -> "pd.Series[bool]":
        """No label stands twice: it would be unclear which value is meant."""
        return (parts["kind"] != PartKind.LABEL) | (parts["times"] < 2)

    @rule
    def header_row_is_present(cls, parts: pd.DataFrame) -> "pd.Series[bool]":
        return (parts["kind"] != PartKind.HEADER_ROW) | (parts["times"] > 0)

    @rule
    def column_is_present(cls, parts: pd.DataFrame) -> "pd.Series[bool]":
        return (parts["kind"] != PartKind.COLUMN) | (parts["times"] > 0)

    @rule
    def column_stands_once(cls, parts: pd.DataFrame) -> "pd.Series[bool]":
        """No column stands twice: it would be unclear which figures are meant."""
        return (parts["kind"] != PartKind.COLUMN) | (parts["times"] < 2)

    @rule
    def workbook_has_a_row(cls, parts: pd.DataFrame) -> "pd.Series[bool]":
        return (parts["kind"] != PartKind.ROWS) | (parts["times"] > 0)


class FormRows(StrictModel):
    """One row is a row of a table that holds anything, control totals aside: what its keys say."""

    submission: Series[int]
    task_force: Series[int]
    month: Series[int]
    repeats: Series[bool]

    @rule
    def row_names_its_task_force(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        return rows["task_force"] != Sight.BLANK

    @rule
    def task_force_is_in_the_roster(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        return ~rows["task_force"].isin([Sight.UNKNOWN, Sight.ERROR_VALUE, Sight.FORMULA_WITHOUT_RESULT])

    @rule
    def task_force_is_of_this_state(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        return rows["task_force"] != Sight.ELSEWHERE

    @rule
    def month_is_readable(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        return (rows["task_force"] != Sight.KNOWN) | rows["month"].isin([Sight.KNOWN, Sight.ELSEWHERE])

    @rule
    def month_is_in_the_operation(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        return (rows["task_force"] != Sight.KNOWN) | (rows["month"] != Sight.ELSEWHERE)

    @rule
    def row_is_given_once(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        return ~rows["repeats"]


class ExpectedRows(StrictModel):
    """One row is a row that one workbook must have, for a task force that it covers. `month` is empty in Agencies.

    `rows` is how many rows with figures there are for it; one that cannot be placed counts wherever it may belong.
    """

    submission: Series[int]
    is_monthly: Series[bool]
    rows: Series[int] = pa.Field(ge=0)

    @rule
    def month_is_reported(cls, expected: pd.DataFrame) -> "pd.Series[bool]":
        return ~expected["is_monthly"] | (expected["rows"] > 0)

    @rule
    def task_force_is_in_every_table(cls, expected: pd.DataFrame) -> "pd.Series[bool]":
        return expected["is_monthly"] | (expected["rows"] > 0)
