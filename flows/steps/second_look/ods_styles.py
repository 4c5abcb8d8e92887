"""The styles of an .ods workbook: what each does to the numbers, rows and columns that bear it, as it inherits it.

A workbook keeps styles in two parts; those of its content go before those of the same name beside it.
"""

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from flows.steps.second_look.markup import attribute, local
from schemas.colors import BLACK, LEAST_SIZE, WHITE, is_seen
from schemas.number_formats import is_plain_word, may_stand_for_zero
from schemas.sheets import LEAST_HEIGHT, LEAST_WIDTH, TwoReadingsError

CELL, ROW, COLUMN = "table-cell", "table-row", "table-column"
_DEFAULT = "Default"
NUMBER, DAY, TEXT = "float", "date", "string"
"""What a cell may hold, as far as formats show it differently."""
_DATA_STYLES = tuple(
    f"{kind}-style" for kind in ("number", "currency", "percentage", "date", "time", "boolean", "text")
)
_WORDS = ("text", "embedded-text", "currency-symbol", "fill-character")
_COVERING = ("value()>0", "value()>=0", "value()<=1.7976931348623157E+308")
_OF_DAYS = ("day", "month", "year", "day-of-week", "hours", "minutes", "seconds", "am-pm")
_LENGTH = re.compile(r"\s*(\d*\.?\d+)\s*([a-z]*)", re.ASCII)
_POINTS_OF_A_CHARACTER = 5
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "pc": 12.0, "px": 0.75}

Key = tuple[str, str]
"""Family and name of a style."""


class Styles:
    """The styles of a workbook, by family and name.

    Attributes:
        disguised: By what a cell may hold, the names of those of cells that show something else, or nothing, or may
            under a condition.
        unseen: Those whose letters cannot be seen, or are repeated.
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
                case kind if kind in _DATA_STYLES:
                    self._formats[attribute(element, "name")] = element
        looks = {key: dict(_look(key, own)) for key in own}
        self.unseen = _with_maps({key for key, look in looks.items() if _is_unseen(look)}, own)
        self.disguised: dict[str, set[str]] = {}
        for kind in (NUMBER, DAY, TEXT):
            keys = {key for key, look in looks.items() if self._is_disguise(kind, look.get("data-style-name", ""))}
            keys = _with_maps(keys, own) | (self.unseen if kind == NUMBER else set())
            cells = [own[key] for key in keys if key[0] == CELL]
            self.disguised[kind] = {attribute(style, name) for style in cells for name in ("name", "display-name")}
            self.disguised[kind] -= {""}
        self.marked = {key for key, look in looks.items() if _is_mark(look)}
        self.small = {key for key, look in looks.items() if _is_small(look)}

    def of_cell(self, *names: str) -> str:
        """Return the name of a cell's style: the first given of its own, its row's and its column's."""
        return next(filter(None, names), _DEFAULT)

    def _is_disguise(self, kind: str, name: str) -> bool:
        """Tell whether a format shows a whole number from 0, a day or a text as another one, whatever its condition."""
        if (style := self._formats.get(name)) is None:
            return False
        if kind == TEXT:
            return local(style.tag) == "text-style" and not _shows_texts(style)
        cases = {condition: self._formats[t] for condition, t in _maps(style) if t in self._formats}
        is_covered = not cases.keys().isdisjoint(_COVERING)
        if not ("value()>=0" in cases or (is_covered and local(style.tag) == "text-style")):
            cases["value()=0" if is_covered else ""] = style
        shows = _shows_days if kind == DAY else _shows_counts
        return not all(
            shows(case, condition == "value()=0") for condition, case in cases.items() if condition != "value()<0"
        )


def _with_maps(keys: set[Key], own: Mapping[Key, ET.Element]) -> set[Key]:
    """Return some styles, and those that put one of them in their place under a condition."""
    return keys | {key for key, style in own.items() if any((key[0], t) in keys for _, t in _maps(style))}


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
    is_small |= look.get("repeat-content") == "true"
    return is_small or not is_seen(ink.lstrip("#"), WHITE if paper == "transparent" else paper.lstrip("#"))


def _is_small(look: Mapping[str, str]) -> bool:
    """Tell whether a row or a column is too low or too narrow to be seen."""
    height = look.get("row-height")
    size = _LENGTH.match(height or look.get("column-width", ""))
    least = LEAST_HEIGHT if height else LEAST_WIDTH * _POINTS_OF_A_CHARACTER
    return size is not None and float(size[1]) * _POINTS.get(size[2], 1.0) < least


def _words(style: ET.Element) -> str:
    return "".join(part.text or "" for part in style.iter() if local(part.tag) in _WORDS)


def _shows_texts(style: ET.Element) -> bool:
    contents = sum(local(part.tag) == "text-content" for part in style.iter())
    return contents == 1 and not _words(style).strip()


def _shows_counts(style: ET.Element, of_zero: bool) -> bool:
    """Tell whether a format shows a whole number undivided, among plain words at most."""
    if local(style.tag) == "text-style":
        return _shows_texts(style)
    if local(style.tag) not in ("number-style", "currency-style"):
        return False
    parts = [part for part in style.iter() if local(part.tag) in ("number", "scientific-number", "fraction")]
    is_plain = all(
        local(part.tag) == "number" and attribute(part, "display-factor") in ("", "1") for part in parts
    ) and not any(local(part.tag) == "currency-symbol" for part in style)
    return is_plain and (
        may_stand_for_zero(_words(style)) if of_zero else len(parts) == 1 and is_plain_word(_words(style))
    )


def _shows_days(style: ET.Element, of_zero: bool) -> bool:
    """Tell whether a format shows the month of a day, among separators at most, or the day's plain number."""
    if local(style.tag) != "date-style":
        return _shows_counts(style, of_zero)
    parts = [local(part.tag) for part in style]
    is_listed = all(part in (*_OF_DAYS, "text", "text-properties", "map") for part in parts)
    return parts.count("month") == 1 and is_listed and not _words(style).strip("-/.,: \u00a0")
