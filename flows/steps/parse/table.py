"""One table of the form, row by row: whose row it is, for which month, and what its cells hold."""

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from flows.steps.parse.header import Header, column_parts, find_header
from flows.steps.parse.tally import Tally
from schemas.cells import COUNTED, EMPTY, CellValue, Kind, all_counts, describe_other, is_blank, kind_of
from schemas.operation import Table
from schemas.parsed import FormPart, FormRow, KeyCell, ParsedTable, PartKind, Sight
from schemas.sheets import SheetCells
from schemas.vocabulary import RowLabel, Vocabulary
from schemas.workbook import MONTH_HEADER, TASK_FORCE_HEADER, key_headers

_NO_MONTH = KeyCell(Sight.KNOWN, 0)

Figures = tuple[tuple[int, ...], tuple[float, ...], tuple[int, ...]]
"""Kind, number and text length of each of a row's figures."""


@dataclass(frozen=True, slots=True)
class TableRead:
    """What a table's sheet says. `parsed` is None where no row can be placed for want of headings."""

    parts: tuple[FormPart, ...]
    parsed: ParsedTable | None
    blanks: tuple[tuple[str, int, int], ...] = ()


def read_table(
    sheet: SheetCells,
    table: Table,
    vocabulary: Vocabulary,
    *,
    state: str,
    months_ended: Collection[str],
    tally: Tally,
) -> TableRead:
    """Read one table of one workbook, counting every cell of its sheet.

    Args:
        sheet: The table's cells.
        table: Which table it is.
        vocabulary: The words of the form.
        state: The workbook's state; empty where unknown.
        months_ended: The months that must be reported.
        tally: The account that every cell is entered in.
    """
    found = find_header(sheet, table, vocabulary)
    parts = [FormPart(PartKind.HEADER_ROW, table.value, table.value, times=int(found is not None))]
    if found is None:
        tally.ignored += sheet.count_filled()
        return TableRead(tuple(parts), None)
    line, header = found
    parts += column_parts(sheet.top + line, sheet.left, table, header, vocabulary)
    if not all(key in header.columns for key in key_headers(table)):
        tally.ignored += sheet.count_filled()
        return TableRead(tuple(parts), None)
    told = frozenset(part.column for part in parts if part.close)
    reader = _RowReader(sheet, table, line, header, vocabulary, state, months_ended, tally, told)
    rows = tuple(reader.rows())
    if table is Table.COUNTS:
        parts.append(FormPart(PartKind.ROWS, table.value, table.value, times=len(rows)))
    columns = tuple(0 if at is None else sheet.left + at for at in header.measures)
    return TableRead(tuple(parts), ParsedTable(table, columns, rows), tuple(reader.blanks))


