"""The XML of an .xlsx workbook's sheets: error values, missing results, and what is not what it looks like.

The reader gives error values and formulas without a stored result as blanks, a percentage as a plain number, and
"12" with a raised "3" behind it as 123. This is slow beside the reader, so it is taken only for a reason.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree as ET

from flows.steps.second_look.markup import decimal, local, parse, whole
from flows.steps.second_look.xlsx_styles import NO, NO_EFFECT, Effect, Styles, look_of, may_hide
from schemas.cells import Hidden
from schemas.colors import WHITE
from schemas.sheets import (
    LEAST_HEIGHT,
    LEAST_WIDTH,
    Concealed,
    LookedAgain,
    Place,
    TwoReadingsError,
    inside,
    looks_like_a_count,
)
from schemas.workbook import position

_NUMBER = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*", re.ASCII)
_ESCAPED = re.compile(r"_x(?!00[01]|005F)[0-9A-F]{4}_", re.IGNORECASE)
"""A letter by its number, for which some programs show the letter, and some the number."""
_LAST_COLUMN = 702
_NO_COLUMN = ET.Element("col")


def look_again(sheet: bytes, styles: Styles, texts: bytes, *, is_to_be_computed: bool = False) -> LookedAgain:
    """Look at one sheet.

    Args:
        sheet: Its XML.
        styles: Those of its workbook.
        texts: The XML of its workbook's shared texts; empty where it has none.
        is_to_be_computed: Whether what is stored with a formula may not be its result.

    Raises:
        UnreadableWorkbookError: The XML is damaged.
        TwoReadingsError: Two programs could read it differently.
    """
    root = parse(sheet)
    main = root.tag.partition("}")[0] + "}"
    lines, shared = _Lines(root, main), _shared(texts) if texts else ()
    hidden: dict[Place, Hidden] = {}
    numbers: dict[Place, float] = {}
    said: dict[Place, str] = {}
    for place, cell in _cells(root, main):
        effect, kind, (text, of_runs) = lines.effect(place, cell, styles), cell.get("t", "n"), _value(cell, shared)
        if found := _missing(cell, is_to_be_computed=is_to_be_computed):
            hidden[place] = found
        elif not text:
            continue
        elif kind not in ("n", "d"):
            said[place] = text
            if found := lines.too_narrow(place, text) or _on_text(text, effect) or _on_text(text, of_runs):
                hidden[place] = found
        elif effect.number:
            hidden[place] = effect.number
        elif kind == "n":
            numbers[place] = _number(text)
    hidden |= _under_conditions(root, styles, numbers, said)
    return LookedAgain(hidden, numbers, said, _concealed(root, main))


def _on_text(text: str, effect: Effect) -> Hidden | None:
    return effect.text or (effect.count if looks_like_a_count(text) else None)


class _Lines:
    """The rows and columns of a sheet, as far as they say how their cells look."""

    def __init__(self, root: ET.Element, main: str) -> None:
        self._rows = dict(_rows(root, main))
        self._columns = {
            nth: column
            for column in root.iter(f"{main}col")
            for nth in range(
                max(whole(column.get("min", "0")), 1), min(whole(column.get("max", "0")), _LAST_COLUMN) + 1
            )
        }

    def effect(self, place: Place, cell: ET.Element, styles: Styles) -> Effect:
        """Return what its style does to a cell. One without a style has, as some read it, its row's or its column's."""
        if "s" in cell.attrib:
            return styles.hides.get(whole(cell.get("s", "")), NO_EFFECT)
        lines = (self._rows[place[0]].get("s", "0"), self._column(place).get("style", "0"))
        effects = [styles.hides[nth] for nth in (0, *map(whole, lines)) if nth in styles.hides]
        return next(iter(effects), NO_EFFECT)

    def too_narrow(self, place: Place, text: str) -> Hidden | None:
        """Tell whether a text that looks like a count has more digits than its column has room for."""
        width = self._column(place).get("width")
        is_cut = width is not None and sum(map(str.isdigit, text)) > decimal(width)
        return Hidden.SHOWN_OTHERWISE if is_cut and looks_like_a_count(text) else None

    def _column(self, place: Place) -> ET.Element:
        return self._columns.get(place[1], _NO_COLUMN)


def _under_conditions(
    root: ET.Element, styles: Styles, numbers: Iterable[Place], said: Mapping[Place, str]
) -> dict[Place, Hidden]:
    hidden: dict[Place, Hidden] = {}
    for cells, effect in _conditional(root, styles):
        if effect.number:
            hidden |= dict.fromkeys(inside(cells, numbers), effect.number)
        hidden |= {place: found for place in inside(cells, said) if (found := _on_text(said[place], effect))}
    return hidden


def _conditional(root: ET.Element, styles: Styles) -> Iterator[tuple[str, Effect]]:
    """Yield the ranges in which a condition may hide a value, in the words of Excel 2007 and of later ones."""
    for formatting in (element for element in root.iter() if local(element.tag) == "conditionalFormatting"):
        later = (part.text or "" for part in formatting.iter() if local(part.tag) == "sqref")
        ranges = " ".join((formatting.get("sqref", ""), *later)).split()
        for effect in (_of_condition(part, styles) for part in formatting.iter()):
            if effect != NO_EFFECT:
                yield from ((cells, effect) for cells in ranges)


def _of_condition(part: ET.Element, styles: Styles) -> Effect:
    if part.get("showValue", "1").lower() in NO:
        return Effect(number=Hidden.SHOWN_OTHERWISE)
    if local(part.tag) == "dxf":
        return may_hide(part)
    return styles.may_hide.get(whole(part.get("dxfId", "-1")), NO_EFFECT)


def _cells(root: ET.Element, main: str) -> Iterator[tuple[Place, ET.Element]]:
    """Yield every cell once, and refuse a sheet with a cell that another reader could pass over or take for another."""
    seen: set[Place] = set()
    for number, row in _rows(root, main):
        column = 0
        for cell in row.iter(f"{main}c"):
            place = position(cell.get("r", "")) if "r" in cell.attrib else (number, column + 1)
            if place in seen or place[0] != number:
                raise TwoReadingsError
            seen.add(place)
            column = place[1]
            yield place, cell


def _rows(root: ET.Element, main: str) -> Iterator[tuple[int, ET.Element]]:
    number = 0
    for row in root.iter(f"{main}row"):
        number = whole(row.get("r", str(number + 1)))
        yield number, row


def _missing(cell: ET.Element, *, is_to_be_computed: bool) -> Hidden | None:
    """Tell whether a cell holds an error value, or a formula whose result is missing."""
    if cell.get("t") == "e":
        return Hidden.ERROR_VALUE
    children = {local(child.tag): child for child in cell}
    has_result = cell.get("t") == "str" or ("v" in children and bool(children["v"].text))
    return Hidden.FORMULA_WITHOUT_RESULT if "f" in children and (is_to_be_computed or not has_result) else None


class _Value(NamedTuple):
    """What a cell holds as text, and what the runs of letters in it do to it should it be a count."""

    text: str
    of_runs: Effect = NO_EFFECT


def _value(cell: ET.Element, shared: tuple[_Value, ...]) -> _Value:
    """Return what a cell holds where all programs would look for it."""
    kind = cell.get("t", "n")
    values = [part for part in cell if local(part.tag) in ("v", "is")]
    if len(values) > 1 or any((local(part.tag) == "is") != (kind == "inlineStr") for part in values):
        raise TwoReadingsError
    value = _of_text(values[0]) if values else _Value("")
    if kind == "s" and values:
        at = whole(value.text)
        value = shared[at] if 0 <= at < len(shared) else _Value("")
    if _ESCAPED.search(value.text):
        raise TwoReadingsError
    return value


@lru_cache(maxsize=64)
def _shared(texts: bytes) -> tuple[_Value, ...]:
    return tuple(_of_text(text) for text in parse(texts) if local(text.tag) == "si")


def _of_text(text: ET.Element) -> _Value:
    """Return a text without what is said of how it sounds."""
    runs = [run for run in text if local(run.tag) in ("r", "t")]
    looks = (look_of(look, [WHITE]) for run in runs for look in run if local(look.tag) == "rPr")
    said = (text.text or "") + "".join("".join(run.itertext()) for run in runs)
    return _Value(said, Effect(count=next(filter(None, looks), None)))


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise TwoReadingsError
    return float(text)


def _concealed(root: ET.Element, main: str) -> Concealed:
    usual = next(root.iter(f"{main}sheetFormatPr"), root)
    width, height = usual.get("defaultColWidth", "8"), usual.get("defaultRowHeight", "15")
    columns = [col for col in root.iter(f"{main}col") if _is_out_of_sight(col, col.get("width", width), LEAST_WIDTH)]
    rows = (number for number, row in _rows(root, main) if _is_out_of_sight(row, row.get("ht", height), LEAST_HEIGHT))
    return Concealed(
        rows=tuple(rows),
        columns=tuple((whole(col.get("min", "0")), whole(col.get("max", "0"))) for col in columns),
        merged=tuple(merge.get("ref", "") for merge in root.iter(f"{main}mergeCell")),
    )


def _is_out_of_sight(line: ET.Element, size: str, least: int) -> bool:
    """Tell whether a row or column is hidden, or too small to be seen."""
    return line.get("hidden", "0").strip().lower() not in NO or decimal(size) < least
