"""The nightly job of a Prefect flow: what happens, in which order. How each part is done has its own module.

Prefect stores what a flow is given, and a path tells of a machine and its users: flows call this, and it is none.
"""

import datetime as dt
import logging
import pickle
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from prefect import State, task
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE

from flows.batches import BATCH_SIZE
from flows.cluster import CLUSTER_BATCH, each_in_order, is_on_cluster, readers_here
from flows.examining import Examined, examine
from flows.inbox import InboxError, InboxFile
from flows.ledger.faults import LedgerError
from flows.ledger.ledger import ledger_to_write, make_sure_it_answers
from flows.ledger.place import Place, place_of
from flows.night import Night, NightlyRun, begin_night, run_night
from flows.operations import load_operation
from flows.outbox import folder_name
from flows.reports.artifacts import artifact_tables
from flows.reports.failure import InternalError, without_cell_text
from flows.reports.words import counted
from flows.settling import settled_workbooks
from flows.storage import address_of
from schemas.submission import NotTaken

NIGHTLY_LOG = "prefect.flow_runs.national_rollup"
"""The logger that says how far a run is: to Prefect's server, and to whoever listens in this process."""

_progress = logging.getLogger(NIGHTLY_LOG)
_judgements = logging.getLogger("prefect.flow_runs.judgements")

_RETRIES = 3
"""How often what lies outside is tried again; PREFECT_TASKS_DEFAULT_RETRY_DELAY_SECONDS says after how long."""


def national_rollup(
    inbox: Path | str,
    out: Path | str,
    operation: str = "broken-heart-2018",
    as_of: dt.datetime | None = None,
    ledger: str | None = None,
    only_states: Sequence[str] = (),
) -> NightlyRun:
    """Receive what arrived, judge what is new, roll the nation up, hold the release to it, and publish all of that.

    Args:
        inbox: A folder of workbooks, or its URL.
        out: Where the outputs go: a folder or a URL.
        operation: The id of an operation, or the path of an operation's folder.
        as_of: The run's clock, aware; now if left out.
        ledger: The ledger's URL; the file `ledger.sqlite` in `out`, or in the working folder, if left out.
        only_states: The states whose submissions are judged, the others are left to another run; all if empty.

    Raises:
        InternalError: Bugs of ours stopped some workbooks; everything else is judged, recorded and published.
    """
    now = dt.datetime.now(dt.UTC)
    effort, target = load_operation(operation), address_of(out)
    settled, unsettled = list_inbox(address_of(inbox), effort.first_private_year, now)
    place = place_of(ledger, target)
    reach_ledger(place)
    with ledger_to_write(place, may_be_made=True) as held:
        night = begin_night(
            held, effort, settled, as_of=as_of or now, now=now, unsettled=unsettled, only_states=only_states
        )
        del settled  # of many files, it takes memory that the reports need
        run = run_night(
            night, target, examine=_examine, say=_Meter(), batch_size=CLUSTER_BATCH if is_on_cluster() else None
        )
    for table in artifact_tables(run.snapshot, folder_name(run.snapshot)):
        create_table_artifact(key=table.key, description=table.description, table=table.rows)
    if run.broken:
        raise InternalError(". ".join(broken.sentence for broken in run.broken))
    return run


def fails_from_outside(_task: object, _run: object, state: State[Any]) -> bool:
    """Tell whether a task failed through something outside that may pass: an inbox or a ledger out of reach."""
    return isinstance(state.result(raise_on_failure=False), InboxError | LedgerError | OSError)


@task(cache_policy=NO_CACHE, persist_result=False, retries=_RETRIES, retry_condition_fn=fails_from_outside)
def list_inbox(
    inbox: Path | str, first_year: int, now: dt.datetime
) -> tuple[tuple[InboxFile, ...], tuple[NotTaken, ...]]:
    """List what lies in the inbox, and what there has not settled yet."""
    return settled_workbooks(inbox, first_year, now=now, wait=time.sleep)


@task(cache_policy=NO_CACHE, persist_result=False, retries=_RETRIES, retry_condition_fn=fails_from_outside)
def reach_ledger(place: Place) -> None:
    """Make sure that the ledger answers."""
    make_sure_it_answers(place)


def _examine(night: Night, work: Sequence[Sequence[InboxFile]]) -> Iterator[Examined]:
    """Examine batches where the flow's tasks run, and say of each submission what it was judged to be."""
    parcels = (pickle.dumps((night.operation, files, night.received_of(files))) for files in work)
    for examined in each_in_order(judge, parcels):
        for submission in (submission for _, batch in examined.judged for submission in batch.submissions):
            _judgements.info(
                "%s %s: %s, %s, %d of %d cells typed",
                submission.state or "no state",
                submission.sha256[:12],
                submission.verdict,
                counted(len(submission.findings), "finding"),
                submission.cells.typed,
                submission.cells.read,
            )
        yield examined


@task(cache_policy=NO_CACHE, persist_result=False)
def judge(parcel: bytes) -> Examined:
    """Call `examine` with arguments that come pickled, so that neither Prefect nor Dask walks through them."""
    with without_cell_text():
        return examine(*pickle.loads(parcel), readers=readers_here())


class _Meter:
    """Says how many of all new workbooks are judged; on Prefect's page too, where that takes a while."""

    def __init__(self) -> None:
        self._artifact: UUID | None = None

    def __call__(self, done: int, total: int) -> None:
        _progress.info("Judged %s of %s", f"{done:,}", counted(total, "new workbook"))
        if total > BATCH_SIZE:
            self._artifact = self._artifact or cast(UUID, create_progress_artifact(0, key="workbooks-judged"))
            update_progress_artifact(self._artifact, 100 * done / total)
