"""Remembered: what was worked out for bytes that come again and again, as the same parts do in most workbooks."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

_MOST, _LARGEST = 1024, 0x10000
"""So many results are kept, of bytes up to 64 KB: no flood of large parts can fill the memory."""

Rest = ParamSpec("Rest")
Result = TypeVar("Result")


def remembered(function: Callable[Concatenate[bytes, Rest], Result]) -> Callable[Concatenate[bytes, Rest], Result]:
    """Make a function of bytes remember what it gave for small ones."""
    known = lru_cache(maxsize=_MOST)(function)

    @wraps(function)
    def remember(content: bytes, /, *args: Rest.args, **kwargs: Rest.kwargs) -> Result:
        # mypy asks that what is remembered by can be hashed, which it cannot tell of the rest.
        call = known if len(content) <= _LARGEST else function
        return call(content, *args, **kwargs)  # type: ignore[arg-type]

    return cast(Callable[Concatenate[bytes, Rest], Result], remember)
