"""`rollup serve`: the nightly schedule and the manual triggers, on a Prefect server."""

import datetime as dt
import os
import signal
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from flows.cli.arguments import (
    DASK_HELP,
    DEFAULT_OPERATION,
    LEDGER_HELP,
    Runner,
    clock_of,
    places,
    sample_inbox,
    scheduler_of,
)
from flows.cli.exits import Exit, UnusableError
from flows.cli.local_server import local_server
from flows.cli.prefect_server import reach_server, settle_prefect
from flows.cli.terminal import progress

if TYPE_CHECKING:
    from flows.settings import Settings


def serve(  # noqa: PLR0913 - each is an option
    operation: Annotated[
        str, typer.Option(envvar="ROLLUP_OPERATION", help="An operation's id, or its folder.")
    ] = DEFAULT_OPERATION,
    inbox: Annotated[
        list[str] | None,
        typer.Option(
            envvar="ROLLUP_INBOX",
            help="A folder of workbooks, or its URL; given again, one to choose by hand. [default: the sample's]",
        ),
    ] = None,
    out: Annotated[str, typer.Option(envvar="ROLLUP_OUT", help="Where the outputs go: a folder, or a URL.")] = "out",
    ledger: Annotated[str, typer.Option(envvar="ROLLUP_LEDGER", help=LEDGER_HELP)] = "",
    at: Annotated[str, typer.Option(help="The time of day of the nightly run.")] = "02:00",
    timezone: Annotated[str | None, typer.Option(help="Of which zone. [default: the operation's]")] = None,
    notify: Annotated[
        str, typer.Option(envvar="ROLLUP_NOTIFY", help="Where news goes: a webhook's URL, or a Prefect block.")
    ] = "",
    silence: Annotated[float, typer.Option(help="Tell it if no run is completed for so many hours.")] = 26,
    task_runner: Annotated[Runner, typer.Option(help="Where workbooks are read.")] = Runner.LOCAL,
    dask_address: Annotated[str, typer.Option(envvar="ROLLUP_DASK_ADDRESS", help=DASK_HELP)] = "",
    port: Annotated[int, typer.Option(help="Of the local server, where no other is configured.")] = 4200,
) -> Exit:
    """Roll up every night, and any time by hand, until stopped.

    On the Prefect server that PREFECT_API_URL names; without one, a local server is started, and ended at the end.
    """
    from flows.operations import load_operation
    from flows.settings import Settings

    effort = load_operation(operation)
    folders = [places(folder, out)[0] for folder in inbox or [str(sample_inbox(effort))]]
    settings = Settings(
        operation=operation if operation == effort.id else str(Path(operation).resolve()),
        inbox=_absolute(folders[0]),
        other_inboxes=tuple(map(_absolute, folders[1:])),
        out=_absolute(places(folders[0], out)[1]),
        ledger=ledger,
        as_of="" if inbox else clock_of(effort, effort.as_of).isoformat(),
        dask_address=scheduler_of(task_runner, dask_address or None) or "",
    )
    time, zone = _time_of(at, timezone or effort.timezone)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(Exit.CLEAN))
    address = settle_prefect()
    from prefect.context import refresh_global_settings_context

    with nullcontext(address) if address else local_server(port) as server:
        os.environ["PREFECT_API_URL"] = server
        refresh_global_settings_context()
        reach_server(server)
        _serve(settings, effort.id, notify, time, zone, dt.timedelta(hours=silence), server)
    return Exit.CLEAN


def _serve(
    settings: "Settings", operation: str, notify: str, at: dt.time, timezone: str, silence: dt.timedelta, server: str
) -> None:
    """Put the settings where the runs find them, and serve. What is imported here reads them."""
    from flows.notices import notification_block

    block = notification_block(notify, operation)
    os.environ.update(settings.model_copy(update={"notify": block}).to_environment())
    from flows.serving import Watch, last_completed, run_service

    sentence = f"{operation}: every night at {at:%H:%M} {timezone}, and by hand at {server.removesuffix('/api')}"
    watch = Watch(at, timezone, silence)
    run_service(watch, last_run=last_completed(settings), ready=lambda: progress().say(sentence))


def _absolute(where: Path | str) -> str:
    return str(where.resolve()) if isinstance(where, Path) else where


def _time_of(at: str, timezone: str) -> tuple[dt.time, str]:
    try:
        return dt.datetime.strptime(at, "%H:%M").time(), ZoneInfo(timezone).key  # noqa: DTZ007 - a time of day
    except (ValueError, KeyError, OSError):
        message = "--at must be a time of day such as 02:00, --timezone a zone such as America/New_York."
        raise UnusableError(message) from None
