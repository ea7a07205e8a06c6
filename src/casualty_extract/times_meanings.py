"""What dates mean: each meaning gives its civil dates from what it may count from.

*Finds* nothing in texts: `times_phrases` reads an expression into a meaning, such as `Day(3, 14)`,
`Month(7, 2017)`, `Weekday(4)` or `Season(6)`.
*Leaves alone* how dates relate to others ("two days later", "since"): see `times_relations`.
*Marks* by `meaning.resolve(context)` an interval, both ends included; an unknown end is None.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import Literal, NamedTuple, Protocol

from casualty_extract.times_calendar import Interval, Part, around, months, on, shift, third
from casualty_extract.times_feasts import UNSURE, feast

__all__ = [
    "Context",
    "Day",
    "DayOf",
    "Decade",
    "Meaning",
    "Month",
    "Named",
    "Period",
    "Season",
    "Weekday",
    "Year",
    "floats",
]

MONTH, YEAR = 31, 365
LATELY = 62
"""For how many days back a date is of the article's own year, beside dates of other years."""
SOON = 60
"""For how many days ahead a date without a year is meant where no past verb stands with it."""


class Context(NamedTuple):
    """What an expression may count from.

    Attributes:
        base: the day of the article, which "yesterday" and "Friday" count from.
        firm: whether `base` is the day of publication, so that the past lies before it; otherwise
            it is a day that the article tells of, and the nearest date is meant.
        anchor: the time told of before, which "the same day" and "a day earlier" count from.
        inline: whether the anchor stands in the same sentence.
        near: a day of another year that the text has just named; partial dates are near it.
        year: the only year that the article names.
        future: whether the expression stands after "will" and the like.
        story: whether `near` is told in a narrative, which goes forward from there.
        soon: whether no past verb governs the expression, so that a day shortly ahead may be meant.
        order: how numeric dates are to be read where both ways are possible.
        named: the months that the article names in words.
    """

    base: date | None = None
    firm: bool = True
    anchor: Interval | None = None
    inline: bool = False
    near: date | None = None
    year: int | None = None
    future: bool = False
    story: bool = False
    soon: bool = False
    order: Literal["DMY", "MDY", "YMD"] | None = None
    named: frozenset[int] = frozenset()


class Meaning(Protocol):
    """What a time expression means before it is known what it counts from."""

    def resolve(self, context: Context) -> Interval:
        """Give the civil dates; unknown ends are None."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month: "March 14", "14 March 2017", "Tuesday, October 17th"."""

    month: int
    day: int
    year: int | None = None
    weekday: int | None = None

    def resolve(self, context: Context) -> Interval:
        """Give the day; without a year, the one that the context makes likely."""
        found: date | None = None
        if self.weekday is not None and self.year is None and context.base is not None:
            # A weekday tells the year better than the past does: "Sunday, Sept. 3" in a story of Sept. 1.
            years = (context.base.year + offset for offset in (0, -1, 1, -2))
            found = next((d for y in years if (d := on(y, self.month, self.day, self.weekday))), None)
        if found is None:
            found = _pick(lambda year: _days(on(year, self.month, self.day)), self.year, context)
        return Interval(found, found, "day")


@dataclass(frozen=True, slots=True)
class DayOf:
    """A day of a month that is named elsewhere: "the 14th", "Tuesday the 29th"."""

    day: int
    weekday: int | None = None

    def resolve(self, context: Context) -> Interval:
        """Give the day in the month told of before, else the nearest one that fits the weekday."""
        told = context.anchor.earliest if context.anchor is not None else None
        start = told if self.weekday is None else (context.base or told)
        if start is None:
            return Interval(None, None, "day")
        # Thirteen months reach over every weekday of a day of the month, but for the last ones.
        for moved in (0, *(0 if self.weekday is None else step for n in range(1, 14) for step in (-n, n))):
            month = shift(start.replace(day=1), "month", moved)
            found = on(month.year, month.month, self.day, self.weekday)
            if found is not None:
                return Interval(found, found, "day")
        return Interval(None, None, "day")


