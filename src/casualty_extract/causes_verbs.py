"""The verbs of attack and of blame."""

from __future__ import annotations

from functools import cache

from casualty_extract import lexicon
from casualty_extract.lexicon import Row
from casualty_extract.lexicon.phrases import Phrases

__all__ = ["BlameRow", "VerbRow", "blames", "verbs"]


class VerbRow(Row):
    """One verb of attack."""

    forms: list[str] = []
    intransitive: bool = False
    of_attack: bool = False


class BlameRow(Row):
    """One word that lays an attack on somebody, or with which somebody owns up to it.

    Attributes:
        forms: its other forms.
        relation: blamed or claimed.
        side: where the one blamed stands: "after" the word, as its "subject" or its "object"; by its grammar
            where it is empty.
        then: the word, a few words later, behind which he stands: "attributed the raid to the army".
        near: words of which one must stand close by.
        act: an attack must be what it governs: "behind the attack".
        follows: a word of attack must follow: "accused of killing", not "accused of fraud".
    """

    forms: list[str] = []
    relation: str
    side: str = ""
    then: str = ""
    near: list[str] = []
    act: bool = False
    follows: bool = False


@cache
def verbs() -> Phrases[VerbRow]:
    """Read the verbs of attack once."""
    rows = lexicon.read("causes", "attack_verbs", VerbRow)
    return Phrases((form, row) for key, row in rows.items() for form in (key, *row.forms))


@cache
def blames() -> Phrases[BlameRow]:
    """Read the words of blame once."""
    rows = lexicon.read("causes", "blame_verbs", BlameRow)
    return Phrases((form, row) for key, row in rows.items() for form in (key, *row.forms))
