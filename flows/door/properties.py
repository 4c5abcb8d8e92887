"""The document's properties: who made a workbook and what they say of it, beside what every program writes there."""

import html
import re

from flows.door.contents import as_texts
from schemas.remembered import remembered

_TIMES = "created|modified|lastPrinted|creation-date|date|print-date|editing-duration"
_PROGRAMS = "Microsoft|LibreOffice|OpenOffice|Google|WPS|Apple|ONLYOFFICE"
_OF_PROGRAMS = re.compile(
    rf"<(?:\w+:)?(?:{_TIMES})(?:\s[^>]*)?>[\dTZPHMS.:+-]*</"
    r"|<(?:\w+:)?(?:AppVersion|DocSecurity|editing-cycles)>[\d.]*</|<(?:\w+:)?language>[A-Za-z-]{2,11}</"
    rf"|<(?:\w+:)?(?:Application|generator)>(?:{_PROGRAMS})[\w ./:$(){{}}-]*</"
)
"""Times and versions, which could be taken for somebody's."""
_BEGINS, _ENDS = re.compile(r"<!--|<!\[CDATA\["), re.compile(r"-->|\]\]>")
"""Of comments and raw sections, whose words are taken as any."""
_NODE = re.compile(r">([^<]*[^<\s][^<]*)<")
_NAME = re.compile(r"""\sname\s*=\s*["']([^"']*)""")
_OWN = ("true", "false", "worksheets", "named ranges", "charts", "appversion")
_OWN_RANGES = ("!print_titles", "!print_area")


@remembered
def said_in_properties(xml: bytes, names: tuple[str, ...]) -> bytes:
    """Return the texts of a part of properties, as XML holds them, without what programs write there by themselves.

    Args:
        xml: The part.
        names: Those of the sheets, which some programs list there.
    """
    text = _ENDS.sub("<", _BEGINS.sub(">", _OF_PROGRAMS.sub("<", xml.decode("utf-8", "replace"))))
    known = {*_OWN, *(name.casefold() for name in names)}
    said = map(html.unescape, (*_NODE.findall(text), *_NAME.findall(text)))
    return as_texts(
        text for text in said if text.casefold().strip() not in known and not text.casefold().endswith(_OWN_RANGES)
    )
