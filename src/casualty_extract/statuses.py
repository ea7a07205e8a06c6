"""Finds how sure the text is of its figures: each sign of doubt or certainty and what it governs.

*Finds* "The embassy confirmed that two had died", "reportedly", "feared dead", "could rise to 40",
"assessed to be non-credible", "31 open reports", "there is no evidence that", "could not be verified".
*Leaves alone* doubt about the author ("an alleged attacker", "accused of killing five"), harm that a
storm "claimed", "claimed responsibility", "an estimated 30", and the plain statement, which has no sign.
*Marks* layer "statuses": the cue's words, labelled with the status; value: `scope` ([start, end] in
characters that it governs), `strength` (the highest wins where several govern one figure), `by` (verb,
adverb, noun, modal, adjective).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal, NamedTuple

from pydantic import Field
from spacy.tokens import Doc

from casualty_extract import lexicon, wordorder
from casualty_extract.lexicon.phrases import Phrases
from casualty_extract.mentions import Mention
from casualty_extract.reading import layout
from casualty_extract.records import Status
from casualty_extract.statuses_sentences import QUALIFIERS, SAYING, TURNS, Sentence, sentences

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

BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "'s", "'re", "am"})
HAVE = frozenset({"have", "has", "had"})
TIMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday today yesterday late early on in earlier
    later overnight separately also reporters""".split()
)
ORDINALS = frozenset(
    """third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth sixteenth""".split()
)
FIGURES = frozenset("figure toll number count claim account".split())
FATES = frozenset("dead missing alive safe lost underneath victims".split())
CLOSING = frozenset({".", ",", "”", '"', "!", "?"})
AHEAD = 14
NEAR = 6


class Verb(lexicon.Row):
    """A row of [verbs]: its subject's word about the figure."""

    label: Status
    forms: list[str]
    active: bool = False
    determiner: bool = False
    objects: list[str] = Field(default=[])
    objects_near: bool = False
    blocks: list[str] = Field(default=[])
    nouns: list[str] = Field(default=[])


class Phrase(lexicon.Row):
    """A row of [words]: a fixed phrase."""

    label: Status
    by: Literal["verb", "adverb", "noun", "modal", "adjective"]
    direction: Literal["forward", "backward", "both"]
    reach: Literal["clause", "sentence", "phrase", "next"]
    objects: list[str] = Field(default=[])
    preceded: list[str] = Field(default=[])


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
    """A sign in a sentence: the tokens of the cue, and the tokens that it governs."""

    first: int
    last: int
    label: Status
    by: str
    start: int
    end: int
    rule: str


def find(doc: Doc) -> Iterator[Mention]:
    """Yield one mention for each sign, in the order of the text."""
    quotations = layout(doc).quotations
    at = 0
    for sentence in sentences(doc):
        start, end = sentence.start(0), sentence.end(sentence.last)
        while at < len(quotations) and quotations[at][1] <= start:
            at += 1
        # A quotation that opens here and runs on belongs to the verb that opens it.
        beyond = next((q[1] for q in quotations[at : at + 8] if start < q[0] <= end < q[1]), end)
        for sign in _signs(sentence):
            stop = sentence.end(sign.end)
            if sign.rule == "speech" and sign.end == sentence.last:
                stop = max(stop, beyond)
            value = {
                "scope": [sentence.start(sign.start), stop],
                "strength": STRENGTH.index(sign.label) + 1,
                "by": sign.by,
            }
            yield Mention(sentence.start(sign.first), sentence.end(sign.last), sign.label, sign.rule, value)


@cache
def _words() -> Phrases[str]:
    return Phrases((key, key) for key in lexicon.read("statuses", "words", Phrase))


@cache
def _pseudo() -> Phrases[str]:
    return Phrases((key, key) for key in lexicon.read("statuses", "pseudo", Pseudo))


@cache
def _verbs() -> dict[str, Verb]:
    rows = lexicon.read("statuses", "verbs", Verb)
    return {form: row for lemma, row in rows.items() for form in (lemma, *row.forms)}


@cache
def _openers() -> frozenset[str]:
    """The words with which every sign, and every phrase that only looks like one, starts."""
    rows: list[Mapping[str, lexicon.Row]] = [
        lexicon.read("statuses", "adjectives", Adjective),
        lexicon.read("statuses", "modals", Modal),
        lexicon.read("statuses", "nouns", Speaker),
        _verbs(),
    ]
    return frozenset(word for table in rows for word in table) | _words().openers | _pseudo().openers


