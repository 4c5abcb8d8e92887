"""The fixed rules that one workbook alone can break, in the order in which they are judged, with their words.

Rules that follow from an operation's measures are worded in `register.py`; rules over an inbox in `inbox_rules.py`.
Blanks: `{label}` what is asked there, `{who}` the task force and month, `{found}`, `{expected}`, `{hint}`.
"""

from schemas.findings import Severity
from schemas.rules import Needs, Rule

SAVE_AS_XLSX = "Save it as a normal Excel workbook (.xlsx) and send it again."


def _rule(code: str, sentence: str, remedy: str, example: str, severity: Severity = Severity.ERROR) -> Rule:
    return Rule(code, severity, Needs.FILE, "1", sentence, remedy, example)


DOOR_RULES: tuple[Rule, ...] = (
    _rule(
        "file_is_not_empty",
        "the file has no content",
        "Open your own copy, check that it holds your figures, and send it again.",
        "the file has no content",
    ),
    _rule(
        "file_is_xlsx_or_ods",
        "the file is {found}; only .xlsx and .ods workbooks are read",
        SAVE_AS_XLSX,
        "the file is an old Excel workbook (.xls); only .xlsx and .ods workbooks are read",
    ),
    _rule(
        "file_is_not_encrypted",
        "the file is protected by a password and cannot be opened",
        "Remove the password (File, Info, Protect Workbook), save it and send it again.",
        "the file is protected by a password and cannot be opened",
    ),
    _rule(
        "file_has_no_macros",
        "the workbook contains macros",
        SAVE_AS_XLSX,
        "the workbook contains macros",
    ),
    _rule(
        "file_is_readable",
        "the workbook is damaged and cannot be read",
        "Open it in your spreadsheet program, save it under a new name as .xlsx, and send that file.",
        "the workbook is damaged and cannot be read",
    ),
    _rule(
        "cells_stand_near_the_form",
        "a sheet of the workbook has cells beyond row 9,999 or column ZZ",
        "Delete everything far below and beside the form, or copy your figures into a fresh template.",
        "a sheet of the workbook has cells beyond row 9,999 or column ZZ",
    ),
)

FORM_RULES: tuple[Rule, ...] = (
    _rule(
        "sheet_is_present",
        "the sheet {label} is missing",
        "Use the template, with its sheets named as they came.",
        "the sheet Counts is missing",
    ),
    _rule(
        "sheet_stands_once",
        "there are {found} sheets named {label}",
        "Keep the one that holds the figures and delete the others.",
        "there are 2 sheets named Counts",
    ),
    _rule(
        "sheet_is_of_the_forms_size",
        "the sheet {label} spans {found} cells; the form needs at most {expected}",
        "Delete everything below and beside the form, or copy your figures into a fresh template.",
        "the sheet Counts spans 17,179,869,184 cells; the form needs at most 200,000",
    ),
    _rule(
        "label_is_present",
        "the label {label} is missing{hint}",
        "Put the label {label} back in one cell, with its value in the cell to its right.",
        "the label Revision is missing",
    ),
    _rule(
        "label_stands_once",
        "the label {label} stands here a second time",
        "Keep one {label} and delete the other.",
        "the label Revision stands here a second time",
    ),
    _rule(
        "header_row_is_present",
        "no row in the first 30 holds this sheet's column headings",
        "Put the template's headings back above the figures.",
        "no row in the first 30 holds this sheet's column headings",
    ),
    _rule(
        "column_is_present",
        "the column {label} is missing{hint}",
        "Put the column back, with the heading {label} exactly as in the template.",
        "the column Arrests is missing; the text here, 6 characters, is none of the form's",
    ),
    _rule(
        "column_stands_once",
        "the column {label} stands here a second time",
        "Keep the column that holds the figures and delete the other.",
        "the column Arrests stands here a second time",
    ),
)

