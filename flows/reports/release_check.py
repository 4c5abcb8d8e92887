"""What `rollup release-check` says: of the release's claims, of what may be said, and of a text's figures."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Column
from rich.text import Text

from flows.reports.as_json import claim_as_json
from flows.reports.figures import coverage_in_words, said
from flows.reports.outcome import outcome_text, plain_table
from flows.reports.words import shown
from schemas.months import long_date
from schemas.operation import Family, Operation
from schemas.phrasings import Phrasing, Sayable
from schemas.prose import FigureVerdict, JudgedFigure
from schemas.release_basis import ReleaseBasis
from schemas.snapshot import ClaimCheck

_WORST_FIRST = (
    FigureVerdict.CONTRADICTED,
    FigureVerdict.UNBACKED,
    FigureVerdict.NOT_DERIVABLE,
    FigureVerdict.SUPPORTED,
    FigureVerdict.NOT_A_CLAIM,
)


def text_account(
    basis: ReleaseBasis, operation: Operation, text: str, figures: Sequence[JudgedFigure]
) -> RenderableType:
    """Return every figure of a text with its verdict, and the reasons where a person is needed."""
    table = plain_table(Column("line", justify="right"), "figure", "is about", "")
    nouns = {claim.id: claim.noun for claim in operation.claims}
    for judged in figures:
        about = nouns.get(judged.claim, "-")
        table.add_row(str(line_of(text, judged)), one_line(judged.text), about, outcome_text(judged.verdict))
    return Group(*_heading(basis, operation), table, Text(), Text(in_sum(figures), "bold"), *_reasons(text, figures))


def claims_account(basis: ReleaseBasis, operation: Operation, checks: Sequence[ClaimCheck]) -> RenderableType:
    """Return every claim of the operation with its verdict and the reason."""
    table = plain_table("the release says", "", "because")
    for check in checks:
        table.add_row(check.claim.phrase, outcome_text(check.verdict), check.reason)
    return Group(*_heading(basis, operation), table)


def phrasings_account(basis: ReleaseBasis, operation: Operation, sayables: Sequence[Sayable]) -> RenderableType:
    """Return what may be said of each figure, how long it stays true, and what belongs beside it."""
    lines: list[RenderableType] = list(_heading(basis, operation))
    for sayable in sayables:
        noun, total = sayable.claim.noun, shown(sayable.figure, "no figure yet")
        lines.append(Text.assemble((noun[:1].upper() + noun[1:], "bold"), f": {total}"))
        if sayable.so_far:
            lines.append(Padding(Text(f"May be said: {sayable.so_far}"), (0, 0, 0, 2)))
        table = plain_table(show_header=False)
        for phrasing in sayable.phrasings:
            wording = " (the release's words)" if phrasing.is_release_wording else ""
            table.add_row(f"  {said(phrasing.claim)}{wording}", room_in_words(phrasing, is_final=sayable.is_final))
        lines += [table, *(Padding(Text(caveat, "italic"), (0, 0, 0, 2)) for caveat in sayable.caveats), Text()]
    return Group(*lines[:-1])


def release_as_json(
    basis: ReleaseBasis,
    *,
    checks: Sequence[ClaimCheck] = (),
    sayables: Sequence[Sayable] = (),
    text: str = "",
    figures: Sequence[JudgedFigure] = (),
) -> dict[str, Any]:
    """Return what was asked for, for a program to read. Positions are characters of `text`."""
    said_of: dict[str, Any] = {"snapshot": basis.snapshot, "coverage": basis.coverage.phrase}
    if text:
        return said_of | {"text": text, "figures": [asdict(f) | {"claim": f.claim or None} for f in figures]}
    if sayables:
        return said_of | {"phrasings": [_sayable(sayable) for sayable in sayables]}
    return said_of | {"claims": [claim_as_json(check) for check in checks]}


def room_in_words(phrasing: Phrasing, *, is_final: bool) -> str:
    """Return how much a figure may still move before a phrasing is false, or must move before it is true."""
    fewer, more = phrasing.fewer, phrasing.more
    if more < 0:
        return f"false: {-more:,} too many" if is_final else f"cannot become true: {-more:,} too many already"
    if fewer < 0:
        return f"not yet: needs {f'{-fewer:,} to {more:,}' if -fewer < more else f'exactly {more:,}'} more"
    if not is_final and phrasing.claim.family is Family.PROGRAM_TO_DATE:
        return "not yet: it includes the operation, which is not complete"
    if not is_final:
        return f"not yet: true of what is in, and stays so with {f'at most {more:,}' if more else 'no'} more"
    if not fewer and not more:
        return "true until any revision changes it"
    return f"true until {fewer + 1:,} fewer or {more + 1:,} more"


def in_sum(figures: Sequence[JudgedFigure]) -> str:
    """Return how many figures have which verdict: `36 figures: 1 contradicted, 20 supported, 15 not a claim`."""
    verdicts = Counter(figure.verdict for figure in figures)
    parts = [f"{n:,} {verdict.replace('_', ' ')}" for verdict in _WORST_FIRST if (n := verdicts[verdict])]
    return f"{len(figures):,} figures{': ' * bool(parts)}{', '.join(parts)}"


def line_of(text: str, figure: JudgedFigure) -> int:
    """Return the line a figure stands in, counted from 1."""
    return text.count("\n", 0, figure.start) + 1


def one_line(text: str) -> str:
    """Return text without its line breaks."""
    return " ".join(text.split())


def _reasons(text: str, figures: Sequence[JudgedFigure]) -> Iterator[RenderableType]:
    for figure in sorted(figures, key=lambda figure: _WORST_FIRST.index(figure.verdict)):
        if figure.needs_a_person:
            line = f"line {line_of(text, figure)}, {one_line(figure.text)}: "
            yield Text.assemble(line, outcome_text(figure.verdict), f". {figure.reason}")


def _heading(basis: ReleaseBasis, operation: Operation) -> Iterator[RenderableType]:
    yield Text(f"{operation.title}, snapshot {basis.snapshot} of {long_date(basis.as_of)}", "bold")
    yield Text(coverage_in_words(basis.coverage))
    yield Text()


def _sayable(sayable: Sayable) -> dict[str, Any]:
    return {
        "of": sayable.claim.of,
        "family": sayable.claim.family,
        "noun": sayable.claim.noun,
        "figure": sayable.figure,
        "is_final": sayable.is_final,
        "so_far": sayable.so_far or None,
        "phrasings": [
            {
                "phrase": said(phrasing.claim),
                **{name: getattr(phrasing.claim, name) for name in ("hedge", "value", "grain")},
                **{name: getattr(phrasing, name) for name in ("fewer", "more", "is_release_wording")},
            }
            for phrasing in sayable.phrasings
        ],
        "caveats": list(sayable.caveats),
    }
