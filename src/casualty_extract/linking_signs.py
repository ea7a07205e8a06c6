"""What of an incident speaks for its being the same as another's: features, weights, and what rules it out.

Two incidents of different articles are taken for one where nothing contradicts it and the weights of what they
share reach `ENOUGH`. The weights are set by hand, each with its reason beside it, and say so many points; they
were measured on made archives only, see the evaluation.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from sys import intern

from casualty_extract.lexicon.gazetteer.entries import kilometres
from casualty_extract.linking_history import Line, Sum, line, sums
from casualty_extract.linking_records import Sign
from casualty_extract.records import Claim, Extraction, Incident

__all__ = ["ENOUGH", "Signs", "compare", "contradict", "read", "score"]

ENOUGH = 6.0
"""The points of one day and one town, and of nothing else: less does not link."""
DAY = 3.0
"""The same day: half of what is needed, for a place must come to it."""
NEXT_DAY = 1.0
"""A day apart: time zones and nights do that, but so do two attacks on one town."""
WEEK = 1.5
"""Intervals of at most a week that overlap."""
SPAN = 0.5
"""Longer intervals that overlap, a month or a year."""
TOWN = 3.0
"""The same town or site."""
NEAR = 2.0
"""Towns so near that one is told for the other."""
REGION = 1.0
COUNTRY = 0.5
CAUSE = 1.5
LIKE_CAUSE = 0.75
"""Causes that one event is told by: a bombing is an explosion too."""
FIGURE = 2.0
"""The same figure of `TELLING` people or more: hardly two events of one day have it."""
SMALL_FIGURE = 1.0
LIKE_FIGURE = 0.5
"""Figures of which the smaller is at least half of the greater: tolls rise."""
OTHER_FIGURE = -1.5
"""Deaths of which the smaller are less than a fifth of the greater: tolls seldom rise so far."""
ACTOR = 1.0
NAME = 3.0
"""The same named victim."""
WORDS = 1.0
"""Telling words in common, a market or a school: at most so much."""
COPY = 6.0
"""Nearly the same words, and a figure in common."""
TELLING = 10
"""From how many people on a figure tells an event from others."""
NEWS = 7
"""So many days at most after an event, or apart, an article without a day that tells of its town, cause and figure
is taken to tell of it: news is of the week, unless it says otherwise."""
REACH, WIDE_REACH = 30.0, 300.0
"""So many kilometres apart at most are two towns of one event; of an earthquake, flood or storm."""
RECALLED, RECENT = 60, 14
"""So many days after an event at most an article without a day tells of it; and so many days apart two such ones."""

WIDE = frozenset(
    {"earthquake", "flood", "storm", "tsunami", "heat", "cold", "wildfire", "volcano", "disease", "famine"}
)
"""Causes that harm a country's towns at once."""
_KIN = (
    ("bombing", "explosion", "landmine", "vehicle_attack"),
    ("airstrike", "shelling", "missile", "drone", "bombing", "explosion"),
    ("shooting", "clash", "execution", "massacre", "stabbing", "crackdown", "riot"),
    ("bombing", "clash", "massacre"),
    ("flood", "storm", "landslide", "shipwreck"),
    ("earthquake", "tsunami", "landslide", "volcano", "collapse"),
    ("fire", "wildfire", "explosion", "heat", "poisoning", "chemical"),
    ("crash", "vehicle_attack", "fire"),
    ("collapse", "explosion", "stampede", "fire"),
    ("disease", "famine", "poisoning"),
)
_WORD = re.compile(r"[a-z]{5,}")
_COMMON = frozenset(
    "about after another attack attacks before being between civilians could dead deaths died during early following"
    " friday government hospital hundreds including injured injuries killed killing least local militants minister"
    " monday nearly number officer officers official officials other others people persons police provincial reported"
    " saturday security several since soldiers sources spokesman state statement sunday their there those thursday"
    " toll tuesday under victims wednesday where which while women wounded would wounding".split()
)
MOST_WORDS = 24


