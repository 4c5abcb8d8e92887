"""Serving: the deployments of a service on a Prefect server, what watches over them, and the runs that they lead to.

What belongs here: what is registered, and when something runs. What does not: what a run does (`service.py`).
"""

import asyncio
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import signature
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from prefect import Flow
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas import filters
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.client.schemas.objects import State, StateType
from prefect.events.actions import DoNothing, SendNotification
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.states import Cancelled, Crashed
from prefect.types.entrypoint import EntrypointType

from flows.ledger.faults import LedgerRefusedError
from flows.ledger.ledger import ledger_to_read
from flows.ledger.place import place_of
from flows.ledger.snapshots import last_concluded
from flows.notices import COMPLETED, resource_of
from flows.service import OPERATION, SETTINGS, re_judge, reminders, rollup
from flows.settings import Settings


@dataclass(frozen=True, slots=True)
class Watch:
    """When the night is, in which zone, and how long no run may be completed before somebody is told."""

    at: dt.time
    timezone: str
    silence: dt.timedelta

    def last_due(self, now: dt.datetime) -> dt.datetime:
        """Return when the last night was due, as of an aware moment."""
        zone = ZoneInfo(self.timezone)
        due = dt.datetime.combine(now.astimezone(zone).date(), self.at, zone)
        return due if due <= now else due - dt.timedelta(days=1)


_MOMENT = r"^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$"
_DEPLOYMENTS: Mapping[str, tuple[Any, str]] = {
    "nightly": (rollup, "Every night: take what has arrived, and publish."),
    "run-now": (rollup, "By hand: the nightly job now, if need be for some states only."),
    "re-judge": (re_judge, "By hand: judge again by the rules and files of today."),
    "reminders": (reminders, "By hand: which task forces lack a month that has ended."),
}


async def serve(watch: Watch, *, last_run: dt.datetime | None, ready: Callable[[], None]) -> None:
    """Register everything, call `ready`, and run what is due, until the process is told to end.

    The last run that came to its end had the clock `last_run`; None where there is none, or clocks are not real.
    """
    runner = Runner(name=f"rollup-{OPERATION.id}", pause_on_shutdown=False, limit=None)
    async with get_client() as client:
        deployments = {kind: await _register(runner, kind, watch) for kind in _DEPLOYMENTS}
        await _bury_the_dead(client, list(deployments.values()))
        await _let_one_run_at_a_time(client, deployments)
        await _watch_for_silence(client, watch)
        await _catch_up(client, deployments["nightly"], last_run, watch.last_due(dt.datetime.now(dt.UTC)))
    ready()
    await runner.start()


def last_completed(settings: Settings) -> dt.datetime | None:
    """Return the clock of the last run that came to its end, from the ledger.

    None where there is none yet, and where the service's clock stands still, as the sample's does.

    Raises:
        LedgerError: The ledger fails us.
    """
    if settings.as_of:
        return None
    try:
        place = place_of(settings.ledger or None, settings.out)
        with ledger_to_read(place) as ledger, ledger.reading() as connection:
            return last_concluded(connection)
    except LedgerRefusedError:
        # There is none yet; the first run makes it, or says what is wrong with it.
        return None


