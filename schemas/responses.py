"""Responses: what a submitter answers to the findings of a returned workbook, in words of ours alone."""

from dataclasses import dataclass
from enum import StrEnum

FINDING_HEADER, RESPONSE_HEADER, REASON_HEADER = "Finding", "Response", "Reason"
"""The headings of the sheet Findings under which a response is read."""
SEVERITY_HEADER, PLACE_HEADER = "Severity", "Place"
FINDINGS_GUIDE = (
    "Click a place to go there. When a finding is dealt with, choose a response; nothing is to be typed here."
)
FINDINGS_HEADERS = (
    *(SEVERITY_HEADER, PLACE_HEADER, "What is wrong", "What to do", "Likely cause"),
    *(FINDING_HEADER, RESPONSE_HEADER, REASON_HEADER),
)
"""All headings of that sheet, in its order."""


class Answer(StrEnum):
    """What has been done about a finding."""

    CORRECTED = "corrected"
    CONFIRMED = "confirmed as correct"
    CANNOT_FIX = "cannot fix"


class Reason(StrEnum):
    """Why a figure stays as it is."""

    CHECKED = "checked against our records"
    UNUSUAL = "it was an unusual month"
    COUNTED_OTHERWISE = "we count this another way"
    NOT_KNOWN_YET = "not known yet"
    ASK_US = "none of these: please ask us"


@dataclass(frozen=True, slots=True)
class Response:
    """The answer to one finding of an earlier submission.

    Attributes:
        finding: The finding's id.
        answer: What has been done about it.
        reason: Why it stays as it is; None where none was chosen.
    """

    finding: str
    answer: Answer
    reason: Reason | None