def _signs(sentence: Sentence) -> Iterator[_Sign]:
    """Yield the signs of a sentence, the longest phrase first at each place."""
    end, openers = 0, _openers()
    for i, word in enumerate(sentence.lower):
        if i < end or word not in openers:
            continue
        pseudo = _pseudo().match(sentence.lower, i)
        phrase = _words().match(sentence.lower, i)
        if pseudo and (phrase is None or pseudo[0] >= phrase[0]):
            end = i + pseudo[0]
            continue
        sign = _phrase(sentence, i, *phrase) if phrase else None
        sign = sign or _word(sentence, i)
        if sign is not None:
            yield sign
            end = sign.last + 1


def _word(sentence: Sentence, i: int) -> _Sign | None:
    """The sign that one word gives, as adjective, modal, nobody's report or verb."""
    word = sentence.lower[i]
    adjective = lexicon.read("statuses", "adjectives", Adjective).get(word)
    sign = _adjective(sentence, i, adjective) if adjective else None
    modal = lexicon.read("statuses", "modals", Modal).get(word)
    sign = sign or (_modal(sentence, i, modal) if modal else None)
    speaker = lexicon.read("statuses", "nouns", Speaker).get(word)
    sign = sign or (_speaker(sentence, i, speaker) if speaker else None)
    verb = _verbs().get(word)
    return sign or (_verb(sentence, i, verb) if verb else None)


def _phrase(sentence: Sentence, i: int, size: int, key: str) -> _Sign | None:
    row = lexicon.read("statuses", "words", Phrase)[key]
    last = i + size - 1
    first_in, last_in = sentence.clause(i)
    if row.objects and not set(sentence.lower[first_in : last_in + 1]) & set(row.objects):
        # "Three cases are under investigation" is open; "the deaths are under investigation" stays told.
        return None
    if row.preceded and sentence.word(i - 1) not in row.preceded:
        return None
    if row.by == "adverb" and sentence.kind(last + 1) == "adp" and sentence.word(last + 1) not in QUALIFIERS:
        # "Slight burns, reportedly from steam": doubt about how, not about how many.
        return None
    opening = first_in + 1 + (sentence.word(first_in + 1) in TURNS)
    after = sentence.lower[opening + 1 : opening + 3]
    if sentence.word(first_in) == "," and sentence.kind(opening) == "det" and FIGURES & set(after):
        # "He counted 20 dead, a figure that could not be verified": it speaks of what stands before.
        first_in = sentence.clause(first_in - 1)[0]
    if row.reach == "sentence":
        first_in, last_in = 0, max(last_in, sentence.turn(last))
    elif row.reach == "phrase":
        first_in, last_in = sentence.phrase_start(i), last
    elif row.reach == "next":
        first_in, last_in = i, sentence.next_figure(last)
    # "Three raids alleged to have killed": without an auxiliary it only tells more of what stands before.
    reduced = key.endswith((" to have", " to be")) and sentence.kind(i - 1) not in {"aux", "adv"}
    start = i if row.direction == "forward" or reduced else first_in
    end = last if row.direction == "backward" else max(last, last_in)
    if (reduced and key.endswith(" to be")) or _is_of_kind(sentence, i, last):
        # "Gunmen believed to be bandits killed 14": the verb is that of the gunmen.
        end = next((j - 1 for j in range(last + 1, end) if sentence.kinds[j] == "verb"), end)
    return _Sign(i, last, row.label, row.by, start, end, "phrase")


def _is_of_kind(sentence: Sentence, i: int, last: int) -> bool:
    """Tell "gunmen believed to be bandits", who they are, from "miners believed to be dead", what befell them."""
    if sentence.word(last) != "to" or sentence.word(last + 1) != "be" or sentence.kind(i - 1) != "word":
        return False
    kind = sentence.kind(last + 2)
    return kind == "det" or (kind == "word" and sentence.word(last + 2) not in FATES)


def _adjective(sentence: Sentence, i: int, row: Adjective) -> _Sign | None:
    head = _head(sentence, i, row)
    if head is None:
        return None
    word, before = sentence.lower[i], sentence.word(i - 1)
    if word == "estimated" and (sentence.kind(i + 1) == "num" or before == "an"):
        return None
    if row.reach == "phrase":
        return _Sign(i, i, row.label, "adjective", sentence.phrase_start(i), head, "adjective")
    if word in _verbs() and (before in BE | HAVE | {"and"} or sentence.kind(i - 1) == "pron"):
        return None
    if word in _verbs() and sentence.kind(i - 1) == "word" and not before.endswith("ly"):
        # "The ministry confirmed deaths" is a verb; "12 newly confirmed deaths" is none.
        return None
    return _Sign(i, i, row.label, "adjective", *sentence.clause(i), "adjective")


