"""The sheet Findings of a returned workbook: the submitter's responses, each beside the id of the finding it answers.

Everything else on that sheet is ours, and is left alone; what plainly is not is counted. A response that is none of the
list is refused without a finding: nothing that counts depends on it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from flows.steps.parse.tally import Tally
from schemas.cells import CellValue, is_blank
from schemas.findings import Severity
from schemas.parsed import NUMBER_BESIDE, TEXT_BESIDE
from schemas.responses import (
    FINDING_HEADER,
    FINDINGS_GUIDE,
    FINDINGS_HEADERS,
    PLACE_HEADER,
    REASON_HEADER,
    RESPONSE_HEADER,
    SEVERITY_HEADER,
    Answer,
    Reason,
    Response,
)
from schemas.sheets import SheetCells
from schemas.workbook import (
    FINDINGS_SHEET,
    FORM_SHEETS,
    HEADER_ROWS_SEARCHED,
    INSTRUCTIONS_SHEET,
    LONGEST_LABEL,
    normalise,
)

_FINDING_ID = re.compile(r"[0-9a-f]{12}", re.ASCII)
_HEADERS = tuple(map(normalise, (FINDING_HEADER, RESPONSE_HEADER, REASON_HEADER)))

WordT = TypeVar("WordT", bound=StrEnum)


def read_responses(sheet: SheetCells, tally: Tally) -> tuple[Response, ...]:
    """Read the responses in the order of the sheet, the first to each finding, counting every cell of the sheet."""
    before = tally.typed + tally.refused
    responses: dict[str, Response] = {}
    header = _find_header(sheet)
    if header is not None:
        line, columns = header
        tally.typed += len(columns)
        for values in sheet.rows[line + 1 :]:
            if response := _response([values[at] for at in columns], tally):
                responses.setdefault(response.finding, response)
    tally.beside += Counter((sheet.name, kind) for kind in _beside(sheet, header))
    tally.ignored += sheet.count_filled() - (tally.typed + tally.refused - before)
    return tuple(responses.values())


def _find_header(sheet: SheetCells) -> tuple[int, tuple[int, ...]] | None:
    """Find the row with all three headings: its position, and those of the headings."""
    for line, values in enumerate(sheet.rows[: max(0, HEADER_ROWS_SEARCHED - sheet.top + 1)]):
        words = [_normal(value) for value in values]
        if all(header in words for header in _HEADERS):
            return line, tuple(map(words.index, _HEADERS))
    return None


def _beside(sheet: SheetCells, header: tuple[int, tuple[int, ...]] | None) -> Iterator[str]:
    """Yield the kind of each cell that no returned workbook has: in no line of a finding, or not what its heading says.

    What a finding says in words is not gone through: of a workbook with this sheet no bytes are kept anyway.
    """
    line, (finding, *_) = header or (len(sheet.rows), (0,))
    heads = [_normal(value) for value in sheet.rows[line]] if header else []
    for nth, values in enumerate(sheet.rows):
        is_of_a_finding = nth > line and _FINDING_ID.fullmatch(_normal(values[finding]))
        for at, value in enumerate(values):
            if is_blank(value):
                continue
            if not isinstance(value, str):
                yield NUMBER_BESIDE
            elif not (_fits(heads[at], value) if is_of_a_finding else _normal(value) in _OWN):
                yield TEXT_BESIDE


def _fits(head: str, text: str) -> bool:
    allowed = _ALLOWED.get(head)
    return bool(allowed.fullmatch(_normal(text))) if allowed else head in _OWN


def _response(cells: Sequence[CellValue], tally: Tally) -> Response | None:
    """Read one line's finding, response and reason; None where it answers nothing."""
    finding, answer, reason = cells
    if not _FINDING_ID.fullmatch(_normal(finding)):
        tally.refused += sum(value != "" for value in cells)
        return None
    tally.typed += 1
    answered, why = _word(answer, _ANSWERS, tally), _word(reason, _REASONS, tally)
    return Response(_normal(finding), answered, why) if answered else None


def _word(value: CellValue, words: Mapping[str, WordT], tally: Tally) -> WordT | None:
    word = words.get(_normal(value))
    if not is_blank(value):
        tally.add(understood=word is not None)
    return word


def _normal(value: CellValue) -> str:
    return normalise(value) if isinstance(value, str) and len(value) <= LONGEST_LABEL else ""


def _one_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(normalise(word)) for word in words))


_OWN = frozenset(map(normalise, (FINDINGS_SHEET, FINDINGS_GUIDE, *FINDINGS_HEADERS)))
_ANSWERS = {normalise(answer): answer for answer in Answer}
_REASONS = {normalise(reason): reason for reason in Reason}
_ALLOWED = {
    normalise(SEVERITY_HEADER): _one_of(Severity),
    normalise(PLACE_HEADER): re.compile(
        f"({_one_of((INSTRUCTIONS_SHEET, *FORM_SHEETS)).pattern})(![a-z]{{1,2}}[0-9]{{1,4}})?"
    ),
    normalise(RESPONSE_HEADER): _one_of(Answer),
    normalise(REASON_HEADER): _one_of(Reason),
}
"""What may stand under a heading, where that is one of few words or a place."""
