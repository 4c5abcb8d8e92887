"""The snapshot's id: a hash of everything its outputs follow from.

What belongs here: that content, written down in one way only. What does not: the time of day, or anything of a run.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple

from schemas.decisions import Explanation, Withdrawal
from schemas.findings import Finding
from schemas.operation import Operation
from schemas.submission import Standing

_DIGITS = 12


def identify(
    operation: Operation,
    *,
    as_of: dt.datetime,
    versions: tuple[str, str],
    inbox: Iterable[tuple[str, str, str]],
    judgements: Iterable[tuple[str, str]],
    decisions: Iterable[Withdrawal | Explanation],
    standings: Mapping[tuple[str, str], Standing],
    across: Iterable[Finding],
) -> str:
    """Return the id of a snapshot: 12 hexadecimal digits.

    Args:
        operation: Its id and digest, and its program to date, which goes on in the ledger.
        as_of: The run's clock, aware; its day in the operation's time zone counts.
        versions: Of the rule set and of the program.
        inbox: Sha256, file and time received of each receipt, and whatever was not taken, in any order.
        judgements: Sha256 and digest of each submission, in any order; the digest is of all that was judged.
        decisions: In any order.
        standings: By sha256 and task force.
        across: The findings over all submissions, in any order.
    """
    content = {
        "operation": [operation.id, operation.edition],
        "program_to_date": [[str(part) for part in astuple(figure)] for figure in operation.program_to_date],
        "as_of": operation.day_of(as_of).isoformat(),
        "versions": versions,
        "inbox": sorted(inbox),
        "judgements": sorted(judgements),
        "decisions": sorted(map(repr, decisions)),
        "standings": sorted((*pair, standing) for pair, standing in standings.items()),
        "across": sorted((finding.id, finding.severity) for finding in across),
    }
    canonical = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:_DIGITS]
