"""What the release desk says in the terminal, and to programs: what stands against a release, and what became of it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from flows.reports.words import counted
from schemas.operation import Operation
from schemas.release import Approved, Objection, Prepared

_LISTED = 8


def prepared_account(operation: Operation, prepared: Prepared) -> RenderableType:
    """Return what was prepared, what stands against it, and what comes next."""
    return Group(
        Text(f"Snapshot {prepared.snapshot}, prepared by the {prepared.by.role}", "bold"),
        *_objections(prepared.objections),
        Text(),
        Text(_next(operation, prepared)),
    )


def prepared_as_json(prepared: Prepared) -> dict[str, Any]:
    """Return what was prepared for a program to read."""
    return {
        "snapshot": prepared.snapshot,
        "act": prepared.act,
        "prepared_by": prepared.by.role,
        "text": prepared.text or None,
        "may_be_approved": not prepared.blocking,
        "objections": [
            {"matter": o.matter, "blocks": o.matter.blocks, "about": o.about, "sentence": o.sentence}
            for o in prepared.objections
        ],
        "files": dict(prepared.files),
    }


def released_as_json(approved: Approved, folder: str) -> dict[str, Any]:
    """Return what was released for a program to read."""
    return {
        "snapshot": approved.prepared.snapshot,
        "act": approved.act,
        "prepared_by": approved.prepared.by.role,
        "approved_by": approved.by.role,
        "acknowledged": list(approved.acknowledged),
        "manifest": approved.manifest,
        "folder": folder,
    }


def _objections(objections: Sequence[Objection]) -> Iterator[RenderableType]:
    if not objections:
        yield Text("Nothing stands against publishing.")
    for matter, group in groupby(objections, key=lambda objection: objection.matter):
        these = list(group)
        weight = "stands against it" if matter.blocks else "to be acknowledged"
        yield Text(f"\n{matter.replace('_', ' ').capitalize()}: {counted(len(these), 'matter')}, {weight}")
        yield from (Padding(Text(f"- {objection.sentence}"), (0, 0, 0, 2)) for objection in these[:_LISTED])
        if these[_LISTED:]:
            yield Padding(Text(f"and {counted(len(these) - _LISTED, 'more', 'more')}; --json lists all"), (0, 0, 0, 2))


def _next(operation: Operation, prepared: Prepared) -> str:
    if prepared.blocking:
        return "It cannot be approved. Mend what stands against it, run, and prepare again."
    others = [role for role in operation.approver_roles if role != prepared.by.role]
    options = "".join(f" --acknowledge {matter}" for matter in prepared.questions)
    reason = ' --reason "..."' if prepared.questions else ""
    return (
        f"To be approved from another account by the {' or the '.join(others)}:\n"
        f'rollup release approve --by "{others[0]}"{options}{reason}'
    )
