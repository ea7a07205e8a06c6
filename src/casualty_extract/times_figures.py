"""Figures in a sentence cut into pieces, and the dates that are made of them.

*Finds* "2017-09-01", "2017/09/01", "27/08/2016", "27.8.2016", "27/08/16", "on 20170901", and the days, months and
years that other dates consist of. Unusual orders ("2017 September 1", "14-Mar-2016") are delimited
here and read by dateparser.
*Leaves alone* dates in figures without a year ("3/4"), parts of longer numbers, versions, addresses of
pages, times of day.
*Marks* each as a `Phrase`: where it starts and ends, what it means, and by which rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from casualty_extract import numerals
from casualty_extract.times_calendar import on
from casualty_extract.times_meanings import Day, Meaning
from casualty_extract.times_orders import Numeric
from casualty_extract.times_words import Piece, words

__all__ = ["Figures", "Phrase", "absolute", "full_year"]

DATING = frozenset("on dated date since until before after".split())
"""The words after which eight figures are a date."""


def full_year(short: int) -> int:
    """Give the year of two figures.

    >>> full_year(17), full_year(86)
    (2017, 1986)
    """
    return short + (2000 if short < 50 else 1900)


class Phrase(NamedTuple):
    """A time expression: the pieces from `first` up to `last`, its meaning, and the rule that read it.

    `parts` are the single times of a row, such as "May 3, 5 and 9": their pieces, and what they mean.
    """

    first: int
    last: int
    meaning: Meaning
    rule: str
    parts: tuple[tuple[int, int, Meaning], ...] = ()


class Figures:
    """Reads the figures of one sentence; most methods take a place and give what stands there, or None."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.lows = [piece.low for piece in pieces]
        self.words = words()

    def low(self, i: int) -> str:
        """Give the lower-cased piece at a place; empty outside the sentence."""
        return self.lows[i] if 0 <= i < len(self.lows) else ""

    def glued(self, i: int) -> bool:
        """Tell whether a piece follows the one before without a space."""
        return 0 < i < len(self.pieces) and self.pieces[i].glued

    def named(self, i: int) -> bool:
        """Tell whether a piece is written with a capital."""
        return 0 <= i < len(self.pieces) and self.pieces[i].name

    def number(self, i: int, most: int, digits: int = 2) -> int | None:
        """Read one piece of digits as a number from 1 to `most`."""
        low = self.low(i)
        if len(low) > digits or not low.isascii() or not low.isdigit() or not 1 <= int(low) <= most:
            return None
        return int(low)

    def day_number(self, i: int) -> tuple[int, int] | None:
        """Read "14", "14th" or "fourth": the day of a month, and the place after it."""
        day = self.number(i, 31)
        if day is not None:
            if self.low(i + 1) in {"st", "nd", "rd", "th"} and self.glued(i + 1):
                return day, i + 2
            return day, i + 1
        found = numerals.ordinal([self.low(k) for k in range(i, i + 3)])
        if found is None or found.digits or found.value > 31:
            return None
        return found.value, i + found.words

    def year(self, i: int) -> int | None:
        """Read four digits as a year, where they are no part of a longer number."""
        low = self.low(i)
        if len(low) != 4 or not low.isascii() or not low.isdigit() or not 1000 <= int(low) <= 2099:
            return None
        after, before = self.low(i + 1), self.low(i - 1)
        if (
            self.glued(i + 1)
            and after in {",", ".", ":", "/"}
            and self.glued(i + 2)
            and self.low(i + 2)[:1].isdigit()
        ):
            return None
        if self.glued(i + 1) and (after == "%" or after[:1].isalpha()):
            return None
        return None if self.glued(i) and before in {"$", "£", "€", ".", "#"} else int(low)

    def month(self, i: int) -> int | None:
        """Read the name of a month, which has a capital."""
        row = self.words.months.get(self.low(i))
        return row.number if row is not None and self.named(i) else None

    def after_month(self, i: int) -> int:
        """Give the place after a month's name at i and the full stop of its short form."""
        short = len(self.low(i)) <= 4 and self.low(i) not in {"may", "june", "july"}
        return i + 2 if self.low(i + 1) == "." and self.glued(i + 1) and short else i + 1

    def counts(self, i: int) -> bool:
        """Tell whether the noun at a place makes a count of the digits before it."""
        return self.low(i) in self.words.counted

    def in_address(self, i: int) -> bool:
        """Tell whether figures stand in the address of a page: "https://news.example/2017/09/01/raid"."""
        return self.glued(i) and self.low(i - 1) == "/"

    def short_year(self, i: int) -> int | None:
        """Read "'17", glued, as a year: up to 49 of this century, else of the last."""
        low = self.low(i + 1)
        if (
            self.low(i) != "'"
            or not self.glued(i + 1)
            or len(low) != 2
            or not low.isascii()
            or not low.isdigit()
        ):
            return None
        return None if self.low(i + 2) == "s" and self.glued(i + 2) else full_year(int(low))

    def compact(self, i: int) -> Phrase | None:
        """Read "20170901" where a word before it makes it a date."""
        low = self.low(i)
        if len(low) != 8 or not low.isascii() or not low.isdigit() or self.glued(i):
            return None
        if self.glued(i + 1) and self.low(i + 1)[:1].isalnum():
            return None
        year, month, day = int(low[:4]), int(low[4:6]), int(low[6:])
        if self.low(i - 1) not in DATING or not 1900 <= year <= 2099 or on(year, month, day) is None:
            return None
        return Phrase(i, i + 1, Day(month, day, year), "iso")

    def iso(self, i: int) -> Phrase | None:
        """Read "2017-09-01" and "2017/09/01"."""
        low = self.low(i)
        mark = self.low(i + 1)
        if self.in_address(i):
            return None
        if (
            len(low) != 4
            or mark not in {"-", "/", "."}
            or self.low(i + 3) != mark
            or not "1000" <= low <= "2099"
        ):
            return None
        month, day = self.number(i + 2, 12), self.number(i + 4, 31)
        if month is None or day is None or not all(self.glued(k) for k in range(i + 1, i + 5)):
            return None
        return Phrase(i, i + 5, Day(month, day, int(low)), "iso")

    def numeric(self, i: int) -> Phrase | None:
        """Read "27/08/2016", "27.8.2016" and "27/08/16": day or month first, as the article has it."""
        mark = self.low(i + 1)
        if mark not in {"/", ".", "-"} or self.low(i + 3) != mark:
            return None
        first, second, year = self.number(i, 31), self.number(i + 2, 31), self.number(i + 4, 2099, 4)
        if (
            first is None
            or second is None
            or year is None
            or not all(self.glued(k) for k in range(i + 1, i + 5))
        ):
            return None
        if (self.glued(i) and self.low(i - 1) in {mark, ":", "$", "/"}) or (
            self.glued(i + 5)
            and self.low(i + 5) in {mark, "%"}
            and self.glued(i + 6)
            and self.low(i + 6)[:1].isalnum()
        ):
            return None
        if len(self.low(i + 4)) == 2 and mark != ".":
            year = full_year(year)
        if year < 1000 or (first > 12 and second > 12):
            return None
        return Phrase(i, i + 5, Numeric(first, second, year), "numeric")

    def unusual(self, i: int) -> Phrase | None:
        """Delimit a date whose order the other rules do not read, and let dateparser read it."""
        end = self._joined(i) or self._year_first(i)
        if end is None:
            return None
        named = [self.low(k) for k in range(i, end) if self.low(k) not in {",", "-", "/", ".", "of", "the"}]
        if self._joined(i) and len(named[-1]) == 2:
            # dateparser would read "3-May-16" as of 1916.
            named[-1] = str(full_year(int(named[-1])))
        text = " ".join(named)
        day = absolute(text)
        return None if day is None else Phrase(i, end, Day(day.month, day.day, day.year), "dateparser")

    def _joined(self, i: int) -> int | None:
        """Give the end of "14-Mar-2016" or "Mar/14/2016"."""
        mark = self.low(i + 1)
        if (
            mark not in {"-", "/"}
            or self.low(i + 3) != mark
            or not all(self.glued(k) for k in range(i + 1, i + 5))
        ):
            return None
        named = [k for k in (i, i + 2) if self.month(k) is not None]
        if len(named) != 1 or not self.low(i + 4).isdigit() or len(self.low(i + 4)) not in {2, 4}:
            return None
        return i + 5 if self.number(i + 2 if named[0] == i else i, 31) is not None else None

    def _year_first(self, i: int) -> int | None:
        """Give the end of "2017 September 1" or "2017, 1 September"."""
        if self.year(i) is None:
            return None
        k = i + 1 + (self.low(i + 1) == ",")
        if self.month(k) is not None:
            day = self.day_number(self.after_month(k))
            return day[1] if day is not None and self.year(day[1]) is None else None
        day = self.day_number(k)
        if day is None or self.low(i + 1) == ",":
            return None
        return self.after_month(day[1]) if self.month(day[1]) is not None else None


@lru_cache(maxsize=4096)
def absolute(phrase: str) -> date | None:
    """Let dateparser read one delimited date that names its year.

    >>> absolute("2017 september 1")
    datetime.date(2017, 9, 1)

    Returns:
        The day, or None where dateparser reads none.
    """
    parsed: Any = _parser().get_date_data(phrase)
    found: datetime | None = parsed.date_obj
    return found.date() if found is not None and parsed.period == "day" else None


@lru_cache(maxsize=1)
def _parser() -> Any:
    # Loading dateparser takes a tenth of a second, and few articles need it.
    from dateparser.date import DateDataParser

    return DateDataParser(
        languages=["en"],
        settings={
            "PREFER_DATES_FROM": "past",
            "DATE_ORDER": "DMY",
            "PREFER_DAY_OF_MONTH": "first",
            "RELATIVE_BASE": datetime(2000, 1, 1),
        },
    )
