"""The styles of an .ods workbook: what each does to the numbers, rows and columns that bear it, as it inherits it.

A workbook keeps styles in two parts; those of its content go before those of the same name beside it.
"""

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from flows.steps.second_look.markup import attribute, local
from schemas.colors import BLACK, LEAST_SIZE, WHITE, is_seen
from schemas.number_formats import is_plain_word
from schemas.sheets import LEAST_HEIGHT, LEAST_WIDTH, TwoReadingsError

CELL, ROW, COLUMN = "table-cell", "table-row", "table-column"
_DEFAULT = "Default"
_NUMBERS = ("number-style", "currency-style")
_OTHERWISE = ("percentage-style", "date-style", "time-style", "boolean-style")
_LENGTH = re.compile(r"\s*(\d*\.?\d+)\s*([a-z]*)", re.ASCII)
_POINTS_OF_A_CHARACTER = 5
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "pc": 12.0, "px": 0.75}

Key = tuple[str, str]
"""Family and name of a style."""


class Styles:
    """The styles of a workbook, by family and name.

    Attributes:
        disguised: The names of those of cells that show another number than the cell holds, or none, or may under a
            condition.
        marked: Those that strike out, raise or lower.
        small: Those of rows and columns that are too small to be seen.
    """

    def __init__(self, *parts: ET.Element) -> None:
        own: dict[Key, ET.Element] = {}
        self._formats: dict[str, ET.Element] = {}
        for part in parts:
            _require_once(part)
        for element in (element for part in parts for element in part.iter()):
            match local(element.tag):
                case "style":
                    own[attribute(element, "family"), attribute(element, "name")] = element
                case "default-style":
                    own[attribute(element, "family"), ""] = element
                case kind if kind in (*_NUMBERS, *_OTHERWISE):
                    self._formats[attribute(element, "name")] = element
        looks = {key: dict(_look(key, own)) for key in own}
        disguised = {
            key
            for key, look in looks.items()
            if self._is_disguise(look.get("data-style-name", "")) or (key[0] == CELL and _is_unseen(look))
        }
        by_condition = {key for key, style in own.items() if any((key[0], t) in disguised for _, t in _maps(style))}
        cells = [style for key, style in own.items() if key in disguised | by_condition and key[0] == CELL]
        self.disguised = {attribute(style, name) for style in cells for name in ("name", "display-name")} - {""}
        self.marked = {key for key, look in looks.items() if _is_mark(look)}
        self.small = {key for key, look in looks.items() if _is_small(look)}

    def of_cell(self, *names: str) -> str:
        """Return the name of a cell's style: the first given of its own, its row's and its column's."""
        return next(filter(None, names), _DEFAULT)

    def _is_disguise(self, name: str) -> bool:
        """Tell whether a number format shows a whole number from 0 as another one, under whichever condition."""
        if (style := self._formats.get(name)) is None:
            return False
        cases = dict(_maps(style))
        of_counts = [self._formats[t] for c, t in cases.items() if c != "value()<0" and t in self._formats]
        if any(map(_shows_another, of_counts)):
            return True
        return "value()>=0" not in cases and _shows_another(style, of_zero="value()>0" in cases)


def _require_once(part: ET.Element) -> None:
    """Refuse styles of which two have one name: some readers take the first, others the last."""
    for styles in part.iter():
        keys = [(attribute(e, "family"), attribute(e, "name")) for e in styles if local(e.tag) == "style"]
        if len(keys) != len(set(keys)):
            raise TwoReadingsError


def _look(key: Key, own: Mapping[Key, ET.Element]) -> Iterator[tuple[str, str]]:
    """Yield the attributes of a style, what it inherits first."""
    family, name = key
    line: list[ET.Element] = []
    while (style := own.get((family, name))) is not None and style not in line:
        line.append(style)
        name = attribute(style, "parent-style-name")
    for style in reversed(line):
        for part in (style, *(part for part in style if part.tag.endswith("-properties"))):
            letters = part.tag.endswith("text-properties")
            for name, value in part.attrib.items():
                yield (f"letters-{local(name)}" if letters and "background" in name else local(name)), value


def _maps(style: ET.Element) -> Iterator[tuple[str, str]]:
    """Yield the conditions of a style, and the style that each one puts in its place."""
    for part in style:
        if local(part.tag) == "map":
            yield attribute(part, "condition").replace(" ", ""), attribute(part, "apply-style-name")


def _is_mark(look: Mapping[str, str]) -> bool:
    through = look.get("text-line-through-style") or look.get("text-line-through-type", "")
    return through not in ("", "none") or look.get("text-position", "").split(" ")[0] not in ("", "0%")


def _is_unseen(look: Mapping[str, str]) -> bool:
    """Tell whether letters are too small to be seen, or have the color of what they stand on."""
    size = _LENGTH.fullmatch(look.get("font-size", ""))
    ink, paper = (look.get(name, usual) for name, usual in (("color", BLACK), ("background-color", WHITE)))
    is_small = size is not None and float(size[1]) * _POINTS.get(size[2], 1.0) < LEAST_SIZE
    return is_small or not is_seen(ink.lstrip("#"), WHITE if paper == "transparent" else paper.lstrip("#"))


def _is_small(look: Mapping[str, str]) -> bool:
    """Tell whether a row or a column is too low or too narrow to be seen."""
    height = look.get("row-height")
    size = _LENGTH.match(height or look.get("column-width", ""))
    least = LEAST_HEIGHT if height else LEAST_WIDTH * _POINTS_OF_A_CHARACTER
    return size is not None and float(size[1]) * _POINTS.get(size[2], 1.0) < least


def _shows_another(style: ET.Element, *, of_zero: bool = False) -> bool:
    """Tell whether a format divides a number, leaves it out, shows a share or a day, or writes more than words."""
    if local(style.tag) in _OTHERWISE:
        return True
    numbers = [part for part in style.iter() if local(part.tag) in ("number", "scientific-number", "fraction")]
    words = [part.text or "" for part in style.iter() if local(part.tag) in ("text", "embedded-text")]
    if of_zero:
        return not all(word in ("0", "-") or is_plain_word(word) for word in words)
    divides = any(attribute(part, "display-factor") not in ("", "1") for part in numbers)
    return divides or not numbers or not all(map(is_plain_word, words))
