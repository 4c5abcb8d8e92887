"""The nightly job as a Prefect flow: what happens, in which order. How each part is done has its own module."""

import datetime as dt
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import cast
from uuid import UUID

from prefect import flow, task
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.utilities.annotations import quote
from pydantic import AwareDatetime

from flows.batches import BATCH_SIZE
from flows.inbox import InboxFile, find_workbooks
from flows.ledger.ledger import ledger_to_write
from flows.ledger.place import place_of
from flows.night import Night, NightlyRun, begin_night, judge_files, run_night
from flows.operations import load_operation
from flows.reports.artifacts import artifact_tables
from flows.reports.words import counted
from schemas.submission import Submission

NIGHTLY_LOG = "prefect.flow_runs.national_rollup"
"""The logger that says how far a run is: to Prefect's server, and to whoever listens in this process."""

_progress = logging.getLogger(NIGHTLY_LOG)
_judgements = logging.getLogger("prefect.task_runs.national_rollup")


@flow(name="national-rollup", persist_result=False)
def national_rollup(
    inbox: Path,
    out: Path,
    operation: str = "broken-heart-2018",
    as_of: AwareDatetime | None = None,
    ledger: str | None = None,
) -> NightlyRun:
    """Receive what arrived, judge what is new, roll the nation up, hold the release to it, and publish all of that.

    Args:
        inbox: A folder of workbooks.
        out: Where the outputs go.
        operation: The id of an operation, or the path of an operation's folder.
        as_of: The run's clock, aware; now if left out.
        ledger: The ledger's URL; the file `ledger.sqlite` in `out` if left out.
    """
    now = dt.datetime.now(dt.UTC)
    effort = load_operation(operation)
    files = find_workbooks(inbox)
    with ledger_to_write(place_of(ledger, out), may_be_made=True) as held:
        night = begin_night(held, effort, files, as_of=as_of or now, now=now)
        run = run_night(night, out, judge=_as_task, say=_Meter())
    for table in artifact_tables(run.snapshot, run.outputs):
        create_table_artifact(key=table.key, description=table.description, table=table.rows)
    return run


@task(cache_policy=NO_CACHE, persist_result=False)
def judge(night: Night, files: Sequence[InboxFile]) -> Sequence[Submission]:
    """Judge some files together and record that, saying of each what it was judged to be."""
    submissions = judge_files(night, files)
    for submission in submissions:
        _judgements.info(
            "%s %s: %s, %s, %d of %d cells typed",
            submission.state or "no state",
            submission.sha256[:12],
            submission.verdict,
            counted(len(submission.findings), "finding"),
            submission.cells.typed,
            submission.cells.read,
        )
    return submissions


def _as_task(night: Night, files: Sequence[InboxFile]) -> Sequence[Submission]:
    # Quoted, so that Prefect does not search everything in it for results of other tasks.
    return judge(cast(Night, quote(night)), files)


class _Meter:
    """Says how many of all new workbooks are judged; on Prefect's page too, where that takes a while."""

    def __init__(self) -> None:
        self._artifact: UUID | None = None

    def __call__(self, done: int, total: int) -> None:
        _progress.info("Judged %s of %s", f"{done:,}", counted(total, "new workbook"))
        if total > BATCH_SIZE:
            self._artifact = self._artifact or cast(UUID, create_progress_artifact(0, key="workbooks-judged"))
            update_progress_artifact(self._artifact, 100 * done / total)
