"""What a night costs on which little is new, as part of the first night, and after ten years of such nights.

    python tests/benchmarks/nights.py                   4,500 workbooks, a ledger in a file
    python tests/benchmarks/nights.py 900 URL           another number, another ledger

Start-up, Prefect and the writing of reports are not in it. A night is receiving, judging and reckoning. The ten years
are recorded, not waited for: 3,650 runs, each of them with a snapshot, and each with one more workbook received and
judged, which is what a run records. Ratios travel between machines, seconds do not.
"""

import datetime as dt
import hashlib
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from compare import SAMPLE, as_revision, make_inbox

from flows.examining import Examined, examine
from flows.inbox import InboxFile, find_workbooks, take
from flows.judgement import judge_batch
from flows.ledger.acts import Act, begin
from flows.ledger.ledger import Ledger, ledger_to_write
from flows.ledger.place import Place, place_of
from flows.ledger.recording import Judging, receive, record
from flows.ledger.snapshots import conclude_with, keep
from flows.ledger.view import View
from flows.night import Night, begin_night, conclude, judge_all, take_snapshot
from flows.operations import load_operation
from flows.snapshots import reckon, versions_now
from schemas.submission import JudgedBatch, Receipt

OPERATION = load_operation("broken-heart-2018")
FIRST = dt.datetime(2018, 6, 8, 6, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
NIGHTS = 3650
TIMES = 5
"""How often a small night is measured; the middle one is told."""


def examine_here(night: Night, work: Sequence[Sequence[InboxFile]]) -> Iterator[Examined]:
    """Examine batches in this process."""
    for files in work:
        yield examine(night.operation, files, night.received_of(files))


def night(place: Place, inbox: Path, as_of: dt.datetime) -> float:
    """Return the seconds of a night."""
    start = time.perf_counter()

    def examined(one: Night, work: Sequence[Sequence[InboxFile]]) -> Iterator[Examined]:
        return (examine(OPERATION, files, one.received_of(files)) for files in work)

    with ledger_to_write(place, may_be_made=True) as ledger:
        begun = begin_night(ledger, OPERATION, find_workbooks(inbox), as_of=as_of, now=dt.datetime.now(dt.UTC))
        judge_all(begun, examine=examined, say=lambda _done, _total: None)
        conclude(begun, take_snapshot(begun)[0])
    return time.perf_counter() - start


def small_nights(place: Place, inbox: Path, first: dt.datetime, revision: int) -> float:
    """Return the seconds of a night with one new workbook."""
    took = []
    for n in range(TIMES):
        state = sorted(SAMPLE.glob("*.xlsx"))[n]
        (inbox / f"new-{revision}-{n}.xlsx").write_bytes(as_revision(state, revision))
        took.append(night(place, inbox, first + n * DAY))
    return sorted(took)[TIMES // 2]


def live_ten_years(ledger: Ledger, first: dt.datetime) -> None:
    """Record what ten years of nights record."""
    arrival = take(find_workbooks(SAMPLE / "WY.xlsx")).arrivals[0]
    judged = judge_batch(OPERATION, [arrival], as_of=FIRST)
    with ledger.writing() as connection:
        view = View(connection, 1)
        reckoning = reckon(OPERATION, view, as_of=FIRST, versions=versions_now())
        for n in range(NIGHTS):
            as_of, sha256 = first + n * DAY, hashlib.sha256(f"{n}".encode()).hexdigest()
            act = begin(connection, Act.RUN, clock=as_of)
            receive(connection, act, [Receipt(f"WY-{n}.xlsx", sha256, as_of)])
            (submission,) = judged.submissions
            as_new = JudgedBatch(
                (replace(submission, sha256=sha256, revision=n + 2),), judged.read.assign(sha256=sha256)
            )
            record(connection, Judging(act, OPERATION, as_of), as_new)
            conclude_with(connection, act, keep(connection, act, replace(reckoning, id=sha256[:12], as_of=as_of)))


def main(number: int, url: str | None) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as scratch:
        inbox, warm_up = Path(scratch, "inbox"), Path(scratch, "warm-up")
        for folder, size in ((inbox, number), (warm_up, 50)):
            folder.mkdir()
            make_inbox(folder, size)
        night(place_of(None, Path(scratch, "other")), warm_up, FIRST)
        place = place_of(url, Path(scratch, "out"))
        whole = night(place, inbox, FIRST)
        print(f"first night, {number:,} workbooks           {whole:6.2f} s")
        time.sleep(4)  # until the files have rested, and need not be read again
        night(place, inbox, FIRST + DAY)
        small = small_nights(place, inbox, FIRST + 2 * DAY, number // 50 + 1)
        print(f"a night with one new                  {small:6.2f} s  {100 * small / whole:4.1f}% of the first")
        with ledger_to_write(place) as ledger:
            live_ten_years(ledger, FIRST + 10 * DAY)
        later = small_nights(place, inbox, FIRST + (11 + NIGHTS) * DAY, number // 50 + 2)
        print(f"the same after {NIGHTS:,} nights             {later:6.2f} s  {100 * later / whole:4.1f}% of the first")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(int(arguments[0]) if arguments else 4500, arguments[1] if arguments[1:] else None)
