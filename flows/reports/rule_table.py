"""The register of rules as people and programs read it."""

import re
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from flows.reports.pages.render import render
from flows.reports.words import counted
from schemas.operation import Operation
from schemas.register import register
from schemas.rules import RULES_VERSION, Rule


def rule_table(operation: Operation) -> RenderableType:
    """Return every rule: its weight, what it must see, its code, and a finding's sentence as an example."""
    rules = register(operation)
    lines: list[RenderableType] = [
        Text(f"{operation.title}: {counted(len(rules), 'rule')}, version {RULES_VERSION}", "bold"),
        Text("An error rejects a workbook; a warning lets it count, with a question; a note only informs."),
    ]
    for rule in rules:
        lines.append(Text())
        lines.append(Text.assemble(f"{rule.severity:<9}{rule.needs:<7}", (rule.code, "bold")))
        lines.append(Padding(Text(rule.example), (0, 0, 0, 16)))
    return Group(*lines)


def rules_as_json(operation: Operation) -> dict[str, Any]:
    """Return the register with its version, for a program to read."""
    return {"rules_version": RULES_VERSION, "rules": [asdict(rule) for rule in register(operation)]}


def rules_as_markdown(operation: Operation) -> str:
    """Return the register as a Markdown table, a row a rule."""
    lines = [
        "| rule | weight | needs | a finding says, for example | what to do then | since |",
        "|---|---|---|---|---|---|",
    ]
    for rule in register(operation):
        cells = (f"`{rule.code}`", rule.severity, rule.needs, rule.example, remedy_in_general(rule), rule.since)
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join(lines) + "\n"


def rules_as_page(operation: Operation) -> bytes:
    """Return the register as HTML that needs nothing but itself."""
    rules = register(operation)
    return render("rules.html", operation=operation, rules=rules, version=RULES_VERSION, remedy_of=remedy_in_general)


def remedy_in_general(rule: Rule) -> str:
    """Return a rule's remedy with its blanks named, such as `Correct [cell] or its parts in [parts]`."""
    return re.sub(r"{(\w+)}", r"[\1]", rule.remedy)
