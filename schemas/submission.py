"""Submissions: what arrived, what became of it, and what it is among the others."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from schemas.findings import Finding, Severity
from schemas.responses import Response

if TYPE_CHECKING:
    # The processes that read workbooks import this module and need no pandas, which takes long to import.
    import pandas as pd


class Verdict(StrEnum):
    """The outcome for a submission, from its bytes, the rules, the operation and the run's clock alone."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_WARNINGS = "accepted_with_warnings"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"

    @property
    def counts(self) -> bool:
        """Whether a submission with this verdict may add to totals."""
        return self in (Verdict.ACCEPTED, Verdict.ACCEPTED_WITH_WARNINGS)


class Standing(StrEnum):
    """What an accepted submission is for one task force, among all the submissions that cover it."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    CONFLICTING = "conflicting"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One file as it arrived, by its name, escaped and without a folder; `received` is the first run's clock.

    The same bytes may arrive under several names, and are then one submission.
    """

    file: str
    sha256: str
    received: dt.datetime


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Something in the inbox that was not taken: its name, escaped, and why, with what to do, as half a sentence."""

    file: str
    why: str

    @property
    def sentence(self) -> str:
        """What is said of it."""
        return f"{self.file} was not taken: {self.why}."


@dataclass(frozen=True, slots=True)
class CellAccount:
    """Every non-empty cell of the form's sheets, by what became of it. `typed + refused + ignored == read`."""

    read: int
    typed: int
    refused: int
    ignored: int


@dataclass(frozen=True, slots=True)
class Submission:
    """One workbook, judged.

    Attributes:
        state: Two-letter code it is from; empty where that could not be read.
        revision: The submitter's number; 0 where that could not be read.
        certified_by, certified_on: Role and day of certification; empty and None where they could not be read.
        task_forces: Ids it has readable rows for, in roster order.
        findings: Those of `file` rules, in the order of the form.
        responses: What it answers to findings of an earlier submission, where it is a returned workbook.
        beyond_form: Whether it holds, or could not be shown not to hold, anything beside the form: then its bytes are
            not to be kept.
    """

    sha256: str
    state: str
    revision: int
    certified_by: str
    certified_on: dt.date | None
    verdict: Verdict
    task_forces: tuple[str, ...]
    findings: tuple[Finding, ...]
    cells: CellAccount
    responses: tuple[Response, ...] = ()
    beyond_form: bool = False

    def count(self, severity: Severity) -> int:
        """Return how many findings of one severity it has."""
        return sum(finding.severity is severity for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Holding:
    """What an accepted submission holds of one task force, since its bytes were first `received`.

    `content` is the same for the same counts, wherever they stood on the sheet.
    """

    sha256: str
    task_force: str
    revision: int
    received: dt.datetime
    content: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What some verdicts of a snapshot rest on: a rule set, an operation's files, and how many submissions."""

    rules_version: str
    operation_digest: str
    submissions: int


@dataclass(frozen=True, slots=True)
class JudgedBatch:
    """Distinct workbooks in the order given, judged together, and the `schemas.counts.Counts` read of all of them."""

    submissions: tuple[Submission, ...]
    read: "pd.DataFrame"

    @property
    def counts(self) -> "pd.DataFrame":
        """The `schemas.counts.Counts` of those that were accepted; only these may add to a total."""
        accepted = [submission.sha256 for submission in self.submissions if submission.verdict.counts]
        return self.read[self.read["sha256"].isin(accepted)].reset_index(drop=True)
