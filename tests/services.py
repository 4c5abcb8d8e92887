"""`rollup serve` as a process, the Prefect server it uses, and a receiver of its notices: all real, on loopback."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx

PATIENCE = 300
"""In seconds: how long anything may take on a busy machine before a test gives up."""

DONE = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(look: Callable[[], Any], what: str) -> Any:
    latest = time.monotonic() + PATIENCE
    while time.monotonic() < latest:
        if found := look():
            return found
        time.sleep(0.5)
    raise AssertionError(f"waited in vain for {what}")


@dataclass(frozen=True)
class Server:
    """A Prefect server, asked through its API."""

    api: str

    def ask(self, path: str, **what: object) -> Any:
        def post() -> httpx.Response | None:
            answer = httpx.post(f"{self.api}/{path}", json=what, timeout=60)
            # A server on SQLite says this when it is very busy.
            return None if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE else answer

        answer = wait_for(post, f"an answer to {path}")
        answer.raise_for_status()
        return answer.json()

    def deployment(self, name: str) -> dict[str, Any]:
        (found,) = self.ask("deployments/filter", deployments={"name": {"any_": [name]}})
        return found

    def runs(self, deployment: str) -> list[dict[str, Any]]:
        which = {"id": {"any_": [self.deployment(deployment)["id"]]}}
        runs = self.ask("flow_runs/filter", deployments=which, sort="EXPECTED_START_TIME_ASC")
        return [run for run in runs if run["state_type"] != "SCHEDULED"]

    def trigger(self, deployment: str, **parameters: object) -> str:
        identity = self.deployment(deployment)["id"]
        return self.ask(f"deployments/{identity}/create_flow_run", parameters=parameters)["id"]

    def ended(self, run: str) -> dict[str, Any]:
        def look() -> dict[str, Any] | None:
            found = httpx.get(f"{self.api}/flow_runs/{run}").json()
            return found if found["state_type"] in DONE else None

        return wait_for(look, f"the end of run {run}")

    def events(self, event: str) -> list[dict[str, Any]]:
        return self.ask("events/filter", filter={"event": {"name": [event]}})["events"]

    def table(self, key: str, run: str) -> list[dict[str, str]]:
        (newest,) = self.ask("artifacts/filter", artifacts={"key": {"any_": [key]}, "flow_run_id": {"any_": [run]}})
        return json.loads(newest["data"])


@contextmanager
def service(folder: Path, *arguments: object, api: str | None = None) -> Iterator[Server]:
    """Run `rollup serve` in a folder, with a local server of its own unless there is one."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "ROLLUP"))}
    environment |= {"PREFECT_HOME": str(folder / "prefect"), "PREFECT_TASKS_DEFAULT_RETRY_DELAY_SECONDS": "1"}
    environment |= {"PREFECT_API_URL": api} if api else {}
    command = [Path(sys.executable).with_name("rollup"), "serve", "--port", port, *arguments]
    said = (folder / "said.txt").open("w+b")
    process = subprocess.Popen([*map(str, command)], cwd=folder, env=environment, stdout=said, stderr=said)
    try:
        wait_for(lambda: b"by hand at" in (folder / "said.txt").read_bytes() or process.poll(), "the service")
        assert process.poll() is None, (folder / "said.txt").read_text()
        yield Server(api or f"http://127.0.0.1:{port}/api")
    finally:
        process.terminate()
        process.wait(PATIENCE)
        said.close()


@contextmanager
def prefect_server(folder: Path) -> Iterator[Server]:
    """Run a Prefect server alone, as an organization has one."""
    port = free_port()
    api = f"http://127.0.0.1:{port}/api"
    environment = os.environ | {"PREFECT_HOME": str(folder), "PREFECT_API_URL": api, "DO_NOT_TRACK": "1"}
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def is_well() -> bool:
        try:
            return httpx.get(f"{api}/health").is_success
        except httpx.HTTPError:
            return False

    try:
        wait_for(is_well, "the Prefect server")
        yield Server(api)
    finally:
        process.terminate()
        process.wait(PATIENCE)


@contextmanager
def receiver() -> Iterator[tuple[str, list[str]]]:
    """Receive notices: give the address they go to, and the list of their texts."""
    texts: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            texts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep the tests' output clean."""

    web = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{web.server_port}/notices", texts
    finally:
        web.shutdown()
        web.server_close()
