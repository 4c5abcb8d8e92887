"""Rules: what a rule of the register is. The rules themselves stand in `file_rules`, `inbox_rules` and `register`.

A rule's code says what must be true. It is the name of the check that judges it, in reports and tests alike.
"""

from dataclasses import dataclass
from enum import StrEnum

from schemas.findings import Severity

RULES_VERSION = "1"
"""The version of the rule set, on every result. It rises with any change to a rule's judgement."""


class Needs(StrEnum):
    """What a rule must see to be evaluated. Verdicts come from `file` rules only."""

    FILE = "file"
    INBOX = "inbox"
    LEDGER = "ledger"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the register.

    Attributes:
        code: What must be true, in snake case.
        since: The rule-set version that brought it.
        sentence: The finding's sentence after its place, with `{found}`, `{expected}` and other named blanks.
        remedy: What to do, in one sentence, with the same blanks.
        example: A finding's sentence with the blanks filled, for the register's readers.
    """

    code: str
    severity: Severity
    needs: Needs
    since: str
    sentence: str
    remedy: str
    example: str


_EXAMPLE = {"label": "Arrests", "who": "AL, March 2018", "found": "text, 9 characters", "expected": "", "hint": ""}


def file_rule(code: str, sentence: str, remedy: str, severity: Severity = Severity.ERROR, **example: str) -> Rule:
    """Return a rule that one workbook alone can break; what is left of the example's blanks is filled with ours."""
    return Rule(code, severity, Needs.FILE, "1", sentence, remedy, sentence.format_map(_EXAMPLE | example))
