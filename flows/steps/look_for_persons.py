"""Look for persons: does a workbook hold a case, a name, a number of somebody? Told by kind and place, never by value.

One such thing is enough to keep nothing of the workbook. Counts never look like one.
"""

import html
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from schemas.operation import Table
from schemas.parsed import ParsedWorkbook
from schemas.private import AMONG_TEXTS, LABEL, ON_ANOTHER_SHEET, ON_FINDINGS, kind_of_private_text
from schemas.remarks import Remark
from schemas.sheets import WorkbookCells
from schemas.vocabulary import Vocabulary
from schemas.workbook import FINDINGS_SHEET

_NODE = re.compile(rb">([^<]+)<")
_BETWEEN_RUNS = re.compile(
    rb"</(?:\w+:)?t></(?:\w+:)?r><(?:\w+:)?r>(?:<(?:\w+:)?rPr>.*?</(?:\w+:)?rPr>)?<(?:\w+:)?t[^>]*>"
)
_TEXT_CELL = re.compile(rb"""\st=["'](?:s|str|inlineStr)["']""")
_ROW = re.compile(rb"<(?:\w+:)?row[\s>]")
_FINDING_ID = re.compile(r"[0-9a-f]{12}")
_PLACES_OF_IDS = (ON_FINDINGS, AMONG_TEXTS)
"""Where the ids of findings stand in a returned workbook; some of them are digits alone."""

_MOST_HARMLESS = 8192
_SPARE_ROWS, _ROWS_PER_UNIT = 20, 4
"""A table with more rows than four for each unit and month, and twenty, is no table of units."""


def look_for_persons(
    cells: WorkbookCells, parsed: ParsedWorkbook, typed: Sequence[tuple[str, bytes]], vocabulary: Vocabulary
) -> tuple[Remark, ...]:
    """Return what of a workbook may be a person's; nothing for a workbook of counts.

    Args:
        cells: Its form's sheets.
        parsed: What was understood of them.
        typed: Places beside the form's sheets in which somebody may have typed, and the XML that stands there.
        vocabulary: The words of the operation's form.
    """
    found = [*_in_cells(cells, vocabulary), *parsed.remarks, *_lists(parsed, typed, vocabulary)]
    told = {remark.found for remark in found}
    for place, xml in typed:
        for kind in _kinds_in(xml, vocabulary.first_private_year, may_hold_ids=place in _PLACES_OF_IDS):
            if kind not in told:
                told.add(kind)
                found.append(_remark(kind, f"{kind} {place}"))
    return tuple(found)


def _in_cells(cells: WorkbookCells, vocabulary: Vocabulary) -> Iterator[Remark]:
    harmless = _known_harmless(vocabulary.first_private_year)
    for name, sheet in cells.sheets.items():
        texts = {value for values in sheet.rows for value in values if type(value) is str}
        unknown = texts - harmless
        if name == FINDINGS_SHEET:
            unknown = {text for text in unknown if not _FINDING_ID.fullmatch(text)}
        kinds = {text: kind for text in unknown if (kind := kind_of_private_text(text, vocabulary.first_private_year))}
        if len(harmless) < _MOST_HARMLESS:
            harmless |= unknown - kinds.keys()
        if kinds:
            for row, column, value in sheet.filled():
                if isinstance(value, str) and (kind := kinds.get(value)):
                    yield _remark(kind, kind, name, row, column)


@lru_cache(maxsize=4)
def _known_harmless(_first_year: int) -> set[str]:
    """Return the texts found harmless so far: most workbooks of an operation hold the same."""
    return set()


def _remark(kind: str, found: str, sheet: str = "", row: int = 0, column: int = 0) -> Remark:
    code = "no_label_asks_for_a_person" if kind.startswith(LABEL) else "no_value_tells_of_a_person"
    return Remark(code, found, sheet, row, column)


def _lists(parsed: ParsedWorkbook, typed: Sequence[tuple[str, bytes]], vocabulary: Vocabulary) -> Iterator[Remark]:
    """Yield the tables that have many more rows than there are units to report: lists of single cases."""
    operation = vocabulary.operation
    by_state = operation.roster.by_state
    units = len(by_state.get(parsed.state, ())) or max(map(len, by_state.values()))
    most = dict.fromkeys(Table, _SPARE_ROWS + _ROWS_PER_UNIT * units)
    most[Table.COUNTS] += _ROWS_PER_UNIT * units * (len(operation.months) - 1)
    for table in parsed.tables:
        if len(table.rows) > most[table.table]:
            yield Remark("no_table_lists_single_cases", f"{len(table.rows):,} rows", table.table.value)
    for place, xml in typed:
        if place == ON_ANOTHER_SHEET and (rows := _rows_of_text(xml)) > most[Table.COUNTS]:
            yield Remark("no_table_lists_single_cases", f"{rows:,} rows of text {place}")


@lru_cache(maxsize=256)
def _kinds_in(xml: bytes, first_year: int, *, may_hold_ids: bool) -> tuple[str, ...]:
    """Return the kinds of private text in a part, each once. The same part of the form comes with every workbook."""
    plain = _BETWEEN_RUNS.sub(b"", xml)
    texts = {html.unescape(node.decode("utf-8", "replace")) for node in _NODE.findall(plain)}
    asked = (text for text in texts if not (may_hold_ids and _FINDING_ID.fullmatch(text)))
    kinds = (kind_of_private_text(text, first_year) for text in asked)
    return tuple(sorted({kind for kind in kinds if kind}))


@lru_cache(maxsize=64)
def _rows_of_text(xml: bytes) -> int:
    return sum(len(_TEXT_CELL.findall(row)) > 1 for row in _ROW.split(xml)[1:])
