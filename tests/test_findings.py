"""What is found in a workbook with one thing wrong: the specification of the rules that one file can break.

Each case takes a state's good sample, changes one thing, and states every finding, place and message that follow.
The samples in `sample_inputs/needs-attention` are further cases, with their findings in `sample_inputs/README.md`.
"""

import datetime as dt
from pathlib import Path

import pytest

from flows.inbox import find_workbooks, take
from flows.judgement import judge_batch
from sample_workbook import OPERATION, SAMPLE, arrival, changed, judged, places, put
from schemas.door_rules import DOOR_RULES, PRIVACY_RULES, SIGHT_RULES
from schemas.findings import Finding, Severity
from schemas.register import register
from schemas.rules import Needs
from schemas.submission import Verdict


def shift(change_rows):
    return lambda workbook: change_rows(workbook["Counts"])


def total_row(**values):
    """Add a control total below the counts, with the values given by column letter."""

    def change(workbook):
        sheet = workbook["Counts"]
        row = sheet.max_row + 1
        for column, value in values.items():
            sheet[f"{column}{row}"] = value

    return change


def blank_row(sheet, row, first):
    def change(workbook):
        for cell in workbook[sheet][row][first:]:
            cell.value = None

    return change


def remove(sheet):
    return lambda workbook: workbook.remove(workbook[sheet])


