"""The operation of 2018 as data: what the release of June 2018 and the form say, word for word."""

import datetime as dt
from collections import Counter
from itertools import pairwise

import pytest

from flows.operations import load_operation
from schemas.operation import Family, OverMonths, PartsRelation, Table


@pytest.fixture(scope="module")
def operation():
    return load_operation("broken-heart-2018")


def test_it_runs_from_march_to_may_2018_in_eastern_time(operation):
    assert (operation.id, operation.title) == ("broken-heart-2018", "Operation Broken Heart 2018")
    assert (operation.period_start, operation.period_end) == (dt.date(2018, 3, 1), dt.date(2018, 5, 31))
    assert operation.deadlines == {
        "2018-03": dt.date(2018, 4, 10),
        "2018-04": dt.date(2018, 5, 10),
        "2018-05": dt.date(2018, 6, 8),
    }
    assert (operation.timezone, operation.as_of) == ("America/New_York", "2018-06-08T02:00:00")
    assert (operation.template_version, len(operation.certifier_roles)) == (1, 4)
    assert (len(operation.approver_roles), operation.fewest_task_forces) == (3, 3)


def test_its_roster_is_61_task_forces_in_50_states(operation):
    assert (len(operation.roster.task_forces), len(operation.roster.states)) == (61, 50)
    assert Counter(len(group) for group in operation.roster.by_state.values()) == {1: 44, 2: 3, 3: 2, 5: 1}
    assert {state: len(group) for state, group in operation.roster.by_state.items() if len(group) > 1} == {
        "CA": 5,
        "FL": 3,
        "IL": 2,
        "NY": 2,
        "TX": 3,
        "VA": 2,
    }
    assert operation.roster.reported_by == {"DC": "VA-NOVADC"}
    assert all(task_force.id[:2] == task_force.state for task_force in operation.roster.task_forces)


def test_its_form_asks_what_the_contract_says_under_these_headings(operation):
    assert [measure.header for measure in operation.asked_in(Table.COUNTS)] == [
        "Complaints investigated",
        "Arrests",
        "Arrests: production, distribution, receipt or possession",
        "Arrests: online enticement",
        "Arrests: sex trafficking",
        "Arrests: travel across state lines or abroad",
        "Arrests: other offense",
        "Offenders identified",
        "Offenders: production",
        "Offenders: abuse",
        "Children identified",
        "Children: recent abuse",
        "Children: ongoing abuse",
        "Children: historical abuse",
        "Children: production",
        "Presentations",
        "Presentation attendees",
    ]
    assert [measure.header for measure in operation.asked_in(Table.AGENCIES)] == ["Federal", "State", "Local", "Tribal"]


def test_wholes_are_made_of_these_parts(operation):
    assert {measure.id: (measure.relation, len(measure.parts)) for measure in operation.measures if measure.parts} == {
        "arrests": (PartsRelation.DISJOINT, 5),
        "offenders_identified": (PartsRelation.OVERLAPPING, 2),
        "children_identified": (PartsRelation.OVERLAPPING, 4),
        "agencies": (PartsRelation.DISJOINT, 4),
    }
    for measure in operation.measures:
        stem = measure.id.removesuffix("_identified")
        assert all(part.startswith(f"{stem}_") for part in measure.parts)


def test_flows_are_summed_and_of_agencies_the_latest_stands(operation):
    stocks = {measure.id for measure in operation.measures if measure.over_months is OverMonths.LATEST}
    assert stocks == {
        "agencies",
        "agencies_federal",
        "agencies_state",
        "agencies_local",
        "agencies_tribal",
    }
    assert [measure.id for measure in operation.measures if measure.not_applicable_allowed] == ["agencies_tribal"]
    assert [measure.id for measure in operation.measures if measure.table is None] == ["agencies"]
    assert operation.measure["agencies"].caveat == "An agency that belongs to two task forces is counted twice."


def test_its_claims_are_the_figures_of_the_release(operation):
    assert [(claim.family.value, claim.phrase, claim.grain) for claim in operation.claims] == [
        ("operation", "more than 2,300 arrests", 100),
        ("operation", "195 offenders identified", 1),
        ("operation", "383 children identified", 1),
        ("operation", "more than 25,200 complaints investigated", 100),
        ("operation", "about 25,200 complaints investigated", 100),
        ("operation", "more than 3,700 presentations", 100),
        ("operation", "more than 390,000 presentation attendees", 1_000),
        ("participation", "61 task forces", 1),
        ("participation", "50 states", 1),
        ("participation", "March 2018, April 2018, May 2018 (3 months)", 1),
        ("participation", "more than 4,500 federal, state, local and tribal agencies", 100),
        ("program_to_date", "more than 775,000 complaints reviewed since 1998", 1_000),
        ("program_to_date", "more than 83,000 arrests since 1998", 1_000),
        ("program_to_date", "more than 629,400 professionals trained since 1998", 100),
    ]
    assert {claim.id: claim.where for claim in operation.claims if claim.where != ("body",)} == {
        "arrests": ("headline", "lead", "quotation"),
        "complaints_investigated_in_quotation": ("quotation",),
        "months": ("lead", "body"),
    }


def test_each_series_is_the_published_baseline_and_assumed_increments(operation):
    baselines = {figure.series: figure.value for figure in operation.program_to_date if figure.is_baseline}
    assert baselines == {
        "complaints_since_1998": 705_963,
        "arrests_since_1998": 75_688,
        "trained_since_1998": 585_604,
    }
    assert all((figure.basis == "P") == figure.is_baseline for figure in operation.program_to_date)
    assert {figure.period_end for figure in operation.program_to_date if figure.is_baseline} == {dt.date(2017, 6, 30)}
    last = {figure.series: figure.period_end for figure in operation.program_to_date}
    assert set(last.values()) == {operation.period_end}


def test_each_series_lands_inside_the_wording_of_the_release(operation):
    total = Counter()
    for figure in operation.program_to_date:
        total[figure.series] += figure.value
    claims = [claim for claim in operation.claims if claim.family is Family.PROGRAM_TO_DATE]
    assert {claim.of: total[claim.of] // claim.grain * claim.grain for claim in claims} == {
        claim.of: claim.value for claim in claims
    }
    assert all(total[claim.of] > claim.value for claim in claims)


def test_an_increment_that_holds_the_operation_is_not_below_its_greatest_possible_total(operation):
    greatest = {"complaints_investigated": 25_249, "arrests": 2_399}
    holding = [figure for figure in operation.program_to_date if figure.period_end >= operation.period_start]
    assert {figure.measure for figure in holding} == {*greatest, None}
    assert all(figure.value >= greatest[figure.measure] for figure in holding if figure.measure)


def test_what_is_usual_is_named_for_what_must_be_true(operation):
    assert [(ratio.id, ratio.least, ratio.most) for ratio in operation.plausible_ratios] == [
        ("arrests_do_not_exceed_complaints", None, 1),
        ("attendees_per_presentation_are_usual", 1, 500),
    ]


def test_nothing_in_it_passes_for_an_official_form(operation):
    texts = [measure.definition for measure in operation.measures] + [operation.title]
    assert not any("OJJDP" in text or "official" in text.lower() for text in texts)


def test_every_definition_is_a_short_text_that_ends(operation):
    assert all(measure.definition.endswith(".") and len(measure.definition) <= 250 for measure in operation.measures)
    assert not [pair for pair in pairwise(operation.measures) if pair[0].definition == pair[1].definition]
