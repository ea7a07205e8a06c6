"""Reads the noun phrase of a speaker out of the words around a cue.

*Finds* in "Ana Ruiz, a spokesperson for the coastguard, told" the phrase "Ana Ruiz" with the
apposition as evidence; in "Town police and hospital officials, who gave no names,
said" the phrase before the comma; in "said Harbour police Capt. Amin Karim" the phrase after.
*Leaves alone* phrases across a verb or a mark that does not belong to them.
*Marks* nothing; `attributions` asks it.
"""

from __future__ import annotations

from casualty_extract.attributions_kinds import (
    TIMES,
    Line,
    Phrase,
    is_name,
    kind_of,
    matches,
    noun_at,
    starting,
)
from casualty_extract.attributions_quotes import CLOSERS, OPENERS

__all__ = ["COUNTING", "after", "appositive", "before", "nominal", "strip"]

BEFORE_TIMES = frozenset({"on", "last", "this", "next", "late", "early", "earlier", "that", "same"})
# After any noun these lead on inside the phrase; the soft ones only after a name or a word for a source,
# since "12 people in the area police said" is not one phrase.
LINKERS = frozenset({"of", "for", "at", "from"})
SOFT_LINKERS = frozenset({"in", "near", "on", "with", "to", "by", "within", "inside", "under", "behind"})
COUNTING = frozenset(
    """at least most more than about around nearly almost roughly some only just over fewer less up to half
    third thirds quarter quarters percent per cent in out of many majority majorities a an the large vast
    slim small overwhelming as all but one two three four five both""".split()
)
"""Words that stand around the number of those who say something: "nearly six out of 10 voters"."""

REACH = 45


def before(line: Line, last: int, *, deep: bool = True) -> Phrase | None:
    """Find the noun phrase that ends at a token."""
    if last < 0:
        return None
    if line.texts[last] in {")", "]"}:
        opening = next((i for i in range(last, max(-1, last - 12), -1) if line.texts[i] in {"(", "["}), None)
        inner = before(line, opening - 1, deep=deep) if opening else None
        if inner is None or opening is None:
            return None
        return (
            Phrase(inner.first, last)
            if opening == last - 2
            else Phrase(inner.first, inner.last, ((opening + 1, last - 1),))
        )
    if line.kinds[last] not in {"word", "num"} and not (
        line.kinds[last] == "part" and last and line.kinds[last - 1] == "det"
    ):
        return None
    first, i = last, last
    floor = max(-1, last - REACH)
    while i > floor:
        what, step = line.kinds[i], 1
        if (
            what in {"word", "poss"}
            or (what == "punct" and _joins(line, i))
            or what == "num"
            or (
                what == "part"
                and (
                    i == last
                    or i == 0
                    or line.kinds[i - 1] in {"det", "poss", "conj", "punct", "adp", "part", "verb"}
                    or (_cap(line, i - 1) and not matches(line, i - 1, i - 1))
                    or _is_kind_of_source(line, i)
                )
            )
        ):
            first = i
        elif what == "det":
            first = i
            if i and line.kinds[i - 1] == "adp" and _links(line, i - 1):
                step = 2
                first = i - 1
            elif not (deep and i > 1 and line.lower[i - 1] in {"and", "or", "&"}):
                break
        elif what == "adp" and _links(line, i):
            first = i
        elif what == "conj" and deep and line.lower[i] in {"and", "or", "&"} and i:
            other = before(line, i - 1, deep=False)
            if other is None or not _bounded(line, other.first - 1):
                break
            return strip(line, Phrase(other.first, last))
        else:
            break
        i -= step
    for back in (3, 2, 1):
        # "Doctors Without Borders", "Save the Children": names that no phrase rule holds together.
        hit = starting(line, first - back) if first >= back else 0
        if hit > back:
            return Phrase(first - back, last)
    return strip(line, Phrase(first, last))


def nominal(line: Line, i: int, stop: int) -> int:
    """Give the last token of the words of one noun that start at a token; the one before it where none do."""
    first, last = i, i - 1
    while i < stop and (
        line.kinds[i] in {"word", "num", "poss", "det"}
        or (
            line.texts[i] in {"-", "‑", "/", "&", "’", "'"}
            and not (i and line.spaced(i - 1) and line.texts[i] == "-")
        )
        or (line.kinds[i] == "part" and i + 1 < stop and line.kinds[i + 1] == "word" and _opens(line, i))
        or (line.texts[i] == "." and i + 1 < stop and len(line.texts[i - 1]) <= 5)
    ):
        if i > first and (line.lower[i] in TIMES or _acts(line, i)):
            break
        last = i
        i += 1
    return last


def _opens(line: Line, i: int) -> bool:
    """A participle before a noun: "the elected members", not "the secretary mocked critics"."""
    before = i == 0 or line.kinds[i - 1] in {"det", "adp", "poss", "conj", "adv", "punct"}
    return before or _is_kind_of_source(line, i)


