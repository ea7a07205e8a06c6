"""The clause around a figure: its words up to the borders on both sides, and what the figure is worth."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from casualty_extract import wordorder
from casualty_extract.lexicon.phrases import folded
from casualty_extract.links_figures import Figure
from casualty_extract.links_scopes_words import raisers
from casualty_extract.mentions import Mention, Placed
from casualty_extract.reading import Layout

__all__ = ["REACH", "Clause", "Facts"]

REACH = 40
"""How many words are looked at on each side of a figure."""
BORDERS = frozenset({";", "—", "–", "--"})
"""Marks that close off what is told of a figure."""
RELATIVES = frozenset({"which", "who", "where", "whose", "although", "though", "while", "whereas", "but"})
"""Words that open another clause behind a comma."""
FOODBORNE = frozenset(
    "coli salmonella listeria listeriosis botulism legionnaires legionella norovirus".split()
)
"""Illnesses of one source: the people whom it made ill are the toll of one event."""
MODALS = frozenset({"could", "may", "might", "would", "can"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What a whole article holds that bears on scopes.

    Attributes:
        laid: the article.
        times: the times of events.
        causes: the causes without the actors, in text order.
        starts: where these start.
        placed: the same, asked for by place.
        foodborne: an illness of one source is told of.
    """

    laid: Layout
    times: Placed
    causes: list[Mention]
    starts: list[int]
    placed: Placed
    foodborne: bool

    @classmethod
    def of(cls, laid: Layout, causes: tuple[Mention, ...], times: tuple[Mention, ...]) -> Facts:
        """Sort out what the detectors found."""
        kept = [c for c in causes if c.label != "perpetrator"]
        events = tuple(t for t in times if t.value.get("role") == "event")
        foodborne = not FOODBORNE.isdisjoint([word.lower for word in laid.words])
        return cls(laid, Placed(events), kept, [c.start for c in kept], Placed(tuple(kept)), foodborne)


class Clause:
    """The surroundings of one figure.

    Args:
        facts: what the article holds.
        figure: the figure.
    """

    def __init__(self, facts: Facts, figure: Figure) -> None:
        laid = facts.laid
        self.facts, self.laid, self.figure = facts, laid, figure
        q = figure.quantity
        self.first = bisect_left(laid.starts, q.start + 1) - 1
        self.last = max(self.first, bisect_left(laid.starts, q.end) - 1)
        self.sentence = laid.sentence[self.first]
        within = figure.harm is not None and laid.sentence_at(figure.harm.start) == self.sentence
        self.harm = figure.harm if figure.harm is not None and within else q

    @cached_property
    def before(self) -> list[int]:
        """The tokens before the figure, in text order."""
        return self._cut(self.laid.back(self.first, REACH))[::-1]

    @cached_property
    def after(self) -> list[int]:
        """The tokens behind the figure."""
        return self._cut(self.laid.ahead(self.last, REACH))

    def _cut(self, tokens: list[int]) -> list[int]:
        """Leave out what stands beyond a border: a dash, a semicolon, another clause behind a comma."""
        laid, following = self.laid, bool(tokens) and tokens[0] > self.last
        for n, k in enumerate(tokens):
            word = laid.words[k]
            if word.text in BORDERS:
                return tokens[:n]
            if following and n and laid.words[tokens[n - 1]].text == ",":
                # "three were killed, bringing the total to 23 since May": the month is of the total.
                raised = word.lower in raisers() and word.lower.endswith("ing")
                if raised or word.lower in RELATIVES:
                    return tokens[:n]
        return tokens

    @cached_property
    def ahead(self) -> list[str]:
        """The words behind the figure, in lower case."""
        return [folded(self.laid.words[k].text) for k in self.after]

    @cached_property
    def behind(self) -> list[str]:
        """The words before the figure, in lower case and text order."""
        return [folded(self.laid.words[k].text) for k in self.before]

    @property
    def span(self) -> tuple[int, int]:
        """The characters of the clause."""
        laid = self.laid
        first, last = (self.before or [self.first])[0], (self.after or [self.last])[-1]
        return laid.starts[first], laid.starts[last] + len(laid.words[last].text)

    @cached_property
    def plural(self) -> bool:
        """More than one is counted."""
        q = self.figure.quantity
        best = q.value.get("best")
        if q.label in {"singular", "name", "zero"}:
            return False
        return best is None or best > 1

    @cached_property
    def least(self) -> int:
        """The least that the figure can mean."""
        value = self.figure.quantity.value
        return max((n for n in (value.get("low"), value.get("best")) if n is not None), default=0)

    def text(self, start: int, end: int) -> str:
        """Give the characters between two offsets."""
        return self.laid.text[start:end]

    def distance(self, mention: Mention) -> tuple[int, int]:
        """Tell how far a mention stands from the harm, in an order without ties."""
        lo, hi = min(mention.end, self.harm.end), max(mention.start, self.harm.start)
        return max(0, hi - lo), mention.start

    @property
    def possible(self) -> bool:
        """A modal verb stands beside the figure: "20,000 people could fall ill"."""
        near = [*self.before[-5:], *self.after[:5]]
        return not MODALS.isdisjoint(self.laid.lowers(near))

    @property
    def is_pair(self) -> bool:
        """ "both", "a couple": two known people."""
        q = self.figure.quantity
        return self.text(q.start, q.end).lower() in {"both", "couple", "pair"}

    @cached_property
    def perfect(self) -> bool:
        """A verb in the perfect tense stands beside the figure: "has killed", "have died"."""
        near = [*self.before[-10:], *self.after[:10]]
        for k in near:
            if self.laid.words[k].lower not in wordorder.HAVE:
                continue
            for following in self.laid.ahead(k, 3):
                lower = self.laid.words[following].lower
                kind = self.laid.kind(following)
                if lower == "been" or kind in {"part", "verb"} or lower.endswith("en"):
                    return True
                if kind != "adv" and lower not in {"already", "also"}:
                    break
        return False
