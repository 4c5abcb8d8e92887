"""The styles of an .xlsx workbook: what each does to the numbers in its cells, always or under a condition."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree as ET

from flows.steps.second_look.markup import decimal, local, parse, whole
from schemas.cells import Hidden
from schemas.colors import BLACK, LEAST_SIZE, WHITE, is_seen, tinted
from schemas.number_formats import Shown, shown_by

_BUILTIN = {
    **dict.fromkeys((9, 10), Shown.AS_PERCENTAGE),
    **dict.fromkeys((*range(14, 23), *range(45, 48)), Shown.AS_DATE),
}
NO = ("0", "false", "none", "baseline")
"""How XML says that something is not so."""
_THEME = {"0": WHITE, "1": BLACK}
_INDEXED = {"0": BLACK, "1": WHITE, "8": BLACK, "9": WHITE, "64": BLACK, "65": WHITE}
"""The colors that programs name by a number and that are the same in every theme: of paper and of ink."""


@dataclass(frozen=True, slots=True)
class Styles:
    """What a workbook's styles, by number, do to the numbers in their cells; those that do nothing are left out.

    `hides` are those of cells, `may_hide` those that a condition puts in their place.
    """

    hides: dict[str, Hidden]
    may_hide: dict[str, Hidden]


NO_STYLES = Styles({}, {})


@lru_cache(maxsize=64)
def read_styles(xml: bytes) -> Styles:
    """Read the styles of a workbook. Most workbooks of an operation have the same, so they are remembered.

    Raises:
        UnreadableWorkbookError: They cannot be read.
    """
    root = parse(xml)
    codes = {whole(e.get("numFmtId", "0")): shown_by(e.get("formatCode", "")) for e in _children(root, "numFmts")}
    fonts, fills = dict(enumerate(_children(root, "fonts"))), dict(enumerate(_children(root, "fills")))
    styles: dict[str, Hidden] = {}
    for nth, style in enumerate(_children(root, "cellXfs")):
        shown = (_BUILTIN | codes).get(whole(style.get("numFmtId", "0")), Shown.AS_STORED)
        font, fill = fonts.get(whole(style.get("fontId", "0"))), fills.get(whole(style.get("fillId", "0")))
        if shown is not Shown.AS_DATE and (hides := _hides(shown, font, [_paper(fill)])):
            styles[str(nth)] = hides
    conditional = {str(n): hides for n, dxf in enumerate(_children(root, "dxfs")) if (hides := may_hide(dxf))}
    return Styles(styles, conditional)


def _hides(shown: Shown, font: ET.Element | None, papers: Iterable[str]) -> Hidden | None:
    parts = {local(part.tag): part for part in font} if font is not None else {}
    ink = _color(parts["color"]) if "color" in parts else BLACK
    if shown is Shown.AS_PERCENTAGE:
        return Hidden.PERCENTAGE
    is_small = "sz" in parts and decimal(parts["sz"].get("val", "11")) < LEAST_SIZE
    if shown is not Shown.AS_STORED or is_small or not all(is_seen(ink, paper) for paper in papers):
        return Hidden.SHOWN_OTHERWISE
    return Hidden.RAISED_OR_STRUCK if font is not None and is_raised_or_struck(font) else None


def may_hide(style: ET.Element) -> Hidden | None:
    """Tell what a style does to a number that a condition puts on its cell: whether it does so now, nobody can tell."""
    parts = {local(part.tag): part for part in style}
    code = parts["numFmt"].get("formatCode", "") if "numFmt" in parts else "General"
    paints = [part for part in parts["fill"].iter() if local(part.tag).endswith("Color")] if "fill" in parts else []
    return _hides(shown_by(code), parts.get("font"), map(_color, paints) if paints else (WHITE,))


def _paper(fill: ET.Element | None) -> str:
    """Return what a cell's own fill paints it with; empty for a pattern, and for what only the theme knows."""
    parts = {local(part.tag): part for part in fill.iter()} if fill is not None else {}
    match parts["patternFill"].get("patternType", "none") if "patternFill" in parts else "none":
        case "none":
            return "" if "gradientFill" in parts else WHITE
        case "solid":
            return _color(parts["fgColor"]) if "fgColor" in parts else BLACK
    return ""


def _color(color: ET.Element) -> str:
    """Return a color as six hexadecimal digits; empty where only the theme knows it."""
    if rgb := color.get("rgb"):
        return rgb[-6:]
    known = _THEME.get(color.get("theme", "")) or _INDEXED.get(color.get("indexed", ""), "")
    return tinted(known, decimal(color.get("tint", "0"))) if known else ""


def is_raised_or_struck(font: ET.Element) -> bool:
    """Tell whether a font, of a cell or of a run of text, strikes out, raises or lowers."""
    return any(
        local(part.tag) in ("strike", "dstrike", "vertAlign") and part.get("val", "1").lower() not in NO
        for part in font
    )


def _children(root: ET.Element, name: str) -> list[ET.Element]:
    return next((list(element) for element in root if local(element.tag) == name), [])
