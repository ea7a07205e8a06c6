"""Time expressions of every form in a sentence cut into pieces: what they span and what they mean.

*Finds* besides dates "since August 2014", "from August 2014 to July 2017", "between 3 and 7 May",
"by Friday", "early March", "the end of 2016", "Friday night", "the night of October 17", "the first
quarter of 2016", "since the start of the campaign".
*Leaves alone* what `times_dates` and `times_spans` leave alone.
*Marks* each as a `Phrase`: where it starts and ends, what it means, and by which rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from casualty_extract.numerals import SCALES
from casualty_extract.times_calendar import Part
from casualty_extract.times_dates import FUNCTION_WORDS
from casualty_extract.times_figures import Phrase
from casualty_extract.times_meanings import Day, Decade, Meaning, Month, Named, Weekday, Year
from casualty_extract.times_relations import Moved, Open, Portion, Range, Span, Vague
from casualty_extract.times_spans import Spans

__all__ = ["Phrases"]

CONNECTORS = frozenset({"to", "through", "until", "till", "til", "thru", "into", "-", "--"})
CLAUSE_ENDS = frozenset({",", ".", ";", ":", "(", ")", '"', "“", "”", "--", "but", "until", "since", "while"})
DEEPEST = 4
"""How many times a time may hold another: "the night of the last day of the first week of May"."""

LEADING = frozenset("the a an from by as up before through this".split())
"""Words that lead to a time only where the next word can open one, or is one of these:"""
LED = frozenset({*SCALES, "half", "couple", "previous", "to", "until", "till", "of", "at"})
SINCE_REACH = 20
"""How many pieces after "since" its time may stand: "since the fall of the old government in 2011"."""


class Phrases(Spans):
    """Reads the time expressions of one sentence."""

    depth = 0

    def all(self) -> Iterator[Phrase]:
        """Read the sentence from left to right; the expressions do not overlap."""
        end, openers = 0, self.words.openers
        for i, piece in enumerate(self.pieces):
            if i < end or not (piece.low in openers or piece.low[0].isdigit()):
                continue
            following = self.low(i + 1)
            if piece.low in LEADING and not (
                following in openers or following in LED or following[:1].isdigit()
            ):
                continue
            found = self.phrase(i)
            if found is not None:
                yield found
                end = found.last

    def ends(self, phrase: Phrase) -> Iterator[tuple[int, int, Meaning]]:
        """Give the single dates inside a range, or behind "since": their pieces, and what they mean."""
        whole = phrase.meaning
        if not isinstance(whole, Range | Open):
            return
        found: list[Phrase] = []
        i = phrase.first
        while i < phrase.last:
            here = self.single(i)
            if here is None or here.last > phrase.last or isinstance(here.meaning, Range | Open):
                year = self.year(i)
                here = None if year is None else Phrase(i, i + 1, Year(year), "year")
            if here is not None:
                found.append(here)
            i = here.last if here is not None else i + 1
        meanings = [each.meaning for each in found]
        if isinstance(whole, Range) and len(found) == 2:
            meanings = [whole.first, whole.last]
        elif isinstance(whole, Open) and len(found) == 1:
            meanings = [whole.of]
        for each, meaning in zip(found, meanings, strict=True):
            yield each.first, each.last, meaning

    def phrase(self, i: int) -> Phrase | None:
        """Read the widest expression at a place: open, ranging, or a single time."""
        return self.opened(i) or self.between(i) or self.ranged(i)

    def opened(self, i: int) -> Phrase | None:
        """Read "since 2014", "until March", "by Friday", "as of 12 July", "before 2014"."""
        word = self.low(i)
        if word == "since":
            return self.since(i)
        if word == "from":
            return self.onwards(i)
        k = i + 1
        if word in {"up", "as"} and self.low(k) in (
            {"to", "until", "till"} if word == "up" else {"of", "at"}
        ):
            k += 1
        elif word not in {"until", "till", "til", "by", "before", "through"}:
            return None
        of = self.single(k)
        if of is None or self.owns(of.last) or (word == "by" and self.is_agent(of)):
            return None
        if word == "before":
            dated = isinstance(of.meaning, Year) or (
                isinstance(of.meaning, Month | Day) and of.meaning.year is not None
            )
            return Phrase(i, of.last, Open(of.meaning, "before"), "before") if dated else None
        return Phrase(i, of.last, Open(of.meaning, "until"), "until")

    def is_agent(self, of: Phrase) -> bool:
        """Tell whether "by" names a cause: "killed by Friday shelling", "by the 2016 attack", "by night"."""
        if isinstance(of.meaning, Weekday | Year | Month):
            after = self.low(of.last)
            return after.isalpha() and not self.named(of.last) and after not in FUNCTION_WORDS
        return self.low(of.first) in {"overnight", "weekend"}

    def since(self, i: int) -> Phrase | None:
        """Read "since 2014", "since operations began in 2014", "since the start of the campaign"."""
        k = i + 1
        while self.low(k) in {"about", "around", "at", "least", "roughly"}:
            k += 1
        of = self.ranged(k)
        if of is not None:
            return Phrase(i, of.last, Open(of.meaning, "since"), "since")
        onset: int | None = None
        for n in range(k, min(k + SINCE_REACH, len(self.pieces))):
            if self.low(n) in CLAUSE_ENDS:
                break
            if self.low(n) in {"in", "on", "at"} or self.low(n) in self.words.weekdays:
                of = self.single(n if self.low(n) in self.words.weekdays else n + 1)
                if of is not None:
                    return Phrase(i, of.last, Open(of.meaning, "since"), "since")
            if onset is None and n < k + 4 and self.low(n) in self.words.onsets:
                onset = n + 1
        return (
            None if onset is None else Phrase(i, self.of_what(onset), Open(Vague(), "since"), "since_onset")
        )

    def of_what(self, i: int) -> int:
        """Give the end of "of the campaign" after "since the start"; the place itself where there is none."""
        if self.low(i) != "of":
            return i
        k = i + 1
        while k < min(i + 6, len(self.pieces)) and self.low(k).isalpha():
            if self.low(k) in FUNCTION_WORDS - {"the", "a", "an"}:
                break
            k += 1
        return k

    def onwards(self, i: int) -> Phrase | None:
        """Read "from 2014 to 2017", "from 2014 on", "from previous months"."""
        if self.low(i + 1) == "previous" and self.low(i + 2) in {"days", "weeks", "months", "years"}:
            unit = self.words.units[self.low(i + 2)].unit
            return Phrase(i, i + 3, Open(Moved(unit, 0, anchored=True), "before"), "before")
        of = self.ranged(i + 1)
        if of is None:
            return None
        if self.low(of.last) in {"onward", "onwards"} or (
            self.low(of.last) == "on" and not self.single(of.last + 1)
        ):
            return Phrase(i, of.last + 1, Open(of.meaning, "since"), "since")
        return of._replace(first=i) if isinstance(of.meaning, Range) else None

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
        if mark not in CONNECTORS or self.owns(k):
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

    def single(self, i: int) -> Phrase | None:
        """Read one time, with the words that modify it."""
        if self.depth >= DEEPEST:
            return None
        self.depth += 1
        found = self.modified(i) or self.portion(i) or self.part_of_day(i)
        self.depth -= 1
        return found or self.span(i) or self.with_part(self.dated(i))

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
        if row.of:
            if self.low(k) in {"part", "half"}:
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
        count, k = self.count(k + 1) or (1, k + 1)
        row = self.words.units.get(self.low(k))
        unit = "half" if self.low(k) == "half" else (row.unit if row is not None else None)
        if (
            unit is None
            or count is None
            or unit in {"hour", "weekend"}
            or self.low(k + 1) not in {"of", "in"}
        ):
            return None
        inner = self.whole(k + 2)
        if inner is None or isinstance(inner.meaning, Range | Open):
            return None
        return Phrase(
            i, inner.last, Portion(inner.meaning, unit, order * (count if order > 0 else 1), count), "portion"
        )

    def part_of_day(self, i: int) -> Phrase | None:
        """Read "the night of October 17", "dawn on Friday", "midnight Tuesday"."""
        k = i + (self.low(i) == "the")
        if self.low(k) in {"early", "late"}:
            k += 1
        if self.low(k) not in self.words.parts:
            return None
        k += 1
        if self.low(k) in {"of", "on", "between", "from"}:
            ranged = self.between(k) if self.low(k) == "between" else self.ranged(k + 1)
            return None if ranged is None else ranged._replace(first=i)
        found = self.dated(k)
        return (
            found._replace(first=i)
            if found is not None and isinstance(found.meaning, Weekday | Day)
            else None
        )

    def owns(self, i: int) -> bool:
        """Tell whether a genitive follows: "Friday's attack"."""
        return self.low(i) == "'" and self.glued(i)


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
