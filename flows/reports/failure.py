"""Failures of our own, told without what a library says of them: its words may hold the text of a cell."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

_OUR_PACKAGES = ("flows", "schemas")


class InternalError(Exception):
    """A bug, named by kind and place alone."""


@contextmanager
def without_cell_text() -> Iterator[None]:
    """Turn any exception into an `InternalError`, so that no server, log or terminal records what it says."""
    try:
        yield
    except Exception as error:
        raise InternalError(name_of(error)) from None


def name_of(error: BaseException) -> str:
    """Return what failed and where, such as `KeyError in flows/steps/parse.py, line 42`."""
    if isinstance(error, InternalError):
        return str(error)
    return f"{type(error).__name__}{_place(error.__traceback__)}"


def frames_of(error: BaseException) -> str:
    """Return the frames that led to an exception and to those before it, for developers; never what they say."""
    earlier = frames_of(error.__context__) if error.__context__ else ""
    return f"{earlier}{''.join(traceback.format_tb(error.__traceback__))}{type(error).__name__}\n"


def _place(trace: TracebackType | None) -> str:
    for frame in reversed(traceback.extract_tb(trace)):
        parts = Path(frame.filename).parts
        for package in _OUR_PACKAGES:
            if package in parts and "site-packages" not in parts:
                return f" in {'/'.join(parts[parts.index(package) :])}, line {frame.lineno}"
    return ""
