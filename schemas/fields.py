"""The contract for the Submission sheet's fields: which operation, state, period and template, and who certified it."""

import datetime as dt

import pandas as pd
import pandera.pandas as pa

from schemas.contracts import RowCheck, row_rule
from schemas.operation import Operation
from schemas.parsed import Sight
from schemas.workbook import Field

NUMBERS_AND_DATES = (
    Field.PERIOD_START,
    Field.PERIOD_END,
    Field.TEMPLATE_VERSION,
    Field.REVISION,
    Field.CERTIFIED_ON,
)
"""The fields whose value is no word of ours."""

FIELD_OF_RULE = {
    "operation_is_this_one": Field.OPERATION,
    "state_is_in_the_roster": Field.STATE,
    "state_is_that_of_its_task_forces": Field.STATE,
    "period_start_is_the_operations": Field.PERIOD_START,
    "period_end_is_the_operations": Field.PERIOD_END,
    "template_version_is_known": Field.TEMPLATE_VERSION,
    "revision_is_a_number_from_1": Field.REVISION,
    "certifier_role_is_listed": Field.CERTIFIED_BY,
    "certified_on_is_not_in_the_future": Field.CERTIFIED_ON,
    "certification_follows_the_months_reported": Field.CERTIFIED_ON,
}
"""The field that a rule for one field is about; the others name theirs by its label."""


def fields_contract(operation: Operation, as_of: dt.datetime) -> pa.DataFrameSchema:
    """Return the contract of Submission fields for one operation and clock.

    A row is a field of one workbook: `field` its name, `sight` what was found (a `Sight`), then the value as `word`,
    `number` or `day` (proleptic ordinal, 0 for none), and `reported_until`, the last day of the last month the workbook
    reports (0 for none).
    """
    unreadable = [Sight.ERROR_VALUE, Sight.FORMULA_WITHOUT_RESULT]
    today = operation.day_of(as_of).toordinal()
    states = list(operation.roster.states)
    rules: dict[str, RowCheck] = {
        "field_is_given": lambda f: f["sight"] != Sight.BLANK,
        "field_is_readable": lambda f: (
            ~(f["sight"].isin(unreadable) | (f["sight"].eq(Sight.UNKNOWN) & f["field"].isin(NUMBERS_AND_DATES)))
        ),
        "operation_is_this_one": lambda f: ~_unknown(f, Field.OPERATION),
        "state_is_in_the_roster": lambda f: (
            ~_unknown(f, Field.STATE) & ~(_known(f, Field.STATE) & ~f["word"].isin(states))
        ),
        "state_is_that_of_its_task_forces": lambda f: f["sight"] != Sight.ELSEWHERE,
        "period_start_is_the_operations": _day_is(Field.PERIOD_START, operation.period_start),
        "period_end_is_the_operations": _day_is(Field.PERIOD_END, operation.period_end),
        "template_version_is_known": lambda f: (
            ~_known(f, Field.TEMPLATE_VERSION) | (f["number"] == operation.template_version)
        ),
        "revision_is_a_number_from_1": lambda f: ~_known(f, Field.REVISION) | (f["number"] >= 1),
        "certifier_role_is_listed": lambda f: ~_unknown(f, Field.CERTIFIED_BY),
        "certified_on_is_not_in_the_future": lambda f: ~_known(f, Field.CERTIFIED_ON) | (f["day"] <= today),
        "certification_follows_the_months_reported": lambda f: (
            ~_known(f, Field.CERTIFIED_ON) | (f["day"] >= f["reported_until"])
        ),
    }
    return pa.DataFrameSchema(
        {
            "submission": pa.Column(int),
            "field": pa.Column(object),
            "sight": pa.Column(int),
            "word": pa.Column(object),
            "number": pa.Column(int),
            "day": pa.Column(int),
            "reported_until": pa.Column(int),
        },
        checks=[row_rule(code, check) for code, check in rules.items()],
        strict=True,
        name="Submission fields",
    )


def _known(fields: pd.DataFrame, field: Field) -> "pd.Series[bool]":
    return fields["field"].eq(field) & fields["sight"].eq(Sight.KNOWN)


def _unknown(fields: pd.DataFrame, field: Field) -> "pd.Series[bool]":
    return fields["field"].eq(field) & fields["sight"].eq(Sight.UNKNOWN)


def _day_is(field: Field, day: dt.date) -> RowCheck:
    return lambda fields: ~_known(fields, field) | (fields["day"] == day.toordinal())
