"""A thousand hostile files beside the fifty good ones, and a thousand good ones: nothing moves, nothing is refused."""

import contextlib
import io
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pandas as pd
import psutil
import pytest
from corpus import SUBMISSION, corpus, repacked, swap
from mutations import mutated

from flows.door.limits import DEFAULT_LIMITS
from flows.inbox import find_workbooks, take
from flows.judgement import judge_batch
from flows.reports.xlsx import to_bytes
from recorded import take_snapshot
from sample_workbook import AS_OF, OPERATION, SAMPLE, arrival
from schemas.submission import Receipt, Verdict
from schemas.workbook import address

pytestmark = pytest.mark.slow

GOOD = take(find_workbooks(SAMPLE)).arrivals
THOUSAND = 1000
MOST_MEMORY, MOST_SECONDS = 1024**3, 10

PROGRAM = """
import sys
from flows.cli.main import main
sys.exit(main(["check", sys.argv[1], "--json", "--as-of", "2018-06-08"]))
"""


def hostile_files() -> dict[str, bytes]:
    """Return a thousand files: the corpus, then damaged workbooks that would be refused undamaged, all different."""
    files = {
        f"{n:04}-{name.replace(' ', '-')}.xlsx": content for n, (name, (_, content, *_)) in enumerate(corpus().items())
    }
    bases = [repacked(one.content, {SUBMISSION: swap("broken-heart-2018", "broken-heart-2017")}) for one in GOOD]
    seen = set(files.values())
    for seed in range(10 * THOUSAND):
        content = mutated(bases[seed % len(bases)], seed)
        if content not in seen:
            seen.add(content)
            files[f"mutated-{seed:05}.xlsx"] = content
        if len(files) == THOUSAND:
            break
    return files


def totals(batches, arrivals) -> pd.DataFrame:
    receipts = [Receipt(one.file, one.sha256, AS_OF) for one in arrivals]
    return take_snapshot(OPERATION, receipts, batches, as_of=AS_OF).totals


