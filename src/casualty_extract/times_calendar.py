"""Calendar arithmetic: intervals of civil dates and the calendar units around a day.

*Finds* nothing in texts: it moves dates (`shift`), gives the week, month, quarter, year or decade of a
day (`around`) and cuts periods (`third`).
*Leaves alone* clock times and time zones: all dates are civil dates.
*Marks* each interval with its grain ("day", "week", "month", "season", "year", "multi_year",
"interval") and with whether it could be read otherwise.

Choices where usage is loose: early, mid and late are thirds (of a month: 1-10, 11-20, 21-end; of a
year: four months each; of a decade: 0-4, 4-6, 5-9); weeks run from Monday to Sunday.
"""

from __future__ import annotations

import calendar
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal, NamedTuple

__all__ = ["NOWHEN", "Grain", "Interval", "Part", "around", "months", "on", "shift", "third"]

Grain = Literal["day", "week", "month", "season", "year", "multi_year", "interval"]
Part = Literal["early", "mid", "late"]


class Interval(NamedTuple):
    """Civil dates from `earliest` to `latest`, both included; None is open or unknown."""

    earliest: date | None
    latest: date | None
    grain: Grain
    ambiguous: bool = False


NOWHEN = Interval(None, None, "interval")


def shift(start: date, unit: str, count: int) -> date:
    """Move a date by days, weeks, months, years or decades, inside the calendar and the month.

    >>> shift(date(2017, 3, 31), "month", -1)
    datetime.date(2017, 2, 28)
    """
    if unit in {"day", "week"}:
        days = start.toordinal() + count * (7 if unit == "week" else 1)
        return date.fromordinal(min(max(days, 1), date.max.toordinal()))
    months = (
        start.year * 12
        + start.month
        - 1
        + count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    )
    year = min(max(months // 12, MINYEAR), MAXYEAR)
    month = months % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def around(day: date, unit: str) -> Interval:
    """Give the calendar day, week, month, quarter, year or decade of a day.

    >>> around(date(2017, 9, 1), "week")[:2]
    (datetime.date(2017, 8, 28), datetime.date(2017, 9, 3))
    """
    if unit == "week":
        monday = shift(day, "day", -day.weekday())
        return Interval(monday, shift(monday, "day", 6), "week")
    if unit == "month":
        return months(day.year, day.month, 1, "month")
    if unit == "quarter":
        return months(day.year, day.month - (day.month - 1) % 3, 3, "interval")
    if unit == "year":
        return months(day.year, 1, 12, "year")
    if unit == "decade":
        return months(max(day.year - day.year % 10, 1), 1, 120, "multi_year")
    return Interval(day, day, "day")


def third(whole: Interval, part: Part | None) -> Interval:
    """Cut the first, middle or last third out of a month, year, decade or any other interval."""
    first, last = whole.earliest, whole.latest
    if part is None or first is None or last is None or first == last:
        return whole
    if whole.grain == "month":
        cuts = {"early": (1, 10), "mid": (11, 20), "late": (21, last.day)}[part]
        return Interval(first.replace(day=cuts[0]), first.replace(day=cuts[1]), "interval")
    if whole.grain == "year":
        return months(first.year, {"early": 1, "mid": 5, "late": 9}[part], 4, "interval")
    if whole.grain == "multi_year" and last.year - first.year == 9:
        years = {"early": (0, 4), "mid": (4, 6), "late": (5, 9)}[part]
        return Interval(
            first.replace(year=first.year + years[0]), last.replace(year=first.year + years[1]), "interval"
        )
    length = (last - first).days + 1
    start = {"early": 0, "mid": length // 3, "late": length - length // 3}[part]
    end = {"early": length // 3, "mid": length - length // 3, "late": length}[part]
    return Interval(shift(first, "day", start), shift(first, "day", max(end - 1, start)), "interval")


def months(year: int, month: int, count: int, grain: Grain) -> Interval:
    """Give a run of whole months.

    >>> months(2016, 12, 3, "season")[:2]
    (datetime.date(2016, 12, 1), datetime.date(2017, 2, 28))
    """
    first = date(min(max(year, MINYEAR), MAXYEAR - 101), month, 1)
    return Interval(first, shift(first, "month", count) - timedelta(days=1), grain)


def on(year: int, month: int, day: int, weekday: int | None = None) -> date | None:
    """Give a date, or None where there is none or where it falls on another weekday."""
    if not (
        MINYEAR <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    ):
        return None
    found = date(year, month, day)
    return found if weekday is None or found.weekday() == weekday else None