@dataclass(frozen=True, slots=True)
class Signs:
    """What is compared of one incident of an article.

    Attributes:
        key: orders incidents whatever the order they came in: day of publication, text, article, number.
        document: the article's id.
        name: the incident's id in the article.
        cause: the label of its cause.
        perpetrator: who did it.
        places: the names of its places.
        lines: its claims.
        sums: its tolls, over all victims.
        first: the first day, as an ordinal; 0 where it is not known.
        last: the last day; 0 where it is not known.
        towns: towns and sites with their coordinates.
        regions: names of regions.
        countries: codes of countries.
        actors: the words of who did it.
        figures: for each harm the number of people.
        names: the named victims.
        words: telling words of its sentences.
    """

    key: tuple[int, str, str, int]
    document: str
    name: str
    cause: str | None
    perpetrator: str | None
    places: tuple[str, ...]
    lines: tuple[Line, ...]
    sums: tuple[Sum, ...]
    first: int
    last: int
    towns: tuple[tuple[str, float, float], ...]
    regions: tuple[str, ...]
    countries: tuple[str, ...]
    actors: tuple[str, ...]
    figures: tuple[tuple[str, int], ...]
    names: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def published(self) -> int:
        """The day of publication as an ordinal, 0 where it is not known."""
        return self.key[0]

    @property
    def cumulative(self) -> bool:
        """Whether it is a running total."""
        return self.lines[0].scope == "cumulative"

    @property
    def stance(self) -> tuple[object, ...]:
        """All that `contradict` asks: two incidents of one stance contradict the same ones."""
        return (
            self.cumulative,
            self.first,
            self.last,
            self.towns,
            self.countries,
            self.cause,
            self.published,
        )


def read(extraction: Extraction) -> list[Signs]:
    """Read the signs of all incidents of an article.

    >>> from casualty_extract import extract
    >>> [signs] = read(extract("A bomb killed 12 people in Mosul on Friday.", published="2017-09-03"))
    >>> signs.towns, signs.figures, signs.last - signs.first
    ((('99072', 36.335, 43.1189),), (('killed', 12),), 0)
    """
    document = extraction.document
    published = document.published.toordinal() if document.published else 0
    claims = {claim.id: claim for claim in extraction.claims}
    found = []
    for number, incident in enumerate(extraction.incidents):
        own = tuple(claims[c] for c in incident.claims if c in claims)
        if own:
            key = (published, document.sha256, document.id, number)
            found.append(_signs(key, document.id, incident, own))
    return found


def _signs(
    key: tuple[int, str, str, int], document: str, incident: Incident, claims: tuple[Claim, ...]
) -> Signs:
    time = incident.time
    first = time.earliest.toordinal() if time and time.earliest else 0
    last = time.latest.toordinal() if time and time.latest else 0
    places = [place for claim in claims for place in claim.places]
    towns = {
        (intern(str(p.geonameid or p.name.casefold())), p.lat, p.lon): None
        for p in places
        if p.kind in {"city", "site"} and p.lat is not None and p.lon is not None
    }
    names = [c.quantity.text.casefold() for c in claims if c.quantity.form == "name"]
    actors = [w for c in claims if c.perpetrator for w in _words(c.perpetrator.text)]
    words = [w for c in claims for w in _words(c.evidence.text) if w not in _COMMON]
    lines = tuple(line(claim) for claim in claims)
    added = sums(incident.tolls, lines)
    return Signs(
        key=key,
        document=document,
        name=incident.id,
        cause=incident.cause,
        perpetrator=incident.perpetrator,
        places=tuple(intern(name) for name in incident.places),
        lines=lines,
        sums=added,
        first=first,
        last=last,
        towns=tuple(towns)[:8],
        regions=tuple(dict.fromkeys(intern(p.name) for p in places if p.kind == "region")),
        countries=tuple(dict.fromkeys(intern(p.country) for p in places if p.country)),
        actors=tuple(dict.fromkeys(actors)),
        figures=_figures(added, lines),
        names=tuple(dict.fromkeys(name for name in names if " " in name)),
        words=tuple(dict.fromkeys(words))[:MOST_WORDS],
    )