CASES = {
    # the form's shape
    "a sheet is missing": ("AL", remove("Agencies"), [("sheet_is_present", "Agencies", "")]),
    "a sheet is there twice": (
        "AL",
        lambda workbook: setattr(workbook.copy_worksheet(workbook["Counts"]), "title", " Counts"),
        [("sheet_stands_once", "Counts", "")],
    ),
    "a sheet spans more than any form": (
        "AL",
        put("Counts", "AZ9999", "far"),
        [("sheet_is_of_the_forms_size", "Counts", "")],
    ),
    "a cell stands where no form reaches": (
        "AL",
        put("Counts", "XFD1048576", "far"),
        [("cells_stand_near_the_form", "", "")],
    ),
    "a label is missing": (
        "AL",
        lambda workbook: workbook["Submission"].delete_rows(9),
        [("label_is_present", "Submission", "")],
    ),
    "a label is misspelt": ("AL", put("Submission", "A9", "Revison"), [("label_is_present", "Submission", "A9")]),
    "a label stands twice": ("AL", put("Submission", "A14", "REVISION"), [("label_stands_once", "Submission", "A14")]),
    "the headings are gone": (
        "AL",
        shift(lambda counts: counts.delete_rows(4)),
        [("header_row_is_present", "Counts", "")],
    ),
    "a column is missing": ("AL", shift(lambda counts: counts.delete_cols(3)), [("column_is_present", "Counts", "")]),
    "a heading is misspelt": ("AL", put("Counts", "D4", "Arests"), [("column_is_present", "Counts", "D4")]),
    "a column stands twice": ("AL", put("Counts", "T4", "Arrests"), [("column_stands_once", "Counts", "T4")]),
    # the submission's fields
    "a field is blank": ("AL", put("Submission", "B9", None), [("field_is_given", "Submission", "B9")]),
    "a field is only blanks": ("AL", put("Submission", "B10", "   "), [("field_is_given", "Submission", "B10")]),
    "a number is in words": ("AL", put("Submission", "B9", "two"), [("field_is_readable", "Submission", "B9")]),
    "a date is in words": ("AL", put("Submission", "B11", "soon"), [("field_is_readable", "Submission", "B11")]),
    "a date is an uncalculated formula": (
        "AL",
        put("Submission", "B11", "=TODAY()"),
        [("field_is_readable", "Submission", "B11")],
    ),
    "it is for another operation": (
        "AL",
        put("Submission", "B4", "broken-heart-2017"),
        [("operation_is_this_one", "Submission", "B4")],
    ),
    "the state is unknown": ("AL", put("Submission", "B5", "ZZ"), [("state_is_in_the_roster", "Submission", "B5")]),
    "the state is DC": ("VA", put("Submission", "B5", "DC"), [("state_is_in_the_roster", "Submission", "B5")]),
    "the state is not that of the rows": (
        "AL",
        put("Submission", "B5", "CA"),
        [("state_is_that_of_its_task_forces", "Submission", "B5")],
    ),
    "the period starts late": (
        "AL",
        put("Submission", "B6", dt.date(2018, 4, 1)),
        [("period_start_is_the_operations", "Submission", "B6")],
    ),
    "the period ends early": (
        "AL",
        put("Submission", "B7", dt.date(2018, 4, 30)),
        [("period_end_is_the_operations", "Submission", "B7")],
    ),
    "the template is another one": (
        "AL",
        put("Submission", "B8", 2),
        [("template_version_is_known", "Submission", "B8")],
    ),
    "the revision is 0": ("AL", put("Submission", "B9", 0), [("revision_is_a_number_from_1", "Submission", "B9")]),
    "a name stands where a role belongs": (
        "AL",
        put("Submission", "B10", "Pat Example"),
        [("certifier_role_is_listed", "Submission", "B10")],
    ),
    "it is certified tomorrow": (
        "AL",
        put("Submission", "B11", dt.date(2018, 6, 9)),
        [("certified_on_is_not_in_the_future", "Submission", "B11")],
    ),
    "it is certified before the end": (
        "AL",
        put("Submission", "B11", dt.date(2018, 5, 30)),
        [("certification_follows_the_months_reported", "Submission", "B11")],
    ),
    # rows
    "there is no row at all": (
        "AL",
        lambda workbook: (workbook["Counts"].delete_rows(5, 20), workbook["Agencies"].delete_rows(5, 20)),
        [("workbook_has_a_row", "Counts", "")],
    ),
    "a row names nobody": ("CA", put("Counts", "A5", None), [("row_names_its_task_force", "Counts", "A5")]),
    "a task force is misspelt": (
        "CA",
        put("Counts", "A5", "CA-FRENSO"),
        [("task_force_is_in_the_roster", "Counts", "A5")],
    ),
    "a task force is another state's": (
        "CA",
        put("Counts", "A5", "NV"),
        [("task_force_is_of_this_state", "Counts", "A5")],
    ),
    "a month is misspelt": ("AL", put("Counts", "B5", "Marhc 2018"), [("month_is_readable", "Counts", "B5")]),
    "a month is missing from its row": ("AL", put("Counts", "B5", None), [("month_is_readable", "Counts", "B5")]),
    "a month is before the operation": (
        "AL",
        put("Counts", "B5", "February 2018"),
        [("month_is_in_the_operation", "Counts", "B5")],
    ),
    "a month is there twice": ("AL", put("Counts", "B5", "2018-04"), [("row_is_given_once", "Counts", "A6")]),
    "a row is gone": ("AL", shift(lambda counts: counts.delete_rows(6)), [("month_is_reported", "Counts", "")]),
    "a row is blank": ("AL", blank_row("Counts", 6, first=2), [("month_is_reported", "Counts", "C6")]),
    "the row of agencies is blank": (
        "AL",
        blank_row("Agencies", 5, first=1),
        [("task_force_is_in_every_table", "Agencies", "B5")],
    ),
    # cells: each kind is told in tests/schemas/test_cells.py
    "a count is blank": ("AL", put("Counts", "D5", None), [("count_is_given", "Counts", "D5")]),
    "N/A is not for this measure": ("AL", put("Counts", "D5", "N/A"), [("not_applicable_is_allowed", "Counts", "D5")]),
    "N/A is for this measure": ("AL", put("Agencies", "E5", "N/A"), []),
    "a count is negative": ("AL", put("Counts", "D5", -3), [("count_is_not_negative", "Counts", "D5")]),
    "a count is a fraction": ("AL", put("Counts", "D5", 2.5), [("count_is_whole", "Counts", "D5")]),
    "a count has too many digits": ("AL", put("Counts", "D5", 10**18), [("count_is_of_possible_size", "Counts", "D5")]),
    "a count is TRUE": ("AL", put("Counts", "D5", True), [("count_is_not_true_or_false", "Counts", "D5")]),
    "a count is a date": ("AL", put("Counts", "D5", dt.date(2018, 3, 2)), [("count_is_not_a_date", "Counts", "D5")]),
    "a count is a percentage": ("AL", put("Counts", "D5", 2, "0.0%"), [("count_is_not_a_percentage", "Counts", "D5")]),
    "a count is an error value": (
        "AL",
        put("Counts", "D5", "#REF!"),
        [("count_is_not_an_error_value", "Counts", "D5")],
    ),
    "a count is not calculated": ("AL", put("Counts", "D5", "=1+1"), [("formula_has_a_result", "Counts", "D5")]),
    "a count is hedged": ("AL", put("Counts", "D5", "over 400"), [("count_is_not_hedged", "Counts", "D5")]),
    "a count is a word": ("AL", put("Counts", "D5", "nine"), [("count_is_in_digits", "Counts", "D5")]),
    "a count has words": ("AL", put("Counts", "D5", "12 arrests"), [("count_stands_alone", "Counts", "D5")]),
    "a count is a range": ("AL", put("Counts", "D5", "5-7"), [("count_is_one_number", "Counts", "D5")]),
    "a count is a remark": ("AL", put("Counts", "D5", "see note"), [("count_is_a_number", "Counts", "D5")]),
    "a count is text": ("AL", put("Counts", "D5", " 2 "), [("count_is_stored_as_a_number", "Counts", "D5")]),
    # what must agree
    "a whole is more than its parts": (
        "AL",
        put("Counts", "D5", 20),
        [("arrests_equal_their_parts", "Counts", "D5")],
    ),
    "a part is more than its whole": (
        "AL",
        put("Counts", "K7", 1),
        [("offenders_identified_fit_their_parts", "Counts", "J7")],
    ),
    "a control total is wrong": (
        "AL",
        total_row(A="Total", C=99, D=9),
        [("control_total_is_the_sum", "Counts", "D8")],
    ),
    "a control total of one month is wrong": (
        "AL",
        total_row(A="TOTAL", B="2018-03", C=18, D=3),
        [("control_total_is_the_sum", "Counts", "D8")],
    ),
    "a control total bears the state's name": (
        "CA",
        total_row(A="California", D=1),
        [("control_total_is_the_sum", "Counts", "D20")],
    ),
    # what is usual
    "more arrests than complaints": (
        "AL",
        put("Counts", "C5", 1),
        [("arrests_do_not_exceed_complaints", "Counts", "D5")],
    ),
    "attendees of no presentation": (
        "AL",
        put("Counts", "R5", 0),
        [("attendees_per_presentation_are_usual", "Counts", "S5")],
    ),
    "a month of zeros": (
        "AL",
        lambda workbook: [setattr(cell, "value", 0) for cell in workbook["Counts"][5][2:]],
        [("row_is_not_all_zeros", "Counts", "A5")],
    ),
}


