"""The sample inbox: what it adds up to, what it obeys, and what is found in the one that needs attention.

The sums are made with openpyxl alone, so that they say something about the pipeline and not only repeat it.
"""

import datetime as dt
import subprocess
import sys
from collections import Counter
from itertools import product
from pathlib import Path

import openpyxl
import pytest

from flows.inbox import find_workbooks, take
from flows.judgement import judge_batch
from flows.operations import load_operation
from schemas.operation import PartsRelation, Table
from schemas.submission import Verdict

SAMPLES = Path(__file__).parent.parent / "sample_inputs"
OPERATION = load_operation("broken-heart-2018")
AS_OF = dt.datetime(2018, 6, 8, 6, tzinfo=dt.UTC)

Row = dict[str, int | str]


@pytest.fixture(scope="module")
def rows() -> dict[tuple[str, str], Row]:
    """Every row of every good workbook by task force and month (empty in Agencies), read with openpyxl alone."""
    read: dict[tuple[str, str], Row] = {}
    for path in sorted((SAMPLES / "broken-heart-2018").iterdir()):
        workbook = openpyxl.load_workbook(path)
        for sheet, keys in (("Counts", 2), ("Agencies", 1)):
            headers, *lines = workbook[sheet].iter_rows(min_row=4, values_only=True)
            for line in lines:
                month = f"{line[1]:%Y-%m}" if keys == 2 else ""
                read[line[0], month] = dict(zip(headers[keys:], line[keys:], strict=True))
    return read


def table_of_readme(first_column: str) -> list[tuple[str, ...]]:
    """Return the lines of the README's table whose first column is so headed."""
    lines = (SAMPLES / "README.md").read_text("utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {first_column} |")) + 2
    table = lines[start : next(n for n in range(start, len(lines)) if not lines[n])]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in table]


def test_there_is_a_workbook_of_each_state_with_every_task_force_and_month(rows):
    files = {path.name for path in (SAMPLES / "broken-heart-2018").iterdir()}
    assert files == {f"{state}.xlsx" for state in OPERATION.roster.states}
    assert set(rows) == set(product(OPERATION.roster.by_id, (*OPERATION.months, "")))


def test_the_counts_add_up_to_the_published_totals(rows):
    totals: Counter[str] = Counter()
    for row in rows.values():
        totals.update({header: count for header, count in row.items() if count != "N/A"})
    agencies = sum(totals[level] for level in ("Federal", "State", "Local", "Tribal"))
    summed = [(m.id, f"{totals[m.header] if m.table else agencies:,}") for m in OPERATION.measures]
    published = [line[:2] for line in table_of_readme("measure")]
    assert [pair for pair in summed if pair[0] in dict(published)] == published


def test_the_totals_lie_within_what_the_release_says():
    totals = {measure: int(total.replace(",", "")) for measure, total, _ in table_of_readme("measure")}
    assert 25_200 < totals["complaints_investigated"] < 25_250
    assert 2_300 < totals["arrests"] < 2_400
    assert totals["offenders_identified"] == 195
    assert totals["children_identified"] == 383
    assert 3_700 < totals["presentations"] < 3_800
    assert 390_000 < totals["presentation_attendees"] < 391_000
    assert 4_500 < totals["agencies"] < 4_600


@pytest.mark.parametrize(("task_force", "arrests"), [("MD", 56), ("LA", 62), ("IN", 40), ("TX-HOUSTON", 60)])
def test_the_arrests_some_task_forces_published_are_carried(rows, task_force, arrests):
    assert sum(rows[task_force, month]["Arrests"] for month in OPERATION.months) == arrests


def test_sizes_are_heavy_tailed(rows):
    arrests = sorted(sum(rows[t, month]["Arrests"] for month in OPERATION.months) for t in OPERATION.roster.by_id)
    assert (arrests[0], arrests[len(arrests) // 2], arrests[-1]) == (5, 18, 277)


def test_seventeen_task_forces_say_not_applicable_for_tribal_agencies(rows):
    said = Counter(header for row in rows.values() for header, count in row.items() if count == "N/A")
    assert said == {"Tribal": 17}


def test_wholes_fit_their_parts_in_every_row(rows):
    for measure in OPERATION.asked_in(Table.COUNTS):
        for row in (row for (_, month), row in rows.items() if month and measure.parts):
            parts = [row[OPERATION.measure[part].header] for part in measure.parts]
            least = sum(parts) if measure.relation is PartsRelation.DISJOINT else max(parts)
            assert least <= row[measure.header] <= sum(parts)


def test_every_row_is_plausible(rows):
    for row in (row for (_, month), row in rows.items() if month):
        assert row["Complaints investigated"] > 0
        assert row["Arrests"] <= row["Complaints investigated"]
        assert row["Presentations"] <= row["Presentation attendees"] <= 500 * row["Presentations"]


def test_all_fifty_are_accepted_without_a_finding():
    arrivals = take(find_workbooks(SAMPLES / "broken-heart-2018")).arrivals
    submissions = judge_batch(OPERATION, arrivals, as_of=AS_OF).submissions
    assert Counter(submission.verdict for submission in submissions) == {Verdict.ACCEPTED: 50}
    assert [finding for submission in submissions for finding in submission.findings] == []


def test_each_faulty_file_has_exactly_the_findings_listed():
    arrivals = take(find_workbooks(SAMPLES / "needs-attention")).arrivals
    judged = {s.sha256: s for s in judge_batch(OPERATION, arrivals, as_of=AS_OF).submissions}
    found = [
        (arrival.file, judged[arrival.sha256].verdict.value, finding.code, finding.sheet, finding.cell)
        for arrival in arrivals
        for finding in judged[arrival.sha256].findings
    ]
    assert found == table_of_readme("file")


def test_every_faulty_file_is_listed():
    files = {path.name for path in (SAMPLES / "needs-attention").iterdir()}
    assert files == {line[0] for line in table_of_readme("file")}


def test_the_program_makes_the_same_bytes_again(tmp_path):
    maker = [sys.executable, str(SAMPLES / "make_samples.py"), str(tmp_path)]
    subprocess.run(maker, check=True, env={"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7"}, timeout=60)
    for folder in ("broken-heart-2018", "needs-attention"):
        made = {path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()}
        kept = {path.name: path.read_bytes() for path in (SAMPLES / folder).iterdir()}
        assert sorted(made) == sorted(kept)
        assert [name for name in made if made[name] != kept[name]] == []
