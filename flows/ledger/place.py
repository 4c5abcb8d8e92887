"""Where a ledger is: its address, how that is shown, and the folder of original bytes that belongs to it."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from flows.ledger.faults import LedgerRefusedError
from flows.storage import is_url

LEDGER_FILE, ORIGINALS = "ledger.sqlite", "originals"
_LEFT = ("runs/????-??-??-*", "releases/*", f"{ORIGINALS}/??/*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ledger is.

    Attributes:
        url: Its address.
        originals: The folder of the bytes it keeps.
    """

    url: URL
    originals: Path

    @property
    def file(self) -> Path | None:
        """The file of a SQLite ledger; None of one on a server."""
        return Path(self.url.database or "") if self.url.get_backend_name() == "sqlite" else None

    @property
    def left_there(self) -> Path | None:
        """A folder of what some ledger has led to, around the default place; None where there is none."""
        if not self.file or self.file.name != LEDGER_FILE:
            return None
        around = self.file.parent
        return next((around / glob.split("/")[0] for glob in _LEFT if any(around.glob(glob))), None)

    def __str__(self) -> str:
        """The address as it may be shown: without a password."""
        return str(self.file or self.url.render_as_string(hide_password=True))


def place_of(ledger: str | None, out: Path | str) -> Place:
    """Return where a ledger is.

    Args:
        ledger: A URL, or the path of a SQLite file; if left out it lies under `out`.
        out: Where outputs go; the original bytes of a ledger on a server lie there too. Where outputs go elsewhere, the
            working folder takes its place.

    Raises:
        LedgerRefusedError: The URL is of no kind that we know, or of one that this installation cannot reach.
    """
    out = Path() if is_url(out) else Path(out)
    if ledger is None or "://" not in ledger:
        file = Path(ledger) if ledger else out / LEDGER_FILE
        if file.is_dir():
            raise LedgerRefusedError(_EXPECTED)
        return Place(URL.create("sqlite", database=str(file)), file.parent / ORIGINALS)
    try:
        url = make_url(ledger)
    except ArgumentError:
        raise LedgerRefusedError(_EXPECTED) from None
    match url.get_backend_name():
        case "sqlite" if url.database:
            return Place(url, Path(url.database).parent / ORIGINALS)
        case "postgresql":
            url = url.set(drivername="postgresql+psycopg")
            with suppress(ImportError):
                url.get_dialect().import_dbapi()
                return Place(url, out / ORIGINALS)
            raise LedgerRefusedError(_NOT_INSTALLED)
    raise LedgerRefusedError(_EXPECTED)


_NOT_INSTALLED = (
    "--ledger names a PostgreSQL database, and what reaches one is not installed; "
    '`pip install ".[postgresql]"` installs it.'
)
_EXPECTED = (
    "--ledger must be the path of a file, or a URL such as sqlite:///ledger.sqlite or postgresql://user@host/database."
)
