"""Each kind of mistake in an operation's files: one change to a good small operation, and exactly what is then said."""

import datetime as dt

import pytest

from schemas.ids import PLAIN_TEXT
from schemas.mistakes import Mistake, OperationError
from schemas.operation import OverMonths, PartsRelation, Table, TaskForce
from schemas.operation_files import parse_operation
from small_operation import SMALL_ID, small_operation


def mistakes_after(file: str, old: str, new: str, *, with_agencies: bool = False) -> list[str]:
    """Change one text of the small operation and return what is said of it."""
    texts = small_operation(with_agencies=with_agencies)
    assert texts[file].count(old) >= 1, f"{old!r} does not stand in {file}"
    texts[file] = texts[file].replace(old, new, 1)
    with pytest.raises(OperationError) as refusal:
        parse_operation(SMALL_ID, texts)
    assert str(refusal.value) == "\n".join(str(mistake) for mistake in refusal.value.mistakes)
    return [str(mistake) for mistake in refusal.value.mistakes]


def test_a_good_operation_is_read_as_it_is_written():
    operation = parse_operation(SMALL_ID, small_operation())
    assert operation.months == ("2031-12", "2032-01")
    assert operation.deadlines == {"2031-12": dt.date(2032, 1, 10), "2032-01": dt.date(2032, 2, 10)}
    asked = ["tips", "tips_urgent", "tips_foreign", "phones", "computers", "examiners"]
    assert [measure.id for measure in operation.measures] == [*asked, "devices"]
    tips = operation.measure["tips"]
    assert (tips.parts, tips.relation) == (("tips_urgent", "tips_foreign"), PartsRelation.OVERLAPPING)
    examiners = operation.measure["examiners"]
    assert (examiners.over_months, examiners.not_applicable_allowed) == (OverMonths.LATEST, True)
    devices = operation.measure["devices"]
    assert (devices.table, devices.header, devices.relation) == (None, "", PartsRelation.DISJOINT)
    assert [claim.phrase for claim in operation.claims] == [
        "nearly 500 devices examined",
        "about 80 tips",
        "12 examiners",
        "4 task forces",
        "December 2031, January 2032 (2 months)",
        "nearly 3,000 devices examined since 2029",
    ]


def test_a_table_of_the_form_exists_only_where_something_is_asked_in_it():
    assert parse_operation(SMALL_ID, small_operation()).tables == (Table.COUNTS,)
    assert parse_operation(SMALL_ID, small_operation(with_agencies=True)).tables == (Table.COUNTS, Table.AGENCIES)


def test_the_roster_holds_those_of_the_period_each_as_it_was_at_the_last():
    roster = parse_operation(SMALL_ID, small_operation()).roster
    assert [task_force.id for task_force in roster.task_forces] == ["ID", "OR", "WA-COAST", "WA-INLAND"]
    assert roster.by_id["OR"] == TaskForce(
        id="OR",
        name="Oregon Harbor Watch",
        state="OR",
        state_name="Oregon",
        lead_agency="Portland Police Bureau",
        valid_from=dt.date(2032, 1, 1),
        basis="A",
    )


@pytest.mark.parametrize("file", small_operation())
def test_any_change_of_any_file_changes_the_digest(file):
    texts = small_operation()
    before = parse_operation(SMALL_ID, texts).digest
    assert parse_operation(SMALL_ID, dict(reversed(texts.items()))).digest == before
    assert parse_operation(SMALL_ID, texts | {file: texts[file] + "\n"}).digest != before


