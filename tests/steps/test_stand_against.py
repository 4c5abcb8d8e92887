"""What stands against publishing: each matter alone, with what is said of it; and of a whole nation, nothing."""

import datetime as dt
from dataclasses import replace

import pytest

from flows.steps.disclose import disclose
from flows.steps.stand_against import stand_against
from recorded import take_snapshot
from schemas.decisions import Explained, Explanation, Question, Source
from schemas.findings import Finding, Severity
from schemas.operation import Hedge
from schemas.prose import FigureVerdict, JudgedFigure
from schemas.release import Matter, Objection
from schemas.submission import NotTaken, Verdict
from small_nation import AFTER, IN_JANUARY, JANUARY, OPERATION, cells_of, judged, receipt, submission

IDAHO = submission("a1", "ID", "ID"), cells_of("ID")
OREGON = submission("b2", "OR", "OR"), cells_of("OR")
WASHINGTON = submission("c3", "WA", "WA-COAST", "WA-INLAND"), cells_of("WA-COAST") | cells_of("WA-INLAND")
NATION = (IDAHO, OREGON, WASHINGTON)
UNUSUAL = Finding(
    "a1", "urgent_tips_are_few", Severity.WARNING, "Counts", "D5", "ID", JANUARY, "tips_urgent", "90", "at most 40",
    "Counts!D5: Tips: urgent of ID are unusual.", "Correct it.",
)  # fmt: skip


def snapshot(*sent, as_of=AFTER, operation=OPERATION, not_taken=(), received=None):
    receipts = [receipt(one.sha256, received=(received or {}).get(one.sha256, as_of)) for one, _ in sent]
    return take_snapshot(operation, receipts, [judged(*sent)], as_of=as_of, not_taken=not_taken)


def revised(state, cells, revision=2, sha256="d4", verdict=Verdict.ACCEPTED):
    return submission(sha256, state, state, revision=revision, verdict=verdict), cells_of(state) | cells


def test_nothing_stands_against_a_whole_nation_whose_claims_are_supported():
    assert stand_against(snapshot(*NATION)) == ()


def test_a_task_force_that_is_outstanding_is_said_once_and_not_again_for_every_claim():
    sentence = "OR lacks a month that has ended; until its counts are in, no figure can be confirmed."
    assert stand_against(snapshot(IDAHO, WASHINGTON)) == (Objection(Matter.NOT_COVERED, "OR", sentence),)


def test_before_the_operation_has_ended_its_months_are_outstanding():
    early = snapshot(*NATION, as_of=IN_JANUARY)
    sentence = "Months of the operation are still to come; no figure can be confirmed before they have ended."
    assert stand_against(early) == (Objection(Matter.NOT_COVERED, "months", sentence),)


def test_a_claim_that_is_contradicted():
    claims = tuple(replace(claim, value=13) if claim.id == "examiners" else claim for claim in OPERATION.claims)
    sentence = "“13 examiners”: The figure is 12, not 13; '12' would be true."
    assert stand_against(snapshot(*NATION, operation=replace(OPERATION, claims=claims))) == (
        Objection(Matter.CLAIM_NOT_SUPPORTED, "examiners", sentence),
    )


def test_a_figure_of_the_text():
    verdict, reason = FigureVerdict.CONTRADICTED, "The figure is 480."
    figure = JudgedFigure("400", 0, 3, "devices", Hedge.EXACT, 400, 480, verdict, reason)
    assert stand_against(snapshot(*NATION), figures=[figure]) == (
        Objection(Matter.FIGURE_NOT_SUPPORTED, "400", "“400” in the text: The figure is 480."),
    )


LATER = {"d4": AFTER + dt.timedelta(hours=1)}


def test_a_conflict_stands_until_a_higher_revision_settles_it():
    other = revised("OR", {("OR", JANUARY, "phones"): 31}, revision=1)
    sentence = "Workbooks of OR give different counts as revision 1; a higher revision settles which are right."
    objections = stand_against(snapshot(*NATION, other, received=LATER))
    assert [o for o in objections if o.matter is Matter.CONFLICT] == [Objection(Matter.CONFLICT, "OR", sentence)]
    settled = snapshot(*NATION, other, revised("OR", {}, sha256="e5"), received=LATER)
    assert Matter.CONFLICT not in {o.matter for o in stand_against(settled)}


