"""A file that kills its reader ends alone: each way to die, provoked for real, first in the batch."""

import ctypes
import os
import time

import pytest

from flows.door import worker
from flows.door.limits import Limits
from flows.door.reading import understand
from flows.door.workers import Readers
from flows.inbox import find_workbooks, take
from flows.judgement import judge_batch
from sample_workbook import AS_OF, OPERATION, SAMPLE, arrival, places
from schemas.submission import Verdict

GOOD = take(find_workbooks(SAMPLE)).arrivals
IMPATIENT = Limits(seconds_together=3.0, seconds_alone=2.0, cpu_seconds=1)

pytestmark = pytest.mark.slow


def work_with_traps(line, last_words):
    """Work as always, but do what a file asks for in its first word."""
    worker.understand = fall_into_traps
    worker.work(line, last_words)


def fall_into_traps(content, *others):  # noqa: C901 - one trap a line
    match content:
        case b"hang":
            time.sleep(600)
        case b"spin":
            while True:
                pass
        case b"abort":
            os.abort()
        case b"segmentation fault":
            ctypes.string_at(0)
        case b"grow":
            grown = [bytearray(1 << 20) for _ in range(4096)]
            return len(grown)
        case b"allocate":
            ctypes.CDLL(None).malloc.restype = ctypes.c_void_p
            os.write(2, b"memory allocation of 99999999999 bytes failed\n")
            os.abort()
        case b"panic":
            os.write(2, b"thread '<unnamed>' panicked at src/lib.rs:1:1:\nindex out of bounds\n")
            raise PanicException
        case b"stumble":
            raise KeyError("what somebody typed")
        case b"leave":
            os._exit(0)
    return understand(content, *others)


class PanicException(BaseException):
    """What a Rust library raises in Python when it panics."""


@pytest.fixture(scope="module")
def readers():
    readers = Readers(limits=IMPATIENT, most=2, task=work_with_traps)
    yield readers
    readers.close()


TRAPS = {
    "hang": "file_is_read_in_time",
    "spin": "file_is_read_in_time",
    "abort": "file_leaves_its_reader_whole",
    "segmentation fault": "file_leaves_its_reader_whole",
    "grow": "file_is_read_in_memory",
    "allocate": "file_is_read_in_memory",
    "panic": "file_leaves_its_reader_whole",
    "stumble": "file_leaves_its_reader_whole",
    "leave": "file_leaves_its_reader_whole",
}


@pytest.mark.parametrize(("trap", "code"), TRAPS.items(), ids=TRAPS)
def test_first_in_the_batch_it_is_one_finding_and_all_the_others_are_read(readers, trap, code, capfd):
    batch = judge_batch(OPERATION, [arrival(trap.encode(), "first.xlsx"), *GOOD], as_of=AS_OF, readers=readers)
    first, *others = batch.submissions
    assert (first.verdict, places(first), first.beyond_form) == (Verdict.REJECTED, [(code, "", "")], True)
    assert {submission.verdict for submission in others} == {Verdict.ACCEPTED}
    assert len(batch.counts) == 61 * (3 * 17 + 4)
    printed = "".join(capfd.readouterr())
    assert not any(word in printed for word in ("panic", "memory allocation", "typed", "Traceback"))


def test_all_ways_to_die_at_once_end_each_alone(readers):
    traps = [arrival(trap.encode(), f"{trap}.xlsx") for trap in TRAPS]
    mixed = [one for pair in zip(traps, GOOD, strict=False) for one in pair] + list(GOOD[len(traps) :])
    batch = judge_batch(OPERATION, mixed, as_of=AS_OF, readers=readers)
    codes = {one.sha256: [f.code for f in s.findings] for one, s in zip(mixed, batch.submissions, strict=True)}
    assert [codes[one.sha256] for one in traps] == [[code] for code in TRAPS.values()]
    assert len(batch.counts) == 61 * (3 * 17 + 4)


def test_a_worker_that_died_while_it_waited_is_replaced(readers):
    readers.warm_up()
    for waiting in readers.idle(2):
        waiting.process.kill()
        waiting.process.join()
    assert len(judge_batch(OPERATION, GOOD, as_of=AS_OF, readers=readers).counts) == 61 * (3 * 17 + 4)


def test_a_worker_leaves_no_image_of_its_memory_and_no_process_behind(readers):
    readers.warm_up()
    processes = [waiting.process for waiting in readers.idle(2)]
    readers.close()
    assert not any(process.is_alive() for process in processes)
