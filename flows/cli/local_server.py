"""A local Prefect server: on loopback alone, on SQLite, and gone when the command that started it ends."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from flows.cli.exits import ServerError, UnusableError

_HOST = "127.0.0.1"
_PATIENCE, _FAREWELL = 120, 30
"""In seconds: how long it may take to start, and to end."""


@contextmanager
def local_server(port: int) -> Iterator[str]:
    """Start a server, and end it at the end.

    Args:
        port: Where it listens.

    Yields:
        The address of its API.

    Raises:
        UnusableError: Something else listens there.
        ServerError: It does not start.
    """
    with socket.socket() as probe:
        if probe.connect_ex((_HOST, port)) == 0:
            raise UnusableError(
                f"something listens on port {port} already; choose another --port or, if that is a Prefect server, set "
                f"PREFECT_API_URL=http://{_HOST}:{port}/api."
            )
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", _HOST, "--port", str(port)]
    environment = os.environ | {"PREFECT_API_URL": f"http://{_HOST}:{port}/api"}
    # In a session of its own, so that Ctrl-C is for us, and we end the server last.
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait_until_it_answers(server, environment["PREFECT_API_URL"])
        yield environment["PREFECT_API_URL"]
    finally:
        server.terminate()
        try:
            server.wait(_FAREWELL)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait_until_it_answers(server: "subprocess.Popen[bytes]", address: str) -> None:
    latest = time.monotonic() + _PATIENCE
    while server.poll() is None and time.monotonic() < latest:
        try:
            if httpx.get(f"{address}/health", timeout=5).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.5)
    raise ServerError("the local Prefect server does not start; `prefect server start` says why.")
