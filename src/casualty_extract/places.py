"""Where: the places that a text names, what they are, and what they do in their sentences.

*Finds* countries, regions, towns and sites ("Mosul", "Nineveh province", "Tabqa Dam", "Interstate 40",
"the village of Al Shouka"), datelines ("BAGHDAD (AP) -"), words for nations ("Syrian"), and continents, where
nothing happens by their role.
*Leaves alone* people ("Paris Hilton", "Mr. Houston"), everyday words in capitals ("Police"), and
names that neither the gazetteer nor a word beside them makes a place.
*Marks* the layer `places`: label `country`, `region`, `city` or `site`; value `name`, `country`,
`geonameid`, `lat`, `lon`, `role` (`location`, `dateline`, `source`, `demonym`, `other`), `cue` (the
words that show the role), `chain` (offsets of the wider places that follow), `inner` (part of a
site's name), `score` and `reason`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from casualty_extract.facts import facts
from casualty_extract.lexicon.gazetteer import Place
from casualty_extract.mentions import Mention
from casualty_extract.places_candidates import RANK, has_large_town, is_own, lies_in
from casualty_extract.places_choice import LARGE, choose
from casualty_extract.places_focus import Focus, Outside, focus, is_at_home, learn
from casualty_extract.places_home import read_headline, read_home, read_publisher
from casualty_extract.places_names import read_names
from casualty_extract.places_resolution import Resolved, resolve
from casualty_extract.places_roles import Reading, read_role
from casualty_extract.places_words import WATERS, Name, Words, table

__all__ = ["find"]

# So many places before it in the sentence bear on a name.
NEIGHBOURS = 20


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
    kept, perhaps = choose(words, names, readings, at)
    outside = Outside(
        read_headline(words.gazetteer, facts(doc).title or ""),
        read_publisher(words.gazetteer, facts(doc).publisher or ""),
        read_home(words),
    )
    about = focus(kept, [readings[n.first].role for n in kept], outside)
    more = {id(name) for name in perhaps if is_at_home(name, about)}
    if more:
        chosen = {id(name) for name in kept} | more
        kept = [name for name in names if id(name) in chosen]
        about = focus(kept, [readings[n.first].role for n in kept], outside)
    results = _resolve(words, kept, about)
    if learn(about, [(name, results[id(name)].place, results[id(name)].score) for name in kept]):
        # What the names of many meanings turned out to mean bears on one another.
        results = _resolve(words, kept, about)
    yield from _mentions(words, kept, readings, results)


def _link_chains(words: Words, names: list[Name]) -> None:
    """Join each name to the wider ones right after it: "Mosul, Nineveh province, Iraq"."""
    outer = [name for name in names if not name.inner]
    after: Name | None = None
    for name, following in zip(outer[::-1][1:], outer[::-1][:-1], strict=True):
        listed, after = _is_list(words, [name, following, after]), following
        if listed and not has_large_town(following.candidates[0], following.candidates):
            name.beside = following
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
        if (comma or led) and not listed and _is_wider(following, name, comma):
            name.wider = [following, *following.wider[:2]]
            following.widens = True


def _is_list(words: Words, names: list[Name | None]) -> bool:
    """Tell whether three names are regions in a row: "Washington, Pennsylvania, and Ohio" is in no Pennsylvania."""
    first, second, third = names
    if first is None or second is None or third is None:
        return False
    if any(not n.candidates or n.candidates[0].kind != "region" for n in (first, second, third)):
        return False
    gaps = [words.lower[first.last : second.first], words.lower[second.last : third.first]]
    return gaps[0] == [","] and gaps[1] in ([","], ["and"], [",", "and"], ["or"], [",", "or"])


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


def _resolve(words: Words, names: list[Name], about: Focus) -> dict[int, Resolved]:
    """Choose the place of each name, those first that wider places stand beside; a name keeps its meaning."""
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
    return results


def _mentions(
    words: Words, names: list[Name], readings: dict[int, Reading], results: dict[int, Resolved]
) -> Iterator[Mention]:
    kept = {id(name) for name in names}
    for n, name in enumerate(names):
        inner = names[n + 1] if n + 1 < len(names) and names[n + 1].inner else None
        if name.cue in WATERS or (inner is not None and not is_own(results[id(inner)].place, inner)):
            inner = None
        own = _town_of(name, results[id(name)])
        beside = [results[id(near)] for near in (inner, *name.wider[:1], name.within) if id(near) in results]
        yield _mention(words, name, readings[name.first], _beside(results[id(name)], beside, own), kept)


def _town_of(name: Name, result: Resolved) -> Place | None:
    """Give the town whose name an area has that the gazetteer lacks: "Las Vegas Valley"."""
    if result.place is not None or name.form != "area" or name.typed == "county":
        return None
    towns = [p for p in name.candidates if p.kind == "city" and is_own(p, name)]
    if result.country is None:
        towns = [p for p in towns if p.population >= LARGE]
    else:
        towns = [p for p in towns if p.country == result.country]
    return max(towns, key=lambda p: p.population, default=None)


def _beside(result: Resolved, beside: list[Resolved], own: Place | None) -> tuple[Resolved, Place | None]:
    """Give a site or village that the gazetteer lacks the coordinates of the town named in it or beside it."""
    if result.place is not None:
        return result, result.place
    towns = (r.place for r in beside if r.place is not None and r.place.kind in {"city", "county"})
    return result, next((p for p in towns if result.country in {None, p.country}), own)


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
