"""How numbers are written in English prose: in digits, in words, and in both (`1.5 million`)."""

import re
from decimal import Decimal

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUE = {word: n for n, word in enumerate([*_ONES, *_TEENS], 1)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_VALUE |= {"zero": 0, "a": 1}
_SCALE = {"dozen": 12, "hundred": 100, "thousand": 1_000, "k": 1_000, "million": 1_000_000, "billion": 1_000_000_000}

_LONGEST = 18
"""Characters of a number in digits; what is longer counts nothing."""


def _any(words: list[str]) -> str:
    return f"(?:{'|'.join(words)})"


_GAP = r"(?:\s+|-)"
_BELOW_100 = f"(?:{_any(_TENS)}(?:{_GAP}{_any(_ONES)})?|{_any(_TEENS)}|{_any(_ONES)})"
_BELOW_1000 = rf"(?:(?:{_BELOW_100}|a){_GAP}hundred(?:\s+(?:and\s+)?{_BELOW_100})?|{_BELOW_100})"
_THOUSANDS = rf"(?:{_BELOW_1000}|a){_GAP}thousand(?:,?\s+(?:and\s+)?{_BELOW_1000})?"
_MILLIONS = rf"(?:{_BELOW_1000}|a){_GAP}(?:million|billion)(?:,?\s+{_THOUSANDS})?"

DIGITS = r"(?<!\d)\d++(?:,\d++){0,5}(?:\.\d++)?"
SCALED = rf"{DIGITS}(?:\s+|-)?(?:dozen|hundred|thousand|million|billion)\b|{DIGITS}[Kk]\b"
WORDS = rf"\b(?i:{_MILLIONS}|{_THOUSANDS}|(?:{_BELOW_100}|a){_GAP}dozen|{_BELOW_1000}|zero)\b"
"""Patterns: digits with or without separators, digits with a word of scale, and words alone."""


def value_of(text: str) -> int | None:
    """Return the whole number a text of these patterns says; None where it is a fraction or wrongly separated."""
    number = re.match(DIGITS, text)
    if not number:
        return _value_of_words(re.findall(r"[a-z]+", text.lower()))
    if len(number[0]) > _LONGEST or ("," in number[0] and not re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", number[0])):
        return None
    scale = _SCALE.get(text[number.end() :].strip(" -\n\t").lower(), 1)
    value = Decimal(number[0].replace(",", "")) * scale
    return int(value) if value == value.to_integral_value() else None


def _value_of_words(words: list[str]) -> int:
    total = current = 0
    for word in words:
        if word in ("dozen", "hundred"):
            current *= _SCALE[word]
        elif word in _SCALE:
            total, current = total + current * _SCALE[word], 0
        elif word in _VALUE:
            current += _VALUE[word]
    return total + current
