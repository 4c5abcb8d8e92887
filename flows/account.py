"""Whom this machine takes the caller for. It goes into the audit trail; it proves nothing, and is shown to nobody."""

import getpass
import os


def account() -> str:
    """Return the account that runs this, and who called `sudo` to run it; `unknown` where the machine cannot tell."""
    try:
        own = getpass.getuser()
    except (OSError, KeyError):
        own = "unknown"
    caller = os.environ.get("SUDO_USER", "")
    return f"{caller} as {own}" if caller and caller != own else own
