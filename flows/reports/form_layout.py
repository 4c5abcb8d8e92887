"""Where things stand on the form: which row and column of which sheet holds what.

What belongs here: places, derived from the operation and the state. What does not: words, looks and formulas.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from schemas.operation import Measure, Operation, Table
from schemas.workbook import FIELDS, SUBMISSION_SHEET, Field, address, column_letter, key_headers

FIELD_LABEL_COLUMN, FIELD_VALUE_COLUMN, FIELD_HINT_COLUMN = 1, 2, 3
FIELD_ROW: dict[Field, int] = {entry.field: row for row, entry in enumerate(FIELDS, start=4)}


def field_cell(field: Field) -> str:
    """Return the cell of the Submission sheet that a field's value stands in."""
    return address(FIELD_ROW[field], FIELD_VALUE_COLUMN)


ROLES_ROW = max(FIELD_ROW.values()) + 4
"""The first of the rows, below the fields, that list who may certify."""

GUIDE_ROW, BAND_ROW, HEADER_ROW = 2, 3, 4
FIRST_ROW = HEADER_ROW + 1


class FormRow(NamedTuple):
    """One row of a table: a task force and, in Counts, a month; the month is empty in Agencies."""

    task_force: str
    month: str


class Band(NamedTuple):
    """Neighbouring columns of one whole and its parts, or of measures that stand alone (whole is None)."""

    whole: Measure | None
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class TableLayout:
    """One table of a state's form: its rows and its measures, in order."""

    table: Table
    rows: tuple[FormRow, ...]
    measures: tuple[Measure, ...]
    bands: tuple[Band, ...]

    @property
    def first_count_column(self) -> int:
        """The column of the first measure; before it stand the keys."""
        return len(key_headers(self.table)) + 1

    @property
    def last_column(self) -> int:
        """The column of the last measure."""
        return self.first_count_column + len(self.measures) - 1

    @property
    def last_row(self) -> int:
        """The last prepared row."""
        return FIRST_ROW + len(self.rows) - 1

    def column(self, measure: Measure) -> int:
        """Return the column a measure is asked in."""
        return self.first_count_column + self.measures.index(measure)

    def parts(self, whole: Measure) -> tuple[Measure, ...]:
        """Return those parts of a measure that this table asks."""
        return tuple(measure for measure in self.measures if measure.id in whole.parts)

    def counts(self, measure: Measure | None = None) -> str:
        """Return the range of one measure's counts, or of all, such as `C5:R19`."""
        first = self.column(measure) if measure else self.first_count_column
        last = self.column(measure) if measure else self.last_column
        return f"{column_letter(first)}{FIRST_ROW}:{column_letter(last)}{self.last_row}"


def table_layouts(operation: Operation, state: str, task_forces: Collection[str] = ()) -> tuple[TableLayout, ...]:
    """Return the tables of a state's form, in the form's order: for all its task forces, or for those given."""
    ids = [task_force.id for task_force in operation.roster.by_state[state]]
    chosen = [task_force for task_force in ids if task_force in task_forces] or ids
    return tuple(_table_layout(operation, chosen, table) for table in operation.tables)


def roles_range(operation: Operation) -> str:
    """Return the range on the Submission sheet that lists who may certify."""
    column, last = column_letter(FIELD_VALUE_COLUMN), ROLES_ROW + len(operation.certifier_roles) - 1
    return f"{SUBMISSION_SHEET}!${column}${ROLES_ROW}:${column}${last}"


def _table_layout(operation: Operation, task_forces: Iterable[str], table: Table) -> TableLayout:
    months = operation.months if table is Table.COUNTS else ("",)
    measures = operation.asked_in(table)
    return TableLayout(
        table=table,
        rows=tuple(FormRow(task_force, month) for task_force in task_forces for month in months),
        measures=measures,
        bands=tuple(_bands(operation, measures)),
    )


def _bands(operation: Operation, measures: tuple[Measure, ...]) -> Iterable[Band]:
    whole_of = {part: whole for whole in operation.measures for part in whole.parts}
    for whole, run in groupby(measures, lambda measure: measure if measure.parts else whole_of.get(measure.id)):
        yield Band(whole, tuple(run))
