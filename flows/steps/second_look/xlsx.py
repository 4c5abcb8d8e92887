"""The XML of an .xlsx workbook's sheets: error values, missing results, and numbers that are not what they look like.

The reader gives error values and formulas without a stored result as blanks, a percentage as a plain number, and
"12" with a raised "3" behind it as 123. This is slow beside the reader, so it is taken only for a reason.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree as ET

from flows.steps.second_look.markup import decimal, local, parse, whole
from flows.steps.second_look.xlsx_styles import NO, Styles, is_raised_or_struck, may_hide
from schemas.cells import Hidden
from schemas.sheets import (
    LEAST_HEIGHT,
    LEAST_WIDTH,
    Concealed,
    LookedAgain,
    Place,
    TwoReadingsError,
    inside,
    looks_like_a_count,
)
from schemas.workbook import position

_NUMBER = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*", re.ASCII)
_ESCAPED = re.compile(r"_x(?!00[01]|005F)[0-9A-F]{4}_", re.IGNORECASE)
"""A letter by its number, for which some programs show the letter, and some the number."""


def look_again(sheet: bytes, styles: Styles, texts: bytes) -> LookedAgain:
    """Look at one sheet.

    Args:
        sheet: Its XML.
        styles: Those of its workbook.
        texts: The XML of its workbook's shared texts; empty where it has none.

    Raises:
        UnreadableWorkbookError: The XML is damaged.
        TwoReadingsError: Two programs could read it differently.
    """
    root = parse(sheet)
    main = root.tag.partition("}")[0] + "}"
    shared = _shared(texts) if texts else ()
    hidden: dict[Place, Hidden] = {}
    numbers: dict[Place, float] = {}
    said: dict[Place, str] = {}
    for place, cell in _cells(root, main):
        value = _value(cell, shared)
        if found := _hidden(cell, styles, value):
            hidden[place] = found
        elif cell.get("t", "n") == "n" and value.text:
            numbers[place] = _number(value.text)
        elif value.text:
            said[place] = value.text
    for cells, found in _conditional(root, styles):
        hidden |= dict.fromkeys(inside(cells, numbers), found)
    return LookedAgain(hidden, numbers, said, _concealed(root, main))


def _conditional(root: ET.Element, styles: Styles) -> Iterator[tuple[str, Hidden]]:
    """Yield the ranges in which a condition may hide a number, in the words of Excel 2007 and of later ones."""
    for formatting in (element for element in root.iter() if local(element.tag) == "conditionalFormatting"):
        if found := [hides for part in formatting.iter() if (hides := _of_condition(part, styles))]:
            later = (part.text or "" for part in formatting.iter() if local(part.tag) == "sqref")
            yield from ((cells, found[0]) for cells in " ".join((formatting.get("sqref", ""), *later)).split())


def _of_condition(part: ET.Element, styles: Styles) -> Hidden | None:
    if part.get("showValue", "1").lower() in NO:
        return Hidden.SHOWN_OTHERWISE
    return may_hide(part) if local(part.tag) == "dxf" else styles.may_hide.get(part.get("dxfId", ""))


def _cells(root: ET.Element, main: str) -> Iterator[tuple[Place, ET.Element]]:
    """Yield every cell once, and refuse a sheet with a cell that another reader could pass over or take for another."""
    seen: set[Place] = set()
    for number, row in _rows(root, main):
        column = 0
        for cell in row.iter(f"{main}c"):
            place = position(cell.get("r", "")) if "r" in cell.attrib else (number, column + 1)
            if place in seen or place[0] != number:
                raise TwoReadingsError
            seen.add(place)
            column = place[1]
            yield place, cell


def _rows(root: ET.Element, main: str) -> Iterator[tuple[int, ET.Element]]:
    number = 0
    for row in root.iter(f"{main}row"):
        number = whole(row.get("r", str(number + 1)))
        yield number, row


class _Value(NamedTuple):
    """What a cell holds as text, and whether any of it is raised, lowered or struck out by itself."""

    text: str
    is_marked: bool = False


def _value(cell: ET.Element, shared: tuple[_Value, ...]) -> _Value:
    """Return what a cell holds where all programs would look for it."""
    kind = cell.get("t", "n")
    values = [part for part in cell if local(part.tag) in ("v", "is")]
    if len(values) > 1 or any((local(part.tag) == "is") != (kind == "inlineStr") for part in values):
        raise TwoReadingsError
    value = _of_text(values[0]) if values else _Value("")
    if kind == "s" and values:
        at = whole(value.text)
        value = shared[at] if 0 <= at < len(shared) else _Value("")
    if _ESCAPED.search(value.text):
        raise TwoReadingsError
    return value


@lru_cache(maxsize=64)
def _shared(texts: bytes) -> tuple[_Value, ...]:
    return tuple(_of_text(text) for text in parse(texts) if local(text.tag) == "si")


def _of_text(text: ET.Element) -> _Value:
    """Return a text without what is said of how it sounds."""
    runs = [run for run in text if local(run.tag) in ("r", "t")]
    is_marked = any(is_raised_or_struck(look) for run in runs for look in run if local(look.tag) == "rPr")
    return _Value((text.text or "") + "".join("".join(run.itertext()) for run in runs), is_marked)


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise TwoReadingsError
    return float(text)


def _hidden(cell: ET.Element, styles: Styles, value: _Value) -> Hidden | None:
    kind = cell.get("t", "n")
    if kind == "e":
        return Hidden.ERROR_VALUE
    if kind != "str" and not value.text and any(local(part.tag) == "f" for part in cell):
        return Hidden.FORMULA_WITHOUT_RESULT
    style = styles.hides.get(cell.get("s", "0"))
    if kind == "n":
        return style if value.text else None
    is_struck = value.is_marked or style is Hidden.RAISED_OR_STRUCK
    return Hidden.RAISED_OR_STRUCK if is_struck and looks_like_a_count(value.text) else None


def _concealed(root: ET.Element, main: str) -> Concealed:
    usual = next(root.iter(f"{main}sheetFormatPr"), root)
    width, height = usual.get("defaultColWidth", "8"), usual.get("defaultRowHeight", "15")
    columns = [col for col in root.iter(f"{main}col") if _is_out_of_sight(col, col.get("width", width), LEAST_WIDTH)]
    rows = (number for number, row in _rows(root, main) if _is_out_of_sight(row, row.get("ht", height), LEAST_HEIGHT))
    return Concealed(
        rows=tuple(rows),
        columns=tuple((whole(col.get("min", "0")), whole(col.get("max", "0"))) for col in columns),
        merged=tuple(merge.get("ref", "") for merge in root.iter(f"{main}mergeCell")),
    )


def _is_out_of_sight(line: ET.Element, size: str, least: int) -> bool:
    """Tell whether a row or column is hidden, or too small to be seen."""
    return line.get("hidden", "0").strip().lower() not in NO or decimal(size) < least
