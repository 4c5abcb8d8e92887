"""An operation's folder, parsed: four texts in, an `Operation` or every mistake out.

What belongs here: how the files are written down, and putting them together. What does not: what must hold between
them (`operation_checks.py`), the two tables (`operation_tables.py`), the disk (`flows/operations.py`).
"""

import datetime as dt
import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, to_json

from schemas.claim_checks import counterpart_mistakes
from schemas.mistakes import Mistake, OperationError, quoted
from schemas.months import months_between
from schemas.operation import Claim, Measure, Operation, PlausibleRatio, Roster, TaskForce
from schemas.operation_checks import CLAIMS_FILE, OPERATION_FILE, operation_mistakes
from schemas.operation_tables import PROGRAM_FILE, ROSTER_FILE, Listing, read_program, read_roster

__all__ = ["FILES", "Mistake", "OperationError", "parse_operation"]

FILES: tuple[str, ...] = (OPERATION_FILE, ROSTER_FILE, CLAIMS_FILE, PROGRAM_FILE)
"""The files of an operation's folder."""


class _Shape(BaseModel):
    """A TOML file's shape, read in strict JSON mode: dates and words of closed sets are text, nothing is converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _OperationShape(_Shape):
    id: str
    title: str
    period_start: dt.date
    period_end: dt.date
    timezone: str
    as_of: str
    template_version: int
    certifier_roles: tuple[str, ...]
    deadlines: dict[str, dt.date]
    reported_by: dict[str, str] = Field(default_factory=dict)
    measures: dict[str, Measure]
    plausible_ratios: dict[str, PlausibleRatio] = Field(default_factory=dict)


class _ClaimsShape(_Shape):
    claims: dict[str, Claim]


_OMISSIBLE: Mapping[str, Mapping[str, Any]] = {
    "measures": {"table": None, "header": ""},
    "plausible_ratios": {"least": None, "most": None},
    "claims": {"months": ()},
}
"""The tables whose entries are named by their keys, and what an entry may leave out."""

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "missing": "a value",
    "extra_forbidden": "no such key",
    "unexpected_keyword_argument": "no such key",
    "tuple_type": "a list",
    "dict_type": "a table",
    "dataclass_type": "a table",
    "date_type": "a date, such as 2018-03-31",
    "date_parsing": "a date, such as 2018-03-31",
}

_SYNTAX_PLACE = re.compile(r"(?P<fault>.*) \(at (?P<place>.*)\)")
_AnyShape = TypeVar("_AnyShape", bound=_Shape)


def parse_operation(folder: str, texts: Mapping[str, str]) -> Operation:
    """Parse an operation's files.

    The shape of each file is judged first, then what must hold between them: the second only where the first is whole.

    Args:
        folder: The name of the operation's folder, which must be its id.
        texts: The text of each of `FILES`, by name.

    Raises:
        OperationError: Something in them is not as it must be. It carries every mistake found.
    """
    shape, shape_mistakes = _parse_toml(_OperationShape, OPERATION_FILE, texts[OPERATION_FILE])
    claims, claims_mistakes = _parse_toml(_ClaimsShape, CLAIMS_FILE, texts[CLAIMS_FILE])
    listings, roster_mistakes = read_roster(texts[ROSTER_FILE])
    entries, program_mistakes = read_program(texts[PROGRAM_FILE])
    mistakes = (*shape_mistakes, *roster_mistakes, *claims_mistakes, *program_mistakes)
    if mistakes or shape is None or claims is None:
        raise OperationError(mistakes)
    operation = Operation(
        id=shape.id,
        title=shape.title,
        period_start=shape.period_start,
        period_end=shape.period_end,
        months=months_between(shape.period_start, shape.period_end),
        timezone=shape.timezone,
        deadlines=shape.deadlines,
        as_of=shape.as_of,
        template_version=shape.template_version,
        certifier_roles=shape.certifier_roles,
        measures=tuple(shape.measures.values()),
        plausible_ratios=tuple(shape.plausible_ratios.values()),
        roster=Roster(_in_force(listings, shape.period_start, shape.period_end), shape.reported_by),
        claims=tuple(claims.claims.values()),
        program_to_date=tuple(entry.figure for entry in entries),
        digest=_digest(texts),
    )
    if mistakes := (*operation_mistakes(operation, folder), *counterpart_mistakes(operation, entries)):
        raise OperationError(mistakes)
    return operation


def _parse_toml(shape: type[_AnyShape], file: str, text: str) -> tuple[_AnyShape | None, tuple[Mistake, ...]]:
    """Parse a TOML file into its shape, or name what does not fit it."""
    try:
        content = tomllib.loads(text)
        if own_ids := tuple(_own_ids(file, content)):
            return None, own_ids
        named = {key: _with_names(key, value) for key, value in content.items()}
        return shape.model_validate_json(to_json(named)), ()
    except ValidationError as error:
        return None, tuple(_in_our_words(file, detail) for detail in error.errors(include_url=False))
    except (ValueError, RecursionError) as error:
        match = _SYNTAX_PLACE.fullmatch(str(error))
        place, fault = (match["place"], match["fault"]) if match else ("", str(error))
        return None, (Mistake(file, place, f"a fault of syntax ({fault})", "TOML"),)


def _own_ids(file: str, content: Mapping[str, Any]) -> Iterator[Mistake]:
    for key in _OMISSIBLE:
        if isinstance(content.get(key), dict):
            for name, entry in content[key].items():
                if isinstance(entry, dict) and "id" in entry:
                    yield Mistake(file, f"{key}.{name}.id", quoted(entry["id"]), "no such key: its name is its id")


def _with_names(key: str, value: Any) -> Any:  # noqa: ANN401 - any TOML value
    """Give each entry of a table of named entries its name as `id`, and what it may leave out."""
    if key not in _OMISSIBLE or not isinstance(value, dict):
        return value
    return {
        name: {"id": name, **_OMISSIBLE[key], **entry} if isinstance(entry, dict) else entry
        for name, entry in value.items()
    }


def _in_our_words(file: str, detail: ErrorDetails) -> Mistake:
    place = ".".join(part for part in detail["loc"] if isinstance(part, str))
    kind = detail["type"]
    expected = detail["ctx"]["expected"].replace("'", '"') if kind == "enum" else _EXPECTED.get(kind, detail["msg"])
    return Mistake(file, place, "nothing" if kind == "missing" else quoted(detail["input"]), expected)


def _in_force(listings: Sequence[Listing], start: dt.date, end: dt.date) -> tuple[TaskForce, ...]:
    """Return the task forces of a period, in the roster's order, each as it was at the last."""
    latest: dict[str, Listing] = {}
    for listing in listings:
        if listing.valid_from <= end and start <= listing.valid_to:
            known = latest.setdefault(listing.task_force.id, listing)
            latest[listing.task_force.id] = max(known, listing, key=lambda one: one.valid_from)
    return tuple(listing.task_force for listing in latest.values())


def _digest(texts: Mapping[str, str]) -> str:
    digest = hashlib.sha256()
    for part in (part for file in FILES for part in (file, texts[file])):
        digest.update(f"{len(part)}:{part}".encode())
    return digest.hexdigest()
