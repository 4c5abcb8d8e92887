"""Relations: which part of an .xlsx package is what to which other part. Types decide, names do not."""

import posixpath
from collections.abc import Mapping
from typing import NamedTuple

from flows.door.contents import RefusedError, refuse_active
from flows.door.own_language import OF_RELATIONS, own_part
from schemas.remembered import remembered

_MACROS = ("vbaproject", "xlmacrosheet", "xlintlmacrosheet", "attachedtoolbars", "dialogsheet")
_ACTIVE = {
    "control": "an ActiveX control",
    "activexcontrolbinary": "an ActiveX control",
    "oleobject": "an embedded object",
    "package": "an embedded object",
    "connections": "a data connection",
    "querytable": "a data connection",
    "webextension": "an add-in",
    "webextensiontaskpanes": "an add-in",
    "externallinkpathmissing": "an external link without a target",
    "customui": "an add-in",
    "extensibility": "an add-in",
}
_ACTIVE_TYPES = (
    (b"activex", "an ActiveX control"),
    (b"oleobject", "an embedded object"),
    (b"connections+xml", "a data connection"),
    (b"querytable+xml", "a data connection"),
    (b"webextension", "an add-in"),
)
_MACRO_TYPES = (b"macroenabled", b"vbaproject", b"macrosheet", b"dialogsheet")
_ACTIVE_FOLDERS = (
    ("xl/embeddings/", "an embedded object"),
    ("xl/activex/", "an ActiveX control"),
    ("xl/querytables/", "a data connection"),
    ("xl/connections.xml", "a data connection"),
    ("xl/webextensions/", "an add-in"),
)


class Relation(NamedTuple):
    """What one part is to another: the last word of the relation's type, and the part or address it leads to."""

    id: str
    kind: str
    target: str
    is_external: bool


def relations_of(parts: Mapping[str, bytes], part: str) -> tuple[Relation, ...]:
    """Return the relations of a part; of the whole package where it is the empty string.

    Raises:
        RefusedError: They cannot be read, or in two ways.
    """
    folder, name = posixpath.split(part)
    xml = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    return _relations(xml, folder) if xml else ()


@remembered
def _relations(xml: bytes, folder: str) -> tuple[Relation, ...]:
    found = []
    for item in own_part(xml, OF_RELATIONS):
        is_external = item.get("TargetMode", "").lower() == "external"
        target = item.get("Target", "")
        if not is_external:
            target = posixpath.normpath(posixpath.join("/", folder, target))[1:]
        found.append(Relation(item.get("Id", ""), item.get("Type", "").rpartition("/")[2].lower(), target, is_external))
    if len({relation.id for relation in found}) != len(found):
        raise RefusedError("file_is_built_plainly", "two of its parts are found under the same name")
    return tuple(found)


def refuse_active_parts(parts: Mapping[str, bytes]) -> None:
    """Refuse a package that holds macros, controls, embedded objects or data connections, whatever they are called.

    Raises:
        RefusedError: It does.
    """
    _refuse_types(parts.get("[Content_Types].xml", b""))
    for name in parts:
        low = name.lower()
        if (low.endswith(".bin") and "vba" in low) or low.startswith(("xl/macrosheets/", "xl/dialogsheets/")):
            raise RefusedError("file_has_no_macros", "macros")
        for folder, what in _ACTIVE_FOLDERS:
            if low.startswith(folder):
                raise refuse_active(what)
        if low.endswith(".rels"):
            _refuse_relations(parts[name])


@remembered
def _refuse_types(content_types: bytes) -> None:
    low = content_types.lower()
    if any(kind in low for kind in _MACRO_TYPES):
        raise RefusedError("file_has_no_macros", "macros")
    for kind, what in _ACTIVE_TYPES:
        if kind in low:
            raise refuse_active(what)


@remembered
def _refuse_relations(xml: bytes) -> None:
    for relation in _relations(xml, ""):
        if relation.kind in _MACROS:
            raise RefusedError("file_has_no_macros", "macros")
        if what := _ACTIVE.get(relation.kind):
            raise refuse_active(what)
