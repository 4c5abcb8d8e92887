"""The XML of an .ods workbook: what `second_look.xlsx` tells of an .xlsx one."""

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from flows.steps.second_look.markup import attribute, local, parse, whole
from flows.steps.second_look.ods_styles import CELL, COLUMN, DAY, NUMBER, ROW, TEXT, Styles
from schemas.cells import Hidden
from schemas.sheets import Concealed, LookedAgain, Place, inside, looks_like_a_count
from schemas.workbook import FORM_SHEETS, address, normalise

_FORM_NAME = {normalise(name): name for name in FORM_SHEETS}
_MOST_REPEATED = 1_000
"""Cells and rows repeated more often than this are the blank rest of a sheet."""

_NUMBERS = ("float", "currency")
_GROUPING = re.compile(r"(?<=\d)[,\s](?=\d{3})")
_SHOWN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


def look_again(content: bytes, styles: bytes) -> Mapping[str, LookedAgain]:
    """Look at the form's sheets.

    Args:
        content: The workbook's part `content.xml`.
        styles: Its part `styles.xml`; empty where it has none.

    Returns:
        By the form's name of the sheet, the first of that name.

    Raises:
        UnreadableWorkbookError: The XML is damaged.
    """
    root = parse(content)
    known = Styles(*map(parse, filter(None, (styles,))), root)
    found: dict[str, LookedAgain] = {}
    for table in root.iter():
        name = _FORM_NAME.get(normalise(attribute(table, "name"))) if local(table.tag) == "table" else None
        if name is not None and name not in found:
            found[name] = _Table(table, known).looked_again()
    return found


class _Table:
    """One sheet, cell by cell, with what repeats unrolled as far as it can matter."""

    def __init__(self, table: ET.Element, styles: Styles) -> None:
        self._table, self._styles = table, styles
        self._hidden: dict[Place, Hidden] = {}
        self._numbers: list[Place] = []
        self._merged: list[str] = []
        self._default_styles = list(_default_styles(table))
        groups = (e for e in table.iter() if local(e.tag) in ("table-row-group", "table-column-group"))
        self._folded = {line for group in groups if attribute(group, "display") == "false" for line in group.iter()}

    def looked_again(self) -> LookedAgain:
        rows: list[int] = []
        for row, line in self._rows():
            if self._is_out_of_sight(ROW, line):
                rows.append(row)
            for column, cell in _cells(line):
                self._look_at((row, column), cell, line)
        for cells in self._disguising_ranges():
            self._hidden |= dict.fromkeys(inside(cells, self._numbers), Hidden.SHOWN_OTHERWISE)
        return LookedAgain(self._hidden, concealed=Concealed(tuple(rows), tuple(self._columns()), tuple(self._merged)))

    def _rows(self) -> Iterator[tuple[int, ET.Element]]:
        row = 1
        for line in (element for element in self._table.iter() if local(element.tag) == "table-row"):
            repeated = whole(attribute(line, "number-rows-repeated") or "1")
            for n in range(repeated if repeated <= _MOST_REPEATED else 1):
                yield row + n, line
            row += repeated

    def _columns(self) -> Iterator[tuple[int, int]]:
        column = 1
        for element in (e for e in self._table.iter() if local(e.tag) == "table-column"):
            last = column + whole(attribute(element, "number-columns-repeated") or "1") - 1
            if self._is_out_of_sight(COLUMN, element):
                yield column, last
            column = last + 1

    def _disguising_ranges(self) -> Iterator[str]:
        """Yield the ranges where a condition may show another number, or none, whether it does so now or not."""
        for formatting in (e for e in self._table.iter() if local(e.tag) == "conditional-format"):
            shown = {attribute(part, "apply-style-name") for part in formatting}
            if shown & self._styles.disguised[NUMBER] or any(attribute(p, "show-value") == "false" for p in formatting):
                for cells in attribute(formatting, "target-range-address").split():
                    yield ":".join(corner.rpartition(".")[2] for corner in cells.split(":"))

    def _is_out_of_sight(self, family: str, line: ET.Element) -> bool:
        is_small = (family, attribute(line, "style-name")) in self._styles.small
        return is_small or line in self._folded or attribute(line, "visibility") in ("collapse", "filter")

    def _look_at(self, place: Place, cell: ET.Element, line: ET.Element) -> None:
        of_column = self._default_styles[place[1] - 1] if place[1] <= len(self._default_styles) else ""
        of_row = attribute(line, "default-cell-style-name")
        style = self._styles.of_cell(attribute(cell, "style-name"), of_row, of_column)
        if hidden := _hidden(cell, style, self._styles):
            self._hidden[place] = hidden
        elif attribute(cell, "value-type") in _NUMBERS:
            self._numbers.append(place)
        across, down = (whole(attribute(cell, f"number-{what}-spanned") or "1") for what in ("columns", "rows"))
        if across * down > 1:
            last = address(place[0] + down - 1, place[1] + across - 1)
            self._merged.append(f"{address(*place)}:{last}")


def _default_styles(table: ET.Element) -> Iterator[str]:
    """Yield the style that each column gives its cells, as far as columns can matter."""
    for column in (element for element in table.iter() if local(element.tag) == "table-column"):
        repeated = min(whole(attribute(column, "number-columns-repeated") or "1"), _MOST_REPEATED)
        yield from [attribute(column, "default-cell-style-name")] * repeated


def _cells(line: ET.Element) -> Iterator[tuple[int, ET.Element]]:
    column = 1
    for cell in line:
        repeated = whole(attribute(cell, "number-columns-repeated") or "1")
        for n in range(repeated if repeated <= _MOST_REPEATED else 1):
            yield column + n, cell
        column += repeated


def _hidden(cell: ET.Element, style: str, styles: Styles) -> Hidden | None:
    types = {value for key, value in cell.attrib.items() if local(key) == "value-type"}
    if "error" in types:
        return Hidden.ERROR_VALUE
    if attribute(cell, "formula") and not types:
        return Hidden.FORMULA_WITHOUT_RESULT
    if "percentage" in types:
        return Hidden.PERCENTAGE
    text = "".join("".join(part.itertext()) for part in cell if local(part.tag) == "p")
    is_number = not types.isdisjoint(_NUMBERS)
    is_disguised = any(style in styles.disguised[kind] for kind in (DAY, TEXT) if kind in types)
    if is_number and (style in styles.disguised[NUMBER] or _is_another_number(text, attribute(cell, "value"))):
        is_disguised = True
    if is_disguised:
        return Hidden.SHOWN_OTHERWISE
    if not (is_number or ("string" in types and looks_like_a_count(text))):
        return None
    names = [(family, attribute(part, "style-name")) for part in cell.iter() for family in ("paragraph", "text")]
    if not styles.unseen.isdisjoint([(CELL, style), *names]):
        return Hidden.SHOWN_OTHERWISE
    return None if styles.marked.isdisjoint([(CELL, style), *names]) else Hidden.RAISED_OR_STRUCK


def _is_another_number(text: str, value: str) -> bool:
    """Tell whether a cell shows, as the program that saved it laid it out, another number than it holds."""
    shown = _SHOWN_NUMBER.findall(_GROUPING.sub("", text))
    if not shown:
        return bool(text) and float(value or 0) != 0
    return len(shown) > 1 or "%" in text or float(shown[0]) != float(value or 0)
