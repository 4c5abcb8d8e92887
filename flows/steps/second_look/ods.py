"""The XML of an .ods workbook: what `second_look.xlsx` tells of an .xlsx one."""

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from schemas.cells import Hidden
from schemas.sheets import Concealed, LookedAgain, Place, UnreadableWorkbookError, looks_like_a_count
from schemas.workbook import FORM_SHEETS, address, normalise

_FORM_NAME = {normalise(name): name for name in FORM_SHEETS}
_MOST_REPEATED = 1_000
"""Cells and rows repeated more often than this are the blank rest of a sheet."""

_NUMBER_STYLES = ("number-style", "currency-style", "percentage-style")
_GROUPING = re.compile(r"(?<=\d)[,\s](?=\d{3})")
_SHOWN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


def look_again(content: bytes) -> Mapping[str, LookedAgain]:
    """Look at the form's sheets.

    Args:
        content: The workbook's part `content.xml`.

    Returns:
        By the form's name of the sheet, the first of that name.

    Raises:
        UnreadableWorkbookError: The XML is damaged.
    """
    try:
        root = ET.fromstring(content)
    except (ET.ParseError, ValueError, LookupError) as error:
        raise UnreadableWorkbookError from error
    styles = _Styles(root)
    found: dict[str, LookedAgain] = {}
    for table in root.iter():
        name = _FORM_NAME.get(normalise(attribute(table, "name"))) if local(table.tag) == "table" else None
        if name is not None and name not in found:
            found[name] = _Table(table, styles).looked_again()
    return found


def attribute(element: ET.Element, name: str) -> str:
    """Return an attribute by its local name; empty where there is none."""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def local(tag: str) -> str:
    """Return a tag without its namespace."""
    return tag.rpartition("}")[2]


class _Styles:
    """The names of styles that strike out, raise or lower, and of number formats that show another number."""

    def __init__(self, root: ET.Element) -> None:
        styles = [element for element in root.iter() if local(element.tag) == "style"]
        scaled = {attribute(e, "name") for e in root.iter() if local(e.tag) in _NUMBER_STYLES and _is_disguise(e)}
        self.marked = {attribute(style, "name") for style in styles if any(map(_is_mark, style.iter()))}
        self.disguised = {attribute(s, "name") for s in styles if attribute(s, "data-style-name") in scaled}


def _is_mark(properties: ET.Element) -> bool:
    through = attribute(properties, "text-line-through-style") or attribute(properties, "text-line-through-type")
    raised = attribute(properties, "text-position").split(" ")[0]
    return through not in ("", "none") or raised not in ("", "0%")


def _is_disguise(style: ET.Element) -> bool:
    """Tell whether a number style divides the number, leaves it out, shows a share, or writes digits beside it."""
    if local(style.tag) == "percentage-style":
        return True
    numbers = [part for part in style.iter() if local(part.tag) in ("number", "scientific-number", "fraction")]
    divides = any(attribute(part, "display-factor") not in ("", "1") for part in numbers)
    words = "".join(part.text or "" for part in style.iter() if local(part.tag) in ("text", "embedded-text"))
    return divides or not numbers or any(char.isnumeric() or char == "." for char in words)


class _Table:
    """One sheet, cell by cell, with what repeats unrolled as far as it can matter."""

    def __init__(self, table: ET.Element, styles: _Styles) -> None:
        self._table, self._styles = table, styles
        self._hidden: dict[Place, Hidden] = {}
        self._merged: list[str] = []
        self._default_styles = list(_default_styles(table))

    def looked_again(self) -> LookedAgain:
        rows: list[int] = []
        for row, line in self._rows():
            if attribute(line, "visibility") in ("collapse", "filter"):
                rows.append(row)
            for column, cell in _cells(line):
                self._look_at((row, column), cell)
        return LookedAgain(self._hidden, {}, Concealed(tuple(rows), tuple(self._columns()), tuple(self._merged)))

    def _rows(self) -> Iterator[tuple[int, ET.Element]]:
        row = 1
        for line in (element for element in self._table.iter() if local(element.tag) == "table-row"):
            repeated = int(attribute(line, "number-rows-repeated") or 1)
            for n in range(repeated if repeated <= _MOST_REPEATED else 1):
                yield row + n, line
            row += repeated

    def _columns(self) -> Iterator[tuple[int, int]]:
        column = 1
        for element in (e for e in self._table.iter() if local(e.tag) == "table-column"):
            last = column + int(attribute(element, "number-columns-repeated") or 1) - 1
            if attribute(element, "visibility") in ("collapse", "filter"):
                yield column, last
            column = last + 1

    def _look_at(self, place: Place, cell: ET.Element) -> None:
        if hidden := _hidden(cell, self._style_of(place[1], cell), self._styles):
            self._hidden[place] = hidden
        across, down = (int(attribute(cell, f"number-{what}-spanned") or 1) for what in ("columns", "rows"))
        if across * down > 1:
            last = address(place[0] + down - 1, place[1] + across - 1)
            self._merged.append(f"{address(*place)}:{last}")

    def _style_of(self, column: int, cell: ET.Element) -> str:
        """Return the name of a cell's style: its own or else that of its column."""
        by_column = self._default_styles[column - 1] if column <= len(self._default_styles) else ""
        return attribute(cell, "style-name") or by_column


def _default_styles(table: ET.Element) -> Iterator[str]:
    """Yield the style that each column gives its cells, as far as columns can matter."""
    for column in (element for element in table.iter() if local(element.tag) == "table-column"):
        repeated = min(int(attribute(column, "number-columns-repeated") or 1), _MOST_REPEATED)
        yield from [attribute(column, "default-cell-style-name")] * repeated


def _cells(line: ET.Element) -> Iterator[tuple[int, ET.Element]]:
    column = 1
    for cell in line:
        repeated = int(attribute(cell, "number-columns-repeated") or 1)
        for n in range(repeated if repeated <= _MOST_REPEATED else 1):
            yield column + n, cell
        column += repeated


def _hidden(cell: ET.Element, style: str, styles: _Styles) -> Hidden | None:
    types = {value for key, value in cell.attrib.items() if local(key) == "value-type"}
    if "error" in types:
        return Hidden.ERROR_VALUE
    if attribute(cell, "formula") and not types:
        return Hidden.FORMULA_WITHOUT_RESULT
    if "percentage" in types:
        return Hidden.PERCENTAGE
    text = "".join("".join(part.itertext()) for part in cell if local(part.tag) == "p")
    if "float" in types and (style in styles.disguised or _is_another_number(text, attribute(cell, "value"))):
        return Hidden.SHOWN_OTHERWISE
    is_marked = style in styles.marked or any(attribute(e, "style-name") in styles.marked for e in cell.iter())
    is_count = "float" in types or ("string" in types and looks_like_a_count(text))
    return Hidden.RAISED_OR_STRUCK if is_marked and is_count else None


def _is_another_number(text: str, value: str) -> bool:
    """Tell whether a cell shows, as the program that saved it laid it out, another number than it holds."""
    shown = _SHOWN_NUMBER.findall(_GROUPING.sub("", text))
    if not shown:
        return bool(text) and float(value or 0) != 0
    return len(shown) > 1 or "%" in text or float(shown[0]) != float(value or 0)
