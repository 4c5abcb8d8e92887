"""Judging again what other rules, or another state of the operation's files, judged: as a preview, or for good."""

import datetime as dt
from collections.abc import Iterator, Sequence

import pandas as pd

from flows.batches import BATCH_SIZE, batches
from flows.inbox import Arrival, InboxFile, take
from flows.judging import judge_as_received, keep_originals, submissions_in
from flows.ledger.acts import Act, begin, keep_operation
from flows.ledger.ledger import Ledger
from flows.ledger.originals import original
from flows.ledger.recording import record
from flows.ledger.view import View
from flows.snapshots import reckon, versions_now
from schemas.operation import Operation
from schemas.rejudgement import Rejudged, Rejudgement
from schemas.submission import Receipt, Verdict


def rejudge(
    ledger: Ledger, operation: Operation, inbox: Sequence[InboxFile], *, as_of: dt.datetime, for_good: bool
) -> Rejudgement:
    """Judge again, each submission at the clock it was judged at before.

    Args:
        ledger: Held for this alone.
        operation: As its files are now.
        inbox: Where bytes are looked for that the ledger does not keep.
        as_of: The clock, aware.
        for_good: Whether to record it; else nothing is recorded, and it is only said what would be.
    """
    with ledger.writing() as connection:
        act = begin(connection, Act.REJUDGEMENT, clock=as_of)
        keep_operation(connection, act, operation)
        view = View(connection, act)
        pending = view.judged_otherwise(versions_now()[0], operation.digest)
        first: dict[str, Receipt] = {}
        for receipt in view.receipts():
            if receipt.sha256 in pending:
                first.setdefault(receipt.sha256, receipt)
        received = {sha256: receipt.received for sha256, receipt in first.items()}
        was = _totals(operation, view, as_of)
        now: dict[str, Verdict] = {}
        for arrivals in _contents(ledger, list(first), inbox):
            judged = judge_as_received(act, operation, arrivals, received)
            for judging, batch in judged:
                record(connection, judging, batch)
            now |= {submission.sha256: submission.verdict for submission in submissions_in(judged)}
            if for_good:
                keep_originals(ledger, arrivals, submissions_in(judged))
        is_now = _totals(operation, View(connection, act), as_of)
        if not for_good:
            connection.rollback()
    return Rejudgement(
        tuple(Rejudged(receipt, pending[sha256], now.get(sha256)) for sha256, receipt in first.items()),
        {measure: (was[measure], is_now[measure]) for measure in was if was[measure] != is_now[measure]},
    )


def _contents(ledger: Ledger, sha256s: Sequence[str], inbox: Sequence[InboxFile]) -> Iterator[list[Arrival]]:
    """Yield the bytes of submissions, as many at a time as make a batch: those that are kept, then from the inbox."""
    missing: set[str] = set()
    for start in range(0, len(sha256s), BATCH_SIZE):
        kept = {s: original(ledger.place.originals, s) for s in sha256s[start : start + BATCH_SIZE]}
        missing |= {sha256 for sha256, content in kept.items() if content is None}
        yield [Arrival("", sha256, content) for sha256, content in kept.items() if content is not None]
    for batch in batches(inbox if missing else ()):
        found = {arrival.sha256: arrival for arrival in take(batch).arrivals if arrival.sha256 in missing}
        missing -= found.keys()
        yield list(found.values())


def _totals(operation: Operation, view: View, as_of: dt.datetime) -> dict[str, int | None]:
    totals = reckon(operation, view, as_of=as_of, versions=versions_now()).totals
    return {m: None if pd.isna(v) else int(v) for m, v in zip(totals["measure"], totals["value"], strict=True)}
