"""The parts of an .xlsx workbook: which are the form's sheets, what lies beside them, and whether all is straight."""

from collections.abc import Mapping

from flows.door.contents import CHART, ELSEWHERE, Contents, Inventory, refuse_active
from flows.door.frame import STYLES, TEXTS, frame_of
from flows.door.own_language import own_part, require_own_texts
from flows.door.plain_xml import require_plain_xml
from flows.door.sheet_xml import calls_out, looks_unusual
from flows.door.stock import take_stock_of_package, take_stock_of_sheet
from schemas.remembered import remembered
from schemas.workbook import FINDINGS_SHEET, FORM_SHEETS, INSTRUCTIONS_SHEET, LONGEST_LABEL, normalise

_OF_THE_FORM = {normalise(name): name for name in (*FORM_SHEETS, FINDINGS_SHEET, INSTRUCTIONS_SHEET)}
_UNUSUAL_TEXTS = (b"strike", b"vertAlign", b"&#", b"_x")


def look_into_xlsx(parts: Mapping[str, bytes]) -> Contents:
    """Go through the parts of an .xlsx package.

    Raises:
        RefusedError: It holds what is dangerous, or is built so that two readers could see two workbooks in it.
    """
    frame = frame_of(parts)
    texts = parts.get(TEXTS, b"")
    for part in filter(None, (parts.get(STYLES), texts)):
        _require_plain(part)
    if STYLES in parts:
        own_part(parts[STYLES])
    if TEXTS in parts:
        require_own_texts(texts)
    inventory = Inventory(has_leftovers=frame.has_leftovers, is_to_be_computed=frame.is_to_be_computed)
    sheets: dict[str, bytes] = {}
    is_unusual = any(sign in texts for sign in _UNUSUAL_TEXTS)
    for listed in frame.sheets:
        name = _OF_THE_FORM.get(normalise(listed.name)) if len(listed.name) <= LONGEST_LABEL else None
        if listed.kind == "chartsheet":
            inventory.add(ELSEWHERE, CHART)
            continue
        xml = parts[listed.path]
        if name in FORM_SHEETS or name == FINDINGS_SHEET:
            require_plain_xml(xml)
            may_call = looks_unusual(xml)
            is_unusual |= may_call
        else:
            _require_plain(xml)
            may_call = True
        if may_call and calls_out(xml):
            raise refuse_active("a formula that calls another program")
        take_stock_of_sheet(parts, frame, name, listed, inventory, looks_unusual=may_call)
        if name in FORM_SHEETS:
            sheets.setdefault(name, xml)
    take_stock_of_package(parts, frame, inventory)
    return inventory.closed(sheets, looks_unusual=is_unusual)


@remembered
def _require_plain(xml: bytes) -> None:
    """Do the same for a part that most workbooks have alike, and remember it."""
    require_plain_xml(xml)
