"""The snapshot's id: a hash of everything its outputs follow from.

What belongs here: that content, written down in one way only. What does not: the time of day, or anything of a run.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping

import pandas as pd

from schemas.decisions import Explained
from schemas.findings import Finding
from schemas.operation import Operation
from schemas.submission import NotTaken, Receipt, Standing, Submission

_DIGITS = 12


def identify(
    operation: Operation,
    *,
    as_of: dt.datetime,
    versions: tuple[str, str],
    inbox: Iterable[Receipt | NotTaken],
    submissions: Mapping[str, Submission],
    standings: Mapping[tuple[str, str], Standing],
    findings: Iterable[tuple[Finding, Explained | None]],
    counts: pd.DataFrame,
) -> str:
    """Return the id of a snapshot: 12 hexadecimal digits.

    Args:
        operation: Its id and digest.
        as_of: The run's clock, aware; its day in the operation's time zone counts.
        versions: Of the rule set and of the program.
        inbox: What lay in it, taken or not, in any order.
        submissions: By sha256.
        standings: By sha256 and task force.
        findings: Each with its explanation, in any order.
        counts: `schemas.counts.Counts` of current standing.
    """
    columns = ["sha256", "task_force", "month", "measure"]
    values = counts["value"].astype(object).where(counts["value"].notna(), None)
    content = {
        "operation": [operation.id, operation.digest],
        "extensions": sorted((e.task_force, e.month, e.until.isoformat(), e.why) for e in operation.extensions),
        "as_of": operation.day_of(as_of).isoformat(),
        "versions": versions,
        "inbox": sorted(map(_arrival, inbox)),
        "submissions": sorted((s.sha256, s.state, s.revision, s.verdict) for s in submissions.values()),
        "standings": sorted((*pair, standing) for pair, standing in standings.items()),
        "findings": sorted((finding.id, finding.severity, str(explained or "")) for finding, explained in findings),
        "counts": sorted(
            (key, -1 if value is None else int(value))
            for key, value in zip(counts[columns].astype(str).itertuples(index=False, name=None), values, strict=True)
        ),
    }
    canonical = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:_DIGITS]


def _arrival(file: Receipt | NotTaken) -> tuple[str, str, str]:
    if isinstance(file, NotTaken):
        return "", file.file, file.why
    return file.sha256, file.file, file.received.astimezone(dt.UTC).isoformat()
