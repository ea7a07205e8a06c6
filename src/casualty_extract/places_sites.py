"""The sites among the names of a text: facilities, roads, waters, by the word for their type.

*Finds* "Tabqa Dam", "Maghazi refugee camp", "church of St. Peter", "Interstate 40", "FR 1497".
*Leaves alone* sites without a name ("the hospital", "Central Bank"), towns called after one
("Virginia Beach", "Fort Worth"), and the facility of a town that has many of them ("a Peshawar
school").
"""

from __future__ import annotations

import re

from casualty_extract import lexicon
from casualty_extract.lexicon.gazetteer import Place
from casualty_extract.places_words import ARTICLES, GENERIC, Name, SiteWord, Words, run_end

__all__ = ["find_coded_road", "find_site", "is_spot_of"]

CODED_ROAD = re.compile(r"I-\d{1,3}|[AM]\d{1,4}|US-\d{1,3}")
LONGEST = 10
NUMBERED = frozenset({"interstate", "highway", "route", "loop", "road"})
OWNERS = frozenset({"county", "state", "provincial", "u.s.", "us", "national", "forest", "township"})
"""What stands before the word for a road and its number: "County Road 43"."""
SHORT_ROADS = frozenset({"FR", "FM", "SR", "CR", "US", "U.S.", "RN", "NH"})
SPOT_LEADS = frozenset({"in", "at", "on", "near", "outside", "inside", "into", "behind", "beside"})
SPOT_WORDS = 4
"""How many words may stand between "at" and "market" in "at the main market of Mosul"."""


def find_site(words: Words, i: int, run: tuple[int, int]) -> Name | None:
    """Find the site whose name begins at word i of a run."""
    first = _named_first(words, i, run)
    if first is not None:
        return first
    return _capital_site(words, i, run) or _lower_site(words, i, run) or _named_after(words, i, run)


def _named_after(words: Words, i: int, run: tuple[int, int]) -> Name | None:
    """Sites whose name follows a longer type, such as "Forward Operating Base Chapman"."""
    for k in range(i + 1, min(run[1], i + LONGEST) - 1):
        row = _rows().get(words.lower[k])
        if row is not None and row.position != "last":
            return Name(i, run[1], "site", (i, run[1]), run, (), typed="site", cue=words.lower[k])
        if words.lower[k - 1] not in GENERIC:
            break
    return None


def is_spot_of(words: Words, i: int, name: Name) -> bool:
    """Tell whether "of" leads from a spot where something happens to its town: "in the main market of Mosul"; or to a site."""
    if name.form == "site":
        return True
    row = _rows().get(words.lower[i - 1])
    if row is None or not row.lower:
        return False
    before = [words.lower[j] for j in range(i - 2, max(-1, i - 2 - SPOT_WORDS), -1) if words.near(i, j)]
    led = next((word for word in before if word in SPOT_LEADS), None)
    return led is not None and not {"and", ",", "from", "to"} & set(before[: before.index(led)])


def _rows() -> dict[str, SiteWord]:
    return lexicon.read("places", "site_words", SiteWord)


def _capital_site(words: Words, i: int, run: tuple[int, int]) -> Name | None:
    """Sites such as "Tabqa Dam", "St. Mark's Coptic Orthodox Cathedral", "Fishmongers' Hall"."""
    best = None
    for k in range(i + 1, min(_joined_end(words, run), i + LONGEST) if run[1] - i < LONGEST else i + LONGEST):
        row = _rows().get(words.lower[k])
        if row is None or row.position == "first" or not words.text[k][0].isupper():
            continue
        if words.sentence[i] in words.loud and k - i > 3:
            break
        if any(
            words.lower[j] not in GENERIC and words.named[j] and words.lower[j] not in _rows()
            for j in range(i, k)
        ):
            best = k + 1
    if best is None or words.gazetteer.demonym(words.phrase(i, best)):
        return None
    if best - i == 2 and words.gazetteer.demonym(words.text[i]):
        return None
    whole = words.gazetteer.lookup(words.phrase(i, best))
    if whole and all(place.kind != "site" for place in whole):
        # "Virginia Beach" and "Springfield Gardens" are towns.
        return None
    owner = next((j for j in range(i + 1, best) if words.lower[j] in {"'s", "’s"}), None)
    if owner is not None and any(
        _is_owner(place) for place in words.gazetteer.lookup(words.phrase(i, owner))
    ):
        return None
    return Name(i, best, "site", (i, best), run, whole, typed="site", cue=words.lower[best - 1])


