"""The words of time, and a sentence cut into the pieces that dates are made of.

*Finds* the pieces of a token that a date glues together: "21July" is 21 and July, "Jan.1" is Jan, a
full stop and 1, "27/08/2016" is five pieces.
*Leaves alone* white space and Markdown's emphasis marks, which may stand inside a date.
*Marks* nothing: `times_dates` and `times_phrases` read the pieces, `words()` gives the tables of
`lexicon/times.toml` by every form of each word.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

from pydantic import Field
from spacy.tokens import Span

from casualty_extract import lexicon, numerals
from casualty_extract.lexicon import Row
from casualty_extract.reading import Layout, layout
from casualty_extract.times_calendar import Part

__all__ = [
    "DayRow",
    "DecadeRow",
    "FormsRow",
    "FrequencyRow",
    "FutureRow",
    "ModifierRow",
    "MonthRow",
    "NumberRow",
    "PeriodRow",
    "Piece",
    "RelativeRow",
    "SeasonRow",
    "SingleRow",
    "UnitRow",
    "VerbRow",
    "Words",
    "events",
    "hints",
    "is_month_first",
    "pieces",
    "split",
    "words",
]


class FormsRow(Row):
    """A word with its other forms."""

    forms: list[str] = Field(default_factory=list)


class NumberRow(FormsRow):
    """A weekday: its number from Monday, 0."""

    number: int


class MonthRow(NumberRow):
    """A month: its number, and whether its name is also a verb or a person's ("may", "march")."""

    verb: bool = False


class SeasonRow(Row):
    """A season: its first month in the north, and whether its name is also another word ("fall")."""

    month: int
    verb: bool = False


class DecadeRow(Row):
    """A decade by its name: the year it starts in."""

    start: int


class UnitRow(FormsRow):
    """A unit of time: the unit it is counted in, and how many of them it is."""

    unit: str
    size: int = 1


class RelativeRow(Row):
    """A word such as "last": -1, 0 or 1 from the article's day, or from the time told of before."""

    which: int
    anchored: bool = False


class ModifierRow(Row):
    """A word such as "early" or "end": the third that it means, and whether "of" follows it."""

    part: Part
    of: bool = False


class SingleRow(Row):
    """A word that is a time alone: days from the article's day, or a span such as a night."""

    days: int | None = None
    unit: str | None = None


class DayRow(FormsRow):
    """A named day or feast: fixed, the nth weekday of a month, or movable (see `times_feasts`).

    It starts `after` days from there, and lasts for `days`, or until the day before another feast.
    """

    month: int | None = None
    day: int | None = None
    nth: int | None = None
    weekday: int | None = None
    feast: str | None = None
    after: int = 0
    days: int = 1
    until: str | None = None
    year: int | None = None
    bare: bool = True
    nouns: list[str] = Field(default_factory=list)
    """The words of which one must follow: "the September 11 attacks"."""


class PeriodRow(Row):
    """A period with a name of its own: its first and last day."""

    earliest: date
    latest: date


class FrequencyRow(Row):
    """A word such as "quarterly": the unit of what comes so often."""

    unit: str


class FutureRow(FormsRow):
    """A word that puts the times after it into the future.

    Where needed, only after a form of "be", or only times that end something ("holds until Sunday").
    """

    after_be: bool = False
    until: bool = False


class VerbRow(FormsRow):
    """A verb of reporting: whether it takes a hearer ("told"), or needs a document ("released")."""

    tells: bool = False
    document: bool = False


class Piece(NamedTuple):
    """A word, number or mark: lower-cased text, offsets, its token, whether it follows without a space.

    `name` tells that it is written with a capital.
    """

    low: str
    start: int
    end: int
    token: int
    glued: bool
    name: bool


class Words(NamedTuple):
    """The tables of the lexicon by every form of each word."""

    counted: dict[str, Row]
    decades: dict[str, DecadeRow]
    documents: dict[str, FormsRow]
    events: dict[str, str]
    frequencies: dict[str, FrequencyRow]
    future: dict[str, FutureRow]
    modifiers: dict[str, ModifierRow]
    months: dict[str, MonthRow]
    named: dict[str, list[tuple[tuple[str, ...], DayRow]]]
    onsets: dict[str, Row]
    parts: dict[str, FormsRow]
    periods: dict[str, list[tuple[tuple[str, ...], PeriodRow]]]
    publishers: dict[str, FormsRow]
    recurring: dict[str, Row]
    relatives: dict[str, RelativeRow]
    seasons: dict[str, SeasonRow]
    single: dict[str, SingleRow]
    titles: dict[str, Row]
    units: dict[str, UnitRow]
    vague: dict[str, Row]
    verbs: dict[str, VerbRow]
    weekdays: dict[str, NumberRow]
    hints: frozenset[str]
    """The words of which at least one stands in every time that has no digit."""
    openers: frozenset[str]
    """The words with one of which, or with a digit, every time starts."""


# What opens a time in the grammar itself, beside the words of the tables.
OPENERS = frozenset(
    """since from up as until till til by before through between the so earlier later ending ended during
    this weekend first opening second third fourth last final closing early late ad ce fifth sixth seventh eighth ninth
    tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
    twentieth prior holy fasting wee small pre predawn q h fy fiscal financial year month tens dozens scores
    hundreds thousands millions billions""".split()
)