def test_all_mistakes_are_found_at_once():
    texts = small_operation()
    texts["operation.toml"] = texts["operation.toml"].replace('over_months = "sum"', 'over_months = "mean"')
    texts["claims.toml"] = texts["claims.toml"].replace('"nearly"', '"over"', 1)
    texts["roster.csv"] = texts["roster.csv"].replace("WA,Washington", "Wa,Washington", 1)
    texts["program_to_date.csv"] = texts["program_to_date.csv"].replace("2100", "2,100")
    with pytest.raises(OperationError) as refusal:
        parse_operation(SMALL_ID, texts)
    unknown = "found \"mean\"; expected 'sum' or 'latest'"
    assert [str(mistake) for mistake in refusal.value.mistakes] == [
        *(
            f"operation.toml: measures.{measure}.over_months: {unknown}"
            for measure in ("tips", "tips_urgent", "tips_foreign", "phones", "computers", "devices")
        ),
        'roster.csv: line 5, column state: found "Wa"; expected two capital letters',
        "claims.toml: claims.devices.hedge: found \"over\"; expected 'exact', 'more_than', 'nearly' or 'about'",
        "program_to_date.csv: line 2: found 11 cells; expected 10 cells",
    ]


def test_a_mistake_says_file_place_what_was_found_and_what_was_expected():
    assert str(Mistake("roster.csv: line 2", "9 cells", "8")) == "roster.csv: line 2: found 9 cells; expected 8"


SHAPE = {
    "broken TOML": (
        "id = ",
        "id : ",
        "found a fault of syntax (Expected '=' after a key in a key/value pair (at line 1, column 4)); expected TOML",
    ),
    "a measure twice": (
        "[measures.phones]",
        "[measures.tips]",
        "found a fault of syntax (Cannot declare ('measures', 'tips') twice (at line 47, column 15)); expected TOML",
    ),
    "an unknown key": ("template_version", "colour = 1\ntemplate_version", "colour: found 1; expected no such key"),
    "an unknown key of a measure": (
        'header = "Phones"',
        'header = "Phones"\ncolumn = "F"',
        'measures.phones.column: found "F"; expected no such key',
    ),
    "an entry that names itself twice": (
        'header = "Phones"',
        'header = "Phones"\nid = "mobiles"',
        'measures.phones.id: found ["phones", "mobiles"]; expected an id such as tips, but no word of the form',
    ),
    "a missing key": ('label = "Phones examined"\n', "", "measures.phones.label: found nothing; expected a value"),
    "a number for a text": ('unit = "devices"', "unit = 3", f"measures.phones.unit: found 3; expected {PLAIN_TEXT}"),
    "a text for a number": (
        "template_version = 3",
        'template_version = "3"',
        'template_version: found "3"; expected a whole number from 1',
    ),
    "a fraction for a number": (
        "template_version = 3",
        "template_version = 3.5",
        "template_version: found 3.5; expected a whole number from 1",
    ),
    "a text for true or false": (
        "allowed = true",
        'allowed = "yes"',
        'measures.examiners.not_applicable_allowed: found "yes"; expected true or false',
    ),
    "a text for a list": (
        'parts = ["phones", "computers"]',
        'parts = "phones"',
        'measures.devices.parts: found "phones"; expected a list',
    ),
    "a number in a list of texts": (
        'parts = ["phones", "computers"]',
        'parts = ["phones", 2]',
        "measures.devices.parts: found 2; expected a valid string",
    ),
    "a value for a table": (
        "[plausible_ratios.urgent_tips_are_few]",
        "[plausible_ratios]\ntips_are_many = 3\n[plausible_ratios.urgent_tips_are_few]",
        "plausible_ratios.tips_are_many: found 3; expected a table",
    ),
    "a text for a date": (
        "2032-01 = 2032-02-10",
        '2032-01 = "soon"',
        'deadlines.2032-01: found "soon"; expected a date, such as 2018-03-31',
    ),
    "a time for a date": (
        "period_end = 2032-01-31",
        "period_end = 2032-01-31T12:00:00",
        'period_end: found "2032-01-31 12:00:00"; expected a date, such as 2018-03-31',
    ),
    "an unknown table of the form": (
        'table = "Counts"',
        'table = "Figures"',
        "measures.tips.table: found \"Figures\"; expected 'Counts' or 'Agencies'",
    ),
    "an unknown relation": (
        '"overlapping"',
        '"loose"',
        "measures.tips.relation: found \"loose\"; expected 'disjoint' or 'overlapping'",
    ),
}

