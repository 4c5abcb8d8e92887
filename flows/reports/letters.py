"""Letters: what every message to a task force has in common. From whom, to whom, and how its text is set.

What belongs here: addresses and the engine of the text templates. What does not: what a message says.
"""

import textwrap
from email.headerregistry import Address
from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined

from flows.reports.words import counted
from schemas.months import long_date, month_label
from schemas.operation import Operation, TaskForce

_WIDTH = 76
_NOWHERE = "invalid"
"""The domain that no mail ever reaches (RFC 2606). Who somebody is, and whether to send, the operator decides."""


def national_office(operation: Operation) -> Address:
    """Return whom messages are from."""
    return Address(f"National office, {operation.title}", "national-office", f"{operation.id}.{_NOWHERE}")


def commander(task_force: TaskForce) -> Address:
    """Return the placeholder for the commander of a task force."""
    return Address(f"Commander of {task_force.name}", "commander", f"{task_force.id.lower()}.{_NOWHERE}")


def unknown_sender() -> Address:
    """Return the placeholder for whoever sent a workbook of no known state."""
    return Address("Sender of this workbook", "sender", f"unknown.{_NOWHERE}")


def render_letter(template: str, **content: object) -> str:
    """Return the text template of that name, filled in."""
    return _environment().get_template(f"{template}.txt.jinja").render(content)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("flows.reports", ""),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        keep_trailing_newline=True,
    )
    fill = partial(textwrap.fill, width=_WIDTH, break_long_words=False, break_on_hyphens=False)
    environment.filters |= {
        "counted": counted,
        "long_date": long_date,
        "month_label": month_label,
        "wrapped": fill,
        "item": partial(fill, initial_indent="* ", subsequent_indent="  "),
        "below": partial(fill, initial_indent="  ", subsequent_indent="  "),
    }
    return environment
