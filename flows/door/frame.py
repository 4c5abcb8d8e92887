"""The frame of an .xlsx package: its workbook, relations and content types. Most workbooks of an operation share one.

So a frame is judged once and remembered. What differs from workbook to workbook, its sheets, is looked at elsewhere.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from flows.door.contents import RefusedError, as_texts, refuse_active
from flows.door.own_language import OF_TYPES, own_part
from flows.door.plain_xml import require_plain_xml
from flows.door.relations import Relation, refuse_active_parts, relations_of
from flows.door.sheet_xml import calls_out

TYPES, WORKBOOK = "[Content_Types].xml", "xl/workbook.xml"
STYLES, TEXTS = "xl/styles.xml", "xl/sharedStrings.xml"
_FIXED = {path.lower(): path for path in (WORKBOOK, STYLES, TEXTS)}
_IDS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_KEPT = """
    officedocument core-properties extended-properties custom-properties worksheet theme styles sharedstrings calcchain
    hyperlink
"""
"""The relations of parts that hold nothing beside the form, or whose texts are known."""
_OF_A_WORKBOOK = frozenset(
    b"""workbook fileVersion workbookPr workbookProtection bookViews workbookView sheets sheet definedNames definedName
    calcPr extCalcPr fileRecoveryPr externalReferences externalReference pivotCaches pivotCache extLst ext""".split()
)
_ELEMENT = re.compile(rb"<(?:\w+:)?(\w+)")
_TO_COMPUTE = re.compile(
    rb"""<(?:\w+:)?calcPr\s[^>]*\b(?:fullCalcOnLoad\s*=\s*["'](?:1|true)|calcCompleted\s*=\s*["'](?:0|false))["']"""
)
_NAMED_RANGE = re.compile(rb"""<(?:\w+:)?definedName\s(?![^>]*\bname\s*=\s*["']_xlnm\.)""")


class _Listed(NamedTuple):
    name: str
    is_hidden: bool
    id: str


class FramedSheet(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    is_hidden: bool
    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame that holds.

    Attributes:
        sheets: The sheets listed.
        names: What sheets and ranges are called, as XML holds texts, and what else is said of the ranges.
        relations: What hangs on each part.
        has_leftovers: Whether there are parts of no use.
        is_to_be_computed: Whether its program has not computed its formulas: another one will when it opens it.
    """

    sheets: tuple[FramedSheet, ...]
    names: bytes
    relations: Mapping[str, tuple[Relation, ...]]
    has_leftovers: bool
    is_to_be_computed: bool


def frame_of(parts: Mapping[str, bytes]) -> Frame:
    """Return the frame of a package.

    Raises:
        RefusedError: It holds what is dangerous, or is built so that two readers could see two workbooks in it.
    """
    return _frame(tuple(parts), tuple(part if _is_of_frame(name) else b"" for name, part in parts.items()))


def _is_of_frame(name: str) -> bool:
    return name.endswith(".rels") or name in (TYPES, WORKBOOK)


@lru_cache(maxsize=64)
def _frame(names: tuple[str, ...], contents: tuple[bytes, ...]) -> Frame:
    parts = dict(zip(names, contents, strict=True))
    for part in filter(None, contents):
        require_plain_xml(part)
    refuse_active_parts(parts)
    own_part(parts.get(TYPES, b""), OF_TYPES)
    _require_usual_paths(parts)
    sheets = tuple(FramedSheet(s.name, s.is_hidden, relation.kind, relation.target) for s, relation in _sheets(parts))
    relations = {name: found for name in parts if (found := relations_of(parts, name))}
    return Frame(
        sheets,
        _names(parts[WORKBOOK]),
        relations,
        _has_leftovers(parts, sheets),
        bool(_TO_COMPUTE.search(parts[WORKBOOK])),
    )


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


def _listed(workbook: bytes) -> tuple[_Listed, ...]:
    if calls_out(workbook):
        raise refuse_active("a name that calls another program")
    listed = []
    for element in own_part(workbook).iter():
        if element.tag.endswith("}sheet"):
            ids = [value for key, value in element.attrib.items() if key in _IDS]
            if sum(key.endswith("}id") for key in element.attrib) != len(ids):
                raise RefusedError("file_is_built_plainly", "a sheet is found under a foreign name")
            state = element.get("state", "visible").lower()
            listed.append(_Listed(element.get("name", ""), state != "visible", ids[0] if ids else ""))
    return tuple(listed)


def _names(workbook: bytes) -> bytes:
    said: list[str] = []
    for element in own_part(workbook).iter():
        if element.tag.endswith(("}sheet", "}definedName")):
            said += (*element.attrib.values(), element.text or "")
    return as_texts(said)


def _has_leftovers(parts: Mapping[str, bytes], sheets: Iterable[FramedSheet]) -> bool:
    """Tell whether there are parts, or things said of the workbook, that no form needs."""
    workbook = parts[WORKBOOK]
    if not _OF_A_WORKBOOK.issuperset(_ELEMENT.findall(workbook)) or _NAMED_RANGE.search(workbook):
        return True
    known, listed = {TYPES}, {sheet.path for sheet in sheets}
    for name in parts:
        if name.endswith(".rels"):
            known.add(name)
            relations = relations_of(parts, name.replace("_rels/", "", 1).removesuffix(".rels"))
            if any(
                r.kind not in _KEPT.split() or (r.kind == "worksheet" and r.target not in listed) for r in relations
            ):
                return True
            known.update(relation.target for relation in relations)
    return not known.issuperset(parts)