OPERATION = {
    "another id than the folder's": (
        'id = "quiet-harbor-2031"',
        'id = "quiet-harbor"',
        'id: found "quiet-harbor"; expected "quiet-harbor-2031", as the folder is named',
    ),
    "an id that is no file name": (
        'id = "quiet-harbor-2031"',
        'id = "../quiet"',
        'id: found "../quiet"; expected an id in lower case, such as broken-heart-2018',
    ),
    "an empty title": (
        'title = "Operation Quiet Harbor 2031"',
        'title = " "',
        f'title: found " "; expected {PLAIN_TEXT}',
    ),
    "version zero": (
        "template_version = 3",
        "template_version = 0",
        "template_version: found 0; expected a whole number from 1",
    ),
    "no roles": (
        '["Harbor master", "Clerk"]',
        "[]",
        "certifier_roles: found nothing; expected at least one role, each once",
    ),
    "roles that differ only by case": (
        '"Clerk"]',
        '"Clerk", "CLERK"]',
        'certifier_roles: found ["Harbor master", "Clerk", "CLERK"]; expected at least one role, each once',
    ),
    "a single role that may approve a release": (
        '["Editor", "Director"]',
        '["Editor", "editor"]',
        'approver_roles: found ["Editor", "editor"]; expected at least two roles, each once',
    ),
    "releases that may differ by nobody": (
        "fewest_task_forces = 2",
        "fewest_task_forces = 0",
        "fewest_task_forces: found 0; expected a whole number from 1",
    ),
    "an unknown time zone": (
        "America/Los_Angeles",
        "America/Atlantis",
        'timezone: found "America/Atlantis"; expected a time zone\'s name, such as America/New_York',
    ),
    "a path for a time zone": (
        "America/Los_Angeles",
        "../etc/passwd",
        'timezone: found "../etc/passwd"; expected a time zone\'s name, such as America/New_York',
    ),
    "an unreadable time": (
        "2032-02-12T06:00:00",
        "noon",
        'as_of: found "noon"; expected a time, such as 2018-06-08T02:00:00',
    ),
    "a deadline that is missing": (
        "2032-01 = 2032-02-10",
        "",
        "deadlines.2032-01: found nothing; expected a day from 2032-01-31 on",
    ),
    "a deadline before the month's end": (
        "2031-12 = 2032-01-10",
        "2031-12 = 2031-12-30",
        'deadlines.2031-12: found "2031-12-30"; expected a day from 2031-12-31 on',
    ),
    "a deadline of another month": (
        "2031-12 = 2032-01-10",
        "2031-12 = 2032-01-10\n2032-02 = 2032-03-10",
        'deadlines.2032-02: found "2032-03-10"; expected nothing: it is no month of the operation',
    ),
    "an unknown reporter of a place": (
        'HI = "WA-COAST"',
        'HI = "HI"',
        'reported_by.HI: found "HI"; expected the id of a task force of the roster',
    ),
    "a place that reports for itself": (
        'HI = "WA-COAST"',
        'OR = "WA-COAST"',
        'reported_by.OR: found "OR"; expected a place that has no task force',
    ),
}

ANOTHER_MEASURE = """\
label = "Others"
unit = "others"
definition = "Others."
over_months = "sum"
table = "Counts"
header = "Others"
"""

