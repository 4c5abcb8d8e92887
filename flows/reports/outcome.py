"""Outcomes in the terminal: verdicts, standings and severities in words, with a colour that only repeats them."""

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


def outcome_text(outcome: str) -> Text:
    """Return an outcome such as `not_derivable` as people read it."""
    words = outcome.replace("_", " ")
    return Text(words, _STYLE.get(words, ""))
