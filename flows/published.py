"""What a run has published, read back: the only door to the folder that a release is held to."""

import hashlib
import json
from pathlib import Path

from flows.reports.basis import BASIS, read_basis
from flows.reports.outputs import MANIFEST
from schemas.operation import Operation
from schemas.release_basis import ReleaseBasis


class PublishedError(Exception):
    """There is no snapshot to hold anything to; the message says why, in one line."""


def published_basis(folder: Path, operation: Operation) -> ReleaseBasis:
    """Return what the outputs of a run in a folder say counts.

    Raises:
        PublishedError: It cannot be read, is not as it was written, or is of another operation or other files of it.
    """
    try:
        content, manifest = ((folder / name).read_bytes() for name in (BASIS, MANIFEST))
        written = {file["path"]: file["sha256"] for file in json.loads(manifest)["files"]}
        if written.get(BASIS) != hashlib.sha256(content).hexdigest():
            raise PublishedError(f"{folder / BASIS} is not as it was written; run again with another --out.")
        basis = read_basis(content)
    except OSError as error:
        reason = f"no {Path(error.filename).name} ({error.strerror})"
        raise PublishedError(f"{folder} holds {reason}; say with --snapshot where `rollup run` wrote to.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise PublishedError(f"{folder} is not as `rollup run` writes it; run again with another --out.") from None
    if (basis.operation, basis.digest) != (operation.id, operation.digest):
        raise PublishedError(f"{folder} is of another operation, or of other files of it; run again.")
    return basis
