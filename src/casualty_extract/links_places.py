"""Where a harm happened: the places of its own sentence, else those told before.

The nearest place of the sentence comes first, with the narrower and wider ones beside it, then the
country that the text names elsewhere.
"""

from __future__ import annotations

from casualty_extract.links_surroundings import Carried, Surroundings
from casualty_extract.mentions import Mention

__all__ = ["Places"]

LISTING = frozenset({"and", ",", ", and", "or", "and in", "/"})
"""What stands between places that are named together."""
SPECIFIC = {"site": 0, "city": 1, "region": 2, "country": 3}
"""The order of places in a claim: the most specific first."""


class Places:
    """The places of one article, asked for by the place of a harm.

    Args:
        around: what stands around each harm.
        places: the layer ``places``.
    """

    def __init__(self, around: Surroundings, places: tuple[Mention, ...]) -> None:
        self._around = around
        self._places = around.row(p for p in places if p.value.get("role") in {"location", "dateline"})
        self._located = around.row(p for p in places if p.value.get("role") == "location")
        self._named: dict[str | None, Mention] = {}
        for place in self._places.mentions:
            if place.label == "country":
                self._named.setdefault(place.value["country"], place)

    def of(self, start: int, harm: tuple[int, int]) -> tuple[Carried, ...]:
        """Give the places of a harm, most specific first: where the figure and the harm stand."""
        near = self._around.near(self._located, start, harm)
        if near:
            chosen = self._chain(near[0], near)
            basis, rule = "sentence", "place in the sentence"
        else:
            first = self._around.before(self._places, start)
            if first is None:
                return ()
            chosen = self._chain(first, self._places.of(self._around.sentence(first.start)))
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
                if self._around.text[left.end : right.start].strip() not in LISTING:
                    break
                found.append(ordered[k + step])
                k += step
        return found

    def _wider(self, chosen: list[Mention]) -> Mention | None:
        if any(p.label == "country" for p in chosen):
            return None
        country = chosen[0].value["country"]
        return self._named.get(country)
