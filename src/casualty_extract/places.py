"""Where: the places that a text names, what they are, and what they do in their sentences.

*Finds* countries, regions, towns and sites ("Mosul", "Nineveh province", "Tabqa Dam", "Interstate 40",
"the village of Al Shouka"), datelines ("BAGHDAD (AP) -") and words for nations ("Syrian").
*Leaves alone* people ("Paris Hilton", "Mr. Houston"), everyday words in capitals ("Police"), and
names that neither the gazetteer nor a word beside them makes a place.
*Marks* the layer `places`: label `country`, `region`, `city` or `site`; value `name`, `country`,
`geonameid`, `lat`, `lon`, `role` (`location`, `dateline`, `source`, `demonym`, `other`), `cue` (the
words that show the role), `chain` (offsets of the wider places that follow), `inner` (part of a
site's name), `score` and `reason`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc

from casualty_extract import wordorder
from casualty_extract.facts import facts
from casualty_extract.lexicon.gazetteer import Gazetteer, Place
from casualty_extract.mentions import Mention
from casualty_extract.places_focus import RANK, Focus, focus, is_own, lies_in
from casualty_extract.places_names import read_names
from casualty_extract.places_people import is_part_of_organisation, is_person
from casualty_extract.places_resolution import Resolved, resolve
from casualty_extract.places_roles import Reading, read_role
from casualty_extract.places_words import Name, Words, table

__all__ = ["find"]

# A town so large is meant by its name though no preposition leads to it.
LARGE = 100_000
# So many places before it in the sentence bear on a name.
NEIGHBOURS = 20
# Countries and regions that are first names or surnames as well.
NAMED_LIKE_PEOPLE = frozenset(
    {"Jordan", "Chad", "Georgia", "Israel", "Victoria", "Virginia", "Carolina", "Dakota"}
)
# What leads even to a place whose name is also a word or a person's name.
LEADING = frozenset({"in", "near", "outside", "from"})
WATERS = frozenset({"ocean", "sea", "gulf", "bay"})
"""Sites that lie nowhere near the town of their name."""
VILLAGES = frozenset(
    """village town city hamlet settlement neighborhood neighbourhood district area suburb community
    municipality commune""".split()
)
CUED = frozenset({"location", "dateline"})


def find(doc: Doc) -> Iterator[Mention]:
    """Find the places of a text.

    >>> import spacy
    >>> from casualty_extract.facts import Facts
    >>> from casualty_extract.parsing import mark_sentences, prepare
    >>> text = "A blast in Mosul, Iraq, killed six."
    >>> doc = mark_sentences(prepare(spacy.blank("en"), text, Facts()))
    >>> [(text[m.start : m.end], m.label, m.value["country"], m.value["role"]) for m in find(doc)]
    [('Mosul', 'city', 'IQ', 'location'), ('Iraq', 'country', 'IQ', 'location')]
    """
    words = Words(doc)
    names = read_names(words)
    if not names:
        return
    at = {i: name for name in names if not name.inner for i in range(name.first, name.last)}
    _link_chains(words, names)
    readings = _read_roles(words, names, at)
    kept = _keep(words, names, readings, at)
    title = _read_outside(words.gazetteer, facts(doc).title or "")
    publisher = _publisher(words.gazetteer, facts(doc).publisher or "")
    about = focus(kept, [readings[n.first].role for n in kept], title, publisher)
    yield from _mentions(words, kept, readings, about)


def _link_chains(words: Words, names: list[Name]) -> None:
    """Join each name to the wider ones right after it: "Mosul, Nineveh province, Iraq"."""
    outer = [name for name in names if not name.inner]
    for name, following in zip(outer[::-1][1:], outer[::-1][:-1], strict=True):
        if "unknown" in {following.form} or name.form == "demonym" or following.form == "demonym":
            continue
        if not words.near(name.first, following.first) or following.first - name.last > 6:
            continue
        gap = words.lower[name.last : following.first]
        comma = gap in ([","], ["("])
        if name.form == "unknown" and not comma:
            continue
        led = (gap and gap[0] in {"in", "of"}) or gap[:2] == [",", "in"]
        led = led and all(
            w in table("modifiers") or w in {"in", ",", "the", "of"} | table("place_nouns") for w in gap
        )
        if (comma or led) and _is_wider(following, name, comma):
            name.wider = [following, *following.wider[:2]]
            following.widens = True


def _is_wider(following: Name, name: Name, comma: bool) -> bool:
    ranks = [RANK[p.kind] for p in following.candidates] or [RANK[following.typed or "site"]]
    if name.typed:
        own = [RANK[name.typed]]
    elif name.candidates and name.candidates[0].kind in {"country", "region"}:
        # "Ohio, Oregon and Utah" is a list, though there are towns of these names; "Delaware, Ohio" is none.
        first = RANK[name.candidates[0].kind]
        inside = any(p.kind == "city" and lies_in(p, following.candidates) > 5 for p in name.candidates)
        # "China, Japan and Iraq" are no towns of each other; "Lebanon, Indiana" is one.
        inside = inside and (first < RANK["country"] or max(ranks) < RANK["country"])
        own = [1 if inside and not following.wider and first >= max(ranks) else first]
    else:
        own = [RANK[p.kind] for p in name.candidates] or [0]
    if max(ranks) > min(own):
        return min(own) < 4
    return comma and min(own) == 1 and max(ranks) == 1 and name.typed == "city"


def _read_roles(words: Words, names: list[Name], at: dict[int, Name]) -> dict[int, Reading]:
    readings: dict[int, Reading] = {}
    inner: list[tuple[Name, int]] = []
    site = 0
    for name in names:
        if name.inner:
            inner.append((name, site))
        else:
            site = name.first
            readings[name.first] = read_role(words, name, at, readings)
    for name, _ in inner:
        # The town in the name of its airport shares the word, and tells no more than where that is.
        readings.setdefault(name.first, Reading("other", None, "part of a site's name"))
    return readings


def _keep(words: Words, names: list[Name], readings: dict[int, Reading], at: dict[int, Name]) -> list[Name]:
    """Leave out people, firms, and words in capitals."""
    people: set[str] = set()
    sure: set[str] = set()
    for name in names:
        if name.form == "place" and not name.inner:
            if is_person(words, name, at) and words.sentence[name.first] not in words.loud:
                people.update(words.lower[name.first : name.last])
            elif readings[name.first].role in CUED or name.wider:
                sure.add(words.phrase(name.first, name.last).lower())
        elif name.form == "unknown":
            people.update(words.lower[i] for i in range(*name.run) if name.run[1] - name.run[0] > 1)
    return [n for n in names if _is_kept(words, n, readings[n.first], at, people, sure)]


def _is_kept(
    words: Words, name: Name, reading: Reading, at: dict[int, Name], people: set[str], sure: set[str]
) -> bool:
    if name.form in {"demonym", "site"}:
        return not (name.form == "site" and is_person(words, name, at))
    cued = (reading.role in CUED and reading.reason != "named after it") or bool(name.wider)
    if name.form == "unknown":
        return _is_village(words, name, reading)
    if name.form == "area":
        return True
    places = name.candidates
    if all(p.short for p in places):
        return _has_company(words, name, at)
    if name.inner:
        return not places[0].weak
    loud = words.sentence[name.first] in words.loud
    text = words.phrase(name.first, name.last)
    first = places[0]
    if text.isupper() and len(text) <= 5 and first.kind != "country" and not _may_shout(words, name, reading):
        return False
    if any(place.given for place in places):
        return cued or not is_person(words, name, at)
    led_by_article = name.first > 0 and words.lower[name.first - 1] == "the" and not loud
    whole = name.last == name.run[1] and name.first == name.run[0] and _stands_alone(words, name.last)
    if (
        led_by_article
        and not name.wider
        and (first.weak or (whole and all(p.kind == "city" for p in places)))
    ):
        # "Shots were fired from the Durango."
        return False
    wide = not first.weak and (first.kind == "country" or (first.kind == "region" and first.population == 0))
    if not loud and is_person(words, name, at):
        if is_part_of_organisation(words, name):
            return wide or not first.weak
        return (
            wide and first.name not in NAMED_LIKE_PEOPLE and name.last - name.first == name.last - name.run[0]
        )
    if text.lower() in people and not cued and not wide:
        return False
    led = bool(LEADING.intersection((reading.cue or "").lower().split()))
    if (cued or led) and not (loud and first.weak):
        return led or not all(p.weak for p in places) or bool(name.wider) or reading.role == "dateline"
    if wide:
        return True
    most = max(p.population for p in places)
    if text.lower() in sure:
        return not (words.opens[name.first] and first.weak)
    if first.weak:
        return most >= 5 * LARGE and not words.opens[name.first]
    return most >= LARGE if not words.opens[name.first] else most >= 2 * LARGE


def _stands_alone(words: Words, i: int) -> bool:
    """Tell whether no noun follows a name, to which "the" would belong: "the London attacks"."""
    if i >= len(words):
        return True
    low = words.lower[i]
    return not low[0].isalnum() or low in wordorder.VERBS | wordorder.AUXILIARIES | wordorder.PREPOSITIONS


def _may_shout(words: Words, name: Name, reading: Reading) -> bool:
    """A short word in capitals is a town in a dateline or headline, and else an organisation: "LIMA", "FAO"."""
    if all(p.geonameid is None for p in name.candidates):
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


@lru_cache(maxsize=4096)
def _read_outside(gazetteer: Gazetteer, text: str) -> tuple[Place, ...]:
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


def _publisher(gazetteer: Gazetteer, name: str) -> tuple[Place, ...]:
    """The plain places in a publisher's name, and the country of its domain: "dailystar.com.ng"."""
    ending = re.search(r"\w\.([a-z]{2})$", name.strip().lower())
    code = {"uk": "GB"}.get(ending[1], ending[1].upper()) if ending else ""
    home = gazetteer.country(code)
    return (*_read_outside(gazetteer, name), *([home] if home is not None else []))


