"""What a time of a text may count from at its place: the times told of before, dated events, its order of figures.

*Finds* for "the same day" and "a day earlier" the time told of before; for "two days after the quake" the
time of another sentence that tells of the quake; for "September 4" in a story of 2012 that year.
*Leaves alone* what a text counts from its own day: "yesterday", "last week".
*Marks* nothing by itself: `Anchors.context` gives the `Context` with which a meaning is counted out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from casualty_extract.reading import Layout
from casualty_extract.times_calendar import Interval
from casualty_extract.times_figures import Phrase
from casualty_extract.times_meanings import (
    Context,
    Day,
    DayOf,
    Decade,
    Meaning,
    Month,
    Named,
    Weekday,
    Year,
)
from casualty_extract.times_orders import Numeric
from casualty_extract.times_relations import Moved, Open, Range, Span, Window
from casualty_extract.times_roles import Role
from casualty_extract.times_words import events

__all__ = ["Anchors", "Found"]

OLD = 300
"""How many days before the article a date must lie for the dates after it to be near it."""
REACH = 3
"""For how many sentences the month of "the 14th" stays known."""
OF_EVENTS = frozenset({"after_clause", "event_day"})
"""The rules of times that count from an event which another sentence may date."""
STORY = 3
"""How many dates of other years make a narrative, where nothing counts from the article's day."""
LONGEST = 400
"""How many tokens a sentence may have to tell of an event."""
CLAUSE = 8
"""How many tokens after "two days after" the event may stand."""
NEW = frozenset("a an another two three four five six".split())
OTHER = frozenset("previous last earlier another first similar".split())
SPEAKING = frozenset("i we our my us me here present".split())
COMES = frozenset("come comes came coming occurs occurred happens happened".split())
ENDS = frozenset(', . ; : ( ) " “ ” -- – — that which who'.split())


SIZES = ("day", "month", "quarter", "year")
COARSE = tuple(event + size for size in SIZES for event in ("event ", ""))
FINER = {
    "day": COARSE[:2],
    "hour": COARSE[:2],
    "week": COARSE[:2],
    "month": COARSE[:4],
    "quarter": COARSE[:6],
}
"""The sizes of times from which units can be counted: "the next day" does not follow a year."""


class Found(NamedTuple):
    """A time of a text: its phrase, the single dates inside, its place, and what it belongs to."""

    phrase: Phrase
    ends: tuple[tuple[int, int, Meaning], ...]
    start: int
    end: int
    sentence: int
    initial: bool
    role: Role
    cue: str | None
    future: str | None
    past: bool


