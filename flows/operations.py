"""The only door to the files of operations: finds the folder and reads its texts. `operation_files` judges them."""

from pathlib import Path

import schemas
from schemas.mistakes import Mistake, OperationError
from schemas.operation import Operation
from schemas.operation_files import FILES, OPTIONAL_FILES, parse_operation

_SHIPPED = Path(schemas.__file__).parent / "operations"


def known_operations() -> tuple[str, ...]:
    """Return the ids of the operations that come with the program, in order."""
    return tuple(sorted(file.parent.name for file in _SHIPPED.glob("*/operation.toml")))


def load_operation(where: str | Path) -> Operation:
    """Read an operation: one that comes with the program, by its id, or one in a folder, by its path.

    Raises:
        OperationError: There is no such operation, a file cannot be read, or something in the files is not as it must
            be. It carries every mistake found.
    """
    folder = _SHIPPED / where if where in known_operations() else Path(where)
    if not folder.is_dir():
        expected = f"the path of a folder, or {' or '.join(known_operations())}"
        raise OperationError([Mistake(str(where), "no operation", expected)])
    texts: dict[str, str] = {}
    mistakes: list[Mistake] = []
    for name in (*FILES, *(name for name in OPTIONAL_FILES if (folder / name).exists())):
        try:
            texts[name] = (folder / name).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", error)
            mistakes.append(Mistake(f"{folder / name}", f"nothing that can be read ({reason})", "a text in UTF-8"))
    if mistakes:
        raise OperationError(mistakes)
    return parse_operation(folder.resolve().name, texts)
