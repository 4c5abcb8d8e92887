"""Limits: how much a file may ask of the machine. All of them are settings; these are their defaults."""

from dataclasses import dataclass

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take. A form filled in by a state takes a hundredth of it.

    Attributes:
        file_bytes: Its size.
        unpacked_bytes: What all its parts may unpack to, together.
        parts: How many parts it may have.
        memory_bytes: What reading it may take, beside what the reading process takes anyway.
        cpu_seconds: What reading it may take of a processor.
        seconds_together: How long a worker may be silent over the files it was given together; then each is read alone.
        seconds_alone: How long reading it alone may take.
    """

    file_bytes: int = 32 * _MEGABYTE
    unpacked_bytes: int = 64 * _MEGABYTE
    parts: int = 1_000
    memory_bytes: int = 320 * _MEGABYTE
    cpu_seconds: int = 5
    seconds_together: float = 3.0
    seconds_alone: float = 6.0


DEFAULT_LIMITS = Limits()
