"""The register of rules as a page."""

from flows.reports.pages.render import render
from flows.reports.rule_table import remedy_in_general
from schemas.operation import Operation
from schemas.register import register
from schemas.rules import RULES_VERSION


def rules_page(operation: Operation) -> bytes:
    """Return the register of an operation: HTML that needs nothing but itself."""
    return render(
        "rules", operation=operation, rules=register(operation), version=RULES_VERSION, remedy_of=remedy_in_general
    )
