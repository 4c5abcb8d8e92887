"""Findings: what the pipeline says about one place of a submission.

A finding is one rule unmet at one place. It never holds a text somebody typed: `found` gives a number, or the kind and
length of a text.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: an error keeps a submission out, a warning lets it in, a note only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule unmet at one place of one submission.

    Attributes:
        sheet, cell: Where, as `Counts` and `E12`; empty where the rule has no single place.
        task_force, month, measure: What was being reported there; empty where that does not apply.
        found, expected: What stood there, a number or the kind and length of a text, and what should have.
        message: Place, fact and rule in one sentence; the `remedy` is another one.
        likely_cause: What the numbers show to be the mistake, in one sentence; empty where they show none, or several.
    """

    sha256: str
    code: str
    severity: Severity
    sheet: str
    cell: str
    task_force: str
    month: str
    measure: str
    found: str
    expected: str
    message: str
    remedy: str
    likely_cause: str = ""

    @property
    def sentence(self) -> str:
        """The message without its place."""
        sentence = self.message.partition(": ")[2]
        return f"{sentence[:1].upper()}{sentence[1:]}"

    @property
    def diagnosis(self) -> str:
        """The message and, where the numbers show one, the likely cause."""
        return f"{self.message} {self.likely_cause}".rstrip()

    @property
    def id(self) -> str:
        """Twelve hexadecimal digits, the same for the same rule at the same place of the same bytes."""
        place = (self.sha256, self.code, self.sheet, self.cell, self.task_force, self.month, self.measure)
        return hashlib.sha256("\x1f".join(place).encode()).hexdigest()[:12]


def gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings by severity, otherwise in their order."""
    weight = list(Severity).index
    return tuple(sorted(findings, key=lambda finding: weight(finding.severity)))


def grouped(findings: Iterable[Finding], by: Callable[[Finding], object]) -> list[Sequence[Finding]]:
    """Return the findings that are alike together, the gravest first, otherwise in their order."""
    groups: dict[object, list[Finding]] = {}
    for finding in gravest_first(findings):
        groups.setdefault(by(finding), []).append(finding)
    return list(groups.values())
