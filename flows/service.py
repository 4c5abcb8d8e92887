"""The flows that a service offers: every night by the clock, and any time by hand through Prefect's own form.

A parameter is a choice or a moment, never free text: Prefect stores it. All else is a setting of the service.
"""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from prefect import Flow, State, flow
from prefect.artifacts import create_table_artifact
from prefect.client.schemas.objects import FlowRun
from prefect.states import Completed
from pydantic import AwareDatetime, Field

from flows.cluster import task_runner_at
from flows.inbox import find_workbooks
from flows.ledger.ledger import ledger_to_read, ledger_to_write
from flows.ledger.place import Place, place_of
from flows.nightly import national_rollup
from flows.notices import emit_failure, emit_news, fault_of, notify
from flows.operations import load_operation
from flows.outbox import folder_name
from flows.rejudging import rejudge
from flows.replaying import newest_snapshot
from flows.reports.news import news
from flows.reports.rejudge_account import rejudge_as_json
from flows.reports.words import counted
from flows.settings import Settings

SETTINGS = Settings()
OPERATION = load_operation(SETTINGS.operation)
TIME_LIMIT = 4 * 3600
"""In seconds: how long a run may take before it is stopped."""

if TYPE_CHECKING:
    _Operation: TypeAlias = str
    _Inbox: TypeAlias = str
    _State: TypeAlias = str
else:
    _Operation = Literal[(OPERATION.id,)]
    _Inbox = Literal[SETTINGS.inboxes]
    _State = Literal[tuple(OPERATION.roster.states)]


def _tell_of_failure(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    error = None if state.is_crashed() else state.result(raise_on_failure=False)
    fault = "crash: the run's process ended before the run" if state.is_crashed() else fault_of(error)
    emit_failure(OPERATION.id, fault)
    notify(SETTINGS.notify, f"{OPERATION.title}: the run {flow_run.name} failed", [fault])


_ON_FAILURE: Any = {"on_failure": [_tell_of_failure], "on_crashed": [_tell_of_failure], "persist_result": False}
_AsOf = Annotated[AwareDatetime | None, Field(title="As of")]


@flow(name="rollup", timeout_seconds=TIME_LIMIT, task_runner=task_runner_at(SETTINGS.dask_address), **_ON_FAILURE)
def rollup(
    operation: Annotated[_Operation, Field(title="Operation")] = OPERATION.id,
    inbox: Annotated[_Inbox, Field(title="Inbox")] = SETTINGS.inbox,
    as_of: _AsOf = None,
    only_states: Annotated[list[_State], Field(title="Only these states")] = [],  # noqa: B006 - Prefect shows it
) -> State[Any]:
    """Take what has arrived, judge what is new, roll the nation up, and publish totals, findings and the release check.

    Args:
        operation: The national operation that is rolled up.
        inbox: Where the workbooks are taken from.
        as_of: The run's clock. Left empty, it is now. It cannot be before that of an earlier run.
        only_states: Judge new workbooks of these states only, and leave the others to the night. Empty means all.
    """
    ledger = SETTINGS.ledger or None
    run = national_rollup(inbox, SETTINGS.out, SETTINGS.operation, _clock(as_of), ledger, only_states)
    what_is_new = news(run.snapshot, run.before, run.last_run)
    emit_news(operation, what_is_new)
    notify(SETTINGS.notify, what_is_new.subject, what_is_new.sentences)
    return Completed(message=f"{run.snapshot.coverage.phrase}. Outputs: {folder_name(run.snapshot)}")


@flow(name="re-judge", timeout_seconds=TIME_LIMIT, **_ON_FAILURE)
def re_judge(
    operation: Annotated[_Operation, Field(title="Operation")] = OPERATION.id,
    inbox: Annotated[_Inbox, Field(title="Inbox")] = SETTINGS.inbox,
    for_good: Annotated[bool, Field(title="For good")] = False,
) -> State[Any]:
    """Judge again, by the rules and files of today, what others judged; the next run publishes it.

    Args:
        operation: The national operation.
        inbox: Where bytes are looked for that the ledger does not keep.
        for_good: Record it. Otherwise nothing is changed, and the run only shows what would be.
    """
    files = find_workbooks(inbox)
    with ledger_to_write(_place()) if for_good else ledger_to_read(_place()) as ledger:
        rejudgement = rejudge(ledger, load_operation(SETTINGS.operation), files, as_of=_clock(None), for_good=for_good)
    told = rejudge_as_json(rejudgement, is_done=for_good)
    create_table_artifact(key="rejudged", description=f"Judged again: {operation}", table=told["submissions"])
    create_table_artifact(key="rejudged-totals", description=f"Other totals: {operation}", table=told["totals"])
    changed = sum(one["before"] != one["now"] for one in told["submissions"])
    return Completed(message=f"{counted(changed, 'verdict')} of {len(told['submissions']):,} would be or are others.")


@flow(name="reminders", **_ON_FAILURE)
def reminders(
    operation: Annotated[_Operation, Field(title="Operation")] = OPERATION.id, as_of: _AsOf = None
) -> State[Any]:
    """Say which task forces lack a month that has ended, from the ledger alone. Nothing is sent to them.

    Args:
        operation: The national operation.
        as_of: The clock. Left empty, it is now.
    """
    with ledger_to_read(_place()) as ledger:
        snapshot = newest_snapshot(ledger, _clock(as_of))
    task_forces = snapshot.operation.roster.by_id
    rows = [{"state": task_forces[overdue].state, "task_force": overdue} for overdue in snapshot.coverage.overdue]
    create_table_artifact(key="reminders", description=f"Task forces that lack a month: {operation}", table=rows)
    sentences = [f"{row['state']}: {row['task_force']} lacks a month that has ended" for row in rows]
    notify(SETTINGS.notify, f"{OPERATION.title}: {counted(len(rows), 'task force')} to be reminded", sentences)
    return Completed(message=f"{counted(len(rows), 'task force')} to be reminded.")


def _clock(as_of: dt.datetime | None) -> dt.datetime:
    """Return a moment that was given, or the service's clock: the machine's, unless it stands still."""
    return as_of or (dt.datetime.fromisoformat(SETTINGS.as_of) if SETTINGS.as_of else dt.datetime.now(dt.UTC))


def _place() -> Place:
    return place_of(SETTINGS.ledger or None, SETTINGS.out)
