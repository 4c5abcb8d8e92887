"""`rollup explain`: the recorded reason for a warning."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.arguments import LEDGER_HELP, clock_of, reason_of, role_of
from flows.cli.exits import Exit
from flows.cli.terminal import output


def explain(
    finding: Annotated[str, typer.Argument(help="The id of a warning, as pages and findings.csv show it.")],
    reason: Annotated[str, typer.Option(help="Why, in a sentence without names or numbers. For internal pages only.")],
    by: Annotated[str, typer.Option(help="The role of who says so, as the form lists them, or National office.")],
    out: Annotated[Path, typer.Option(help="Where the outputs are.")] = Path("out"),
    ledger: Annotated[str | None, typer.Option(help=LEDGER_HELP)] = None,
    as_of: Annotated[str | None, typer.Option(help="When it was said, a date or ISO time. [default: now]")] = None,
) -> Exit:
    """Record why a warning stands: from the next run on it is quiet, until its value or the rules change."""
    from flows.explaining import question_of
    from flows.ledger import decisions
    from flows.ledger.ledger import ledger_to_write
    from flows.ledger.place import place_of
    from flows.replaying import newest_snapshot
    from schemas.decisions import Explanation, Source

    with ledger_to_write(place_of(ledger, out)) as opened:
        snapshot = newest_snapshot(opened)
        question = question_of(snapshot, finding.lower())
        role, clock = role_of(snapshot.operation, by), clock_of(snapshot.operation, as_of)
        kept_reason = reason_of(snapshot.operation, reason)
        with opened.writing() as connection:
            decisions.explain(connection, Explanation(question, role, clock, kept_reason, Source.EXPLAIN))
    output().say(f"Explained: {finding.lower()}. From the next run on it asks no more, until its value changes.")
    return Exit.CLEAN
