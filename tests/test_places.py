"""Places: what is found, where it is, and what it does in its sentence."""

from __future__ import annotations

import time

import pytest

from casualty_extract import lexicon
from casualty_extract.mentions import Mention
from casualty_extract.places import find
from casualty_extract.places_words import AreaWord, CueWord, Preposition, SiteWord
from conftest import make_doc

CUE_TABLES = (
    "counting_verbs",
    "declared_words",
    "modifiers",
    "place_nouns",
    "speakers",
    "organisation_words",
    "event_words",
    "event_modifiers",
    "elsewhere_words",
    "speech_verbs",
    "struck_verbs",
)


def marked(sentence: str) -> tuple[str, int, int]:
    start, end = sentence.index("["), sentence.index("]") - 1
    return sentence.replace("[", "").replace("]", ""), start, end


def over(text: str, start: int, end: int, **known: str) -> list[Mention]:
    return [m for m in find(make_doc(text, **known)) if m.start < end and start < m.end]


FOUND = [
    # What counts its own dead is where they died; what only speaks is not.
    ("[Sofala province] alone has recorded 2,870 cases.", "region", "MZ", "location"),
    ("[Kenya] reported 12 new cases and no deaths.", "country", "KE", "location"),
    ("[Zambia] had its first death of the virus.", "country", "ZM", "location"),
    ("[Kenya] reported that talks had failed.", "country", "KE", "source"),
    # Names in a row, of which the gazetteer lacks the first.
    ("Three died in Laches, [Bogotá], Colombia.", "city", "CO", "location"),
    ("Seven died in Ratta Kulachi, Dera Ismail Khan, [Khyber Pakhtunkhwa].", "region", "PK", "location"),
    ("A mine in East Hillock district, [Meghalaya], India, exploded.", "region", "IN", "location"),
    ("[Bolivia] declares a national emergency after floods kill fifty.", "country", "BO", "location"),
    ("[Cuba] reports 33 deaths from dengue.", "country", "CU", "location"),
    ("Militants attack [Titao], killing two.", "city", "BF", "location"),
    ("Rebels threatened to attack [Goma].", "city", "CD", "other"),
    ("An earthquake strikes [Esmeraldas], Ecuador.", "city", "EC", "location"),
    ("A bus overturned in Padang Panjang, [West Sumatra], Indonesia.", "region", "ID", "location"),
    ("Two died in Garut Regency, West Java, [Indonesia].", "country", "ID", "location"),
    ("A drone exploded in An-Narqa, southern [Lebanon].", "country", "LB", "location"),
    # The article of Arabic names, which are words of English too.
    ("Two died in [An-Naqoura], southern Lebanon.", "city", "LB", "location"),
    ("Two died in [An Nasiriyah].", "city", "IQ", "location"),
    ("Shells fell on [As-Suwayda].", "region", "SY", "location"),
    # The gazetteer has a town of the name of a district, in one country alone.
    ("Two died in the [Sangin district].", "region", "AF", "location"),
    ("Four died in northern Israeli-occupied [West Bank].", "region", "PS", "location"),
    ("The government of [Sudan] declares an outbreak after six deaths.", "country", "SD", "location"),
    # A nation's acts are done elsewhere.
    ("Five [U.S.] airstrikes in Yemen killed 12.", "country", "US", "demonym"),
    ("A battle to liberate [Mosul] killed 12.", "city", "IQ", "location"),
    ("Rescuers scoured [New Orleans] for the missing.", "city", "US", "location"),
    # A doctor tells of the dead where they work.
    ("A doctor at [Bagram Air Base], who gave no name, said 27 had died.", "site", "AF", "source"),
    ("A doctor at [Union Hospital] was shot dead.", "site", None, "location"),
    # Towns, countries and regions by name and chain.
    ("A car bomb in [Mosul], Iraq, killed six.", "city", "IQ", "location"),
    ("A car bomb in Mosul, [Iraq], killed six.", "country", "IQ", "location"),
    ("Shelling killed nine in northern [Syria].", "country", "SY", "location"),
    ("A drone struck the Syrian town of [Atimah].", "city", "SY", "location"),
    ("Six died in [Helmand province].", "region", "AF", "location"),
    ("Gunmen struck in [Borno state].", "region", "NG", "location"),
    ("Six died in the [Narang district] of Kunar.", "region", "AF", "location"),
    ("Shells fell on Cairo's [Abbassiya district].", "city", "EG", "location"),
    ("A bomb exploded in the [Karrada neighborhood].", "city", None, "location"),
    ("A blast hit [Sadr City] in Baghdad.", "city", "IQ", "location"),
    ("Two died in [Pope County], Arkansas.", "region", "US", "location"),
    ("Floods hit [Rakhine State] in Myanmar.", "region", "MM", "location"),
    ("Floods hit [West Bengal].", "region", "IN", "location"),
    ("A quake struck the island of [Lombok].", "region", "ID", "location"),
    ("Rebels attacked [North Kivu].", "region", "CD", "location"),
    ("Clashes in [Nagorno-Karabakh] killed two.", "region", "AZ", "location"),
    ("A clash in the [Gaza Strip] killed two.", "region", "PS", "location"),
    ("A clash in [Gaza] killed two.", "region", "PS", "location"),
    ("A clash in [Gaza City] killed two.", "city", "PS", "location"),
    ("Tanks rolled into [Rafah], Gaza.", "city", "PS", "location"),
    ("Two died in [Khan Younis].", "city", "PS", "location"),
    ("Two died in [al-Qaim], Iraq.", "city", "IQ", "location"),
    ("Two died in [Sana'a].", "city", "YE", "location"),
    ("Two died in [Sana’a].", "city", "YE", "location"),
    ("A mine killed two in [N'Djamena].", "city", "TD", "location"),
    ("Two died in [Côte d'Ivoire].", "country", "CI", "location"),
    ("Two died in the [Democratic Republic of Congo].", "country", "CD", "location"),
    ("Two died in [South Sudan].", "country", "SS", "location"),
    ("Two died 10 miles north of [Tripoli].", "city", "LY", "location"),
    ("Near [Tall Hamra], Syria, one strike destroyed a tank.", "city", "SY", "location"),
    ("Soldiers raided the village of [Kafr Zaybad].", "city", None, "location"),
    ("Fighting in Homs, [Hama] and Aleppo killed 30.", "city", "SY", "location"),
    ("Deaths were reported in Ohio, [Indiana] and Kentucky.", "region", "US", "location"),
    ("Six people drowned off [Lampedusa].", "region", "IT", "location"),
    # Which of the places of a name.
    ("Two men were killed in [Paris], Texas.", "city", "US", "location"),
    ("Two men were killed in [Paris], France.", "city", "FR", "location"),
    ("A tornado hit [Georgia] and Alabama.", "region", "US", "location"),
    ("Protesters died in Tbilisi, [Georgia].", "country", "GE", "location"),
    ("A spokesman in [Washington] said so.", "city", "US", "source"),
    ("Troops entered [Deir Ezzor].", "city", "SY", "other"),
    # Roles.
    ("[BAGHDAD] (AP) - Six people died.", "city", "IQ", "dateline"),
    ("[KABUL], Afghanistan — Six people died.", "city", "AF", "dateline"),
    ("KABUL, [Afghanistan] — Six people died.", "country", "AF", "dateline"),
    ("BOGOTA, [Colombia] (Reuters) – A mine collapsed in Cauca.", "country", "CO", "dateline"),
    ("[Washington] said no civilians had died.", "city", "US", "source"),
    ("The [Gaza] Health Ministry counted 40 dead.", "region", "PS", "source"),
    ("[Iraq]'s army lost ten men.", "country", "IQ", "source"),
    ("The president of [Mali] was abroad.", "country", "ML", "source"),
    ("The [US]-led coalition carried out strikes.", "country", "US", "demonym"),
    ("[U.S.] forces killed four men.", "country", "US", "demonym"),
    ("[Syrian] soldiers shelled the town.", "country", "SY", "demonym"),
    ("Two [South Korean] tourists died.", "country", "KR", "demonym"),
    ("Six died inside [Syrian] territory.", "country", "SY", "location"),
    ("The [Kandahar] bombing killed nine.", "city", "AF", "location"),
    ("[Kandahar] was rocked by a blast.", "city", "AF", "location"),
    ("A blast rocked [Quetta] on Monday.", "city", "PK", "location"),
    ("The bombing of [Aleppo] went on.", "city", "SY", "location"),
    ("The man, from [Ohio], was arrested.", "region", "US", "other"),
    ("She was born in [Lagos].", "city", "NG", "other"),
    ("John Smith, 44, of [Memphis], died.", "city", "US", "other"),
    ("They fled to [Turkey].", "country", "TR", "other"),
    # Sites.
    ("A car was hit on [Interstate 40] near Memphis.", "site", "US", "location"),
    ("A lorry overturned on [FM 1960] in Houston, Texas.", "site", "US", "location"),
    ("Two cars collided on [Mayflower Road].", "site", None, "location"),
    ("Eleven died at [St. Mary's Cathedral].", "site", None, "location"),
    ("Gunmen attacked the [University of Aden].", "site", None, "location"),
    ("Rockets hit [Camp Speicher].", "site", None, "location"),
    ("Shots were fired at [Forward Operating Base Redcliffe].", "site", None, "location"),
    ("Six men died in the [Church of St. Anne and St. Mark].", "site", None, "location"),
    ("They closed [London Bridge].", "site", "GB", "other"),
    ("Four died in a fire at [Fishmongers' Hall] in London.", "site", "GB", "location"),
]


