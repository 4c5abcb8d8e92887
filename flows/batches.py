"""Batches: how many workbooks are taken and judged at once, in the nightly run and in `check` alike."""

from collections.abc import Iterator, Sequence

from flows.inbox import InboxFile

BATCH_SIZE = 750
"""Many, since judging has a fixed cost; few, since a batch is held in memory."""

BATCH_BYTES = 100_000_000
"""However few that makes of large files."""


def batches(files: Sequence[InboxFile], most: int | None = None) -> Iterator[Sequence[InboxFile]]:
    """Yield the files in order, as many at a time as make a batch; one that is larger than a batch alone."""
    most = most or BATCH_SIZE
    start, size = 0, 0
    for end, file in enumerate(files):
        if end - start == most or (size + file.size > BATCH_BYTES and end > start):
            yield files[start:end]
            start, size = end, 0
        size += file.size
    if files:
        yield files[start:]