def _words(text: str) -> list[str]:
    return [intern(word) for word in _WORD.findall(text.casefold())]


def _figures(added: tuple[Sum, ...], lines: tuple[Line, ...]) -> tuple[tuple[str, int], ...]:
    found = {harm: best for harm, _, best, _, _ in added if best is not None}
    if not found:
        # Doubtful and denied figures make no toll, yet tell the event.
        for ln in lines:
            if ln.harm and ln.best is not None:
                found[ln.harm] = max(ln.best, found.get(ln.harm, 0))
    return tuple(found.items())


def contradict(a: Signs, b: Signs) -> bool:
    """Tell whether two incidents cannot be one: by scope, day, place or cause."""
    if a.cumulative != b.cumulative:
        return True
    if a.countries and b.countries and not _share(a.countries, b.countries):
        return True
    if not _are_alike(a.cause, b.cause):
        return True
    if a.cumulative:
        return False
    if _is_before(a, b) or _is_before(b, a):
        return True
    if a.first and a.last and b.first and b.last and max(a.first - b.last, b.first - a.last) > 1:
        return True
    if a.towns and b.towns:
        wide = a.cause in WIDE or b.cause in WIDE
        return _apart(a, b) > (WIDE_REACH if wide else REACH)
    return False


def _is_before(a: Signs, b: Signs) -> bool:
    """No article tells of an event that is yet to come; a day is left for time zones."""
    return bool(a.published and b.first and a.published + 1 < b.first)


