"""The account of a run in the terminal: what the nation adds up to, what the release says of it, who needs a person.

It fits 80 columns and says everything in words; colour only repeats them.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from flows.reports.attention import Concern, needing_attention
from flows.reports.outcome import outcome_text
from flows.reports.words import counted, listed, moment_in_words
from schemas.months import month_label
from schemas.operation import Claim, Family, Operation
from schemas.snapshot import ClaimCheck, ClaimVerdict, Coverage, Snapshot
from schemas.submission import Verdict

_FAMILY_TITLE = {
    Family.OPERATION: "Operation totals",
    Family.PARTICIPATION: "Participation",
    Family.PROGRAM_TO_DATE: "Program to date",
}
_PROGRAM_TO_DATE_NOTE = "Program to date: a published baseline plus increments, never a sum of submissions."
_TASK_FORCES_LISTED = 8
_CONCERNS_LISTED = 20


def account(snapshot: Snapshot, outputs: Path) -> RenderableType:
    """Return what an operator wants to know of a run.

    Args:
        snapshot: What the run led to.
        outputs: The folder of its outputs.
    """
    operation = snapshot.operation
    return Group(
        Text(f"{operation.title}, as of {moment_in_words(operation, snapshot.as_of)}", "bold"),
        Text(_coverage(snapshot.coverage)),
        Text(),
        _figures(snapshot),
        Text(),
        *_reasons(snapshot),
        Text(),
        *_concerns(snapshot),
        Text(),
        Text(f"Outputs: {outputs}", overflow="fold"),
    )


def _coverage(coverage: Coverage) -> str:
    if coverage.is_complete:
        return f"{coverage.phrase}: complete"
    return f"{coverage.phrase}; outstanding: {listed(coverage.outstanding, _TASK_FORCES_LISTED)}"


def _figures(snapshot: Snapshot) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="")
    table.add_column("", min_width=26)
    table.add_column("Total" if snapshot.coverage.is_complete else "So far", justify="right")
    table.add_column("The release says")
    table.add_column("")
    for family in Family:
        if rows := list(_rows(snapshot, family)):
            if table.row_count:
                table.add_row()
            table.add_row(Text(_FAMILY_TITLE[family], "bold"))
        for row in rows:
            table.add_row(*row)
    return table


def _rows(snapshot: Snapshot, family: Family) -> Iterator[tuple[str, str, str, Text]]:
    """Yield a line for each claim of a family and, among operation totals, for each whole the release is silent on."""
    claims: dict[str, list[ClaimCheck]] = {of: [] for of in (_wholes(snapshot) if family is Family.OPERATION else ())}
    for check in snapshot.claims:
        if check.claim.family is family:
            claims.setdefault(check.claim.of, []).append(check)
    for of, checks in claims.items():
        lines = [(_total(check), _said(check.claim), outcome_text(check.verdict)) for check in checks]
        total, said, verdict = lines[0] if lines else (_published_total(snapshot, of), "nothing", Text())
        yield _label(snapshot.operation, of), total, said, verdict
        yield from (("", "", said, verdict) for _, said, verdict in lines[1:])


def _wholes(snapshot: Snapshot) -> Iterator[str]:
    """Yield the measures that are no part of another and that no other family speaks of."""
    measures = snapshot.operation.measures
    elsewhere = {part for measure in measures for part in measure.parts}
    elsewhere |= {check.claim.of for check in snapshot.claims if check.claim.family is not Family.OPERATION}
    return (measure.id for measure in measures if measure.id not in elsewhere)


def _label(operation: Operation, of: str) -> str:
    labels = {figure.series: figure.label for figure in operation.program_to_date}
    labels |= {measure.id: measure.label for measure in operation.measures}
    return labels.get(of, of.replace("_", " ").capitalize())


def _total(check: ClaimCheck) -> str:
    """Return the computed figure; of months, which have names, how many there are."""
    if check.claim.months:
        return str(sum(month_label(month) in check.computed for month in check.claim.months))
    return check.computed or "-"


def _published_total(snapshot: Snapshot, of: str) -> str:
    value = snapshot.totals.set_index("measure")["value"][of]
    return "-" if pd.isna(value) else f"{value:,}"


def _said(claim: Claim) -> str:
    return f"{claim.hedge.phrase}{claim.value:,}"


def _reasons(snapshot: Snapshot) -> Iterator[RenderableType]:
    """Yield why each contradicted figure is one, what to bear in mind of a total, and what the families are."""
    for check in snapshot.claims:
        if check.verdict is ClaimVerdict.CONTRADICTED:
            yield Text(f"{check.claim.phrase}: contradicted. {check.reason}", "bold red")
    for measure in snapshot.operation.measures:
        if measure.caveat:
            yield Text(f"{measure.label}: {measure.caveat}")
    if snapshot.operation.program_to_date:
        yield Text(_PROGRAM_TO_DATE_NOTE)


def _concerns(snapshot: Snapshot) -> Iterator[RenderableType]:
    outcomes = Counter(submission.verdict for submission in snapshot.submissions.values())
    by_outcome = ", ".join(f"{n:,} {outcome_text(verdict)}" for verdict in Verdict if (n := outcomes[verdict]))
    yield Text(f"{counted(len(snapshot.submissions), 'submission')}{': ' * bool(by_outcome)}{by_outcome}", "bold")
    concerns = needing_attention(snapshot)
    for concern in concerns[:_CONCERNS_LISTED]:
        yield from _concern(concern)
    if len(concerns) > _CONCERNS_LISTED:
        yield Text(f"and {len(concerns) - _CONCERNS_LISTED:,} more, in submissions.csv and findings.csv")


def _concern(concern: Concern) -> Iterator[RenderableType]:
    yield Text.assemble(
        f"{concern.submission.state or '--'}  {concern.file}: ",
        outcome_text(concern.outcome),
        f", {counted(len(concern.findings), 'finding')}" if concern.findings else "",
        overflow="fold",
    )
    if concern.findings:
        yield Padding(Text(concern.findings[0].message), (0, 0, 0, 4))
