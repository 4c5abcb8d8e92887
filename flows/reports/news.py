"""News: what a run brings that the one before did not, in states, codes and counts alone.

It leaves the house in chats and mails: no file name, no figure, no text of anybody is in it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from flows.reports.words import counted, moment_in_words
from schemas.findings import Severity
from schemas.snapshot import ClaimVerdict, Snapshot
from schemas.submission import Standing, Verdict


@dataclass(frozen=True, slots=True)
class Refused:
    """A submission that does not count: its state, empty where it cannot be told, why, and how often for each rule."""

    sha256: str
    state: str
    verdict: Verdict
    codes: Mapping[str, int]

    @property
    def sentence(self) -> str:
        """What is said of it."""
        codes = ", ".join(f"{code} x {times}" if times > 1 else code for code, times in self.codes.items())
        return f"{self.state or 'a state that cannot be told'}: {self.verdict} ({codes})"


@dataclass(frozen=True, slots=True)
class News:
    """What is new since the run before.

    Attributes:
        conflicting: States whose accepted submissions contradict each other.
        contradicted: The ids of claims that are no longer true.
        not_taken: How many files could not be taken, whether or not they lay there before.
        missed: Days without a run between the run before and this one.
    """

    subject: str
    refused: tuple[Refused, ...]
    conflicting: tuple[str, ...]
    contradicted: tuple[str, ...]
    not_taken: int
    missed: tuple[dt.date, ...]

    @property
    def sentences(self) -> list[str]:
        """What there is to say; nothing where there is no news."""
        return [
            *(f"no run on {day.isoformat()}" for day in self.missed),
            *(refused.sentence for refused in self.refused),
            *(f"{state}: conflicting" for state in self.conflicting),
            *(f"claim contradicted: {claim}" for claim in self.contradicted),
            *([f"{counted(self.not_taken, 'file')} not taken"] if self.not_taken else []),
        ]


def news(snapshot: Snapshot, before: Snapshot | None, last_run: dt.datetime | None) -> News:
    """Return what is new in a snapshot beside the one before it; `last_run` is the clock of the one that had ended."""
    operation = snapshot.operation
    known = _refused(before) if before else {}
    conflicting_before = _conflicting(before) if before else ()
    contradicted_before = _contradicted(before) if before else ()
    return News(
        subject=f"{operation.title}, as of {moment_in_words(operation, snapshot.as_of)}: {snapshot.coverage.phrase}",
        refused=tuple(refused for refused in _refused(snapshot).values() if known.get(refused.sha256) != refused),
        conflicting=tuple(state for state in _conflicting(snapshot) if state not in conflicting_before),
        contradicted=tuple(claim for claim in _contradicted(snapshot) if claim not in contradicted_before),
        not_taken=len(snapshot.not_taken),
        missed=_days_between(operation.day_of(last_run), snapshot.day) if last_run else (),
    )


def _refused(snapshot: Snapshot) -> dict[str, Refused]:
    refused = [s for s in snapshot.submissions.values() if not s.verdict.counts]
    return {
        s.sha256: Refused(
            s.sha256,
            s.state,
            s.verdict,
            dict(sorted(Counter(f.code for f in s.findings if f.severity is Severity.ERROR).items())),
        )
        for s in sorted(refused, key=lambda s: (s.state, s.sha256))
    }


def _conflicting(snapshot: Snapshot) -> tuple[str, ...]:
    among = {sha256 for (sha256, _), standing in snapshot.standings.items() if standing is Standing.CONFLICTING}
    return tuple(sorted({snapshot.submissions[sha256].state for sha256 in among}))


def _contradicted(snapshot: Snapshot) -> tuple[str, ...]:
    return tuple(check.claim.id for check in snapshot.claims if check.verdict is ClaimVerdict.CONTRADICTED)


def _days_between(last: dt.date, now: dt.date) -> tuple[dt.date, ...]:
    return tuple(last + dt.timedelta(days=n) for n in range(1, (now - last).days))