def _head(sentence: Sentence, i: int, row: Adjective) -> int | None:
    """The noun that an adjective must stand before; "th" in its row stands for any ordinal."""
    for j in range(i + 1, min(len(sentence), i + NEAR + 2)):
        word = sentence.lower[j]
        ordinal = word in ORDINALS or (word[0].isdigit() and word.endswith(("th", "rd", "nd")))
        if word in row.heads or (ordinal and "th" in row.heads):
            return j
        if sentence.kinds[j] not in {"word", "part", "adv", "num", "conj"} and word not in {"-", "“", '"'}:
            return None
    return None


def _modal(sentence: Sentence, i: int, row: Modal) -> _Sign | None:
    if i and sentence.tokens[i].text[:1].isupper():
        # "Will Smith", "in May".
        return None
    for j in range(i + 1, min(len(sentence), i + NEAR)):
        if sentence.lower[j] in row.heads:
            return _Sign(i, i, row.label, "modal", *sentence.clause(i), "modal")
        if sentence.tokens[j].is_punct or sentence.lower[j] in {"not", "and", "but", "have"}:
            return None
    return None


def _speaker(sentence: Sentence, i: int, row: Speaker) -> _Sign | None:
    """Reports of nobody: "Reports said", "according to local reports"."""
    if sentence.word(i + 1) in SAYING:
        return _Sign(i, i, row.label, "noun", i, sentence.turn(i + 1), "reports")
    for j in range(i - 1, max(0, i - 5), -1):
        if sentence.lower[j] == "to" and sentence.lower[j - 1] == "according":
            return _Sign(j - 1, i, row.label, "noun", 0, sentence.last, "reports")
        if sentence.kinds[j] not in {"word", "det", "part"}:
            return None
    return None


def _verb(sentence: Sentence, i: int, row: Verb) -> _Sign | None:
    if not _fits(sentence, i, row):
        return None
    before = sentence.auxiliaries(i)
    if wordorder.NEGATIONS & before:
        return None
    if before & BE and sentence.lower[i].endswith(("ed", "thought")):
        if row.active:
            return None
        first, last = sentence.clause(i)
        last = sentence.turn(i) if sentence.word(i + 1) == "that" else last
        return _Sign(i, i, row.label, "verb", first, last, "passive")
    if sentence.lower[i].endswith("ed") and _attributive(sentence, i):
        return None
    trailing = _trailing(sentence, i)
    if trailing is not None:
        return _Sign(i, i, row.label, "verb", 0, trailing, "trailing")
    owned = _relative(sentence, i)
    if owned is not None:
        return _Sign(i, i, row.label, "verb", owned, sentence.turn(i), "relative")
    # Who investigates or counts speaks of the figure beside the verb; who confirms, of all that follows.
    rule = "object" if row.objects_near else "speech"
    return _Sign(i, i, row.label, "verb", i, sentence.turn(i), rule)


def _relative(sentence: Sentence, i: int) -> int | None:
    """The phrase before "whom the army has acknowledged killing": the figure there is what is acknowledged."""
    for j in range(i - 1, max(0, i - 8), -1):
        if sentence.lower[j] == "whom":
            return sentence.clause(j - 1)[0]
        if sentence.kinds[j] not in {"det", "word", "aux", "adv", "pron"}:
            return None
    return None


def _fits(sentence: Sentence, i: int, row: Verb) -> bool:
    """Tell whether the words around a verb allow the meaning of its row."""
    following = sentence.lower[i + 1 : i + 1 + (NEAR if row.objects_near else AHEAD)]
    if row.objects and not set(following) & set(row.objects):
        return False
    if set(following[:NEAR]) & set(row.blocks):
        return False
    next_ = sentence.kind(i + 1)
    if row.determiner and sentence.word(i + 1) != "that" and next_ not in {"det", "pron", "num"}:
        return False
    if sentence.lower[i] not in row.nouns:
        return True
    # A form that is more often a noun is a verb between a subject and what it says.
    content = next_ in {"det", "num", "pron"} or sentence.word(i + 1) in {"that", "at", "more"}
    return content and sentence.kind(i - 1) in {"word", "pron", "adv"}


def _attributive(sentence: Sentence, i: int) -> bool:
    """ "A suspected militant", "the confirmed strike", "an estimated 30": no one's word about a figure."""
    before = sentence.kind(i - 1)
    if sentence.lower[i] == "estimated" and before in {"conj", "verb"}:
        return True
    return i == 0 or before in {"det", "num", "adp", "poss"}


def _trailing(sentence: Sentence, i: int) -> int | None:
    """The last token of what stands before a verb that ends its sentence: "12 died, the ministry confirmed"."""
    j = i + 1
    while sentence.word(j) in TIMES:
        j += 1
    if j < len(sentence) and sentence.tokens[j].text not in CLOSING:
        return None
    for k in range(i - 1, max(0, i - 9), -1):
        if sentence.tokens[k].text in {",", "”", '"', "—", "–"}:
            return k - 1 if k > 1 else None
    return None
