"""Which incidents of an archive are compared at all: those that share a few days and a place, or a telling figure.

An incident is kept under keys, and asks for those under the keys that it could share. An exact one (days and town
known) meets its likes of the days around in the cells of the map around; one that knows only a country, or whose
cause harms wide areas, meets those of the country on these days; one of a month or a year meets those of the town in
that year with its cause or figure; one without a day, or without a place, those with its very figure, or of its town and cause in the week before; and
those that name a victim meet by the name. So the cost grows with the number of articles about one event, and not
with the square of the archive.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casualty_extract.linking_signs import NEWS, TELLING, WIDE, Signs

__all__ = ["MOST", "asked", "kept"]

Key = tuple[object, ...]

DAYS = 2
"""Days in a bucket; with the buckets around, incidents up to two days apart meet."""
CELL = 0.5
"""Degrees of a cell of the map; with the cells around, towns up to 28 kilometres apart meet at 60 degrees north."""
EXACT = 7
"""Intervals of so many days more at most are exact."""
LONG = 800
"""Intervals of more days tell nothing."""
MOST = 60
"""So many incidents of one key are compared with one: where there are more, those of the nearest cause and figure."""


def kept(signs: Signs) -> list[Key]:
    """Give the keys under which an incident is kept.

    >>> from casualty_extract import extract
    >>> from casualty_extract.linking_signs import read
    >>> [signs] = read(extract("A bomb killed 12 people in Mosul on Friday.", published="2017-09-03"))
    >>> for key in kept(signs): print(key)
    ('day', 368286, 72, 86)
    ('country', 368286, 'IQ', 'exact')
    ('year', 2017, '99072', 'killed', 12, 'exact')
    ('year', 2017, 'IQ', 'killed', 12, 'exact')
    ('year', 2017, '99072', 'bombing', 'exact')
    ('figure', 'IQ', 'killed', 12, 'exact')
    ('day figure', 368286, 'killed', 12, 'exact')
    ('week', 105224, '99072', 'bombing', 'exact')
    """
    return list(dict.fromkeys(_keys(signs, asks=False)))


def asked(signs: Signs) -> list[Key]:
    """Give the keys of the incidents that an incident is compared with."""
    return list(dict.fromkeys(_keys(signs, asks=True)))


def _keys(signs: Signs, asks: bool) -> Iterator[Key]:
    if signs.cumulative:
        for name in sorted(signs.places)[:1]:
            yield "total", name, signs.lines[0].harm, signs.first
        return
    timed = bool(signs.first and signs.last and signs.last - signs.first <= LONG)
    exact = timed and signs.last - signs.first <= EXACT
    buckets = range(signs.first // DAYS, signs.last // DAYS + 1) if exact else range(0)
    if asks and exact:
        buckets = range(buckets.start - 1, buckets.stop + 1)
    if exact:
        yield from _by_day(signs, buckets, asks)
    if timed:
        yield from _by_year(signs, exact, asks)
    telling = [figure for figure in signs.figures if figure[1] >= TELLING]
    for country in signs.countries[:2]:
        for harm, count in telling:
            yield from _in(asks, timed, "figure", country, harm, count)
    for bucket in buckets:
        for harm, count in telling:
            yield from _in(asks, bool(signs.countries), "day figure", bucket, harm, count)
    yield from _by_print(signs, timed, exact, asks)
    for name in signs.names:
        yield "name", name


def _in(asks: bool, exact: bool, *key: object) -> Iterator[Key]:
    """Keep the exact ones and the others apart: exact ones meet one another by other keys."""
    if asks:
        yield (*key, "vague")
    if not asks or not exact:
        yield (*key, "exact" if exact or asks else "vague")


def _by_day(signs: Signs, buckets: range, asks: bool) -> Iterator[Key]:
    around = (-1, 0, 1) if asks else (0,)
    for bucket in buckets:
        for _, lat, lon in signs.towns[:4]:
            y, x = int(lat // CELL), int(lon // CELL)
            for down in around:
                for right in around:
                    yield "day", bucket, y + down, x + right
    exact = bool(signs.towns) and signs.cause not in WIDE
    for bucket in buckets:
        for country in signs.countries[:2]:
            yield from _in(asks, exact, "country", bucket, country)


def _by_year(signs: Signs, exact: bool, asks: bool) -> Iterator[Key]:
    first, last = (date.fromordinal(day).year for day in (signs.first, signs.last))
    towns = [town[0] for town in signs.towns[:3]]
    for year in range(first, last + 1):
        for place in (*towns, *signs.countries[:1]):
            for harm, count in signs.figures:
                if count >= TELLING or place in towns:
                    yield from _in(asks, exact, "year", year, place, harm, count)
        for town in towns:
            if signs.cause is not None:
                yield from _in(asks, exact, "year", year, town, signs.cause)


def _by_print(signs: Signs, timed: bool, exact: bool, asks: bool) -> Iterator[Key]:
    week = (signs.last if exact else 0 if timed else signs.published) // NEWS
    for town in signs.towns[:3] if week and signs.cause else ():
        for bucket in range(week - 1, week + 2) if asks else (week,):
            yield from _in(asks, timed, "week", bucket, town[0], signs.cause)
