"""Counts on their way from the ledger into a frame, without ever being as many objects as they are.

Millions of them fit into memory as numbers; the words among them are few, and each of these is kept once.
"""

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

COLUMNS = ("sha256", "task_force", "month", "measure", "value", "sheet", "row", "column")
"""Those of `schemas.counts.Counts`."""


def frame_of(parts: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """Return `schemas.counts.Counts` of rows that come in parts: by sha256, else in their order.

    Args:
        parts: Rows of values in the order of the columns.
    """
    words = {name: _Words("i" if name == "sha256" else "h") for name in COLUMNS if name not in _NUMBERS}
    numbers = {name: array(kind) for name, kind in _NUMBERS.items()}
    absent = array("b")
    for rows in parts:
        for name, values in zip(COLUMNS, zip(*rows, strict=True), strict=True):
            if name in words:
                words[name].extend(values)
            else:
                numbers[name].extend(value or 0 for value in values)
            if name == "value":
                absent.extend(value is None for value in values)
    columns: dict[str, Any] = {"sha256": words["sha256"].column()}
    order = np.argsort(columns["sha256"].codes, kind="stable")
    # One after the other, so that no two of them are there twice.
    columns |= {name: words.pop(name).column()[order] for name in tuple(words)}
    columns |= {name: np.frombuffer(numbers.pop(name), kind)[order] for name, kind in _NUMBERS.items()}
    columns["value"] = pd.arrays.IntegerArray(columns["value"], np.frombuffer(absent, np.bool_)[order])
    return pd.DataFrame({name: columns[name] for name in COLUMNS}, copy=False)


_NUMBERS = {"value": "q", "row": "i", "column": "h"}


class _Words:
    """A column of few words."""

    def __init__(self, kind: str) -> None:
        self._codes, self._places = array(kind), dict[str, int]()

    def extend(self, words: Iterable[str]) -> None:
        """Add words at the end."""
        places = self._places
        self._codes.extend(places.setdefault(word, len(places)) for word in words)

    def column(self) -> "pd.Categorical[str]":
        """Return the words, their categories in alphabetical order."""
        categories = pd.Index(self._places, dtype="str")
        order = np.argsort(categories.to_numpy())
        place = np.argsort(order).astype(self._codes.typecode)
        return pd.Categorical.from_codes(place[np.frombuffer(self._codes, place.dtype)], categories[order])
