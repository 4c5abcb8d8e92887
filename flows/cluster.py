"""Where tasks run: in this process, or on the workers of a Dask cluster.

What belongs here: how work is handed out and comes back. What does not: what the work is.
"""

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from prefect import Task
from prefect.context import FlowRunContext
from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.door.workers import Readers, shared_readers

CLUSTER_BATCH = 300
"""How many workbooks a worker of a cluster is handed at once: few, so that all have work until the end."""

_AHEAD = 16
"""How many pieces of work are handed out before the first result is waited for; results are held until it is theirs."""

_Argument = TypeVar("_Argument")
_Result = TypeVar("_Result")


def task_runner_at(dask_address: str | None) -> TaskRunner[Any]:
    """Return what runs a flow's tasks: a Dask scheduler, by an address such as tcp://host:8786, or else this process.

    Raises:
        ImportError: Dask is not installed.
    """
    if not dask_address:
        return ThreadPoolTaskRunner()
    from prefect_dask.task_runners import DaskTaskRunner

    return DaskTaskRunner(address=dask_address)


def is_on_cluster() -> bool:
    """Tell whether the tasks of the flow that is running run elsewhere."""
    context = FlowRunContext.get()
    return context is not None and not isinstance(context.task_runner, ThreadPoolTaskRunner)


def readers_here() -> Readers:
    """Return the processes that read for a task: on a worker of a cluster, as many as it has threads."""
    try:
        return shared_readers(sys.modules["distributed"].get_worker().state.nthreads)
    except (KeyError, ValueError):
        return shared_readers()


def each_in_order(task: Task[[_Argument], _Result], arguments: Iterable[_Argument]) -> Iterator[_Result]:
    """Call a task once for each argument and yield the results in that order.

    Dask gives a worker's unfinished work to another one when it dies. Here nothing is handed out ahead: a second batch
    in memory, in another thread, costs more of it than the time is worth.
    """
    if not is_on_cluster():
        yield from (task(argument) for argument in arguments)
        return
    waiting: deque[PrefectFuture[_Result]] = deque()
    for argument in arguments:
        waiting.append(task.submit(argument))
        if len(waiting) == _AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
