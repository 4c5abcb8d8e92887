"""The original bytes of accepted submissions that hold nothing outside the form: by their hash, never changed.

The bytes are written before the judgement that names them; what a killed run left without one is taken up by the next.
"""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from flows.ledger.faults import faults_told
from flows.ledger.place import Place
from schemas.submission import Submission

_OWNER_ALONE, _READ_ONLY = 0o700, 0o400
_UNFINISHED = ".unfinished"


def may_be_kept(submission: Submission) -> bool:
    """Tell whether the bytes of a submission may be kept."""
    return submission.verdict.counts and not submission.beyond_form


def keep_original(folder: Path, sha256: str, content: bytes) -> None:
    """Keep bytes by their hash, if they are not kept yet, in a folder that is made if it is not there.

    Raises:
        OSError: The disk refused.
    """
    path = _path(folder, sha256)
    if path.exists():
        return
    path.parent.mkdir(mode=_OWNER_ALONE, parents=True, exist_ok=True)
    folder.chmod(_OWNER_ALONE)
    aside = path.with_name(f"{sha256}{_UNFINISHED}")
    aside.unlink(missing_ok=True)
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _READ_ONLY)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    aside.rename(path)


def keep_originals(place: Place, contents: Mapping[str, bytes]) -> None:
    """Keep bytes by their hash beside a ledger.

    Raises:
        LedgerError: The disk refused.
    """
    with faults_told(str(place)):
        for sha256, content in contents.items():
            keep_original(place.originals, sha256, content)


def original(folder: Path, sha256: str) -> bytes | None:
    """Return kept bytes; None where they are not kept, or are no longer what they were."""
    try:
        content = _path(folder, sha256).read_bytes()
    except FileNotFoundError:
        return None
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def originals(folder: Path) -> list[str]:
    """Return the sha256 of all kept bytes, in order."""
    return sorted(path.name for path in folder.glob("??/*") if path.suffix != _UNFINISHED)


def _path(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256
