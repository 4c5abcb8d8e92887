"""The message that answers a submission, read as the operator reads it and as a mail program does."""

import datetime as dt
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

from flows.reports.filing import filed
from flows.reports.messages import Message, message
from flows.reports.read_back import counts_of
from recorded import take_snapshot
from schemas.findings import Finding, Severity
from schemas.submission import Verdict
from small_nation import AFTER, OPERATION, cells_of, judged, receipt, submission

DEADLINE = dt.datetime(2032, 2, 10, 20, tzinfo=dt.UTC)
WARNING, ERROR, NOTE = Severity.WARNING, Severity.ERROR, Severity.NOTE


def unmet(severity: Severity, cell: str, cause: str = "") -> Finding:
    fact = f"Counts!{cell}: Phones of OR, December 2031 (300) differ from the sum of their parts (30)."
    place = "Counts", cell, "OR", "2031-12", "phones"
    return Finding("b2", "some_rule", severity, *place, "300", "30", fact, f"Correct {cell}.", cause)


def answered(*sent, answer: int = -1, workbook: bytes | None = None, as_of=DEADLINE) -> Message:
    """Return the message for one of a state's submissions, each given with its cells; the last if not told."""
    receipts = [receipt(one.sha256, received=as_of) for one, _ in sent]
    snapshot = take_snapshot(OPERATION, receipts, [judged(*sent)], as_of=as_of)
    one = filed(snapshot)[sent[0][0].state][answer]
    return message(snapshot, one, counts_of(snapshot.read, one.submission.sha256), workbook)


def text_of(written: Message) -> str:
    return written.text.decode().partition(".invalid, and send it. Or copy what follows.\n\n")[2]


ACCEPTED = submission("b2", "OR", "OR"), cells_of("OR")
REJECTED = (
    replace(
        submission("b2", "OR", "OR", verdict=Verdict.REJECTED),
        findings=(unmet(WARNING, "E5"), unmet(ERROR, "F6", "F6 may be 10 times too large: 300 for 30.")),
    ),
    {},
)


def test_an_accepted_workbook_gets_a_receipt_with_its_totals_read_back():
    assert (
        answered(ACCEPTED).text.decode()
        == """\
For the operator, and no part of the message: message.eml is this message as a
draft. Open it in your mail program, put the task force's own address in place of
each one that ends in .invalid, and send it. Or copy what follows.

To: Commander of Oregon Harbor Watch <commander@or.invalid>
Subject: Operation Quiet Harbor 2031: OR revision 1, accepted

To the commander of the Oregon Harbor Watch,

Your workbook b2.xlsx, revision 1, received on February 10, 2032, was
accepted. Its figures count. Please compare the totals below with your own
records, and send a new revision if one is wrong.

Oregon Harbor Watch, December 2031 to January 2032, as we read it:

  Tips received                                    20
  Phones examined                                  60
  Computers examined                               60
  Examiners                                         3
  Partners                                          5

Counts only, please: no names, no case numbers and no remarks, in a workbook
or in a reply.

The national office
Operation Quiet Harbor 2031
"""
    )


def test_a_rejected_workbook_is_told_what_to_mend_errors_first():
    assert (
        text_of(answered(REJECTED, workbook=b"PK"))
        == """\
To: Commander of Oregon Harbor Watch <commander@or.invalid>
Subject: Operation Quiet Harbor 2031: OR revision 1, rejected
Attachment: returned.xlsx

To the commander of the Oregon Harbor Watch,

Your workbook b2.xlsx, revision 1, received on February 10, 2032, could not
be accepted: it has 1 error and 1 warning. None of its figures count until a
corrected workbook arrives. Please correct the colored cells of the attached
workbook, raise the revision to 2 or more, have it certified again, and send
it back by February 10, 2032.

ERROR

* Counts!F6: Phones of OR, December 2031 (300) differ from the sum of their
  parts (30).
  Likely cause: F6 may be 10 times too large: 300 for 30.
  Remedy: Correct F6.

WARNING

* Counts!E5: Phones of OR, December 2031 (300) differ from the sum of their
  parts (30).
  Remedy: Correct E5.

Counts only, please: no names, no case numbers and no remarks, in a workbook
or in a reply.

The national office
Operation Quiet Harbor 2031
"""
    )


