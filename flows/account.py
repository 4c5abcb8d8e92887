"""Whom this machine takes the caller for. It goes into the audit trail; it proves nothing, and is shown to nobody."""

import getpass
import os

_UNKNOWN = "unknown"


def account() -> str:
    """Return the account that runs this, and who called `sudo` to run it; `unknown` where the machine cannot tell."""
    try:
        own = getpass.getuser().strip().casefold() or _UNKNOWN
    except (OSError, KeyError):
        own = _UNKNOWN
    caller = os.environ.get("SUDO_USER", "").strip().casefold()
    return f"{caller} as {own}" if caller and caller != own else own
