"""Who is said to have done it: noun phrases of those who can act, tied to what was done."""

from __future__ import annotations

from collections.abc import Iterator

from casualty_extract.causes_blame import blamed
from casualty_extract.causes_nouns import Actor
from casualty_extract.causes_phrases import Cause
from casualty_extract.causes_subjects import ATTACKS, POSSESSIVES, REACH, Perpetrator, Subjects
from casualty_extract.causes_verbs import VerbRow
from casualty_extract.causes_words import culprits
from casualty_extract.reading import Reading, kind
from casualty_extract.wordorder import voice

__all__ = ["perpetrators"]

# "Iraqi bombing" says where; only of these does a bare nationality say who.
WAGED = frozenset("airstrike shelling missile drone chemical".split())
AGENT_REACH = 12
MOST = 12
CRAFT = frozenset(["aircraft", "warplane", "fighter jet", "gunship", "warship", "tank"])
LAW = frozenset(
    ["police", "officer", "police officer", "policeman", "deputy", "trooper", "guard", "security forces"]
)
BOMBERS = frozenset(["suicide bomber", "car bomber", "suicide car bomber", "truck bomber"])
# What comes "from" those who fire it.
FIRED = frozenset("shooting airstrike shelling missile drone".split())
SIDING = frozenset("backed supported aided assisted accompanied joined".split())
"""By whom something is done to those who fight, and not to those who are harmed."""
WAGED_HEADS = frozenset(
    "raid offensive assault invasion incursion attack operation crackdown massacre siege".split()
) | {"military operation", "ground offensive", "ground operation", "ground assault", "commando raid"}


def perpetrators(reading: Reading, causes: list[Cause]) -> list[Perpetrator]:
    """Find the perpetrators of a text in order, each passage and act once."""
    subjects = Subjects(reading, causes)
    search = _Acts(subjects)
    found = {*search.of_verbs(), *search.of_hands(), *search.of_causes()}
    found |= {*search.of_victims(), *blamed(subjects)}
    names = {reading.lower[who.end - 1] for who in found if reading.texts[who.end - 1][:1].isupper()}
    struck = {
        anchor for anchor, who in search.struck.items() if search.is_culprit(who, names)
    } | search.by_law
    return sorted(
        (who._replace(against=who.anchor in struck) for who in found),
        key=lambda who: (who.first, who.end, who.anchor, who.relation, who.rule),
    )


