"""The rules over all submissions of an inbox, with their words. They never change a verdict.

Blanks: `{who}` the task force concerned, `{revision}` the submitter's number, `{outcome}` what counts now, `{found}`.
"""

from schemas.findings import Severity
from schemas.rules import Needs, Rule

REVISION_HAS_ONE_SET_OF_COUNTS = Rule(
    "revision_has_one_set_of_counts",
    Severity.WARNING,
    Needs.INBOX,
    "1",
    "revision {revision} of {who} has arrived with different counts; {outcome}",
    "Send the right counts as a new revision with a higher number.",
    "revision 2 of AL has arrived with different counts; the workbook received earlier stands",
)

COUNTS_ARE_SENT_ONCE = Rule(
    "counts_are_sent_once",
    Severity.NOTE,
    Needs.INBOX,
    "1",
    "revision {revision} of {who} has arrived before with the same counts; they count once",
    "Nothing needs to be done.",
    "revision 2 of AL has arrived before with the same counts; they count once",
)

FILE_IS_SENT_ONCE = Rule(
    "file_is_sent_once",
    Severity.NOTE,
    Needs.INBOX,
    "1",
    "the same file has arrived {found} times; it counts once",
    "Nothing needs to be done.",
    "the same file has arrived 2 times; it counts once",
)

EARLIER_STANDS = "the workbook received earlier stands"
NONE_STANDS = "they arrived together, so none of them counts"

INBOX_RULES: tuple[Rule, ...] = (REVISION_HAS_ONE_SET_OF_COUNTS, COUNTS_ARE_SENT_ONCE, FILE_IS_SENT_ONCE)
