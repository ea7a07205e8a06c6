"""The names in a text that may be places: runs of capitalised words, looked up and typed.

*Finds* names of the gazetteer ("Mosul", "Republic of the Congo"), words for nations ("Syrian"), parts
of countries and towns by the word for them ("Narang district"), sites (see `places_sites`), and runs
that nothing explains.
*Leaves alone* what a name is worth in its sentence: `places_roles` says that, and `places_resolution`
which of the places of a name is meant.
"""

from __future__ import annotations

from casualty_extract import lexicon
from casualty_extract.lexicon.gazetteer import fold
from casualty_extract.lexicon.gazetteer.keys import weak
from casualty_extract.places_sites import find_coded_road, find_site
from casualty_extract.places_words import (
    ARTICLES,
    GENERIC,
    GENITIVES,
    HYPHENS,
    JOINERS,
    PARTIES,
    TOWNS,
    WATERS,
    AreaWord,
    Name,
    Words,
    run_end,
    table,
)

__all__ = ["read_names"]

REACH = 7
HOUSES = frozenset({"church", "cathedral", "university", "mosque"})
OPENING = ARTICLES | HOUSES
"""The words without a capital with which a name can begin."""
# Organisations whose names begin like that of a place.
NO_PLACES = frozenset({"islamic state"})
# What names no part of a country, and directions do.
NAMELESS = (GENERIC | {"school"}) - frozenset(
    "north south east west northern southern eastern western central".split()
)
# How these and names wider than any country begin.
WIDE = frozenset(
    """africa americas asia central east eastern europe islamic latin middle mideast north northern oceania
    south southeast southern the west western""".split()
)


def read_names(words: Words) -> list[Name]:
    """Read the names of a text from left to right; a name inside that of a site follows it."""
    names = list(_read(words))
    _read_plurals(words, names)
    for name in names:
        name.key = fold(words.phrase(*name.core))
    return names


def _read(words: Words) -> list[Name]:
    names: list[Name] = []
    end = 0
    for i, (named, lower, text) in enumerate(zip(words.named, words.lower, words.text, strict=True)):
        if i < end or not (named or lower in OPENING or text[0].isupper()):
            continue
        begin = _begins(words, i)
        if begin is None:
            road = find_coded_road(words, i)
            if road is not None:
                names.append(road)
                end = road.last
            continue
        run = (i, run_end(words, i))
        found = _read_run(words, run)
        names.extend(found)
        end = max([run[1], *(name.last for name in found)])
    return names


def _place_in(words: Words, site: Name, run: tuple[int, int]) -> Name | None:
    """The town in the name of a site: "Kabul airport", "University of Aden"."""
    i = site.first + 2
    if site.cue in WATERS:
        return None
    if i >= site.last or words.lower[i - 1] != "of":
        return _place(words, site.first, run, site.last)
    found = _place(words, i, run, site.last) if words.named[i] else None
    return found if found is not None and found.last == site.last else None


def _is_county_within(words: Words, i: int, k: int) -> bool:
    """Tell whether a county's name ends at word k that begins later than at word i."""
    return any(
        p.kind == "county"
        for j in range(i + 1, k)
        if words.named[j]
        for p in words.gazetteer.lookup(words.phrase(j, k))
    )


def _read_plurals(words: Words, names: list[Name]) -> None:
    """Type the names of a list by the word behind it: "Navarro, Henderson and Ellis counties"."""
    rows = lexicon.read("places", "plural_words", AreaWord)
    ending = {name.last: name for name in names if not name.inner}
    for j, lower in enumerate(words.lower):
        row = rows.get(lower)
        if row is None:
            continue
        name = ending.get(j)
        while name is not None and words.near(name.first, j):
            _type(words, name, lower, row)
            i = name.first - 1
            while i > 0 and words.lower[i] in {",", "and", "or", "&"} and name.first - i <= 2:
                i -= 1
            name = ending.get(i + 1) if i + 1 < name.first else None


def _type(words: Words, name: Name, cue: str, row: AreaWord) -> None:
    if name.form not in {"place", "unknown"}:
        return
    text = words.phrase(name.first, name.last)
    places = words.gazetteer.lookup(text)
    kinds = {p.kind for p in places}
    if cue == "counties":
        if "county" in kinds:
            name.form, name.typed, name.cue, name.candidates = "area", "county", cue, places
    elif (not kinds and not text.isupper()) or (
        kinds & {"region", "county"} and not kinds & {"country", "site"}
    ):
        name.form, name.typed, name.cue, name.candidates = "area", row.kind, cue, places


