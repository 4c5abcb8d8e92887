"""`rollup rules`: the register of rules."""

import sys
from typing import Annotated

import typer

from flows.cli.arguments import DEFAULT_OPERATION, OperationAt
from flows.cli.exits import Exit
from flows.cli.terminal import output, print_json


def rules(
    operation: OperationAt = DEFAULT_OPERATION,
    as_json: Annotated[bool, typer.Option("--json", help="Print the rules as JSON.")] = False,
    as_html: Annotated[bool, typer.Option("--html", help="Print the rules as a page for a browser.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print the rules as a Markdown table.")] = False,
) -> Exit:
    """List every rule that submissions are judged by: its code, how much it weighs, and what a finding of it says."""
    from flows.operations import load_operation
    from flows.reports.rule_table import rule_table, rules_as_json, rules_as_markdown, rules_as_page

    effort = load_operation(operation)
    if as_json:
        print_json(rules_as_json(effort))
    elif as_html:
        sys.stdout.write(rules_as_page(effort).decode())
    elif as_markdown:
        sys.stdout.write(rules_as_markdown(effort))
    else:
        output().show(rule_table(effort))
    return Exit.CLEAN
