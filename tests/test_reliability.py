"""Bad input: what is hard on tokenizers and patterns stays cheap, and odd text loses no figure."""

from __future__ import annotations

import json
import sys
import time
import tracemalloc
from types import FrameType

import pytest
from spacy.tokens import Doc

from casualty_extract import extract, harms, load, quantities, reading, victims
from conftest import make_doc

BOMBS = {
    "brackets": "(" * 100_000,
    "snowmen": "☃" * 100_000,
    "colons": "a:" * 50_000,
    "quotes": "\"'" * 50_000,
    "mixed marks": "".join(
        f"{'!?([{'[i % 5] * 3}{'.,;)]'[i % 5] * 4}{'-_*#'[i % 4] * 43}" for i in range(2_000)
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_tokenizer_bombs_are_defused(name: str) -> None:
    """100 KB without a space take no more than a second per run, where bare spaCy takes minutes."""
    nlp = load()
    text = f"Gunmen killed 12 people. {BOMBS[name]} Gunmen wounded 30 people."
    start = time.process_time()
    found = extract(text, nlp=nlp)
    # A bound against minutes, not a measure of speed: measured 0.1 s.
    assert time.process_time() - start < 10
    assert [c.quantity.text for c in found.claims] == ["12", "30"]


PUMPS = [
    "killed ", "12 ", "killed 12 ", "12 killed, ", "the ", "a policeman ", "and ", "at least ", "said ", "“", "”", '"', "* ",
    "on Friday ", "Mosul, ", "since ", "according to ", "Karim ", "al-", "two hundred ", "of ", "no ", "including ", "reports of ",
    "hundreds of ", "20 to ", "1,169 ", "- ", "\n", "who ", "killed 12, ", "12 dead ", "1,000,", "20–", "“killed ", "Rs. 5 ",
]  # fmt: skip


@pytest.mark.parametrize("pump", PUMPS)
def test_time_grows_with_length(pump: str) -> None:
    """Sixteen times the text takes about sixteen times as long, whatever is repeated in it."""
    nlp = load()

    def seconds(size: int) -> float:
        text = "Gunmen killed 12 people. " + pump * (size // len(pump)) + " and died."
        start = time.process_time()
        extract(text, nlp=nlp, published="2017-09-01")
        return time.process_time() - start

    small = max(seconds(2_000), 0.02)
    # Linear growth is 16, quadratic 256; the margin is for a busy machine.
    assert seconds(32_000) / small < 90


# One string a family of patterns: of figures, of what bounds or rules them out, of harms, of persons.
FAMILIES = {
    "quantities": [
        "killed 12, ", "two and ", "twenty-", "twenty-two ", "two hundred and ", "a hundred and a ", "1,000,", "1 000 ", "1,00,000 ",
        "1.5 million ", "1.2-million ", "3k ", "2 lakh ", "half a ", "half-a-", "a quarter of a ", "three quarters of a ", "a dozen ",
        "a dozen and a half ", "two score ", "a score of ", "million ", "billion and ", "05 ", "0 ",
        "20 to ", "20-", "20–", "20 – 30 ", "40 or ", "two-to-", "between 2 and ", "between ", "from 2 to ", "anywhere between 2 and ",
        "more than ", "at least ", "at the very ", "up to ", "as many as ", "in excess of ", "north of ", "no fewer than ", "about some ",
        "30 or more ", "30, or more, ", "30, if not more, ", "30-odd ", "30+ ", "30-plus ", "~30 ", "30 people at least ", "an estimated ",
        "another ", "a further ", "another 12 more ", "dozens of ", "several hundred ", "many hundreds of thousands ", "tens of ",
        "a number of ", "a large number of ", "a few ", "scores ", "no one ", "none of ", "neither ", "neither of ", "without any ", "not any ",
        "no ", "without ", "not a single ", "any ", "a ", "the ", "his ", "a wounded ", "an unidentified ", "the driver ", "both ", "all five ",
        "one of the ", "all but one of ", "two each in ", "a couple of ", "a family of ", "5th ", "the fifth ", "twenty-first ", "the 28th victim ",
        "aged 5, ", "aged 5 and ", "a boy of 12 ", "the driver, 45, ", "Omar, 45, ", "she was 34 and ", "in his 20s ", "$12 ", "Rs. 5 ",
        "12 km ", "12 houses ", "Flight 370 ", "Boeing 737 ", "AK-47 ", "9mm ", "F-16 ", "14 March ", "March 14, ", "2014-", "2014 to ", "9 p.m. ",
        "11:30 ", "3-1 ", "555-1234 ", "52 votes to ", "12 percent ", "a third of ", "nine out of 10 ", "per 100,000 ", "one in five ", "(3) ", "[4] ",
        "No. 5 ", "101st Airborne ", "Route 66 ", "magnitude 7 ", "34.5 N, ", "3 times ",
    ],
    "harms": [
        "killed ", "killed and ", "was killed ", "who was killed ", "killing ", "to kill ", "has been killed ", "the death of ", "deaths of ",
        "dead, ", "dead or ", "12 dead ", "wounded, ", "killed “", "“killed ", "(killed ", "killed) ", "killed, injured ", "lost their lives ",
        "blown ", "shot dead ", "shot and ", "not killed ", "without killing ", "no deaths ", "death toll ", "toll of the ", "found dead ",
        "bodies of ", "taken hostage ", "burned to ", "beaten to death ", "might be killed ", "if killed ", "killed by ", "by killing ",
    ],
    "victims": [
        "soldier ", "soldiers and ", "a soldier, ", "soldier's ", "wife of ", "his wife's ", "members of ", "members of the ", "member of parliament ",
        "Afghan ", "the Afghan ", "Afghan and ", "U.S. or ", "police ", "police officer ", "off-duty ", "former ", "16-year-old ", "year-old ",
        "16-", "women and ", "two refugee ", "civilian ", "civilian and military ", "civilian deaths ", "al-Shabaab ", "mother-in-", "ex-",
        "senior ", "armed ", "suspected ", "child ", "student ", "sergeant ", "unarmed civilian ", "men, women and ", "“soldier ", "a baker's ",
    ],
}  # fmt: skip
FIND = {"quantities": quantities.find, "harms": harms.find, "victims": victims.find}


def operations(name: str, text: str) -> int:
    """Count the calls that a detector makes on a text: as steady a measure as time is not."""
    doc, count = make_doc(text), 0

    def tally(frame: FrameType, event: str, what: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(tally)
    try:
        for _ in FIND[name](doc):
            pass
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    ("name", "pump"), [pytest.param(n, p, id=f"{n}: {p}") for n, ps in FAMILIES.items() for p in ps]
)
def test_work_grows_with_length(name: str, pump: str) -> None:
    """Twice and four times the text make a detector work about twice and four times as much."""
    texts = ["Gunmen killed 12 people. " + pump * n + "died." for n in (60, 120, 240)]
    # The first time, what is read but once is counted too.
    once, twice, four = (min(operations(name, text) for _ in range(2)) for text in texts)
    # Quadratic growth is 4 and 16. Linear growth is a little over 2 and 4 here: in a short text some of what
    # is looked ahead at is cut off by its end.
    assert twice < 3 * once
    assert four < 8 * once


def test_a_long_text_is_taken() -> None:
    """A text far over spaCy's usual limit is read; memory grows with its length only."""
    line = "The council approved the budget of the district after a long debate. "
    text = "Gunmen killed 12 people. " + line * 20_000 + "Gunmen wounded 30 people."
    assert len(text) > 1_000_000
    tracemalloc.start()
    found = extract(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [c.quantity.text for c in found.claims] == ["12", "30"]
    assert peak < 600_000_000


@pytest.mark.parametrize(
    "article",
    [
        "A bomb killed nine people in Mosul on Friday. It comes a week after a raid in Basra. ",
        "Gunmen shot a judge. Officials blamed rebels for the raid in Kirkuk, the army said. ",
    ],
)
def test_long_articles_are_laid_out_a_few_times(article: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a Doc changed since it was laid out takes a look at all of it: no sentence may ask for that."""
    looks: list[int] = []
    layout = reading.layout

    def counting(doc: Doc) -> reading.Layout:
        looks.append(len(doc))
        return layout(doc)

    for name, module in list(sys.modules.items()):
        if name.startswith("casualty_extract.") and getattr(module, "layout", None) is layout:
            monkeypatch.setattr(module, "layout", counting)
    counts = []
    for times in (20, 80):
        looks.clear()
        extract(article * times, published="2017-09-03")
        counts.append(len(looks))
    assert counts[1] <= counts[0] + 20


# One figure in every spelling of its neighbourhood: the figure must be found at its own place.
AROUND = [
    ("{}", "plain"), ("\ufeff{}", "byte order mark"), ("\u200b{}", "zero width space"), ("é{}", "composed"), ("e\u0301 {}", "decomposed"),
    ("😀 {}", "astral"), ("ﬁre: {}", "ligature"), ("İ {}", "grows in lower case"), ("\u202b{}\u202c", "right to left marks"),
    ("\u201c{}\u201d", "curly quotes"), ("\u2018{}\u2019", "single curly quotes"), ("*{}*", "emphasis"), ("_{}_", "underscores"),
    ("- {}", "list"), ("> {}", "quote"), ("## {}", "heading"), ("{}\r\n", "CRLF"), ("\r{}", "CR"), ("\x85{}", "NEL"), ("\u2028{}", "line separator"),
    ("\x0c{}", "form feed"), ("(…) {}", "brackets"), ("[{}](#)", "link"), ("«{}»", "guillemets"), ("“{}", "unbalanced"), ("{}”", "unbalanced end"),
    ("Kyiv — {}", "dash"), ("القاهرة: {}", "Arabic"), ("北京 {}", "Han"), ("नई दिल्ली: {}", "Devanagari"), ("ܐ {}", "Syriac"), ("\x00{}", "NUL"),
    ("\ud83d{}", "lone surrogate"), ("{}\udc00", "lone low surrogate"), ("\x1b[31m{}\x1b[0m", "terminal colours"), ("<b>{}</b>", "markup"),
    ("&nbsp;{}", "entity"), ("\u00ad{}", "soft hyphen"), ("\u2060{}", "word joiner"), ("\U000e0001{}", "tag"),
]  # fmt: skip
FIGURES = [
    ("Gunmen killed 12 people.", "12", 12), ("Gunmen killed 1,169 people.", "1,169", 1169), ("Gunmen killed 24\u00a0160 people.", "24\u00a0160", 24160),
    ("Gunmen killed 24\u2009160 people.", "24\u2009160", 24160), ("Gunmen killed twenty-seven people.", "twenty-seven", 27),
    ("Gunmen killed two\u00a0people.", "two", 2), ("Gunmen killed a dozen people.", "a dozen", 12), ("Gunmen killed 1.2 million people.", "1.2 million", 1_200_000),
    ("Gunmen killed 3–5 people.", "3–5", 4), ("Gunmen killed half a million people.", "half a million", 500_000),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "figure", "best"), FIGURES, ids=[f for _, f, _ in FIGURES])
@pytest.mark.parametrize(("around", "name"), AROUND, ids=[n for _, n in AROUND])
def test_figures_are_found_among_odd_characters(
    around: str, name: str, sentence: str, figure: str, best: int
) -> None:
    """Stored text is never normalised: each figure is found where it stands, with its value."""
    text = around.replace("{}", sentence)
    [claim] = extract(text).claims
    assert (claim.quantity.text, claim.quantity.best) == (figure, best)
    assert claim.quantity.start == text.index(figure)


NUMBERS = [
    "²",
    "½",
    "١٢",
    "１２",
    "𝟙𝟚",
    "9" * 5000,
    "1" * 19,
    "1,2,3",
    "1.2.3",
    "--",
    "0",
    "00",
    "1e5",
    "0x1f",
    "Ⅻ",
    "³⁴",
    "1 2 3",
    "٣٫٥",
]


@pytest.mark.parametrize("number", NUMBERS)
def test_odd_numbers_are_no_error(number: str) -> None:
    """Digits of other scripts, powers and endless numbers give a claim or none, never an error."""
    found = extract(f"Gunmen killed {number} people, wounded 30 others and fled.")
    assert "30" in [c.quantity.text for c in found.claims]
    json.dumps(found.to_dict())
