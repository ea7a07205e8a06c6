"""Bad input: what is hard on tokenizers and patterns stays cheap, and odd text loses no figure."""

from __future__ import annotations

import json
import time
import tracemalloc

import pytest

from casualty_extract import extract, load

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
    "hundreds of ", "20 to ", "1,169 ", "- ", "\n", "who ",
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