def _mentions(
    words: Words, names: list[Name], readings: dict[int, Reading], about: Focus
) -> Iterator[Mention]:
    around: dict[int, list[Place]] = {}
    senses: dict[tuple[str, str | None], Resolved] = {}
    order = sorted(names, key=lambda n: (not n.wider, n.typed is None, n.first))
    results: dict[int, Resolved] = {}
    for name in order:
        key = (words.phrase(*name.core).lower(), name.typed)
        known = senses.get(key) or (senses.get((key[0], "city")) if name.typed is None else None)
        own = bool(name.wider) or name.within is not None
        if known is not None and known.place is not None and not own:
            results[id(name)] = known
        else:
            results[id(name)] = resolve(name, about, around.get(words.sentence[name.first], [])[-NEIGHBOURS:])
            senses.setdefault(key, results[id(name)])
        place = results[id(name)].place
        if place is not None:
            around.setdefault(words.sentence[name.first], []).append(place)
    kept = {id(name) for name in names}
    for n, name in enumerate(names):
        inner = names[n + 1] if n + 1 < len(names) and names[n + 1].inner else None
        if name.cue in WATERS or (inner is not None and not is_own(results[id(inner)].place, inner)):
            inner = None
        beside = [results[id(near)] for near in (inner, *name.wider[:1], name.within) if id(near) in results]
        yield _mention(words, name, readings[name.first], _beside(results[id(name)], beside), kept)


