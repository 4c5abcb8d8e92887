"""One night without Prefect, as a process of its own that a test may kill.

`python one_night.py INBOX OUT AS_OF LEDGER` ends as `rollup run` would: with 0 when published; with 3, and one line
that says why, when ledger or disk fail us.
"""

import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from flows.examining import Examined, examine
from flows.inbox import InboxFile, find_workbooks
from flows.ledger.faults import LedgerError
from flows.ledger.ledger import ledger_to_write
from flows.ledger.place import place_of
from flows.night import (
    Night,
    NightlyRun,
    begin_night,
    conclude,
    judge_all,
    run_night,
    take_snapshot,
    told,
)
from flows.operations import load_operation
from flows.outbox import OutboxError
from schemas.operation import Operation
from schemas.snapshot import Snapshot

BROKEN_HEART = load_operation("broken-heart-2018")
SCRIPT = Path(__file__)
_Place = Path | str
NEXT = dt.datetime(2018, 6, 9, 6, tzinfo=dt.UTC)
"""The night after that of the sample."""


def one_night(
    inbox: Path | str,
    out: Path | str,
    as_of: dt.datetime,
    ledger: str | None = None,
    operation: Operation = BROKEN_HEART,
) -> NightlyRun:
    """Do what `rollup run` does between the start of Prefect and its end."""
    with begun(inbox, out, as_of, ledger, operation) as night:
        return run_night(night, out, examine=examine_here, say=say_nothing)


def snapshot_of_night(
    inbox: Path | str,
    out: Path | str,
    as_of: dt.datetime,
    ledger: str | None = None,
    operation: Operation = BROKEN_HEART,
) -> Snapshot:
    """Do the same, but publish nothing."""
    with begun(inbox, out, as_of, ledger, operation) as night:
        judge_all(night, examine=examine_here, say=say_nothing)
        kept, reckoning = take_snapshot(night)
        conclude(night, kept)
        return told(night, kept, reckoning)[0]


@contextmanager
def begun(
    inbox: Path | str,
    out: Path | str,
    as_of: dt.datetime,
    ledger: str | None = None,
    operation: Operation = BROKEN_HEART,
) -> Iterator[Night]:
    """Give a night that has begun."""
    now = dt.datetime.now(dt.UTC)
    with ledger_to_write(place_of(ledger, out), may_be_made=True) as opened:
        yield begin_night(opened, operation, find_workbooks(inbox), as_of=as_of, now=now)


def examine_here(night: Night, work: Sequence[Sequence[InboxFile]]) -> Iterator[Examined]:
    """Examine batches in this process."""
    for files in work:
        yield examine(night.operation, files, night.received_of(files))


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def say_nothing(_done: int, _total: int) -> None:
    """Listen to nobody."""


if __name__ == "__main__":
    inbox, out, as_of, ledger = sys.argv[1:]
    print("begins", flush=True)
    try:
        one_night(Path(inbox), Path(out), dt.datetime.fromisoformat(as_of), ledger)
    except (LedgerError, OutboxError) as error:
        print(error, file=sys.stderr)
        sys.exit(3)
