"""Package: a zip archive, unpacked whole and believed only where it is built as spreadsheet programs build one.

Two programs that read a crooked archive may see two workbooks in it. So it must be straight: one directory at its end,
every part named once and lying where it says, every checksum right. `zipfile` is more lenient, and slower besides.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from flows.door.limits import Limits
from schemas.remarks import Remark

_END, _END_SIZE = struct.Struct("<4s4H2LH"), 22
_ENTRY, _LOCAL = struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s5H3L2H")
_END_MARK, _ENTRY_MARK, _LOCAL_MARK, _ZIP64_MARK = b"PK\5\6", b"PK\1\2", b"PK\3\4", b"PK\6\7"
_LONGEST_COMMENT = 0xFFFF
_ENCRYPTED, _UTF_8 = 0x2041, 0x800
_STORED, _DEFLATED = 0, 8
_DESCRIBED, _DESCRIPTION_MARK, _DESCRIPTION_SIZES = 0x8, b"PK\7\10", (12, 16)
_OWN_EXTRAS = (0x5455, 0x7875, 0xA220)
"""What programs add to a part's entry: times, owners, and room to grow."""
_SMALL = 0x10000
_UNUSUAL = "file_is_built_plainly"
_DAMAGED = Remark("file_is_readable")


class PackageError(Exception):
    """The archive is not read; `remark` says why."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.code)
        self.remark = remark


@dataclass(frozen=True, slots=True)
class Package:
    """An archive's parts by name, unpacked, and whether it holds anything else, such as a comment."""

    parts: dict[str, bytes]
    holds_more: bool


class _Entry(NamedTuple):
    name: str
    method: int
    crc: int
    packed: int
    unpacked: int
    begin: int
    start: int
    is_described: bool
    holds_more: bool


def unpack(content: bytes, limits: Limits) -> Package:
    """Unpack an archive, counting while it unpacks and checking every checksum.

    Raises:
        PackageError: It is damaged, encrypted, too large, or built as no spreadsheet program builds one.
    """
    try:
        entries, holds_more = _directory(content, limits)
        left = limits.unpacked_bytes
        parts: dict[str, bytes] = {}
        for entry in entries:
            parts[entry.name] = part = _part(content, entry, left)
            left -= len(part)
    except (struct.error, zlib.error, UnicodeDecodeError) as error:
        raise PackageError(_DAMAGED) from error
    return Package(parts, holds_more or any(name.endswith("/") and part for name, part in parts.items()))


def _directory(content: bytes, limits: Limits) -> tuple[list[_Entry], bool]:
    """Read the directory, and require that it and the parts fill the archive without overlap."""
    at = content.rfind(_END_MARK, max(0, len(content) - _LONGEST_COMMENT - _END_SIZE))
    if at < 0:
        raise PackageError(_DAMAGED)
    _, disk, first_disk, here, number, size, start, comment = _END.unpack_from(content, at)
    if at + _END_SIZE + comment != len(content) or start + size != at:
        is_zip64 = content.rfind(_ZIP64_MARK, max(0, at - 20), at) >= 0
        raise PackageError(Remark(_UNUSUAL, "its directory is split or of another kind") if is_zip64 else _DAMAGED)
    if disk or first_disk or here != number or not content.startswith(_LOCAL_MARK):
        raise PackageError(Remark(_UNUSUAL, "its parts do not begin and end where the file does"))
    if number > limits.parts:
        raise PackageError(Remark("file_is_of_a_forms_size", f"has {number:,} parts"))
    entries = list(_entries(content, start, number, at))
    _require_straight(entries)
    return entries, bool(comment) or _has_gaps(content, entries, start) or any(entry.holds_more for entry in entries)


