"""Since your last try: findings fixed, still open and new, and every count that changed, asked for or not."""

from dataclasses import replace

import openpyxl
import pytest

from flows.judgement import judge_batch
from flows.steps.last_try import since_last_try
from sample_workbook import AS_OF, OPERATION, SAMPLE, arrival, changed, put
from schemas.tries import CountChange


def compared(before, now, state="AL"):
    """Compare two workbooks, each given as the changes that make it of the good sample."""
    arrivals = [arrival(one if isinstance(one, bytes) else changed(state, together(one))) for one in (before, now)]
    judged = judge_batch(OPERATION, arrivals, as_of=AS_OF)
    by_sha = {submission.sha256: submission for submission in judged.submissions}
    was_read, is_read = (judged.read[judged.read["sha256"] == one.sha256] for one in arrivals)
    tries = (by_sha[one.sha256] for one in arrivals)
    return since_last_try(*tries, was_read=was_read, is_read=is_read, operation=OPERATION)


def together(puts):
    def change(workbook):
        for cell, value in puts:
            put("Counts", cell, value)(workbook)

    return change


def told(since):
    return tuple([(f.code, f.cell) for f in part] for part in (since.fixed, since.still_open, since.new))


def changes(since):
    return [(c.month, c.measure, c.before, c.now, c.was_asked_for) for c in since.changes]


VALUE = {c.coordinate: c.value for row in openpyxl.load_workbook(SAMPLE / "AL.xlsx")["Counts"]["C5:S7"] for c in row}
COMPLAINTS = VALUE["C5"]


def test_what_was_fixed_is_still_open_and_is_new_is_told():
    since = compared([("C5", None), ("C6", -1)], [("C6", "nine"), ("C7", 1.5)])
    assert told(since) == (
        [("count_is_given", "C5"), ("count_is_not_negative", "C6")],
        [],
        [("count_is_in_digits", "C6"), ("count_is_whole", "C7")],
    )


def test_a_finding_is_the_same_when_the_row_has_moved():
    def moved(workbook):
        workbook["Counts"].insert_rows(5)
        workbook["Counts"]["C6"] = None

    since = compared([("C5", None)], changed("AL", moved))
    assert told(since) == ([], [("count_is_given", "C6")], [])
    assert changes(since) == []


def test_a_count_is_marked_where_no_finding_had_asked_for_it_and_comes_first():
    since = compared([("C5", None)], [("C5", COMPLAINTS), ("C6", VALUE["C6"] + 1)])
    april, march = since.changes
    assert april == CountChange(
        "AL", "2018-04", "complaints_investigated", f"{VALUE['C6']}", f"{VALUE['C6'] + 1}", was_asked_for=False
    )
    assert march == CountChange(
        "AL", "2018-03", "complaints_investigated", "not read", f"{COMPLAINTS}", was_asked_for=True
    )
    assert since.unasked == (april,)


@pytest.mark.parametrize(
    ("cell", "value", "asked"),
    [
        ("D5", VALUE["D5"], True),
        ("E5", VALUE["E5"] + 1, True),
        ("I5", VALUE["I5"] + 1, True),
        ("C5", COMPLAINTS + 1, False),
        ("D6", VALUE["D6"] + 1, False),
    ],
    ids=["the whole", "a part", "the last part", "another measure", "another month"],
)
def test_a_relation_asks_for_the_whole_and_its_parts(cell, value, asked):
    wrong = ("D5", VALUE["D5"] + 2)
    since = compared([wrong], [wrong, (cell, value)] if cell != "D5" else [(cell, value)])
    assert [was_asked for *_, was_asked in changes(since)] == [asked]


def test_a_ratio_asks_for_both_its_sides():
    since = compared([("C5", 0)], [("C5", COMPLAINTS)])
    assert [was_asked for *_, was_asked in changes(since)] == [True]


def test_a_rule_about_a_row_asks_for_all_of_it():
    zeros = [(f"{column}5", 0) for column in "CDEFGHIJKLMNOPQRS"]
    since = compared(zeros, [])
    assert {was_asked for *_, was_asked in changes(since)} == {True}
    assert [measure for _, measure, *_ in changes(since)] == [
        measure.id
        for measure, column in zip(OPERATION.asked_in("Counts"), "CDEFGHIJKLMNOPQRS", strict=True)
        if VALUE[f"{column}5"]
    ]


def test_a_field_asks_for_no_count_but_the_period_asks_for_every_one():
    def field(cell, value):
        return changed("AL", put("Submission", cell, value))

    labels = {c.value: c.row for c in openpyxl.load_workbook(SAMPLE / "AL.xlsx")["Submission"]["A"]}
    more = [("C5", COMPLAINTS + 1)]
    for label, value, asked in (("Revision", 0, False), ("Period start", "2018-04-01", True)):
        since = compared(field(f"B{labels[label]}", value), more)
        assert [was_asked for *_, was_asked in changes(since)] == [asked]


def test_of_a_try_that_could_not_be_read_no_count_is_said_to_have_changed():
    since = compared(b"", [])
    assert told(since) == ([("file_is_not_empty", "")], [], [])
    assert since.changes == ()


def test_what_cannot_be_seen_any_more_is_not_called_fixed():
    def without_complaints(workbook):
        workbook["Counts"].delete_cols(3)

    since = compared([("C5", None)], changed("AL", without_complaints))
    assert told(since) == ([], [], [("column_is_present", "")])
    assert told(compared([("C5", None)], b"")) == ([], [], [("file_is_not_empty", "")])


def test_a_task_force_that_is_only_in_one_of_them_is_not_compared():
    def only(task_force, cell=None):
        def change(workbook):
            for sheet in ("Counts", "Agencies"):
                for row in range(workbook[sheet].max_row, 4, -1):
                    if workbook[sheet].cell(row, 1).value != task_force:
                        workbook[sheet].delete_rows(row)
            if cell:
                workbook["Counts"][cell] = None

        return changed("IL", change)

    since = compared(only("IL-AG", "C5"), only("IL-COOK"), state="IL")
    assert told(since) == ([], [], [])
    assert since.changes == ()


def test_of_two_alike_findings_each_has_one_twin():
    def without(*labels):
        def change(workbook):
            sheet = workbook["Submission"]
            for cell in sheet["A"]:
                if cell.value in labels:
                    cell.value = workbook["Submission"].cell(cell.row, 2).value = None

        return changed("AL", change)

    since = compared(without("Revision", "Template version"), without("Revision"))
    assert [finding.message for finding in since.fixed] == ["Submission: the label Template version is missing."]
    assert [finding.message for finding in since.still_open] == ["Submission: the label Revision is missing."]
    assert replace(since, fixed=(), still_open=(), changes=()).new == ()
