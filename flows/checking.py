"""Checking workbooks as the nightly run would judge them: no server, nothing stored."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from flows.batches import batches
from flows.door.reading import Understood
from flows.inbox import InboxFile, take
from flows.judgement import judge_read, read_batch
from flows.reports.check_report import CheckedFile
from flows.reports.words import counted
from schemas.operation import Operation


def check_workbooks(
    operation: Operation, files: Sequence[InboxFile], *, as_of: dt.datetime, say: Callable[[str], None]
) -> tuple[CheckedFile, ...]:
    """Judge files batch by batch, saying after each how far that is.

    Args:
        operation: What they would be submitted to.
        files: The files, each of which gets its own result, in this order.
        as_of: The clock, aware.
        say: Takes a sentence for whoever waits.
    """
    checked: list[CheckedFile] = []
    for names, results in _read_ahead(operation, files, as_of=as_of):
        judged = {s.sha256: s for s in judge_read(operation, results, as_of=as_of).submissions}
        checked.extend(CheckedFile(file, judged[sha256]) for file, sha256 in names)
        say(f"Checked {len(checked):,} of {counted(len(files), 'workbook')}")
    return tuple(checked)


_Read = tuple[Sequence[tuple[str, str]], Mapping[str, Understood]]
"""Name and sha256 of every file of a batch, and what was understood of each, by sha256."""


def _read_ahead(operation: Operation, files: Sequence[InboxFile], *, as_of: dt.datetime) -> Iterator[_Read]:
    """Yield batch after batch, read; while one is judged, the next is being read by other processes."""

    def read(batch: Sequence[InboxFile]) -> _Read:
        arrivals = take(batch)
        return [(one.file, one.sha256) for one in arrivals], read_batch(operation, arrivals, as_of=as_of)

    with ThreadPoolExecutor(1) as ahead:
        reading: Future[_Read] | None = None
        for batch in batches(files):
            before, reading = reading, ahead.submit(read, batch)
            if before:
                yield before.result()
        if reading:
            yield reading.result()
