"""What may be read at all, told from the bytes."""

import io
import zipfile

import pytest
from corpus import COUNTS, WORKBOOK, cell_of, repacked, swap
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from sample_workbook import SAMPLE, changed, judged, put
from schemas.remarks import Remark
from schemas.submission import Verdict

GOOD = (SAMPLE / "AL.xlsx").read_bytes()
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(*members):
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as package:
        for name in members:
            package.writestr(name, b"")
    return saved.getvalue()


REFUSED = {
    "an empty file": (b"", Remark("file_is_not_empty")),
    "a text file": (b"state,arrests\nAL,3\n", Remark("file_is_xlsx_or_ods", "a text file")),
    "an old workbook": (OLE2 + b"\0" * 600, Remark("file_is_xlsx_or_ods", "an old Excel workbook (.xls)")),
    "a workbook with a password": (
        OLE2 + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        Remark("file_is_not_encrypted"),
    ),
    "a PDF": (b"%PDF-1.7", Remark("file_is_xlsx_or_ods", "a PDF document")),
    "a web page": (b"\xef\xbb\xbf<HTML><table>", Remark("file_is_xlsx_or_ods", "a web page (.html)")),
    "an XML workbook": (b"<?xml version='1.0'?><Workbook/>", Remark("file_is_xlsx_or_ods", "an XML file")),
    "any other bytes": (b"\x01\x02\0\x03", Remark("file_is_xlsx_or_ods", "no workbook that we know")),
    "a binary workbook": (
        zipped("[Content_Types].xml", "xl/workbook.bin"),
        Remark("file_is_xlsx_or_ods", "a binary Excel workbook (.xlsb)"),
    ),
    "a zip archive": (zipped("notes.txt"), Remark("file_is_xlsx_or_ods", "a zip archive")),
    "the first half of a workbook": (GOOD[: len(GOOD) // 2], Remark("file_is_readable")),
    "a workbook with a hole": (GOOD[:-4000] + b"\0" * 3000 + GOOD[-1000:], Remark("file_is_readable")),
}


@pytest.mark.parametrize(("content", "refusal"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_is_no_workbook_is_refused_by_what_it_is(content, refusal):
    found = judged(content, "counts.csv").findings
    assert [finding.code for finding in found] == [refusal.code]
    assert refusal.found in found[0].message


def test_the_name_says_nothing_about_a_workbook():
    assert {judged(GOOD, name).verdict for name in ("workbook.csv", "workbook.XLSM", "~$workbook")} == {
        Verdict.ACCEPTED
    }


def test_a_refused_file_keeps_nothing_from_the_others_and_nothing_is_raised():
    for cut in range(0, len(GOOD), 997):
        assert judged(GOOD[:cut]).verdict is Verdict.REJECTED


@pytest.mark.parametrize(
    ("usual", "unusual"),
    [(b'numFmtId="9"', b"numFmtId = '9'"), (b"0.0%", b"0.0&#37;"), (b"0.0%", b"0.0&#x25;")],
)
def test_a_percentage_is_one_however_the_file_spells_it(usual, unusual):
    content = changed("AL", put("Counts", "D5", 2, "0%" if b"9" in usual else "0.0%"))
    spelled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(spelled, "w") as copy:
        for name in package.namelist():
            copy.writestr(name, package.read(name).replace(usual, unusual))
    assert [finding.code for finding in judged(spelled.getvalue()).findings] == ["count_is_not_a_percentage"]


def test_dates_count_from_1904_where_the_workbook_says_so():
    content = changed("AL", lambda workbook: setattr(workbook, "epoch", CALENDAR_MAC_1904))
    assert judged(content).verdict is Verdict.ACCEPTED


COUNTED = repacked(GOOD, {COUNTS: swap(cell_of("D5"), '<c r="D5"><f>1+1</f><v>12</v></c>')})


@pytest.mark.parametrize(
    ("calculation", "codes"),
    [
        ('<calcPr calcId="124519" fullCalcOnLoad="1" />', ["formula_has_a_result"]),
        ("<calcPr fullCalcOnLoad = 'true'/>", ["formula_has_a_result"]),
        ('<calcPr calcCompleted="0"/>', ["formula_has_a_result"]),
        ('<calcPr calcId="191029"/>', []),
        ('<calcPr fullCalcOnLoad="0" calcCompleted="1"/>', []),
        ("", []),
    ],
)
def test_what_is_stored_with_a_formula_is_its_result_only_if_a_program_has_computed_it(calculation, codes):
    own = '<calcPr calcId="124519" fullCalcOnLoad="1" />'
    submission = judged(repacked(COUNTED, {WORKBOOK: swap(own, calculation)}))
    assert [f.code for f in submission.findings if f.cell == "D5" and f.code == "formula_has_a_result"] == codes
