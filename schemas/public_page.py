"""The public page's contract: which elements, attributes, style and words it may have; no more.

What belongs here: reading a page against closed lists. What does not: which words these are, which is `public.py`.
"""

import re
from html.parser import HTMLParser

STYLE = """\
html { color-scheme: light; color: #222b36; background: #fff; font: 1rem/1.55 system-ui, sans-serif; }
body { margin: 0; }
.wrap { max-width: 46rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem); }
.masthead { background: #1f3a5f; color: #fff; padding: .25rem 0; }
h1, h2 { color: #1f3a5f; line-height: 1.2; font-family: Charter, Cambria, Georgia, serif; text-wrap: balance; }
h1 { font-size: clamp(1.75rem, 1.3rem + 2vw, 2.5rem); margin: 2rem 0 .25rem; }
h2 { font-size: 1.375rem; margin: 0 0 .5rem; }
section { border-top: 1px solid #c3cbd4; padding: 1.5rem 0 .75rem; }
ul { margin: 0; padding: 0; list-style: none; }
li { padding: .375rem 0; font-size: 1.1875rem; }
p { margin: .5rem 0; }
.note { display: block; color: #56616e; font-size: .9375rem; }
.skip { position: absolute; left: -100vw; top: 0; background: #fff; color: #1b4f8f; padding: .75rem 1rem; }
.skip:focus { left: 0; }
:focus-visible { outline: 3px solid #b35900; outline-offset: 2px; }
@media print { .masthead { background: none; color: inherit; } .skip { display: none; } }
"""

_TAGS = {
    *("html", "head", "meta", "title", "style", "body", "a", "header", "main", "footer"),
    *("section", "h1", "h2", "p", "ul", "li", "span"),
}
_ATTRIBUTES = {
    "lang": r"en-US",
    "charset": r"utf-8",
    "name": r"viewport|referrer",
    "http-equiv": r"Content-Security-Policy",
    "content": r"width=device-width, initial-scale=1|no-referrer|default-src 'none'; style-src 'unsafe-inline'",
    "class": r"skip|note|wrap|masthead",
    "href": r"#main",
    "id": r"main|operation|participation|program_to_date",
    "tabindex": r"-1",
    "aria-labelledby": r"operation|participation|program_to_date",
}
_NOTHING = r"(?!)"


def page_faults(content: bytes, words: frozenset[str]) -> tuple[str, ...]:
    """Say what a page has that it may not have; a text is not repeated.

    Args:
        content: The page.
        words: Every text that may stand on it, each in an element of its own.
    """
    page = _Page(words)
    page.feed(content.decode(errors="replace"))
    page.close()
    return tuple(page.faults)


class _Page(HTMLParser):
    """Reads a page and notes whatever is not on the closed list: elements, attributes, words, comments."""

    def __init__(self, words: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._words, self._text, self._in_style = words, "", False
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Judge an element and its attributes."""
        self._end_text()
        self._in_style = tag == "style"
        if tag not in _TAGS:
            self.faults.append(f"the element {tag} does not belong there")
        for name, value in attrs:
            if not re.fullmatch(_ATTRIBUTES.get(name, _NOTHING), value or ""):
                self.faults.append(f"the attribute {name} of {tag} does not belong there")

    def handle_endtag(self, tag: str) -> None:
        """Judge the text that ends here."""
        self._end_text()
        self._in_style = False

    def handle_data(self, data: str) -> None:
        """Keep text until it ends."""
        self._text += data

    def handle_comment(self, data: str) -> None:
        """Refuse whatever nobody sees."""
        self.faults.append("a comment does not belong there")

    handle_pi = unknown_decl = handle_comment

    def handle_decl(self, decl: str) -> None:
        """Allow what says that it is HTML."""
        if decl != "DOCTYPE html":
            self.faults.append("a declaration does not belong there")

    def close(self) -> None:
        """Judge the text at the end."""
        super().close()
        self._end_text()

    def _end_text(self) -> None:
        text, self._text = self._text.strip(), ""
        if self._in_style and text != STYLE.strip():
            self.faults.append("its style is another one")
        elif not self._in_style and text and text not in self._words:
            self.faults.append(f"text of {len(text)} characters does not belong there")
