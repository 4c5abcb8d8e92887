"""Contents: what a workbook's parts hold beside the form, by kind and place, and what of it is refused outright.

What belongs here: the words for both, whichever format the workbook is in. What does not: how a format says it.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from schemas.parsed import Beside
from schemas.remarks import Remark

ELSEWHERE = ""
"""The place of what lies on no sheet of the form."""

HIDDEN_SHEET, OTHER_SHEET = "hidden sheet", "other sheet"
NOTE, IMAGE, CHART, DRAWING, LINK = "note", "image", "chart", "drawing", "external link"
PIVOT, CONTROL, FOOTER = "pivot table", "form control", "header or footer"

IN_A_NAME, IN_A_FOOTER, IN_A_MESSAGE = "in the name of a sheet or range", "in a header or footer", "in an input message"
AMONG_STYLES, IN_THE_PROPERTIES = "among the styles", "in the document's properties"
AROUND, IN_A_PART = "around the cells of a sheet", "in a part of the file that holds no cells"
"""Places in which somebody may have typed."""

_TEXT = re.compile(">([^<]+)<")


class RefusedError(Exception):
    """The workbook is not read; `remark` says why."""

    def __init__(self, code: str, found: str = "") -> None:
        super().__init__(code)
        self.remark = Remark(code, found)


def as_texts(texts: Iterable[str]) -> bytes:
    """Return texts as they would stand in XML."""
    return "".join(f">{escape(text)}<" for text in texts).encode()


def texts_in(xml: bytes) -> list[str]:
    """Return the texts that `as_texts` wrote."""
    return [html.unescape(text) for text in _TEXT.findall(xml.decode())]


def refuse_active(found: str) -> RefusedError:
    """Return the refusal of a workbook that could do something when it is opened."""
    return RefusedError("file_has_no_active_content", found)


@dataclass(frozen=True, slots=True)
class Contents:
    """What the parts of a workbook are.

    Attributes:
        sheets: The XML of the form's sheets that are read, by the form's name; none for a workbook in one piece.
        typed: Places and XML, beside the form's sheets, in which somebody may have typed.
        beside: What lies beside the form.
        hidden: The form's sheets that are hidden.
        has_leftovers: Whether there is anything else that the form does not bring along, such as an author's name.
        looks_unusual: Whether a cell may be otherwise than the reader gives it.
        is_to_be_computed: Whether what is stored with a formula may not be its result.
    """

    sheets: Mapping[str, bytes]
    typed: tuple[tuple[str, bytes], ...]
    beside: tuple[Beside, ...] = ()
    hidden: tuple[str, ...] = ()
    has_leftovers: bool = False
    looks_unusual: bool = False
    is_to_be_computed: bool = False


@dataclass(slots=True)
class Inventory:
    """Counts what lies beside the form while a workbook is gone through."""

    beside: Counter[tuple[str, str]] = field(default_factory=Counter)
    typed: list[tuple[str, bytes]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    has_leftovers: bool = False
    is_to_be_computed: bool = False

    def add(self, place: str, kind: str, number: int = 1) -> None:
        """Count something beside the form."""
        if number:
            self.beside[place, kind] += number

    def closed(self, sheets: Mapping[str, bytes], *, looks_unusual: bool) -> Contents:
        """Return the contents."""
        beside = tuple((place, kind, number) for (place, kind), number in sorted(self.beside.items()))
        return Contents(
            sheets,
            tuple(self.typed),
            beside,
            tuple(self.hidden),
            self.has_leftovers,
            looks_unusual,
            self.is_to_be_computed,
        )
