"""Plain XML: parts that every reader reads alike, without document types, comments or other encodings than UTF-8."""

import re

from flows.door.contents import RefusedError

_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
_PLAIN_ENCODINGS = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_BOM = b"\xef\xbb\xbf"


def require_plain_xml(xml: bytes) -> None:
    """Refuse a part that two readers could read differently, or that could make one of them expand it without end.

    Raises:
        RefusedError: It is such a part.
    """
    if b"\0" in xml or xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusedError("file_is_built_plainly", "one of its parts is not in UTF-8")
    # Looking for one byte that is seldom there is many times faster than for two of which one is everywhere.
    if b"!" in xml and b"<!" in xml:
        if re.search(rb"<!(?!--|\[CDATA)", xml):
            raise RefusedError("file_declares_no_entities")
        raise RefusedError("file_is_built_plainly", "one of its parts holds comments or raw sections")
    declared = _ENCODING.match(xml.removeprefix(_BOM))
    if declared and declared[1].lower() not in _PLAIN_ENCODINGS:
        raise RefusedError("file_is_built_plainly", "one of its parts is not in UTF-8")
    body = xml.find(b"?>") + 2 if xml.startswith((b"<?xml", _BOM + b"<?xml")) else 0
    if xml.find(b"?", body) >= 0 and xml.find(b"<?", body) >= 0:
        raise RefusedError("file_is_built_plainly", "one of its parts holds instructions for programs")