@dataclass(frozen=True, slots=True)
class Named:
    """A named day or feast: fixed, the nth weekday of a month (-1 is the last), or movable.

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

    def resolve(self, context: Context) -> Interval:
        """Give the days; without a year, those that the context makes likely."""
        first = _pick(self._in, self.year, context)
        if first is None:
            return Interval(None, None, "day" if self.days == 1 else "interval")
        last = shift(first, "day", self.days - 1)
        if self.until is not None:
            after = [d for year in (first.year, first.year + 1) for d in feast(self.until, year) if d > first]
            last = shift(min(after, default=first), "day", -1)
        unsure = self.feast is not None and self.feast.split()[0] in UNSURE
        return Interval(first, last, "day" if first == last else "interval", ambiguous=unsure)

    def _in(self, year: int) -> Sequence[date]:
        """Give its first days in a year."""
        if not MINYEAR <= year <= MAXYEAR:
            return ()
        if self.feast is not None:
            starts: Sequence[date] = feast(self.feast, year)
        elif self.month is not None and self.nth is not None and self.weekday is not None:
            first, length = monthrange(year, self.month)
            days = range(1 + (self.weekday - first) % 7, length + 1, 7)
            starts = (date(year, self.month, days[self.nth if self.nth < 0 else self.nth - 1]),)
        else:
            starts = _days(on(year, self.month or 1, self.day or 1))
        return [shift(start, "day", self.after) for start in starts]


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday: "Friday", "last Friday" (which = -1), "this Friday" (0), "next Friday" (1).

    Of other counts, -2 is "the Friday before last"; "the following Friday" is anchored.
    """

    number: int
    which: int | None = None
    week: Meaning | None = None
    anchored: bool = False

    def resolve(self, context: Context) -> Interval:
        """Give the day: in the past the nearest not after the base, or the one of a given week."""
        if self.week is not None:
            monday = self.week.resolve(context).earliest
            found = None if monday is None else shift(monday, "day", self.number)
            return Interval(found, found, "day")
        base = context.base
        if self.anchored and context.anchor is not None:
            base = context.anchor.latest if self.which == 1 else context.anchor.earliest
        if base is None:
            return Interval(None, None, "day")
        back = (base.weekday() - self.number) % 7
        if self.which is not None and self.which < 0:
            days = -(back or 7) + 7 * (self.which + 1)
        elif self.which == 1:
            days = 7 - back
        elif self.which == 0:
            days = self.number - base.weekday()
        elif context.future:
            days = (7 - back) % 7
        else:
            days = -back if context.firm or back <= 3 else 7 - back
        found = shift(base, "day", days)
        return Interval(found, found, "day")


@dataclass(frozen=True, slots=True)
class Month:
    """A month: "July", "July 2017", "last July" (which = -1)."""

    month: int
    year: int | None = None
    which: int | None = None
    part: Part | None = None

    def resolve(self, context: Context) -> Interval:
        """Give the month or a third of it; without a year, the one that the context makes likely."""
        base = context.base
        if base is not None and self.which is not None and self.year is None:
            year = base.year + self.which * (self.month * self.which <= base.month * self.which)
            return third(months(year, self.month, 1, "month"), self.part)
        found = _pick(lambda year: _days(on(year, self.month, 1)), self.year, context)
        if found is None:
            return Interval(None, None, "month")
        return third(around(found, "month"), self.part)


@dataclass(frozen=True, slots=True)
class Season:
    """A season by its first month, in meteorological quarters: "summer 2016", "last winter"."""

    month: int
    year: int | None = None
    which: int | None = None

    def resolve(self, context: Context) -> Interval:
        """Give the three months; winter is named after the year in which it begins."""
        base = context.base
        if base is not None and self.year is None:
            year = base.year if date(base.year, self.month, 1) <= base else base.year - 1
            running = months(year, self.month, 3, "season")
            coming = months(year + 1, self.month, 3, "season")
            if self.which is None and (context.soon or context.future) and coming.earliest is not None:
                # "It is to reopen in the summer", in spring.
                year += 0 < (coming.earliest - base).days <= SOON
            if self.which == -1 and running.latest is not None and base <= running.latest:
                year -= 1
            elif self.which == 1 or (
                self.which == 0 and running.latest is not None and running.latest < base
            ):
                year += 1
            return months(year, self.month, 3, "season")
        year_known = self.year or context.year
        return (
            Interval(None, None, "season")
            if year_known is None
            else months(year_known, self.month, 3, "season")
        )


