"""Since your last try: which submission is the try before another, and how the two are told beside each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flows.reports.filing import Filed
from flows.reports.words import counted
from flows.steps.last_try import since_last_try
from schemas.counts import of_submission
from schemas.months import whose
from schemas.operation import Operation
from schemas.snapshot import Snapshot
from schemas.tries import CountChange, SinceLastTry


@dataclass(frozen=True, slots=True)
class Try:
    """A submission as a further try: the one it is compared with, and what became of that one."""

    before: Filed
    since: SinceLastTry

    @property
    def outcome(self) -> str:
        """How many findings are fixed, still open and new, in one sentence."""
        since = self.since
        counts = {"fixed": len(since.fixed), "still open": len(since.still_open), "new": len(since.new)}
        told = [f"{n} {'is' if n == 1 else 'are'} {words}" for words, n in counts.items() if n]
        first, _, rest = ", ".join(told).partition(" ")
        return f"{counted(int(first), 'finding')} {rest}." if told else "Nothing is open."

    @property
    def changed(self) -> str:
        """How many counts changed, and how many of these nobody had asked about, in one sentence."""
        changes, unasked = self.since.changes, len(self.since.unasked)
        if not changes:
            return "No count changed."
        if len(changes) == 1:
            return f"1 count changed; {'no' if unasked else 'a'} finding had asked for it."
        asked = f"no finding had asked for {unasked:,} of them" if unasked else "findings had asked for all of them"
        return f"{len(changes):,} counts changed; {asked}."


def last_try(snapshot: Snapshot, one: Filed, earlier: Sequence[Filed]) -> Try | None:
    """Return a submission as a further try; None where it is the first, or about other task forces.

    The `earlier` ones are those of its state before it, as `filing` orders them.
    """
    named = set(one.submission.task_forces)
    about_the_same = (
        other
        for other in reversed(earlier)
        if named & set(other.submission.task_forces) or not (named and other.submission.task_forces)
    )
    last = next(about_the_same, None)
    if not last or not one.submission.state:
        return None
    was_read, is_read = (of_submission(snapshot.read, either.submission.sha256) for either in (last, one))
    since = since_last_try(
        last.submission, one.submission, was_read=was_read, is_read=is_read, operation=snapshot.operation
    )
    still_open, new = (tuple(filter(snapshot.asks, findings)) for findings in (since.still_open, since.new))
    return Try(last, replace(since, still_open=still_open, new=new))


def changes_in_words(operation: Operation, changes: Sequence[CountChange]) -> Iterator[str]:
    """Yield each change as `Arrests of AL, March 2018: 12, now 14`."""
    for change in changes:
        who = whose(change.task_force, change.month)
        yield f"{operation.measure[change.measure].label} of {who}: {change.before}, now {change.now}"
