"""What the reader does not tell, told by a second look at the file itself."""

import io
import re
import shutil
import subprocess
import zipfile

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Color, Font, PatternFill

from flows.door.intake import admit
from flows.steps.second_look import xlsx
from flows.steps.second_look.xlsx_styles import Effect, Styles, read_styles
from sample_workbook import SAMPLE, changed, judged, places, put
from schemas.cells import Hidden
from schemas.submission import Verdict

needs_libreoffice = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice: apt-get install libreoffice-calc"),
]


def hidden(content):
    """Return what a second look finds in the cells of each of the form's sheets."""
    admitted = admit(content)
    styles = read_styles(admitted.styles)
    return {
        name: xlsx.look_again(sheet, styles, admitted.texts).hidden for name, sheet in admitted.contents.sheets.items()
    }


def spoilt(workbook):
    sheet = workbook["Counts"]
    sheet["D5"] = "#REF!"
    sheet["D6"] = "=1+1"
    sheet["D7"] = 3
    sheet["D7"].number_format = '0.0"x"%'
    sheet["E7"] = 3
    sheet["E7"].number_format = '0" %"'
    sheet["F7"] = '=""'
    sheet["Z40"] = "=1+1"


def test_error_values_missing_results_and_percentages_are_found_at_their_cells():
    assert hidden(changed("AL", spoilt))["Counts"] == {
        (5, 4): Hidden.ERROR_VALUE,
        (6, 4): Hidden.FORMULA_WITHOUT_RESULT,
        (7, 4): Hidden.PERCENTAGE,
        (7, 5): Hidden.SHOWN_OTHERWISE,
        (7, 6): Hidden.FORMULA_WITHOUT_RESULT,
        (40, 26): Hidden.FORMULA_WITHOUT_RESULT,
    }


def test_a_good_workbook_hides_nothing():
    assert not any(hidden((SAMPLE / "AL.xlsx").read_bytes()).values())


def test_an_error_value_in_the_last_cell_of_the_sheet_is_no_blank():
    assert places(judged(changed("AL", put("Counts", "S7", "#N/A")))) == [
        ("count_is_not_an_error_value", "Counts", "S7")
    ]


def test_strict_open_xml_is_read_like_the_other():
    strict = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
            b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        ),
    }

    def as_strict(content):
        saved = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(saved, "w") as copy:
            for name in package.namelist():
                member = package.read(name)
                for transitional, own in strict.items():
                    member = member.replace(transitional, own)
                copy.writestr(name, member)
        return saved.getvalue()

    assert judged(as_strict((SAMPLE / "AL.xlsx").read_bytes())).verdict is Verdict.ACCEPTED
    assert [
        code for code, _, cell in places(judged(as_strict(changed("AL", spoilt)))) if cell in ("D5", "D6", "D7")
    ] == [
        "count_is_not_an_error_value",
        "formula_has_a_result",
        "count_is_not_a_percentage",
    ]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
class TestAsSavedByLibreOffice:
    pytestmark = needs_libreoffice

    def resave(self, content, kind, folder):
        (folder / "in.xlsx").write_bytes(content)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind]
        subprocess.run([*command, "--outdir", folder / "out", folder / "in.xlsx"], check=True, capture_output=True)
        return (folder / "out" / f"in.{kind}").read_bytes()

    def test_a_good_workbook_stays_good(self, kind, tmp_path):
        submission = judged(self.resave((SAMPLE / "AL.xlsx").read_bytes(), kind, tmp_path))
        assert (submission.verdict, places(submission)) == (Verdict.ACCEPTED, [])

    def test_faults_keep_their_places(self, kind, tmp_path):
        def change(workbook):
            workbook["Counts"]["D5"] = "=1/0"
            workbook["Counts"]["D6"] = 3
            workbook["Counts"]["D6"].number_format = "0.00%"
            workbook["Counts"]["C5"] = "over 400"
            workbook["Counts"]["C6"] = "=10+20"
            workbook["Counts"]["C7"] = "N/A"

        assert places(judged(self.resave(changed("AL", change), kind, tmp_path))) == [
            ("count_is_not_hedged", "Counts", "C5"),
            ("count_is_not_an_error_value", "Counts", "D5"),
            ("count_is_not_a_percentage", "Counts", "D6"),
            ("not_applicable_is_allowed", "Counts", "C7"),
        ]