def _begins(words: Words, i: int) -> int | None:
    """A run begins with a capitalised word, or with an article before one: "al-Qaim"."""
    if words.named[i]:
        return i
    if words.lower[i] in ARTICLES and words.text[i].islower():
        j = i + 2 if i + 2 < len(words) and words.text[i + 1] in HYPHENS and words.tight[i] else i + 1
        if words.near(i, j) and words.named[j] and (j == i + 2 or words.lower[i] in {"al", "el"}):
            return i
    if words.lower[i] in HOUSES and words.near(i, i + 2):
        return i if words.lower[i + 1] == "of" and words.named[i + 2] else None
    return None


def _read_run(words: Words, run: tuple[int, int]) -> list[Name]:
    names: list[Name] = []
    i, end = run
    while i < end:
        if words.text[i] in HYPHENS:
            i += 1
            continue
        if words.text[i] in PARTIES and i + 2 < end and words.text[i + 1] in HYPHENS:
            # A member of parliament and his town: "R-Charleston".
            i += 2
            continue
        site = find_site(words, i, run)
        if site is not None:
            names.append(site)
            county = _area(words, site.first, (site.first, site.last))
            inside = (
                county
                if county is not None and county.typed == "county" and county.last < site.last
                else _place_in(words, site, run)
            )
            holy = words.lower[site.first] in {"st.", "st", "saint", "san", "santa"}
            if inside is not None and (inside.last < site.last or inside.first > site.first) and not holy:
                inside.inner = True
                names.append(inside)
            i = site.last
            continue
        wide = _continent(words, i, run)
        if wide is not None:
            if wide.candidates:
                names.append(wide)
            i = wide.last
            continue
        found = _area(words, i, run) or _place(words, i, run, len(words)) or _nation(words, i, run)
        if found is None:
            i += 1
            continue
        names.append(found)
        i = found.last
    if not names and words.phrase(*run).lower() in NO_PLACES:
        return []
    if len(names) == 1 and _is_torn_off(words, names[0], run):
        return [Name(*run, "unknown", run, run)]
    if not names and words.named[run[0]] | (run[1] - run[0] > 1):
        names.append(Name(*run, "unknown", run, run))
    return names


def _continent(words: Words, i: int, run: tuple[int, int]) -> Name | None:
    """A name wider than any country, which is no place of a claim, nor are the towns that share it."""
    if words.lower[i] not in WIDE:
        return None
    for end in (i + 3, i + 2, i + 1):
        if end <= run[1]:
            text = words.phrase(i, end)
            wide = words.gazetteer.continent(text)
            if wide is not None or text.lower() in NO_PLACES:
                return Name(i, end, "continent", (i, end), run, (wide,) if wide is not None else ())
    return None


def _is_torn_off(words: Words, name: Name, run: tuple[int, int]) -> bool:
    """A small town's name in a longer one is not that town: "Tall" in "Tall al Adwaniyah"."""
    if name.form != "place" or (name.first, name.last) == run:
        return False
    beside = [i for i in range(*run) if not name.first <= i < name.last and words.named[i]]
    if all(words.lower[i] in table("modifiers") for i in beside):
        return False
    return all(
        (p.kind in {"city", "county"} and p.population < 100_000 and p.geonameid is not None)
        or p.kind == "county"
        for p in name.candidates
    )


def _ends(words: Words, i: int) -> list[int]:
    """Where a name that begins at word i can end, longest first."""
    found: list[int] = []
    for j in range(i, min(len(words), i + REACH)):
        if words.sentence[j] != words.sentence[i]:
            break
        hyphened = j > i and words.text[j - 1] in HYPHENS and words.tight[j - 1]
        if words.named[j] or (hyphened and words.text[j][0].isalpha()):
            found.append(j + 1)
        elif j == i or words.lower[j] in JOINERS or (words.text[j] in HYPHENS and words.tight[j - 1]):
            continue
        elif words.lower[j] in GENITIVES:
            # "Cox's Bazar"
            continue
        elif words.text[j][:2] in {"d'", "d’"}:
            found.append(j + 1)
        else:
            break
    return found[::-1]


