"""A file that kills its reader ends alone: each way to die, provoked for real, first in the batch."""

import ctypes
import io
import os
import struct
import time

import pytest
import python_calamine

from flows.door import reading, worker
from flows.door.contents import Contents
from flows.door.intake import Admission, admit
from flows.door.limits import Limits
from flows.door.reading import understand
from flows.door.workers import Readers
from flows.inbox import find_workbooks, take
from flows.judgement import judge_batch
from sample_workbook import AS_OF, OPERATION, SAMPLE, arrival, places
from schemas.remarks import Remark
from schemas.submission import Verdict

GOOD = take(find_workbooks(SAMPLE)).arrivals
IMPATIENT = Limits(seconds_together=4.0, seconds_alone=4.0, cpu_seconds=1)

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
            python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(panicking_workbook()))
        case b"panic behind the door":
            reading.admit = lambda *_: Admission(Contents({}, ()))
            try:
                return understand(panicking_workbook(), *others)
            finally:
                reading.admit = admit
        case b"stumble":
            raise KeyError("what somebody typed")
        case b"leave":
            os._exit(0)
    return understand(content, *others)


def panicking_workbook():
    """Return an old workbook of one record without its content, on which the reader panics; the door lets none in."""
    start_of_workbook = struct.pack("<8H", 0x809, 12, 0x600, 5, 0, 0, 0, 0)
    sheet_without_a_name = struct.pack("<2H", 0x85, 0)
    stream = (start_of_workbook + sheet_without_a_name).ljust(4096, b"\0")
    none, free, end, fat = 0, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = struct.pack("<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6,
                         none, 1, 1, 0, 4096, end, none, end, none)  # fmt: skip
    sectors = struct.pack("<128I", fat, end, *range(3, 10), end, *[free] * 118)
    folder = entry_of("Root Entry", 5, 1, end, 0) + entry_of("Workbook", 2, free, 2, len(stream))
    return header + struct.pack("<109I", 0, *[free] * 108) + sectors + folder.ljust(512, b"\0") + stream


def entry_of(name, kind, child, start, size):
    """Return an entry of the folder of a compound file."""
    letters = f"{name}\0".encode("utf-16-le")
    neighbours = (0xFFFFFFFF, 0xFFFFFFFF, child)
    return letters.ljust(64, b"\0") + struct.pack("<H2B3I36xIQ", len(letters), kind, 1, *neighbours, start, size)


def test_the_reader_panics_on_that_workbook_for_real(capfd):
    with pytest.raises(BaseException, match="out of range") as raised:
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(panicking_workbook()))
    assert (raised.typename, isinstance(raised.value, Exception)) == ("PanicException", False)
    assert "panicked at" in capfd.readouterr().err
    assert isinstance(admit(panicking_workbook()), Remark)


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
    "panic behind the door": "file_is_readable",
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
    for waiting in readers.idle(2):
        waiting.process.kill()
        waiting.process.join()
    assert len(judge_batch(OPERATION, GOOD, as_of=AS_OF, readers=readers).counts) == 61 * (3 * 17 + 4)


def test_a_worker_leaves_no_image_of_its_memory_and_no_process_behind(readers):
    processes = [waiting.process for waiting in readers.idle(2)]
    readers.close()
    assert not any(process.is_alive() for process in processes)
