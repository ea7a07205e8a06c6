"""Time and memory of linking: ``python benchmarks/linking.py [--most 100000] [--copies near|exact]``.

Makes extractions as records (nothing is read from text): articles on ten years of invented events in 2,000 places of
40 countries, some events told by hundreds of articles and most by one or two, one article in five a copy of an
earlier one with a word changed. It links 10, 20, 50 and 100 % of the most, each in a process of its own, and prints
the articles, the incidents in them, the incidents linked, the seconds to add and to link, and the megabytes that the
process held at most and before. Making the extractions is not counted.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, cast, get_args

from casualty_extract.linking import CopyKind, Linker
from casualty_extract.records import Extraction
from casualty_extract.records_parts import CauseLabel

KILOBYTE = 1024 if sys.platform == "linux" else 1024 * 1024
"""What `ru_maxrss` counts in: kilobytes, or bytes on macOS, here as parts of a megabyte."""
CAUSES = [cause for cause in get_args(CauseLabel) if cause != "other"]
COUNTRIES = [chr(65 + n // 26) + chr(65 + n % 26) for n in range(40)]
PLACES = 2000
SHARES = (0.1, 0.2, 0.5, 1.0)


def extractions(articles: int) -> Iterator[Extraction]:
    """Make extractions; the archive grows with the number of articles, over the same ten years."""
    dice = random.Random(7)
    made = 0
    recent: list[tuple[dict[str, Any], date]] = []
    while made < articles:
        event = _event(dice)
        size = min(400, int(dice.paretovariate(1.1)))
        for n in range(size):
            if made >= articles:
                return
            published = event["day"] + timedelta(days=min(n, int(dice.expovariate(0.5)) + n // 20))
            if recent and dice.random() < 0.2:
                event_of, published = recent[dice.randrange(len(recent))]
                copied = _extraction(f"d{made}", event_of, published, dice, copied=True)
                made += 1
                yield copied
                continue
            told = {**event, "killed": event["killed"] + n // 3, "words": _words(dice, 25)}
            recent = [*recent[-200:], (told, published)]
            yield _extraction(f"d{made}", told, published, dice, copied=False)
            made += 1


def _words(dice: random.Random, count: int) -> str:
    return " ".join("".join(dice.choices("abcdefghiklmnoprstu", k=6)) for _ in range(count))


def _event(dice: random.Random) -> dict[str, Any]:
    place = dice.randrange(PLACES)
    spot = random.Random(place)
    return {
        "day": date(2010, 1, 1) + timedelta(days=dice.randrange(3650)),
        "place": place,
        "lat": round(spot.uniform(-50, 60), 3),
        "lon": round(spot.uniform(-170, 170), 3),
        "country": COUNTRIES[place % len(COUNTRIES)],
        "cause": dice.choice(CAUSES),
        "killed": dice.choice([1, 2, 3, 5, 8, 12, 20, 45, 130]),
        "injured": dice.randint(1, 200),
    }


def _extraction(
    id_: str, event: dict[str, Any], published: date, dice: random.Random, copied: bool
) -> Extraction:
    words = event["words"] + (f" {_words(dice, 1)}" if copied else "")
    day = None if dice.random() < 0.1 else event["day"]
    coarse = dice.random() < 0.15
    digest = sha256(words.encode()).hexdigest()
    claims = [
        _claim(f"{digest[:20]}{n}", (harm, event[harm]), event, words, (day, coarse))
        for n, harm in enumerate(("killed", "injured"))
    ]
    incident = {
        "id": "i1",
        "claims": [claim["id"] for claim in claims],
        "time": {"earliest": day.isoformat(), "latest": day.isoformat()} if day else None,
        "places": [place["name"] for place in claims[0]["places"]],
        "cause": event["cause"],
        "perpetrator": None,
        "tolls": [
            {"harm": h, "category": "unspecified", "low": event[h], "best": event[h], "high": event[h]}
            for h in ("killed", "injured")
        ],
    }
    document = {
        "id": id_,
        "title": None,
        "publisher": None,
        "url": None,
        "published": published.isoformat(),
        "language": "en",
        "sha256": digest,
        "length": 400,
    }
    return Extraction.from_dict({"document": document, "claims": claims, "incidents": [incident]})


def _claim(
    id_: str, figure: tuple[str, int], event: dict[str, Any], words: str, known: tuple[date | None, bool]
) -> dict[str, Any]:
    harm, count = figure
    day, coarse = known

    def span(text: str) -> dict[str, Any]:
        return {"text": text, "start": 0, "end": len(text)}

    bounds = {"low": count, "best": count, "high": count}
    country = {**span(event["country"]), "name": event["country"], "kind": "country", "basis": "sentence"}
    town = {
        **span(f"town {event['place']}"),
        "name": f"town {event['place']}",
        "kind": "city",
        "basis": "sentence",
    }
    town |= {"geonameid": event["place"] + 1, "lat": event["lat"], "lon": event["lon"]}
    places = [{**place, "country": event["country"]} for place in ([country] if coarse else [town, country])]
    time_ = {**span("that day"), "earliest": day.isoformat(), "latest": day.isoformat()} if day else None
    return {
        "id": id_,
        "quantity": {**span(str(count)), "form": "numeral", "qualifier": "exact", **bounds},
        "unit": "people",
        "harm": {**span(harm), "label": harm},
        "victims": {"text": None, "start": None, "end": None, "category": "unspecified", "groups": []},
        "scope": "event",
        "intent": None,
        "cause": {**span(event["cause"]), "label": event["cause"]},
        "perpetrator": None,
        "time": {**time_, "grain": "day", "basis": "sentence"} if time_ else None,
        "places": places,
        "attribution": None,
        "status": "asserted",
        "evidence": span(words),
        "part_of": None,
        "incident": "i1",
    }


def measure(articles: int, copies: CopyKind) -> None:
    """Link so many articles and print what it took."""
    linker = Linker(copies=copies)
    before = _most()
    adding = 0.0
    found = 0
    for extraction in extractions(articles):
        started = time.perf_counter()
        linker.add(extraction)
        adding += time.perf_counter() - started
        found += len(extraction.incidents)
    started = time.perf_counter()
    linked = sum(1 for _ in linker.incidents())
    linking = time.perf_counter() - started
    row = (articles, found, linked, f"{adding:.1f}", f"{linking:.1f}", round(before), round(_most()))
    print("| " + " | ".join(f"{n:,}" if isinstance(n, int) else n for n in row) + " |", flush=True)


def _most() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTE


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--most", type=int, default=100_000, help="articles of the largest archive")
    parser.add_argument("--copies", choices=get_args(CopyKind), default="near")
    parser.add_argument(
        "--one", action="store_true", help="measure the largest archive alone, in this process"
    )
    given = parser.parse_args()
    if given.one:
        measure(given.most, cast(CopyKind, given.copies))
    else:
        print(
            "| articles | incidents in them | incidents linked | s to add | s to link | MB before | MB at most |"
        )
        print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)
        for share in SHARES:
            most = str(max(1, int(given.most * share)))
            command = [sys.executable, __file__, "--one", "--most", most, "--copies", given.copies]
            subprocess.run(command, check=True)