def _beside(result: Resolved, beside: list[Resolved]) -> tuple[Resolved, Place | None]:
    """Give a site or village that the gazetteer lacks the coordinates of the town named in it or beside it."""
    if result.place is not None:
        return result, result.place
    towns = (r.place for r in beside if r.place is not None and r.place.kind in {"city", "county"})
    return result, next((p for p in towns if result.country in {None, p.country}), None)


def _is_in_town(name: Name) -> bool:
    """A district of a town is a neighbourhood: "Cairo's Abbassiya district"."""
    if name.in_town:
        return True
    beside = [*name.wider[:1], *([name.within] if name.within is not None else [])]
    return any(p.kind == "city" and p.population >= LARGE for n in beside for p in n.candidates[:3])


def _mention(
    words: Words, name: Name, reading: Reading, found: tuple[Resolved, Place | None], kept: set[int]
) -> Mention:
    result, at = found
    place = result.place
    first, last = name.first, name.last
    label = place.kind if place is not None else name.typed or "city"
    if name.inner:
        reading = Reading("other", None, "part of a site's name")
    if name.typed == "site" or (name.typed == "city" and place is None):
        label = name.typed
    elif name.cue in {"district", "area", "zone"} and _is_in_town(name):
        label = "city"
    if label == "county":
        label = "region"
    return Mention(
        words.start[first],
        words.end[last - 1],
        label,
        f"places.{name.form}",
        {
            "name": place.name
            if place is not None
            else words.phrase(*name.core if name.form == "area" else (first, last)),
            "country": result.country or (at.country if at is not None else None) or None,
            "geonameid": place.geonameid if place is not None else None,
            "lat": at.lat if at is not None else None,
            "lon": at.lon if at is not None else None,
            "admin1": at.admin1 if at is not None else None,
            "role": reading.role,
            "cue": reading.cue or name.cue,
            "chain": [[words.start[w.first], words.end[w.last - 1]] for w in name.wider if id(w) in kept],
            "inner": name.inner,
            "score": result.score,
            "reason": f"{reading.reason}; {result.reason}",
        },
    )
