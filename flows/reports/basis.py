"""What a release is held to, written among a run's outputs and read back from there."""

import datetime as dt
import json
from dataclasses import asdict
from typing import Any

from schemas.release_basis import KnownTotal, ReleaseBasis
from schemas.snapshot import Coverage

BASIS = "release_basis.json"
"""Its file among a run's outputs."""

_TUPLES = ("outstanding", "overdue", "months_covered")


def write_basis(basis: ReleaseBasis) -> bytes:
    """Return a basis as JSON; measures stand in the form's order."""
    content = asdict(basis) | {"as_of": basis.as_of.isoformat()}
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def read_basis(content: bytes) -> ReleaseBasis:
    """Return what `write_basis` has written.

    Raises:
        ValueError: It is no JSON.
        TypeError, KeyError: It is something else.
    """
    told: dict[str, Any] = json.loads(content)
    coverage = told["coverage"] | {key: tuple(told["coverage"][key]) for key in _TUPLES}
    return ReleaseBasis(
        **told
        | {
            "as_of": dt.date.fromisoformat(told["as_of"]),
            "coverage": Coverage(**coverage),
            "totals": {measure: KnownTotal(**total) for measure, total in told["totals"].items()},
        }
    )
