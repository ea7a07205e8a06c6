"""Which names are places: what towns have, where somebody lives, lists, and the rest of the text."""

from __future__ import annotations

import pytest

from casualty_extract import lexicon
from casualty_extract.places import find
from casualty_extract.places_home import read_home
from casualty_extract.places_words import HomeWord, Words
from conftest import make_doc
from test_places import marked, over

KEPT = [
    # What towns have, even where people have the name too.
    "A [Trenton] man was shot.",
    "[Crafton] police found two bodies.",
    "The [Madison] City Council voted.",
    # Where somebody lives or was elected.
    "Ann Lee, 41, of [Myerstown], was hurt.",
    "Ann Lee of [Myerstown] was hurt.",
    "Ann Lee, 41, [Grapeland], was charged.",
    "Rep. Ann Lee, R-[Florence], wept.",
    "The mayor of [Nelson] wept.",
    # A small town that is told to be one elsewhere in the text.
    "[Crafton] is small. Two died in Crafton.",
    # A small town where the article is.
    "Two died in Shreveport and Natchitoches, Louisiana. Then [Mansfield] mourned.",
    # The town in the name of what acts.
    "[Kandahar] Hospital said that two had died.",
]


@pytest.mark.parametrize("sentence", KEPT)
def test_keeps(sentence: str) -> None:
    """The marked words are one town, and no part of a site's name."""
    text, start, end = marked(sentence)
    found = over(text, start, end)
    assert [(m.start, m.end, m.value["inner"]) for m in found] == [(start, end, False)]


LEFT_ALONE = [
    # Sites that act, and that nothing leads to.
    "[Redcliffe School] said that two had died.",
    # People who bear the name of a site.
    "[Ann Hill], 24, was found dead.",
    "[Ms. Hill] wept.",
    # An area word without a name.
    "The [School District] had no comment.",
    # Capitals that stand for something else.
    "A [SWAT] team came.",
]


@pytest.mark.parametrize("sentence", LEFT_ALONE)
def test_leaves_alone(sentence: str) -> None:
    """The marked words are no place."""
    text, start, end = marked(sentence)
    assert over(text, start, end) == []


@pytest.mark.parametrize(
    "sentence", ["They called [Tolvaro Hospital] a death trap.", "Police sealed off [Tolvaro School]."]
)
def test_keeps_a_site_to_which_something_is_done(sentence: str) -> None:
    """A site that a verb leads to is a place."""
    text, start, end = marked(sentence)
    assert [(m.start, m.end) for m in over(text, start, end)] == [(start, end)]


def test_department_of_a_state_is_no_part_of_it() -> None:
    """The place in "the Ohio Department of Health" is Ohio."""
    text, start, end = marked("The [Ohio] Department of Health counted nine dead.")
    assert [(m.start, m.end, m.value["name"]) for m in over(text, start, end)] == [(start, end, "Ohio")]


@pytest.mark.parametrize("word", lexicon.read("places", "home_words", HomeWord))
def test_home_words_tell_their_country(word: str) -> None:
    """A word of one country's news is counted for it in its own example."""
    row = lexicon.read("places", "home_words", HomeWord)[word]
    text, start, end = lexicon.unbracket(row.example)
    assert row.country in read_home(Words(make_doc(text)))
    assert read_home(Words(make_doc(text[:start] + text[end:]))) == {}


def test_what_acts_gives_its_town_the_role_of_a_source() -> None:
    """A hospital that speaks is no place of the harm, nor is its town."""
    [town] = find(make_doc("Kandahar Hospital counted nine dead."))
    assert (town.label, town.value["role"], town.value["cue"]) == ("city", "source", "hospital")


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Six died in [Africa].", "Africa"),
        ("Floods spread across [South East Asia].", "Southeast Asia"),
        ("Storms killed six in northern [Europe].", "Europe"),
    ],
)
def test_continents_are_told_and_are_no_places_of_a_harm(sentence: str, name: str) -> None:
    """What is wider than a country has no country, and nothing happens there by its role."""
    text, start, end = marked(sentence)
    [wide] = over(text, start, end)
    assert (wide.start, wide.end, wide.label) == (start, end, "region")
    assert (wide.value["name"], wide.value["country"], wide.value["role"]) == (name, None, "other")


ROADS = [
    "Two cars collided on [County Road 43] at noon.",
    "A lorry overturned on [U.S. Highway 75].",
    "Shots were fired on [Memphis St.] at noon.",
]


@pytest.mark.parametrize("sentence", ROADS)
def test_roads_whole(sentence: str) -> None:
    """A numbered road has the word for who keeps it in its name, and a street its short form."""
    text, start, end = marked(sentence)
    found = [m for m in over(text, start, end) if not m.value["inner"]]
    assert [(m.start, text[m.start : m.end].rstrip("."), m.label) for m in found] == [
        (start, text[start:end].rstrip("."), "site")
    ]


def test_authority_of_a_road_is_no_road() -> None:
    """The place in the name of an authority is the state."""
    text, start, end = marked("The [Massachusetts] Turnpike Authority raised the toll.")
    assert [(m.start, m.end, m.label) for m in find(make_doc(text))] == [(start, end, "region")]


def test_county_within_a_longer_run() -> None:
    """The county of a class, or of a queen, is the county."""
    text, start, end = marked("Ann Lee, Miss [Butler County], was hurt in Ohio.")
    assert [(m.start, m.end) for m in over(text, start, end)] == [(start, end)]


def test_police_are_no_town() -> None:
    """There is a town called Police, but not in the Indiana State Police."""
    text = "The Indiana State Police bomb squad came."
    assert [m.value["name"] for m in find(make_doc(text))] == ["Indiana"]


def test_names_wider_than_countries_begin_with_words_that_are_looked_up() -> None:
    """The quick look at the first word leaves out none of the gazetteer's continents."""
    from casualty_extract.lexicon.gazetteer.countries import read
    from casualty_extract.places_names import WIDE

    assert {key.split()[0] for key in read().continents} <= WIDE


@pytest.mark.parametrize(
    "sentence",
    [
        "Ann Obama spoke. It was in [Obama]'s law.",
        "The city has three [TIF] districts.",
        "[Many] area cities plan more.",
    ],
)
def test_leaves_alone_what_only_looks_like_a_place(sentence: str) -> None:
    """A person told before, letters that stand for words, and a word at the start of a sentence."""
    text, start, end = marked(sentence)
    assert over(text, start, end) == []
