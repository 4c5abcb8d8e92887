"""The form's layout as data: sheets, field labels, key headers, aliases, and how labels are matched.

The headers of measures belong to the operation. Template and reader both take their words from here.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from schemas.operation import Table

INSTRUCTIONS_SHEET = "Instructions"
SUBMISSION_SHEET = "Submission"
FINDINGS_SHEET = "Findings"

FORM_SHEETS: tuple[str, ...] = (SUBMISSION_SHEET, Table.COUNTS.value, Table.AGENCIES.value)
"""The sheets that are read. `Instructions` is for people; `Findings` exists only in a returned workbook."""

HEADER_ROWS_SEARCHED = 30
"""A table's header row is looked for in this many rows from the top of the sheet."""


class Field(StrEnum):
    """A field of the Submission sheet."""

    OPERATION = "operation"
    STATE = "state"
    PERIOD_START = "period_start"
    PERIOD_END = "period_end"
    TEMPLATE_VERSION = "template_version"
    REVISION = "revision"
    CERTIFIED_BY = "certified_by"
    CERTIFIED_ON = "certified_on"


@dataclass(frozen=True, slots=True)
class FieldLabel:
    """How a field is labelled on the form, and which other labels mean exactly the same."""

    field: Field
    label: str
    aliases: tuple[str, ...] = ()


FIELDS: tuple[FieldLabel, ...] = (
    FieldLabel(Field.OPERATION, "Operation", ("Operation name",)),
    FieldLabel(Field.STATE, "State", ("State code",)),
    FieldLabel(Field.PERIOD_START, "Period start", ("Start of period",)),
    FieldLabel(Field.PERIOD_END, "Period end", ("End of period",)),
    FieldLabel(Field.TEMPLATE_VERSION, "Template version", ("Form version",)),
    FieldLabel(Field.REVISION, "Revision", ("Revision number",)),
    FieldLabel(Field.CERTIFIED_BY, "Certified by (role)", ("Certified by",)),
    FieldLabel(Field.CERTIFIED_ON, "Certified on", ("Certification date", "Date certified")),
)

FIELD_LABEL: dict[Field, str] = {entry.field: entry.label for entry in FIELDS}

TASK_FORCE_HEADER = "Task force"
MONTH_HEADER = "Month"
KEY_HEADER_ALIASES: dict[str, tuple[str, ...]] = {
    TASK_FORCE_HEADER: ("ICAC task force", "Task force name", "Task force id"),
    MONTH_HEADER: ("Reporting month", "Month of report"),
}

TOTAL_LABELS: tuple[str, ...] = ("Total", "Totals", "Grand total")
"""A row so labelled is a control total: checked against the sum, never added."""

NOT_APPLICABLE_TEXT = "N/A"


def key_headers(table: Table) -> tuple[str, ...]:
    """Return the headers that say which row a row is, in the form's order."""
    return (TASK_FORCE_HEADER, MONTH_HEADER) if table is Table.COUNTS else (TASK_FORCE_HEADER,)


LONGEST_LABEL = 200
"""No label of the form is longer, in characters; a longer text is none."""


@lru_cache(maxsize=8192)
def normalise(label: str) -> str:
    """Return a label as it is compared: without case, surrounding and repeated blanks, and typographic variants."""
    return " ".join(unicodedata.normalize("NFKC", label).casefold().split())


def column_letter(column: int) -> str:
    """Return the letters of a column counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, remainder = divmod(column - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters


def address(row: int, column: int) -> str:
    """Return a cell's address, such as `E12`; empty where the place has no single cell (row or column 0)."""
    return f"{column_letter(column)}{row}" if row and column else ""


def span(places: Iterable[tuple[int, int]]) -> str:
    """Name cells of one row or column: a range such as `E5:I5` where they adjoin, a list where they do not."""
    ordered = sorted(places)
    (row, column), (last_row, last_column) = ordered[0], ordered[-1]
    adjoin = last_row - row + last_column - column == len(ordered) - 1 > 0
    cells = [address(*place) for place in ordered]
    return f"{cells[0]}:{cells[-1]}" if adjoin else ", ".join(cells)


def position(cell: str) -> tuple[int, int]:
    """Return row and column, from 1, of a cell's address; zeros for none. The reverse of `address`."""
    letters = cell.rstrip("0123456789")
    if not letters or letters == cell:
        return 0, 0
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(cell[len(letters) :]), column


@lru_cache(maxsize=1024)
def corners(cells: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return first and last row and column of a range such as `A1:C3`, however written; zeros for what is none."""
    first, _, last = cells.replace("$", "").upper().partition(":")
    rows, columns = (sorted(at) for at in zip(position(first), position(last or first), strict=True))
    return (rows[0], columns[0]), (rows[1], columns[1])
