"""The terminal: where results, progress and one-line complaints go, and how they get there."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, TextIO

from rich.console import Console, RenderableType
from rich.text import Text


class Terminal(Console):
    """A console that shows text as it is, and lets a reader who has seen enough go."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(file=stream, markup=False, highlight=False, emoji=False)

    def on_broken_pipe(self) -> NoReturn:
        """Leave the ending to `main`."""
        raise BrokenPipeError

    def say(self, sentence: str) -> None:
        """Print a sentence as one line, however long."""
        self.print(sentence, soft_wrap=True)

    def show(self, renderable: RenderableType) -> None:
        """Print something laid out; into a file or pipe without the blanks that pad a line to its end."""
        with self.capture() as laid_out:
            self.print(renderable)
        text = laid_out.get()
        self.file.write(text if self.is_terminal else "".join(f"{line.rstrip()}\n" for line in text.splitlines()))


def output() -> Terminal:
    """Return where results go."""
    return Terminal(sys.stdout)


def progress() -> Terminal:
    """Return where everything goes that is not a result."""
    return Terminal(sys.stderr)


def complain(sentence: str) -> None:
    """Say in one line what stopped the command."""
    progress().say(f"rollup: {sentence}")


def print_json(value: dict[str, Any]) -> None:
    """Print an object as JSON, for a program to read."""
    sys.stdout.write(json_text(value))


def answer(account: RenderableType, as_read: dict[str, Any], *, as_json: bool) -> None:
    """Print a result: its account for people, or what a program reads."""
    if as_json:
        print_json(as_read)
    else:
        output().show(account)


def json_text(value: dict[str, Any]) -> str:
    """Return an object as JSON, for a program to read."""
    import json

    return f"{json.dumps(value, indent=2, ensure_ascii=False)}\n"


@contextmanager
def live_progress() -> Iterator[Callable[[str], None]]:
    """Give a way to say what is being done: in one living line on a terminal, line by line elsewhere."""
    terminal = progress()
    if not terminal.is_terminal:
        yield terminal.say
        return
    with terminal.status("") as status:
        yield lambda sentence: status.update(Text(sentence))
