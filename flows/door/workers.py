"""Workers: processes that read files for us and may die of it. A file that kills its reader ends alone.

Here the processes are started and ended; who reads what, and what becomes of it, is in `shift.py`.
"""

import atexit
import contextlib
import logging
import multiprocessing as mp
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path
from threading import Lock, Thread
from types import ModuleType

from flows.door.limits import DEFAULT_LIMITS, Limits
from flows.door.reading import Understood
from flows.door.shift import Shift, Worker
from flows.door.worker import READY, work
from schemas.operation import Operation

_SECONDS_TO_START = 60
_log = logging.getLogger(__name__)


class WorkerError(Exception):
    """No worker can be started; a failure of ours."""


def missing_limits() -> tuple[str, ...]:
    """Return the limits that this operating system does not let us set; without them, only silence ends a reader."""
    missing = [] if sys.platform == "linux" else ["memory"]
    return (*missing, "processor time") if sys.platform == "win32" else tuple(missing)


def _cores() -> int:
    """Return how many cores this process may use: a container, or a cluster's worker, may have been left few."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


@dataclass(eq=False)
class Readers:
    """Worker processes, started when they are needed and used again and again until they are closed.

    Attributes:
        limits: What each file may ask of the machine.
        most: How many processes there may be.
        task: What each of them does, given its end of the line and where to print.
    """

    limits: Limits = DEFAULT_LIMITS
    task: Callable[[Connection, str], None] = work
    most: int = field(default_factory=lambda: min(_cores(), 8))
    _workers: list[Worker] = field(default_factory=list)
    _folders: list["tempfile.TemporaryDirectory[str]"] = field(default_factory=list)
    _started: int = 0
    _lock: Lock = field(default_factory=Lock)

    def read(self, operation: Operation, months_ended: frozenset[str], files: Sequence[bytes]) -> list[Understood]:
        """Read files, each to what was understood of it, in the order given, whatever becomes of the readers.

        Args:
            operation: Whose form they should hold.
            months_ended: The months that must be reported.
            files: Their bytes.
        """
        context = pickle.dumps((operation, months_ended))
        with self._lock:
            return Shift(self, self.limits, context, files).done()

    def warm_up(self) -> None:
        """Start a worker meanwhile, so that the first files need not wait for it."""
        Thread(target=self._start_one, daemon=True).start()

    def _start_one(self) -> None:
        with self._lock, contextlib.suppress(WorkerError):  # whoever reads next will be told
            self.idle(1)

    def idle(self, wanted: int) -> list[Worker]:
        """Return the workers that wait for files, starting as many as are wanted in all."""
        while len(self._workers) < min(wanted, self.most):
            self._workers.append(self._start())
        return [worker for worker in self._workers if not worker.at]

    def end(self, worker: Worker) -> None:
        """End a worker, whatever it is at."""
        self._workers.remove(worker)
        worker.line.close()
        worker.process.kill()
        worker.process.join()

    def close(self) -> None:
        """End all workers."""
        for worker in list(self._workers):
            self.end(worker)
        while self._folders:
            self._folders.pop().cleanup()

    def _start(self) -> Worker:
        if not self._folders:
            self._folders.append(tempfile.TemporaryDirectory(prefix="rollup-"))
            if missing := missing_limits():
                _log.warning("This system cannot limit the %s of a reader.", " and the ".join(missing))
        self._started += 1
        last_words = Path(self._folders[0].name, str(self._started))
        context = _context()
        ours, theirs = context.Pipe()
        process = context.Process(target=self.task, args=(theirs, str(last_words)), daemon=True)
        with _nameless_main():
            process.start()
        theirs.close()
        worker = Worker(process, ours, last_words)
        try:
            is_ready = ours.poll(_SECONDS_TO_START) and ours.recv_bytes() == READY
        except (EOFError, OSError):
            is_ready = False
        if not is_ready:
            process.kill()
            raise WorkerError("a process that reads workbooks could not be started")
        return worker


def _context() -> "ForkServerContext | SpawnContext":
    """Return how processes are started: from one that has imported what they need, where the system can do that."""
    if "forkserver" not in mp.get_all_start_methods():
        return mp.get_context("spawn")
    context = mp.get_context("forkserver")
    context.set_forkserver_preload([work.__module__])
    return context


@contextlib.contextmanager
def _nameless_main() -> Iterator[None]:
    """Keep a new process from importing our main module, which it does not need and which takes long to import."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@cache
def shared_readers(most: int | None = None) -> Readers:
    """Return the readers that all batches of this process share: at most so many, or one for each core."""
    readers = Readers(most=most) if most else Readers()
    atexit.register(readers.close)
    return readers
