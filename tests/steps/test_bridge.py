"""The bridge: named steps that always sum to the difference, and name the right cause."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.steps.bridge import bridge
from recorded import take_snapshot
from schemas.bridge import Bridge, Cause, ClaimChange, End, Step, SubmissionChange
from schemas.snapshot import ClaimVerdict
from schemas.submission import Standing, Verdict
from small_nation import (
    AFTER,
    DECEMBER,
    IN_JANUARY,
    JANUARY,
    OPERATION,
    cells_of,
    judged,
    national_cells,
    receipt,
    submission,
)

LATER = AFTER + dt.timedelta(days=1)
ALL = ("ID", "OR", "WA-COAST", "WA-INLAND")
NATION = (submission("a0", "WA", *ALL), national_cells())
IDAHO = (submission("b1", "ID", "ID"), cells_of("ID"))
IDAHO_AGAIN = (
    submission("c2", "ID", "ID", revision=2),
    cells_of("ID") | {("ID", JANUARY, "phones"): 33, ("ID", DECEMBER, "phones"): 29},
)
OREGON = (submission("d3", "OR", "OR"), cells_of("OR"))


def snapshot(*sent, as_of=AFTER, received=AFTER, operation=OPERATION):
    receipts = [receipt(one.sha256, received=received) for one, _ in sent]
    return take_snapshot(operation, receipts, [judged(*sent)], as_of=as_of)


def rejected(sent):
    return replace(sent[0], verdict=Verdict.REJECTED), sent[1]


def withdrawn(taken, sent):
    """Return a snapshot in which a submission has arrived and was withdrawn."""
    one, _ = sent
    return replace(
        taken,
        receipts=(*taken.receipts, receipt(one.sha256)),
        submissions=taken.submissions | {one.sha256: one},
        standings=taken.standings | {(one.sha256, t): Standing.WITHDRAWN for t in one.task_forces},
    )


def steps_of(built: Bridge, measure="phones"):
    return next(span.steps for span in built.spans if span.measure == measure)


def test_a_bridge_tells_ends_figures_claims_and_submissions():
    before, now = snapshot(IDAHO), snapshot(IDAHO, OREGON, as_of=LATER)
    built = bridge(before, now)
    assert built.before == End(before.id, dt.date(2032, 2, 12), "1 of 4 task forces, 1 of 3 states")
    assert built.now == End(now.id, dt.date(2032, 2, 13), "2 of 4 task forces, 2 of 3 states")
    assert [(s.measure, s.before, s.now, s.difference, s.by_cause) for s in built.changed] == [
        (measure, value, 2 * value, value, {Cause.NEWLY_RECEIVED: value})
        for measure, value in {
            "tips": 20,
            "tips_urgent": 8,
            "tips_foreign": 16,
            "phones": 60,
            "computers": 60,
            "examiners": 3,
            "devices": 120,
            "partners": 5,
        }.items()
    ]
    assert steps_of(built) == (Step(Cause.NEWLY_RECEIVED, "OR", ("OR",), 60),)
    assert built.claims == ()
    assert built.submissions == (SubmissionChange("d3", "OR", "d3.xlsx", "", "accepted, current"),)


def test_claims_that_change_their_verdict_are_named_with_the_reason():
    more = (NATION[0], national_cells() | {("ID", JANUARY, "phones"): 50})
    built = bridge(snapshot(NATION), snapshot(more))
    assert built.claims == (
        ClaimChange(
            "nearly 500 devices examined",
            ClaimVerdict.SUPPORTED,
            ClaimVerdict.CONTRADICTED,
            "The figure is 500, outside the 401 to 499 that 'nearly 500' needs; 'about 500' would be true.",
        ),
    )


def test_nothing_changed_is_a_bridge_without_steps():
    built = bridge(snapshot(NATION), snapshot(NATION, as_of=LATER))
    assert (built.changed, built.claims, built.submissions) == ((), (), ())


DECEMBER_ONLY = (submission("e4", "ID", "ID"), cells_of("ID", [DECEMBER]))
BOTH_MONTHS = (
    submission("f5", "ID", "ID", revision=2),
    cells_of("ID") | {("ID", JANUARY, "examiners"): 4, ("ID", DECEMBER, "phones"): 31},
)


def test_a_revision_that_brings_a_further_month_is_revised_only_where_the_first_one_changed():
    built = bridge(snapshot(DECEMBER_ONLY, as_of=IN_JANUARY), snapshot(DECEMBER_ONLY, BOTH_MONTHS))
    assert steps_of(built) == (
        Step(Cause.NEWLY_RECEIVED, "ID", ("ID",), 30),
        Step(Cause.REVISED, "ID", ("ID",), 1),
    )
    assert steps_of(built, "examiners") == (Step(Cause.LATER_MONTH, "ID", ("ID",), 1),)
    assert steps_of(built, "devices") == (
        Step(Cause.NEWLY_RECEIVED, "ID", ("ID",), 60),
        Step(Cause.REVISED, "ID", ("ID",), 1),
    )


CONFLICT = (submission("g6", "ID", "ID"), cells_of("ID") | {("ID", JANUARY, "phones"): 7})
NEW_OPERATION = replace(OPERATION, digest="0" * 64)
WITHOUT_PHONES = replace(
    NEW_OPERATION, measures=tuple(m for m in OPERATION.measures if m.id not in ("phones", "devices"))
)
CASES = {
    "newly received": (snapshot(), snapshot(IDAHO), Cause.NEWLY_RECEIVED, 60),
    "revised": (snapshot(IDAHO), snapshot(IDAHO, IDAHO_AGAIN), Cause.REVISED, 2),
    "withdrawn, nothing left": (snapshot(IDAHO), withdrawn(snapshot(), IDAHO), Cause.WITHDRAWN, -60),
    "withdrawn, the one before stands": (
        snapshot(IDAHO, IDAHO_AGAIN),
        withdrawn(snapshot(IDAHO), IDAHO_AGAIN),
        Cause.WITHDRAWN,
        -2,
    ),
    "no longer withdrawn": (withdrawn(snapshot(), IDAHO), snapshot(IDAHO), Cause.REINSTATED, 60),
    "no longer accepted": (snapshot(IDAHO), snapshot(rejected(IDAHO)), Cause.NO_LONGER_ACCEPTED, -60),
    "no longer accepted, the one before stands": (
        snapshot(IDAHO, IDAHO_AGAIN),
        snapshot(IDAHO, rejected(IDAHO_AGAIN)),
        Cause.NO_LONGER_ACCEPTED,
        -2,
    ),
    "accepted by other rules": (snapshot(rejected(IDAHO)), snapshot(IDAHO), Cause.RULE_CHANGE, 60),
    "read otherwise by other rules": (
        snapshot(IDAHO),
        snapshot((IDAHO[0], IDAHO_AGAIN[1])),
        Cause.RULE_CHANGE,
        2,
    ),
    "read otherwise for another operation": (
        snapshot(IDAHO),
        snapshot((IDAHO[0], IDAHO_AGAIN[1]), operation=NEW_OPERATION),
        Cause.OPERATION_CHANGE,
        2,
    ),
    "a conflict arose": (snapshot(IDAHO), snapshot(IDAHO, CONFLICT), Cause.CONFLICT_ARISEN, -60),
    "a conflict was settled": (
        snapshot(IDAHO, CONFLICT),
        withdrawn(snapshot(IDAHO), CONFLICT),
        Cause.CONFLICT_SETTLED,
        60,
    ),
    "back to before it arrived": (snapshot(IDAHO), snapshot(), Cause.NOT_ARRIVED, -60),
    "back to the revision before": (snapshot(IDAHO, IDAHO_AGAIN), snapshot(IDAHO), Cause.NOT_ARRIVED, -2),
}


@pytest.mark.parametrize(("before", "now", "cause", "difference"), CASES.values(), ids=CASES)
def test_each_cause_is_named(before, now, cause, difference):
    assert steps_of(bridge(before, now)) == (Step(cause, "ID", ("ID",), difference),)


def test_a_measure_that_the_operation_does_not_ask_any_more_falls_to_nothing():
    claims = tuple(claim for claim in OPERATION.claims if claim.of != "devices" and claim.of != "devices_since_2029")
    fewer = replace(WITHOUT_PHONES, claims=claims, program_to_date=())
    left = (IDAHO[0], {cell: value for cell, value in IDAHO[1].items() if cell[2] != "phones"})
    built = bridge(snapshot(IDAHO), snapshot(left, operation=fewer))
    assert steps_of(built) == (Step(Cause.OPERATION_CHANGE, "ID", ("ID",), -60),)
    assert {span.measure: span.now for span in built.spans}["phones"] is None


TASK_FORCE_SETS = st.sampled_from([("ID",), ("OR",), ("WA-COAST",), ("WA-INLAND",), ("WA-COAST", "WA-INLAND")])


@st.composite
def sends(draw):
    """A pool of submissions that may arrive, each with an own hash, some alike in number and content."""
    pool = []
    for number in range(draw(st.integers(1, 5))):
        task_forces = draw(TASK_FORCE_SETS)
        months = draw(st.sampled_from([(DECEMBER,), (DECEMBER, JANUARY)]))
        cells = {cell: value for t in task_forces for cell, value in cells_of(t, months).items()}
        for cell in draw(st.lists(st.sampled_from(sorted(cells)), max_size=4)):
            cells[cell] = draw(st.integers(0, 40))
        if draw(st.booleans()):
            cells[task_forces[0], months[-1], "examiners"] = None
        state = OPERATION.roster.by_id[task_forces[0]].state
        one = submission(f"{number:x}" * 64, state, *task_forces, revision=draw(st.integers(1, 3)))
        pool.append((one, cells))
    return pool


@st.composite
def pairs(draw):
    """Two snapshots over one pool: in each, some have arrived, some are rejected, some are withdrawn."""
    pool = draw(sends())
    taken = []
    for _ in range(2):
        arrived = [sent for sent in pool if draw(st.booleans())]
        arrived = [rejected(sent) if draw(st.integers(0, 4)) == 0 else sent for sent in arrived]
        gone = [sent for sent in arrived if sent[0].verdict.counts and draw(st.integers(0, 4)) == 0]
        one = snapshot(*(sent for sent in arrived if sent not in gone))
        for sent in gone:
            one = withdrawn(one, sent)
        taken.append(one)
    return taken


@given(pairs())
def test_the_steps_always_sum_to_the_difference_for_the_nation_and_every_state(pair):
    before, now = pair
    built = bridge(before, now)
    states = [s.by_state.set_index(["state", "measure"])["value"].fillna(0) for s in pair]
    for span, row in zip(built.spans, now.totals.itertuples(), strict=True):
        assert (span.measure, span.now) == (
            row.measure,
            None if row.status in ("not_received", "not_applicable") else row.value,
        )
        assert sum(step.difference for step in span.steps) == span.difference
        assert sum(span.by_cause.values()) == span.difference
        for state in OPERATION.roster.states:
            steps = [step.difference for step in span.steps if step.state == state]
            assert sum(steps) == states[1][state, span.measure] - states[0][state, span.measure]
