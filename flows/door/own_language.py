"""The language of a part: each element stands in the part's own, and where it may stand but once, it stands once.

Readers that go by an element's bare name, and readers that go by its namespace, otherwise see two workbooks in one.
What other languages add stands in `extLst`, or in the few remarks that Excel writes; there it may bear no name that a
reader looks for. Attributes of other languages are usual, and nobody reads them.
"""

import re
from collections.abc import Collection
from xml.etree import ElementTree as ET

from flows.door.contents import RefusedError
from flows.steps.second_look.markup import local
from schemas.remembered import remembered

OF_WORKBOOKS = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
OF_RELATIONS = ("http://schemas.openxmlformats.org/package/2006/relationships",)
OF_TYPES = ("http://schemas.openxmlformats.org/package/2006/content-types",)

_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_REVISION = "{http://schemas.microsoft.com/office/spreadsheetml/2014/revision}revisionPtr"
_HOLD_CHOICES = ("workbook", "worksheet", "dataValidation", "controls")
_OF_CHOICES = {"controls", "control", "controlPr", "anchor", "from", "to", "formula1", "formula2"}
_OF_CELLS = {"sheetData", "row", "c", "is", "sst", "si", "r"}
_LOOKED_FOR = (
    {"sheets", "sheet", "sheetData", "row", "c", "si", "mergeCells", "mergeCell", "dimension", "cols", "col"}
    | {"numFmts", "cellXfs", "cellStyleXfs", "xf"}
)  # fmt: skip
_OFTEN = (
    {"si", "Relationship", "Default", "Override", "conditionalFormatting", "cols", "fileRecoveryPr", local(_CHOICE)}
)  # fmt: skip
_PLAIN_TEXTS = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml [^<>]*>\s*)?"
    rb'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rb'(?: count="\d*+")?(?: uniqueCount="\d*+")?>'
    rb'(?:<si><t(?: xml:space="preserve")?>(?:[^<&]|&(?:amp|lt|gt|quot|apos);)*+</t></si>)*+</sst>\s*'
)
"""Shared texts as most programs write them, without runs of letters."""


def require_own_language(xml: bytes, languages: Collection[str] = OF_WORKBOOKS) -> ET.Element:
    """Return the root of a part that stands in its own language.

    Raises:
        RefusedError: It is damaged, or stands in another language, wholly or in part.
    """
    try:
        root = ET.fromstring(xml)
    except (ET.ParseError, ValueError, LookupError):
        raise RefusedError("file_is_readable") from None
    main = root.tag.partition("}")[0] + "}"
    if main[1:-1] not in languages:
        raise _refused("one of its parts is in a foreign language")
    _require_own(root, main)
    once = [child.tag for child in root if local(child.tag) not in _OFTEN]
    if len(once) != len(set(once)):
        raise _refused("one of its parts says twice what is said once")
    return root


own_part = remembered(require_own_language)
"""The same for a part that most workbooks have alike: judged once, and remembered."""


@remembered
def require_own_texts(xml: bytes) -> None:
    """Do the same for the shared texts, each of which must be one text, or runs of letters.

    Raises:
        RefusedError: They are not.
    """
    if _PLAIN_TEXTS.fullmatch(xml):
        return
    for text in require_own_language(xml):
        kinds = [local(part.tag) for part in text]
        if kinds.count("t") > (0 if "r" in kinds else 1):
            raise _refused("one of its texts stands there twice")


def _require_own(root: ET.Element, main: str) -> None:
    aside: set[ET.Element] = set()
    for holder in root.iter():
        if holder in aside:
            continue
        for part in holder:
            if _stands_aside(part, local(holder.tag), main):
                aside.update(part.iter())
            elif not part.tag.startswith(main) or part.tag == f"{main}extLst":
                raise _refused("one of its parts holds something in a foreign language")


def _stands_aside(part: ET.Element, holder: str, main: str) -> bool:
    """Tell whether a part holds, where it may stand, what other languages add, and nothing that a reader looks for."""
    is_choice = part.tag in (_CHOICE, _REVISION) and holder in _HOLD_CHOICES
    if not is_choice and (part.tag != f"{main}extLst" or holder in _OF_CELLS):
        return False
    own = {local(inner.tag) for inner in part.iter() if inner.tag.startswith(main)}
    names = {local(inner.tag) for inner in part.iter()}
    return names.isdisjoint(_LOOKED_FOR) and (not is_choice or own <= _OF_CHOICES)


def _refused(found: str) -> RefusedError:
    return RefusedError("file_is_built_plainly", found)
