"""The tables of a snapshot that programs and spreadsheets read: national, internal and public.

What belongs here: what a row is, and which columns it has. What does not: how a table is written down.
"""

from collections.abc import Iterator
from dataclasses import astuple, fields
from operator import attrgetter
from zoneinfo import ZoneInfo

from flows.reports.csv_text import frame_to_csv, to_csv
from flows.reports.deadlines import timeliness_table
from schemas.decisions import Source, can_be_explained
from schemas.findings import Finding, Severity
from schemas.operation import ProgramFigure
from schemas.snapshot import ClaimCheck, Snapshot
from schemas.submission import Receipt

MIXED = "mixed"
_OF_A_FINDING = tuple(field.name for field in fields(Finding))


def tables(snapshot: Snapshot) -> dict[str, bytes]:
    """Return the tables of a snapshot by their path among its outputs."""
    return {
        "national_totals.csv": frame_to_csv(snapshot.totals),
        "national_totals_by_month.csv": frame_to_csv(snapshot.by_month),
        "program_to_date.csv": _program_to_date(snapshot),
        "release_check.csv": release_check(snapshot),
        "submissions.csv": _submissions(snapshot),
        "findings.csv": _findings(snapshot),
        "internal/state_totals.csv": frame_to_csv(snapshot.by_state),
        "internal/state_totals_by_month.csv": frame_to_csv(snapshot.by_state_and_month),
        "internal/timeliness.csv": timeliness_table(snapshot),
    }


def release_check(snapshot: Snapshot) -> bytes:
    """One row is a claim of the release, with what was computed beside it."""
    columns = ("claim", "phrase", "hedge", "claimed", "computed", "verdict", "reason")
    return to_csv(columns, map(_claim_row, snapshot.claims))


def _claim_row(check: ClaimCheck) -> tuple[object, ...]:
    claim = check.claim
    computed = check.computed if claim.months else check.computed.replace(",", "")
    return claim.id, claim.phrase, claim.hedge, claim.value, computed, check.verdict, check.reason


def _program_to_date(snapshot: Snapshot) -> bytes:
    """One row is a baseline or what a series has grown by, as the operation's file has it and as it was recorded."""
    columns = [field.name for field in fields(ProgramFigure)]
    return to_csv(columns, (astuple(figure) for figure in snapshot.operation.program_to_date))


def _submissions(snapshot: Snapshot) -> bytes:
    """One row is a receipt, by state, file and bytes: the same bytes under two names are two rows."""
    columns = (
        "state", "file", "sha256", "revision", "verdict", "standing", "errors", "warnings", "task_forces", "received",
    )  # fmt: skip
    receipts = sorted(snapshot.receipts, key=lambda r: (snapshot.submissions[r.sha256].state, r.file, r.sha256))
    return to_csv(columns, (_submission_row(snapshot, receipt) for receipt in receipts))


def _submission_row(snapshot: Snapshot, receipt: Receipt) -> tuple[str, ...]:
    submission = snapshot.submissions[receipt.sha256]
    standings = snapshot.standings_of(receipt.sha256)
    is_mixed = len(set(standings.values())) > 1
    details = [f"{task_force}:{standing}" for task_force, standing in standings.items()]
    return (
        submission.state,
        receipt.file,
        receipt.sha256,
        str(submission.revision or ""),
        submission.verdict,
        MIXED if is_mixed else next(iter(standings.values()), ""),
        str(submission.count(Severity.ERROR)),
        str(submission.count(Severity.WARNING)),
        "; ".join(details if is_mixed else submission.task_forces),
        receipt.received.astimezone(ZoneInfo(snapshot.operation.timezone)).isoformat(timespec="seconds"),
    )


def _findings(snapshot: Snapshot) -> bytes:
    """One row is a finding, by state and file, in the order of the form; `file` is the first name it arrived under."""
    columns = ("id", "state", "file", *_OF_A_FINDING, "explanation", "explained_by", "reason")
    return to_csv(columns, _finding_rows(snapshot))


def _finding_rows(snapshot: Snapshot) -> Iterator[tuple[str, ...]]:
    sent_as = {s: (snapshot.submissions[s].state, receipt.file) for s, receipt in snapshot.first_receipt.items()}
    for f in sorted(snapshot.findings, key=lambda f: (sent_as[f.sha256], f.sha256)):
        yield f.id, *sent_as[f.sha256], *attrgetter(*_OF_A_FINDING)(f), *_explanation(snapshot, f)


def _explanation(snapshot: Snapshot, finding: Finding) -> tuple[str, str, str]:
    """Return of a warning whether it is open, explained or open again, who explained it, and why.

    A reason that somebody wrote is not repeated here: it is for internal pages.
    """
    explained = snapshot.explained.get(finding.id)
    if explained is None:
        return ("open" if can_be_explained(finding) else "", "", "")
    given = explained.explanation
    return explained.status, given.role, given.reason if given.source is Source.RESPONSE else ""
