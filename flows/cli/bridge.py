"""`rollup bridge`: why two snapshots differ, figure by figure, in steps that sum to the difference."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.arguments import LEDGER_HELP
from flows.cli.exits import Exit
from flows.cli.terminal import output, print_json

_WHICH = "A snapshot: its id or how that begins, or a date, for the last one of that day or before."


def bridge(
    before: Annotated[str, typer.Argument(metavar="FROM", help=_WHICH)],
    now: Annotated[str, typer.Argument(metavar="TO", help="Likewise.")],
    out: Annotated[Path, typer.Option(help="Where the outputs are.")] = Path("out"),
    ledger: Annotated[str | None, typer.Option(help=LEDGER_HELP)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the bridge as JSON.")] = False,
) -> Exit:
    """Explain how every national figure of one snapshot became that of another, and which claims changed verdict."""
    from flows.ledger.ledger import ledger_to_read
    from flows.ledger.place import place_of
    from flows.replaying import snapshot_named
    from flows.reports.bridge import bridge_account, bridge_as_json
    from flows.steps.bridge import bridge as bridge_between

    with ledger_to_read(place_of(ledger, out)) as opened:
        way = bridge_between(snapshot_named(opened, before), snapshot_named(opened, now))
    if as_json:
        print_json(bridge_as_json(way))
    else:
        output().show(bridge_account(way))
    return Exit.CLEAN
