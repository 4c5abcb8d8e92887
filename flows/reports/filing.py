"""Filing: the order in which submissions are answered, which of them need a person, and the names of the answers.

What belongs here: order and names, which reports link to and folders are made of. What does not: what the files say.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from schemas.findings import Finding, gravest_first
from schemas.inbox_rules import REVISIONS_ARRIVE_IN_ORDER, WITHDRAWN_FILE_IS_NOT_SENT_AGAIN
from schemas.operation import TaskForce
from schemas.snapshot import Snapshot
from schemas.submission import Receipt, Standing, Submission, Verdict

INDEX, REPORT, FIGURES = "index.html", "report.html", "figures.csv"
UNPLACED = "internal/unplaced"

_GRAVEST_FIRST: tuple[Verdict | Standing, ...] = (
    Verdict.QUARANTINED,
    Verdict.REJECTED,
    Standing.CONFLICTING,
    Verdict.ACCEPTED_WITH_WARNINGS,
    Verdict.ACCEPTED,
)

_SENT_TO_COUNT = (REVISIONS_ARRIVE_IN_ORDER.code, WITHDRAWN_FILE_IS_NOT_SENT_AGAIN.code)

T = TypeVar("T", Receipt, Finding)
Age = tuple[dt.datetime, int]
"""When a submission arrived first, and its revision."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A submission among those of its state, or among those whose state cannot be told.

    Attributes:
        receipts: Its arrivals, the first first.
        outcome: Its verdict, or `conflicting` where it would otherwise count.
        findings: All its findings, those of rules over the inbox included, the gravest first.
        open: Those of them that ask for something: errors, and warnings that are not explained.
        suffix: What its files have in their names before the ending: nothing for the one to answer, else `-1`, `-2`.
        is_replaced: Whether another one answers for it: its counts count once elsewhere, or a later one of the state is
            about all task forces that this one may be about. Of two that arrived together only a higher revision is
            later, so that neither of two with the same one is. What was sent too late to count is not replaced.
        next_revision: The least that its correction may have: more than its own, and than any of the state that counts.
    """

    submission: Submission
    receipts: tuple[Receipt, ...]
    outcome: Verdict | Standing
    findings: tuple[Finding, ...]
    open: tuple[Finding, ...]
    suffix: str
    is_replaced: bool
    next_revision: int

    @property
    def file(self) -> str:
        """The name under which it was received first."""
        return self.receipts[0].file

    @property
    def needs_a_person(self) -> bool:
        """Whether a person should see it: it does not count as it came, or with a question, and none replaces it."""
        return bool(self.open or not self.counts) and not self.is_replaced

    @property
    def counts(self) -> bool:
        """Whether it counts as it came, be it with a question."""
        return self.outcome in (Verdict.ACCEPTED, Verdict.ACCEPTED_WITH_WARNINGS)

    @property
    def returned(self) -> str:
        """The name of the returned workbook; empty where there is nothing to answer, or no state to answer."""
        return f"returned{self.suffix}.xlsx" if self.open and self.submission.state else ""

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

    Of those that arrived together with the same revision, one that does not count comes after one that does. Those
    whose state cannot be told are under the empty code, by sha256, and all of them have a number.
    """
    receipts, findings = _by_sha256(snapshot.receipts), _by_sha256(snapshot.findings)
    age = {sha256: (of[0].received, snapshot.submissions[sha256].revision) for sha256, of in receipts.items()}
    by_state: dict[str, list[Submission]] = {state: [] for state in (*snapshot.operation.roster.states, "")}
    for submission in sorted(
        snapshot.submissions.values(), key=lambda s: (age[s.sha256], not s.verdict.counts, s.sha256)
    ):
        by_state[submission.state].append(submission)
    by_state[""].sort(key=lambda submission: submission.sha256)
    return {
        state: tuple(
            Filed(
                submission,
                tuple(receipts[submission.sha256]),
                _outcome(snapshot, submission),
                gravest_first(findings.get(submission.sha256, ())),
                gravest_first(filter(snapshot.asks, findings.get(submission.sha256, ()))),
                suffix="" if state and n == len(submissions) else f"-{n}",
                is_replaced=_is_replaced(snapshot, submission, submissions[n:] if state else [], age)
                and not _is_missed(snapshot, findings.get(submission.sha256, ())),
                next_revision=1 + max(submission.revision, highest),
            )
            for n, submission in enumerate(submissions, start=1)
        )
        for state, submissions in by_state.items()
        for highest in [max((s.revision for s in submissions if s.verdict.counts), default=0)]
    }


def _by_sha256(things: Iterable[T]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = {}
    for thing in things:
        groups.setdefault(thing.sha256, []).append(thing)
    return groups


def _outcome(snapshot: Snapshot, submission: Submission) -> Verdict | Standing:
    is_conflicting = Standing.CONFLICTING in snapshot.standings_of(submission.sha256).values()
    return Standing.CONFLICTING if is_conflicting else submission.verdict


def _is_replaced(
    snapshot: Snapshot, submission: Submission, others: Iterable[Submission], age: Mapping[str, Age]
) -> bool:
    counts = Standing.CURRENT in snapshot.standings_of(submission.sha256).values()
    return _is_idle(snapshot, submission) or any(
        _is_later(age[other.sha256], age[submission.sha256])
        and _task_forces(snapshot, submission) <= set(other.task_forces)
        and not (counts and _is_idle(snapshot, other))
        for other in others
    )


def _is_idle(snapshot: Snapshot, submission: Submission) -> bool:
    """Tell whether a submission was accepted and no count of it is still at stake: superseded, repeated, withdrawn."""
    standings = set(snapshot.standings_of(submission.sha256).values())
    return bool(standings) and standings.isdisjoint({Standing.CURRENT, Standing.CONFLICTING})


def _is_missed(snapshot: Snapshot, findings: Iterable[Finding]) -> bool:
    """Tell whether a submission counts no more, and yet was sent as if it did."""
    return any(f.code in _SENT_TO_COUNT and snapshot.asks(f) for f in findings)


def _is_later(age: Age, than: Age) -> bool:
    """Tell whether a submission is certainly later than another; a revision that could not be read may be any."""
    return age[0] > than[0] or bool(than[1] and age > than)


def _task_forces(snapshot: Snapshot, submission: Submission) -> set[str]:
    """Return which task forces a submission may be about: all of its state where no row could be read."""
    of_state = snapshot.operation.roster.by_state[submission.state]
    return set(submission.task_forces) or {task_force.id for task_force in of_state}


def needing_attention(snapshot: Snapshot) -> tuple[Filed, ...]:
    """Return the submissions that need a person, the gravest first, then by state and file."""
    concerns = [one for sent in filed(snapshot).values() for one in sent if one.needs_a_person]
    return tuple(sorted(concerns, key=_gravity))


def _gravity(concern: Filed) -> tuple[int, str, str, str]:
    submission = concern.submission
    return _GRAVEST_FIRST.index(concern.outcome), submission.state, concern.file, submission.sha256


def latest_of(snapshot: Snapshot, state: str, sent: Sequence[Filed]) -> Iterator[tuple[TaskForce, Filed]]:
    """Yield each task force of a state of which anything was sent, with the latest submission that has some of it."""
    for task_force in snapshot.operation.roster.by_state[state]:
        for one in [one for one in sent if task_force.id in one.submission.task_forces][-1:]:
            yield task_force, one
