"""How ids are written, so that each is safe as a file's name, a column's name or a rule's code."""

import re

OPERATION_ID = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
TASK_FORCE_ID = re.compile(r"(?=.{2,30}\Z)[A-Z][A-Z0-9]*(-[A-Z0-9]+)*", re.ASCII)
SNAKE_CASE_ID = re.compile(r"(?=.{1,60}\Z)[a-z][a-z0-9]*(_[a-z0-9]+)*", re.ASCII)
STATE_CODE = re.compile(r"[A-Z]{2}", re.ASCII)
ISO_MONTH = re.compile(r"[1-9]\d{3}-(0[1-9]|1[0-2])", re.ASCII)

RESERVED_IDS = frozenset({"ended", "month", "months", "states", "submission", "task_force", "task_forces"})
"""Words that stand beside measures as columns or in claims, and so can be no measure's id."""
