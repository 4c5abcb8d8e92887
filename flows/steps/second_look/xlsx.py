"""The XML of an .xlsx workbook's sheets: error values, missing results, and numbers that are not what they look like.

The reader gives error values and formulas without a stored result as blanks, a percentage as a plain number, and
"12" with a raised "3" behind it as 123. This is slow beside the reader, so it is taken only for a reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree as ET

from schemas.cells import Hidden
from schemas.number_formats import Shown, shown_by
from schemas.sheets import Concealed, LookedAgain, Place, UnreadableWorkbookError, looks_like_a_count
from schemas.workbook import position

_MAIN = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}",
)
_BUILTIN = {
    **dict.fromkeys((9, 10), Shown.AS_PERCENTAGE),
    **dict.fromkeys((*range(14, 23), *range(45, 48)), Shown.AS_DATE),
}
_NO = ("0", "false", "none", "baseline")


@dataclass(frozen=True, slots=True)
class Styles:
    """What a workbook's cell styles, by number, do to the numbers in them; those that do nothing are left out."""

    hides: dict[str, Hidden]


NO_STYLES = Styles({})


@lru_cache(maxsize=64)
def read_styles(xml: bytes) -> Styles:
    """Read the styles of a workbook. Most workbooks of an operation have the same, so they are remembered.

    Raises:
        UnreadableWorkbookError: They cannot be read.
    """
    root = _parse(xml)
    codes = {int(e.get("numFmtId", 0)): shown_by(e.get("formatCode", "")) for e in root.iter() if _name(e) == "numFmt"}
    fonts = [_is_raised_or_struck(font) for font in _children(root, "fonts")]
    styles: dict[str, Hidden] = {}
    for number, style in enumerate(_children(root, "cellXfs")):
        shown = (_BUILTIN | codes).get(int(style.get("numFmtId", 0)), Shown.AS_STORED)
        font = int(style.get("fontId", 0))
        if shown is Shown.AS_PERCENTAGE:
            styles[str(number)] = Hidden.PERCENTAGE
        elif shown is Shown.OTHERWISE:
            styles[str(number)] = Hidden.SHOWN_OTHERWISE
        elif shown is Shown.AS_STORED and font < len(fonts) and fonts[font]:
            styles[str(number)] = Hidden.RAISED_OR_STRUCK
    return Styles(styles)


def look_again(sheet: bytes, styles: Styles, texts: bytes) -> LookedAgain:
    """Look at one sheet.

    Args:
        sheet: Its XML.
        styles: Those of its workbook.
        texts: The XML of its workbook's shared texts; empty where it has none.

    Raises:
        UnreadableWorkbookError: The XML is damaged, or two readers could read it differently.
    """
    root = _parse(sheet)
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
            numbers[place] = _number(value.text)
    return LookedAgain(hidden, numbers, _concealed(root, main))


def _cells(root: ET.Element, main: str) -> Iterator[tuple[Place, ET.Element]]:
    """Yield every cell once, and refuse a sheet with a cell that another reader could pass over or take for another."""
    if any(not element.tag.startswith(main) for data in root.iter(f"{main}sheetData") for element in data.iter()):
        raise UnreadableWorkbookError
    seen: set[Place] = set()
    for number, row in _rows(root, main):
        column = 0
        for cell in row.iter(f"{main}c"):
            place = position(cell.get("r", "")) if "r" in cell.attrib else (number, column + 1)
            values = sum(_name(child) in ("v", "is") for child in cell)
            if place in seen or place[0] != number or values > 1:
                raise UnreadableWorkbookError
            seen.add(place)
            column = place[1]
            yield place, cell


def _rows(root: ET.Element, main: str) -> Iterator[tuple[int, ET.Element]]:
    number = 0
    for row in root.iter(f"{main}row"):
        number = int(row.get("r", number + 1))
        yield number, row


def _hidden(cell: ET.Element, styles: Styles, marked: tuple[bool, ...]) -> Hidden | None:
    children = {_name(child): child for child in cell}
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
    is_struck = style is Hidden.RAISED_OR_STRUCK or any(_is_raised_or_struck(run) for run in _runs(cell))
    return Hidden.RAISED_OR_STRUCK if is_struck and looks_like_a_count(text) else None


def _marked_texts(xml: bytes) -> tuple[bool, ...]:
    """Tell of each shared text whether it looks like a count and is raised, lowered or struck out somewhere."""
    return tuple(
        any(_is_raised_or_struck(run) for run in _runs(text)) and looks_like_a_count("".join(text.itertext()))
        for text in _parse(xml)
    )


def _runs(text: ET.Element) -> Iterator[ET.Element]:
    return (element for element in text.iter() if _name(element) == "rPr")


def _text(cell: ET.Element, children: dict[str, ET.Element]) -> str:
    holder = children.get("is") if cell.get("t") == "inlineStr" else children.get("v")
    return "" if holder is None else "".join(holder.itertext())


def _is_raised_or_struck(font: ET.Element) -> bool:
    """Tell whether a font, of a cell or of a run of text, strikes out, raises or lowers."""
    return any(
        _name(part) in ("strike", "dstrike", "vertAlign") and part.get("val", "1").lower() not in _NO for part in font
    )


def _concealed(root: ET.Element, main: str) -> Concealed:
    usual = next(root.iter(f"{main}sheetFormatPr"), root)
    width, height = usual.get("defaultColWidth", "8"), usual.get("defaultRowHeight", "15")
    columns = [col for col in root.iter(f"{main}col") if _is_out_of_sight(col, col.get("width", width))]
    return Concealed(
        rows=tuple(number for number, row in _rows(root, main) if _is_out_of_sight(row, row.get("ht", height))),
        columns=tuple((int(col.get("min", 0)), int(col.get("max", 0))) for col in columns),
        merged=tuple(merge.get("ref", "") for merge in root.iter(f"{main}mergeCell")),
    )


def _is_out_of_sight(line: ET.Element, size: str) -> bool:
    """Tell whether a row or column is hidden, or too small to be seen: less than a point high, or a character wide."""
    return line.get("hidden", "0").strip().lower() not in _NO or _number(size) < 1


def _children(root: ET.Element, name: str) -> list[ET.Element]:
    return next((list(element) for element in root if _name(element) == name), [])


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise UnreadableWorkbookError from error


def _parse(xml: bytes) -> ET.Element:
    try:
        return ET.fromstring(xml)
    except (ET.ParseError, ValueError, LookupError) as error:
        raise UnreadableWorkbookError from error


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
