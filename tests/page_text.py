"""A page as a reader meets it: its text line by line, a table row being one line."""

import re
from html.parser import HTMLParser

_LINES = {"p", "li", "tr", "h1", "h2", "h3", "dt", "dd", "caption", "summary"}
_VOID = {"meta", "br"}
_SILENT = {"style", "title"}


class _Reader(HTMLParser):
    def __init__(self, part: str) -> None:
        super().__init__()
        self.part, self.open, self.text = part, [], ""
        self.begins_at = 0 if part else -1

    @property
    def reads(self) -> bool:
        return self.begins_at and len(self.open) >= self.begins_at and not _SILENT & set(self.open)

    def handle_starttag(self, tag, attributes):
        if tag not in _VOID:
            self.open.append(tag)
        if self.begins_at == 0 and dict(attributes).get("id") == self.part:
            self.begins_at = len(self.open)
        if tag in ("td", "th"):
            self.handle_data(" | ")
        elif tag in _LINES and self.reads and "tr" not in self.open[:-1]:
            self.text += "\n"
        elif tag in (*_LINES, "br"):
            self.handle_data(" ")

    def handle_endtag(self, tag):
        if len(self.open) == self.begins_at:
            self.begins_at = 10_000
        self.open.pop()

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_data(self, data):
        if self.reads:
            self.text += re.sub(r"\s+", " ", data)


def lines_of(page: bytes, part: str = "") -> list[str]:
    """Return the text of a page, or of the element with an id: a line for each paragraph, item or table row."""
    reader = _Reader(part)
    reader.feed(page.decode())
    lines = (re.sub(r" +", " ", line).strip(" |") for line in reader.text.split("\n"))
    return [line for line in lines if line]