def test_the_sample_workbooks_have_no_formula_on_the_forms_sheets():
    with zipfile.ZipFile(SAMPLE / "CA.xlsx") as package:
        for number in (2, 3, 4):
            assert not re.search(rb"<f[ >]", package.read(f"xl/worksheets/sheet{number}.xml"))


def painted(*, paper=None, **font):
    """Return the change that gives a count of the form another font and, where it is named, another paper."""

    def change(workbook):
        workbook["Counts"]["D5"].font = Font(**font)
        if paper:
            workbook["Counts"]["D5"].fill = PatternFill("solid", start_color=paper)

    return change


def conditional(**how):
    return lambda workbook: workbook["Counts"].conditional_formatting.add("D5", FormulaRule(formula=["TRUE"], **how))


@pytest.mark.parametrize(
    "change",
    [
        painted(color="FFFFFF"),
        painted(color="FFFDFDFD"),
        painted(color=Color(theme=0)),
        painted(color=Color(indexed=9)),
        painted(color="1F3A5F", paper="1F3A5F"),
        painted(paper="000000"),
        painted(color=Color(theme=0, tint=-0.5), paper="7F7F7F"),
        painted(size=1),
        conditional(font=Font(color="FFFFFF")),
        conditional(font=Font(color="DDF0DD"), fill=PatternFill("solid", start_color="DDF0DD", end_color="DDF0DD")),
        conditional(fill=PatternFill("solid", bgColor="010101")),
    ],
)
def test_a_number_in_the_color_of_its_paper_or_too_small_to_be_seen_is_refused(change):
    assert places(judged(changed("AL", change))) == [("count_is_shown_as_stored", "Counts", "D5")]


@pytest.mark.parametrize(
    "change",
    [
        painted(color="FFFFFF", paper="1F3A5F"),
        painted(color=Color(theme=1)),
        painted(color=Color(theme=0), paper="4472C4"),
        painted(color="FFFF00"),
        painted(color=Color(theme=0, tint=-0.5)),
        painted(size=6),
        conditional(font=Font(color="9C0006"), fill=PatternFill("solid", bgColor="FFC7CE")),
    ],
)
def test_a_number_in_any_other_color_is_read(change):
    assert judged(changed("AL", change)).findings == ()


def as_text(number_format="General", width=None, **look):
    """Return the change that types a count as text, under a format and a look."""

    def change(workbook):
        cell = workbook["Counts"]["D5"]
        cell.value, cell.number_format = "2345", number_format
        for name, value in look.items():
            setattr(cell, name, value)
        if width:
            workbook["Counts"].column_dimensions["D"].width = width

    return change


@pytest.mark.parametrize(
    "change",
    [
        as_text('0;0;0;"99"'),
        as_text('"9"@'),
        as_text(";;;"),
        as_text(font=Font(color="FFFFFF")),
        as_text(alignment=Alignment(horizontal="fill")),
        as_text(width=3),
        put("Counts", "D5", CellRichText("1", TextBlock(InlineFont(sz=1), "23"))),
    ],
)
def test_a_count_typed_as_text_that_shows_another_is_refused(change):
    assert places(judged(changed("AL", change))) == [("count_is_shown_as_stored", "Counts", "D5")]


def test_a_number_that_fills_its_cell_is_refused():
    def fill(workbook):
        workbook["Counts"]["D5"].alignment = Alignment(horizontal="fill")

    assert places(judged(changed("AL", fill))) == [("count_is_shown_as_stored", "Counts", "D5")]


def test_a_heading_that_shows_another_text_is_missing():
    def swap(workbook):
        workbook["Counts"]["D4"].number_format = ';;;"Complaints investigated"'

    found = places(judged(changed("AL", swap)))
    assert found == [("workbook_holds_the_form_alone", "Counts", ""), ("column_is_present", "Counts", "")]


def test_a_month_whose_format_shows_another_cannot_be_read():
    def swap(workbook):
        workbook["Counts"]["B5"].number_format = 'yyyy"-04"'

    assert ("month_is_readable", "Counts", "B5") in places(judged(changed("AL", swap)))


def test_a_cell_without_a_style_has_that_of_its_column_or_row():
    cell = xlsx.ET.Element("c")
    sheet = xlsx.ET.fromstring('<x><row r="5" s="7"><c r="C5"/></row><col min="3" max="3" style="8"/></x>')
    lines = xlsx._Lines(sheet, "")
    hiding = Effect(number=Hidden.SHOWN_OTHERWISE)
    assert [lines.effect((5, 3), cell, Styles({nth: hiding}, {})) for nth in (7, 8, 9)] == [hiding, hiding, Effect()]
