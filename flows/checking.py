"""Checking workbooks as the nightly run would judge them: no server, nothing stored."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from flows.batches import batches
from flows.door.reading import Understood
from flows.inbox import InboxFile, Taken, take
from flows.judgement import judge_read, read_batch
from flows.reports.check_report import Checked, CheckedFile
from flows.reports.words import counted
from schemas.operation import Operation
from schemas.submission import NotTaken

_Read = tuple[list[tuple[str, str]], Mapping[str, Understood], Sequence[NotTaken]]
"""Of a batch: name and sha256 of every file, what was understood of each content, and what was not taken."""


def check_workbooks(
    operation: Operation, files: Sequence[InboxFile], *, as_of: dt.datetime, say: Callable[[str], None]
) -> Checked:
    """Judge files batch by batch, each with a result of its own, in their order; `say` after each how far that is."""
    checked: list[CheckedFile] = []
    not_taken: list[NotTaken] = []
    for names, understood, missed in _read_ahead(operation, files, as_of=as_of):
        judged = {s.sha256: s for s in judge_read(operation, understood, as_of=as_of).submissions}
        checked.extend(CheckedFile(file, judged[sha256]) for file, sha256 in names)
        not_taken.extend(missed)
        say(f"Checked {len(checked) + len(not_taken):,} of {counted(len(files), 'workbook')}")
    return Checked(tuple(checked), tuple(not_taken))


def _read_ahead(operation: Operation, files: Sequence[InboxFile], *, as_of: dt.datetime) -> Iterator[_Read]:
    """Yield batch after batch, read; while one is judged and the next one taken, other processes read."""

    def read(taken: Taken) -> _Read:
        names = [(arrival.file, arrival.sha256) for arrival in taken.arrivals]
        return names, read_batch(operation, taken.arrivals, as_of=as_of), taken.not_taken

    with ThreadPoolExecutor(1) as ahead:
        reading: Future[_Read] | None = None
        for batch in batches(files):
            before, reading = reading, ahead.submit(read, take(batch, operation.first_private_year))
            if before:
                yield before.result()
        if reading:
            yield reading.result()