MEASURES = {
    "an id that is no identifier": (
        "[measures.devices]",
        f'[measures."devices!"]\n{ANOTHER_MEASURE}[measures.devices]',
        'measures.devices!.id: found "devices!"; expected an id such as tips, but no word of the form',
    ),
    "an id that is a word of the form": (
        "[measures.devices]",
        f"[measures.months]\n{ANOTHER_MEASURE}[measures.devices]",
        'measures.months.id: found "months"; expected an id such as tips, but no word of the form',
    ),
    "an empty definition": (
        '"Computers examined during the month."',
        '""',
        f"measures.computers.definition: found nothing; expected {PLAIN_TEXT}",
    ),
    "an empty heading": (
        '"Computers"\n',
        '""\n',
        f"measures.computers.header: found nothing; expected {PLAIN_TEXT}",
    ),
    "a label that a sentence would fill in": (
        '"Phones examined"',
        '"Phones {found}"',
        f'measures.phones.label: found "Phones {{found}}"; expected {PLAIN_TEXT}',
    ),
    "a heading that a spreadsheet would compute": (
        'header = "Phones"',
        'header = "=A1"',
        f'measures.phones.header: found "=A1"; expected {PLAIN_TEXT}',
    ),
    "two measures with the same heading": (
        'header = "Computers"',
        'header = "PHONES "',
        'measures.computers.header: found "PHONES "; expected another heading: this one means measures.phones',
    ),
    "an alias that is another's heading": (
        '["All tips"]',
        '["From  abroad"]',
        'measures.tips_foreign.header: found "From abroad"; expected another heading: this one means measures.tips',
    ),
    "a heading of the form's own": (
        'header = "Urgent"',
        'header = "Reporting month"',
        'measures.tips_urgent.header: found "Reporting month"; '
        "expected another heading: this one means the heading Month",
    ),
    "a heading without a table": (
        "caveat = ",
        'header = "Devices"\ncaveat = ',
        "measures.devices.table: found nothing; "
        "expected the table it is asked in, or disjoint parts and neither heading nor N/A",
    ),
    "N/A allowed where nothing is asked": (
        "caveat = ",
        "not_applicable_allowed = true\ncaveat = ",
        "measures.devices.table: found nothing; "
        "expected the table it is asked in, or disjoint parts and neither heading nor N/A",
    ),
    "parts without a relation": (
        'relation = "overlapping"\n',
        "",
        'measures.tips.relation: found nothing; expected "disjoint" or "overlapping" if it has parts, else nothing',
    ),
    "a relation without parts": (
        'parts = ["tips_urgent", "tips_foreign"]\n',
        "",
        'measures.tips.relation: found "overlapping"; '
        'expected "disjoint" or "overlapping" if it has parts, else nothing',
    ),
    "a part that is no measure": (
        '"tips_urgent", "tips_foreign"',
        '"tips_urgent", "tips_rude"',
        'measures.tips.parts: found "tips_rude"; expected another measure asked in Counts, with over_months "sum"',
    ),
    "a part twice": (
        '"tips_urgent", "tips_foreign"',
        '"tips_urgent", "tips_urgent"',
        'measures.tips.parts: found ["tips_urgent", "tips_urgent"]; expected each part once',
    ),
    "a measure that is its own part": (
        '"tips_urgent", "tips_foreign"',
        '"tips", "tips_foreign"',
        'measures.tips.parts: found "tips"; expected another measure asked in Counts, with over_months "sum"',
    ),
    "a part that is a stock where the whole is a flow": (
        '"phones", "computers"',
        '"phones", "examiners"',
        'measures.devices.parts: found "examiners"; expected another measure asked in a table, with over_months "sum"',
    ),
    "a part that is not asked": (
        '"tips_urgent", "tips_foreign"',
        '"tips_urgent", "devices"',
        'measures.tips.parts: found "devices"; expected another measure asked in Counts, with over_months "sum"',
    ),
    "an overlapping whole that is not asked": (
        '"disjoint"',
        '"overlapping"',
        "measures.devices.table: found nothing; "
        "expected the table it is asked in, or disjoint parts and neither heading nor N/A",
    ),
    "a ratio of no measure": (
        'numerator = "tips_urgent"',
        'numerator = "tips_rude"',
        'plausible_ratios.urgent_tips_are_few.numerator: found "tips_rude"; '
        "expected the id of a measure asked on the form",
    ),
    "a ratio to itself": (
        'denominator = "tips"',
        'denominator = "tips_urgent"',
        'plausible_ratios.urgent_tips_are_few.denominator: found "tips_urgent"; '
        "expected the id of another measure asked in the numerator's table",
    ),
    "a ratio without bounds": (
        "most = 1",
        "",
        "plausible_ratios.urgent_tips_are_few.most: found nothing; expected a whole number from 0, here or in least",
    ),
    "a negative bound": (
        "most = 1",
        "most = -1",
        "plausible_ratios.urgent_tips_are_few.most: found -1; expected a whole number from 0",
    ),
    "bounds the wrong way round": (
        "most = 1",
        "most = 1\nleast = 2",
        "plausible_ratios.urgent_tips_are_few.most: found 1; expected a whole number from 2, here or in least",
    ),
    "a ratio that is not named for what must be true": (
        "plausible_ratios.urgent_tips_are_few",
        "plausible_ratios.Few",
        'plausible_ratios.Few.id: found "Few"; expected an id in lower case, such as arrests_since_1998',
    ),
}

