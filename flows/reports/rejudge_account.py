"""What judging again changes, or would change, as people and programs read it."""

from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from flows.reports.words import counted, shown
from schemas.operation import Operation
from schemas.rejudgement import Rejudged, Rejudgement


def rejudge_account(operation: Operation, rejudgement: Rejudgement, *, is_done: bool) -> RenderableType:
    """Return whose verdict and which totals are others, and what to do next where that is not recorded yet."""
    submissions = rejudgement.submissions
    changed = [one for one in submissions if one.now is not one.before]
    lines = [Text(f"{counted(len(submissions), 'submission')} judged by other rules or files than today's", "bold")]
    lines += [Text(f"{one.receipt.file} {one.receipt.sha256[:12]}: {_verdicts(one)}") for one in changed]
    for measure, (before, now) in rejudgement.totals.items():
        lines.append(Text(f"{operation.measure[measure].label}: {shown(before)} -> {shown(now)}"))
    if not changed:
        lines.append(Text("No verdict is another one."))
    if submissions:
        lines.append(Text("Recorded; the next run publishes it." if is_done else "Nothing was changed; --yes does it."))
    return Group(*lines)


def rejudge_as_json(rejudgement: Rejudgement, *, is_done: bool) -> dict[str, Any]:
    """Return the same for a program to read."""
    return {
        "is_done": is_done,
        "submissions": [
            {
                "file": one.receipt.file,
                "sha256": one.receipt.sha256,
                "before": one.before,
                "now": one.now or "not_re_judgeable",
            }
            for one in rejudgement.submissions
        ],
        "totals": [{"measure": m, "before": before, "now": now} for m, (before, now) in rejudgement.totals.items()],
    }


def _verdicts(one: Rejudged) -> str:
    words = one.before.replace("_", " ")
    return f"{words} -> {one.now.replace('_', ' ')}" if one.now else f"{words} stays: not re-judgeable"
