"""Who is said to have done it: noun phrases of those who can act, tied to what was done."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from casualty_extract.causes_nouns import CALENDAR, Actor, Actors
from casualty_extract.causes_phrases import Cause
from casualty_extract.causes_verbs import VerbRow, blames, verbs
from casualty_extract.reading import Reading, kind
from casualty_extract.wordorder import voice

__all__ = ["Perpetrator", "perpetrators"]

# Causes that somebody brings about; a flood has no perpetrator.
ATTACKS = frozenset(
    """airstrike shelling missile drone bombing shooting stabbing clash execution massacre landmine
    vehicle_attack chemical crackdown other explosion""".split()
)
# "Iraqi bombing" says where; only of these does a bare nationality say who.
WAGED = frozenset("airstrike shelling missile drone chemical".split())
WAGED_HEADS = frozenset(
    "raid offensive assault invasion incursion attack operation crackdown massacre siege".split()
) | {"military operation", "ground offensive", "ground operation", "ground assault", "commando raid"}
REACH = 14
SUBJECT_REACH = 25
ANTECEDENTS = 12
TIME_WORDS = frozenset("last this next early late earlier later that".split())
OBJECT_KINDS = frozenset({"det", "num", "word", "pron", "part", "poss"})
POSSESSIVES = frozenset("its their his her".split())
PLURAL_PRONOUNS = frozenset("they their".split())


class Perpetrator(NamedTuple):
    """A noun phrase, how it is tied to the act, and the act."""

    first: int
    end: int
    relation: str
    rule: str
    anchor: tuple[int, int]
    cue: str | None = None


def perpetrators(reading: Reading, causes: list[Cause]) -> list[Perpetrator]:
    """Find the perpetrators of a text in order, each passage and act once."""
    search = _Search(reading, causes)
    found = [*search.of_verbs(), *search.of_hands(), *search.of_causes(), *search.of_blame()]
    return sorted(set(found), key=lambda who: (who.first, who.end, who.anchor, who.relation, who.rule))


class _Search:
    """The acts of one text and the phrases around them."""

    def __init__(self, reading: Reading, causes: list[Cause]) -> None:
        self.reading = reading
        self.causes = [cause for cause in causes if cause.label in ATTACKS]
        self.cause_at = {j: cause for cause in causes for j in range(cause.first, cause.end)}
        self.actors = Actors(reading, self.cause_at)
        self.verbs: dict[int, tuple[int, VerbRow]] = {}
        openers = verbs().openers
        for i, word in enumerate(reading.lower):
            verb = verbs().match(reading.lower, i) if word in openers else None
            if verb is not None:
                self.verbs[i] = verb
        self.subjects: dict[int, Actor] = {}
        self.told: list[tuple[int, Actor]] = []

    # Verbs: "killed by troops", "troops killed 12", "troops attacked a village, killing 12".

    def of_verbs(self) -> Iterator[Perpetrator]:
        sentence, last = -1, None
        for i, (length, row) in self.verbs.items():
            if self.reading.sentence[i] != sentence:
                sentence, last = self.reading.sentence[i], None
            if self._is_noun(i):
                continue
            anchor = self._anchor(i, length, row)
            if anchor is None:
                continue
            agent = self._agent(i + length)
            if agent is not None:
                yield Perpetrator(agent.first, agent.end, "agent_by", "agent", anchor)
                self.told.append((i, agent))
                continue
            subject, rule = self._subject(i, row), "subject"
            if subject is None and last is not None and self._continues(i):
                subject, rule = last, "subject of the sentence"
            if subject is not None:
                yield Perpetrator(subject.first, subject.end, "subject", rule, anchor)
                self.subjects[i] = last = subject
                self.told.append((i, subject))

    def _is_noun(self, i: int) -> bool:
        """Tell "two strikes" and "the killing of" from verbs: the causes are seen to on their own."""
        cause = self.cause_at.get(i)
        if cause is not None and not cause.verbal:
            return True
        following = self.reading.lower[i + 1] if self.reading.beside(i, i + 1) else ""
        return following == "of" and self.reading.lower[i].endswith("ing")

    def _anchor(self, i: int, length: int, row: VerbRow) -> tuple[int, int] | None:
        if not row.of_attack:
            return i, i + length
        after, before = range(i + length, i + length + 8), range(i - 1, i - 8, -1)
        passive = voice(self.reading.tokens[i]) == "passive"
        for j in (*before, *after) if passive else (*after, *before):
            cause = self.cause_at.get(j) if self.reading.beside(i, j) else None
            if cause is not None and cause.label in ATTACKS and not cause.verbal:
                return cause.first, cause.end
        return None

    def of_hands(self) -> Iterator[Perpetrator]:
        """Find the actor of "at the hands of the militia", tied to the verb before it."""
        reading = self.reading
        if not {"hand", "hands"} & set(reading.lower):
            return
        for i in range(2, len(reading)):
            if reading.lower[i] != "of" or reading.lower[i - 1] not in {"hands", "hand"}:
                continue
            actor = self.actors.opening(i + 1)
            verb = next((k for k in range(i - 1, max(-1, i - REACH), -1) if k in self.verbs), None)
            if actor is not None and verb is not None and reading.beside(i, verb):
                yield Perpetrator(actor.first, actor.end, "agent_by", "hands", (verb, verb + 1))

    def _agent(self, j: int) -> Actor | None:
        """Find the actor after "by" in the same clause."""
        limit = j + REACH
        start = j
        while j < limit and self.reading.beside(start - 1, j):
            lower = self.reading.lower[j]
            if lower == "by":
                return self.actors.opening(j + 1)
            what = kind(self.reading.tokens[j])
            if lower == ";" or what in {"sconj", "aux"} or (what == "verb" and j not in self.verbs):
                return None
            if lower.endswith("ing") and j in self.verbs:
                return None
            j += 1
        return None

    def _subject(self, i: int, row: VerbRow) -> Actor | None:
        """Find the actor that an active verb has as its subject."""
        reading = self.reading
        manner = voice(reading.tokens[i])
        if manner in {"passive", "infinitive"}:
            return None
        if manner == "gerund" and not self._is_progressive(i):
            return None
        if manner == "bare" and not row.intransitive and not self._has_object(i):
            return None
        j = self._skipping(i, {"adv", "aux"})
        if not reading.beside(i, j):
            return None
        if reading.lower[j] in {"and", "then"} or (reading.lower[j] == "," and j - 1 in self.subjects):
            return self._shared(i, j)
        direct = self.cause_at.get(j)
        if direct is not None and direct.head not in {"suicide bomber", "car bomber"}:
            return None
        if reading.lower[j] == "," and reading.beside(i, j - 2):
            aged = reading.tokens[j - 1].like_num and reading.lower[j - 2] == ","
            return self.actors.name_ending(j - 2 if aged else j) or self._before_relative(i, j)
        if reading.lower[j] in {"who", "which", "that"}:
            j -= 2 if reading.beside(i, j - 1) and reading.lower[j - 1] == "," else 1
            return self.actors.ending(j + 1) if j >= 0 else None
        if reading.lower[j] in {"it", "they", "he", "she"}:
            return self._antecedent(j)
        return self._leftmost(i, j) or self.actors.name_ending(j + 1)

    def _before_relative(self, i: int, j: int) -> Actor | None:
        """In "Rebels, who fled, killed" the subject stands before what the commas enclose."""
        for k in range(j - 1, max(0, j - SUBJECT_REACH), -1):
            if not self.reading.beside(i, k):
                return None
            if self.reading.lower[k] in {"who", "which"} and self.reading.lower[k - 1] == ",":
                return self.actors.ending(k - 1)
        first = next(iter(self.actors.of_sentence(self.reading.sentence[i])), None)
        if first is None or first.end >= j or not self.reading.opens_sentence(first.first):
            return None
        return first if self.reading.lower[first.end] == "," else None

    def _skipping(self, i: int, kinds: set[str]) -> int:
        """Walk left from a token over words of some kinds."""
        j = i - 1
        while self.reading.beside(i, j) and kind(self.reading.tokens[j]) in kinds:
            j -= 1
        return j

    def _is_progressive(self, i: int) -> bool:
        return self.reading.beside(i, i - 1) and kind(self.reading.tokens[i - 1]) == "aux"

    def _has_object(self, i: int) -> bool:
        """An active past form has an object after it; a reduced passive has "in", "by", a comma."""
        reading = self.reading
        j = i + self.verbs[i][0]
        while reading.beside(i, j) and j - i < REACH:
            joint = reading.lower[j] in {"and", "or"} and j + 1 in self.verbs
            least = reading.lower[j] == "at" and reading.beside(i, j + 1) and reading.lower[j + 1] == "least"
            known = reading.lower[j] in {"dead", "least"} or kind(reading.tokens[j]) == "adv"
            if not (joint or least or known or j in self.verbs):
                break
            j += 1
        if not reading.beside(i, j):
            return False
        what = kind(reading.tokens[j])
        if reading.lower[j] in {"more", "as", "over", "about", "between", "around", "up", "himself"}:
            return reading.beside(i, j + 1) and (
                what != "adp" or reading.lower[j + 1] in {"to", "many"} or reading.tokens[j + 1].like_num
            )
        if reading.lower[j] in TIME_WORDS or reading.lower[j] in CALENDAR:
            return False
        return what in OBJECT_KINDS

    def _shared(self, i: int, j: int) -> Actor | None:
        """In "shot and killed", "attacked a village and killed" the subject is that of the first."""
        for k in range(j - 1, max(-1, j - REACH), -1):
            if not self.reading.beside(i, k):
                return None
            if k in self.verbs and not self._is_noun(k):
                return self.subjects.get(k)
        return self._leftmost(i, j - 1)

    def _leftmost(self, i: int, j: int) -> Actor | None:
        """Walk to the start of the clause and take its first actor that no preposition governs."""
        reading = self.reading
        best: Actor | None = None
        for k in range(j, max(-1, j - SUBJECT_REACH), -1):
            if not reading.beside(i, k):
                break
            what = kind(reading.tokens[k])
            actor = self.actors.at(k)
            if actor is not None and actor.end <= j + 1:
                if self.actors.is_free(actor) and not self._is_governed(actor):
                    best = actor
                continue
            if self.actors.inside(k):
                continue
            if what in {"verb", "sconj"} or (what == "punct" and not reading.hyphenated(k)):
                break
        if best is None or best.end == j + 1:
            return best
        following = reading.tokens[best.end]
        return best if kind(following) in {"adp", "part", "adv"} or following.text == "and" else None

    def _is_governed(self, actor: Actor) -> bool:
        """A phrase that describes the noun behind it is no subject: "the army's chief", "IS position"."""
        if not self.reading.beside(actor.first, actor.end):
            return False
        return kind(self.reading.tokens[actor.end]) == "poss"

    def _continues(self, i: int) -> bool:
        """Tell whether a gerund goes on with the sentence's subject: "..., killing 12"."""
        if not self.reading.lower[i].endswith("ing") or not self.reading.beside(i, i - 1):
            return False
        before = self.reading.lower[self._skipping(i, {"adv"})]
        return before in {",", "and", "before", "after", "by", "then"}

    def _antecedent(self, j: int) -> Actor | None:
        """Find whom a pronoun takes up: the first actor of its sentence, else of the one before."""
        plural = self.reading.lower[j] in PLURAL_PRONOUNS
        for back in (0, 1):
            wanted = self.reading.sentence[j] - back
            for actor in islice(self.actors.of_sentence(wanted), ANTECEDENTS):
                if actor.end <= j and self.actors.is_free(actor) and (plural or not actor.plural):
                    return actor
        return None

    # Nouns: "Coalition strikes", "the army's offensive", "its strikes", "raid by commandos".

    def of_causes(self) -> Iterator[Perpetrator]:
        for cause in self.causes:
            anchor = (cause.first, cause.end)
            if cause.verbal:
                continue
            agent = self._agent_of_noun(cause)
            if agent is not None:
                yield Perpetrator(agent.first, agent.end, "agent_by", "agent of a noun", anchor)
            yield from self._before(cause.first, anchor, cause)
        for i in self.verbs:
            following = self.reading.lower[i + 1] if self.reading.beside(i, i + 1) else ""
            if self.reading.lower[i].endswith("ing") and following in {"of", "by"} and i not in self.cause_at:
                yield from self._before(i, (i, i + 1), None)

    def _agent_of_noun(self, cause: Cause) -> Actor | None:
        for j in range(cause.end, cause.end + 5):
            if not self.reading.beside(cause.first, j):
                return None
            if self.reading.lower[j] == "by":
                return self.actors.opening(j + 1)
            if kind(self.reading.tokens[j]) in {"verb", "aux", "sconj", "punct"}:
                return None
        return None

    def _before(self, first: int, anchor: tuple[int, int], cause: Cause | None) -> Iterator[Perpetrator]:
        """Look at the words before a noun of attack."""
        reading = self.reading
        j = first - 1
        passed = 0
        while reading.beside(first, j) and passed <= 2:
            lower, what = reading.lower[j], kind(reading.tokens[j])
            if lower in POSSESSIVES:
                owner = self._antecedent(j)
                if owner is not None:
                    yield Perpetrator(owner.first, owner.end, "possessive", "pronoun", anchor)
                return
            if what == "poss":
                owner = self.actors.ending(j)
                if owner is not None:
                    yield Perpetrator(owner.first, owner.end, "possessive", "genitive", anchor)
                return
            modifier = self.actors.modifier_ending(j + 1)
            if modifier is not None:
                start, people = modifier
                if not people or self._wages(cause):
                    yield Perpetrator(start, j + 1, "attributive", "attributive", anchor)
                return
            if (
                what not in {"word", "part", "num"}
                and not reading.hyphenated(j)
                and lower not in {"or", "and"}
            ):
                return
            passed += 1
            j -= 1

    def _wages(self, cause: Cause | None) -> bool:
        return cause is not None and (cause.label in WAGED or cause.head in WAGED_HEADS)

    # Blame: "blamed on rebels", "accused the army of", "the group claimed responsibility".

    def of_blame(self) -> Iterator[Perpetrator]:
        reading = self.reading
        openers = blames().openers
        for i, word in enumerate(reading.lower):
            match = blames().match(reading.lower, i) if word in openers else None
            if match is None:
                continue
            length, row = match
            end = i + length
            actor = self._blamed(i, end) if row.relation == "blamed" else self._claiming(i, end)
            if actor is None:
                continue
            anchor = self._nearest_act(i) or (i, end)
            cue = reading.text[slice(*reading.characters(i, end))]
            yield Perpetrator(actor.first, actor.end, row.relation, row.relation, anchor, cue)

    def _blamed(self, i: int, end: int) -> Actor | None:
        reading = self.reading
        following = reading.lower[end] if reading.beside(i, end) else ""
        if following == "on":
            return self.actors.opening(end + 1)
        passive = voice(reading.tokens[i]) == "passive"
        if passive or following in {"of", "for", "with", "in"} or " " in self._text(i, end):
            j = self._skipping(i, {"adv", "aux", "part", "verb"})
            return self._leftmost(i, j) if reading.beside(i, j) else None
        return self.actors.opening(end) if reading.lower[i] != "suspected" else None

    def _claiming(self, i: int, end: int) -> Actor | None:
        reading = self.reading
        if voice(reading.tokens[i]) == "passive":
            return self._agent(end)
        if end - i == 1 and not (
            reading.beside(i, end) and reading.lower[end].endswith("ing") and end in self.verbs
        ):
            return None
        j = self._skipping(i, {"adv", "aux"})
        if not reading.beside(i, j):
            return None
        if reading.lower[j] in {"it", "they", "he", "she"}:
            return self._antecedent(j)
        return self._leftmost(i, j) or self.actors.name_ending(j + 1)

    def _text(self, i: int, end: int) -> str:
        return " ".join(self.reading.lower[i:end])

    def _nearest_act(self, i: int) -> tuple[int, int] | None:
        """Find the word of attack or harm nearest to a word of blame."""
        best: tuple[int, tuple[int, int]] | None = None
        for j in range(i - 40, i + 40):
            if j == i or not self.reading.beside(i, j):
                continue
            span = None
            cause = self.cause_at.get(j)
            if cause is not None and cause.label in ATTACKS:
                span = (cause.first, cause.end)
            elif j in self.verbs:
                span = (j, j + self.verbs[j][0])
            if span is not None and (best is None or abs(j - i) < best[0]):
                best = abs(j - i), span
        return best[1] if best else None
