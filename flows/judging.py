"""Judging for the ledger: each content at the clock of its first receipt, and what may be kept of it kept.

So it does not matter which run comes to judge it: a verdict follows from bytes, rules, operation and receipt alone.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from flows.inbox import Arrival
from flows.judgement import judge_batch
from flows.ledger.faults import faults_told
from flows.ledger.ledger import Ledger
from flows.ledger.originals import keep_original, may_be_kept
from flows.ledger.recording import Judging
from flows.reports.failure import without_cell_text
from schemas.operation import Operation
from schemas.submission import JudgedBatch, Submission

Judged = list[tuple[Judging, JudgedBatch]]
"""Batches with how they came to be judged, ready to be recorded."""


def judge_as_received(
    act: int, operation: Operation, arrivals: Sequence[Arrival], received: Mapping[str, dt.datetime]
) -> Judged:
    """Judge files together that were received together.

    Args:
        act: In which this happens.
        operation: What they are submitted to.
        arrivals: The files.
        received: When each content was received first, by sha256.
    """
    judged: Judged = []
    for clock in sorted({received[arrival.sha256] for arrival in arrivals}):
        together = [arrival for arrival in arrivals if received[arrival.sha256] == clock]
        with without_cell_text():
            judged.append((Judging(act, operation, clock), judge_batch(operation, together, as_of=clock)))
    return judged


def submissions_in(judged: Judged) -> list[Submission]:
    """Return all submissions that were judged."""
    return [submission for _, batch in judged for submission in batch.submissions]


def keep_originals(ledger: Ledger, arrivals: Iterable[Arrival], submissions: Iterable[Submission]) -> None:
    """Keep the bytes of those submissions whose bytes may be kept."""
    contents = {arrival.sha256: arrival.content for arrival in arrivals}
    with faults_told(str(ledger.place)):
        for submission in filter(may_be_kept, submissions):
            keep_original(ledger.place.originals, submission.sha256, contents[submission.sha256])
