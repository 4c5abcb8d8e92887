"""The account of a run for a program: numbers as numbers, with the words people read beside them."""

from pathlib import Path

from flows.reports.as_json import run_as_json
from flows.snapshots import take_snapshot
from small_nation import AFTER, OPERATION, judged, national_cells, receipt, submission


def claims_of(*sent):
    receipts = [receipt(one.sha256) for one, _ in sent]
    snapshot = take_snapshot(OPERATION, receipts, [judged(*sent)], as_of=AFTER)
    claims = run_as_json(snapshot, Path("out"))["claims"]
    return [(claim["claim"], claim["claimed"], claim["computed"], claim["computed_phrase"]) for claim in claims]


def test_what_was_computed_is_a_number_and_of_months_how_many():
    everybody = submission("a" * 64, "WA", *OPERATION.roster.by_id)
    assert claims_of((everybody, national_cells())) == [
        ("devices", 500, 480, "480"),
        ("tips", 80, 80, "80"),
        ("examiners", 12, 12, "12"),
        ("task_forces", 4, 4, "4"),
        ("months", 2, 2, "December 2031, January 2032"),
        ("devices_since_2029", 3000, 2800, "2,800"),
    ]


def test_what_could_not_be_computed_is_null():
    assert claims_of()[0] == ("devices", 500, None, "")
