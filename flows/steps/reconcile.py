"""Reconciliation: every claim of the release against what counts.

A figure is an interval too: while somebody is outstanding it can still grow, from what is firm to no known end. A claim
is contradicted when no figure in that interval makes it true, and supported only when nobody is outstanding.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas.claims import Interval, true_wording, truth_of
from schemas.months import month_label
from schemas.operation import Claim, Family, Operation
from schemas.release_basis import KnownTotal
from schemas.snapshot import ClaimCheck, ClaimVerdict, Coverage

_LISTED = 5

Totals = Mapping[str, KnownTotal]


@dataclass(frozen=True, slots=True)
class _Figure:
    """What a claim is held against: the figure now, the interval it can end in, and whom it comes from."""

    now: int
    range: Interval
    source: str = ""


def reconcile(operation: Operation, coverage: Coverage, totals: Totals) -> tuple[ClaimCheck, ...]:
    """Judge every claim of an operation, in its order."""
    return tuple(_check(claim, operation, coverage, totals) for claim in operation.claims)


def _check(claim: Claim, operation: Operation, coverage: Coverage, totals: Totals) -> ClaimCheck:
    if claim.family is Family.PROGRAM_TO_DATE:
        return _check_program(claim, operation, coverage, totals)
    match claim.of:
        case "months":
            return _check_months(claim, operation, coverage)
        case "task_forces":
            reporting, expected = coverage.task_forces_reporting, coverage.task_forces_expected
            return _judge(claim, _Figure(reporting, Interval(reporting, expected)), coverage)
        case "states":
            reporting, expected = coverage.states_reporting, coverage.states_expected
            return _judge(claim, _Figure(reporting, Interval(reporting, expected)), coverage)
        case _:
            return _check_measure(claim, coverage, totals)


def _check_measure(claim: Claim, coverage: Coverage, totals: Totals) -> ClaimCheck:
    total = totals[claim.of]
    source = f" from {total.reporting} of {total.expected} task forces"
    if total.value is None:
        nothing = f"All that is in{source} is N/A" if total.reporting else "Nothing is in"
        return ClaimCheck(claim, "", ClaimVerdict.NOT_DERIVABLE, f"{nothing}{_outstanding(coverage)}.")
    final = Interval(total.value, total.value) if coverage.is_complete else Interval(total.firm, None)
    return _judge(claim, _Figure(total.value, final, source), coverage)


def _check_program(claim: Claim, operation: Operation, coverage: Coverage, totals: Totals) -> ClaimCheck:
    lines = [line for line in operation.program_to_date if line.series == claim.of]
    total = sum(line.value for line in lines)
    figure = _Figure(total, Interval(total, total))
    for line in lines:
        firm = totals[line.measure].firm if line.measure and line.includes(operation) else 0
        if firm > line.value:
            reason = (
                f"The increment from {line.period_start} to {line.period_end} is {line.value:,}, but the operation "
                f"alone counts {firm:,} in that time."
            )
            return ClaimCheck(claim, f"{total:,}", ClaimVerdict.CONTRADICTED, reason)
    return _judge(claim, figure, coverage)


def _check_months(claim: Claim, operation: Operation, coverage: Coverage) -> ClaimCheck:
    claimed, covered = set(claim.months), set(coverage.months_covered)
    if covered <= claimed <= set(operation.months) and not coverage.is_complete:
        in_full = f"{_month_names(coverage.months_covered)} {_is_or_are(coverage.months_covered)}"
        verdict = ClaimVerdict.NOT_DERIVABLE
        reason = f"So far {in_full} in from all task forces{_outstanding(coverage)}."
    elif claimed == covered:
        verdict, reason = ClaimVerdict.SUPPORTED, "Each of these months is in from all task forces."
    else:
        verdict, reason = ClaimVerdict.CONTRADICTED, f"The operation's months are {_month_names(operation.months)}."
    return ClaimCheck(claim, ", ".join(map(month_label, coverage.months_covered)), verdict, reason)


def _judge(claim: Claim, figure: _Figure, coverage: Coverage) -> ClaimCheck:
    truth = truth_of(claim)
    if not truth.meets(figure.range):
        verdict, reason = ClaimVerdict.CONTRADICTED, _why_contradicted(claim, figure, coverage)
    elif coverage.is_complete:
        verdict, reason = ClaimVerdict.SUPPORTED, f"The figure is {figure.now:,}, {_needed(claim, within=True)}."
    elif claim.family is Family.PROGRAM_TO_DATE:
        verdict, reason = ClaimVerdict.NOT_DERIVABLE, _why_program_is_open(figure, coverage)
    else:
        reason = f"So far {figure.now:,}{figure.source}{_outstanding(coverage)}."
        verdict = ClaimVerdict.NOT_DERIVABLE
    return ClaimCheck(claim, f"{figure.now:,}", verdict, reason)


def _why_contradicted(claim: Claim, figure: _Figure, coverage: Coverage) -> str:
    needed = _needed(claim, within=False)
    if figure.range.least == figure.range.most:
        wording = true_wording(claim, figure.now) if claim.grain > 1 else f"{figure.now:,}"
        return f"The figure is {figure.now:,}, {needed}; {wording!r} would be true."
    if figure.range.least > truth_of(claim).least:
        return f"Already {figure.range.least:,}{figure.source}, {needed}{_outstanding(coverage)}."
    return f"It can be at most {figure.range.most:,}, {needed}."


def _why_program_is_open(figure: _Figure, coverage: Coverage) -> str:
    return (
        f"Baseline and increments make {figure.now:,}, but they include the operation, whose total is not "
        f"complete{_outstanding(coverage)}."
    )


def _needed(claim: Claim, *, within: bool) -> str:
    """Say where a figure stands to what the claim's words need."""
    truth, words = truth_of(claim), f"'{claim.hedge.phrase}{claim.value:,}'"
    if truth.least == truth.most:
        return "as claimed" if within else f"not {claim.value:,}"
    if truth.most is None or truth.least > truth.most:
        return f"and {claim.hedge.phrase.strip()!r} goes with a rounded number, which {claim.value:,} is not"
    return f"{'within' if within else 'outside'} the {truth.least:,} to {truth.most:,} that {words} needs"


def _outstanding(coverage: Coverage) -> str:
    """Say who is outstanding, as the end of a sentence; nothing where nobody is."""
    if coverage.is_complete:
        return ""
    if not coverage.overdue:
        return "; months of the operation are still to come"
    return f"; {_listed(coverage.overdue)} {_is_or_are(coverage.overdue)} outstanding"


def _is_or_are(names: Sequence[str]) -> str:
    return "is" if len(names) < 2 else "are"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _LISTED
    if more > 0:
        return f"{', '.join(names[:_LISTED])} and {more} more"
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _month_names(months: Sequence[str]) -> str:
    return _listed([month_label(month) for month in months]) if months else "no month"
