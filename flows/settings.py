"""What a service was started with: read once from the environment (`ROLLUP_...`), where `rollup serve` has put it."""

import json

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The settings of a service. None of them can be changed from Prefect's pages.

    Attributes:
        operation: The id of an operation, or the path of its folder.
        inbox: Where workbooks arrive: a folder or a URL.
        other_inboxes: Where else they may be taken from by hand; JSON in the environment.
        out: Where outputs go: a folder or a URL.
        ledger: The ledger's URL; empty for the file `ledger.sqlite` in `out`.
        as_of: The clock of every run, an ISO time; empty for the machine's own.
        notify: The Prefect notification block that news goes to, such as `slack-webhook/operations`; empty for none.
        dask_address: That of a Dask scheduler; empty for this machine.
    """

    model_config = SettingsConfigDict(env_prefix="ROLLUP_", frozen=True)

    operation: str = "broken-heart-2018"
    inbox: str = "inbox"
    other_inboxes: tuple[str, ...] = ()
    out: str = "out"
    ledger: str = ""
    as_of: str = ""
    notify: str = ""
    dask_address: str = ""

    @property
    def inboxes(self) -> tuple[str, ...]:
        """All inboxes, the nightly one first."""
        return tuple(dict.fromkeys((self.inbox, *self.other_inboxes)))

    def to_environment(self) -> dict[str, str]:
        """Return the environment that these settings are read from."""
        values = self.model_dump() | {"other_inboxes": json.dumps(self.other_inboxes)}
        return {f"ROLLUP_{name.upper()}": value for name, value in values.items()}
