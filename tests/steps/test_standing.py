"""Which submission counts for a task force, whatever the order in which things arrive."""

import datetime as dt
import random
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.steps.standing import keep_current, settle
from recorded import holdings_of
from schemas.counts import Counts
from schemas.decisions import Withdrawal
from schemas.submission import Holding, Standing
from small_nation import AFTER, JANUARY, OPERATION, cells_of, counts_of, judged, receipt, submission

CURRENT, SUPERSEDED, WITHDRAWN = Standing.CURRENT, Standing.SUPERSEDED, Standing.WITHDRAWN
DUPLICATE, CONFLICTING = Standing.DUPLICATE, Standing.CONFLICTING

USUAL = cells_of("ID")
OTHER = USUAL | {("ID", JANUARY, "phones"): 31}
LATER = AFTER + dt.timedelta(days=1)
LATEST = AFTER + dt.timedelta(days=2)


def standing_of(*sent):
    """Settle submissions of Idaho given as (sha256, revision, received, cells); return their standing, in order."""
    batch = judged(*((submission(sha256, "ID", "ID", revision=revision), cells) for sha256, revision, _, cells in sent))
    receipts = [receipt(sha256, received=received) for sha256, _, received, _ in sent]
    standings = settle(holdings_of(OPERATION, receipts, [batch]))
    return [standings[sha256, "ID"] for sha256, *_ in sent]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ([("a", 1, AFTER, USUAL)], [CURRENT]),
        ([("a", 1, AFTER, USUAL), ("b", 2, AFTER, OTHER)], [SUPERSEDED, CURRENT]),
        ([("a", 7, AFTER, USUAL), ("b", 2, LATER, OTHER)], [CURRENT, SUPERSEDED]),
        ([("a", 1, AFTER, USUAL), ("b", 1, LATER, USUAL)], [CURRENT, DUPLICATE]),
        ([("b", 1, AFTER, USUAL), ("a", 1, AFTER, USUAL)], [DUPLICATE, CURRENT]),
        ([("b", 1, AFTER, USUAL), ("a", 1, LATER, OTHER)], [CURRENT, CONFLICTING]),
        ([("a", 1, AFTER, USUAL), ("b", 1, AFTER, OTHER)], [CONFLICTING, CONFLICTING]),
        (
            [("a", 1, AFTER, USUAL), ("b", 2, LATER, USUAL), ("c", 2, LATER, OTHER)],
            [SUPERSEDED, CONFLICTING, CONFLICTING],
        ),
        ([("a", 1, AFTER, USUAL), ("b", 2, AFTER, USUAL), ("c", 2, LATER, OTHER)], [SUPERSEDED, CURRENT, CONFLICTING]),
        ([("a", 1, AFTER, USUAL), ("b", 1, LATER, OTHER), ("c", 1, LATEST, USUAL)], [CURRENT, CONFLICTING, DUPLICATE]),
        ([("a", 1, AFTER, USUAL), ("b", 1, AFTER, OTHER), ("c", 1, LATER, USUAL)], [CONFLICTING] * 3),
        ([("a", 1, AFTER, USUAL), ("b", 1, LATER, USUAL), ("c", 2, LATEST, USUAL)], [SUPERSEDED, DUPLICATE, CURRENT]),
    ],
    ids=[
        "one submission is current",
        "a higher revision supersedes",
        "the number counts and not the day",
        "the same again is a duplicate",
        "received together the smaller hash stands",
        "of different counts the earlier received stands",
        "received together neither counts",
        "where neither counts the lower revision is known to be replaced",
        "a conflict with one that stands leaves it standing",
        "the same as the one that stands is a duplicate beside a conflict",
        "a disputed revision stays disputed",
        "a duplicate of a superseded revision stays a duplicate",
    ],
)
def test_a_submission_has_a_standing_among_the_others(sent, expected):
    assert standing_of(*sent) == expected


def test_not_applicable_is_other_than_zero():
    none, zero = (USUAL | {("ID", JANUARY, "examiners"): value} for value in (None, 0))
    assert standing_of(("a", 1, AFTER, none), ("b", 1, LATER, zero)) == [CURRENT, CONFLICTING]


def test_where_a_count_stands_on_the_sheet_makes_no_difference():
    batch = judged((submission("a", "ID", "ID"), USUAL), (submission("b", "ID", "ID"), USUAL))
    moved = replace(batch, read=batch.read.assign(row=range(7, 7 + len(batch.read))))
    standings = settle(holdings_of(OPERATION, [receipt("a"), receipt("b")], [moved]))
    assert standings == {("a", "ID"): CURRENT, ("b", "ID"): DUPLICATE}


