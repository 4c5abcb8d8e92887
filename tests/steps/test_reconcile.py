"""Claims against what counts, in full and while somebody is outstanding."""

from dataclasses import replace

import pytest

from flows.steps.cover import cover
from flows.steps.reconcile import reconcile
from flows.steps.roll_up import roll_up
from schemas.operation import Claim, Family, Hedge
from schemas.release_basis import known_totals
from schemas.snapshot import ClaimVerdict
from small_nation import AFTER, DECEMBER, IN_JANUARY, JANUARY, OPERATION, cells_of, counts_of, national_cells

SUPPORTED, CONTRADICTED, OPEN = ClaimVerdict.SUPPORTED, ClaimVerdict.CONTRADICTED, ClaimVerdict.NOT_DERIVABLE
WHOLE_NATION = national_cells()
CLAIMS = {claim.id: claim for claim in OPERATION.claims}


def judged(cells, *claims: Claim, as_of=AFTER, operation=OPERATION):
    """Return computed figure, verdict and reason of each claim; of the operation's own claims if none are given."""
    operation = replace(operation, claims=claims or operation.claims)
    counts = counts_of(cells)
    rolled = roll_up(counts, operation, as_of=as_of)
    checks = reconcile(operation, cover(counts, operation, as_of=as_of), known_totals(rolled.totals, rolled.firm))
    return [(check.computed, check.verdict, check.reason) for check in checks]


def devices(hedge: Hedge, value: int, grain: int) -> Claim:
    return replace(CLAIMS["devices"], hedge=hedge, value=value, grain=grain)


def test_with_everybody_in_every_claim_that_is_true_is_supported():
    assert judged(WHOLE_NATION) == [
        ("480", SUPPORTED, "The figure is 480, within the 401 to 499 that 'nearly 500' needs."),
        ("80", SUPPORTED, "The figure is 80, within the 75 to 84 that 'about 80' needs."),
        ("12", SUPPORTED, "The figure is 12, as claimed."),
        ("4", SUPPORTED, "The figure is 4, as claimed."),
        ("December 2031, January 2032", SUPPORTED, "Each of these months is in from all task forces."),
        ("2,800", SUPPORTED, "The figure is 2,800, within the 2,001 to 2,999 that 'nearly 3,000' needs."),
    ]


def test_with_somebody_outstanding_no_claim_is_supported():
    assert judged(national_cells(without=["OR"])) == [
        ("360", OPEN, "So far 360 from 3 of 4 task forces; OR is outstanding."),
        ("60", OPEN, "So far 60 from 3 of 4 task forces; OR is outstanding."),
        ("9", OPEN, "So far 9 from 3 of 4 task forces; OR is outstanding."),
        ("3", OPEN, "So far 3; OR is outstanding."),
        ("", OPEN, "So far no month is in from all task forces; OR is outstanding."),
        (
            "2,800",
            OPEN,
            "Baseline and increments make 2,800, but they include the operation, whose total is not complete; OR is "
            "outstanding.",
        ),
    ]


def test_with_nobody_in_nothing_is_known():
    assert judged({}, CLAIMS["devices"], CLAIMS["task_forces"]) == [
        ("", OPEN, "Nothing is in; ID, OR, WA-COAST and WA-INLAND are outstanding."),
        ("0", OPEN, "So far 0; ID, OR, WA-COAST and WA-INLAND are outstanding."),
    ]


@pytest.mark.parametrize(
    ("hedge", "value", "grain", "verdict", "reason"),
    [
        (Hedge.EXACT, 480, 1, SUPPORTED, "The figure is 480, as claimed."),
        (Hedge.EXACT, 481, 1, CONTRADICTED, "The figure is 480, not 481; '480' would be true."),
        (
            Hedge.MORE_THAN, 480, 10, CONTRADICTED,
            "The figure is 480, outside the 481 to 489 that 'more than 480' needs; 'about 480' would be true.",
        ),
        (
            Hedge.MORE_THAN, 300, 100, CONTRADICTED,
            "The figure is 480, outside the 301 to 399 that 'more than 300' needs; 'more than 400' would be true.",
        ),
        (
            Hedge.NEARLY, 480, 10, CONTRADICTED,
            "The figure is 480, outside the 471 to 479 that 'nearly 480' needs; 'about 480' would be true.",
        ),
        (Hedge.MORE_THAN, 400, 100, SUPPORTED, "The figure is 480, within the 401 to 499 that 'more than 400' needs."),
        (
            Hedge.ABOUT, 400, 100, CONTRADICTED,
            "The figure is 480, outside the 350 to 449 that 'about 400' needs; 'about 500' would be true.",
        ),
        (
            Hedge.MORE_THAN, 480, 1, CONTRADICTED,
            "The figure is 480, and 'more than' goes with a rounded number, which 480 is not; '480' would be true.",
        ),
    ],
)  # fmt: skip
def test_a_hedge_is_taken_at_its_word(hedge, value, grain, verdict, reason):
    assert judged(WHOLE_NATION, devices(hedge, value, grain)) == [("480", verdict, reason)]


