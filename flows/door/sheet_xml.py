"""The XML of one sheet, searched as it is: for what is dangerous, and for what a reader could misread."""

import re
from functools import lru_cache
from xml.etree import ElementTree as ET

from flows.door.contents import RefusedError
from flows.door.own_language import require_own_language
from flows.steps.second_look.markup import local
from schemas.remembered import remembered
from schemas.sheets import LEAST_HEIGHT, LEAST_WIDTH

_FORMULA = rb"<(?:\w+:)?(?:f|definedName)(?:\s[^>]*)?>"
_CALL_BY_LINK = re.compile(_FORMULA + rb"[^<|]*+\|[^<!]*+!")
_CALL_BY_NAME = re.compile(
    _FORMULA + rb"[^<]*\b(?:CALL|REGISTER|REGISTER\.ID|EXEC|RTD|WEBSERVICE|DDE)\s*\(", re.IGNORECASE
)
_FORMULA_STARTS = (b"<f>", b"<f ", b":f>", b":f ", b"definedName")
_PLAIN_CELLS = re.compile(
    rb'<sheetData>(?:<row r="([1-9][0-9]{0,3})"'
    rb'(?: ht="(?:[6-9]|[1-9][0-9])[0-9.]*+"'
    rb'| (?:s|spans|customHeight|customFormat|thickTop|thickBot|x14ac:dyDescent)="[\w.:]{0,8}+")*+'
    rb'(?: ?/>|>(?:<c r="[A-Z]{1,2}+\1"(?: s="(?:0|[1-9]\d{0,4}+)")?+(?:'
    rb'(?: t="n")?+(?: ?/>|><v>-?+[0-9]++(?:\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+</v></c>)'
    rb'| t="inlineStr"(?: ?/>|><is><t(?: xml:space="preserve")?>[^<&]*+</t></is></c>)'
    rb'| t="[sb]"><v>[0-9]++</v></c>| t="str"><v>[^<&]*+</v></c>))*+</row>))*+'
)
"""Rows and cells as programs write them: no row below `LEAST_HEIGHT`, no cell in another row, nothing but values."""
_SAID_TWICE = re.compile(rb"<row [^>]* ([\w:]+)=[^>]* \1=")
_ESCAPE = b"_x"
_RANGE = re.compile(r"[A-Za-z]{1,3}[1-9]\d{0,6}:[A-Za-z]{1,3}[1-9]\d{0,6}", re.ASCII)
_FAR_CELL = re.compile(rb"""\sr\s*=\s*["'](?:[A-Za-z]{3,}[0-9]|[A-Za-z]+[0-9]{5})""")
_PLACED = re.compile(rb'<c r="([A-Z]+[0-9]+)"')
_MERGED = re.compile(rb"""<mergeCell\s[^>]*?\bref\s*=\s*["']([^"']*)""")
_UNUSUAL_BESIDE = (b"hidden", b"zeroHeight", b"sheetData", b":mergeCell", b"showValue")
# Smaller than what can be seen, or written in an odd way: a second look tells.
_TOO_SMALL = tuple(
    re.compile(name + rb"""\b(?!\s*=\s*["'](?:[%d-9]|[1-9][0-9]+)(?:\.[0-9]*)?["'])""" % least)
    for name, least in ((b"width", LEAST_WIDTH), (b"ColWidth", LEAST_WIDTH), (b"defaultRowHeight", LEAST_HEIGHT))
)
_OF_A_FORM = frozenset(
    b"""
    worksheet sheetPr tabColor outlinePr pageSetUpPr dimension sheetViews sheetView pane selection sheetFormatPr
    cols col sheetData row c v f is t r rPr rFont b i u sz color family scheme charset sheetCalcPr
    sheetProtection phoneticPr mergeCells mergeCell conditionalFormatting conditionalFormattings cfRule formula
    colorScale dataBar iconSet cfvo dataValidations dataValidation formula1 formula2 sqref hyperlinks hyperlink
    printOptions pageMargins pageSetup headerFooter oddHeader oddFooter evenHeader evenFooter firstHeader
    firstFooter rowBreaks colBreaks brk ignoredErrors ignoredError drawing legacyDrawing extLst ext dxf font
    fill patternFill fgColor bgColor border left right top bottom numFmt alignment protection
    """.split()
)
"""The elements of a sheet that hold nothing beside the form, or what is counted elsewhere."""
_ELEMENT = re.compile(rb"<(?:\w+:)?(\w+)")
_STRAY_TEXT = re.compile(
    rb"(?:/|</[^>]*|<(?:\w+:)?(?:worksheet|sheetData|row|c|is|mergeCells|cols|dataValidations?|extLst|ext)(?:\s[^>]*)?)"
    rb">\s*[^<\s]"
)
"""A text behind an element, or in one that holds elements alone."""
_FORMAT_CODE = re.compile(rb"""\bformatCode\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_QUOTED = re.compile(rb"&quot;(.*?)&quot;")
_WORD = re.compile(rb"(?!TRUE|FALSE)[A-Za-z]{2}")
_FOOTERS = re.compile(
    rb"<headerFooter[^<>]*>(?:<(?:odd|even|first)(?:Header|Footer)(?: ?/>|>[^<]*</\w++>))*</headerFooter>"
)
"""Headers and footers as programs write them."""
_FORMAT_OF_A_CONDITION = re.compile(rb"dxf\b")


def looks_unusual(sheet: bytes) -> bool:
    """Tell whether a sheet of the form holds anything that the reader could pass over or take for something else.

    Raises:
        RefusedError: It has a cell beyond row 9,999 or column ZZ, before which the reader would make room for all, or
            is not in its own language.
    """
    start, end = sheet.find(b"<sheetData"), sheet.rfind(b"</sheetData>")
    is_plain = _PLAIN_CELLS.fullmatch(sheet, max(start, 0), max(end, 0))
    if not is_plain or _SAID_TWICE.search(sheet, start, end):
        if _FAR_CELL.search(sheet, max(start, 0)):
            raise RefusedError("cells_stand_near_the_form")
        _require_plain_merges(require_own_language(sheet))
        return True
    placed = _PLACED.findall(sheet, start, end)
    tail, _ = _without_footers(sheet[end + len(b"</sheetData>") :])
    is_hiding = _hides(sheet[:start], tail, sheet.find(b"x14ac:", start, end) >= 0)
    return is_hiding or len(placed) != len(set(placed)) or sheet.find(_ESCAPE, start, end) >= 0


@lru_cache(maxsize=512)
def _hides(head: bytes, tail: bytes, has_later_words: bool) -> bool:
    """Tell whether what stands around the rows, the same in most workbooks of an operation, may hide any of them."""
    rows = b'<sheetData x14ac:dyDescent="0"/>' if has_later_words else b"<sheetData/>"
    _require_plain_merges(require_own_language(head + rows + tail))
    may_hide = any(size.search(head) for size in _TOO_SMALL) or _FORMAT_OF_A_CONDITION.search(tail)
    return bool(may_hide) or any(sign in part for part in (head, tail) for sign in _UNUSUAL_BESIDE)


def _require_plain_merges(sheet: ET.Element) -> None:
    if not all(_RANGE.fullmatch(part.get("ref", "")) for part in sheet.iter() if local(part.tag) == "mergeCell"):
        raise RefusedError("file_is_built_plainly", "merged cells are named as no program names them")


def around_rows(sheet: bytes) -> tuple[bytes, bytes]:
    """Return what stands before and behind a sheet's rows, and its footers: these alone differ from state to state."""
    start, end = sheet.find(b"<sheetData"), sheet.rfind(b"</sheetData>")
    if not 0 <= start < end:
        return sheet, b""
    tail, footers = _without_footers(sheet[end:])
    return sheet[:start] + tail, footers


def _without_footers(tail: bytes) -> tuple[bytes, bytes]:
    found = _FOOTERS.search(tail)
    return (tail[: found.start()] + tail[found.end() :], found[0]) if found else (tail, b"")


@remembered
def holds_more_than_a_form(xml: bytes) -> bool:
    """Tell whether a sheet, or what stands around its rows, has elements or texts that no form needs."""
    return not _OF_A_FORM.issuperset(_ELEMENT.findall(xml)) or bool(_STRAY_TEXT.search(xml))


@remembered
def has_words_in_formats(styles: bytes) -> bool:
    """Tell whether a number format writes words beside a number."""
    codes = (one or other for one, other in _FORMAT_CODE.findall(styles))
    return any(_WORD.search(quoted) for code in codes for quoted in _QUOTED.findall(code.replace(b'"', b"&quot;")))


def merged_cells(sheet: bytes) -> tuple[str, ...]:
    """Return the merged ranges of a sheet that does not look unusual."""
    start = sheet.find(b"<mergeCells", sheet.rfind(b"</sheetData>"))
    return tuple(found.decode("ascii", "replace") for found in _MERGED.findall(sheet, start)) if start >= 0 else ()


@remembered
def calls_out(xml: bytes) -> bool:
    """Tell whether a formula or a name in a part calls another program."""
    if not any(start in xml for start in _FORMULA_STARTS):
        return False
    return bool(_CALL_BY_LINK.search(xml) or _CALL_BY_NAME.search(xml))
