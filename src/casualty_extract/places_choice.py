"""Which of the names in a text are places, by what leads to them, what they are, and what else the text says of them.

*Finds* names that a word leads to ("in [Mosul]"), that a wider place follows ("[Paris], Texas"), that are large, that
the text has told elsewhere, and small ones of the country's part that the article is about.
*Leaves alone* people ("Paris Hilton"), firms, words in capitals, and organisations that bear the name of a site
("Kibera Hospital said").
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from casualty_extract import lexicon, wordorder
from casualty_extract.lexicon.gazetteer import fold
from casualty_extract.places_people import is_part_of_organisation, is_person
from casualty_extract.places_roles import Reading
from casualty_extract.places_words import HYPHENS, PARTIES, Name, SiteWord, TownWord, Words, table

__all__ = ["choose"]

# A town so large is meant by its name though no preposition leads to it.
LARGE = 100_000
# Countries and regions that are first names or surnames as well.
NAMED_LIKE_PEOPLE = frozenset(
    {"Jordan", "Chad", "Georgia", "Israel", "Victoria", "Virginia", "Carolina", "Dakota"}
)
# What leads even to a place whose name is also a word or a person's name.
LEADING = frozenset({"in", "near", "outside", "from"})
VILLAGES = frozenset(
    """village town city hamlet settlement neighborhood neighbourhood district area suburb community
    municipality commune""".split()
)
OF_PLACES = ("place_nouns", "event_words", "event_modifiers")
"""The tables of nouns that stand behind the name of a place."""
CUED = frozenset({"location", "dateline"})
PARTICLES = frozenset({"off", "out", "up", "down"})
LINKING = wordorder.PREPOSITIONS | wordorder.CONJUNCTIONS | wordorder.SUBORDINATORS
OWNING = VILLAGES | {"mayor", "formerly", "resident", "residents", "native", "people", "streets", "outskirts"}
"""What stands before "of" and the name of a town."""
UNLED = frozenset(
    {"no cue", "part of an organisation", "a government speaks", "where somebody speaks", "belongs to it"}
)
"""The reasons of readings by which nothing leads to a site as a place."""


class Chosen(NamedTuple):
    """The names that are places, and small ones that are if the article is about where they lie."""

    kept: list[Name]
    perhaps: list[Name]


class _Told(NamedTuple):
    """What the rest of a text says of its names, in lower case: words of people, what a word leads to, sure towns."""

    people: set[str]
    sure: set[str]
    towns: set[str]


def choose(words: Words, names: list[Name], readings: dict[int, Reading], at: dict[int, Name]) -> Chosen:
    """Leave out people, firms, and words in capitals.

    Args:
        words: the words of the text.
        names: its names.
        readings: their roles, by first word.
        at: the names by each of their words.
    """
    told = _Told(set(), set(), set())
    for name in names:
        if name.form == "place" and not name.inner:
            text = words.phrase(name.first, name.last).lower()
            if is_person(words, name, at) and words.sentence[name.first] not in words.loud:
                if _is_of_a_town(words, name):
                    told.towns.add(text)
                else:
                    told.people.update(words.lower[name.first : name.last])
            elif name.wider or _is_told(words, name):
                told.towns.add(text)
            elif readings[name.first].role in CUED:
                told.sure.add(text)
        elif name.form == "unknown":
            told.people.update(words.lower[i] for i in range(*name.run) if name.run[1] - name.run[0] > 1)
    chosen = Chosen([], [])
    body: Name | None = None
    for name in names:
        if name.form == "site":
            body = name if _is_body(words, name, readings[name.first]) else None
        elif name.inner and body is not None:
            # "Kibera Hospital said": the town is no longer a part of a site's name, but of an organisation's.
            name.inner = False
            readings[name.first] = Reading("source", body.cue, "part of an organisation")
        if name is body:
            continue
        grade = _grade(words, name, readings[name.first], at, told)
        if grade and name.form == "place" and readings[name.first].reason == "no cue":
            cue = _town_word(words, name)
            if cue is not None:
                readings[name.first] = Reading("other", cue, "what towns have")
        if grade is not None:
            (chosen.kept if grade else chosen.perhaps).append(name)
    return chosen


def _grade(words: Words, name: Name, reading: Reading, at: dict[int, Name], told: _Told) -> bool | None:
    """Tell whether a name is kept, or left out (None), or kept only where the article is about it (False)."""
    if name.form == "demonym":
        return True
    if name.form in {"site", "continent"}:
        return not is_person(words, name, at) or None
    if name.form == "unknown":
        return _is_village(words, name, reading) or None
    if name.form == "area":
        return True
    places = name.candidates
    if all(p.short for p in places):
        return _has_company(words, name, at) or None
    if name.inner:
        return not places[0].weak or None
    return _grade_place(words, name, reading, at, told)


def _grade_place(words: Words, name: Name, reading: Reading, at: dict[int, Name], told: _Told) -> bool | None:
    places = name.candidates
    loud = words.sentence[name.first] in words.loud
    text = words.phrase(name.first, name.last)
    first = places[0]
    cued = (reading.role in CUED and reading.reason != "named after it") or bool(name.wider)
    if text.lower() in table("organisation_words"):
        return None
    if any(place.given for place in places):
        return cued or not is_person(words, name, at) or None
    if text.isupper() and len(text) <= 5 and first.kind != "country" and not _may_shout(words, name, reading):
        return None
    if _is_a_thing(words, name):
        return None
    wide = not first.weak and (first.kind == "country" or (first.kind == "region" and first.population == 0))
    if not loud and is_person(words, name, at):
        if is_part_of_organisation(words, name) or reading.reason == "part of an organisation":
            known = text.lower() in told.sure | told.towns or _is_of_a_town(words, name)
            return wide or not first.weak or known or None
        whole = name.last - name.first == name.last - name.run[0]
        return (wide and first.name not in NAMED_LIKE_PEOPLE and whole) or None
    if (
        text.lower() in told.people - told.towns
        and not wide
        and (not cued or (first.weak and not name.wider) or _is_owner(words, name))
    ):
        return None
    led = bool(LEADING.intersection((reading.cue or "").lower().split()))
    if (cued or led) and not (loud and first.weak):
        all_weak = all(p.weak for p in places)
        told_so = bool(name.wider) or reading.role == "dateline" or _is_told(words, name)
        return led or not all_weak or told_so or None
    if wide or (_is_told(words, name) and not loud):
        return True
    if text.lower() in told.sure | told.towns:
        return not (words.opens[name.first] and first.weak) or None
    most = max(p.population for p in places)
    if first.weak:
        return (most >= 5 * LARGE and not words.opens[name.first]) or None
    return most >= LARGE if not words.opens[name.first] else most >= 2 * LARGE


def _is_owner(words: Words, name: Name) -> bool:
    """Tell whether a name between an article and a noun owns the thing: "a passenger in the [Hale] vehicle"."""
    i, j = name.first - 1, name.last
    if not words.near(name.first, i) or not words.near(i, j) or words.lower[i] != "the":
        return False
    low = words.lower[j]
    return (
        low.isalpha()
        and words.text[j].islower()
        and not any(low in table(t) for t in OF_PLACES)
        and (
            low
            not in wordorder.VERBS | wordorder.AUXILIARIES | wordorder.PREPOSITIONS | wordorder.CONJUNCTIONS
        )
    )


def _is_a_thing(words: Words, name: Name) -> bool:
    """Tell whether an article leads to a name that takes none: "Shots were fired from the Durango"."""
    if not name.first or words.lower[name.first - 1] != "the" or name.wider:
        return False
    if words.sentence[name.first] in words.loud:
        return False
    whole = (name.first, name.last) == name.run and _stands_alone(words, name.last)
    first = name.candidates[0]
    if first.weak:
        return not _is_of_a_town(words, name)
    return whole and all(p.kind == "city" for p in name.candidates)


def _is_body(words: Words, name: Name, reading: Reading) -> bool:
    """Tell whether a site acts or is spoken of as an organisation, and nothing leads to it as a place."""
    behind = words.lower[name.last] if words.near(name.first, name.last) else ""
    if behind in table("organisation_words") and words.named[name.last]:
        # The "Massachusetts Turnpike Authority".
        return not name.candidates
    if reading.reason not in UNLED or name.wider or name.cue not in _bodies():
        return False
    i = name.first - 1
    while words.near(name.first, i) and words.lower[i] in wordorder.DETERMINERS:
        i -= 1
    if reading.reason != "no cue" or not words.near(name.first, i) or not words.text[i][0].islower():
        return True
    # "Police sealed off [Kibera Hospital]": what is done to it is done there.
    return words.lower[i] not in PARTICLES and words.lower[i] in LINKING


@cache
def _bodies() -> frozenset[str]:
    return frozenset(word for word, row in lexicon.read("places", "site_words", SiteWord).items() if row.body)


def _is_told(words: Words, name: Name) -> bool:
    """Tell whether the words around a name make it somebody's town: "a [Trenton] man", "Ann Lee, 41, of [Trenton]"."""
    return _is_of_a_town(words, name) or _is_home(words, name)


