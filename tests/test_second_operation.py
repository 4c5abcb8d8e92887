"""A second operation is a second folder and no line of code: from its forms to its judged claims."""

import datetime as dt
import hashlib

import pytest

from flows.inbox import Arrival
from flows.judgement import judge_batch
from flows.operations import load_operation
from flows.reports.filled_form import FilledForm
from flows.reports.template import build_workbook
from flows.reports.xlsx import to_bytes
from recorded import take_snapshot
from schemas.submission import Receipt
from small_operation import write_small_operation

AS_OF = dt.datetime(2032, 2, 12, 14, tzinfo=dt.UTC)
MONTHLY = {"tips": 10, "tips_urgent": 6, "tips_foreign": 5, "phones": 30, "computers": 25, "examiners": 4}


def form_of(operation, state):
    """Fill in a state's form: the same counts for each task force and month, but that Idaho has no laboratory."""
    counts = {
        (task_force.id, month, measure): "N/A" if (task_force.id, measure) == ("ID", "examiners") else count
        for task_force in operation.roster.by_state[state]
        for month in operation.months
        for measure, count in MONTHLY.items()
    }
    counts |= {
        (task_force.id, "", measure.id): 7
        for task_force in operation.roster.by_state[state]
        for table in operation.tables[1:]
        for measure in operation.asked_in(table)
    }
    filled = FilledForm(revision=1, certified_by="Clerk", certified_on=dt.date(2032, 2, 5), counts=counts)
    content = to_bytes(build_workbook(operation, state, filled=filled))
    return Arrival(f"{state}.xlsx", hashlib.sha256(content).hexdigest(), content)


def snapshot_of(operation, states):
    arrivals = [form_of(operation, state) for state in states]
    receipts = [Receipt(arrival.file, arrival.sha256, AS_OF) for arrival in arrivals]
    return take_snapshot(operation, receipts, [judge_batch(operation, arrivals, as_of=AS_OF)], as_of=AS_OF)


@pytest.mark.parametrize("with_agencies", [False, True], ids=["without Agencies", "with Agencies"])
def test_every_form_is_accepted_and_the_totals_follow_its_own_measures(tmp_path, with_agencies):
    operation = load_operation(write_small_operation(tmp_path, with_agencies=with_agencies))
    snapshot = snapshot_of(operation, ["ID", "OR", "WA"])
    assert snapshot.findings == ()
    assert snapshot.coverage.phrase == "4 of 4 task forces, 3 of 3 states"
    totals = {"tips": 80, "tips_urgent": 48, "tips_foreign": 40, "phones": 240, "computers": 200, "examiners": 12}
    totals |= {"devices": 440} | ({"partners": 28} if with_agencies else {})
    assert dict(zip(snapshot.totals["measure"], snapshot.totals["value"], strict=True)) == totals
    assert [(check.claim.phrase, check.computed, str(check.verdict)) for check in snapshot.claims] == [
        ("nearly 500 devices examined", "440", "supported"),
        ("about 80 tips", "80", "supported"),
        ("12 examiners", "12", "supported"),
        ("4 task forces", "4", "supported"),
        ("December 2031, January 2032 (2 months)", "December 2031, January 2032", "supported"),
        ("nearly 3,000 devices examined since 2029", "2,800", "supported"),
    ]


def test_without_one_of_its_states_nothing_is_supported(tmp_path):
    snapshot = snapshot_of(load_operation(write_small_operation(tmp_path)), ["ID", "WA"])
    assert snapshot.coverage.phrase == "3 of 4 task forces, 2 of 3 states"
    assert {str(check.verdict) for check in snapshot.claims} == {"not_derivable"}
