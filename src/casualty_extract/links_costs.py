"""What stands between a figure and a word of harm, and what it costs to reach over it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from casualty_extract import wordorder
from casualty_extract.mentions import Mention
from casualty_extract.reading import kind

__all__ = [
    "OUT_OF_REACH",
    "QUALIFYING",
    "WEAK_FORMS",
    "Slot",
    "begins_clause",
    "behind_preposition",
    "inserted",
    "is_modifier",
    "is_passive_like",
    "object_cost",
    "of_number",
    "ought",
    "step",
    "tells",
    "verb_groups",
]

OUT_OF_REACH = 3.0
"""No harm is reached at a higher cost, so that nothing is added up beyond it."""
WEAK_FORMS = frozenset({"singular", "name"})
QUALIFYING = frozenset(
    [
        "at",
        "least",
        "as",
        "many",
        "much",
        "more",
        "than",
        "over",
        "nearly",
        "almost",
        "about",
        "around",
        "some",
        "up",
        "to",
        "under",
        "fewer",
        "less",
        "no",
        "not",
        "only",
        "another",
        "an",
        "additional",
        "further",
        "extra",
        "estimated",
        "roughly",
        "approximately",
        "of",
        "other",
        "others",
        "exactly",
        "perhaps",
        "possibly",
        "the",
        "total",
        "maximum",
        "minimum",
    ]
)
PASSIVE_SIGNS = frozenset(
    "in by at on during outside near while when and or inside after before from dead".split()
)
HARMED = frozenset("dead missing homeless sick ill unhurt lifeless stranded".split())


@dataclass(slots=True)
class Slot:
    """A figure or a word of harm, with its tokens and what it reaches over."""

    mention: Mention
    tokens: Span
    reach: Span
    """The noun phrase of a figure, or the verb group of a harm."""


def begins_clause(q: Slot) -> bool:
    """A name before a verb begins a clause of its own."""
    following = next(wordorder.ahead(q.reach[-1], 1), None)
    return following is not None and kind(following) in {"verb", "aux"}


def is_modifier(q: Slot) -> bool:
    """A name before a common noun names no person: "five al-Shabaab militants", "the Arda mayor"."""
    following = next(wordorder.ahead(q.tokens[-1], 1), None)
    return (
        following is not None
        and kind(following) == "word"
        and following.text[:1].islower()
        and following.lower_ not in HARMED
    )


def behind_preposition(q: Slot) -> bool:
    """ "a friend of Omar Dahli was killed": what hangs on a preposition is no subject."""
    before = next(wordorder.back(q.reach[0], 1), None)
    return before is not None and before.lower_ in {
        "of", "for", "in", "by", "with", "from", "at", "about", "to", "on", "against", "near", "into", "after",
    }  # fmt: skip


def tells(between: list[Token]) -> bool:
    """Tell whether a verb stands between, hedges apart."""
    hedges = {"believed", "reported", "feared"}
    return any(kind(t) == "verb" and t.lower_ not in hedges for t in between)


def verb_groups(tokens: list[Token]) -> int:
    """Count the groups of verbs."""
    verbal = [kind(t) in {"aux", "verb"} for t in tokens]
    return sum(now and not before for before, now in zip([False, *verbal], verbal, strict=False))


def inserted(tokens: list[Token]) -> range:
    """Give the places of an insertion: ", including an American, a Briton and two Canadians,"."""
    lowers = [t.lower_ for t in tokens]
    if "including" not in lowers or lowers[-1] != ",":
        return range(0)
    return range(lowers.index("including"), len(lowers))


def step(token: Token, previous: Token | None) -> float:
    """Give the cost of one token on the way from a figure to the verb behind it."""
    text, what = token.text, kind(token)
    if text in {";", ":"}:
        return 2.0
    if text in {"—", "–", "--"}:
        return 0.7
    if text == ",":
        return 0.3
    if what == "punct":
        return 0.05
    before = kind(previous) if previous is not None else ""
    if what in {"aux", "verb"}:
        if before in {"aux", "verb", "adv"}:
            return 0.3
        return 1.0 if before == "sconj" else 2.4
    if what == "part":
        return 0.6
    return {"sconj": 0.5, "conj": 0.4, "adp": 0.2, "pron": 0.8, "num": 0.2}.get(what, 0.06)


def object_cost(between: list[Token]) -> float:
    """Give the cost of the tokens between a verb and its object."""
    cost = 0.0
    previous: Token | None = None
    for token in between:
        lower, what = token.lower_, kind(token)
        if lower in QUALIFYING or what == "det":
            cost += 0.05
        elif what == "adp":
            cost += 0.8
        elif what in {"verb", "aux", "sconj"}:
            cost += 2.4
        elif what in {"part", "pron"}:
            cost += 1.2
        elif what == "adv":
            cost += 0.1
        else:
            cost += min(step(token, previous), 0.4) + 0.3
        if cost > OUT_OF_REACH:
            break
        previous = token
    return cost


def is_passive_like(h: Slot) -> bool:
    """A participle that could be active stands for a passive only before these: "a man shot in"."""
    following = next(wordorder.ahead(h.tokens[-1], 1), None)
    return following is None or following.lower_ in PASSIVE_SIGNS or following.is_punct


def ought(h: Slot) -> bool:
    """ "Nobody should die" wishes, and counts nobody."""
    return any(t.lower_ in {"should", "must", "ought"} for t in h.reach)


def of_number(doc: Doc, q: Slot, h: Slot) -> bool:
    """ "bring to at least 214 the number of civilians killed": the toll stands behind its figure."""
    first = next((t for t in doc[q.tokens.end : h.tokens.end] if not wordorder.is_layout(t)), None)
    if first is None or first.lower_ != "the":
        return False
    lowers = [t.lower_ for t in doc[q.tokens.end : h.tokens.end] if not wordorder.is_layout(t)]
    return len(lowers) <= 14 and lowers[:2] in (
        ["the", "number"],
        ["the", "total"],
        ["the", "toll"],
        ["the", "death"],
    )
