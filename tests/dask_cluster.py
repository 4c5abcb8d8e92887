"""A Dask cluster of separate processes on loopback: a scheduler and workers that may be killed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from services import free_port


@dataclass(frozen=True)
class Cluster:
    address: str
    workers: list[subprocess.Popen]


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    """Run a scheduler and workers of one thread and one core each; no nanny brings a worker back that was killed."""
    from distributed import Client

    address = f"tcp://127.0.0.1:{free_port()}"
    python = [sys.executable, "-m"]
    scheduler = [*python, "distributed.cli.dask_scheduler", "--host", address, "--no-dashboard", "--no-show"]
    worker = [*python, "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    quiet = {"env": environment, "cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = [subprocess.Popen(scheduler, **quiet)]
    try:
        cores = sorted(os.sched_getaffinity(0))
        for n in range(workers):
            core = {cores[n % len(cores)]}
            confine = partial(os.sched_setaffinity, 0, core)
            started.append(subprocess.Popen([*worker, "--name", str(n)], preexec_fn=confine, **quiet))
        with Client(address, timeout=120) as client:
            client.wait_for_workers(workers, timeout=120)
        yield Cluster(address, started[1:])
    finally:
        for process in started:
            process.kill()
            process.wait()
