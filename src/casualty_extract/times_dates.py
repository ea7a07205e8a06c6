"""Dates, months, years, weekdays and named days in a sentence cut into pieces.

*Finds* "March 14, 2017", "14 March", "Tuesday, 17th of October, 2023", "21July 2022", "Nov. 24",
"July 2017", "in 2016", "his 2004 death", "the 1990s", "Christmas Day", "Friday".
*Leaves alone* "May" and "March" as verbs and names, "Sat" and "Jan" without a date beside them, four
digits that count ("2000 people"), "every Friday".
*Marks* each as a `Phrase`: where it starts and ends, what it means, and by which rule.
"""

from __future__ import annotations

from casualty_extract.times_figures import Phrase
from casualty_extract.times_meanings import Day, DayOf, Meaning, Month, Named, Weekday, Year
from casualty_extract.times_orders import Numeric
from casualty_extract.times_relations import LongWeekend, Range
from casualty_extract.times_years import FUNCTION_WORDS, OWNERS, Years

__all__ = ["FUNCTION_WORDS", "Dates"]

MONTH_PREPOSITIONS = frozenset({
    "in", "since", "during", "until", "till", "throughout", "through", "last", "this", "next", "early",
    "mid", "late", "between", "before", "after",
})  # fmt: skip
"""The words that make a month of "May" and "March" after them."""
LEADING = frozenset("the its this his her their in on during since until that last next".split())
"""The words after which a month's name is no first name: "the June summit", "in June"."""
DAY_PREPOSITIONS = frozenset("on of until till by since from before after to between and through".split())
"""The words that with "the" lead to a day of a month named elsewhere: "on the 14th"."""
FEAST_PREPOSITIONS = frozenset(
    "at on over before since by until till last after this next during in for of around from to celebrate "
    "celebrating mark marking observe observing ahead holy month".split()
)
"""The words that lead to a feast: "at Christmas", "during Ramadan"."""
MOST_DAYS = 8
"""How many days of a month may stand in a row."""


