"""Noun phrases of those who can act: troops, gunmen, armed groups, states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from casualty_extract.causes_phrases import Cause
from casualty_extract.causes_words import words
from casualty_extract.reading import Reading, kind
from casualty_extract.wordorder import PREPOSITIONS

__all__ = ["CALENDAR", "Actor", "Actors"]

# They go on with "of" and say of whom: "members of the gang", "units of the army".
PARTITIVES = frozenset("member members unit units forces group groups".split())
COUNTERS = frozenset(
    """several many few dozens scores hundreds thousands some two three four five six seven eight nine
    ten most one""".split()
)
CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december""".split()
)
# Bodies and adjectives that say who attacks when they stand before the attack: "army shelling".
ATTRIBUTIVE = frozenset(
    """army military navy police coalition regime government rebel insurgent militia junta troops forces
    alliance""".split()
) | {"air force", "security forces", "special forces", "armed forces"}
# A name behind these is that of an officer, and not theirs: "police Commissioner Blair".
BODIES = ATTRIBUTIVE | {"command", "authorities", "personnel", "national guard", "coast guard", "infantry"}
# Prepositions that open clauses as well: "after troops opened fire".
CONJUNCTIVE = frozenset("after before since until as than".split())
BLAMING = frozenset("blame accuse suspect fear say kill attack target shoot".split())


class Actor(NamedTuple):
    """One noun phrase as an interval of a reading; `core` is where its name or noun starts."""

    first: int
    core: int
    end: int
    plural: bool
    head: str