CLAIMS = {
    "an unknown family": (
        '"participation"',
        '"people"',
        "task_forces.family: found \"people\"; expected 'operation', 'participation' or 'program_to_date'",
    ),
    "an unknown measure": ('of = "tips"', 'of = "cases"', 'tips.of: found "cases"; expected the id of a measure'),
    "an unknown participant": (
        'of = "task_forces"',
        'of = "officers"',
        'task_forces.of: found "officers"; expected task_forces, states or months, or the id of a measure',
    ),
    "an unknown series": (
        'of = "devices_since_2029"',
        'of = "devices"',
        'devices_since_2029.of: found "devices"; expected a series of program_to_date.csv',
    ),
    "a figure finer than its grain": (
        "value = 500",
        "value = 550",
        "devices.value: found 550; expected a multiple of its grain, 100",
    ),
    "a negative figure": ("value = 12", "value = -12", "examiners.value: found -12; expected a whole number from 0"),
    "a grain of nothing": ("grain = 100", "grain = 0", "devices.grain: found 0; expected a whole number from 1"),
    "an exact figure that is rounded": (
        "value = 12\ngrain = 1",
        "value = 10\ngrain = 10",
        "examiners.grain: found 10; "
        'expected 1 if the figure is exact; what it was rounded to, such as 10, if it is "more_than" or "nearly"',
    ),
    "a hedge that no figure could bear out": (
        "value = 500\ngrain = 100",
        "value = 500\ngrain = 1",
        "devices.grain: found 1; "
        'expected 1 if the figure is exact; what it was rounded to, such as 10, if it is "more_than" or "nearly"',
    ),
    "months where none belong": (
        'noun = "examiners"',
        'noun = "examiners"\nmonths = ["2031-12"]',
        'examiners.months: found ["2031-12"]; '
        'expected months in order, each once, if the claim is of "months", else nothing',
    ),
    "no months where some belong": (
        'months = ["2031-12", "2032-01"]\n',
        "",
        'months.months: found nothing; expected months in order, each once, if the claim is of "months", else nothing',
    ),
    "months that are not in order": (
        '"2031-12", "2032-01"',
        '"2032-01", "2031-12"',
        'months.months: found ["2032-01", "2031-12"]; '
        'expected months in order, each once, if the claim is of "months", else nothing',
    ),
    "a month that is none": (
        '"2031-12", "2032-01"',
        '"2031-12", "2031-13"',
        'months.months: found "2031-13"; expected a month, such as 2018-03',
    ),
    "another number than there are months": (
        '"2031-12", "2032-01"',
        '"2031-12"',
        "months.value: found 2; expected exactly 1, the number of its months",
    ),
    "no noun": ('noun = "tips"', 'noun = ""', f"tips.noun: found nothing; expected {PLAIN_TEXT}"),
    "nowhere in the release": (
        '["headline"]',
        "[]",
        "devices.where: found nothing; expected the places in the release that say it, such as headline",
    ),
    "words that say nothing": (
        'noun = "tips"',
        'noun = "tips"\nwords = [{ near = ["received"] }]',
        "tips.words.unit: found nothing; expected a value",
    ),
    "words of no such kind": (
        'noun = "tips"',
        'noun = "tips"\nwords = [{ unit = "tips", beside = "received" }]',
        'tips.words.beside: found "received"; expected no such key',
    ),
    "words that mean another claim already": (
        'noun = "examiners"',
        'noun = "examiners"\nwords = [{ unit = "people" }, { unit = "Tips" }]',
        'examiners.words: found "Tips"; expected another unit, or other words near it: this one means claims.tips',
    ),
    "an id that is no identifier": (
        "[claims.tips]",
        "[claims.Tips-2]",
        'Tips-2.id: found "Tips-2"; expected an id in lower case, such as arrests_since_1998',
    ),
}

