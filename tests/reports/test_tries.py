"""Since your last try, on the page of the state and in its message; and the bridge at the head of the morning page."""

from dataclasses import replace

from flows.reports.filing import filed
from flows.reports.outputs import outputs
from flows.reports.pages.index import morning_page
from flows.reports.tries import last_try
from flows.steps.bridge import bridge
from page_text import lines_of
from recorded import take_snapshot
from schemas.findings import Finding, Severity
from schemas.submission import Verdict
from small_nation import AFTER, IN_JANUARY, JANUARY, OPERATION, cells_of, judged, receipt, submission

BLANK = Finding(
    "a1", "count_is_given", Severity.ERROR, "Counts", "E6", "ID", JANUARY, "phones", "nothing", "a number",
    "Counts!E6: Phones of ID, January 2032 is blank.", "Enter the number.",
)  # fmt: skip
WITHOUT_PHONES = {cell: value for cell, value in cells_of("ID").items() if cell != ("ID", JANUARY, "phones")}
FIRST = (replace(submission("a1", "ID", "ID", verdict=Verdict.REJECTED), findings=(BLANK,)), WITHOUT_PHONES)
SECOND = (submission("b2", "ID", "ID", revision=2), cells_of("ID") | {("ID", JANUARY, "tips"): 11})
OREGON = (submission("c3", "OR", "OR"), cells_of("OR"))


def snapshot_of(*sent):
    receipts = [receipt(one.sha256, received=received) for (one, _), received in sent]
    return take_snapshot(OPERATION, receipts, [judged(*(one for one, _ in sent))], as_of=AFTER)


BOTH = snapshot_of((FIRST, IN_JANUARY), (SECOND, AFTER), (OREGON, AFTER))
OUTPUTS = dict(outputs(BOTH))


def test_the_page_of_a_state_opens_its_findings_with_what_became_of_the_last_try():
    assert lines_of(OUTPUTS["internal/states/ID/report.html"], "findings") == [
        "What was found",
        "Since revision 1, a1.xlsx",
        "1 finding is fixed. 2 counts changed; no finding had asked for 1 of them.",
        "1 finding fixed",
        "Counts!E6: Phones of ID, January 2032 is blank.",
        "2 counts changed",
        "Count | Of | Before | Now | Asked for by a finding",
        "Tips received | ID, January 2032 | 10 | 11 | no",
        "Phones examined | ID, January 2032 | not read | 30 | yes",
        "Nothing: every rule is met.",
    ]


def test_the_message_names_what_nobody_had_asked_for():
    assert """
Since revision 1, a1.xlsx: 1 finding is fixed. 2 counts changed; no finding
had asked for 1 of them.
* Tips received of ID, January 2032: 10, now 11
""" in OUTPUTS["internal/states/ID/message.txt"].decode()


def test_a_first_try_is_compared_with_nothing():
    assert "Since" not in OUTPUTS["internal/states/ID/message-1.txt"].decode()
    assert "Since" not in OUTPUTS["internal/states/OR/message.txt"].decode()


def test_a_try_about_other_task_forces_is_not_the_one_before():
    coast = (submission("d4", "WA", "WA-COAST"), cells_of("WA-COAST"))
    inland = (submission("e5", "WA", "WA-INLAND"), cells_of("WA-INLAND"))
    unread = (replace(submission("f6", "WA", verdict=Verdict.REJECTED), revision=0), {})
    snapshot = snapshot_of((coast, IN_JANUARY), (inland, AFTER), (unread, AFTER))
    sent = filed(snapshot)["WA"]
    before = {one.submission.sha256: last_try(snapshot, one, sent[:n]) for n, one in enumerate(sent)}
    names = {sha256: tried and tried.before.submission.sha256 for sha256, tried in before.items()}
    assert names == {"d4": None, "f6": "d4", "e5": "f6"}


def test_the_morning_page_opens_with_the_bridge():
    first = snapshot_of((OREGON, AFTER))
    page = lines_of(morning_page(BOTH, bridge(first, BOTH)), "changes")
    assert page[:8] == [
        "What changed since the last snapshot",
        f"From the snapshot of February 12, 2032 ({first.id}: 1 of 4 task forces, 1 of 3 states) to this one "
        "(2 of 4 task forces, 2 of 3 states).",
        "What moved the totals",
        "Total | Before | Newly received | Now",
        "Tips received | 20 | +21 ID +21 | 41",
        "Examiners | 3 | +3 ID +3 | 6",
        "Devices examined | 120 | +120 ID +120 | 240",
        "5 other totals that moved",
    ]
    assert page[-3:] == [
        "Submission | Before | Now",
        "ID a1.xlsx | not there | rejected",
        "ID b2.xlsx | not there | accepted, current",
    ]


def test_every_step_is_a_row_of_a_table_for_the_national_office():
    files = dict(outputs(BOTH, snapshot_of((OREGON, AFTER))))
    assert files["internal/bridge.csv"].decode().splitlines()[:2] == [
        "measure,label,before,cause,state,task_forces,difference,now",
        "tips,Tips received,20,newly_received,ID,ID,21,41",
    ]
    assert "internal/bridge.csv" not in OUTPUTS


def test_where_nothing_changed_the_morning_page_says_so():
    assert lines_of(morning_page(BOTH, bridge(BOTH, BOTH)), "changes")[2:] == ["Nothing has changed."]
