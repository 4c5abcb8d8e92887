"""Checking workbooks as the nightly run would judge them: no server, nothing stored."""

import datetime as dt
from collections.abc import Callable, Sequence

from flows.batches import batches
from flows.inbox import InboxFile, take
from flows.judgement import judge_batch
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
    for batch in batches(files):
        arrivals = take(batch)
        judged = {s.sha256: s for s in judge_batch(operation, arrivals, as_of=as_of).submissions}
        checked.extend(CheckedFile(arrival.file, judged[arrival.sha256]) for arrival in arrivals)
        say(f"Checked {len(checked):,} of {counted(len(files), 'workbook')}")
    return tuple(checked)
