"""How ids and words are written, so that each is safe as a file's name, a rule's code or text in a cell."""

import re

OPERATION_ID = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
TASK_FORCE_ID = re.compile(r"(?=.{2,30}\Z)[A-Z][A-Z0-9]*(-[A-Z0-9]+)*", re.ASCII)
SNAKE_CASE_ID = re.compile(r"(?=.{1,60}\Z)[a-z][a-z0-9]*(_[a-z0-9]+)*", re.ASCII)
STATE_CODE = re.compile(r"[A-Z]{2}", re.ASCII)
ISO_MONTH = re.compile(r"[1-9]\d{3}-(0[1-9]|1[0-2])", re.ASCII)

RESERVED_IDS = frozenset({"ended", "month", "months", "states", "submission", "task_force", "task_forces"})
"""Words that stand beside measures as columns or in claims, and so can be no measure's id."""

PLAIN_TEXT = "one line that starts with a letter or digit, without braces"
"""What a text that people read must be, so that no spreadsheet takes it for a formula and no sentence for a blank."""


def is_plain(text: str) -> bool:
    """Tell whether a text that people read is as `PLAIN_TEXT` says."""
    return text[:1].isalnum() and text.isprintable() and not {"{", "}"} & set(text)
