"""Look for persons: does a workbook hold a case, a name, a number of somebody? Told by kind and place, never by value.

One such thing is enough to keep nothing of the workbook. Counts never look like one.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from schemas.cells import CellValue
from schemas.operation import Operation, Table
from schemas.parsed import TEXT_BESIDE, Beside, ParsedWorkbook
from schemas.private import (
    A_LONG_NUMBER,
    AMONG_TEXTS,
    LABEL,
    LEAST_LONG_NUMBER,
    ON_ANOTHER_SHEET,
    ON_FINDINGS,
    kind_of_private_text,
    kind_of_private_value,
)
from schemas.remarks import Remark
from schemas.remembered import remembered
from schemas.sheets import Place, WorkbookCells
from schemas.vocabulary import Vocabulary
from schemas.workbook import FINDINGS_SHEET

_LIST = "no_table_lists_single_cases"
_NODE = re.compile(rb">([^<]+)<")
_ATTRIBUTE = re.compile(rb"""=\s*(?:"([^"<]{6,})"|'([^'<]{6,})')""")
"""What is shorter names nobody."""
_RAW_BEGINS, _RAW_ENDS = re.compile(rb"<!--|<!\[CDATA\[|<\?"), re.compile(rb"-->|\]\]>|\?>")
_GUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_DASHES_OF_A_GUID = 4
_BETWEEN_RUNS = re.compile(
    rb"</(?:\w+:)?t></(?:\w+:)?r><(?:\w+:)?r>(?:<(?:\w+:)?rPr>.*?</(?:\w+:)?rPr>)?<(?:\w+:)?t[^>]*>"
)
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)>")
_TEXT_CELL = re.compile(rb"""\st=["'](?:s|str|inlineStr)["']""")
_ROW = re.compile(rb"<(?:\w+:)?row[\s>]")
_FINDING_ID = re.compile(r"[0-9a-f]{12}")
_PLACES_OF_IDS = (ON_FINDINGS, AMONG_TEXTS)
"""Where the ids of findings stand in a returned workbook; some of them are digits alone."""

_MOST_HARMLESS, _LARGEST_REMEMBERED = 8192, 0x40000
_MOST_DIGITS = 1e17
_SPARE_ROWS, _ROWS_PER_UNIT = 20, 4
"""A table with more rows than four for each unit and month, and twenty, is no table of units."""


def look_for_persons(
    cells: WorkbookCells,
    parsed: ParsedWorkbook,
    typed: tuple[tuple[str, bytes], ...],
    beside: Iterable[Beside],
    vocabulary: Vocabulary,
) -> tuple[Remark, ...]:
    """Return what of a workbook may be a person's; nothing for a workbook of counts.

    Args:
        cells: Its form's sheets.
        parsed: What was understood of them.
        typed: Places beside the form's sheets in which somebody may have typed, and the XML that stands there.
        beside: What lies beside the form on its sheets.
        vocabulary: The words of the operation's form.
    """
    first_year = vocabulary.operation.first_private_year
    found = [*_in_cells(cells, first_year), *parsed.remarks, *_lists(parsed, typed, beside, vocabulary.operation)]
    told = {remark.found for remark in found}
    seek = _kinds_by_place if sum(len(xml) for _, xml in typed) <= _LARGEST_REMEMBERED else _kinds_by_place.__wrapped__
    return (*found, *(_remark(kind, f"{kind} {place}") for kind, place in seek(typed, first_year) if kind not in told))


def _in_cells(cells: WorkbookCells, first_year: int) -> Iterator[Remark]:
    harmless = _known_harmless(first_year)
    for name, sheet in cells.sheets.items():
        numbers = [value for values in sheet.rows for value in values if type(value) is float]
        if numbers and max(max(numbers), -min(numbers)) >= LEAST_LONG_NUMBER:
            yield from _remarks(name, ((r, c, A_LONG_NUMBER) for r, c, v in sheet.filled() if _is_long_number(v)))
        texts = {value for values in sheet.rows for value in values if type(value) is str}
        unknown = texts - harmless
        if name == FINDINGS_SHEET:
            unknown = {text for text in unknown if not _FINDING_ID.fullmatch(text)}
        kinds = {text: kind for text in unknown if (kind := kind_of_private_text(text, first_year))}
        if len(harmless) < _MOST_HARMLESS:
            harmless |= unknown - kinds.keys()
        if kinds:
            texts_of = ((row, column, value) for row, column, value in sheet.filled() if isinstance(value, str))
            yield from _remarks(name, ((row, column, kinds[text]) for row, column, text in texts_of if text in kinds))