@pytest.mark.parametrize(("sentence", "label", "country", "role"), FOUND, ids=[row[0] for row in FOUND])
def test_finds_the_place(sentence: str, label: str, country: str | None, role: str) -> None:
    """The marked words are one place of that kind, country and role."""
    text, start, end = marked(sentence)
    found = [m for m in over(text, start, end) if (m.start, m.end) == (start, end) and not m.value["inner"]]
    assert [(m.label, m.value["role"]) for m in found] == [(label, role)]
    if country is not None:
        assert found[0].value["country"] == country


LEFT_ALONE = [
    "Ann Boren, 28, drove. A child in the [Boren] vehicle was hurt.",
    "[Paris] Hilton was hurt.",
    "Mr. [Houston] was hurt.",
    "Gen. [Jackson] was hurt.",
    "Capt. [Houston] was hurt.",
    "[Jordan] Edwards was shot.",
    "Michael [Jordan] was shot.",
    "[Police] said two people died.",
    "[March] was the deadliest month.",
    "Two died in [May].",
    "[Reading] the report took hours.",
    "He is a nice [man].",
    "Two people told [us] so.",
    "[Islamic State] claimed the attack.",
    "Six died in a [Kurdish] village.",
    "He prayed in [Easter] week.",
    "The [Hospital] was full.",
    "[Mobile] phones were banned.",
    "The [UN] counted 40 dead.",
    "The [FAO] counted 40 dead.",
    "[Many] were hurt.",
    "[Nice] weather followed.",
    "The [Supreme Court] ruled.",
    "They went to the [Central Bank].",
]


