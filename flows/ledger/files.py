"""Files of a ledger: written beside their place until they are whole, and moved away where they are damaged."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from flows.ledger.faults import faults_told

_OWNER_ALONE = 0o600


@contextmanager
def aside_of(file: Path) -> Iterator[Path]:
    """Give an empty file beside another, for its owner alone, that takes the other's name at a good end.

    Raises:
        LedgerError: The disk refused.
    """
    aside = file.with_name(f".unfinished-{file.name}")
    with faults_told(str(file)):
        aside.unlink(missing_ok=True)
        os.close(os.open(aside, os.O_RDWR | os.O_CREAT | os.O_EXCL, _OWNER_ALONE))
    yield aside
    with faults_told(str(file)):
        aside.rename(file)


def moved_away(file: Path) -> Path | None:
    """Move a file away with its journal, which SQLite would play into what takes its place; return where to."""
    names = (f"{file.name}.damaged-{n}" for n in count(1))
    moved = next(path for name in names if not (path := file.with_name(name)).exists())
    there = [suffix for suffix in ("", "-journal") if file.with_name(file.name + suffix).exists()]
    for suffix in there:
        file.with_name(file.name + suffix).rename(moved.with_name(moved.name + suffix))
    return moved if "" in there else None
