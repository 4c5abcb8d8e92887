"""The parts of an .xlsx workbook: which are the form's sheets, what lies beside them, and whether all is straight."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree as ET

from flows.door.contents import CHART, ELSEWHERE, Contents, Inventory, RefusedError, refuse_active
from flows.door.plain_xml import require_plain_xml
from flows.door.relations import Relation, refuse_active_parts, relations_of
from flows.door.stock import STYLES, TEXTS, WORKBOOK, take_stock_of_package, take_stock_of_sheet
from schemas.workbook import FINDINGS_SHEET, FORM_SHEETS, INSTRUCTIONS_SHEET, LONGEST_LABEL, normalise

_OF_THE_FORM = {normalise(name): name for name in (*FORM_SHEETS, FINDINGS_SHEET, INSTRUCTIONS_SHEET)}
_MAIN = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
_ACTIVE_FORMULA = re.compile(
    rb"<(?:\w+:)?(?:f|definedName)(?:\s[^>]*)?>[^<]*(?:\|\s*(?:'|&apos;)?[^<]*!|"
    rb"\b(?:CALL|REGISTER|REGISTER\.ID|EXEC|RTD|WEBSERVICE|DDE)\s*\()",
    re.IGNORECASE,
)
_FORMULA_STARTS = (b"<f>", b"<f ", b":f>", b":f ", b"definedName")
_FIXED = {path.lower(): path for path in (WORKBOOK, STYLES, TEXTS)}
_FOREIGN = re.compile(rb"<(\w+):")
_FAR = re.compile(rb"[A-Z]{3}|[0-9]{5}")
_FAR_CELL = re.compile(rb"""\sr\s*=\s*["'](?:[A-Za-z]{3,}[0-9]|[A-Za-z]+[0-9]{5})""")
_PLACED = re.compile(rb'<c r="([A-Z]+[0-9]+)"')
_MERGED = re.compile(rb"""<mergeCell\s+ref\s*=\s*["']([^"']*)""")
_UNUSUAL_HEAD = (b"hidden", b' width="0', b"zeroHeight")
_UNUSUAL_CELLS = (b"hidden", b"rPr", b"&#", b' ht="0')
_UNUSUAL_TEXTS = (b"strike", b"vertAlign", b"&#")


class _Listed(NamedTuple):
    name: str
    is_hidden: bool
    id: str


def look_into_xlsx(parts: Mapping[str, bytes]) -> Contents:
    """Go through the parts of an .xlsx package.

    Raises:
        RefusedError: It holds what is dangerous, or is built so that two readers could see two workbooks in it.
    """
    refuse_active_parts(parts)
    _require_usual_paths(parts)
    inventory = Inventory()
    sheets: dict[str, bytes] = {}
    for listed, relation in _sheets(parts):
        name = _OF_THE_FORM.get(normalise(listed.name)) if len(listed.name) <= LONGEST_LABEL else None
        if relation.kind == "chartsheet":
            inventory.add(ELSEWHERE, CHART)
            continue
        xml = parts[relation.target]
        require_plain_xml(xml)
        if _has_active_formula(xml):
            raise refuse_active("a formula that calls another program")
        take_stock_of_sheet(parts, name, relation.target, inventory, is_hidden=listed.is_hidden)
        if name in FORM_SHEETS or name == FINDINGS_SHEET:
            _require_near(xml)
        if name in FORM_SHEETS:
            sheets.setdefault(name, xml)
    take_stock_of_package(parts, inventory)
    texts = parts.get(TEXTS, b"")
    looks_unusual = any(map(_looks_unusual, sheets.values())) or any(sign in texts for sign in _UNUSUAL_TEXTS)
    return inventory.closed(sheets, looks_unusual=looks_unusual)


def merged_cells(sheet: bytes) -> tuple[str, ...]:
    """Return the merged ranges of a sheet that does not look unusual."""
    start = sheet.find(b"<mergeCells")
    return tuple(found.decode("ascii", "replace") for found in _MERGED.findall(sheet, start)) if start >= 0 else ()


