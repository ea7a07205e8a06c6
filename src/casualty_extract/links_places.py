"""Where a harm happened: the places of its own sentence, else those told elsewhere, and the finer ones within.

The nearest place of the sentence comes first, with the narrower and wider ones beside it; else the place of
a sentence that tells of the same harm, then of any harm or its cause. Where that is a country or a town, and
the text names one spot in it for the event, the spot leads. The country that the text names ends the row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from casualty_extract.lexicon.gazetteer import kilometres
from casualty_extract.links_events import Events
from casualty_extract.links_shares import Shares
from casualty_extract.links_surroundings import Asked, Carried, Surroundings
from casualty_extract.mentions import Mention
from casualty_extract.places_words import table

__all__ = ["Places"]

LISTING = frozenset({"and", ",", ", and", "or", "and in", "/"})
"""What stands between places that are named together."""
SPECIFIC = {"site": 0, "city": 1, "region": 2, "country": 3}
"""The order of places in a claim: the most specific first."""
TOLD = frozenset({"killed", "injured", "casualties", "missing", "abducted", "trapped", "displaced"})
"""Harms whose sentences tell where the event was."""
WITHIN = {"city": 40.0, "region": 150.0}
"""How many kilometres from the middle of a town or region a place in it lies at most."""
QUARTERS = frozenset(
    {"neighborhood", "neighbourhood", "district", "suburb", "quarter", "area", "borough", "ward"}
)
"""What parts of a town are called."""
ONE_SPOT = 60.0
"""How many kilometres apart the places of one event lie at most."""
SEVERAL = re.compile(
    r"\b(?:another|elsewhere|separate(?:ly)?|series of|attacks|bombings|shootings|incidents|respectively)\b",
    re.IGNORECASE,
)
"""What tells of several events, whose places are not to be mixed up."""
DEPTH = 2
"""How many times a finer place is sought within the one found."""
BESIDE = 1
"""How many sentences before an arrest its place is told at most."""
FAR = 12
"""How many sentences away a finer place is sought."""
NEAREST = sorted(range(-FAR, FAR + 1), key=lambda n: (abs(n), n))
"""The sentences around, the nearest first, and of two the one before."""
CARE = re.compile(r"hospital|medical|clinic|morgue|mortuary|infirmary", re.IGNORECASE)
TAKEN = re.compile(
    r"\b(?:taken|rushed|brought|transported|transferred|airlifted|flown|moved|sent|arrived|admitted|treated|"
    r"treating|recovering|remain(?:s|ed)?|discharged|released|drove|died)\b[^,;.]{0,60}$",
    re.IGNORECASE,
)
"""What people are taken to a hospital by: it is not where they were hurt."""
CARE_IN = re.compile(
    r"(?:hospitals?|medical cent(?:er|re)|clinic|morgue|infirmary)\s+(?:in|at|near|outside)\s+$",
    re.IGNORECASE,
)
WORLD = re.compile(
    r"\b(?:worldwide|globally|global|around the world|across the world|in \w+ countries|in \w+ nations)\b",
    re.IGNORECASE,
)
"""What makes a running total that of the world."""


class Places:
    """The places of one article, asked for by the place of a harm.

    Args:
        around: what stands around each harm.
        places: the layer ``places``.
        harms: the layer ``harms``.
        causes: the causes of the layer ``causes``, without its actors.
        events: tells the events of the article apart.
        figures: where the figures stand, and which of them count a harm.
    """

    def __init__(
        self,
        around: Surroundings,
        places: tuple[Mention, ...],
        harms: tuple[Mention, ...],
        causes: tuple[Mention, ...],
        events: Events,
        figures: Mapping[int, bool],
    ) -> None:
        self._around = around
        self._events = events
        use = [p for p in places if p.value.get("role") in {"location", "dateline"} and not self._is_care(p)]
        happened = {p.value["country"] for p in use if p.value["role"] == "location"} - {None}
        if happened:
            # "AMMAN, Jordan - Strikes in Libya killed six": the place of the reporter.
            use = [p for p in use if p.value["role"] == "location" or p.value["country"] in happened]
        self._places = around.row(use)
        self._located = around.row(p for p in use if p.value.get("role") == "location")
        self._shares = Shares(around, self._located, figures)
        self._named: dict[str | None, Mention] = {}
        for place in use:
            if place.label == "country":
                self._named.setdefault(place.value["country"], place)
        self._tied = self._tie(harms, causes)

    def of(self, asked: Asked, when: Carried | None = None) -> tuple[Carried, ...]:
        """Give the places of a harm, most specific first.

        Args:
            asked: the harm.
            when: its time, which keeps the places of other days from it.
        """
        if asked.scope == "cumulative" and WORLD.search(self._around.text, *self._around.bounds(asked.start)):
            return ()
        near = self._around.near(self._located, asked.start, asked.harm)
        # "Chile has 2,335 cases, and Argentina has more": what counts its own stands before what it counts.
        near.sort(key=lambda p: p.start > asked.harm[0] and p.value["cue"] in table("counting_verbs"))
        share = self._shares.of(asked.start)
        if share:
            chosen = self._chain(share[0], share)
            basis, rule = "sentence", "place of its own among the figures of the sentence"
        elif near:
            chosen = self._chain(near[0], near)
            basis, rule = "sentence", "place in the sentence"
        else:
            told = self._told(asked, when)
            own = when is not None and when.basis == "sentence"
            arrest = asked.label == "detained"
            if told is None or (arrest and (own or not self._is_beside(told[0], asked))):
                return ()
            first, rule = told
            beside = self._places.of(self._around.sentence(first.start))
            spots = [p for p in beside if p.value["role"] == "location" and p.label in {"site", "city"}]
            if spots:
                # "KANO, Nigeria - Gunmen struck a market in Katsina": not in Kano.
                first = first if first.value["role"] == "location" else spots[0]
                beside = [
                    p for p in beside if p.value["role"] == "location" or p.label in {"country", "region"}
                ]
            chosen = self._chain(first, beside)
            basis = "context"
        seen = {p.value["name"] for p in chosen}
        places = [Carried(p, basis, rule) for p in chosen]
        for _ in range(DEPTH):
            # The town within the country, then the school within the town.
            finer = [p for p in self._finer(chosen, asked, when) if p.value["name"] not in seen]
            if not finer:
                break
            places[:0] = [Carried(p, "context", "place within it, told elsewhere") for p in finer]
            seen.update(p.value["name"] for p in finer)
            chosen = finer
        chosen = [carried.mention for carried in places]
        wider = self._wider(chosen)
        if wider is not None:
            places.append(Carried(wider, "context", "country named in the text"))
        return tuple(places)

    def _is_beside(self, place: Mention, asked: Asked) -> bool:
        """Tell whether a place is told in the sentence before: an arrest far from it, or of a day of its own, has none."""
        return 0 <= self._around.sentence(asked.start) - self._around.sentence(place.start) <= BESIDE

    def _is_care(self, place: Mention) -> bool:
        """Tell whether a place is where people were taken to, and not where they were hurt."""
        text = self._around.text
        before = text[max(0, place.start - 100) : place.start]
        if place.label == "site" and CARE.search(text, place.start, place.end) is not None:
            return TAKEN.search(before) is not None
        led = CARE_IN.search(before)
        return led is not None and TAKEN.search(before[: led.start()]) is not None

    def _tie(self, harms: tuple[Mention, ...], causes: tuple[Mention, ...]) -> dict[int, set[str]]:
        """Find for each sentence that names a place what it tells of: labels of harm, and "" for a cause."""
        tied: dict[int, set[str]] = {}
        named = set(self._places.sentences)
        told = [(h.start, h.label) for h in harms if h.label in TOLD]
        told += [(c.start, "") for c in causes]
        for start, label in told:
            sentence = self._around.sentence(start)
            if sentence in named:
                tied.setdefault(sentence, set()).add(label)
        return tied

    def _told(self, asked: Asked, when: Carried | None) -> tuple[Mention, str] | None:
        """Find the place told in another sentence."""
        sentence = self._around.sentence

        def same(p: Mention) -> bool:
            return p.start < asked.start and asked.label in self._tied.get(sentence(p.start), ())

        def before(p: Mention) -> bool:
            return p.start < asked.start and sentence(p.start) in self._tied

        tiers: tuple[tuple[Callable[[Mention], bool], str], ...] = (
            (same, "place of the same harm, told before"),
            (before, "place of the event, told before"),
            (lambda p: p.start < asked.start, "place told before"),
            (lambda p: sentence(p.start) in self._tied, "place of the event, told later"),
            (lambda _: True, "place told later"),
        )

        def of_event(fits: Callable[[Mention], bool]) -> Callable[[Mention], bool]:
            # Of what was told before, the nearest is meant, be it an earlier event.
            return lambda p: fits(p) and (p.start < asked.start or not self._events.is_another(p, when))

        for fits, rule in tiers:
            found = self._around.before(self._places, asked.start, of_event(fits))
            if found is not None:
                return found, rule
        return None

    def _finer(self, chosen: list[Mention], asked: Asked, when: Carried | None) -> list[Mention]:
        """Find the spot of the event within the finest place, in the nearest sentence that tells of the event."""
        finest = chosen[0]
        if asked.scope == "cumulative" or finest.label == "site" or not asked.label:
            return []
        if len({p.value["name"] for p in chosen if p.label == finest.label}) > 1:
            return []
        around = self._around
        if SEVERAL.search(around.text, *around.bounds(asked.start)) is not None:
            return []
        here = around.sentence(asked.start)
        for there in (here + n for n in NEAREST):
            if there < 0 or not (there in self._tied or finest.label == "city") or around.parted(here, there):
                continue
            if there != here and asked.label in self._tied.get(there, ()) and finest.label != "city":
                # "32 died in Kerala. In Kochi 20 died" counts some of them: they have a place of their own.
                continue
            within = [
                p
                for p in self._places.of(there)
                if self._lies_in(p, there, finest) and not self._events.is_another(p, when)
            ]
            if within:
                apart = any(_kilometres(within[0], p) > ONE_SPOT for p in within[1:] if p.value["geonameid"])
                # A name that its sentence has twice is one place.
                return [] if apart else list({p.value["name"]: p for p in reversed(within)}.values())[::-1]
        return []

    def _lies_in(self, place: Mention, sentence: int, wide: Mention) -> bool:
        """Tell whether a place is said to lie in another, or lies near its middle."""
        if place.value["country"] != wide.value["country"] or place.value["name"] == wide.value["name"]:
            return False
        if wide.label == "country":
            return place.label != "country" and place.value["role"] == "location"
        if place.value["role"] == "dateline" and wide.label != "region":
            return False
        known = place.value["geonameid"] is not None or place.value["lat"] is not None
        if SPECIFIC[place.label] > SPECIFIC[wide.label] and (known or place.label == "country"):
            return False
        if place.label == wide.label and known and place.value["cue"] not in QUARTERS:
            return False
        towns = {
            m.value["name"] for m in self._located.of(sentence) if m is not place and m.label == wide.label
        }
        if towns:
            return wide.value["name"] in towns
        if wide.label == "region" and place.value["admin1"] and wide.value["admin1"]:
            return bool(place.value["admin1"] == wide.value["admin1"])
        # "Bhera Market" and "the Shaab district" are of the town that the text has named.
        return not known or _kilometres(place, wide) <= WITHIN.get(wide.label, 0.0)

    def _chain(self, first: Mention, others: list[Mention]) -> list[Mention]:
        """A place with the narrower and wider ones of its sentence in the same country."""
        # A quake "under the Pacific Ocean, near the east coast of Japan", is one of Japan.
        country = next((m.value["country"] for m in (first, *others) if m.value["country"]), None)
        joined = self._joined(first, others)
        group = [m for m in others if m.value["country"] == country or m in joined]
        seen: set[str] = set()
        chain: list[Mention] = []
        for m in sorted(group, key=lambda m: (SPECIFIC[m.label] - self._is_quarter(m, group), m.start)):
            if m.value["name"] not in seen:
                seen.add(m.value["name"])
                chain.append(m)
        return chain

    def _is_quarter(self, place: Mention, group: list[Mention]) -> bool:
        """Tell whether a name is that of a town's part: "Sofia's [Lozenets district]", "the [Fatih district] of Istanbul"."""
        text = self._around.text
        if (
            place.value["geonameid"] is not None
            or text[place.start : place.end].lower().split()[-1] not in QUARTERS
        ):
            return False
        for town in group:
            if town.label == "city" and town is not place:
                before, behind = text[town.end : place.start].strip(), text[place.end : town.start].strip()
                if before in {"'s", "’s"} or (behind in {"of", "in", ","} and place.value["lat"] is None):
                    return True
        return False

    def _joined(self, first: Mention, others: list[Mention]) -> list[Mention]:
        """The places listed with one: "strikes in Iraq and Syria"."""
        ordered = sorted(others, key=lambda m: m.start)
        i = ordered.index(first)
        found = [first]
        for step in (1, -1):
            k = i
            while 0 <= k + step < len(ordered):
                left, right = sorted((ordered[k], ordered[k + step]), key=lambda m: m.start)
                if self._around.text[left.end : right.start].strip() not in LISTING:
                    break
                found.append(ordered[k + step])
                k += step
        return found

    def _wider(self, chosen: list[Mention]) -> Mention | None:
        if any(p.label == "country" for p in chosen):
            return None
        country = next((p.value["country"] for p in chosen if p.value["country"]), None)
        return self._named.get(country)


def _kilometres(a: Mention, b: Mention) -> float:
    """Give the distance of two places; none where one has no coordinates."""
    if a.value["lat"] is None or b.value["lat"] is None:
        return 0.0 if a.value["name"] == b.value["name"] else float("inf")
    return kilometres((a.value["lat"], a.value["lon"]), (b.value["lat"], b.value["lon"]))