@pytest.mark.parametrize("sentence", LEFT_ALONE)
def test_leaves_alone(sentence: str) -> None:
    """The marked words are no place."""
    text, start, end = marked(sentence)
    assert over(text, start, end) == []


FOCUS = [
    # The article's country and region decide where nothing stands beside the name.
    ("Police in Ohio said two men died. The shooting was in [Springfield]. Ohio troopers helped.", "39.9"),
    ("Police in Illinois said two men died. The shooting was in [Springfield].", "39.8"),
    ("The Egyptian army said ten died near [Rafah]. Egypt closed the road. Egyptian troops left.", "31.28"),
]


@pytest.mark.parametrize(("text", "latitude"), FOCUS)
def test_takes_the_place_that_the_article_is_about(text: str, latitude: str) -> None:
    """A name of many places means the one in the country or region that the article names."""
    bare, start, end = marked(text)
    (mention,) = over(bare, start, end)
    assert f"{mention.value['lat']:.2f}".startswith(latitude)


def test_title_and_publisher_bear_on_the_country() -> None:
    """A headline beside the text, and then the publisher, settle a name of two countries."""
    text = "Two men died in Hyderabad."
    start, end = 16, 25
    assert over(text, start, end, title="Pakistan blast kills two")[0].value["country"] == "PK"
    assert over(text, start, end, title="India blast kills two")[0].value["country"] == "IN"
    assert over("Two men died in London.", 16, 22, publisher="example.co.uk")[0].value["country"] == "GB"