def _is_owner(place: Place) -> bool:
    """A place whose genitive is no part of a site's name: "Kabul's Green Village", not "St. Mark's Church"."""
    return not place.weak and (
        place.kind == "country" or place.population == 0 or place.population >= 100_000
    )


def _joined_end(words: Words, run: tuple[int, int]) -> int:
    """The end of the run, or of the next one where a genitive joins them: "St. Mark's Church"."""
    end = run[1]
    owned = words.near(run[0], end + 1) and words.lower[end] in {"'s", "’s", "'", "’"}
    if owned and words.named[end + 1] and words.tight[end - 1]:
        return run_end(words, end + 1)
    return end


def _lower_site(words: Words, i: int, run: tuple[int, int]) -> Name | None:
    """Sites such as "Maghazi refugee camp", "Bagram air base", "Dhaka-Mymensingh highway"."""
    end = run[1]
    if end - i > LONGEST or not words.near(i, end) or not words.text[end][0].islower():
        return None
    for width in (2, 1):
        if not words.near(i, end + width - 1):
            continue
        word = words.phrase(end, end + width).lower()
        row = _rows().get(word)
        if row is None or not row.lower:
            continue
        start = i
        while (
            start < end
            and (words.lower[start] in GENERIC or not words.named[start])
            and words.lower[start] not in ARTICLES
        ):
            start += 1
        if start == end or any(words.gazetteer.demonym(words.text[j]) for j in range(start, end)):
            return None
        whole = words.gazetteer.lookup(words.phrase(start, end))
        many = any(_is_owner(place) for place in whole) and not row.unique
        if start != i or many or any(place.kind == "country" for place in whole):
            return None
        # Only the sites of a user's own rows and of a fuller gazetteer have such names whole.
        sites = tuple(p for p in words.gazetteer.lookup(words.phrase(start, end + width)) if p.kind == "site")
        return Name(start, end + width, "site", (start, end), run, sites, typed="site", cue=word)
    return None


def _named_first(words: Words, i: int, run: tuple[int, int]) -> Name | None:
    """Sites such as "Camp Redcliffe", "Interstate 40", "University of Aden", "church of St. Peter and St. Paul"."""
    if words.text[i] in SHORT_ROADS and words.near(i, i + 1) and words.text[i + 1].isdigit():
        return Name(i, i + 2, "site", (i, i + 2), run, (), typed="site", cue=words.lower[i])
    if words.lower[i] in OWNERS and words.near(i, i + 2) and words.text[i + 2].isdigit():
        # "County Road 43", "U.S. Highway 75".
        return (
            Name(i, i + 3, "site", (i, i + 3), run, (), typed="site", cue=words.lower[i + 1])
            if words.lower[i + 1] in NUMBERED and words.named[i + 1]
            else None
        )
    row = _rows().get(words.lower[i])
    if row is None:
        return None
    if row.of and words.near(i, i + 2) and words.lower[i + 1] == "of":
        j = i + 3 if words.lower[i + 2] == "the" and words.near(i, i + 3) else i + 2
        if words.named[j]:
            end = run_end(words, j)
            if words.near(i, end + 1) and words.lower[end] == "and" and words.text[j] == words.text[end + 1]:
                end = run_end(words, end + 1)
            known = tuple(p for p in words.gazetteer.lookup(words.phrase(i, end)) if p.kind == "site")
            return Name(i, end, "site", (i, end), run, known, typed="site", cue=words.lower[i])
        return None
    if row.position == "last" or not words.named[i] or not words.near(i, i + 1):
        return None
    if words.text[i + 1][0].isdigit() and words.lower[i] in NUMBERED:
        return Name(i, i + 2, "site", (i, i + 2), run, (), typed="site", cue=words.lower[i])
    if words.named[i + 1] and words.lower[i] not in NUMBERED:
        end = run[1]
        if words.sentence[i] in words.loud:
            end = min(end, i + 2)
        if words.gazetteer.lookup(words.phrase(i, i + 2)) and i + 2 == end:
            # "Fort Worth" and "Lake Charles" are towns; "Lake Chad" is in the gazetteer as what it is.
            return None
        return Name(i, end, "site", (i, end), run, (), typed="site", cue=words.lower[i])
    return None


def find_coded_road(words: Words, i: int) -> Name | None:
    """Find a road by its code alone: "on I-40", "the M25"."""
    if (
        i > 0
        and words.lower[i - 1] in {"on", "along", "the", "near", "of"}
        and CODED_ROAD.fullmatch(words.text[i])
    ):
        return Name(i, i + 1, "site", (i, i + 1), (i, i + 1), (), typed="site", cue="on")
    return None
