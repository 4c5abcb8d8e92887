"""The XML of an .ods workbook: what `second_look.xlsx` tells of an .xlsx one."""

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from schemas.cells import Hidden
from schemas.sheets import Concealed, LookedAgain, Place, UnreadableWorkbookError, looks_like_a_count
from schemas.workbook import FORM_SHEETS, address, normalise

_FORM_NAME = {normalise(name): name for name in FORM_SHEETS}
_MOST_REPEATED = 1_000
"""Cells and rows repeated more often than this are the blank rest of a sheet."""


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
        scaled = {attribute(e, "name") for e in root.iter() if local(e.tag) == "number-style" and _is_disguise(e)}
        self.marked = {attribute(style, "name") for style in styles if any(map(_is_mark, style.iter()))}
        self.disguised = {attribute(s, "name") for s in styles if attribute(s, "data-style-name") in scaled}


def _is_mark(properties: ET.Element) -> bool:
    through = attribute(properties, "text-line-through-style") or attribute(properties, "text-line-through-type")
    raised = attribute(properties, "text-position").split(" ")[0]
    return through not in ("", "none") or raised not in ("", "0%")


def _is_disguise(style: ET.Element) -> bool:
    """Tell whether a number style divides the number, leaves it out, or writes digits beside it."""
    numbers = [part for part in style.iter() if local(part.tag) in ("number", "scientific-number", "fraction")]
    divides = any(attribute(part, "display-factor") not in ("", "1") for part in numbers)
    words = "".join(part.text or "" for part in style.iter() if local(part.tag) == "text")
    return divides or not numbers or any(char.isdigit() for char in words)


class _Table:
    """One sheet, cell by cell, with what repeats unrolled as far as it can matter."""

    def __init__(self, table: ET.Element, styles: _Styles) -> None:
        self._table, self._styles = table, styles
        self._hidden: dict[Place, Hidden] = {}
        self._merged: list[str] = []

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
        if hidden := _hidden(cell, self._styles):
            self._hidden[place] = hidden
        across, down = (int(attribute(cell, f"number-{what}-spanned") or 1) for what in ("columns", "rows"))
        if across * down > 1:
            last = address(place[0] + down - 1, place[1] + across - 1)
            self._merged.append(f"{address(*place)}:{last}")


def _cells(line: ET.Element) -> Iterator[tuple[int, ET.Element]]:
    column = 1
    for cell in line:
        repeated = int(attribute(cell, "number-columns-repeated") or 1)
        for n in range(repeated if repeated <= _MOST_REPEATED else 1):
            yield column + n, cell
        column += repeated


def _hidden(cell: ET.Element, styles: _Styles) -> Hidden | None:
    types = {value for key, value in cell.attrib.items() if local(key) == "value-type"}
    if "error" in types:
        return Hidden.ERROR_VALUE
    if attribute(cell, "formula") and not types:
        return Hidden.FORMULA_WITHOUT_RESULT
    if "percentage" in types:
        return Hidden.PERCENTAGE
    own = attribute(cell, "style-name")
    if "float" in types and own in styles.disguised:
        return Hidden.SHOWN_OTHERWISE
    is_marked = any(attribute(span, "style-name") in styles.marked for span in cell.iter())
    text = "".join("".join(part.itertext()) for part in cell if local(part.tag) == "p")
    is_count = "float" in types or ("string" in types and looks_like_a_count(text))
    return Hidden.RAISED_OR_STRUCK if is_marked and is_count else None