def test_chain_names_the_wider_places() -> None:
    """The chain holds the offsets of the wider places right after a name."""
    text = "Six died in Mosul, Nineveh province, Iraq."
    first = next(find(make_doc(text)))
    assert [text[start:end] for start, end in first.value["chain"]] == ["Nineveh province", "Iraq"]


def test_site_without_coordinates_takes_those_of_its_town() -> None:
    """A site that the gazetteer lacks lies where the town beside it lies, and has no number."""
    text = "Six died at Salmani Market in Peshawar, Pakistan."
    site = next(find(make_doc(text)))
    assert (site.label, site.value["country"], site.value["geonameid"]) == ("site", "PK", None)
    assert (round(site.value["lat"]), round(site.value["lon"])) == (34, 72)


def test_site_at_sea_takes_no_coordinates() -> None:
    """A sea is not near a town of its name; one that the gazetteer knows lies in no one country."""
    site = next(find(make_doc("Six drowned in the Bedford Sea.")))
    assert (site.label, site.value["lat"]) == ("site", None)
    sea = next(find(make_doc("Six drowned in the Aegean Sea.")))
    assert (sea.label, sea.value["country"], sea.value["lat"]) == ("site", None, 39.0)


def test_countries_in_a_row_are_no_towns_of_each_other() -> None:
    """There are towns called China in Japan and Iraq in Iran, but a list of countries names countries."""
    found = find(make_doc("Deaths were told from Mexico, China, Japan and Iraq."))
    assert [(m.label, m.value["country"]) for m in found] == [
        ("country", "MX"),
        ("country", "CN"),
        ("country", "JP"),
        ("country", "IQ"),
    ]


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        # Another name of a larger place gives way to the place itself.
        ("Nine died in Mexico on Monday.", 13, ("Mexico", "MX")),
        ("Nine died in Islamabad on Monday.", 13, ("Islamabad", "PK")),
        ("Nine died in Minsk on Monday.", 13, ("Minsk", "BY")),
        # A spelling of its own name does not.
        ("Fighting in Homs killed 30.", 12, ("Homs", "SY")),
        # Towns and counties near one another.
        ("A fire in Lebanon killed two, Boone County officials said in Zionsville.", 10, ("Lebanon", "US")),
        ("A blast in Lebanon killed two, officials in Tripoli and Sidon said.", 11, ("Lebanon", "LB")),
        ("Nine died in Paris, the French police said.", 13, ("Paris", "FR")),
    ],
)
def test_names_of_many_meanings(text: str, at: int, expected: tuple[str, str]) -> None:
    """What else an article names tells which place is meant."""
    [mention] = [m for m in find(make_doc(text)) if m.start == at]
    assert (mention.value["name"], mention.value["country"]) == expected


def test_county_in_the_name_of_a_site() -> None:
    """The county is found in the name of its jail, and gives it its place."""
    jail, county = find(make_doc("Two men died in the Boone County Jail on Monday."))
    assert (jail.label, county.value["inner"]) == ("site", True)
    assert jail.value["lat"] is not None


def test_site_keeps_its_town_as_inner() -> None:
    """The town in a site's name is told apart from towns named for themselves."""
    text = "Six died at Kabul airport."
    assert [(text[m.start : m.end], m.value["inner"]) for m in find(make_doc(text))] == [
        ("Kabul airport", False),
        ("Kabul", True),
    ]