FIELD_RULES: tuple[Rule, ...] = (
    _rule(
        "field_is_given",
        "{label} has no value",
        "Fill in {label}: {expected}.",
        "Certified on has no value",
    ),
    _rule(
        "field_is_readable",
        "{label} holds {found}, not {expected}",
        "Enter {expected}.",
        "Revision holds text, 5 characters, not a whole number from 1",
    ),
    _rule(
        "operation_is_this_one",
        "the operation given is not the one being collected; found {found}",
        "Enter {expected}, or send this workbook to the collection it belongs to.",
        "the operation given is not the one being collected; found text, 17 characters",
    ),
    _rule(
        "state_is_in_the_roster",
        "the state given has no task force in this operation; found {found}{hint}",
        "Enter {expected}.",
        "the state given has no task force in this operation; found DC; VA-NOVADC reports it",
    ),
    _rule(
        "state_is_that_of_its_task_forces",
        "the state is {found}, but the rows are those of {expected}",
        "Enter {expected} as the state, or replace the rows by those of {found}.",
        "the state is CA, but the rows are those of AZ",
    ),
    _rule(
        "period_start_is_the_operations",
        "the period starts on {found}; the operation's starts on {expected}",
        "Enter {expected}, and make sure that the figures are for the operation's months only.",
        "the period starts on 2018-04-01; the operation's starts on 2018-03-01",
    ),
    _rule(
        "period_end_is_the_operations",
        "the period ends on {found}; the operation's ends on {expected}",
        "Enter {expected}, and make sure that the figures are for the operation's months only.",
        "the period ends on 2018-04-30; the operation's ends on 2018-05-31",
    ),
    _rule(
        "template_version_is_known",
        "the template's version is {found}; this collection takes version {expected}",
        "Copy the figures into the current template.",
        "the template's version is 9; this collection takes version 1",
    ),
    _rule(
        "revision_is_a_number_from_1",
        "the revision is {found}, not a whole number from 1",
        "Enter 1 for the first workbook you send, 2 for the next, and so on.",
        "the revision is 0, not a whole number from 1",
    ),
    _rule(
        "certifier_role_is_listed",
        "the role of the certifier is not one of the list; found {found}",
        "Choose one of: {expected}. No names.",
        "the role of the certifier is not one of the list; found text, 12 characters",
    ),
    _rule(
        "certified_on_is_not_in_the_future",
        "the workbook is certified on {found}, which is after {expected}, the day it was read",
        "Enter the day on which the figures were certified.",
        "the workbook is certified on 2019-06-01, which is after 2018-06-08, the day it was read",
    ),
    _rule(
        "certification_follows_the_months_reported",
        "the workbook is certified on {found}, before the last month it reports ended on {expected}",
        "Check that the figures are final, have them certified again and enter that day.",
        "the workbook is certified on 2018-05-20, before the last month it reports ended on 2018-05-31",
        Severity.WARNING,
    ),
)

ROW_RULES: tuple[Rule, ...] = (
    _rule(
        "workbook_has_a_row",
        "no row names a task force",
        "Fill in one row for each of your task forces and each month.",
        "no row names a task force",
    ),
    _rule(
        "row_names_its_task_force",
        "a row with figures does not say which task force it is for; found {found}",
        "Enter the task force's id from the template.",
        "a row with figures does not say which task force it is for; found nothing",
    ),
    _rule(
        "task_force_is_in_the_roster",
        "the row is not for a task force of the roster; found {found}{hint}",
        "Enter the task force's id as in the template: {expected}.",
        "the row is not for a task force of the roster; found text, 8 characters; the nearest is CA-FRESNO",
    ),
    _rule(
        "task_force_is_of_this_state",
        "the row is for {found}, which is not a task force of {expected}",
        "Remove the row; that task force's own state reports it.",
        "the row is for NV, which is not a task force of CA",
    ),
    _rule(
        "month_is_readable",
        "the row's month cannot be read; found {found}",
        "Enter the month as 2018-03 or as March 2018.",
        "the row's month cannot be read; found text, 9 characters",
    ),
    _rule(
        "month_is_in_the_operation",
        "{found} is not a month of this operation",
        "Keep rows for {expected} only.",
        "February 2018 is not a month of this operation",
    ),
    _rule(
        "row_is_given_once",
        "there is already a row for {who}",
        "Keep one row for {who}; if this row is for another month, correct its month.",
        "there is already a row for AL, March 2018",
    ),
    _rule(
        "month_is_reported",
        "{who} is not reported",
        "Fill in the row for {who} (0 if nothing was counted); or remove all rows of a task force not reported here.",
        "AL, May 2018 is not reported",
    ),
    _rule(
        "task_force_is_in_every_table",
        "{who} has no figures in this sheet",
        "Fill in the row for {who}; enter 0 where there was nothing to count.",
        "AL has no figures in this sheet",
    ),
)

