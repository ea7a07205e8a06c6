"""Times that are counted out in units from another time, in a sentence cut into pieces.

*Finds* "yesterday", "overnight", "two weeks ago", "two Sundays ago", "a week ago Friday", "a day earlier",
"two days after July 4", "the night before last", "the 24 hours to Monday", "ending June 30".
*Leaves alone* durations ("for three days"), ages ("two years old"), "one day".
*Marks* each as a `Phrase`: where it starts and ends, what it means, and by which rule.
"""

from __future__ import annotations

from dataclasses import replace

from casualty_extract import numerals
from casualty_extract.times_dates import Dates
from casualty_extract.times_figures import Phrase
from casualty_extract.times_meanings import Meaning, Weekday
from casualty_extract.times_relations import Moved, Span, Window
from casualty_extract.times_words import UnitRow

__all__ = ["Counts"]


UNSAID = frozenset("tens dozens scores hundreds thousands millions billions".split())


class Counts(Dates):
    """Reads the counted times of one sentence; most methods take a place and give a `Phrase` or None."""

    def alone(self, i: int) -> Phrase | None:
        """Read "today", "yesterday", "overnight", and the part of the day after them."""
        row = self.words.single.get(self.low(i))
        if row is None:
            return None
        if (
            self.named(i)
            and i > 0
            and (self.named(i - 1) or (self.named(i + 1) and self.low(i - 1).isalpha()))
        ):
            # "USA Today", "a post in Today News".
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

    def counted(self, i: int) -> Phrase | None:
        """Read "two weeks ago", "a day earlier", "three days after", "days later", "the day before"."""
        k = i + (self.low(i) == "the")
        counted = self.count(k)
        bare = counted is None
        number, k = counted or (1, k)
        row = self.unit(k)
        if row is None:
            return self.part_before(i) or self.weekdays_ago(i, k, number)
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
        if unit == "year" and size is not None and self.is_and_a_half(k + 1):
            unit, size, k = "month", 12 * size + 6, k + 3
            word = self.low(k + 1)
        if word == "from" and self.low(k + 2) == "now":
            return Phrase(i, k + 3, Moved(unit, size), "ago")
        if word == "ago" or (word == "back" and number is not None and self.low(k + 2) in {",", "."}):
            return self.ago(i, k + 2, Moved(unit, None if size is None else -size))
        if word in {"earlier", "later"} and (not bare or number is None):
            return Phrase(i, k + 2, self.moved(unit, size, 1 if word == "later" else -1), "anchored")
        if word in {"before", "after", "prior"} and unit != "hour":
            return self.beside(i, k, unit, size)
        return self.window(i, k, row, number)

    def count(self, i: int) -> tuple[int | None, int] | None:
        """Read "two", "24", "a", "a couple of", "several" (None): a count of units, and the place after it."""
        low = self.low(i)
        if low in self.words.vague:
            return None, i + 1
        if low in {"a", "an"} and self.low(i + 1) in self.words.vague:
            return None, i + 2
        if low in UNSAID and self.low(i + 1) == "of":
            # "Tens of thousands of years ago".
            further = self.low(i + 2) in UNSAID and self.low(i + 3) == "of"
            return None, i + 2 + 2 * further
        if low in {"a", "an"} and self.low(i + 1) in self.words.units:
            return 1, i + 1
        found = numerals.longest([self.low(k) for k in range(i, min(i + 6, len(self.pieces)))])
        if found is None:
            return None
        end = i + found.words
        if found.value > 1000:
            # "3000 years ago" lies before the calendar; other such numbers count no times.
            return (None, end) if self.low(end + 1) == "ago" else None
        if [self.low(k) for k in range(end, end + 3)] in (["and", "a", "half"], ["1", "/", "2"]):
            end += 3
        end += self.low(end) == "½"
        return found.value, end + (self.low(end) == "of" and self.low(end - 1) == "couple")

    def unit(self, i: int) -> UnitRow | None:
        """Read a unit of time that is not glued to a hyphen: "day", but not "three-day"."""
        row = self.words.units.get(self.low(i))
        if row is None or (self.glued(i) and self.low(i - 1) == "-"):
            return None
        return None if self.low(i + 1) == "-" and self.glued(i + 1) else row

    def is_and_a_half(self, i: int) -> bool:
        """Tell whether "and a half" stands here: "a year and a half ago"."""
        return [self.low(k) for k in range(i, i + 3)] == ["and", "a", "half"]

    def ago(self, i: int, end: int, moved: Moved) -> Phrase:
        """Read the day that may follow "ago": "a week ago Friday", "two years ago today"."""
        k = end + (self.low(end) == "on")
        day = self.words.weekdays.get(self.low(k))
        weeks = moved.unit in {"day", "week"} and moved.count is not None
        if day is not None and weeks and self.named(k) and not self.owns(k + 1):
            back = moved.count if moved.unit == "day" else 7 * (moved.count or 0)
            return Phrase(i, k + 1, Moved("day", back, of=Weekday(day.number)), "ago")
        within = (
            {"week": "week", "month": "month"}.get(self.low(end + 1)) if self.low(end) == "this" else None
        )
        if self.low(end) == "today":
            within, end = "day", end - 1
        if within is not None and moved.unit in {"month", "year"} and not self.owns(end + 2):
            return Phrase(i, end + 2, replace(moved, within=within), "ago")
        return Phrase(i, end if within != "day" else end + 1, moved, "ago")

    def weekdays_ago(self, i: int, k: int, number: int | None) -> Phrase | None:
        """Read "two Sundays ago", "the Friday before last"."""
        low = self.low(k)
        row = self.words.weekdays.get(low.removesuffix("s") if low not in self.words.weekdays else low)
        if row is None or number is None or not self.named(k):
            return None
        if self.low(k + 1) == "ago" and k > i:
            return Phrase(i, k + 2, Weekday(row.number, -number), "weekday")
        if self.low(i) == "the" and k == i + 1 and self.is_before_last(k + 1):
            return Phrase(i, k + 3, Weekday(row.number, -2), "weekday")
        return None

    def is_before_last(self, i: int) -> bool:
        """Tell whether "before last" stands here, and no "last week" or "last year"."""
        if self.low(i) != "before" or self.low(i + 1) != "last":
            return False
        after = self.low(i + 2)
        dated = after in self.words.units or after in self.words.weekdays or after in self.words.months
        return not dated and after not in self.words.seasons and not self.owns(i + 2)

    def moved(self, unit: str, size: int | None, way: int) -> Meaning:
        """Give what "hours later" and "three days earlier" mean."""
        if unit == "hour" and size is None:
            return Moved("day", 0, anchored=True)
        return Moved(unit, None if size is None else way * size, anchored=True)

    def beside(self, i: int, k: int, unit: str, size: int | None) -> Phrase | None:
        """Read "two days after July 4", "a day after the attack", "the day before yesterday"."""
        if self.low(i) == "the" and k == i + 1 and unit != "quarter":
            if self.is_before_last(k + 1):
                return Phrase(i, k + 3, Moved("day", -2) if unit == "day" else Span(unit, -2), "span")
            if self.low(k + 1) == "after" and self.low(k + 2) == "next" and unit != "day":
                return Phrase(i, k + 3, Span(unit, 2), "span")
        way = 1 if self.low(k + 1) == "after" else -1
        end = k + 2 + (self.low(k + 1) == "prior" and self.low(k + 2) == "to")
        size = None if size is None else way * size
        of = self.alone(end) or self.weekday(end) or self.date(end)
        if of is None and self.low(end) == "the":
            # "Two weeks before the November 13 deadline": the date stays a time of its own.
            of = self.weekday(end + 1) or self.date(end + 1)
            if of is not None:
                return Phrase(i, end, Moved(unit, size, of=of.meaning), "beside")
        if of is not None and not (self.low(of.last) == "'" and self.glued(of.last)):
            return Phrase(i, of.last, Moved(unit, size, of=of.meaning), "beside")
        if of is not None:
            return Phrase(i, k + 2, Moved(unit, size, of=of.meaning), "beside")
        clause = self.low(end).isalnum() and (self.low(k + 1) != "prior" or end > k + 2)
        return Phrase(i, k + 2, Moved(unit, size, anchored=True), "after_clause" if clause else "anchored")

    def eve(self, i: int) -> Phrase | None:
        """Read "the eve of July 4", "the eve of the vote"."""
        if [self.low(k) for k in range(i, i + 3)] != ["the", "eve", "of"] or not self.low(i + 3).isalnum():
            return None
        of = self.weekday(i + 3) or self.date(i + 3)
        if of is not None:
            return Phrase(i, of.last, Moved("day", -1, of=of.meaning), "beside")
        return Phrase(i, i + 3, Moved("day", -1, anchored=True), "event_day")

    def day_of_event(self, i: int) -> Phrase | None:
        """Read "the third day" in "the third day of the siege", which another sentence may date."""
        found = numerals.ordinal([self.low(k) for k in range(i + 1, i + 4)]) if self.low(i) == "the" else None
        if found is None or not 1 <= found.value <= 100:
            return None
        k = i + 1 + found.words
        led = self.low(k + 2) in {"the", "his", "her", "its", "their", "this"}
        if self.low(k) != "day" or self.low(k + 1) != "of" or not led:
            return None
        return Phrase(i, k + 1, Moved("day", found.value - 1, anchored=True), "event_day")

    def part_before(self, i: int) -> Phrase | None:
        """Read "the night before", "the morning after"."""
        if self.low(i) != "the" or self.low(i + 1) not in self.words.parts:
            return None
        if self.is_before_last(i + 2):
            return Phrase(i, i + 4, Moved("day", -2), "deictic")
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

    def owns(self, i: int) -> bool:
        """Tell whether a genitive follows: "Friday's attack"."""
        return self.low(i) == "'" and self.glued(i)