def test_findings_that_one_remedy_mends_are_told_together_the_first_twelve_by_their_places():
    alike = tuple(replace(unmet(ERROR, f"E{row}"), remedy="Enter the number.") for row in range(5, 19))
    noted, asked = unmet(NOTE, "F5"), unmet(WARNING, "G5")
    text = text_of(answered((replace(REJECTED[0], findings=(noted, asked, *alike)), {})))
    lines = text.partition("ERRORS\n\n")[2].partition("Counts only")[0].splitlines()
    assert [line for line in lines if line[:1] != " "] == [
        *(f"* Counts!E{row}: Phones of OR, December 2031 (300) differ from the sum of their" for row in range(5, 17)),
        "* The same holds for 2 more places.",
        "",
        "WARNING",
        "",
        "* Counts!G5: Phones of OR, December 2031 (300) differ from the sum of their",
        "",
        "NOTE",
        "",
        "* Counts!F5: Phones of OR, December 2031 (300) differ from the sum of their",
        "",
    ]
    assert text.count("Remedy: Enter the number.") == 1


def need(written: Message) -> str:
    """Return the sentences that say what became of a workbook and what is needed, as one line."""
    return " ".join(text_of(written).split("\n\n")[2].split())


def test_a_warning_may_be_corrected_or_confirmed():
    asked = replace(ACCEPTED[0], verdict=Verdict.ACCEPTED_WITH_WARNINGS, findings=(unmet(WARNING, "E5"),))
    assert need(answered((asked, ACCEPTED[1]), workbook=b"PK")) == (
        "Your workbook b2.xlsx, revision 1, received on February 10, 2032, was accepted with 1 warning. Its figures "
        "count. Please correct the colored cells of the attached workbook, or confirm them on its sheet Findings, "
        "raise the revision to 2 or more, have it certified again, and send it back by February 10, 2032."
    )


def test_after_the_deadline_haste_is_asked_for():
    assert need(answered(REJECTED, workbook=b"PK", as_of=AFTER)).endswith(
        "and send it back as soon as you can; the deadline was February 10, 2032."
    )


def test_a_note_asks_for_nothing():
    noted = replace(ACCEPTED[0], findings=(unmet(NOTE, "E5"),)), ACCEPTED[1]
    assert need(answered(noted)) == need(answered(ACCEPTED))
    assert "\nNOTE\n\n* Counts!E5: " in text_of(answered(noted))


def test_a_workbook_that_a_later_one_replaces_asks_for_nothing():
    second = submission("c3", "OR", "OR", revision=2), cells_of("OR") | {("OR", "2031-12", "phones"): 31}
    assert need(answered(ACCEPTED, second, answer=0)) == (
        "Your workbook b2.xlsx, revision 1, received on February 10, 2032, was accepted. Its figures are replaced by "
        "those of a later revision. Another workbook of yours has an answer of its own, and nothing more is needed for "
        "this one."
    )


def test_a_rejected_revision_leaves_what_was_accepted_before():
    worse = replace(REJECTED[0], sha256="c3", revision=2)
    assert "None of its figures count; those of another workbook stand." in need(answered(ACCEPTED, (worse, {})))


def test_each_task_force_is_told_what_its_own_figures_are():
    both = submission("c3", "WA", "WA-COAST", "WA-INLAND"), cells_of("WA-COAST") | cells_of("WA-INLAND")
    coast = submission("c4", "WA", "WA-COAST", revision=2), cells_of("WA-COAST") | {("WA-COAST", "2031-12", "tips"): 11}
    first = answered(both, coast, answer=0)
    assert "To the commanders of WA-COAST, WA-INLAND,\n" in text_of(first)
    assert need(first) == (
        "Your workbook c3.xlsx, revision 1, received on February 10, 2032, was accepted. The figures of WA-INLAND "
        "count. The figures of WA-COAST are replaced by those of a later revision. Please compare the totals below "
        "with your own records, and send a new revision if one is wrong."
    )


