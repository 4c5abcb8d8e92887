"""Decisions: what people say of what arrived. A decision is recorded once, with who and when, and never changed.

What belongs here: an explanation of a warning, and the withdrawal of a submission. What does not: what follows from
them, which the steps say.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from schemas.findings import Finding, Severity
from schemas.inbox_rules import REVISION_HAS_ONE_SET_OF_COUNTS


class Source(StrEnum):
    """How an explanation came: as a response in a returned workbook, or by `rollup explain` in words of its own."""

    RESPONSE = "response"
    EXPLAIN = "explain"


@dataclass(frozen=True, slots=True)
class Question:
    """What a warning asks: whether one value at one place is right, though a rule says that it is unusual.

    Attributes:
        rules_version: The rule set that asks.
        code: The rule.
        state, task_force, month, measure: What was being reported; empty where that does not apply.
        value: The figures that it asks about, with what the rule expected of them; as text.
    """

    rules_version: str
    code: str
    state: str
    task_force: str
    month: str
    measure: str
    value: str

    @property
    def place(self) -> tuple[str, ...]:
        """What stays the same when the value is another, or the rule set."""
        return self.code, self.state, self.task_force, self.month, self.measure


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a warning stands: the answer to one question as it was at an aware moment, by a role, never a name.

    The `reason` is in words of ours from a response; from `rollup explain` it is in the national office's, which are
    for internal pages only.
    """

    question: Question
    role: str
    at: dt.datetime
    reason: str
    source: Source


@dataclass(frozen=True, slots=True)
class Explained:
    """The latest explanation of a warning, which `holds` while value and rules are those explained; else it is open."""

    explanation: Explanation
    holds: bool

    @property
    def status(self) -> str:
        """`explained` or `reopened`; of a warning without an explanation, `open` would be said."""
        return "explained" if self.holds else "reopened"


def can_be_explained(finding: Finding) -> bool:
    """Tell whether a finding asks a question: an error never does, and of two sets of counts none is explained away."""
    return finding.severity is Severity.WARNING and finding.code != REVISION_HAS_ONE_SET_OF_COUNTS.code


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A submission that its sender takes back for some task forces, or for all that it covers where none is named.

    A role says so at an aware moment, with a reason in the words of the national office.
    """

    sha256: str
    task_forces: tuple[str, ...]
    role: str
    at: dt.datetime
    reason: str

    def covers(self, sha256: str, task_force: str) -> bool:
        """Tell whether it takes back what a submission holds of a task force."""
        return self.sha256 == sha256 and (not self.task_forces or task_force in self.task_forces)
