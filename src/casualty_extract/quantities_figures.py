"""Reads a figure at a word: a number, a range, an ordinal, a vague word, a noun such as "couple"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from casualty_extract import numerals
from casualty_extract.quantities_view import DASHES, HYPHENS, View
from casualty_extract.quantities_words import MONTHS, words

__all__ = ["NUMBER_NOUNS", "NUMBER_WORDS", "Figure", "read_figure"]

WINDOW = 12
JOINED = re.compile("([^–—−]+)[–—−]([^–—−]+)")
DIGITS = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3})?")
SCALES = {
    **numerals.SCALES,
    **{word + "s": n for word, n in numerals.SCALES.items() if not word.endswith("s")},
    "scores": 20,
}
# "a total number of" and "a phone number of" name no unsaid number.
NUMBERING = frozenset("total phone telephone tail serial registration flight model case".split())
MULTIPLYING = frozenset("twice thrice times half almost nearly about".split())
NUMBER_NOUNS = frozenset({"number", "numbers"})
NUMBER_WORDS = frozenset(numerals.WORDS) | {"all", "as"}
"""The words in letters with which a figure can open: "all but one of the six", "as many"."""
PLURALS = {
    12: "dozens",
    20: "scores",
    100: "hundreds",
    1_000: "thousands",
    100_000: "hundreds of thousands",
    1_000_000: "millions",
}
"""The words for an unsaid number of a scale."""
TIMES_FEW = 3
"""What "several" and "a few" multiply by at the least: "several hundred" is 300."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number expression and its bounds before any qualifier.

    Attributes:
        start: its first word.
        end: the word after its last.
        low, high, best: its bounds; None where it has none.
        form: as in the claim's quantity.
        rule: how it was read.
        ordinal: it is "fifth", not "five".
        refused: it is a pair of numbers that is surely no count, such as a score.
    """

    start: int
    end: int
    low: int | None
    high: int | None
    best: int | None
    form: str
    rule: str
    ordinal: bool = False
    refused: bool = False


def read_figure(view: View, i: int) -> Figure | None:
    """Read the figure that starts at word i, if one does."""
    lower = view.lower[i]
    if lower in {"all", "as"}:
        return _all_but(view, i) if lower == "all" else _as_many(view, i)
    if not (lower[0].isdigit() or lower in NUMBER_WORDS):
        return _vague(view, i) or _group(view, i)
    if lower[0].isdigit() and JOINED.fullmatch(view.texts[i]):
        return _joined(view, i)
    number = _number(view, i)
    if number is not None:
        ordinal = _ordinal(view, i)
        if ordinal is not None and ordinal.end > i + number.words:
            # "twenty-first"
            return ordinal
        start = Figure(i, i + number.words, number.value, number.value, number.value, _form(number), "number")
        return _range(view, start, number) or (None if number.value == 0 and not number.digits else start)
    if DIGITS.fullmatch(lower):
        # "1.5-2 million": the first half is no count by itself.
        return _range(view, Figure(i, i + 1, 0, 0, 0, "numeral", "number"), numerals.Number(0, 1, 1, True))
    return _vague(view, i) or _ordinal(view, i) or _group(view, i)


def _all_but(view: View, i: int) -> Figure | None:
    """ "all but one of the sixteen" is 15; "all but one of the crew" is no figure, and the one was not harmed."""
    if view.word(i + 1, i) != "but" or i + 2 >= view.last[i]:
        return None
    spared = _number(view, i + 2)
    if spared is None:
        return None
    end = i + 2 + spared.words
    j = end + 1
    while view.word(j, i) in {"the", "these", "those", "his", "her", "its", "their"}:
        j += 1
    whole = _number(view, j) if view.word(end, i) == "of" and j < view.last[i] else None
    if whole is None or whole.value <= spared.value:
        return Figure(i, end, None, None, None, "word", "all but", refused=True)
    left = whole.value - spared.value
    return Figure(i, j + whole.words, left, left, left, "word", "all but")


def _as_many(view: View, i: int) -> Figure | None:
    """ "killed 12 and wounded as many": the number before it in the sentence once more."""
    if view.word(i + 1, i) != "many" or view.word(i + 2, i) == "as" or view.word(i - 1, i) in MULTIPLYING:
        return None
    for k in range(i - 1, max(view.first[i], i - WINDOW) - 1, -1):
        number = _number(view, k) if view.lower[k][0].isdigit() or view.lower[k] in numerals.WORDS else None
        if number is not None and number.value > 1:
            if k > view.first[i] and view.lower[k - 1] in HYPHENS:
                continue
            return Figure(i, i + 2, number.value, number.value, number.value, "word", "as many")
    return None


def _form(number: numerals.Number) -> str:
    return "zero" if number.value == 0 else "numeral" if number.digits else "word"


def _window(view: View, i: int) -> list[str]:
    """The words that may belong to one number: hyphens only where they join."""
    found: list[str] = []
    for j in range(i, min(i + WINDOW, view.last[i])):
        if view.lower[j] in HYPHENS:
            if not (view.glued[j] and j + 1 < len(view) and view.glued[j + 1]):
                break
            found.append("-")
        elif j > i and not (view.lower[j][0].isalpha() or view.lower[j].isdigit()):
            break
        else:
            found.append(view.lower[j])
    return found


def _number(view: View, i: int) -> numerals.Number | None:
    window = _window(view, i)
    if not window:
        return None
    if window[0][0].isdigit():
        before = view.word(i - 1, i) if i else ""
        if (before.rstrip(".") in MONTHS or before in words().codes) and window[1:2] != []:
            # "On May 24 160 people" and "Flight 103 270 people" are two numbers.
            window = [w for k, w in enumerate(window) if k == 0 or not w.isdigit()]
        if window[1:2] and window[1] in numerals.ABBREVIATIONS and view.glued[i + 1]:
            joined = numerals.longest([window[0] + window[1]])
            return joined._replace(words=2) if joined is not None else None
    return numerals.longest(window)


def _range(view: View, first: Figure, number: numerals.Number) -> Figure | None:
    """ "20 to 30", "5-7", "40 or 50", "between 20 and 30", "1.5-2 million"; refused: scores, dates."""
    j = first.end
    sign, before = view.word(j, first.start), view.word(first.start - 1, first.start)
    if sign in HYPHENS and view.word(j + 1, first.start) in {"to", "or"} and view.word(j + 2, j) in HYPHENS:
        # "two-to-three"
        j, sign = j + 2, view.lower[j + 1]
    dash = sign in DASHES and (view.glued[j] == (j + 1 < len(view) and view.glued[j + 1]))
    between = sign in {"and", "&"} and _after_between(view, first.start)
    if not (dash or between or sign in {"to", "or"}) or j + 1 >= view.last[first.start]:
        return None
    second = _number(view, j + 1)
    if second is None or (not dash and second.words == 0):
        return None
    end = j + 1 + second.words
    low, high = _shared(view, first, number, second, j + 1), second.value
    found = Figure(first.start, end, low, high, None if low is None else (low + high) // 2, "range", "range")
    if dash and number.digits and second.digits:
        phone = len(view.lower[first.start]) == 3 and len(view.lower[j + 1]) == 4 and second.words == 1
        if phone and view.phrase(end).noun is None:
            return replace(found, refused=True)
        chained = (view.word(end, first.start) in DASHES and view.glued[end]) or before in DASHES
        years = all(1700 < n < 2100 for n in (low or 0, high)) and "," not in view.lower[first.start]
        if chained or years or low is None or low >= high or view.word(end, first.start) in DASHES:
            return replace(found, refused=True)
    if low is None or low >= high:
        return None
    if sign == "to" and before == "from" and _changes(view, first.start):
        return None
    return found


def _after_between(view: View, i: int) -> bool:
    """Whether "between" stands before word i, at most a qualifier away."""
    return any(view.word(k, i) == "between" for k in range(i - 1, max(i - 3, -1), -1))


def _changes(view: View, i: int) -> bool:
    """ "rose from 20 to 30" is two figures."""
    return any(view.lower[k] in words().changes for k in range(max(view.first[i], i - 9), i))


def _shared(
    view: View, first: Figure, number: numerals.Number, second: numerals.Number, j: int
) -> int | None:
    """The lower end of a range: the scale of the upper one holds for both in "two to three million"."""
    low = number.value or None
    scale = view.lower[j + second.words - 1]
    if number.scale == 1 and second.scale > 1 and scale in numerals.SCALES:
        scaled = numerals.longest([*_window(view, first.start)[: first.end - first.start], scale])
        if scaled is not None and scaled.value < second.value:
            return scaled.value
    if low and number.digits and low < 1_000 <= second.value and view.lower[j].endswith(",000"):
        return low * 1_000 if low * 1_000 < second.value else low
    return low


def _joined(view: View, i: int) -> Figure | None:
    """A range in one token, as the tokenizer leaves it around an en dash: "20–30"."""
    match = JOINED.fullmatch(view.texts[i])
    if match is None:
        return None
    low, high = numerals.read(match[1]), numerals.read(match[2])
    scale = view.word(i + 1, i)
    end = i + 1
    if scale in numerals.SCALES:
        end, high = i + 2, numerals.read(f"{match[2]} {scale}")
        low = numerals.read(f"{match[1]} {scale}")
    if high is None:
        return None
    years = all(1700 < n < 2100 for n in (low or 0, high)) and "," not in match[1]
    if low is not None and low < 1_000 <= high and match[2].endswith(",000") and low * 1_000 < high:
        low *= 1_000
    refused = low is None or years or low >= high
    best = None if low is None else (low + high) // 2
    return Figure(i, end, low, high, best, "range", "range", refused=refused)


def _vague(view: View, i: int) -> Figure | None:
    """ "dozens", "several", "several hundred", "a number of", "a large number", "large numbers"."""
    lower, before = view.lower[i], view.word(i - 1, i) if i else ""
    vague = words().vague
    match = vague.match(view.lower, i) if lower in vague.openers else None
    if match is not None and i + match[0] <= view.last[i]:
        length, row = match
        end, low = i + length, row.least(view.vagueness)
        if lower == "many" and before in {"how", "as", "so", "too"}:
            return None
        if lower in {"scores", "tens", "lots"} and view.word(end, i) not in {"of", "more", "were", "have"}:
            if view.kind(i - 1) in {"det", "pron", "poss"} if before else False:
                return None
            if view.word(end, i)[:1].isdigit():
                return None
        scale = view.word(end, i)
        if row.multiplies and scale in SCALES:
            multiple, end = TIMES_FEW * SCALES[scale], end + 1
            if SCALES.get(view.word(end, i), 0) > SCALES[scale]:
                # "several hundred thousand"
                multiple, end = multiple * SCALES[view.lower[end]], end + 1
            return _vaguely(i, end, _multiple(view, multiple), "vague multiple")
        if before in {"upon", "and", "on"} and i > 1 and view.word(i - 2, i) == lower:
            return None
        return _vaguely(i, end, low, "vague word")
    if NUMBER_NOUNS.isdisjoint(view.lower[i : i + 5]):
        return None
    article = lower in {"a", "an"}
    j = i + 1 if article else i
    while (
        j < min(i + 4, view.last[i])
        and view.kind(j) in {"word", "part", "adv"}
        and not _is_number_noun(view, j)
    ):
        j += 1
    if j < view.last[i] and j > i and _is_number_noun(view, j) and view.word(j + 1, i) == "of":
        plural = view.lower[j] == "numbers"
        adjectives = j - i - article
        if plural != article and adjectives == 1 and view.word(j - 1, i) not in NUMBERING:
            return _vaguely(i, j + 1, None, "vague number")
    return None


def _multiple(view: View, multiple: int) -> int | None:
    """The least of "several hundred"; who codes "hundreds" but no multiples codes that."""
    if view.vagueness == "default":
        return multiple
    row = words().vague.match(PLURALS.get(multiple // TIMES_FEW, "many").split(), 0)
    return row[1].least(view.vagueness) if row is not None else None


def _vaguely(start: int, end: int, low: int | None, rule: str) -> Figure:
    return Figure(start, end, low, None, None, "vague", rule)


def _is_number_noun(view: View, j: int) -> bool:
    return view.lower[j] in NUMBER_NOUNS


def _ordinal(view: View, i: int) -> Figure | None:
    found = numerals.ordinal(_window(view, i)[:3])
    if found is None or found.value == 0 or found.value > 100_000:
        return None
    if found.digits and i and view.word(i - 1, i).rstrip(".") in MONTHS:
        # "the February 14th killing"
        return None
    value, form = found.value, "numeral" if found.digits else "word"
    return Figure(i, i + found.words, value, value, value, form, "ordinal", ordinal=True)


def _group(view: View, i: int) -> Figure | None:
    number = words().groups.get(view.lower[i])
    if number is None:
        return None
    return Figure(i, i + 1, number, number, number, "word", "group noun")
