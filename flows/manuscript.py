"""A release as somebody wrote it: the only door through which a text, Markdown, Word or HTML file becomes plain text.

What belongs here: finding the words and where paragraphs end. What does not: what any of them says. Positions of
figures are characters of the text returned here, which is as long as that of a .txt or .md file after its byte order
mark.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

LARGEST_FILE, LARGEST_TEXT = 20_000_000, 100_000
"""In bytes, and in characters: many times what a release needs."""

_LARGEST_PAGE, _MOST_OPEN = 1_000_000, 50
"""In characters, and how many tags may be open at once before one closes."""

_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {f"{_WORD}del", f"{_WORD}moveFrom", _FALLBACK}
_BLOCK_TAGS = """
address article aside blockquote caption dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main
nav ol p pre section table tbody tfoot thead title tr ul
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_SILENT = frozenset({"script", "style", "template"})


class ManuscriptError(Exception):
    """A text cannot be read; the message says which and why, in one line."""


def read_manuscript(path: Path) -> str:
    """Return the text of a .txt, .md, .docx or .html file, paragraphs separated by a blank line.

    Raises:
        ManuscriptError: There is no such file, it is of another kind, damaged or too large.
    """
    read = {".txt": _plain, ".md": _plain, ".html": _html, ".htm": _html, ".docx": _docx}.get(path.suffix.lower())
    if read is None:
        raise ManuscriptError(f"{path}: only .txt, .md, .docx and .html can be read; save it as one of these")
    try:
        text = read(_content(path)).replace("\r\n", " \n").replace("\r", "\n")
        if not any(map(str.isalnum, text)):
            raise ManuscriptError("there is no text in it")
        if len(text) > LARGEST_TEXT:
            raise ManuscriptError(f"is longer than {LARGEST_TEXT:,} characters; check one release at a time")
    except OSError as error:
        raise ManuscriptError(f"{path}: cannot be read ({error.strerror})") from None
    except RecursionError:
        raise ManuscriptError(f"{path}: is nested too deeply; copy its text into a new document") from None
    except ManuscriptError as error:
        raise ManuscriptError(f"{path}: {error}") from None
    return text


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise ManuscriptError(f"is larger than {LARGEST_FILE:,} bytes; remove its pictures")
    return content


def _plain(content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeError:
        raise ManuscriptError("is not written in UTF-8; save it as UTF-8") from None
    if "\0" in text:
        raise ManuscriptError("is not a text; save it as .txt, .md, .docx or .html")
    return text


def _html(content: bytes) -> str:
    page = _without_comments(_plain(content))
    # The parser reads what is never closed again from each of its beginnings.
    if len(page) > _LARGEST_PAGE or any(part.count("<") > _MOST_OPEN for part in page.split(">")):
        raise ManuscriptError("is too large or does not close its tags; save the text of the page as .txt")
    reader = _HtmlReader()
    reader.feed(page)
    reader.close()
    return _in_paragraphs("".join(reader.pieces))


def _without_comments(page: str) -> str:
    before, *parts = page.split("<!--")
    return "".join([before, *(part.partition("-->")[2] for part in parts)])


class _HtmlReader(HTMLParser):
    """Takes the words of a page: what stands in a block apart, a cell after a bar, a raised number as a footnote."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent: list[str] = []
        self._is_raised = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        self._is_raised = tag == "sup"
        self._mark(tag)
        if level := re.fullmatch("h([1-6])", tag):
            self.pieces.append(_heading(level[1]))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            self._silent.remove(tag)
        self._is_raised = False
        if tag in _BLOCKS:
            self._mark(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            text = re.sub(r"[ \t\r\n]+", " ", data)
            self.pieces.append(_raised(text) if self._is_raised else text)

    def _mark(self, tag: str) -> None:
        if tag in _BLOCKS or tag == "br":
            self.pieces.append("\n" if tag == "br" else "\n\n")
        elif tag in ("td", "th"):
            self.pieces.append(" | ")


def _heading(level: str) -> str:
    """Return how Markdown begins a heading, so that it is known how far it reaches."""
    return f"{'#' * int(level)} "


def _raised(text: str) -> str:
    """Return raised text: a number as a footnote's, so that it does not lengthen the figure it stands at."""
    return f"[{text.strip()}]" if text.strip().isdecimal() else text


def _docx(content: bytes) -> str:
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise ManuscriptError("is protected by a password, or an old .doc; save it as .docx without a password")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            parts = [_tree(archive, name) for name in _PARTS if name in names]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ElementTree.ParseError):
        raise ManuscriptError("is damaged, or no Word document; open it, save it again as .docx") from None
    if _PARTS[0] not in names:
        raise ManuscriptError("is no Word document; save it as .docx")
    return _in_paragraphs("\n\n".join(piece for part in parts for piece in _paragraphs(part)))


def _tree(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    with archive.open(name) as member:
        xml = member.read(LARGEST_FILE + 1)
    if len(xml) > LARGEST_FILE or b"<!DOCTYPE" in xml:
        raise ManuscriptError("holds more than a release does; copy its text into a new document")
    return ElementTree.fromstring(xml)


def _paragraphs(element: ElementTree.Element) -> Iterator[str]:
    """Yield the text of each paragraph, and of each row of a table as one line; without what is marked as deleted."""
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_WORD}tr":
            yield " | ".join(" ".join(_paragraphs(cell)) for cell in child if cell.tag == f"{_WORD}tc")
        elif child.tag == f"{_WORD}p":
            style = child.find(f"{_WORD}pPr/{_WORD}pStyle")
            level = re.fullmatch("Heading([1-6])", "" if style is None else style.get(f"{_WORD}val", ""))
            yield "".join((_heading(level[1]) if level else "", *_runs(child)))
        else:
            yield from _paragraphs(child)


def _runs(element: ElementTree.Element, *, is_raised: bool = False) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_WORD}t":
            yield _raised(child.text or "") if is_raised else child.text or ""
        elif child.tag in (f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"):
            yield " "
        elif child.tag == f"{_WORD}noBreakHyphen":
            yield "-"
        elif child.tag == f"{_WORD}p":
            yield f"\n\n{''.join(_runs(child))}\n\n"
        else:
            aligned = child.find(f"{_WORD}rPr/{_WORD}vertAlign")
            yield from _runs(child, is_raised=aligned is not None and aligned.get(f"{_WORD}val") == "superscript")


def _in_paragraphs(text: str) -> str:
    lines = (re.sub(r" +", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
