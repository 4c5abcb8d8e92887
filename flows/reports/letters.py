"""Letters: what every message to a task force has in common. From whom it is, to whom, and how it becomes a draft."""

import hashlib
from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from zoneinfo import ZoneInfo

from schemas.operation import TaskForce
from schemas.snapshot import Snapshot

UNKNOWN_SENDER = Address("Sender of this workbook", "sender", "unknown.invalid")
"""The placeholder for whoever sent a workbook of no known state. No mail ever reaches `.invalid` (RFC 2606)."""

_XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def commander(task_force: TaskForce) -> Address:
    """Return the placeholder for the commander of a task force; the operator puts the address in its place."""
    return Address(f"Commander of {task_force.name}", "commander", f"{task_force.id.lower()}.invalid")


def draft(
    snapshot: Snapshot, to: Sequence[Address], subject: str, text: str, attached: tuple[str, bytes] | None = None
) -> bytes:
    """Return a mail that mail programs open for sending, maybe with an .xlsx workbook `attached` under its name.

    Its id and its boundary follow from its content alone.
    """
    operation = snapshot.operation
    mail = EmailMessage(SMTP)
    mail["From"] = Address(f"National office, {operation.title}", "national-office", f"{operation.id}.invalid")
    mail["To"], mail["Subject"] = to, subject
    mail["Date"] = snapshot.as_of.astimezone(ZoneInfo(operation.timezone))
    name, workbook = attached or ("", b"")
    digest = hashlib.sha256(b"\n".join((subject.encode(), text.encode(), workbook))).hexdigest()[:32]
    mail["Message-ID"], mail["X-Unsent"] = f"<{digest}@{operation.id}.invalid>", "1"
    mail.set_content(text, cte="quoted-printable")
    if attached:
        mail.add_attachment(workbook, maintype="application", subtype=_XLSX, filename=name)
        mail.set_boundary(f"=_{digest}")
    return mail.as_bytes()