def test_each_task_force_of_a_workbook_has_its_own_standing():
    both = cells_of("WA-COAST") | cells_of("WA-INLAND")
    first, second = submission("a", "WA", "WA-COAST", "WA-INLAND"), submission("b", "WA", "WA-INLAND", revision=2)
    batch = judged((first, both), (second, cells_of("WA-INLAND")))
    standings = settle(holdings_of(OPERATION, [receipt("a"), receipt("b")], [batch]))
    assert standings == {("a", "WA-COAST"): CURRENT, ("a", "WA-INLAND"): SUPERSEDED, ("b", "WA-INLAND"): CURRENT}


def test_a_task_force_without_a_single_count_does_not_take_the_place_of_its_counts():
    first, second = submission("a", "WA", "WA-COAST"), submission("b", "WA", "WA-COAST", "WA-INLAND", revision=2)
    batch = judged((first, cells_of("WA-COAST")), (second, cells_of("WA-INLAND")))
    standings = settle(holdings_of(OPERATION, [receipt("a"), receipt("b")], [batch]))
    assert standings == {("a", "WA-COAST"): CURRENT, ("b", "WA-INLAND"): CURRENT}


def test_of_several_receipts_of_the_same_bytes_the_first_counts():
    batch = judged((submission("a", "ID", "ID"), USUAL), (submission("b", "ID", "ID"), OTHER))
    received = {"late.xlsx": LATEST, "early.xlsx": AFTER}
    receipts = [receipt("a", file, when) for file, when in received.items()] + [receipt("b", received=LATER)]
    standings = settle(holdings_of(OPERATION, receipts, [batch]))
    assert standings == {("a", "ID"): CURRENT, ("b", "ID"): CONFLICTING}


def holding(sha256, revision=1, content="", task_force="ID"):
    return Holding(sha256, task_force, revision, AFTER, content)


def withdrawal(sha256, *task_forces):
    return Withdrawal(sha256, task_forces, "Clerk", AFTER, "sent in error")


def test_what_is_withdrawn_leaves_its_place_to_the_revision_before_it():
    holdings = [holding("a"), holding("b", revision=2)]
    assert settle(holdings, [withdrawal("b")]) == {("a", "ID"): CURRENT, ("b", "ID"): WITHDRAWN}


def test_what_is_withdrawn_is_nobodys_rival():
    holdings = [holding("a", content="x"), holding("b", content="y")]
    assert settle(holdings, [withdrawal("a")]) == {("a", "ID"): WITHDRAWN, ("b", "ID"): CURRENT}


def test_a_submission_may_be_withdrawn_for_one_of_its_task_forces():
    holdings = [holding("a", task_force="WA-COAST"), holding("a", task_force="WA-INLAND")]
    assert settle(holdings, [withdrawal("a", "WA-INLAND")]) == {
        ("a", "WA-COAST"): CURRENT,
        ("a", "WA-INLAND"): WITHDRAWN,
    }


def test_only_current_counts_are_kept_and_they_are_still_counts():
    batch = judged((submission("a", "ID", "ID"), USUAL), (submission("b", "ID", "ID", revision=2), OTHER))
    kept = keep_current([batch.counts], {("a", "ID"): SUPERSEDED, ("b", "ID"): CURRENT})
    expected = counts_of(dict(sorted(OTHER.items())), "b")
    pd.testing.assert_frame_equal(Counts.validate(kept), expected)


SENT = st.tuples(st.integers(1, 3), st.sampled_from([AFTER, LATER]), st.sampled_from([USUAL, OTHER]))


@given(st.lists(SENT, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_changes_nothing(sent, chance: random.Random):
    holdings = [Holding(f"{n}", "ID", revision, when, str(cells)) for n, (revision, when, cells) in enumerate(sent)]
    standings = settle(holdings)
    frames = [counts_of(cells, f"{n}") for n, (_, _, cells) in enumerate(sent)]
    counts = keep_current(frames, standings)
    chance.shuffle(holdings)
    chance.shuffle(frames)
    assert settle(holdings) == standings
    pd.testing.assert_frame_equal(keep_current(frames, standings), counts)


@given(st.lists(SENT, min_size=1, max_size=6))
def test_at_most_one_submission_is_current_and_it_has_the_highest_revision(sent):
    standings = standing_of(*((f"{n}", *what) for n, what in enumerate(sent)))
    highest = max(revision for revision, *_ in sent)
    revisions = {standing: [sent[n][0] for n, s in enumerate(standings) if s is standing] for standing in Standing}
    assert revisions[CURRENT] in ([], [highest])
    assert all(lower < highest for lower in revisions[SUPERSEDED])


def test_nothing_received_leaves_no_counts():
    assert settle([]) == {}
    assert Counts.validate(keep_current([], {})).empty
