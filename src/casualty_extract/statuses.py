"""Finds how sure the text is of its figures: each sign of doubt or certainty and what it governs.

*Finds* "The embassy confirmed that two had died", "reportedly", "feared dead", "could rise to 40",
"assessed to be non-credible", "43 open reports", "there is no evidence that", "could not be verified".
*Leaves alone* doubt about the author ("an alleged attacker", "accused of killing five"), harm that a
storm "claimed", "claimed responsibility", "an estimated 30", and the plain statement, which has no sign.
*Marks* layer "statuses": the cue's words, labelled with the status; value: `scope` ([start, end] in
characters that it governs), `strength` (the highest wins where several govern one figure), `by` (verb,
adverb, noun, modal, adjective).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal, NamedTuple

from spacy.tokens import Doc, Token

from casualty_extract import lexicon, syntax
from casualty_extract.mentions import Mention
from casualty_extract.records import Status

__all__ = ["Adjective", "Modal", "Phrase", "Pseudo", "Speaker", "Verb", "find"]

STRENGTH = (
    "confirmed",
    "assessed",
    "alleged",
    "possible",
    "hypothetical",
    "investigating",
    "unconfirmed",
    "denied",
)
"""The statuses by the order in which one outdoes another, the weakest first."""

BE = frozenset("is are was were be been being 's 're am".split())
SAYING = frozenset(
    """said say says indicated indicate indicates suggested suggest suggests claimed claim put speak spoke told reported reports added""".split()
)
TIMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday today yesterday late early on in earlier
    later overnight separately also reporters""".split()
)
BREAKS = frozenset("which who whom while although though whereas because".split())
QUALIFIERS = frozenset(
    "up to at least most more than about around over some nearly almost as many fewer another".split()
)
QUANTIFIERS = frozenset("a an the no some all any those these of their its his her total".split())
AHEAD = 14
NEAR = 6


class Verb(lexicon.Row):
    """A row of [verbs]: its subject's word about the figure."""

    label: Status
    forms: list[str]
    active: bool = False
    determiner: bool = False
    objects: list[str] = []
    objects_near: bool = False
    blocks: list[str] = []
    nouns: list[str] = []


class Phrase(lexicon.Row):
    """A row of [words]: a fixed phrase."""

    label: Status
    by: Literal["verb", "adverb", "noun", "modal", "adjective"]
    direction: Literal["forward", "backward", "both"]
    reach: Literal["clause", "sentence", "phrase", "next"]
    objects: list[str] = []
    preceded: list[str] = []


class Adjective(lexicon.Row):
    """A row of [adjectives]: it speaks of the figure only before one of its heads."""

    label: Status
    heads: list[str]
    reach: Literal["clause", "phrase"]


class Modal(lexicon.Row):
    """A row of [modals]: it speaks of the figure only before one of its verbs."""

    label: Status
    heads: list[str]


class Speaker(lexicon.Row):
    """A row of [nouns]: reports of nobody in particular."""

    label: Status


class Pseudo(lexicon.Row):
    """A row of [pseudo]: words that only look like a sign."""


class _Sign(NamedTuple):
    first: int
    last: int
    label: Status
    by: str
    start: int
    end: int
    rule: str


def find(doc: Doc) -> Iterator[Mention]:
    """Yield one mention for each sign, in the order of the text."""
    quotations = [(doc[a].idx, doc[b - 1].idx + len(doc[b - 1])) for a, b in syntax.quoted(doc)]
    at = 0
    for sent in doc.sents:
        tokens = [t for t in sent if not t.is_space and t.text not in {"*", "_", "**"}]
        if not tokens:
            continue
        sentence = _Sentence(tokens)
        end = tokens[-1].idx + len(tokens[-1])
        while at < len(quotations) and quotations[at][1] <= tokens[0].idx:
            at += 1
        # A quotation that opens here and runs on belongs to the verb that opens it.
        beyond = next((q[1] for q in quotations[at : at + 8] if tokens[0].idx < q[0] <= end < q[1]), end)
        for sign in sentence.signs():
            stop = beyond if sign.rule == "speech" and sign.end == len(tokens) - 1 else 0
            yield Mention(
                tokens[sign.first].idx,
                tokens[sign.last].idx + len(tokens[sign.last]),
                sign.label,
                sign.rule,
                {
                    "scope": [
                        tokens[sign.start].idx,
                        max(stop, tokens[sign.end].idx + len(tokens[sign.end])),
                    ],
                    "strength": STRENGTH.index(sign.label) + 1,
                    "by": sign.by,
                },
            )


