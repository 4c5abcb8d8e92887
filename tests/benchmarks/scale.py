"""The nightly run over many workbooks, on one machine and on Dask workers: seconds, memory, time for each workbook.

    python tests/benchmarks/scale.py             4,500 and 45,000 workbooks here, then 4,500 on one and on two workers
    python tests/benchmarks/scale.py 900 4500    other numbers here, and the first of them on the workers

Every run is a process of its own, with a ledger of its own. Seconds are of the flow alone, without the start of Python
and Prefect; reading is from the first batch to the last, the rest is receiving, reckoning and publishing.
"""

import json
import logging
import os
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

AS_OF = "2018-06-08T06:00:00+00:00"
ROW = "{:>9}  {:<12}  {:>9}  {:>9}  {:>9}  {:>8}  {:>8}"


def contend(inbox: str, out: str, address: str) -> None:
    """Be the process of one run: run, print what it took."""
    import datetime as dt

    from flows.cluster import task_runner_at
    from flows.nightly import NIGHTLY_LOG, national_rollup

    moments: list[float] = []

    class Watch(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            moments.append(time.perf_counter())

    logging.getLogger(NIGHTLY_LOG).addHandler(Watch())
    rollup = national_rollup.with_options(task_runner=task_runner_at(address or None))
    import flows.nightly as nightly

    begin = nightly.begin_night

    def begin_night(*arguments, **options):  # type: ignore[no-untyped-def]
        night = begin(*arguments, **options)
        moments.append(time.perf_counter())
        return night

    nightly.begin_night = begin_night
    start = time.perf_counter()
    rollup(inbox, out, as_of=dt.datetime.fromisoformat(AS_OF))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "reading": moments[-1] - moments[0], "peak": peak}))


def measure(inbox: Path, number: int, place: str, address: str, api: str) -> None:
    """Run in a process of its own, and print its line."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, __file__, "--contestant", str(inbox), out, address]
        environment = os.environ | {"PREFECT_API_URL": api, "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL"}
        said = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    took = json.loads(said.splitlines()[-1])
    rest = took["seconds"] - took["reading"]
    each, peak = f"{1000 * took['seconds'] / number:.2f}", f"{took['peak']:.0f}"
    print(ROW.format(f"{number:,}", place, *(f"{s:.1f}" for s in (took["seconds"], took["reading"], rest)), each, peak))
    sys.stdout.flush()


def scale(numbers: list[int]) -> None:
    """Measure all."""
    print(ROW.format("workbooks", "where", "seconds", "reading", "rest", "ms each", "peak MB"), flush=True)
    with tempfile.TemporaryDirectory() as scratch, prefect_server(Path(scratch, "prefect")) as server:
        inboxes = {number: Path(scratch, str(number)) for number in numbers}
        for number, inbox in inboxes.items():
            inbox.mkdir()
            make_inbox(inbox, number)
            measure(inbox, number, "here", "", server.api)
        number, inbox = next(iter(inboxes.items()))
        for workers in (1, 2):
            with cluster(Path(scratch), workers) as some:
                measure(inbox, number, f"{workers} on Dask", some.address, server.api)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--contestant"]:
        contend(*sys.argv[2:])
    else:
        scale([int(argument) for argument in sys.argv[1:]] or [4500, 45000])