def test_person_named_before_is_no_town_later() -> None:
    """A surname told with its first name stays a person."""
    text = "Whitney Houston died. Houston was 48. Houston had sung for years."
    assert list(find(make_doc(text))) == []


def test_headline_in_capitals_keeps_large_places() -> None:
    """Where every word has a capital, only names that need no other sign are places."""
    text = "Car Bomb Blast Near Police Station Kills Dozens In Baghdad Market Area"
    assert "Baghdad" in {m.value["name"] for m in find(make_doc(text))}
    assert "Police" not in {m.value["name"] for m in find(make_doc(text))}


@pytest.mark.parametrize(
    "text", ["", " \n ", "*", "Mosul", "al-", "’s", "in", "of the", "St.", "Interstate", "US-"]
)
def test_survives_scraps(text: str) -> None:
    """Scraps of text give places within the text or none."""
    assert all(0 <= m.start < m.end <= len(text) for m in find(make_doc(text)))


def test_offsets_bear_white_space_and_marks() -> None:
    """Hard-wrapped lines, no-break spaces and emphasis do not move the offsets."""
    text = "Six people died in *New York* and in\nSouth Sudan\nlast week, and nine in\nSri\u00a0Lanka on Monday\nnight."
    found = [text[m.start : m.end] for m in find(make_doc(text))]
    assert found == ["New York", "South Sudan", "Sri\u00a0Lanka"]


@pytest.mark.parametrize(
    "unit", ["Mosul, ", "Paris Hilton ", "Alpha Beta ", "St. Mary's ", "Mosul and ", "of "]
)
def test_time_grows_with_length(unit: str) -> None:
    """Four times the text takes nowhere near sixteen times as long."""

    def seconds(times: int) -> float:
        doc = make_doc(unit * times)
        spent = []
        for _ in range(3):
            start = time.perf_counter()
            list(find(doc))
            spent.append(time.perf_counter() - start)
        return min(spent)

    assert seconds(4000) < 9 * seconds(1000) + 0.05


@pytest.mark.parametrize("table", ["area_words", "site_words"])
def test_type_words_find_their_example(table: str) -> None:
    """Each word for a kind of place finds the marked place of its own example."""
    rows = lexicon.read("places", table, AreaWord if table == "area_words" else SiteWord)  # type: ignore[type-var]
    wrong = []
    for word, row in rows.items():
        text, start, end = lexicon.unbracket(row.example)
        if (start, end) not in [(m.start, m.end) for m in over(text, start, end)]:
            wrong.append(word)
    assert wrong == []


@pytest.mark.parametrize("table", ["prepositions", *CUE_TABLES])
def test_cue_words_find_their_example(table: str) -> None:
    """Each cue is told as the cue of a place in its own example."""
    rows = lexicon.read("places", table, Preposition if table == "prepositions" else CueWord)  # type: ignore[type-var]
    wrong = []
    for word, row in rows.items():
        text, start, end = lexicon.unbracket(row.example)
        cues = [(m.value["cue"] or "").lower() for m in find(make_doc(text))]
        if not any(text[start:end].lower() in cue for cue in cues):
            wrong.append(word)
    assert wrong == []


@pytest.mark.parametrize("table", ["titles", "people_words"])
def test_words_that_rule_out_a_place(table: str) -> None:
    """Behind a title and in a word for a people, no place is found in the example."""
    wrong = []
    for word, row in lexicon.read("places", table, CueWord).items():
        text, _, _ = lexicon.unbracket(row.example)
        if list(find(make_doc(text))):
            wrong.append(word)
    assert wrong == []


@pytest.mark.parametrize(
    "table", [*CUE_TABLES, "prepositions", "area_words", "site_words", "titles", "people_words"]
)
def test_rows_are_in_alphabetical_order(table: str) -> None:
    """A word has one place in its table."""
    models = {"prepositions": Preposition, "area_words": AreaWord, "site_words": SiteWord}
    words = list(lexicon.read("places", table, models.get(table, CueWord)))  # type: ignore[type-var]
    assert words == sorted(words)
