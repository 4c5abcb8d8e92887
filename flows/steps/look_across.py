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
from schemas.rules import Rule
from schemas.submission import Receipt, Standing, Submission

Standings = Mapping[tuple[str, str], Standing]


def look_across(
    receipts: Iterable[Receipt], submissions: Mapping[str, Submission], standings: Standings
) -> tuple[Finding, ...]:
    """Return the findings of the rules over an inbox, by submission, rule and task force.

    Args:
        receipts: Every file that arrived.
        submissions: By sha256.
        standings: By sha256 and task force, as settled.
    """
    findings = (*_of_receipts(receipts), *_of_standings(submissions, standings))
    return tuple(sorted(findings, key=lambda finding: (finding.sha256, finding.code, finding.task_force)))


def _of_receipts(receipts: Iterable[Receipt]) -> Iterator[Finding]:
    arrivals = Counter(receipt.sha256 for receipt in receipts)
    for sha256, times in arrivals.items():
        if times > 1:
            yield _finding(FILE_IS_SENT_ONCE, sha256, found=f"{times}")


def _of_standings(submissions: Mapping[str, Submission], standings: Standings) -> Iterator[Finding]:
    settled = {
        (submissions[sha256].revision, task_force)
        for (sha256, task_force), standing in standings.items()
        if standing is not Standing.CONFLICTING
    }
    for (sha256, task_force), standing in standings.items():
        revision = submissions[sha256].revision
        if standing is Standing.DUPLICATE:
            yield _finding(COUNTS_ARE_SENT_ONCE, sha256, task_force, revision=f"{revision}")
        if standing is Standing.CONFLICTING:
            outcome = EARLIER_STANDS if (revision, task_force) in settled else NONE_STANDS
            yield _finding(REVISION_HAS_ONE_SET_OF_COUNTS, sha256, task_force, revision=f"{revision}", outcome=outcome)


def _finding(rule: Rule, sha256: str, task_force: str = "", *, found: str = "", **blanks: str) -> Finding:
    words = {"who": task_force, "found": found, **blanks}
    return Finding(
        sha256=sha256,
        code=rule.code,
        severity=rule.severity,
        sheet="",
        cell="",
        task_force=task_force,
        month="",
        measure="",
        found=found,
        expected="",
        message=f"The file: {rule.sentence.format_map(words)}.",
        remedy=rule.remedy.format_map(words),
    )
