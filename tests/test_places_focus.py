"""Which of the places of a name: what the whole article says together."""

from __future__ import annotations

import pytest

from casualty_extract.places import find
from conftest import make_doc
from test_places import marked, over

MEANT = [
    # A name's own voice does not count for itself: other names decide.
    ("Two died in [Paris]. A sheriff in Dallas, Texas, spoke of Lamar County.", "US", "TX"),
    # Words of one country's news.
    ("The grand jury met in [Athens]. The sheriff and a county commissioner spoke.", "US", "GA"),
    # A county, told as one, beside a town of many names.
    ("Two died in [Lebanon], Boone County deputies said. The sheriff came.", "US", "IN"),
    # What a name of many meanings was found to mean bears on another.
    ("Two died in [Brampton]. London is in Ontario.", "CA", "08"),
    # A state beside the word for it.
    ("A cow from a [Washington] state farm died.", "US", "WA"),
    # A list of states.
    ("Nine died in [Washington], Pennsylvania, and Ohio.", "US", "WA"),
    # Names of counties by the word behind their list.
    ("Barns burned in Navarro, [Henderson] and Ellis counties in Texas.", "US", "TX"),
    # A town across the border does not stand beside its own name.
    ("Shells killed 12 people in [Rafah] on Monday.", "PS", "GZ"),
    # Of two spellings of a name, the one that the text has.
    ("Shells killed 12 people in [Tokmak] on Monday.", "UA", "26"),
    # The name that news knows a town by, beside the official one.
    ("Shells killed 12 people in [Kobani] on Monday.", "SY", "09"),
    # A genitive within a name.
    ("Fire killed 12 people in [Cox's Bazar] on Monday.", "BD", "84"),
]


@pytest.mark.parametrize(("sentence", "country", "admin1"), MEANT)
def test_means(sentence: str, country: str, admin1: str) -> None:
    """The marked name means the place in that region."""
    from casualty_extract.lexicon.gazetteer import lookup

    text, start, end = marked(sentence)
    value = over(text, start, end)[0].value
    name = text[start:end]
    regions = {
        p.admin1 for p in lookup(name) if (round(p.lat, 4), round(p.lon, 4)) == (value["lat"], value["lon"])
    } or {p.admin1 for p in lookup(name) if abs(p.lat - value["lat"]) + abs(p.lon - value["lon"]) < 1e-3}
    assert (value["country"], regions) == (country, {admin1})


def test_place_outside_the_wider_one_is_another() -> None:
    """The gazetteer has a Stroud in England, and none in Ontario: that of the text has no coordinates."""
    value = next(find(make_doc("Two died in Stroud, Ontario."))).value
    assert (value["name"], value["country"], value["lat"]) == ("Stroud", "CA", None)


def test_name_that_a_town_elsewhere_merely_bears_too() -> None:
    """Huntsville in Alabama was once called Twickenham, but a story of London means no place in Alabama."""
    value = next(find(make_doc("Two died in Twickenham. London and Britain mourned."))).value
    assert (value["name"], value["country"], value["lat"]) == ("Twickenham", "GB", None)


def test_list_of_districts_that_the_gazetteer_lacks() -> None:
    """The word behind a list tells what its unknown names are."""
    found = list(find(make_doc("Shells fell on the Tolvaro and Umbrike districts.")))
    assert [(m.value["name"], m.label, m.value["cue"]) for m in found] == [
        ("Tolvaro", "region", "on the"),
        ("Umbrike", "region", "on the"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [("Floods hit the Gulf of Mexico.", "Gulf of Mexico"), ("Two died in Medina.", "Madinah")],
)
def test_known_by_its_whole_name(text: str, name: str) -> None:
    """A water with "of" in its name is in the gazetteer, and so is a large town under another spelling."""
    assert [m.value["name"] for m in find(make_doc(text))] == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("New York's governor wept.", "New York"),
        ("The New York Senator wept.", "New York"),
        ("A blast hit New York.", "New York City"),
    ],
)
def test_what_only_a_state_has(text: str, name: str) -> None:
    """A state with the name of its town is meant where a governor or senator follows."""
    assert [m.value["name"] for m in find(make_doc(text))] == [name]


def test_streets_say_nothing_of_where_an_article_is() -> None:
    """A street bears the name of a town elsewhere; the county tells which Lebanon is meant."""
    text = "Ann Lee, 60, of Lebanon, was held in the Boone County Jail. She lived on East Washington Street."
    town = next(find(make_doc(text)))
    assert (town.value["country"], round(town.value["lat"]), round(town.value["lon"])) == ("US", 40, -86)


def test_valley_has_the_place_of_its_town() -> None:
    """The gazetteer lacks the valley, and has the town whose name it bears."""
    [valley] = find(make_doc("Two died in the Las Vegas Valley."))
    assert (valley.label, valley.value["geonameid"]) == ("region", None)
    assert (round(valley.value["lat"]), round(valley.value["lon"])) == (36, -115)


def test_university_of_a_town_has_its_place() -> None:
    """The town in "University of Aden" is told as a part of its name, and gives the coordinates."""
    site, town = find(make_doc("Six died at the University of Aden."))
    assert (site.label, town.value["inner"]) == ("site", True)
    assert (round(site.value["lat"]), round(site.value["lon"])) == (13, 45)


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        # A word for a people does not bring a strike home.
        ("Nine died in Israeli airstrikes across [Gaza City].", "PS"),
        # Of the wider names the country is the surest.
        ("Six died in Israeli airstrikes near [Jannata], South Governorate, Lebanon.", "LB"),
        ("Six died in [Mandeite locality], Mambasa, Ituri Province, Democratic Republic of the Congo.", "CD"),
        ("A bus fell into a ravine in Sololá Department, [Guatemala].", "GT"),
        # A town that the gazetteer has in another country alone is another.
        ("A plane came down in [El Alto], Bolivia.", "BO"),
    ],
)
def test_country_of(sentence: str, country: str) -> None:
    """The country is that of the wider names beside it, not that of a people."""
    text, start, end = marked(sentence)
    assert [m.value["country"] for m in over(text, start, end) if m.end == end] == [country]


def test_lake_of_several_countries_keeps_its_place() -> None:
    """Lake Chad lies in no one country, and is found beside any of them."""
    text, start, end = marked("Clashes near [Lake Chad] in Nigeria killed two.")
    [lake] = over(text, start, end)
    assert (lake.value["country"], round(lake.value["lat"])) == ("NG", 13)


def test_country_and_not_its_capital_of_the_same_name() -> None:
    """Guatemala behind the name of a department is the country, not Guatemala City."""
    text, start, end = marked(
        "A bus fell into a ravine in Sololá Department, [Guatemala]. Guatemalan police came."
    )
    assert [m.label for m in over(text, start, end) if m.end == end] == ["country"]
