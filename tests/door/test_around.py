"""What is said around the cells: ours is known whoever writes it, anybody else's is told or at least not kept."""

import pytest
from openpyxl.formatting.rule import FormulaRule
from openpyxl.worksheet.datavalidation import DataValidation

from sample_workbook import changed, judged, places
from schemas.submission import Verdict


def footed(text, sheet="Counts", part="center"):
    return lambda workbook: setattr(getattr(workbook[sheet].evenFooter, part), "text", text)


def told(**said):
    """Return the change that adds an input message, or another text of a validation, to a cell beside the table."""

    def change(workbook):
        validation = DataValidation("whole", operator="greaterThan", formula1="0", sqref="Z90", **said)
        workbook["Counts"].add_data_validation(validation)

    return change


def listed(words):
    def change(workbook):
        workbook["Counts"].add_data_validation(DataValidation("list", formula1=f'"{words}"', sqref="Z90"))

    return change


def coloured(condition):
    return lambda workbook: workbook["Counts"].conditional_formatting.add("Z90", FormulaRule(formula=[condition]))


@pytest.mark.parametrize("text", ["as far as known", "Page &P, by the day shift", '&"Arial"&8draft &D'])
def test_a_footer_of_somebody_is_counted_and_the_bytes_are_not_kept(text):
    submission = judged(changed("AL", footed(text)))
    assert [(f.code, f.sheet, f.found) for f in submission.findings] == [
        ("workbook_holds_the_form_alone", "", "1 header or footer")
    ]
    assert submission.beyond_form


@pytest.mark.parametrize(
    "text", ["Page &P of &N", "&D &T", "&A", "&F", "12", "- &P -", "Operation Broken Heart 2018, Alabama"]
)
def test_a_footer_of_fields_or_of_our_own_words_is_nobodys(text):
    submission = judged(changed("AL", footed(text)))
    assert (submission.verdict, submission.findings, submission.beyond_form) == (Verdict.ACCEPTED, (), False)


@pytest.mark.parametrize(
    "change",
    [
        told(prompt="ask the day shift"),
        told(promptTitle="day shift"),
        told(error="not so"),
        told(errorTitle="no"),
        listed("early,late"),
        coloured('$A1="late"'),
    ],
)
def test_the_bytes_of_a_workbook_with_a_message_of_somebody_are_not_kept(change):
    submission = judged(changed("AL", change))
    assert (submission.verdict, submission.findings, submission.beyond_form) == (Verdict.ACCEPTED, (), True)


@pytest.mark.parametrize(
    "change",
    [
        told(prompt="or write to pat@example.invalid"),
        told(promptTitle="078-05-1120"),
        told(error="or call 212-555-0198"),
        listed("078-05-1120,219-09-9999"),
        coloured('$A1="078-05-1120"'),
    ],
)
def test_a_message_that_tells_of_a_person_is_quarantined(change):
    submission = judged(changed("AL", change))
    assert (submission.verdict, places(submission)) == (
        Verdict.QUARANTINED,
        [("no_value_tells_of_a_person", "", "")],
    )
