"""Snapshots: what is in one, and what its id depends on."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from recorded import take_snapshot
from schemas.snapshot import ClaimVerdict
from schemas.submission import Standing, Verdict
from small_nation import AFTER, DECEMBER, IN_JANUARY, JANUARY, OPERATION, cells_of, judged, receipt, submission

IDAHO = (submission("a1", "ID", "ID"), cells_of("ID"))
OREGON = (submission("b2", "OR", "OR"), cells_of("OR"))
WASHINGTON = (submission("c3", "WA", "WA-COAST", "WA-INLAND"), cells_of("WA-COAST") | cells_of("WA-INLAND"))
REFUSED = (submission("d4", "OR", "OR", revision=2, verdict=Verdict.REJECTED), {})
SENT = (IDAHO, OREGON, WASHINGTON, REFUSED)
RECEIPTS = tuple(receipt(sent.sha256) for sent, _ in SENT)


def snapshot(*batches, receipts=RECEIPTS, as_of=AFTER, operation=OPERATION):
    return take_snapshot(operation, receipts, batches or [judged(*SENT)], as_of=as_of)


def test_a_snapshot_tells_everything_that_counts():
    taken = snapshot()
    assert taken.coverage.phrase == "4 of 4 task forces, 3 of 3 states"
    assert list(taken.submissions) == ["a1", "b2", "c3", "d4"]
    assert taken.standings == dict.fromkeys(
        [("a1", "ID"), ("b2", "OR"), ("c3", "WA-COAST"), ("c3", "WA-INLAND")], Standing.CURRENT
    )
    assert {check.verdict for check in taken.claims} == {ClaimVerdict.SUPPORTED}
    assert (taken.rules_version, taken.findings) == ("1", ())


def test_a_rejected_later_revision_leaves_the_accepted_one_current():
    assert snapshot().standings["b2", "OR"] is Standing.CURRENT


def test_no_claim_rests_on_a_revision_that_is_known_to_be_replaced():
    one, other = (replace(IDAHO[0], sha256=sha256, revision=2) for sha256 in ("e5", "f6"))
    corrections = judged((one, cells_of("ID")), (other, cells_of("ID") | {("ID", JANUARY, "tips"): 11}))
    taken = snapshot(judged(*SENT), corrections, receipts=[*RECEIPTS, receipt("e5"), receipt("f6")])
    assert taken.coverage.outstanding == ("ID",)
    assert ClaimVerdict.SUPPORTED not in {check.verdict for check in taken.claims}


def test_figures_sent_before_their_month_had_ended_count_but_do_not_cover_it():
    early = replace(RECEIPTS[0], received=IN_JANUARY)
    taken = snapshot(receipts=[early, *RECEIPTS[1:]])
    assert taken.awaited == {("ID", JANUARY)}
    assert (taken.coverage.overdue, taken.coverage.months_covered) == (("ID",), (DECEMBER,))
    assert taken.totals.set_index("measure").loc["tips", ["value", "status"]].tolist() == [80, "incomplete"]
    assert ClaimVerdict.SUPPORTED not in {check.verdict for check in taken.claims}


def test_the_order_of_receipts_and_how_workbooks_are_batched_change_nothing():
    together = snapshot()
    apart = snapshot(*[judged(sent) for sent in reversed(SENT)], receipts=RECEIPTS[::-1])
    assert apart.id == together.id
    assert (apart.receipts, apart.claims, apart.standings) == (together.receipts, together.claims, together.standings)
    pd.testing.assert_frame_equal(apart.counts, together.counts)


def test_a_submission_that_is_in_two_batches_is_taken_once():
    assert snapshot(judged(*SENT), judged(IDAHO)).id == snapshot().id


def test_an_empty_inbox_is_a_snapshot_too():
    nothing = snapshot(judged(), receipts=())
    assert nothing.coverage.phrase == "0 of 4 task forces, 0 of 3 states"
    assert {check.verdict for check in nothing.claims} == {ClaimVerdict.NOT_DERIVABLE}
    assert take_snapshot(OPERATION, (), (), as_of=AFTER).id == nothing.id


def test_an_id_is_twelve_hexadecimal_digits():
    assert len(snapshot().id) == 12
    assert set(snapshot().id) <= set("0123456789abcdef")


def test_within_a_day_the_time_of_a_run_does_not_change_the_id():
    assert snapshot(as_of=AFTER + dt.timedelta(hours=1)).id == snapshot().id


OTHER_COUNT = (IDAHO[0], cells_of("ID") | {("ID", JANUARY, "phones"): 31})


@pytest.mark.parametrize(
    "change",
    [
        {"as_of": AFTER + dt.timedelta(days=1)},
        {"operation": replace(OPERATION, edition="f" * 64)},
        {"receipts": (*RECEIPTS, receipt("a1", "again.xlsx"))},
        {"receipts": (replace(RECEIPTS[0], received=AFTER - dt.timedelta(days=1)), *RECEIPTS[1:])},
    ],
    ids=["the day", "the operation's files", "a receipt", "when something was received"],
)
def test_the_id_depends_on(change):
    assert snapshot(**change).id != snapshot().id


@pytest.mark.parametrize(
    "sent",
    [
        (OTHER_COUNT, *SENT[1:]),
        (*SENT[:3], (replace(REFUSED[0], verdict=Verdict.QUARANTINED), {})),
    ],
    ids=["a count", "a verdict"],
)
def test_the_id_depends_on_what_was_judged(sent):
    assert snapshot(judged(*sent)).id != snapshot().id
