"""Checking workbooks as the nightly run would judge them: no server, nothing stored."""

import datetime as dt
from collections.abc import Callable, Sequence

from flows.batches import batches
from flows.inbox import InboxFile, take
from flows.judgement import judge_batch
from flows.reports.check_report import Checked, CheckedFile
from flows.reports.words import counted
from schemas.operation import Operation
from schemas.submission import NotTaken


def check_workbooks(
    operation: Operation, files: Sequence[InboxFile], *, as_of: dt.datetime, say: Callable[[str], None]
) -> Checked:
    """Judge files batch by batch, saying after each how far that is.

    Args:
        operation: What they would be submitted to.
        files: The files, each of which gets its own result, in this order.
        as_of: The clock, aware.
        say: Takes a sentence for whoever waits.
    """
    checked: list[CheckedFile] = []
    not_taken: list[NotTaken] = []
    for batch in batches(files):
        taken = take(batch)
        judged = {s.sha256: s for s in judge_batch(operation, taken.arrivals, as_of=as_of).submissions}
        checked.extend(CheckedFile(arrival.file, judged[arrival.sha256]) for arrival in taken.arrivals)
        not_taken.extend(taken.not_taken)
        say(f"Checked {len(checked) + len(not_taken):,} of {counted(len(files), 'workbook')}")
    return Checked(tuple(checked), tuple(not_taken))
