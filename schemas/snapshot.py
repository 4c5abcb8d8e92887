"""A snapshot: everything that counts at a moment, and what it says of the release."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from schemas.findings import Finding
from schemas.operation import Claim, Operation
from schemas.submission import NotTaken, Receipt, Standing, Submission


class ClaimVerdict(StrEnum):
    """The outcome of a claim against a snapshot."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_DERIVABLE = "not_derivable"


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """One claim, judged.

    Attributes:
        claim: The claim.
        computed: The figure from the snapshot, as people read it (`2,347`; for months, their names); empty if none.
        verdict: The outcome.
        reason: Why, in one plain sentence; what is true instead where it is contradicted, who is outstanding where it
            is not derivable.
    """

    claim: Claim
    computed: str
    verdict: ClaimVerdict
    reason: str

    @property
    def number(self) -> int | None:
        """The computed figure as a number; of months how many they are, and None where there is none."""
        if self.claim.of == "months":
            return self.computed.count(",") + bool(self.computed)
        return int(self.computed.replace(",", "")) if self.computed else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who was expected and who counts.

    A task force is reporting when it has an accepted count; a state, when at least one of its task forces is. Coverage
    is complete when every task force has every month of the operation.

    Attributes:
        task_forces_reporting, task_forces_expected: In task forces.
        states_reporting, states_expected: In states.
        outstanding: Ids of task forces that lack at least one month of the operation, in roster order.
        overdue: Those of them that lack a month that has ended.
        months_covered: The months that have ended and that every task force has counts for.
    """

    task_forces_reporting: int
    task_forces_expected: int
    states_reporting: int
    states_expected: int
    outstanding: tuple[str, ...]
    overdue: tuple[str, ...]
    months_covered: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nobody is outstanding."""
        return not self.outstanding

    @property
    def phrase(self) -> str:
        """`61 of 61 task forces, 50 of 50 states`: what travels with every total."""
        return (
            f"{self.task_forces_reporting} of {self.task_forces_expected} task forces, "
            f"{self.states_reporting} of {self.states_expected} states"
        )


@dataclass(frozen=True)
class Snapshot:
    """Everything that counts at a moment. Never changes.

    Attributes:
        id: A hash of the content, 12 hexadecimal digits.
        operation: Whose it is.
        as_of: The run's clock, aware.
        rules_version: The rule set that judged.
        program_version: The program that judged.
        receipts: Every file that arrived, by time received and name.
        not_taken: What lay in the inbox and could not be taken, by name.
        submissions: Every judged workbook by sha256.
        standings: For each accepted submission (sha256) and task force it covers, what it is among the others.
        findings: All findings: of the submissions, and of rules over the inbox.
        read: The `Counts` of every submission, whatever its verdict, as far as it could be read; by sha256.
        counts: The `Counts` that count: those of current standing.
        coverage: Who was expected and who counts.
        totals: `schemas.national.NationalTotals`, one row a measure.
        by_month: `schemas.national.MonthlyTotals`, one row a measure and month.
        by_state: `schemas.national.StateTotals`, one row a state and measure.
        by_state_and_month: `schemas.national.StateMonthlyTotals`, one row a state, measure and month.
        firm: By measure, what its total cannot fall below while nobody corrects a count.
        claims: Every claim of the release, judged, in the operation's order.
    """

    id: str
    operation: Operation
    as_of: dt.datetime
    rules_version: str
    program_version: str
    receipts: tuple[Receipt, ...]
    not_taken: tuple[NotTaken, ...]
    submissions: Mapping[str, Submission]
    standings: Mapping[tuple[str, str], Standing]
    findings: tuple[Finding, ...]
    read: pd.DataFrame
    counts: pd.DataFrame
    coverage: Coverage
    totals: pd.DataFrame
    by_month: pd.DataFrame
    by_state: pd.DataFrame
    by_state_and_month: pd.DataFrame
    firm: Mapping[str, int]
    claims: tuple[ClaimCheck, ...]

    def standings_of(self, sha256: str) -> dict[str, Standing]:
        """Return what a submission is for each task force that it covers; nothing where it was not accepted."""
        covered = self.submissions[sha256].task_forces
        return {t: standing for t in covered if (standing := self.standings.get((sha256, t)))}
