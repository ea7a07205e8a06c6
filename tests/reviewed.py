"""Documents with claims for the tests of reviews: made of words and signs by chance, always the same."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from casualty_extract.records import (
    Article,
    Attribution,
    Cause,
    Claim,
    Document,
    Extraction,
    Harm,
    Place,
    Quantity,
    Source,
    Span,
    Time,
    Victims,
)
from casualty_extract.records_claims import claim_id
from casualty_extract.tolls import incident

WORDS = (
    "police said gunmen killed wounded people civilians in Arda Belland on Friday strikes the ministry a market "
    "12 12 30 685 three near village and while soldiers Reuters"
).split()
HARD = (
    "\U0001f4a5", "\U0001f469\u200d\U0001f469\u200d\U0001f467", "e\u0301le\u0300ve", "قتل 12", "\u200fנהרגו", "i\u0307zmir",
    "\U0001d7d9\U0001d7da", "\ufffd", "12\u00a0000", "'quoted'", "=1+1", "<b>", "\u202eabc", "１２",
)  # fmt: skip
BREAKS = ("\r\n", "\r\n\r\n", "\n", "\r", "\n\n", "\u2028", "\t", "\x0b", " \r\n ")


def document(seed: int, *, hard: bool) -> tuple[Extraction, str]:
    """Make an extraction and its text; a hard one is full of what puts offsets out."""
    rng = random.Random(seed)
    pieces: list[tuple[int, int]] = []
    text = ""
    for _ in range(rng.randint(12, 60)):
        word = rng.choice(HARD if hard and rng.random() < 0.3 else WORDS)
        pieces.append((len(text), len(text) + len(word)))
        text += word + (rng.choice(BREAKS) if rng.random() < (0.2 if hard else 0.03) else " ")
    name = f"{'hard' if hard else 'plain'}/{seed}.txt"
    article = Article(id=name, text=text, title="=Title", url=f"https://example.org/{seed}")
    found = {
        claim.id: claim for claim in (claim_at(rng, pieces, text, article) for _ in range(rng.randint(0, 4)))
    }
    claims = sorted(found.values(), key=lambda c: c.quantity.start)
    incidents = tuple(incident("i1", claims) for _ in range(bool(claims)))
    extraction = Extraction(document=Document.of(article), claims=tuple(claims), incidents=incidents)
    return Extraction.from_json(extraction.to_json()), text


def at(text: str, bounds: tuple[int, int]) -> dict[str, Any]:
    return {"text": text[bounds[0] : bounds[1]], "start": bounds[0], "end": bounds[1]}


def claim_at(rng: random.Random, pieces: list[tuple[int, int]], text: str, article: Article) -> Claim:
    def some() -> dict[str, Any]:
        first = rng.randrange(len(pieces))
        last = min(first + rng.randint(0, 3), len(pieces) - 1)
        return at(text, (pieces[first][0], pieces[last][1]))

    def perhaps(made: Any) -> Any:
        return made if rng.random() < 0.7 else None

    n = rng.randint(1, 999)
    figure, harm = some(), some()
    unsure = rng.random() < 0.3
    start = min(figure["start"], harm["start"])
    end = max(figure["end"], harm["end"])
    days = sorted(date(2017, 9, rng.randint(1, 30)) for _ in range(2))
    return Claim(
        id=claim_id(
            Document.of(article).sha256, (figure["start"], figure["end"]), "people", "killed", harm["start"]
        ),
        quantity=Quantity(
            **figure,
            form="numeral",
            qualifier="at_least" if unsure else "exact",
            low=n,
            best=n,
            high=None if unsure else n,
        ),
        unit="people",
        harm=Harm(**harm, label="killed"),
        victims=perhaps(Victims(**some(), category="civilian", groups=("children", "women"))),
        scope="event",
        intent=perhaps("deliberate"),
        cause=perhaps(Cause(**some(), label="airstrike")),
        perpetrator=perhaps(Span(**some())),
        time=perhaps(Time(**some(), earliest=days[0], latest=days[1], grain="interval", basis="sentence")),
        places=tuple(
            Place(
                **some(),
                name="Arda",
                kind=rng.choice(("city", "site", "country")),
                country="IQ",
                basis="context",
            )
            for _ in range(rng.randint(0, 2))
        ),
        attribution=perhaps(
            Attribution(
                source=Source(**some(), name="the ministry", kind="government"),
                cue=Span(**some()),
                form="indirect",
                chain=tuple(Span(**some()) for _ in range(rng.randint(0, 2))),
            )
        ),
        status="asserted",
        evidence=Span(**at(text, (start, end))),
        part_of=None,
        incident="i1",
        confidence=round(rng.random(), 3),
    )
