"""What times mean that count from others: moved, spanning, open at one end, from one to another.

*Finds* nothing in texts: `times_phrases` reads an expression into a meaning, such as
`Span("week", -1)`, `Moved("day", 3, anchored=True)` or `Range(Month(8, 2014), Month(7, 2017))`.
*Leaves alone* what cannot be counted: `Vague()` ("in recent weeks") has no dates.
*Marks* by `meaning.resolve(context)` an interval, both ends included; an open or unknown end is None.

"two weeks ago", "two months ago" and "two years ago" are the calendar week, month and year of that day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from casualty_extract.times_calendar import NOWHEN, Grain, Interval, Part, around, shift, third
from casualty_extract.times_meanings import Context, Meaning, floats

__all__ = [
    "LongWeekend",
    "Moved",
    "Nth",
    "Open",
    "Portion",
    "Range",
    "Span",
    "Then",
    "Vague",
    "Window",
    "Within",
    "turned",
]


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit counted from the day of the article or from the time told of before.

    "yesterday" is (day, -1, base), "two weeks ago" (week, -2, base), "the same day" (day, 0, anchor),
    "three days later" (day, 3, anchor), "two days after July 4" (day, 2, of=July 4). `turns` marks "a
    day after" before a clause: it dates that clause where the sentence has a time of its own. `within`
    gives the unit of the day reached, where it is not the one counted: "two years ago today" is a day.
    """

    unit: str
    count: int | None
    anchored: bool = False
    of: Meaning | None = None
    turns: bool = False
    within: str | None = None

    def resolve(self, context: Context) -> Interval:
        """Give the calendar unit that holds the day counted."""
        unit = self.within or self.unit
        grain: Grain = "day" if unit in {"day", "hour", "weekday"} else around(date.min, unit).grain
        start = context.base
        if self.of is not None:
            start = self.of.resolve(context).earliest
        elif self.anchored and context.anchor is not None:
            start = context.anchor.earliest if (self.count or 0) <= 0 else context.anchor.latest
        elif self.anchored and ((self.count or 0) > 0 or self.turns):
            # "The next day" and "two days after the vote" count from a day that the text does not give.
            start = None
        if start is None or self.count is None:
            return Interval(None, None, grain)
        if self.unit == "hour":
            return around(shift(start, "day", int(self.count / 24)), "day")
        count = -self.count if self.turns else self.count
        return around(shift(start, self.unit, count), unit)


@dataclass(frozen=True, slots=True)
class Span:
    """A calendar week, month, year, weekend or night beside the one of the article.

    `which` counts: -1 is last, 0 this, 1 next, None the nearest in the past. `side` cuts it at the day
    of the article: "so_far" ends there ("this week", "earlier this year"), "rest" starts there.
    """

    unit: str
    which: int | None = 0
    side: Literal["so_far", "rest"] | None = None
    part: Part | None = None
    anchored: bool = False

    def resolve(self, context: Context) -> Interval:
        """Give the calendar unit, or the part of it before or after the base."""
        base = context.base
        if self.anchored and context.anchor is not None and context.anchor.earliest is not None:
            base = context.anchor.earliest
        if self.unit in {"night", "weekend"}:
            return self._short(base, context)
        grain = around(date(2000, 1, 1), self.unit).grain
        if base is None:
            return Interval(None, None, "interval" if self.part else grain)
        whole = around(shift(base, self.unit, self.which or 0), self.unit)
        if self.part is not None:
            return third(whole, self.part)
        if self.side == "so_far" and context.firm and not self.anchored:
            return whole._replace(latest=base)
        if self.side == "rest" and context.firm and not self.anchored:
            return whole._replace(earliest=base)
        return whole

    def _short(self, base: date | None, context: Context) -> Interval:
        if base is None:
            return NOWHEN
        if self.unit == "night":
            return Interval(shift(base, "day", -1), base, "interval")
        saturday = shift(base, "day", -((base.weekday() - 5) % 7))
        running = base.weekday() >= 5
        if self.which == -1:
            saturday = shift(saturday, "day", -7 * running)
        elif self.which == 1 or (context.future and not running):
            saturday = shift(saturday, "day", 7)
        return Interval(saturday, shift(saturday, "day", 1), "interval")