class _Acts:
    """The acts of one text."""

    def __init__(self, subjects: Subjects) -> None:
        self.subjects = subjects
        self.reading = subjects.reading
        self.actors = subjects.actors
        self.causes = subjects.causes
        self.struck: dict[tuple[int, int], Actor] = {}
        """Whom the verbs strike, by their anchors."""
        self.by_law: set[tuple[int, int]] = set()

    # Verbs: "killed by troops", "troops killed 12", "troops attacked a village, killing 12".

    def of_verbs(self) -> Iterator[Perpetrator]:
        sentence, last = -1, None
        for i, (length, row) in self.subjects.verbs.items():
            if self.reading.sentence[i] != sentence:
                sentence, last = self.reading.sentence[i], None
            if self.subjects.is_noun(i) or self._is_adjective(i):
                continue
            anchor = self._anchor(i, length, row)
            if anchor is None:
                continue
            struck = self._struck(i, length)
            if struck is not None:
                self.struck[anchor] = struck
            agent = self.subjects.agent(i + length)
            if agent is not None:
                yield Perpetrator(agent.first, agent.end, "agent_by", "agent", anchor)
                if agent.head in LAW and (self._is_of_him(i) or self._is_of_suspect(i)):
                    self.by_law.add(anchor)
                continue
            subject, rule = self.subjects.subject(i, row), "subject"
            if subject is None and last is not None and self.subjects.continues(i):
                subject, rule = last, "subject of the sentence"
            if (
                subject is not None
                and subject.head in CRAFT
                and self.reading.lower[subject.first] in POSSESSIVES
            ):
                # "The coalition said its aircraft had killed 18".
                subject = self.subjects.antecedent(subject.first) or subject
            if subject is not None:
                end = self.subjects.with_others(subject) if rule == "subject" else subject.end
                yield Perpetrator(subject.first, end, "subject", rule, anchor)
                self.subjects.subjects[i] = last = subject
                if self._is_shot_by_law(i, length):
                    self.by_law.add(anchor)

    def _is_adjective(self, i: int) -> bool:
        """Tell "an injured colleague" from verbs."""
        reading = self.reading
        framed = (
            reading.beside(i, i - 1) and kind(reading.tokens[i - 1]) == "det" and reading.beside(i, i + 1)
        )
        return framed and reading.lower[i].endswith("ed") and kind(reading.tokens[i + 1]) == "word"

    def _struck(self, i: int, length: int) -> Actor | None:
        """Give whom a verb strikes, as far as he could strike himself: "shot the gunman", "Khan was shot"."""
        reading = self.reading
        if voice(reading.tokens[i]) == "passive":
            j = self.subjects.skipping(i, {"adv", "aux"})
            return (self.actors.ending(j + 1) or self.actors.name_ending(j + 1)) if j >= 0 else None
        j = i + length
        while j < i + length + 5 and reading.beside(i, j):
            found = self.actors.at(j) or self.actors.opening(j)
            if found is not None or kind(reading.tokens[j]) not in {"det", "num", "adv", "part"}:
                return found
            j += 1
        return None

    def _is_shot_by_law(self, i: int, length: int) -> bool:
        """Tell "officers shot him dead": whom the police strike, with no more said of him, is the attacker."""
        j = i + length
        if not self.reading.beside(i, j) or self.reading.lower[j] not in {"him", "her"}:
            return False
        subject = self.subjects.subjects.get(i)
        return subject is not None and subject.head in LAW

    def _is_of_him(self, i: int) -> bool:
        """Tell "he was shot by a deputy"."""
        j = self.subjects.skipping(i, {"adv", "aux"})
        return self.reading.beside(i, j) and self.reading.lower[j] in {"he", "she", "who"}

    def _is_of_suspect(self, i: int) -> bool:
        """Tell "the suspect, a man whose name was not given, was shot by a deputy"."""
        found = self.actors.of_sentence(self.reading.sentence[i])
        return any(actor.end <= i and actor.head in culprits() for actor in found[:MOST])

    def is_culprit(self, who: Actor, names: set[str]) -> bool:
        """Tell whether the text takes somebody for the attacker: by the word, or as he has acted before."""
        return who.head in culprits() or (who.head == "name" and self.reading.lower[who.end - 1] in names)

    def _anchor(self, i: int, length: int, row: VerbRow) -> tuple[int, int] | None:
        if not row.of_attack:
            return i, i + length
        after, before = range(i + length, i + length + 8), range(i - 1, i - 8, -1)
        passive = voice(self.reading.tokens[i]) == "passive"
        for j in (*before, *after) if passive else (*after, *before):
            cause = self.subjects.cause_at.get(j) if self.reading.beside(i, j) else None
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
            verb = next((k for k in range(i - 1, max(-1, i - REACH), -1) if k in self.subjects.verbs), None)
            if actor is not None and verb is not None and reading.beside(i, verb):
                yield Perpetrator(actor.first, actor.end, "agent_by", "hands", (verb, verb + 1))

    # Nouns: "Coalition strikes", "the army's offensive", "its strikes", "raid by commandos".

    def of_causes(self) -> Iterator[Perpetrator]:
        for cause in self.causes:
            anchor = (cause.first, cause.end)
            if cause.verbal:
                continue
            bomber = self.actors.over(cause.first) if cause.head in BOMBERS else None
            if bomber is not None and bomber not in self.struck.values() and not self._would_be(bomber):
                yield Perpetrator(bomber.first, bomber.end, "subject", "bomber", anchor)
            agent = self._agent_of_noun(cause)
            if agent is not None:
                yield Perpetrator(agent.first, agent.end, "agent_by", "agent of a noun", anchor)
            yield from self._before(cause.first, anchor, cause)
        for i in self.subjects.verbs:
            following = self.reading.lower[i + 1] if self.reading.beside(i, i + 1) else ""
            if (
                self.reading.lower[i].endswith("ing")
                and following in {"of", "by"}
                and i not in self.subjects.cause_at
            ):
                yield from self._before(i, (i, i + 1), None)

    def _would_be(self, bomber: Actor) -> bool:
        words = self.reading.lower[bomber.first : bomber.end]
        return "would" in words or "would-be" in words

    def of_victims(self) -> Iterator[Perpetrator]:
        """Find the actor of "two of the gunman's victims"."""
        reading = self.reading
        for i, word in enumerate(reading.lower):
            if word not in {"victim", "victims"} or not reading.beside(i, i - 2):
                continue
            if kind(reading.tokens[i - 1]) == "poss":
                owner = self.actors.ending(i - 1) or self.actors.name_ending(i - 1, governed=True)
                if owner is not None:
                    # "Two of the gunman's victims": two count the victims.
                    counted = reading.lower[owner.first + 1] == "of"
                    first = owner.first + 2 if counted and owner.core > owner.first + 1 else owner.first
                    yield Perpetrator(first, owner.end, "possessive", "victims", (i, i + 1))

    def _agent_of_noun(self, cause: Cause) -> Actor | None:
        for j in range(cause.end, cause.end + AGENT_REACH):
            if not self.reading.beside(cause.first, j):
                return None
            if self.reading.lower[j] == "by":
                # "clashes with soldiers backed by US troops": they back, and are not said to have struck.
                backed = j > cause.end and self.reading.lower[j - 1] in SIDING
                return None if backed else self.actors.opening(j + 1)
            if self.reading.lower[j] == "from" and cause.label in FIRED:
                actor = self.actors.opening(j + 1)
                # "Rockets from Gaza" tell whence, "shots from two men" by whom.
                return actor if actor is not None and actor.head.islower() and actor.head != "name" else None
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
            if lower.endswith("backed"):
                # Who backs an offensive does not wage it.
                return
            if lower in POSSESSIVES:
                owner = self.subjects.antecedent(j)
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
        if cause is None:
            return False
        # "Israeli gunfire": arson and wildfires are no fire in this sense.
        fire = cause.label in {"shooting", "shelling"} and cause.head.endswith("fire")
        return fire or cause.label in WAGED or cause.head in WAGED_HEADS
