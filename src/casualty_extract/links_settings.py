"""Where, when, by what and by whom: the setting of each harm.

What stands in the figure's own sentence comes first, the nearest to the harm before the others; else
the setting is carried over from the sentences before, which tell of the same event.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from casualty_extract.mentions import Mention
from casualty_extract.parsing import Sentences

__all__ = ["Carried", "Setting", "Settings"]

CAUSED = frozenset({"killed", "injured", "casualties", "missing", "infected", None})
"""The harms whose cause is carried over from the sentences around."""
UNARMED = frozenset(
    """crash collapse earthquake flood storm landslide volcano tsunami wildfire heat cold fire explosion shipwreck
    stampede disease famine""".split()
)
"""Causes that have no actor where the text names none beside them."""
FEW_DAYS = 4
"""The longest interval that dates an event: a weekend and a day on each side."""
ELSEWHERE = (
    "elsewhere",
    "meanwhile",
    "in a separate",
    "in another ",
    "separately",
    "in other ",
    "in a different",
)
"""What opens the account of another event."""
FAR = 200
"""How many mentions are looked at for one figure; it keeps endless lists linear."""
LISTING = frozenset({"and", ",", ", and", "or", "and in", "/"})
"""What stands between places that are named together."""
SPECIFIC = {"site": 0, "city": 1, "region": 2, "country": 3}
"""The order of places in a claim: the most specific first."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A mention chosen for a claim, on which basis and by which rule."""

    mention: Mention
    basis: str
    rule: str


@dataclass(frozen=True, slots=True)
class Setting:
    """The setting of one harm; None and empty where the text names none."""

    time: Carried | None
    places: tuple[Carried, ...]
    cause: Carried | None
    perpetrator: Carried | None


@dataclass(frozen=True, slots=True)
class _Row:
    """Mentions of one kind in text order, with the numbers of their sentences."""

    mentions: list[Mention]
    sentences: list[int]

    def of(self, sentence: int) -> list[Mention]:
        lo, hi = bisect_left(self.sentences, sentence), bisect_right(self.sentences, sentence)
        return self.mentions[lo : min(hi, lo + FAR)]