PIECE = re.compile(r"[0-9]+|[^\W\d_]+|.", re.DOTALL)
EMPHASIS = frozenset("*_")
F = TypeVar("F", bound=FormsRow)
R = TypeVar("R", bound=Row)


@cache
def words() -> Words:
    """Read the tables, once."""
    decades = lexicon.read("times", "decades", DecadeRow)
    groups = lexicon.read("times", "events", FormsRow)
    events = {form: name for name, row in groups.items() for form in (name, *row.forms)}
    months = _formed("months", MonthRow)
    weekdays = _formed("weekdays", NumberRow)
    units = _formed("units", UnitRow)
    parts = _formed("parts_of_day", FormsRow)
    seasons = lexicon.read("times", "seasons", SeasonRow)
    single = lexicon.read("times", "single", SingleRow)
    named = _by_first("named_days", DayRow)
    periods = _by_first("named_periods", PeriodRow)
    modifiers = lexicon.read("times", "modifiers", ModifierRow)
    relatives = lexicon.read("times", "relatives", RelativeRow)
    vague = lexicon.read("times", "vague", Row)
    hints = {
        *months,
        *weekdays,
        *decades,
        *units,
        *parts,
        *seasons,
        *single,
        *named,
        *periods,
        "since",
        "century",
        "then",
        "ago",
        "eve",
        "holy",
    }
    return Words(
        counted=lexicon.read("times", "counted", Row),
        decades=decades,
        documents=_formed("documents", FormsRow),
        events=events,
        frequencies=lexicon.read("times", "frequencies", FrequencyRow),
        future=_formed("future", FutureRow),
        modifiers=modifiers,
        months=months,
        named=named,
        onsets=lexicon.read("times", "onsets", Row),
        parts=parts,
        periods=periods,
        publishers=_formed("publishers", FormsRow),
        recurring=lexicon.read("times", "recurring", Row),
        relatives=relatives,
        seasons=seasons,
        single=single,
        titles=lexicon.read("times", "titles", Row),
        units=units,
        vague=vague,
        verbs=_formed("verbs", VerbRow),
        weekdays=weekdays,
        hints=frozenset(hints),
        openers=frozenset(hints) | OPENERS | numerals.WORDS | {*modifiers, *relatives, *vague},
    )


def events(word: str) -> str | None:
    """Give the event that a word tells of, under one name.

    >>> events("quake"), events("temblor"), events("bread")
    ('earthquake', 'earthquake', None)
    """
    return words().events.get(word)


@lru_cache(maxsize=1024)
def is_month_first(publisher: str) -> bool:
    """Tell whether a publisher writes the month first in dates in figures.

    >>> is_month_first("The Washington Post"), is_month_first("The Hindu")
    (True, False)
    """
    name = f" {' '.join(split(publisher.lower()))} "
    return any(f" {' '.join(split(known))} " in name for known in words().publishers)


@lru_cache(maxsize=16_384)
def hints(text: str) -> bool:
    """Tell whether a token hints at a time: it has a digit or a word of time in it.

    >>> [hints(token) for token in ("21July", "Friday", "police")]
    [True, True, False]
    """
    table = words().hints
    return any(piece[0].isdigit() or piece in table for piece in PIECE.findall(text[:80].lower()))


def split(text: str) -> tuple[str, ...]:
    """Cut a phrase of the lexicon into pieces, as sentences are cut.

    >>> split("new year's day")
    ('new', 'year', "'", 's', 'day')
    """
    return tuple(piece for piece in PIECE.findall(text) if not piece.isspace())


def pieces(sentence: Span, laid: Layout | None = None) -> list[Piece]:
    """Cut a sentence into pieces; typographic apostrophes and dashes become plain ones.

    Args:
        sentence: the tokens to cut.
        laid: their Doc, where it is laid out already.

    Returns:
        The pieces in their order, with offsets in the text of the Doc.
    """
    laid = laid or layout(sentence.doc)
    found: list[Piece] = []
    glued = False
    for i in range(sentence.start, sentence.end):
        word = laid.words[i]
        if word.space:
            glued = False
            continue
        at = laid.starts[i]
        for low, start, end, name in _cut(word.text):
            found.append(Piece(low, at + start, at + end, i, glued, name))
            glued = True
        glued = not laid.spaced[i]
    return found


@lru_cache(maxsize=16_384)
def _cut(text: str) -> tuple[tuple[str, int, int, bool], ...]:
    """Cut a token: each piece in lower case, its bounds, and whether it has a capital."""
    return tuple(
        (MARKS.get(m[0]) or m[0].lower(), m.start(), m.end(), m[0][:1].isupper())
        for m in PIECE.finditer(text)
        if m[0] not in EMPHASIS
    )


MARKS = {"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "‑": "-", "‐": "-", "−": "-", "—": "--"}


def _formed(table: str, model: type[F]) -> dict[str, F]:
    rows = lexicon.read("times", table, model)
    return {form: row for word, row in rows.items() for form in (word, *row.forms)}


def _by_first(table: str, model: type[R]) -> dict[str, list[tuple[tuple[str, ...], R]]]:
    """Give the phrases of a table, cut into pieces, by their first piece; the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], R]]] = {}
    for phrase, row in lexicon.read("times", table, model).items():
        for form in (phrase, *(row.forms if isinstance(row, FormsRow) else ())):
            key = split(form)
            found.setdefault(key[0], []).append((key, row))
    for candidates in found.values():
        candidates.sort(key=lambda pair: -len(pair[0]))
    return found