@dataclass(slots=True)
class _RowReader:
    """Reads the rows below a header, keeping the blanks that want a second look."""

    sheet: SheetCells
    table: Table
    line: int
    header: Header
    vocabulary: Vocabulary
    state: str
    months_ended: Collection[str]
    tally: Tally
    told: frozenset[int]
    blanks: list[tuple[str, int, int]] = field(default_factory=list)
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def rows(self) -> Iterator[FormRow]:
        """Yield the rows that hold anything, in the sheet's order."""
        repeated = set(self.header.repeated.values())
        stand_ins = {at for at in self.header.unknown if self.sheet.left + at in self.told}
        for line, values in enumerate(self.sheet.rows):
            if line > self.line:
                for at in self.header.unused:
                    self._leave(line, at, values, told=at in repeated or at in stand_ins)
                if row := self._row(self.sheet.top + line, values):
                    yield row
            elif line == self.line:
                self.tally.typed += len(self.header.columns)
                self.tally.refused += len(repeated)
                for at in self.header.unused:
                    if at not in repeated:
                        self._leave(line, at, values, told=at in stand_ins)
            else:
                for at in range(len(values)):
                    self._leave(line, at, values)

    def _leave(self, line: int, at: int, values: Sequence[CellValue], *, told: bool = False) -> None:
        """Leave a cell alone; one that a finding tells of already does not lie beside the form."""
        if told:
            self.tally.ignored += values[at] != ""
        elif values[at] != "":
            sheet = self.sheet
            self.tally.leave(self.table.value, sheet.top + line, sheet.left + at, values[at], self.vocabulary)

    def _row(self, row: int, values: list[CellValue]) -> FormRow | None:
        """Read one row; None for one that says nothing: no figures, and no task force or no month."""
        figures = ["" if at is None else values[at] for at in self.header.measures]
        plain = all_counts(figures)
        holds = plain or not all(map(is_blank, figures))
        label = values[self.header.columns[TASK_FORCE_HEADER]]
        is_total, task_force = self._task_force(label)
        month_cell, month = self._month(values, is_total)
        says_whose = is_total or task_force.sight is Sight.KNOWN
        if not holds and (not says_whose or is_total or month.sight is Sight.BLANK):
            understood = {TASK_FORCE_HEADER: says_whose, MONTH_HEADER: month.sight is Sight.KNOWN}
            for name, at in self.header.columns.items():
                self._leave(row - self.sheet.top, at, values, told=understood.get(name, False))
            return None
        self._count_key(label, is_total or task_force.sight is Sight.KNOWN)
        self._count_key(month_cell, is_total or month.sight is Sight.KNOWN)
        placed = says_whose and month.sight is Sight.KNOWN and not is_total
        key = (task_force.word, month.word)
        repeats = placed and key in self._seen
        self._seen.add(key)
        if repeats or not (placed or is_total):
            kinds, numbers, lengths = self._unjudged(figures)
        elif plain:
            self.tally.typed += len(figures)
            kinds, lengths = _plain(len(figures))
            numbers = cast(tuple[float, ...], tuple(figures))
        else:
            # A month that has not ended may be left blank; a row that is begun is filled in whole.
            is_due = holds or self.table is Table.AGENCIES or month.word in self.months_ended
            due = not is_total and is_due
            kinds, numbers, lengths = self._figures(row, figures, due=due, holds=holds)
        return FormRow(row, is_total, task_force, month, repeats, kinds, numbers, lengths)

    def _task_force(self, label: CellValue) -> tuple[bool, KeyCell]:
        """Read a row's label: whether it is a control total's, and whose it is otherwise."""
        column = self.sheet.left + self.header.columns[TASK_FORCE_HEADER]
        if is_blank(label):
            return False, KeyCell(Sight.BLANK, column, found="nothing")
        if not isinstance(label, str):
            return False, KeyCell(Sight.UNKNOWN, column, found=describe_other(label))
        return _task_force(label, column, self.state, self.vocabulary)

    def _month(self, values: list[CellValue], is_total: bool) -> tuple[CellValue, KeyCell]:
        """Read a row's month: the cell as it is, and what it means; a control total's may be over all months."""
        if MONTH_HEADER not in self.header.columns:
            return "", _NO_MONTH
        at = self.header.columns[MONTH_HEADER]
        key = _month(values[at], self.sheet.left + at, self.vocabulary)
        return values[at], KeyCell(Sight.KNOWN, key.column) if is_total and key.sight is not Sight.KNOWN else key

    def _figures(self, row: int, figures: Sequence[CellValue], *, due: bool, holds: bool) -> Figures:
        """Type a row's figures one by one and count their cells."""
        blank = (Kind.BLANK if holds else Kind.ROW_BLANK) if due else Kind.NOT_DUE
        measures = self.vocabulary.operation.asked_in(self.table)
        typed: list[tuple[int, float, int]] = []
        for at, value, measure in zip(self.header.measures, figures, measures, strict=True):
            kind, number, length = kind_of(value)
            if at is None:
                kind = Kind.NOT_DUE
            elif kind is Kind.BLANK:
                kind = blank
                if due:
                    self.blanks.append((self.table.value, row, self.sheet.left + at))
            elif kind is Kind.NOT_APPLICABLE and not measure.not_applicable_allowed:
                kind = Kind.NOT_APPLICABLE_HERE
            self._count_figure(value, kind)
            typed.append((kind, number, length))
        kinds, numbers, lengths = zip(*typed, strict=True)
        return kinds, numbers, lengths

    def _unjudged(self, figures: Sequence[CellValue]) -> Figures:
        """Refuse the figures of a row that cannot be placed; the row's own finding stands for them."""
        self.tally.refused += sum(value != "" for value in figures)
        many = len(figures)
        return (Kind.NOT_DUE,) * many, (math.nan,) * many, (0,) * many

    def _count_key(self, value: CellValue, understood: bool) -> None:
        if value != "":
            self.tally.add(understood=understood)

    def _count_figure(self, value: CellValue, kind: Kind) -> None:
        if value == "":
            return
        if kind in EMPTY:
            self.tally.ignored += 1
        else:
            self.tally.add(understood=kind in COUNTED)


@lru_cache(maxsize=4096)
def _task_force(label: str, column: int, state: str, vocabulary: Vocabulary) -> tuple[bool, KeyCell]:
    meaning, word = vocabulary.task_force(label, state)
    match meaning:
        case RowLabel.TASK_FORCE:
            return False, KeyCell(Sight.KNOWN, column, word)
        case RowLabel.ELSEWHERE:
            return False, KeyCell(Sight.ELSEWHERE, column, word, found=word)
        case RowLabel.TOTAL:
            return True, KeyCell(Sight.BLANK, column)
        case RowLabel.UNKNOWN:
            nearest = vocabulary.nearest_task_force(label, state) or ""
            return False, KeyCell(Sight.UNKNOWN, column, found=describe_other(label), nearest=nearest)


@lru_cache(maxsize=4096, typed=True)
def _month(value: CellValue, column: int, vocabulary: Vocabulary) -> KeyCell:
    if is_blank(value):
        return KeyCell(Sight.BLANK, column, found="nothing")
    month = vocabulary.month(value)
    if month is None:
        return KeyCell(Sight.UNKNOWN, column, found=describe_other(value))
    return KeyCell(Sight.KNOWN if month in vocabulary.operation.months else Sight.ELSEWHERE, column, month)


@lru_cache
def _plain(many: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the kinds and text lengths of a row of plain counts, one object for all such rows."""
    return (Kind.NUMBER,) * many, (0,) * many
