"""Under which folded names a place of GeoNames is stored, and under which it would only mislead."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources

from casualty_extract.lexicon.gazetteer.folding import fold, without_article

__all__ = ["DIRECTIONS", "bare", "is_usable", "is_worth_its_place", "keys", "weak"]

# Regions that are called just so, in the Cameroon or Ghana, would be found in every article.
DIRECTIONS = frozenset(
    """north south east west central northern southern eastern western centre center northeast northwest
    southeast southwest north east north west south east south west coast highlands islands capital""".split()
) | {"north east", "north west", "south east", "south west", "north central", "south central"}

# Words for "province" and the like that the source writes into some names of regions.
TYPES = (
    "Sheng", "Shi", "Zhuangzu Zizhiqu", "Huizu Zizhiqu", "Uygur Zizhiqu", "Muhafazat", "Changwat", "Sha`biyat",
    "Governorate", "Province", "Prefecture", "Division", "Region", "District", "Oblast'", "Oblast", "Krai",
    "Wilayat-e", "Departement de la", "Departement de", "Departement du", "Departement d'", "County", "Parish",
    "Borough", "Provincia di", "Provincia de", "Wilaya de", "Canton", "Department", "State", "Republic",
)  # fmt: skip
LONGEST = 32
"""How many characters a name of a newspaper has at most."""


@cache
def weak() -> frozenset[str]:
    """Read the folded names that are more often a word or a person's name: "march", "jordan"."""
    text = resources.files("casualty_extract.lexicon.gazetteer").joinpath("weak_names.txt").read_text("utf-8")
    return frozenset(fold(line) for line in text.splitlines() if line and not line.startswith("#"))


def keys(names: Iterable[str]) -> list[str]:
    """Fold names to keys; an Arabic article may be left away.

    >>> keys(["Ar Raqqah", "Raqqa"])
    ['ar raqqah', 'raqqah', 'raqqa']
    """
    found: dict[str, None] = {}
    for name in names:
        key = fold(name)
        if len(key) >= 2 and key.isascii():
            found[key] = None
            shorter = without_article(key)
            if shorter and len(shorter) >= 4:
                found[shorter] = None
    return list(found)


def bare(name: str) -> str:
    """Leave away the words for "province" and the like.

    >>> bare("Donets'ka Oblast'"), bare("Muhafazat Ninawa")
    ("Donets'ka", 'Ninawa')
    """
    for word in TYPES:
        if name.startswith(f"{word} ") or (word.endswith("'") and name.startswith(word)):
            name = name[len(word) :].strip()
        elif name.endswith(f" {word}"):
            name = name[: -len(word)].strip()
    return name


def is_usable(name: str) -> bool:
    """Keep names in Latin letters as a newspaper prints them; no codes and no lower-case transcriptions.

    >>> [name for name in ("Raqqa", "RQA", "الرقة", "raqqa", "Raqqa/Rakka") if is_usable(name)]
    ['Raqqa']
    """
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 3 or len(name) > LONGEST or not letters[0].isupper():
        return False
    if any(c in name for c in '",;/()=_') or any(ord(c) > 0x24F for c in letters):
        return False
    return not any(c.isdigit() for c in name) and not (name.isupper() and len(letters) <= 4)


def is_worth_its_place(key: str, first: str, population: int) -> bool:
    """Tell whether a town is stored under a key.

    An everyday word as the second name of a place, or the first of a small one, only misleads.

    Args:
        key: the folded name.
        first: the folded name that the town bears first.
        population: its inhabitants.
    """
    if key not in weak():
        return True
    return (key == first and population >= 20_000) or population >= 1_000_000
