"""One table of the form, row by row: whose row it is, for which month, and what its cells hold."""

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from flows.steps.parse.header import Header, find_header, header_parts
from flows.steps.parse.tally import Tally
from schemas.cells import COUNTED, EMPTY, CellValue, Kind, all_counts, describe_other, is_blank, kind_of
from schemas.operation import Table
from schemas.parsed import FormPart, FormRow, KeyCell, ParsedTable, PartKind, Sight
from schemas.sheets import SheetCells
from schemas.vocabulary import RowLabel, Vocabulary
from schemas.workbook import MONTH_HEADER, TASK_FORCE_HEADER, key_headers

_NO_MONTH = KeyCell(Sight.KNOWN, 0)
_BLANK = KeyCell(Sight.BLANK, 0)


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
    header = find_header(sheet, table, vocabulary)
    parts = header_parts(sheet, table, header, vocabulary)
    if header is None or not all(key in header.columns for key in key_headers(table)):
        tally.ignored += sheet.count_filled()
        return TableRead(parts, None)
    reader = _RowReader(sheet, table, header, vocabulary, state, months_ended, tally)
    rows = tuple(reader.rows())
    if table is Table.COUNTS:
        parts += (FormPart(PartKind.ROWS, table.value, table.value, times=len(rows)),)
    columns = tuple(0 if at is None else sheet.left + at for at in reader.positions)
    return TableRead(parts, ParsedTable(table, columns, rows), tuple(reader.blanks))


