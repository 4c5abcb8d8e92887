"""XML as both second looks take it: without the names of its languages, and refused where it is damaged."""

from xml.etree import ElementTree as ET

from schemas.sheets import UnreadableWorkbookError


def parse(xml: bytes) -> ET.Element:
    """Return the root of a part.

    Raises:
        UnreadableWorkbookError: It is damaged.
    """
    try:
        return ET.fromstring(xml)
    except (ET.ParseError, ValueError, LookupError) as error:
        raise UnreadableWorkbookError from error


def whole(text: str) -> int:
    """Return a number that a part names something by, or counts something with.

    Raises:
        UnreadableWorkbookError: It is none.
    """
    try:
        return int(text)
    except ValueError as error:
        raise UnreadableWorkbookError from error


def decimal(text: str) -> float:
    """Return a size or a value.

    Raises:
        UnreadableWorkbookError: It is no number.
    """
    try:
        return float(text)
    except ValueError as error:
        raise UnreadableWorkbookError from error


def attribute(element: ET.Element, name: str) -> str:
    """Return an attribute by its local name; empty where there is none."""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def local(tag: str) -> str:
    """Return a tag without its namespace."""
    return tag.rpartition("}")[2]
