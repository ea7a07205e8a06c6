"""Times that count from the day of the article or from a time told of before, in a cut sentence.

*Finds* "last week", "this year", "next month", "the same day", "the past three months", "the weekend", "last
summer", "this morning", "earlier this year", "so far this year", "the week of May 3", "in recent weeks".
*Leaves alone* durations ("for three days"), "the fall of the city", newspapers and broadcasters ("USA
Today").
*Marks* each as a `Phrase`: where it starts and ends, what it means, and by which rule.
"""

from __future__ import annotations

from dataclasses import replace

from casualty_extract.times_counts import Counts
from casualty_extract.times_dates import FUNCTION_WORDS
from casualty_extract.times_figures import Phrase
from casualty_extract.times_meanings import Day, Meaning, Month, Named, Season, Weekday, Year
from casualty_extract.times_orders import Numeric
from casualty_extract.times_relations import Moved, Open, Span, Vague, Window, Within
from casualty_extract.times_words import RelativeRow

__all__ = ["Spans"]

IN = frozenset({"in", "during", "over", "for", "within", "through", "throughout", "of", "into"})
SEASON_PREPOSITIONS = IN | {"since", "until", "by", "the", "early", "late", "mid", "-"}


class Spans(Counts):
    """Reads the relative times of one sentence; most methods take a place and give a `Phrase` or None."""

    def span(self, i: int) -> Phrase | None:
        """Read a relative time at a place."""
        return (
            self.alone(i)
            or self.earlier(i)
            or self.counted(i)
            or self.relative(i)
            or self.seasonal(i)
            or self.reported(i)
            or self.within(i)
            or self.aftermath(i)
            or self.eve(i)
            or self.day_of_event(i)
        )

    def aftermath(self, i: int) -> Phrase | None:
        """Read "the weeks since", "the days that followed", "the months ahead": no one says how many."""
        k = i + (self.low(i) == "the")
        if self.unit(k) is None or not self.low(k).endswith("s") or k == i:
            return None
        k += 1
        if self.low(k) in {"since", "ahead", "afterwards", "afterward"}:
            # "The days since Monday" and "the years ahead of the vote" have an end of their own.
            after = self.low(k + 1)
            plain = not after.isalpha() or after in FUNCTION_WORDS - {"the", "his", "a", "of"}
            return Phrase(i, k + 1, Vague(), "vague") if plain else None
        if self.low(k) == "that" and self.low(k + 1) == "followed":
            return Phrase(i, k + 2, Vague(), "vague")
        return None

    def within(self, i: int) -> Phrase | None:
        """Read "during the quarter": the one told of before."""
        row = self.unit(i + 2)
        if self.low(i) != "during" or self.low(i + 1) != "the" or row is None or self.low(i + 3) == "of":
            return None
        anaphoric = row.unit in {"week", "month", "quarter", "year"} and not self.low(i + 2).endswith("s")
        return Phrase(i, i + 3, Span(row.unit, 0, anchored=True), "span") if anaphoric else None

    def earlier(self, i: int) -> Phrase | None:
        """Read "earlier this year", "later on Friday", "earlier in the week", "so far this year", "year to date"."""
        word = self.low(i)
        date = [self.low(k) for k in range(i + 1, i + 5) if self.low(k) != "-"][:2] == ["to", "date"]
        k = i + 1 + (self.low(i + 1) == "-")
        if (
            word == "year"
            and self.low(k) == "end"
            and self.low(i - 1) in {"by", "until", "before", "at", "-"}
        ):
            return Phrase(i, k + 1, Span("year", 0, part="late"), "span")
        if word in {"year", "month"} and date:
            return Phrase(i, i + (5 if self.low(i + 1) == "-" else 3), Span(word, 0, "so_far"), "span")
        if word == "so" and self.low(i + 1) == "far":
            k = i + 2 + (self.low(i + 2) in {"in", "during"})
            found = self.relative(k) or self.date(k)
            if found is not None and isinstance(found.meaning, Year | Month):
                return Phrase(i, found.last, Open(found.meaning, "since"), "since")
            return None if found is None else found._replace(first=i)
        if word not in {"earlier", "later"}:
            return None
        k = i + 1
        if self.low(k) == "in" and self.low(k + 1) == "the":
            row = self.unit(k + 2)
            if row is None or row.unit == "hour":
                return None
            if row.unit == "day":
                return Phrase(i, k + 3, Moved("day", 0, anchored=True), "anchored")
            meaning = Span(row.unit, 0, "so_far" if word == "earlier" else "rest")
            return Phrase(i, k + 3, meaning, "span")
        while self.low(k) in {"on", "in"}:
            k += 1
        found = self.alone(k) or self.relative(k) or self.weekday(k) or self.date(k)
        if found is None:
            return None
        if isinstance(found.meaning, Span) and found.meaning.which == 0 and word == "later":
            return found._replace(first=i, meaning=replace(found.meaning, side="rest"))
        return found._replace(first=i)

    def relative(self, i: int) -> Phrase | None:
        """Read "last week", "this morning", "next Friday", "last July", "the past three months"."""
        the = self.low(i) == "the"
        k = i + the
        if self.low(k) == "weekend" and not (self.low(k + 1) == "-" and self.glued(k + 1)):
            return Phrase(i, k + 1, Span("weekend", None), "weekend")
        if (self.low(k) == "this" and self.low(k + 1) in {"past", "last", "coming"}) or (
            self.low(k) == "that" and self.low(k + 1) == "same"
        ):
            k += 1
        if the and self.low(k) in {"month", "year", "holy", "fasting"}:
            return self.named_unit(i, k)
        if the and self.low(k) == "week":
            return self.week_of(i, k + 1)
        if (
            not the
            and [self.low(k + n) for n in range(3)] == ["this", "day", "in"]
            and self.year(k + 3) is not None
        ):
            return Phrase(i, k + 4, Within(Moved("day", 0), Year(self.year(k + 3) or 0)), "this_day")
        word = self.low(k)
        if word in self.words.vague:
            row = self.unit(k + 1)
            recent = word == "recent" and row is not None and self.low(k + 1).endswith("s")
            return Phrase(i, k + 2, Vague(), "vague") if recent else None
        rel = self.words.relatives.get(word)
        if rel is None:
            return None
        n = k + 1
        return (
            self.many(i, n, rel)
            or self.one(i, n, rel, word)
            or self.weekday_of(i, n, rel)
            or self.month_of(i, n, rel)
            or self.night_of(i, n, rel, word)
        )

    def named_unit(self, i: int, k: int) -> Phrase | None:
        """Read "the month of July", "the year 2016", "the holy month of Ramadan"."""
        k += self.low(k) in {"holy", "fasting"}
        of = self.date(k + 1 + (self.low(k + 1) == "of"))
        if of is None or (self.low(k + 1) not in {"of"} and self.low(k) != "year"):
            return None
        return of._replace(first=i)

    def week_of(self, i: int, k: int) -> Phrase | None:
        """Read "the week of May 3", "the week beginning May 1"."""
        word = self.low(k)
        if word not in {"of", "beginning", "starting", "commencing"}:
            return None
        day = self.date(k + 1)
        if day is None or not isinstance(day.meaning, Day | Numeric | Named):
            return None
        week: Meaning = Moved("week", 0, of=day.meaning)
        if word != "of":
            week = Window("week", 1, ahead=True, end=day.meaning)
        return Phrase(i, day.last, week, "window")

    def many(self, i: int, n: int, rel: RelativeRow) -> Phrase | None:
        """Read "last two weeks", "the past few days", "the next three days"."""
        counted = self.count(n)
        if counted is None:
            return None
        row = self.unit(counted[1])
        if row is None or row.unit == "weekend" or rel.which == 0:
            return None
        if rel.anchored and self.low(i) != "the":
            # "Following ten years of war".
            return None
        number = None if counted[0] is None else counted[0] * row.size
        end = counted[1] + 1
        if self.low(end) == "of" or self.low(end) in {"ago", "later", "earlier"}:
            return None
        if number is None:
            return Phrase(i, end, Vague(), "vague")
        return Phrase(i, end, Window(row.unit, number, ahead=rel.which == 1), "window")

    def one(self, i: int, n: int, rel: RelativeRow, word: str) -> Phrase | None:
        """Read "last week", "this year", "the same day", "the previous month", "the past week"."""
        row = self.unit(n)
        if row is None or self.low(n + 1) == "of":
            return None
        unit, the = row.unit, self.low(i) == "the"
        plural = self.low(n).endswith("s")
        if unit == "weekend":
            return Phrase(
                i,
                n + 1,
                Span(unit, None if word in {"past", "this"} else rel.which, anchored=rel.anchored),
                "weekend",
            )
        if plural:
            return Phrase(i, n + 1, Vague(), "vague") if word in {"past", "coming"} else None
        if unit == "hour":
            return Phrase(i, n + 1, Window("hour", 1), "window") if word in {"past", "last"} else None
        if word in {"past", "last"} and unit == "year" and self.is_and_a_half(n + 1):
            return Phrase(i, n + 4, Window("month", 18), "window")
        if word == "past" or (word == "last" and the and self.low(i - 1) in IN and unit != "day"):
            this = self.low(i) == "this"
            return Phrase(
                i, n + 1, Span(unit, -1) if this else Window(unit, row.size), "span" if this else "window"
            )
        if rel.anchored or (word == "next" and (the or unit == "day")):
            return Phrase(i, n + 1, Moved(unit, rel.which, anchored=True), "anchored")
        if unit == "day":
            return None
        return Phrase(i, n + 1, Span(unit, rel.which, "so_far" if rel.which == 0 else None), "span")

    def weekday_of(self, i: int, n: int, rel: RelativeRow) -> Phrase | None:
        """Read "last Friday", "next Monday night"."""
        found = self.weekday(n)
        if found is None:
            return None
        end = found.last + (self.low(found.last) in self.words.parts)
        if isinstance(found.meaning, Weekday):
            if rel.anchored and rel.which and self.low(i) != "the":
                # "Losses following Friday's vote".
                return None
            which = None if rel.anchored and not rel.which else rel.which
            return Phrase(
                i,
                end,
                replace(found.meaning, which=which, anchored=rel.anchored and rel.which != 0),
                "weekday",
            )
        return found._replace(first=i)

    def month_of(self, i: int, n: int, rel: RelativeRow) -> Phrase | None:
        """Read "last July", "this summer", "last Christmas"."""
        found = self.date(n)
        if found is not None:
            if isinstance(found.meaning, Month) and found.meaning.year is None and not rel.anchored:
                return Phrase(i, found.last, replace(found.meaning, which=rel.which), "month")
            dated = isinstance(found.meaning, Day) and found.meaning.year is None and rel.which == -1
            return (
                found._replace(first=i) if found.rule == "named_day" or (dated and not rel.anchored) else None
            )
        row = self.words.seasons.get(self.low(n))
        if row is None:
            return None
        year, end = self.with_year(n + 1)
        return Phrase(i, end, Season(row.month, year, None if rel.anchored else rel.which), "season")

    def night_of(self, i: int, n: int, rel: RelativeRow, word: str) -> Phrase | None:
        """Read "this morning", "last night", "the next morning", "that evening"."""
        k = n + (self.low(n) in {"early", "late"})
        if self.low(k) not in self.words.parts or (self.low(i) == "the" and word in {"last", "past"}):
            return None
        anchored = rel.anchored or word in {"next", "coming"}
        return Phrase(
            i, k + 1, Moved("day", rel.which, anchored=anchored), "anchored" if anchored else "deictic"
        )

    def seasonal(self, i: int) -> Phrase | None:
        """Read "summer 2016", "the winter of 2015", "in the fall"."""
        the = self.low(i) == "the"
        row = self.words.seasons.get(self.low(i + the))
        if row is None:
            return None
        if self.named(i + the) and self.named(i + the + 1) and self.low(i + the + 1).isalpha():
            # "The Winter Olympics".
            return None
        year, end = self.with_year(i + the + 1, comma=False)
        slashed = self.slashed(i + the + 1) or self.slashed(i + the + 2)
        if slashed is not None and self.low(slashed.first - 1) in {"of", "in", self.low(i + the)}:
            year, end = int(self.low(slashed.first)), slashed.first + 1
        if year is not None:
            if self.low(end) in {"-", "/"} and self.low(end + 1) == f"{(year + 1) % 100:02}":
                end += 2
            return Phrase(i, end, Season(row.month, year), "season")
        before = self.low(i - 1)
        if before not in SEASON_PREPOSITIONS or (
            row.verb and not (before in {"in", "during"} and self.low(end) != "of")
        ):
            return None
        after = self.low(end)
        if after.isalpha() and not the and before not in {"in", "during", "since", "until", "by"}:
            return None
        return Phrase(i, end, Season(row.month), "season")
