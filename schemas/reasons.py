"""Reasons: the one place where a person may write a sentence, and what may not stand in it.

A reason is kept, and shown on internal pages. What belongs here: whether a text may be a reason.
"""

import re

LONGEST_REASON = 200
_LOOKS_PRIVATE = re.compile(r"@|\d{5}|\d[-/.]\d+[-/.]\d|\d{3}[- ]\d{2,4}", re.ASCII)
"""An address of mail, a long number, a date in digits, a number in groups."""


def why_no_reason(text: str) -> str:
    """Say why a text may not be kept as a reason; empty where it may. The text itself is never repeated.

    Args:
        text: What somebody gives as a reason.
    """
    if not text.strip():
        return "it is blank"
    if len(text) > LONGEST_REASON:
        return f"it is longer than {LONGEST_REASON} characters"
    if not text.isprintable():
        return "it is more than one line"
    if _LOOKS_PRIVATE.search(text):
        return "it holds what looks like an address, a date or the number of a person or case"
    return ""
