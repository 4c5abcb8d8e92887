"""`rollup release`: a release prepared by one role, approved by another, and verified ever after."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.arguments import LedgerAt, Out, clock_of
from flows.cli.decisions import ledger_held
from flows.cli.exits import Exit, UnusableError
from flows.cli.terminal import output, print_json
from schemas.release import Matter

if TYPE_CHECKING:
    from schemas.operation import Operation
    from schemas.release import Signature

app = typer.Typer(help="Prepare, approve and verify a release: two roles make one, and nothing changes it.")

_By = Annotated[str, typer.Option(help="A role among the operation's approver_roles. No names.")]
_When = Annotated[str | None, typer.Option(help="When it is done, a date or ISO time. [default: now]")]
_Json = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


@app.command()
def prepare(
    by: _By,
    text: Annotated[Path, typer.Option(help="What the release will say: .txt, .md, .docx or .html.")],
    snapshot: Annotated[str | None, typer.Option(help="A snapshot's id. [default: the last one]")] = None,
    out: Out = Path("out"),
    ledger: LedgerAt = None,
    as_of: _When = None,
    as_json: _Json = False,
) -> Exit:
    """Freeze a snapshot for a release, and list what stands against publishing it."""
    from flows.releasing import draft_at, prepare
    from flows.reports.release_account import prepared_account, prepared_as_json

    draft = draft_at(text)
    with ledger_held(out, ledger) as (opened, operation):
        prepared = prepare(opened, _signature(operation, by, as_of), snapshot=snapshot, draft=draft)
    if as_json:
        print_json(prepared_as_json(prepared))
    else:
        for line in prepared_account(operation, prepared, _places(out, ledger)):
            output().say(line)
    return Exit.NEEDS_A_PERSON if prepared.objections else Exit.CLEAN


@app.command()
def approve(
    by: _By,
    snapshot: Annotated[str | None, typer.Option(help="A snapshot's id. [default: what was prepared last]")] = None,
    acknowledge: Annotated[list[Matter] | None, typer.Option(help="A question that was looked at.")] = None,
    reason: Annotated[str, typer.Option(help="Why what is acknowledged is no obstacle. No names, no numbers.")] = "",
    out: Out = Path("out"),
    ledger: LedgerAt = None,
    as_of: _When = None,
    as_json: _Json = False,
) -> Exit:
    """Approve what another role has prepared, and write the release."""
    from flows.releasing import approve
    from flows.reports.release_account import released_as_json

    with ledger_held(out, ledger) as (opened, operation):
        signature = _signature(operation, by, as_of)
        released = approve(opened, out, signature, snapshot=snapshot, acknowledged=acknowledge or (), reason=reason)
    if as_json:
        print_json(released_as_json(released.approved, str(released.folder)))
    else:
        approved = released.approved
        output().say(f"Released: prepared by the {approved.prepared.by.role}, approved by the {approved.by.role}.")
        output().say(f"To be published: {released.folder / 'public'}")
        where = shlex.quote(str(released.folder)) + _places(Path("out"), ledger)
        output().say(f"To prove it later: rollup release verify {where}")
    return Exit.CLEAN


@app.command()
def verify(
    folder: Annotated[Path, typer.Argument(help="The folder of a release.")],
    ledger: LedgerAt = None,
    out: Annotated[Path | None, typer.Option(help="Where the outputs are. [default: two folders up]")] = None,
    as_json: _Json = False,
) -> Exit:
    """Prove that a release is what was approved: every byte, against its manifest and the ledger's record."""
    from flows.ledger.ledger import ledger_to_read
    from flows.ledger.place import place_of
    from flows.release_folder import is_release
    from flows.releasing import verify

    if not is_release(folder):
        raise UnusableError(
            f"{folder} is no release folder; expected one that `rollup release approve` wrote, such as "
            "out/releases/<day>-<snapshot>, with public/, manifest.json and SHA256SUMS in it."
        )
    absent = "name with --ledger the one in which it was approved"
    with ledger_to_read(place_of(ledger, out or folder.resolve().parents[1]), absent) as opened:
        faults = verify(opened, folder)
    if as_json:
        print_json({"folder": str(folder), "is_as_approved": not faults, "faults": list(faults)})
    elif faults:
        for fault in faults:
            output().say(fault)
    else:
        output().say(f"{folder} is what was approved, to the byte.")
    return Exit.NEEDS_A_PERSON if faults else Exit.CLEAN


def _places(out: Path, ledger: str | None) -> str:
    """Return the options that say where outputs and ledger are, where they were given, for a command to be copied."""
    from flows.ledger.place import place_of

    places = {"--out": str(out)} if out != Path("out") else {}
    places |= {"--ledger": str(place_of(ledger, out))} if ledger else {}
    return "".join(f" {option} {shlex.quote(place)}" for option, place in places.items())


def _signature(operation: "Operation", by: str, as_of: str | None) -> "Signature":
    from flows.account import account
    from schemas.release import Signature

    return Signature(by, account(), clock_of(operation, as_of))