def _is_of_a_town(words: Words, name: Name) -> bool:
    return _town_word(words, name) is not None


def _town_word(words: Words, name: Name) -> str | None:
    """Give the word behind a name for what towns have: "[Trenton] police", "the [Trenton] City Council"."""
    rows = lexicon.read("places", "town_words", TownWord)
    weak = all(p.weak for p in name.candidates)
    for j in range(name.last, min(len(words), name.last + 3)):
        if not words.near(name.first, j) or not words.text[j][0].isalpha():
            return None
        row = rows.get(words.lower[j])
        if row is not None and (row.sure or not weak):
            return words.lower[j]
        if not words.named[j]:
            return None
    return None


def _is_home(words: Words, name: Name) -> bool:
    """Tell whether a name stands where somebody's town does: "Ann Lee, 41, of [Trenton]", "a mayor of [Trenton]"."""
    i = name.first - 1
    if i < 2 or not words.near(name.first, i - 1):
        return False
    before, last = words.text[i - 1], words.lower[i - 1]
    if words.text[i] in HYPHENS:
        return before in PARTIES
    if not words.near(name.first, i - 2):
        return False
    if words.lower[i] == "of":
        if last in OWNING:
            return True
        aged = before == "," and (words.text[i - 2].isdigit() or bool(words.named[i - 2]))
        person = bool(words.named[i - 1] and words.named[i - 2]) and last not in table("organisation_words")
        return (aged or person) and last not in _site_words()
    return words.text[i] == words.text[i - 2] == "," and before.isdigit() and len(before) == 2


