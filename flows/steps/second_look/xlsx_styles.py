"""The styles of an .xlsx workbook: what each does to what is in its cells, always or under a condition."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree as ET

from flows.steps.second_look.markup import decimal, local, parse, whole
from schemas.cells import Hidden
from schemas.colors import BLACK, LEAST_SIZE, WHITE, is_seen, tinted
from schemas.number_formats import Shown, shown_by, shows_texts

_BUILTIN = {
    **dict.fromkeys((*range(5), *range(37, 42), 43, 49), Shown.AS_STORED),
    **dict.fromkeys((9, 10), Shown.AS_PERCENTAGE),
    **dict.fromkeys((*range(14, 18), 22), Shown.AS_DATE),
}
"""Of the formats that a file need not spell, those that show no other number."""
NO = ("0", "false", "none", "baseline")
"""How XML says that something is not so."""
_THEME = {"0": WHITE, "1": BLACK}
_INDEXED = {"0": BLACK, "1": WHITE, "8": BLACK, "9": WHITE, "64": BLACK, "65": WHITE}
"""The colors that programs name by a number and that are the same in every theme: of paper and of ink."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a style does to a number, to any text, and to a text that looks like a count; None where nothing."""

    number: Hidden | None = None
    text: Hidden | None = None
    count: Hidden | None = None


NO_EFFECT = Effect()


@dataclass(frozen=True, slots=True)
class Styles:
    """What a workbook's styles, by number, do to what is in their cells; those that do nothing are left out.

    `hides` are those of cells, `may_hide` those that a condition puts in their place.
    """

    hides: dict[int, Effect]
    may_hide: dict[int, Effect]


NO_STYLES = Styles({}, {})


@lru_cache(maxsize=64)
def read_styles(xml: bytes) -> Styles:
    """Read the styles of a workbook. Most workbooks of an operation have the same, so they are remembered.

    Raises:
        UnreadableWorkbookError: They cannot be read.
    """
    root = parse(xml)
    codes = {whole(e.get("numFmtId", "0")): e.get("formatCode", "") for e in _children(root, "numFmts")}
    fonts, fills = dict(enumerate(_children(root, "fonts"))), dict(enumerate(_children(root, "fills")))
    parents = dict(enumerate(_children(root, "cellStyleXfs")))
    styles: dict[int, Effect] = {}
    for nth, style in enumerate(_children(root, "cellXfs")):
        parent = parents.get(whole(style.get("xfId", "0")), style)
        said = {name: whole(style.get(name, parent.get(name, "0"))) for name in ("numFmtId", "fontId", "fillId")}
        look = look_of(fonts.get(said["fontId"]), [_paper(fills.get(said["fillId"]))])
        if any(part.get("horizontal") == "fill" for part in (*style, *parent)):
            look = Hidden.SHOWN_OTHERWISE
        code = codes.get(said["numFmtId"])
        shown = _BUILTIN.get(said["numFmtId"], Shown.OTHERWISE) if code is None else shown_by(code)
        styles[nth] = _effect(shown, look, are_texts_shown=code is None or shows_texts(code))
    conditional = dict(enumerate(map(may_hide, _children(root, "dxfs"))))
    return Styles(*({n: e for n, e in effects.items() if e != NO_EFFECT} for effects in (styles, conditional)))


def _effect(shown: Shown, look: Hidden | None, *, are_texts_shown: bool) -> Effect:
    of_format = {Shown.AS_PERCENTAGE: Hidden.PERCENTAGE, Shown.OTHERWISE: Hidden.SHOWN_OTHERWISE}.get(shown)
    number = None if shown is Shown.AS_DATE else of_format or look
    return Effect(number, None if are_texts_shown else Hidden.SHOWN_OTHERWISE, look)


def look_of(font: ET.Element | None, papers: Iterable[str]) -> Hidden | None:
    """Tell what a font, of a cell or of a run of text, does to digits on papers of some colors."""
    parts = {local(part.tag): part for part in font} if font is not None else {}
    ink = _color(parts["color"]) if "color" in parts else BLACK
    if "sz" in parts and decimal(parts["sz"].get("val", "11")) < LEAST_SIZE:
        return Hidden.SHOWN_OTHERWISE
    if not all(is_seen(ink, paper) for paper in papers):
        return Hidden.SHOWN_OTHERWISE
    marks = (parts[name].get("val", "1").lower() for name in ("strike", "dstrike", "vertAlign") if name in parts)
    return Hidden.RAISED_OR_STRUCK if any(mark not in NO for mark in marks) else None


def may_hide(style: ET.Element) -> Effect:
    """Tell what a style does that a condition puts on its cell: whether it does so now, nobody can tell."""
    parts = {local(part.tag): part for part in style}
    code = parts["numFmt"].get("formatCode", "") if "numFmt" in parts else "General"
    paints = [part for part in parts["fill"].iter() if local(part.tag).endswith("Color")] if "fill" in parts else []
    look = look_of(parts.get("font"), map(_color, paints) if paints else (WHITE,))
    return _effect(shown_by(code), look, are_texts_shown=shows_texts(code))


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


def _children(root: ET.Element, name: str) -> list[ET.Element]:
    return next((list(element) for element in root if local(element.tag) == name), [])