ROSTER = {
    "another heading": (
        "lead_agency",
        "agency",
        'found a fault of syntax (line 1 is "id,name,state,state_name,agency,valid_from,valid_to,basis"); '
        "expected CSV with the columns id,name,state,state_name,lead_agency,valid_from,valid_to,basis",
    ),
    "a cell too few": ("Idaho,Boise", "Idaho Boise", "line 2: found 7 cells; expected 8 cells"),
    "a quotation that does not end": (
        "ID,Idaho Harbor",
        'ID,"Idaho Harbor',
        "line 2: found 2 cells; expected 8 cells",
    ),
    "an id that is no file name": (
        "ID,Idaho Harbor",
        "ID/1,Idaho Harbor",
        'line 2, column id: found "ID/1"; expected an id such as CA-FRESNO',
    ),
    "no name": ("Idaho Harbor Watch", " ", "line 2, column name: found nothing; expected a value"),
    "a state that is no code": (
        "ID,Idaho,",
        "Idaho,Idaho,",
        'line 2, column state: found "Idaho"; expected two capital letters',
    ),
    "a day that does not exist": (
        "2032-01-15",
        "2032-01-32",
        'line 6, column valid_to: found "2032-01-32"; '
        "expected a valid date or datetime, day value is outside expected range",
    ),
    "an unknown basis": (
        ",,,A",
        ",,,B",
        "line 2, column basis: found \"B\"; expected 'P' or 'A'",
    ),
    "days the wrong way round": (
        ",,2032-01-15",
        ",2032-01-20,2032-01-15",
        'line 6, column valid_to: found "2032-01-15"; expected a day from 2032-01-20 on',
    ),
    "two lines for the same day": (
        "2032-01-01,,A",
        "2031-12-31,,A",
        'line 4: found "OR"; expected another id or other days than in line 3',
    ),
    "an id that changes its state": (
        "OR,Oregon Harbor Watch,OR,Oregon,Portland",
        "OR,Oregon Harbor Watch,CA,California,Portland",
        'line 4, column state: found "CA"; expected "OR", as in line 3',
    ),
    "two names for a state": (
        "Inland Harbor Watch,WA,Washington",
        "Inland Harbor Watch,WA,Washington State",
        'line 6, column state_name: found "Washington State"; expected "Washington", as in line 5',
    ),
    "two task forces with the same name": (
        "Inland Harbor Watch",
        "coast harbor watch",
        'WA-INLAND: found "coast harbor watch"; expected another label: this one means WA-COAST',
    ),
    "a task force named as its state, which has several": (
        "Inland Harbor Watch",
        "Washington",
        'WA-INLAND: found "Washington"; expected another label: this one means the control total of WA',
    ),
    "a task force named as a total": (
        "Inland Harbor Watch",
        "Grand Total",
        'WA-INLAND: found "Grand Total"; expected another label: this one means a control total',
    ),
}

PROGRAM = {
    "an unknown kind": (
        "increment",
        "addition",
        "line 3, column kind: found \"addition\"; expected 'baseline' or 'increment'",
    ),
    "a negative value": (",700,", ",-700,", 'line 3, column value: found "-700"; expected a whole number from 0'),
    "a series without a baseline": (
        "devices,baseline",
        "devices,increment",
        'line 2, column kind: found "increment"; '
        'expected "baseline" in the first line of a series, "increment" in the others',
    ),
    "a second baseline": (
        "devices,increment",
        "devices,baseline",
        'line 3, column kind: found "baseline"; '
        'expected "baseline" in the first line of a series, "increment" in the others',
    ),
    "a gap": (
        "2031-10-01,2032",
        "2031-11-01,2032",
        'line 3, column period_start: found "2031-11-01"; '
        "expected 2031-10-01, the day after the line before of its series",
    ),
    "a period the wrong way round": (
        "2032-01-31,700",
        "2031-09-01,700",
        'line 3, column period_end: found "2031-09-01"; expected a day from 2031-10-01 on',
    ),
    "another unit": (
        "devices,increment",
        "phones,increment",
        'line 3, column unit: found "phones"; expected "devices", as in line 2',
    ),
    "a counterpart that is no measure": (
        "700,devices,A",
        "700,gadgets,A",
        'line 3, column measure: found "gadgets"; expected the id of a measure, or nothing',
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), (SHAPE | OPERATION).values(), ids=[*SHAPE, *OPERATION])
def test_a_mistake_in_the_operation_is_named(old, new, said):
    assert mistakes_after("operation.toml", old, new) == [f"operation.toml: {said}"]