CELL_RULES: tuple[Rule, ...] = (
    _rule(
        "count_is_given",
        "{label} of {who} is blank",
        "Enter the number; if there was nothing to count, enter 0.",
        "Arrests of AL, March 2018 is blank",
    ),
    _rule(
        "not_applicable_is_allowed",
        "{label} of {who} is N/A, which this measure does not allow",
        "Enter the number; if there was nothing to count, enter 0.",
        "Arrests of AL, March 2018 is N/A, which this measure does not allow",
    ),
    _rule(
        "count_is_not_negative",
        "{label} of {who} is below zero; found {found}",
        "Enter the month's own count; send corrections of earlier months as a new revision.",
        "Arrests of AL, March 2018 is below zero; found -3",
    ),
    _rule(
        "count_is_whole",
        "{label} of {who} is not a whole number; found {found}",
        "Enter whole units only.",
        "Arrests of AL, March 2018 is not a whole number; found 1.5",
    ),
    _rule(
        "count_is_of_possible_size",
        "{label} of {who} is larger than any count can be; found {found}",
        "Check the number of digits.",
        "Arrests of AL, March 2018 is larger than any count can be; found 1,000,000,000",
    ),
    _rule(
        "count_is_not_true_or_false",
        "{label} of {who} is {found}",
        "Enter the number.",
        "Arrests of AL, March 2018 is TRUE or FALSE",
    ),
    _rule(
        "count_is_not_a_date",
        "{label} of {who} is {found}",
        "Format the cell as a number and enter the count.",
        "Arrests of AL, March 2018 is a date or time",
    ),
    _rule(
        "count_is_not_a_percentage",
        "{label} of {who} is {found}",
        "Format the cell as a number and enter the count itself.",
        "Arrests of AL, March 2018 is a percentage",
    ),
    _rule(
        "count_is_not_an_error_value",
        "{label} of {who} is {found}",
        "Replace the formula by the number.",
        "Arrests of AL, March 2018 is an error value of the spreadsheet",
    ),
    _rule(
        "formula_has_a_result",
        "{label} of {who} is {found}",
        "Open the workbook, let it calculate, and save it; or enter the number itself.",
        "Arrests of AL, March 2018 is a formula without a stored result",
    ),
    _rule(
        "count_is_not_hedged",
        "{label} of {who} is {found}; an estimate cannot be added up",
        "Enter the exact number.",
        "Arrests of AL, March 2018 is a hedged number, 8 characters; an estimate cannot be added up",
    ),
    _rule(
        "count_is_in_digits",
        "{label} of {who} is {found}",
        "Enter the number in digits.",
        "Arrests of AL, March 2018 is a number word, 4 characters",
    ),
    _rule(
        "count_stands_alone",
        "{label} of {who} is {found}",
        "Enter the number alone; the heading says what it counts.",
        "Arrests of AL, March 2018 is a number with words, 10 characters",
    ),
    _rule(
        "count_is_one_number",
        "{label} of {who} is {found}",
        "Enter the one exact number.",
        "Arrests of AL, March 2018 is a range of numbers, 3 characters",
    ),
    _rule(
        "count_is_a_number",
        "{label} of {who} is not a number; found {found}",
        "Enter the number; if there was nothing to count, enter 0. No remarks in the form.",
        "Arrests of AL, March 2018 is not a number; found text, 9 characters",
    ),
    _rule(
        "count_is_stored_as_a_number",
        "{label} of {who} is stored as text; it was read as {found}",
        "Nothing is needed now; format the cell as a number before the next revision.",
        "Arrests of AL, March 2018 is stored as text; it was read as 1,234",
        Severity.NOTE,
    ),
)

TOTAL_RULES: tuple[Rule, ...] = (
    _rule(
        "control_total_is_the_sum",
        "the total of {label} ({found}) differs from the sum of its rows ({expected})",
        "Correct the total or the rows that it adds up.",
        "the total of Arrests (41) differs from the sum of its rows (40)",
    ),
)

PLAUSIBILITY_RULES: tuple[Rule, ...] = (
    _rule(
        "row_is_not_all_zeros",
        "every count of {who} is 0",
        "Check that the month was really without any activity; 0 is right only if so.",
        "every count of AL, March 2018 is 0",
        Severity.WARNING,
    ),
    _rule(
        "month_has_ended",
        "{who} has figures although the month had not ended on {found}",
        "Send a new revision once the month is over.",
        "AL, May 2018 has figures although the month had not ended on 2018-05-12",
        Severity.WARNING,
    ),
)

FILE_RULES: tuple[Rule, ...] = (
    *DOOR_RULES, *FORM_RULES, *FIELD_RULES, *ROW_RULES, *CELL_RULES, *TOTAL_RULES, *PLAUSIBILITY_RULES,
)  # fmt: skip