def test_conflicting_workbooks_are_asked_for_the_right_counts():
    other = submission("c3", "OR", "OR"), cells_of("OR") | {("OR", "2031-12", "phones"): 31}
    assert need(answered(ACCEPTED, other)) == (
        "Your workbook c3.xlsx, revision 1, received on February 10, 2032, was accepted with 1 warning. Its figures do "
        "not count, for another workbook gives others under the same revision. Please mend what is listed below and "
        "send a new workbook by February 10, 2032."
    )


def test_a_workbook_of_an_unknown_state_is_answered_to_its_sender():
    unknown = replace(REJECTED[0], state="", revision=0, task_forces=()), {}
    text = text_of(answered(unknown))
    assert text.startswith(
        "To: Sender of this workbook <sender@unknown.invalid>\n"
        "Subject: Operation Quiet Harbor 2031: a workbook of an unknown state, rejected\n\n"
        "To the sender of this workbook,\n\nYour workbook b2.xlsx, received on "
    )


def test_a_mail_is_a_draft_for_a_role_with_the_returned_workbook_attached():
    mail = message_from_bytes(answered(REJECTED, workbook=b"PK\x03\x04").eml, policy=default)
    assert dict(mail.items()) == {
        "From": '"National office, Operation Quiet Harbor 2031" <national-office@quiet-harbor-2031.invalid>',
        "To": "Commander of Oregon Harbor Watch <commander@or.invalid>",
        "Subject": "Operation Quiet Harbor 2031: OR revision 1, rejected",
        "Date": "Tue, 10 Feb 2032 12:00:00 -0800",
        "Message-ID": "<d8ffb1af1713a3c2baa1345cdb5309ac@quiet-harbor-2031.invalid>",
        "X-Unsent": "1",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/mixed; boundary="=_d8ffb1af1713a3c2baa1345cdb5309ac"',
    }
    (workbook,) = mail.iter_attachments()
    assert workbook.get_filename() == "quiet-harbor-2031-OR-returned.xlsx"
    assert workbook.get_content() == b"PK\x03\x04"
    assert mail.get_body().get_content().startswith("To the commander of the Oregon Harbor Watch,\r\n\r\nYour")


def test_a_receipt_is_a_mail_without_an_attachment():
    mail = message_from_bytes(answered(ACCEPTED).eml, policy=default)
    assert not mail.is_multipart()
    assert answered(ACCEPTED).text.decode().endswith("\n\n" + mail.get_content().replace("\r\n", "\n"))


def test_the_same_answer_is_the_same_bytes():
    assert answered(REJECTED, workbook=b"PK") == answered(REJECTED, workbook=b"PK")


def test_a_file_name_that_no_line_holds_stays_on_one():
    odd = "a name of blanks " * 20 + "\N{GREEK SMALL LETTER ALPHA}.xlsx"
    snapshot = take_snapshot(OPERATION, [receipt("b2", odd)], [judged(ACCEPTED)], as_of=AFTER)
    written = message(snapshot, filed(snapshot)["OR"][0], (), None)
    mail = message_from_bytes(written.eml, policy=default)
    assert "\N{GREEK SMALL LETTER ALPHA}.xlsx, revision 1" in " ".join(mail.get_content().split())
    assert max(map(len, written.eml.split(b"\r\n"))) <= 78


def test_a_rejected_workbook_is_sent_again_with_a_revision_above_the_one_that_counts():
    accepted = replace(ACCEPTED[0], sha256="c3", revision=4), ACCEPTED[1]
    unread = replace(REJECTED[0], revision=0), {}
    assert "raise the revision to 5 or more" in need(answered(unread, accepted, answer=0, workbook=b"PK"))