@dataclass(frozen=True, slots=True)
class Window:
    """Units up to (or from) a day: "the past three months", "the 24 hours to Monday", "the next week"."""

    unit: str
    count: int | None
    ahead: bool = False
    end: Meaning | None = None

    def resolve(self, context: Context) -> Interval:
        """Give the dates from the start of the window to its end; hours count the day before."""
        base = context.base if self.end is None else self.end.resolve(context).latest
        if base is None or self.count is None:
            return NOWHEN
        unit, count = self.unit, self.count
        if unit == "hour":
            unit, count = "day", -(-count // 24)
        if self.ahead and self.end is not None:
            # "The week beginning May 1" holds seven days.
            start = self.end.resolve(context).earliest
            return (
                NOWHEN
                if start is None
                else Interval(start, shift(shift(start, unit, count), "day", -1), "interval")
            )
        if self.ahead:
            return Interval(base, shift(base, unit, count), "interval")
        if self.end is None or self.unit == "hour":
            return Interval(shift(base, unit, -count), base, "interval")
        # Periods that end on a stated day are whole ones: the quarter that ended on June 30 began in April.
        return Interval(shift(shift(base, "day", 1), unit, -count), base, "interval")


@dataclass(frozen=True, slots=True)
class Portion:
    """Counted units at one end of a period: "the first quarter of 2016", "the last week of July"."""

    of: Meaning
    unit: str
    index: int
    count: int = 1

    def resolve(self, context: Context) -> Interval:
        """Give the units; an index below zero counts from the end of the period."""
        whole = self.of.resolve(context)
        if whole.earliest is None or whole.latest is None:
            return NOWHEN
        unit, size = ("month", 6) if self.unit == "half" else (self.unit, 1)
        if self.index < 0:
            after = shift(whole.latest, "day", 1)
            start = shift(after, unit, size * (self.index - self.count + 1))
            end = shift(after, unit, size * (self.index + 1)) - timedelta(days=1)
            return Interval(start, end, "day" if start == end else "interval", whole.ambiguous)
        start = shift(whole.earliest, unit, size * self.index)
        end = shift(start, unit, size * self.count) - timedelta(days=1)
        return Interval(start, end, "day" if start == end else "interval", whole.ambiguous)


@dataclass(frozen=True, slots=True)
class Nth:
    """A weekday of a period: "the last Friday of Ramadan", "the first Sunday of the year"."""

    of: Meaning
    weekday: int
    index: int

    def resolve(self, context: Context) -> Interval:
        """Give the day, if the period has it."""
        whole = self.of.resolve(context)
        if whole.earliest is None or whole.latest is None:
            return Interval(None, None, "day")
        first = shift(whole.earliest, "day", (self.weekday - whole.earliest.weekday()) % 7)
        last = shift(whole.latest, "day", -((whole.latest.weekday() - self.weekday) % 7))
        day = shift(first, "week", self.index) if self.index >= 0 else shift(last, "week", self.index + 1)
        inside = whole.earliest <= day <= whole.latest
        return Interval(day, day, "day", whole.ambiguous) if inside else Interval(None, None, "day")


@dataclass(frozen=True, slots=True)
class LongWeekend:
    """The weekend beside a named day: "Memorial Day weekend" from Saturday to Monday."""

    of: Meaning

    def resolve(self, context: Context) -> Interval:
        """Give the nearest Saturday and Sunday, and the days from there to the named day."""
        day = self.of.resolve(context).earliest
        if day is None:
            return NOWHEN
        # Monday and Tuesday belong to the weekend before them, the others to the one after.
        saturday = shift(day, "day", 5 - day.weekday() - (7 if day.weekday() < 2 else 0))
        sunday = shift(saturday, "day", 1)
        return Interval(min(day, saturday), max(day, sunday), "interval")


@dataclass(frozen=True, slots=True)
class Within:
    """A partial date in a year that is given beside it: "March last year", "3 May of that year"."""

    part: Meaning
    year: Meaning

    def resolve(self, context: Context) -> Interval:
        """Give the date in that year."""
        told = self.year.resolve(context).earliest
        if told is None:
            grain = self.part.resolve(Context()).grain
            return Interval(None, None, grain)
        if isinstance(self.part, Moved) and context.base is not None:
            # "This day in 1995".
            return around(shift(context.base, "year", told.year - context.base.year), self.part.unit)
        return self.part.resolve(Context(base=date(told.year, 12, 31)))


@dataclass(frozen=True, slots=True)
class Then:
    """The time told of before: "since then", "by then"."""

    def resolve(self, context: Context) -> Interval:
        """Give that time, if any was told of."""
        return context.anchor or NOWHEN


@dataclass(frozen=True, slots=True)
class Range:
    """From one time to another: "from August 2014 to July 2017", "between 3 and 7 May"."""

    first: Meaning
    last: Meaning

    def resolve(self, context: Context) -> Interval:
        """Give the dates from the start of the first to the end of the last.

        A first time without a year is the nearest before the last one, and the other way round.
        """
        opening = self.first.resolve(context)
        ahead = context.soon and context.base is not None and (opening.earliest or date.min) > context.base
        if floats(self.last) and (ahead or not floats(self.first)) and opening.earliest is not None:
            closing = self.last.resolve(Context(base=opening.earliest, future=True))
        else:
            closing = self.last.resolve(context)
            if floats(self.first) and closing.latest is not None:
                opening = self.first.resolve(Context(base=closing.latest))
        doubtful = opening.ambiguous or closing.ambiguous
        if opening.earliest is not None and closing.latest is not None and opening.earliest > closing.latest:
            return NOWHEN
        return Interval(opening.earliest, closing.latest, "interval", doubtful)


@dataclass(frozen=True, slots=True)
class Open:
    """A time with one end: "since 2014" ends with the article, "until March" and "by Friday" start nowhere."""

    of: Meaning
    side: Literal["since", "until", "before"]

    def resolve(self, context: Context) -> Interval:
        """Give the interval; its open end is None, or the day of publication after "since"."""
        if self.side == "since":
            context = context._replace(future=False, soon=False)
        elif self.side == "until":
            # "Closed until September 10" in a story of September 1 lies ahead, whatever the verb.
            context = context._replace(soon=True)
        bound = self.of.resolve(context)
        if self.side == "since":
            told = context.base if context.firm else None
            if told is not None and bound.earliest is not None and told < bound.earliest:
                told = None
            return Interval(bound.earliest, told, "interval", bound.ambiguous)
        latest = bound.latest
        if self.side == "before":
            latest = None if bound.earliest is None else shift(bound.earliest, "day", -1)
        return Interval(None, latest, "interval", bound.ambiguous)


@dataclass(frozen=True, slots=True)
class Vague:
    """A time that gives no dates: "in recent weeks", "months ago"."""

    def resolve(self, context: Context) -> Interval:
        """Give an interval without ends."""
        return NOWHEN


def turned(meaning: Meaning, turns: bool) -> Meaning:
    """Tell a "two days after" whether it dates its own clause or the clause that follows it."""
    return replace(meaning, turns=turns) if isinstance(meaning, Moved) else meaning
