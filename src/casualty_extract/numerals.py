"""Numbers as news writes them, read from words: "two hundred and six" is 206.

*Reads* "61", "05", "1,169", "24 160", "12,34,567", "1.2 million", "12 lakh", "52 thousand", "1k",
"twenty-seven", "a hundred and twenty", "a dozen", "three score", "half a million", "two and a half
million", "three quarters of a million", "both", "a couple"; and as ordinals "28th", "fifth",
"twenty-first".

*Leaves alone* what is no whole number of things that can be counted: "2.5", "½", "1990s", "9/11",
"MH17", digits of other scripts, and runs of more digits than any count has.

Nothing here looks at a text: the functions take words and never raise on any.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import NamedTuple

__all__ = ["LARGEST", "SCALES", "WORDS", "Number", "longest", "ordinal", "read", "read_ordinal"]

LARGEST = 10**13
"""Above this no count of anything in the news is meant."""

SCALES = {
    "dozen": 12,
    "score": 20,
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "lakhs": 100_000,
    "million": 1_000_000,
    "mln": 1_000_000,
    "crore": 10_000_000,
    "crores": 10_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
"""The words that multiply the number before them."""


def _numbered(words: str, first: int, step: int = 1) -> dict[str, int]:
    """Number words by their place in a list."""
    return {word: first + step * place for place, word in enumerate(words.split())}


UNITS = _numbered("one two three four five six seven eight nine", 1)
TEENS = _numbered("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10)
TENS = _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10) | {"fourty": 40}
# Words with the hyphens of typesetters are one token; who looks them up may have made plain ones of these.
WHOLE = {"threescore": 60, "fourscore": 80} | {
    f"{ten}{hyphen}{unit}": TENS[ten] + UNITS[unit] for ten in TENS for unit in UNITS for hyphen in "-‐‑"
}
PARTS = {"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5}
"""The parts of which "three quarters of a million" is made."""
LEAST_PARTED = 1_000
"""The least scale that news takes such parts of."""
ORDINALS = (
    _numbered("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth", 1)
    | _numbered("thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth", 13)
    | _numbered("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth", 20, 10)
    | {"hundredth": 100, "thousandth": 1_000}
)
WORDS = frozenset({*UNITS, *TEENS, *TENS, *WHOLE, *ORDINALS, "a", "an", "half", "both", "zero"})
"""The words in letters with which a number or an ordinal can start."""

# "61", "1,169", "12,34,567", "24 160" with any of the spaces that typesetters put between groups.
PLAIN = re.compile(r"0[1-9]?|[1-9][0-9]{0,12}")
GROUPED = re.compile(
    "[0-9]{1,3}(?:(?:,[0-9]{3}){1,4}|(?:[\u00a0\u2007\u2008\u2009\u202f ][0-9]{3}){1,4}|(?:['’][0-9]{3}){1,4})"
)
INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2}){1,4},[0-9]{3}")
DECIMAL = re.compile(r"[0-9]{1,6}\.[0-9]{1,6}")
ABBREVIATED = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)(k|m|mn|bn|tn)", re.IGNORECASE)
ABBREVIATIONS = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 10**9, "tn": 10**12}
COUNTED = re.compile(r"([0-9]{1,4})(st|nd|rd|th)", re.IGNORECASE)
GROUP = re.compile(r"[0-9]{3}")
HYPHENS = frozenset("-‐‑")


class Number(NamedTuple):
    """A number read from the start of a run of words.

    Attributes:
        value: the number.
        words: how many of the words it takes.
        scale: the word that multiplies all of it, as a number: 1,000,000 in "1.2 million", 1 in "61".
        digits: whether it is written in digits, at least in part.
    """

    value: int
    words: int
    scale: int
    digits: bool


def read(text: str) -> int | None:
    """Read a text that is one number and nothing else.

    >>> [read(t) for t in ("1,169", "24 160", "two hundred and six", "half a million", "1k", "people")]
    [1169, 24160, 206, 500000, 1000, None]

    Returns:
        The number, or None where the text is no whole number.
    """
    words = _split(text)
    found = longest(words) if words else None
    return found.value if found is not None and found.words == len(words) else None


def read_ordinal(text: str) -> int | None:
    """Read a text that is one ordinal and nothing else.

    >>> [read_ordinal(t) for t in ("28th", "fifth", "twenty-first", "five")]
    [28, 5, 21, None]
    """
    words = _split(text)
    found = ordinal(words) if words else None
    return found.value if found is not None and found.words == len(words) else None


def longest(words: Sequence[str]) -> Number | None:
    """Read the longest number that a run of words starts with.

    >>> longest(["twenty", "-", "seven", "people"])
    Number(value=27, words=3, scale=1, digits=False)

    Args:
        words: tokens in their order. A hyphen that joins two of them is a word of its own.

    Returns:
        The number, or None where the run does not start with one.
    """
    lower = [w.lower() for w in words[:16]]
    if not lower:
        return None
    first = lower[0]
    parted = _parted(lower)
    if parted is not None:
        found: Number | None = parted
    elif first[:1].isdigit():
        found = _digits(lower)
    elif first in {"a", "an", "half"}:
        found = _article(lower)
    elif first == "both":
        found = Number(2, 1, 1, False)
    elif first == "zero":
        found = Number(0, 1, 1, False)
    else:
        found = _spelled(lower, 0)
    return found if found is not None and found.value <= LARGEST else None


def ordinal(words: Sequence[str]) -> Number | None:
    """Read the ordinal that a run of words starts with.

    >>> ordinal(["28th", "homicide"])
    Number(value=28, words=1, scale=1, digits=True)
    """
    lower = [w.lower() for w in words[:3]]
    if not lower:
        return None
    match = COUNTED.fullmatch(lower[0])
    if match:
        return Number(int(match[1]), 1, 1, True)
    if lower[0] in ORDINALS:
        return Number(ORDINALS[lower[0]], 1, 1, False)
    if lower[0] in TENS and len(lower) > 2 and lower[1] in HYPHENS and ORDINALS.get(lower[2], 10) < 10:
        return Number(TENS[lower[0]] + ORDINALS[lower[2]], 3, 1, False)
    return None


def _split(text: str) -> list[str]:
    if len(text) > 120:
        return []
    if GROUPED.fullmatch(text):
        return [text]
    return [w for w in re.split(r"\s+|([-‐‑])", text.strip()) if w]


def _digits(words: list[str]) -> Number | None:
    """ "61", "24 160", "1.2 million", "3 dozen"."""
    value, taken = _numeral(words[0]), 1
    if value is None:
        return None
    if len(words[0]) <= 3 and PLAIN.fullmatch(words[0]) and words[0][0] != "0":
        while taken < len(words) and GROUP.fullmatch(words[taken]) and taken < 5:
            value = value * 1_000 + int(words[taken])
            taken += 1
    scale = 1
    after = _past_hyphen(words, taken, SCALES)
    if after < len(words) and words[after] in SCALES:
        scale, taken = SCALES[words[after]], after + 1
    elif ABBREVIATED.fullmatch(words[0]):
        scale = ABBREVIATIONS[words[0].lstrip("0123456789.")]
    total = value * scale if words[taken - 1] in SCALES else value
    # "9.0" is a measurement even where it is whole; "2.0 million" is a count.
    if total.denominator != 1 or ("." in words[0] and scale == 1):
        return None
    return Number(int(total), taken, scale, True)


def _past_hyphen(words: list[str], i: int, known: Collection[str]) -> int:
    """The place behind a hyphen at word i where a known word follows it: "1.2-million", "two-dozen"."""
    return i + 1 if i + 1 < len(words) and words[i] in HYPHENS and words[i + 1] in known else i


def _parted(words: list[str]) -> Number | None:
    """ "a quarter of a million", "three-quarters of a million", "a third of a million", "a quarter million"."""
    count = 1 if words[0] in {"a", "an"} else UNITS.get(words[0], 0)
    i = _past_hyphen(words, 1, PARTS)
    part = PARTS.get(words[i]) if count and i < len(words) else None
    if part is None or count >= part or (part == 2 and words[0] != "one"):
        return None
    i += 1
    if words[i : i + 1] == ["of"]:
        i += 1
        if words[i : i + 1] not in (["a"], ["one"]):
            return None
        i += 1
    if i >= len(words) or SCALES.get(words[i], 0) < LEAST_PARTED:
        return None
    return Number(count * SCALES[words[i]] // part, i + 1, SCALES[words[i]], False)


def _numeral(word: str) -> Fraction | None:
    if PLAIN.fullmatch(word) or DECIMAL.fullmatch(word):
        return Fraction(word)
    if GROUPED.fullmatch(word) or INDIAN.fullmatch(word):
        return Fraction(re.sub("[^0-9]", "", word))
    match = ABBREVIATED.fullmatch(word)
    return Fraction(match[1]) * ABBREVIATIONS[match[2]] if match else None


def _article(words: list[str]) -> Number | None:
    """ "a dozen", "a hundred and twenty", "a couple of hundred", "half a million", "a half-dozen"."""
    i = 0 if words[0] == "half" else 1
    if i < len(words) and words[i] == "half":
        i += 1
        while i < len(words) and (words[i] in HYPHENS or words[i] in {"a", "an"}):
            i += 1
        if i < len(words) and words[i] in SCALES:
            return Number(SCALES[words[i]] // 2, i + 1, SCALES[words[i]], False)
        return None
    if i < len(words) and words[i] == "couple":
        j = i + 2 if words[i + 1 : i + 2] == ["of"] else i + 1
        if j < len(words) and words[j] in SCALES:
            return Number(2 * SCALES[words[j]], j + 1, SCALES[words[j]], False)
        return Number(2, i + 1, 1, False)
    if i < len(words) and words[i] in SCALES:
        return _spelled(["one", *words[i:]], 0)
    return None


def _spelled(words: list[str], i: int) -> Number | None:
    """Numbers in letters: groups below a thousand, each with its scale, the scales going down."""
    total, scale, last = 0, 1, LARGEST
    while True:
        group = _below_thousand(words, i)
        if group is None:
            break
        value, j = group
        half = 0
        if words[j : j + 3] == ["and", "a", "half"] and j + 3 < len(words) and words[j + 3] in SCALES:
            half, j = 1, j + 3
        multiplier = 1
        scaled = _past_hyphen(words, j, SCALES)
        if scaled < len(words) and words[scaled] in SCALES and words[scaled] != "hundred":
            multiplier = SCALES[words[scaled]]
            j = scaled + 1
            if j < len(words) and words[j] in {"million", "billion"} and multiplier < SCALES[words[j]]:
                multiplier *= SCALES[words[j]]
                j += 1
        if multiplier >= last:
            break
        if multiplier > 1 and words[j : j + 3] == ["and", "a", "half"] and not _goes_on(words, j + 3):
            half, j = 1, j + 3
        total += value * multiplier + half * multiplier // 2
        scale = multiplier if i == 0 else 1
        if i == 0 and multiplier == 1 and value >= 100 and value % 100 == 0 and words[j - 1] == "hundred":
            scale = 100
        i, last = j, multiplier
        if multiplier in {1, 12, 20}:
            break
        if words[j : j + 1] == ["and"] and _joins(words, j + 1):
            i = j + 1
    while i > 0 and words[i - 1] == "and":
        i -= 1
    return Number(total, i, scale, False) if i else None


def _goes_on(words: list[str], i: int) -> bool:
    """Whether a "half" is one of something else: "a dozen and a half-million"."""
    return i < len(words) and (words[i] in HYPHENS or words[i] in SCALES)


def _below_thousand(words: list[str], i: int) -> tuple[int, int] | None:
    found = _below_hundred(words, i)
    if found is None:
        return None
    value, i = found
    scaled = _past_hyphen(words, i, ("hundred",))
    if scaled >= len(words) or words[scaled] != "hundred":
        return value, i
    value, i = value * 100, scaled + 1
    small = ("hundred", "dozen", "score")
    j = i + 1 if words[i : i + 1] == ["and"] and _joins(words, i + 1, small) else i
    rest = _below_hundred(words, j)
    if rest is None or (rest[1] < len(words) and words[rest[1]] in small):
        return value, i
    return value + rest[0], rest[1]


def _below_hundred(words: list[str], i: int) -> tuple[int, int] | None:
    if i >= len(words):
        return None
    word = words[i]
    if word in WHOLE:
        return WHOLE[word], i + 1
    if word in UNITS:
        return UNITS[word], i + 1
    if word in TEENS:
        return TEENS[word], i + 1
    if word not in TENS:
        return None
    j = i + 1
    if j + 1 < len(words) and words[j] in HYPHENS and words[j + 1] in UNITS:
        return TENS[word] + UNITS[words[j + 1]], j + 2
    if j < len(words) and words[j] in UNITS:
        return TENS[word] + UNITS[words[j]], j + 1
    return TENS[word], j


def _joins(words: list[str], i: int, unless: Collection[str] = SCALES) -> bool:
    """Whether the number after "and" belongs to the one before: not in "a hundred and two dozen"."""
    rest = _below_hundred(words, i)
    return rest is not None and not (rest[1] < len(words) and words[rest[1]] in unless)
