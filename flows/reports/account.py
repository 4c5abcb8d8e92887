"""The account of a run in the terminal: what the nation adds up to, what the release says of it, who needs a person.

It fits 80 columns and says everything in words; colour only repeats them.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from flows.reports.figures import coverage_in_words, figure_lines, said
from flows.reports.filing import Filed, needing_attention
from flows.reports.outcome import outcome_text, plain_table
from flows.reports.words import counted, moment_in_words
from schemas.operation import Family
from schemas.public import FAMILY_TITLE, PROGRAM_TO_DATE_NOTE
from schemas.snapshot import ClaimVerdict, Snapshot
from schemas.submission import Verdict

_CONCERNS_LISTED = 20


def account(snapshot: Snapshot, outputs: Path | str) -> RenderableType:
    """Return what an operator wants to know of a run, and where its outputs are."""
    operation = snapshot.operation
    return Group(
        Text(f"{operation.title}, as of {moment_in_words(operation, snapshot.as_of)}", "bold"),
        Text(coverage_in_words(snapshot.coverage)),
        Text(),
        _figures(snapshot),
        Text(),
        *_reasons(snapshot),
        Text(),
        *_concerns(snapshot),
        Text(),
        Text(f"Outputs: {outputs}", overflow="fold"),
    )


def _figures(snapshot: Snapshot) -> Table:
    total = "Total" if snapshot.coverage.is_complete else "So far"
    table = plain_table(Column(min_width=26), Column(total, justify="right"), "The release says", "")
    for family in Family:
        if rows := list(_rows(snapshot, family)):
            if table.row_count:
                table.add_row()
            table.add_row(Text(FAMILY_TITLE[family], "bold"))
        for row in rows:
            table.add_row(*row)
    return table


def _rows(snapshot: Snapshot, family: Family) -> Iterator[tuple[str, str, str, Text]]:
    """Yield a line for each claim of a family and for each figure that the release is silent on."""
    for line in figure_lines(snapshot, family):
        lines = [(said(check.claim), outcome_text(check.verdict)) for check in line.checks] or [("nothing", Text())]
        yield line.label, line.total, *lines[0]
        yield from (("", "", *further) for further in lines[1:])


def _reasons(snapshot: Snapshot) -> Iterator[RenderableType]:
    """Yield why each contradicted figure is one, what to bear in mind of a total, and what the families are."""
    for check in snapshot.claims:
        if check.verdict is ClaimVerdict.CONTRADICTED:
            yield Text(f"{check.claim.phrase}: contradicted. {check.reason}", "bold red")
    for measure in snapshot.operation.measures:
        if measure.caveat:
            yield Text(f"{measure.label}: {measure.caveat}")
    if snapshot.operation.program_to_date:
        yield Text(PROGRAM_TO_DATE_NOTE)


def _concerns(snapshot: Snapshot) -> Iterator[RenderableType]:
    outcomes = Counter(submission.verdict for submission in snapshot.submissions.values())
    by_outcome = ", ".join(f"{n:,} {outcome_text(verdict)}" for verdict in Verdict if (n := outcomes[verdict]))
    yield Text(f"{counted(len(snapshot.submissions), 'submission')}{': ' * bool(by_outcome)}{by_outcome}", "bold")
    if pending := len(snapshot.to_be_rejudged):
        yield Text(f"{counted(pending, 'verdict')} by earlier rules or files of the operation: see `rollup rejudge`")
    concerns = needing_attention(snapshot)
    for concern in concerns[:_CONCERNS_LISTED]:
        yield from _concern(concern)
    if len(concerns) > _CONCERNS_LISTED:
        yield Text(f"and {len(concerns) - _CONCERNS_LISTED:,} more, in submissions.csv and findings.csv")
    for file in snapshot.not_taken[:_CONCERNS_LISTED]:
        yield Text(f"--  {file.sentence}", overflow="fold")
    if len(snapshot.not_taken) > _CONCERNS_LISTED:
        yield Text(f"and {len(snapshot.not_taken) - _CONCERNS_LISTED:,} more not taken, in manifest.json")


def _concern(concern: Filed) -> Iterator[RenderableType]:
    yield Text.assemble(
        f"{concern.submission.state or '--'}  {concern.file}: ",
        outcome_text(concern.outcome),
        f", {counted(len(concern.open), 'finding')}" if concern.open else "",
        overflow="fold",
    )
    if concern.open:
        yield Padding(Text(concern.open[0].diagnosis), (0, 0, 0, 4))
