"""From an unmet rule at a place to the finding that people read. The words come from the rule, never from here."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from schemas.findings import Finding
from schemas.rules import Rule


@dataclass(frozen=True, slots=True)
class Where:
    """The place a finding is about: sheet and cell, and what was reported there; empty where that does not apply."""

    sheet: str = ""
    cell: str = ""
    task_force: str = ""
    month: str = ""
    measure: str = ""

    @property
    def phrase(self) -> str:
        """The place as people write it: `Counts!E12`, `Counts`, or `The file`."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet or "The file"


def tell(rule: Rule, sha256: str, where: Where, blanks: Mapping[str, str]) -> Finding:
    """Return the finding that a rule is unmet at a place.

    The blanks of the rule's sentence and remedy are filled; `found`, `expected` and, where there is one, `likely_cause`
    are also kept on their own.
    """
    words = {"cell": where.cell, "hint": "", "found": "", "expected": "", "likely_cause": "", **blanks}
    return Finding(
        sha256=sha256,
        code=rule.code,
        severity=rule.severity,
        **asdict(where),
        found=words["found"],
        expected=words["expected"],
        message=f"{where.phrase}: {rule.sentence.format_map(words)}.",
        remedy=rule.remedy.format_map(words),
        likely_cause=words["likely_cause"],
    )
