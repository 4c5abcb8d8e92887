"""The rules over all submissions, with their words. They never change a verdict.

Blanks: `{who}` the task force concerned, and its month where there is one, `{revision}` the submitter's number,
`{outcome}` what counts now, `{label}` of a measure, `{other}` with what it is compared, `{way}` above or below that,
`{found}` and `{expected}`.
"""

from schemas.findings import Severity
from schemas.rules import Needs, Rule


def _rule(
    code: str,
    sentence: str,
    remedy: str,
    example: str,
    needs: Needs = Needs.INBOX,
    severity: Severity = Severity.WARNING,
) -> Rule:
    return Rule(code, severity, needs, "1", sentence, remedy, example)


REVISION_HAS_ONE_SET_OF_COUNTS = _rule(
    "revision_has_one_set_of_counts",
    "revision {revision} of {who} has arrived with different counts; {outcome}",
    "Send the right counts as a new revision with a higher number.",
    "revision 2 of AL has arrived with different counts; the workbook received earlier stands",
)

COUNTS_ARE_SENT_ONCE = _rule(
    "counts_are_sent_once",
    "revision {revision} of {who} has arrived before with the same counts; they count once",
    "Nothing needs to be done.",
    "revision 2 of AL has arrived before with the same counts; they count once",
    severity=Severity.NOTE,
)

REVISIONS_ARRIVE_IN_ORDER = _rule(
    "revisions_arrive_in_order",
    "revision {found} of {who} came after revision {expected}; it does not count",
    "If it should count, raise its revision above {expected} and send it again.",
    "revision 2 of AL came after revision 3; it does not count",
)

WITHDRAWN_FILE_IS_NOT_SENT_AGAIN = _rule(
    "withdrawn_file_is_not_sent_again",
    "this file was withdrawn on {found}; its figures of {who} do not count",
    "To send these figures again, raise the revision.",
    "this file was withdrawn on 2018-06-08 by role: Analyst; its figures of AL do not count",
    needs=Needs.LEDGER,
)

WITHDRAWN_COUNTS_ARE_NOT_SENT_AGAIN = _rule(
    "withdrawn_counts_are_not_sent_again",
    "revision {revision} of {who} has the counts of the file that was withdrawn on {found}; they count again",
    "If they are to count, send them with a higher revision; if not, withdraw this file too.",
    "revision 2 of AL has the counts of the file that was withdrawn on 2018-06-08 by role: Analyst; they count again",
    needs=Needs.LEDGER,
)

FILE_IS_SENT_ONCE = _rule(
    "file_is_sent_once",
    "the same file has arrived {found} times; it is one submission",
    "Nothing needs to be done.",
    "the same file has arrived 2 times; it is one submission",
    severity=Severity.NOTE,
)

ROWS_OF_TASK_FORCES_DIFFER = _rule(
    "rows_of_task_forces_differ",
    "all {found} figures of {who} are also those of {other}",
    "Check whose figures these are; if both are right, say so to the national office.",
    "all 17 figures of AL, March 2018 are also those of GA",
)

MONTHS_OF_A_TASK_FORCE_DIFFER = _rule(
    "months_of_a_task_force_differ",
    "all {found} figures of {who} are also those of {other}",
    "Check that the month has its own figures; if they are right, say so to the national office.",
    "all 17 figures of AL, April 2018 are also those of March 2018",
)

MONTHS_ARE_IN_PROPORTION = _rule(
    "months_are_in_proportion",
    "{label} of {who} ({found}) are far {way} this task force's other months ({expected})",
    "Check the number of digits and the column; if the figure is right, say so to the national office.",
    "Arrests of AL, April 2018 (310) are far above this task force's other months (about 30)",
)

OPERATIONS_ARE_IN_PROPORTION = _rule(
    "operations_are_in_proportion",
    "{label} of {who} ({found}) are far {way} those of {other} ({expected})",
    "Check the figures of all months; if they are right, say so to the national office.",
    "Arrests of AL (310 a month) are far above those of Operation Broken Heart 2017 (about 30 a month)",
    needs=Needs.LEDGER,
)

EARLIER_STANDS = "the workbook received earlier stands"
NONE_STANDS = "they arrived together, so none of them counts"

INBOX_RULES: tuple[Rule, ...] = (
    REVISION_HAS_ONE_SET_OF_COUNTS,
    COUNTS_ARE_SENT_ONCE,
    REVISIONS_ARRIVE_IN_ORDER,
    WITHDRAWN_FILE_IS_NOT_SENT_AGAIN,
    WITHDRAWN_COUNTS_ARE_NOT_SENT_AGAIN,
    FILE_IS_SENT_ONCE,
    ROWS_OF_TASK_FORCES_DIFFER,
    MONTHS_OF_A_TASK_FORCE_DIFFER,
    MONTHS_ARE_IN_PROPORTION,
    OPERATIONS_ARE_IN_PROPORTION,
)
