"""Who is blamed: "blamed on rebels", "accused the army of", "the group claimed responsibility"."""

from __future__ import annotations

from collections.abc import Iterator

from casualty_extract import wordorder
from casualty_extract.causes_nouns import Actor
from casualty_extract.causes_subjects import ATTACKS, REACH, Perpetrator, Subjects
from casualty_extract.causes_verbs import BlameRow, blames
from casualty_extract.reading import kind
from casualty_extract.wordorder import voice

__all__ = ["blamed"]

NEAR = 10
FOLLOWS = 20
NEGATIONS = wordorder.NEGATIONS | {"n’t", "cannot"}


def blamed(subjects: Subjects) -> Iterator[Perpetrator]:
    """Find those on whom an attack is laid, and those who take it upon themselves."""
    return _Blame(subjects).of_blame()


class _Blame:
    """The words of blame of one text."""

    def __init__(self, subjects: Subjects) -> None:
        self.subjects = subjects
        self.reading = subjects.reading
        self.actors = subjects.actors

    def of_blame(self) -> Iterator[Perpetrator]:
        reading = self.reading
        openers = blames().openers
        for i, word in enumerate(reading.lower):
            match = blames().match(reading.lower, i) if word in openers else None
            if match is None:
                continue
            length, row = match
            end = i + length
            act = self._nearest_act(i)
            if (row.near and not self._near(i, row.near)) or (row.act and not self._governs_act(i, end)):
                continue
            if row.follows and not self._is_followed(i, act):
                continue
            if row.relation == "claimed" and self._is_negated(i):
                # "The group did not claim responsibility": it took nothing upon itself.
                continue
            actor = self._blamed(i, end, row) if row.relation == "blamed" else self._claiming(i, end, row)
            if actor is None or actor.first <= i < actor.end:
                # "The suspect's wife" is suspected of nothing.
                continue
            cue = reading.text[slice(*reading.characters(i, end))]
            yield Perpetrator(actor.first, actor.end, row.relation, row.relation, act or (i, end), cue)

    def _is_negated(self, i: int) -> bool:
        """Tell "has not yet claimed the attack" and "never admitted" by the auxiliaries and adverbs before."""
        j = i - 1
        while self.reading.beside(i, j):
            if self.reading.lower[j] in NEGATIONS:
                return True
            if kind(self.reading.tokens[j]) not in {"adv", "aux"}:
                return False
            j -= 1
        return False

    def _is_followed(self, i: int, act: tuple[int, int] | None) -> bool:
        """Tell "accused of killing" from "accused of rigging the vote after the bombing"."""
        if act is None or not i < act[0] <= i + FOLLOWS:
            return False
        return not {"after", "before", "during", "since"} & set(self.reading.lower[i : act[0]])

    def _blamed(self, i: int, end: int, row: BlameRow) -> Actor | None:
        reading = self.reading
        following = reading.lower[end] if reading.beside(i, end) else ""
        if row.then and following != "for":
            then = next((k for k in range(end, end + REACH) if self._is_then(i, k, row.then)), None)
            if row.side == "object":
                return self.actors.opening(end) if then is not None else None
            if then is not None and (row.side != "grammar" or self.actors.at(end) is None):
                return self.actors.opening(then + 1)
            if not row.side:
                return None
        if row.side == "after":
            return self.actors.opening(end)
        if row.side == "subject":
            return self._subject(i)
        passive = voice(reading.tokens[i]) == "passive"
        if passive or following in {"of", "for", "with", "in"} or " " in self._text(i, end):
            j = self.subjects.skipping(i, {"adv", "aux", "part", "verb"})
            return self.subjects.leftmost(i, j) if reading.beside(i, j) else None
        return self.actors.opening(end) if reading.lower[i] != "suspected" else None

    def _is_then(self, i: int, k: int, then: str) -> bool:
        return self.reading.beside(i, k) and self.reading.lower[k] == then

    def _subject(self, i: int) -> Actor | None:
        """Find the subject of "is said to be behind", "are the suspected perpetrators"."""
        reading = self.reading
        # "Was arrested by police on suspicion of": the subject stands before the agent.
        by = next((k for k in range(i - 1, i - 6, -1) if self._is_then(i, k, "by")), None)
        j, finite = (by if by is not None else i) - 1, False
        while reading.beside(i, j):
            what = kind(reading.tokens[j])
            if what not in {"adv", "aux", "part", "verb", "det"} and reading.lower[j] not in {"to", "of"}:
                break
            finite = finite or what in {"aux", "verb", "part"}
            j -= 1
        if not finite or not reading.beside(i, j):
            return None
        if reading.lower[j] in {"it", "they", "he", "she"}:
            return self.subjects.antecedent(j)
        return self.subjects.leftmost(i, j) or self.actors.name_ending(j + 1)

    def _near(self, i: int, wanted: list[str]) -> bool:
        """Tell whether one of some words stands a few words before or behind."""
        return any(
            self.reading.beside(i, j) and self.reading.lower[j] in wanted for j in range(i - NEAR, i + NEAR)
        )

    def _governs_act(self, i: int, end: int) -> bool:
        """Tell "behind the attack" and "claimed the attack" from "claimed the attack was"; "was claimed by" will do."""
        reading = self.reading
        if reading.beside(i, end) and reading.lower[end] == "by":
            return True
        for j in range(end, end + 5):
            cause = self.subjects.cause_at.get(j) if reading.beside(i, j) else None
            if cause is not None:
                after = kind(reading.tokens[cause.end]) if reading.beside(i, cause.end) else ""
                return cause.label in ATTACKS and not cause.verbal and after not in {"aux", "verb"}
        return False

    def _claiming(self, i: int, end: int, row: BlameRow) -> Actor | None:
        reading = self.reading
        if voice(reading.tokens[i]) == "passive":
            return self.subjects.agent(end)
        # "Admitted killing", "confessed to killing"; a phrase as "claimed responsibility" needs nothing more.
        told = end + (reading.beside(i, end) and reading.lower[end] == "to")
        gerund = (
            reading.beside(i, told) and reading.lower[told].endswith("ing") and told in self.subjects.verbs
        )
        if end - i == 1 and not row.act and not gerund:
            return None
        j = self.subjects.skipping(i, {"adv", "aux"})
        if not reading.beside(i, j):
            return None
        if reading.lower[j] in {"it", "they", "he", "she"}:
            return self.subjects.antecedent(j)
        return self.subjects.leftmost(i, j) or self.actors.name_ending(j + 1)

    def _text(self, i: int, end: int) -> str:
        return " ".join(self.reading.lower[i:end])

    def _nearest_act(self, i: int) -> tuple[int, int] | None:
        """Find the word of attack or harm nearest to a word of blame."""
        best: tuple[int, tuple[int, int]] | None = None
        for j in range(i - 40, i + 40):
            if j == i or not self.reading.beside(i, j):
                continue
            span = None
            cause = self.subjects.cause_at.get(j)
            if cause is not None and cause.label in ATTACKS:
                span = (cause.first, cause.end)
            elif j in self.subjects.verbs:
                span = (j, j + self.subjects.verbs[j][0])
            if span is not None and (best is None or abs(j - i) < best[0]):
                best = abs(j - i), span
        return best[1] if best else None
