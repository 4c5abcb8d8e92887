"""The folders of the states: a returned workbook and a message for every submission, and each state's own figures.

What belongs here: which file lies in which folder. What does not: their names, which are `filing`'s, and what they say.
"""

from collections.abc import Iterator, Mapping, Sequence

from flows.reports.csv_text import to_csv
from flows.reports.filing import FIGURES, UNPLACED, Filed, filed, folder_of, latest_of
from flows.reports.messages import message
from flows.reports.read_back import Count, counts_read
from flows.reports.returned import returned_workbook
from flows.reports.tries import Try, last_try
from schemas.snapshot import Snapshot
from schemas.workbook import NOT_APPLICABLE_TEXT

Read = Mapping[str, Sequence[Count]]
"""What was read of each submission of which anything could be."""


def state_folders(snapshot: Snapshot) -> dict[str, bytes]:
    """Return what answers every submission, and the figures of every state, by path; the states' reports aside."""
    read = counts_read(snapshot.read)
    files: dict[str, bytes] = {}
    for state, submissions in filed(snapshot).items():
        folder = folder_of(state) if state else UNPLACED
        for sent in submissions:
            tried = last_try(snapshot, sent, submissions)
            files |= {f"{folder}/{name}": content for name, content in _answer(snapshot, sent, read, tried)}
        if state:
            files[f"{folder}/{FIGURES}"] = _figures(snapshot, state, submissions, read)
    return files


def _answer(snapshot: Snapshot, sent: Filed, read: Read, tried: Try | None) -> Iterator[tuple[str, bytes]]:
    workbook = None
    if sent.returned:
        workbook = returned_workbook(
            snapshot.operation,
            sent.submission,
            snapshot.read,
            sent.findings,
            next_revision=sent.next_revision,
            explained=snapshot.explained,
        )
        yield sent.returned, workbook
    written = message(snapshot, sent, read.get(sent.submission.sha256, ()), workbook, tried)
    yield f"{sent.message}.txt", written.text
    yield f"{sent.message}.eml", written.eml


def _figures(snapshot: Snapshot, state: str, sent: Sequence[Filed], read: Read) -> bytes:
    """One row is a count of a task force's latest submission, with its cell there, and its standing or the verdict."""
    columns = ("task_force", "month", "measure", "label", "unit", "value", "cell", "standing")
    return to_csv(columns, _figure_rows(snapshot, state, sent, read))


def _figure_rows(snapshot: Snapshot, state: str, sent: Sequence[Filed], read: Read) -> Iterator[Sequence[object]]:
    for task_force, one in latest_of(snapshot, state, sent):
        sha256 = one.submission.sha256
        standing = snapshot.standings.get((sha256, task_force.id), one.submission.verdict)
        for count in read.get(sha256, ()):
            if count.task_force == task_force.id:
                measure = snapshot.operation.measure[count.measure]
                value = NOT_APPLICABLE_TEXT if count.value is None else count.value
                yield task_force.id, count.month, measure.id, measure.label, measure.unit, value, count.cell, standing