class Actors:
    """The actor phrases of one text, asked for by where they start or end."""

    def __init__(self, reading: Reading, cause_at: Mapping[int, Cause]) -> None:
        self._reading = reading
        self._cause_at = cause_at
        self._by_first: dict[int, Actor] = {}
        self._by_end: dict[int, Actor] = {}
        self._over: dict[int, Actor] = {}
        self._sentences: dict[int, list[Actor]] = {}
        found: list[Actor] = []
        openers = words()[0].openers
        end = 0
        for i, word in enumerate(reading.lower):
            actor = self._read(i) if word in openers and i >= end else None
            if actor is None:
                continue
            # "Taliban fighters": the noun takes the name before it in.
            while found and found[-1].end > actor.first:
                found.pop()
            found.append(actor)
            end = actor.end
        for actor in found:
            self._by_first[actor.first] = actor
            self._by_end[actor.end] = actor
            self._over.update(dict.fromkeys(range(actor.first, actor.end), actor))
            self._sentences.setdefault(reading.sentence[actor.first], []).append(actor)

    def at(self, first: int) -> Actor | None:
        """Give the actor phrase that starts at a token."""
        return self._by_first.get(first)

    def ending(self, end: int) -> Actor | None:
        """Give the actor phrase that ends before a token."""
        return self._by_end.get(end)

    def over(self, i: int) -> Actor | None:
        """Give the actor phrase that a token is part of."""
        return self._over.get(i)

    def inside(self, i: int) -> bool:
        """Tell whether a token is part of an actor phrase."""
        return i in self._over

    def of_sentence(self, number: int) -> list[Actor]:
        """Give the actor phrases of a sentence in order."""
        return self._sentences.get(number, [])

    def is_free(self, actor: Actor) -> bool:
        """Tell whether no preposition governs the phrase; "in Kabul, Afghanistan" it governs both names."""
        before = actor.first - 1
        if not self._reading.beside(actor.first, before):
            return True
        if self._reading.lower[before] in {"and", "or"}:
            # "A war between Israel and Hezbollah": what governs the first governs the second.
            first = self._by_end.get(before)
            return first is None or self.is_free(first)
        if self._reading.lower[before] == "," and actor.head[:1].isupper() and before > 0:
            return not self._reading.texts[before - 1][:1].isupper()
        return self._reading.lower[before] not in PREPOSITIONS - CONJUNCTIVE

    def opening(self, i: int) -> Actor | None:
        """Give the actor that starts at a token: a phrase, or a name that nothing speaks against."""
        reading = self._reading
        if not reading.beside(i - 1, i):
            return None
        actor = self._by_first.get(i)
        if actor is None:
            actor = self._described(i)
        if actor is not None:
            return self._completed(actor)
        end = i
        while reading.beside(i - 1, end) and end - i < 6 and self._is_name(end):
            end += 1
        if end == i or (reading.beside(i, end) and end in self._cause_at):
            return None
        following = reading.tokens[end] if reading.beside(i, end) else None
        if following is not None and (kind(following) in {"word", "poss"} or reading.hyphenated(end)):
            return None
        return Actor(i, i, end, False, "name")

    def _completed(self, actor: Actor) -> Actor | None:
        """Go on over a genitive ("Mali's army") and to a second actor ("Hamas and the army")."""
        reading, end = self._reading, actor.end
        if not reading.beside(actor.first, end):
            return actor
        if end in self._cause_at:
            return None
        if kind(reading.tokens[end]) == "poss":
            owned = next(
                (a for k in range(end + 1, end + 4) if (a := self._over.get(k)) and a.core == k), None
            )
            return owned._replace(first=actor.first) if owned is not None else None
        if reading.lower[end] in {"and", "or"} and reading.beside(end, end + 1):
            second = self._by_first.get(end + 1)
            if second is not None and (second.end not in self._cause_at):
                return actor._replace(end=second.end, plural=True)
        return actor

    def _described(self, i: int) -> Actor | None:
        """Give the actor whose adjectives start at a token: "by unidentified gunmen"."""
        reading = self._reading
        over = self._over.get(i)
        if over is not None:
            return over if over.first < i <= over.core else None
        for first in range(i + 1, i + 4):
            actor = self._by_first.get(first)
            if actor is not None and reading.beside(i, first):
                words = (kind(t) in {"word", "part", "num"} for t in reading.tokens[i:first])
                return actor._replace(first=i) if all(words) else None
        return None

    def name_ending(self, end: int, *, governed: bool = False) -> Actor | None:
        """Give the name that ends before a token, where it can be somebody's; `governed` also behind "of"."""
        reading = self._reading
        first = end
        while first > 0 and end - first < 6 and self._is_name(first - 1):
            if first < end and not reading.beside(end - 1, first - 1):
                break
            # "Jaysh al-Adl" is one name.
            first = reading.word_start(first - 1)
        if first == end or reading.lower[first] in CALENDAR or self.inside(first):
            return None
        before = reading.tokens[first - 1] if reading.beside(first, first - 1) else None
        if before is not None and reading.lower[first - 1] not in {"old", "after", "before", "since"}:
            if governed:
                return Actor(first, first, end, False, "name")
            if reading.lower[first - 1] in {"and", "or"} and first > 1 and self._is_name(first - 2):
                # "Attacks in Baquba and Baghdad killed seven".
                return None
            if reading.lower[first - 1] in PREPOSITIONS or kind(before) in {"det", "poss", "num"}:
                return None
            if kind(before) == "word" and first not in self._by_end:
                return None
        return Actor(first, first, end, False, "name")

    def modifier_ending(self, end: int) -> tuple[int, bool] | None:
        """Give where the actor starts that describes the noun at a token, and whether it is a people.

        "US-led coalition" of "the US-led coalition strikes", "Israeli" of "an Israeli airstrike".
        """
        reading = self._reading
        last = end - 1
        actor = self._by_end.get(end)
        if actor is not None and self._attributes(actor):
            first = actor.first
            while first < actor.core and not reading.tokens[first].text[:1].isupper():
                first += 1
            while first < actor.core and kind(reading.tokens[first]) in {"det", "num"}:
                first += 1
            return first, False
        # Who leads an offensive wages it; who backs it does not.
        if last > 1 and reading.lower[last] == "led" and reading.hyphenated(last - 1):
            return last - 2, False
        if reading.lower[last].endswith("-led"):
            return last, False
        people = words()[1]
        for length in (2, 1):
            first = end - length
            if (
                reading.beside(last, first)
                and (match := people.match(reading.lower, first))
                and match[0] == length
            ):
                text = reading.tokens[first].text
                return (
                    (first, True) if text[:1].isupper() and (text == "US" or text.lower() != "us") else None
                )
        return None

    def _attributes(self, actor: Actor) -> bool:
        reading = self._reading
        if actor.head in ATTRIBUTIVE:
            return True
        match = words()[0].match(reading.lower, actor.core)
        return match is not None and match[1].named and reading.tokens[actor.core].text[:1].isupper()

    def _is_name(self, i: int) -> bool:
        token = self._reading.tokens[i]
        return (
            token.text[:1].isupper()
            and any(c.islower() for c in token.text)
            and kind(token) == "word"
            and i not in self._cause_at
            and self._reading.lower[i] not in CALENDAR
        )

    def _read(self, i: int) -> Actor | None:
        reading = self._reading
        match = words()[0].match(reading.lower, i)
        if match is None or (
            i in self._cause_at and reading.lower[i] not in {"suicide", "bomber", "bombers"}
        ):
            return None
        length, entry = match
        core = i
        if entry.named and not any(t.text[:1].isupper() for t in reading.tokens[i : i + length]):
            return None
        if reading.lower[i] in {"is", "eta", "fano"} and not reading.tokens[i].is_upper:
            return None
        end = i + length
        if reading.beside(i, end + 2) and reading.lower[end] == "(" and reading.lower[end + 2] == ")":
            end = end + 3 if reading.tokens[end + 1].is_upper and entry.named else end
        if reading.beside(i, end) and reading.hyphenated(end):
            return None
        if core > 0 and reading.lower[core - 1] == "no":
            return None
        if reading.lower[end - 1] in PARTITIVES and reading.beside(i, end) and reading.lower[end] == "of":
            end = self._whole(end)
        if not entry.named and not entry.plural and entry.head not in BODIES:
            # "The gunman Alan Marsh", "the militant group Liwa al-Noor".
            last = end
            while reading.beside(i, end) and end - last < 3 and self._is_name(end):
                end += 1
        return Actor(self._start(core), core, end, entry.plural, entry.head)

    def _whole(self, end: int) -> int:
        """Give the end of what follows "of": "units of the army"."""
        reading, j = self._reading, end + 1
        last = end
        while reading.beside(end, j) and j - end < 8 and j not in self._cause_at:
            what = kind(reading.tokens[j])
            if what == "word" or reading.hyphenated(j):
                last = j + 1
            elif what not in {"det", "num"}:
                break
            j += 1
        return last

    def _start(self, core: int) -> int:
        """Walk left over adjectives to the determiner or figure that opens the phrase."""
        reading = self._reading
        firm = tentative = reading.word_start(core)
        while reading.beside(core, tentative - 1) and core - tentative < 8:
            j = tentative - 1
            if j in self._cause_at and not self._cause_at[j].verbal and self._cause_at[j].label != "drone":
                break
            lower, what = reading.lower[j], kind(reading.tokens[j])
            start = reading.word_start(j)
            if start < j and not lower.endswith("ing"):
                firm = start if firm == tentative else firm
                tentative = start
            elif what in {"det", "num"} or lower in COUNTERS:
                if lower in {"that", "no"}:
                    return tentative
                firm = tentative = j
                if what == "det":
                    return self._counted(j)
                if not reading.beside(core, j - 1) or kind(reading.tokens[j - 1]) not in {"det", "poss"}:
                    return j
            elif lower == "]" and reading.beside(core, j - 2) and reading.lower[j - 2] == "[":
                # "[Israeli] forces": the reporter's word within a quotation.
                firm = tentative = j - 2
            elif what == "poss" and reading.beside(core, j - 1):
                tentative = j - 1
                firm = j - 1 if reading.tokens[j - 1].text[:1].isupper() else firm
            elif what in {"word", "part"} and lower not in CALENDAR and self._describes(j):
                known = words()[0].match(reading.lower, j)
                if firm == tentative and (
                    reading.tokens[j].text[:1].isupper() or (known is not None and known[0] == 1)
                ):
                    firm = j
                tentative = j
            else:
                opens = what in {"adp", "verb", "sconj", "conj"} and lower != "to"
                return tentative if opens or lower.endswith("ing") else firm
        return firm

    def _counted(self, j: int) -> int:
        """Take the count before "of the": "four of the officers"."""
        reading = self._reading
        if reading.beside(j, j - 2) and reading.lower[j - 1] == "of":
            count = reading.tokens[j - 2]
            if reading.lower[j - 2] in COUNTERS or kind(count) == "num":
                return j - 2
        return j

    def _describes(self, j: int) -> bool:
        """Tell a word that can stand before a noun from a verb and from the end of another phrase."""
        lower = self._reading.lower[j]
        if kind(self._reading.tokens[j]) == "part":
            return self._opens(j)
        if lower in BLAMING:
            return False
        plural = lower.endswith("s") and not lower.endswith(("ss", "us", "is"))
        return not plural or self._reading.tokens[j].text[:1].isupper()

    def _opens(self, j: int) -> bool:
        """Tell an adjective ("masked men", "when armed men") from a verb ("killing men")."""
        before = j - 1
        if not self._reading.beside(j, before):
            return True
        what = kind(self._reading.tokens[before])
        if self._reading.lower[j].endswith("ing"):
            return what in {"det", "num"}
        return what in {"det", "num", "adp", "sconj", "conj", "verb"}
