"""Since your last try: what became of the findings of one workbook in the next, and which counts changed."""

from dataclasses import dataclass

from schemas.findings import Finding


@dataclass(frozen=True, slots=True)
class CountChange:
    """One count that is another than in the try before.

    Attributes:
        task_force, month, measure: Which count; the month empty in the table without.
        before, now: As people read it: a number, `N/A`, or `not read`.
        was_asked_for: Whether a finding of the try before asked to look at it. What nobody asked for is worth a look.
    """

    task_force: str
    month: str
    measure: str
    before: str
    now: str
    was_asked_for: bool


@dataclass(frozen=True, slots=True)
class SinceLastTry:
    """One workbook beside the one before it, as far as both are about the same task forces.

    Attributes:
        fixed: Findings of the try before that are not found any more.
        still_open: Findings that were found before, as they are now.
        new: Findings that were not found before.
        changes: Every count that changed, in the order of the form; first those that nobody had asked for.
    """

    fixed: tuple[Finding, ...]
    still_open: tuple[Finding, ...]
    new: tuple[Finding, ...]
    changes: tuple[CountChange, ...]

    @property
    def unasked(self) -> tuple[CountChange, ...]:
        """The changes that no finding had asked for."""
        return tuple(change for change in self.changes if not change.was_asked_for)
