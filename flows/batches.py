"""Batches: how many workbooks are taken and judged at once, in the nightly run and in `check` alike."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

BATCH_SIZE = 1500
"""Many, since judging has a fixed cost; few, since a batch is held in memory."""

T = TypeVar("T")


def batches(things: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield the things in order, `BATCH_SIZE` at a time."""
    for start in range(0, len(things), BATCH_SIZE):
        yield things[start : start + BATCH_SIZE]
