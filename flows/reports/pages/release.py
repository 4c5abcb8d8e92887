"""A draft of the release as a page: the text with every figure marked, why, and what each figure follows from."""

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence

from flows.reports.pages.render import render
from flows.reports.release_check import in_sum, line_of, one_line
from flows.reports.words import shown
from schemas.operation import Claim, Operation
from schemas.prose import JudgedFigure
from schemas.release_basis import ReleaseBasis

_WRAPPED = re.compile(r"\n(?![ \t>]*(?:[-*+\u2022#|]|\d+[.)]))")

Piece = tuple[str, int]
"""Words of the text, and the number of the figure that they are; 0 where they are none."""


def release_page(operation: Operation, basis: ReleaseBasis, text: str, figures: Sequence[JudgedFigure]) -> bytes:
    """Return a draft, with all of its figures judged in their order, as a page that needs nothing but itself."""
    claims = {claim.id: claim for claim in operation.claims}
    bound = {claims[figure.claim].of: claims[figure.claim] for figure in figures if figure.claim}
    return render(
        "release.html",
        operation=operation,
        basis=basis,
        paragraphs=list(_paragraphs(text, figures)),
        figures=figures,
        to_answer=[figure for figure in figures if figure.needs_a_person],
        verdicts=Counter(figure.verdict for figure in figures),
        in_sum=in_sum(figures),
        claims=claims,
        traced=[(claim, list(_trace(claim, operation, basis))) for claim in bound.values()],
        line_of=lambda figure: line_of(text, figure),
        one_line=one_line,
    )


def _paragraphs(text: str, figures: Sequence[JudgedFigure]) -> Iterator[list[Piece]]:
    """Yield the pieces of each paragraph, its lines joined where they were only wrapped."""
    shown = _WRAPPED.sub(" ", text)
    at, waiting = 0, deque(enumerate(figures, 1))
    for end in (*(match.start() for match in re.finditer(r"\n[ \t]*\n", text)), len(text)):
        at += len(text[at:end]) - len(text[at:end].lstrip())
        pieces: list[Piece] = []
        while waiting and waiting[0][1].start < end:
            number, figure = waiting.popleft()
            pieces += [(shown[at : figure.start], 0), (one_line(figure.text), number)]
            at = figure.end
        pieces.append((shown[at:end], 0))
        at = max(at, end)
        if any(words.strip() for words, _ in pieces):
            yield pieces


def _trace(claim: Claim, operation: Operation, basis: ReleaseBasis) -> Iterator[str]:
    """Yield what a figure follows from, a line each."""
    coverage = basis.coverage
    lines = [line for line in operation.program_to_date if line.series == claim.of]
    for line in lines:
        basis_of_it = "published" if line.basis == "P" else "assumed"
        yield f"{line.kind}, {line.period_start} to {line.period_end}: {line.value:,} ({basis_of_it}: {line.source})"
    if claim.of in basis.totals:
        total = basis.totals[claim.of]
        yield f"total {shown(total.value)}, from {total.reporting} of {total.expected} task forces"
    elif not lines:
        yield coverage.phrase
