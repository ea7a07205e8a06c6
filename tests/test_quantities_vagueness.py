"""Vague words have our own numbers, or those that ACLED or UCDP publish."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from casualty_extract import cli, extract, lexicon, load
from casualty_extract.errors import ArgumentError
from casualty_extract.quantities_words import VagueRow

READINGS = [
    ("Several people were killed.", 3, 3),
    ("A few people were killed.", 3, 3),
    ("A handful of people were killed.", 3, 3),
    ("Tens of people were killed.", 20, 10),
    ("Dozens of people were killed.", 24, 12),
    ("At least dozens of people were killed.", 24, 12),
    ("Scores of people were killed.", 40, None),
    ("Hundreds of people were killed.", 200, 100),
    ("Several hundred people were killed.", 300, 100),
    ("A few dozen people were killed.", 36, 12),
    ("Many hundreds of people were killed.", 300, 100),
    ("Thousands of people were killed.", 2_000, 1_000),
    ("Several thousand people were killed.", 3_000, 1_000),
    ("Tens of thousands of people were killed.", 20_000, 10_000),
    ("Several hundred thousand people were displaced.", 300_000, 100_000),
    ("Hundreds of thousands of people were displaced.", 200_000, 100_000),
    ("Millions of people were displaced.", 2_000_000, 1_000_000),
    ("Many people were killed.", None, 3),
    ("Numerous people were killed.", None, 3),
    ("A number of people were killed.", None, 3),
    ("A large number of people were killed.", None, None),
]


@pytest.fixture(scope="module")
def acled() -> Language:
    return load(vagueness="acled")


@pytest.fixture(scope="module")
def ucdp() -> Language:
    return load(vagueness="ucdp")


@pytest.mark.parametrize(("text", "ours", "theirs"), READINGS, ids=[row[0] for row in READINGS])
def test_each_reading_has_its_numbers(
    text: str, ours: int | None, theirs: int | None, acled: Language
) -> None:
    """The least that a vague word means goes by the reading; upper end and best stay open in all."""
    plain, coded = (extract(text, nlp=nlp).claims[0].quantity for nlp in (None, acled))
    assert (plain.low, plain.high, plain.best) == (ours, None, None)
    assert (coded.low, coded.high, coded.best) == (theirs, None, None)


@pytest.mark.parametrize("text", [row[0] for row in READINGS])
def test_a_word_without_a_published_number_has_none(text: str, ucdp: Language) -> None:
    """UCDP's codebooks give no numbers for vague words."""
    quantity = extract(text, nlp=ucdp).claims[0].quantity
    assert (quantity.form, quantity.low, quantity.high, quantity.best) == ("vague", None, None, None)


@pytest.mark.parametrize("text", ["Gunmen killed 12 people.", "Two dozen people died.", "No one was hurt."])
def test_other_figures_are_the_same_in_all(text: str, acled: Language, ucdp: Language) -> None:
    """Only vague words are read in more than one way."""
    plain = extract(text).claims
    assert [extract(text, nlp=nlp).claims for nlp in (acled, ucdp)] == [plain, plain]


def test_an_unknown_reading_is_refused() -> None:
    """A name that is none of the three is named."""
    with pytest.raises(ArgumentError, match="vagueness: 'gtd'"):
        load(vagueness="gtd")  # type: ignore[arg-type]


def test_a_saved_pipeline_keeps_its_reading(acled: Language, tmp_path: object) -> None:
    """The reading is part of a pipeline's settings."""
    acled.to_disk(str(tmp_path))
    kept = spacy.load(str(tmp_path))
    assert kept("Dozens of people were killed.")._.claims[0].quantity.low == 12


@pytest.mark.parametrize(("reading", "low"), [("default", 24), ("acled", 12), ("ACLED", 12), ("ucdp", None)])
def test_the_command_line_takes_a_reading(
    reading: str, low: int | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``--vagueness`` names it."""
    file = tmp_path / "a.txt"
    file.write_text("Dozens of people were killed.", encoding="utf-8")
    arguments = ["extract", str(file), "--to", "jsonl", "-q", "--vagueness", reading]
    assert cli.app(arguments, standalone_mode=False) in (0, None)
    [claim] = json.loads(capsys.readouterr().out)["claims"]
    assert claim["quantity"]["low"] == low


@pytest.mark.parametrize("word", lexicon.read("quantities", "vague", VagueRow))
def test_no_reading_is_above_ours(word: str) -> None:
    """ACLED takes the most conservative number, so ours is never below it where both are known."""
    row = lexicon.read("quantities", "vague", VagueRow)[word]
    assert row.ucdp is None
    assert row.low is None or row.acled is None or row.acled <= row.low
