"""Prefect as the operator should meet it: silent, private, patient; on a server that is known to answer."""

import os
import signal
from concurrent.futures import Future
from contextvars import copy_context
from threading import Thread

from flows.cli.exits import ServerError

_SETTINGS = {
    # The operator reads our account; what Prefect has to say goes to its server.
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    # Nothing leaves the machine.
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    # What lies outside is tried again after so many seconds.
    "PREFECT_TASKS_DEFAULT_RETRY_DELAY_SECONDS": "[10, 30, 90]",
    # Where no server is configured there is a temporary one, and it is given time on a busy machine.
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}


def settle_prefect() -> str | None:
    """Settle what the environment leaves open, before Prefect is first imported.

    Returns:
        The address of the server that the environment or the Prefect profile names; None where there is none.
    """
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    from prefect.settings import get_current_settings

    return get_current_settings().api.url


def reach_server(address: str | None) -> None:
    """Make sure that there is a server, starting a temporary one where none is configured.

    Raises:
        ServerError: It does not answer.
    """
    answer: Future[Exception | None] = Future()
    Thread(target=copy_context().run, args=[_ask_for_health, answer], daemon=True).start()
    if failure := answer.result():
        if address:
            raise ServerError(f"the Prefect server at {address} does not answer.") from failure
        raise ServerError("the temporary Prefect server does not start; `prefect server start` says why.") from failure


def _ask_for_health(answer: "Future[Exception | None]") -> None:
    """Answer with what is wrong with the server. In a thread of its own, so that Ctrl-C ends the waiting."""
    if hasattr(signal, "pthread_sigmask"):
        # A temporary server inherits this: Ctrl-C is for us, and we end the server.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    from prefect.client.orchestration import get_client

    try:
        with get_client(sync_client=True) as client:
            answer.set_result(client.api_healthcheck())
    except Exception as error:
        answer.set_result(error)