class Dates(Years):
    """Reads the dates of one sentence; most methods take a place and gives a `Phrase` or None."""

    def date(self, i: int) -> Phrase | None:
        """Read a date, month, year or named day at a place."""
        era = self.era(i) or self.century(i) or self.named_period(i) or self.quarter(i)
        if era is not None:
            return era
        if self.low(i)[:1].isdigit():
            return (
                self.named_day(i)
                or self.compact(i)
                or self.iso(i)
                or self.unusual(i)
                or self.numeric(i)
                or self.day_first(i)
                or self.years(i)
            )
        first = self.day_first(i) if self.low(i + 1) == "of" else None
        return (
            first
            or self.named_day(i)
            or self.unusual(i)
            or self.month_first(i)
            or self.named_decade(i)
            or self.day_of(i)
        )

    def with_year(self, i: int, comma: bool = True) -> tuple[int | None, int]:
        """Read ", 2017", "2017" or "of 2017" after a month or day, and the place after it."""
        for skip in (0, 1):
            if skip and not (self.low(i) in {",", "of", "in"} if comma else self.low(i) in {"of", ","}):
                break
            year = self.year(i + skip)
            if year is not None and not self.counts(i + skip + 1):
                return year, i + skip + 1
            short = self.short_year(i + skip)
            if short is not None:
                return short, i + skip + 2
            early, after = self.number(i + skip, 999, 3), self.low(i + skip + 1)
            if early is not None and early >= 100 and (after == ")" or (skip and self.low(i) == "of")):
                # "(347 - 30 September 420)", "in December of 384".
                noun = after.isalpha() and after not in FUNCTION_WORDS
                return (None, i) if noun else (early, i + skip + 1)
        return None, i

    def month_first(self, i: int) -> Phrase | None:
        """Read "March 14, 2017", "March 3-5", "July 2017", "July"."""
        month = self.month(i)
        if month is None:
            return None
        k = self.after_month(i)
        day = self.day_number(k + 1 if self.low(k) == "the" else k)
        if day is not None and self.is_day(i, *day):
            rows = self.days_row(i, month, *day)
            if rows is not None:
                return rows
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
        day = self.day_number(k + 1) if self.low(k) == "," else None
        year, end = self.with_year(day[1]) if day is not None else (None, k)
        if day is not None and year is not None:
            # "July, 26, 1999".
            return Phrase(i, end, Day(month, day[0], year), "month_day")
        return Phrase(i, k, Month(month), "month") if self.is_month(i, k) else None

    def days_row(self, i: int, month: int, day: int, end: int) -> Phrase | None:
        """Read "May 3, 5 and 9", "May 3 and 9, 2016", "May 4/5": several days of a month."""
        days = [(i, end, day)]
        k, closed = end, False
        while not closed and len(days) < MOST_DAYS:
            mark = self.low(k)
            slash = mark == "/" and self.glued(k)
            closed = mark in {"and", "or", "&"} or slash or (mark == "," and self.low(k + 1) in {"and", "or"})
            if not closed and mark != ",":
                return None
            start = k + 1 + (mark == "," and closed)
            following = self.day_number(start)
            if following is None or following[0] <= days[-1][2] or self.month(following[1]) is not None:
                return None
            if slash and (following[0] != days[-1][2] + 1 or self.low(following[1]) == "/"):
                return None
            days.append((start, following[1], following[0]))
            k = following[1]
        after = self.low(k)
        noun = after.isalpha() and not self.named(k) and after not in FUNCTION_WORDS
        if (
            not closed
            or noun
            or after in {":", "%"}
            or (self.glued(k) and after in {".", ","} and self.glued(k + 1))
        ):
            return None
        year, last = self.with_year(k)
        parts = tuple((a, b, Day(month, each, year)) for a, b, each in days)
        return Phrase(i, last, Range(parts[0][2], parts[-1][2]), "range", parts)

    def is_day(self, i: int, day: int, end: int) -> bool:
        """Tell whether the number after a month is its day, not a count or an hour."""
        after = self.low(end)
        slash = after == "/" and self.number(end + 1, 31) == day + 1 and self.low(end + 2) != "/"
        if self.glued(end) and (
            (after in {"%", "/"} and not slash)
            or (after == ":" and self.glued(end + 1) and self.low(end + 1)[:1].isdigit())
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
            and before not in LEADING
        ):
            return False
        if after in self.words.verbs and not before.isalpha():
            # "June says her father was shot".
            return False
        k = end + (after == "of")
        if self.low(k) in {"this", "last", "next", "that"} and self.low(k + 1) == "year":
            return True
        if self.low(i) in {"may", "march"} and before in OWNERS - {"a", "an"} and not self.named(end):
            # "Its May referendum", but not "the March on the capital".
            return self.glued(i) or (after.isalpha() and after not in FUNCTION_WORDS)
        if row.verb and after in {"to", "through", "until", "-"} and self.month(end + 1) is not None:
            return True
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
            joined = joined or (
                before == "from" and (not after.isalnum() or after in {"this", "last", "onwards"})
            )
            hyphened = before == "-" and self.low(i - 2) in {"mid", "early", "late"}
            return before in MONTH_PREPOSITIONS or ended or joined or hyphened
        if len(self.low(i)) <= 4 and self.low(i) not in {"june", "july"} and not (end > i + 1):
            return before in MONTH_PREPOSITIONS
        led = before in FUNCTION_WORDS or before in MONTH_PREPOSITIONS or before in LEADING
        return not self.named(i - 1) or i < 2 or led or self.month(i - 1) is not None

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
        days, open_row = [(i, k, day)], False
        while self.low(k) in {",", "&", "-", "to", "and", "or", "/"} and len(days) < MOST_DAYS:
            closing = self.low(k + 1) in {"and", "or"}
            second = self.day_number(k + 1 + closing)
            if second is None or second[0] <= day:
                return None
            if self.low(k) == "/" and not (self.glued(k) and second[0] == day + 1):
                return None
            days.append((second[1] - 1, second[1], second[0]))
            open_row = self.low(k) == "," and not closing
            day, k = second
        if open_row:
            # "Aged 3, 5 May 2016".
            return None
        if self.low(k) == "of" or (self.low(k) == "-" and self.glued(k)):
            if self.low(k) == "of" and self.low(i + 1) == "/":
                # "2/3 of March".
                return None
            k += 1
        month = self.month(k)
        if month is None:
            return None
        year, end = self.with_year(self.after_month(k))
        if len(days) > 1:
            parts = tuple((a, b, Day(month, each, year)) for a, b, each in days)
            parts = (*parts[:-1], (parts[-1][0], end, parts[-1][2]))
            return Phrase(i, end, Range(parts[0][2], parts[-1][2]), "range", parts)
        return Phrase(i, end, Day(month, day, year), "month_day")

    def day_of(self, i: int) -> Phrase | None:
        """Read "the 14th" of a month that is named elsewhere."""
        day = self.day_number(i + 1) if self.low(i) == "the" else None
        if day is None or day[1] != i + 3 or not self.low(i + 1).isdigit():
            return None
        after = self.low(i + 3)
        if self.low(i - 1) not in DAY_PREPOSITIONS or after == "-":
            return None
        if after.isalpha() and after not in FUNCTION_WORDS - {"of"}:
            return None
        return Phrase(i, i + 3, DayOf(day[0]), "day_of_month")

    def named_day(self, i: int) -> Phrase | None:
        """Read "Christmas Day", "New Year's Eve", "Good Friday 2017", "9/11"."""
        for key, row in self.words.named.get(self.low(i), ()):
            end = i + len(key)
            if not all(self.low(i + k) == piece for k, piece in enumerate(key)) or not (
                self.named(i) or key[0].isdigit()
            ):
                continue
            if not row.bare and self.low(i - 1) not in FEAST_PREPOSITIONS:
                continue
            if len(key) == 1 and not key[0].isdigit() and self.is_name(i):
                continue
            year, end = self.with_year(end)
            if row.nouns and (year is not None or self.low(end) not in row.nouns):
                continue
            meaning: Meaning = Named(
                row.month,
                row.day,
                row.nth,
                row.weekday,
                row.feast,
                row.after,
                row.days,
                row.until,
                year or row.year,
            )
            if self.low(end) == "weekend" and row.days == 1:
                meaning, end = LongWeekend(meaning), end + 1
            elif year is None and self.low(end) == "day" and not self.named(end):
                end += 1
            return Phrase(i, end, meaning, "named_day")
        return None

    def is_name(self, i: int) -> bool:
        """Tell whether the name of a feast is a person's: "Tariq Ramadan", "Ramadan Saleh"."""
        before, after = self.low(i - 1), self.low(i + 1)
        led = before in FUNCTION_WORDS or before in FEAST_PREPOSITIONS or not before.isalpha()
        named = self.named(i + 1) and after.isalpha() and after not in {"day", "eve", "sunday", "weekend"}
        return (self.named(i - 1) and not led) or named

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
        while self.low(date_at) in {",", "the", "(", "on"} and date_at < k + 3:
            date_at += 1
        full = self.date(date_at)
        if full is not None and isinstance(full.meaning, Day | Numeric) and full.meaning.weekday is None:
            meaning = full.meaning
            end = full.last + (self.low(date_at - 1) == "(" and self.low(full.last) == ")")
            if isinstance(meaning, Day):
                return Phrase(i, end, Day(meaning.month, meaning.day, meaning.year, row.number), full.rule)
            return Phrase(i, end, Numeric(meaning.first, meaning.second, meaning.year, row.number), full.rule)
        figures = self.figures_beside(k, row.number) or self.ordinal_beside(k, row.number)
        if figures is not None:
            return figures._replace(first=i)
        if (short and k == i + 1) or (self.low(k).endswith("s") and self.low(k)[:-1] in self.words.parts):
            # "Sat" without a date, and "on Saturday mornings".
            return None
        if short and not self.low(k) and self.low(i - 1) not in DAY_PREPOSITIONS | {"last", "next", "this"}:
            # "They colluded with Sun."
            return None
        if self.low(k) in self.words.titles and self.named(k):
            return None
        if self.low(i - 1) in {"a", "one", "any", "some"} and not self.is_beside_noun(k):
            return self.some_weekday(i, k)
        if self.low(i - 1) == "on" and self.low(i - 2) in self.words.titles and self.named(i - 2):
            return None
        return Phrase(i, k, Weekday(row.number), "weekday")

    def figures_beside(self, i: int, weekday: int) -> Phrase | None:
        """Read "27/8" after a weekday."""
        first, second = self.number(i, 31), self.number(i + 2, 31)
        if first is None or second is None or self.low(i + 1) not in {"/", "."}:
            return None
        if not (self.glued(i + 1) and self.glued(i + 2)) or (first > 12 and second > 12):
            return None
        if self.glued(i + 3) and self.low(i + 3) not in {",", ".", ")", ";", ":"}:
            return None
        return Phrase(i, i + 3, Numeric(first, second, None, weekday), "numeric")

    def ordinal_beside(self, i: int, weekday: int) -> Phrase | None:
        """Read "the 29th" and "29th" after a weekday."""
        k = i + (self.low(i) == "the")
        day = self.day_number(k)
        if day is None or day[1] != k + 2 or not self.low(k).isdigit() or self.low(day[1]) == "of":
            return None
        return Phrase(i, k + 2, DayOf(day[0], weekday), "month_day")

    def is_beside_noun(self, k: int) -> bool:
        """Tell whether a weekday stands before a noun: "a Friday morning raid" is one of this week."""
        k += self.low(k) in self.words.parts
        after = self.low(k)
        return after.isalpha() and after not in FUNCTION_WORDS and after not in {"last", "next", "this"}

    def some_weekday(self, i: int, k: int) -> Phrase | None:
        """Read "a Friday night in May 2015", of which only the month is told; "on a Friday" is none."""
        k += self.low(k) in self.words.parts
        period = self.date(k + 1) if self.low(k) in {"in", "of"} else None
        if period is None or not isinstance(period.meaning, Month | Year):
            return None
        return Phrase(i, period.last, period.meaning, period.rule)
