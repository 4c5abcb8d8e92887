"""Fixtures that several tests share: a Prefect server and a PostgreSQL server of our own, and ledgers of both kinds."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from hypothesis import settings

# Properties are tried on few examples, always the same, and by `.ci/run` on more: --hypothesis-profile thorough.
settings.register_profile("few", max_examples=15, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=60, deadline=None)
settings.load_profile("few")

_INSTALL = "PostgreSQL is not installed: apt-get install postgresql"


@pytest.fixture(scope="session")
def server():
    """Run a Prefect server for this session."""
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=180):
        yield


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@pytest.fixture(scope="session")
def postgresql():
    """Start a server on loopback, as somebody who is not root, in a folder of its own; give its port."""
    if not (binaries := _binaries()):
        pytest.skip(_INSTALL)
    user = {}
    if os.geteuid() == 0:
        try:
            user = {"user": (owner := pwd.getpwnam("postgres")).pw_uid, "group": owner.pw_gid}
        except KeyError:
            pytest.skip("root may not run PostgreSQL, and there is no user postgres: apt-get install postgresql")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if user:
            os.chown(folder, user["user"], user["group"])
        data = Path(folder) / "data"

        def run(program, *arguments):
            command = [binaries / program, "-D", data, *arguments]
            subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **user)

        run("initdb", "--username=rollup", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        run("pg_ctl", "-w", "-l", Path(folder) / "log", "-o", f"-p {port} -h 127.0.0.1 -k {folder} -F", "start")
        yield port
        run("pg_ctl", "-w", "-m", "immediate", "stop")


@pytest.fixture
def database(postgresql):
    """Give the URL of an empty database."""
    name = f"ledger_{uuid4().hex}"
    with psycopg.connect(
        host="127.0.0.1", port=postgresql, user="rollup", dbname="postgres", autocommit=True
    ) as server:
        server.execute(f"CREATE DATABASE {name}")
    return f"postgresql://rollup@127.0.0.1:{postgresql}/{name}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request, tmp_path):
    """Give where a ledger may be made: in a file, and on a server."""
    return request.getfixturevalue("database") if request.param == "postgresql" else str(tmp_path / "ledger.sqlite")
