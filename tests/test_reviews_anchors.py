"""Quotations found again in texts: exactly, after shifts, in other units, or refused."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casualty_extract.errors import AnchorError, CasualtyExtractError
from casualty_extract.reviews_anchors import Quotation, anchor, quote, settle
from reviewed import document

TEXT = "Gunmen killed 12 people in Arda. Later 12 people died in Belland."


def spans_of(seed: int) -> tuple[str, list[tuple[int, int]]]:
    extraction, text = document(seed, hard=True)
    return text, sorted({(span.start, span.end) for span in extraction.spans()})


@given(st.text(alphabet="ab1 \r\n\u0301\U0001f4a5\u200d", min_size=1, max_size=60), st.data())
@settings(max_examples=300, deadline=None)
def test_a_quotation_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    """With its offset every quotation leads back to its own place."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = anchor(text, quote(text, start, end), document="a1")
    assert (found.start, found.end, found.text) == (start, end, text[start:end])


def test_shifted_texts_are_followed() -> None:
    """A passage moves with its surroundings, whatever is put before it."""
    refused = tried = 0
    for seed in range(40):
        text, spans = spans_of(seed)
        moved = "Updated: the toll rose. " + text
        for start, end in spans:
            tried += 1
            try:
                found = anchor(moved, quote(text, start, end), document="a1")
            except AnchorError:
                refused += 1
                continue
            assert (found.start, found.end) == (start + 24, end + 24)
    assert tried > 300
    assert refused * 50 < tried


def test_a_quotation_is_found_by_one_side() -> None:
    """Words changed on one side of it do not lose a passage."""
    quoted = quote(TEXT, 14, 16)
    changed = TEXT.replace("Gunmen killed", "Armed men shot dead")
    assert anchor(changed, quoted, document="a1").start == changed.index("12 people in Arda")


@pytest.mark.parametrize(
    ("text", "quoted", "problem"),
    [
        ("12 and 12", Quotation("12"), "2 times"),
        ("12 x 12 x", Quotation("12", "", " x", start=3), "2 times"),
        ("a 13 b", Quotation("12", "a ", " b"), "does not stand there"),
        ("The 12 apostles", Quotation("12", "killed ", " people"), "not within the words"),
        ("12", Quotation(""), "empty"),
        (TEXT + TEXT, Quotation("12", "Later ", " people died"), "2 times"),
    ],
)
def test_what_is_not_one_place_is_refused(text: str, quoted: Quotation, problem: str) -> None:
    """An error tells the document and why, and is one of the library's own."""
    with pytest.raises(AnchorError, match=problem) as caught:
        anchor(text, quoted, document="a1")
    assert isinstance(caught.value, CasualtyExtractError)
    assert caught.value.document == "a1"
    assert caught.value.kind == "anchor"


def test_line_ends_of_any_kind_are_alike() -> None:
    """A tool that writes LF for CR LF changes no passage."""
    text = "Gunmen killed\r\n12 people\rin Arda."
    found = anchor(text, Quotation("killed\n12 people\nin", "Gunmen ", " Arda"), document="a1")
    assert text[found.start : found.end] == "killed\r\n12 people\rin"
    assert anchor(text, Quotation("12", "killed\n", " people\nin"), document="a1").start == 15


def test_a_quotation_cuts_no_character_in_two() -> None:
    """The context does not begin with a combining sign, nor end before one."""
    text = "e\u0301" * 40 + "12" + "e\u0301" * 40
    quoted = quote(text, 80, 82, context=31)
    assert quoted.prefix[0] == "e"
    assert quoted.suffix[-1] == "\u0301"


# --- units --------------------------------------------------------------------------------------------


def wide(text: str, offset: int) -> int:
    return len(text[:offset].encode("utf-16-le")) // 2


def folded(text: str, offset: int) -> int:
    return len(text[:offset].replace("\r\n", "\n"))


@pytest.mark.parametrize("unit", ["code points", "UTF-16", "line feeds", "both"])
def test_units_of_tools_are_told_by_the_words(unit: str) -> None:
    """UTF-16 code units and line ends counted as one lead to the same passages."""
    for seed in range(60):
        text, spans = spans_of(seed)
        pieces = []
        for start, end in spans:
            words, bounds = text[start:end], (start, end)
            if unit == "UTF-16":
                bounds = (wide(text, start), wide(text, end))
            elif unit == "line feeds":
                words, bounds = words.replace("\r\n", "\n"), (folded(text, start), folded(text, end))
            elif unit == "both":
                plain = text.replace("\r\n", "\n")
                bounds = (wide(plain, folded(text, start)), wide(plain, folded(text, end)))
            pieces.append((*bounds, words))
        found = settle(text, pieces, document="a1")
        assert [(span.start, span.end) for span in found] == spans


def test_one_wrong_region_among_right_ones_is_found_by_its_words() -> None:
    """Where no unit fits all, each passage is looked for by itself."""
    found = settle(TEXT, [(14, 16, "12"), (99, 103, "Arda")], document="a1")
    assert [span.start for span in found] == [14, 27]
    with pytest.raises(AnchorError, match="2 times"):
        settle(TEXT, [(14, 16, "12"), (99, 101, "12")], document="a1")


def test_offsets_out_of_any_range_are_no_trap() -> None:
    """Negative, huge and empty ranges are looked up by their words, or refused."""
    rng = random.Random(7)
    for _ in range(200):
        start, end = rng.randint(-9, 99), rng.randint(-9, 10**12)
        assert settle(TEXT, [(start, end, "Belland")], document="a1")[0].text == "Belland"
    with pytest.raises(AnchorError, match="empty"):
        settle(TEXT, [(3, 3, "")], document="a1")
