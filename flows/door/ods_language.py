"""The languages of an .ods workbook: every name stands in its own, under the prefix that all programs write.

Some readers go by an element's prefix, some by its namespace, and some by its bare name: here they are the same.
"""

import io
from xml.etree import ElementTree as ET

from flows.door.contents import RefusedError
from flows.steps.second_look.markup import local

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_LANGUAGES = {
    **{name: f"{_ODF}{name}:1.0" for name in ("office", "table", "text", "style", "meta", "form", "script", "chart")},
    "number": f"{_ODF}datastyle:1.0",
    "draw": f"{_ODF}drawing:1.0",
    "fo": f"{_ODF}xsl-fo-compatible:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
_NAMES = {uri: prefix for prefix, uri in _LANGUAGES.items()}
_TABLES = ("table", "table-row", "table-cell", "covered-table-cell", "table-column", "table-row-group")
_OF = {
    **dict.fromkeys((*_TABLES, "table-column-group"), ("table",)),
    **dict.fromkeys(("conditional-format", "conditional-formats"), ("calcext", "table")),
    **dict.fromkeys(("p", "span"), ("text",)),
    **dict.fromkeys(("style", "default-style", "map"), ("style",)),
    **dict.fromkeys(("number-style", "currency-style", "percentage-style", "date-style", "text-style"), ("number",)),
}
"""The elements that we look for by their bare name, and where they stand."""
_PAID_HEED = ("table", "text", "style", "number", "office")
_SAID = (
    "name",
    "family",
    "style-name",
    "default-cell-style-name",
    "data-style-name",
    "value",
    "value-type",
    "visibility",
)
_SAY_SO = (*_PAID_HEED, "calcext")
_IN_A_TEXT = ("p", "span", "a", "s", "tab", "line-break")


def require_own_languages(xml: bytes) -> ET.Element:
    """Return the root of a part whose names stand in their own languages.

    Raises:
        RefusedError: It is damaged, or they do not.
    """
    try:
        reading = ET.iterparse(io.BytesIO(xml), ("start-ns",))
        if any(_LANGUAGES.get(prefix, uri) != uri or _NAMES.get(uri, prefix) != prefix for _, (prefix, uri) in reading):
            raise RefusedError("file_is_built_plainly", "a language of its parts goes by another name")
    except (ET.ParseError, ValueError, LookupError):
        raise RefusedError("file_is_readable") from None
    root: ET.Element = reading.root  # type: ignore[attr-defined]
    for element in root.iter():
        if not _is_own(element):
            raise RefusedError("file_is_built_plainly", "one of its parts holds something in a foreign language")
    return root


def require_plain_cells(table: ET.Element) -> None:
    """Refuse a sheet with anything foreign in it, or with a cell whose text its program works out anew.

    Raises:
        RefusedError: It is such a sheet.
    """
    for line in table.iter():
        is_row = local(line.tag) == "table-row"
        for part in line if is_row else ():
            if local(part.tag) not in ("table-cell", "covered-table-cell"):
                raise RefusedError("file_is_built_plainly", "one of its rows holds something beside cells")
            texts = (text for text in part if local(text.tag) == "p")
            if any(local(inner.tag) not in _IN_A_TEXT for text in texts for inner in text.iter()):
                raise RefusedError("file_is_built_plainly", "one of its cells holds a field instead of a value")


def _is_own(element: ET.Element) -> bool:
    """Tell whether an element, and what is said of it, stand where they are looked for."""
    language = _NAMES.get(element.tag[1:].partition("}")[0], "")
    if language not in _OF.get(local(element.tag), (language,)):
        return False
    if language not in _PAID_HEED:
        return True
    if any(local(key) in _SAID and _NAMES.get(key[1:].partition("}")[0]) not in _SAY_SO for key in element.attrib):
        return False
    names = [
        local(key)
        for key in element.attrib
        if not key.startswith(("{http://www.w3.org/XML", f"{{{_LANGUAGES['calcext']}"))
    ]
    return len(names) == len(set(names))
