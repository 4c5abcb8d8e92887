"""Remarks: what the door says of a file before, or beside, what is asked of the form; plain, to come from a worker.

A remark names its rule; the rule's words make it a finding.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """One rule unmet by a file, what was found, and where: the form's sheet and the cell, as far as there is one."""

    code: str
    found: str = ""
    sheet: str = ""
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """Why a workbook is not judged. Of a private one nothing but this is kept."""

    remarks: tuple[Remark, ...]
    is_private: bool = False
