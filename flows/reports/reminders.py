"""Reminders: a message to each task force of which figures are due or missing. Nothing is sent; they are drafts.

They follow from a snapshot alone, so that a command, a flow and the nightly run give the same ones.
"""

from collections.abc import Iterator

from flows.reports.letters import commander, draft
from flows.reports.pages.render import render
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
    told = render(
        "reminder.txt",
        operation=operation,
        as_of=snapshot.day,
        task_force=task_force,
        due=due,
        is_missing=is_missing,
        Timing=Timing,
    )
    text = f"{told.decode()}\n"
    path = f"{REMINDERS}/{task_force.id}"
    yield f"{path}.txt", render("reminder_for_operator.txt", task_force=task_force, to=to, subject=subject, text=text)
    yield f"{path}.eml", draft(snapshot, (to,), subject, text)