class Anchors:
    """The times told of before: what "the same day" and "a day earlier" count from.

    Args:
        laid: the text.
        found: its times.
        whole: what is known of the whole text.
        days: days that it names with their years, by month and day: "the Jan. 1 strike" is of "Jan. 1, 2021".
    """

    def __init__(
        self, laid: Layout, found: Sequence[Found], whole: Context, days: Mapping[tuple[int, int], date]
    ) -> None:
        self.laid = laid
        self.days = days
        self.found = found
        self.whole = whole
        self.story = _is_story(found, whole.base)
        self.told: dict[str, tuple[Found, Interval]] = {}
        self.dated: tuple[Found, Interval] | None = None
        self.old: tuple[Found, date] | None = None
        self.told_event: Interval | None = None
        self.by_sentence = [item.sentence for item in found]

    def context(self, item: Found) -> Context:
        """Give what an expression may count from, at its place in the text."""
        meaning = item.phrase.meaning
        forward = self.story and self.old is not None and not isinstance(self.old[0].phrase.meaning, Year)
        context = self.whole._replace(
            anchor=self._anchor(item),
            near=self._near(item),
            future=item.future is not None,
            story=forward,
            soon=not item.past,
        )
        near = context.near
        if (
            self.story
            and near is not None
            and isinstance(meaning, Window)
            and meaning.ahead
            and item.future is None
            and meaning.end is None
        ):
            # "For the next five years he served the king": from there on.
            context = context._replace(base=near)
        return context

    def is_nowadays(self, item: Found) -> bool:
        """Tell whether "today" means "in our time": in a story of long ago, and behind "still"."""
        meaning = item.phrase.meaning
        if item.phrase.rule != "deictic" or not isinstance(meaning, Moved) or meaning.count != 0:
            return False
        if item.end - item.start != len("today") or item.role != "event" or item.past:
            return False
        first = bisect_left(self.laid.starts, item.start)
        still = any(self.laid.words[k].lower == "still" for k in range(max(first - 6, 0), first))
        if not self.story:
            return still
        # "It is a pleasure to be here today" is of the day of the speech.
        start, end = self.laid.bounds(item.sentence)
        return not any(self.laid.words[k].lower in SPEAKING for k in range(start, min(end, start + LONGEST)))

    def _near(self, item: Found) -> date | None:
        """Give the day of another year that dates without a year are near: of the sentence before, or of the story."""
        meaning = item.phrase.meaning
        known = self.days.get((meaning.month, meaning.day)) if isinstance(meaning, Day) else None
        if self.old is None:
            return known
        told = self.old[0]
        if not self.story and (
            item.sentence - told.sentence > 1 or "\n\n" in self.laid.text[told.end : item.start]
        ):
            return known
        return self.old[1]

    def _anchor(self, item: Found) -> Interval | None:
        """Give the time told of before that is fine enough to count the units of an expression from."""
        meaning, self.told_event = item.phrase.meaning, None
        if item.phrase.rule == "day_of_month":
            return self.dated[1] if self.dated is not None else None
        counted = meaning
        while isinstance(counted, Open):
            counted = counted.of
        units = FINER.get(counted.unit, COARSE) if isinstance(counted, Moved | Span) else COARSE
        if isinstance(meaning, Weekday):
            units = FINER["day"]
        told = [self.told[key] for key in units if key in self.told]
        latest = max(told, key=lambda each: each[0].start, default=None)
        if item.phrase.rule in OF_EVENTS:
            self.told_event = self._plausible(item, self.event_after(item))
            if self.told_event is not None:
                return self.told_event
            comes = self._comes(item)
            if latest is None and comes and self.whole.firm and self.whole.base is not None:
                # "The vote comes a day after Monday's raid" is of the article's own day.
                return Interval(self.whole.base, self.whole.base, "day")
            if latest is not None and not item.initial and not comes and latest[0].sentence != item.sentence:
                return None
        return latest[1] if latest is not None else None

    def turns(self, item: Found) -> bool:
        """Tell whether "two days after" dates the clause behind it, and not its own.

        It does in "nine died Monday, a day after a bomb killed two", and not where the event is dated elsewhere.
        """
        if item.initial or self.told_event is None:
            return not item.initial
        k = bisect_left(self.by_sentence, item.sentence)
        first = self.found[k]
        return first.start < item.start and first.role == "event"

    def is_known(self, item: Found) -> bool:
        """Tell whether the text dates what an expression hangs on: its month, or the event it is a day of."""
        if item.phrase.rule == "event_day":
            return self.event_after(item) is not None
        return item.phrase.rule != "day_of_month" or self.knows_month(item)

    def knows_month(self, item: Found) -> bool:
        """Tell whether a sentence shortly before names the month of "the 14th"."""
        return self.dated is not None and item.sentence - self.dated[0].sentence <= REACH

    def add(self, item: Found, interval: Interval) -> None:
        """Remember a time for those after it."""
        meaning = item.phrase.meaning
        if interval.earliest is None or isinstance(meaning, Open):
            return
        if isinstance(meaning, Day | Month | Numeric | Weekday | Named | DayOf):
            self.dated = (item, interval)
        if item.role == "dateline":
            return
        size = "year" if interval.latest is None else _size(interval.earliest, interval.latest)
        if item.role == "event":
            self.told["event " + size] = (item, interval)
        elif not any(key.startswith("event") for key in self.told):
            self.told[size] = (item, interval)
        self._add_year(item, interval.earliest)

    def _add_year(self, item: Found, earliest: date) -> None:
        """Remember a time of another year, which the dates after it are near."""
        meaning, base = item.phrase.meaning, self.whole.base
        if isinstance(meaning, Range):
            meaning = meaning.last
        if base is None or not isinstance(meaning, Day | Month | Numeric | Year):
            return
        if isinstance(meaning, Year) and not self.story:
            # "In 2013, on September 4": within the sentence.
            near_by = [n for n in self._others(item) if isinstance(n.phrase.meaning, Day | Month)]
            if meaning.year >= base.year or not near_by or item.phrase.rule != "year":
                return
        elif meaning.year is None and not self.story:
            return
        far = abs((base - earliest).days) > OLD if self.story else (base - earliest).days > OLD
        if self.story and not isinstance(meaning, Year) and meaning.year is None:
            far = self.old is not None
        if isinstance(meaning, Year):
            # The dates of a year are near its middle.
            earliest = earliest.replace(month=7, day=2)
        self.old = (item, earliest) if far else None

    def _others(self, item: Found) -> Sequence[Found]:
        """Give the times that follow one in its sentence."""
        k = bisect_left(self.by_sentence, item.sentence)
        same = self.found[k : bisect_left(self.by_sentence, item.sentence + 1)]
        return [n for n in same if n.start > item.start]

    def _comes(self, item: Found) -> bool:
        """Tell whether "comes" leads to "a day after", so that what was told of last lies after the clause."""
        first = bisect_left(self.laid.starts, item.start)
        return any(self.laid.words[k].lower in COMES for k in range(max(first - 5, 0), first))

    def _plausible(self, item: Found, told: Interval | None) -> Interval | None:
        """Keep the time of an event unless what is counted from it would lie after the article."""
        base = self.whole.base
        if told is None or base is None or not self.whole.firm or item.future is not None:
            return told
        day = item.phrase.meaning.resolve(self.whole._replace(anchor=told)).earliest
        return None if day is not None and day > base else told

    def event_after(self, item: Found) -> Interval | None:
        """Find the time of the event that "two days after" counts from, in another sentence that tells of it."""
        asked = {name for word in self._clause(item) if (name := events(word)) is not None}
        best: tuple[int, Found] | None = None
        for name in asked:
            told = self._told.get(name, ([], []))
            k = bisect_left(told[0], item.sentence)
            before = told[1][k - 1 : k]
            # An earlier sentence goes before a later one.
            after = [n for n in told[1][k : k + 2] if n.sentence > item.sentence][:1]
            for other in before or after:
                distance = abs(item.sentence - other.sentence) + (0 if before else len(self.laid.firsts))
                if best is None or distance < best[0]:
                    best = (distance, other)
        if best is None:
            return None
        told_at = best[1].phrase.meaning.resolve(self.whole._replace(future=best[1].future is not None))
        return told_at if told_at.earliest is not None else None

    @cached_property
    def _told(self) -> dict[str, tuple[list[int], list[Found]]]:
        """Give for each event the times in whose sentences it is told of, and the numbers of the sentences."""
        told: dict[str, tuple[list[int], list[Found]]] = {}
        for item in self.found:
            phrase = item.phrase
            counted = phrase.rule in OF_EVENTS | {"anchored", "bare_year", "day_of_month"}
            if counted or item.role not in {"event", "named"} or isinstance(phrase.meaning, Open | Window):
                continue
            start, end = self.laid.bounds(item.sentence)
            names = (
                {events(self.laid.words[k].lower) for k in range(start, end)}
                if end - start < LONGEST
                else set()
            )
            for name in names - {None}:
                numbers, items = told.setdefault(name or "", ([], []))
                if numbers[-1:] != [item.sentence]:
                    numbers.append(item.sentence)
                    items.append(item)
        return told

    def _clause(self, item: Found) -> list[str]:
        """Give the words after "two days after", up to the end of the clause."""
        laid = self.laid
        first = bisect_left(laid.starts, item.end)
        words: list[str] = []
        for k in range(first, min(first + CLAUSE, len(laid.words))):
            low = laid.words[k].lower
            if low in ENDS or laid.opens[k] or (not words and (low in NEW or low[0].isdigit())):
                # "A day after a blast" tells of another one.
                break
            if low in OTHER:
                return []
            words.append(low)
        return words


def _size(earliest: date, latest: date) -> str:
    """Tell how long an interval is: a few days, up to a month, up to a quarter, or more."""
    days = (latest - earliest).days
    return "day" if days <= 3 else "month" if days <= 31 else "quarter" if days <= 92 else "year"


def _is_story(found: Sequence[Found], base: date | None) -> bool:
    """Tell whether a text tells of other years than its own, and of nothing beside its own day."""
    if base is None:
        return False
    others = 0
    for item in found:
        meaning = item.phrase.meaning
        if item.role == "dateline":
            continue
        if isinstance(meaning, Open):
            meaning = meaning.of
        if isinstance(meaning, Range):
            meaning = meaning.first
        if isinstance(meaning, Weekday | Span):
            return False
        counts = isinstance(meaning, Moved) and not meaning.anchored and meaning.of is None
        # "Today" alone also means "in our time".
        if counts and getattr(meaning, "count", None) != 0:
            return False
        if isinstance(meaning, Day | Month | Numeric | Year) and meaning.year is not None:
            others += meaning.year != base.year
        others += isinstance(meaning, Decade)
    return others >= STORY
