"""The subjects and agents of the words of attack: who stands where the one who acts stands."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice
from typing import NamedTuple

from casualty_extract.causes_nouns import CALENDAR, Actor, Actors
from casualty_extract.causes_phrases import Cause
from casualty_extract.causes_verbs import VerbRow, verbs
from casualty_extract.reading import Reading, kind
from casualty_extract.wordorder import voice

__all__ = ["ATTACKS", "POSSESSIVES", "REACH", "Perpetrator", "Subjects"]

# Causes that somebody brings about; a flood has no perpetrator.
ATTACKS = frozenset(
    """airstrike shelling missile drone bombing shooting stabbing clash execution massacre landmine
    vehicle_attack chemical crackdown other explosion""".split()
)
REACH = 14
SUBJECT_REACH = 25
ANTECEDENTS = 12
ANTECEDENTS_BACK = 3
TIME_WORDS = frozenset("last this next early late earlier later that".split())
OBJECT_KINDS = frozenset({"det", "num", "word", "pron", "part", "poss"})
CLAUSES = frozenset("that after before until since".split())
PASSIVE = frozenset("is are was were be been being".split())
BEGINNINGS = frozenset("began begins begun started starts continued continues kept proceeded".split())
POSSESSIVES = frozenset("its their his her".split())
PLURAL_PRONOUNS = frozenset("they their".split())


class Perpetrator(NamedTuple):
    """A noun phrase, how it is tied to the act, the act, and whether it was done to the attacker."""

    first: int
    end: int
    relation: str
    rule: str
    anchor: tuple[int, int]
    cue: str | None = None
    against: bool = False


class Subjects:
    """The words of attack of one text and the phrases around them."""

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

    def is_noun(self, i: int) -> bool:
        """Tell "two strikes" and "the killing of" from verbs: the causes are seen to on their own."""
        cause = self.cause_at.get(i)
        if cause is not None and not cause.verbal:
            # "Gunmen attack a bar", in the present tense of headlines.
            acting = self.actors.ending(i)
            object_ = kind(self.reading.tokens[i + 1]) if self.reading.beside(i, i + 1) else ""
            plural = acting is not None and acting.plural and not self.reading.lower[i].endswith("s")
            return not plural or object_ not in {"det", "num"}
        following = self.reading.lower[i + 1] if self.reading.beside(i, i + 1) else ""
        return following == "of" and self.reading.lower[i].endswith("ing")

    def agent(self, j: int) -> Actor | None:
        """Find the actor after "by" in the same clause."""
        limit = j + REACH
        start = j
        while j < limit and self.reading.beside(start - 1, j):
            lower = self.reading.lower[j]
            if lower == "by":
                # "Killed three near a hotel used by guests".
                told = j == start or kind(self.reading.tokens[j - 1]) != "part" or j - 1 in self.verbs
                return self.actors.opening(j + 1) if told else None
            what = kind(self.reading.tokens[j])
            if lower == ";" or what in {"sconj", "aux"} or (what == "verb" and j not in self.verbs):
                return None
            if lower.endswith("ing") and j in self.verbs:
                return None
            j += 1
        return None

    def subject(self, i: int, row: VerbRow) -> Actor | None:
        """Find the actor that an active verb has as its subject."""
        reading = self.reading
        manner = voice(reading.tokens[i])
        began = self._began(i)
        if manner == "passive" or (manner == "infinitive" and began is None):
            return None
        if manner == "gerund" and began is None and not self._is_progressive(i):
            return None
        if began is not None:
            i = began
        elif manner == "bare" and not row.intransitive and not self._has_object(i):
            return None
        j = self.skipping(i, {"adv", "aux"})
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
            return self._before_pronoun(i, j)
        if reading.lower[j] in {"it", "they", "he", "she"}:
            return self.antecedent(j)
        return self.leftmost(i, j) or self.actors.name_ending(j + 1)

    def with_others(self, actor: Actor) -> int:
        """Give where those end who act with an actor: "[soldiers and police] killed 12"; no other act follows them."""
        reading, j = self.reading, actor.end
        if not reading.beside(actor.first, j + 1) or reading.lower[j] != "and":
            return actor.end
        other = self.actors.at(j + 1)
        if other is None or other.head == "name":
            return actor.end
        k = other.end
        while reading.beside(other.first, k) and kind(reading.tokens[k]) == "adv":
            k += 1
        follows = reading.beside(other.first, k) and kind(reading.tokens[k]) in {"verb", "aux", "part"}
        return other.end if follows else actor.end

    def _before_pronoun(self, i: int, j: int) -> Actor | None:
        """Give whom "who" at token j takes up; "which" and "that" take up no place and no thing."""
        reading, person = self.reading, self.reading.lower[j] == "who"
        j -= 2 if reading.beside(i, j - 1) and reading.lower[j - 1] == "," else 1
        if j < 0 or not reading.beside(i, j):
            return None
        if reading.tokens[j].like_num and reading.beside(i, j - 2) and reading.lower[j - 1] == ",":
            j -= 2
        actor = self.actors.ending(j + 1)
        if actor is not None and not person and actor.head[:1].isupper() and not self.actors.is_free(actor):
            # "The stabbing in Mannheim, Germany, which killed one".
            return None
        return actor or self.actors.name_ending(j + 1, governed=person)

    def _began(self, i: int) -> int | None:
        """Give the finite verb of "began to stab", "started attacking", "claimed to have killed"."""
        if self.reading.beside(i, i - 3) and self.reading.lower[i - 2 : i] == ["to", "have"]:
            said = self.skipping(i - 2, {"adv"})
            told = kind(self.reading.tokens[said]) in {"verb", "part"} or self.reading.lower[said] == "claims"
            known = self.reading.beside(i, said) and told
            return said if known else None
        j = i - 2 if self.reading.beside(i, i - 1) and self.reading.lower[i - 1] == "to" else i - 1
        return j if self.reading.beside(i, j) and self.reading.lower[j] in BEGINNINGS else None

    def _before_relative(self, i: int, j: int) -> Actor | None:
        """In "Rebels, who fled, killed" the subject stands before what the commas enclose."""
        for k in range(j - 1, max(0, j - SUBJECT_REACH), -1):
            if not self.reading.beside(i, k):
                break
            if self.reading.lower[k] in {"who", "which"} and self.reading.lower[k - 1] == ",":
                return self.actors.ending(k - 1)
        first = next(iter(self.actors.of_sentence(self.reading.sentence[i])), None)
        if first is None or first.end >= j or not self.reading.opens_sentence(first.first):
            return None
        return first if self.reading.lower[first.end] == "," else None

    def skipping(self, i: int, kinds: set[str]) -> int:
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
                break
            if k in self.verbs and not self.is_noun(k):
                return self.subjects.get(k)
        return self.leftmost(i, j - 1) or self._of_sentence(i)

    def _of_sentence(self, i: int) -> Actor | None:
        """In "A man entered a shop, took a knife and killed" the subject is that of the whole sentence."""
        for actor in islice(self.actors.of_sentence(self.reading.sentence[i]), ANTECEDENTS):
            if actor.end >= i or not self.reading.beside(i, actor.end):
                return None
            following = kind(self.reading.tokens[actor.end])
            if self.reading.lower[actor.end] in PASSIVE or not self.actors.is_free(actor):
                continue
            if following in {"verb", "part", "adv", "aux"}:
                return actor
        return None

    def leftmost(self, i: int, j: int) -> Actor | None:
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
            if reading.lower[k] in CLAUSES and k < j:
                # "The group alleged that soldiers had shot", "Israel struck after tanks fired".
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

    def continues(self, i: int) -> bool:
        """Tell whether a gerund goes on with the sentence's subject: "..., killing 12"."""
        if not self.reading.lower[i].endswith("ing") or not self.reading.beside(i, i - 1):
            return False
        before = self.reading.lower[self.skipping(i, {"adv"})]
        return before in {",", "and", "before", "after", "by", "then"}

    def antecedent(self, j: int) -> Actor | None:
        """Find whom a pronoun takes up: the first actor of its sentence, else of the one before.

        Where that one opens with the same pronoun, the one before it is asked, and so on: "It ... It ...".
        """
        word = self.reading.lower[j]
        plural = word in PLURAL_PRONOUNS
        # "The van was parked when it blew up": it is of this sentence.
        inner = word == "it" and self.reading.lower[j - 1] in {
            "when",
            "as",
            "before",
            "after",
            "where",
            "because",
        }
        for back in range(1 if inner else 1 + ANTECEDENTS_BACK):
            wanted = self.reading.sentence[j] - back
            for actor in islice(self.actors.of_sentence(wanted), ANTECEDENTS):
                if actor.end <= j and self.actors.is_free(actor) and (plural or not actor.plural):
                    return actor
            if back and not self._opens_with(wanted, word):
                return None
        return None

    def _opens_with(self, sentence: int, word: str) -> bool:
        first = bisect_left(self.reading.sentence, sentence)
        return first < len(self.reading) and self.reading.lower[first] == word
