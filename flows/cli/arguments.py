"""What the words on the command line mean: the clock, the sample inbox, a folder to write to."""

import datetime as dt
import os
from collections.abc import Iterable
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from flows.cli.exits import UnusableError
from flows.permissions import ON_THE_WAY, make_folder
from schemas.operation import Operation
from schemas.reasons import why_no_reason

DEFAULT_OPERATION = "broken-heart-2018"
NATIONAL_OFFICE = "National office"
LEDGER_HELP = "The ledger: a file, or the URL of a database. [default: ledger.sqlite in --out]"
DASK_HELP = "The address of the Dask scheduler, such as tcp://scheduler:8786."
Out = Annotated[Path, typer.Option(help="Where the outputs are.")]
LedgerAt = Annotated[str | None, typer.Option(help=LEDGER_HELP)]
OperationAt = Annotated[str, typer.Option(help="An operation's id, or its folder.")]
_SAMPLES = Path(__file__).parents[2] / "sample_inputs"


def clock_of(operation: Operation, as_of: str | None) -> dt.datetime:
    """Return the moment that `--as-of` means, in the operation's zone where it names none; now if it was left out.

    Raises:
        UnusableError: It is no date and no ISO time.
    """
    if as_of is None:
        return dt.datetime.now(dt.UTC)
    try:
        moment = dt.datetime.fromisoformat(as_of)
        # At the ends of the calendar a moment exists in some zones only.
        return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(operation.timezone))).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        message = "--as-of must be a date or an ISO time, such as 2018-06-08 or 2018-06-08T02:00."
        raise UnusableError(message) from None


def sample_inbox(operation: Operation) -> Path:
    """Return the folder of an operation's sample workbooks.

    Raises:
        UnusableError: There is none.
    """
    folder = _SAMPLES / operation.id
    if not folder.is_dir():
        raise UnusableError(f"there are no sample workbooks of {operation.id}; say where yours are with --inbox.")
    return folder


class Runner(StrEnum):
    """Where workbooks are read."""

    LOCAL = "local"
    DASK = "dask"


def scheduler_of(task_runner: Runner, dask_address: str | None) -> str | None:
    """Return the address of the Dask scheduler; None where everything is read here.

    Raises:
        UnusableError: One of the two is given without the other, or Dask is not installed.
    """
    if (task_runner is Runner.DASK) != bool(dask_address):
        raise UnusableError("--task-runner dask and --dask-address go together, such as tcp://scheduler:8786.")
    if dask_address and not find_spec("prefect_dask"):
        raise UnusableError("Dask is not installed; pip install 'icac-rollup[dask]'.")
    return dask_address


def places(inbox: str | Path, out: str) -> tuple[str | Path, str | Path]:
    """Return what the addresses of an inbox and of outputs mean, having made sure that outputs can be written to.

    Raises:
        UnusableError: They cannot be used, one or both.
    """
    from flows.storage import StorageError, address_of

    try:
        folder, target = address_of(inbox), address_of(out)
    except StorageError as error:
        raise UnusableError(str(error)) from None
    if isinstance(target, Path):
        if isinstance(folder, Path) and folder.is_dir() and target.resolve().is_relative_to(folder.resolve()):
            raise UnusableError("--out lies inside --inbox: the outputs would be taken for workbooks the next time.")
        make_writable(target)
    elif f"{target}/".startswith(f"{folder}/"):
        raise UnusableError("--out lies inside --inbox: the outputs would be taken for workbooks the next time.")
    return folder, target


def as_shown(path: Path | str) -> Path | str:
    """Return a path as it is shown: from the working directory where it lies below that."""
    if isinstance(path, str):
        return path
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def states_of(operation: Operation, codes: Iterable[str]) -> list[str]:
    """Return states of the roster, however their codes are spelled.

    Raises:
        UnusableError: One of them is none.
    """
    states = [code.upper() for code in codes]
    if unknown := [code for code in states if code not in operation.roster.states]:
        there_are = ", ".join(operation.roster.states)
        raise UnusableError(f"the roster of {operation.id} has no state {', '.join(unknown)}; it has {there_are}.")
    return states


def role_of(operation: Operation, role: str) -> str:
    """Return the role of who decides.

    Raises:
        UnusableError: It is none of those that certify, nor the national office.
    """
    roles = {known.casefold(): known for known in (*operation.certifier_roles, NATIONAL_OFFICE)}
    if role.casefold() not in roles:
        raise UnusableError(f"--by must be a role: {', '.join(roles.values())}. No names.")
    return roles[role.casefold()]


def reason_of(operation: Operation, text: str) -> str:
    """Return a reason as it may be kept.

    Raises:
        UnusableError: It may not be kept; the text is not repeated.
    """
    if why := why_no_reason(text, operation.period_start.year):
        raise UnusableError(f"this reason cannot be kept: {why}.")
    return " ".join(text.split())


def make_writable(path: Path, mode: int = ON_THE_WAY) -> None:
    """Make sure that there is a folder at a path and that it can be written to.

    Raises:
        UnusableError: It cannot be.
    """
    try:
        make_folder(path, mode)
    except OSError as error:
        raise UnusableError(f"{path} cannot be made a folder: {error.strerror}; choose another --out.") from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise UnusableError(f"{path} may not be written to; choose another --out.")
