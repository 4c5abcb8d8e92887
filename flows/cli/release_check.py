"""`rollup release-check`: what of a release is true of a snapshot, figure by figure."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.arguments import DEFAULT_OPERATION, OperationAt, make_writable
from flows.cli.exits import Exit, UnusableError
from flows.cli.terminal import answer, json_text, progress
from flows.permissions import write_file

if TYPE_CHECKING:
    from rich.console import RenderableType

    from schemas.operation import Operation
    from schemas.release_basis import ReleaseBasis

    _Result = tuple[RenderableType, dict[str, Any], bool, bytes]
    """What was asked for, for the terminal and for a program; whether it is clean; of a draft, a page."""


def release_check(
    text: Annotated[Path | None, typer.Option(help="A draft: .txt, .md, .docx or .html.")] = None,
    phrasings: Annotated[bool, typer.Option("--phrasings", help="List what may be said of each figure.")] = False,
    snapshot: Annotated[Path, typer.Option(help="The outputs of a run to hold it to.")] = Path("out/current"),
    operation: OperationAt = DEFAULT_OPERATION,
    out: Annotated[
        Path | None, typer.Option(help="Write the result there too: release_check.json and, of a draft, .html.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    as_html: Annotated[bool, typer.Option("--html", help="Print the draft as a page, every figure marked.")] = False,
) -> Exit:
    """Hold a draft of the release, or else the operation's own claims, to the outputs of a run.

    Every figure of the draft is found, bound to a claim by the words beside it, and judged. With --phrasings: what is
    true of each figure, and how much it may still change before that is false.
    """
    from flows.operations import load_operation
    from flows.published import published_basis

    if (text and phrasings) or (as_html and not text) or (as_html and as_json):
        raise UnusableError("choose one: --text FILE with --json or --html, or --phrasings with --json.")
    effort = load_operation(operation)
    basis = published_basis(snapshot, effort)
    result = _of_text(text, effort, basis) if text else (_of_phrasings if phrasings else _of_claims)(effort, basis)
    account, said, is_clean, page = result
    if out:
        make_writable(out)
        for name, content in (("release_check.json", json_text(said).encode()), ("release_check.html", page)):
            if content:
                write_file(out / name, content)
                progress().say(f"Written: {out / name}")
    if as_html:
        sys.stdout.write(page.decode())
    else:
        answer(account, said, as_json=as_json)
    return Exit.CLEAN if is_clean else Exit.NEEDS_A_PERSON


def _of_text(path: Path, effort: "Operation", basis: "ReleaseBasis") -> "_Result":
    from flows.manuscript import read_manuscript
    from flows.release_desk import check_text
    from flows.reports.pages.release import release_page
    from flows.reports.release_check import release_as_json, text_account

    text = read_manuscript(path)
    figures = check_text(text, effort, basis)
    said = release_as_json(basis, text=text, figures=figures)
    is_clean = not any(figure.needs_a_person for figure in figures)
    return text_account(basis, effort, text, figures), said, is_clean, release_page(effort, basis, text, figures)


def _of_claims(effort: "Operation", basis: "ReleaseBasis") -> "_Result":
    from flows.release_desk import check_claims
    from flows.reports.release_check import claims_account, release_as_json
    from schemas.snapshot import ClaimVerdict

    checks = check_claims(effort, basis)
    is_clean = all(check.verdict is ClaimVerdict.SUPPORTED for check in checks)
    return claims_account(basis, effort, checks), release_as_json(basis, checks=checks), is_clean, b""


def _of_phrasings(effort: "Operation", basis: "ReleaseBasis") -> "_Result":
    from flows.release_desk import say_truly
    from flows.reports.release_check import phrasings_account, release_as_json

    sayables = say_truly(effort, basis)
    return phrasings_account(basis, effort, sayables), release_as_json(basis, sayables=sayables), True, b""