@pytest.mark.parametrize(
    ("hedge", "value", "grain", "verdict", "reason"),
    [
        (Hedge.EXACT, 360, 1, OPEN, "So far 360 from 3 of 4 task forces; OR is outstanding."),
        (
            Hedge.EXACT, 359, 1, CONTRADICTED,
            "Already 360 from 3 of 4 task forces, not 359; OR is outstanding.",
        ),
        (Hedge.MORE_THAN, 300, 100, OPEN, "So far 360 from 3 of 4 task forces; OR is outstanding."),
        (
            Hedge.NEARLY, 360, 10, CONTRADICTED,
            "Already 360 from 3 of 4 task forces, outside the 351 to 359 that 'nearly 360' needs; OR is outstanding.",
        ),
        (Hedge.MORE_THAN, 9_000, 1_000, OPEN, "So far 360 from 3 of 4 task forces; OR is outstanding."),
    ],
)  # fmt: skip
def test_while_incomplete_only_what_no_further_count_could_make_true_is_contradicted(
    hedge, value, grain, verdict, reason
):
    assert judged(national_cells(without=["OR"]), devices(hedge, value, grain)) == [("360", verdict, reason)]


def test_a_stock_can_still_fall_where_the_last_month_is_missing():
    cells = national_cells(without=["ID"]) | cells_of("ID", [DECEMBER]) | {("ID", DECEMBER, "examiners"): 90}
    said = "So far 99 from 4 of 4 task forces; ID is outstanding."
    assert judged(cells, CLAIMS["examiners"]) == [("99", OPEN, said)]


def test_a_stock_whose_last_month_is_in_cannot_fall():
    cells = national_cells(without=["OR"]) | {("ID", JANUARY, "examiners"): 90}
    said = "Already 96 from 3 of 4 task forces, not 12; OR is outstanding."
    assert judged(cells, CLAIMS["examiners"]) == [("96", CONTRADICTED, said)]


def test_months_to_come_leave_claims_open():
    cells = national_cells(months=[DECEMBER])
    assert judged(cells, CLAIMS["tips"], CLAIMS["task_forces"], CLAIMS["months"], as_of=IN_JANUARY) == [
        ("40", OPEN, "So far 40 from 4 of 4 task forces; months of the operation are still to come."),
        ("4", OPEN, "So far 4; months of the operation are still to come."),
        (
            "December 2031",
            OPEN,
            "So far December 2031 is in from all task forces; months of the operation are still to come.",
        ),
    ]


def test_what_is_not_applicable_to_everybody_supports_and_contradicts_nothing():
    cells = {cell: None if cell[2] == "examiners" else value for cell, value in WHOLE_NATION.items()}
    assert judged(cells, CLAIMS["examiners"]) == [("", OPEN, "All that is in from 4 of 4 task forces is N/A.")]


@pytest.mark.parametrize(
    ("of", "value", "without", "verdict", "reason"),
    [
        ("task_forces", 4, (), SUPPORTED, "The figure is 4, as claimed."),
        ("task_forces", 3, (), CONTRADICTED, "The figure is 4, not 3; '4' would be true."),
        ("task_forces", 5, ["OR"], CONTRADICTED, "It can be at most 4, not 5."),
        ("task_forces", 2, ["OR"], CONTRADICTED, "Already 3, not 2; OR is outstanding."),
        ("task_forces", 4, ["OR"], OPEN, "So far 3; OR is outstanding."),
        ("states", 3, (), SUPPORTED, "The figure is 3, as claimed."),
        ("states", 3, ["WA-COAST"], OPEN, "So far 3; WA-COAST is outstanding."),
        ("states", 4, ["WA-COAST"], CONTRADICTED, "The figure is 3, not 4; '3' would be true."),
    ],
)
def test_participation_is_bounded_by_the_roster(of, value, without, verdict, reason):
    claim = replace(CLAIMS["task_forces"], of=of, value=value)
    ((_, *said),) = judged(national_cells(without=without), claim)
    assert said == [verdict, reason]


@pytest.mark.parametrize(
    ("months", "without", "verdict", "reason"),
    [
        ((DECEMBER,), (), CONTRADICTED, "The operation's months are December 2031 and January 2032."),
        ((DECEMBER, "2032-02"), ["OR"], CONTRADICTED, "The operation's months are December 2031 and January 2032."),
    ],
)
def test_months_are_a_set_to_be_met_exactly(months, without, verdict, reason):
    claim = replace(CLAIMS["months"], months=months, value=len(months))
    ((_, *said),) = judged(national_cells(without=without), claim)
    assert said == [verdict, reason]


def test_a_series_is_contradicted_by_its_sum_even_while_somebody_is_outstanding():
    claim = replace(CLAIMS["devices_since_2029"], value=2_000)
    said = "The figure is 2,800, outside the 1,001 to 1,999 that 'nearly 2,000' needs; 'nearly 3,000' would be true."
    assert judged(national_cells(without=["OR"]), claim) == [("2,800", CONTRADICTED, said)]


def test_an_increment_is_never_less_than_the_operation_that_it_includes():
    cells = national_cells(without=["OR"]) | {("ID", DECEMBER, "phones"): 371}
    said = "The increment from 2031-10-01 to 2032-01-31 is 700, but the operation alone counts 701 in that time."
    assert judged(cells, CLAIMS["devices_since_2029"]) == [("2,800", CONTRADICTED, said)]
    cells["ID", DECEMBER, "phones"] = 370
    ((_, verdict, _),) = judged(cells, CLAIMS["devices_since_2029"])
    assert verdict is OPEN


def test_a_measure_of_the_participation_family_is_judged_as_a_total():
    claim = Claim("partners", Family.PARTICIPATION, "partners", Hedge.ABOUT, 20, 10, "partners", (), ("body",))
    assert judged(WHOLE_NATION, claim) == [
        ("20", SUPPORTED, "The figure is 20, within the 15 to 24 that 'about 20' needs."),
    ]
