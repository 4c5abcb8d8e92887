"""What may be in `public/`: good files pass, and each thing that may not be there is found in the file where it is."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from flows.reports.release_public import PublicBrokenError, public_files
from recorded import take_snapshot
from schemas.operation import Hedge
from schemas.public import CSV, JSON, PAGE, undue
from small_nation import AFTER, OPERATION, cells_of, judged, receipt, submission

DAY = dt.date(2032, 2, 12)
SENT = [
    (submission("a1", "ID", "ID"), cells_of("ID")),
    (submission("b2", "OR", "OR"), cells_of("OR")),
    (submission("c3", "WA", "WA-COAST", "WA-INLAND"), cells_of("WA-COAST") | cells_of("WA-INLAND")),
]
SNAPSHOT = take_snapshot(OPERATION, [receipt(one.sha256) for one, _ in SENT], [judged(*SENT)], as_of=AFTER)
GOOD = public_files(SNAPSHOT)


def altered(path: str, old: str, new: str) -> dict[str, bytes]:
    assert old.encode() in GOOD[path], f"{old!r} does not stand in {path}"
    return GOOD | {path: GOOD[path].replace(old.encode(), new.encode(), 1)}


def test_what_we_publish_may_be_published():
    assert undue(OPERATION, DAY, GOOD) == ()
    assert set(GOOD) == {CSV, JSON, PAGE}


def test_a_figure_that_is_not_supported_is_nowhere():
    contradicted = [c for c in OPERATION.claims if c.id == "examiners"]
    operation = replace(
        OPERATION, claims=(*(c for c in OPERATION.claims if c.id != "examiners"), replace(contradicted[0], value=13))
    )
    files = public_files(take_snapshot(operation, [receipt(s.sha256) for s, _ in SENT], [judged(*SENT)], as_of=AFTER))
    assert set(files) == {CSV, JSON, PAGE}
    assert not [path for path, content in files.items() if b"examiners" in content]


UNSAID = "figure 2: figure_is_a_figure_of_the_release is not met"
TABLE = "it is not family, figure, is_exact, caveat, as_of of 2032-02-12 and no more"
DOCUMENT = "it is not a document of figures of 2032-02-12 and no more"


def alien(length: int, what: str = "a tag") -> str:
    return f"{what} of {length} characters does not belong there"


FIGURE = '"figure": "about 80 tips"'
PLANTED = {
    "a state in the table": (CSV, "about 80 tips", "about 80 tips in Idaho", UNSAID),
    "an exact number where the release has none": (
        CSV, "about 80 tips,no", "80 tips,yes", UNSAID,
    ),
    "another hedge": (CSV, "about 80", "more than 80", UNSAID),
    "a figure of another family": (
        CSV, "program_to_date,", "operation,", "figure 6: figure_is_a_figure_of_the_release is not met",
    ),
    "a figure twice": (
        CSV,
        "operation,about 80 tips,no,,2032-02-12\n",
        "operation,about 80 tips,no,,2032-02-12\n" * 2,
        "figure 3: figure_stands_once is not met",
    ),
    "a time of day in the table": (CSV, ",2032-02-12", ",2032-02-12T06:00", TABLE),
    "another column": (CSV, "as_of", "as_of,file", TABLE),
    "a cell more": (CSV, "12 examiners,yes,", "12 examiners,yes,,", TABLE),
    "a byte that no cell holds": (CSV, "family", '"family"', TABLE),
    "a path in the document": (JSON, '"as_of": "2032-02-12"', '"as_of": "/srv/out"', DOCUMENT),
    "another key": (JSON, '"as_of"', '"by": "Somebody",\n  "as_of"', DOCUMENT),
    "a key twice": (JSON, '"operation"', '"operation": "Somebody",\n  "operation"', DOCUMENT),
    "a number instead of words": (JSON, FIGURE, '"figure": 80', UNSAID),
    "an exact figure in the document": (
        JSON, FIGURE, '"figure": "80 tips"', UNSAID,
    ),
    "a blank that is not ours": (JSON, '"as_of": ', '"as_of":  ', DOCUMENT),
    "a task force on the page": (PAGE, "about 80 tips", "about 80 tips (WA-COAST)", alien(24, "text")),
    "a time on the page": (PAGE, "February 12, 2032", "February 12, 2032, 06:00", alien(30, "text")),
    "an exact figure on the page": (PAGE, "about 80 tips", "80 tips", alien(7, "text")),
    "a comment": (PAGE, "<ul>", "<!-- 480 --><ul>", alien(12)),
    "a declaration": (PAGE, "<!DOCTYPE html>", "<!DOCTYPE html SYSTEM 'x'>", alien(26)),
    "an instruction": (PAGE, "<ul>", "<?x 480?><ul>", alien(9)),
    "a hidden value": (PAGE, "<ul>", '<ul data-total="480">', alien(21)),
    "a link": (PAGE, 'href="#main"', 'href="../internal/state_totals.csv"', alien(52)),
    "a script": (PAGE, "<ul>", "<script><ul>", alien(8)),
    "a style that says something": (PAGE, "h1 { ", "h1.idaho-20 { ", alien(1060, "text")),
    "text after the end": (PAGE, "</html>", "</html>Idaho", alien(5, "text")),
}  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "fault"), PLANTED.values(), ids=PLANTED)
def test_whatever_else_is_there_is_found(path, old, new, fault):
    found = undue(OPERATION, DAY, altered(path, old, new))
    assert len(found) == 1
    assert found[0] == f"{path}: {fault}"


def test_no_other_file_may_be_there_and_none_may_be_missing():
    assert undue(OPERATION, DAY, GOOD | {"public/state_totals.csv": b""}) == (
        "public/state_totals.csv: no such file belongs there",
    )
    assert undue(OPERATION, DAY, {CSV: GOOD[CSV], PAGE: GOOD[PAGE]}) == (f"{JSON}: is missing",)


def test_another_day_is_found_in_every_file():
    faults = undue(OPERATION, DAY + dt.timedelta(days=1), GOOD)
    assert {fault.partition(":")[0] for fault in faults} == {CSV, JSON, PAGE}


def test_nothing_is_published_that_breaks_the_contract(monkeypatch):
    monkeypatch.setattr("flows.reports.release_public.STYLE", "Idaho has 20 tips.")
    with pytest.raises(PublicBrokenError, match=r"index\.html: text of 18 characters does not belong there"):
        public_files(SNAPSHOT)


def test_an_exact_figure_is_one_that_the_release_gives_exactly():
    figures = json.loads(GOOD[JSON])["figures"]
    exact = {claim.phrase for claim in OPERATION.claims if claim.hedge is Hedge.EXACT}
    assert {figure["figure"] for figure in figures if figure["is_exact"] == "yes"} == exact
