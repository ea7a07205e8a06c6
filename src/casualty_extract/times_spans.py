"""Times that count from the day of the article or from a time told of before, in a cut sentence.

*Finds* "yesterday", "overnight", "last week", "this year", "next month", "two weeks ago", "a day
earlier", "the same day", "the past three months", "the 24 hours to Monday", "the weekend", "last
summer", "this morning", "earlier this year", "in recent weeks".
*Leaves alone* durations ("for three days"), ages ("two years old"), "one day", "the fall of the city",
newspapers and broadcasters ("USA Today").
*Marks* each as a `Phrase`: where it starts and ends, what it means, and by which rule.
"""

from __future__ import annotations

from dataclasses import replace

from casualty_extract import numerals
from casualty_extract.times_dates import Dates
from casualty_extract.times_figures import Phrase
from casualty_extract.times_meanings import Meaning, Month, Season, Weekday
from casualty_extract.times_relations import Moved, Span, Vague, Window
from casualty_extract.times_words import RelativeRow, UnitRow

__all__ = ["Spans"]

IN = frozenset({"in", "during", "over", "for", "within", "through", "throughout", "of", "into"})
SEASON_PREPOSITIONS = IN | {"since", "until", "by", "the", "early", "late", "mid", "-"}


class Spans(Dates):
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
        )

    def reported(self, i: int) -> Phrase | None:
        """Read "ending June 30" in "the quarterly report ending June 30": the whole quarter."""
        if self.low(i) not in {"ending", "ended"}:
            return None
        for k in range(i - 1, max(i - 10, -1), -1):
            row = self.words.frequencies.get(self.low(k))
            if row is not None:
                end = self.ending(i + 1)
                return (
                    None
                    if end is None
                    else Phrase(i, end.last, Window(row.unit, 1, end=end.meaning), "window")
                )
        return None

    def within(self, i: int) -> Phrase | None:
        """Read "during the quarter": the one told of before."""
        row = self.unit(i + 2)
        if self.low(i) != "during" or self.low(i + 1) != "the" or row is None or self.low(i + 3) == "of":
            return None
        anaphoric = row.unit in {"week", "month", "quarter", "year"} and not self.low(i + 2).endswith("s")
        return Phrase(i, i + 3, Span(row.unit, 0, anchored=True), "span") if anaphoric else None

    def ending(self, i: int) -> Phrase | None:
        """Read the end of a period: a day, also behind a time of day ("to 6 a.m. on Monday")."""
        while self.low(i) in {"on", "in", "the"}:
            i += 1
        found = self.alone(i) or self.weekday(i) or self.date(i)
        if found is not None or not self.low(i)[:1].isdigit():
            return found
        for k in range(i + 1, min(i + 16, len(self.pieces))):
            if self.low(k) in {";", '"', "-"}:
                break
            found = self.weekday(k) or (self.date(k + 1) if self.low(k) == "on" else None)
            if found is not None:
                return found
        return None

    def count(self, i: int) -> tuple[int | None, int] | None:
        """Read "two", "24", "a", "a couple of", "several" (None): a count of units, and the place after it."""
        low = self.low(i)
        if low in self.words.vague:
            return None, i + 1
        if low in {"a", "an"} and self.low(i + 1) in self.words.vague:
            return None, i + 2
        if low in {"a", "an"} and self.low(i + 1) in self.words.units:
            return 1, i + 1
        found = numerals.longest([self.low(k) for k in range(i, min(i + 6, len(self.pieces)))])
        if found is None or found.value > 1000:
            return None
        end = i + found.words
        if [self.low(k) for k in range(end, end + 3)] == ["and", "a", "half"]:
            end += 3
        return found.value, end + (self.low(end) == "of" and self.low(end - 1) == "couple")

    def unit(self, i: int) -> UnitRow | None:
        """Read a unit of time that is not glued to a hyphen: "day", but not "three-day"."""
        row = self.words.units.get(self.low(i))
        if row is None or (self.glued(i) and self.low(i - 1) == "-"):
            return None
        return None if self.low(i + 1) == "-" and self.glued(i + 1) else row

    def alone(self, i: int) -> Phrase | None:
        """Read "today", "yesterday", "overnight", and the part of the day after them."""
        row = self.words.single.get(self.low(i))
        if row is None:
            return None
        if self.named(i) and self.named(i - 1) and i > 0:
            return None
        if row.unit is not None:
            # "overnight on Friday" is the night of that day; the weekday is read next.
            k = i + 1 + (self.low(i + 1) in {"on", "from", "into", "between"})
            return (
                None if self.low(k) in self.words.weekdays else Phrase(i, i + 1, Span(row.unit), "overnight")
            )
        k = i + 1
        if self.low(k) in {"early", "late"}:
            k += 1
        end = k + 1 if self.low(k) in self.words.parts else i + 1
        return Phrase(i, end, Moved("day", row.days), "deictic")

    def earlier(self, i: int) -> Phrase | None:
        """Read "earlier this year", "later on Friday", "earlier in the week", "so far this year"."""
        word = self.low(i)
        if word == "so" and self.low(i + 1) == "far":
            found = self.relative(i + 2 + (self.low(i + 2) in {"in", "during"}))
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

    def counted(self, i: int) -> Phrase | None:
        """Read "two weeks ago", "a day earlier", "three days after", "days later", "the day before"."""
        k = i + (self.low(i) == "the")
        counted = self.count(k)
        bare = counted is None
        number, k = counted or (1, k)
        row = self.unit(k)
        if row is None:
            return self.part_before(i)
        plural = self.low(k).endswith("s")
        if bare and self.low(i) != "the" and (not plural or self.low(i - 1).isdigit()):
            # "days later" and "weeks ago" have no number; a bare "day later" is none.
            return None
        if bare and plural:
            number = None
        size = None if number is None else number * row.size
        word, unit = self.low(k + 1), row.unit
        if unit == "decade" and size is not None:
            unit, size = "year", 10 * size
        if unit == "weekend":
            return None
        if word == "from" and self.low(k + 2) == "now":
            return Phrase(i, k + 3, Moved(unit, size), "ago")
        if word == "ago" or (word == "back" and number is not None and self.low(k + 2) in {",", "."}):
            return Phrase(i, k + 2, Moved(unit, None if size is None else -size), "ago")
        if word in {"earlier", "later"} and (not bare or number is None):
            return Phrase(i, k + 2, self.moved(unit, size, 1 if word == "later" else -1), "anchored")
        if word in {"before", "after", "prior"} and unit != "hour":
            return self.beside(i, k, unit, size)
        return self.window(i, k, row, number)

    def moved(self, unit: str, size: int | None, way: int) -> Meaning:
        """Give what "hours later" and "three days earlier" mean."""
        if unit == "hour" and size is None:
            return Moved("day", 0, anchored=True)
        return Moved(unit, None if size is None else way * size, anchored=True)

    def beside(self, i: int, k: int, unit: str, size: int | None) -> Phrase | None:
        """Read "two days after July 4", "a day after the attack", "the day before yesterday"."""
        way = 1 if self.low(k + 1) == "after" else -1
        end = k + 2 + (self.low(k + 1) == "prior" and self.low(k + 2) == "to")
        size = None if size is None else way * size
        of = self.alone(end) or self.weekday(end) or self.date(end)
        if of is not None and not (self.low(of.last) == "'" and self.glued(of.last)):
            return Phrase(i, of.last, Moved(unit, size, of=of.meaning), "beside")
        if of is not None:
            return Phrase(i, k + 2, Moved(unit, size, of=of.meaning), "beside")
        clause = self.low(end).isalnum()
        return Phrase(i, k + 2, Moved(unit, size, anchored=True), "after_clause" if clause else "anchored")

    def part_before(self, i: int) -> Phrase | None:
        """Read "the night before", "the morning after"."""
        if self.low(i) != "the" or self.low(i + 1) not in self.words.parts:
            return None
        way = {"before": -1, "after": 1}.get(self.low(i + 2))
        return None if way is None else Phrase(i, i + 3, Moved("day", way, anchored=True), "anchored")

    def window(self, i: int, k: int, row: UnitRow, number: int | None) -> Phrase | None:
        """Read "the 24 hours to Monday", "the three months ending June 30", "the week ended July 4"."""
        j = k + 1
        if self.low(j) == "that":
            j += 1
        if self.low(j) not in {"to", "ending", "ended", "until", "preceding", "before", "through"}:
            return None
        if self.low(j) in {"to", "before", "through", "until"} and self.low(i) != "the":
            return None
        end = self.ending(j + 1)
        if end is None:
            return None
        size = None if number is None else number * row.size
        return Phrase(i, end.last, Window(row.unit, size, end=end.meaning), "window")

    def relative(self, i: int) -> Phrase | None:
        """Read "last week", "this morning", "next Friday", "last July", "the past three months"."""
        the = self.low(i) == "the"
        k = i + the
        if self.low(k) == "weekend" and not (self.low(k + 1) == "-" and self.glued(k + 1)):
            return Phrase(i, k + 1, Span("weekend", None), "weekend")
        if self.low(k) == "this" and self.low(k + 1) in {"past", "last", "coming"}:
            k += 1
        if the and self.low(k) in {"month", "year"}:
            return self.named_unit(i, k)
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
        """Read "the month of July", "the year 2016"."""
        of = self.date(k + 1 + (self.low(k + 1) == "of"))
        if of is None or (self.low(k + 1) not in {"of"} and self.low(k) != "year"):
            return None
        return of._replace(first=i)

    def many(self, i: int, n: int, rel: RelativeRow) -> Phrase | None:
        """Read "last two weeks", "the past few days", "the next three days"."""
        counted = self.count(n)
        if counted is None:
            return None
        row = self.unit(counted[1])
        if row is None or row.unit == "weekend" or rel.which == 0:
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
            which = None if rel.anchored else rel.which
            return Phrase(i, end, replace(found.meaning, which=which), "weekday")
        return found._replace(first=i)

    def month_of(self, i: int, n: int, rel: RelativeRow) -> Phrase | None:
        """Read "last July", "this summer", "last Christmas"."""
        found = self.date(n)
        if found is not None:
            if isinstance(found.meaning, Month) and found.meaning.year is None and not rel.anchored:
                return Phrase(i, found.last, replace(found.meaning, which=rel.which), "month")
            return found._replace(first=i) if found.rule == "named_day" else None
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
        year, end = self.with_year(i + the + 1, comma=False)
        if year is not None:
            if self.low(end) == "-" and self.glued(end) and self.low(end + 1) == f"{(year + 1) % 100:02}":
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
