"""What is kept of a workbook: no bytes in which somebody may have written anything, wherever there is room for it."""

import io
import zipfile

import pytest
from corpus import COUNTS, GOOD, RELATIONS, WORKBOOK, of_workbook, related, repacked, swap

from sample_workbook import judged
from schemas.submission import Verdict

STYLES = "xl/styles.xml"
CORE, APP = "docProps/core.xml", "docProps/app.xml"
TABLE = '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" name="T" comment="{}"/>'
VML = '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox>{}</v:textbox></v:shape></xml>'


def after(part, tag, added):
    return lambda said: repacked(GOOD, {part: swap(tag, tag + added.format(said))})


def before(part, tag, added):
    return lambda said: repacked(GOOD, {part: swap(tag, added.format(said) + tag)})


def beside(part, content, kind, owner="xl/worksheets/_rels/sheet3.xml.rels"):
    """Return a maker of workbooks with one more part, related to the sheet Counts."""

    def make(said):
        rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        links = related(kind, f"/{part}")(rels.encode())
        return repacked(GOOD, {part: content.format(said).encode(), owner: links})

    return make


def archived(**how):
    """Return a maker of workbooks whose archive says something of one of its entries."""

    def make(said):
        packed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(GOOD)) as source, zipfile.ZipFile(packed, "w") as target:
            for name in source.namelist():
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                if name == WORKBOOK:
                    for attribute, wrap in how.items():
                        setattr(info, attribute, wrap(said.encode()))
                target.writestr(info, source.read(name))
        return packed.getvalue()

    return make


PLACES = {
    "a scenario": after(COUNTS, "</sheetData>", '<scenarios><scenario name="{}"/></scenarios>'),
    "a protected range": after(
        COUNTS, "</sheetData>", '<protectedRanges><protectedRange name="{}"/></protectedRanges>'
    ),
    "what is said of the footers": lambda said: repacked(
        GOOD, {COUNTS: swap("<headerFooter>", f'<headerFooter x="{said}">')}
    ),
    "a text behind the rows": after(COUNTS, "</sheetData>", "{}"),
    "a custom view": before(
        WORKBOOK, "<calcPr", '<customWorkbookViews><customWorkbookView name="{}"/></customWorkbookViews>'
    ),
    "who shares the file": before(WORKBOOK, "<bookViews", '<fileSharing userName="{}"/>'),
    "a defined name": before(WORKBOOK, "</definedNames>", '<definedName name="Who" comment="{}">1</definedName>'),
    "a number format": after(STYLES, "<numFmts", ' x="{}"'),
    "the title": lambda said: of_workbook(lambda workbook: setattr(workbook.properties, "title", said)),
    "the subject": lambda said: of_workbook(lambda workbook: setattr(workbook.properties, "subject", said)),
    "the manager": before(APP, "</Properties>", "<Manager>{}</Manager>"),
    "a comment in the properties": before(CORE, "</cp:coreProperties>", "<!-- {} -->"),
    "a table": beside("xl/tables/table1.xml", TABLE, "table"),
    "a box of text": beside("xl/drawings/vmlDrawing1.vml", VML, "vmlDrawing"),
    "the settings of a printer": beside("xl/printerSettings/printerSettings1.bin", "\0{}", "printerSettings"),
    "a part that nothing leads to": lambda said: repacked(GOOD, {"customXml/item1.xml": f"<a>{said}</a>".encode()}),
    "a sheet that is not listed": lambda said: repacked(
        GOOD, {RELATIONS: related("worksheet", "spare.xml"), "xl/spare.xml": f"<a>{said}</a>".encode()}
    ),
    "a folder": lambda said: repacked(GOOD, {"xl/notes/": said.encode()}),
    "a comment on an entry": archived(comment=bytes),
    "an extra field of an entry": archived(extra=lambda said: b"\x99\x99" + len(said).to_bytes(2, "little") + said),
    "between parts and directory": lambda said: _with_gap(said.encode()),
}
UNSEARCHED = {"the settings of a printer", "a folder", "a comment on an entry", "an extra field of an entry"}
UNSEARCHED |= {"between parts and directory"}
"""What is in no text of the file is not searched, and not kept."""
SAYS_A_NUMBER_ALONE = {"a number format", "what is said of the footers"}
"""Where any words may stand, such as a style's name: they are searched, and kept."""


def _with_gap(said):
    """Return the good workbook with something between its parts and its directory."""
    end = GOOD.rindex(b"PK\5\6")
    start = int.from_bytes(GOOD[end + 16 : end + 20], "little")
    moved = (start + len(said)).to_bytes(4, "little")
    return GOOD[:start] + said + GOOD[start : end + 16] + moved + GOOD[end + 20 :]


@pytest.mark.parametrize("place", [name for name in PLACES if name not in SAYS_A_NUMBER_ALONE])
def test_the_bytes_of_a_workbook_with_words_of_somebody_are_not_kept(place):
    submission = judged(PLACES[place]("as told by the day shift"))
    assert (submission.verdict.counts, submission.beyond_form) == (True, True)


@pytest.mark.parametrize("place", [name for name in PLACES if name not in UNSEARCHED])
@pytest.mark.parametrize("said", ["078-05-1120", "write to pat@example.invalid"])
def test_a_number_or_an_address_of_somebody_is_found_wherever_a_file_has_texts(place, said):
    submission = judged(PLACES[place](said))
    assert submission.verdict is Verdict.QUARANTINED
    assert {finding.code for finding in submission.findings} == {"no_value_tells_of_a_person"}
    assert not any("078" in f.message or "pat@" in f.message for f in submission.findings)


def test_a_good_workbook_is_kept():
    assert not judged(GOOD).beyond_form


def test_what_programs_add_by_themselves_is_nobodys():
    core = swap("<dc:creator />", "<dc:creator></dc:creator><dc:language>en-US</dc:language>")
    app = swap(
        "Microsoft Excel Compatible / Openpyxl 3.1.5", "LibreOffice/24.2.7.2$Linux_X86_64 LibreOffice_project/42"
    )
    sheet = swap("<worksheet ", '<worksheet xmlns:xr="urn:xr" xr:uid="{00000000-0001-0000-0000-000000000000}" ')
    assert not judged(repacked(GOOD, {CORE: core, APP: app, COUNTS: sheet})).beyond_form
