"""What is said around a sheet's cells, where somebody may have typed: headers, footers, and messages beside cells."""

import html
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from flows.door.contents import AROUND, IN_A_FOOTER, IN_A_MESSAGE, as_texts
from flows.steps.second_look.markup import attribute, local
from schemas.remembered import remembered

Typed = tuple[tuple[str, bytes], ...]
"""Places in which somebody may have typed, and the texts that stand there as XML holds them."""

_FOOTERS = re.compile(r"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)(?:\s[^>]*)?>([^<]+)<")
_REGION = re.compile(r"&[LCR]")
_NUMBER_OF_PAGES = re.compile(r"&[PN]")
_CODE = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&K\d\d[+-]\d{3}|&\d+|&[A-Z]')
_MESSAGE = re.compile(
    r"\s(?:prompt|promptTitle|error|errorTitle|tooltip|display|comment|title|user|name|descr|text)\s*=\s*"
    r"""(?:"([^"]+)"|'([^']+)')"""
)
_FORMULA = re.compile(r"<(?:\w+:)?(?:f|formula\d?)(?:\s[^>]*)?>([^<]*)<")
_QUOTED = re.compile(r'"([^"]+)"')
_FIELDS = ("page-number", "page-count", "sheet-name", "date", "time", "title", "file-name")


@remembered
def said_around_xlsx(xml: bytes) -> Typed:
    """Return what stands around the rows of an .xlsx sheet, and what is said there."""
    text = xml.decode("utf-8", "replace")
    messages = (html.unescape(double or single) for double, single in _MESSAGE.findall(text))
    quoted = (said for formula in _FORMULA.findall(text) for said in _QUOTED.findall(html.unescape(formula)))
    return (
        (AROUND, xml),
        (IN_A_MESSAGE, as_texts([*messages, *quoted])),
        *said_in_footers(xml),
    )


@remembered
def said_in_footers(xml: bytes) -> Typed:
    """Return what is said in the headers and footers of an .xlsx sheet, without their codes."""
    found = _FOOTERS.findall(xml.decode("utf-8", "replace"))
    parts = (part for footer in found for part in _REGION.split(html.unescape(footer)))
    return ((IN_A_FOOTER, as_texts(_CODE.sub("", _NUMBER_OF_PAGES.sub("0", part)) for part in parts)),) if found else ()


def said_around_ods(content: ET.Element, styles: ET.Element) -> Typed:
    """Return what is said around the cells of an .ods workbook."""
    footers = (e for e in styles.iter() if local(e.tag).startswith(("header", "footer")) and "properties" not in e.tag)
    messages = (e for e in content.iter() if local(e.tag) in ("help-message", "error-message"))
    return (
        (IN_A_FOOTER, as_texts(text for footer in footers for text in map(_text, _paragraphs(footer)))),
        (
            IN_A_MESSAGE,
            as_texts(said for m in messages for said in (attribute(m, "title"), *map(_text, _paragraphs(m)))),
        ),
    )


def _paragraphs(element: ET.Element) -> Iterator[ET.Element]:
    return (part for part in element.iter() if local(part.tag) == "p")


def _text(element: ET.Element) -> str:
    """Return a paragraph's text, every field in it as 0."""
    name = local(element.tag)
    if name in _FIELDS or name == "s":
        return ("0" if name in _FIELDS else " ") + (element.tail or "")
    return f"{element.text or ''}{''.join(map(_text, element))}{element.tail or ''}"
