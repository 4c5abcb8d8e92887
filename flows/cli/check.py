"""`rollup check`: what the nightly run would find in a workbook, told to whoever is about to send it."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.arguments import DEFAULT_OPERATION, OperationAt, clock_of
from flows.cli.exits import Exit, UnusableError, exit_of_check
from flows.cli.terminal import answer, live_progress


def check(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Workbooks, or folders of workbooks.")],
    operation: OperationAt = DEFAULT_OPERATION,
    as_of: Annotated[str | None, typer.Option(help="The clock, a date or ISO time. [default: now]")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> Exit:
    """Check workbooks before they are sent, by the rules that the nightly run will judge them by.

    No server is needed and nothing is stored. Rules that need other states' workbooks are listed as not evaluated.
    """
    from flows.door.workers import shared_readers
    from flows.inbox import find_workbooks
    from flows.operations import load_operation
    from flows.reports.words import counted

    effort = load_operation(operation)
    clock = clock_of(effort, as_of)
    files = [file for path in paths for file in find_workbooks(path)]
    if not files:
        raise UnusableError(f"there are no workbooks in {', '.join(map(str, paths))}.")
    shared_readers().warm_up()
    with live_progress() as say:
        say(f"Checking {counted(len(files), 'workbook')}")
        from flows.checking import check_workbooks

        checked = check_workbooks(effort, files, as_of=clock, say=say)
    from flows.reports.check_report import check_account, check_as_json

    answer(check_account(effort, checked), check_as_json(effort, checked), as_json=as_json)
    return exit_of_check(checked)
