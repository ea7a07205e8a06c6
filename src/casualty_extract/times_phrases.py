"""Time expressions of every form in a sentence cut into pieces: what they span and what they mean.

*Finds* besides single times "since August 2014", "from August 2014 on", "until March", "by Friday", "as
of 12 July", "before 2014", "since the start of the campaign".
*Leaves alone* what `times_dates` and `times_spans` leave alone.
*Marks* each as a `Phrase`: where it starts and ends, what it means, and by which rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casualty_extract.numerals import SCALES
from casualty_extract.times_dates import FUNCTION_WORDS
from casualty_extract.times_figures import Phrase
from casualty_extract.times_meanings import Day, Meaning, Month, Weekday, Year
from casualty_extract.times_relations import Moved, Open, Range, Then, Vague
from casualty_extract.times_singles import Singles
from casualty_extract.times_words import Piece

__all__ = ["Phrases"]

CLAUSE_ENDS = frozenset({",", ".", ";", ":", "(", ")", '"', "“", "”", "--", "but", "until", "since", "while"})

LEADING = frozenset("the a an from by as up before through this".split())
"""Words that lead to a time only where the next word can open one, or is one of these:"""
LED = frozenset(
    {*SCALES, "half", "couple", "previous", "to", "until", "till", "of", "at", "then", "year", "eve"}
)
SINCE_REACH = 20
"""How many pieces after "since" its time may stand: "since the fall of the old government in 2011"."""


class Phrases(Singles):
    """Reads the time expressions of one sentence.

    Args:
        pieces: the sentence.
        clocks: whether a time of day belongs to the day beside it.
    """

    def __init__(self, pieces: Sequence[Piece], *, clocks: bool = True) -> None:
        super().__init__(pieces)
        self.clocks = clocks

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
        if phrase.parts:
            yield from phrase.parts
            return
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
        if (
            word in {"up", "as"}
            and self.low(k) in ({"to", "until", "till"} if word == "up" else {"of", "at"})
        ) or (word == "prior" and self.low(k) == "to"):
            k += 1
        elif word not in {"until", "till", "til", "by", "before", "through"}:
            return None
        if self.low(k) == "then" and word != "before" and not self.is_title(k + 1):
            return Phrase(i, k + 1, Open(Then(), "until"), "until")
        of = self.single(k)
        if of is None or self.owns(of.last) or (word == "by" and self.is_agent(of)):
            return None
        if word in {"before", "prior"}:
            dated = isinstance(of.meaning, Year) or (
                isinstance(of.meaning, Month | Day) and of.meaning.year is not None
            )
            return Phrase(i, of.last, Open(of.meaning, "before"), "before") if dated else None
        return Phrase(i, of.last, Open(of.meaning, "until"), "until")

    def is_title(self, i: int) -> bool:
        """Tell whether a noun follows "then": "by then president Ould"."""
        low = self.low(i)
        return low == "-" or (
            low.isalpha() and low not in FUNCTION_WORDS | {"more", "many", "some", "most", "all", "would"}
        )

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
        if self.low(k) == "then" or (self.low(k) == "that" and self.low(k + 1) in {"time", "moment"}):
            return Phrase(i, k + 1 + (self.low(k) == "that"), Open(Then(), "since"), "since")
        if self.low(k) in {"the", "a", "an", "its", "his", "her", "their"}:
            # "Since the 2011 uprising".
            of = self.years(k + 1)
            if of is not None and self.year(k + 1) is not None:
                return Phrase(i, self.noun_end(of.last), Open(of.meaning, "since"), "since")
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

    def noun_end(self, i: int) -> int:
        """Give the end of the noun that a year stands before: "since the 2006 Asian Games"."""
        k = i
        while k < i + 3 and self.low(k).isalpha() and self.low(k) not in FUNCTION_WORDS:
            k += 1
            k += self.low(k) == "-" and self.glued(k)
        return k

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