@pytest.mark.parametrize(("state", "change", "expected"), CASES.values(), ids=CASES)
def test_one_thing_wrong_is_one_finding_at_its_place(state, change, expected):
    assert places(judged(changed(state, change))) == expected


def test_every_rule_of_a_file_has_a_case_or_a_sample():
    shown = {code for _, _, expected in CASES.values() for code, _, _ in expected}
    readme = (SAMPLE.parent / "README.md").read_text("utf-8")
    shown |= {rule.code for rule in register(OPERATION) if f"| {rule.code} |" in readme}
    shown |= {"month_has_ended"}  # needs another clock: see below
    shown |= {rule.code for rule in (*DOOR_RULES, *PRIVACY_RULES, *SIGHT_RULES)}  # tests/door/test_corpus.py
    shown |= {"count_is_shown_as_stored", "count_is_not_raised_or_struck_out"}  # there too
    assert {rule.code for rule in register(OPERATION) if rule.needs is Needs.FILE} - shown == set()


def test_a_finding_says_place_fact_rule_and_remedy():
    content = changed("AL", put("Counts", "D5", 14))
    assert judged(content).findings == (
        Finding(
            sha256=arrival(content).sha256,
            code="arrests_equal_their_parts",
            severity=Severity.ERROR,
            sheet="Counts",
            cell="D5",
            task_force="AL",
            month="2018-03",
            measure="arrests",
            found="14",
            expected="2",
            message="Counts!D5: Arrests of AL, March 2018 (14) differ from the sum of their five parts (2).",
            remedy="Correct D5 or its parts in E5:I5.",
        ),
    )