@pytest.mark.parametrize(("old", "new", "said"), MEASURES.values(), ids=MEASURES)
def test_a_mistake_in_a_measure_is_named(old, new, said):
    assert mistakes_after("operation.toml", old, new) == [f"operation.toml: {said}"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'parts = ["tips_urgent", "tips_foreign"]',
            'parts = ["tips_urgent", "tips_foreign", "partners"]',
            'measures.tips.parts: found "partners"; expected another measure asked in Counts, with over_months "sum"',
        ),
        (
            'denominator = "tips"',
            'denominator = "partners"',
            'plausible_ratios.urgent_tips_are_few.denominator: found "partners"; '
            "expected the id of another measure asked in the numerator's table",
        ),
    ],
    ids=["a part of another table", "a ratio across tables"],
)
def test_measures_of_two_tables_are_not_compared(old, new, said):
    assert mistakes_after("operation.toml", old, new, with_agencies=True) == [f"operation.toml: {said}"]


def test_a_heading_may_stand_in_both_tables():
    texts = small_operation(with_agencies=True)
    texts["operation.toml"] = texts["operation.toml"].replace('header = "Partners"', 'header = "Tips"')
    assert parse_operation(SMALL_ID, texts).asked_in(Table.AGENCIES)[0].header == "Tips"


def test_a_period_the_wrong_way_round_is_named():
    said = mistakes_after("operation.toml", "period_end = 2032-01-31", "period_end = 2031-10-31")
    assert said[0] == 'operation.toml: period_end: found "2031-10-31"; expected a day from 2031-12-01 on'


def test_a_roster_without_anyone_in_the_period_is_named():
    texts = small_operation()
    texts["roster.csv"] = texts["roster.csv"].splitlines()[0] + "\nWY,Wyoming Watch,WY,Wyoming,Police,2033-01-01,,A\n"
    with pytest.raises(OperationError) as refusal:
        parse_operation(SMALL_ID, texts)
    assert str(refusal.value).splitlines() == [
        'operation.toml: reported_by.HI: found "WA-COAST"; expected the id of a task force of the roster',
        "roster.csv: found nothing; expected at least one task force within the operation's period",
    ]


def test_an_empty_table_is_asked_for_its_headings():
    with pytest.raises(OperationError) as refusal:
        parse_operation(SMALL_ID, small_operation() | {"roster.csv": ""})
    headings = "id,name,state,state_name,lead_agency,valid_from,valid_to,basis"
    assert (
        str(refusal.value)
        == f"roster.csv: found a fault of syntax (line 1 is nothing); expected CSV with the columns {headings}"
    )


@pytest.mark.parametrize("claims", ["[claims]\n", ""], ids=["none", "nothing at all"])
def test_an_operation_may_have_neither_claims_nor_figures_since_the_program_began(claims):
    texts = small_operation()
    texts["claims.toml"] = claims
    texts["program_to_date.csv"] = texts["program_to_date.csv"].splitlines()[0] + "\n\n"
    operation = parse_operation(SMALL_ID, texts)
    assert (operation.claims, operation.program_to_date) == ((), ())


@pytest.mark.parametrize("file", small_operation())
@pytest.mark.parametrize(
    "text",
    ["[claim]", "\x00", "=", '"', "[[[[", "a,b\n1,2\n", "[" * 100_000],
    ids=str.split("other nul sign quote open table deep"),
)
def test_a_file_that_holds_something_else_is_refused_in_words(file, text):
    with pytest.raises(OperationError) as refusal:
        parse_operation(SMALL_ID, small_operation() | {file: text})
    assert all(mistake.place.startswith(file) for mistake in refusal.value.mistakes)