class Settings:
    """The times, places, causes and actors of one article, asked for by the place of a harm.

    Args:
        sentences: the text and its sentences.
        times: the layer ``times``.
        places: the layer ``places``.
        causes: the layer ``causes``, which holds the actors too.
        harms: the layer ``harms``.
    """

    def __init__(
        self,
        sentences: Sentences,
        times: tuple[Mention, ...],
        places: tuple[Mention, ...],
        causes: tuple[Mention, ...],
        harms: tuple[Mention, ...],
    ) -> None:
        self._sentences = sentences
        self._text = sentences.text
        self._times = self._row(t for t in times if t.value.get("role") == "event")
        self._places = self._row(p for p in places if p.value.get("role") in {"location", "dateline"})
        self._located = self._row(p for p in places if p.value.get("role") == "location")
        self._causes = self._row(c for c in causes if c.label != "perpetrator")
        self._actors = self._row(c for c in causes if c.label == "perpetrator")
        self._harms = self._row(harms)
        self._named: dict[str | None, Mention] = {}
        for place in self._places.mentions:
            if place.label == "country":
                self._named.setdefault(place.value["country"], place)
        self._walls = self._new_events()

    def of(self, start: int, harm: tuple[int, int], label: str | None, unit: str, scope: str) -> Setting:
        """Give the setting of a figure.

        Args:
            start: where the figure stands.
            harm: where the harm stands that it counts.
            label: the label of the harm.
            unit: what is counted. Reports are of harm by whatever cause: theirs is not carried over.
            scope: event, additional or cumulative. "Since 2014" dates no addition.
        """
        cause = self._cause(start, harm, label)
        actor = self._actor(start, harm, cause)
        if unit == "reports":
            cause, actor = (c if c is not None and c.basis == "sentence" else None for c in (cause, actor))
        return Setting(self._time(start, harm, scope), self._place(start, harm), cause, actor)

    def _row(self, found: Iterable[Mention]) -> _Row:
        mentions = list(found)
        return _Row(mentions, [self._sentences.index(m.start) for m in mentions])

    def _sentence(self, offset: int) -> int:
        return self._sentences.index(offset)

    def _near(self, row: _Row, start: int, harm: tuple[int, int]) -> list[Mention]:
        """The mentions of the figure's sentence, the nearest to the harm first."""
        here = self._sentence(start)
        harms = self._harms.of(here)

        def distance(m: Mention) -> tuple[int, int]:
            lo, hi = min(m.end, harm[1]), max(m.start, harm[0])
            crossed = sum(1 for h in harms if lo <= h.start and h.end <= hi)
            return crossed * 200 + max(0, hi - lo) + (15 if m.end <= harm[0] else 0), m.start

        return sorted(row.of(here), key=distance)

    def _before(
        self, row: _Row, start: int, use: Callable[[Mention], bool] = lambda _: True
    ) -> Mention | None:
        """The last fitting mention of the sentences before, else the first one after."""
        here = self._sentence(start)
        mine = self._countries(here)

        def fits(m: Mention) -> bool:
            # What is told of another country, or behind "Elsewhere", is told of another event.
            there = self._sentence(m.start)
            theirs = self._countries(there) if mine else mine
            return use(m) and not self._parted(here, there) and (not theirs or bool(mine & theirs))

        first = bisect_left(row.sentences, here)
        for i in range(first - 1, max(-1, first - 1 - FAR), -1):
            if fits(row.mentions[i]):
                # The first of its sentence: news names the event before its details.
                told = row.of(row.sentences[i])
                return next(m for m in told if fits(m))
        after = bisect_right(row.sentences, here)
        return next((m for m in row.mentions[after : after + FAR] if fits(m)), None)

    def _new_events(self) -> list[int]:
        """The sentences at which the text turns to another event: by a word, or as a digest of events."""
        walls: set[int] = set()
        paragraphs: list[int] = [0]
        countries: list[set[str]] = [set()]
        starts = self._sentences.starts
        for i, first in enumerate(starts):
            opening = self._text[first : first + 40].lstrip(" \n\t*\"“'").lower()
            if opening.startswith(ELSEWHERE):
                walls.add(i)
            if i and "\n\n" in self._text[max(starts[i - 1], first - 4) : first + 2]:
                paragraphs.append(i)
                countries.append(set())
            countries[-1] |= self._countries(i)
        named = [c for c in countries if c]
        apart = {country for c in named for country in c}
        if len(named) >= 3 and len(apart) >= 3 and sum(len(c) == 1 for c in named) >= len(apart):
            # A digest: each paragraph tells of a country of its own.
            walls.update(paragraphs)
        return sorted(walls)

    def _parted(self, here: int, there: int) -> bool:
        lo, hi = min(here, there), max(here, there)
        return bisect_right(self._walls, hi) > bisect_right(self._walls, lo)

    def _countries(self, sentence: int) -> set[str]:
        return {str(p.value["country"]) for p in self._located.of(sentence) if p.value["country"]}

    def _time(self, start: int, harm: tuple[int, int], scope: str) -> Carried | None:
        near = self._near(self._times, start, harm)
        if scope == "additional":
            near = [t for t in near if t.rule not in {"since", "since_onset"}]
        if near:
            return Carried(near[0], "sentence", "time in the sentence")
        carried = self._before(self._times, start, self._can_carry)
        return Carried(carried, "context", "time told before") if carried else None

    @staticmethod
    def _can_carry(time: Mention) -> bool:
        """A few days or a month date the event for the sentences around; a year or a long period is background.

        A weekday that nothing dates is carried too, with its ends null: it is the event's own.
        """
        first, last = time.value["earliest"], time.value["latest"]
        if time.label == "interval" and first and last:
            return (date.fromisoformat(last) - date.fromisoformat(first)).days <= FEW_DAYS
        return time.label in {"day", "month"}

    def _place(self, start: int, harm: tuple[int, int]) -> tuple[Carried, ...]:
        near = self._near(self._located, start, harm)
        if near:
            chosen = self._chain(near[0], near)
            basis, rule = "sentence", "place in the sentence"
        else:
            first = self._before(self._places, start)
            if first is None:
                return ()
            chosen = self._chain(first, self._places.of(self._sentence(first.start)))
            basis, rule = "context", "place told before"
        places = [Carried(p, basis, rule) for p in chosen]
        wider = self._wider(chosen)
        if wider is not None:
            places.append(Carried(wider, "context", "country named in the text"))
        return tuple(places)

    def _chain(self, first: Mention, others: list[Mention]) -> list[Mention]:
        """A place with the narrower and wider ones of its sentence in the same country."""
        country = first.value["country"]
        joined = self._joined(first, others)
        group = [m for m in others if m.value["country"] == country or m in joined]
        seen: set[str] = set()
        chain: list[Mention] = []
        for m in sorted(group, key=lambda m: (SPECIFIC[m.label], m.start)):
            if m.value["name"] not in seen:
                seen.add(m.value["name"])
                chain.append(m)
        return chain

    def _joined(self, first: Mention, others: list[Mention]) -> list[Mention]:
        """The places listed with one: "strikes in Iraq and Syria"."""
        ordered = sorted(others, key=lambda m: m.start)
        i = ordered.index(first)
        found = [first]
        for step in (1, -1):
            k = i
            while 0 <= k + step < len(ordered):
                left, right = sorted((ordered[k], ordered[k + step]), key=lambda m: m.start)
                if self._text[left.end : right.start].strip() not in LISTING:
                    break
                found.append(ordered[k + step])
                k += step
        return found

    def _wider(self, chosen: list[Mention]) -> Mention | None:
        if any(p.label == "country" for p in chosen):
            return None
        country = chosen[0].value["country"]
        return self._named.get(country)

    def _cause(self, start: int, harm: tuple[int, int], label: str | None) -> Carried | None:
        near = self._near(self._causes, start, harm)
        if label == "detained":
            # The blast is no cause of the arrests that followed it; a sweep is.
            near = [c for c in near if c.label == "crackdown"]
        told = [c for c in near if c.label != "other"]
        if told:
            return Carried(told[0], "sentence", "cause in the sentence")
        if label not in CAUSED:
            return Carried(near[0], "sentence", "cause in the sentence") if near else None
        here = self._sentence(start)
        carried = self._before(
            self._causes,
            start,
            lambda m: m.label != "other" and -3 <= here - self._sentence(m.start) <= 8,
        )
        if carried is not None:
            return Carried(carried, "context", "cause told before")
        if near:
            return Carried(near[0], "sentence", "cause in the sentence")
        carried = self._before(self._causes, start, lambda m: -2 <= here - self._sentence(m.start) <= 6)
        return Carried(carried, "context", "cause told before") if carried else None

    def _actor(self, start: int, harm: tuple[int, int], cause: Carried | None) -> Carried | None:
        near = self._near(self._actors, start, harm)
        anchors = [harm, (cause.mention.start, cause.mention.end)] if cause else [harm]
        for actor in near:
            a, b = actor.value["anchor"]
            if any(a < hi and lo < b for lo, hi in anchors):
                return Carried(actor, "sentence", f"actor of the harm ({actor.value['relation']})")
        if cause is not None and cause.basis == "context":
            lo, hi = cause.mention.start, cause.mention.end
            for actor in self._actors.mentions[:FAR]:
                a, b = actor.value["anchor"]
                if a < hi and lo < b:
                    return Carried(actor, "context", f"actor of the event ({actor.value['relation']})")
        if cause is not None and cause.basis == "context" and cause.mention.label not in UNARMED:
            here = self._sentence(start)
            last = self._before(self._actors, start, lambda m: abs(self._sentence(m.start) - here) <= 3)
            if last is not None:
                return Carried(last, "context", "actor told before")
        return None
