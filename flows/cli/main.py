"""The `rollup` command: its subcommands, and how every one of them ends.

Subcommands import what is heavy only when they run, so that `--help` is quick and `rollup run` speaks at once.
"""

import os
import sys
from collections.abc import Sequence

import typer
from typer.main import get_command

from flows.cli.asking import bridge, replay, trace
from flows.cli.check import check
from flows.cli.decisions import explain, program_to_date, rejudge, withdraw
from flows.cli.exits import Exit, ServerError, UnusableError
from flows.cli.ledger import ledger_app
from flows.cli.release import app as release_app
from flows.cli.release_check import release_check
from flows.cli.rules import rules
from flows.cli.run import run
from flows.cli.serve import serve
from flows.cli.template import template
from flows.cli.terminal import complain, progress
from flows.reports.failure import frames_of, name_of

app = typer.Typer(
    help="Fifty states' workbooks of aggregate counts in; national totals beside the release's figures out.",
    epilog="Exit codes: 0 done and clean, 1 done and a person is needed, 2 unusable arguments or data, 3 our failure.",
    add_completion=False,
    no_args_is_help=True,
)
for command in (
    run, check, serve, template, rules, trace, bridge, replay, explain, withdraw, rejudge, program_to_date,
    release_check,
):  # fmt: skip
    app.command()(command)
app.add_typer(ledger_app, name="ledger")
app.add_typer(release_app, name="release")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; say in one line what stopped it.

    Args:
        arguments: What follows `rollup`; those of the process if left out.
    """
    command = get_command(app)
    try:
        with command.make_context("rollup", list(sys.argv[1:] if arguments is None else arguments)) as context:
            ending: int = command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as asked_for_help:
        ending = asked_for_help.exit_code
    except typer.TyperException as error:
        if sentence := error.format_message():
            complain(sentence)
        ending = Exit.UNUSABLE
    except KeyboardInterrupt:
        complain("stopped.")
        ending = Exit.INTERRUPTED
    except BrokenPipeError:
        # Python flushes once more on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        ending = Exit.CLEAN
    except Exception as error:
        ending = _ending_of(error)
    return int(ending)


def _ending_of(error: Exception) -> Exit:
    from flows.inbox import InboxError
    from flows.ledger.faults import LedgerError, LedgerRefusedError
    from flows.manuscript import ManuscriptError
    from flows.outbox import OutboxError
    from flows.published import PublishedError
    from schemas.mistakes import OperationError
    from schemas.release import ReleaseRefusedError, UnfitApprovalError

    if isinstance(error, ReleaseRefusedError):
        complain(str(error))
        return Exit.NEEDS_A_PERSON
    refused = UnusableError | InboxError | LedgerRefusedError | OperationError
    if isinstance(error, refused | ManuscriptError | PublishedError | UnfitApprovalError):
        complain(str(error))
        return Exit.UNUSABLE
    if isinstance(error, OutboxError | LedgerError | ServerError):
        complain(str(error))
        return Exit.OUR_FAILURE
    complain(f"a failure of our own: {name_of(error)}. With ROLLUP_DEBUG=1 it says how it came about.")
    if os.environ.get("ROLLUP_DEBUG"):
        progress().print(frames_of(error))
    return Exit.OUR_FAILURE
