"""Whose time stands beside a harm: that of the harm, or of what people did about it afterwards.

*Finds* times of acts that follow a harm: "was charged [on Monday] with killing two", "[On Tuesday] he
admitted murdering three", "Three of the wounded remained in hospital [on Monday]", "Rescuers searched [on
Thursday] for the missing".
*Leaves alone* times with another verb beside them, and those behind the harm: "admitted killing three women
[in May]".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache

from spacy.tokens import Doc

from casualty_extract import lexicon
from casualty_extract.mentions import Mention
from casualty_extract.reading import layout

__all__ = ["ActRow", "Clauses", "acts"]

REACH = 10
"""How many words away the verb of a time may stand."""
STOPS = frozenset(
    {",", ";", ":", ".", "that", "who", "which", "whose", "where", "when", "while", "(", ")", "-"}
)
"""What ends the look for a verb."""

NOTHING, OTHER = -1, -2
"""Where no verb stands beside a time, and where one stands there that is no act of this kind."""
RELATIVES = frozenset({"who", "which", "that", "where", "whose", "whom"})
RECORDS = frozenset(
    """first second third fourth fifth sixth seventh eighth ninth tenth only deadliest bloodiest worst biggest
    largest highest heaviest fiercest lowest most fewest least longest strongest""".split()
)
"""What makes "since 2014" the bound of a comparison."""
JOINING = frozenset({",", "and", "but"})
DASHES = frozenset({"-", "--", "–", "—"})


class ActRow(lexicon.Row):
    """A verb of what follows a harm.

    Attributes:
        forms: its other forms.
        around: its time is not that of a harm before it either: "of the wounded remained".
    """

    forms: list[str] = []
    around: bool = False


@cache
def acts() -> dict[str, ActRow]:
    """Give the verbs by all their forms."""
    rows = lexicon.read("links", "acts", ActRow)
    return {form: row for key, row in rows.items() for form in (key, *row.forms)}


class Clauses:
    """The clauses of one article's sentences, as word order tells them.

    Args:
        doc: the tokens.
        told: the harms and causes.
    """

    def __init__(self, doc: Doc, told: Iterable[Mention]) -> None:
        self._laid = layout(doc)
        self._told = sorted({self._token(m.start) for m in told})

    def is_of_another(self, time: Mention, harm: tuple[int, int]) -> bool:
        """Tell whether a time belongs to what followed a harm of its sentence.

        Args:
            time: the time.
            harm: where the word of harm stands.
        """
        first, last, told = self._token(time.start), self._token(time.end - 1), self._token(harm[0])
        if self._is_attribute(last, told):
            return False
        if self._is_relative(last, told):
            return True
        verb = self._before(first)
        if verb == NOTHING:
            verb = self._after(last)
        if verb in {NOTHING, OTHER, told}:
            return False
        return told > verb or acts()[self._laid.words[verb].lower].around

    def is_record(self, time: Mention) -> bool:
        """Tell whether a time bounds a comparison: "the deadliest year since 2014", "the fifth since May"."""
        for k in self._laid.back(self._token(time.start), REACH):
            low = self._laid.words[k].lower
            if low in STOPS:
                return False
            if low in RECORDS:
                return True
        return False

    def is_parted(self, time: Mention, start: int) -> bool:
        """Tell whether a time stands in another of the clauses that share a subject than a figure.

        "In May the court [received 12 reports from April] and [closed nine]": only "In May", which opens the
        sentence, is said of the nine.

        Args:
            time: the time.
            start: where the figure stands.
        """
        here, figure = self._token(time.start), self._token(start)
        if here > figure or self._opens(here):
            return False
        words = self._laid.words
        for k in range(self._token(time.end - 1) + 1, figure):
            if words[k].lower in JOINING and self._laid.kind(k + 1) == "verb":
                return True
        return False

    def _opens(self, token: int) -> bool:
        """Tell whether a token opens its sentence, but for a preposition, an article or a dateline."""
        before = self._laid.back(token, REACH)
        return len(before) <= 2 or any(self._laid.words[k].lower in DASHES for k in before[:4])

    def _token(self, offset: int) -> int:
        return bisect_right(self._laid.starts, offset) - 1

    def _is_attribute(self, last: int, told: int) -> bool:
        """Tell whether a time belongs to the noun of a harm: "the 2016 kidnapping and killing"."""
        if not last < told <= last + 5 or self._laid.kind(told) in {"verb", "part"}:
            return False
        between = range(last + 1, told)
        return not any(self._is_verb(k) or self._laid.kind(k) in {"aux", "adp", "punct"} for k in between)

    def _is_relative(self, last: int, told: int) -> bool:
        """Tell whether a harm stands in a clause on a noun, and nothing before it is told of on that day.

        "On Sunday the charity renamed its ship after a boy [who drowned]", but not "A fire on Sunday at a
        factory where six died".
        """
        for k in self._laid.back(told, 5):
            if k <= last:
                return False
            if self._laid.words[k].lower in RELATIVES:
                first = bisect_left(self._told, self._laid.firsts[self._laid.sentence[told]])
                return first == len(self._told) or self._told[first] >= k
            if self._is_verb(k):
                return False
        return False

    def _before(self, first: int) -> int:
        """Find the verb before a time, where it is that of an act: "charged in court on Monday"."""
        passed = False
        for k in self._laid.back(first, REACH):
            if self._laid.words[k].lower in STOPS:
                return NOTHING
            if self._is_act(k):
                # In "condemned the attacks on Monday" the day is that of the attacks.
                return OTHER if passed and not acts()[self._laid.words[k].lower].around else k
            passed = passed or self._is_told(k)
            if self._is_verb(k):
                return OTHER
        return OTHER if passed else NOTHING

    def _after(self, last: int) -> int:
        """Find it after its time: "on Monday arrested", "On Monday, the court in Belm sentenced"."""
        for n, k in enumerate(self._laid.ahead(last, REACH)):
            word = self._laid.words[k]
            if self._is_act(k):
                return k
            if word.lower in STOPS and (n or word.lower != ","):
                return NOTHING
            if self._is_verb(k) or self._is_told(k):
                return OTHER
        return NOTHING

    def _is_verb(self, token: int) -> bool:
        """Tell whether a word is a finite verb, or looks like one and no article leads it as in "a closed court"."""
        found = self._laid.kind(token)
        if found == "part" and self._laid.words[token].lower.endswith("ed"):
            return self._laid.kind(token - 1) != "det"
        return found == "verb"

    def _is_told(self, token: int) -> bool:
        n = bisect_left(self._told, token)
        return n < len(self._told) and self._told[n] == token

    def _is_act(self, token: int) -> bool:
        """Tell whether a word is such a verb; in the base form some are nouns too: "search", "charge"."""
        low = self._laid.words[token].lower
        row = acts().get(low)
        return row is not None and (low in row.forms or self._laid.kind(token) == "verb")
