"""The message that answers a submission: what became of it, what is needed, and of an accepted one what was read.

It is addressed to a role, at a placeholder: who that is, and whether to send, is the operator's to decide. What it says
stands in the templates beside this module; how it is set and addressed, in `letters.py`; how it becomes mail, in
`mail.py`.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from itertools import groupby
from zoneinfo import ZoneInfo

from flows.reports.explanations import explanation_in_words
from flows.reports.filing import Filed
from flows.reports.letters import commander, national_office, render_letter, unknown_sender
from flows.reports.mail import draft
from flows.reports.read_back import Count, read_back
from flows.reports.tries import Try, changes_in_words
from flows.reports.words import counted
from schemas.findings import grouped
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
    """Return the message that answers a submission.

    Args:
        snapshot: What counts.
        sent: The submission.
        read: What was read of it.
        workbook: The returned workbook to attach; None where there is none.
        tried: What became of the try before; None where it is the first.
    """
    operation, submission = snapshot.operation, sent.submission
    to = _addresses(operation, submission)
    subject = f"{operation.title}: {_name(submission)}, {submission.verdict.replace('_', ' ')}"
    attachment = f"{operation.id}-{submission.state}-returned.xlsx" if workbook else ""
    text = _text(snapshot, sent, read, attachment, tried)
    eml = draft(
        sender=national_office(operation),
        to=to,
        subject=subject,
        date=snapshot.as_of.astimezone(ZoneInfo(operation.timezone)),
        text=text,
        workbook=workbook,
        workbook_name=attachment,
    )
    for_operator = render_letter(
        "message_for_operator", sent=sent, to=to, subject=subject, has=bool(workbook), text=text
    )
    return Message(for_operator.encode(), eml)


def _name(submission: Submission) -> str:
    revision = f"revision {submission.revision}" if submission.revision else "a workbook"
    return f"{submission.state} {revision}" if submission.state else "a workbook of an unknown state"


def _addresses(operation: Operation, submission: Submission) -> tuple[Address, ...]:
    return tuple(map(commander, _answering(operation, submission))) or (unknown_sender(),)


def _answering(operation: Operation, submission: Submission) -> tuple[TaskForce, ...]:
    """Return who answers for a submission: the task forces it covers or, if none can be told, those of its state."""
    of_state = operation.roster.by_state.get(submission.state, ())
    return tuple(task_force for task_force in of_state if task_force.id in submission.task_forces) or of_state


def _text(snapshot: Snapshot, sent: Filed, read: Sequence[Count], attachment: str, tried: Try | None) -> str:
    operation, submission = snapshot.operation, sent.submission
    asked = [finding.severity for finding in sent.open]
    counts = [counted(asked.count(severity), severity) for severity in dict.fromkeys(asked)]
    explained = [finding for finding in sent.findings if finding not in sent.open and finding.id in snapshot.explained]
    told = [finding for finding in sent.findings if finding not in explained]
    groups = grouped(told, lambda finding: (finding.code, finding.remedy))
    unlisted = sum(map(len, groups[_GROUPS_LISTED:]))
    deadline = _deadline(operation, submission)
    is_late = operation.day_of(snapshot.as_of) > deadline
    return render_letter(
        "message",
        operation=operation,
        sent=sent,
        answering=_answering(operation, submission),
        received=long_date(operation.day_of(sent.receipts[0].received)),
        found=" and ".join(counts),
        standings=_standings(snapshot, submission),
        stands=_something_stands(snapshot, submission),
        attachment=attachment,
        in_time=f"{'as soon as you can; the deadline was' if is_late else 'by'} {long_date(deadline)}",
        groups=[(s, list(alike)) for s, alike in groupby(groups[:_GROUPS_LISTED], key=lambda group: group[0].severity)],
        places=_PLACES_LISTED,
        unlisted=counted(unlisted, "more finding") if unlisted else "",
        explained=[(f, explanation_in_words(operation, snapshot.explained[f.id], internal=False)) for f in explained],
        tried=tried,
        unasked=list(changes_in_words(operation, tried.since.unasked)) if tried else [],
        read_back=list(read_back(operation, submission, read)) if submission.verdict.counts else [],
    )


def _deadline(operation: Operation, submission: Submission) -> dt.date:
    """Return the last day on which any figures of those who answer for a submission are on time."""
    answering = [task_force.id for task_force in _answering(operation, submission)]
    deadlines = (operation.deadline_of(task_force, month) for task_force in answering for month in operation.months)
    return max(deadlines, default=operation.final_deadline)


def _standings(snapshot: Snapshot, submission: Submission) -> list[tuple[Standing, list[str]]]:
    """Return the task forces of each standing that an accepted submission has, `current` first."""
    by_standing: dict[Standing, list[str]] = {standing: [] for standing in Standing}
    for task_force in submission.task_forces:
        if standing := snapshot.standings.get((submission.sha256, task_force)):
            by_standing[standing].append(task_force)
    return [(standing, task_forces) for standing, task_forces in by_standing.items() if task_forces]


def _something_stands(snapshot: Snapshot, submission: Submission) -> bool:
    answering = {task_force.id for task_force in _answering(snapshot.operation, submission)}
    return any(s is Standing.CURRENT and task_force in answering for (_, task_force), s in snapshot.standings.items())
