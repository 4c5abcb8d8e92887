"""Examining: some files of the inbox read and judged together, in this process or in one of a cluster.

What belongs here: from files to judgements, with nothing recorded. What does not: the ledger, and which files.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from flows.door.workers import Readers
from flows.inbox import Arrival, InboxFile, take
from flows.judgement import judge_batch
from flows.ledger.originals import may_be_kept
from flows.reports.failure import name_of
from schemas.operation import Operation
from schemas.submission import JudgedBatch, NotTaken

_CHANGED = "it changed while it was read; it is taken the next time"


@dataclass(frozen=True, slots=True)
class Broken:
    """A workbook that a bug of ours stopped: its name as received, its sha256, and the bug by kind and place."""

    file: str
    sha256: str
    bug: str

    @property
    def sentence(self) -> str:
        """What is said of it."""
        return f"{self.file} (sha256 {self.sha256}) could not be judged: {self.bug}"

    @property
    def not_taken(self) -> NotTaken:
        """What the outputs say of it."""
        return NotTaken(self.file, f"a failure of our own stopped it ({self.bug}); tell whoever maintains this program")


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of some files: judgements with the clocks they were made at, and the bytes that may be kept, by sha256.

    Some could not be read, and some, through bugs of ours, not be judged.
    """

    judged: tuple[tuple[dt.datetime, JudgedBatch], ...]
    originals: Mapping[str, bytes]
    not_taken: tuple[NotTaken, ...]
    broken: tuple[Broken, ...]


def examine(
    operation: Operation,
    files: Sequence[InboxFile],
    received: Mapping[str, dt.datetime],
    *,
    readers: Readers | None = None,
) -> Examined:
    """Read some files that nobody has judged, and judge them together.

    When each content was `received` first is known by sha256; what is not there was not received. They are read by the
    processes that all batches share, if no others are given.
    """
    taken = take(files, operation.first_private_year)
    changed = [NotTaken(arrival.file, _CHANGED) for arrival in taken.arrivals if arrival.sha256 not in received]
    arrivals = [arrival for arrival in taken.arrivals if arrival.sha256 in received]
    examined = examine_arrivals(operation, arrivals, received, readers=readers)
    return replace(examined, not_taken=(*taken.not_taken, *changed))


def examine_arrivals(
    operation: Operation,
    arrivals: Sequence[Arrival],
    received: Mapping[str, dt.datetime],
    *,
    readers: Readers | None = None,
) -> Examined:
    """Judge files together, each at the clock at which its bytes were received first, whichever run comes to it."""
    judged: list[tuple[dt.datetime, JudgedBatch]] = []
    broken: list[Broken] = []
    for clock in sorted({received[arrival.sha256] for arrival in arrivals}):
        together = [arrival for arrival in arrivals if received[arrival.sha256] == clock]
        batches, bugs = _judge(operation, together, clock, readers)
        judged += [(clock, batch) for batch in batches]
        broken += bugs
    kept = {s.sha256 for _, batch in judged for s in batch.submissions if may_be_kept(s)}
    originals = {arrival.sha256: arrival.content for arrival in arrivals if arrival.sha256 in kept}
    return Examined(tuple(judged), originals, (), tuple(broken))


def only_of(states: frozenset[str], batch: JudgedBatch) -> JudgedBatch:
    """Return what was judged of some states, and leave all else to another run."""
    submissions = tuple(submission for submission in batch.submissions if submission.state in states)
    chosen = [submission.sha256 for submission in submissions]
    read: pd.DataFrame = batch.read[batch.read["sha256"].isin(chosen)].reset_index(drop=True)
    return JudgedBatch(submissions, read)


def _judge(
    operation: Operation, arrivals: Sequence[Arrival], clock: dt.datetime, readers: Readers | None
) -> tuple[list[JudgedBatch], list[Broken]]:
    """Judge some files together; where a bug stops that, judge each half alone, until it is known which it was.

    What the bug says of itself is not told: it may hold the text of a cell.
    """
    try:
        return [judge_batch(operation, arrivals, as_of=clock, readers=readers)], []
    except Exception as error:
        if len(arrivals) == 1:
            return [], [Broken(arrivals[0].file, arrivals[0].sha256, name_of(error))]
    half = len(arrivals) // 2
    parts = [_judge(operation, part, clock, readers) for part in (arrivals[:half], arrivals[half:])]
    return [batch for batches, _ in parts for batch in batches], [bug for _, bugs in parts for bug in bugs]
