"""No string of an article becomes a part of the report's page: every payload in every field, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from spacy import displacy

import browser
from casualty_extract.records import (
    Article,
    Attribution,
    Claim,
    Document,
    Extraction,
    Harm,
    Incident,
    Place,
    Quantity,
    Source,
    Span,
    Time,
    Toll,
    Victims,
    sanitise,
)
from casualty_extract.reports import Contents, Failed, report_html
from hostile import PAYLOADS, broken_out


@pytest.fixture(scope="module")
def look() -> Iterator[browser.Look]:
    """One page for all payloads: it goes from file to file."""
    with browser.launched() as chromium, browser.looking(chromium) as found:
        yield found


WALK = ("j", "n", "j", "n", "j", "2", "3", "4", "5", "1")
"""The keys that lead through all articles, cards and views."""


def hostile(payload: str) -> Contents:
    """A report with the payload as text, title, address, source, labels of all kinds, attributes and id."""
    payload = sanitise(payload)
    text = f"{payload} killed {payload}"
    size = len(payload)
    at = {"text": payload, "start": 0, "end": size}
    claim = Claim(
        id=payload,
        quantity=Quantity(**at, form="numeral", qualifier="at_least", low=12, high=None, best=12),
        unit="people",
        harm=Harm(text="killed", start=size + 1, end=size + 7, label="killed"),
        victims=Victims(**at, category="civilian"),
        scope="event",
        intent=None,
        cause=None,
        perpetrator=Span(**at),
        time=Time(**at, earliest=date(2017, 9, 1), latest=date(2017, 9, 1), grain="day", basis="sentence"),
        places=(Place(**at, name=payload, kind="city", country="IQ", lat=36.3, lon=43.1, basis="sentence"),),
        attribution=Attribution(
            source=Source(**at, name=payload, kind="police"), cue=Span(**at), form="indirect"
        ),
        status="asserted",
        evidence=Span(text=text, start=0, end=len(text)),
        part_of=None,
        incident=payload,
    )
    toll = Toll(harm="killed", category="civilian", low=12, best=12, high=None)
    incident = Incident(
        id=payload,
        claims=(payload,),
        time=None,
        places=(payload,),
        cause=None,
        perpetrator=payload,
        tolls=(toll,),
    )
    article = Article(id=payload, text=text, title=payload, publisher=payload, url=payload, language=payload)
    found = Extraction(document=Document.of(article), claims=(claim,), incidents=(incident,), text=text)
    # The second is without a text of its own, the third has an address that leads to a page.
    other = found.model_copy(update={"text": None})
    third = found.model_copy(
        update={"document": found.document.model_copy(update={"url": f"https://example.org/{payload}"})}
    )
    return Contents([found, other, third], failures=[Failed(payload, payload)], title=payload)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_breaks_out(payload: str, look: browser.Look, tmp_path: Path) -> None:
    """Through all views and articles, the page holds its own elements alone, runs its own script alone, asks for nothing."""
    file = tmp_path / "report.html"
    file.write_text(report_html(hostile(payload)), encoding="utf-8", newline="")
    look.visit(file)
    assert broken_out(look, WALK) == []
    assert look.count(".article-row") == 3
    assert look.count(".card") == 1
    # What a payload says is there to be read.
    assert look.page.evaluate("document.querySelector('h1').textContent") == sanitise(payload)


def raw(payload: str) -> str:
    """A page that embeds what it shows as it is: data in a script, a title in an element."""
    return f"<body><h1>{payload}</h1><script>const data = '{payload}';</script></body>"


def drawn_by_displacy(payload: str) -> str:
    ents = [{"start": 0, "end": 4, "label": payload}]
    shown = [{"text": "Gunmen killed 12.", "ents": ents, "title": payload}]
    return str(displacy.render(shown, style="ent", manual=True, page=True, jupyter=False))


BITTEN = ("<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<a href=javascript:alert(1)>x</a>")


@pytest.mark.parametrize("make", [raw, drawn_by_displacy])
@pytest.mark.parametrize("payload", BITTEN)
def test_the_check_bites(make: Any, payload: str, look: browser.Look, tmp_path: Path) -> None:
    """Pages that embed strings raw fail the same check."""
    file = tmp_path / "raw.html"
    file.write_text(make(payload), encoding="utf-8")
    look.visit(file, ready=False)
    hits = [
        found
        for found in broken_out(look)
        if found.startswith(("attribute on", "element img", "element svg", "href java"))
    ]
    assert hits


def test_there_are_sixty() -> None:
    assert len(set(PAYLOADS)) == 60