def _require_usual_paths(parts: Mapping[str, bytes]) -> None:
    """Require that the workbook, its styles and its texts are where the reader takes them from."""
    if any(name.lower() in _FIXED and name not in _FIXED.values() for name in parts):
        raise RefusedError("file_is_built_plainly", "its parts lie in unusual places")
    main = [relation.target for relation in relations_of(parts, "") if relation.kind == "officedocument"]
    own = relations_of(parts, WORKBOOK)
    used = {
        path: [r.target for r in own if r.kind == kind] for path, kind in ((STYLES, "styles"), (TEXTS, "sharedstrings"))
    }
    if main != [WORKBOOK] or any(targets != [path] * (path in parts) for path, targets in used.items()):
        raise RefusedError("file_is_built_plainly", "its parts lie in unusual places")
    for path in (WORKBOOK, STYLES, TEXTS):
        if path in parts:
            require_plain_xml(parts[path])


def _sheets(parts: Mapping[str, bytes]) -> Iterator[tuple[_Listed, Relation]]:
    relations = {relation.id: relation for relation in relations_of(parts, WORKBOOK)}
    listed = _listed(parts[WORKBOOK])
    there = [relations.get(sheet.id) for sheet in listed]
    missing = sum(relation is None or relation.target not in parts for relation in there)
    if missing or not listed:
        found = f"{missing} of {len(listed)} sheets listed" if listed else "every sheet"
        raise RefusedError("listed_sheets_are_there", found)
    for sheet, relation in zip(listed, there, strict=True):
        if relation is not None:
            if relation.kind not in ("worksheet", "chartsheet"):
                raise RefusedError("file_has_no_macros", "a sheet of another kind")
            yield sheet, relation


@lru_cache(maxsize=256)
def _listed(workbook: bytes) -> tuple[_Listed, ...]:
    try:
        root = ET.fromstring(workbook)
    except (ET.ParseError, ValueError, LookupError):
        raise RefusedError("file_is_readable") from None
    if _has_active_formula(workbook):
        raise refuse_active("a name that calls another program")
    listed = []
    for element in root.iter():
        namespace, _, tag = element.tag.rpartition("}")
        if tag == "sheet":
            if namespace[1:] not in _MAIN:
                raise RefusedError("file_is_built_plainly", "a sheet is listed under a foreign name")
            ids = [value for key, value in element.attrib.items() if key.endswith("}id")]
            state = element.get("state", "visible").lower()
            listed.append(_Listed(element.get("name", ""), state != "visible", ids[0] if ids else ""))
    return tuple(listed)


def _has_active_formula(xml: bytes) -> bool:
    return any(start in xml for start in _FORMULA_STARTS) and _calls_out(xml)


@lru_cache(maxsize=64)
def _calls_out(xml: bytes) -> bool:
    return bool(_ACTIVE_FORMULA.search(xml))


def _require_near(sheet: bytes) -> None:
    """Refuse a sheet with a cell beyond row 9,999 or column ZZ: the reader would make room for all before it."""
    cells = sheet[max(sheet.find(b"sheetData"), 0) :]
    placed = b" ".join(_PLACED.findall(cells))
    if _FAR.search(placed) or (placed.count(b" ") + 1 != cells.count(b"<c ") and _FAR_CELL.search(cells)):
        raise RefusedError("cells_stand_near_the_form")


def _looks_unusual(sheet: bytes) -> bool:
    """Tell whether a sheet holds anything that the reader could pass over, or cells not plainly one after the other."""
    start, end = sheet.find(b"<sheetData"), sheet.rfind(b"</sheetData")
    head, cells = sheet[: max(start, 0)], sheet[start:end]
    if any(sign in head for sign in _UNUSUAL_HEAD) or any(sign in cells for sign in _UNUSUAL_CELLS):
        return True
    placed = _PLACED.findall(cells)
    is_plain = len(placed) == len(set(placed)) == cells.count(b"<c ") and b"<c>" not in cells
    return not is_plain or bool(_FOREIGN.search(cells))
