"""Who needs a person: the submissions that do not count as they came, or that count with a question."""

from dataclasses import dataclass

from schemas.findings import Finding, Severity
from schemas.snapshot import Snapshot
from schemas.submission import Standing, Submission, Verdict

_GRAVEST_FIRST: tuple[Verdict | Standing, ...] = (
    Verdict.QUARANTINED,
    Verdict.REJECTED,
    Standing.CONFLICTING,
    Verdict.ACCEPTED_WITH_WARNINGS,
)

_SEVERITIES = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Concern:
    """A submission that a person should see.

    Attributes:
        submission: Which.
        file: The name under which it was received first.
        outcome: Its verdict, or `conflicting` where it would otherwise count.
        findings: All its findings, those of rules over the inbox included, the gravest first.
    """

    submission: Submission
    file: str
    outcome: Verdict | Standing
    findings: tuple[Finding, ...]


def needing_attention(snapshot: Snapshot) -> tuple[Concern, ...]:
    """Return the submissions that need attention, the gravest first, then by state and file."""
    files = {receipt.sha256: receipt.file for receipt in reversed(snapshot.receipts)}
    conflicting = {sha256 for (sha256, _), standing in snapshot.standings.items() if standing is Standing.CONFLICTING}
    findings: dict[str, list[Finding]] = {sha256: [] for sha256 in files}
    for finding in sorted(snapshot.findings, key=lambda finding: _SEVERITIES.index(finding.severity)):
        findings[finding.sha256].append(finding)
    concerns = (
        Concern(submission, files[sha256], outcome, tuple(findings[sha256]))
        for sha256, submission in snapshot.submissions.items()
        if (outcome := _outcome(submission, sha256 in conflicting)) in _GRAVEST_FIRST
    )
    return tuple(sorted(concerns, key=_gravity))


def _outcome(submission: Submission, is_conflicting: bool) -> Verdict | Standing:
    return Standing.CONFLICTING if submission.verdict.counts and is_conflicting else submission.verdict


def _gravity(concern: Concern) -> tuple[int, str, str, str]:
    submission = concern.submission
    return _GRAVEST_FIRST.index(concern.outcome), submission.state, concern.file, submission.sha256
