"""Figures of people, reports and incidents in sentences."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casualty_extract import lexicon
from casualty_extract.mentions import Mention
from casualty_extract.quantities import find
from casualty_extract.quantities_measures import is_measured
from casualty_extract.quantities_words import TABLES
from conftest import make_doc


def found(text: str) -> list[Mention]:
    return list(find(make_doc(text)))


def shown(text: str) -> list[str]:
    """The figures as they stand in the text, each with its form."""
    return [f"{text[m.start : m.end]}/{m.label}" for m in found(text)]


FIGURES = [
    # numbers
    ("Gunmen killed 12 and wounded 30 in the market.", ["12/numeral", "30/numeral"]),
    ("Rebels killed 1,169 troops.", ["1,169/numeral"]),
    ("The raid killed 12 Arda Liberation Army (ALA) fighters.", ["12/numeral"]),
    ("It brings to 23 the number of deaths.", ["23/numeral"]),
    ("The agency feeds another 500,000 displaced Sudanese.", ["500,000/numeral"]),
    ("The February 14th killing shocked the town.", []),
    ("The count reached 24 160 dead.", ["24 160/numeral"]),
    ("The count reached 24\u00a0160 dead.", ["24\u00a0160/numeral"]),
    ("Some 1.2 million people fled.", ["1.2 million/numeral"]),
    ("Floods hit 12 lakh people.", ["12 lakh/numeral"]),
    ("Over 1.5m people are homeless.", ["1.5m/numeral"]),
    ("Twenty-seven people drowned.", ["Twenty-seven/word"]),
    ("The siege cost two hundred and six lives.", ["two hundred and six/word"]),
    ("A hundred and twenty miners are trapped.", ["A hundred and twenty/word"]),
    ("About a dozen people and two dozen nurses were hurt.", ["a dozen/word", "two dozen/word"]),
    ("Half a million people were displaced.", ["Half a million/word"]),
    ("Both were shot.", ["Both/word"]),
    ("A couple of people were hurt.", ["A couple/word"]),
    ("Thieves killed an elderly couple.", ["couple/word"]),
    ("A family of five drowned.", ["five/word"]),
    ("Twin bombings hit the town.", ["Twin/word"]),
    ("All five were killed.", ["five/word"]),
    ("One of four Americans was killed.", ["One/word", "four/word"]),
    ("Two-car crash kills one, injures four", ["one/word", "four/word"]),
    ("On June 3, 10 others died.", ["10/numeral"]),
    ("In March 14 people died.", ["14/numeral"]),
    ("More than 2000 were killed in 2014.", ["2000/numeral"]),
    ("*61* villagers were killed, **12** of them boys.", ["61/numeral", "12/numeral"]),
    ("At least 12\n    soldiers and 13\npolicemen died.", ["12/numeral", "13/numeral"]),
    ("Three (3) terrorists were killed.", ["Three/word"]),
    ("The toll rose from 20 to 30.", ["20/numeral", "30/numeral"]),
    # ranges
    ("Between 20 and 30 people died.", ["20 and 30/range"]),
    ("From 20 to 30 people were killed.", ["20 to 30/range"]),
    ("The mine hurt 5-7 people.", ["5-7/range"]),
    ("The mine hurt 5–7 people.", ["5–7/range"]),
    ("They lost 1,100-1,500 men.", ["1,100-1,500/range"]),
    ("It hurt 40 or 50 people.", ["40 or 50/range"]),
    ("Two to three hundred people fled.", ["Two to three hundred/range"]),
    ("Some 1.5-2 million people fled.", ["1.5-2 million/range"]),
    # vague words
    ("Dozens of people died.", ["Dozens/vague"]),
    ("The raid displaced hundreds of thousands of people.", ["hundreds of thousands/vague"]),
    ("Several hundred people and a few dozen troops fled.", ["Several hundred/vague", "a few dozen/vague"]),
    ("A large number of civilians were killed.", ["A large number/vague"]),
    ("A number of people were hurt.", ["A number of/vague"]),
    ("Large numbers of women died.", ["Large numbers/vague"]),
    ("Many of the dead were boys.", ["Many/vague"]),
    # nobody
    ("No casualties were reported.", ["No/zero"]),
    ("Nobody was hurt.", ["Nobody/zero"]),
    ("No one was hurt.", ["No one/zero"]),
    ("No-one was hurt.", ["No-one/zero"]),
    ("None of them died.", ["None/zero"]),
    ("Not a single villager was hurt.", ["Not a single/zero"]),
    ("The ship sank without loss of life.", ["without/zero"]),
    ("No U.S. or NATO troops were hurt.", ["No/zero"]),
    ("The blast did not cause any injuries.", ["not/zero"]),
    ("There were no immediate reports of damage.", ["no/zero"]),
    ("Zero deaths were recorded.", ["Zero/zero"]),
    # one person
    ("A policeman was killed.", ["A/singular"]),
    ("An unidentified man was shot.", ["An/singular"]),
    ("A 30-year-old man was arrested.", ["A/singular"]),
    ("A 16-year-old was killed and another was hurt.", ["A/singular", "another/singular"]),
    ("The driver died.", ["The driver/singular"]),
    ("The 37-year-old victim died.", ["The 37-year-old victim/singular"]),
    ("The blast killed a mother and her child.", ["a/singular", "her/singular"]),
    ("A soldier's body was found.", ["A/singular"]),
    ("Woman hurt in crash", ["Woman/singular"]),
    ("Ten-year-old girl killed by stray bullet", ["girl/singular"]),
    ("The man and woman were shot.", ["The man/singular", "woman/singular"]),
    ("A fourth officer was hurt.", ["A/singular"]),
    # names
    ("Zaid Karim was shot dead.", ["Zaid Karim/name"]),
    ("A mine killed Sgt. Mark Ashby on Monday.", ["Mark Ashby/name"]),
    ("Mrs. Rose Park died.", ["Rose Park/name"]),
    ("The raid killed Abu Omar al-Shishani.", ["Abu Omar al-Shishani/name"]),
    ("Omar Ashby drowned. Ashby was on leave.", ["Omar Ashby/name", "Ashby/name"]),
    ("Smith, 30, died.", ["Smith/name"]),
    # ordinals
    ("It was the fourth homicide of the month.", ["fourth/word"]),
    ("He is the 28th person to die.", ["28th/numeral"]),
    ("It was the fifth attack this month.", ["fifth/word"]),
]


@pytest.mark.parametrize(("text", "figures"), FIGURES, ids=[row[0] for row in FIGURES])
def test_finds_figures(text: str, figures: list[str]) -> None:
    """Each figure is found with its form, and nothing beside them."""
    assert figures == shown(text)


NOTHING = [
    "Children aged 5, 7 and 9 sang.",
    "Children under five were fed.",
    "It hit those between the ages of 16 and 45.",
    "It was built on March 14, 2017.",
    "It was built on 14 March.",
    "It began on the 17th of October.",
    "In 2014 it rained.",
    "It lasted from 2014 to 2017.",
    "They met at 9 p.m. and left at 11:30 a.m. on 01/09/2017.",
    "It cost $12 million, or 40 percent of the fund.",
    "It cost 3 billion rupees.",
    "It fell 20 km away, within three days.",
    "The two-day battle went on.",
    "Gusts reached 140 km/h there.",
    "He held an AK-47 under an F-16 on 9/11.",
    "Flight 370 took Route 66 past Area 51.",
    "COVID-19 and MH17 were named.",
    "They won 3-1 and then 20-12.",
    "Call 555-1234 or 800-273-8255 now.",
    "The 7.0 quake was felt here.",
    "It burned 12 houses and dozens of villages.",
    "Tens of thousands of homes burned.",
    "It closed three (3) roads [4].",
    "2. It rained there.",
    "In the 21st century it was on 5th Street.",
    "A third of the town burned.",
    "Seven per 100,000 people get it.",
    "Nine out of 10 villagers agreed.",
    "This one was built first; one day it burned.",
    "It was one of the biggest quakes there.",
    "Both sides agreed.",
    "No evidence was found, and no survivors.",
    "No claim of responsibility was made.",
    "It was not clear whether any casualties were reported.",
    "The police station and the passenger train burned.",
    "The crew and the family left.",
    "The Interior Ministry and Boko Haram agreed.",
    "Shops closed in Fenwick and near Ashby Hall.",
    "He was 79.",
    "The raids killed civilians.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_leaves_other_numbers_alone(text: str) -> None:
    """What counts no people, reports or incidents is no figure."""
    assert shown(text) == []


BOUNDS = [
    ("The blast killed 61.", "exact", 61, 61, 61),
    ("It killed at least 685 people.", "at_least", 685, None, 685),
    ("It killed no fewer than 40 people.", "at_least", 40, None, 40),
    ("It killed 685 or more villagers.", "at_least", 685, None, 685),
    ("It killed 20 villagers or more.", "at_least", 20, None, 20),
    ("It killed more than 100 people.", "more_than", 101, None, 101),
    ("It killed over a dozen people.", "more_than", 13, None, 13),
    ("It hurt 100-plus people.", "more_than", 101, None, 101),
    ("The toll exceeds 100.", "more_than", 101, None, 101),
    ("It trapped up to 25,000 people.", "at_most", None, 25000, 25000),
    ("It killed as many as 20 people.", "at_most", None, 20, 20),
    ("It killed no more than five people.", "at_most", None, 5, 5),
    ("It killed fewer than 10 people.", "less_than", None, 9, 9),
    ("It killed about 30 people.", "approximately", 30, 30, 30),
    ("It killed some 30 people.", "approximately", 30, 30, 30),
    ("It killed an estimated 30 people.", "approximately", 30, 30, 30),
    ("It killed 30-odd people.", "approximately", 30, 30, 30),
    ("It killed at least an estimated 30 people.", "at_least", 30, None, 30),
    ("It killed between 20 and 25 people.", "between", 20, 25, 22),
    ("It killed 10-15,000 people.", "between", 10000, 15000, 12500),
    ("It hurt several people.", "exact", 3, None, None),
    ("It hurt a handful of people.", "exact", 3, None, None),
    ("It hurt scores of people.", "exact", 40, None, None),
    ("It hurt many hundreds of people.", "exact", 300, None, None),
    ("It hurt at least dozens of people.", "at_least", 24, None, None),
    ("It hurt countless people.", "exact", None, None, None),
    ("It hurt nobody.", "exact", 0, 0, 0),
    ("A truck ran over 12 people.", "exact", 12, 12, 12),
    ("Half a million people fled.", "exact", 500000, 500000, 500000),
]


@pytest.mark.parametrize(("text", "qualifier", "low", "high", "best"), BOUNDS, ids=[row[0] for row in BOUNDS])
def test_bounds_follow_the_qualifier(
    text: str, qualifier: str, low: int | None, high: int | None, best: int | None
) -> None:
    """The words around a figure say how far it reaches."""
    mention = next(m for m in found(text) if m.label != "singular")

    expected = (qualifier, low, high, best)
    assert expected == tuple(mention.value[key] for key in ("qualifier", "low", "high", "best"))


VALUES: list[tuple[str, dict[str, Any]]] = [
    ("The unit closed 37 reports of deaths.", {"unit_hint": "reports", "phrase": "37 reports"}),
    ("They flew 24,160 strikes.", {"unit_hint": "incidents"}),
    ("Deaths came from six aerial or ground operations.", {"unit_hint": "incidents"}),
    ("It displaced 40 families.", {"unit_hint": "households"}),
    ("It killed 61 villagers.", {"unit_hint": "people", "phrase": "61 villagers"}),
    ("The town saw 700 cases of cholera.", {"unit_hint": "people"}),
    ("Police opened 700 cases.", {"unit_hint": "reports"}),
    ("Three of the reports were closed.", {"unit_hint": "reports"}),
    ("It killed another 61 people.", {"additional": True}),
    ("It killed 61 more people.", {"additional": True}),
    ("It killed a further three people.", {"additional": True}),
    ("It killed an additional four people.", {"additional": True}),
    ("It killed 61 other people.", {"additional": False}),
    ("It killed more than 61 people.", {"additional": False, "qualifier": "more_than"}),
    ("Another soldier was killed.", {"additional": True, "phrase": "Another soldier"}),
    ("A fourth officer was killed.", {"additional": True}),
    ("It was the fifth attack.", {"ordinal": True, "low": 5, "unit_hint": "incidents"}),
    ("The mine killed a local reporter in May.", {"phrase": "a local reporter"}),
    ("It caused 61 “unintentional civilian deaths” there.", {"phrase": "61 “unintentional civilian deaths"}),
]


@pytest.mark.parametrize(("text", "value"), VALUES, ids=[row[0] for row in VALUES])
def test_values(text: str, value: dict[str, Any]) -> None:
    """A figure says what it counts, what phrase it opens and whether it comes on top."""
    (mention,) = found(text)
    actual = {**mention.value, "phrase": text[slice(*mention.value["phrase"])]}

    assert value == {key: actual[key] for key in value}


def test_qualifier_is_placed() -> None:
    """The first character of a qualifier before the figure is given, none for one behind it."""
    text = "It killed at least an estimated 30 people, or 20 or more."
    before, behind = found(text)

    assert text.index("at least") == before.value["qualifier_text_start"]
    assert behind.value["qualifier_text_start"] is None


ROWS = [
    pytest.param(table, word, id=f"{table}.{word}")
    for table, model in TABLES.items()
    for word in lexicon.read("quantities", table, model)
]
SILENT = {"codes", "collectives", "fixed", "lands", "measures", "organisations", "things"}


@pytest.mark.parametrize(("table", "word"), ROWS)
def test_row_acts_on_its_example(table: str, word: str) -> None:
    """Each row of the lexicon does on its own example what its table is for."""
    row: Any = lexicon.read("quantities", table, TABLES[table])[word]
    text, start, end = lexicon.unbracket(row.example)
    mentions = found(text)

    if table in SILENT:
        assert mentions == []
    elif table in {"groups", "vague"}:
        assert (start, end) in [(m.start, m.end) for m in mentions]
    elif table == "qualifiers":
        (mention,) = [m for m in mentions if m.label != "name"]
        assert row.kind == mention.value["qualifier"]
        assert mention.value["qualifier_text_start"] == (None if row.side == "after" else start)
    elif table == "titles":
        assert "Adam Ashby" in [text[m.start : m.end] for m in mentions]
    elif table == "changes":
        assert [m.label for m in mentions] == ["numeral", "numeral"]
    elif table == "phrasal":
        assert [m.value["qualifier"] for m in mentions] == ["exact"]
    elif table == "diseases":
        assert [m.value["unit_hint"] for m in mentions] == ["people"]
    else:
        (mention,) = mentions
        assert row.unit == mention.value["unit_hint"]
        assert mention.value["phrase"][1] >= end


@pytest.mark.parametrize(
    ("passage", "measured"),
    [("40 kg of rice", True), ("30 km/h winds", True), ("10 PKK members", False), ("5 at a market", False)],
)
def test_measured_quantities_are_told_apart(passage: str, measured: bool) -> None:
    """A sign behind a number makes it an amount only where it is one of our units."""
    assert measured == is_measured(passage)


def test_leaves_the_root_logger_alone() -> None:
    """Asking quantulum3 does not set up logging for the host program."""
    before = list(logging.root.handlers)
    is_measured("41 kg of rice")

    assert before == logging.root.handlers


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789,.-–'\"()[] \n\t*_%$²½\u00a0aAnNoOthewTdz#", max_size=60))
def test_any_text_gives_sound_mentions(text: str) -> None:
    """Offsets lie in the text, spans hold no outer space, bounds stand in order."""
    doc = make_doc(text)
    for mention in find(doc):
        span = doc.text[mention.start : mention.end]
        assert span
        assert span == span.strip()
        low, best, high = (mention.value[key] for key in ("low", "best", "high"))
        given_bounds = [n for n in (low, best, high) if n is not None]
        assert sorted(given_bounds) == given_bounds
        first, last = mention.value["phrase"]
        assert 0 <= first < last <= len(doc.text)