@pytest.mark.parametrize(("old", "new", "said"), CLAIMS.values(), ids=CLAIMS)
def test_a_mistake_in_a_claim_is_named(old, new, said):
    assert mistakes_after("claims.toml", old, new) == [f"claims.toml: claims.{said}"]


@pytest.mark.parametrize(("old", "new", "said"), ROSTER.values(), ids=ROSTER)
def test_a_mistake_in_the_roster_is_named(old, new, said):
    assert mistakes_after("roster.csv", old, new) == [f"roster.csv: {said}"]


@pytest.mark.parametrize(("old", "new", "said"), PROGRAM.values(), ids=PROGRAM)
def test_a_mistake_in_the_program_to_date_is_named(old, new, said):
    assert mistakes_after("program_to_date.csv", old, new) == [f"program_to_date.csv: {said}"]


@pytest.mark.parametrize(
    ("urgent", "mistakes"),
    [
        (500, []),
        (
            501,
            ["program_to_date.csv: line 6, column value: found 501; expected a number for which urgent_tips_are_few "
             "beside the 500 of tips_since_2029"],
        ),
    ],
)  # fmt: skip
def test_what_is_usual_between_two_measures_is_so_between_their_series(urgent, mistakes):
    texts = small_operation()
    for series, measure, count in (("tips_since_2029", "tips", 500), ("urgent_since_2029", "tips_urgent", urgent)):
        start = f"{series},Since 2029,tips,"
        texts["program_to_date.csv"] += (
            f"{start}baseline,2029-01-01,2031-09-30,{count},,P,Yearbook of 2031\n"
            f"{start}increment,2031-10-01,2032-01-31,500,{measure},A,Assumption\n"
        )
    try:
        parse_operation(SMALL_ID, texts)
        found = []
    except OperationError as refusal:
        found = [str(mistake) for mistake in refusal.mistakes]
    assert found == mistakes


PERSON = "a label that asks for a person"


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "kind"),
    [
        ("operation.toml", 'header = "Urgent"', 'header = "Offender"', "measures.tips_urgent.header", PERSON),
        ("operation.toml", '"All tips"', '"All tips", "Minor"', "measures.tips.aliases", PERSON),
        (
            *("operation.toml", 'header = "From abroad"', 'header = "Case numbers"'),
            *("measures.tips_foreign.header", "a label that asks for a case number"),
        ),
        (
            *("operation.toml", '"Tips received"', '"E-mail address"'),
            *("measures.tips.label", "a label that asks for an e-mail address"),
        ),
        (
            *("operation.toml", "the operation.", "the operation. Ask 202-555-0142."),
            *("measures.partners.definition", "a telephone number"),
        ),
        ("operation.toml", '"partners"', '"child"', "measures.partners.unit", PERSON),
        ("operation.toml", "A device examined", "In case 18-0231 it", "measures.devices.caveat", "a case number"),
        ("operation.toml", '"Harbor desk"', '"desk@example.invalid"', "contact_role", "an e-mail address"),
        ("operation.toml", '"Clerk"', '"Witness"', "certifier_roles", PERSON),
        ("operation.toml", '"Editor"', '"Complainant"', "approver_roles", PERSON),
        ("operation.toml", "Harbor 2031", "Harbor 7/4/2004", "title", "a date of birth"),
    ],
)
def test_words_for_which_the_door_would_keep_the_form_out_are_refused(file, old, new, place, kind):
    expected = "words that neither ask for nor tell of a person or a case"
    assert mistakes_after(file, old, new, with_agencies=True) == [f"{file}: {place}: found {kind}; expected {expected}"]


def test_a_name_of_the_roster_for_which_the_door_would_keep_the_form_out_is_refused():
    expected = "words that neither ask for nor tell of a person or a case"
    assert mistakes_after("roster.csv", "Idaho Harbor Watch", "Juvenile") == [
        f"roster.csv: line 2, column name: found {PERSON}; expected {expected}"
    ]
