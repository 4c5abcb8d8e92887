"""Since your last try: what became of the findings of one workbook in the next, and which counts changed."""

from dataclasses import dataclass

from schemas.findings import Finding


@dataclass(frozen=True, slots=True)
class CountChange:
    """One count that is another than in the try before, as people read it: a number, `N/A`, or `not read`.

    Where no finding of that try asked to look at it, it is worth a look. The month is empty in the table without.
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

    Findings that are not found any more, that still are, and that were not before; and every count that changed, in the
    order of the form, but first those that nobody had asked for.
    """

    fixed: tuple[Finding, ...]
    still_open: tuple[Finding, ...]
    new: tuple[Finding, ...]
    changes: tuple[CountChange, ...]

    @property
    def unasked(self) -> tuple[CountChange, ...]:
        """The changes that no finding had asked for."""
        return tuple(change for change in self.changes if not change.was_asked_for)
