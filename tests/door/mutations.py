"""Workbooks damaged at random, but knowing what a workbook is: bytes, parts, XML and cells. One seed, one file."""

import io
import random
import re
import struct
import zipfile
from collections.abc import Callable

from corpus import repacked

NUMBERS = (
    "nan", "inf", "-inf", "1e308", "1e-5", "-1", "1.5", "1 2", "0x10", "9" * 40, "", " ", "12abc", "1,234",
    "\u0661\u0662", "1e3", "01", "+7", "1_000", "TRUE", "#REF!", "2018-03-01",
    "0.30000000000000004", "999999999", "1000000000",
)  # fmt: skip
TYPES = ("s", "str", "inlineStr", "b", "e", "n", "d", "x", "")
TEXTS = (
    "over 400",
    "nine",
    "N/A",
    "12 arrests",
    "5-7",
    "\u202e21",
    "12\u00b2",
    "=1+1",
    "@SUM(1)",
    "\u00a0",
    "x" * 5000,
    "&amp;lt;b&gt;",
)
TAGS = (
    "<!-- x -->",
    "<![CDATA[9]]>",
    "<?x y?>",
    "<x/>",
    '<x:c xmlns:x="urn:x" r="D5"><x:v>9</x:v></x:c>',
    "<!DOCTYPE a>",
)

Mutation = Callable[[random.Random, bytes], bytes]


def mutated(content: bytes, seed: int) -> bytes:
    """Return a workbook after one to three mutations that follow from the seed alone."""
    chance = random.Random(seed)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        content = chance.choice(MUTATIONS)(chance, content)
    return content


def flip(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 5, 50))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] if chance.random() < 0.5 else content[:start] + content[start + chance.randrange(500) :]


def double(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + content[start : start + chance.randrange(2000)] + content[start:]


def end_record(chance: random.Random, content: bytes) -> bytes:
    """Let the archive's directory lie about one thing."""
    at = content.rfind(b"PK\5\6")
    if at < 0:
        return content
    field = at + chance.choice((4, 6, 8, 10, 12, 16, 20))
    return content[:field] + struct.pack("<H", chance.randrange(1 << 16)) + content[field + 2 :]


def parts(chance: random.Random, content: bytes) -> bytes:
    """Drop a part, exchange two, empty one or add one."""
    names = _names(content)
    if not names:
        return content
    one, other = chance.choice(names), chance.choice(names)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        contents = {name: package.read(name) for name in (one, other)}
    new = chance.choice(
        ("xl/vbaProject.bin", "xl/media/image1.png", "xl/comments1.xml", "customXml/item1.xml", "xl/sharedStrings.xml")
    )
    change = chance.choice(
        ({one: None}, {one: contents[other], other: contents[one]}, {one: b""}, {new: chance.randbytes(200)})
    )
    return repacked(content, change)


def markup(chance: random.Random, content: bytes) -> bytes:
    """Leave out, repeat or insert a tag in one part, or change an attribute."""

    def change(xml: str) -> str:
        tags = list(re.finditer(r"<[^<>]+>", xml))
        if not tags:
            return xml
        tag = chance.choice(tags)
        new = chance.choice(
            (
                "",
                tag[0] * 2,
                tag[0] + chance.choice(TAGS),
                re.sub(
                    r'"[^"]*"',
                    f'"{chance.choice(("", "-1", "9" * 30, "A1:XFD1048576", "1", "hidden"))}"',
                    tag[0],
                    count=1,
                ),
                tag[0] * chance.choice((1, 5_000)),
            )
        )
        return xml[: tag.start()] + new + xml[tag.end() :]

    return _in_xml(chance, content, change)


def cells(chance: random.Random, content: bytes) -> bytes:
    """Change type, style, place or value of a cell."""

    def change(xml: str) -> str:
        found = list(re.finditer(r'<c r="([A-Z]+)(\d+)"([^>]*?)(/>|>.*?</c>)', xml))
        if not found:
            return xml
        cell = chance.choice(found)
        column, row, kind, value = cell.groups()
        number = f"><v>{chance.choice(NUMBERS)}</v></c>"
        text = f' t="inlineStr"><is><t>{chance.choice(TEXTS)}</t></is></c>'
        new = chance.choice(
            (
                f'<c r="{column}{row}"{kind}{number}',
                f'<c r="{column}{row}"{text}',
                f'<c r="{column}{row}" t="{chance.choice(TYPES)}"{number}',
                f'<c r="{column}{row}" s="{chance.randrange(80)}"{number}',
                f'<c r="{column}{chance.choice((row, "1", "9999", "1048576"))}"{kind}{value}',
                f'<c r="{chance.choice(("A", "ZZ", "XFD", "", "a"))}{row}"{kind}{value}',
                f"<c{kind}{value}",
                f'<c r="{column}{row}"><f>{chance.choice(("1+1", "NOW()", "A1|B1!C1"))}</f></c>',
            )
        )
        return xml[: cell.start()] + new + xml[cell.end() :]

    return _in_xml(chance, content, change, "xl/worksheets/sheet")


def _in_xml(chance: random.Random, content: bytes, change: Callable[[str], str], prefix: str = "") -> bytes:
    names = [name for name in _names(content) if name.endswith((".xml", ".rels")) and name.startswith(prefix)]
    if not names:
        return content
    return repacked(content, {chance.choice(names): lambda xml: change(xml.decode("utf-8", "replace")).encode()})


def _names(content: bytes) -> list[str]:
    """Return the parts of a package; none where it is damaged already."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return [] if package.testzip() else sorted(set(package.namelist()))
    except Exception:
        return []


MUTATIONS: tuple[Mutation, ...] = (flip, cut, double, end_record, parts, parts, *(markup,) * 6, *(cells,) * 12)
