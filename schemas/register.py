"""The register: every rule that an operation's submissions are judged by, fixed and generated, by its code."""

from schemas.file_rules import FILE_RULES
from schemas.findings import Severity
from schemas.inbox_rules import INBOX_RULES
from schemas.operation import Operation, PartsRelation, PlausibleRatio
from schemas.plausibility import ratios_of
from schemas.relations import Relation, relations
from schemas.rules import Needs, Rule

_SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def register(operation: Operation) -> tuple[Rule, ...]:
    """Return all rules for an operation, in the order in which a reader of the form would meet them."""
    between = [_relation_rule(relation) for table in operation.tables for relation in relations(operation, table)]
    usual = [_ratio_rule(operation, ratio) for table in operation.tables for ratio in ratios_of(operation, table)]
    return (*FILE_RULES, *between, *usual, *INBOX_RULES)


def _relation_rule(relation: Relation) -> Rule:
    many = len(relation.parts)
    parts = f"their {_SMALL_NUMBERS[many] if many < len(_SMALL_NUMBERS) else many} parts"
    label = relation.whole.label
    if relation.whole.relation is PartsRelation.DISJOINT:
        sentence = f"{{label}} of {{who}} ({{found}}) differ from the sum of {parts} ({{expected}})"
        example = f"{label} of AL, March 2018 (14) differ from the sum of {parts} (16)"
    else:
        sentence = f"{{label}} of {{who}} ({{found}}) do not fit {parts}, which allow {{expected}}"
        example = f"{label} of AL, March 2018 (14) do not fit {parts}, which allow from 7 to 9"
    remedy = "Correct {cell} or its parts in {parts}."
    return Rule(relation.code, Severity.ERROR, Needs.FILE, "1", sentence, remedy, example)


def _ratio_rule(operation: Operation, ratio: PlausibleRatio) -> Rule:
    numerator, denominator = operation.measure[ratio.numerator].label, operation.measure[ratio.denominator].label
    beside = f"are unusual beside {denominator}"
    return Rule(
        ratio.id,
        Severity.WARNING,
        Needs.FILE,
        "1",
        f"{{label}} of {{who}} ({{found}}) {beside} ({{other}}), which suggest {{expected}}",
        "Correct {cell} or {parts}; if both are right, say so to the national office.",
        f"{numerator} of AL, March 2018 (90) {beside} (40), which suggest at most 40",
    )
