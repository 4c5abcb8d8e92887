"""What was understood of one workbook: fields, rows and typed cells, each with the place it stands at.

Plain and small, so that it can come back from a worker process. It holds numbers and words of our own, never a text
that somebody typed.
"""

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum

from schemas.operation import Table
from schemas.remarks import Remark
from schemas.responses import Response
from schemas.submission import CellAccount
from schemas.workbook import Field


class Sight(IntEnum):
    """What was found where the form asks for a word of ours, a date or a number that is not a count."""

    KNOWN = 0
    BLANK = 1
    UNKNOWN = 2
    ELSEWHERE = 3
    ERROR_VALUE = 4
    FORMULA_WITHOUT_RESULT = 5


TEXT_BESIDE, NUMBER_BESIDE = "cell with text", "cell with a number or date"
"""What a cell beside the form holds."""

Beside = tuple[str, str, int]
"""Something beside the form: its sheet of the form or nothing, its kind, and how many there are."""


class PartKind(IntEnum):
    """A kind of thing that every form must have."""

    SHEET = 0
    LABEL = 1
    HEADER_ROW = 2
    COLUMN = 3
    ROWS = 4


@dataclass(frozen=True, slots=True)
class FormPart:
    """A thing the form must have, and how often it stands there.

    `row` and `column` place the second one where it stands more than once, or a text close to it where it is missing;
    else they are 0. `close` is the length of that text. `cells` is how many cells a sheet spans.
    """

    kind: PartKind
    sheet: str
    label: str
    times: int
    row: int = 0
    column: int = 0
    cells: int = 0
    close: int = 0


@dataclass(frozen=True, slots=True)
class FieldValue:
    """The value of a field of the Submission sheet: a word of ours, a whole number or a day, by what the field asks.

    `found` describes a value that is none of these without repeating it. Of a state that is not that of the workbook's
    task forces, the sight is `ELSEWHERE` and `nearest` is theirs.
    """

    field: Field
    sight: Sight
    row: int
    column: int
    word: str = ""
    number: int = 0
    day: dt.date | None = None
    found: str = ""
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class KeyCell:
    """A cell that says which row a row is: its task force or its month.

    `word` is the id or the month. A task force of another state, or a month outside the operation, is `ELSEWHERE`.
    `found` describes what is neither, and `nearest` is the word of ours that it is close to.
    """

    sight: Sight
    column: int
    word: str = ""
    found: str = ""
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of a table that holds anything: its keys, and what its cells hold, in the order of the table's measures.

    Attributes:
        row: Counted from 1.
        is_total: Whether it is a control total.
        task_force: Its task force; of a control total, blank.
        month: Its month; of the Agencies table and of a control total over all months, blank and known.
        repeats: Whether an earlier row has the same task force and month.
        kinds, values, lengths: Per measure: the kind found, the number (NaN if none), the length of a text.
    """

    row: int
    is_total: bool
    task_force: KeyCell
    month: KeyCell
    repeats: bool
    kinds: tuple[int, ...]
    values: tuple[float, ...]
    lengths: tuple[int, ...]

    @property
    def is_placed(self) -> bool:
        """Whether it is known whose count for which month this row holds."""
        known = self.task_force.sight is Sight.KNOWN and self.month.sight is Sight.KNOWN
        return known and not self.repeats and not self.is_total


@dataclass(frozen=True, slots=True)
class ParsedTable:
    """One table of the form: the column each measure stands in (from 1; 0 where missing), and its rows."""

    table: Table
    columns: tuple[int, ...]
    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class ParsedWorkbook:
    """One workbook, understood as far as it can be.

    Attributes:
        state: Two-letter code of the roster; empty where none could be read.
        parts: The things the form must have.
        fields: Those of the Submission sheet whose label was found.
        tables: Those whose sheet, header row and key columns were found.
        responses: What a returned workbook answers.
        cells: What became of every cell.
        blanks: Sheet, row and column of the cells that are asked for and look blank, to be looked at again.
        beside: What lies beside the form: sheet of the form or nothing, kind, and how many.
        remarks: What is unmet besides; for a private workbook, all that may be said of it.
        beyond_form: Whether anything in it is not the form's or a figure, so that its bytes are not to be kept.
    """

    state: str
    parts: tuple[FormPart, ...]
    fields: tuple[FieldValue, ...]
    tables: tuple[ParsedTable, ...]
    responses: tuple[Response, ...]
    cells: CellAccount
    blanks: tuple[tuple[str, int, int], ...]
    beside: tuple[Beside, ...] = ()
    remarks: tuple[Remark, ...] = ()
    beyond_form: bool = False
