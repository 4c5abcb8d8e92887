"""From the sample's workbooks to the nation's totals and the release: what counts, and only that."""

import datetime as dt
import random
from collections import Counter
from functools import cache

import openpyxl
import pytest

from flows.inbox import find_workbooks, take
from flows.judgement import judge_batch
from flows.snapshots import take_snapshot
from sample_workbook import AS_OF, OPERATION, SAMPLE, arrival, changed
from schemas.operation import Table
from schemas.snapshot import ClaimVerdict
from schemas.submission import Receipt, Verdict


@cache
def sample():
    return {file.file[:2]: file for file in take(find_workbooks(SAMPLE)).arrivals}


def snapshot_of(arrivals, as_of=AS_OF):
    judged = judge_batch(OPERATION, arrivals, as_of=as_of)
    receipts = [Receipt(a.file, a.sha256, as_of) for a in arrivals]
    return take_snapshot(OPERATION, receipts, [judged], as_of=as_of)


@cache
def whole():
    return snapshot_of(list(sample().values()))


def totals(snapshot):
    return {row.measure: row.value for row in snapshot.totals.itertuples()}


def state_totals(snapshot):
    frame = snapshot.by_state.astype({"value": object}).where(snapshot.by_state.notna(), None)
    return {(row.state, row.measure): row.value for row in frame.itertuples()}


def test_all_fifty_count_and_every_claim_is_supported():
    snapshot = whole()
    assert {s.verdict for s in snapshot.submissions.values()} == {Verdict.ACCEPTED}
    assert snapshot.findings == ()
    assert snapshot.coverage.phrase == "61 of 61 task forces, 50 of 50 states"
    assert {check.claim.id: check.verdict for check in snapshot.claims} == {
        claim.id: ClaimVerdict.SUPPORTED for claim in OPERATION.claims
    }


def test_the_totals_are_the_sums_of_the_cells_as_openpyxl_alone_reads_them():
    sums: Counter[str] = Counter()
    for path in SAMPLE.glob("*.xlsx"):
        workbook = openpyxl.load_workbook(path)
        for table in Table:
            header, *rows = workbook[table].iter_rows(min_row=4, values_only=True)
            measure_of = {measure.header: measure.id for measure in OPERATION.asked_in(table)}
            for row in rows:
                sums.update(
                    {measure_of[h]: v for h, v in zip(header, row, strict=True) if h in measure_of and v != "N/A"}
                )
    sums["agencies"] = sum(sums[part] for part in OPERATION.measure["agencies"].parts)
    assert totals(whole()) == dict(sums)


@pytest.mark.parametrize("missing", ["CA", "WY", "VA", "TX"])
def test_without_one_state_totals_are_lower_and_no_claim_is_supported(missing):
    snapshot = snapshot_of([file for state, file in sample().items() if state != missing])
    everything, short = totals(whole()), totals(snapshot)
    of_state = {m: v for (state, m), v in state_totals(whole()).items() if state == missing}
    assert {m: everything[m] - short[m] for m in everything} == {m: of_state[m] for m in everything}
    assert {check.verdict for check in snapshot.claims} == {ClaimVerdict.NOT_DERIVABLE}
    assert snapshot.coverage.outstanding == tuple(t.id for t in OPERATION.roster.by_state[missing])


def test_a_claim_that_no_further_count_can_save_is_contradicted_even_before_all_is_in():
    def change(workbook):
        sheet = workbook["Counts"]
        sheet["J5"] = sheet["J5"].value + 200
        sheet["K5"] = sheet["K5"].value + 200

    files = [f for state, f in sample().items() if state not in ("AL", "WY")]
    snapshot = snapshot_of([*files, arrival(changed("AL", change))])
    verdicts = {check.claim.id: check.verdict for check in snapshot.claims}
    assert verdicts.pop("offenders_identified") is ClaimVerdict.CONTRADICTED
    assert set(verdicts.values()) == {ClaimVerdict.NOT_DERIVABLE}


def moved_with(measure):
    """Return the measures that one more of a measure moves: itself, and what must agree with it."""
    wholes = [w.id for w in OPERATION.measures if measure in w.parts]
    parts = OPERATION.measure[measure].parts
    return {measure, *wholes, *parts[:1]}


def one_more_of(table, row, moved):
    def change(workbook):
        sheet = workbook[table]
        columns = {cell.value: cell.column for cell in sheet[4]}
        for measure in moved:
            sheet.cell(row, columns[OPERATION.measure[measure].header]).value += 1

    return change


@pytest.mark.parametrize("seed", range(12))
def test_one_count_changed_changes_exactly_the_totals_it_should(seed):
    chance = random.Random(seed)
    state = chance.choice(sorted(sample()))
    table = chance.choice(OPERATION.tables)
    asked = [m for m in OPERATION.asked_in(table) if not m.not_applicable_allowed]
    measure = chance.choice(asked).id
    sheet = openpyxl.load_workbook(SAMPLE / f"{state}.xlsx")[table]
    row = chance.randrange(5, sheet.max_row + 1)
    moved = {m for m in moved_with(measure) if OPERATION.measure[m].table is table}
    content = changed(state, one_more_of(table, row, moved))
    snapshot = snapshot_of([arrival(content), *(f for s, f in sample().items() if s != state)])
    assert all(submission.verdict.counts for submission in snapshot.submissions.values())
    raised = moved | {w.id for w in OPERATION.measures if w.table is None and moved & set(w.parts)}
    before, after = totals(whole()), totals(snapshot)
    assert {m: after[m] - before[m] for m in before if after[m] != before[m]} == dict.fromkeys(raised, 1)
    here, there = state_totals(whole()), state_totals(snapshot)
    assert {key for key in here if here[key] != there[key]} == {(state, m) for m in raised}


def test_an_inbox_without_any_workbook_is_a_nation_without_figures():
    snapshot = snapshot_of([arrival(b"a,b", "counts.csv")])
    assert [s.verdict for s in snapshot.submissions.values()] == [Verdict.REJECTED]
    assert snapshot.coverage.task_forces_reporting == 0


def test_a_row_begun_before_its_month_has_ended_is_to_be_filled_in_whole():
    def change(workbook):
        for row in (6, 7):
            for cell in workbook["Counts"][row][2:]:
                cell.value = None
        workbook["Counts"]["D6"] = 7

    in_april = dt.datetime(2018, 4, 12, tzinfo=dt.UTC)
    snapshot = snapshot_of([arrival(changed("AL", change))], as_of=in_april)
    assert {finding.cell for finding in snapshot.findings if finding.code == "count_is_given"} >= {"C6", "E6", "S6"}
    assert [s.verdict for s in snapshot.submissions.values()] == [Verdict.REJECTED]
