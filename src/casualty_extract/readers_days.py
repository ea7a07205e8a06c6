"""The day of publication that a row states: in ISO 8601, or in figures whose order the caller tells.

*Leaves alone* figures whose order nobody tells: 01/09/2017 can be read in two ways.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from casualty_extract.errors import ArgumentError

__all__ = ["read_date", "read_day"]

_FIGURES = re.compile(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?:[T ]\s*\d{1,2}:\d{2}.*)?", re.ASCII)
"""A day in three figures, as spreadsheets write it, with a time or without: 01/09/2017, 1.9.2017 14:30."""


def read_date(value: str) -> date:
    """Read a civil date from an ISO 8601 date or datetime.

    >>> read_date("2017-09-01T23:30:00+03:00")
    datetime.date(2017, 9, 1)

    Args:
        value: the date; of a datetime, the day that it names in its own time zone.

    Raises:
        ArgumentError: it is neither.
    """
    text = value.strip()
    for parse in (date.fromisoformat, lambda t: datetime.fromisoformat(t).date()):
        try:
            return parse(text)
        except ValueError:
            continue
    raise ArgumentError("published", value, "an ISO date such as 2017-09-01")


def read_day(value: str, order: str | None = None, key: str = "published") -> date:
    """Read the day that a cell states.

    >>> read_day("01/09/2017", "DMY"), read_day("2017-09-01", "DMY")
    (datetime.date(2017, 9, 1), datetime.date(2017, 9, 1))

    Args:
        value: the cell.
        order: how days in figures are written ("DMY", "MDY", "YMD"); ISO 8601 is read whatever it is.
        key: the column, for errors.

    Raises:
        ValueError: it is no day, or its order is not told.
    """
    try:
        return read_date(value)
    except ArgumentError as error:
        told = str(error).replace("published", key, 1)
    figures = _FIGURES.fullmatch(value.strip())
    if order is None:
        if figures:
            told += "; the date order (--date-order DMY or MDY) tells how to read it"
        raise ValueError(told)
    day = _in_order(figures, order) if figures else None
    if day is None:
        raise ValueError(f"{told}, or a day in the order {order}")
    return day


def _in_order(figures: re.Match[str], order: str) -> date | None:
    """Read three figures; None where they are no day, or the year has not four of its own."""
    parts = dict(zip(order, figures.group(1, 3, 4), strict=True))
    if len(parts["Y"]) != 4:
        return None
    try:
        return date(int(parts["Y"]), int(parts["M"]), int(parts["D"]))
    except ValueError:
        return None
