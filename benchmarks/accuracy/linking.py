"""How well incidents are linked: ``python benchmarks/accuracy/linking.py [--seed N] [--copies near|exact] [--wrong]``.

Composes an archive of 300 articles about 60 invented events in real towns (the same for the same seed): first
reports, tolls that rise, corrections, court stories and anniversaries months later, copies with small edits, running
totals, articles about something else, reports that lack town, day, figure or cause, and look-alikes (the same town
another day, the same day another town, the same country and cause, the same town and day by another cause). It extracts them, links what was extracted, and counts pairs of (article, incident in it):
of one event and linked, of one event and not linked, linked and not of one event. ``--wrong`` prints the latter two.

The texts are made of templates by the hand that wrote the rules, so the measure tells that the rules do what they
were written for, and not how they fare with news.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from typing import get_args

from casualty_extract import Article, Extraction, extract
from casualty_extract.lexicon.gazetteer import country, lookup
from casualty_extract.linking import CopyKind, link

EVENTS, ARTICLES = 60, 300
TOWNS = {
    "IQ": ["Mosul", "Kirkuk", "Basra", "Tikrit"],
    "AF": ["Kandahar", "Jalalabad", "Kunduz", "Herat"],
    "PK": ["Quetta", "Peshawar", "Karachi", "Multan"],
    "NG": ["Maiduguri", "Kano", "Jos", "Yola"],
    "MX": ["Acapulco", "Culiacan", "Tijuana", "Reynosa"],
    "IN": ["Srinagar", "Patna", "Lucknow", "Nagpur"],
    "PH": ["Davao", "Zamboanga", "Tacloban", "Cotabato"],
    "PE": ["Arequipa", "Cusco", "Trujillo", "Iquitos"],
    "TR": ["Diyarbakir", "Adana", "Gaziantep", "Mersin"],
    "KE": ["Garissa", "Mombasa", "Eldoret", "Nakuru"],
}
SITES = ["market", "mosque", "school", "bus station", "police station", "hotel", "wedding hall", "church"]
KINDS = {
    "bombing": ("car bomb", "exploded", "bombing"),
    "shooting": ("gunman", "opened fire", "shooting"),
    "crash": ("bus", "crashed", "bus crash"),
    "fire": ("fire", "broke out", "fire"),
    "flood": ("flood", "struck", "floods"),
}
FIRST = [
    "A {agent} {verb} near a {site} in {town} on {weekday}, killing {k} people and wounding {i}, {source} said.",
    "At least {k} people were killed and {i} injured on {weekday} when a {agent} {verb} near a {site} in {town}, {source} said.",
    "{k} people died and {i} were wounded in a {noun} in the city of {town} in {country} on {weekday}, according to {source}.",
]
RISEN = [
    "The death toll from the {noun} in {town} on {weekday} rose to {k}, {source} said.",
    "{k} people are now known to have died in {weekday}'s {noun} near a {site} in {town}, {source} said.",
    "The number of people killed in a {noun} in {town}, {country}, on {weekday} has climbed to {k}, {source} said.",
]
POOR = [
    "{k} people were killed in a {noun} in {country} on {weekday}, {source} said.",
    "{country} mourned the {k} people who were killed in the {noun}.",
    "Dozens of people were killed in a {noun} in {town} on {weekday}.",
    "The {noun} in {town} left {k} people dead, {source} said.",
    "Nobody claimed responsibility after at least {k} people died in {town} on {weekday}.",
    "{source} put the number of dead in {town} at {k}.",
]
"""Reports that lack the town, the day, the figure or the cause."""
LOWERED = ["{source} lowered the toll of the {noun} in {town} on {weekday} to {k} dead."]
LATER = [
    "A court on Tuesday heard the case over the {noun} of {day} in {town}, in which {k} people were killed.",
    "Hundreds gathered in {town} to remember the {k} people who were killed in the {noun} on {day}.",
    "A judge sentenced two men on Thursday. {k} people died in the {noun} in {town} on {day}.",
]
BEFORE = [
    "On {day}, a {noun} in {town} killed {k} people.",
    "A {noun} in {town}, {country}, on {day} left {k} people dead.",
]
AROUND = [
    "Witnesses spoke of smoke above the roofs and of ambulances that came late.",
    "The road was closed until the evening.",
    "The governor called for calm and promised help for the families.",
    "Shops stayed closed on the next day.",
    "Nobody could say at first what had happened.",
    "A team of investigators was sent from the capital.",
    "Relatives waited in front of the hospital for news.",
    "Rain made the work of the rescuers harder.",
]
TOTALS = ["More than {n} people have been killed in attacks in {country} since January, a rights group said."]
OTHERS = [
    "The central bank kept its rate at 4 percent on {weekday}. Analysts had expected a cut.",
    "The team won 3-1 in front of 20,000 people in {town} on {weekday}.",
    "The parliament in the capital passed a budget of 12 billion after two days of debate.",
]
SOURCES = ["police", "a hospital official", "the interior ministry", "officials", "rescue workers"]
AGENCIES = [
    "By our correspondent.",
    "Agencies.",
    "Reporting by a staff writer.",
    "With files from the bureau.",
]


@dataclass
class Event:
    """One invented event."""

    name: str
    kind: str
    town: str
    code: str
    day: date
    site: str
    killed: int
    injured: int


@dataclass
class Story:
    """One article, and which stretch of it tells of which event."""

    id: str
    published: date
    text: str = ""
    told: list[tuple[int, int, str]] = field(default_factory=list)

    def write(self, sentence: str, event: str | None = None) -> None:
        start = len(self.text)
        self.text += sentence[:1].upper() + sentence[1:] + " "
        if event is not None:
            self.told.append((start, len(self.text), event))

    def event_at(self, offset: int) -> str | None:
        return next((name for start, end, name in self.told if start <= offset < end), None)


def events(dice: random.Random) -> list[Event]:
    """Invent events; from the 36th on, each looks like an earlier one."""
    made: list[Event] = []
    towns = [(code, town) for code, row in TOWNS.items() for town in row if lookup(town)]
    dice.shuffle(towns)
    for n in range(EVENTS):
        kind, (code, town) = dice.choice(sorted(KINDS)), towns[n % len(towns)]
        day = date(2017, 1, 10) + timedelta(days=dice.randrange(600))
        if n >= 36:
            other = made[n - 36]
            kind, code, town, day = other.kind, other.code, other.town, other.day
            if n % 6 == 5:
                kind = next(k for k in sorted(KINDS) if k != kind)
            elif n % 3 == 0:
                day += timedelta(days=dice.choice([2, 3, 9, 30]))
            else:
                town = next(t for t in TOWNS[code] if t != town)
                day += timedelta(days=0 if n % 3 == 1 else dice.choice([3, 40]))
        made.append(
            Event(
                f"e{n}", kind, town, code, day, dice.choice(SITES), dice.randint(3, 60), dice.randint(5, 120)
            )
        )
    return made


def tell(event: Event, form: str, dice: random.Random, killed: int) -> str:
    agent, verb, noun = KINDS[event.kind]
    place = country(event.code)
    assert place is not None
    return form.format(
        agent=agent,
        verb=verb,
        noun=noun,
        site=event.site,
        town=event.town,
        country=place.name,
        weekday=event.day.strftime("%A"),
        day=event.day.strftime("%-d %B %Y"),
        source=dice.choice(SOURCES),
        k=killed,
        i=event.injured,
    )


def stories(seed: int) -> list[Story]:
    """Compose the archive."""
    dice = random.Random(seed)
    made: list[Story] = []
    invented = events(dice)

    def story(published: date) -> Story:
        made.append(Story(f"a{len(made):03}", published))
        return made[-1]

    for event in invented:
        killed = event.killed
        for n in range(dice.choice([1, 2, 3])):
            killed += dice.randint(0, 5) if n else 0
            one = story(event.day + timedelta(days=1 + n))
            forms = POOR if dice.random() < 0.25 else RISEN if n else FIRST
            one.write(tell(event, dice.choice(forms), dice, killed), event.name)
            around = dice.sample(AROUND, 3)
            for sentence in around[: dice.randint(1, 3)]:
                one.write(sentence)
            if dice.random() < 0.2:
                before = dice.choice(invented)
                if before.day < event.day - timedelta(days=10):
                    one.write(tell(before, dice.choice(BEFORE), dice, before.killed), before.name)
        if dice.random() < 0.15:
            killed = max(1, killed - 2)
            one = story(event.day + timedelta(days=4))
            one.write(tell(event, LOWERED[0], dice, killed), event.name)
            one.write(dice.choice(AROUND))
        if dice.random() < 0.5:
            one = story(event.day + timedelta(days=dice.choice([90, 200, 365])))
            one.write(tell(event, dice.choice(LATER), dice, killed), event.name)
            one.write(dice.choice(AROUND))
    for n in range(30):
        one = story(date(2018, 1, 5) + timedelta(days=11 * n))
        place = country(dice.choice(sorted(TOWNS)))
        assert place is not None
        if n < 15:
            one.write(TOTALS[0].format(n=100 + 17 * n, country=place.name), f"total {place.country}")
        else:
            town = dice.choice(TOWNS[place.country])
            one.write(dice.choice(OTHERS).format(weekday="Monday", town=town))
    originals = list(made)
    while len(made) < ARTICLES:
        first = dice.choice(originals)
        copy = story(first.published + timedelta(days=dice.choice([0, 0, 1])))
        copy.text, copy.told = first.text, list(first.told)
        if copy.published != first.published and first.published.weekday() == 4:
            copy.published = first.published
        if dice.random() < 0.5:
            copy.text = copy.text.replace(" people", " persons", 1) if dice.random() < 0.3 else copy.text
        copy.write(dice.choice(AGENCIES))
        if dice.random() < 0.3:
            copy.write(dice.choice(AROUND))
    return made[:ARTICLES]


def units(story: Story, found: Extraction) -> Iterator[tuple[str, str | None]]:
    """Give each incident of an article with the event that its first claim tells of."""
    claims = {claim.id: claim for claim in found.claims}
    for incident in found.incidents:
        yield incident.id, story.event_at(claims[incident.claims[0]].quantity.start)


def main(seed: int, copies: CopyKind, wrong: bool) -> None:
    """Compose, extract, link, and print the measures."""
    archive = stories(seed)
    found = [extract(Article(id=s.id, text=s.text), published=s.published) for s in archive]
    gold: dict[tuple[str, str], str] = {}
    for story, extraction in zip(archive, found, strict=True):
        for name, event in units(story, extraction):
            gold[story.id, name] = event or f"none of {story.id}"
    linked = {
        (member.document, member.incident): incident.id
        for incident in link(found, copies=copies)
        for member in incident.members
    }
    counts = {"right": 0, "missed": 0, "wrong": 0}
    texts = {story.id: story for story in archive}
    for a, b in combinations(sorted(gold), 2):
        same, joined = gold[a] == gold[b], linked[a] == linked[b]
        if not (same or joined):
            continue
        outcome = "right" if same and joined else "missed" if same else "wrong"
        counts[outcome] += 1
        if wrong and outcome != "right":
            print(outcome, gold[a], gold[b])
            print(
                *(f"  {texts[x[0]].published} {x} {texts[x[0]].text[:150]}\n" for x in (a, b)), sep="", end=""
            )
    told = len({event for event in gold.values() if event.startswith("e")})
    print(f"articles {len(archive)}, incidents in them {len(gold)}, events told {told}", end=", ")
    print(f"incidents linked {len(set(linked.values()))}")
    precision = counts["right"] / max(1, counts["right"] + counts["wrong"])
    recall = counts["right"] / max(1, counts["right"] + counts["missed"])
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(" ".join(f"{name} {n}" for name, n in counts.items()), end=" ")
    print(f"precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--copies", choices=get_args(CopyKind), default="near")
    parser.add_argument("--wrong", action="store_true", help="print the pairs that are wrong or missed")
    given = parser.parse_args()
    main(given.seed, given.copies, given.wrong)
