"""A snapshot, composed: from judged batches to everything that counts, and what it says of the release."""

import datetime as dt
from collections.abc import Iterator, Sequence
from importlib.metadata import version

import pandas as pd

from flows.steps.cover import cover
from flows.steps.identify import identify
from flows.steps.look_across import look_across
from flows.steps.reconcile import reconcile
from flows.steps.roll_up import roll_up
from flows.steps.standing import keep_current, settle
from schemas.counts import joined
from schemas.operation import Operation
from schemas.release_basis import known_totals
from schemas.rules import RULES_VERSION
from schemas.snapshot import Snapshot
from schemas.submission import JudgedBatch, NotTaken, Receipt, Submission


def take_snapshot(
    operation: Operation,
    receipts: Sequence[Receipt],
    batches: Sequence[JudgedBatch],
    *,
    as_of: dt.datetime,
    not_taken: Sequence[NotTaken] = (),
) -> Snapshot:
    """Take the snapshot of what has arrived and was judged. The order of receipts and batches changes nothing.

    Args:
        operation: Whose it is.
        receipts: Every file that arrived.
        batches: Every submission, judged; one that is in two batches is taken once.
        as_of: The run's clock, aware.
        not_taken: What lay in the inbox and could not be taken.
    """
    submissions = {s.sha256: s for s in sorted(_submissions(batches), key=lambda submission: submission.sha256)}
    read = joined(_distinct_counts(batches))
    accepted = [sha256 for sha256, submission in submissions.items() if submission.verdict.counts]
    judged = (read[read["sha256"].isin(accepted)],)
    standings = settle(receipts, submissions, judged)
    counts = keep_current(judged, standings)
    findings = (
        *(finding for submission in submissions.values() for finding in submission.findings),
        *look_across(receipts, submissions, standings),
    )
    coverage = cover(counts, operation, as_of=as_of)
    rolled = roll_up(counts, operation, as_of=as_of)
    versions = (RULES_VERSION, version("icac-rollup"))
    return Snapshot(
        id=identify(
            operation,
            as_of=as_of,
            versions=versions,
            inbox=(*receipts, *not_taken),
            submissions=submissions,
            standings=standings,
            findings=findings,
            counts=counts,
        ),
        operation=operation,
        as_of=as_of,
        rules_version=versions[0],
        program_version=versions[1],
        receipts=tuple(sorted(receipts, key=lambda receipt: (receipt.received, receipt.file, receipt.sha256))),
        not_taken=tuple(sorted(not_taken, key=lambda one: (one.file, one.why))),
        submissions=submissions,
        standings=standings,
        findings=findings,
        read=read,
        counts=counts,
        coverage=coverage,
        totals=rolled.totals,
        by_month=rolled.by_month,
        by_state=rolled.by_state,
        by_state_and_month=rolled.by_state_and_month,
        firm=rolled.firm,
        claims=reconcile(operation, coverage, known_totals(rolled.totals, rolled.firm)),
    )


def _submissions(batches: Sequence[JudgedBatch]) -> Iterator[Submission]:
    for batch in batches:
        yield from batch.submissions


def _distinct_counts(batches: Sequence[JudgedBatch]) -> Iterator[pd.DataFrame]:
    """Yield what was read of each batch, without submissions that an earlier batch has too."""
    seen: set[str] = set()
    for batch in batches:
        yield batch.read[~batch.read["sha256"].isin(seen)]
        seen.update(submission.sha256 for submission in batch.submissions)
