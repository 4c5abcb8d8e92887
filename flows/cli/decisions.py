"""What people decide, recorded in the ledger: `rollup explain`, `withdraw`, `program-to-date` and `rejudge`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.arguments import DEFAULT_OPERATION, LedgerAt, OperationAt, Out, clock_of, reason_of, role_of
from flows.cli.exits import Exit, UnusableError
from flows.cli.terminal import answer, output

if TYPE_CHECKING:
    from flows.ledger.ledger import Ledger
    from schemas.operation import Operation

_By = Annotated[str, typer.Option(help="The role of who decides, as the form lists them, or National office.")]
_Reason = Annotated[str, typer.Option(help="Why, in a sentence without names or numbers. For internal pages only.")]
_When = Annotated[str | None, typer.Option(help="When it was decided, a date or ISO time. [default: now]")]


@contextmanager
def ledger_held(out: Path, ledger: str | None) -> "Iterator[tuple[Ledger, Operation]]":
    """Open a ledger for one decision alone, with the operation that it is of."""
    from flows.ledger.ledger import ledger_to_write
    from flows.ledger.place import place_of
    from flows.replaying import operation_of

    with ledger_to_write(place_of(ledger, out)) as opened:
        yield opened, operation_of(opened)


def explain(
    finding: Annotated[str, typer.Argument(help="The id of a warning, as pages and findings.csv show it.")],
    reason: _Reason,
    by: _By,
    out: Out = Path("out"),
    ledger: LedgerAt = None,
    as_of: _When = None,
) -> Exit:
    """Record why a warning stands: from the next run on it is quiet, until its value or the rules change."""
    from flows.explaining import question_of
    from flows.ledger import decisions
    from flows.replaying import newest_snapshot
    from schemas.decisions import Explanation, Source

    with ledger_held(out, ledger) as (opened, operation):
        question = question_of(newest_snapshot(opened), finding.lower())
        role, clock, kept_reason = role_of(operation, by), clock_of(operation, as_of), reason_of(operation, reason)
        with opened.writing() as connection:
            decisions.explain(connection, Explanation(question, role, clock, kept_reason, Source.EXPLAIN))
    output().say(f"Explained: {finding.lower()}. From the next run on it asks no more, until its value changes.")
    return Exit.CLEAN


def withdraw(
    submission: Annotated[str, typer.Argument(help="Its sha256, or how it begins.")],
    reason: _Reason,
    by: _By,
    task_force: Annotated[
        list[str] | None, typer.Option(help="For this task force only. [default: all that it covers]")
    ] = None,
    out: Out = Path("out"),
    ledger: LedgerAt = None,
    as_of: _When = None,
) -> Exit:
    """Withdraw a submission: its counts leave the totals with the next run. It stays in the ledger and on the pages."""
    from flows.ledger import decisions
    from schemas.decisions import Withdrawal

    with ledger_held(out, ledger) as (opened, operation):
        role, clock, kept_reason = role_of(operation, by), clock_of(operation, as_of), reason_of(operation, reason)
        if unknown := [name for name in task_force or () if name not in operation.roster.by_id]:
            raise UnusableError(f"the roster of {operation.id} has no task force {', '.join(unknown)}.")
        with opened.writing() as connection:
            sha256 = decisions.submission_named(connection, submission)
            decisions.withdraw(connection, Withdrawal(sha256, tuple(task_force or ()), role, clock, kept_reason))
    output().say(f"Withdrawn: {sha256}. The next run leaves it out of the totals.")
    return Exit.CLEAN


def program_to_date(
    workbook: Annotated[Path, typer.Argument(help="The form of `rollup template --program-to-date`, filled in.")],
    source: Annotated[str, typer.Option(help="Where the additions are published, without names or numbers.")],
    by: _By,
    out: Out = Path("out"),
    ledger: LedgerAt = None,
    as_of: _When = None,
) -> Exit:
    """Record the next addition to the program to date. It stays apart from the operation's totals."""
    from flows.adding import add
    from flows.inbox import find_workbooks, take

    taken = take(find_workbooks(workbook))
    if len(taken.arrivals) != 1:
        raise UnusableError(" ".join(file.sentence for file in taken.not_taken) or f"{workbook} is not one workbook.")
    with ledger_held(out, ledger) as (opened, operation):
        role, clock, kept_source = role_of(operation, by), clock_of(operation, as_of), reason_of(operation, source)
        added = add(opened, taken.arrivals[0], role=role, source=kept_source, clock=clock)
    for addition in added:
        period = f"{addition.period_start} to {addition.period_end}"
        output().say(f"Recorded: {addition.series}, {period}: {addition.value:,}. The next run counts it.")
    return Exit.CLEAN


def rejudge(
    operation: OperationAt = DEFAULT_OPERATION,
    inbox: Annotated[Path | None, typer.Option(help="Where to look for bytes that the ledger does not keep.")] = None,
    out: Out = Path("out"),
    ledger: LedgerAt = None,
    as_of: Annotated[str | None, typer.Option(help="The clock, a date or ISO time. [default: now]")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Record it. Without this nothing is changed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> Exit:
    """Say whose verdict and which totals would change if everything were judged by the rules and files of today."""
    from flows import rejudging
    from flows.inbox import find_workbooks
    from flows.ledger.ledger import ledger_to_read, ledger_to_write
    from flows.ledger.place import place_of
    from flows.operations import load_operation
    from flows.reports.rejudge_account import rejudge_account, rejudge_as_json

    effort = load_operation(operation)
    place, clock = place_of(ledger, out), clock_of(effort, as_of)
    files = find_workbooks(inbox) if inbox else ()
    with ledger_to_write(place) if yes else ledger_to_read(place) as opened:
        rejudgement = rejudging.rejudge(opened, effort, files, as_of=clock, for_good=yes)
    account, as_read = (rejudge_account(effort, rejudgement, is_done=yes), rejudge_as_json(rejudgement, is_done=yes))
    answer(account, as_read, as_json=as_json)
    return Exit.CLEAN
