"""The form and the pipeline judge alike: as many problems as the form counts while it is filled in, so many findings.

The form's own count is the one that LibreOffice computes. What no live count can see is left to the pipeline: a date, a
truth value or a percentage that is a whole number to the spreadsheet, a figure beyond all bounds, what is unusual.
A row left blank is one finding, and to the form as many blanks as it has cells.
"""

import datetime as dt
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sample_workbook import changed, judged, put

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice: apt-get install libreoffice-calc"),
]


def together(*changes):
    def change(workbook):
        for one in changes:
            one(workbook)

    return change


BAD, BLANK, FIELD = "count_is_a_number", "count_is_given", "field_is_given"
ARRESTS, OFFENDERS, CHILDREN = (
    f"{whole}_their_parts" for whole in ("arrests_equal", "offenders_identified_fit", "children_identified_fit")
)

CASES = {
    "nothing": (put("Counts", "C5", 100), []),
    "a blank": (put("Counts", "C5", None), [BLANK]),
    "a blank whole": (put("Counts", "D5", None), [BLANK]),
    "a blank part": (put("Counts", "E5", None), [BLANK]),
    "a blank in Agencies": (put("Agencies", "B5", None), [BLANK]),
    "a negative count": (put("Counts", "R5", -1), ["count_is_not_negative"]),
    "a negative whole": (put("Counts", "D5", -3), ["count_is_not_negative"]),
    "a negative part": (put("Counts", "E5", -3), ["count_is_not_negative"]),
    "a negative overlapping whole": (put("Counts", "J5", -3), ["count_is_not_negative"]),
    "a fraction": (put("Counts", "S5", 1.5), ["count_is_whole"]),
    "a fraction as a whole": (put("Counts", "M5", 1.5), ["count_is_whole"]),
    "a fraction as a part": (put("Counts", "F5", 0.5), ["count_is_whole"]),
    "a percentage below one": (put("Counts", "R5", 0.12, "0%"), ["count_is_not_a_percentage"]),
    "a remark": (put("Counts", "C5", "see below"), [BAD]),
    "a remark as a whole": (put("Counts", "J5", "see below"), [BAD]),
    "a hedge": (put("Counts", "S5", "over 400"), ["count_is_not_hedged"]),
    "a number word": (put("Counts", "D5", "nine"), ["count_is_in_digits"]),
    "a range": (put("Counts", "G5", "5-7"), ["count_is_one_number"]),
    "an error value": (put("Counts", "D5", "#REF!"), ["count_is_not_an_error_value"]),
    "a number stored as text": (put("Counts", "C5", "120"), ["count_is_stored_as_a_number"]),
    "not applicable where it is not allowed": (put("Counts", "D5", "N/A"), ["not_applicable_is_allowed"]),
    "not applicable where it is allowed": (put("Agencies", "E5", "n/a"), []),
    "a remark where not applicable is allowed": (put("Agencies", "E5", "as before"), [BAD]),
    "arrests above their parts": (put("Counts", "D5", 99), [ARRESTS]),
    "arrests below their parts": (put("Counts", "D5", 0), [ARRESTS]),
    "offenders above their parts": (put("Counts", "J5", 99), [OFFENDERS]),
    "offenders below a part": (put("Counts", "K5", 99), [OFFENDERS]),
    "children above their parts": (put("Counts", "M5", 99), [CHILDREN]),
    "children below a part": (put("Counts", "Q5", 99), [CHILDREN]),
    "two faults in a row": (
        together(put("Counts", "D5", 99), put("Counts", "J5", -1)),
        [ARRESTS, "count_is_not_negative"],
    ),
    "two faults in a column": (
        together(put("Counts", "D5", 99), put("Counts", "D6", "~9")),
        [ARRESTS, "count_is_not_hedged"],
    ),
    "no role": (put("Submission", "B10", None), [FIELD]),
    "a name instead of a role": (put("Submission", "B10", "Somebody"), ["certifier_role_is_listed"]),
    "no date": (put("Submission", "B11", None), [FIELD]),
    "a date in words": (put("Submission", "B11", "yesterday"), ["field_is_readable"]),
    "a date to come": (put("Submission", "B11", dt.date(2999, 1, 1)), ["certified_on_is_not_in_the_future"]),
    "a date before the period": (
        put("Submission", "B11", dt.date(2018, 2, 1)),
        ["certification_follows_the_months_reported"],
    ),
    "no revision": (put("Submission", "B9", None), [FIELD]),
    "revision 0": (put("Submission", "B9", 0), ["revision_is_a_number_from_1"]),
    "a revision in words": (put("Submission", "B9", "two"), ["field_is_readable"]),
    "half a revision": (put("Submission", "B9", 1.5), ["field_is_readable"]),
}  # fmt: skip


@pytest.fixture(scope="module")
def counted(tmp_path_factory) -> dict[str, int]:
    """How many problems the form of each case counts, as LibreOffice computes it on the sheet Instructions."""
    folder = tmp_path_factory.mktemp("forms")
    paths = {case: folder / f"{n}.xlsx" for n, case in enumerate(CASES)}
    for case, path in paths.items():
        path.write_bytes(changed("AL", CASES[case][0]))
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, paths.values())], check=True, capture_output=True, timeout=300)
    return {case: problems(path.with_suffix(".csv")) for case, path in paths.items()}


def problems(path: Path) -> int:
    (number,) = re.findall(r"Ready to send: (\d+) problems?", path.read_text("utf-8"))
    return int(number)


@pytest.mark.parametrize("case", CASES)
def test_the_form_counts_what_the_pipeline_finds(case, counted):
    found = [finding.code for finding in judged(changed("AL", CASES[case][0])).findings]
    assert (found, counted[case]) == (CASES[case][1], len(found))
