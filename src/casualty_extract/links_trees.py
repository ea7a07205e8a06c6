"""How a figure stands to a word of harm where a parser has read the sentence: who suffered it, by the tree.

The relations of word order (`links_relations`) are exact where little stands between the two. A tree tells
also of those far apart: "Five of the 20 men who had sheltered in a school near the town were killed".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from casualty_extract import syntax
from casualty_extract.links_costs import WEAK_FORMS, Slot

__all__ = ["relations_by_tree"]

BY_TREE = 1.2
"""What a relation costs that only the tree tells: more than any that words side by side tell."""


def relations_by_tree(q: Slot, h: Slot) -> Iterator[tuple[float, str]]:
    """Yield the relations in which the tree puts a figure to a harm, each with its cost and name.

    Args:
        q: the figure with its noun phrase.
        h: the word of harm.
    """
    value = h.mention.value
    if value["part"] == "noun" or value["attributive"] or not syntax.has_tree(h.tokens[0]):
        return
    verb = h.tokens.root
    counted = syntax.head_of_role(q.reach.root)
    if counted == verb or syntax.is_negated(verb) or _is_open(verb):
        return
    if q.mention.label in WEAK_FORMS and value["lemma"] in OF_ONE:
        return
    if (value["part"] == "adjective" or value["victim"] in {"subject", "either"}) and _among(
        counted, syntax.subjects(verb)
    ):
        yield BY_TREE, "subject by tree"
    if value["victim"] not in {"object", "either"}:
        return
    if _among(counted, syntax.passive_subjects(verb)):
        yield BY_TREE, "passive subject by tree"
    elif q.mention.label not in WEAK_FORMS and _among(counted, syntax.objects(verb)):
        # One person or name behind a verb is told by word order, which knows better what lies between.
        yield BY_TREE, "object by tree"


OF_ONE = frozenset({"ill", "sick", "flee", "release", "free", "discharge"})
"""What befalls one person who is no casualty: suspects flee, ministers are ill, patients are released."""
MODALS = frozenset("may might could would should must ought can will wo ca 'd 'll ’d ’ll".split())


def _is_open(verb: Token) -> bool:
    """What may, should or would happen, or happens "if" and "rather than" something else, counts nobody yet."""
    if any(auxiliary.lower_ in MODALS for auxiliary in syntax.auxiliaries(verb)):
        return True
    return any(child.lower_ in {"if", "rather", "unless", "lest"} for child in verb.lefts)


def _among(token: Token, heads: tuple[Token, ...]) -> bool:
    return any(token.i == head.i for head in heads)
