"""Names that the training text may lack: places of the bundled gazetteer, given and family names of many countries.

The words of one kind share one static vector, so knowing them costs a few bytes each. What learns from text that
holds some of them can then read the others.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sqlite3
from pathlib import Path

WORD = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’]{2,}")
GAZETTEER = (
    Path(__file__).parent.parent / "src" / "casualty_extract" / "lexicon" / "gazetteer" / "cities.sqlite"
)
LEAST_PEOPLE = 50_000
"""Smaller places would cost more room in the package than they are worth to it."""


def kinds() -> dict[str, set[str]]:
    """Give the lower-case words by kind: "place", "given", "family", and what is two of them at once."""
    given, family = persons()
    place = places()
    found: dict[str, set[str]] = {}
    for word in given | family | place:
        kind = "+".join(
            name for name, words in (("given", given), ("family", family), ("place", place)) if word in words
        )
        found.setdefault(kind, set()).add(word)
    return found


def places() -> set[str]:
    """Names of places that are one word and no everyday word."""
    with sqlite3.connect(GAZETTEER) as connection:
        rows = connection.execute(
            "select distinct key from key join place on place.id = key.place"
            " where weak = 0 and key not like '% %' and population >= ?",
            (LEAST_PEOPLE,),
        )
        return {key for (key,) in rows if WORD.fullmatch(key)}


def persons() -> tuple[set[str], set[str]]:
    """Given and family names of the locales of Faker that are written in Latin letters."""
    import faker.providers.person as locales

    given: set[str] = set()
    family: set[str] = set()
    for module in pkgutil.iter_modules(locales.__path__):
        provider = getattr(importlib.import_module(f"{locales.__name__}.{module.name}"), "Provider", None)
        for attribute in dir(provider):
            values = getattr(provider, attribute)
            if attribute.startswith(("first_names", "last_names")) and hasattr(values, "__iter__"):
                words = {w.lower() for value in values for w in str(value).split() if WORD.fullmatch(w)}
                (given if attribute.startswith("first") else family).update(words)
    return given, family
