"""The parts of an .ods workbook: what lies beside the form's sheets, and what of it is dangerous."""

import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from flows.door.around import said_around_ods
from flows.door.contents import (
    AMONG_STYLES,
    CHART,
    CONTROL,
    DRAWING,
    ELSEWHERE,
    HIDDEN_SHEET,
    IMAGE,
    IN_A_NAME,
    IN_A_PART,
    IN_THE_PROPERTIES,
    LINK,
    NOTE,
    OTHER_SHEET,
    PIVOT,
    Contents,
    Inventory,
    RefusedError,
    as_texts,
    refuse_active,
)
from flows.door.ods_language import require_own_languages, require_plain_cells
from flows.door.plain_xml import require_plain_xml
from flows.door.properties import said_in_properties
from flows.steps.second_look.markup import attribute, local
from schemas.private import AMONG_TEXTS, ON_ANOTHER_SHEET
from schemas.workbook import FINDINGS_SHEET, FORM_SHEETS, INSTRUCTIONS_SHEET, normalise

CONTENT, ODS_STYLES = "content.xml", "styles.xml"
MEDIA_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_OF_THE_FORM = {normalise(name): name for name in (*FORM_SHEETS, FINDINGS_SHEET, INSTRUCTIONS_SHEET)}
_META = "meta.xml"
_HARMLESS = ("mimetype", "META-INF/manifest.xml", "content.xml", "styles.xml", "settings.xml", _META, "manifest.rdf")
_READ = (CONTENT, ODS_STYLES, _META)
_FOLDERS = ("Configurations2/", "META-INF/", "Thumbnails/")
_EMPTY_LIBRARIES = ("script-lb.xml", "script-lc.xml", "dialog-lc.xml", "dialog-lb.xml")
_ACTIVE = (
    ("dde-link", "a link to another program"),
    ("dde-source", "a link to another program"),
    ("object-ole", "an embedded object"),
    ("applet", "an embedded object"),
    ("plugin", "an embedded object"),
    ("database-source-sql", "a data connection"),
    ("database-source-table", "a data connection"),
    ("database-source-query", "a data connection"),
    ("connection-resource", "a data connection"),
    ("floating-frame", "an embedded object"),
)
_SOURCES = ("datasource", "command", "href")
_ACTIVE_FORMULA = re.compile(r"\b(?:DDE|WEBSERVICE|CALL|REGISTER)\s*\(", re.IGNORECASE)
_BESIDE_THE_FORM = ("tracked-changes", "database-ranges", "scenario", "title", "desc", "named-expression", "form")
_VALUES = ("value", "date-value", "time-value", "string-value", "boolean-value")
_PRINTER = re.compile(rb"""name="Printer(?:Name|Setup)"[^>]*>[^<]""")
_FAR_COLUMN, _FAR_ROW = 702, 9_999


def look_into_ods(parts: Mapping[str, bytes]) -> Contents:
    """Go through the parts of an .ods package.

    Raises:
        RefusedError: It holds what is dangerous, or is built so that two readers could see two workbooks in it.
    """
    _refuse_active_parts(parts)
    if CONTENT not in parts:
        raise RefusedError("listed_sheets_are_there", "every sheet")
    content = parts[CONTENT]
    styles = parts.get(ODS_STYLES, b"<none/>")
    for part in (content, styles):
        require_plain_xml(part)
    root, styles_root = require_own_languages(content), require_own_languages(styles)
    _refuse_active_elements(root)
    inventory = Inventory()
    unseen = {attribute(style, "name") for style in _each(root, "style") if _is_unseen(style)}
    tables = list(_each(root, "table"))
    if not tables:
        raise RefusedError("listed_sheets_are_there", "every sheet")
    for table in tables:
        _require_near(table)
        if normalise(attribute(table, "name")) in _OF_THE_FORM:
            require_plain_cells(table)
        _take_stock(table, inventory, is_hidden=attribute(table, "style-name") in unseen)
    inventory.typed += [(AMONG_STYLES, styles), *said_around_ods(root, styles_root)]
    inventory.add(ELSEWHERE, PIVOT, sum(1 for _ in _each(root, "data-pilot-table")))
    inventory.typed.append((AMONG_TEXTS, as_texts(_said_beside_tables(root))))
    names = tuple(attribute(table, "name") for table in tables)
    inventory.typed.append((IN_THE_PROPERTIES, said_in_properties(parts.get(_META, b""), names)))
    inventory.typed += [
        (IN_A_PART, part) for name, part in parts.items() if name.endswith(".xml") and name not in _READ
    ]
    inventory.has_leftovers = (
        any(local(element.tag) in _BESIDE_THE_FORM for element in root.iter())
        or bool(_PRINTER.search(parts.get("settings.xml", b"")))
        or any(map(_is_leftover, parts))
    )
    return inventory.closed({}, looks_unusual=True)


