"""The place names: those that come with the package, and where a user adds a fuller gazetteer or own rows.

Countries and the regions of the news stand in `countries.toml` and `regions.toml`, one a line; towns,
first-level regions and counties of the world stand in `cities.sqlite`, a read-only file. Names are
looked up by folded key (see `folding`), so accents, apostrophes, hyphens and an Arabic article make
no difference. Files are opened at the first question, one connection a thread and process.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

from casualty_extract.errors import GazetteerError, LexiconError
from casualty_extract.lexicon.gazetteer import countries, own_rows
from casualty_extract.lexicon.gazetteer.entries import Place, distance, kilometres
from casualty_extract.lexicon.gazetteer.folding import fold, without_article
from casualty_extract.lexicon.gazetteer.own_rows import OwnRows
from casualty_extract.lexicon.gazetteer.storage import Store

__all__ = [
    "Gazetteer",
    "Place",
    "bundled",
    "country",
    "demonym",
    "distance",
    "fold",
    "kilometres",
    "lookup",
    "opened",
    "reopen",
    "without_article",
]

REMEMBERED = 65_536
"""How many names a gazetteer remembers; an archive has no end of them."""
TWINS = 100.0
"""So many kilometres apart at most are two records of one county."""


class Gazetteer:
    """The places of the package, with a fuller file and with rows of the user's own before them.

    >>> [(p.name, p.country) for p in bundled().lookup("Deir Ezzor")][:1]
    [('Deir ez-Zor', 'SY')]
    >>> bundled().lookup("Nowhereville")
    ()

    Args:
        stores: files of places, the fullest first; of two records of one place the first is kept.
        own: rows of the user's own, the most important first. A name in them means their places alone.

    Attributes:
        lookup: takes the words as they stand in the text, and gives all places of that name: countries,
            then regions, then towns by population. Abbreviations match only in their own capitals:
            "US" is a country and "us" is none. Answers are remembered.
    """

    lookup: Callable[[str], tuple[Place, ...]]

    def __init__(self, stores: Sequence[Store], own: Sequence[OwnRows] = ()) -> None:
        self.stores = tuple(stores)
        self.own = tuple(own)
        self.lookup = lru_cache(maxsize=REMEMBERED)(self._lookup)

    def demonym(self, word: str) -> str | None:
        """Give the country whose people or things a word names.

        >>> [bundled().demonym(word) for word in ("Syrian", "syrian", "South Korean")]
        ['SY', None, 'KR']
        """
        return countries.read().demonyms.get(word) if word[:1].isupper() else None

    def country(self, code: str) -> Place | None:
        """Give the country of a code.

        >>> bundled().country("SY").name
        'Syria'
        """
        return countries.read().codes.get(code)

    def continent(self, name: str) -> Place | None:
        """Give a continent, or a part of one that is wider than any country.

        >>> bundled().continent("West Africa").kind
        'region'
        """
        return countries.read().continents.get(fold(name)) if name[:1].isupper() else None

    def region(self, country: str, admin1: str) -> str | None:
        """Give the name of the first-level region of a GeoNames code; none where several stand for the code.

        >>> bundled().region("IQ", "15"), bundled().region("FR", "44")
        ('Nineveh', None)

        Args:
            country: ISO 3166-1 alpha-2 code.
            admin1: GeoNames code of the region.
        """
        names = countries.read().regions.get((country, admin1)) or next(
            (found for store in self.stores if (found := store.regions(country, admin1))), frozenset()
        )
        return next(iter(names)) if len(names) == 1 else None

    def _lookup(self, name: str) -> tuple[Place, ...]:
        key = fold(name)
        for rows in self.own:
            mine = rows.exact.get(name, rows.keys.get(key))
            if mine is not None:
                return mine
        exact = countries.read().exact.get(name)
        if exact is not None:
            return exact
        found = self._by_key(key)
        if not found:
            shorter = without_article(key)
            found = self._by_key(shorter) if shorter and len(shorter) >= 4 else ()
        return found

    def _by_key(self, key: str) -> tuple[Place, ...]:
        by_hand = countries.read().keys.get(key, ())
        stored = self._stored(key)
        # A town placed by hand gives way where a file has it, with its number and population, and gives it the
        # name that news knows it by.
        towns = [p for p in by_hand if p.kind == "city"]
        kept = tuple(p for p in by_hand if p not in towns or not any(_is_near(p, place) for place in stored))
        found = []
        for place in stored:
            name = next((mine.name for mine in towns if _is_near(mine, place)), place.name)
            if not any(_is_same(place, mine) for mine in kept):
                found.append(place._replace(name=name) if name != place.name else place)
        return kept + tuple(found)

    def _stored(self, key: str) -> list[Place]:
        found: list[Place] = []
        for store in self.stores:
            known = list(found)
            found += [place for place in store.find(key) if not any(_is_twin(place, p) for p in known)]
        return found if len(self.stores) == 1 else sorted(found, key=lambda place: -place.population)


def _is_same(stored: Place, mine: Place) -> bool:
    """A row by hand stands for the stored region of that code, and a country for the region of its name."""
    if stored.country != mine.country:
        return False
    if mine.kind == "region":
        return stored.kind == "region" and (stored.admin1 == mine.admin1 or distance(stored, mine) < 150)
    if mine.kind == "country":
        return stored.kind == "region"
    return False


def _is_near(mine: Place, stored: Place) -> bool:
    return stored.kind == "city" and stored.country == mine.country and distance(stored, mine) < 40


def _is_twin(place: Place, other: Place) -> bool:
    """Two records of one place in two files: by number, or by what the bundled regions have instead of one."""
    if place.geonameid is not None and other.geonameid is not None:
        return place.geonameid == other.geonameid
    if place.kind != other.kind or place.country != other.country or place.kind == "city":
        return False
    return place.admin1 == other.admin1 and (place.kind == "region" or distance(place, other) < TWINS)


@cache
def bundled() -> Gazetteer:
    """Give the places that come with the package."""
    return Gazetteer([_bundled_store()])


@cache
def _bundled_store() -> Store:
    path = _unpacked.enter_context(resources.as_file(resources.files(__name__).joinpath("cities.sqlite")))
    if not path.is_file():
        raise LexiconError("the file of cities is missing", file="cities.sqlite")
    return Store(path.resolve())


_unpacked = ExitStack()
atexit.register(_unpacked.close)

_Signature = tuple[tuple[int, int], ...]
_LOCK = threading.Lock()
_OPENED: dict[tuple[str, ...], tuple[_Signature, Gazetteer]] = {}


def opened(files: Sequence[str]) -> Gazetteer:
    """Give the gazetteer of some files together with the bundled one; they are opened once a process.

    >>> opened(()) is bundled()
    True

    Args:
        files: the paths of built files (``.sqlite``, ``.db``) and of tables with own rows (``.csv``,
            ``.tsv``, ``.toml``), the most important first.

    Raises:
        GazetteerError: a file is missing, or is none of these; it is named, and its row.
    """
    if not files:
        return bundled()
    known = _OPENED.get(tuple(files))
    return known[1] if known is not None else reopen(files)


def reopen(files: Sequence[str]) -> Gazetteer:
    """Do as `opened` does, but look whether a file has changed since.

    Raises:
        GazetteerError: as in `opened`.
    """
    if not files:
        return bundled()
    with _LOCK:
        signature = tuple(_signature(file) for file in files)
        known = _OPENED.get(tuple(files))
        if known is None or known[0] != signature:
            known = signature, _open(files)
            _OPENED[tuple(files)] = known
        return known[1]


def _signature(file: str) -> tuple[int, int]:
    try:
        status = Path(file).stat()
    except OSError as error:
        raise GazetteerError(error.strerror or str(error), file=file) from error
    return status.st_mtime_ns, status.st_size


def _open(files: Sequence[str]) -> Gazetteer:
    stores: list[Store] = []
    own: list[OwnRows] = []
    for file in files:
        path = Path(file)
        if path.suffix.lower() in own_rows.ENDINGS:
            own.append(own_rows.read(path))
        else:
            store = Store(path)
            store.connection()
            stores.append(store)
    return Gazetteer([*stores, _bundled_store()], own)


def lookup(name: str) -> tuple[Place, ...]:
    """Find all places of a name among those that come with the package; see `Gazetteer`.

    >>> [place.country for place in lookup("Mosul")]
    ['IQ']
    """
    return bundled().lookup(name)


def demonym(word: str) -> str | None:
    """Give the country whose people or things a word names.

    >>> demonym("Syrian")
    'SY'
    """
    return bundled().demonym(word)


def country(code: str) -> Place | None:
    """Give the country of a code.

    >>> country("SY").name
    'Syria'
    """
    return bundled().country(code)
