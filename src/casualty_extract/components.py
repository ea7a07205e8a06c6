"""The table of stages, and their registration with spaCy.

Each stage is a component that can be added to any pipeline by its name; they are declared with what
they assign and require, so that `nlp.analyze_pipes()` reports a wrong order.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from casualty_extract import claims, incidents, mentions, parsing
from casualty_extract.arguments import checked_gazetteer, checked_order, checked_vagueness
from casualty_extract.stages import Stage, Trees

__all__ = ["STAGES"]

STAGES = (
    "casualty_sentences",
    "casualty_quantities",
    "casualty_harms",
    "casualty_trees",
    *(f"casualty_{layer}" for layer in mentions.LAYERS if layer not in {"quantities", "harms"}),
    "casualty_claims",
    "casualty_incidents",
)
"""The names of the components, in the order in which they run."""


@Language.factory(
    "casualty_sentences",
    default_config={"date_order": None, "screen": True},
    assigns=["token.is_sent_start", "doc.sents"],
)
def make_sentences(nlp: Language, name: str, date_order: str | None, screen: bool) -> Callable[[Doc], Doc]:
    """Make the component that marks sentences and windows and carries the date order."""
    # spaCy refuses longer texts because its neural components need much memory; ours do not.
    nlp.max_length = max(nlp.max_length, parsing.LONGEST_TEXT)
    return Stage("sentences", checked_order(date_order), screen)


@Language.factory(
    "casualty_quantities",
    default_config={"vagueness": "default"},
    assigns=["doc._.quantities"],
    requires=["doc.sents"],
)
def make_quantities(nlp: Language, name: str, vagueness: str) -> Stage:
    """Make the component that finds figures; `vagueness` names the readings of its vague words."""
    return Stage("quantities", vagueness=checked_vagueness(vagueness))


@Language.factory(
    "casualty_places",
    default_config={"gazetteer": []},
    assigns=["doc._.places"],
    requires=["doc.sents"],
)
def make_places(nlp: Language, name: str, gazetteer: Sequence[str]) -> Stage:
    """Make the component that finds places; `gazetteer` names files of places beside the bundled ones."""
    return Stage("places", gazetteer=checked_gazetteer(gazetteer))


@Language.factory(
    "casualty_trees",
    default_config={"model": None, "names": False},
    assigns=["token.tag", "token.dep", "token.head", "doc.ents"],
    requires=["doc.sents", "doc._.harms", "doc._.quantities"],
)
def make_trees(nlp: Language, name: str, model: str | None, names: bool) -> Trees:
    """Make the component that parses what can bear on a claim, with the shipped pipeline or another."""
    return Trees(model, names)


def _register() -> None:
    for layer in mentions.LAYERS:
        if layer not in {"places", "quantities"}:
            Language.component(
                f"casualty_{layer}", assigns=[f"doc._.{layer}"], requires=["doc.sents"], func=Stage(layer)
            )
        _extend(layer, partial(mentions.read, layer=layer))
    Language.component(
        "casualty_claims",
        assigns=["doc._.claims"],
        requires=[f"doc._.{layer}" for layer in mentions.LAYERS],
        func=Stage("claims"),
    )
    _extend("claims", claims.read)
    Language.component(
        "casualty_incidents",
        assigns=["doc._.incidents"],
        requires=["doc._.claims"],
        func=Stage("incidents"),
    )
    _extend("incidents", incidents.read)


def _extend(name: str, getter: Callable[[Doc], Any]) -> None:
    # A getter, not a value: values on `doc._` do not survive worker processes. An extension of the
    # host's by the same name stays the host's.
    if not Doc.has_extension(name):
        Doc.set_extension(name, getter=getter)
    elif name in {"claims", "incidents"}:
        logging.getLogger(__name__).warning("doc._.%s is another program's and is left alone", name)


_register()
