"""What beside its places tells where an article is from: its headline, its publisher, and words of one country's news.

*Finds* plain places in a headline or the name of a publisher, and the countries whose local news speaks of a "sheriff",
a "councillor" or a "barangay".
*Leaves alone* names of many meanings, and words that the news of all countries has ("police").
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from casualty_extract import lexicon
from casualty_extract.lexicon.gazetteer import Gazetteer, Place
from casualty_extract.places_choice import NAMED_LIKE_PEOPLE
from casualty_extract.places_words import HomeWord, Words

__all__ = ["read_headline", "read_home", "read_publisher"]

MOST = 3
"""So many different words of one country's news count at most."""


def read_home(words: Words) -> dict[str, int]:
    """Count the different words of the news of one country, up to a few.

    >>> import spacy
    >>> from casualty_extract.parsing import mark_sentences
    >>> text = "The sheriff and a county commissioner spoke."
    >>> read_home(Words(mark_sentences(spacy.blank("en")(text))))
    {'US': 2}
    """
    single, double = _home_words()
    found: dict[str, set[str]] = defaultdict(set)
    lower = words.lower
    for i, word in enumerate(lower):
        row = single.get(word)
        if row is not None:
            found[row].add(word)
        if word in double and i + 1 < len(lower):
            row = double[word].get(lower[i + 1])
            if row is not None:
                found[row].add(f"{word} {lower[i + 1]}")
    return {code: min(MOST, len(told)) for code, told in sorted(found.items())}


@cache
def _home_words() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """The words of one country's news, and those of two words by their first."""
    single: dict[str, str] = {}
    double: dict[str, dict[str, str]] = defaultdict(dict)
    for phrase, row in lexicon.read("places", "home_words", HomeWord).items():
        first, _, second = phrase.partition(" ")
        if second:
            double[first][second] = row.country
        else:
            single[first] = row.country
    return single, dict(double)


@lru_cache(maxsize=4096)
def read_headline(gazetteer: Gazetteer, text: str) -> tuple[Place, ...]:
    """Read the plain places in a headline or the name of a publisher."""
    words = re.findall(r"[^\W\d_][\w'’.-]*", text)
    found: list[Place] = []
    i = 0
    while i < len(words):
        for width in (3, 2, 1):
            phrase = " ".join(words[i : i + width]).removesuffix("'s").removesuffix("’s").rstrip(".")
            if i + width > len(words) or not phrase[:1].isupper():
                continue
            code = gazetteer.demonym(phrase)
            place = gazetteer.country(code) if code else _sure(gazetteer.lookup(phrase))
            if place is not None:
                found.append(place)
                i += width - 1
                break
        i += 1
    return tuple(found)


def _sure(places: tuple[Place, ...]) -> Place | None:
    if not places or places[0].weak or places[0].short:
        return None
    first = places[0]
    if first.kind == "country" and first.name not in NAMED_LIKE_PEOPLE:
        return first
    if first.kind == "region":
        return first if len({p.country for p in places if p.kind == "region"}) == 1 else None
    return first if first.population >= 300_000 else None


def read_publisher(gazetteer: Gazetteer, name: str) -> tuple[Place, ...]:
    """The plain places in a publisher's name, and the country of its domain: "dailystar.com.ng"."""
    ending = re.search(r"\w\.([a-z]{2})$", name.strip().lower())
    code = {"uk": "GB"}.get(ending[1], ending[1].upper()) if ending else ""
    home = gazetteer.country(code)
    return (*read_headline(gazetteer, name), *([home] if home is not None else []))
