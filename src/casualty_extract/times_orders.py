"""Dates in figures, and in which order a text writes them: the day first or the month.

*Finds* the order in the dates that can be read one way only ("25/12/2016"), else in the publisher: those of
the lexicon, American ones, write the month first, whether named as the publisher or in the dateline "(AP)".
*Leaves alone* dates whose month is named.
*Marks* "DMY", "MDY" or nothing; without an order the day goes first. `Numeric` is the meaning of one date,
which a weekday, a month named near or the day of the article settle before the order does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from casualty_extract.times_calendar import Interval, on
from casualty_extract.times_meanings import Context, Meaning
from casualty_extract.times_words import is_month_first

__all__ = ["Numeric", "order_of", "shown"]

HEAD = 400
"""In how many characters the agency of a dateline stands."""
CREDIT = 30
"""How long the name of an agency in brackets may be."""
FRESH = 92
"""For how many days back a date in figures is read as lately past, where its other reading lies ahead."""


@dataclass(frozen=True, slots=True)
class Numeric:
    """A date in figures of which the first two may be day or month: "01/09/2017", "Sunday 27/8"."""

    first: int
    second: int
    year: int | None
    weekday: int | None = None

    @property
    def order(self) -> Literal["DMY", "MDY"] | None:
        """The only possible order, or None where both are possible."""
        if self.first > 12:
            return "DMY"
        return "MDY" if self.second > 12 else None

    def resolve(self, context: Context) -> Interval:
        """Give the day, by the only possible reading, by what else the text says, or by the order."""
        if self.year is None:
            return self._yearless(context)
        dmy, mdy = on(self.year, self.second, self.first), on(self.year, self.first, self.second)
        if dmy is None or mdy is None or dmy == mdy:
            only = dmy or mdy
            return Interval(only, only, "day")
        if self.weekday is not None and (dmy.weekday() == self.weekday) != (mdy.weekday() == self.weekday):
            right = dmy if dmy.weekday() == self.weekday else mdy
            return Interval(right, right, "day")
        if context.firm and context.base in (dmy, mdy):
            return Interval(context.base, context.base, "day")
        if (dmy.month in context.named) != (mdy.month in context.named):
            right = dmy if dmy.month in context.named else mdy
            return Interval(right, right, "day")
        if context.firm and context.base is not None and not context.future:
            early, late = sorted((dmy, mdy))
            if early <= context.base < late and (context.base - early).days <= FRESH:
                # In a story of 3 May, 02/05 is the day before and not 5 February of the past or next year.
                return Interval(early, early, "day")
        if context.order in {"DMY", "MDY"}:
            right = mdy if context.order == "MDY" else dmy
            return Interval(right, right, "day")
        likely = dmy
        if context.order is None and context.base is not None and mdy <= context.base < dmy:
            likely = mdy
        return Interval(likely, likely, "day", ambiguous=True)

    def _yearless(self, context: Context) -> Interval:
        """Give the day nearest to the article's that falls on the weekday, the day before the month."""
        if context.base is None:
            return Interval(None, None, "day")
        found: list[date] = []
        for day, month in ((self.first, self.second), (self.second, self.first)):
            years = (context.base.year + step for step in (0, -1, 1))
            found += [d for y in years if month <= 12 and (d := on(y, month, day, self.weekday)) is not None]
        base = context.base
        nearest = min(found, key=lambda d: abs((d - base).days), default=None)
        return Interval(nearest, nearest, "day")


def order_of(meanings: Iterable[Meaning], text: str, publisher: str | None) -> Literal["DMY", "MDY"] | None:
    """Tell in which order a text writes dates in figures.

    >>> order_of([], "KABUL, Jan 3 (AP) - A bomb killed six.", None)
    'MDY'
    """
    found = shown(meanings)
    if found is None and (is_month_first(publisher or "") or any(map(is_month_first, _credits(text[:HEAD])))):
        return "MDY"
    return found


def shown(meanings: Iterable[Meaning]) -> Literal["DMY", "MDY"] | None:
    """Read from the dates in figures that can be read one way only how the others are meant."""
    orders = {meaning.order for meaning in meanings if isinstance(meaning, Numeric)} - {None}
    return orders.pop() if len(orders) == 1 else None


def _credits(text: str) -> Iterable[str]:
    """Give the short names in brackets."""
    for piece in text.split("(")[1:]:
        name, closed, _ = piece.partition(")")
        if closed and len(name) <= CREDIT:
            yield name
