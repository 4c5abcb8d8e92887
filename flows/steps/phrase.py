"""True phrasings: what may be said of each figure at sensible grains, and how much room that has before it is false.

What belongs here: the arithmetic of saying less than is known. What does not: whether the release's claims are true.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from schemas.claims import truth_of
from schemas.operation import Claim, Family, Hedge, Operation
from schemas.phrasings import Phrasing, Sayable
from schemas.release_basis import ReleaseBasis
from schemas.snapshot import ClaimCheck

_GRAINS = 2
"""How many powers of ten a figure is rounded to, the coarsest of them a tenth of the figure at most."""


def phrase(operation: Operation, basis: ReleaseBasis, checks: Sequence[ClaimCheck]) -> tuple[Sayable, ...]:
    """Return what may be said of each figure that is claimed and was judged. Months are named, not phrased."""
    by_figure: dict[tuple[Family, str], list[ClaimCheck]] = {}
    for check in checks:
        if check.claim.of != "months":
            by_figure.setdefault((check.claim.family, check.claim.of), []).append(check)
    return tuple(_sayable(about_it, operation, basis) for about_it in by_figure.values())


def _sayable(checks: Sequence[ClaimCheck], operation: Operation, basis: ReleaseBasis) -> Sayable:
    claims, figure = [check.claim for check in checks], checks[0].number
    is_final = basis.coverage.is_complete
    candidates = claims if figure is None or not is_final else _true_claims(figure, claims)
    return Sayable(
        claim=claims[0],
        figure=figure,
        is_final=is_final,
        so_far="" if figure is None or is_final else _so_far(claims[0], figure, basis),
        phrasings=() if figure is None else tuple(_phrasing(figure, claim, claims) for claim in candidates),
        caveats=tuple(_caveats(claims[0], operation, basis)),
    )


def _phrasing(figure: int, claim: Claim, claims: Sequence[Claim]) -> Phrasing:
    truth = truth_of(claim)
    most = figure if truth.most is None else truth.most
    is_own = any((other.hedge, other.value) == (claim.hedge, claim.value) for other in claims)
    return Phrasing(claim, figure - truth.least, most - figure, is_own)


def _true_claims(figure: int, claims: Sequence[Claim]) -> Sequence[Claim]:
    """Return the exact number and each hedge at each sensible grain; what is said alike, at its finest grain."""
    first = claims[0]
    is_counted_out = first.family is Family.PARTICIPATION and first.hedge is Hedge.EXACT
    rounded = [] if is_counted_out else [c for grain in _grains(figure, claims) for c in _rounded(figure, first, grain)]
    exact = replace(first, hedge=Hedge.EXACT, value=figure, grain=1)
    return [*{(claim.hedge, claim.value): claim for claim in rounded}.values(), exact]


def _rounded(figure: int, claim: Claim, grain: int) -> Iterator[Claim]:
    down, half_up = figure // grain * grain, (2 * figure + grain) // (2 * grain) * grain
    if down < figure:
        yield replace(claim, hedge=Hedge.MORE_THAN, value=down, grain=grain)
        yield replace(claim, hedge=Hedge.NEARLY, value=down + grain, grain=grain)
    yield replace(claim, hedge=Hedge.ABOUT, value=half_up, grain=grain)


def _grains(figure: int, claims: Sequence[Claim]) -> list[int]:
    """Return what a figure is rounded to, the coarsest first: powers of ten, and what the claims round to."""
    powers = [10**n for n in range(1, len(str(figure)) - 1)][-_GRAINS:]
    own = (claim.grain for claim in claims if 1 < claim.grain <= figure)
    return sorted({*powers, *own}, reverse=True)


def _so_far(claim: Claim, figure: int, basis: ReleaseBasis) -> str:
    """Return the sentence that is true while others are outstanding; none where who has reported is not the point."""
    if claim.family is Family.PROGRAM_TO_DATE:
        return ""
    coverage = basis.coverage
    rosters = {"task_forces": coverage.task_forces_expected, "states": coverage.states_expected}
    if claim.of in rosters:
        return f"So far, {figure} of {rosters[claim.of]} {claim.noun} have reported."
    total = basis.totals[claim.of]
    return f"So far, {total.reporting} of {total.expected} task forces report {figure:,} {claim.noun}."


def _caveats(claim: Claim, operation: Operation, basis: ReleaseBasis) -> Iterator[str]:
    if claim.family is not Family.PROGRAM_TO_DATE:
        if claim.of in operation.measure and (caveat := operation.measure[claim.of].caveat):
            yield caveat
        return
    yield "A baseline and increments; late revisions do not move it."
    for line in operation.program_to_date:
        if line.series == claim.of and line.measure and line.includes(operation):
            room = max(0, line.value - basis.totals[line.measure].firm)
            yield f"Its last increment, {line.value:,}, includes the operation, which may count {room:,} more at most."
