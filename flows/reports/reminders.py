"""Reminders: a message to each task force of which figures are due or missing. Nothing is sent; they are drafts.

They follow from a snapshot alone, so that a command, a flow and the nightly run give the same ones.
"""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from flows.reports.letters import commander, national_office, render_letter
from flows.reports.mail import draft
from flows.reports.words import counted
from schemas.operation import TaskForce
from schemas.snapshot import Snapshot
from schemas.timeliness import Expected, Timing

REMINDERS = "internal/reminders"


def reminders(snapshot: Snapshot) -> dict[str, bytes]:
    """Return the reminders by their path among the outputs: of each task force a text and a draft of the mail."""
    return {
        path: content for task_force, due in _due(snapshot) for path, content in _reminder(snapshot, task_force, due)
    }


def _due(snapshot: Snapshot) -> Iterator[tuple[TaskForce, list[Expected]]]:
    """Yield the task forces that lack a month that has ended, with these months, in roster order."""
    for task_force in snapshot.operation.roster.task_forces:
        due = [
            expected
            for expected in snapshot.timeliness
            if expected.task_force == task_force.id and expected.timing in (Timing.MISSING, Timing.DUE)
        ]
        if due:
            yield task_force, due


def _reminder(snapshot: Snapshot, task_force: TaskForce, due: list[Expected]) -> Iterator[tuple[str, bytes]]:
    operation, to = snapshot.operation, commander(task_force)
    is_missing = any(expected.timing is Timing.MISSING for expected in due)
    what = f"the figures of {counted(len(due), 'month')} are {'missing' if is_missing else 'due'}"
    subject = f"{operation.title}: {task_force.id}, {what}"
    text = render_letter(
        "reminder",
        operation=operation,
        as_of=operation.day_of(snapshot.as_of),
        task_force=task_force,
        due=due,
        is_missing=is_missing,
        Timing=Timing,
    )
    path = f"{REMINDERS}/{task_force.id}"
    heading = render_letter("reminder_for_operator", task_force=task_force, to=to, subject=subject)
    yield f"{path}.txt", f"{heading}{text}".encode()
    yield (
        f"{path}.eml",
        draft(
            sender=national_office(operation),
            to=(to,),
            subject=subject,
            date=snapshot.as_of.astimezone(ZoneInfo(operation.timezone)),
            text=text,
            workbook=None,
            workbook_name="",
        ),
    )