def _is_long_number(value: CellValue) -> bool:
    """Tell whether it is a whole number too long for a count, a revision or a year: one of a person or a case."""
    return isinstance(value, float) and LEAST_LONG_NUMBER <= abs(value) < _MOST_DIGITS and value.is_integer()


def _remarks(sheet: str, cells: Iterable[tuple[int, int, str]]) -> Iterator[Remark]:
    """Yield one remark for each kind of thing in some cells of a sheet, at the first of them."""
    places: dict[str, list[Place]] = {}
    for row, column, kind in cells:
        places.setdefault(kind, []).append((row, column))
    for kind, (first, *others) in places.items():
        more = f", and in {len(others):,} more cell{'s' if others[1:] else ''} of the sheet" if others else ""
        yield _remark(kind, f"{kind}{more}", sheet, *first)


@lru_cache(maxsize=4)
def _known_harmless(_first_year: int) -> set[str]:
    """Return the texts found harmless so far: most workbooks of an operation hold the same."""
    return set()


def _remark(kind: str, found: str, sheet: str = "", row: int = 0, column: int = 0) -> Remark:
    code = "no_label_asks_for_a_person" if kind.startswith(LABEL) else "no_value_tells_of_a_person"
    return Remark(code, found, sheet, row, column)


def _lists(
    parsed: ParsedWorkbook, typed: Sequence[tuple[str, bytes]], beside: Iterable[Beside], operation: Operation
) -> Iterator[Remark]:
    """Yield where there are many more rows, or texts beside the form, than units to report: lists of single cases."""
    by_state = operation.roster.by_state
    units = len(by_state.get(parsed.state, ())) or max(map(len, by_state.values()))
    most = dict.fromkeys(Table, _SPARE_ROWS + _ROWS_PER_UNIT * units)
    most[Table.COUNTS] += _ROWS_PER_UNIT * units * (len(operation.months) - 1)
    for table in parsed.tables:
        if len(table.rows) > most[table.table]:
            yield Remark(_LIST, f"{len(table.rows):,} rows", table.table.value)
    for place, kind, number in beside:
        if kind == TEXT_BESIDE and number > most[Table.COUNTS]:
            yield Remark(_LIST, f"{number:,} texts beside the form", place)
    for place, xml in typed:
        if place == ON_ANOTHER_SHEET and (rows := _rows_of_text(xml)) > most[Table.COUNTS]:
            yield Remark(_LIST, f"{rows:,} rows of text {place}")


@lru_cache(maxsize=256)
def _kinds_by_place(typed: tuple[tuple[str, bytes], ...], first_year: int) -> tuple[tuple[str, str], ...]:
    """Return each kind of private text, and the first place where it is. Most workbooks of a state have all alike."""
    places: dict[str, str] = {}
    for place, xml in typed:
        for kind in _kinds_in(xml, first_year, may_hold_ids=place in _PLACES_OF_IDS):
            places.setdefault(kind, place)
    return tuple(places.items())


@remembered
def _kinds_in(xml: bytes, first_year: int, *, may_hold_ids: bool) -> tuple[str, ...]:
    """Return the kinds of private text in a part, each once. The same part of the form comes with every workbook."""
    plain = _RAW_ENDS.sub(b"<", _RAW_BEGINS.sub(b">", _BETWEEN_RUNS.sub(b"", xml)))
    texts = map(_text, set(_NODE.findall(b">" + plain + b"<")))
    values = map(_text, {one or other for one, other in _ATTRIBUTE.findall(plain)})
    asked = (text for text in texts if not (may_hold_ids and _FINDING_ID.fullmatch(text)))
    kinds = {kind_of_private_text(text, first_year) for text in asked}
    kinds |= {kind_of_private_value(value, first_year) for value in values}
    return tuple(sorted(filter(None, kinds)))


def _text(xml: bytes) -> str:
    """Return a text without the long numbers by which programs tell things apart."""
    text = html.unescape(xml.decode("utf-8", "replace"))
    return _GUID.sub("", text) if text.count("-") > _DASHES_OF_A_GUID - 1 else text


@remembered
def _rows_of_text(xml: bytes) -> int:
    """Count the rows of a sheet that hold texts and no more than one of them alone beside numbers."""
    rows = ((len(_TEXT_CELL.findall(row)), len(_VALUE.findall(row))) for row in _ROW.split(xml)[1:])
    return sum(texts > 1 or texts == values == 1 for texts, values in rows)