@pytest.fixture(scope="module")
def inbox(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    for name, content in hostile_files().items():
        (folder / name).write_bytes(content)
    for one in GOOD:
        (folder / one.file).write_bytes(one.content)
    return folder


def test_a_thousand_hostile_files_change_no_total_and_each_has_a_cause(inbox):
    arrivals = take(find_workbooks(inbox)).arrivals
    assert len(arrivals) == THOUSAND + len(GOOD)
    batch = judge_batch(OPERATION, arrivals, as_of=AS_OF)
    pd.testing.assert_frame_equal(totals([batch], arrivals), totals([judge_batch(OPERATION, GOOD, as_of=AS_OF)], GOOD))
    good = {one.sha256 for one in GOOD}
    hostile = [submission for submission in batch.submissions if submission.sha256 not in good]
    beside = {s.sha256 for s in hostile if s.verdict is Verdict.ACCEPTED_WITH_WARNINGS}
    assert all(submission.findings for submission in hostile)
    # What lies beside the form is told and does not count against its figures; these repeat Alabama's.
    assert {f.code for s in hostile if s.sha256 in beside for f in s.findings} == {"workbook_holds_the_form_alone"}


def test_a_check_of_them_stays_small_says_no_traceback_and_ends(inbox, tmp_path):
    said = tmp_path / "said"
    with said.open("wb") as output:
        run = psutil.Popen([sys.executable, "-c", PROGRAM, str(inbox)], stdout=output, stderr=output)
    sampled = []
    while run.poll() is None:
        sampled.append(memory_together(run))
        time.sleep(0.02)
    assert run.returncode == 1
    for words in (b"Traceback", b"panicked", b"memory allocation", b"Error", str(Path.home()).encode(), b"/tmp/"):
        assert words not in said.read_bytes()
    print(f"at most {max(sampled) / 1024**2:,.0f} MB in all processes together, sampled {len(sampled)} times")
    assert len(sampled) > 10
    assert max(sampled) < MOST_MEMORY


def memory_together(run: psutil.Process) -> int:
    """Return what a process and all that it started have of the machine's memory; what they share is counted once."""
    together = 0
    for process in (run, *run.children(recursive=True)):
        with contextlib.suppress(psutil.Error):
            together += process.memory_full_info().pss
    return together


def test_no_file_can_take_its_readers_ten_seconds():
    limits = DEFAULT_LIMITS
    assert limits.seconds_together + limits.seconds_alone < MOST_SECONDS
    assert limits.cpu_seconds < limits.seconds_alone


def filled_at_random(seed: int) -> tuple[bytes, dict[tuple[str, str], object]]:
    """Return a state's template filled in with valid counts, and what was written, cell by cell."""
    chance = random.Random(seed)
    source = GOOD[seed % len(GOOD)]
    workbook = openpyxl.load_workbook(io.BytesIO(source.content))
    workbook["Submission"]["B9"] = 1 + seed
    written: dict[tuple[str, str], object] = {}
    for row in workbook["Counts"].iter_rows(min_row=5, min_col=3):
        arrests = [chance.choice((0, 0, 1, 3, 12)) for _ in range(5)]
        offenders = [chance.randrange(30) for _ in range(2)]
        children = [chance.randrange(40) for _ in range(4)]
        presentations = chance.randrange(1, 400)
        attendees = presentations + chance.choice((0, 12_700, 390_000)) * (presentations > 260)
        values = [
            sum(arrests) + chance.randrange(12_700), sum(arrests), *arrests, max(offenders), *offenders,
            chance.randint(max(children), sum(children)), *children, presentations, min(attendees, 500 * presentations),
        ]  # fmt: skip
        for cell, value in zip(row, values, strict=True):
            cell.value = written["Counts", cell.coordinate] = value
    for row in workbook["Agencies"].iter_rows(min_row=5, min_col=2):
        for cell in row:
            value = "N/A" if cell.column == 5 and chance.random() < 0.3 else chance.randrange(90)
            cell.value = written["Agencies", cell.coordinate] = value
    return to_bytes(workbook), written


def read_back(counts: pd.DataFrame, sha256: str) -> dict[tuple[str, str], object]:
    own = counts[counts["sha256"] == sha256].astype({"value": object})
    return {
        (count.sheet, address(count.row, count.column)): "N/A" if pd.isna(count.value) else count.value
        for count in own.itertuples()
    }


def test_a_thousand_valid_workbooks_are_all_accepted_and_read_as_they_were_written():
    made = [filled_at_random(seed) for seed in range(THOUSAND)]
    arrivals = [arrival(content) for content, _ in made]
    batch = judge_batch(OPERATION, arrivals, as_of=AS_OF)
    refused = [s.findings for s in batch.submissions if not s.verdict.counts or s.beyond_form]
    assert refused == []
    for one, (_, written) in zip(arrivals, made, strict=True):
        assert read_back(batch.counts, one.sha256) == written


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice: apt-get install libreoffice-calc")
@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_the_fifty_samples_saved_by_libreoffice_are_all_accepted_and_read_alike(ending, tmp_path):
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        ending,
    ]
    sources = sorted(map(str, SAMPLE.glob("*.xlsx")))
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "saved"), *sources], check=True, capture_output=True, timeout=600
    )
    batch = judge_batch(OPERATION, take(find_workbooks(tmp_path / "saved")).arrivals, as_of=AS_OF)
    assert [(s.state, s.findings) for s in batch.submissions if s.findings] == []
    # An OpenDocument carries a picture of its first page, which nobody looks at: its bytes are not kept.
    assert {s.beyond_form for s in batch.submissions} == {ending == "ods"}
    by_state = {submission.state: submission.sha256 for submission in batch.submissions}
    original = judge_batch(OPERATION, GOOD, as_of=AS_OF)
    for submission in original.submissions:
        assert read_back(batch.counts, by_state[submission.state]) == read_back(original.counts, submission.sha256)
