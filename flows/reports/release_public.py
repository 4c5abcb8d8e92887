"""What is published of a snapshot: the release's supported figures in the release's words, as table, page and JSON.

What belongs here: making the files. What does not: what may be in them, which is `schemas.public` and asserted there.
"""

import datetime as dt
from collections.abc import Sequence

from flows.reports.csv_text import to_csv
from flows.reports.pages.render import render
from schemas import public
from schemas.operation import Claim, Family, Operation
from schemas.public_page import STYLE
from schemas.snapshot import ClaimVerdict, Reckoning


class PublicBrokenError(Exception):
    """What we would publish may not be published: a fault of this program."""


def public_files(snapshot: Reckoning) -> dict[str, bytes]:
    """Return the files that may be published, by path; an unsupported figure is in none of them.

    Raises:
        PublicBrokenError: The contract of `public/` is not met.
    """
    operation, as_of = snapshot.operation, snapshot.day
    claims = [check.claim for check in snapshot.claims if check.verdict is ClaimVerdict.SUPPORTED]
    rows = [public.row_of(claim, operation) for claim in claims]
    files = {
        public.CSV: to_csv((*public.COLUMNS, "as_of"), [(*row.values(), as_of.isoformat()) for row in rows]),
        public.JSON: public.document_of(operation, as_of, rows),
        public.PAGE: _page(operation, as_of, claims),
    }
    if faults := public.undue(operation, as_of, files):
        raise PublicBrokenError("; ".join(faults))
    return files


def _page(operation: Operation, as_of: dt.date, claims: Sequence[Claim]) -> bytes:
    families = {
        family: [public.row_of(claim, operation) for claim in claims if claim.family is family] for family in Family
    }
    return render("public.html", operation=operation, as_of=as_of, families=families, words=public, style=STYLE)
