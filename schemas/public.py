"""What may be in `public/`: three files, a closed list of words, and no figures but those that the release says.

What belongs here: the contract, which knows nothing of how the files are made. What does not: making them.
"""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
import pandera.pandas as pa

from schemas.contracts import ContractBrokenError, row_rule, unmet
from schemas.months import long_date
from schemas.operation import Claim, Family, Hedge, Operation
from schemas.public_page import page_faults

CSV, JSON, PAGE = (f"public/{name}" for name in ("national_figures.csv", "national_figures.json", "index.html"))
COLUMNS = ("family", "figure", "is_exact", "caveat")

FAMILY_TITLE = {
    Family.OPERATION: "Operation totals",
    Family.PARTICIPATION: "Participation",
    Family.PROGRAM_TO_DATE: "Program to date",
}
HEADING, SKIP = "National results", "Skip to the content"
PROGRAM_TO_DATE_NOTE = "Program to date: a published baseline plus increments, never a sum of submissions."
NOTHING_YET = "No figure of the release is confirmed yet."
STATE_RESULTS = "Results of a state are to be had from the commander of its task force."


def row_of(claim: Claim, operation: Operation) -> dict[str, str]:
    """Return a claim of the release as a row of the public table."""
    measure = operation.measure.get(claim.of)
    return {
        "family": claim.family.value,
        "figure": claim.phrase,
        "is_exact": "yes" if claim.hedge is Hedge.EXACT else "no",
        "caveat": measure.caveat if measure else "",
    }


def document_of(operation: Operation, as_of: dt.date, rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return rows of the public table as the public document."""
    document = {
        "operation": operation.title,
        "as_of": as_of.isoformat(),
        "figures": rows,
        "program_to_date": PROGRAM_TO_DATE_NOTE,
        "state_results": STATE_RESULTS,
    }
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def undue(operation: Operation, as_of: dt.date, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Say what may not be in `public/`, each in one line that starts with the file's path; nothing where all may be."""
    wanted = (CSV, JSON, PAGE)
    faults = [f"{path}: no such file belongs there" for path in sorted(files.keys() - {*wanted})]
    faults += [f"{path}: is missing" for path in wanted if path not in files]
    return tuple(faults) or (
        *(f"{CSV}: {fault}" for fault in _csv_faults(operation, as_of, files[CSV])),
        *(f"{JSON}: {fault}" for fault in _json_faults(operation, as_of, files[JSON])),
        *(f"{PAGE}: {fault}" for fault in page_faults(files[PAGE], _words(operation, as_of))),
    )


def public_figures(operation: Operation) -> pa.DataFrameSchema:
    """Return the contract of the public table: one row is a figure of the release, in its words."""
    said = [tuple(row_of(claim, operation).values()) for claim in operation.claims]

    def is_said(rows: pd.DataFrame) -> "pd.Series[bool]":
        return pd.Series([tuple(row) in said for row in rows[[*COLUMNS]].itertuples(index=False)], index=rows.index)

    def stands_once(rows: pd.DataFrame) -> "pd.Series[bool]":
        return ~rows.duplicated([*COLUMNS])

    checks = [row_rule("figure_is_a_figure_of_the_release", is_said), row_rule("figure_stands_once", stands_once)]
    return pa.DataFrameSchema({name: pa.Column(str) for name in COLUMNS}, checks=checks, strict=True, ordered=True)


def _csv_faults(operation: Operation, as_of: dt.date, content: bytes) -> Iterator[str]:
    text, written = content.decode(errors="replace"), io.StringIO()
    rows = [row[:-1] for row in csv.reader(io.StringIO(text, newline=""))][1:]
    table = [[*COLUMNS, "as_of"], *([*row, as_of.isoformat()] for row in rows)]
    csv.writer(written, lineterminator="\n").writerows(table)
    if written.getvalue() != text or any(len(row) != len(COLUMNS) for row in rows):
        yield f"it is not {', '.join(table[0])} of {as_of.isoformat()} and no more"
    else:
        yield from _row_faults(operation, rows)


def _json_faults(operation: Operation, as_of: dt.date, content: bytes) -> Iterator[str]:
    try:
        rows = [[figure[name] for name in COLUMNS] for figure in json.loads(content)["figures"]]
    except (ValueError, KeyError, TypeError):
        rows = []
    if document_of(operation, as_of, [dict(zip(COLUMNS, row, strict=True)) for row in rows]) != content:
        yield f"it is not a document of figures of {as_of.isoformat()} and no more"
    else:
        yield from _row_faults(operation, rows)


def _row_faults(operation: Operation, rows: list[list[str]]) -> Iterator[str]:
    frame = pd.DataFrame(rows, columns=[*COLUMNS], dtype=str)
    try:
        for code, positions in unmet(public_figures(operation), frame):
            yield from (f"figure {position + 1}: {code} is not met" for position in positions)
    except ContractBrokenError:
        yield "a figure is not text"


def _words(operation: Operation, as_of: dt.date) -> frozenset[str]:
    """Return every text that may stand on the public page."""
    rows = [row_of(claim, operation) for claim in operation.claims]
    said = {word for row in rows for word in (row["figure"], row["caveat"]) if word}
    fixed = {operation.title, HEADING, SKIP, NOTHING_YET, STATE_RESULTS, PROGRAM_TO_DATE_NOTE, *FAMILY_TITLE.values()}
    return frozenset(said | fixed | {f"As of {long_date(as_of)}", f"{HEADING}: {operation.title}"})
