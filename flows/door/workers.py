"""Workers: processes that read files for us and may die of it. A file that kills its reader ends alone.

Files go to a worker several at a time. Where it dies, falls silent or runs out of memory over them, each is read again
alone, by a fresh one: then it is known which file it was, and the others are read as if nothing had happened.
"""

import atexit
import contextlib
import logging
import multiprocessing as mp
import os
import pickle
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock
from types import ModuleType

from flows.door.limits import DEFAULT_LIMITS, Limits
from flows.door.reading import Understood
from flows.door.worker import READY, Broken, work
from schemas.operation import Operation
from schemas.remarks import Remark, TurnedAway

_MOST_TOGETHER, _MOST_BYTES_TOGETHER = 40, 8 * 1024 * 1024
_FEWEST_PER_WORKER = 10
_SECONDS_TO_START = 60
_TIME, _MEMORY, _BROKEN = "file_is_read_in_time", "file_is_read_in_memory", "file_leaves_its_reader_whole"
_log = logging.getLogger(__name__)

File = tuple[str, bytes]
"""A file's name and its bytes."""


class WorkerError(Exception):
    """No worker can be started; a failure of ours."""


def missing_limits() -> tuple[str, ...]:
    """Return the limits that this operating system does not let us set; without them, only silence ends a reader."""
    missing = [] if sys.platform == "linux" else ["memory"]
    return (*missing, "processor time") if sys.platform == "win32" else tuple(missing)


@dataclass(slots=True)
class _Worker:
    """A process, the line to it, where it says what killed it, and what it is at: places of files, until when."""

    process: BaseProcess
    line: Connection
    last_words: Path
    at: Sequence[int] = ()
    deadline: float = 0.0


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
    most: int = field(default_factory=lambda: min(os.cpu_count() or 1, 8))
    _workers: list[_Worker] = field(default_factory=list)
    _folders: list["tempfile.TemporaryDirectory[str]"] = field(default_factory=list)
    _started: int = 0
    _lock: Lock = field(default_factory=Lock)

    def read(self, operation: Operation, months_ended: frozenset[str], files: Sequence[File]) -> list[Understood]:
        """Read files, each to what was understood of it, in the order given, whatever becomes of the readers.

        Args:
            operation: Whose form they should hold.
            months_ended: The months that must be reported.
            files: Their names and bytes.
        """
        context = pickle.dumps((operation, months_ended))
        with self._lock:
            return _Reading(self, context, files).done()

    def warm_up(self) -> None:
        """Start a worker, so that the first files need not wait for it."""
        with self._lock:
            self.idle(1)

    def idle(self, wanted: int) -> list[_Worker]:
        """Return the workers that wait for files, starting as many as are wanted in all."""
        while len(self._workers) < min(wanted, self.most):
            self._workers.append(self._start())
        return [worker for worker in self._workers if not worker.at]

    def end(self, worker: _Worker) -> None:
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

    def _start(self) -> _Worker:
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
        worker = _Worker(process, ours, last_words)
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
def shared_readers() -> Readers:
    """Return the readers that all batches of this process share."""
    readers = Readers()
    atexit.register(readers.close)
    return readers


class _Reading:
    """One batch on its way through the workers."""

    def __init__(self, readers: Readers, context: bytes, files: Sequence[File]) -> None:
        self._readers, self._context, self._files = readers, context, files
        self._wanted = -(-len(files) // _FEWEST_PER_WORKER)
        self._waiting = deque(_together(files, max(1, min(_MOST_TOGETHER, len(files) // (4 * readers.most)))))
        self._results: dict[int, Understood] = {}
        self._busy: list[_Worker] = []

    def done(self) -> list[Understood]:
        """Return what became of every file, in their order."""
        try:
            while self._waiting or self._busy:
                self._hand_out()
                self._take_in()
        finally:
            for worker in list(self._busy):
                self._readers.end(worker)
        return [self._results[place] for place in range(len(self._files))]

    def _hand_out(self) -> None:
        if not self._waiting:
            return
        for worker in self._readers.idle(max(1, self._wanted)):
            if not self._waiting:
                return
            places = self._waiting.popleft()
            message = (self._context, self._readers.limits, [self._files[place] for place in places])
            limits = self._readers.limits
            worker.at = places
            worker.deadline = time.monotonic() + (limits.seconds_together if places[1:] else limits.seconds_alone)
            self._busy.append(worker)
            try:
                worker.line.send_bytes(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))
            except OSError:
                self._lose(worker)

    def _take_in(self) -> None:
        if not self._busy:
            return
        soonest = min(worker.deadline for worker in self._busy)
        ready = wait([worker.line for worker in self._busy], timeout=max(0.0, soonest - time.monotonic()))
        for worker in list(self._busy):
            if worker.line in ready:
                self._take(worker)
            elif time.monotonic() > worker.deadline:
                self._lose(worker, code=_TIME)

    def _take(self, worker: _Worker) -> None:
        try:
            results: list[Understood | Broken] = pickle.loads(worker.line.recv_bytes())
        except (EOFError, OSError):
            self._lose(worker)
            return
        places, worker.at = worker.at, ()
        self._busy.remove(worker)
        for place, result in zip(places, results, strict=True):
            if not isinstance(result, Broken):
                self._results[place] = result
            elif result.is_memory and places[1:]:
                self._waiting.append([place])
            else:
                self._give_up(place, _MEMORY if result.is_memory else _BROKEN, result.place)

    def _lose(self, worker: _Worker, code: str = "") -> None:
        """Let go of a worker that died or has to; what it was at is read again, one by one, or given up."""
        self._busy.remove(worker)
        if not code:
            worker.process.join(1)
            code = _what_killed(worker)
        self._readers.end(worker)
        if worker.at[1:]:
            self._waiting.extend([place] for place in worker.at)
        else:
            self._give_up(worker.at[0], code)

    def _give_up(self, place: int, code: str, why: str = "") -> None:
        if why:
            _log.warning("Reading a workbook failed: %s.", why)
        self._results[place] = TurnedAway((Remark(code),))


def _together(files: Sequence[File], most: int) -> Iterator[Sequence[int]]:
    """Yield the places of files that go to a worker together: not too many, and not too much."""
    places: list[int] = []
    size = 0
    for place, (_, content) in enumerate(files):
        if places and (len(places) == most or size + len(content) > _MOST_BYTES_TOGETHER):
            yield places
            places, size = [], 0
        places.append(place)
        size += len(content)
    if places:
        yield places


def _what_killed(worker: _Worker) -> str:
    """Tell from how a worker ended, and from what it said last, which rule its file broke."""
    try:
        said = worker.last_words.read_bytes()[-4096:]
    except OSError:
        said = b""
    ending = worker.process.exitcode
    if b"memory allocation" in said or b"MemoryError" in said or ending == -getattr(signal, "SIGKILL", 9):
        return _MEMORY
    return _TIME if ending == -getattr(signal, "SIGXCPU", 24) else _BROKEN
