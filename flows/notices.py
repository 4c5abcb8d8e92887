"""Notices: what a run says to the world outside, as Prefect events and through a Prefect notification block.

What belongs here: sending. What does not: what there is to say (`reports/news.py`).
"""

import logging

from prefect import task
from prefect.blocks.core import Block
from prefect.blocks.notifications import CustomWebhookNotificationBlock
from prefect.cache_policies import NO_CACHE
from prefect.events import emit_event

from flows.inbox import InboxError
from flows.ledger.faults import LedgerError, LedgerRefusedError
from flows.outbox import OutboxError
from flows.reports.failure import InternalError
from flows.reports.news import News
from schemas.mistakes import OperationError

COMPLETED, FAILED = "rollup.run.completed", "rollup.run.failed"
REJECTED, CONTRADICTED = "rollup.submission.rejected", "rollup.claim.contradicted"

_FAULTS: dict[type[BaseException], str] = {
    InboxError: "inbox: it cannot be listed",
    LedgerError: "ledger: it cannot be used, or another run holds it",
    LedgerRefusedError: "ledger: it is another operation's, or of another time",
    OutboxError: "outputs: they cannot be written",
    OperationError: "operation: its files cannot be used",
    InternalError: "own failure: a bug stopped a workbook; the others' results are kept",
    TimeoutError: "time: the run took too long and was stopped",
}
_log = logging.getLogger("prefect.flow_runs.notices")


def notification_block(notify: str, operation: str) -> str:
    """Return the Prefect notification block that a setting means: its name, or empty for none.

    Where it is an http(s) URL, a block is saved that sends it `{"text": ...}`.

    Raises:
        ValueError: There is no such block.
    """
    if not notify.startswith(("http://", "https://")):
        if notify:
            Block.load(notify)
        return notify
    name = f"rollup-{operation}"
    body = {"text": "{{subject}}\n{{body}}"}
    CustomWebhookNotificationBlock(name=name, url=notify, json_data=body, headers=None, cookies=None).save(
        name, overwrite=True
    )
    return f"custom-webhook/{name}"


def resource_of(operation: str) -> str:
    """Return the name under which an operation stands in events."""
    return f"rollup.operation.{operation}"


def emit_news(operation: str, news: News) -> None:
    """Emit an event for each submission and claim that is newly wrong, and that the run is completed."""
    related = [{"prefect.resource.id": resource_of(operation), "prefect.resource.role": "operation"}]
    for refused in news.refused:
        emit_event(
            REJECTED,
            resource={"prefect.resource.id": f"rollup.submission.{refused.sha256}"},
            related=related,
            payload={"state": refused.state, "verdict": refused.verdict.value, "codes": dict(refused.codes)},
        )
    for claim in news.contradicted:
        resource = {"prefect.resource.id": f"rollup.claim.{operation}.{claim}"}
        emit_event(CONTRADICTED, resource=resource, related=related, payload={"claim": claim})
    payload = {"rejected": len(news.refused), "contradicted": len(news.contradicted), "not_taken": news.not_taken}
    emit_event(COMPLETED, resource={"prefect.resource.id": resource_of(operation)}, payload=payload)


def emit_failure(operation: str, fault: str) -> None:
    """Emit that a run has failed, and what failed, in our words."""
    emit_event(FAILED, resource={"prefect.resource.id": resource_of(operation)}, payload={"fault": fault})


def fault_of(error: object) -> str:
    """Return what failed, without a path or a word of anybody's."""
    return next((words for kind, words in _FAULTS.items() if isinstance(error, kind)), "own failure: a bug")


def notify(block: str, subject: str, sentences: list[str]) -> None:
    """Send what there is to say, if anything, through a Prefect notification block, if one is named.

    Where that fails again and again the run's log says so: its results are not the worse for it.
    """
    if block and sentences:
        state = _send(block, subject, "\n".join(sentences), return_state=True)
        if state.is_failed():
            _log.error("The notice could not be sent through %s", block)


@task(name="notify", cache_policy=NO_CACHE, persist_result=False, retries=3)
def _send(block: str, subject: str, body: str) -> None:
    Block.load(block).notify(body, subject=subject)  # type: ignore[union-attr]