@dataclass(frozen=True, slots=True)
class Year:
    """A year, or a third of it: "2016", "late 2016"."""

    year: int
    part: Part | None = None

    def resolve(self, context: Context) -> Interval:
        """Give the year."""
        return third(months(self.year, 1, 12, "year"), self.part)


@dataclass(frozen=True, slots=True)
class Period:
    """A period with a name of its own: "World War II"."""

    earliest: date
    latest: date

    def resolve(self, context: Context) -> Interval:
        """Give its dates."""
        return Interval(self.earliest, self.latest, "interval")


@dataclass(frozen=True, slots=True)
class Decade:
    """Ten or a hundred years: "the 1990s", "the late 1980s", "the 1800s"."""

    start: int
    length: int = 10
    part: Part | None = None

    def resolve(self, context: Context) -> Interval:
        """Give the years."""
        return third(months(self.start, 1, 12 * self.length, "multi_year"), self.part)


def floats(meaning: Meaning) -> bool:
    """Tell whether a meaning takes its year or week from elsewhere."""
    if isinstance(meaning, Weekday):
        return meaning.which is None and meaning.week is None
    if isinstance(meaning, Month | Season):
        return meaning.year is None and meaning.which is None
    return isinstance(meaning, Day | Named) and meaning.year is None


def _days(day: date | None) -> Sequence[date]:
    return () if day is None else (day,)


def _pick(in_year: Callable[[int], Sequence[date]], year: int | None, context: Context) -> date | None:
    """Choose the year of a partial date."""
    if year is not None:
        return next(iter(in_year(year)), None)
    near = context.near or (None if context.firm else context.base)
    base = context.base
    if near is not None:
        found = [d for y in (near.year - 1, near.year, near.year + 1) for d in in_year(y)]
        # A narrative goes back a little, and forward by months.
        back = 3 if context.story and context.near is not None else 1
        told = min(
            found, key=lambda d: (d - near).days if d >= near else back * (near - d).days, default=None
        )
        if context.near is None or base is None or told is None or abs((told - near).days) <= MONTH:
            return told
        # Beside a date of long ago, one of the last weeks is still of this year.
        late = [d for y in (base.year - 1, base.year) for d in in_year(y) if 0 <= (base - d).days <= LATELY]
        return max(late, default=None) or _soon(in_year, context) or told
    if base is None:
        return next(iter(in_year(context.year)), None) if context.year is not None else None
    ahead = _soon(in_year, context)
    if ahead is not None:
        return ahead
    # Nine years reach from one 29 February to the next, also across 1900, and over every weekday of a date.
    for back in range(9):
        candidates = in_year(base.year + back if context.future else base.year - back)
        fit = [d for d in candidates if (d >= base if context.future else d <= base)]
        if fit:
            return min(fit) if context.future else max(fit)
    return None


def _soon(in_year: Callable[[int], Sequence[date]], context: Context) -> date | None:
    """Give a day shortly ahead, where no past verb stands with it and none of this year lies behind.

    "A debate on 15 October" in a story of 12 October: the one of last year would be told with its year.
    """
    base = context.base
    if base is None or not context.soon:
        return None
    ahead = [d for y in (base.year, base.year + 1) for d in in_year(y) if 0 < (d - base).days <= SOON]
    past = [d for y in (base.year - 1, base.year) for d in in_year(y) if 0 <= (base - d).days < YEAR - SOON]
    return min(ahead) if ahead and not past else None
