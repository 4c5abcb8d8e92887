"""`rollup template`: blank workbooks for the states of an operation."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.arguments import DEFAULT_OPERATION, OperationAt, make_writable, states_of
from flows.cli.exits import Exit, UnusableError
from flows.cli.terminal import output
from flows.permissions import PUBLIC_FOLDER


def template(
    out: Annotated[Path, typer.Option(help="Where the workbooks go.")],
    state: Annotated[list[str] | None, typer.Option(help="A two-letter code. [default: every state]")] = None,
    operation: OperationAt = DEFAULT_OPERATION,
    program_to_date: Annotated[
        bool, typer.Option("--program-to-date", help="The national office's form for what its series go on by.")
    ] = False,
) -> Exit:
    """Write blank workbooks: one for each state of the roster, or for the states named."""
    from flows.operations import load_operation
    from flows.reports.program_form import name_of_form, program_form
    from flows.reports.template import build_workbook
    from flows.reports.words import counted
    from flows.reports.xlsx import to_bytes

    effort = load_operation(operation)
    states = states_of(effort, state or effort.roster.states)
    make_writable(out, PUBLIC_FOLDER)
    if program_to_date:
        _write_new(out / name_of_form(effort), program_form(effort))
        output().say(f"{name_of_form(effort)} in {out}")
        return Exit.CLEAN
    for code in states:
        _write_new(out / f"{effort.id}-{code}.xlsx", to_bytes(build_workbook(effort, code)))
    output().say(f"{counted(len(states), 'blank workbook')} in {out}")
    return Exit.CLEAN


def _write_new(path: Path, content: bytes) -> None:
    """Write a file, but never over another one: that may be somebody's filled-in form."""
    if path.exists() and path.read_bytes() != content:
        raise UnusableError(f"{path} is there already and is not a blank workbook; nothing was written over it.")
    path.write_bytes(content)