def _entries(content: bytes, at: int, number: int, end: int) -> Iterator[_Entry]:
    directory = at
    for _ in range(number):
        mark, _, _, flags, method, _, _, crc, packed, unpacked, name, extra, comment, _, _, _, start = (
            _ENTRY.unpack_from(content, at)
        )
        after = at + _ENTRY.size + name + extra + comment
        if mark != _ENTRY_MARK or after > end:
            raise PackageError(_DAMAGED)
        raw = content[at + _ENTRY.size : at + _ENTRY.size + name]
        local, _, local_flags, local_method, _, _, _, _, _, local_name, local_extra = _LOCAL.unpack_from(content, start)
        if local != _LOCAL_MARK:
            raise PackageError(_DAMAGED)
        if (flags | local_flags) & _ENCRYPTED:
            raise PackageError(Remark("file_is_not_encrypted"))
        data = start + _LOCAL.size + local_name + local_extra
        if content[start + _LOCAL.size : start + _LOCAL.size + local_name] != raw or local_method != method:
            raise PackageError(Remark(_UNUSUAL, "it names a part in two ways"))
        if method not in (_STORED, _DEFLATED):
            raise PackageError(Remark(_UNUSUAL, "it is packed by an unusual method"))
        if data + packed > directory:
            raise PackageError(_DAMAGED)
        holds_more = bool(comment) or not (
            (extra == local_extra == 0)
            or (
                _is_own_extra(content[at + _ENTRY.size + name : after - comment])
                and _is_own_extra(content[data - local_extra : data])
            )
        )
        yield _Entry(
            raw.decode("utf-8" if flags & _UTF_8 else "cp437"),
            *(method, crc, packed, unpacked, start, data),
            is_described=bool(local_flags & _DESCRIBED),
            holds_more=holds_more,
        )
        at = after
    if at != end:
        raise PackageError(_DAMAGED)


def _is_own_extra(extra: bytes) -> bool:
    """Tell whether an entry's extra field holds nothing but what programs put there."""
    while extra:
        kind, size = struct.unpack_from("<2H", extra)
        if kind not in _OWN_EXTRAS or size + 4 > len(extra) or (kind == _OWN_EXTRAS[-1] and any(extra[8 : size + 4])):
            return False
        extra = extra[size + 4 :]
    return True


def _has_gaps(content: bytes, entries: list[_Entry], directory: int) -> bool:
    """Tell whether anything lies between the parts but the sizes that some programs write behind each."""
    if sum(entry.start + entry.packed - entry.begin for entry in entries) == directory:
        return False
    inside = sorted(entries, key=lambda entry: entry.begin)
    begins = [*(entry.begin for entry in inside), directory]
    for entry, following in zip(inside, begins[1:], strict=True):
        end = entry.start + entry.packed
        gap = following - end
        is_description = entry.is_described and gap in _DESCRIPTION_SIZES
        if gap and not (
            is_description and (gap == min(_DESCRIPTION_SIZES) or content.startswith(_DESCRIPTION_MARK, end))
        ):
            return True
    return False


def _require_straight(entries: list[_Entry]) -> None:
    _require_plain_names(tuple(entry.name for entry in entries))
    ends = 0
    for start, packed in sorted((entry.start, entry.packed) for entry in entries):
        if start < ends:
            raise PackageError(Remark(_UNUSUAL, "two of its parts lie in the same place"))
        ends = start + packed


@lru_cache(maxsize=64)
def _require_plain_names(names: tuple[str, ...]) -> None:
    """Refuse names that lead somewhere else, or that two readers could take for one another."""
    for name in names:
        if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
            raise PackageError(Remark(_UNUSUAL, "the name of a part leads out of the file"))
        if not name.isprintable() or not name:
            raise PackageError(Remark(_UNUSUAL, "the name of a part holds control characters"))
    # Readers ignore case: two parts so alike are the same part to one of them.
    if len({name.casefold() for name in names}) != len(names):
        raise PackageError(Remark(_UNUSUAL, "two of its parts have the same name"))


def _part(content: bytes, entry: _Entry, left: int) -> bytes:
    packed = content[entry.start : entry.start + entry.packed]
    if entry.unpacked > left:
        raise PackageError(Remark("file_is_of_a_forms_size", "unpacks to more than a form can need"))
    unpack_ = _unpacked_before if entry.unpacked <= _SMALL else _unpacked
    return unpack_(packed, entry.method, entry.crc, entry.unpacked)


def _unpacked(packed: bytes, method: int, crc: int, size: int) -> bytes:
    """Return a part of which the directory says how large it is, unpacking no more than that."""
    if method == _STORED:
        part, is_whole = packed, True
    else:
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
        part = unpacking.decompress(packed, size + 1)
        is_whole = unpacking.eof and not unpacking.unused_data
    if not is_whole or len(part) != size or zlib.crc32(part) != crc:
        raise PackageError(_DAMAGED)
    return part


# Styles, theme and instructions are the same in most workbooks of an operation.
_unpacked_before = lru_cache(maxsize=1024)(_unpacked)