def _is_kind_of_source(line: Line, i: int) -> bool:
    """ "a local [monitoring] group": an -ing form between an adjective and a word for a source."""
    known = line.lower[i].endswith("ing") and i + 1 < len(line) and bool(matches(line, i + 1, i + 1))
    return (
        known and line.kinds[i - 1] == "word" and line.texts[i - 1].islower() and noun_at(line, i - 1) is None
    )


def _acts(line: Line, i: int) -> bool:
    """A word that can only be a verb for what follows it: "the campaign sent an", "Karim left the"."""
    return (
        line.texts[i].islower()
        and line.kinds[i] == "word"
        and i + 1 < len(line)
        and (
            line.kinds[i + 1] in {"det", "pron"}
            or (line.kinds[i + 1] == "poss" and line.lower[i + 1] != "'s")
        )
        and line.texts[i + 1] not in {"'", "’"}
    )


def _known(line: Line, i: int) -> bool:
    """A word that a source phrase can be built on: a name, or a word for a source or its papers."""
    if line.texts[i][:1].isupper():
        return True
    return bool(matches(line, max(0, i - 1), i)) or noun_at(line, i) is not None


def _cap(line: Line, i: int) -> bool:
    return line.texts[i][:1].isupper()


def _joins(line: Line, i: int) -> bool:
    """A hyphen inside a word, the full stop of a short form ("Capt."), an apostrophe."""
    text = line.texts[i]
    if text == "%":
        return i > 0 and line.kinds[i - 1] == "num"
    if text in {"-", "‑", "/", "'", "’", "–"}:
        return i > 0 and not line.tokens[i - 1].whitespace_ and not line.tokens[i].whitespace_
    return text == "." and i > 0 and len(line.tokens[i - 1]) <= 5 and _cap(line, i - 1)


def _links(line: Line, i: int) -> bool:
    if not i:
        return False
    if line.lower[i] == "of" and (line.kinds[i - 1] in {"num", "det"} or line.texts[i - 1] == "%"):
        # "some of the families", "85% of voters".
        return line.lower[i - 1] not in {"the", "a", "an"}
    if line.kinds[i - 1] not in {"word", "poss"} or line.lower[i - 1] in TIMES:
        return False
    return line.lower[i] in LINKERS or (line.lower[i] in SOFT_LINKERS and _known(line, i - 1))


def _bounded(line: Line, i: int) -> bool:
    """Nothing that a phrase could depend on stands at i: the start, a mark, "that", "and"."""
    return (
        i < 0
        or line.kinds[i] in {"punct", "sconj", "conj", "adv"}
        or line.lower[i] in {"that", "of", "by", "to"}
    )


def strip(line: Line, phrase: Phrase) -> Phrase | None:
    """Take times, prepositions and conjunctions off the start of a phrase ("On Monday police")."""
    first = phrase.first
    while first <= phrase.last and (line.kinds[first] in {"adp", "conj", "poss", "punct"}):
        first += 1
    i = first
    while i < phrase.last and (
        line.kinds[i] == "det"
        or line.lower[i] in BEFORE_TIMES
        or line.lower[i] in TIMES
        or (i > first and line.kinds[i] == "num" and line.lower[i - 1] in TIMES)
    ):
        i += 1
        if line.lower[i - 1] in TIMES:
            first = i
    return Phrase(first, phrase.last, phrase.evidence) if first <= phrase.last else None


def after(line: Line, first: int) -> Phrase | None:
    """Find the noun phrase that starts at a token, with the apposition behind its comma as evidence."""
    last = i = first
    if first >= len(line):
        return None
    if line.kinds[first] == "pron":
        return Phrase(first, first)
    while i < min(len(line), first + REACH):
        what = line.kinds[i]
        fits = what in {"word", "poss"} or (what == "punct" and _joins(line, i) and i > first)
        fits = fits or (
            what in {"det", "num"} and (i == first or line.kinds[i - 1] in {"adp", "conj", "det"})
        )
        fits = fits or (
            what == "part"
            and i + 1 < len(line)
            and line.kinds[i + 1] == "word"
            and (line.kinds[i - 1] != "word" or _is_kind_of_source(line, i))
        )
        fits = fits or (
            what == "adp"
            and i > first
            and _links(line, i)
            and not _circumstance(line, i)
            and i + 1 < len(line)
            and line.kinds[i + 1] in {"word", "det", "num"}
        )
        fits = fits or (
            what == "conj" and i > first and i + 1 < len(line) and (_known(line, i + 1) or _alike(line, i))
        )
        if what == "punct" and line.texts[i] == "(" and i > first:
            closing = next((j for j in range(i, min(len(line), i + 6)) if line.texts[j] == ")"), None)
            if closing:
                i = last = closing
                fits = True
        if what == "word" and i > first and (_acts(line, i) or _turns(line, i)):
            # "Ana Ruiz threw": a verb that nothing marks as one.
            break
        if not fits or (line.lower[i] in TIMES and i > first and line.kinds[i - 1] not in {"adp", "punct"}):
            break
        if what in {"word", "num"}:
            last = i
        i += 1
    while last > first and (line.lower[last] in TIMES and line.kinds[last - 1] == "adp"):
        last -= 2
    if (
        last < first
        or line.kinds[last] not in {"word", "num", "punct"}
        or (last == first and line.kinds[first] != "word")
    ):
        return None
    evidence: tuple[tuple[int, int], ...] = ()
    if last + 2 < len(line) and line.texts[last + 1] == ",":
        end = last + 2
        while end < min(len(line), last + 18) and line.kinds[end] != "punct":
            end += 1
        evidence = ((last + 2, end - 1),) if end > last + 2 else ()
    return Phrase(first, last, evidence)


