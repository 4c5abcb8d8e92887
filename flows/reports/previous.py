"""What a snapshot says otherwise than the one before it.

What belongs here: the comparison of what is published of two snapshots. What does not: why they differ.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from flows.reports.tables import tables
from schemas.national import TotalStatus
from schemas.snapshot import Snapshot

_Row = dict[str, str]
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing of which something else was said.

    Attributes:
        what: A measure's label, a claim's phrase or a file's name.
        before, now: A figure or its status, a verdict, or a verdict and standing; empty where there was or is none.
        state: Whose it is, of a submission whose state can be told; else empty.
    """

    what: str
    before: str
    now: str
    state: str = ""

    @property
    def difference(self) -> str:
        """The signed difference of two figures; empty where there are not two."""
        figures = [side.replace(",", "") for side in (self.before, self.now)]
        if not all(figure.isdecimal() for figure in figures):
            return ""
        return f"{int(figures[1]) - int(figures[0]):+,}".replace("-", "\N{MINUS SIGN}")


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed since the snapshot before: its submissions, totals and claims."""

    submissions: tuple[Change, ...]
    totals: tuple[Change, ...]
    claims: tuple[Change, ...]


def changes_since(before: Snapshot, now: Snapshot) -> Changes:
    """Return what a snapshot says otherwise than the one before it, by the rows of their tables."""
    was, is_now = tables(before), tables(now)

    def changes(file: str, keys: Sequence[str], name: str, say: Callable[[_Row], str]) -> tuple[Change, ...]:
        return tuple(_changes(_rows(was[file], keys), _rows(is_now[file], keys), name, say))

    return Changes(
        submissions=changes("submissions.csv", ["sha256", "file"], "file", _outcome),
        totals=changes("national_totals.csv", ["measure"], "label", _figure),
        claims=changes("release_check.csv", ["claim"], "phrase", lambda row: _words(row["verdict"])),
    )


def _changes(
    before: Mapping[_Key, _Row], now: Mapping[_Key, _Row], name: str, say: Callable[[_Row], str]
) -> Iterator[Change]:
    """Yield the rows of which something else is said now; those that are no more come last."""
    for key in dict.fromkeys((*now, *before)):
        row = now.get(key) or before[key]
        was, is_now = (say(rows[key]) if key in rows else "" for rows in (before, now))
        if was != is_now:
            yield Change(row[name], was, is_now, row.get("state", ""))


def _rows(file: bytes, keys: Sequence[str]) -> dict[tuple[str, ...], _Row]:
    rows = csv.DictReader(io.StringIO(file.decode(), newline=""))
    return {tuple(row[key] for key in keys): row for row in rows}


def _outcome(row: _Row) -> str:
    return _words(", ".join(filter(None, (row["verdict"], row["standing"]))))


def _figure(row: _Row) -> str:
    return f"{int(row['value']):,}" if row["value"] else TotalStatus(row["status"]).phrase


def _words(words: str) -> str:
    return words.replace("_", " ")
