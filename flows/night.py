"""A night: what arrived is received, what is new is judged, what counts is reckoned, and all of it is published.

It can be stopped at any moment and begun again: what is recorded stays, and what follows from it is the same. What
belongs here: the order of things. What does not: Prefect, which `nightly.py` adds.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flows.batches import batches
from flows.inbox import InboxFile, look, take
from flows.judging import judge_as_received, keep_originals, submissions_in
from flows.ledger.acts import Act, begin, from_text, keep_operation, last_run
from flows.ledger.faults import LedgerRefusedError
from flows.ledger.ledger import Ledger
from flows.ledger.recording import looked_at_before, receive, record, record_not_taken, remember, unjudged
from flows.ledger.snapshots import Kept, conclude_with, keep
from flows.ledger.view import View
from flows.outbox import publish
from flows.replaying import snapshot_before
from flows.reports.failure import without_cell_text
from flows.reports.words import moment_in_words
from flows.snapshots import reckon, tell, versions_now
from schemas.operation import Operation
from schemas.snapshot import Reckoning, Snapshot
from schemas.submission import NotTaken, Receipt, Submission


@dataclass(frozen=True, slots=True)
class NightlyRun:
    """What a run leads to: the folder of its outputs, and the snapshot they tell of."""

    outputs: Path
    snapshot: Snapshot


@dataclass(frozen=True)
class Night:
    """A night that has begun.

    Attributes:
        ledger: Held for this run alone.
        operation, as_of: Whose it is, and the run's clock.
        act: Its number in the ledger.
        unjudged: The files that nobody has judged, one for each content, with their sha256.
        received: When each of these was received first, by sha256.
    """

    ledger: Ledger
    operation: Operation
    as_of: dt.datetime
    act: int
    unjudged: Mapping[InboxFile, str]
    received: Mapping[str, dt.datetime]


Judge = Callable[[Night, Sequence[InboxFile]], Sequence[Submission]]
Say = Callable[[int, int], None]
"""Takes how many workbooks are judged, of how many."""


def run_night(night: Night, out: Path, *, judge: Judge, say: Say) -> NightlyRun:
    """Do everything that follows once a night has begun.

    Args:
        night: As begun.
        out: Where the outputs go.
        judge: `judge_files`, or what calls it.
        say: Told after each batch how far that is.
    """
    judge_all(night, judge=judge, say=say)
    kept, reckoning = take_snapshot(night)
    snapshot, before = told(night, kept, reckoning)
    outputs = publish(out, snapshot, before)
    conclude(night, kept)
    return NightlyRun(outputs, snapshot)


def begin_night(
    ledger: Ledger, operation: Operation, files: Sequence[InboxFile], *, as_of: dt.datetime, now: dt.datetime
) -> Night:
    """Record all that arrived, in one transaction: nothing is judged before everything is received.

    Args:
        ledger: Held for this run alone.
        operation: Whose night it is.
        files: What lies in the inbox.
        as_of: The run's clock, aware.
        now: The machine's own time, aware.

    Raises:
        LedgerRefusedError: The ledger is another operation's, or has had a run at a later time.
    """
    with ledger.reading() as connection:
        known = looked_at_before(connection)
    seen = look(files, known, now)
    with ledger.writing() as connection:
        _refuse_the_past(ledger, operation, last_run(connection), as_of)
        act = begin(connection, Act.RUN, clock=as_of)
        keep_operation(connection, act, operation)
        receive(connection, act, [Receipt(name, sha256, as_of) for _, name, sha256 in seen.files])
        record_not_taken(connection, act, seen.not_taken)
        remember(connection, seen.remembered)
        received = {sha256: from_text(moment) for sha256, moment in unjudged(connection).items()}
    new = {sha256: file for file, _, sha256 in seen.files if sha256 in received}
    return Night(ledger, operation, as_of, act, {file: sha256 for sha256, file in new.items()}, received)


def judge_all(night: Night, *, judge: Judge, say: Say) -> None:
    """Judge the files that nobody has judged, batch by batch."""
    done = 0
    for batch in batches(list(night.unjudged)):
        judge(night, batch)
        done += len(batch)
        say(done, len(night.unjudged))


def judge_files(night: Night, files: Sequence[InboxFile]) -> Sequence[Submission]:
    """Read some files that nobody has judged, judge them together, and record that in one transaction."""
    taken = take(files)
    arrivals = [arrival for arrival in taken.arrivals if arrival.sha256 in night.received]
    changed = [NotTaken(arrival.file, _CHANGED) for arrival in taken.arrivals if arrival not in arrivals]
    judged = judge_as_received(night.act, night.operation, arrivals, night.received)
    submissions = submissions_in(judged)
    keep_originals(night.ledger, arrivals, submissions)
    with night.ledger.writing() as connection:
        record_not_taken(connection, night.act, [*taken.not_taken, *changed])
        for judging, batch in judged:
            record(connection, judging, batch)
    return submissions


def take_snapshot(night: Night) -> tuple[Kept, Reckoning]:
    """Reckon what counts, and record the snapshot."""
    with night.ledger.writing() as connection:
        with without_cell_text():
            view = View(connection, night.act)
            reckoning = reckon(night.operation, view, as_of=night.as_of, versions=versions_now())
        return keep(connection, night.act, reckoning), reckoning


def told(night: Night, kept: Kept, reckoning: Reckoning) -> tuple[Snapshot, Snapshot | None]:
    """Return the snapshot with everything that reports tell of it, and the one before it."""
    with night.ledger.reading() as connection:
        snapshot = tell(replace(reckoning, as_of=kept.as_of), View(connection, kept.act))
        return snapshot, snapshot_before(connection, kept)


def conclude(night: Night, kept: Kept) -> None:
    """Record that the night came to its end: only what was published is what the next night is compared with."""
    with night.ledger.writing() as connection:
        conclude_with(connection, night.act, kept)


def _refuse_the_past(ledger: Ledger, operation: Operation, last: dt.datetime | None, as_of: dt.datetime) -> None:
    """Refuse a run that is of an earlier time than one before it: it would know what nobody knew then."""
    if last and as_of < last:
        raise LedgerRefusedError(
            f"the ledger {ledger.place} has had a run as of {moment_in_words(operation, last)}, and no run can be of "
            "an earlier time; `rollup replay` gives what was published then, another --out begins another ledger."
        )


_CHANGED = "it changed while it was read; it is taken the next time"
