"""The release desk: what of a text, and what of the operation's own claims, is true of a snapshot.

What belongs here: the steps in their order, and one reason from what each of them says. What does not: how a figure is
found, bound or judged, which files texts come from, how verdicts are shown.
"""

from collections.abc import Sequence
from dataclasses import replace

from flows.reports.figures import said
from flows.steps.phrase import phrase
from flows.steps.prose.bind import mentions
from flows.steps.reconcile import reconcile
from schemas.operation import Claim, Hedge, Operation
from schemas.phrasings import Sayable
from schemas.prose import FigureVerdict, JudgedFigure, Mention
from schemas.release_basis import ReleaseBasis
from schemas.snapshot import ClaimCheck, ClaimVerdict, Coverage

_BEST_FIRST = (ClaimVerdict.SUPPORTED, ClaimVerdict.NOT_DERIVABLE, ClaimVerdict.CONTRADICTED)


def check_claims(operation: Operation, basis: ReleaseBasis, claims: Sequence[Claim] = ()) -> tuple[ClaimCheck, ...]:
    """Judge claims by a snapshot; the operation's own if none are given."""
    return reconcile(replace(operation, claims=tuple(claims) or operation.claims), basis.coverage, basis.totals)


def check_text(text: str, operation: Operation, basis: ReleaseBasis) -> tuple[JudgedFigure, ...]:
    """Judge every figure of a text, in its order."""
    own = check_claims(operation, basis)
    return tuple(_judged(mention, operation, basis, own) for mention in mentions(text, operation))


def say_truly(operation: Operation, basis: ReleaseBasis) -> tuple[Sayable, ...]:
    """Return what may be said of each figure that the operation claims."""
    return phrase(operation, basis, check_claims(operation, basis))


def _judged(mention: Mention, operation: Operation, basis: ReleaseBasis, own: Sequence[ClaimCheck]) -> JudgedFigure:
    found = mention.found
    if mention.settled:
        hedge = Hedge.EXACT if mention.claim else None
        claimed = None if mention.settled is FigureVerdict.NOT_A_CLAIM else found.value
        settled = (mention.claim, hedge, claimed, None, mention.settled, mention.reason)
        return JudgedFigure(found.text, found.start, found.end, *settled)
    as_it_stands = replace(basis, coverage=_taken_as_all(basis.coverage)) if mention.so_far else basis
    checks = check_claims(operation, as_it_stands, mention.claims)
    check = min(checks, key=lambda check: _BEST_FIRST.index(check.verdict))
    if check.verdict is ClaimVerdict.CONTRADICTED:
        check = check_claims(operation, as_it_stands, [_no_coarser(check.claim, operation)])[0]
    so_far = f" That is so far, from {basis.coverage.phrase}." if mention.so_far else ""
    verdict, reason = FigureVerdict(check.verdict.value), _reason(mention, check, own) + so_far
    judged = (mention.claim, check.claim.hedge, check.claim.value, check.number, verdict, reason)
    return JudgedFigure(found.text, found.start, found.end, *judged)


def _no_coarser(claim: Claim, operation: Operation) -> Claim:
    """Return a claim no coarser than the operation's hedged ones about the same thing, so that the true words are."""
    alike = (other for other in operation.claims if (other.family, other.of) == (claim.family, claim.of))
    return replace(claim, grain=min([claim.grain, *(other.grain for other in alike if other.grain > 1)]))


def _taken_as_all(coverage: Coverage) -> Coverage:
    """Return coverage that expects nobody but those who have reported: what a sentence about them is held to."""
    return replace(
        coverage,
        task_forces_expected=coverage.task_forces_reporting,
        states_expected=coverage.states_reporting,
        outstanding=(),
        overdue=(),
    )


def _reason(mention: Mention, check: ClaimCheck, own: Sequence[ClaimCheck]) -> str:
    """Return why, and what the operation's own claims have to do with it."""
    reasons = [check.reason]
    about_it = [o for o in own if (o.claim.family, o.claim.of) == (check.claim.family, check.claim.of)]
    is_own = any((o.claim.hedge, o.claim.value) == (check.claim.hedge, check.claim.value) for o in about_it)
    if check.verdict is ClaimVerdict.SUPPORTED and not is_own and not mention.so_far:
        reasons.append(f"The release words it otherwise: {_phrases(about_it)}.")
    if check.verdict is ClaimVerdict.CONTRADICTED:
        if len(mention.claims) > 1:
            reasons.append(f"Nor is it exactly {check.claim.value:,}.")
        true = [o for o in about_it if o.verdict is ClaimVerdict.SUPPORTED]
        if true and not any(f"'{said(o.claim)}' would be true" in check.reason for o in true):
            reasons.append(f"The release's own words are true: {_phrases(true)}.")
        if elsewhere := [o for o in own if o not in about_it and o.claim.value == mention.found.value]:
            reasons.append(f"The release says '{mention.hedged.lower()}' of something else: {_phrases(elsewhere)}.")
    return " ".join(reasons)


def _phrases(checks: Sequence[ClaimCheck]) -> str:
    return " and ".join(f"'{check.claim.phrase}'" for check in checks)
