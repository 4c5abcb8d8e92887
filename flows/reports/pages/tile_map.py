"""The map of tiles: every state a square of the same size, about where it lies."""

from dataclasses import dataclass
from operator import attrgetter

from flows.reports.state_status import StateStatus

_MAP = """
AK .  .  .  .  .  .  .  .  .  ME
.  .  .  .  .  .  .  .  .  VT NH
WA ID MT ND MN IL WI MI NY RI MA
OR NV WY SD IA IN OH PA NJ CT .
CA UT CO NE MO KY WV VA MD DE .
.  AZ NM KS AR TN NC SC DC .  .
.  .  .  OK LA MS AL GA .  .  .
HI .  .  TX .  .  .  .  FL .  .
"""
_ROWS = [line.split() for line in _MAP.split("\n") if line]
_PLACE = {
    code: (row, column) for row, line in enumerate(_ROWS, 1) for column, code in enumerate(line, 1) if code != "."
}
_COLUMNS = len(_ROWS[0])


@dataclass(frozen=True, slots=True)
class Tile:
    """A state on the map: its place on the grid, counted from 1, and how it stands."""

    state: str
    name: str
    status: StateStatus
    row: int
    column: int


def tiles(names: dict[str, str], statuses: dict[str, StateStatus]) -> tuple[Tile, ...]:
    """Return a tile for each state, row by row, from names and statuses by code; states not on the map come below."""
    elsewhere = [state for state in names if state not in _PLACE]
    places = _PLACE | {state: (len(_ROWS) + 1 + n // _COLUMNS, 1 + n % _COLUMNS) for n, state in enumerate(elsewhere)}
    laid = (Tile(state, name, statuses[state], *places[state]) for state, name in names.items())
    return tuple(sorted(laid, key=attrgetter("row", "column")))
