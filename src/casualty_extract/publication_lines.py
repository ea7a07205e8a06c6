"""The lines of a text that date it: stamps, bylines, headers of releases, datelines, copyrights.

*Finds* "Published: 1 September 2017", "By Jane Doe | September 1, 2017", "Friday 1 September 2017 14.05 BST"
alone on its line, "FOR IMMEDIATE RELEASE August 3, 2017", "MOSUL, Sept 1, 2017 (Agency) -", "Copyright 2017".
*Leaves alone* sentences ("The report, published on 1 September 2017, says"), headlines ("Blast of May 22, 2017"),
dates alone within a paragraph that is broken into lines, dates without a year but in a dateline.
*Marks* nothing: `read` gives a `Dated` for each date, with its kind; `publication` decides which one counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from casualty_extract import lexicon
from casualty_extract.lexicon import Row, gazetteer
from casualty_extract.times_figures import Phrase
from casualty_extract.times_meanings import Day
from casualty_extract.times_orders import Numeric
from casualty_extract.times_phrases import Phrases
from casualty_extract.times_words import EMPHASIS, MARKS, PIECE, FormsRow, Piece

__all__ = ["Dated", "Line", "copyright_year", "head", "read", "tail"]

Kind = Literal["published", "alone", "dateline", "updated"]

HEAD, HEAD_LINES = 2_000, 12
"""How many characters, and lines with text, the beginning of an article has at most."""
TAIL, TAIL_LINES = 800, 5
LONGEST = 200
"""The longest line that can be a stamp, and how much of a line is looked at for a dateline."""
YEAR = re.compile(r"[0-9]{4}|[0-9][/.-][0-9]{1,2}[/.-][0-9]{2}")
"""What stands in every date with a year."""
MONTH_DAY = re.compile(r"^[^\W\d_].{0,60}?[0-9]")
"""What stands at the beginning of a line with a dateline."""
CLOCK = r"(?:t?[0-2]?[0-9](?:[:.h][0-5][0-9]){1,2}(?:\.[0-9]+)?|[0-2]?[0-9]|[0-2][0-9][0-5][0-9])(?:[ap]\.?m\.?|z|h|hrs)?"
WORD = re.compile(
    rf"(?P<clock>(?<![\w.-]){CLOCK}(?![\w-])|{CLOCK}(?=[+-][0-9])|[+-][0-9]{{1,2}}(?::?[0-9]{{2}})?(?![\w]))"
    r"|(?P<divider>[|•·~])|(?P<mark>[:;,()\[\]/\\–—]|-+(?!\w))|(?P<word>[^\s|•·~:;,()\[\]/\\–—]+)",
    re.IGNORECASE,
)
"""The pieces of a line between its dates: clock times, what parts it, other marks, words."""
AROUND = "*_#>.\\'\"“”‘’-\u200b\ufeff"
HANGING = frozenset(
    "on of in since until till before by from after the and to between a an at for with".split()
)
"""Words with which no line above a stamp ends: the sentence goes on."""
SIGNS = frozenset({"clock", "divider", "mark", "filler"})
"""The pieces that tell nothing."""
SEPARATORS = frozenset({",", ")", "(", "-", "--", "/"})
OUTER = frozenset({",", "(", ")", ".", "-", "--", "/", "'", "and"})
"""What may stand between the names of a dateline."""
FAR = 14
"""How many pieces of a line may stand before the date of its dateline."""
BODY = re.compile(r"[^\W\d_]+")
LEAST_BODY = 4
"""How many words follow a dateline at least."""


class StampRow(FormsRow):
    """A word that dates an article, or a change of it."""

    updated: bool = False


class Line(NamedTuple):
    """A line of a text: where it starts and ends, and its number, counted from 0 at its end of the text."""

    start: int
    end: int
    number: int


class Dated(NamedTuple):
    """A date that a line gives the article: where it stands, what it means, and what kind of line it is."""

    start: int
    end: int
    meaning: Day | Numeric
    kind: Kind


class _Words(NamedTuple):
    kinds: dict[str, str]
    releases: re.Pattern[str]
    copyrights: re.Pattern[str]


@cache
def _words() -> _Words:
    kinds: dict[str, str] = {}
    for table, kind in (("clocks", "clock"), ("fillers", "filler"), ("particles", "name")):
        for word, row in lexicon.read("publication", table, FormsRow).items():
            kinds |= dict.fromkeys((word, *row.forms), kind)
    for word, stamp in lexicon.read("publication", "stamps", StampRow).items():
        kinds |= dict.fromkeys((word, *stamp.forms), "updated" if stamp.updated else "published")
    releases, signs = (
        "|".join(re.escape(word) for word in lexicon.read("publication", table, Row))
        for table in ("releases", "copyrights")
    )
    return _Words(
        kinds,
        re.compile(rf"\b(?:{releases})\b", re.IGNORECASE),
        re.compile(rf"\W*(?:{signs})\W*([0-9]{{4}})\b(?!\s*[-–])", re.IGNORECASE),
    )


def head(text: str) -> list[Line]:
    """Give the first lines of a text that are not blank."""
    end = min(len(text), HEAD)
    found: list[Line] = []
    start = 0
    while start < end and len(found) < HEAD_LINES:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if not text[start:stop].isspace() and stop > start:
            found.append(Line(start, stop, len(found)))
        start = stop + 1
    return found


def tail(text: str) -> list[Line]:
    """Give the last lines of a text that are not blank, the last one first, where its head ends before them."""
    lowest = max(0, len(text) - TAIL)
    found: list[Line] = []
    stop = len(text)
    while stop > lowest and len(found) < TAIL_LINES:
        start = text.rfind("\n", lowest, stop)
        if start < 0:
            break
        if stop > start + 1 and not text[start + 1 : stop].isspace():
            found.append(Line(start + 1, stop, len(found)))
        stop = start
    return found


def read(text: str, line: Line) -> Iterator[Dated]:
    """Read the dates that a line gives the article."""
    start = line.start
    while start < line.end and (text[start].isspace() or text[start] in "*_#>"):
        start += 1
    shown = text[start : min(line.end, start + LONGEST)]
    has_year = YEAR.search(shown) is not None
    if not has_year and not MONTH_DAY.match(shown):
        return
    parts = _pieces(text, start, start + len(shown))
    phrases = [p for p in Phrases(parts, clocks=False).all() if isinstance(p.meaning, Day | Numeric)]
    if not phrases:
        return
    dateline = _dateline(text, parts, phrases[0], line)
    if dateline is not None:
        yield dateline
    elif has_year and line.end - start <= LONGEST:
        full = [p for p in phrases if p.meaning.year is not None]  # type: ignore[attr-defined]
        yield from _stamps(text, line._replace(start=start), parts, full)


def copyright_year(text: str, line: Line) -> int | None:
    """Read "Copyright 2017 Agency"; a range of years is none."""
    found = _words().copyrights.match(text[line.start : min(line.end, line.start + LONGEST)])
    return int(found[1]) if found else None


def _pieces(text: str, start: int, end: int) -> list[Piece]:
    """Cut a line as `times_words.pieces` cuts a sentence; no tokens are needed for it."""
    found: list[Piece] = []
    glued = False
    for m in PIECE.finditer(text, start, end):
        piece = m[0]
        if piece.isspace():
            glued = False
        elif piece not in EMPHASIS:
            low = MARKS.get(piece) or piece.lower()
            found.append(Piece(low, m.start(), m.end(), 0, glued, piece[:1].isupper()))
            glued = True
    return found


def _dateline(text: str, parts: list[Piece], phrase: Phrase, line: Line) -> Dated | None:
    """Read "MOSUL, Iraq, Sept 1, 2017 (Agency) -", "Kabul (1 September 2017) -", "BAGHDAD (Agency), Sept 1:"."""
    first, last = phrase.first, phrase.last
    before = parts[:first]
    if not before or first > FAR or not before[0].name or before[0].end - before[0].start < 2:
        return None
    capitals = text[before[0].start : before[0].end].isupper() and before[0].end - before[0].start > 2
    if not all(p.name or p.low in OUTER for p in before):
        return None
    if not capitals and (before[-1].low not in SEPARATORS or not _is_place(text, before)):
        return None
    after = parts[last].low if last < len(parts) else ""
    agency = any(p.low == "(" for p in before) and before[-1].low != "("
    if (
        after not in {"(", "-", "--", ")", "/"}
        and not (after == ":" and capitals)
        and not (not after and agency)
    ):
        return None
    # What follows is the article and no headline: several words, some of them in lower case.
    end = parts[last - 1].end
    rest = text[end : end + LONGEST].split("\n\n")[0 if after else -1]
    following = BODY.findall(rest)
    if len(following) < LEAST_BODY or not any(word.islower() for word in following):
        return None
    assert isinstance(phrase.meaning, Day | Numeric)
    return Dated(parts[first].start, end, phrase.meaning, "dateline")


def _is_place(text: str, before: list[Piece]) -> bool:
    """Tell whether the first names of a line are those of a place."""
    k = 0
    while k < len(before) and before[k].name:
        k += 1
    return bool(gazetteer.lookup(text[before[0].start : before[k - 1].end]))


def _stamps(text: str, line: Line, parts: list[Piece], phrases: list[Phrase]) -> Iterator[Dated]:
    """Read the dates of a line that holds nothing but dates, clock times, names and words of publishing."""
    bounds = [(parts[p.first].start, parts[p.last - 1].end) for p in phrases]
    if not bounds or _is_within_paragraph(text, line):
        return
    starts, ends = [start for start, _ in bounds], [end for _, end in bounds]
    gaps = [text[a:b] for a, b in zip([line.start, *ends], [*starts, line.end], strict=True)]
    lead, released = _words().releases.subn(" | ", gaps[0])
    told = [_kinds(gap) for gap in (lead, *gaps[1:])]
    byline = lead.lstrip(AROUND + " (").lower().startswith("by ")
    if any("foreign" in kinds for kinds in told) or any(kinds[:1] == ["name"] for kinds in told[1:]):
        # The second: "Published May 22, 2017 Names 40 Dead".
        return
    beside = told[1][: told[1].index("divider")] if "divider" in told[1] else told[1]
    for n, (phrase, before) in enumerate(zip(phrases, told[:-1], strict=True)):
        kind = _stamp(before, everywhere=byline or n > 0)
        if kind is None and n == 0:
            if released or byline or ("name" in before and before[-1] == "divider"):
                kind = "published"
            elif SIGNS.issuperset(before) and "name" not in beside:
                kind = "alone"
        if kind is None:
            return
        assert isinstance(phrase.meaning, Day | Numeric)
        yield Dated(*bounds[n], phrase.meaning, kind)


def _kinds(gap: str) -> list[str]:
    """Tell of each piece between dates what it is; "foreign" is what stands in no stamp."""
    found: list[str] = []
    for m in WORD.finditer(gap):
        kind = str(m.lastgroup)
        word = m[0].strip(AROUND)
        if kind == "word" and word:
            low = word.lower()
            kind = ("of" if low == "of" else _words().kinds.get(low)) or (
                "name" if word[0].isupper() or word[0].isdigit() or "@" in word else "foreign"
            )
        if word or kind != "word":
            found.append(kind)
    return found


def _stamp(kinds: list[str], *, everywhere: bool) -> Kind | None:
    """Read the last word of publishing before a date; it opens the line, or a part of it, unless `everywhere`.

    "Report Published May 22" and "Date of Attack: May 22" are headlines.
    """
    places = [k for k, kind in enumerate(kinds) if kind in {"published", "updated"}]
    if not places:
        return None
    at = places[-1]
    opening = at
    while opening > 0 and kinds[opening - 1] in {"clock", "filler", "published", "updated"}:
        opening -= 1
    opens = opening == 0 or kinds[opening - 1] in {"divider", "mark"}
    if not (opens or everywhere) or kinds[at + 1 : at + 2] == ["name"] or "of" in kinds[at + 1 :]:
        return None
    return "updated" if kinds[at] == "updated" else "published"


def _is_within_paragraph(text: str, line: Line) -> bool:
    """Tell whether a line is one of a paragraph that is broken into lines: the sentence runs over its bounds."""
    following = text[line.end + 1 : line.end + 40].split("\n")[0].lstrip(" *_")
    if following[:1].islower():
        return True
    begin = text.rfind("\n", max(0, line.start - LONGEST), max(0, line.start - 1)) + 1
    before = text[begin : line.start].strip(" *_#>\r\n\t")
    word = before.rsplit(None, 1)[-1] if before else ""
    return word.endswith(",") or word in HANGING
