"""The fixed rules that one workbook alone can break, in the order in which they are judged, with their words.

Those of the door are worded in `door_rules.py`, those that follow from an operation's measures in `register.py`, those
over an inbox in `inbox_rules.py`. A rule is its code, the sentence after the place, the remedy, and what fills the
blanks in the example that the register shows. Blanks: `{label}` what is asked there, `{who}` the task force and month,
`{found}`, `{expected}`, `{hint}`.
"""

import math

from schemas.cells import Kind, describe
from schemas.door_rules import DOOR_RULES, PRIVACY_RULES, SIGHT_RULES
from schemas.findings import Severity
from schemas.rules import Rule
from schemas.rules import file_rule as _rule


def _is(kind: Kind, code: str, remedy: str, length: int = 0, *, why: str = "") -> tuple[Kind, Rule]:
    """Return a kind and the rule that a count is nothing of the kind; in the example a text of some length is."""
    return kind, _rule(code, f"{{label}} of {{who}} is {{found}}{why}", remedy, found=describe(kind, math.nan, length))


# fmt: off
FORM_RULES: tuple[Rule, ...] = (
    _rule("sheet_is_present",
          "the sheet {label} is missing",
          "Use the template, with its sheets named as they came.",
          label="Counts"),
    _rule("sheet_stands_once",
          "there are {found} sheets named {label}",
          "Keep the one that holds the figures and delete the others.",
          found="2", label="Counts"),
    _rule("sheet_is_of_the_forms_size",
          "the sheet {label} spans {found} cells; the form needs at most {expected}",
          "Delete everything below and beside the form, or copy your figures into a fresh template.",
          label="Counts", found="17,179,869,184", expected="200,000"),
    _rule("label_is_present",
          "the label {label} is missing{hint}",
          "Put the label {label} back in one cell, with its value in the cell to its right.",
          label="Revision"),
    _rule("label_stands_once",
          "the label {label} stands here a second time",
          "Keep one {label} and delete the other.",
          label="Revision"),
    _rule("header_row_is_present",
          "no row in the first 30 holds this sheet's column headings",
          "Put the template's headings back above the figures."),
    _rule("column_is_present",
          "the column {label} is missing{hint}",
          "Put the column back, with the heading {label} exactly as in the template.",
          hint="; the text here, 6 characters, is none of the form's"),
    _rule("column_stands_once",
          "the column {label} stands here a second time",
          "Keep the column that holds the figures and delete the other."),
)

FIELD_RULES: tuple[Rule, ...] = (
    _rule("field_is_given",
          "{label} has no value",
          "Fill in {label}: {expected}.",
          label="Certified on"),
    _rule("field_is_readable",
          "{label} holds {found}, not {expected}",
          "Enter {expected}.",
          label="Revision", found="text, 5 characters", expected="a whole number from 1"),
    _rule("operation_is_this_one",
          "the operation given is not the one being collected; found {found}",
          "Enter {expected}, or send this workbook to the collection it belongs to.",
          found="text, 17 characters"),
    _rule("state_is_in_the_roster",
          "the state given has no task force in this operation; found {found}{hint}",
          "Enter {expected}.",
          found="", hint="DC; VA-NOVADC reports it"),
    _rule("state_is_that_of_its_task_forces",
          "the state is {found}, but the rows are those of {expected}",
          "Enter {expected} as the state, or replace the rows by those of {found}.",
          found="CA", expected="AZ"),
    _rule("period_start_is_the_operations",
          "the period starts on {found}; the operation's starts on {expected}",
          "Enter {expected}, and make sure that the figures are for the operation's months only.",
          found="2018-04-01", expected="2018-03-01"),
    _rule("period_end_is_the_operations",
          "the period ends on {found}; the operation's ends on {expected}",
          "Enter {expected}, and make sure that the figures are for the operation's months only.",
          found="2018-04-30", expected="2018-05-31"),
    _rule("template_version_is_known",
          "the template's version is {found}; this collection takes version {expected}",
          "Copy the figures into the current template.",
          found="9", expected="1"),
    _rule("revision_is_a_number_from_1",
          "the revision is {found}, not a whole number from 1",
          "Enter 1 for the first workbook you send, 2 for the next, and so on.",
          found="0"),
    _rule("certifier_role_is_listed",
          "the role of the certifier is not one of the list; found {found}",
          "Choose one of: {expected}. No names.",
          found="text, 12 characters"),
    _rule("certified_on_is_not_in_the_future",
          "the workbook is certified on {found}, which is after {expected}, the day it was read",
          "Enter the day on which the figures were certified.",
          found="2019-06-01", expected="2018-06-08"),
    _rule("certification_follows_the_months_reported",
          "the workbook is certified on {found}, before the last month it reports ended on {expected}",
          "Check that the figures are final, have them certified again and enter that day.",
          Severity.WARNING,
          found="2018-05-20", expected="2018-05-31"),
)

