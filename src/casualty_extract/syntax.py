"""Subject? object? passive? governor? Asked in words, answered for UD labels and for ClearNLP labels alike.

*Finds* "people" as passive subject of "killed" in "12 people killed in raids"; "30" of "injured" in "12
were killed and 30 injured"; "soldier" for "who" in "a soldier who was killed"; "police" as speaker in
"12 died, police said".
*Leaves alone* what was not parsed: every answer is empty there, and `has_tree` says so. No list of
words decides here who was harmed or who speaks: the detectors ask of the verbs that they know.
*Marks* nothing. All walks are loops and linear in the depth of the tree.
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Span, Token

from casualty_extract.syntax_trees import (
    RELATION_NAMES,
    Relation,
    content,
    dependents,
    edges,
    governor,
    has_tree,
    is_passive,
    preposition,
    relation,
)
from casualty_extract.syntax_verbs import (
    agents,
    antecedent,
    auxiliaries,
    complements,
    is_negated,
    objects,
    passive_subjects,
    said,
    speaker,
    subjects,
)

__all__ = [
    "RELATION_NAMES",
    "Path",
    "Relation",
    "agents",
    "antecedent",
    "appositions",
    "auxiliaries",
    "clause_of",
    "complements",
    "conjuncts",
    "counted_by",
    "dependents",
    "distance",
    "governor",
    "has_tree",
    "head_of_role",
    "is_negated",
    "is_passive",
    "modifiers",
    "number_of",
    "objects",
    "passive_subjects",
    "path",
    "phrase",
    "possessors",
    "preposition",
    "relation",
    "said",
    "speaker",
    "subjects",
]

COUNTERS = frozenset(
    """dozen dozens score scores hundred hundreds thousand thousands million millions tens handful couple
    number numbers total pair lot lots majority half third quarter rest""".split()
)
"""Nouns whose "of" leads to what is counted."""
CLAUSES = frozenset(
    ("root", "relative", "participle", "adverbial", "complement", "speech", "predicate", "parenthesis")
)
# What never belongs to the phrase of a noun that is a predicate or is led in by a preposition.
OUTSIDE = frozenset(
    """nsubj nsubj:outer csubj nsubj:pass csubj:pass nsubjpass csubjpass cop aux aux:pass auxpass expl
    parataxis discourse vocative advcl ccomp list reparandum""".split()
)
LOOSE = frozenset("acl acl:relcl relcl appos conj".split())
LEADING = frozenset("case mark cc prep punct".split())


class Path(NamedTuple):
    """The way from one token to another through the tree.

    Attributes:
        tokens: the tokens on the way, both ends included.
        steps: how each step goes: "<" and the relation up to a governor, ">" and the relation down.
        top: the token that governs both ends, which may be one of them.
    """

    tokens: tuple[Token, ...]
    steps: tuple[str, ...]
    top: Token


def conjuncts(token: Token) -> tuple[Token, ...]:
    """Give the heads of the whole coordination that a token belongs to, itself included, in text order.

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="men , women and boys".split(), heads=[0, 2, 0, 4, 0],
    ...           deps=["root", "punct", "conj", "cc", "conj"])
    >>> conjuncts(doc[4])
    (men, women, boys)
    """
    first = token
    while relation(first) == "conjunct":
        head = governor(first)
        if head is None:
            break
        first = head
    found, waiting = [], [first]
    while waiting:
        here = waiting.pop()
        found.append(here)
        waiting.extend(dependents(here, "conjunct"))
    return tuple(sorted(found, key=lambda t: t.i))


def appositions(token: Token) -> tuple[Token, ...]:
    """Give the heads of what is set beside a noun: "the mayor, [Ali Demir],".

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="the mayor , Demir".split(), heads=[1, 1, 1, 1],
    ...           deps=["det", "root", "punct", "appos"])
    >>> appositions(doc[1])
    (Demir,)
    """
    return dependents(token, "apposition")


def modifiers(token: Token) -> tuple[Token, ...]:
    """Give the adjectives, nouns and titles before a noun.

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="armed militia men".split(), heads=[2, 2, 2],
    ...           deps=["amod", "compound", "root"])
    >>> modifiers(doc[2])
    (armed, militia)
    """
    return dependents(token, "modifier")


def possessors(token: Token) -> tuple[Token, ...]:
    """Give the heads of the genitive before a noun: "[its] strikes", "the [army]'s raid".

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="its strikes".split(), heads=[1, 1], deps=["nmod:poss", "root"])
    >>> possessors(doc[1])
    (its,)
    """
    return dependents(token, "possessor")


def number_of(noun: Token) -> tuple[Token, ...]:
    """Give the numeral that counts a noun: "[12] people", "[hundreds] of people", "[12] of the wounded".

    A numeral of the noun's own comes before one that counts a part: "three of the [14] wounded".

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="hundreds of people".split(), tags=["NNS", "IN", "NNS"],
    ...           heads=[0, 2, 0], deps=["root", "case", "nmod"])
    >>> number_of(doc[2])
    (hundreds,)
    """
    own = dependents(noun, "number")
    if own:
        return own
    above, top = _counter_over(noun), None
    while above is not None:
        top, above = above, _counter_over(above)
    return (top,) if top is not None else ()


def counted_by(number: Token) -> Token | None:
    """Give the noun that a numeral counts; None where the numeral stands alone.

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="hundreds of people".split(), tags=["NNS", "IN", "NNS"],
    ...           heads=[0, 0, 1], deps=["ROOT", "prep", "pobj"])
    >>> counted_by(doc[0])
    people
    """
    here = number
    while relation(here) in {"number", "modifier"}:
        # "two hundred people": by way of the larger numeral.
        head = governor(here)
        if head is None:
            return None
        if not _counts(head):
            return head
        here = head
    below = _counted_under(here)
    while below is not None and _counts(below):
        deeper = _counted_under(below)
        if deeper is None:
            break
        below = deeper
    return below


def head_of_role(token: Token) -> Token:
    """Give the token whose relation tells what part a numeral, a counted noun or a conjunct plays.

    "30" in "12 men and 30 women died" gives "men", the subject; "people" in "hundreds of people died"
    gives "hundreds".

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="men and 30 women died".split(), heads=[4, 3, 3, 0, 4],
    ...           tags=["NNS", "CC", "CD", "NNS", "VBD"], deps=["nsubj", "cc", "nummod", "conj", "root"])
    >>> head_of_role(doc[2])
    men
    """
    here = token
    while True:
        name = relation(here)
        head = governor(here) if name in {"number", "conjunct"} else _counter_over(here)
        if head is None:
            return here
        here = head


def phrase(token: Token, *, whole: bool = False) -> Span:
    """Give the noun phrase of a head noun, without its preposition and the punctuation around it.

    Args:
        token: the head.
        whole: keep relative clauses, participles, appositions, conjuncts and "including" too.

    Returns:
        The tokens side by side that belong to the head, never across what was left out.

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="in 12 villages , officials said".split(), heads=[2, 2, 5, 5, 5, 5],
    ...           tags=["IN", "CD", "NNS", ",", "NNS", "VBD"],
    ...           deps=["case", "nummod", "obl", "punct", "nsubj", "root"])
    >>> phrase(doc[2])
    12 villages
    """
    doc, here = token.doc, token.i
    if not token.dep:
        return doc[here : here + 1]
    first, last = token.left_edge.i, token.right_edge.i
    predicate = any(child.dep_ == "cop" for child in token.children)
    for i in range(first, last + 1):
        part = doc[i]
        label = part.dep_
        own = part.head.i == here
        out = label in OUTSIDE or (not whole and label in LOOSE)
        out = out or (own and label in {"case", "mark"} and (i < here or label == "mark"))
        out = out or (own and predicate and label in {"obl", "advmod", "obl:unmarked", "punct"})
        if not whole and i > here and part.lower_ == "including" and label in {"case", "prep"}:
            # "20 people, including two children": the part has a phrase of its own.
            last = min(last, i - 1)
        if not out or i == here:
            continue
        left, right = part.left_edge.i, part.right_edge.i
        if right < here:
            first = max(first, right + 1)
        elif left > here:
            last = min(last, left - 1)
    while first < here and _trails(doc[first]) and (doc[first].head.i == here or not doc[first].is_alpha):
        first += 1
    while last > here and _trails(doc[last]):
        last -= 1
    return doc[first : last + 1]


def clause_of(token: Token) -> Token | None:
    """Give the nearest head of a clause upwards, the token itself included: a verb or a predicate.

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="12 were dead".split(), tags=["CD", "VBD", "JJ"], heads=[1, 1, 1],
    ...           deps=["nsubj", "ROOT", "acomp"])
    >>> clause_of(doc[0])
    dead
    """
    here: Token | None = content(token) if token.dep else None
    while here is not None and not _heads_clause(here):
        here = governor(here)
    return here


def path(a: Token, b: Token) -> Path | None:
    """Give the way between two tokens over the governor that they share; None where they share none.

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="Rebels killed 12 people".split(), heads=[1, 1, 3, 1],
    ...           deps=["nsubj", "root", "nummod", "obj"])
    >>> path(doc[2], doc[0]).steps
    ('<number', '<object', '>subject')
    """
    above = _upwards(a)
    place = {token.i: n for n, token in enumerate(above)}
    down: list[Token] = []
    here: Token | None = b
    while here is not None and here.i not in place:
        down.append(here)
        here = governor(here)
    if here is None:
        return None
    up = above[: place[here.i]]
    down.reverse()
    steps = (*(f"<{relation(t)}" for t in up), *(f">{relation(t)}" for t in down))
    return Path((*up, here, *down), steps, here)


def distance(a: Token, b: Token) -> int | None:
    """Count the steps between two tokens through the tree; None where they stand in different trees.

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="Rebels killed 12 people".split(), heads=[1, 1, 3, 1],
    ...           deps=["nsubj", "root", "nummod", "obj"])
    >>> distance(doc[2], doc[0])
    3
    """
    found = path(a, b)
    return None if found is None else len(found.steps)


def _upwards(token: Token) -> list[Token]:
    found = [token]
    while True:
        head = governor(found[-1])
        if head is None:
            return found
        found.append(head)


def _heads_clause(token: Token) -> bool:
    name = relation(token)
    if name in CLAUSES:
        return True
    if token.dep_.startswith("csubj"):
        return True
    return name == "conjunct" and (
        token.tag_.startswith(("VB", "MD"))
        or any(bearer.dep_ in OUTSIDE and bearer.dep_ != "parataxis" for _, bearer in edges(token))
    )


def _counts(token: Token) -> bool:
    return token.tag_ == "CD" or token.lower_ in COUNTERS


def _counter_over(noun: Token) -> Token | None:
    """Give the numeral of "hundreds of people" from "people"."""
    if relation(noun) != "attached" or preposition(noun) != "of":
        return None
    head = governor(noun)
    return head if head is not None and _counts(head) else None


def _counted_under(number: Token) -> Token | None:
    """Give "people" from the numeral of "hundreds of people"."""
    if not _counts(number):
        return None
    return next((t for t in dependents(number, "attached") if preposition(t) == "of"), None)


def _trails(token: Token) -> bool:
    return token.dep_ in LEADING or token.dep_ == "possessive" or token.is_space or token.is_punct
