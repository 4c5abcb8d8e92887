"""What was published last, as read back from its files, and what a snapshot says otherwise.

What belongs here: the comparison of two publications. What does not: why they differ.
"""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from flows.reports.tables import tables
from schemas.national import TotalStatus
from schemas.snapshot import Snapshot

MANIFEST = "manifest.json"
READ_BACK = (MANIFEST, "national_totals.csv", "release_check.csv", "submissions.csv")
"""The files that tell what was published."""

_Row = dict[str, str]
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Previous:
    """A publication, as far as the next one is compared with it: rows of its tables, as written there.

    Attributes:
        snapshot: Its id.
        operation: The id of its operation.
        as_of: Its day.
        totals: By measure.
        claims: By claim.
        submissions: By sha256 and file.
    """

    snapshot: str
    operation: str
    as_of: dt.date
    totals: Mapping[str, _Row]
    claims: Mapping[str, _Row]
    submissions: Mapping[tuple[str, str], _Row]


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
    """What has changed since a publication: its submissions, totals and claims."""

    submissions: tuple[Change, ...]
    totals: tuple[Change, ...]
    claims: tuple[Change, ...]


def read_back(files: Mapping[str, bytes]) -> Previous:
    """Return what was published.

    Args:
        files: Those of `READ_BACK`.
    """
    manifest = json.loads(files[MANIFEST])
    return _publication(
        files, manifest["snapshot"], manifest["operation"]["id"], dt.date.fromisoformat(manifest["as_of"])
    )


def changes_since(previous: Previous, snapshot: Snapshot) -> Changes:
    """Return what a snapshot says otherwise than what was published before it."""
    now = _publication(tables(snapshot), snapshot.id, snapshot.operation.id, snapshot.operation.day_of(snapshot.as_of))
    return Changes(
        submissions=tuple(_changes(previous.submissions, now.submissions, "file", _outcome)),
        totals=tuple(_changes(previous.totals, now.totals, "label", _figure)),
        claims=tuple(_changes(previous.claims, now.claims, "phrase", lambda row: _words(row["verdict"]))),
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


def _publication(files: Mapping[str, bytes], snapshot: str, operation: str, as_of: dt.date) -> Previous:
    return Previous(
        snapshot=snapshot,
        operation=operation,
        as_of=as_of,
        totals={row["measure"]: row for row in _rows(files["national_totals.csv"])},
        claims={row["claim"]: row for row in _rows(files["release_check.csv"])},
        submissions={(row["sha256"], row["file"]): row for row in _rows(files["submissions.csv"])},
    )


def _rows(file: bytes) -> list[_Row]:
    return list(csv.DictReader(io.StringIO(file.decode(), newline="")))


def _outcome(row: _Row) -> str:
    return _words(", ".join(filter(None, (row["verdict"], row["standing"]))))


def _figure(row: _Row) -> str:
    return f"{int(row['value']):,}" if row["value"] else TotalStatus(row["status"]).phrase


def _words(words: str) -> str:
    return words.replace("_", " ")
