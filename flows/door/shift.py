"""A shift: one batch of files on its way through the workers, and what becomes of the files of a worker that dies.

Files go to a worker several at a time. Where it dies, falls silent or runs out of memory over them, each is read again
alone, by a fresh one: then it is known which file it was, and the others are read as if nothing had happened.
"""

import logging
import pickle
import signal
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

from flows.door.limits import Limits
from flows.door.reading import Understood
from flows.door.worker import Broken
from schemas.remarks import Remark, TurnedAway

_MOST_TOGETHER, _MOST_BYTES_TOGETHER = 40, 8 * 1024 * 1024
_FEWEST_PER_WORKER = 10
_TIME, _MEMORY, _BROKEN = "file_is_read_in_time", "file_is_read_in_memory", "file_leaves_its_reader_whole"
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Worker:
    """A process, the line to it, where it says what killed it, and what it is at: places of files, until when."""

    process: BaseProcess
    line: Connection
    last_words: Path
    at: Sequence[int] = ()
    deadline: float = 0.0


class Workers(Protocol):
    """Who works: at most so many, some of them waiting."""

    most: int

    def idle(self, wanted: int) -> list[Worker]:
        """Return the workers that wait for files, starting as many as are wanted in all."""

    def end(self, worker: Worker) -> None:
        """End a worker, whatever it is at."""


class Shift:
    """One batch on its way through the workers."""

    def __init__(self, workers: Workers, limits: Limits, context: bytes, files: Sequence[bytes]) -> None:
        self._workers, self._limits, self._context, self._files = workers, limits, context, files
        self._wanted = -(-len(files) // _FEWEST_PER_WORKER)
        self._waiting = deque(_together(files, max(1, min(_MOST_TOGETHER, len(files) // (4 * workers.most)))))
        self._results: dict[int, Understood] = {}
        self._busy: list[Worker] = []

    def done(self) -> list[Understood]:
        """Return what became of every file, in their order."""
        try:
            while self._waiting or self._busy:
                self._hand_out()
                self._take_in()
        finally:
            for worker in list(self._busy):
                self._workers.end(worker)
        return [self._results[place] for place in range(len(self._files))]

    def _hand_out(self) -> None:
        if not self._waiting:
            return
        for worker in self._workers.idle(max(1, self._wanted)):
            if not self._waiting:
                return
            places = self._waiting.popleft()
            limits = self._limits
            message = (self._context, limits, [self._files[place] for place in places])
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

    def _take(self, worker: Worker) -> None:
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

    def _lose(self, worker: Worker, code: str = "") -> None:
        """Let go of a worker that died or has to; what it was at is read again, one by one, or given up."""
        self._busy.remove(worker)
        if not code:
            worker.process.join(1)
            code = _what_killed(worker)
        self._workers.end(worker)
        if worker.at[1:]:
            self._waiting.extend([place] for place in worker.at)
        else:
            self._give_up(worker.at[0], code)

    def _give_up(self, place: int, code: str, why: str = "") -> None:
        if why:
            _log.warning("Reading a workbook failed: %s.", why)
        self._results[place] = TurnedAway((Remark(code),))


def _together(files: Sequence[bytes], most: int) -> Iterator[Sequence[int]]:
    """Yield the places of files that go to a worker together: not too many, and not too much."""
    places: list[int] = []
    size = 0
    for place, content in enumerate(files):
        if places and (len(places) == most or size + len(content) > _MOST_BYTES_TOGETHER):
            yield places
            places, size = [], 0
        places.append(place)
        size += len(content)
    if places:
        yield places


def _what_killed(worker: Worker) -> str:
    """Tell from how a worker ended, and from what it said last, which rule its file broke."""
    try:
        said = worker.last_words.read_bytes()[-65536:]
    except OSError:
        said = b""
    ending = worker.process.exitcode
    if b"memory allocation" in said or b"MemoryError" in said or ending == -getattr(signal, "SIGKILL", 9):
        return _MEMORY
    return _TIME if ending == -getattr(signal, "SIGXCPU", 24) else _BROKEN
