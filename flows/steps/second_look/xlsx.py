"""The XML of an .xlsx workbook's sheets: error values, missing results, and numbers that are not what they look like.

The reader gives error values and formulas without a stored result as blanks, a percentage as a plain number, and
"12" with a raised "3" behind it as 123. This is slow beside the reader, so it is taken only for a reason.
"""

from collections.abc import Iterator
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
    UnreadableWorkbookError,
    inside,
    looks_like_a_count,
)
from schemas.workbook import position

_MAIN = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}",
)


def look_again(sheet: bytes, styles: Styles, texts: bytes) -> LookedAgain:
    """Look at one sheet.

    Args:
        sheet: Its XML.
        styles: Those of its workbook.
        texts: The XML of its workbook's shared texts; empty where it has none.

    Raises:
        UnreadableWorkbookError: The XML is damaged, or two readers could read it differently.
    """
    root = parse(sheet)
    main = root.tag.partition("}")[0] + "}"
    if main not in _MAIN:
        raise UnreadableWorkbookError
    marked = _marked_texts(texts) if texts else ()
    hidden: dict[Place, Hidden] = {}
    numbers: dict[Place, float] = {}
    for place, cell in _cells(root, main):
        if found := _hidden(cell, styles, marked):
            hidden[place] = found
        elif cell.get("t", "n") == "n" and (value := cell.find(f"{main}v")) is not None and value.text:
            numbers[place] = decimal(value.text)
    for cells, found in _conditional(root, styles):
        hidden |= dict.fromkeys(inside(cells, numbers), found)
    return LookedAgain(hidden, numbers, _concealed(root, main))


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
    if any(not element.tag.startswith(main) for data in root.iter(f"{main}sheetData") for element in data.iter()):
        raise UnreadableWorkbookError
    seen: set[Place] = set()
    for number, row in _rows(root, main):
        column = 0
        for cell in row.iter(f"{main}c"):
            place = position(cell.get("r", "")) if "r" in cell.attrib else (number, column + 1)
            values = sum(local(child.tag) in ("v", "is") for child in cell)
            if place in seen or place[0] != number or values > 1:
                raise UnreadableWorkbookError
            seen.add(place)
            column = place[1]
            yield place, cell


def _rows(root: ET.Element, main: str) -> Iterator[tuple[int, ET.Element]]:
    number = 0
    for row in root.iter(f"{main}row"):
        number = whole(row.get("r", str(number + 1)))
        yield number, row


def _hidden(cell: ET.Element, styles: Styles, marked: tuple[bool, ...]) -> Hidden | None:
    children = {local(child.tag): child for child in cell}
    has_value = "v" in children and bool(children["v"].text)
    kind = cell.get("t", "n")
    if kind == "e":
        return Hidden.ERROR_VALUE
    if "f" in children and not has_value and kind != "str":
        return Hidden.FORMULA_WITHOUT_RESULT
    style = styles.hides.get(cell.get("s", "0"))
    if kind == "n":
        return style if has_value else None
    text = _text(cell, children)
    if kind == "s":
        at = int(text) if text.isdecimal() else -1
        is_marked = 0 <= at < len(marked) and marked[at]
        return Hidden.RAISED_OR_STRUCK if is_marked or (style is Hidden.RAISED_OR_STRUCK and at < 0) else None
    is_struck = style is Hidden.RAISED_OR_STRUCK or any(is_raised_or_struck(run) for run in _runs(cell))
    return Hidden.RAISED_OR_STRUCK if is_struck and looks_like_a_count(text) else None


def _marked_texts(xml: bytes) -> tuple[bool, ...]:
    """Tell of each shared text whether it looks like a count and is raised, lowered or struck out somewhere."""
    return tuple(
        any(is_raised_or_struck(run) for run in _runs(text)) and looks_like_a_count("".join(text.itertext()))
        for text in parse(xml)
    )


def _runs(text: ET.Element) -> Iterator[ET.Element]:
    return (element for element in text.iter() if local(element.tag) == "rPr")


def _text(cell: ET.Element, children: dict[str, ET.Element]) -> str:
    holder = children.get("is") if cell.get("t") == "inlineStr" else children.get("v")
    return "" if holder is None else "".join(holder.itertext())


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
