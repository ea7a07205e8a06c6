"""Extractions for tests, made without a pipeline: any text, any figures, all fields filled or none."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from casualty_extract.records import (
    Article,
    Attribution,
    Cause,
    Claim,
    Document,
    Extraction,
    Harm,
    Incident,
    IncidentTime,
    Place,
    Quantity,
    Source,
    Span,
    Time,
    Toll,
    Victims,
)

DAY = date(2017, 9, 1)


def article(name: str, text: str = "Gunmen killed 12 people in Arda.", **more: Any) -> Article:
    return Article(id=name, text=text, **more)


def claim(text: str, name: str, low: int = 12, **more: Any) -> Claim:
    """A claim whose every passage is the whole text."""
    whole: dict[str, Any] = {"text": text, "start": 0, "end": len(text)}
    place = Place(
        **whole, name=text, kind="city", country="IQ", geonameid=7, lat=33.5, lon=-44.25, basis="sentence"
    )
    values: dict[str, Any] = {
        "id": name,
        "quantity": Quantity(**whole, form="numeral", qualifier="exact", low=low, high=low, best=low),
        "unit": "people",
        "harm": Harm(**whole, label="killed"),
        "victims": Victims(**whole, category="civilian", groups=("children", "women")),
        "scope": "event",
        "intent": "deliberate",
        "cause": Cause(**whole, label="shooting"),
        "perpetrator": Span(**whole),
        "time": Time(**whole, earliest=DAY, latest=DAY, grain="day", basis="sentence"),
        "places": (
            place,
            place.model_copy(update={"kind": "country", "geonameid": None, "lat": None, "lon": None}),
        ),
        "attribution": Attribution(
            source=Source(**whole, name=text, kind="police"),
            cue=Span(**whole),
            form="direct",
            chain=(Span(**whole),),
        ),
        "status": "confirmed",
        "evidence": Span(**whole),
        "part_of": None,
        "incident": "i1",
        "confidence": 0.9,
    }
    return Claim(**{**values, **more})


def bare(text: str, name: str) -> Claim:
    """A claim that has no more than it must."""
    empty = dict.fromkeys(
        ("harm", "victims", "intent", "cause", "perpetrator", "time", "attribution", "incident")
    )
    return claim(text, name, places=(), confidence=None, unit="incidents", **empty)


def extraction(given: Article, *claims: Claim, **more: Any) -> Extraction:
    """An extraction whose claims are of one incident."""
    named = tuple(c.id for c in claims if c.incident == "i1")
    toll = Toll(
        harm="killed", category="civilian", low=1, best=2, high=None, rule="one figure", low_claims=named
    )
    incident = Incident(
        id="i1",
        claims=named,
        time=IncidentTime(earliest=DAY, latest=None),
        places=("Arda",),
        cause="shooting",
        perpetrator=None,
        tolls=(toll,),
    )
    return Extraction(
        document=Document.of(given), claims=claims, incidents=(incident,) if named else (), **more
    )


def simple(number: int, figures: tuple[int, ...] = (12, 30)) -> Extraction:
    """The extraction of one of many articles."""
    given = article(
        f"a{number}", f"Article {number} tells of {figures}.", published=DAY, title=f"Title {number}"
    )
    return extraction(given, *(claim(given.text, f"c{n}", low=n) for n in figures))


@st.composite
def extractions(draw: st.DrawFn, alphabet: st.SearchStrategy[str] | None = None) -> Extraction:
    """Any extraction: texts of all code points, ids that come twice, numbers of any size."""
    words = st.text(
        alphabet or st.characters(exclude_categories=("Cs",), exclude_characters="\x00"),
        min_size=1,
        max_size=12,
    )
    given = article(
        draw(words), draw(words), title=draw(st.none() | words), published=draw(st.none() | st.dates())
    )
    names = draw(st.lists(st.sampled_from(["c1", "c2", "c3", "c4"]), max_size=4))
    numbers = st.integers(0, 10**4) | st.integers(0, 10**30)
    claims = [
        bare(given.text, name)
        if draw(st.booleans())
        else claim(given.text, name, low=draw(numbers), part_of=draw(st.none() | st.sampled_from(names)))
        for name in names
    ]
    return extraction(given, *claims, text=draw(st.none() | st.just(given.text)))
