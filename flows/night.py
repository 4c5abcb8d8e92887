"""A night: what arrived is received, what is new is judged, what counts is reckoned, and all of it is published.

It can be stopped at any moment and begun again: what is recorded stays, and what follows from it is the same. What
belongs here: the order of things. What does not: Prefect, which `nightly.py` adds.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flows.batches import batches
from flows.examining import Broken, Examined, only_of
from flows.inbox import InboxFile, look
from flows.ledger.acts import Act, begin, from_text, keep_operation, last_run, refuse_another
from flows.ledger.faults import LedgerRefusedError
from flows.ledger.ledger import Ledger
from flows.ledger.originals import keep_originals
from flows.ledger.recording import Judging, looked_at_before, receive, record, record_not_taken, remember, unjudged
from flows.ledger.snapshots import Kept, conclude_with, keep, last_concluded, newest
from flows.ledger.view import View
from flows.outbox import publish
from flows.remote_outbox import publish_elsewhere
from flows.replaying import snapshot_before
from flows.reports.failure import without_cell_text
from flows.reports.words import moment_in_words
from flows.snapshots import reckon, tell, versions_now
from schemas.operation import Operation
from schemas.snapshot import Reckoning, Snapshot
from schemas.submission import NotTaken, Receipt


@dataclass(frozen=True, slots=True)
class NightlyRun:
    """What a run leads to: the folder or URL of its outputs, the snapshot, and the workbooks that bugs of ours stopped.

    The run before led to the snapshot `before`, which may be the same; `last_run` is the clock of the last one that
    came to its end. Both are None where there was none.
    """

    outputs: Path | str
    snapshot: Snapshot
    before: Snapshot | None
    last_run: dt.datetime | None
    broken: tuple[Broken, ...] = ()


@dataclass(frozen=True)
class Night:
    """A night that has begun.

    Attributes:
        ledger: Held for this run alone.
        operation, as_of: Whose it is, and the run's clock.
        act: Its number in the ledger.
        unjudged: The files that nobody has judged, one for each content, with their sha256; none once all are judged.
        received: When each of these was received first, by sha256.
        only_states: The states whose submissions are recorded now, the others are left to another run; empty: all.
    """

    ledger: Ledger
    operation: Operation
    as_of: dt.datetime
    act: int
    unjudged: dict[InboxFile, str]
    received: dict[str, dt.datetime]
    only_states: frozenset[str] = frozenset()

    def received_of(self, files: Iterable[InboxFile]) -> dict[str, dt.datetime]:
        """Return when the contents of some files were received first, by sha256."""
        return {sha256: self.received[sha256] for sha256 in (self.unjudged[file] for file in files)}


Examine = Callable[[Night, Sequence[Sequence[InboxFile]]], Iterable[Examined]]
"""Examines batches of files, here or elsewhere, and gives what came of each in their order."""

Say = Callable[[int, int], None]
"""Takes how many workbooks are judged, of how many."""


def run_night(
    night: Night, out: Path | str, *, examine: Examine, say: Say, batch_size: int | None = None
) -> NightlyRun:
    """Do everything that follows once a night has begun, up to its outputs.

    `examine` calls `flows.examining.examine` on as many workbooks at once as is usual, or on `batch_size`; `say` is
    told after each batch how far that is.
    """
    broken = judge_all(night, examine=examine, say=say, batch_size=batch_size)
    kept, reckoning = take_snapshot(night)
    snapshot, before = told(night, kept, reckoning)
    with night.ledger.reading() as connection:
        last_run, last = last_concluded(connection), newest(connection)
    outputs = publish_elsewhere(out, snapshot, before) if isinstance(out, str) else publish(out, snapshot, before)
    conclude(night, kept)
    # A night that finds what the last one found has no news, though its pages tell of the change before.
    since = snapshot if last and last.id == kept.id else before
    return NightlyRun(outputs, snapshot, since, last_run, broken)


def make_sure_it_may_begin(ledger: Ledger, operation: Operation, as_of: dt.datetime) -> None:
    """Refuse a night of another operation, or of a time before an earlier run's: it would know what nobody knew then.

    Raises:
        LedgerRefusedError: It may not begin.
    """
    with ledger.reading() as connection:
        refuse_another(connection, operation)
        last = last_run(connection)
    if last and as_of < last:
        raise LedgerRefusedError(
            f"the ledger {ledger.place} has had a run as of {moment_in_words(operation, last)}, and no run can be of "
            "an earlier time; `rollup replay` gives what was published then, another --out begins another ledger."
        )


def begin_night(
    ledger: Ledger,
    operation: Operation,
    files: Sequence[InboxFile],
    *,
    as_of: dt.datetime,
    now: dt.datetime,
    unsettled: Iterable[NotTaken] = (),
    only_states: Collection[str] = (),
) -> Night:
    """Record all that arrived, in one transaction: nothing is judged before everything is received.

    What lies in the inbox and cannot be taken yet is `unsettled`. Submissions of `only_states` are recorded; of all
    where there are none.

    Raises:
        LedgerRefusedError: It may not begin.
    """
    make_sure_it_may_begin(ledger, operation, as_of)
    with ledger.reading() as connection:
        known = looked_at_before(connection)
    seen = look(files, known, now, operation.first_private_year)
    with ledger.writing() as connection:
        act = begin(connection, Act.RUN, clock=as_of)
        keep_operation(connection, act, operation)
        receive(connection, act, [Receipt(name, sha256, as_of) for _, name, sha256 in seen.files])
        record_not_taken(connection, act, (*seen.not_taken, *unsettled))
        remember(connection, seen.remembered)
        received = {sha256: from_text(moment) for sha256, moment in unjudged(connection).items()}
    new = {sha256: file for file, _, sha256 in seen.files if sha256 in received}
    unseen = {file: sha256 for sha256, file in new.items()}
    return Night(ledger, operation, as_of, act, unseen, received, frozenset(only_states))


def judge_all(night: Night, *, examine: Examine, say: Say, batch_size: int | None = None) -> tuple[Broken, ...]:
    """Judge the files that nobody has judged, batch by batch, and return those that bugs of ours stopped."""
    done, broken = 0, list[Broken]()
    work = list(batches(list(night.unjudged), batch_size))
    for batch, examined in zip(work, examine(night, work), strict=True):
        record_examined(night, examined)
        broken += examined.broken
        done += len(batch)
        say(done, len(night.unjudged))
    # They are judged; of many files, what is known of each takes memory that the reports need.
    night.unjudged.clear()
    night.received.clear()
    return tuple(broken)


def record_examined(night: Night, examined: Examined) -> None:
    """Record what came of some files, in one transaction."""
    keep_originals(night.ledger.place, examined.originals)
    with night.ledger.writing() as connection:
        told = (*examined.not_taken, *(broken.not_taken for broken in examined.broken))
        record_not_taken(connection, night.act, told)
        for clock, batch in examined.judged:
            chosen = only_of(night.only_states, batch) if night.only_states else batch
            record(connection, Judging(night.act, night.operation, clock), chosen)


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
