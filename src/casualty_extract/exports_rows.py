"""One neutral row an incident, from one article or from all articles of an archive that tell of it.

What every data set asks for is settled here once: when, where, by what, how many, who says so. Nothing comes from
elsewhere than the claims of the incident and what is known of their articles. Claims that are denied or hypothetical
tell neither when nor where; parts of a figure do so only where no whole does.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from casualty_extract.exports_figures import Count, Part, Sums, Vague, joined, settled
from casualty_extract.exports_figures import read as add_up
from casualty_extract.exports_places import Spots, Where, locate, spots
from casualty_extract.linking_records import LinkedIncident
from casualty_extract.records import CauseLabel, Claim, Document, Extraction, Incident, Time
from casualty_extract.tolls import SURE

__all__ = ["ACCIDENTS", "DISASTERS", "HEALTH", "VIOLENCE", "Cell", "Row", "Source", "Told", "gather", "read"]

DISASTERS: frozenset[CauseLabel] = frozenset(
    {"earthquake", "flood", "storm", "landslide", "volcano", "tsunami", "wildfire", "heat", "cold"}
)
HEALTH: frozenset[CauseLabel] = frozenset({"disease", "famine"})
ACCIDENTS: frozenset[CauseLabel] = frozenset(
    {"fire", "crash", "shipwreck", "collapse", "stampede", "poisoning"}
)
"""Causes that are accidents unless the text names somebody who did it, or says that it was meant. An explosion may be
a bomb that nobody has named yet, and is none of them."""
VIOLENCE: frozenset[CauseLabel] = frozenset(
    {
        "airstrike", "shelling", "missile", "drone", "bombing", "shooting", "stabbing", "clash", "execution",
        "massacre", "landmine", "vehicle_attack", "chemical", "crackdown", "riot",
    }
)  # fmt: skip
ARSON = "arson"
UNTRUE = frozenset({"denied", "hypothetical"})
FIGHTING = frozenset({"combatant", "police"})
BODILY = frozenset({"killed", "injured", "casualties"})
Cell = str | int | float | date | None
"""What a cell of a row holds; None where the text supports nothing."""
LONGEST_DAY = 1
"""How many days after the first the last day of a single event lies at most: a night has two."""


class Interval(NamedTuple):
    """The days on which an event can have happened, as one time of the text tells them.

    Attributes:
        first: the first of them; None where the start is open or not known.
        last: the last of them; None where the end is.
        two_days: whether it was the first or the last, and no day between.
    """

    first: date | None
    last: date | None
    two_days: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """An article that tells of an incident.

    Attributes:
        document: its id.
        outlet: who published it; else the host of its address.
        headline: its headline.
        published: its day of publication.
        url: its address.
        copied: whether it repeats the words and tolls of an earlier one.
    """

    document: str
    outlet: str | None
    headline: str | None
    published: date | None
    url: str | None
    copied: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What one article tells of one incident: so much of it as rows need, for an archive is kept in memory.

    Attributes:
        key: the ids of the article and of the incident in it.
        id: made from the article and the first claim.
        source: the article.
        cumulative: whether it is a running total.
        intervals: when, by each of its claims that tells it.
        places: where, by each of its claims that tells it.
        cause: the cause, as in the incident.
        cause_words: the words for its causes.
        actor: who did it or is blamed, as in the incident.
        actors: all who are said to have done it.
        sums: how many people, by kind of people.
        harms: the harms to people that its claims tell of.
        stands: whether any of its claims is more than denied or hypothetical.
        deliberate: whether a claim says that the harm was meant.
        aimed: whether it was meant and met civilians; None where it met fighters or police.
        names: the victims who are named.
        voices: who states the figures, by name.
        claims: each figure on one line.
        sentence: the first sentence that tells of it.
        settled: whether a policy set the number of a vague word.
    """

    key: tuple[str, str]
    id: str
    source: Source
    cumulative: bool
    intervals: tuple[Interval, ...]
    places: tuple[Spots, ...]
    cause: CauseLabel | None
    cause_words: tuple[str, ...]
    actor: str | None
    actors: tuple[str, ...]
    sums: Mapping[Part, Sums]
    harms: frozenset[str]
    stands: bool
    deliberate: bool
    aimed: bool | None
    names: tuple[str, ...]
    voices: tuple[str, ...]
    claims: tuple[str, ...]
    sentence: str
    settled: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One incident, in no data set's columns.

    Attributes:
        id: made from the first claim that tells of it: 24 hexadecimal digits.
        scope: "cumulative" for a running total, else "event".
        first: the first day on which it can have happened; None where it is open or not known.
        last: the last such day.
        two_days: whether it was the first or the last, and no day between: a date in figures with two readings.
        where: its place.
        cause: the cause, as in the incident.
        cause_words: the words for its causes.
        actor: who did it or is blamed, as in the incident.
        actors: all who are said to have done it.
        counts: how many people, by kind of people and harm.
        harms: the harms to people that its claims tell of.
        stands: whether any of its claims is more than denied or hypothetical.
        deliberate: whether a claim says that the harm was meant.
        aimed: whether it was meant and met civilians alone.
        names: the victims who are named.
        sources: the articles, in order of publication.
        voices: who states the figures, by name.
        claims: each figure on one line, with its harm, status, source and article.
        sentence: the first sentence that tells of it.
        settled: whether a policy set the number of a vague word.
    """

    id: str
    scope: Literal["event", "cumulative"]
    first: date | None
    last: date | None
    two_days: bool
    where: Where
    cause: CauseLabel | None
    cause_words: tuple[str, ...]
    actor: str | None
    actors: tuple[str, ...]
    counts: Mapping[tuple[Part, str], Count]
    harms: frozenset[str]
    stands: bool
    deliberate: bool
    aimed: bool
    names: tuple[str, ...]
    sources: tuple[Source, ...]
    voices: tuple[str, ...]
    claims: tuple[str, ...]
    sentence: str
    settled: bool

    @property
    def days(self) -> int | None:
        """How many days the incident can have happened on; None where an end is open."""
        return (self.last - self.first).days + 1 if self.first and self.last else None

    @property
    def number(self) -> int:
        """The id as a whole number below 2**52, which every program keeps exactly."""
        return int(self.id[:13], 16)

    @property
    def is_no_violence(self) -> bool:
        """Whether its cause is a disaster, a disease, or an accident that nobody is said to have brought about."""
        if self.cause in ACCIDENTS:
            is_arson = any(ARSON in words.lower() for words in self.cause_words)
            return not (self.actors or self.deliberate or is_arson)
        return self.cause in DISASTERS | HEALTH

    @property
    def why_no_event(self) -> str | None:
        """Why it is no event that happened, in words; None where it is one."""
        if not self.stands:
            return "denied or hypothetical"
        return "running total" if self.scope == "cumulative" else None

    @property
    def why_no_violence(self) -> str | None:
        """Why it is no event of violence, in words; None where it is one."""
        return self.why_no_event or ("disaster or accident" if self.is_no_violence else None)

    def count(self, harm: str, part: Part = "all") -> Count | None:
        """Give how many people suffered a harm; None where nothing tells.

        "No casualties" tells that nobody was killed and nobody injured, and of nobody no civilian.
        """
        found = self.counts.get((part, harm))
        if found is not None:
            return found
        whole = self.counts.get(("all", harm))
        if whole is None and harm in BODILY:
            whole = self.counts.get(("all", "casualties"))
        return whole if whole is not None and whole.high == 0 else None


def read(extraction: Extraction, vague: Vague = "keep") -> list[Told]:
    """Read what an article tells of each of its incidents.

    >>> from casualty_extract import extract
    >>> [told] = read(extract("A bomb killed 12 people in Mosul on Friday.", published="2017-09-03"))
    >>> told.intervals
    (Interval(first=datetime.date(2017, 9, 1), last=datetime.date(2017, 9, 1), two_days=False),)

    Args:
        extraction: its claims and incidents.
        vague: what becomes of vague words.
    """
    by_id = {claim.id: claim for claim in extraction.claims}
    made = []
    for incident in extraction.incidents:
        own = [by_id[name] for name in incident.claims if name in by_id]
        if own:
            numbered = settled(own, vague)
            acted = any(a is not b for a, b in zip(own, numbered, strict=True))
            made.append(_told(extraction.document, incident, numbered, acted))
    return made


def _told(document: Document, incident: Incident, claims: Sequence[Claim], acted: bool) -> Told:
    true = [c for c in claims if c.status not in UNTRUE]
    wholes = [c for c in true or claims if c.part_of is None]
    people = [c for c in claims if c.unit == "people" and c.harm is not None]
    met = [c for c in people if c.status not in UNTRUE]
    times = [t for c in wholes if (t := c.time)] or [t for c in true or claims if (t := c.time)]
    places = [p for c in wholes if (p := spots(c.places))] or [
        p for c in true or claims if (p := spots(c.places))
    ]
    kinds = {c.victims.category for c in met if c.victims and c.harm and c.harm.label in BODILY}
    meant = any(c.intent == "deliberate" for c in met)
    return Told(
        key=(document.id, incident.id),
        id=_name(document, claims[0]),
        source=_source(document),
        cumulative=claims[0].scope == "cumulative",
        intervals=tuple(_interval(time) for time in times),
        places=tuple(places),
        cause=incident.cause,
        cause_words=_once(c.cause.text for c in claims if c.cause),
        actor=incident.perpetrator,
        actors=_once(c.perpetrator.text for c in claims if c.perpetrator),
        sums=add_up(claims),
        harms=frozenset(c.harm.label for c in people if c.harm),
        stands=bool(true),
        deliberate=meant,
        aimed=(meant and "civilian" in kinds) if not kinds & FIGHTING else None,
        names=_once(c.quantity.text for c in people if c.quantity.form == "name" and c.status in SURE),
        voices=_once(c.attribution.source.name for c in claims if c.attribution),
        claims=tuple(_line(c) for c in claims),
        sentence=" ".join((wholes or list(claims))[0].evidence.text.split()),
        settled=acted,
    )


def _name(document: Document, first: Claim) -> str:
    told = "\n".join((str(document.published), document.sha256, document.id, first.id))
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def _source(document: Document) -> Source:
    outlet = document.publisher or _host(document.url)
    return Source(document.id, outlet, document.title, document.published, document.url)


def _host(url: str | None) -> str | None:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _interval(time: Time) -> Interval:
    first, last = time.earliest, time.latest
    if not time.ambiguous or first is None or last is None:
        return Interval(first, last)
    # 02/03/2017 was the second of March or the third of February.
    days = [first, last, *(turned for day in (first, last) if (turned := _turned(day)))]
    return Interval(min(days), max(days), two_days=True)


def _turned(day: date) -> date | None:
    try:
        return date(day.year, day.day, day.month)
    except ValueError:
        return None


def _line(claim: Claim) -> str:
    what = claim.harm.label if claim.harm else claim.unit
    who = claim.attribution.source.name if claim.attribution else "reporter"
    kind = f" {claim.victims.text}" if claim.victims and claim.victims.text else ""
    bound = "" if claim.quantity.qualifier in {"exact", "between"} else f"{claim.quantity.qualifier} "
    # What is counted where it is no people, and why a figure must not be added to the others.
    unit = f" {claim.unit}" if claim.harm and claim.unit != "people" else ""
    scope = "" if claim.scope == "event" else f", {claim.scope}"
    part = ", part of another" if claim.part_of else ""
    told = f"{bound}{claim.quantity.text}{kind}{unit} {what}{scope}{part}, {claim.status}, {who}"
    return " ".join(told.split())


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(value.split()) for value in values))


def gather(told: Sequence[Told], linked: LinkedIncident | None = None) -> Row:
    """Make the row of an incident.

    >>> from casualty_extract import extract
    >>> row = gather(read(extract("A bomb killed 12 people in Mosul on Friday.", published="2017-09-03")))
    >>> row.first, row.where.name, row.cause, row.count("killed").best("toll")
    (datetime.date(2017, 9, 1), 'Mosul', 'bombing', 12)

    Args:
        told: what each article tells of it: one article, or the members of `linked` in their order.
        linked: the incident of the archive.
    """
    copies = {(m.document, m.incident) for m in linked.members if m.copy_of is not None} if linked else set()
    own = [t for t in told if t.key not in copies] or list(told)
    first, last, two_days = _when(interval for t in own for interval in t.intervals)
    day = {t.key: t.source.published.toordinal() if t.source.published else 0 for t in told}
    head = own[0]
    aims = {t.aimed for t in own}
    return Row(
        id=linked.id if linked else head.id,
        scope="cumulative" if head.cumulative else "event",
        first=first,
        last=last,
        two_days=two_days,
        where=locate(row for t in own for row in t.places),
        cause=linked.cause if linked else head.cause,
        cause_words=_once(word for t in own for word in t.cause_words),
        actor=linked.perpetrator if linked else head.actor,
        actors=_once(actor for t in own for actor in t.actors),
        counts=joined((t.source.document, day[t.key], t.sums, t.key in copies) for t in told),
        harms=frozenset(harm for t in own for harm in t.harms),
        stands=any(t.stands for t in own),
        deliberate=any(t.deliberate for t in own),
        aimed=True in aims and None not in aims,
        names=_once(name for t in own for name in t.names),
        sources=tuple(_marked(t.source, t.key in copies) for t in told),
        voices=_once(voice for t in own for voice in t.voices),
        claims=tuple(f"{line} ({t.source.document})" for t in told for line in t.claims),
        sentence=head.sentence,
        settled=any(t.settled for t in own),
    )


def _marked(source: Source, copied: bool) -> Source:
    return Source(source.document, source.outlet, source.headline, source.published, source.url, copied)


def _when(intervals: Iterable[Interval]) -> Interval:
    """The interval that is told most often, one of a day or a night before all others."""
    told = Counter(intervals)

    def rank(interval: Interval) -> tuple[object, ...]:
        first, last = interval.first, interval.last
        # What is open ranks behind all that is not.
        days = (last - first).days if first and last else date.max.toordinal()
        return days > LONGEST_DAY, first is None or last is None, -told[interval], days, str(interval)

    return min(told, key=rank, default=Interval(None, None))
