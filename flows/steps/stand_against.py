"""What stands against publishing a snapshot: every matter of `schemas.release.Matter`, looked for one by one.

What belongs here: telling it, each in a sentence that says what helps. What does not: what follows from it.
"""

from collections.abc import Iterable, Iterator

from schemas.findings import Severity
from schemas.prose import JudgedFigure
from schemas.release import GivenAway, Matter, Objection
from schemas.snapshot import ClaimVerdict, Reckoning, Snapshot
from schemas.submission import Standing, Submission


def stand_against(
    now: Snapshot,
    *,
    last: Reckoning | None = None,
    given_away: Iterable[GivenAway] = (),
    figures: Iterable[JudgedFigure] = (),
) -> tuple[Objection, ...]:
    """Return what stands against publishing beside the last release and with the figures of a text, gravest first."""
    objections = (
        *_not_covered(now),
        *_claims(now),
        *(
            Objection(Matter.FIGURE_NOT_SUPPORTED, f.text, f"“{f.text}” in the text: {f.reason}")
            for f in figures
            if f.needs_a_person
        ),
        *_conflicts(now),
        *_rejudgement(now),
        *(_giving_away(given, now) for given in given_away),
        *_open_warnings(now),
        *_not_counted(now),
        *(Objection(Matter.NOT_TAKEN, file.file, file.sentence) for file in now.not_taken),
        *(_differences(last, now) if last else ()),
    )
    return tuple(sorted(objections, key=lambda objection: [*Matter].index(objection.matter)))


def _not_covered(now: Snapshot) -> Iterator[Objection]:
    coverage = now.coverage
    for task_force in coverage.overdue:
        sentence = f"{task_force} lacks a month that has ended; until its counts are in, no figure can be confirmed."
        yield Objection(Matter.NOT_COVERED, task_force, sentence)
    if coverage.outstanding and now.operation.months_ended(now.as_of) != now.operation.months:
        sentence = "Months of the operation are still to come; no figure can be confirmed before they have ended."
        yield Objection(Matter.NOT_COVERED, "months", sentence)


def _claims(now: Snapshot) -> Iterator[Objection]:
    """While somebody is outstanding no claim is supported, and that has been said."""
    unwelcome = {ClaimVerdict.CONTRADICTED} | ({ClaimVerdict.NOT_DERIVABLE} if now.coverage.is_complete else set())
    for check in now.claims:
        if check.verdict in unwelcome:
            yield Objection(Matter.CLAIM_NOT_SUPPORTED, check.claim.id, f"“{check.claim.phrase}”: {check.reason}")


def _conflicts(now: Snapshot) -> Iterator[Objection]:
    """A conflict stands until a revision above it settles it."""
    current = {t: now.submissions[sha256].revision for sha256, t in _pairs(now, Standing.CURRENT)}
    at_odds = {(t, now.submissions[sha256].revision) for sha256, t in _pairs(now, Standing.CONFLICTING)}
    for task_force, revision in sorted(at_odds):
        if current.get(task_force, 0) <= revision:
            sentence = (
                f"Workbooks of {task_force} give different counts as revision {revision}; a higher revision settles "
                "which are right."
            )
            yield Objection(Matter.CONFLICT, task_force, sentence)


def _rejudgement(now: Snapshot) -> Iterator[Objection]:
    if now.to_be_rejudged:
        sentence = (
            f"{len(now.to_be_rejudged):,} of the verdicts rest on other rules or another state of the operation's "
            "files; `rollup rejudge` brings them up to date."
        )
        yield Objection(Matter.REJUDGE_PENDING, "verdicts", sentence)


def _giving_away(given: GivenAway, now: Snapshot) -> Objection:
    most = f" to {given.most:,}" if given.most != given.least else ""
    few = f"{len(given.task_forces)} task force{'s' if given.task_forces[1:] else ''}"
    instead = f"“{given.instead}” would not" if given.instead else "no rounding hides it"
    sentence = (
        f"“{given.claim.phrase}”, published after “{given.before}”, gives away that {few} added {given.least:,}{most}, "
        f"and no fewer than {now.operation.fewest_task_forces} may be known so closely; {instead}."
    )
    return Objection(Matter.GIVES_AWAY, given.claim.id, sentence)


def _open_warnings(now: Snapshot) -> Iterator[Objection]:
    current = _pairs(now, Standing.CURRENT)
    counting = {sha256 for sha256, _ in current}
    for finding in now.findings:
        counts = (finding.sha256, finding.task_force) in current if finding.task_force else finding.sha256 in counting
        if finding.severity is Severity.WARNING and counts and now.asks(finding):
            state = now.submissions[finding.sha256].state
            yield Objection(Matter.WARNING_OPEN, finding.id, f"{state}, {finding.message}")


def _not_counted(now: Snapshot) -> Iterator[Objection]:
    """A workbook that does not count asks a question until a later one that counts is about all it was about."""
    arrivals = now.first_receipt
    for submission in now.submissions.values():
        arrival = arrivals[submission.sha256]
        later = (other for other in now.submissions.values() if arrivals[other.sha256].received >= arrival.received)
        if not submission.verdict.counts and not any(_replaces(other, submission) for other in later):
            sender = submission.state or "a state that cannot be told"
            sentence = f"{arrival.file} from {sender} was {submission.verdict.value}, and nothing has replaced it."
            yield Objection(Matter.NOT_COUNTED, submission.sha256, sentence)


def _replaces(other: Submission, submission: Submission) -> bool:
    is_of_the_state = bool(submission.state) and other.state == submission.state
    return other.verdict.counts and is_of_the_state and set(submission.task_forces) <= set(other.task_forces)


def _differences(last: Reckoning, now: Reckoning) -> Iterator[Objection]:
    was = {check.claim.of: check.computed for check in last.claims}
    for of, check in reversed({check.claim.of: check for check in reversed(now.claims)}.items()):
        if was.get(of, check.computed) != check.computed:
            sentence = (
                f"{check.computed or 'no'} {check.claim.noun}, but the last release rests on {was[of] or 'none'}; "
                f"`rollup bridge {last.id} {now.id}` says why."
            )
            yield Objection(Matter.DIFFERS, of, sentence)


def _pairs(now: Snapshot, standing: Standing) -> set[tuple[str, str]]:
    """Return submissions (sha256) and task forces that stand to each other in one way."""
    return {pair for pair, other in now.standings.items() if other is standing}
