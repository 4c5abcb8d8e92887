"""Filing: the order in which a state's submissions are answered, and the names of the files that answer them.

What belongs here: order and names, which reports link to and folders are made of. What does not: what the files say.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.findings import Finding, Severity
from schemas.snapshot import Snapshot
from schemas.submission import Receipt, Submission

INDEX, REPORT, FIGURES = "index.html", "report.html", "figures.csv"
UNPLACED = "internal/unplaced"


@dataclass(frozen=True, slots=True)
class Filed:
    """A submission among those of its state, or among those whose state cannot be told.

    Attributes:
        submission: Which.
        receipts: Its arrivals, the first first.
        findings: All its findings, those of rules over the inbox included.
        suffix: What its files have in their names before the ending: nothing for the one to answer, else `-1`, `-2`.
        is_replaced: Whether a later one of the state is about all task forces that it could be read to be about.
    """

    submission: Submission
    receipts: tuple[Receipt, ...]
    findings: tuple[Finding, ...]
    suffix: str
    is_replaced: bool

    @property
    def file(self) -> str:
        """The name under which it was received first."""
        return self.receipts[0].file

    @property
    def returned(self) -> str:
        """The name of the returned workbook; empty where there is nothing to answer, or no state to answer."""
        asks = any(finding.severity is not Severity.NOTE for finding in self.submission.findings)
        return f"returned{self.suffix}.xlsx" if asks and self.submission.state else ""

    @property
    def message(self) -> str:
        """The name of the message, without its ending."""
        return f"message{self.suffix}"


def folder_of(state: str) -> str:
    """Return the folder of a state among the outputs."""
    return f"internal/states/{state}"


def report_of(state: str) -> str:
    """Return the page about a state; the morning page where the state cannot be told."""
    return f"{folder_of(state)}/{REPORT}" if state else INDEX


def filed(snapshot: Snapshot) -> dict[str, tuple[Filed, ...]]:
    """Return the submissions of every state of the roster, in order of arrival; the last is the one to answer.

    Those whose state cannot be told are under the empty code, by sha256, and all of them have a number.
    """
    receipts: dict[str, list[Receipt]] = {}
    for receipt in snapshot.receipts:
        receipts.setdefault(receipt.sha256, []).append(receipt)
    findings: dict[str, list[Finding]] = {}
    for finding in snapshot.findings:
        findings.setdefault(finding.sha256, []).append(finding)
    by_state: dict[str, list[Submission]] = {state: [] for state in (*snapshot.operation.roster.states, "")}
    for submission in sorted(
        snapshot.submissions.values(), key=lambda s: (receipts[s.sha256][0].received, s.revision, s.sha256)
    ):
        by_state[submission.state].append(submission)
    by_state[""].sort(key=lambda submission: submission.sha256)
    return {
        state: tuple(
            Filed(
                submission,
                tuple(receipts[submission.sha256]),
                tuple(findings.get(submission.sha256, ())),
                suffix="" if state and n == len(submissions) else f"-{n}",
                is_replaced=bool(state) and _is_replaced(submission, submissions[n:]),
            )
            for n, submission in enumerate(submissions, start=1)
        )
        for state, submissions in by_state.items()
    }


def _is_replaced(submission: Submission, later: Iterable[Submission]) -> bool:
    return any(set(submission.task_forces) <= set(other.task_forces) for other in later)
