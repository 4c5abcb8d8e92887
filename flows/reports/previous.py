"""What a snapshot says otherwise than the one before it.

What belongs here: the comparison of what is published of two snapshots. What does not: why they differ.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from flows.reports.csv_text import Row, from_csv
from flows.reports.tables import tables
from schemas.national import TotalStatus
from schemas.snapshot import Snapshot

_TOTALS, _CLAIMS, _SUBMISSIONS = "national_totals.csv", "release_check.csv", "submissions.csv"
_KEYS = {_TOTALS: ("measure",), _CLAIMS: ("claim",), _SUBMISSIONS: ("sha256", "file")}

Rows = Mapping[tuple[str, ...], Row]
"""The rows of a table by what tells them apart."""


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


def changes_since(before: Snapshot, now: Snapshot) -> Changes:
    """Return what a snapshot says otherwise than the one before it."""
    was, is_now = _rows(tables(before)), _rows(tables(now))
    return Changes(
        submissions=tuple(_changes(was[_SUBMISSIONS], is_now[_SUBMISSIONS], "file", _outcome)),
        totals=tuple(_changes(was[_TOTALS], is_now[_TOTALS], "label", _figure)),
        claims=tuple(_changes(was[_CLAIMS], is_now[_CLAIMS], "phrase", lambda row: _words(row["verdict"]))),
    )


def _rows(files: Mapping[str, bytes]) -> dict[str, Rows]:
    return {file: {tuple(row[k] for k in key): row for row in from_csv(files[file])} for file, key in _KEYS.items()}


def _changes(before: Rows, now: Rows, name: str, say: Callable[[Row], str]) -> Iterator[Change]:
    """Yield the rows of which something else is said now; those that are no more come last."""
    for key in dict.fromkeys((*now, *before)):
        row = now.get(key) or before[key]
        was, is_now = (say(rows[key]) if key in rows else "" for rows in (before, now))
        if was != is_now:
            yield Change(row[name], was, is_now, row.get("state", ""))


def _outcome(row: Row) -> str:
    return _words(", ".join(filter(None, (row["verdict"], row["standing"]))))


def _figure(row: Row) -> str:
    return f"{int(row['value']):,}" if row["value"] else TotalStatus(row["status"]).phrase


def _words(words: str) -> str:
    return words.replace("_", " ")
