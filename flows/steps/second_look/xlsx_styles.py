"""The styles of an .xlsx workbook: what each does to the numbers in its cells, always or under a condition."""

from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree as ET

from flows.steps.second_look.markup import local, parse, whole
from schemas.cells import Hidden
from schemas.number_formats import Shown, shown_by

_BUILTIN = {
    **dict.fromkeys((9, 10), Shown.AS_PERCENTAGE),
    **dict.fromkeys((*range(14, 23), *range(45, 48)), Shown.AS_DATE),
}
NO = ("0", "false", "none", "baseline")
"""How XML says that something is not so."""


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
    fonts = [is_raised_or_struck(font) for font in _children(root, "fonts")]
    styles: dict[str, Hidden] = {}
    for number, style in enumerate(_children(root, "cellXfs")):
        shown = (_BUILTIN | codes).get(whole(style.get("numFmtId", "0")), Shown.AS_STORED)
        font = whole(style.get("fontId", "0"))
        if shown is not Shown.AS_DATE and (hides := _hides(shown, is_marked=font < len(fonts) and fonts[font])):
            styles[str(number)] = hides
    conditional = {str(n): hides for n, dxf in enumerate(_children(root, "dxfs")) if (hides := may_hide(dxf))}
    return Styles(styles, conditional)


def _hides(shown: Shown, *, is_marked: bool) -> Hidden | None:
    if shown is Shown.AS_STORED:
        return Hidden.RAISED_OR_STRUCK if is_marked else None
    return Hidden.PERCENTAGE if shown is Shown.AS_PERCENTAGE else Hidden.SHOWN_OTHERWISE


def may_hide(style: ET.Element) -> Hidden | None:
    """Tell what a style does to a number that a condition puts on its cell: whether it does so now, nobody can tell."""
    parts = {local(part.tag): part for part in style}
    code = parts["numFmt"].get("formatCode", "") if "numFmt" in parts else "General"
    return _hides(shown_by(code), is_marked="font" in parts and is_raised_or_struck(parts["font"]))


def is_raised_or_struck(font: ET.Element) -> bool:
    """Tell whether a font, of a cell or of a run of text, strikes out, raises or lowers."""
    return any(
        local(part.tag) in ("strike", "dstrike", "vertAlign") and part.get("val", "1").lower() not in NO
        for part in font
    )


def _children(root: ET.Element, name: str) -> list[ET.Element]:
    return next((list(element) for element in root if local(element.tag) == name), [])
