"""A worker: a process that reads files, within limits, and says what it understood. It may die; nothing else does then.

Here is the process itself. Who starts it, and what becomes of the files when it dies, is in `workers.py`.
"""

import contextlib
import gc
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path

from flows.door.limits import Limits
from flows.door.reading import Understood, understand
from schemas.operation import Operation
from schemas.vocabulary import Vocabulary

try:
    import resource
except ImportError:  # Windows has no such limits; `workers.missing_limits` says so.
    resource = None  # type: ignore[assignment]

READY = b"ready"
_OBJECTS_BETWEEN_COLLECTIONS = 1_000_000
Task = Callable[[bytes], Understood]


@dataclass(frozen=True, slots=True)
class Broken:
    """That reading a file failed inside the reader: for want of memory, or by a fault of ours, named by its place."""

    is_memory: bool
    place: str = ""


def work(line: Connection, last_words: str) -> None:
    """Read what comes down the line until it ends.

    Args:
        line: Takes a message of context, limits, and the bytes of files; gives a list of what became of each.
        last_words: The file that takes whatever is printed, such as what a Rust library says when it panics.
    """
    _become_quiet(last_words)
    # What is read is many small objects without a cycle, which the collector would walk in vain.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    limits: Limits | None = None
    line.send_bytes(READY)
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            context, limits_now, files = pickle.loads(line.recv_bytes())
            if limits != limits_now:
                limits = limits_now
                _limit_memory(limits_now)
            line.send_bytes(pickle.dumps(list(_read_all(context, limits_now, files)), pickle.HIGHEST_PROTOCOL))


def _read_all(context: bytes, limits: Limits, files: list[bytes]) -> Iterator[Understood | Broken]:
    read = _reader(context, limits)
    for content in files:
        _limit_cpu(limits)
        yield _read(read, content)


def _read(read: Task, content: bytes) -> Understood | Broken:
    try:
        return read(content)
    except MemoryError:
        return Broken(is_memory=True)
    except Exception as error:
        # Whatever a file makes us stumble over ends that file and not the run; the place is told, never the words.
        where = traceback.extract_tb(error.__traceback__)[-1]
        return Broken(False, f"{type(error).__name__} in {Path(where.filename).name}, line {where.lineno}")


@lru_cache(maxsize=4)
def _reader(context: bytes, limits: Limits) -> Task:
    operation: Operation
    operation, months_ended = pickle.loads(context)
    vocabulary = Vocabulary(operation)
    return lambda content: understand(content, vocabulary, months_ended, limits)


def _become_quiet(last_words: str) -> None:
    """Print into a file, leave Ctrl-C to whoever started us, and leave no image of our memory behind."""
    said = os.open(last_words, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_APPEND", 0), 0o600)
    for stream in (1, 2):
        os.dup2(said, stream)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - as long as we live
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if resource:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_memory(limits: Limits) -> None:
    """Allow so much memory beside what the process has already, where the system says how much that is."""
    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * os.sysconf("SC_PAGE_SIZE") + limits.memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _limit_cpu(limits: Limits) -> None:
    """Allow so many seconds more of a processor."""
    if resource:
        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime) + limits.cpu_seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))