ROW_RULES: tuple[Rule, ...] = (
    _rule("workbook_has_a_row",
          "no row names a task force",
          "Fill in one row for each of your task forces and each month."),
    _rule("row_names_its_task_force",
          "a row with figures does not say which task force it is for; found {found}",
          "Enter the task force's id from the template.",
          found="nothing"),
    _rule("task_force_is_in_the_roster",
          "the row is not for a task force of the roster; found {found}{hint}",
          "Enter the task force's id as in the template: {expected}.",
          found="", hint="text, 8 characters; the nearest is CA-FRESNO"),
    _rule("task_force_is_of_this_state",
          "the row is for {found}, which is not a task force of {expected}",
          "Remove the row; that task force's own state reports it.",
          found="NV", expected="CA"),
    _rule("month_is_readable",
          "the row's month cannot be read; found {found}",
          "Enter the month as 2018-03 or as March 2018."),
    _rule("month_is_in_the_operation",
          "{found} is not a month of this operation",
          "Keep rows for {expected} only.",
          found="February 2018"),
    _rule("row_is_given_once",
          "there is already a row for {who}",
          "Keep one row for {who}; if this row is for another month, correct its month."),
    _rule("month_is_reported",
          "{who} is not reported",
          "Fill in the row for {who} (0 if nothing was counted); or remove all rows of a task force not reported here.",
          who="AL, May 2018"),
    _rule("task_force_is_in_every_table",
          "{who} has no figures in this sheet",
          "Fill in the row for {who}; enter 0 where there was nothing to count.",
          who="AL"),
)

_RULE_AGAINST: dict[Kind, Rule] = dict((
    (Kind.BLANK, _rule(
        "count_is_given",
        "{label} of {who} is blank",
        "Enter the number; if there was nothing to count, enter 0.")),
    (Kind.NOT_APPLICABLE_HERE, _rule(
        "not_applicable_is_allowed",
        "{label} of {who} is N/A, which this measure does not allow",
        "Enter the number; if there was nothing to count, enter 0.")),
    (Kind.NEGATIVE, _rule(
        "count_is_not_negative",
        "{label} of {who} is below zero; found {found}",
        "Enter the month's own count; send corrections of earlier months as a new revision.",
        found="-3")),
    (Kind.FRACTION, _rule(
        "count_is_whole",
        "{label} of {who} is not a whole number; found {found}",
        "Enter whole units only.",
        found="1.5")),
    (Kind.TOO_LARGE, _rule(
        "count_is_of_possible_size",
        "{label} of {who} is larger than any count can be; found {found}",
        "Check the number of digits.",
        found="1,000,000,000")),
    _is(Kind.BOOLEAN, "count_is_not_true_or_false", "Enter the number."),
    _is(Kind.DATE, "count_is_not_a_date", "Format the cell as a number and enter the count."),
    _is(Kind.PERCENTAGE, "count_is_not_a_percentage", "Format the cell as a number and enter the count itself."),
    _is(Kind.ERROR_VALUE, "count_is_not_an_error_value", "Replace the formula by the number."),
    _is(Kind.FORMULA_WITHOUT_RESULT, "formula_has_a_result",
        "Open the workbook, let it calculate, and save it; or enter the number itself."),
    _is(Kind.SHOWN_OTHERWISE, "count_is_shown_as_stored",
        "Format the cell as a plain number in dark letters, check what it then shows, and correct it if need be."),
    _is(Kind.RAISED_OR_STRUCK, "count_is_not_raised_or_struck_out", "Enter the number alone, in plain digits.",
        why="; a footnote mark or a correction would be read as digits"),
    _is(Kind.HEDGED, "count_is_not_hedged", "Enter the exact number.", 8, why="; an estimate cannot be added up"),
    _is(Kind.NUMBER_WORD, "count_is_in_digits", "Enter the number in digits.", 4),
    _is(Kind.NUMBER_WITH_WORDS, "count_stands_alone",
        "Enter the number alone, in plain digits; the heading says what it counts.", 10),
    _is(Kind.RANGE, "count_is_one_number", "Enter the one exact number.", 3),
    (Kind.TEXT, _rule(
        "count_is_a_number",
        "{label} of {who} is not a number; found {found}",
        "Enter the number; if there was nothing to count, enter 0. No remarks in the form.")),
    (Kind.NUMBER_AS_TEXT, _rule(
        "count_is_stored_as_a_number",
        "{label} of {who} is stored as text; it was read as {found}",
        "Nothing is needed now; format the cell as a number before the next revision.",
        Severity.NOTE,
        found="1,234")),
))
CELL_RULES: tuple[Rule, ...] = tuple(_RULE_AGAINST.values())
RULE_AGAINST = {**_RULE_AGAINST, Kind.AMBIGUOUS: _RULE_AGAINST[Kind.RANGE]}
"""The kinds of thing that no cell of a count should hold, each with the rule that says so."""

TOTAL_RULES: tuple[Rule, ...] = (
    _rule("control_total_is_the_sum",
          "the total of {label} ({found}) differs from the sum of its rows ({expected})",
          "Correct the total or the rows that it adds up.",
          found="41", expected="40"),
)

PLAUSIBILITY_RULES: tuple[Rule, ...] = (
    _rule("row_is_not_all_zeros",
          "every count of {who} is 0",
          "Check that the month was really without any activity; 0 is right only if so.",
          Severity.WARNING),
    _rule("month_has_ended",
          "{who} has figures although the month had not ended on {found}",
          "Send a new revision once the month is over.",
          Severity.WARNING,
          who="AL, May 2018", found="2018-05-12"),
)

FILE_RULES: tuple[Rule, ...] = (
    *DOOR_RULES, *PRIVACY_RULES, *SIGHT_RULES,
    *FORM_RULES, *FIELD_RULES, *ROW_RULES, *CELL_RULES, *TOTAL_RULES, *PLAUSIBILITY_RULES,
)
