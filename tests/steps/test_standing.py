"""Which submission counts for a task force, whatever the order in which things arrive."""

import datetime as dt
import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.steps.standing import keep_current, settle
from schemas.counts import Counts
from schemas.submission import Standing
from small_nation import AFTER, JANUARY, cells_of, counts_of, judged, receipt, submission

CURRENT, SUPERSEDED = Standing.CURRENT, Standing.SUPERSEDED
DUPLICATE, CONFLICTING = Standing.DUPLICATE, Standing.CONFLICTING

USUAL = cells_of("ID")
OTHER = USUAL | {("ID", JANUARY, "phones"): 31}
LATER = AFTER + dt.timedelta(days=1)
LATEST = AFTER + dt.timedelta(days=2)


def standing_of(*sent):
    """Settle submissions of Idaho given as (sha256, revision, received, cells); return their standing, in order."""
    batch = judged(*((submission(sha256, "ID", "ID", revision=revision), cells) for sha256, revision, _, cells in sent))
    receipts = [receipt(sha256, received=received) for sha256, _, received, _ in sent]
    standings = settle(receipts, {s.sha256: s for s in batch.submissions}, [batch.counts])
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
    moved = batch.counts.assign(row=range(7, 7 + len(batch.counts)))
    standings = settle([receipt("a"), receipt("b")], {s.sha256: s for s in batch.submissions}, [moved])
    assert standings == {("a", "ID"): CURRENT, ("b", "ID"): DUPLICATE}


def test_each_task_force_of_a_workbook_has_its_own_standing():
    both = cells_of("WA-COAST") | cells_of("WA-INLAND")
    first, second = submission("a", "WA", "WA-COAST", "WA-INLAND"), submission("b", "WA", "WA-INLAND", revision=2)
    batch = judged((first, both), (second, cells_of("WA-INLAND")))
    standings = settle([receipt("a"), receipt("b")], {"a": first, "b": second}, [batch.counts])
    assert standings == {("a", "WA-COAST"): CURRENT, ("a", "WA-INLAND"): SUPERSEDED, ("b", "WA-INLAND"): CURRENT}


def test_a_task_force_without_a_single_count_does_not_take_the_place_of_its_counts():
    first, second = submission("a", "WA", "WA-COAST"), submission("b", "WA", "WA-COAST", "WA-INLAND", revision=2)
    batch = judged((first, cells_of("WA-COAST")), (second, cells_of("WA-INLAND")))
    standings = settle([receipt("a"), receipt("b")], {"a": first, "b": second}, [batch.counts])
    assert standings == {("a", "WA-COAST"): CURRENT, ("b", "WA-INLAND"): CURRENT}


def test_of_several_receipts_of_the_same_bytes_the_first_counts():
    batch = judged((submission("a", "ID", "ID"), USUAL), (submission("b", "ID", "ID"), OTHER))
    receipts = [receipt("a", received=LATEST), receipt("b", received=LATER), receipt("a", received=AFTER)]
    standings = settle(receipts, {s.sha256: s for s in batch.submissions}, [batch.counts])
    assert standings == {("a", "ID"): CURRENT, ("b", "ID"): CONFLICTING}


def test_only_current_counts_are_kept_and_they_are_still_counts():
    batch = judged((submission("a", "ID", "ID"), USUAL), (submission("b", "ID", "ID", revision=2), OTHER))
    kept = keep_current([batch.counts], {("a", "ID"): SUPERSEDED, ("b", "ID"): CURRENT})
    expected = counts_of(dict(sorted(OTHER.items())), "b")
    pd.testing.assert_frame_equal(Counts.validate(kept), expected)


SENT = st.tuples(st.integers(1, 3), st.sampled_from([AFTER, LATER]), st.sampled_from([USUAL, OTHER]))


@settings(deadline=None, max_examples=30)
@given(st.lists(SENT, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_order_and_batches_change_nothing(sent, chance: random.Random):
    named = [(f"{n}", *what) for n, what in enumerate(sent)]
    submissions = {name: submission(name, "ID", "ID", revision=revision) for name, revision, *_ in named}
    receipts = [receipt(name, received=received) for name, _, received, _ in named]
    frames = [counts_of(cells, name) for name, _, _, cells in named]
    standings = settle(receipts, submissions, frames)
    counts = keep_current(frames, standings)
    chance.shuffle(receipts)
    chance.shuffle(frames)
    together = [pd.concat(frames, ignore_index=True).astype(dict.fromkeys(["sha256", "month", "measure"], "category"))]
    assert settle(receipts, submissions, together) == standings
    pd.testing.assert_frame_equal(keep_current(frames, standings), counts)


@settings(deadline=None, max_examples=30)
@given(st.lists(SENT, min_size=1, max_size=6))
def test_at_most_one_submission_is_current_and_it_has_the_highest_revision(sent):
    standings = standing_of(*((f"{n}", *what) for n, what in enumerate(sent)))
    highest = max(revision for revision, *_ in sent)
    revisions = {standing: [sent[n][0] for n, s in enumerate(standings) if s is standing] for standing in Standing}
    assert revisions[CURRENT] in ([], [highest])
    assert all(lower < highest for lower in revisions[SUPERSEDED])


def test_nothing_received_leaves_no_counts():
    assert settle([], {}, []) == {}
    assert Counts.validate(keep_current([], {})).empty