def _place(words: Words, i: int, run: tuple[int, int], limit: int) -> Name | None:
    for end in _ends(words, i):
        if end > limit:
            continue
        text = words.phrase(i, end)
        if end - i == 1 and (len(text) < 2 or _is_people(words, i)):
            return None
        places = words.gazetteer.lookup(text)
        if not places and "." in text[:-1] and text.isascii() and text[-1] != ".":
            # "Bronx, N.Y" at the end of a sentence.
            places = words.gazetteer.lookup(f"{text}.")
        if places and any(p.kind != "county" for p in places):
            return Name(i, end, "place", (i, end), run, places)
        if words.gazetteer.demonym(text):
            return None
    return None


def _is_people(words: Words, i: int) -> bool:
    """A word for a people or creed makes no name: "a Kurdish village"."""
    return words.gazetteer.demonym(words.text[i]) is not None or words.lower[i] in table("people_words")


def _nation(words: Words, i: int, run: tuple[int, int]) -> Name | None:
    for end in (i + 2, i + 1):
        if end > run[1]:
            continue
        code = words.gazetteer.demonym(words.phrase(i, end))
        if code is not None:
            country = words.gazetteer.country(code)
            return Name(i, end, "demonym", (i, end), run, (country,) if country else (), nation=code)
    return None


def _area(words: Words, i: int, run: tuple[int, int]) -> Name | None:
    """A name with a word for a part of a country or town after it: "Narang district", "Pope County"."""
    rows = lexicon.read("places", "area_words", AreaWord)
    for k in range(i + 1, min(run[1] + 1, i + REACH, len(words))):
        if not words.near(i, k):
            break
        width = 2 if f"{words.lower[k]} {words.lower[min(k + 1, len(words) - 1)]}" in rows else 1
        if words.near(k, k + 2) and words.text[k + 1] in HYPHENS and words.tight[k]:
            joined = words.lower[k] + "-" + words.lower[k + 2]
            width = 3 if joined in rows else width
        word = words.phrase(k, k + width).lower()
        row = rows.get(word)
        if row is None or words.text[k - 1] in HYPHENS or not (words.named[k - 1] or k - 1 > i):
            continue
        capital = words.text[k][0].isupper()
        if all(w in NAMELESS or w in table("organisation_words") for w in words.lower[i:k]):
            # A "School District" has no name, though a "South Governorate" is one.
            continue
        if capital and word == "department" and words.near(i, k + 1) and words.lower[k + 1] in {"of", "for"}:
            # The "Ohio Department of Health" is a part of no town.
            return None
        if capital and any(p.kind != "county" for p in words.gazetteer.lookup(words.phrase(i, k + width))):
            # "Kuwait City" and "Long Island" are names whole.
            return None
        if words.lower[k - 1] in table("organisation_words") or (k - 1 == i and _is_people(words, i)):
            return None
        behind = words.lower[k + width] if k + width < run[1] else ""
        if capital and word != "county" and behind in table("organisation_words"):
            # The "Arkansas State Police" are no place of Arkansas State.
            return None
        places = words.gazetteer.lookup(words.phrase(i, k))
        wide = any(p.kind in {"country", "region"} for p in places)
        of_name = words.near(k, k + 2) and words.lower[k + 1] == "of" and words.named[k + 2]
        if wide and word in TOWNS and not capital and of_name and i and words.lower[i - 1] == "the":
            # "the Sinai city of El-Arish" is a city in Sinai; "Nussu village of Qazigund" is Nussu.
            return None
        if not places and (row.known or (capital and k + width < run[1]) or _is_people(words, k - 1)):
            continue
        if word == "county" and not places and _is_county_within(words, i, k):
            # "Miss Butler County" and the "Leadership Henry County" class.
            return None
        if places and all(p.kind == "country" for p in places):
            if word != "county":
                return None
            places = ()
        if not places and (
            k - i > 4 or (words.phrase(i, k).isupper() and words.sentence[i] not in words.loud)
        ):
            # "TIF districts" have no name.
            return None
        if words.opens[i] and not capital and k - i == 1 and fold(words.text[i]) in weak():
            # "Many area cities".
            return None
        kind = "county" if word == "county" else row.kind
        return Name(i, k + width, "area", (i, k), run, places, typed=kind, cue=word)  # type: ignore[arg-type]
    return None