def test_verdicts_of_other_rules():
    taken = replace(snapshot(*NATION), to_be_rejudged=frozenset({"a1", "b2"}))
    sentence = (
        "2 of the verdicts rest on other rules or another state of the operation's files; `rollup rejudge` brings them "
        "up to date."
    )
    assert stand_against(taken) == (Objection(Matter.REJUDGE_PENDING, "verdicts", sentence),)


def test_what_is_given_away_beside_the_last_release():
    claims = tuple(replace(claim, value=14) if claim.id == "examiners" else claim for claim in OPERATION.claims)
    before = snapshot(*NATION)
    now = snapshot(
        *NATION, revised("ID", {("ID", JANUARY, "examiners"): 5}), operation=replace(OPERATION, claims=claims)
    )
    assert stand_against(now, given_away=disclose(before, now)) == (
        Objection(
            Matter.GIVES_AWAY,
            "examiners",
            "“14 examiners”, published after “12 examiners”, gives away that 1 task force added 2, and no fewer than 2 "
            "may be known so closely; “more than 10 examiners” would not.",
        ),
    )


WARNED = replace(IDAHO[0], verdict=Verdict.ACCEPTED_WITH_WARNINGS, findings=(UNUSUAL,)), IDAHO[1]


def test_a_warning_without_an_explanation():
    warned = snapshot(WARNED, OREGON, WASHINGTON)
    sentence = "ID, Counts!D5: Tips: urgent of ID are unusual."
    assert stand_against(warned) == (Objection(Matter.WARNING_OPEN, UNUSUAL.id, sentence),)
    question = Question("1", UNUSUAL.code, "ID", "ID", UNUSUAL.month, UNUSUAL.measure, "")
    given = Explanation(question, "Analyst", AFTER, "checked", Source.RESPONSE)
    assert stand_against(replace(warned, explained={UNUSUAL.id: Explained(given, holds=True)})) == ()
    assert stand_against(replace(warned, explained={UNUSUAL.id: Explained(given, holds=False)})) != ()


def test_a_warning_about_figures_that_no_longer_count_asks_nothing():
    assert stand_against(snapshot(WARNED, OREGON, WASHINGTON, revised("ID", {}))) == ()


@pytest.mark.parametrize(("verdict", "name"), [(Verdict.REJECTED, "d4.xlsx"), (Verdict.QUARANTINED, "sha256-d4")])
def test_a_workbook_that_does_not_count_and_was_not_replaced(verdict, name):
    refused = revised("OR", {}, verdict=verdict)
    sentence = f"{name} from OR was {verdict.value}, and nothing has replaced it."
    assert stand_against(snapshot(*NATION, refused, received=LATER)) == (Objection(Matter.NOT_COUNTED, "d4", sentence),)
    mended = revised("OR", {}, revision=3, sha256="e5")
    assert stand_against(snapshot(*NATION, refused, mended)) == ()


def test_a_file_that_was_not_taken():
    file = NotTaken("huge.xlsx", "it is too large; send the form alone")
    assert stand_against(snapshot(*NATION, not_taken=[file])) == (
        Objection(Matter.NOT_TAKEN, "huge.xlsx", "huge.xlsx was not taken: it is too large; send the form alone."),
    )


def test_a_difference_to_the_last_release():
    before = snapshot(*NATION)
    now = snapshot(*NATION, revised("ID", {("ID", JANUARY, "phones"): 32}))
    sentence = (
        f"482 devices examined, but the last release rests on 480; `rollup bridge {before.id} {now.id}` says why."
    )
    assert stand_against(now, last=before) == (Objection(Matter.DIFFERS, "devices", sentence),)


def test_what_nobody_may_approve_comes_first():
    assert [matter for matter in Matter if not matter.blocks] == [*Matter][-4:]
