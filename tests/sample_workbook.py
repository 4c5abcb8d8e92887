"""A factory of workbooks for tests: a state's good sample, with one thing changed, and what is found in it."""

import datetime as dt
import hashlib
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
from openpyxl import Workbook

from flows.inbox import Arrival
from flows.judgement import judge_batch
from flows.operations import load_operation
from schemas.submission import Submission

SAMPLE = Path(__file__).parent.parent / "sample_inputs" / "broken-heart-2018"
OPERATION = load_operation("broken-heart-2018")
AS_OF = dt.datetime(2018, 6, 8, 6, tzinfo=dt.UTC)

Change = Callable[[Workbook], object]


@cache
def changed(state: str, change: Change) -> bytes:
    """Return a state's good sample after a change, as saved by openpyxl; what several tests use is saved once."""
    workbook = openpyxl.load_workbook(SAMPLE / f"{state}.xlsx")
    change(workbook)
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def put(sheet: str, cell: str, value: object, number_format: str | None = None) -> Change:
    """Return the change that puts a value in one cell."""

    def change(workbook: Workbook) -> None:
        workbook[sheet][cell] = value
        if number_format:
            workbook[sheet][cell].number_format = number_format

    return change


def arrival(content: bytes, file: str = "workbook.xlsx") -> Arrival:
    """Return bytes as they arrive."""
    return Arrival(file, hashlib.sha256(content).hexdigest(), content)


def judged(content: bytes, file: str = "workbook.xlsx", as_of: dt.datetime = AS_OF) -> Submission:
    """Return what one file is judged to be."""
    return judge_batch(OPERATION, [arrival(content, file)], as_of=as_of).submissions[0]


def places(submission: Submission) -> list[tuple[str, str, str]]:
    """Return code, sheet and cell of each finding."""
    return [(finding.code, finding.sheet, finding.cell) for finding in submission.findings]
