"""The nightly run over many workbooks, on one machine and on Dask workers: seconds, memory, time for each workbook.

    python tests/benchmarks/scale.py             4,500 and 45,000 workbooks here, then 4,500 on one and on two workers
    python tests/benchmarks/scale.py 900 4500    other numbers here, and the first of them on the workers

Every run is a process of its own, with a ledger of its own; start-up is not in its seconds. Memory is that of the
process that runs the flow, and beside it that of the processes that read for it. A Dask worker is confined to one core
and reads with one process. Reading on the workers is told alone: the time until all batches are back, judged, while
nothing is recorded, the best of several; the rest is what the whole run takes beside that. Machines that others use
are measured by the processor's seconds, and by ratios.
"""

import datetime as dt
import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent), str(Path(__file__).parents[2])]

from compare import make_inbox  # noqa: E402

from dask_cluster import cluster  # noqa: E402
from services import prefect_server  # noqa: E402

AS_OF = dt.datetime(2018, 6, 8, 6, tzinfo=dt.UTC)
TIMES = 4
"""How often reading is measured; the first time, workers still import what they need."""

ROW = "{:>9}  {:<10}  {:>8}  {:>8}  {:>8}  {:>8}  {:>8}  {:>8}  {:>8}"
HEAD = ("workbooks", "where", "seconds", "reading", "rest", "CPU s", "ms each", "peak MB", "readers")


def run(inbox: str, out: str, address: str) -> dict[str, float]:
    """Run the flow, and return what it took."""
    from prefect import flow

    from flows.cluster import task_runner_at
    from flows.door.workers import shared_readers
    from flows.nightly import national_rollup

    rollup = flow(national_rollup, task_runner=task_runner_at(address or None))
    start, cpu = time.perf_counter(), time.process_time()
    rollup(inbox, out, as_of=AS_OF)
    took = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu}
    peaks = [Path(f"/proc/{one.process.pid}/status").read_text().split() for one in shared_readers()._workers]
    readers = sum(int(status[status.index("VmHWM:") + 1]) for status in peaks)
    return took | {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "readers": readers / 1024}


def read(inbox: str, out: str, address: str) -> dict[str, float]:
    """Do on the workers what the flow does there, record nothing, and return the best time until all is back."""
    from prefect import flow

    from flows.batches import batches
    from flows.cluster import CLUSTER_BATCH, each_in_order, task_runner_at
    from flows.inbox import find_workbooks
    from flows.ledger.ledger import ledger_to_write
    from flows.ledger.place import place_of
    from flows.night import begin_night
    from flows.nightly import judge
    from flows.operations import load_operation

    @flow(task_runner=task_runner_at(address), persist_result=False)
    def reading() -> float:
        operation, files = load_operation("broken-heart-2018"), find_workbooks(Path(inbox))
        with ledger_to_write(place_of(None, Path(out)), may_be_made=True) as ledger:
            night = begin_night(ledger, operation, files, as_of=AS_OF, now=dt.datetime.now(dt.UTC))
        work = batches(list(night.unjudged), CLUSTER_BATCH)
        parcels = [pickle.dumps((operation, some, night.received_of(some))) for some in work]
        start = time.perf_counter()
        for _ in each_in_order(judge, parcels):
            pass
        return time.perf_counter() - start

    return {"reading": min(reading() for _ in range(TIMES))}


CONTESTANTS = {"run": run, "read": read}


def measure(what: str, inbox: Path, address: str, api: str) -> dict[str, float]:
    """Do something in a process of its own, and return what it took."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, __file__, "--contestant", what, str(inbox), out, address]
        environment = os.environ | {"PREFECT_API_URL": api, "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL"}
        said = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    return dict(json.loads(said.splitlines()[-1]))


def tell(number: int, where: str, took: dict[str, float]) -> None:
    """Print the line of a run."""
    reading = took.get("reading")
    phases = (f"{reading:.1f}", f"{took['seconds'] - reading:.1f}") if reading else ("", "")
    memory = (f"{took['peak']:.0f}", f"{took['readers']:.0f}" if took["readers"] else "")
    cpu = (f"{took['cpu']:.1f}", f"{1000 * took['cpu'] / number:.2f}")
    print(ROW.format(f"{number:,}", where, f"{took['seconds']:.1f}", *phases, *cpu, *memory), flush=True)


def scale(numbers: list[int]) -> None:
    """Measure all."""
    print(ROW.format(*HEAD), flush=True)
    with tempfile.TemporaryDirectory() as scratch, prefect_server(Path(scratch, "prefect")) as server:
        inboxes = {number: Path(scratch, str(number)) for number in numbers}
        for number, inbox in inboxes.items():
            inbox.mkdir()
            make_inbox(inbox, number)
            tell(number, "here", measure("run", inbox, "", server.api))
        number, inbox = next(iter(inboxes.items()))
        reading = []
        for workers in (1, 2):
            with cluster(Path(scratch), workers) as some:
                took = measure("read", inbox, some.address, server.api)
                reading.append(took["reading"])
                tell(number, f"{workers} on Dask", took | measure("run", inbox, some.address, server.api))
        print(f"reading on two workers: {reading[0] / reading[1]:.2f} times as fast as on one")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--contestant"]:
        print(json.dumps(CONTESTANTS[sys.argv[2]](*sys.argv[3:])))
    else:
        scale([int(argument) for argument in sys.argv[1:]] or [4500, 45000])
