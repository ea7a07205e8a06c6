"""How a figure stands to a word of harm where a parser has read the sentence: who suffered it, by the tree.

The relations of word order (`links_relations`) are exact where little stands between the two. A tree tells
also of those far apart: "Five of the 20 men who had sheltered in a school near the town were killed".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from casualty_extract import syntax
from casualty_extract.links_costs import Slot

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
    if counted == verb:
        return
    if value["part"] == "adjective" or value["victim"] in {"subject", "either"}:
        if _among(counted, syntax.subjects(verb)):
            yield BY_TREE, "subject by tree"
    if value["victim"] in {"object", "either"}:
        if _among(counted, syntax.passive_subjects(verb)):
            yield BY_TREE, "passive subject by tree"
        if _among(counted, syntax.objects(verb)):
            yield BY_TREE, "object by tree"


def _among(token: Token, heads: tuple[Token, ...]) -> bool:
    return any(token.i == head.i for head in heads)
