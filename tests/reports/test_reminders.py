"""Deadlines on the pages and as a table, and a reminder for each task force of which figures are due or missing."""

import csv
import datetime as dt
import email
import email.policy
import io
from dataclasses import replace

from flows.reports.outputs import outputs
from flows.reports.reminders import reminders
from page_text import lines_of
from recorded import take_snapshot
from schemas.operation import Extension
from schemas.submission import Verdict
from small_nation import AFTER, DECEMBER, IN_JANUARY, OPERATION, cells_of, judged, receipt, submission

IDAHO = (submission("a1", "ID", "ID"), cells_of("ID"))
OREGON = (submission("b2", "OR", "OR", verdict=Verdict.REJECTED), cells_of("OR"))
COAST = (submission("c3", "WA", "WA-COAST"), cells_of("WA-COAST"))
FLOODED = Extension(
    task_force="WA-INLAND",
    month=DECEMBER,
    until=dt.date(2032, 1, 20),
    why="Flooded office",
    granted_by="Harbor master",
)
ON_TIME = dt.datetime(2032, 2, 5, 14, tzinfo=dt.UTC)
DELAYED = replace(OPERATION, extensions=(FLOODED,))


def snapshot_of(*sent, as_of=AFTER, operation=DELAYED):
    receipts = [receipt(one.sha256, received=received) for one, _, received in sent]
    batch = judged(*((one, cells) for one, cells, _ in sent))
    return take_snapshot(operation, receipts, [batch], as_of=as_of)


SNAPSHOT = snapshot_of((*IDAHO, AFTER), (*OREGON, AFTER), (*COAST, ON_TIME))

TO_INLAND = """\
For the operator, and no part of the message: WA-INLAND.eml is this message as a draft.
Open it in your mail program, put the task force's own address in place of the
one that ends in .invalid, and send it. Or copy what follows.

To: Commander of Inland Harbor Watch <commander@wa-inland.invalid>
Subject: Operation Quiet Harbor 2031: WA-INLAND, the figures of 2 months are missing

To the commander of the Inland Harbor Watch,

As of February 12, 2032, the national totals of Operation Quiet Harbor 2031
are not complete without these figures of WA-INLAND:

* December 2031, due by January 20, 2032 (extended): nothing has arrived.
* January 2032, due by February 10, 2032: nothing has arrived.

Please send them as soon as you can, with 0 where there was nothing to
count. Late figures are as welcome: until they are in, no national total is
complete, and no figure of the release can be confirmed. If you need more
time or the form, ask us.

Counts only, please: no names, no case numbers and no remarks, in a workbook
or in a reply.

The national office
Operation Quiet Harbor 2031
"""


def test_everybody_of_whom_figures_are_missing_gets_a_reminder_and_nobody_else():
    assert sorted(reminders(SNAPSHOT)) == [
        f"internal/reminders/{task_force}.{kind}" for task_force in ("OR", "WA-INLAND") for kind in ("eml", "txt")
    ]
    assert (
        reminders(
            snapshot_of(*((*s, AFTER) for s in (IDAHO, COAST)), as_of=dt.datetime(2031, 12, 1, 20, tzinfo=dt.UTC))
        )
        == {}
    )


def test_a_reminder_says_what_is_missing_and_until_when_it_was_due():
    assert reminders(SNAPSHOT)["internal/reminders/WA-INLAND.txt"].decode() == TO_INLAND


def test_who_sent_something_that_does_not_count_is_told_so():
    text = " ".join(reminders(SNAPSHOT)["internal/reminders/OR.txt"].decode().split())
    assert "January 2032, due by February 10, 2032: a workbook arrived on February 12, 2032, but its figures" in text


def test_before_the_deadline_a_reminder_says_that_figures_are_due():
    snapshot = snapshot_of(as_of=dt.datetime(2032, 1, 9, 20, tzinfo=dt.UTC))
    text = " ".join(reminders(snapshot)["internal/reminders/ID.txt"].decode().split())
    assert "Subject: Operation Quiet Harbor 2031: ID, the figures of 1 month are due" in text
    assert "December 2031, due by January 10, 2032: nothing has arrived yet. Please send them in time" in text


