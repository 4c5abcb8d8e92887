"""The contracts of one operation as of one moment, made once and asked about any number of batches."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandera.pandas as pa

from flows.steps.validate.describe import Describer
from schemas.fields import fields_contract
from schemas.operation import Operation, Table
from schemas.plausibility import plausibility_contract
from schemas.register import register
from schemas.relations import relations_contract
from schemas.rules import Rule


@dataclass(frozen=True, slots=True)
class Contracts:
    """What a batch is judged by: the months to be reported, the register by code and in its order, and contracts.

    They are of the fields of the Submission sheet, and of the rows of each table.
    """

    operation: Operation
    months_ended: frozenset[str]
    rules: Mapping[str, Rule]
    describer: Describer
    fields: pa.DataFrameSchema
    relations: Mapping[Table, pa.DataFrameSchema]
    plausibility: Mapping[Table, pa.DataFrameSchema]


def contracts_for(operation: Operation, as_of: dt.datetime) -> Contracts:
    """Make the contracts of an operation as of an aware moment."""
    return Contracts(
        operation,
        frozenset(operation.months_ended(as_of)),
        {rule.code: rule for rule in register(operation)},
        Describer(operation, operation.day_of(as_of)),
        fields_contract(operation, as_of),
        {table: relations_contract(operation, table) for table in operation.tables},
        {table: plausibility_contract(operation, table) for table in operation.tables},
    )
