"""The movable feasts of the news: on which civil dates a year has them.

*Finds* nothing in texts: `feast("islamic 9 1", 2017)` gives the days on which a year has the first of Ramadan.
*Leaves alone* feasts on a fixed date or on the nth weekday of a month: those are fields of the lexicon.
*Marks* each day as the civil date of its daylight; feasts that begin at sunset began the evening before.

How each is counted:

- `easter`: Meeus, Jones and Butcher's rule for the western churches; `orthodox`: Meeus's rule for the Julian
  calendar, moved to the civil one (J. Meeus, *Astronomical Algorithms*, chapter 8).
- `passover` and the Jewish new year: the four postponements of the fixed Hebrew calendar (N. Dershowitz and
  E. Reingold, *Calendrical Calculations*). These are exact.
- Moons: the time of the new moon by the main terms of Meeus's chapter 49, good to a few minutes.
- `islamic`: a month begins on the day after the one on whose evening the new moon is at least some six hours
  old at Mecca. That gives the calendar of Saudi Arabia for most months; where a country waits to see the moon,
  its month begins a day later. So the days are given as ambiguous.
- `lunar new year`: the day of the new moon, in China's time, from 21 January to 20 February.
- `diwali`: the evening before the new moon from mid-October to mid-November, in India's time; calendars of
  single states can differ by a day, so it is given as ambiguous.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from math import floor, radians, sin

__all__ = ["UNSURE", "easter", "feast"]

UNSURE = frozenset({"islamic", "diwali"})
"""The feasts that may lie a day later than counted."""

FIRST_YEAR, LAST_YEAR = 10, 9990
MONTH = 29.530588861
"""Mean days from one new moon to the next."""
FIRST_MOON = datetime(2000, 1, 6, 14, 20)
"""The mean new moon that the others are counted from."""
FIRST_MUHARRAM = 3, 1421
"""The new moon, so counted, with which an Islamic year begins, and that year."""
HEBREW_EPOCH = -1373427
"""The ordinal that the days of the Hebrew calendar are counted from."""


def feast(name: str, year: int) -> tuple[date, ...]:
    """Give the days of a feast in a civil year: one as a rule, of an Islamic one sometimes two.

    >>> [str(day) for day in feast("islamic 10 1", 2017)]
    ['2017-06-25']
    >>> [str(day) for day in feast("lunar new year", 2017)]
    ['2017-01-28']

    Args:
        name: "easter", "orthodox", "passover", "jewish new year", "lunar new year", "diwali", or
            "islamic" with the month and day, or "islamic eid" for both feasts of that name.
        year: the civil year.

    Returns:
        The days; none outside the years 10 to 9990, at the ends of the calendar.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return ()
    if name == "easter":
        return (easter(year),)
    if name == "orthodox":
        return (_orthodox(year),)
    if name == "passover":
        # The new year follows the first day of Passover by 163 days, whatever the year.
        return (_jewish_new_year(year) - timedelta(days=163),)
    if name == "jewish new year":
        return (_jewish_new_year(year),)
    if name == "lunar new year":
        return _moons_from(datetime(year, 1, 21), timedelta(hours=8))
    if name == "diwali":
        # The lamps are lit on the evening on which the moon is not yet new, or new by then.
        return _moons_from(datetime(year, 10, 17), timedelta(hours=5.5 - 18.5))
    if name == "islamic eid":
        # "Eid" alone is either of the two.
        return tuple(sorted(_islamic(year, 10, 1) + _islamic(year, 12, 10)))
    month, day = map(int, name.split()[1:])
    return _islamic(year, month, day)


def easter(year: int) -> date:
    """Give the day of Easter in the western churches (Meeus, Jones and Butcher).

    >>> easter(2017)
    datetime.date(2017, 4, 16)
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _orthodox(year: int) -> date:
    """Give the day of Easter in the eastern churches (Meeus's Julian rule)."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)


def _jewish_new_year(year: int) -> date:
    """Give the first day of the Jewish year that begins in the autumn of a civil year."""
    return date.fromordinal(HEBREW_EPOCH + _hebrew_days(year + 3761))


def _hebrew_days(year: int) -> int:
    """Count the days from the Hebrew epoch to the new year of a Hebrew year."""

    def molad(of: int) -> int:
        months = (235 * of - 234) // 19
        parts = 12084 + 13753 * months
        day = 29 * months + parts // 25920
        return day + 1 if 3 * (day + 1) % 7 < 3 else day

    before, here, after = molad(year - 1), molad(year), molad(year + 1)
    if after - here == 356:
        return here + 2
    return here + 1 if here - before == 382 else here


def _islamic(year: int, month: int, day: int) -> tuple[date, ...]:
    """Give the civil dates, within a civil year, of a day of an Islamic month."""
    first, of = FIRST_MUHARRAM
    around = of + floor((year - 2000) * 365.2425 / (12 * MONTH))
    found = (_moon_seen(first + 12 * (k - of) + month - 1) for k in range(around - 1, around + 3))
    days = (start + timedelta(days=day - 1) for start in found)
    return tuple(each for each in days if each.year == year)


@lru_cache(maxsize=4096)
def _moon_seen(number: int) -> date:
    """Give the first day of the Islamic month of a new moon."""
    return (_new_moon(number) + timedelta(hours=13.5)).date() + timedelta(days=1)


def _moons_from(start: datetime, zone: timedelta) -> tuple[date, ...]:
    """Give the civil date of the first new moon from a day on, in a time zone."""
    number = floor((start - FIRST_MOON).days / MONTH) - 1
    moons = ((_new_moon(k) + zone).date() for k in range(number, number + 4))
    return (next(day for day in moons if day >= start.date()),)


def _new_moon(number: int) -> datetime:
    """Give the time of a new moon, counted from that of 6 January 2000."""
    t = number / 1236.85
    mean = FIRST_MOON + timedelta(days=MONTH * number + 0.00015437 * t * t)
    sun = radians(2.5534 + 29.10535670 * number)
    moon = radians(201.5643 + 385.81693528 * number + 0.0107582 * t * t)
    node = radians(160.7108 + 390.67050284 * number - 0.0016118 * t * t)
    off = (
        -0.40720 * sin(moon)
        + 0.17241 * sin(sun)
        + 0.01608 * sin(2 * moon)
        + 0.01039 * sin(2 * node)
        + 0.00739 * sin(moon - sun)
        - 0.00514 * sin(moon + sun)
        + 0.00208 * sin(2 * sun)
        - 0.00111 * sin(moon - 2 * node)
        - 0.00057 * sin(moon + 2 * node)
    )
    return mean + timedelta(days=off)
