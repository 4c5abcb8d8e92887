"""A snapshot: everything that counts at a moment, and what it says of the release."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import pandas as pd

from schemas.decisions import Explained, Withdrawal
from schemas.findings import Finding, Severity
from schemas.operation import Claim, Operation
from schemas.submission import Basis, NotTaken, Receipt, Standing, Submission
from schemas.timeliness import Expected


class ClaimVerdict(StrEnum):
    """The outcome of a claim against a snapshot."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_DERIVABLE = "not_derivable"


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """One claim, judged.

    `computed` is the figure from the snapshot, as people read it (`2,347`; for months, their names); empty if none. The
    `reason` is one plain sentence: what is true instead of what is contradicted, and who is outstanding.
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


@dataclass(frozen=True, kw_only=True)
class RollUp:
    """The current counts, added up, by the contracts of `schemas.national`.

    Attributes:
        totals: `NationalTotals`, one row a measure, in the operation's order of measures, as are all of them.
        by_month: `MonthlyTotals`, one row a measure and month.
        by_state: `StateTotals`, one row a state and measure.
        by_state_and_month: `StateMonthlyTotals`, one row a state, measure and month.
        contributions: One row is a cell that adds to a total, so no N/A and no replaced month: state, task_force,
            measure, month, value. A measure that is not asked has the sums of its parts. Its sum is `totals`.
        firm: By measure, what its total cannot fall below while nobody corrects a count: all of a flow, and of a stock
            only what task forces say whose last month is in.
    """

    totals: pd.DataFrame
    by_month: pd.DataFrame
    by_state: pd.DataFrame
    by_state_and_month: pd.DataFrame
    contributions: pd.DataFrame
    firm: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Reckoning(RollUp):
    """What counts at a moment, and what it adds up to. Never changes.

    Attributes:
        id: A hash of the content, 12 hexadecimal digits.
        as_of: The run's clock, aware.
        rules_version, program_version: What judged.
        not_taken: What lay in the inbox of the run and could not be taken, by name.
        standings: For each accepted submission (sha256) and task force it covers, what it is among the others.
        across: The findings of rules over all submissions.
        counts: The `Counts` that count: those of current standing.
        awaited: Task forces and months that have ended whose figures count, but were sent before the month had ended:
            they are to be sent again, and do not cover the month.
        claims: Every claim of the release, judged, in the operation's order.
    """

    id: str
    operation: Operation
    as_of: dt.datetime
    rules_version: str
    program_version: str
    not_taken: tuple[NotTaken, ...]
    standings: Mapping[tuple[str, str], Standing]
    across: tuple[Finding, ...]
    counts: pd.DataFrame
    awaited: frozenset[tuple[str, str]]
    coverage: Coverage
    claims: tuple[ClaimCheck, ...]
    rests_on: tuple[Basis, ...]

    @property
    def day(self) -> dt.date:
        """The operation's calendar day of it."""
        return self.operation.day_of(self.as_of)

    @property
    def name(self) -> str:
        """Its day and its id, as folders are named."""
        return f"{self.day.isoformat()}-{self.id}"

    @cached_property
    def current(self) -> Mapping[str, str]:
        """The submission (sha256) of each task force that counts."""
        return {t: sha256 for (sha256, t), standing in self.standings.items() if standing is Standing.CURRENT}


@dataclass(frozen=True, kw_only=True)
class Snapshot(Reckoning):
    """A reckoning with everything that reports tell of it.

    Attributes:
        receipts: Every file that arrived, by time received and name.
        submissions: Every judged workbook by sha256.
        findings: All findings: of the submissions, and of rules over all of them.
        read: The `Counts` of every submission, whatever its verdict, as far as it could be read; by sha256.
        withdrawals: The decisions that submissions no longer count, in their order.
        to_be_rejudged: The sha256 of those whose verdict is by other rules, or for another state of the operation's
            files, than the run's own.
        explained: Warnings that are explained, or were and are open again, by the finding's id.
        timeliness: What was expected of each task force and month, and when it came, in roster order.
    """

    receipts: tuple[Receipt, ...]
    submissions: Mapping[str, Submission]
    findings: tuple[Finding, ...]
    read: pd.DataFrame
    withdrawals: tuple[Withdrawal, ...]
    to_be_rejudged: frozenset[str]
    explained: Mapping[str, Explained]
    timeliness: tuple[Expected, ...]

    @cached_property
    def first_receipt(self) -> Mapping[str, Receipt]:
        """How each submission (sha256) arrived first."""
        return {receipt.sha256: receipt for receipt in reversed(self.receipts)}

    def asks(self, finding: Finding) -> bool:
        """Tell whether a finding asks for something: an error, or a warning that is not explained."""
        if finding.severity is not Severity.WARNING or not self.explained:
            return finding.severity is not Severity.NOTE
        explained = self.explained.get(finding.id)
        return explained is None or not explained.holds

    def standings_of(self, sha256: str) -> dict[str, Standing]:
        """Return what a submission is for each task force that it covers; nothing where it was not accepted."""
        covered = self.submissions[sha256].task_forces
        return {t: standing for t in covered if (standing := self.standings.get((sha256, t)))}
