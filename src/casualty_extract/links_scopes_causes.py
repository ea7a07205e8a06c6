"""What caused a harm, as far as it bears on the scope of a figure: one event, a series of them, a campaign."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from casualty_extract.lexicon.phrases import folded
from casualty_extract.links_scopes_clauses import REACH, Clause
from casualty_extract.links_scopes_words import campaigns
from casualty_extract.mentions import Mention

__all__ = ["Campaign", "Causing"]

NATURAL = frozenset(
    {"earthquake", "flood", "storm", "landslide", "volcano", "tsunami", "wildfire", "heat", "cold"}
)
"""Causes that are one event even where the noun is a plural: "floods"."""
SUDDEN = NATURAL | {"collapse", "crash", "explosion", "fire", "shipwreck", "stampede"}
WEAPONS = frozenset(
    """bombers attackers shooters gunmen bombs rockets missiles shells mines mortars grenades bullets drones shots
    gunshots explosives explosions blasts""".split()
)
"""Nouns that count no attacks: several make up one."""
MASS = frozenset(
    """fighting violence unrest shelling gunfire artillery bombardment rioting looting traffic warfare
    terrorism crossfire combat crime abuse hunger starvation thirst poisoning overdose arson pollution bloodshed""".split()
)
"""Nouns of causes that do not count events."""
CARRIED = 5
"""How many sentences back a cause is taken over from."""
PLURAL_LIKE = ("ss", "us", "is")
PHRASE = frozenset({"word", "num", "det", "poss", "part"})
"""The classes of words that stand before a noun in its phrase."""
WAR_DEAD = frozenset({"dead", "deaths", "casualties", "victims", "fatalities"})
"""Nouns whose compounds tell of all the dead of a campaign: "war dead"."""
LASTING = frozenset(
    "year years month months decade decades week weeks long yearlong ongoing continuing protracted relentless".split()
)
"""Words before a noun for a campaign that say that it goes on."""
DETERMINERS = frozenset({"the", "a", "an", "its", "their", "this", "that", "his"})


@dataclass(frozen=True, slots=True)
class Campaign:
    """A noun for a campaign near a figure.

    Attributes:
        place: its token.
        weak, short: see `CampaignRow`.
        lasting: its duration stands before it: "the three-year occupation".
        preposition: what leads to it: "in the war"; empty where it is a subject or object.
    """

    place: int
    weak: bool
    short: bool
    lasting: bool
    preposition: str


class Causing:
    """The cause nearest to the harm, of the clause or carried over, and what kind of cause it is.

    Args:
        clause: the surroundings of a figure.
    """

    def __init__(self, clause: Clause) -> None:
        self.clause, self.laid = clause, clause.laid

    @cached_property
    def told(self) -> str:
        """The kind of the cause nearest to the harm: of the sentence, else of the sentences before."""
        return self.own or self.carried

    @cached_property
    def own(self) -> str:
        """The kind of the cause in the sentence that stands nearest to the harm; empty without one."""
        return "" if self._nearest is None else self.kind(self._nearest)

    @cached_property
    def carried(self) -> str:
        """The kind of the last cause told before the sentence."""
        return "" if self._carried is None else self.kind(self._carried)

    @cached_property
    def _nearest(self) -> Mention | None:
        found = self.clause.facts.placed.touching(*self.clause.span)
        told = [c for c in found if not c.value.get("weak")] or found
        return min(told, key=self.clause.distance, default=None)

    @cached_property
    def _carried(self) -> Mention | None:
        facts = self.clause.facts
        here = self.laid.starts[self.laid.firsts[self.clause.sentence]]
        i = bisect_left(facts.starts, here) - 1
        if i < 0 or self.clause.sentence - self.laid.sentence_at(facts.causes[i].start) > CARRIED:
            return None
        return facts.causes[i]

    def kind(self, cause: Mention) -> str:
        """Name the kind of a cause: disease, campaign, single, series, mass, weapon or verb."""
        if cause.label == "disease":
            return "disease"
        word = folded(self.laid.text[cause.start : cause.end]).split()[-1]
        if campaigns().match([word], 0) is not None:
            return "campaign"
        if cause.label in NATURAL:
            return "single"
        if word in WEAPONS:
            return "weapon"
        if cause.value.get("verbal"):
            return "single" if cause.label in SUDDEN else "verb"
        if word in MASS or (word == "fire" and cause.label in {"shooting", "shelling"}):
            return "mass"
        return "series" if word.endswith("s") and not word.endswith(PLURAL_LIKE) else "single"

    @property
    def is_described(self) -> bool:
        """A relative clause tells the harm of the cause: "bombings that killed 191 people"."""
        cause, laid = self._nearest, self.laid
        if cause is None or cause.end > self.clause.harm.start:
            return False
        lo, hi = (bisect_left(laid.starts, at) for at in (cause.end, self.clause.harm.start))
        return any(laid.words[k].lower in {"that", "which"} for k in range(lo, min(hi, lo + REACH)))

    @property
    def is_one(self) -> bool:
        """ "an epidemic": one of several."""
        cause = self._nearest
        if cause is None:
            return False
        before = self.laid.back(bisect_left(self.laid.starts, cause.start), 3)
        return not {"a", "an"}.isdisjoint(self.laid.lowers(before))

    @property
    def is_plural(self) -> bool:
        """ "storms", "floods"."""
        cause = self._nearest
        return cause is not None and self.clause.text(cause.start, cause.end).lower().endswith("s")

    @property
    def is_sudden(self) -> bool:
        """An accident or a disaster of nature is told of, here or just before."""
        cause = self._nearest or self._carried
        return cause is not None and cause.label in SUDDEN and self.kind(cause) == "single"

    def is_nearer(self, campaign: Campaign) -> bool:
        """Tell whether the cause in the clause stands nearer to the harm than a campaign."""
        start = self.laid.starts[campaign.place]
        there = Mention(start, start + len(self.laid.words[campaign.place].text), "campaign", "")
        return self._nearest is not None and self.clause.distance(self._nearest) < self.clause.distance(there)

    @cached_property
    def campaign(self) -> Campaign | None:
        """The campaign that the clause names nearest to the figure."""
        found = [c for tokens in (self.clause.before, self.clause.after) for c in self._campaigns(tokens)]
        return min(found, key=lambda c: abs(c.place - self.clause.first), default=None)

    def _campaigns(self, tokens: list[int]) -> list[Campaign]:
        words = [folded(self.laid.words[k].text) for k in tokens]
        found: list[Campaign] = []
        for n, k in enumerate(tokens):
            match = campaigns().match(words, n)
            if match is None or not self._is_head(tokens[n + match[0] - 1], k):
                continue
            if n and words[n - 1] in match[1].unless:
                continue
            opened = n
            while opened > 0 and self._in_phrase(tokens[opened - 1]):
                opened -= 1
                if words[opened] in DETERMINERS:
                    break
            led = words[opened - 1] if opened and self.laid.kind(tokens[opened - 1]) == "adp" else ""
            if words[n + match[0] : n + match[0] + 1] and words[n + match[0]] in WAR_DEAD:
                led = "of"
            if led == "of" and {"days", "hours"} & set(words[max(0, opened - 2) : opened]):
                # "in two days of fighting"
                continue
            lasting = not LASTING.isdisjoint(words[opened:n])
            found.append(Campaign(tokens[n + match[0] - 1], match[1].weak, match[1].short, lasting, led))
        return found

    def _in_phrase(self, token: int) -> bool:
        return self.laid.kind(token) in PHRASE or self.laid.words[token].text in {"-", "‑"}

    def _is_head(self, last: int, first: int) -> bool:
        """A noun for a campaign counts where it ends its phrase: not "war crimes", "post-war", "war-torn"."""
        following = next(iter(self.laid.ahead(last, 1)), None)
        if first > 0 and self.laid.words[first - 1].text in {"-", "‑"}:
            return False
        if following is None:
            return True
        word = self.laid.words[following]
        if word.lower in WAR_DEAD:
            return True
        return word.text not in {"-", "‑"} and (
            self.laid.kind(following) != "word" or word.text[:1].isupper()
        )
