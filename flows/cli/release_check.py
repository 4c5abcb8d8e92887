"""`rollup release-check`: what of a release is true of a snapshot, figure by figure."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.arguments import DEFAULT_OPERATION
from flows.cli.exits import Exit, UnusableError
from flows.cli.terminal import output, print_json

if TYPE_CHECKING:
    from schemas.operation import Operation
    from schemas.release_basis import ReleaseBasis


def release_check(
    text: Annotated[Path | None, typer.Option(help="A draft: .txt, .md, .docx or .html.")] = None,
    phrasings: Annotated[bool, typer.Option("--phrasings", help="List what may be said of each figure.")] = False,
    snapshot: Annotated[Path, typer.Option(help="The outputs of a run to hold it to.")] = Path("out/current"),
    operation: Annotated[str, typer.Option(help="An operation's id, or its folder.")] = DEFAULT_OPERATION,
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
    if text:
        return _of_text(text, effort, basis, as_json=as_json, as_html=as_html)
    return _of_phrasings(effort, basis, as_json=as_json) if phrasings else _of_claims(effort, basis, as_json=as_json)


def _of_text(path: Path, effort: "Operation", basis: "ReleaseBasis", *, as_json: bool, as_html: bool) -> Exit:
    from flows.manuscript import read_manuscript
    from flows.release_desk import check_text, needs_a_person
    from flows.reports.pages.release import release_page
    from flows.reports.release_check import release_as_json, text_account

    text = read_manuscript(path)
    figures = check_text(text, effort, basis)
    if as_json:
        print_json(release_as_json(basis, text=text, figures=figures))
    elif as_html:
        sys.stdout.write(release_page(effort, basis, text, figures).decode())
    else:
        output().show(text_account(basis, effort, text, figures))
    return Exit.NEEDS_A_PERSON if needs_a_person(figures) else Exit.CLEAN


def _of_claims(effort: "Operation", basis: "ReleaseBasis", *, as_json: bool) -> Exit:
    from flows.release_desk import check_claims
    from flows.reports.release_check import claims_account, release_as_json
    from schemas.snapshot import ClaimVerdict

    checks = check_claims(effort, basis)
    if as_json:
        print_json(release_as_json(basis, checks=checks))
    else:
        output().show(claims_account(basis, effort, checks))
    is_clean = all(check.verdict is ClaimVerdict.SUPPORTED for check in checks)
    return Exit.CLEAN if is_clean else Exit.NEEDS_A_PERSON


def _of_phrasings(effort: "Operation", basis: "ReleaseBasis", *, as_json: bool) -> Exit:
    from flows.release_desk import say_truly
    from flows.reports.release_check import phrasings_account, release_as_json

    sayables = say_truly(effort, basis)
    if as_json:
        print_json(release_as_json(basis, sayables=sayables))
    else:
        output().show(phrasings_account(basis, effort, sayables))
    return Exit.CLEAN
