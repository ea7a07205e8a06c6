"""Single times and ranges in a sentence cut into pieces: dates and spans with what modifies or joins them.

*Finds* "early March", "the end of 2016", "Friday night", "the night of October 17", "the first quarter
of 2016", "August 2014 to July 2017", "between 3 and 7 May".
*Leaves alone* what `times_dates` and `times_spans` leave alone.
*Marks* each as a `Phrase`: where it starts and ends, what it means, and by which rule.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from casualty_extract.times_calendar import Part, on
from casualty_extract.times_clocks import Clocks
from casualty_extract.times_figures import Phrase
from casualty_extract.times_meanings import (
    Day,
    DayOf,
    Decade,
    Meaning,
    Month,
    Named,
    Weekday,
    Year,
    floats,
)
from casualty_extract.times_orders import Numeric
from casualty_extract.times_relations import Moved, Nth, Open, Portion, Range, Span, Within

__all__ = ["Singles"]

HOURS_OF = frozenset("early late wee small first pre predawn overnight final last".split())
"""The words before "hours" and the parts of a day: "the wee hours of Sunday"."""

CONNECTORS = frozenset({"to", "through", "until", "till", "til", "thru", "into", "-", "--"})
DEEPEST = 4
"""How many times a time may hold another: "the night of the last day of the first week of May"."""


class Singles(Clocks):
    """Reads single times and ranges; most methods take a place and give a `Phrase` or None."""

    depth = 0
    clocks = True

    def single(self, i: int) -> Phrase | None:
        """Read one time, with the words that modify it."""
        if self.depth >= DEEPEST:
            return None
        self.depth += 1
        found = self.modified(i) or self.portion(i) or self.part_of_day(i)
        self.depth -= 1
        if found is not None or not self.clocks:
            return found or self.span(i) or self.of_year(self.dated(i))
        return self.clocked(i) or self.with_clock(self.span(i) or self.of_year(self.dated(i)))

    def of_year(self, found: Phrase | None) -> Phrase | None:
        """Take the year told of beside a date: "March last year", "3 May of that year"."""
        found = self.with_part(found)
        if found is None or not floats(found.meaning) or isinstance(found.meaning, Weekday):
            return found
        k = found.last
        k += self.low(k) in {"of", "in", ","}
        k += self.low(k) == "the"
        if self.low(k) not in self.words.relatives or self.low(k + 1) != "year" or self.owns(k + 2):
            return found
        year = self.relative(k)
        if year is None or year.last != k + 2:
            return found
        return found._replace(last=year.last, meaning=Within(found.meaning, year.meaning))

    def clocked(self, i: int) -> Phrase | None:
        """Read a day behind a time of day: "8 a.m. Tuesday", "1430 GMT on Saturday"."""
        end = self.clock(i)
        if end is None:
            return None
        k = end
        if self.low(k) == "(":
            inner = self.clock(k + 1)
            k = inner + 1 if inner is not None and self.low(inner) == ")" else k
        k += self.low(k) == ","
        k += self.low(k) == "on"
        day = self.alone(k) or self.relative_day(k) or self.part_of_day(k) or self.with_part(self.dated(k))
        if day is None or not isinstance(day.meaning, Weekday | Day | Moved | Numeric | DayOf | Named):
            return None
        return day._replace(first=i)

    def relative_day(self, i: int) -> Phrase | None:
        """Read "the next day", "last Friday"."""
        found = self.relative(i)
        of_days = (
            isinstance(found.meaning, Moved) and found.meaning.unit == "day" if found is not None else False
        )
        return found if of_days or (found is not None and found.rule == "weekday") else None

    def with_clock(self, found: Phrase | None) -> Phrase | None:
        """Take the time of day that follows a day: "Friday, 8 a.m. local time", "Sunday at 9 p.m."."""
        if found is None or not isinstance(found.meaning, Weekday | Day | Moved | Numeric):
            return found
        k = found.last
        k += self.low(k) == ","
        k += self.low(k) == "at"
        end = self.clock(k)
        # "On Friday, 8 a.m. to noon": the hours stay whole.
        if end is None or self.low(end) in {"-", "to", "and"} or self.clocked(k) is not None:
            return found
        return found._replace(last=end)

    def dated(self, i: int) -> Phrase | None:
        """Read a weekday, also of a week, or a date."""
        found = self.weekday(i)
        if found is None or not isinstance(found.meaning, Weekday):
            return found or self.date(i)
        day = found.meaning.number
        found = self.with_part(found) or found
        k = found.last + (self.low(found.last) in {"of", "in"})
        week = self.span(k) if self.low(k) in self.words.relatives else None
        if week is None or not isinstance(week.meaning, Span) or week.meaning.unit != "week":
            return found
        whole = replace(week.meaning, side=None)
        return Phrase(i, week.last, Weekday(day, week=whole), "weekday")

    def with_part(self, found: Phrase | None) -> Phrase | None:
        """Take the part of the day that follows a day: "Friday night", "March 14 in the evening"."""
        if found is None:
            return None
        k = found.last
        if self.low(k) in {"early", "late", "mid"}:
            k += 1
        if self.low(k) == "-" and self.low(k - 1) == "mid":
            k += 1
        if self.low(k) in self.words.parts:
            return found._replace(last=k + 1)
        return found

    def modified(self, i: int) -> Phrase | None:
        """Read "early March", "mid-June", "late on Friday", "the end of 2016"."""
        k = i + (self.low(i) == "the")
        word, k = self.low(k), k + 1
        row = self.words.modifiers.get(word)
        if row is None:
            return None
        if row.of or (self.low(k) in {"part", "half", "stages"} and self.low(k + 1) == "of"):
            if self.low(k) in {"part", "half", "stages"}:
                k += 1
            if self.low(k) != "of":
                return None
            k += 1
            inner = self.whole(k)
            if inner is None:
                return None
            if word in {"end", "close"} and isinstance(inner.meaning, Span) and inner.meaning.anchored:
                # "38 reports were open at the end of the month": what stood then had gathered before.
                return Phrase(i, inner.last, Open(inner.meaning, "until"), "until")
            return Phrase(i, inner.last, thirded(inner.meaning, row.part), inner.rule)
        k += self.low(k) == "-" and self.low(k + 1) == "to"
        second = self.words.modifiers.get(self.low(k + 1)) if self.low(k) in {"to", "-", "or"} else None
        if second is not None and not second.of and second.part != row.part:
            # "Early to mid-June".
            inner = self.modified(k + 1)
            if inner is None or isinstance(inner.meaning, Range | Open):
                return None
            whole = Range(thirded(inner.meaning, row.part), inner.meaning)
            return inner._replace(first=i, meaning=whole, rule="range")
        while self.low(k) in {"-", "on", "in", "the", "'"}:
            k += 1
        if self.low(i - 1) == "'":
            return None
        inner = self.single(k) if self.low(k) not in self.words.modifiers else None
        if inner is None or isinstance(inner.meaning, Range | Open):
            return None
        return inner._replace(first=i, meaning=thirded(inner.meaning, row.part))

    def whole(self, i: int) -> Phrase | None:
        """Read the period after "the end of": a date, "last year", or "the month" told of before."""
        found = self.single(i)
        if found is None and self.low(i) in {"the", "his", "its"}:
            found = self.span(i + 1) if self.low(i + 1) in self.words.seasons else None
            row = self.words.units.get(self.low(i + 1))
            if (
                found is None
                and row is not None
                and row.unit in {"week", "month", "quarter", "year", "decade"}
            ):
                return Phrase(i, i + 2, Span(row.unit, 0, anchored=True), "span")
        return found

    def portion(self, i: int) -> Phrase | None:
        """Read "the first quarter of 2016", "the last two weeks of July", "the second half of the year"."""
        k = i + (self.low(i) == "the")
        order = PORTIONS.get(self.low(k))
        if order is None:
            return None
        day = self.words.weekdays.get(self.low(k + 1))
        month = self.month(k + 3) if day is not None and self.low(k + 2) in {"of", "in"} else None
        if day is not None and month is not None:
            year, end = self.with_year(self.after_month(k + 3))
            return Phrase(
                i, end, Named(month, nth=order + (order >= 0), weekday=day.number, year=year), "named_day"
            )
        if day is not None and self.named(k + 1) and self.low(k + 2) in {"of", "in"}:
            period = self.whole(k + 3)
            if period is None or isinstance(period.meaning, Range | Open | Weekday | Day):
                return None
            return Phrase(i, period.last, Nth(period.meaning, day.number, order), "named_day")
        count, k = self.count(k + 1) or (1, k + 1)
        row = self.words.units.get(self.low(k))
        unit = "half" if self.low(k) == "half" else (row.unit if row is not None else None)
        if unit is None or count is None or unit in {"hour", "weekend"}:
            return None
        year = self.year(k + 1) if unit in {"quarter", "half"} else None
        if year is not None:
            # "The third quarter 2022".
            return Phrase(i, k + 2, Portion(Year(year), unit, order, count), "portion")
        if self.low(k + 1) not in {"of", "in"}:
            return None
        inner = self.whole(k + 2)
        if inner is None or isinstance(inner.meaning, Range | Open):
            return None
        return Phrase(
            i, inner.last, Portion(inner.meaning, unit, order * (count if order > 0 else 1), count), "portion"
        )

    def part_of_day(self, i: int) -> Phrase | None:
        """Read "the night of October 17", "dawn on Friday", "midnight Tuesday", "the early hours of Sunday"."""
        k = i + (self.low(i) == "the")
        early = self.low(k) in HOURS_OF and (self.low(k) != "overnight" or self.low(k + 1) == "hours")
        k += early
        k += early and self.low(k) == "-"
        parts = self.low(k) in self.words.parts or (self.low(k) == "overnight" and not self.named(k - 1))
        k += parts
        if early and self.low(k) == "hours":
            k, parts = k + 1, True
        if not parts:
            return None
        if self.low(k) in {"of", "on", "between", "from"}:
            ranged = self.between(k) if self.low(k) == "between" else self.ranged(k + 1)
            return None if ranged is None else ranged._replace(first=i)
        found = self.dated(k)
        return (
            found._replace(first=i)
            if found is not None and isinstance(found.meaning, Weekday | Day)
            else None
        )

    def between(self, i: int) -> Phrase | None:
        """Read "between July 4 and July 17, 2015", "between 3 and 7 May", "between 2014 and 2016"."""
        if self.low(i) != "between":
            return None
        days = self.day_number(i + 1)
        if days is not None and self.low(days[1]) == "and":
            both = self.day_first(days[1] + 1)
            if both is not None and isinstance(both.meaning, Day):
                first = Day(both.meaning.month, days[0], both.meaning.year)
                return Phrase(i, both.last, Range(first, both.meaning), "range")
        opening = self.single(i + 1)
        if opening is None:
            return None
        if isinstance(opening.meaning, Range):
            return opening._replace(first=i)
        if self.low(opening.last) not in {"and", "to", "-"}:
            return None
        closing = self.closing(opening, opening.last + 1)
        return None if closing is None else closing._replace(first=i)

    def ranged(self, i: int) -> Phrase | None:
        """Read a single time, and "to" another one where it follows."""
        opening = self.single(i)
        if opening is None or isinstance(opening.meaning, Range | Open):
            return opening
        k = opening.last
        mark = self.low(k)
        if mark in {"and", "or", ",", "&"}:
            return self.row(opening)
        slash = mark == "/" and self.glued(k) and isinstance(opening.meaning, Day)
        if (mark not in CONNECTORS and not slash) or self.owns(k):
            return opening
        closing = self.closing(opening, k + 1)
        if closing is None:
            return opening
        if mark in {"-", "--"} and not self.glued(k):
            # "March 3 - April 2" is a range; in "Sept 1 - Friday was calm" the dash divides.
            assert isinstance(closing.meaning, Range)
            if (
                mark == "--"
                or type(closing.meaning.last) is not type(opening.meaning)
                or self.owns(closing.last)
            ):
                return opening
        if mark == "into" and not isinstance(opening.meaning, Weekday | Day):
            return opening
        return closing

    def row(self, opening: Phrase) -> Phrase:
        """Read "Saturday and Sunday", "June and July 2015", "30 April and 1 May": days or months in a row.

        Those that do not follow each other stay apart, but take the year at their end.
        """
        if (
            self.depth
            or not isinstance(opening.meaning, Weekday | Month | Day)
            or not floats(opening.meaning)
        ):
            # Inside another time a row would be tried again at each of its places.
            return opening
        found, closed = [opening], False
        while not closed and len(found) <= 7:
            k = found[-1].last
            comma = self.low(k) == ","
            k += comma
            closed = self.low(k) in {"and", "or", "&"}
            if not closed and not comma:
                return opening
            k += closed
            following = self.single(k + (self.low(k) == "on"))
            if (
                following is None
                or type(following.meaning) is not type(opening.meaning)
                or self.owns(following.last)
            ):
                return opening
            if not floats(following.meaning) and not (closed and isinstance(following.meaning, Month | Day)):
                return opening
            found.append(following)
        last = found[-1].meaning
        if isinstance(last, Month | Day) and last.year is not None:
            found = [
                each._replace(meaning=replace(each.meaning, year=last.year))
                for each in found
                if isinstance(each.meaning, Month | Day)
            ]
        meanings = [each.meaning for each in found]
        if not all(adjoin(a, b) for a, b in pairwise(meanings)):
            return found[0]
        parts = tuple((each.first, each.last, each.meaning) for each in found)
        return Phrase(opening.first, found[-1].last, Range(meanings[0], meanings[-1]), "range", parts)

    def closing(self, opening: Phrase, i: int) -> Phrase | None:
        """Read the last time of a range whose first time is known."""
        if self.low(i) in {"the", "about"} and self.single(i) is None:
            i += 1
        last = self.single(i)
        if last is None and isinstance(opening.meaning, Day):
            day = self.day_number(i)
            if day is not None and self.low(day[1]) not in {":", "%", "people"}:
                year, end = self.with_year(day[1])
                first = replace(opening.meaning, year=opening.meaning.year or year)
                return Phrase(
                    opening.first, end, Range(first, replace(first, day=day[0], weekday=None)), "range"
                )
        if last is None and isinstance(opening.meaning, Year):
            year = self.year(i)
            last = None if year is None else Phrase(i, i + 1, Year(year), "year")
        if last is None or isinstance(last.meaning, Range | Open):
            return None
        return Phrase(opening.first, last.last, Range(opening.meaning, last.meaning), "range")


PORTIONS = {
    "first": 0,
    "opening": 0,
    "second": 1,
    "third": 2,
    "fourth": 3,
    "last": -1,
    "final": -1,
    "closing": -1,
}


def thirded(meaning: Meaning, part: Part) -> Meaning:
    """Cut a period; a day stays whole."""
    if isinstance(meaning, Month | Year | Decade | Span):
        return replace(meaning, part=part)
    return meaning


def adjoin(first: Meaning, second: Meaning) -> bool:
    """Tell whether a day or month follows directly on another."""
    if isinstance(first, Weekday) and isinstance(second, Weekday):
        return second.number == (first.number + 1) % 7
    if isinstance(first, Month) and isinstance(second, Month):
        whole = (first.part, second.part) in {(None, None), ("late", "early")}
        return second.month == first.month % 12 + 1 and whole
    if isinstance(first, Day) and isinstance(second, Day):
        opening, closing = on(2000, first.month, first.day), on(2000, second.month, second.day)
        return opening is not None and closing is not None and (closing - opening).days in {1, -365}
    return False