@pytest.mark.parametrize(
    ("change", "message", "remedy"),
    [
        (
            put("Counts", "D5", "over 400"),
            "Counts!D5: Arrests of AL, March 2018 is a hedged number, 8 characters; an estimate cannot be added up.",
            "Enter the exact number.",
        ),
        (
            put("Counts", "J7", 7),
            "Counts!J7: Offenders identified of AL, May 2018 (7) do not fit their two parts, which allow 0.",
            "Correct J7 or its parts in K7:L7.",
        ),
        (
            put("Submission", "B5", "DC"),
            "Submission!B5: the state given has no task force in this operation; found DC; VA-NOVADC reports it.",
            "Enter VA.",
        ),
        (
            put("Counts", "D4", "Arests"),
            "Counts!D4: the column Arrests is missing; the text here, 6 characters, is none of the form's.",
            "Put the column back, with the heading Arrests exactly as in the template.",
        ),
    ],
)
def test_a_message_is_one_plain_sentence_and_a_remedy(change, message, remedy):
    (finding,) = judged(changed("AL", change)).findings
    assert (finding.message, finding.remedy) == (message, remedy)


def test_no_text_of_a_cell_is_ever_repeated():
    secret = "Zebulon Quigg 555-0142"
    for sheet, cell in (("Counts", "D5"), ("Counts", "A5"), ("Counts", "B5"), ("Counts", "D4"), ("Submission", "B10")):
        submission = judged(changed("AL", put(sheet, cell, secret)))
        assert submission.findings
        assert not any(word in repr(submission) for word in secret.split())


def test_several_faults_are_all_told_in_the_order_of_the_form():
    def change(workbook):
        workbook["Agencies"]["B5"] = -1
        workbook["Counts"]["D6"] = None
        workbook["Counts"]["C6"] = "nine"
        workbook["Submission"]["B9"] = 0

    assert places(judged(changed("AL", change))) == [
        ("revision_is_a_number_from_1", "Submission", "B9"),
        ("count_is_in_digits", "Counts", "C6"),
        ("count_is_given", "Counts", "D6"),
        ("count_is_not_negative", "Agencies", "B5"),
    ]


def test_a_bad_cell_is_not_told_again_by_its_consequences():
    def change(workbook):
        workbook["Counts"]["D5"] = "x"  # a part of the sum, of the total, and of a ratio
        total_row(A="Total", C=1, D=1)(workbook)
        workbook["Counts"]["C8"] = 99

    assert places(judged(changed("AL", change))) == [("count_is_a_number", "Counts", "D5")]


def test_months_that_have_not_ended_may_be_blank_and_are_marked_when_given():
    in_may = dt.datetime(2018, 5, 2, tzinfo=dt.UTC)

    def change(workbook):
        workbook["Submission"]["B11"] = dt.date(2018, 5, 1)
        blank_row("Counts", 7, first=2)(workbook)

    assert judged(changed("AL", change), as_of=in_may).verdict is Verdict.ACCEPTED
    certified = put("Submission", "B11", dt.date(2018, 5, 1))
    assert places(judged(changed("AL", certified), as_of=in_may)) == [("month_has_ended", "Counts", "B7")]


def test_one_error_rejects_a_warning_does_not_and_a_note_leaves_no_mark():
    verdicts = [
        judged(changed("AL", put("Counts", cell, value))).verdict
        for cell, value in (("D5", -1), ("C5", 1), ("D5", "2"), ("D5", 2))
    ]
    assert verdicts == [
        Verdict.REJECTED,
        Verdict.ACCEPTED_WITH_WARNINGS,
        Verdict.ACCEPTED,
        Verdict.ACCEPTED,
    ]


def test_a_batch_gives_each_workbook_what_it_would_get_alone():
    files = [
        *take(find_workbooks(SAMPLE)).arrivals,
        *take(find_workbooks(Path(SAMPLE.parent / "needs-attention"))).arrivals,
    ]
    as_of = dt.datetime(2018, 6, 8, 6, tzinfo=dt.UTC)
    together = judge_batch(OPERATION, files, as_of=as_of).submissions
    reverse = judge_batch(OPERATION, files[::-1], as_of=as_of).submissions
    alone = [judge_batch(OPERATION, [file], as_of=as_of).submissions[0] for file in files[45:60]]
    assert together == reverse[::-1]
    assert list(together[45:60]) == alone