Index = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]


def _split(spelling: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\s\-]+|-", spelling))


def _index(keys: Iterator[str]) -> Index:
    rows: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key in keys:
        rows.setdefault(_split(key)[0], []).append((_split(key), key))
    return {first: tuple(sorted(found, key=lambda w: (-len(w[0]), w[1]))) for first, found in rows.items()}


@cache
def _words() -> Index:
    return _index(iter(lexicon.read("statuses", "words", Phrase)))


@cache
def _pseudo() -> Index:
    return _index(iter(lexicon.read("statuses", "pseudo", Pseudo)))


@cache
def _verbs() -> dict[str, Verb]:
    return {
        form: row
        for lemma, row in lexicon.read("statuses", "verbs", Verb).items()
        for form in (lemma, *row.forms)
    }


class _Sentence:
    """One sentence without white space and emphasis, and where its clauses lie."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.lower = [t.lower_ for t in tokens]
        self._kinds: list[str] = []
        self._bounds: list[tuple[int, int]] = []

    @property
    def kinds(self) -> list[str]:
        """The class of each token, made when first asked for."""
        if not self._kinds:
            self._kinds = [syntax.kind(t) for t in self.tokens]
        return self._kinds

    def signs(self) -> Iterator[_Sign]:
        """Yield the signs of the sentence, the longest phrase first at each place."""
        adjectives = lexicon.read("statuses", "adjectives", Adjective)
        modals = lexicon.read("statuses", "modals", Modal)
        speakers = lexicon.read("statuses", "nouns", Speaker)
        verbs, i = _verbs(), 0
        while i < len(self.tokens):
            word = self.lower[i]
            pseudo, phrase = self._match(_pseudo(), i), self._match(_words(), i)
            if pseudo and (phrase is None or pseudo[0] >= phrase[0]):
                i += pseudo[0]
                continue
            sign = self._phrase(i, *phrase) if phrase else None
            if sign is None and word in adjectives:
                sign = self._adjective(i, adjectives[word])
            if sign is None and word in modals:
                sign = self._modal(i, modals[word])
            if sign is None and word in speakers:
                sign = self._speaker(i, speakers[word])
            if sign is None and word in verbs:
                sign = self._verb(i, verbs[word])
            if sign is not None:
                yield sign
                i = sign.last
            i += 1

    def _match(self, table: Index, i: int) -> tuple[int, str] | None:
        for words, key in table.get(self.lower[i], ()):
            if tuple(self.lower[i : i + len(words)]) == words:
                return len(words), key
        return None

    def _phrase(self, i: int, size: int, key: str) -> _Sign | None:
        row = lexicon.read("statuses", "words", Phrase)[key]
        last = i + size - 1
        first_in, last_in = self._clause(i)
        if row.objects and not set(self.lower[first_in : last_in + 1]) & set(row.objects):
            # "three cases under investigation" are open; "the deaths are under investigation" stay told.
            return None
        if row.preceded and (not i or self.lower[i - 1] not in row.preceded):
            return None
        if row.reach == "sentence":
            first_in, last_in = 0, max(last_in, self._turn(last))
        elif row.reach == "phrase":
            first_in, last_in = self._noun_phrase(i), last
        elif row.reach == "next":
            first_in, last_in = i, self._next(last)
        if (
            row.by == "adverb"
            and last + 1 < len(self.tokens)
            and self.kinds[last + 1] == "adp"
            and self.lower[last + 1] not in QUALIFIERS
        ):
            # "minor injuries, reportedly from glass": doubt about how, not about how many.
            return None
        reduced = key.endswith((" to have", " to be")) and (not i or self.kinds[i - 1] not in {"aux", "adv"})
        start = i if row.direction == "forward" or reduced else first_in
        end = last if row.direction == "backward" else max(last, last_in)
        return _Sign(i, last, row.label, row.by, start, end, "phrase")

    def _adjective(self, i: int, row: Adjective) -> _Sign | None:
        heads = set(row.heads)
        for j in range(i + 1, min(len(self.tokens), i + NEAR + 2)):
            if self.lower[j] in heads or ("th" in heads and self._is_ordinal(j)):
                break
            if self.kinds[j] not in {"word", "part", "adv", "num", "conj"} and self.tokens[j].text not in {
                "-",
                "“",
                '"',
            }:
                return None
        else:
            return None
        if self.lower[i] == "estimated" and (
            self.kinds[min(i + 1, len(self.tokens) - 1)] == "num" or (i and self.lower[i - 1] == "an")
        ):
            return None
        if (
            i
            and (self.lower[i - 1] in BE | {"have", "has", "had", "and"} or self.kinds[i - 1] == "pron")
            and self.lower[i] in _verbs()
        ):
            return None
        first, last = self._clause(i)
        if row.reach == "phrase":
            return _Sign(i, i, row.label, "adjective", self._noun_phrase(i), j, "adjective")
        if (
            i
            and self.kinds[i - 1] == "word"
            and self.lower[i] in _verbs()
            and not self.lower[i - 1].endswith("ly")
        ):
            # "The ministry confirmed deaths" is a verb; "12 newly confirmed deaths" is none.
            return None
        return _Sign(i, i, row.label, "adjective", first, last, "adjective")

    def _is_ordinal(self, i: int) -> bool:
        word = self.lower[i]
        return word.endswith(("th", "rd", "nd")) and (
            word[0].isdigit()
            or word in {"third", "fourth", "fifth", "sixth", "seventh", "tenth", "sixteenth"}
        )

    def _modal(self, i: int, row: Modal) -> _Sign | None:
        heads = set(row.heads)
        for j in range(i + 1, min(len(self.tokens), i + NEAR)):
            if self.lower[j] in heads:
                first, last = self._clause(i)
                if self.lower[i] == "will" and self.tokens[i].text[:1].isupper():
                    return None
                return _Sign(i, i, row.label, "modal", first, last, "modal")
            if self.tokens[j].is_punct or self.lower[j] in {"not", "and", "but", "have"}:
                return None
        return None

    def _speaker(self, i: int, row: Speaker) -> _Sign | None:
        """Reports of nobody: "Reports said", "according to local reports"."""
        if i + 1 < len(self.tokens) and self.lower[i + 1] in SAYING:
            j = i + 1
            end = self._turn(j)
            return _Sign(i, i, row.label, "noun", i, end, "reports")
        for j in range(i - 1, max(-1, i - 5), -1):
            if self.lower[j] == "to" and j and self.lower[j - 1] == "according":
                return _Sign(j - 1, i, row.label, "noun", 0, len(self.tokens) - 1, "reports")
            if self.kinds[j] not in {"word", "det", "part"}:
                return None
        return None

    def _verb(self, i: int, row: Verb) -> _Sign | None:
        word = self.lower[i]
        following = self.lower[i + 1 : i + 1 + (NEAR if row.objects_near else AHEAD)]
        if row.objects and not set(following) & set(row.objects):
            return None
        if set(following[:NEAR]) & set(row.blocks):
            return None
        if (
            row.determiner
            and self.lower[i + 1 : i + 2] != ["that"]
            and (i + 1 >= len(self.tokens) or self.kinds[i + 1] not in {"det", "pron", "num"})
        ):
            return None
        before = self._auxiliaries(i)
        if word in row.nouns and not self._is_finite(i):
            return None
        if {"not", "n't", "never"} & before:
            return None
        passive = (
            word.endswith(("ed", "thought", "put"))
            and bool(before & BE)
            and not (before & {"'s"} and before & {"been"})
        )
        if passive:
            if row.active:
                return None
            first, last = self._clause(i)
            if self.lower[i + 1 : i + 2] == ["that"]:
                last = self._turn(i)
            return _Sign(i, i, row.label, "verb", first, last, "passive")
        if word == "estimated" and (self.lower[i - 1 : i] in (["an"], ["the"]) or i == 0):
            return None
        if (
            word == "estimated"
            and self.lower[i - 1 : i]
            and self.kinds[i - 1] in {"adp", "det", "poss", "conj", "verb"}
        ):
            return None
        if word.endswith("ed") and (not i or self.kinds[i - 1] in {"det", "num", "adp", "poss"}):
            # "a suspected militant", "the confirmed strike": no one's word about a figure.
            return None
        trailing = self._trailing(i)
        if trailing is not None:
            return _Sign(i, i, row.label, "verb", 0, trailing, "trailing")
        # Who investigates or counts speaks of the figure beside the verb; who confirms, of all that follows.
        return _Sign(i, i, row.label, "verb", i, self._turn(i), "object" if row.objects_near else "speech")

    def _auxiliaries(self, i: int) -> set[str]:
        passed: set[str] = set()
        for j in range(i - 1, max(-1, i - 6), -1):
            if self.kinds[j] in {"aux", "adv"} or self.lower[j] in {"not", "n't", "never", "further"}:
                passed.add(self.lower[j])
            else:
                break
        return passed

    def _is_finite(self, i: int) -> bool:
        """A form that is more often a noun is a verb between a subject and what it says."""
        if not i or i + 1 >= len(self.tokens) or self.kinds[i - 1] not in {"word", "pron", "adv"}:
            return False
        return self.kinds[i + 1] in {"det", "num", "pron"} or self.lower[i + 1] in {"that", "at", "more"}

    def _trailing(self, i: int) -> int | None:
        """The last token of what stands before a verb that ends its sentence: "12 died, the ministry confirmed."."""
        j = i + 1
        while j < len(self.tokens) and self.lower[j] in TIMES:
            j += 1
        if j < len(self.tokens) and self.tokens[j].text not in {".", ",", "”", '"', "!", "?"}:
            return None
        for k in range(i - 1, max(0, i - 9), -1):
            if self.tokens[k].text in {",", "”", '"', "—", "–"}:
                return k - 1 if k > 1 else None
        return None

    def _turn(self, i: int) -> int:
        """The last token of what a source says from token i on: the sentence, or where it turns."""
        for j in range(i + 1, len(self.tokens)):
            if self.tokens[j].text == ";" or (
                self.lower[j] in {"but", "while", "though", "although", "whereas"}
            ):
                return j - 1
            if self.lower[j] == "and" and self._opens_clause(j + 1) and self.tokens[j - 1].text == ",":
                following = set(self.lower[j + 1 : j + 8])
                if following & SAYING:
                    return j - 1
            elif self.lower[j] == "and" and self.lower[j + 1 : j + 2] and self.lower[j + 1] in SAYING:
                return j - 1
        return len(self.tokens) - 1

    def _noun_phrase(self, i: int) -> int:
        """The first token of the phrase with a figure that token i stands in or follows."""
        first = i
        for j in range(i - 1, max(-1, i - 7), -1):
            if self.kinds[j] == "num" or self.lower[j] in QUANTIFIERS:
                first = j
                if self.kinds[j] == "num":
                    break
            elif self.kinds[j] not in {"word", "part", "adv", "punct"} or self.tokens[j].text in {
                ",",
                ";",
                ":",
            }:
                break
        return first

    def _next(self, last: int) -> int:
        """The last token of the next noun phrase after a token, up to its first noun."""
        j = last + 1
        while j < len(self.tokens) - 1 and (
            self.kinds[j] in {"num", "det"} or self.lower[j] in {"remaining", "total", "of"}
        ):
            if self.kinds[j] == "num":
                break
            j += 1
        return min(j, len(self.tokens) - 1)

    def _clause(self, i: int) -> tuple[int, int]:
        if not self._bounds:
            self._bounds = self._clauses()
        return next(b for b in self._bounds if b[0] <= i <= b[1])

    def _clauses(self) -> list[tuple[int, int]]:
        """Cut the sentence where a new clause with a verb of its own starts."""
        found, start, seen = [], 0, False
        for i in range(len(self.tokens)):
            text, low = self.tokens[i].text, self.lower[i]
            cut = text in {";", "—", "–", "--"} or (text == ":" and i > 0)
            cut = (
                cut
                or (low in BREAKS and i > start)
                or (low == "as" and seen and self._opens_clause(i + 1, close=True))
            )
            if not cut and seen and i > start and (text == "," or low in {"and", "but"}):
                after = i + 1
                if text == "," and self.lower[after : after + 1] and self.lower[after] in {"and", "but"}:
                    after += 1
                cut = self._opens_clause(after, close=text != ",")
            if cut and i > start:
                found.append((start, i - 1))
                start, seen = i, False
            seen = seen or self.kinds[i] in {"aux", "verb"} or low in _verbs()
            seen = seen or (low.endswith("ed") and i > start and self.kinds[i - 1] in {"adv", "pron", "word"})
        found.append((start, len(self.tokens) - 1))
        return found

    def _opens_clause(self, i: int, *, close: bool = False) -> bool:
        """Tell whether a subject and a finite verb follow: ", five were assessed", "and 16 were"."""
        while i < len(self.tokens) and self.lower[i] in QUALIFIERS:
            i += 1
        if i >= len(self.tokens) or self.kinds[i] not in {"num", "det", "word", "pron"}:
            return False
        for j in range(i + 1, min(len(self.tokens), i + (5 if close else 9))):
            if self.kinds[j] in {"aux", "verb"}:
                return True
            if self.kinds[j] in {"punct", "sconj", "conj"} and self.tokens[j].text not in {"-", "‑"}:
                return False
        return False
