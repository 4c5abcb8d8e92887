"""News: what is new since the run before, in states, codes and counts alone."""

import datetime as dt
import re

from flows.inbox import find_workbooks, take
from flows.judgement import judge_batch
from flows.reports.news import news
from recorded import take_snapshot
from sample_workbook import AS_OF, OPERATION, SAMPLE
from schemas.submission import NotTaken, Receipt

CA_WRONG = SAMPLE.parent / "needs-attention" / "CA-parts-do-not-add-up.xlsx"


def snapshot_of(*paths, not_taken=()):
    arrivals = take([file for path in paths for file in find_workbooks(path)]).arrivals
    receipts = [Receipt(arrival.file, arrival.sha256, AS_OF) for arrival in arrivals]
    judged = judge_batch(OPERATION, arrivals, as_of=AS_OF)
    return take_snapshot(OPERATION, receipts, [judged], as_of=AS_OF, not_taken=not_taken)


def test_a_rejected_submission_is_told_once_with_its_state_and_rules():
    before = snapshot_of(SAMPLE / "AL.xlsx")
    snapshot = snapshot_of(SAMPLE / "AL.xlsx", CA_WRONG)
    told = news(snapshot, before, None)
    assert told.subject == (
        "Operation Broken Heart 2018, as of June 8, 2018, 02:00 EDT: 1 of 61 task forces, 1 of 50 states"
    )
    assert told.sentences == ["CA: rejected (arrests_equal_their_parts)"]
    assert news(snapshot, snapshot, None).sentences == []


def test_days_without_a_run_and_files_not_taken_are_told():
    snapshot = snapshot_of(SAMPLE / "AL.xlsx", not_taken=[NotTaken("Jane Doe.xlsx", "it is a link")])
    told = news(snapshot, snapshot, AS_OF - dt.timedelta(days=3))
    assert told.sentences == ["no run on 2018-06-06", "no run on 2018-06-07", "1 file not taken"]


def test_a_run_the_night_before_leaves_no_day_without_one():
    snapshot = snapshot_of(SAMPLE / "AL.xlsx")
    assert news(snapshot, snapshot, AS_OF - dt.timedelta(days=1)).sentences == []


def test_no_file_name_and_no_figure_leaves_the_house():
    snapshot = snapshot_of(SAMPLE.parent / "needs-attention")
    sentences = news(snapshot, None, None).sentences
    assert sentences
    assert [s for s in sentences if re.search(r"\.(xlsx|ods|xls|csv)|\d{2}", s)] == []
