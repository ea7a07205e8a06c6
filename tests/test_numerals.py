"""Numbers and ordinals from words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casualty_extract import numerals

READ = [
    ("61", 61),
    ("0", 0),
    ("1,169", 1169),
    ("1169", 1169),
    ("24 160", 24160),
    ("24\u00a0160", 24160),
    ("24\u2009160", 24160),
    ("24\u202f160", 24160),
    ("1'200", 1200),
    ("1 234 567", 1234567),
    ("1,00,000", 100000),
    ("12,34,567", 1234567),
    ("1.2 million", 1200000),
    ("2.0 million", 2000000),
    ("12 lakh", 1200000),
    ("2 crore", 20000000),
    ("52 thousand", 52000),
    ("3 dozen", 36),
    ("1k", 1000),
    ("10K", 10000),
    ("1.5m", 1500000),
    ("2bn", 2000000000),
    ("one", 1),
    ("zero", 0),
    ("Twenty-Seven", 27),
    ("twenty seven", 27),
    ("two hundred and six", 206),
    ("two hundred six", 206),
    ("a hundred and twenty", 120),
    ("one hundred", 100),
    ("twelve hundred", 1200),
    ("a thousand and one", 1001),
    ("two hundred thousand", 200000),
    ("two hundred and three thousand", 203000),
    ("one million two hundred thousand and six", 1200006),
    ("five hundred million", 500000000),
    ("a dozen", 12),
    ("two dozen", 24),
    ("half a dozen", 6),
    ("a half-dozen", 6),
    ("half a million", 500000),
    ("two and a half million", 2500000),
    ("both", 2),
    ("a couple", 2),
    ("a couple of hundred", 200),
]
NOT_READ = [
    "",
    " ",
    "a",
    "an",
    "half",
    "and",
    "people",
    "hundred",
    "couple",
    "²",
    "½",
    "1½",
    "١٢",
    "１２",
    "2.5",
    "9.0",
    "1.169",
    "1,2",
    "007",
    "1990s",
    "9/11",
    "MH17",
    "7.62mm",
    "-",
    "20-30",
    "two two",
    "a hundred and two dozen",
    "two hundred and",
    "twenty-",
    "dozens",
    "9" * 5000,
    "million " * 5000,
]
ORDINALS = [
    ("1st", 1),
    ("22nd", 22),
    ("28th", 28),
    ("first", 1),
    ("Fifth", 5),
    ("twentieth", 20),
    ("twenty-first", 21),
    ("thirtieth", 30),
]


@pytest.mark.parametrize(("text", "value"), READ)
def test_reads_a_number(text: str, value: int) -> None:
    """A text that is one number has its value."""
    assert value == numerals.read(text)


@pytest.mark.parametrize("text", NOT_READ, ids=lambda text: text[:20] or "empty")
def test_reads_nothing_else(text: str) -> None:
    """A text that is no number, or more than one, has none."""
    assert numerals.read(text) is None


@pytest.mark.parametrize(("text", "value"), ORDINALS)
def test_reads_an_ordinal(text: str, value: int) -> None:
    """A text that is one ordinal has its value."""
    assert value == numerals.read_ordinal(text)


@pytest.mark.parametrize("text", ["28", "five", "th", "twenty", "twenty-tenth", "", "1990s", "12345th"])
def test_reads_no_other_ordinal(text: str) -> None:
    """Numbers and other words are no ordinals."""
    assert numerals.read_ordinal(text) is None


LONGEST = [
    (["12", "people"], numerals.Number(12, 1, 1, True)),
    (["two", "hundred", "and", "three", "dozen"], numerals.Number(200, 2, 100, False)),
    (["ten", "people", "including", "five"], numerals.Number(10, 1, 1, False)),
    (["20", "and", "30"], numerals.Number(20, 1, 1, True)),
    (["24", "160", "died"], numerals.Number(24160, 2, 1, True)),
    (["1.2", "million", "people"], numerals.Number(1200000, 2, 1000000, True)),
    (["twenty", "-", "seven", "-", "year"], numerals.Number(27, 3, 1, False)),
]


@pytest.mark.parametrize(("words", "found"), LONGEST)
def test_takes_the_longest_number(words: list[str], found: numerals.Number) -> None:
    """The number at the start of a run of words ends where the words stop making one."""
    assert found == numerals.longest(words)


@pytest.mark.parametrize("words", [[], ["people"], ["and", "six"], ["hundred"], ["-"]])
def test_finds_no_number_at_the_start(words: list[str]) -> None:
    """A run that starts with something else has no number."""
    assert numerals.longest(words) is None


@given(st.text(max_size=80))
def test_never_raises(text: str) -> None:
    """Any string has a number within bounds, or none."""
    value = numerals.read(text)

    assert value is None or 0 <= value <= numerals.LARGEST


@given(st.integers(min_value=0, max_value=numerals.LARGEST - 1))
def test_reads_grouped_digits_back(number: int) -> None:
    """Digits in groups of three read as the number that they were written from."""
    assert number == numerals.read(f"{number:,}")