async def _register(runner: Runner, kind: str, watch: Watch) -> UUID:
    flow, description = _DEPLOYMENTS[kind]
    schedule = Cron(f"{watch.at.minute} {watch.at.hour} * * *", timezone=watch.timezone)
    deployment = await flow.ato_deployment(
        f"{OPERATION.id}-{kind}",
        description=description,
        tags=[OPERATION.id],
        schedules=[schedule] if kind == "nightly" else [],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return await runner.aadd_deployment(deployment)


async def _let_one_run_at_a_time(client: PrefectClient, deployments: Mapping[str, UUID]) -> None:
    """Let all deployments of the operation share one limit, of which nothing is used: the second run is cancelled.

    That is not a setting of a deployment that Prefect's own function for registering knows, and it takes limits away.
    """
    name = f"rollup-{OPERATION.id}"
    await client.upsert_global_concurrency_limit_by_name(name, limit=1)
    await client.update_global_concurrency_limit(name, GlobalConcurrencyLimitUpdate(active_slots=0))
    limit = await client.read_global_concurrency_limit_by_name(name)
    for kind, identity in deployments.items():
        update = {
            "global_concurrency_limit_id": str(limit.id),
            "concurrency_options": {"collision_strategy": "CANCEL_NEW"},
            "parameter_openapi_schema": _titled(_DEPLOYMENTS[kind][0]),
        }
        await client.request("PATCH", "/deployments/{id}", path_params={"id": identity}, json=update)


def _titled(flow: Flow[..., Any]) -> dict[str, object]:
    """Return the schema that Prefect's form is made of, with the titles of the parameters in place of their names."""
    schema = flow.parameters.model_dump()
    for name, parameter in signature(flow.fn).parameters.items():
        (field,) = parameter.annotation.__metadata__
        shown = schema["properties"][name]
        shown["title"] = field.title
        if "const" in shown:
            # The form shows a choice of one only if it is said to be a choice.
            shown["enum"] = [shown.pop("const")]
        if "anyOf" in shown:
            # What may be left out may be left empty; a null of its own would only puzzle.
            shown |= shown.pop("anyOf")[0]
            del shown["default"]
        if shown.get("format") == "date-time":
            # The server does not hold a text to its format, and would store any.
            shown["pattern"] = _MOMENT
    return schema


async def _watch_for_silence(client: PrefectClient, watch: Watch) -> None:
    """Have the server itself tell when no run is completed for too long."""
    hours = watch.silence.total_seconds() / 3600
    body = f"No nightly run has been completed for {hours:g} hours. `systemctl status` and the runbook say what to do."
    action: DoNothing | SendNotification = DoNothing()
    if SETTINGS.notify:
        kind, _, name = SETTINGS.notify.partition("/")
        block = await client.read_block_document_by_name(name, kind)
        subject = f"{OPERATION.title}: no run"
        action = SendNotification(block_document_id=block.id, subject=subject, body=body)
    trigger = EventTrigger(
        posture=Posture.Proactive,
        match={"prefect.resource.id": resource_of(OPERATION.id)},
        expect={COMPLETED},
        threshold=1,
        within=watch.silence,
    )
    automation = AutomationCore(
        name=f"rollup-{OPERATION.id}-no-run", description=body, trigger=trigger, actions=[action]
    )
    for existing in await client.read_automations_by_name(automation.name):
        await client.delete_automation(existing.id)
    await client.create_automation(automation)


async def _bury_the_dead(client: PrefectClient, deployments: list[UUID]) -> None:
    """Say of runs that seem to be under way that they are not: only this service runs them, and it has just begun."""
    under_way = filters.FlowRunFilterStateType(any_=[StateType.PENDING, StateType.RUNNING, StateType.CANCELLING])
    which = filters.DeploymentFilter(id=filters.DeploymentFilterId(any_=deployments))
    runs = filters.FlowRunFilter(state=filters.FlowRunFilterState(type=under_way))
    for run in await client.read_flow_runs(flow_run_filter=runs, deployment_filter=which):
        ended: State[Any] = Crashed(message="The service that ran it has ended.")
        await client.set_flow_run_state(run.id, ended, force=True)


async def _catch_up(client: PrefectClient, nightly: UUID, last_run: dt.datetime | None, due: dt.datetime) -> None:
    """Cancel the nights that were missed while nobody served, and run once in their place, unless that was done."""
    late = filters.FlowRunFilter(
        state=filters.FlowRunFilterState(type=filters.FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
        expected_start_time=filters.FlowRunFilterExpectedStartTime(before_=dt.datetime.now(dt.UTC)),  # type: ignore[arg-type]
    )
    which = filters.DeploymentFilter(id=filters.DeploymentFilterId(any_=[nightly]))
    missed = await client.read_flow_runs(flow_run_filter=late, deployment_filter=which)
    for run in missed:
        await client.set_flow_run_state(run.id, Cancelled(message="Missed; one run catches up."), force=True)
    if last_run < due if last_run else missed:
        await client.create_flow_run_from_deployment(nightly, name="catch-up")


def run_service(watch: Watch, *, last_run: dt.datetime | None, ready: Callable[[], None]) -> None:
    """Serve, from a program that has no event loop."""
    asyncio.run(serve(watch, last_run=last_run, ready=ready))
