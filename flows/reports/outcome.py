"""What the accounts in the terminal share: tables without lines, and outcomes in words that a colour only repeats."""

from rich.table import Column, Table
from rich.text import Text

_STYLE = {
    "supported": "green",
    "accepted": "green",
    "not derivable": "yellow",
    "accepted with warnings": "yellow",
    "warning": "yellow",
    "contradicted": "bold red",
    "conflicting": "bold red",
    "rejected": "bold red",
    "quarantined": "bold red",
    "error": "bold red",
}


def plain_table(*columns: Column | str, show_header: bool = True) -> Table:
    """Return a table without lines."""
    return Table(*columns, box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="", show_header=show_header)


def outcome_text(outcome: str) -> Text:
    """Return an outcome such as `not_derivable` as people read it."""
    words = outcome.replace("_", " ")
    return Text(words, _STYLE.get(words, ""))
