"""The XML of one sheet, searched as it is: for what is dangerous, and for what a reader could misread."""

import re
from functools import lru_cache

from flows.door.contents import RefusedError

_ACTIVE_FORMULA = re.compile(
    rb"<(?:\w+:)?(?:f|definedName)(?:\s[^>]*)?>[^<]*(?:\|\s*(?:'|&apos;)?[^<]*!|"
    rb"\b(?:CALL|REGISTER|REGISTER\.ID|EXEC|RTD|WEBSERVICE|DDE)\s*\()",
    re.IGNORECASE,
)
_FORMULA_STARTS = (b"<f>", b"<f ", b":f>", b":f ", b"definedName")
_FOREIGN = re.compile(rb"<(\w+):")
_FAR_CELL = re.compile(rb"""\sr\s*=\s*["'](?:[A-Za-z]{3,}[0-9]|[A-Za-z]+[0-9]{5})""")
_PLACED = re.compile(rb'<(?:c|row) r="([A-Z]*[0-9]+)"')
_NEAR_IN_THEIR_ROWS = re.compile(rb"(?:([1-9][0-9]{0,3}) (?:[A-Z]{1,2}\1 )*)*")
_MERGED = re.compile(rb"""<mergeCell\s+ref\s*=\s*["']([^"']*)""")
_AT_LEAST_ONE = rb"""(?!\s*=\s*["']0*[1-9][0-9]*(?:\.[0-9]*)?["'])"""
_LOW = re.compile(rb"ht\b" + _AT_LEAST_ONE)
_SMALL = tuple(re.compile(name + rb"\b" + _AT_LEAST_ONE) for name in (b"width", b"ColWidth", b"defaultRowHeight"))
_UNUSUAL_CELLS = (b"<f", b"hidden", b"rPr", b"&#")
_DIFFERENTIAL_FORMAT = re.compile(rb"dxf\b")


def looks_unusual(sheet: bytes) -> bool:
    """Tell whether a sheet of the form holds anything that the reader could pass over or take for something else.

    Raises:
        RefusedError: It has a cell beyond row 9,999 or column ZZ: the reader would make room for all before it.
    """
    start, end = sheet.find(b"<sheetData"), sheet.rfind(b"</sheetData")
    cells = sheet[start:end] if start >= 0 else sheet
    placed = _PLACED.findall(cells)
    is_plain = (
        len(placed) == len(set(placed)) == cells.count(b"<c") + cells.count(b"<row")
        and all(cells.count(value) == cells.count(value + b"</c>") for value in (b"</v>", b"</is>"))
        and _NEAR_IN_THEIR_ROWS.fullmatch(b" ".join(placed) + b" ")
    )
    if not is_plain and _FAR_CELL.search(cells):
        raise RefusedError("cells_stand_near_the_form")
    if not is_plain or any(sign in cells for sign in _UNUSUAL_CELLS) or _FOREIGN.search(cells) or _LOW.search(cells):
        return True
    head, tail = sheet[:start], sheet[end:]
    is_hiding = b"hidden" in head or any(size.search(head) for size in _SMALL)
    return start < 0 or is_hiding or b"showValue" in tail or bool(_DIFFERENTIAL_FORMAT.search(tail))


def merged_cells(sheet: bytes) -> tuple[str, ...]:
    """Return the merged ranges of a sheet that does not look unusual."""
    start = sheet.find(b"<mergeCells")
    return tuple(found.decode("ascii", "replace") for found in _MERGED.findall(sheet, start)) if start >= 0 else ()


@lru_cache(maxsize=64)
def calls_out(xml: bytes) -> bool:
    """Tell whether a formula or a name in a part calls another program."""
    return any(start in xml for start in _FORMULA_STARTS) and bool(_ACTIVE_FORMULA.search(xml))
