"""The nightly flow on a Dask cluster of two workers: the same bytes, and nothing lost when a worker dies.

The second run has its ledger on PostgreSQL, as several machines would.
"""

import datetime as dt
import logging
import shutil

import pytest
from prefect import flow

from dask_cluster import cluster
from flows.cluster import task_runner_at
from flows.nightly import NIGHTLY_LOG, national_rollup
from ledger.one_night import tree
from sample_workbook import SAMPLE

pytest.importorskip("prefect_dask", reason="needs pip install prefect-dask distributed")
pytestmark = pytest.mark.slow

AS_OF = dt.datetime(2018, 6, 8, 6, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nation") / "inbox"
    for some in (SAMPLE, SAMPLE.parent / "needs-attention"):
        shutil.copytree(some, folder / some.name)
    return folder


@pytest.fixture(scope="module")
def expected(server, inbox, tmp_path_factory):
    return tree(flow(national_rollup)(inbox, tmp_path_factory.mktemp("here"), as_of=AS_OF).outputs)


def on_cluster(address, inbox, out, ledger=None):
    rollup = flow(national_rollup, task_runner=task_runner_at(address))
    return tree(rollup(inbox, out, as_of=AS_OF, ledger=ledger).outputs)


def test_a_cluster_gives_the_same_bytes_and_loses_nothing_when_a_worker_dies(
    expected, inbox, database, tmp_path, monkeypatch
):
    monkeypatch.setattr("flows.nightly.CLUSTER_BATCH", 4)
    deaths = []

    class Killer(logging.Handler):
        """Kills a worker as soon as the first batch is judged."""

        def emit(self, record: logging.LogRecord) -> None:
            if workers and not deaths:
                deaths.append(workers.pop())
                deaths[0].kill()

    killer = Killer()
    with cluster(tmp_path, workers=2) as two:
        workers = []
        assert on_cluster(two.address, inbox, tmp_path / "undisturbed") == expected
        workers = list(two.workers)
        logging.getLogger(NIGHTLY_LOG).addHandler(killer)
        try:
            assert on_cluster(two.address, inbox, tmp_path / "disturbed", database) == expected
        finally:
            logging.getLogger(NIGHTLY_LOG).removeHandler(killer)
    assert deaths
