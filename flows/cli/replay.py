"""`rollup replay`: outputs as they were, from the ledger alone."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.arguments import clock_of, make_writable
from flows.cli.exits import Exit
from flows.cli.terminal import output, progress


def replay(
    as_of: Annotated[str, typer.Option(help="The last snapshot of a date or before, or until an ISO time.")],
    out: Annotated[Path, typer.Option(help="Where the outputs go.")],
    ledger: Annotated[str, typer.Option(help="The ledger: a file, or the URL of a database.")] = "out/ledger.sqlite",
) -> Exit:
    """Write the outputs of a moment again: byte for byte what they were, under the same version of the program."""
    from flows import replaying
    from flows.ledger.ledger import ledger_to_read
    from flows.ledger.place import place_of
    from flows.snapshots import versions_now

    with ledger_to_read(place_of(ledger, out)) as opened:
        operation = replaying.operation_of(opened)
        make_writable(out)
        moment = replaying.end_of_day(operation, as_of) or clock_of(operation, as_of)
        folder, snapshot = replaying.replay(opened, out, moment)
    if (snapshot.rules_version, snapshot.program_version) != versions_now():
        progress().say(
            f"These outputs were first written by version {snapshot.program_version}, rules {snapshot.rules_version}; "
            "this version may write them otherwise."
        )
    output().say(f"Outputs: {folder}")
    return Exit.CLEAN
