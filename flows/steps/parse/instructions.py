"""The sheet Instructions: no figure is read there, but what stands there and is not ours is counted by kind."""

from collections import Counter
from collections.abc import Iterator

from schemas.cells import CellValue, Kind, is_blank, kind_of
from schemas.parsed import NUMBER_BESIDE, TEXT_BESIDE
from schemas.sheets import SheetCells
from schemas.vocabulary import Vocabulary

_WORDS_OF_A_NUMBER = {1: 2, 4: 3}
"""Where a number of ours stands and where its words do: columns of a step, and of what is left to do."""


def beside_instructions(sheet: SheetCells, vocabulary: Vocabulary) -> Counter[str]:
    """Count by kind the cells of the sheet that are not the form's."""
    return Counter(kind for values in sheet.rows for kind in _beside(values, sheet.left, vocabulary))


def _beside(values: list[CellValue], left: int, vocabulary: Vocabulary) -> Iterator[str]:
    filled = {column: value for column, value in enumerate(values, left) if not is_blank(value)}
    for column, value in filled.items():
        if isinstance(value, str):
            if not vocabulary.is_of_form(value) and kind_of(value)[0] is not Kind.ERROR_VALUE:
                yield TEXT_BESIDE
        else:
            words = filled.get(_WORDS_OF_A_NUMBER.get(column, 0))
            if not (isinstance(value, float) and isinstance(words, str) and vocabulary.is_numbered(words)):
                yield NUMBER_BESIDE
