"""Dates, months, years, weekdays and named days in a sentence cut into pieces.

*Finds* "March 14, 2017", "14 March", "Tuesday, 17th of October, 2023", "21July 2022", "Nov. 24",
"July 2017", "in 2016", "his 2004 death", "the 1990s", "Christmas Day", "Friday".
*Leaves alone* "May" and "March" as verbs and names, "Sat" and "Jan" without a date beside them, four
digits that count ("2000 people"), "every Friday".
*Marks* each as a `Phrase`: where it starts and ends, what it means, and by which rule.
"""

from __future__ import annotations

from casualty_extract.times_figures import Phrase
from casualty_extract.times_meanings import Day, Meaning, Month, Named, Numeric, Weekday
from casualty_extract.times_relations import Range
from casualty_extract.times_years import FUNCTION_WORDS, Years

__all__ = ["FUNCTION_WORDS", "Dates"]

MONTH_PREPOSITIONS = frozenset({
    "in", "since", "during", "until", "till", "throughout", "through", "last", "this", "next", "early",
    "mid", "late", "between", "before", "after",
})  # fmt: skip
"""The words that make a month of "May" and "March" after them."""


class Dates(Years):
    """Reads the dates of one sentence; most methods take a place and gives a `Phrase` or None."""

    def date(self, i: int) -> Phrase | None:
        """Read a date, month, year or named day at a place."""
        era = self.era(i) or self.century(i) or self.named_period(i)
        if era is not None:
            return era
        if self.low(i)[:1].isdigit():
            return (
                self.named_day(i)
                or self.iso(i)
                or self.unusual(i)
                or self.numeric(i)
                or self.day_first(i)
                or self.years(i)
            )
        first = self.day_first(i) if self.low(i + 1) == "of" else None
        return first or self.unusual(i) or self.month_first(i) or self.named_day(i)

    def with_year(self, i: int, comma: bool = True) -> tuple[int | None, int]:
        """Read ", 2017", "2017" or "of 2017" after a month or day, and the place after it."""
        for skip in (0, 1):
            if skip and not (self.low(i) in {",", "of", "in"} if comma else self.low(i) in {"of", ","}):
                break
            year = self.year(i + skip)
            if year is not None and not self.counts(i + skip + 1):
                return year, i + skip + 1
        return None, i

    def month_first(self, i: int) -> Phrase | None:
        """Read "March 14, 2017", "March 3-5", "July 2017", "July"."""
        month = self.month(i)
        if month is None:
            return None
        k = self.after_month(i)
        day = self.day_number(k + 1 if self.low(k) == "the" else k)
        if day is not None and self.is_day(i, *day):
            until = self.last_day(day[1], day[0], month)
            end = until[1] if until else day[1]
            year, end = self.with_year(end)
            if year is None and self.low(i - 1) == "in" and until is None and not self.glued(day[1]):
                return Phrase(i, k, Month(month), "month")
            meaning: Meaning = Day(month, day[0], year)
            if until:
                meaning = Range(meaning, Day(month, until[0], year))
            return Phrase(i, end, meaning, "range" if until else "month_day")
        year, end = self.with_year(k)
        if year is not None:
            return Phrase(i, end, Month(month, year), "month")
        return Phrase(i, k, Month(month), "month") if self.is_month(i, k) else None

    def is_day(self, i: int, day: int, end: int) -> bool:
        """Tell whether the number after a month is its day, not a count or an hour."""
        after = self.low(end)
        if self.glued(end) and (
            after in {":", "%", "/"}
            or (after in {",", "."} and self.number(end + 1, 999, 3) and self.glued(end + 1))
        ):
            return False
        if self.low(i - 1) in {"in", "since", "during", "by", "last"} and self.low(end - 1).isdigit():
            # "In March 12 people died", but "by March 14" and "since March 14, 2017".
            plain = after.isalpha() and not self.named(end) and after not in FUNCTION_WORDS
            return not plain
        return day > 0

    def last_day(self, i: int, first: int, month: int) -> tuple[int, int] | None:
        """Read "-5", "to 5" or "and 15" after the first day of a range in one month."""
        if self.low(i) not in {"-", "to", "and", "through", "until"}:
            return None
        last = self.day_number(i + 1)
        if last is None or last[0] <= first or self.month(last[1]) is not None:
            return None
        after = self.low(last[1])
        if self.low(i) == "-":
            return last if self.glued(i) or not after[:1].isalpha() else None
        # "July 4 to 17": but "killed on July 4 and 12 others" counts.
        noun = after.isalpha() and not self.named(last[1]) and after not in FUNCTION_WORDS
        apart = self.low(i) == "and" and last[0] != first + 1
        return None if noun or apart or after in {":", "%"} else last

    def is_month(self, i: int, end: int) -> bool:
        """Tell whether a month's name without day and year names the month."""
        row, before, after = self.words.months[self.low(i)], self.low(i - 1), self.low(end)
        if (
            self.named(end)
            and self.month(end) is None
            and after not in self.words.weekdays
            and self.low(end)[:1].isalpha()
        ):
            return False
        if row.verb:
            ended = before == "of" and self.low(i - 2) in {
                *self.words.modifiers,
                "month",
                "week",
                "half",
                "days",
                "part",
            }
            joined = before in {"to", "-", "and", "from"} and self.near_month(i, before)
            hyphened = before == "-" and self.low(i - 2) in {"mid", "early", "late"}
            return before in MONTH_PREPOSITIONS or ended or joined or hyphened
        if len(self.low(i)) <= 4 and self.low(i) not in {"june", "july"} and not (end > i + 1):
            return before in MONTH_PREPOSITIONS
        return not self.named(i - 1) or i < 2 or self.month(i - 1) is not None

    def near_month(self, i: int, before: str) -> bool:
        """Tell whether another month stands on the other side of "to", "and", "-" or after "from"."""
        if before == "from":
            return self.low(i + 1) in {"to", "until", "through", "-"} and self.month(i + 2) is not None
        return any(self.month(k) is not None for k in range(max(i - 4, 0), i - 1))

    def day_first(self, i: int) -> Phrase | None:
        """Read "14 March 2017", "17th of October, 2023", "1-5 June", "21July"."""
        first = self.day_number(i)
        if first is None or (
            self.glued(i) and self.low(i - 1) in {",", ".", ":", "/", "$"} and self.low(i - 2).isdigit()
        ):
            return None
        day, k = first
        opening: int | None = None
        if self.low(k) in {"-", "to", "and", "or"}:
            second = self.day_number(k + 1)
            if second is None or second[0] <= day:
                return None
            opening, (day, k) = day, second
        if self.low(k) == "of" or (self.low(k) == "-" and self.glued(k)):
            k += 1
        month = self.month(k)
        if month is None:
            return None
        year, end = self.with_year(self.after_month(k))
        if opening is not None:
            return Phrase(i, end, Range(Day(month, opening, year), Day(month, day, year)), "range")
        return Phrase(i, end, Day(month, day, year), "month_day")

    def named_day(self, i: int) -> Phrase | None:
        """Read "Christmas Day", "New Year's Eve", "Good Friday 2017", "9/11"."""
        for key, row in self.words.named.get(self.low(i), ()):
            if all(self.low(i + k) == piece for k, piece in enumerate(key)) and (
                self.named(i) or key[0].isdigit()
            ):
                if not row.bare and self.low(i - 1) not in {
                    "at",
                    "on",
                    "over",
                    "before",
                    "since",
                    "by",
                    "until",
                    "last",
                    "after",
                }:
                    continue
                year, end = self.with_year(i + len(key))
                return Phrase(
                    i,
                    end,
                    Named(row.month, row.day, row.easter, row.nth, row.weekday, year or row.year),
                    "named_day",
                )
        return None

    def weekday(self, i: int) -> Phrase | None:
        """Read a weekday and the date that may follow: "Friday", "Sunday the 26 June, 2022"."""
        row = self.words.weekdays.get(self.low(i))
        if row is None or not self.named(i) or self.low(i - 1) in self.words.recurring:
            return None
        k = i + 1
        short = len(self.low(i)) <= 5
        if short and self.low(k) == "." and self.glued(k):
            k += 1
        date_at = k
        while self.low(date_at) in {",", "the", "("} and date_at < k + 2:
            date_at += 1
        full = self.date(date_at)
        if full is not None and isinstance(full.meaning, Day | Numeric) and full.meaning.weekday is None:
            meaning = full.meaning
            end = full.last + (self.low(date_at - 1) == "(" and self.low(full.last) == ")")
            if isinstance(meaning, Day):
                return Phrase(i, end, Day(meaning.month, meaning.day, meaning.year, row.number), full.rule)
            return Phrase(i, end, Numeric(meaning.first, meaning.second, meaning.year, row.number), full.rule)
        if (short and k == i + 1) or (self.low(k).endswith("s") and self.low(k)[:-1] in self.words.parts):
            # "Sat" without a date, and "on Saturday mornings".
            return None
        if self.low(k) in self.words.titles and self.named(k):
            return None
        if self.low(i - 1) == "on" and self.low(i - 2) in self.words.titles and self.named(i - 2):
            return None
        return Phrase(i, k, Weekday(row.number), "weekday")
