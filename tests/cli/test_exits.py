"""What earns which exit code."""

import dataclasses
import datetime as dt

import pytest

from flows.cli.exits import Exit, exit_of_check, exit_of_run
from flows.reports.check_report import Checked, CheckedFile
from flows.snapshots import take_snapshot
from schemas.submission import NotTaken, Verdict
from small_nation import AFTER, JANUARY, OPERATION, judged, national_cells, receipt, submission

ON_THE_DEADLINE = dt.datetime(2032, 2, 10, 20, tzinfo=dt.UTC)
EVERYBODY = submission("a" * 64, "WA", *OPERATION.roster.by_id)
NO_IDAHO = submission("b" * 64, "WA", *(task_force for task_force in OPERATION.roster.by_id if task_force != "ID"))
WHOLE = (EVERYBODY, national_cells())
LINK = NotTaken("WY.xlsx", "it is a link; put the file itself into the inbox")


def exit_after(*sent, as_of=AFTER, not_taken=()):
    receipts = [receipt(one.sha256, received=as_of) for one, _ in sent]
    return exit_of_run(take_snapshot(OPERATION, receipts, [judged(*sent)], as_of=as_of, not_taken=not_taken))


def test_a_complete_and_supported_nation_is_clean():
    assert exit_after(WHOLE) is Exit.CLEAN


def test_warnings_are_clean():
    warned = dataclasses.replace(EVERYBODY, verdict=Verdict.ACCEPTED_WITH_WARNINGS)
    assert exit_after((warned, national_cells())) is Exit.CLEAN


@pytest.mark.parametrize("verdict", [Verdict.REJECTED, Verdict.QUARANTINED])
def test_a_submission_that_does_not_count_needs_a_person(verdict):
    assert exit_after(WHOLE, (submission("c" * 64, "ID", "ID", verdict=verdict), {})) is Exit.NEEDS_A_PERSON


def test_a_rejected_workbook_that_a_later_one_corrects_needs_nobody():
    first = submission("c" * 64, "WA", *OPERATION.roster.by_id, verdict=Verdict.REJECTED)
    assert exit_after((first, {}), (dataclasses.replace(EVERYBODY, revision=2), national_cells())) is Exit.CLEAN


def test_conflicting_submissions_need_a_person_even_where_an_earlier_one_stands():
    lower = submission("0" * 64, "WA", *OPERATION.roster.by_id, revision=0)
    other = dataclasses.replace(EVERYBODY, sha256="d" * 64)
    changed = national_cells() | {("ID", JANUARY, "tips"): 9}
    assert exit_after((lower, national_cells()), WHOLE, (other, changed)) is Exit.NEEDS_A_PERSON


def test_a_contradicted_claim_needs_a_person():
    assert exit_after((EVERYBODY, national_cells() | {("ID", JANUARY, "examiners"): 4})) is Exit.NEEDS_A_PERSON


def test_incomplete_coverage_needs_a_person_only_after_the_last_deadline():
    incomplete = (NO_IDAHO, national_cells(without=["ID"]))
    assert exit_after(incomplete, as_of=ON_THE_DEADLINE) is Exit.CLEAN
    assert exit_after(incomplete, as_of=ON_THE_DEADLINE + dt.timedelta(days=1)) is Exit.NEEDS_A_PERSON


def test_a_file_that_could_not_be_taken_needs_a_person():
    assert exit_after(WHOLE, not_taken=[LINK]) is Exit.NEEDS_A_PERSON


def test_a_check_is_clean_when_every_workbook_would_count():
    good, warned, rejected = (
        CheckedFile("AL.xlsx", dataclasses.replace(EVERYBODY, verdict=verdict))
        for verdict in (Verdict.ACCEPTED, Verdict.ACCEPTED_WITH_WARNINGS, Verdict.REJECTED)
    )
    assert exit_of_check(Checked((good, warned), ())) is Exit.CLEAN
    assert exit_of_check(Checked((good, rejected), ())) is Exit.NEEDS_A_PERSON
    assert exit_of_check(Checked((good, warned), (LINK,))) is Exit.NEEDS_A_PERSON
