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
    """One word that lays an attack on somebody, or with which somebody owns up to it."""

    forms: list[str] = []
    relation: str


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
