"""Tables as CSV that every program reads alike, and that no spreadsheet program takes for formulas."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

import pandas as pd

_MAYBE_A_FORMULA = re.compile(r"\s*[=+\-@]|[\t\n]")
_NUMBER = re.compile(r"-?[\d,]+(\.\d+)?", re.ASCII)

Row = dict[str, str]
"""A row as read back, by column."""


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as UTF-8 CSV with a header row and line feeds; null is an empty cell.

    A text that a spreadsheet program could take for a formula gets an apostrophe in front; a carriage return, which
    some take for the end of a row, becomes a blank.
    """
    table = io.BytesIO()
    with io.TextIOWrapper(table, encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)
        text.flush()
        return table.getvalue()


def frame_to_csv(frame: pd.DataFrame) -> bytes:
    """Return a frame as CSV, without its index."""
    return to_csv(list(frame.columns), frame.astype(object).where(frame.notna(), None).itertuples(index=False))


def from_csv(file: bytes) -> list[Row]:
    """Return the rows of a table as it was written."""
    return list(csv.DictReader(io.StringIO(file.decode(), newline="")))


def _cell(value: object) -> str:
    text = "" if value is None else str(value).replace("\r", " ")
    if _MAYBE_A_FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text
