"""Whatever is sent, in whatever order, the totals are those of a ten-line model, and nothing else changes a byte.

What is sent here was judged already, so that hundreds of histories can be lived through.
"""

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from flows.ledger.acts import Act, begin, keep_operation, last
from flows.ledger.decisions import withdraw
from flows.ledger.ledger import Ledger, ledger_to_write
from flows.ledger.place import place_of
from flows.ledger.recording import Judging, receive, record
from flows.ledger.view import View
from flows.reports.outputs import outputs
from flows.snapshots import reckon, versions_now
from recorded import ledger_in_memory, snapshot_of
from schemas.decisions import Withdrawal
from schemas.submission import Verdict
from small_nation import AFTER, JANUARY, OPERATION, cells_of, judged, receipt, submission

DAY = dt.timedelta(days=1)
TASK_FORCES = ("ID", "WA-COAST")


@dataclass(frozen=True)
class Sent:
    """A workbook of one task force: its revision, how many phones it counts in January, and whether it is accepted."""

    task_force: str
    revision: int
    phones: int
    is_accepted: bool
    night: int
    sha256: str = ""

    @property
    def judged(self):
        verdict = Verdict.ACCEPTED if self.is_accepted else Verdict.REJECTED
        state = self.task_force[:2]
        cells = cells_of(self.task_force) | {(self.task_force, JANUARY, "phones"): self.phones}
        return submission(self.sha256, state, self.task_force, revision=self.revision, verdict=verdict), cells

    @property
    def receipt(self):
        return receipt(self.sha256, received=AFTER + self.night * DAY)


def phones_by_the_model(sent: Iterable[Sent], withdrawn: set[str]) -> int:
    """The highest accepted revision that is not withdrawn counts, as received first; what came together must agree."""
    total = 0
    for task_force in TASK_FORCES:
        own = [s for s in sent if s.task_force == task_force and s.is_accepted and s.sha256 not in withdrawn]
        highest = [s for s in own if s.revision == max(other.revision for other in own)]
        first = [s for s in highest if s.night == min(other.night for other in highest)]
        if len({s.phones for s in first}) == 1:
            total += 30 + first[0].phones
    return total


HISTORY = st.lists(
    st.builds(
        Sent,
        task_force=st.sampled_from(TASK_FORCES),
        revision=st.integers(1, 3),
        phones=st.integers(31, 32),
        is_accepted=st.booleans() | st.just(True),
        night=st.integers(0, 3),
    ),
    max_size=9,
).map(lambda sent: [Sent(**(vars(s) | {"sha256": f"{n:064x}"})) for n, s in enumerate(sent)])
"""Workbooks over four nights. Resubmissions, rejections, duplicates and conflicts are all among them."""


def live_through(ledger: Ledger, sent: list[Sent], withdrawn: list[str], chance: random.Random) -> None:
    """Record night after night: in any order, in batches of any size, some nights twice; then what is withdrawn."""
    for night in range(4):
        for _ in range(chance.choice([1, 1, 2])):
            tonight = [s for s in sent if s.night == night]
            chance.shuffle(tonight)
            with ledger.writing() as connection:
                act = begin(connection, Act.RUN, clock=AFTER + night * DAY)
                keep_operation(connection, act, OPERATION)
                receive(connection, act, [s.receipt for s in tonight])
                known = View(connection, act).judgements
                new = [s for s in tonight if s.sha256 not in known]
            while new:
                batch, new = new[: (size := chance.randint(1, 4))], new[size:]
                with ledger.writing() as connection:
                    record(connection, Judging(act, OPERATION, AFTER + night * DAY), judged(*(s.judged for s in batch)))
    for sha256 in withdrawn:
        with ledger.writing() as connection:
            withdraw(connection, Withdrawal(sha256, (), "Clerk", AFTER + 4 * DAY, "sent in error"))


def phones(ledger: Ledger) -> int:
    with ledger.reading() as connection:
        view = View(connection, last(connection))
        totals = reckon(OPERATION, view, as_of=AFTER + 5 * DAY, versions=versions_now()).totals
    value = totals.set_index("measure")["value"]["phones"]
    return 0 if pd.isna(value) else int(value)


@given(HISTORY, st.data(), st.randoms(use_true_random=False))
def test_totals_are_those_of_the_model(sent, data, chance):
    withdrawn = data.draw(st.lists(st.sampled_from([s.sha256 for s in sent]), max_size=2)) if sent else []
    with ledger_in_memory() as ledger:
        live_through(ledger, sent, withdrawn, chance)
        assert phones(ledger) == phones_by_the_model(sent, set(withdrawn))


@settings(max_examples=3)
@given(HISTORY, st.randoms(use_true_random=False))
def test_the_bytes_depend_on_no_order_no_batches_and_no_repetition(sent, chance):
    written = []
    for _ in range(2):
        with ledger_in_memory() as ledger:
            live_through(ledger, sent, [], chance)
            written.append(dict(outputs(snapshot_of(ledger, OPERATION, AFTER + 5 * DAY))))
    assert written[0] == written[1]


@pytest.mark.parametrize("earlier_revisions", [0, 50])
def test_a_night_asks_as_little_of_a_long_history_as_of_a_short_one(earlier_revisions):
    sent = [Sent("ID", n, 31, n % 2 == 0, 0, f"{n:064x}") for n in range(1, earlier_revisions + 3)]
    with ledger_in_memory() as ledger:
        live_through(ledger, sent, [], random.Random(0))
        asked, seen = [], []
        event.listen(ledger.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
        with ledger.reading() as connection:
            view = View(connection, last(connection))
            read = view.counts_of
            view.counts_of = lambda sha256s: seen.append(read(sha256s)) or seen[-1]
            reckon(OPERATION, view, as_of=AFTER + 5 * DAY, versions=versions_now())
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 11
    assert [len(counts) for counts in seen] == [len(cells_of("ID"))]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_the_same_holds_on_a_server(seed, database, tmp_path):
    chance = random.Random(seed)
    sent = [
        Sent(
            chance.choice(TASK_FORCES),
            chance.randint(1, 3),
            chance.randint(31, 32),
            chance.random() < 0.7,
            n % 4,
            f"{n:064x}",
        )
        for n in range(12)
    ]
    withdrawn = [chance.choice(sent).sha256]
    with ledger_to_write(place_of(database, tmp_path), may_be_made=True) as ledger:
        live_through(ledger, sent, withdrawn, chance)
        assert phones(ledger) == phones_by_the_model(sent, set(withdrawn))
        on_server = dict(outputs(snapshot_of(ledger, OPERATION, AFTER + 5 * DAY)))
    with ledger_in_memory() as ledger:
        live_through(ledger, sent, withdrawn, chance)
        assert dict(outputs(snapshot_of(ledger, OPERATION, AFTER + 5 * DAY))) == on_server
