"""What the release desk says in the terminal, and to programs: what stands against a release, and what became of it."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from flows.reports.words import counted
from schemas.operation import Operation
from schemas.release import Approved, Prepared

_LISTED = 8


def prepared_account(operation: Operation, prepared: Prepared, places: str) -> Iterator[str]:
    """Yield lines on what was prepared, stands against it and comes next; commands name the `places` they work on."""
    yield f"Snapshot {prepared.snapshot}, prepared by the {prepared.by.role}"
    if not prepared.objections:
        yield "Nothing stands against publishing."
    for matter, group in groupby(prepared.objections, key=lambda objection: objection.matter):
        these = [re.sub("`(rollup [^`]+)`", lambda command: f"`{command[1]}{places}`", o.sentence) for o in group]
        weight = "stands against it" if matter.blocks else "to be acknowledged"
        yield f"\n{matter.replace('_', ' ').capitalize()}: {counted(len(these), 'matter')}, {weight}"
        yield from (f"  - {sentence}" for sentence in these[:_LISTED])
        if these[_LISTED:]:
            yield f"  and {counted(len(these) - _LISTED, 'more', 'more')}; --json lists all"
    yield ""
    if prepared.blocking:
        yield "It cannot be approved. Mend what stands against it, run, and prepare again."
        return
    others = [role for role in operation.approver_roles if role != prepared.by.role]
    answers = "".join(f" --acknowledge {matter}" for matter in prepared.questions)
    reason = ' --reason "..."' if prepared.questions else ""
    yield f"To be approved from another account by the {' or the '.join(others)}:"
    yield f'rollup release approve --by "{others[0]}"{answers}{reason}{places}'


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
