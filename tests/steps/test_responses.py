"""The responses on the sheet Findings of a returned workbook: what is read, and what is refused and told."""

import pytest

from sample_workbook import SAMPLE, changed, judged
from schemas.responses import Answer, Reason, Response
from schemas.submission import CellAccount

GOOD = judged((SAMPLE / "AL.xlsx").read_bytes())


def findings_sheet(*rows, header=("Finding", "Response", "Reason")):
    """Return the change that adds a sheet Findings: two rows of prose, a header, and these rows."""

    def change(workbook):
        sheet = workbook.create_sheet("Findings", 1)
        for row in (("Findings",), (), header, *rows):
            sheet.append(row)

    return change


def answered(*rows, **how):
    return judged(changed("AL", findings_sheet(*rows, **how)))


def test_a_response_is_read_beside_the_id_of_its_finding():
    submission = answered(
        ("0123456789ab", "corrected", None),
        ("ba9876543210", "confirmed as correct", "it was an unusual month"),
        ("aaaaaaaaaaaa", None, None),
    )
    assert submission.responses == (
        Response("0123456789ab", Answer.CORRECTED, None),
        Response("ba9876543210", Answer.CONFIRMED, Reason.UNUSUAL),
    )
    assert submission.findings == ()
    assert submission.verdict == GOOD.verdict


def test_headings_and_words_are_found_wherever_they_stand_and_however_they_are_written():
    submission = answered(
        ("not known yet ", None, " Cannot  FIX", "0123456789AB"), header=("reason", "else", " RESPONSE", "finding")
    )
    assert submission.responses == (Response("0123456789ab", Answer.CANNOT_FIX, Reason.NOT_KNOWN_YET),)


def test_of_two_responses_to_one_finding_the_first_is_read():
    submission = answered(("0123456789ab", "corrected"), ("0123456789ab", "cannot fix"))
    assert submission.responses == (Response("0123456789ab", Answer.CORRECTED, None),)


def beside(submission):
    return [(finding.code, finding.sheet, finding.found) for finding in submission.findings]


def test_what_is_not_of_the_list_is_refused_and_told():
    submission = answered(("0123456789ab", "done", "because"))
    assert submission.responses == ()
    assert beside(submission) == [("workbook_holds_the_form_alone", "Findings", "2 cells with text")]


def test_a_severity_or_a_place_written_over_is_told():
    header = ("Severity", "Place", "Finding", "Response", "Reason")
    ours, theirs = ("Error", "Counts!D5", "0123456789ab"), ("mild", "over there", "ba9876543210")
    assert beside(answered(ours, header=header)) == []
    assert beside(answered(ours, theirs, header=header)) == [
        ("workbook_holds_the_form_alone", "Findings", "2 cells with text")
    ]


def test_what_no_returned_workbook_has_there_is_counted_as_beside_the_form():
    submission = answered(
        ("0123456789ab", "corrected", None, "a remark in a column of its own"),
        ("no finding", "corrected", None),
        (12, True, 0.5),
    )
    assert submission.responses == (Response("0123456789ab", Answer.CORRECTED, None),)
    assert beside(submission) == [
        ("workbook_holds_the_form_alone", "Findings", "3 cells with text, 3 cells with a number or date")
    ]


def test_every_cell_of_the_sheet_is_accounted_for():
    cells = answered(
        ("0123456789ab", "corrected", "because", "a remark"),
        ("no finding", "corrected"),
    ).cells
    good = GOOD.cells
    # Typed: three headings, an id, an answer. Refused: a reason, a line without an id. Ignored: the title, a remark.
    assert cells == CellAccount(good.read + 10, good.typed + 5, good.refused + 3, good.ignored + 2)


@pytest.mark.parametrize("header", [("Finding", "Response"), ("Finding", "Response", "Why")])
def test_a_sheet_without_all_three_headings_answers_nothing(header):
    submission = answered(("0123456789ab", "corrected", None), header=header)
    assert submission.responses == ()
    counted = f"{2 + header.count('Why')} cells with text"
    assert beside(submission) == [("workbook_holds_the_form_alone", "Findings", counted)]
    assert submission.cells.ignored == GOOD.cells.ignored + 3 + len(header)


def test_a_workbook_without_the_sheet_answers_nothing():
    assert GOOD.responses == ()
