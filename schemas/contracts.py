"""How a Pandera contract is written and asked here: one named check per rule, asked once for many workbooks.

A rule is a frame-level check with the rule's code as its name. It answers row by row, true where the rule is met.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrorReason, SchemaErrors

Contract = type[pa.DataFrameModel] | pa.DataFrameSchema
RowCheck = Callable[[pd.DataFrame], "pd.Series[bool]"]


class StrictModel(pa.DataFrameModel):
    """A contract of exactly its columns, with exactly these types: parsing converts, contracts judge."""

    class Config:
        """What Pandera is told."""

        strict = True
        coerce = False


class ContractBrokenError(Exception):
    """A frame that we built does not have the shape its contract states: a fault of this program, not of a sender."""


def rule(check: Callable[[Any, pd.DataFrame], "pd.Series[bool]"]) -> Any:  # noqa: ANN401 - Pandera's own marker
    """Make a method of a `DataFrameModel` a rule named after the method."""
    return pa.dataframe_check(name=check.__name__)(classmethod(check))


def row_rule(code: str, check: RowCheck) -> pa.Check:
    """Make a rule from a function, where the operation brings the columns it judges."""
    return pa.Check(check, name=code, element_wise=False)


def unmet(contract: Contract, frame: pd.DataFrame) -> Iterator[tuple[str, npt.NDArray[np.int64]]]:
    """Ask a contract about a frame, which has a default index.

    Yields:
        The code of each unmet rule, with the positions of the rows that do not meet it.

    Raises:
        ContractBrokenError: The frame is not of the contract's shape, or a check failed to answer.
    """
    if frame.empty:
        return
    schema = contract if isinstance(contract, pa.DataFrameSchema) else contract.to_schema()
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        for error in errors.schema_errors:
            if error.reason_code is not SchemaErrorReason.DATAFRAME_CHECK or error.check_output is None:
                raise ContractBrokenError(str(error)) from error
            yield str(error.check.name), np.flatnonzero(~np.asarray(error.check_output, dtype=bool))