def _circumstance(line: Line, i: int) -> bool:
    """A preposition before what the speaker issued: "Karim in a statement"."""
    near = range(i + 1, min(len(line), i + 4))
    return line.lower[i] in {"in", "on", "by", "to"} and any(noun_at(line, k) for k in near)


def _alike(line: Line, i: int) -> bool:
    """Two plurals joined: "friends and advisers"."""
    one, other = line.texts[i - 1], line.texts[i + 1]
    return one.islower() and other.islower() and one.endswith("s") and other.endswith("s")


def _turns(line: Line, i: int) -> bool:
    """A small word behind a name that no mark, preposition or clause follows, and that is no word for a source."""
    if not _cap(line, i - 1) or not line.texts[i].islower() or (i + 1 < len(line) and _cap(line, i + 1)):
        return False
    if i + 1 < len(line) and (line.kinds[i + 1] in {"verb", "aux", "part", "adv"} or _acts(line, i + 1)):
        return False
    if i + 1 >= len(line) or line.kinds[i + 1] in {"punct", "sconj", "poss", "conj"}:
        return False
    if line.kinds[i + 1] == "adp" and _links(line, i + 1):
        return False
    return not matches(line, i, min(i + 5, len(line) - 1)) and not noun_at(line, i)


def appositive(line: Line, comma: int) -> Phrase | None:
    """Find the speaker whose apposition or parenthesis closes with the comma before the cue."""
    parts: list[tuple[int, int]] = []
    end, i = comma - 1, comma - 1
    while i >= max(0, comma - REACH) and len(parts) < 6:
        if line.texts[i] in {",", "—", "–", "--"}:
            parts.append((i + 1, end))
            end = i - 1
        elif line.texts[i] in OPENERS | CLOSERS | {";", ":"} and line.kinds[i] != "poss":
            break
        i -= 1
    parts.append((i + 1, end))
    parts = [(a, b) for a, b in parts if a <= b]
    if len(parts) < 2:
        return None
    if is_name(line, *parts[0]) and not _address(line, parts):
        earlier = parts[1]
        return Phrase(*parts[0], (earlier,) if line.kinds[earlier[0]] != "adp" else ())
    for n, (first, last) in enumerate(parts[1:5], 1):
        found = before(line, last)
        if found is None or line.kinds[first] == "part":
            continue
        whole = found.first == first or _bounded(line, found.first - 1)
        if whole and (_cap(line, found.last) or kind_of(line, found) or line.kinds[found.first] == "det"):
            named = _named_before(line, parts[n + 1 : n + 4], found)
            if named is not None:
                return Phrase(named.first, named.last, tuple(reversed(parts[: n + 1])))
            return Phrase(found.first, found.last, tuple(reversed(parts[:n])))
    return None


def _address(line: Line, parts: list[tuple[int, int]]) -> bool:
    """A name behind a name is where the first one is from: "Sen. Amin Karim, R-Fla.," "of Lagos, Nigeria,"."""
    first, last = parts[0]
    short = last - first <= 2 and (line.texts[last] == "." or "-" in line.texts[first : last + 1])
    earlier = before(line, parts[1][1])
    if earlier is None or not _cap(line, earlier.last):
        return False
    placed = any(line.kinds[i] == "adp" for i in range(parts[1][0], earlier.last)) and first == last
    return short or placed or line.texts[last].endswith(".")


def _named_before(line: Line, parts: list[tuple[int, int]], found: Phrase) -> Phrase | None:
    """The name that a phrase only tells about: "Ana Ruiz, 67, a nurse from Lagos, Nigeria, said"."""
    if _cap(line, found.first) and line.kinds[found.first] != "det" and not _short_place(line, found):
        return None
    aged = False
    for first, last in parts:
        named = before(line, last)
        aged = aged or line.kinds[first] == "num"
        if named is None:
            continue
        start = named.first
        if start == first == named.last and _cap(line, start) and (aged or not start):
            # "Ruiz, 67, a nurse from Lagos, Nigeria, said".
            return named
        if not (_cap(line, named.last) and _cap(line, max(start, named.last - 1)) and named.last > start):
            if line.kinds[first] == "num" or start == first:
                continue
            return None
        if line.kinds[start] == "det" or any(
            line.kinds[i] in {"adp", "conj"} for i in range(start, last + 1)
        ):
            continue
        return named if start == first or _bounded(line, start - 1) else None
    return None


def _short_place(line: Line, phrase: Phrase) -> bool:
    """What may only end an address or a party: "Ala.", "R-Fla.", "Texas"."""
    return phrase.last - phrase.first <= 2 and not kind_of(line, phrase)
