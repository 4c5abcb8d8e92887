"""The folders of the states: a returned workbook and a message for every submission, and each state's own figures.

What belongs here: which file lies in which folder. What does not: their names, which are `filing`'s, and what they say.
"""

from collections.abc import Iterator, Sequence

from flows.reports.csv_text import to_csv
from flows.reports.filing import FIGURES, UNPLACED, Filed, filed, folder_of, latest_of
from flows.reports.messages import message
from flows.reports.read_back import counts_of
from flows.reports.returned import returned_workbook
from flows.reports.tries import last_try
from schemas.counts import of_submission
from schemas.snapshot import Snapshot
from schemas.workbook import NOT_APPLICABLE_TEXT


def state_folders(snapshot: Snapshot) -> Iterator[tuple[str, bytes]]:
    """Yield what answers every submission, and the figures of every state, by path; the states' reports aside."""
    for state, submissions in filed(snapshot).items():
        folder = folder_of(state) if state else UNPLACED
        for n, sent in enumerate(submissions):
            for name, content in _answer(snapshot, sent, submissions[:n]):
                yield f"{folder}/{name}", content
        if state:
            yield f"{folder}/{FIGURES}", _figures(snapshot, state, submissions)


def _answer(snapshot: Snapshot, sent: Filed, earlier: Sequence[Filed]) -> Iterator[tuple[str, bytes]]:
    workbook = None
    if sent.returned:
        workbook = returned_workbook(
            snapshot.operation,
            sent.submission,
            of_submission(snapshot.read, sent.submission.sha256),
            sent.findings,
            next_revision=sent.next_revision,
            explained=snapshot.explained,
        )
        yield sent.returned, workbook
    read = counts_of(snapshot.read, sent.submission.sha256)
    written = message(snapshot, sent, read, workbook, last_try(snapshot, sent, earlier))
    yield f"{sent.message}.txt", written.text
    yield f"{sent.message}.eml", written.eml


def _figures(snapshot: Snapshot, state: str, sent: Sequence[Filed]) -> bytes:
    """One row is a count of a task force's latest submission, with its cell there, and its standing or the verdict."""
    columns = ("task_force", "month", "measure", "label", "unit", "value", "cell", "standing")
    return to_csv(columns, _figure_rows(snapshot, state, sent))


def _figure_rows(snapshot: Snapshot, state: str, sent: Sequence[Filed]) -> Iterator[Sequence[object]]:
    for task_force, one in latest_of(snapshot, state, sent):
        sha256 = one.submission.sha256
        standing = snapshot.standings.get((sha256, task_force.id), one.submission.verdict)
        for count in counts_of(snapshot.read, sha256):
            if count.task_force == task_force.id:
                measure = snapshot.operation.measure[count.measure]
                value = NOT_APPLICABLE_TEXT if count.value is None else count.value
                yield task_force.id, count.month, measure.id, measure.label, measure.unit, value, count.cell, standing
