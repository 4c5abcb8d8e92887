"""The bridge as people and programs read it: in the terminal, and as JSON. The morning page has a template of its own.

It fits 80 columns and says everything in words.
"""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from flows.reports.csv_text import to_csv
from flows.reports.outcome import outcome_text, plain_table
from flows.reports.words import counted, listed, shown
from schemas.bridge import Bridge, Cause, End, Span
from schemas.months import long_date

_STATES_LISTED, _SUBMISSIONS_LISTED = 4, 20


def bridge_account(bridge: Bridge) -> RenderableType:
    """Return every national figure that moved with the steps that make up its difference, and what follows."""
    return Group(
        Text.assemble(("From  ", "bold"), _end(bridge.before)),
        Text.assemble(("To    ", "bold"), _end(bridge.now)),
        Text(),
        _figures(bridge) if bridge.changed else Text("No national figure has changed."),
        *_claims(bridge),
        *_submissions(bridge),
    )


def bridge_as_json(bridge: Bridge) -> dict[str, Any]:
    """Return a bridge for a program to read: every figure, whether it moved or not."""
    return {
        "from": asdict(bridge.before) | {"as_of": bridge.before.as_of.isoformat()},
        "to": asdict(bridge.now) | {"as_of": bridge.now.as_of.isoformat()},
        "figures": [asdict(span) | {"difference": span.difference} for span in bridge.spans],
        "claims": [asdict(change) for change in bridge.claims],
        "submissions": [asdict(change) for change in bridge.submissions],
    }


def bridge_table(bridge: Bridge) -> bytes:
    """One row is a step: what one cause in one state adds to a figure. Internal, since it is of states."""
    columns = ("measure", "label", "before", "cause", "state", "task_forces", "difference", "now")
    return to_csv(
        columns,
        (
            (s.measure, s.label, s.before, step.cause, step.state, "; ".join(step.task_forces), step.difference, s.now)
            for s in bridge.changed
            for step in s.steps
        ),
    )


def signed(difference: int) -> str:
    """Return a difference with its sign, as people read it."""
    return f"{difference:+,}".replace("-", "\N{MINUS SIGN}") if difference else "0"


def states_of(span: Span, cause: Cause) -> str:
    """Return the states that a cause moves a figure in, the farthest first: `CA +12, AL −3 and 4 more`."""
    steps = sorted((step for step in span.steps if step.cause is cause), key=lambda step: -abs(step.difference))
    return listed([f"{step.state}\N{NO-BREAK SPACE}{signed(step.difference)}" for step in steps], _STATES_LISTED)


def _end(end: End) -> str:
    return f"{end.snapshot}, {long_date(end.as_of)}: {end.coverage}"


def _figures(bridge: Bridge) -> Table:
    table = plain_table(Column(min_width=26), Column(justify="right", no_wrap=True), "", show_header=False)
    for span in bridge.changed:
        if table.row_count:
            table.add_row()
        table.add_row(Text(span.label, "bold"), shown(span.before), "before")
        for cause, difference in span.by_cause.items():
            table.add_row(f"  {cause.phrase}", signed(difference), states_of(span, cause))
        table.add_row("", Text(shown(span.now), "bold"), "now")
    return table


def _claims(bridge: Bridge) -> Iterator[RenderableType]:
    if bridge.claims:
        yield from (Text(), Text("The release", "bold"))
    for change in bridge.claims:
        before, now = (outcome_text(verdict or "not claimed") for verdict in (change.before, change.now))
        yield Text.assemble(f"{change.phrase}: ", before, ", now ", now)
        if change.reason:
            yield Padding(Text(change.reason), (0, 0, 0, 4))


def _submissions(bridge: Bridge) -> Iterator[RenderableType]:
    changes = bridge.submissions
    if changes:
        yield from (Text(), Text(f"{counted(len(changes), 'submission')} new or judged otherwise", "bold"))
    for change in changes[:_SUBMISSIONS_LISTED]:
        became = f"{change.before}; now {change.now or 'not there'}" if change.before else change.now
        yield Text(f"{change.state or '--'}  {change.file}: {became}", overflow="fold")
    if len(changes) > _SUBMISSIONS_LISTED:
        yield Text(f"and {len(changes) - _SUBMISSIONS_LISTED:,} more")
