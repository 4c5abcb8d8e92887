"""The nightly job as a Prefect flow: what happens, in which order. How each part is done has its own module."""

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from uuid import UUID

from prefect import flow, task
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from pydantic import AwareDatetime

from flows.batches import BATCH_SIZE, batches
from flows.inbox import InboxFile, find_workbooks, take
from flows.judgement import judge_batch
from flows.operations import load_operation
from flows.outbox import publish
from flows.reports.artifacts import artifact_tables
from flows.reports.failure import without_cell_text
from flows.reports.words import counted
from flows.snapshots import take_snapshot
from schemas.operation import Operation
from schemas.snapshot import Snapshot
from schemas.submission import JudgedBatch, NotTaken, Receipt

NIGHTLY_LOG = "prefect.flow_runs.national_rollup"
"""The logger that says how far a run is: to Prefect's server, and to whoever listens in this process."""

_progress = logging.getLogger(NIGHTLY_LOG)
_judgements = logging.getLogger("prefect.task_runs.national_rollup")


@dataclass(frozen=True, slots=True)
class NightlyRun:
    """What a run leads to: the folder of its outputs, and the snapshot they tell of."""

    outputs: Path
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class ReceivedBatch:
    """What came of a batch of files: what arrived and was judged, and what could not be taken."""

    receipts: tuple[Receipt, ...]
    not_taken: tuple[NotTaken, ...]
    judged: JudgedBatch


@flow(name="national-rollup", persist_result=False)
def national_rollup(
    inbox: Path, out: Path, operation: str = "broken-heart-2018", as_of: AwareDatetime | None = None
) -> NightlyRun:
    """Judge every workbook of the inbox, roll the nation up, hold the release to it, and publish all of that.

    Args:
        inbox: A folder of workbooks.
        out: Where the outputs go.
        operation: The id of an operation, or the path of an operation's folder.
        as_of: The run's clock, aware; now if left out.
    """
    clock = as_of or dt.datetime.now(dt.UTC)
    effort = load_operation(operation)
    received = _receive_and_judge(effort, find_workbooks(inbox), as_of=clock)
    with without_cell_text():
        snapshot = take_snapshot(
            effort,
            [receipt for batch in received for receipt in batch.receipts],
            [batch.judged for batch in received],
            as_of=clock,
            not_taken=[file for batch in received for file in batch.not_taken],
        )
    outputs = publish(out, snapshot)
    for table in artifact_tables(snapshot, outputs):
        create_table_artifact(key=table.key, description=table.description, table=table.rows)
    return NightlyRun(outputs, snapshot)


def _receive_and_judge(operation: Operation, files: Sequence[InboxFile], *, as_of: dt.datetime) -> list[ReceivedBatch]:
    """Take and judge the files batch by batch, saying after each how far that is."""
    received: list[ReceivedBatch] = []
    done, say = 0, _meter(len(files))
    for batch in batches(files):
        received.append(take_and_judge(operation, batch, as_of=as_of))
        done += len(batch)
        say(done)
    return received


@task(cache_policy=NO_CACHE, persist_result=False)
def take_and_judge(operation: Operation, files: Sequence[InboxFile], *, as_of: dt.datetime) -> ReceivedBatch:
    """Read some files and judge them together."""
    taken = take(files)
    with without_cell_text():
        judged = judge_batch(operation, taken.arrivals, as_of=as_of)
    for submission in judged.submissions:
        _judgements.info(
            "%s %s: %s, %s, %d of %d cells typed",
            submission.state or "no state",
            submission.sha256[:12],
            submission.verdict,
            counted(len(submission.findings), "finding"),
            submission.cells.typed,
            submission.cells.read,
        )
    receipts = tuple(Receipt(arrival.file, arrival.sha256, as_of) for arrival in taken.arrivals)
    return ReceivedBatch(receipts, taken.not_taken, judged)


def _meter(total: int) -> Callable[[int], None]:
    """Return what says how many of all workbooks are judged; on Prefect's page too, where that takes a while."""
    artifact = cast(UUID, create_progress_artifact(0, key="workbooks-judged")) if total > BATCH_SIZE else None

    def say(done: int) -> None:
        _progress.info("Judged %s of %s", f"{done:,}", counted(total, "workbook"))
        if artifact:
            update_progress_artifact(artifact, 100 * done / total)

    return say
