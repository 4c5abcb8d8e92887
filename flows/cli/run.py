"""`rollup run`: the nightly job now, and its account."""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.arguments import (
    DASK_HELP,
    DEFAULT_OPERATION,
    LedgerAt,
    OperationAt,
    Runner,
    as_shown,
    clock_of,
    places,
    sample_inbox,
    scheduler_of,
)
from flows.cli.exits import Exit, exit_of_run
from flows.cli.prefect_server import reach_server, settle_prefect
from flows.cli.terminal import answer, live_progress, progress

if TYPE_CHECKING:
    from flows.night import NightlyRun


def run(
    operation: OperationAt = DEFAULT_OPERATION,
    inbox: Annotated[
        str | None, typer.Option(help="A folder of workbooks, or its URL. [default: the sample's]")
    ] = None,
    out: Annotated[str, typer.Option(help="Where the outputs go: a folder, or a URL.")] = "out",
    as_of: Annotated[
        str | None, typer.Option(help="The run's clock, a date or ISO time. [default: now; the sample has its own]")
    ] = None,
    ledger: LedgerAt = None,
    task_runner: Annotated[Runner, typer.Option(help="Where workbooks are read.")] = Runner.LOCAL,
    dask_address: Annotated[str | None, typer.Option(help=DASK_HELP)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the account as JSON.")] = False,
) -> Exit:
    """Roll the nation up from an inbox of workbooks and hold the public release to it.

    Without arguments this is the sample: fifty states' workbooks as of the morning of the last deadline.
    """
    from flows.door.workers import shared_readers
    from flows.inbox import find_workbooks
    from flows.ledger.place import place_of
    from flows.operations import load_operation
    from flows.reports.words import counted

    effort = load_operation(operation)
    clock = clock_of(effort, effort.as_of if inbox is None and as_of is None else as_of)
    scheduler = scheduler_of(task_runner, dask_address)
    folder, target = places(inbox or sample_inbox(effort), out)
    place = place_of(ledger, target)
    if not scheduler:
        shared_readers().warm_up()
    workbooks = counted(len(find_workbooks(folder)), "workbook")
    progress().say(f"Rolling up {workbooks} in {as_shown(folder)}")
    if place.file:
        # What refuses the run is said before a server is started; one that may be out of reach, the flow tries again.
        from flows.ledger.ledger import ledger_to_write
        from flows.night import make_sure_it_may_begin

        with ledger_to_write(place, may_be_made=True) as opened:
            make_sure_it_may_begin(opened, effort, clock)
    with live_progress() as say:
        address = settle_prefect()
        say(f"Using the Prefect server at {address}" if address else _STARTING)
        reach_server(address)
        say(f"Looking at {workbooks}")
        from prefect import flow

        from flows.cluster import task_runner_at
        from flows.nightly import NIGHTLY_LOG, national_rollup

        @flow(name="national-rollup", task_runner=task_runner_at(scheduler), persist_result=False)
        def rollup(as_of: dt.datetime) -> "NightlyRun":
            return national_rollup(folder, target, operation, as_of, ledger)

        with _log_heard(NIGHTLY_LOG, say):
            result = rollup(clock)
    progress().say("")

    from flows.reports.account import account
    from flows.reports.as_json import run_as_json

    led_to = (result.snapshot, result.outputs)
    answer(account(*led_to), run_as_json(*led_to), as_json=as_json)
    return exit_of_run(result.snapshot)


_STARTING = "Starting a temporary Prefect server; this takes 15 to 25 seconds"


class _Listener(logging.Handler):
    """Says what a logger logs."""

    def __init__(self, say: Callable[[str], None]) -> None:
        super().__init__()
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        """Say it."""
        self._say(record.getMessage())


@contextmanager
def _log_heard(name: str, say: Callable[[str], None]) -> Iterator[None]:
    listener = _Listener(say)
    logging.getLogger(name).addHandler(listener)
    try:
        yield
    finally:
        logging.getLogger(name).removeHandler(listener)
