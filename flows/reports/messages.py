"""The message that answers a submission: what became of it, what is needed, and of an accepted one what was read.

It is addressed to a role, at a placeholder: who that is, and whether to send, is the operator's to decide. What it says
stands in the templates.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from itertools import groupby
from zoneinfo import ZoneInfo

from flows.reports.filing import Filed
from flows.reports.pages.render import render
from flows.reports.read_back import Count, read_back
from flows.reports.words import counted
from schemas.findings import Severity, grouped
from schemas.months import long_date
from schemas.operation import Operation, TaskForce
from schemas.snapshot import Snapshot
from schemas.submission import Standing, Submission

_GROUPS_LISTED, _PLACES_LISTED = 40, 12
_XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOWHERE = "invalid"
"""The domain that no mail ever reaches (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message twice: as text with a word to the operator, and as a mail to send."""

    text: bytes
    eml: bytes


def message(snapshot: Snapshot, sent: Filed, read: Sequence[Count], workbook: bytes | None) -> Message:
    """Return the message that answers a submission, given what was read of it and the returned workbook to attach."""
    operation, submission = snapshot.operation, sent.submission
    mail = EmailMessage(SMTP)
    mail["From"] = Address(f"National office, {operation.title}", "national-office", f"{operation.id}.{_NOWHERE}")
    mail["To"] = to = _addresses(operation, submission)
    mail["Subject"] = subject = f"{operation.title}: {_name(submission)}, {submission.verdict.replace('_', ' ')}"
    mail["Date"] = snapshot.as_of.astimezone(ZoneInfo(operation.timezone))
    text = _text(snapshot, sent, read, has_workbook=workbook is not None)
    for_operator = render("message_for_operator.txt", sent=sent, to=to, subject=subject, has=bool(workbook), text=text)
    return Message(for_operator, _draft(mail, text, workbook, f"{operation.id}-{submission.state}-returned.xlsx"))


def _draft(mail: EmailMessage, text: str, workbook: bytes | None, name: str) -> bytes:
    """Return a mail that mail programs open for sending; its id and its boundary follow from its content alone."""
    digest = hashlib.sha256(b"\n".join((mail["Subject"].encode(), text.encode(), workbook or b""))).hexdigest()[:32]
    mail["Message-ID"], mail["X-Unsent"] = f"<{digest}@{mail['From'].addresses[0].domain}>", "1"
    mail.set_content(text, cte="quoted-printable")
    if workbook is not None:
        mail.add_attachment(workbook, maintype="application", subtype=_XLSX, filename=name)
        mail.set_boundary(f"=_{digest}")
    return mail.as_bytes()


def _name(submission: Submission) -> str:
    revision = f"revision {submission.revision}" if submission.revision else "a workbook"
    return f"{submission.state} {revision}" if submission.state else "a workbook of an unknown state"


def _addresses(operation: Operation, submission: Submission) -> tuple[Address, ...]:
    return tuple(
        Address(f"Commander of {task_force.name}", "commander", f"{task_force.id.lower()}.{_NOWHERE}")
        for task_force in _answering(operation, submission)
    ) or (Address("Sender of this workbook", "sender", f"unknown.{_NOWHERE}"),)


def _answering(operation: Operation, submission: Submission) -> tuple[TaskForce, ...]:
    """Return who answers for a submission: the task forces it covers or, if none can be told, those of its state."""
    of_state = operation.roster.by_state.get(submission.state, ())
    return tuple(task_force for task_force in of_state if task_force.id in submission.task_forces) or of_state


def _text(snapshot: Snapshot, sent: Filed, read: Sequence[Count], *, has_workbook: bool) -> str:
    operation, submission = snapshot.operation, sent.submission
    asked = [finding.severity for finding in sent.findings if finding.severity is not Severity.NOTE]
    counts = [counted(asked.count(severity), severity) for severity in dict.fromkeys(asked)]
    groups = grouped(sent.findings, lambda finding: (finding.code, finding.remedy))
    unlisted = sum(map(len, groups[_GROUPS_LISTED:]))
    deadline = operation.final_deadline
    is_late = operation.day_of(snapshot.as_of) > deadline
    text = render(
        "message.txt",
        operation=operation,
        sent=sent,
        answering=_answering(operation, submission),
        received=long_date(operation.day_of(sent.receipts[0].received)),
        found=" and ".join(counts),
        standings=_by_standing(snapshot.standings_of(submission.sha256)),
        stands=_something_stands(snapshot, submission),
        has_workbook=has_workbook,
        in_time=f"{'as soon as you can; the deadline was' if is_late else 'by'} {long_date(deadline)}",
        groups=[(s, list(alike)) for s, alike in groupby(groups[:_GROUPS_LISTED], key=lambda group: group[0].severity)],
        places=_PLACES_LISTED,
        unlisted=counted(unlisted, "more finding") if unlisted else "",
        read_back=list(read_back(operation, submission, read)) if submission.verdict.counts else [],
    )
    return f"{text.decode()}\n"


def _by_standing(standings: Mapping[str, Standing]) -> list[tuple[Standing, list[str]]]:
    """Return the task forces of each standing, `current` first."""
    present = [standing for standing in Standing if standing in standings.values()]
    return [(standing, [t for t, its in standings.items() if its is standing]) for standing in present]


def _something_stands(snapshot: Snapshot, submission: Submission) -> bool:
    answering = {task_force.id for task_force in _answering(snapshot.operation, submission)}
    return any(s is Standing.CURRENT and task_force in answering for (_, task_force), s in snapshot.standings.items())
