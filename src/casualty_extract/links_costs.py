"""What stands between a figure and a word of harm, and what it costs to reach over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from casualty_extract import wordorder
from casualty_extract.mentions import Mention, span
from casualty_extract.reading import kind

__all__ = [
    "OUT_OF_REACH",
    "QUALIFYING",
    "WEAK_FORMS",
    "Slot",
    "begins_clause",
    "behind_preposition",
    "by_sentence",
    "inserted",
    "is_modifier",
    "is_passive_like",
    "object_cost",
    "of_number",
    "only",
    "ought",
    "slot_of",
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
PAIRED = frozenset({",", "-", "–", "—", "--", "(", ")"})
HARMED = frozenset("dead missing homeless sick ill unhurt lifeless stranded".split())


@dataclass(slots=True)
class Slot:
    """A figure or a word of harm, with its tokens and what it reaches over."""

    mention: Mention
    tokens: Span
    reach: Span
    """The noun phrase of a figure, or the verb group of a harm."""


def by_sentence(
    doc: Doc, quantities: tuple[Mention, ...], harms: tuple[Mention, ...]
) -> Iterator[tuple[list[Slot], list[Slot]]]:
    """Give the figures of each sentence that has some, with its words of harm."""
    figures = [slot_of(doc, q, q.value.get("phrase")) for q in quantities]
    words = [slot_of(doc, h, h.value.get("group")) for h in harms]
    i = j = 0
    for sent in doc.sents:
        a, b = i, j
        while i < len(figures) and figures[i].tokens.start < sent.end:
            i += 1
        while j < len(words) and words[j].tokens.start < sent.end:
            j += 1
        if i > a:
            yield figures[a:i], words[b:j]


def slot_of(doc: Doc, mention: Mention, reach: list[int] | None) -> Slot:
    """Make the slot of a mention from its place and the characters that it reaches over."""
    tokens = span(doc, mention)
    wide = doc.char_span(reach[0], reach[1], alignment_mode="expand") if reach else None
    if wide is None or wide.start > tokens.start or wide.end < tokens.end:
        wide = doc[min(tokens.start, wide.start) : max(tokens.end, wide.end)] if wide is not None else tokens
    return Slot(mention, tokens, wide)


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


def inserted(tokens: list[Token], dies: bool) -> range:
    """Give the places of an insertion: ", including an American, a Briton and two Canadians,".

    Also of a participle or a relative clause between two commas: ", identified as brothers,"; not where a name
    dies, since "Ana Diaz, who led the party for years, died" tells mostly of natural deaths.
    """
    lowers = [t.lower_ for t in tokens]
    paired = len(tokens) > 4 and lowers[0] in PAIRED and lowers[-1] in PAIRED
    if paired and not {"them", "whom"}.isdisjoint(lowers[1:6]):
        # "Twelve people, three of them children, were killed"; "ten of whom were soldiers"
        return range(len(tokens))
    if not dies and len(tokens) > 3 and lowers[0] == lowers[-1] == "," and lowers.count(",") == 2:
        opened = lowers[1] in {"who", "whose", "which", "named", "known", "identified", "believed", "thought"}
        if (opened or kind(tokens[1]) == "part") and not {";", ":"} & set(lowers):
            return range(len(tokens))
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
        if before in {"aux", "verb", "adv"} or (previous is not None and previous.lower_ == "to"):
            # "migrants trying to reach the coast drowned"
            return 0.3
        return 1.0 if before == "sconj" else 2.4
    if what == "part":
        return 0.6
    return {"sconj": 0.5, "conj": 0.4, "adp": 0.2, "pron": 0.8, "num": 0.2}.get(what, 0.06)


def object_cost(between: list[Token]) -> float:
    """Give the cost of the tokens between a verb and its object."""
    if _is_owned(between):
        return OUT_OF_REACH + 1.0
    cost = 0.0
    previous: Token | None = None
    for token in between:
        lower, what = token.lower_, kind(token)
        if lower in QUALIFYING or what == "det":
            cost += 0.05
        elif what == "adp":
            cost += 0.8
        elif what in {"verb", "aux", "sconj"} or lower == "but":
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


def _is_owned(between: list[Token]) -> bool:
    """ "captured the home town of two ministers" against "killed members of two families"."""
    last = len(between) - 1
    while last > 0 and between[last].lower_ in QUALIFYING - {"of"}:
        last -= 1
    if last < 1 or between[last].lower_ != "of":
        return False
    noun = between[last - 1]
    return kind(noun) == "word" and noun.lower_ not in wordorder.COUNTERS and not noun.lower_.endswith("s")


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


def only(tokens: list[Token], allowed: set[str] | frozenset[str]) -> bool:
    """Tell whether all tokens are among the words allowed, marks of quotation apart."""
    return all(t.lower_ in allowed or (t.is_punct and t.text not in {",", ";", ":", "—"}) for t in tokens)
