"""Intake: from its bytes alone, may this file be read as a workbook? Decided before any parser sees it."""

from dataclasses import dataclass, replace

from flows.door.contents import Contents, RefusedError
from flows.door.foreign import refuse_archive, refuse_foreign
from flows.door.frame import STYLES, TEXTS, WORKBOOK
from flows.door.limits import DEFAULT_LIMITS, Limits
from flows.door.ods import CONTENT, MEDIA_TYPE, ODS_STYLES, look_into_ods
from flows.door.package import PackageError, unpack
from flows.door.xlsx import look_into_xlsx
from schemas.remarks import Remark

_ZIP = b"PK\3\4"


@dataclass(frozen=True, slots=True)
class Admission:
    """That a file may be read: its contents, and the parts that a second look needs.

    `content` is that of an .ods workbook, `texts` are those of an .xlsx one; each empty where it has none.
    """

    contents: Contents
    styles: bytes = b""
    texts: bytes = b""
    content: bytes = b""


def admit(content: bytes, limits: Limits = DEFAULT_LIMITS) -> Admission | Remark:
    """Say whether a file may be read, and why not.

    Args:
        content: Its bytes.
        limits: How much it may ask of the machine.
    """
    if not content:
        return Remark("file_is_not_empty")
    if len(content) > limits.file_bytes:
        return Remark("file_is_of_a_forms_size", "is larger than any form")
    if not content.startswith(_ZIP):
        return refuse_foreign(content)
    try:
        package = unpack(content, limits)
        admission = _look_into(package.parts)
    except (PackageError, RefusedError) as refused:
        return refused.remark
    if isinstance(admission, Admission) and package.holds_more:
        return replace(admission, contents=replace(admission.contents, has_leftovers=True))
    return admission


def _look_into(parts: dict[str, bytes]) -> Admission | Remark:
    if parts.get("mimetype", b"").strip() == MEDIA_TYPE:
        return Admission(look_into_ods(parts), parts.get(ODS_STYLES, b""), content=parts[CONTENT])
    if WORKBOOK not in parts:
        return refuse_archive(parts)
    contents = look_into_xlsx(parts)
    return Admission(contents, styles=parts.get(STYLES, b""), texts=parts.get(TEXTS, b""))