@dataclass(slots=True)
class _RowReader:
    """Reads the rows below a header, keeping the blanks that want a second look."""

    sheet: SheetCells
    table: Table
    header: Header
    vocabulary: Vocabulary
    state: str
    months_ended: Collection[str]
    tally: Tally
    blanks: list[tuple[str, int, int]] = field(default_factory=list)
    positions: tuple[int | None, ...] = ()
    _n_a_allowed: tuple[bool, ...] = ()
    _unused: tuple[int, ...] = ()
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        measures = self.vocabulary.operation.asked_in(self.table)
        columns = self.header.columns
        self.positions = tuple(columns.get(measure.id) for measure in measures)
        self._n_a_allowed = tuple(measure.not_applicable_allowed for measure in measures)
        width = max((len(values) for values in self.sheet.rows), default=0)
        self._unused = tuple(sorted(set(range(width)) - set(columns.values())))

    def rows(self) -> Iterator[FormRow]:
        """Yield the rows that hold anything, in the sheet's order."""
        for line, values in enumerate(self.sheet.rows):
            if line <= self.header.line:
                self._count_above(line, values)
                continue
            if self._unused:
                self.tally.ignored += sum(values[at] != "" for at in self._unused)
            row = self._row(self.sheet.top + line, values)
            if row is not None:
                yield row

    def _count_above(self, line: int, values: list[CellValue]) -> None:
        """Count the header row and the rows above it."""
        headings = set(self.header.columns.values()) if line == self.header.line else set()
        repeated = set(self.header.repeated.values()) if line == self.header.line else set()
        self.tally.typed += len(headings)
        self.tally.refused += len(repeated)
        self.tally.ignored += len(values) - values.count("") - len(headings) - len(repeated)

    def _row(self, row: int, values: list[CellValue]) -> FormRow | None:
        """Read one row; None for one that says nothing: no figures, and no task force or no month."""
        figures = [values[at] if at is not None else "" for at in self.positions]
        holds = any(not is_blank(value) for value in figures)
        is_total, task_force = self._task_force(values[self.header.columns[TASK_FORCE_HEADER]])
        month = self._month(values, is_total)
        says_whose = is_total or task_force.sight is Sight.KNOWN
        if not holds and (not says_whose or is_total or month.sight is Sight.BLANK):
            self.tally.ignored += sum(values[at] != "" for at in self._keys() + self._used())
            return None
        key = (task_force.word, month.word)
        placed = says_whose and not is_total and month.sight is Sight.KNOWN
        repeats = placed and key in self._seen
        self._seen.add(key)
        self._count_keys(values, is_total, task_force, month)
        if is_total or (placed and not repeats):
            due = not is_total and (self.table is Table.AGENCIES or month.word in self.months_ended)
            kinds, numbers, lengths = self._figures(row, figures, due=due, holds=holds)
        else:
            kinds, numbers, lengths = self._unjudged(figures)
        return FormRow(row, is_total, task_force, month, repeats, kinds, numbers, lengths)

    def _task_force(self, value: CellValue) -> tuple[bool, KeyCell]:
        """Read a row's label: whether it is a control total's, and whose it is otherwise."""
        column = self.sheet.left + self.header.columns[TASK_FORCE_HEADER]
        if is_blank(value):
            return False, KeyCell(Sight.BLANK, column, found="nothing")
        label, word = (
            self.vocabulary.task_force(value, self.state) if isinstance(value, str) else (RowLabel.UNKNOWN, "")
        )
        match label:
            case RowLabel.TASK_FORCE:
                return False, KeyCell(Sight.KNOWN, column, word)
            case RowLabel.ELSEWHERE:
                return False, KeyCell(Sight.ELSEWHERE, column, word, found=word)
            case RowLabel.TOTAL:
                return True, KeyCell(Sight.BLANK, column)
        nearest = self.vocabulary.nearest_task_force(value, self.state) if isinstance(value, str) else None
        return False, KeyCell(Sight.UNKNOWN, column, found=describe_other(value), nearest=nearest or "")

    def _month(self, values: list[CellValue], is_total: bool) -> KeyCell:
        if MONTH_HEADER not in self.header.columns:
            return _NO_MONTH
        at = self.header.columns[MONTH_HEADER]
        value, column = values[at], self.sheet.left + at
        month = None if is_blank(value) else self.vocabulary.month(value)
        if month in self.vocabulary.operation.months:
            return KeyCell(Sight.KNOWN, column, month or "")
        if is_total:
            return KeyCell(Sight.KNOWN, column)
        if is_blank(value):
            return KeyCell(Sight.BLANK, column, found="nothing")
        if month is None:
            return KeyCell(Sight.UNKNOWN, column, found=describe_other(value))
        return KeyCell(Sight.ELSEWHERE, column, month)

    def _figures(
        self, row: int, figures: Sequence[CellValue], *, due: bool, holds: bool
    ) -> tuple[tuple[int, ...], tuple[float, ...], tuple[int, ...]]:
        """Type a row's figures and count their cells."""
        if all_counts(figures):
            self.tally.typed += len(figures)
            return (Kind.NUMBER,) * len(figures), cast(tuple[float, ...], tuple(figures)), (0,) * len(figures)
        blank = (Kind.BLANK if holds else Kind.ROW_BLANK) if due else Kind.NOT_DUE
        typed: list[tuple[int, float, int]] = []
        for at, value, n_a_allowed in zip(self.positions, figures, self._n_a_allowed, strict=True):
            if at is None:
                typed.append((Kind.NOT_DUE, math.nan, 0))
                continue
            kind, number, length = kind_of(value)
            if kind is Kind.BLANK:
                kind = blank
                if due:
                    self.blanks.append((self.table.value, row, self.sheet.left + at))
            elif kind is Kind.NOT_APPLICABLE and not n_a_allowed:
                kind = Kind.NOT_APPLICABLE_HERE
            if value != "":
                self._count_figure(kind)
            typed.append((kind, number, length))
        kinds, numbers, lengths = zip(*typed, strict=True)
        return kinds, numbers, lengths

    def _count_figure(self, kind: Kind) -> None:
        if kind in EMPTY:
            self.tally.ignored += 1
        else:
            self.tally.add(understood=kind in COUNTED)

    def _unjudged(self, figures: Sequence[CellValue]) -> tuple[tuple[int, ...], tuple[float, ...], tuple[int, ...]]:
        """Refuse the figures of a row that cannot be placed; the row's own finding stands for them."""
        self.tally.refused += sum(value != "" for value in figures)
        many = len(figures)
        return (Kind.NOT_DUE,) * many, (math.nan,) * many, (0,) * many

    def _count_keys(self, values: list[CellValue], is_total: bool, task_force: KeyCell, month: KeyCell) -> None:
        for key, cell in ((TASK_FORCE_HEADER, task_force), (MONTH_HEADER, month)):
            if key in self.header.columns and values[self.header.columns[key]] != "":
                self.tally.add(understood=is_total or cell.sight is Sight.KNOWN)

    def _keys(self) -> tuple[int, ...]:
        return tuple(self.header.columns[key] for key in key_headers(self.table))

    def _used(self) -> tuple[int, ...]:
        return tuple(at for at in self.positions if at is not None)
