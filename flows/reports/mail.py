"""Mail as bytes: a draft that any mail program opens, the same bytes for the same content.

What belongs here: headers, parts and boundaries. What does not: what a message says.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

_XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draft(
    *,
    sender: Address,
    to: Sequence[Address],
    subject: str,
    date: dt.datetime,
    text: str,
    workbook: bytes | None,
    workbook_name: str,
) -> bytes:
    """Return a mail as the content of an .eml file, marked so that mail programs open it for sending.

    Its id and its boundary follow from its content alone.

    Args:
        sender: Whom it is from.
        to: Whom it is for.
        subject: One line.
        date: An aware moment.
        text: The message.
        workbook: An .xlsx workbook to attach; None for none.
        workbook_name: The name to attach it under.
    """
    mail = EmailMessage(SMTP)
    mail["From"], mail["To"], mail["Subject"], mail["Date"] = sender, to, subject, date
    digest = hashlib.sha256(b"\n".join((subject.encode(), text.encode(), workbook or b""))).hexdigest()[:32]
    mail["Message-ID"], mail["X-Unsent"] = f"<{digest}@{sender.domain}>", "1"
    mail.set_content(text, cte="quoted-printable")
    if workbook is not None:
        mail.add_attachment(workbook, maintype="application", subtype=_XLSX, filename=workbook_name)
        mail.set_boundary(f"=_{digest}")
    return mail.as_bytes()