def _refuse_active_parts(parts: Mapping[str, bytes]) -> None:
    manifest = parts.get("META-INF/manifest.xml", b"")
    if b"encryption-data" in manifest:
        raise RefusedError("file_is_not_encrypted")
    for name in parts:
        if name.startswith(("Basic/", "Dialogs/", "Scripts/")) and not name.endswith((*_EMPTY_LIBRARIES, "/")):
            raise RefusedError("file_has_no_macros", "macros")
    if re.search(rb"opendocument\.(?!chart|spreadsheet)[a-z-]+\"|ole|x-msdownload", _media_types_of_objects(manifest)):
        raise refuse_active("an embedded object")


def _media_types_of_objects(manifest: bytes) -> bytes:
    entries = re.findall(rb"<manifest:file-entry[^>]*>", manifest)
    return b"".join(entry for entry in entries if b'full-path="Obj' in entry and b"Replacements" not in entry)


def _refuse_active_elements(root: ET.Element) -> None:
    active = dict(_ACTIVE)
    for element in root.iter():
        name = local(element.tag)
        if name in ("event-listener", "script") and "script" in element.tag:
            raise RefusedError("file_has_no_macros", "macros")
        if name in active:
            raise refuse_active(active[name])
        if name == "form" and any(local(key) in _SOURCES for key in element.attrib):
            raise refuse_active("a data connection")
        if name == "table-cell" and _ACTIVE_FORMULA.search(attribute(element, "formula")):
            raise refuse_active("a formula that calls another program")


def _take_stock(table: ET.Element, inventory: Inventory, *, is_hidden: bool) -> None:
    name = _OF_THE_FORM.get(normalise(attribute(table, "name")))
    place = name if name in FORM_SHEETS else ELSEWHERE
    texts = "".join(map(_row_as_xml, _each(table, "table-row")))
    if name in FORM_SHEETS:
        if is_hidden:
            inventory.hidden.append(name)
    else:
        inventory.typed.append((ON_ANOTHER_SHEET if name is None else f"on the sheet {name}", texts.encode()))
        if name is None and (is_hidden or "t=" in texts):
            inventory.add(ELSEWHERE, HIDDEN_SHEET if is_hidden else OTHER_SHEET)
    names = [table, *_each(table, "named-range"), *_each(table, "named-expression")]
    inventory.typed.append((IN_A_NAME, as_texts(said for name in names for said in name.attrib.values())))
    notes = list(_each(table, "annotation"))
    inventory.add(place, NOTE, len(notes))
    inventory.typed += [("in a note", as_texts(["".join(note.itertext())])) for note in notes]
    inventory.add(place, IMAGE, sum(1 for _ in _each(table, "image") if not _is_replacement(_)))
    inventory.add(place, CHART, sum(1 for _ in _each(table, "object")))
    inventory.add(place, CONTROL, sum(len(form) for form in _each(table, "form")))
    inventory.add(place, DRAWING, sum(1 for kind in ("custom-shape", "text-box", "line") for _ in _each(table, kind)))
    links = [*_each(table, "table-source"), *_each(table, "cell-range-source"), *_each(table, "a")]
    inventory.add(place, LINK, sum(not attribute(link, "href").startswith("#") for link in links))


def _row_as_xml(row: ET.Element) -> str:
    """Return what a row shows as an .xlsx sheet would hold it."""
    cells = ((cell, " ".join("".join(text.itertext()) for text in _each(cell, "p"))) for cell in row)
    kinds = (("str" if attribute(cell, "value-type") in ("", "string") else "n", text) for cell, text in cells if text)
    return "<row>" + "".join(f'<c t="{kind}"><v>{escape(text)}</v></c>' for kind, text in kinds)


def _said_beside_tables(root: ET.Element) -> set[str]:
    """Return what attributes say, the values of cells aside, and all texts that stand in no table."""
    said = {value for element in root.iter() for key, value in element.attrib.items() if local(key) not in _VALUES}
    inside = {part for table in _each(root, "table") for part in table.iter()}
    return said.union(element.text or "" for element in root.iter() if element not in inside)


def _require_near(table: ET.Element) -> None:
    """Refuse a sheet with a filled cell beyond row 9,999 or column ZZ: the reader would make room for all before it."""
    row = 0
    for line in _each(table, "table-row"):
        first, row = row, row + _repeated(line, "rows")
        column = 0
        for cell in line:
            column += _repeated(cell, "columns")
            if (len(cell) or attribute(cell, "value-type")) and (
                column > _FAR_COLUMN or row > _FAR_ROW or first > _FAR_ROW
            ):
                raise RefusedError("cells_stand_near_the_form")


def _repeated(element: ET.Element, what: str) -> int:
    text = attribute(element, f"number-{what}-repeated") or "1"
    if not text.isdecimal() or len(text) > 9:
        raise RefusedError("file_is_readable")
    return int(text)


def _is_unseen(style: ET.Element) -> bool:
    return any(attribute(part, "display") == "false" for part in _each(style, "table-properties"))


def _is_replacement(image: ET.Element) -> bool:
    return attribute(image, "href").lstrip("./").startswith("ObjectReplacements")


def _is_leftover(name: str) -> bool:
    return name not in _HARMLESS and not (name.endswith("/") and name.startswith(_FOLDERS))


def _each(element: ET.Element, name: str) -> "list[ET.Element]":
    return [child for child in element.iter() if local(child.tag) == name]
