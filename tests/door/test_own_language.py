"""What programs add to the form in other languages, which must not keep a workbook out."""

import pytest
from corpus import COUNTS, GOOD, WORKBOOK, repacked, swap

from flows.door.intake import admit
from sample_workbook import judged
from schemas.remarks import Remark
from schemas.submission import Verdict

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
X15 = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
REVISION = "http://schemas.microsoft.com/office/spreadsheetml/2014/revision"
PATH = (
    f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x15"><x15:absPath xmlns:x15="{X15}" url="C:"/>'
    f'</mc:Choice></mc:AlternateContent><xr:revisionPtr xmlns:xr="{REVISION}"/>'
)
LATER = f'<extLst><ext uri="u"><x15:workbookPr xmlns:x15="{X15}"/></ext></extLst>'
FONTS = f'<fonts xmlns:x15="{X15}" x15:knownFonts="1" '
LONG_LIST = (
    f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x15"/><mc:Fallback><formula1>0</formula1></mc:Fallback>'
    "</mc:AlternateContent>"
)
CONTROLS = (
    f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x15"><controls><control><controlPr/></control>'
    "</controls></mc:Choice></mc:AlternateContent>"
)
USUAL = {
    "where the workbook lay": (WORKBOOK, swap("<bookViews>", f"{PATH}<bookViews>")),
    "what later programs add to a workbook": (WORKBOOK, swap("</workbook>", f"{LATER}</workbook>")),
    "what later programs add to styles": ("xl/styles.xml", swap("</styleSheet>", f"{LATER}</styleSheet>")),
    "fonts that Excel knows": ("xl/styles.xml", swap("<fonts ", FONTS)),
    "a revision of a sheet": (COUNTS, swap("<worksheet ", f'<worksheet xmlns:xr="{REVISION}" xr:uid="{{0}}" ')),
    "a list to choose from": (COUNTS, swap("<formula1>0</formula1>", LONG_LIST)),
    "controls": (COUNTS, swap("</worksheet>", f"{CONTROLS}</worksheet>")),
}


@pytest.mark.parametrize(("part", "change"), USUAL.values(), ids=USUAL)
def test_what_programs_usually_add_keeps_no_workbook_out(part, change):
    assert judged(repacked(GOOD, {part: change})).verdict in (Verdict.ACCEPTED, Verdict.ACCEPTED_WITH_WARNINGS)


def test_rows_of_the_form_that_programs_choose_keep_it_out():
    rows = CONTROLS.replace("controls", "cols")
    assert admit(repacked(GOOD, {COUNTS: swap("</worksheet>", f"{rows}</worksheet>")})) == Remark(
        "file_is_built_plainly", "one of its parts holds something in a foreign language"
    )
