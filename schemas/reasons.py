"""Reasons: the one place where a person may write a sentence, and what may not stand in it.

A reason is kept, and shown on internal pages. What belongs here: whether a text may be a reason.
"""

from schemas.private import LABEL, kind_of_private_text

LONGEST_REASON = 200


def why_no_reason(text: str, first_year: int) -> str:
    """Say why a text may not be kept as a reason; empty where it may. The text itself is never repeated.

    A date before the operation's first year may be somebody's date of birth.
    """
    if not text.strip():
        return "it is blank"
    if len(text) > LONGEST_REASON:
        return f"it is longer than {LONGEST_REASON} characters"
    if not text.isprintable():
        return "it is more than one line"
    if kind := kind_of_private_text(text, first_year):
        return f"it holds what looks like {kind.removeprefix(LABEL).strip()}"
    return ""
