"""The message that answers a submission: what became of it, what is needed, and of an accepted one what was read.

It is addressed to a role, at a placeholder: who that is, and whether to send, is the operator's to decide. What it says
stands in the templates.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flows.reports.explanations import explanation_in_words
from flows.reports.filing import Filed
from flows.reports.letters import UNKNOWN_SENDER, commander, draft
from flows.reports.pages.render import render
from flows.reports.read_back import Count, read_back
from flows.reports.tries import Try, changes_in_words
from flows.reports.words import counted
from schemas.findings import Severity, grouped
from schemas.months import long_date
from schemas.operation import Operation, TaskForce
from schemas.snapshot import Snapshot
from schemas.submission import Standing, Submission

_GROUPS_LISTED, _PLACES_LISTED = 40, 12


@dataclass(frozen=True, slots=True)
class Message:
    """A message twice: as text with a word to the operator, and as a mail to send."""

    text: bytes
    eml: bytes


def message(
    snapshot: Snapshot, sent: Filed, read: Sequence[Count], workbook: bytes | None, tried: Try | None = None
) -> Message:
    """Return the message that answers a submission, by what was read of it and what became of the try before.

    The returned workbook, if there is one, is attached.
    """
    operation, submission = snapshot.operation, sent.submission
    to = tuple(map(commander, _answering(operation, submission))) or (UNKNOWN_SENDER,)
    subject = f"{operation.title}: {_name(submission)}, {submission.verdict.replace('_', ' ')}"
    text = _text(snapshot, sent, read, has_workbook=workbook is not None, tried=tried)
    for_operator = render("message_for_operator.txt", sent=sent, to=to, subject=subject, has=bool(workbook), text=text)
    attached = (f"{operation.id}-{submission.state}-returned.xlsx", workbook) if workbook else None
    return Message(for_operator, draft(snapshot, to, subject, text, attached))


def _name(submission: Submission) -> str:
    revision = f"revision {submission.revision}" if submission.revision else "a workbook"
    return f"{submission.state} {revision}" if submission.state else "a workbook of an unknown state"


def _answering(operation: Operation, submission: Submission) -> tuple[TaskForce, ...]:
    """Return who answers for a submission: the task forces it covers or, if none can be told, those of its state."""
    of_state = operation.roster.by_state.get(submission.state, ())
    return tuple(task_force for task_force in of_state if task_force.id in submission.task_forces) or of_state


def _text(snapshot: Snapshot, sent: Filed, read: Sequence[Count], *, has_workbook: bool, tried: Try | None) -> str:
    operation, submission = snapshot.operation, sent.submission
    asked = [finding.severity for finding in sent.open]
    counts = [counted(asked.count(severity), severity) for severity in dict.fromkeys(asked)]
    explained = [f for f in sent.findings if f.severity is Severity.WARNING and not snapshot.asks(f)]
    told = [f for f in sent.findings if f.severity is Severity.NOTE or snapshot.asks(f)]
    groups = grouped(told, lambda finding: (finding.code, finding.remedy))
    unlisted = sum(map(len, groups[_GROUPS_LISTED:]))
    answering = _answering(operation, submission)
    deadline = _deadline(operation, answering)
    is_late = snapshot.day > deadline
    text = render(
        "message.txt",
        operation=operation,
        sent=sent,
        answering=answering,
        received=long_date(operation.day_of(sent.receipts[0].received)),
        found=" and ".join(counts),
        standings=_by_standing(snapshot.standings_of(submission.sha256)),
        stands=any(task_force.id in snapshot.current for task_force in answering),
        has_workbook=has_workbook,
        in_time=f"{'as soon as you can; the deadline was' if is_late else 'by'} {long_date(deadline)}",
        groups=[(s, list(alike)) for s, alike in groupby(groups[:_GROUPS_LISTED], key=lambda group: group[0].severity)],
        places=_PLACES_LISTED,
        unlisted=counted(unlisted, "more finding") if unlisted else "",
        explained=explained,
        words={
            f.id: explanation_in_words(operation, snapshot.explained[f.id], internal=False)
            for f in sent.findings
            if f.id in snapshot.explained
        },
        tried=tried,
        unasked=list(changes_in_words(operation, tried.since.unasked)) if tried else [],
        read_back=list(read_back(operation, submission, read)) if submission.verdict.counts else [],
    )
    return f"{text.decode()}\n"


def _deadline(operation: Operation, answering: Sequence[TaskForce]) -> dt.date:
    """Return the last day on which any figures of those who answer for a submission are on time."""
    deadlines = (operation.deadline_of(task_force.id, month) for task_force in answering for month in operation.months)
    return max(deadlines, default=operation.final_deadline)


def _by_standing(standings: Mapping[str, Standing]) -> list[tuple[Standing, list[str]]]:
    """Return the task forces of each standing, `current` first."""
    present = [standing for standing in Standing if standing in standings.values()]
    return [(standing, [t for t, its in standings.items() if its is standing]) for standing in present]
