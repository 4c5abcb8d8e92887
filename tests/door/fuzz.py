"""Fuzzing the door: random damage to real workbooks, until time is up; what may not happen ends it with a seed.

    python tests/door/fuzz.py                     a minute, from a seed of the day
    python tests/door/fuzz.py --seconds 3600
    python tests/door/fuzz.py --seed 17 --files 1 that one file again, written to fuzz-17.xlsx

What may not happen: an exception, a workbook without a verdict or a rejected one without a finding, a reader that
stumbles over a fault of ours, a count that is not the number in its cell as openpyxl, or pandas with odfpy, reads it.
"""

import argparse
import datetime as dt
import io
import logging
import sys
import time
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent.parent)]
sys.path += [str(HERE.parent), str(HERE), str(HERE.parent.parent / "sample_inputs")]

from mutations import mutated  # noqa: E402

from flows.inbox import Arrival  # noqa: E402
from flows.judgement import judge_batch  # noqa: E402
from sample_ods import to_ods  # noqa: E402
from sample_workbook import AS_OF, OPERATION, SAMPLE, arrival  # noqa: E402
from schemas.submission import Submission  # noqa: E402

BASES = (
    *((SAMPLE / f"{state}.xlsx").read_bytes() for state in ("AL", "CA", "VA")),
    to_ods(openpyxl.load_workbook(SAMPLE / "OR.xlsx")),
    (SAMPLE.parent / "needs-attention" / "OR-range-in-opendocument.ods").read_bytes(),
)
TOGETHER = 60


class Stumbles(logging.Handler):
    """Keeps what is logged: a reader that fails says where."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def file_of(seed: int) -> bytes:
    """Return the file of a seed."""
    return mutated(BASES[seed % len(BASES)], seed)


def faults_of(arrivals: list[Arrival]) -> Iterator[str]:
    """Yield what may not happen and did, when some files are judged together."""
    stumbles = Stumbles()
    logger = logging.getLogger("flows.door")
    logger.addHandler(stumbles)
    try:
        batch = judge_batch(OPERATION, arrivals, as_of=AS_OF)
    finally:
        logger.removeHandler(stumbles)
    yield from stumbles.said
    content = {one.sha256: one.content for one in arrivals}
    for submission in batch.submissions:
        if not submission.verdict.counts and not submission.findings:
            yield f"{submission.sha256}: {submission.verdict} without a finding"
    counts = batch.counts
    for sha256 in sorted(set(counts["sha256"])):
        yield from other_reading(content[sha256], counts[counts["sha256"] == sha256])


def other_reading(content: bytes, counts: pd.DataFrame) -> Iterator[str]:
    """Yield the counts that another reader reads otherwise, where it can read the workbook."""
    try:
        with warnings.catch_warnings(action="ignore"):
            sheets = _sheets(content)
    except Exception:
        return
    for count in counts.astype({"value": object}).itertuples():
        if (sheet := sheets.get(count.sheet.casefold())) is None:
            yield f"{count.sheet}: another reader finds no such sheet"
            return
        inside = count.row <= len(sheet) and count.column <= len(sheet[count.row - 1])
        found = sheet[count.row - 1][count.column - 1] if inside else None
        told = None if pd.isna(count.value) else count.value
        same = str(found).strip().casefold() == "n/a" if told is None else _number(found) == told
        if not same:
            yield f"{count.sheet} row {count.row}, column {count.column}: read {told}"


def _sheets(content: bytes) -> dict[str, list[list[object]]]:
    """Return the rows of each sheet, by its name without case, as openpyxl or odfpy reads them."""
    if zipfile.ZipFile(io.BytesIO(content)).namelist()[0] == "mimetype":
        frames = pd.read_excel(io.BytesIO(content), sheet_name=None, header=None, engine="odf", keep_default_na=False)
        return {str(name).strip().casefold(): frame.to_numpy().tolist() for name, frame in frames.items()}
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {sheet.title.strip().casefold(): [list(row) for row in sheet.values] for sheet in book.worksheets}


def _number(value: object) -> float | None:
    try:
        return float(str(value).replace(",", ""))
    except ValueError:
        return None


def codes_of(submission: Submission) -> str:
    return submission.findings[0].code if submission.findings else submission.verdict


def main() -> int:
    """Fuzz until time is up, and return 1 where something happened that may not."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=int(f"{dt.datetime.now(dt.UTC):%Y%m%d}") * 100_000)
    options.add_argument("--files", type=int, default=0, help="stop after so many, whatever the time")
    chosen = options.parse_args()
    seed, end = chosen.seed, time.monotonic() + chosen.seconds
    while time.monotonic() < end and not (chosen.files and seed >= chosen.seed + chosen.files):
        many = min(TOGETHER, chosen.files or TOGETHER)
        files = {arrival(file_of(n)).sha256: n for n in range(seed, seed + many)}
        if faults := list(faults_of([arrival(file_of(n)) for n in files.values()])):
            for n in files.values():
                for fault in faults_of([arrival(file_of(n))]):
                    Path(f"fuzz-{n}.xlsx").write_bytes(file_of(n))
                    print(f"seed {n}: {fault}")
            print(f"{len(faults)} faults; the files are written beside you", file=sys.stderr)
            return 1
        seed += many
    judged = judge_batch(
        OPERATION, [arrival(file_of(n)) for n in range(chosen.seed, min(seed, chosen.seed + 300))], as_of=AS_OF
    )
    print(f"{seed - chosen.seed:,} files from seed {chosen.seed}: nothing that may not happen. Of the first ones:")
    for code, number in Counter(map(codes_of, judged.submissions)).most_common():
        print(f"{number:>6}  {code}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
