"""The rules of the door: whether a file may be read at all, whether it is private, and what in it is out of sight.

They are judged before and beside what the form asks; what the form asks stands in `file_rules.py`.
"""

from schemas.findings import Severity
from schemas.rules import Rule
from schemas.rules import file_rule as _rule

SAVE_AS_XLSX = "Save it as a normal Excel workbook (.xlsx) and send it again."

# fmt: off
DOOR_RULES: tuple[Rule, ...] = (
    _rule("file_is_not_empty",
          "the file has no content",
          "Open your own copy, check that it holds your figures, and send it again."),
    _rule("file_is_xlsx_or_ods",
          "the file is {found}; only .xlsx and .ods workbooks are read",
          SAVE_AS_XLSX,
          found="an old Excel workbook (.xls)"),
    _rule("file_is_not_encrypted",
          "the file is protected by a password and cannot be opened",
          "Remove the password (File, Info, Protect Workbook), save it and send it again."),
    _rule("file_has_no_macros",
          "the workbook contains {found}",
          SAVE_AS_XLSX,
          found="macros"),
    _rule("file_has_no_active_content",
          "the workbook contains {found}, which could act when it is opened",
          "Copy your figures into a fresh template, as values only, and send that.",
          found="a data connection"),
    _rule("file_is_readable",
          "the workbook is damaged and cannot be read",
          "Open it in your spreadsheet program, save it under a new name as .xlsx, and send that file."),
    _rule("file_is_built_plainly",
          "the file is built as no spreadsheet program builds one: {found}",
          "Open it in your spreadsheet program, save it under a new name as .xlsx, and send that file.",
          found="two of its parts have the same name"),
    _rule("file_declares_no_entities",
          "a part of the file declares a document type or entities, which no workbook needs",
          "Open it in your spreadsheet program, save it under a new name as .xlsx, and send that file."),
    _rule("file_is_of_a_forms_size",
          "the file {found}",
          "Copy your figures into a fresh template, and send that.",
          found="unpacks to more than a form can need"),
    _rule("listed_sheets_are_there",
          "{found} is missing from the file",
          "Open it in your spreadsheet program, save it under a new name as .xlsx, and send that file.",
          found="1 of 4 sheets listed"),
    _rule("cells_stand_near_the_form",
          "a sheet of the workbook has cells beyond row 9,999 or column ZZ",
          "Delete everything far below and beside the form, or copy your figures into a fresh template."),
    _rule("file_is_read_in_time",
          "reading the workbook took longer than any form may take, and was stopped",
          "Copy your figures into a fresh template, and send that."),
    _rule("file_is_read_in_memory",
          "reading the workbook took more memory than any form may take, and was stopped",
          "Copy your figures into a fresh template, and send that."),
    _rule("file_leaves_its_reader_whole",
          "the workbook broke the program that was reading it",
          "Copy your figures into a fresh template, send that, and keep the file for whoever asks about it."),
)

_PRIVATE = (
    "Take it out of your own copy and send counts only. Do not send, forward or upload this workbook again: nothing of "
    "it has been kept. Ask the national office by telephone if you are in doubt."
)

PRIVACY_RULES: tuple[Rule, ...] = (
    _rule("no_label_asks_for_a_person",
          "there is {found}; the form holds counts, never a case or a person",
          _PRIVATE,
          found="a label that asks for a date of birth"),
    _rule("no_value_tells_of_a_person",
          "there is {found}, or what looks like one; the form holds counts, never a case or a person",
          _PRIVATE,
          found="a telephone number in a note"),
    _rule("no_table_lists_single_cases",
          "there are {found}, many more than there are units to report: this looks like a list of single cases",
          _PRIVATE,
          found="240 rows"),
)

SIGHT_RULES: tuple[Rule, ...] = (
    _rule("form_sheet_is_in_sight",
          "the sheet {label} is hidden",
          "Unhide the sheet, check what it holds, and send the workbook again.",
          label="Counts"),
    _rule("values_are_in_sight",
          "there are values where nobody sees them: {found}",
          "Unhide all rows and columns, take merged cells apart, check what was hidden, and send the workbook again.",
          found="3 values in hidden rows"),
    _rule("workbook_holds_the_form_alone",
          "beside the form there is more, which was not read: {found}",
          "Send the form alone; put nothing beside it that has to be read.",
          Severity.WARNING,
          found="1 hidden sheet, 2 notes"),
)
# fmt: on
