"""What `rollup check` says of workbooks: to people, and to programs."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from flows.reports.outcome import outcome_text
from flows.reports.words import counted
from schemas.findings import Finding, Severity, grouped
from schemas.operation import Operation
from schemas.register import register
from schemas.rules import RULES_VERSION, Needs
from schemas.submission import NotTaken, Submission

_PLACES_LISTED = 12


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file by its name as given, and the submission it is."""

    file: str
    submission: Submission


@dataclass(frozen=True, slots=True)
class Checked:
    """The files that were checked, and those that could not be."""

    files: tuple[CheckedFile, ...]
    not_taken: tuple[NotTaken, ...]


def check_account(operation: Operation, checked: Checked) -> RenderableType:
    """Return what is wrong with each file, rule by rule, and how to put it right."""
    not_evaluated = f"Not evaluated, for want of the other submissions: {', '.join(_not_evaluated(operation))}"
    not_taken = [Text(f"{file.sentence}\n") for file in checked.not_taken]
    files = (line for file in checked.files for line in _file(file))
    return Group(*files, *not_taken, Text(not_evaluated))


def check_as_json(operation: Operation, checked: Checked) -> dict[str, Any]:
    """Return the same for a program to read."""
    return {
        "rules_version": RULES_VERSION,
        "not_evaluated": _not_evaluated(operation),
        "submissions": [
            {
                "file": file.file,
                "sha256": file.submission.sha256,
                "state": file.submission.state,
                "verdict": file.submission.verdict,
                "findings": [_finding_as_json(finding) for finding in file.submission.findings],
            }
            for file in checked.files
        ],
        "not_taken": [asdict(file) for file in checked.not_taken],
    }


def _finding_as_json(finding: Finding) -> dict[str, str]:
    fields = asdict(finding)
    del fields["sha256"]
    return {"id": finding.id, **fields}


def _not_evaluated(operation: Operation) -> list[str]:
    return [rule.code for rule in register(operation) if rule.needs is not Needs.FILE]


def _file(file: CheckedFile) -> Iterator[RenderableType]:
    submission = file.submission
    counts = [f", {counted(n, severity)}" for severity in Severity if (n := submission.count(severity))]
    yield Text.assemble(file.file, ": ", outcome_text(submission.verdict), *counts, overflow="fold")
    for findings in grouped(submission.findings, lambda finding: (finding.code, finding.remedy)):
        yield _together(findings)
    yield Text()


def _together(findings: Sequence[Finding]) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(min_width=9)
    table.add_column()
    for n, finding in enumerate(findings[:_PLACES_LISTED]):
        table.add_row(Text() if n else outcome_text(finding.severity), Text(finding.diagnosis))
    if len(findings) > _PLACES_LISTED:
        table.add_row("", f"and {counted(len(findings) - _PLACES_LISTED, 'place')} more")
    table.add_row("", Text(f"Remedy: {findings[0].remedy}", "italic"))
    return Padding(table, (0, 0, 0, 2))
