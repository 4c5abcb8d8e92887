"""An operation's folder, parsed: its texts in, an `Operation` or every mistake out.

What belongs here: how the files are written down, and putting them together. What does not: what one value must be
(`ids.py`), what must hold between values (`operation_checks.py`), the disk (`flows/operations.py`).
"""

import csv
import datetime as dt
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError
from pydantic_core import ErrorDetails

from schemas.across import Across
from schemas.ids import Day, Moment, OperationId, Positive, StateCode, Text, TimeZone
from schemas.mistakes import Mistake, OperationError, quoted
from schemas.operation import Claim, Extension, Measure, Operation, PlausibleRatio, ProgramFigure, Roster, TaskForce
from schemas.operation_checks import cross_mistakes


class _Definition(BaseModel, extra="forbid"):
    id: OperationId
    title: Text
    period_start: Day
    period_end: Day
    timezone: TimeZone
    as_of: Moment
    template_version: Positive
    certifier_roles: tuple[Text, ...]
    approver_roles: tuple[Text, ...]
    contact_role: Text
    fewest_task_forces: Positive
    deadlines: dict[str, Day]
    reported_by: dict[StateCode, str] = {}
    measures: dict[str, Measure]
    plausible_ratios: dict[str, PlausibleRatio] = {}
    across: Across = Across()


class _Folder(BaseModel, extra="forbid"):
    definition: Annotated[_Definition, Field(alias="operation.toml")]
    roster: Annotated[dict[str, TaskForce], Field(alias="roster.csv")]
    claims: Annotated[dict[Literal["claims"], dict[str, Claim]], Field(alias="claims.toml")]
    program: Annotated[dict[str, ProgramFigure], Field(alias="program_to_date.csv")]
    extensions: Annotated[dict[str, Extension], Field(alias="extensions.csv")] = {}


FILES = ("operation.toml", "roster.csv", "claims.toml", "program_to_date.csv")
"""The files of an operation's folder. Tables are read line by line, each line named for its place, such as `line 2`."""

OPTIONAL_FILES = ("extensions.csv",)
"""Those that need not be there. No verdict depends on them, so that they are no part of the digest."""

_LINES = (("roster.csv", TaskForce), ("program_to_date.csv", ProgramFigure), ("extensions.csv", Extension))
_COLUMNS = {file: [field.name for field in fields(line)] for file, line in _LINES}
_EXPECTED = {"missing": "a value", "tuple_type": "a list", "dict_type": "a table", "dataclass_type": "a table"}
_EXPECTED |= dict.fromkeys(("extra_forbidden", "unexpected_keyword_argument"), "no such key")
"""What a value should have been, by Pydantic's name for what is wrong with it, where its own words are not ours."""


def parse_operation(folder: str, texts: Mapping[str, str]) -> Operation:
    """Parse an operation's files, by name, out of a folder whose name must be the operation's id.

    Each value is judged first, then what must hold between them: the second only where the first is whole.

    Raises:
        OperationError: Something in them is not as it must be. It carries every mistake found.
    """
    shape = _shape(texts)
    definition, roster = shape.definition, shape.roster
    operation = Operation(
        **definition.model_dump(exclude={"measures", "plausible_ratios", "reported_by", "across"}),
        measures=tuple(definition.measures.values()),
        plausible_ratios=tuple(definition.plausible_ratios.values()),
        across=definition.across,
        roster=Roster(_in_force(roster, definition.period_start, definition.period_end), definition.reported_by),
        claims=tuple(shape.claims.get("claims", {}).values()),
        program_to_date=tuple(shape.program.values()),
        files={file: texts[file] for file in (*FILES, *OPTIONAL_FILES) if file in texts},
        digest=_digest({file: texts[file] for file in FILES}),
        edition=_digest(texts),
        extensions=tuple(shape.extensions.values()),
    )
    if mistakes := cross_mistakes(operation, folder, roster, shape.program, shape.extensions):
        raise OperationError(mistakes)
    return operation


def _shape(texts: Mapping[str, str]) -> _Folder:
    """Read the files value by value; what cannot be read at all is named once, beside the mistakes of the others."""
    contents: dict[str, object] = {}
    mistakes: list[Mistake] = []
    for file in (*FILES, *(name for name in OPTIONAL_FILES if name in texts)):
        try:
            contents[file] = _table(_COLUMNS[file], texts[file]) if file in _COLUMNS else _named_entries(texts[file])
        except (ValueError, RecursionError, csv.Error) as error:
            expected = f"CSV with the columns {','.join(_COLUMNS[file])}" if file in _COLUMNS else "TOML"
            mistakes.append(Mistake(file, f"a fault of syntax ({error})", expected))
    try:
        folder = _Folder.model_validate(contents)
    except ValidationError as error:
        mistakes += [_in_our_words(detail) for detail in error.errors() if detail["loc"][0] in contents]
        raise OperationError(mistakes) from None
    if mistakes:
        raise OperationError(mistakes)
    return folder


def _named_entries(text: str) -> dict[str, Any]:
    """Return what a TOML file holds; entries that are tables know their own keys as ids."""
    content = tomllib.loads(text)
    for entries in (content.get(table) for table in ("measures", "plausible_ratios", "claims")):
        for key, entry in entries.items() if isinstance(entries, dict) else ():
            if isinstance(entry, dict):
                entry["id"] = [key, entry["id"]] if "id" in entry else key
    return content


def _table(columns: list[str], text: str) -> dict[str, object]:
    """Return a CSV file's lines, of each the cells that are not blank, or how many they are where they do not fit."""
    heading, *lines = [*csv.reader(text.splitlines())] or [[]]
    if heading != columns:
        raise ValueError(f"line 1 is {quoted(','.join(heading))}")
    table: dict[str, object] = {}
    for number, cells in enumerate(lines, 2):
        if cells:
            row = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if cell.strip()}
            table[f"line {number}"] = row if len(cells) == len(columns) else f"{len(cells)} cells"
    return table


def _in_our_words(detail: ErrorDetails) -> Mistake:
    file, *keys = (part for part in detail["loc"] if isinstance(part, str) and part != "[key]")
    place = f"{file}: {(', column ' if file in _COLUMNS else '.').join(keys)}"
    if file in _COLUMNS and detail["type"] == "dataclass_type":
        return Mistake(place, detail["input"], f"{len(_COLUMNS[file])} cells")
    expected = _EXPECTED.get(detail["type"], detail["msg"])
    for prefix in ("Input should be ", "Value error, "):
        expected = expected.removeprefix(prefix)
    return Mistake(place, "nothing" if detail["type"] == "missing" else quoted(detail["input"]), expected)


def _in_force(lines: Mapping[str, TaskForce], start: dt.date, end: dt.date) -> tuple[TaskForce, ...]:
    """Return the task forces of a period, in the roster's order, each as it was at the last."""
    present = [line for line in lines.values() if line.valid_from <= end and start <= line.valid_to]
    latest = {line.id: line for line in sorted(present, key=lambda line: line.valid_from)}
    return tuple(latest[name] for name in dict.fromkeys(line.id for line in present))


def _digest(texts: Mapping[str, str]) -> str:
    parts = [part for file in sorted(texts) for part in (file, texts[file])]
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()
