"""Whether a sentence tells of the same event as a harm: by its days, and by words that lead back to an earlier one.

*Finds* other events: "Last week floods killed 95 people in [Arda]" for a landslide of Friday; "The attack comes
a week after a bombing in [Arda]", "It followed a raid in [Arda]", "On the anniversary of the fire in [Arda]".
*Leaves alone* sentences without a day, and what stands before such words.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from spacy.tokens import Doc

from casualty_extract import lexicon
from casualty_extract.links_surroundings import Carried, Surroundings
from casualty_extract.links_times import OPEN
from casualty_extract.mentions import Mention
from casualty_extract.reading import layout

__all__ = ["Events", "LookbackRow", "lookbacks"]

REACH = 7
"""How many words after "comes" the word "after" stands at most: "comes just a day and a half after"."""
SLACK = timedelta(days=1)
"""By so much the days of one event may differ: "overnight", and the day on which it became known."""


class LookbackRow(lexicon.Row):
    """A word behind which a sentence tells of an earlier event.

    Attributes:
        forms: its other forms.
        then: the word that completes it, a few words later: "comes a week after".
        unless: words right behind it that make it something else: "followed by".
    """

    forms: list[str] = []
    then: str | None = None
    unless: list[str] = []


@cache
def lookbacks() -> dict[str, LookbackRow]:
    """Give the words by all their forms."""
    rows = lexicon.read("links", "lookbacks", LookbackRow)
    return {form: row for key, row in rows.items() for form in (key, *row.forms)}


class Events:
    """The events of one article, as far as days and such words tell them apart.

    Args:
        around: what stands around each harm.
        doc: the tokens.
        times: the layer ``times``.
    """

    def __init__(self, around: Surroundings, doc: Doc, times: tuple[Mention, ...]) -> None:
        self._around = around
        self._dated = around.row(
            t
            for t in times
            if t.value.get("role") == "event"
            and t.rule not in OPEN
            and t.value["earliest"]
            and t.value["latest"]
        )
        self._laid = layout(doc)
        self._led_back: dict[int, int] = {}

    def is_another(self, place: Mention, when: Carried | None) -> bool:
        """Tell whether a place is named for another event than the one of a time.

        Args:
            place: the place.
            when: when the harm happened that is asked about.
        """
        sentence = self._around.sentence(place.start)
        return self._behind(sentence) < place.start or self._is_of_other_days(sentence, when)

    def leads_back(self, offset: int) -> bool:
        """Tell whether the text at an offset stands behind a word that leads back to an earlier event."""
        return self._behind(self._around.sentence(offset)) < offset

    def _is_of_other_days(self, sentence: int, when: Carried | None) -> bool:
        times = self._dated.of(sentence)
        mine = _days(when.mention) if when is not None else None
        if not times or mine is None or any(t.start == when.mention.start for t in times if when):
            return False
        theirs = [days for t in times if (days := _days(t)) is not None]
        return bool(theirs) and not any(
            first - SLACK <= mine[1] and mine[0] <= last + SLACK for first, last in theirs
        )

    def _behind(self, sentence: int) -> int:
        """Give where in a sentence the account of an earlier event starts; behind the text where it has none."""
        if sentence not in self._led_back:
            self._led_back[sentence] = self._find(sentence)
        return self._led_back[sentence]

    def _find(self, sentence: int) -> int:
        laid = self._laid
        first, end = laid.bounds(sentence)
        for i in range(first, end):
            row = lookbacks().get(laid.words[i].lower)
            if row is None:
                continue
            after = [laid.words[k].lower for k in range(i + 1, min(end, i + 1 + REACH))]
            if after[:1] and after[0] in row.unless:
                continue
            if row.then is None or row.then in after:
                return laid.starts[i]
        return len(laid.text)


def _days(time: Mention) -> tuple[date, date] | None:
    first, last = time.value["earliest"], time.value["latest"]
    return (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None
