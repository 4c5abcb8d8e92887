"""Settling: a file is taken once its size and the time of its last change stay the same."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from flows.inbox import TAKEN_NEXT_TIME, InboxFile, find_workbooks, not_taken
from schemas.submission import NotTaken

REST = dt.timedelta(seconds=5)
"""How long ago a file must have changed last to be taken without a second look."""


def settled_workbooks(
    inbox: Path | str, first_year: int, *, now: dt.datetime, wait: Callable[[float], None]
) -> tuple[tuple[InboxFile, ...], tuple[NotTaken, ...]]:
    """List what has settled in the inbox, a folder or a URL, and what has not.

    Where a file has changed just now, by the machine's own time, `wait` some seconds, and look again whether it is
    still being written. A name with a date before `first_year` is not shown.

    Raises:
        InboxError: The inbox cannot be listed.
    """
    files = find_workbooks(inbox)
    since = (now - REST).timestamp()
    if not any(_changed(file) > since for file in files):
        return files, ()
    wait(REST.total_seconds())
    before = {file.path: file.signature for file in files}
    again = find_workbooks(inbox)
    moving = {file for file in again if before.get(file.path) != file.signature}
    settled = tuple(file for file in again if file not in moving)
    return settled, tuple(not_taken(file, TAKEN_NEXT_TIME, first_year) for file in again if file in moving)


def _changed(file: InboxFile) -> float:
    """Return when a file changed last, in seconds since 1970; 0 where nobody can tell."""
    return int(file.signature.rpartition(":")[2] or 0) / 1e9