def test_the_mail_is_a_draft_with_the_same_text():
    mail = email.message_from_bytes(
        reminders(SNAPSHOT)["internal/reminders/WA-INLAND.eml"], policy=email.policy.default
    )
    assert (mail["To"], mail["X-Unsent"]) == ("Commander of Inland Harbor Watch <commander@wa-inland.invalid>", "1")
    assert mail.get_content().replace("\r\n", "\n") == TO_INLAND.split("are missing\n\n", 1)[1]


def test_who_sent_a_month_before_it_had_ended_is_asked_for_the_whole_of_it():
    text = reminders(snapshot_of((*IDAHO, IN_JANUARY)))["internal/reminders/ID.txt"].decode()
    assert (
        "* January 2032, due by February 10, 2032: a workbook arrived on January 12,\n"
        "  2032, before the month had ended. Please send the figures of the whole\n"
        "  month as a new revision.\n"
    ) in text
    assert "December" not in text


def test_reminders_are_among_the_outputs_and_on_the_morning_page():
    files = dict(outputs(SNAPSHOT))
    assert {path: files[path] for path in reminders(SNAPSHOT)} == reminders(SNAPSHOT)
    assert "2 reminders to send, as text and as e-mail, in internal/reminders: OR, WA-INLAND." in lines_of(
        files["index.html"], "deadlines"
    )


def test_timeliness_has_one_row_a_task_force_and_month():
    table = list(csv.reader(io.StringIO(dict(outputs(SNAPSHOT))["internal/timeliness.csv"].decode())))
    assert table == [
        ["state", "task_force", "month", "deadline", "received", "accepted", "timing",
         "extended_from", "extended_because", "extension_granted_by"],
        ["ID", "ID", "2031-12", "2032-01-10", "2032-02-12", "2032-02-12", "late", "", "", ""],
        ["ID", "ID", "2032-01", "2032-02-10", "2032-02-12", "2032-02-12", "late", "", "", ""],
        ["OR", "OR", "2031-12", "2032-01-10", "2032-02-12", "", "missing", "", "", ""],
        ["OR", "OR", "2032-01", "2032-02-10", "2032-02-12", "", "missing", "", "", ""],
        ["WA", "WA-COAST", "2031-12", "2032-01-10", "2032-02-05", "2032-02-05", "late", "", "", ""],
        ["WA", "WA-COAST", "2032-01", "2032-02-10", "2032-02-05", "2032-02-05", "on_time", "", "", ""],
        ["WA", "WA-INLAND", "2031-12", "2032-01-20", "", "", "missing",
         "2032-01-10", "Flooded office", "Harbor master"],
        ["WA", "WA-INLAND", "2032-01", "2032-02-10", "", "", "missing", "", "", ""],
    ]  # fmt: skip


def test_the_morning_page_counts_each_month_and_names_who_is_missing_or_late():
    lines = lines_of(dict(outputs(SNAPSHOT))["index.html"], "deadlines")
    assert lines[:8] == [
        "Deadlines",
        "Task forces by month",
        "Month | Due by | Expected | Received | Accepted | On time | Late | Missing | Still due",
        "December 2031 | January 10, 2032 | 4 | 3 | 2 | 0 | 2 | 2 | 0",
        "January 2032 | February 10, 2032 | 4 | 3 | 2 | 1 | 1 | 2 | 0",
        "7 task force months missing, late or with more time",
        "Task force | Month | Due by | Received | Accepted | That is",
        "OR | December 2031 | January 10, 2032 | February 12, 2032 | nothing | missing",
    ]
    more_time = "January 20, 2032 More time granted by Harbor master: Flooded office"
    assert f"WA-INLAND | December 2031 | {more_time} | nothing | nothing | missing" in lines


def test_the_page_of_a_state_says_by_when_and_how_it_came():
    page = lines_of(dict(outputs(SNAPSHOT))["internal/states/WA/report.html"], "deadlines")
    assert page[1:] == [
        "WA-COAST, December 2031: due by January 10, 2032; late, accepted as received on February 5, 2032",
        "WA-COAST, January 2032: due by February 10, 2032; on time, accepted as received on February 5, 2032",
        "WA-INLAND, December 2031: due by January 20, 2032 (more time was granted); missing",
        "WA-INLAND, January 2032: due by February 10, 2032; missing",
    ]
