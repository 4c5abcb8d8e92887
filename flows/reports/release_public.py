"""What is published of a snapshot: the release's supported figures in the release's words, as table, page and JSON.

What belongs here: making the files. What does not: what may be in them, which is `schemas.public` and asserted there.
"""

import datetime as dt
from collections.abc import Sequence

from flows.reports.csv_text import to_csv
from flows.reports.pages.render import render
from schemas.operation import Claim, Family, Operation
from schemas.public import (
    COLUMNS,
    CSV,
    FAMILY_TITLE,
    HEADING,
    JSON,
    NOTHING_YET,
    PAGE,
    PROGRAM_TO_DATE_NOTE,
    SKIP,
    STATE_RESULTS,
    document_of,
    row_of,
    undue,
)
from schemas.public_page import STYLE
from schemas.snapshot import ClaimVerdict, Reckoning


class PublicBrokenError(Exception):
    """What we would publish may not be published: a fault of this program."""


def public_files(snapshot: Reckoning) -> dict[str, bytes]:
    """Return the files that may be published, by path; an unsupported figure is in none of them.

    Raises:
        PublicBrokenError: The contract of `public/` is not met.
    """
    operation, as_of = snapshot.operation, snapshot.operation.day_of(snapshot.as_of)
    claims = [check.claim for check in snapshot.claims if check.verdict is ClaimVerdict.SUPPORTED]
    rows = [row_of(claim, operation) for claim in claims]
    files = {
        CSV: to_csv((*COLUMNS, "as_of"), [(*row.values(), as_of.isoformat()) for row in rows]),
        JSON: document_of(operation, as_of, rows),
        PAGE: _page(operation, as_of, claims),
    }
    if faults := undue(operation, as_of, files):
        raise PublicBrokenError("; ".join(faults))
    return files


def _page(operation: Operation, as_of: dt.date, claims: Sequence[Claim]) -> bytes:
    return render(
        "public.html",
        operation=operation,
        as_of=as_of,
        families={
            family: [row_of(claim, operation) for claim in claims if claim.family is family] for family in Family
        },
        titles=FAMILY_TITLE,
        heading=HEADING,
        skip=SKIP,
        style=STYLE,
        program_to_date=PROGRAM_TO_DATE_NOTE,
        state_results=STATE_RESULTS,
        nothing_yet=NOTHING_YET,
    )
