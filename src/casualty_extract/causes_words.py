"""The words for those who can act: soldiers, gunmen, armed groups, states."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from casualty_extract import lexicon
from casualty_extract.lexicon import Row
from casualty_extract.lexicon.actors import DemonymRow, GroupRow
from casualty_extract.lexicon.phrases import Phrases

__all__ = ["ActorRow", "Entry", "culprits", "is_armed", "words"]


class ActorRow(Row):
    """One noun for those who can attack.

    Attributes:
        forms: its plurals and spellings.
        culprit: the word says that he has attacked: who strikes him did not do what he did.
    """

    forms: list[str] = []
    culprit: bool = False


class Entry(NamedTuple):
    """What a word for an actor is: its row, its number, and whether it is a name."""

    head: str
    plural: bool
    named: bool


@cache
def words() -> tuple[Phrases[Entry], Phrases[str]]:
    """Read the tables: the actors, and the words of nationality."""
    nouns = lexicon.read("causes", "actors", ActorRow)
    groups = lexicon.read("causes", "groups", GroupRow)
    peoples = lexicon.read("victims", "demonyms", DemonymRow)
    entries: list[tuple[str, Entry]] = []
    for key, group in groups.items():
        entries += [(form, Entry(key, False, True)) for form in (key, *group.forms)]
    for key, noun in nouns.items():
        entries.append((key, Entry(key, key.endswith(("troops", "forces")), False)))
        entries += [(form, Entry(key, True, False)) for form in noun.forms]
    for key, people in peoples.items():
        if people.country:
            entries.append((people.country, Entry(people.country, False, True)))
            entries += [(form, Entry(key, True, True)) for form in people.forms if form != key]
    return Phrases(entries), Phrases((key, key) for key in peoples)


@cache
def culprits() -> frozenset[str]:
    """Give the nouns that say that somebody has attacked."""
    return frozenset(key for key, row in lexicon.read("causes", "actors", ActorRow).items() if row.culprit)


@cache
def _armed() -> frozenset[str]:
    """The words for armed people that the news calls attackers, and the names of armed groups."""
    nouns = lexicon.read("causes", "actors", ActorRow)
    groups = lexicon.read("causes", "groups", GroupRow)
    words = {form for key, row in nouns.items() if row.culprit for form in (key, *row.forms)}
    return frozenset(w.lower() for w in words | {f for key, row in groups.items() for f in (key, *row.forms)})


def is_armed(phrase: str) -> bool:
    """Tell whether a phrase is of rebels, gunmen and the like, or names an armed group.

    >>> is_armed("suspected militants"), is_armed("the Taliban"), is_armed("the army")
    (True, True, False)
    """
    words = phrase.lower().split()
    return bool(words) and (words[-1] in _armed() or " ".join(words).removeprefix("the ") in _armed())