@cache
def _site_words() -> frozenset[str]:
    return frozenset(lexicon.read("places", "site_words", SiteWord))


def _stands_alone(words: Words, i: int) -> bool:
    """Tell whether no noun follows a name, to which "the" would belong: "the London attacks"."""
    if i >= len(words):
        return True
    low = words.lower[i]
    return not low[0].isalnum() or low in wordorder.VERBS | wordorder.AUXILIARIES | wordorder.PREPOSITIONS


def _may_shout(words: Words, name: Name, reading: Reading) -> bool:
    """A short word in capitals is a town in a dateline or headline, and else an organisation: "LIMA", "FAO"."""
    if all(p.geonameid is None and fold(p.name) != name.key for p in name.candidates):
        return True
    if name.last - name.first == 1 and len(words.text[name.first]) <= 3:
        return False
    return reading.role == "dateline" or words.sentence[name.first] in words.loud


def _is_village(words: Words, name: Name, reading: Reading) -> bool:
    """A name that the gazetteer lacks is a place after "the village of" or "near", or before ", Iraq"."""
    if name.last - name.first > 4 or words.sentence[name.first] in words.loud:
        return False
    text = words.phrase(name.first, name.last)
    if len(text) < 3 or text.isupper() or words.lower[name.first].rstrip(".") in table("titles"):
        return False
    if any(words.lower[i] in table("organisation_words") for i in range(name.first, name.last)):
        return False
    cue = (reading.cue or "").lower().split()
    led = reading.role in CUED and cue[:1] in (["near"], ["outside"])
    beside = bool(name.wider) and reading.role in CUED
    return (led or beside or not VILLAGES.isdisjoint(cue)) and (
        words.text[name.first][0].isupper() or name.last - name.first > 1
    )


def _has_company(words: Words, name: Name, at: dict[int, Name]) -> bool:
    """A short form such as "Mass." or "TX" stands after a comma and a name, or after "in"."""
    i = name.first - 1
    if not words.near(name.first, i):
        return False
    if words.text[i] == ",":
        return i > 0 and words.text[i - 1][0].isupper()
    return (
        words.lower[i] in {"in", "of", "near"}
        and words.text[name.last - 1].endswith(".")
        and len(words.text[name.first]) > 3
    )
