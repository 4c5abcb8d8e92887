"""Taking stock of an .xlsx package: what lies beside the form, sheet by sheet, and what may have been typed there."""

import re
from collections.abc import Mapping

from flows.door.around import said_around_xlsx, said_in_footers
from flows.door.contents import (
    AMONG_STYLES,
    AROUND,
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
    Inventory,
    RefusedError,
    refuse_active,
)
from flows.door.frame import STYLES, TEXTS, WORKBOOK, Frame, FramedSheet
from flows.door.properties import said_in_properties
from flows.door.relations import Relation
from flows.door.sheet_xml import around_rows, has_words_in_formats, holds_more_than_a_form
from schemas.private import AMONG_TEXTS, ON_ANOTHER_SHEET
from schemas.workbook import FORM_SHEETS

_FILLED = re.compile(rb"<(?:\w+:)?[vt](?:\s[^>]*)?>[^<]")
_PART_OF_DRAWING = re.compile(rb"<(?:\w+:)?(?:sp|cxnSp)[\s>]")
_PICTURE = re.compile(rb"<(?:\w+:)?pic[\s>]")
_CHART_FRAME = re.compile(rb"<(?:\w+:)?graphicFrame[\s>]")
_COMMENT = re.compile(rb"<(?:\w+:)?comment\s")
_MACRO = re.compile(rb"""FmlaMacro|\smacro\s*=\s*["'][^"']""")
_OUTSIDE = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?>[^<]*(?:://|\[[^\]<]*\.(?:xls|ods))", re.IGNORECASE)
_PROPERTIES, _DRAWINGS = "docProps/", "xl/drawings/"


def take_stock_of_sheet(
    parts: Mapping[str, bytes],
    frame: Frame,
    name: str | None,
    sheet: FramedSheet,
    inventory: Inventory,
    *,
    looks_unusual: bool,
) -> None:
    """Take stock of one sheet and of what hangs on it.

    Args:
        parts: Those of the package.
        frame: What hangs on what.
        name: The form's name of the sheet; None where it is none of the form's.
        sheet: As it is listed.
        inventory: Where it is entered.
        looks_unusual: Whether its rows hold anything but plain cells.
    """
    xml, place = parts[sheet.path], name if name in FORM_SHEETS else ELSEWHERE
    around, footers = (xml, b"") if looks_unusual and place else around_rows(xml)
    said = said_around_xlsx(around)
    if place:
        inventory.hidden += [place] * sheet.is_hidden
        inventory.has_leftovers |= holds_more_than_a_form(said[0][1])
        inventory.add(place, LINK, len(_OUTSIDE.findall(xml)) if looks_unusual else 0)
    else:
        inventory.typed.append((f"on the sheet {name}" if name else ON_ANOTHER_SHEET, xml))
        if name is None and (sheet.is_hidden or _FILLED.search(xml)):
            inventory.add(ELSEWHERE, HIDDEN_SHEET if sheet.is_hidden else OTHER_SHEET)
    inventory.typed += (*(said if place else said[1:]), *said_in_footers(footers), (AROUND, footers))
    for relation in frame.relations.get(sheet.path, ()):
        _take_stock_of_relation(parts, place, relation, inventory)


def _take_stock_of_relation(parts: Mapping[str, bytes], place: str, relation: Relation, inventory: Inventory) -> None:
    part = parts.get(relation.target, b"")
    match relation.kind:
        case "comments":
            inventory.add(place, NOTE, len(_COMMENT.findall(part)))
            inventory.typed.append(("in a note", part))
        case "threadedcomment":
            inventory.typed.append(("in a note", part))
        case "drawing":
            _take_stock_of_drawing(parts, place, relation.target, inventory)
        case "hyperlink" if relation.is_external:
            inventory.add(place, LINK)
        case "image":
            inventory.add(place, IMAGE)
        case "ctrlprop":
            inventory.add(place, CONTROL)
        case "pivottable":
            inventory.add(place, PIVOT)


def _take_stock_of_drawing(parts: Mapping[str, bytes], place: str, path: str, inventory: Inventory) -> None:
    part = parts.get(path, b"")
    inventory.typed.append(("in a drawing", part))
    inventory.add(place, IMAGE, len(_PICTURE.findall(part)))
    inventory.add(place, CHART, len(_CHART_FRAME.findall(part)))
    inventory.add(place, DRAWING, len(_PART_OF_DRAWING.findall(part)))


def take_stock_of_package(parts: Mapping[str, bytes], frame: Frame, inventory: Inventory) -> None:
    """Take stock of what belongs to no sheet, and of whatever a workbook does not need.

    Raises:
        RefusedError: It holds what is dangerous.
    """
    inventory.typed.append((IN_A_NAME, frame.names))
    for relation in frame.relations[WORKBOOK]:
        part = parts.get(relation.target, b"")
        if relation.kind == "externallink":
            if b"ddeLink" in part or b"oleLink" in part:
                raise refuse_active("a link to another program")
            inventory.add(ELSEWHERE, LINK)
            inventory.typed.append(("in what an external link brings along", part))
        elif relation.kind == "pivotcachedefinition":
            inventory.typed.append(("in a pivot table", part))
    if TEXTS in parts:
        inventory.typed.append((AMONG_TEXTS, parts[TEXTS]))
    _take_stock_of_other_parts(parts, frame, inventory)
    inventory.has_leftovers |= has_words_in_formats(parts.get(STYLES, b""))


def _take_stock_of_other_parts(parts: Mapping[str, bytes], frame: Frame, inventory: Inventory) -> None:
    names = tuple(sheet.name for sheet in frame.sheets)
    own = {sheet.path for sheet in frame.sheets} | {TEXTS}
    for name, part in parts.items():
        if name.startswith(_DRAWINGS) and _MACRO.search(part):
            raise RefusedError("file_has_no_macros", "a drawing that starts a macro")
        if not part.lstrip().startswith((b"<", b"\xef\xbb\xbf<")):
            inventory.has_leftovers |= bool(part)
        elif name.startswith(_PROPERTIES):
            inventory.typed.append((IN_THE_PROPERTIES, said_in_properties(part, names)))
        elif name not in own:
            inventory.typed.append((AMONG_STYLES if name == STYLES else IN_A_PART, part))