def _share(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return any(value in b for value in a)


def _are_alike(a: str | None, b: str | None) -> bool:
    if a == b or a in {None, "other"} or b in {None, "other"}:
        return True
    return any(a in kin and b in kin for kin in _KIN)


def _apart(a: Signs, b: Signs) -> float:
    if any(mine[0] == theirs[0] for mine in a.towns for theirs in b.towns):
        return 0.0
    return min(kilometres(mine[1:], theirs[1:]) for mine in a.towns for theirs in b.towns)


def compare(a: Signs, b: Signs, copied: bool = False) -> tuple[float, tuple[Sign, ...]]:
    """Weigh what two incidents share.

    Args:
        a: an incident.
        b: another one.
        copied: whether their articles have nearly the same words.

    Returns:
        The points, below `ENOUGH` where they are not taken for one, and the signs behind them.
    """
    if contradict(a, b):
        return 0.0, ()
    weighed: dict[Sign, float] = {}
    if copied and (_share_figure(a, b) or a.names == b.names != ()):
        weighed["copy"] = COPY
    for sign, points in (_when(a, b), _where(a, b), _why(a, b), _how_many(a, b)):
        if sign:
            weighed[sign] = points
    if _share(a.names, b.names):
        weighed["same name"] = NAME
    if _share(a.actors, b.actors):
        weighed["same actor"] = ACTOR
    common = len(set(a.words) & set(b.words))
    if common >= 3:
        weighed["same words"] = WORDS * common / max(len(a.words), len(b.words))
    if a.cumulative:
        weighed = _of_totals(a, b, weighed)
    elif not _is_specific(a, b, weighed):
        return 0.0, ()
    return sum(weighed.values()), tuple(weighed)


def score(points: float) -> float:
    """Bring points between 0 and 1; `ENOUGH` is a half.

    >>> score(ENOUGH), score(ENOUGH + 3)
    (0.5, 0.953)
    """
    return round(1 / (1 + math.exp(ENOUGH - points)), 3)


def _share_figure(a: Signs, b: Signs) -> bool:
    return any(figure in b.figures for figure in a.figures) or a.figures == b.figures


def _when(a: Signs, b: Signs) -> tuple[Sign | None, float]:
    if not (a.first and a.last and b.first and b.last):
        return ("same week", WEEK) if _are_of_a_week(a, b) else (None, 0.0)
    if a.first > b.last or b.first > a.last:
        return "next day", NEXT_DAY
    span = max(a.last - a.first, b.last - b.first)
    if span <= 1:
        return "same day", DAY
    return ("same time", WEEK) if span <= 7 else ("same time", SPAN)


def _where(a: Signs, b: Signs) -> tuple[Sign | None, float]:
    if a.towns and b.towns:
        return ("same town", TOWN) if _apart(a, b) == 0 else ("near place", NEAR)
    if _share(a.regions, b.regions):
        return "same region", REGION
    return ("same country", COUNTRY) if _share(a.countries, b.countries) else (None, 0.0)


def _why(a: Signs, b: Signs) -> tuple[Sign | None, float]:
    mine, theirs = a.cause, b.cause
    if mine is None or theirs is None or "other" in {mine, theirs}:
        return None, 0.0
    return ("same cause", CAUSE) if mine == theirs else ("like cause", LIKE_CAUSE)


def _how_many(a: Signs, b: Signs) -> tuple[Sign | None, float]:
    mine, theirs = dict(a.figures), dict(b.figures)
    shared = [(harm, mine[harm], theirs[harm]) for harm in mine if harm in theirs]
    if any(x == y >= TELLING for _, x, y in shared):
        return "same figure", FIGURE
    if any(x == y > 0 for _, x, y in shared):
        return "same figure", SMALL_FIGURE
    for harm, x, y in shared:
        if harm == "killed" and max(x, y) >= TELLING and 5 * min(x, y) < max(x, y):
            return "other figure", OTHER_FIGURE
    like = any(2 * min(x, y) >= max(x, y) > 0 for _, x, y in shared)
    return ("like figure", LIKE_FIGURE) if like else (None, 0.0)


def _is_specific(a: Signs, b: Signs, weighed: dict[Sign, float]) -> bool:
    """Incidents of which one lacks time or place are one only as copies, by a name, or by cause and figure together."""
    timed = all(s.first and s.last for s in (a, b))
    placed = all(s.towns or s.regions or s.countries for s in (a, b))
    if "copy" in weighed or (timed and placed):
        return True
    if not timed and not _are_near_in_print(a, b):
        return False
    if "same name" in weighed:
        return True
    if {"same week", "same town", "same cause"} <= weighed.keys():
        return bool({"same figure", "like figure"} & weighed.keys())
    return timed != placed and "same cause" in weighed and weighed.get("same figure", 0) == FIGURE


def _are_near_in_print(a: Signs, b: Signs) -> bool:
    if a.last or b.last:
        dated, undated = (a, b) if a.last else (b, a)
        return not undated.published or 0 <= undated.published - dated.first <= RECALLED
    return bool(a.published and b.published) and abs(a.published - b.published) <= RECENT


def _are_of_a_week(a: Signs, b: Signs) -> bool:
    """Tell whether an article without a day is printed in the week of the other's event, or of the other."""
    mine, theirs = (s.last or s.published for s in (a, b))
    return bool(mine and theirs) and abs(mine - theirs) <= NEWS and _are_near_in_print(a, b)


def _of_totals(a: Signs, b: Signs, weighed: dict[Sign, float]) -> dict[Sign, float]:
    """Running totals are one where they count the same harm over the same places from the same day."""
    if "copy" in weighed:
        return weighed
    mine, theirs = a.lines[0], b.lines[0]
    same = (
        (mine.unit, mine.harm, mine.category, a.cause) == (theirs.unit, theirs.harm, theirs.category, b.cause)
        and bool(a.places)
        and sorted(a.places) == sorted(b.places)
    )
    since = bool(a.first) and a.first == b.first
    told = not a.first and not b.first and weighed.get("same figure") == FIGURE and _are_near_in_print(a, b)
    return {"same total": ENOUGH + 1, **weighed} if same and (since or told) else {}
