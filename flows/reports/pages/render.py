"""Templates turned into pages and messages: strict about what they are given, escaping what a browser would obey.

What belongs here: the engine, and how words and numbers read anywhere. What does not: what a page says.
"""

import io
import textwrap
from collections.abc import Sequence
from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from flows.reports.words import counted
from schemas.findings import Severity
from schemas.months import long_date, month_label

_WIDTH = 76
"""Of a message in plain text, in characters."""


def render(template: str, **content: object) -> bytes:
    """Return a template, such as `index.html`, filled in.

    Raises:
        jinja2.UndefinedError: The template asks for something that it is not given.
    """
    page = io.BytesIO()
    _environment().get_template(f"{template}.jinja").stream(content).dump(page, "utf-8")
    return page.getvalue()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("flows.reports", "pages"),
        autoescape=select_autoescape(["html.jinja"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["Severity"] = Severity
    fill = partial(textwrap.fill, width=_WIDTH, break_long_words=False, break_on_hyphens=False)
    environment.filters |= {
        "wrapped": fill,
        "item": partial(fill, initial_indent="* ", subsequent_indent="  "),
        "below": partial(fill, initial_indent="  ", subsequent_indent="  "),
        "counted": counted,
        "long_date": long_date,
        "month_label": month_label,
        "number": lambda number: f"{number:,}",
        "percent": _percent,
        "sentence": lambda words: words[:1].upper() + words[1:],
        "lower_first": lambda words: words[:1].lower() + words[1:],
        "together": _together,
        "words": lambda code: code.replace("_", " "),
    }
    return environment


def _percent(share: float) -> str:
    """Return a share in words of a size that says something: `9%`, `0.4%`, `less than 0.1%`."""
    percent = 100 * share
    if percent < 0.1:
        return "less than 0.1%"
    return f"{percent:.1f}%" if percent < 0.95 else f"{percent:.0f}%"


def _together(names: Sequence[str]) -> str:
    """Return names as they are said in one breath: `March, April and May`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
