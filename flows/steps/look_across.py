"""What the submissions of an inbox, seen together, call for a person's eye. It never changes a verdict."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from schemas.findings import Finding
from schemas.inbox_rules import (
    COUNTS_ARE_SENT_ONCE,
    EARLIER_STANDS,
    FILE_IS_SENT_ONCE,
    NONE_STANDS,
    REVISION_HAS_ONE_SET_OF_COUNTS,
)
from schemas.submission import Receipt, Standing
from schemas.telling import Where, tell

Standings = Mapping[tuple[str, str], Standing]


def look_across(receipts: Iterable[Receipt], revisions: Mapping[str, int], standings: Standings) -> tuple[Finding, ...]:
    """Return the findings of the rules over an inbox, by submission, rule and task force.

    Args:
        receipts: Every file that arrived.
        revisions: Of the accepted ones, by sha256.
        standings: By sha256 and task force, as settled.
    """
    findings = (*_of_receipts(receipts), *_of_standings(revisions, standings))
    return tuple(sorted(findings, key=lambda finding: (finding.sha256, finding.code, finding.task_force)))


def _of_receipts(receipts: Iterable[Receipt]) -> Iterator[Finding]:
    arrivals = Counter(receipt.sha256 for receipt in receipts)
    for sha256, times in arrivals.items():
        if times > 1:
            yield tell(FILE_IS_SENT_ONCE, sha256, Where(), {"found": f"{times}"})


def _of_standings(revisions: Mapping[str, int], standings: Standings) -> Iterator[Finding]:
    settled = {
        (revisions[sha256], task_force)
        for (sha256, task_force), standing in standings.items()
        if standing not in (Standing.CONFLICTING, Standing.WITHDRAWN)
    }
    for (sha256, task_force), standing in standings.items():
        revision = revisions[sha256]
        where, blanks = Where(task_force=task_force), {"who": task_force, "revision": f"{revision}"}
        if standing is Standing.DUPLICATE:
            yield tell(COUNTS_ARE_SENT_ONCE, sha256, where, blanks)
        if standing is Standing.CONFLICTING:
            outcome = EARLIER_STANDS if (revision, task_force) in settled else NONE_STANDS
            yield tell(REVISION_HAS_ONE_SET_OF_COUNTS, sha256, where, blanks | {"outcome": outcome})
