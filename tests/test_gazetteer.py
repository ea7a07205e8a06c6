"""The gazetteer: names, countries, and the file they stand in."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from importlib import resources

import pytest

from casualty_extract.errors import LexiconError
from casualty_extract.lexicon import gazetteer
from casualty_extract.lexicon.gazetteer import countries, folding

FOLDER = resources.files("casualty_extract.lexicon.gazetteer")

FIRST = [
    ("Baghdad", "city", "IQ"),
    ("London", "city", "GB"),
    ("Peshawar", "city", "PK"),
    ("Mosul", "city", "IQ"),
    ("al-Raqqa", "region", "SY"),
    ("Deir Ezzor", "region", "SY"),
    ("Helmand", "region", "AF"),
    ("Anbar", "region", "IQ"),
    ("Nineveh", "region", "IQ"),
    ("Tigray", "region", "ET"),
    ("Darfur", "region", "SD"),
    ("North Kivu", "region", "CD"),
    ("West Bank", "region", "PS"),
    ("Gaza Strip", "region", "PS"),
    ("Cabo Delgado", "region", "MZ"),
    ("Kashmir", "region", "IN"),
    ("Donetsk", "region", "UA"),
    ("Crimea", "region", "UA"),
    ("Ghouta", "region", "SY"),
    ("Khyber Pakhtunkhwa", "region", "PK"),
    ("Baluchistan", "region", "PK"),
    ("Waziristan", "region", "PK"),
    ("Guangxi", "region", "CN"),
    ("Tamil Nadu", "region", "IN"),
    ("Calif.", "region", "US"),
    ("CA", "region", "US"),
    ("W.Va.", "region", "US"),
    ("US", "country", "US"),
    ("U.K.", "country", "GB"),
    ("Burma", "country", "MM"),
    ("Ivory Coast", "country", "CI"),
    ("DRC", "country", "CD"),
    ("Türkiye", "country", "TR"),
    ("Hodeidah", "region", "YE"),
    ("Chibok", "city", "NG"),
    ("Tal Afar", "city", "IQ"),
    ("Saint-Étienne", "city", "FR"),
    ("Gdańsk", "city", "PL"),
]


@pytest.mark.parametrize(("name", "kind", "country"), FIRST)
def test_first_place_of_a_name(name: str, kind: str, country: str) -> None:
    """The first place of a name is the one that news means most."""
    first = gazetteer.lookup(name)[0]
    assert (first.kind, first.country) == (kind, country)


@pytest.mark.parametrize("name", ["us", "in", "Nowhereville", "", "ca", "The", "ill."])
def test_names_of_no_place(name: str) -> None:
    """Small words are no places, and abbreviations need their capitals."""
    assert not [p for p in gazetteer.lookup(name) if p.kind in {"country", "region"}]


FOLDED = [
    ("Deir ez-Zor", "deir ez zor"),
    ("Sana’a", "sanaa"),
    ("Łódź", "lodz"),
    ("Şanlıurfa", "sanliurfa"),
    ("Saint Paul", "st paul"),
    ("St. Paul", "st paul"),
    ("Fort Worth", "ft worth"),
    ("New\n   York", "new york"),
    ("N'Djamena", "ndjamena"),
]


@pytest.mark.parametrize(("name", "key"), FOLDED)
def test_fold(name: str, key: str) -> None:
    """Accents, apostrophes, hyphens, capitals and white space make no difference."""
    assert folding.fold(name) == key
    assert folding.fold(key) == key


@pytest.mark.parametrize(
    ("word", "country"),
    [("Syrian", "SY"), ("Briton", "GB"), ("South Korean", "KR"), ("syrian", None), ("Kurd", None)],
)
def test_demonym(word: str, country: str | None) -> None:
    """Words for nations name one country; a people without a state names none."""
    assert gazetteer.demonym(word) == country


def _countries() -> Iterator[tuple[str, dict[str, object]]]:
    yield from tomllib.loads(FOLDER.joinpath("countries.toml").read_text(encoding="utf-8"))[
        "countries"
    ].items()


@pytest.mark.parametrize(("code", "row"), list(_countries()))
def test_country_row(code: str, row: dict[str, object]) -> None:
    """Each country is found by its name and has a place on earth."""
    place = gazetteer.country(code)
    assert place is not None
    assert -90 <= place.lat <= 90
    assert -180 <= place.lon <= 180
    assert place in gazetteer.lookup(str(row["name"]))


def test_regions_are_many_and_in_known_countries() -> None:
    """At least four hundred regions stand in the table, each in a country of ours and on earth."""
    rows = tomllib.loads(FOLDER.joinpath("regions.toml").read_text(encoding="utf-8"))["regions"]
    assert len(rows) >= 400
    assert [k for k, row in rows.items() if gazetteer.country(row["country"]) is None] == []
    assert [k for k, row in rows.items() if not (-90 <= row["lat"] <= 90 and -180 <= row["lon"] <= 180)] == []


def test_files_carry_their_attribution() -> None:
    """GeoNames data is CC BY: the notice stands beside it."""
    notice = FOLDER.joinpath("NOTICE.md").read_text(encoding="utf-8")
    assert "GeoNames" in notice
    assert "creativecommons.org/licenses/by/4.0" in notice


def test_file_is_small_and_read_only() -> None:
    """The file fits into a wheel, and a lookup cannot change it."""
    with resources.as_file(FOLDER.joinpath("cities.sqlite")) as path:
        assert path.stat().st_size <= 12_000_000
    gazetteer.lookup("Mosul")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        gazetteer.bundled().stores[0].connection().execute("DELETE FROM key")


def test_threads_have_a_connection_each() -> None:
    """Lookups from many threads agree with those from one."""
    names = [f"San {letter}" for letter in "abcdefgh"] + ["Kirkuk", "Basra", "Lahore", "Kano", "Goma", "Lyon"]
    found: list[list[tuple[gazetteer.Place, ...]]] = []
    fresh = gazetteer.Gazetteer(gazetteer.bundled().stores)
    together = threading.Barrier(4)

    def ask() -> None:
        together.wait()
        found.append([fresh.lookup(name) for name in names])

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[gazetteer.lookup(name) for name in names]] * 4


def test_missing_file_is_a_lexicon_error() -> None:
    """A file that is not there is named."""
    with pytest.raises(LexiconError, match=r"nowhere\.toml"):
        countries._load("nowhere.toml")


def test_import_opens_nothing() -> None:
    """Importing the library reads no place names."""
    code = (
        "import casualty_extract.pipeline; from casualty_extract.lexicon import gazetteer as g;"
        "assert g.bundled.cache_info().currsize == 0;"
        "assert g.countries.read.cache_info().currsize == 0"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
