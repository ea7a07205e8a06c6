"""Rows of data sets, checked by hand: short texts, and what each cell must be for them."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from casualty_extract import Article, Extraction, extract, lexicon, load
from casualty_extract.exports import Cell, DataSet, export
from casualty_extract.exports_figures import settled

DAY = "2017-09-03"
"""A Sunday: the day of publication of all texts that name no other."""


@cache
def read(text: str, published: str | None = DAY, publisher: str | None = None) -> Extraction:
    return extract(Article(id="a1", text=text, publisher=publisher), published=published)


def row(text: str, data_set: DataSet, published: str | None = DAY, **options: Any) -> dict[str, Cell]:
    [found] = export([read(text, published)], data_set, **options)
    return found


def check(found: dict[str, Cell], expected: dict[str, Cell]) -> None:
    assert {column: found[column] for column in expected} == expected


FRIDAY, MONDAY = date(2017, 9, 1), date(2017, 8, 28)

UCDP: dict[str, tuple[str, dict[str, Cell]]] = {
    "a bomb, a town, a day": (
        "A bomb killed 12 people in Mosul on Friday.",
        {
            "year": 2017, "number_of_sources": 1, "source_article": '"a1,2017-09-03"', "source_office": None,
            "source_date": DAY, "source_headline": None, "source_original": None, "where_prec": 1,
            "where_coordinates": "Mosul", "where_description": "Mosul", "adm_1": "Nineveh", "adm_2": None,
            "latitude": 36.335, "longitude": 43.1189, "geom_wkt": "POINT (43.1189 36.335)", "country": "Iraq",
            "region": "Middle East", "date_prec": 1, "date_start": FRIDAY, "date_end": FRIDAY, "deaths_a": None,
            "deaths_b": None, "deaths_civilians": None, "deaths_unknown": 12, "best": 12, "high": 12, "low": 12,
            "best_rule": "toll", "vague_rule": None, "cause": "bombing", "perpetrator": None, "scope": "event",
            "documents": "a1",
        },
    ),
    "civilians and soldiers": (
        "Shelling killed six civilians and two soldiers in Donetsk region, Ukraine, on Monday.",
        {
            "deaths_civilians": 6, "deaths_combatants": 2, "deaths_unknown": None, "best": 8, "low": 8, "high": 8,
            "where_prec": 4, "where_coordinates": "Donetsk", "adm_1": "Donetsk", "country": "Ukraine",
            "region": "Europe", "where_description": "Donetsk, Ukraine", "date_start": MONDAY, "date_prec": 1,
        },
    ),
    "children are among the dead": (
        "A bomb killed 12 people, including three children, in Mosul on Friday.",
        {"best": 12, "deaths_civilians": 3, "deaths_unknown": 9, "low": 12, "high": 12},
    ),
    "two sources differ": (
        "A bomb killed 12 people in Mosul on Friday, police said. The army said 15 people were killed.",
        {"low": 12, "best": 15, "high": 15, "source_original": "police;army", "deaths_unknown": 15},
    ),
    "the bomber and police": (
        "A suicide bomber killed himself and five police in Quetta, Pakistan, on Friday.",
        {
            "best": 6, "deaths_police": 5, "deaths_perpetrators": 1, "deaths_civilians": None,
            "deaths_unknown": None, "perpetrator": "A suicide bomber", "region": "Asia", "adm_1": "Balochistan",
        },
    ),
    "at least": (
        "At least 20 villagers were killed in an airstrike in Aleppo on Friday.",
        {"low": 20, "best": 20, "high": None, "deaths_civilians": 20, "deaths_unknown": None},
    ),
    "up to": (
        "Up to 25 people were killed in an airstrike in Aleppo on Friday.",
        {"low": None, "best": 25, "high": 25},
    ),
    "a range": (
        "Between 20 and 30 people were killed in an airstrike in Aleppo on Friday.",
        {"low": 20, "best": 25, "high": 30},
    ),
    "dozens": (
        "Dozens of people were killed in an airstrike in Aleppo on Friday.",
        {"low": 24, "best": None, "high": None, "best_rule": None, "deaths_unknown": None},
    ),
    "a week": (
        "Gunmen killed 12 villagers in Zamfara state, Nigeria, last week.",
        {
            "date_start": date(2017, 8, 21), "date_end": date(2017, 8, 27), "date_prec": 3, "region": "Africa",
            "where_prec": 4, "adm_1": "Zamfara", "perpetrator": "Gunmen", "cause": None,
        },
    ),
    "a night": (
        "Shelling overnight killed four people in Donetsk.",
        {"date_start": date(2017, 9, 2), "date_end": date(2017, 9, 3), "date_prec": 2},
    ),
    "a month": (
        "An airstrike killed 14 people in Sirte in July 2016.",
        {"date_start": date(2016, 7, 1), "date_end": date(2016, 7, 31), "date_prec": 4, "year": 2016},
    ),
    "a year": (
        "A massacre in 2014 killed 300 people in Baga, Nigeria.",
        {"date_start": date(2014, 1, 1), "date_end": date(2014, 12, 31), "date_prec": 5, "year": 2014},
    ),
    "no day": (
        "A bomb killed 12 people in Mosul.",
        {"date_start": None, "date_end": None, "date_prec": None, "year": None, "where_prec": 1},
    ),
    "a date with two readings": (
        "A bomb killed 12 people in Mosul on 02/03/2017.",
        {"date_start": date(2017, 2, 3), "date_end": date(2017, 3, 2), "date_prec": 4},
    ),
    "no place": (
        "A bomb killed 12 people on Friday.",
        {
            "where_prec": None, "where_coordinates": None, "where_description": None, "latitude": None,
            "longitude": None, "geom_wkt": None, "country": None, "region": None, "adm_1": None, "date_prec": 1,
        },
    ),
    "a country": (
        "Gunmen killed 12 people in Mali on Friday.",
        {"where_prec": 6, "where_coordinates": "Mali", "adm_1": None, "country": "Mali", "region": "Africa"},
    ),
    "a county": (
        "A gunman killed two people in Bronx County, New York, on Friday.",
        {"where_prec": 3, "adm_2": "Bronx", "adm_1": "New York", "country": "United States", "region": "Americas"},
    ),
    "an area without a code": (
        "Militiamen killed 12 people in Darfur, Sudan, on Friday.",
        {"where_prec": 5, "where_coordinates": "Darfur", "adm_1": None, "country": "Sudan"},
    ),
    "a base near a town": (
        "A bomb killed three soldiers at Camp Speicher near Tikrit on Friday.",
        {"where_prec": 2, "where_coordinates": "Camp Speicher", "latitude": 34.6158, "adm_1": "Salahuddin"},
    ),
    "a part of a town": (
        "An airstrike killed nine people in the Old City of Aleppo on Friday.",
        {"where_prec": 2, "where_coordinates": "Old City", "where_description": "Old City, Aleppo", "adm_1": "Aleppo"},
    ),
    "two towns are no place": (
        "Bombs killed 12 people in Mosul and Basra on Friday.",
        {
            "where_prec": None, "where_coordinates": None, "latitude": None, "geom_wkt": None, "adm_1": None,
            "country": "Iraq", "where_description": "Mosul, Basrah",
        },
    ),
    "two regions of a named country": (
        "Shelling killed five people in Nineveh and Anbar provinces of Iraq on Friday.",
        {"where_prec": 6, "where_coordinates": "Iraq", "adm_1": None},
    ),
    "two countries": (
        "Attacks in Iraq and Syria killed ten people on Friday.",
        {"where_prec": None, "country": None, "region": None, "latitude": None},
    ),
    "a village on no map": (
        "Gunmen killed 12 people in the village of Kolabra in Zamfara state on Friday.",
        {"where_prec": 4, "where_coordinates": "Zamfara", "where_description": "Kolabra, Zamfara"},
    ),
    "a sea": (
        "Gunmen killed nine sailors in the Red Sea on Friday.",
        {"where_prec": 7, "where_coordinates": "Red Sea", "country": None},
    ),
    "who says so": (
        "A bomb killed 12 people in Mosul on Friday, a hospital official said.",
        {"source_original": "hospital official"},
    ),
    "names are counted once": (
        "Omar Dahli and Samir Haddad were shot dead in Aleppo on Friday. Dahli was a teacher.",
        {"best": 2, "low": 2, "high": 2},
    ),
    "another two": (
        "A bomb killed 12 people in Mosul on Friday. Another two died in hospital.",
        {"best": 14},
    ),
    "wounded are no dead": (
        "A bomb killed 12 people and wounded 30 in Mosul on Friday.",
        {"best": 12, "high": 12},
    ),
    "an explosion may be a bomb": (
        "An explosion killed 12 people in Kabul on Friday.",
        {"cause": "explosion", "best": 12},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), UCDP.values(), ids=UCDP)
def test_rows_of_ucdp(text: str, expected: dict[str, Cell]) -> None:
    """Each cell is what the text supports, and empty where it supports nothing."""
    check(row(text, "ucdp"), expected)


ACLED: dict[str, tuple[str, dict[str, Cell]]] = {
    "a car bomb": (
        "A car bomb killed 12 people in Mosul on Friday.",
        {
            "event_date": FRIDAY, "year": 2017, "time_precision": 1, "disorder_type": "Political violence",
            "event_type": "Explosions/Remote violence", "sub_event_type": "Remote explosive/landmine/IED",
            "actor1": None, "iso": 368, "country": "Iraq", "admin1": "Nineveh", "location": "Mosul",
            "latitude": 36.335, "longitude": 43.1189, "geo_precision": 1, "source": None, "source_scale": None,
            "notes": "A car bomb killed 12 people in Mosul on Friday.", "fatalities": 12, "best_rule": "lowest",
            "civilian_targeting": None, "region": None, "inter1": None, "tags": None, "timestamp": None,
        },
    ),
    "a suicide bomb": (
        "A suicide bomber killed 12 people in Kabul on Friday.",
        {"sub_event_type": "Suicide bomb", "actor1": "A suicide bomber", "iso": 4},
    ),
    "a bomb of unknown kind": (
        "A bomb killed 12 people in Mosul on Friday.",
        {"event_type": "Explosions/Remote violence", "sub_event_type": None},
    ),
    "an airstrike": (
        "An airstrike killed 12 people in Sanaa on Friday.",
        {"sub_event_type": "Air/drone strike", "iso": 887},
    ),
    "a drone": (
        "A drone strike killed three militants in Marib on Friday.",
        {"sub_event_type": "Air/drone strike", "fatalities": 3, "civilian_targeting": None},
    ),
    "a missile": (
        "A missile killed three people in Kharkiv on Friday.",
        {"sub_event_type": "Shelling/artillery/missile attack", "iso": 804},
    ),
    "a landmine": (
        "A landmine killed three farmers in Cambodia on Friday.",
        {
            "sub_event_type": "Remote explosive/landmine/IED", "location": None, "latitude": None,
            "longitude": None, "geo_precision": None, "country": "Cambodia", "iso": 116,
        },
    ),
    "a shooting has no certain type": (
        "Gunmen shot dead five people in Kandahar on Friday.",
        {"disorder_type": None, "event_type": None, "sub_event_type": None, "cause": "shooting", "actor1": "Gunmen"},
    ),
    "a clash has no certain type": (
        "Clashes killed five people in Taiz on Friday.",
        {"disorder_type": None, "event_type": None, "cause": "clash"},
    ),
    "the least of two figures": (
        "A bomb killed 12 people in Mosul on Friday, police said. The army said 15 people were killed.",
        {"fatalities": 12, "best_rule": "lowest"},
    ),
    "nobody killed": (
        "No one was killed when a car bomb exploded in Kabul on Sunday; four people were hurt.",
        {"fatalities": 0, "event_date": date(2017, 9, 3)},
    ),
    "no casualties at all": (
        "A car bomb exploded in Kabul on Friday but caused no casualties.",
        {"fatalities": 0},
    ),
    "only wounded: the dead are not told": (
        "A car bomb wounded four people in Kabul on Friday.",
        {"fatalities": None, "best_rule": None},
    ),
    "dozens have no number": (
        "Dozens of people were killed in an airstrike in Aleppo on Friday.",
        {"fatalities": None, "best_rule": None, "vague_rule": None},
    ),
    "the middle of a week": (
        "Gunmen killed 12 villagers in Zamfara state, Nigeria, last week.",
        {"event_date": date(2017, 8, 24), "time_precision": 2, "geo_precision": 3},
    ),
    "the middle of a month": (
        "An airstrike killed 14 people in Sirte in July 2016.",
        {"event_date": date(2016, 7, 16), "time_precision": 3, "year": 2016},
    ),
    "a year is too long": (
        "A massacre in 2014 killed 300 people in Baga, Nigeria.",
        {"event_date": None, "time_precision": None, "year": None},
    ),
    "one of two days has no middle": (
        "A bomb killed 12 people in Mosul on 02/03/2017.",
        {"event_date": None, "time_precision": None, "year": None},
    ),
    "civilians deliberately": (
        "Soldiers executed 20 civilians in Aleppo on Monday.",
        {"civilian_targeting": "Civilian targeting", "actor1": "Soldiers", "event_type": None},
    ),
    "civilians and soldiers, deliberately": (
        "Rebels executed 20 civilians and two soldiers in Aleppo on Monday.",
        {"civilian_targeting": None, "actor1": "Rebels", "fatalities": 22},
    ),
    "civilians, not said to be meant": (
        "An airstrike killed 20 civilians in Aleppo on Monday.",
        {"civilian_targeting": None},
    ),
    "a place beside a town": (
        "A bomb killed three soldiers at Camp Speicher near Tikrit on Friday.",
        {"geo_precision": 2, "location": "Camp Speicher", "admin1": "Salahuddin"},
    ),
    "abducted people": (
        "Gunmen abducted 20 students in Kaduna on Friday.",
        {"fatalities": None, "actor1": "Gunmen"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ACLED.values(), ids=ACLED)
def test_rows_of_acled(text: str, expected: dict[str, Cell]) -> None:
    """Each cell is what the text supports; types of events only where the cause is certain."""
    check(row(text, "acled"), expected)


AIRWARS: dict[str, tuple[str, dict[str, Cell]]] = {
    "civilians killed and injured": (
        "In Mosul on Friday, a coalition airstrike killed six to eight civilians and wounded ten villagers.",
        {
            "date": FRIDAY, "date_end": None, "location_name": "Mosul", "region": "Nineveh", "country": "Iraq",
            "civilians_killed_min": 6, "civilians_killed_max": 8, "civilians_injured_min": 10,
            "civilians_injured_max": 10, "strike_type": "airstrike", "civilian_harm_reported": "Yes",
            "grading": None, "strike_status": None, "known_belligerents": None, "targeted_belligerents": None,
            "militants_killed_min": None, "sources_count": 1, "unspecified_killed_min": None,
        },
    ),
    "people of whom nothing is told": (
        "An airstrike killed 12 people in Mosul on Friday.",
        {
            "civilians_killed_min": None, "civilians_killed_max": None, "civilian_harm_reported": None,
            "unspecified_killed_min": 12, "unspecified_killed_max": 12,
            "sources": "12 people killed, asserted, reporter (a1)",
        },
    ),
    "children among them": (
        "An airstrike killed 12 civilians, including three children, in Mosul on Friday.",
        {"civilians_killed_min": 12, "civilians_killed_max": 12, "children_killed_min": 3, "children_killed_max": 3},
    ),
    "people of whom nothing is told, among civilians": (
        "An airstrike killed 12 civilians, among them two brothers, in Mosul on Friday.",
        {"civilians_killed_min": 12, "civilians_killed_max": 12, "unspecified_killed_min": None},
    ),
    "militants": (
        "A drone strike killed three militants and one civilian in Marib on Friday.",
        {"militants_killed_min": 3, "militants_killed_max": 3, "civilians_killed_min": 1, "strike_type": "drone"},
    ),
    "at least": (
        "At least 20 civilians were killed in shelling in Aleppo on Friday.",
        {"civilians_killed_min": 20, "civilians_killed_max": None, "location_name": "Aleppo", "region": "Aleppo"},
    ),
    "nobody": (
        "An airstrike hit Mosul on Friday, but no one was killed.",
        {"civilians_killed_min": 0, "civilians_killed_max": 0, "civilian_harm_reported": None},
    ),
    "all figures stand in the sources": (
        "An airstrike killed 12 civilians in Mosul on Friday, medics said. The coalition said three civilians died.",
        {
            "civilians_killed_min": 3, "civilians_killed_max": 12,
            "sources": "12 civilians killed, asserted, medics (a1); three civilians killed, asserted, coalition (a1)",
        },
    ),
    "a province": (
        "An airstrike killed 12 civilians in Nineveh province, Iraq, on Friday.",
        {"location_name": None, "region": "Nineveh", "geolocation_accuracy": "Province/governorate"},
    ),
    "the suspected belligerent": (
        "Russian warplanes killed 12 civilians in Idlib on Friday, activists said.",
        {"suspected_belligerents": "Russian warplanes", "known_belligerents": None},
    ),
    "a shooting is no strike": (
        "Soldiers shot dead five civilians in Homs on Friday.",
        {"strike_type": None, "cause": "shooting", "civilians_killed_min": 5},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), AIRWARS.values(), ids=AIRWARS)
def test_rows_of_airwars(text: str, expected: dict[str, Cell]) -> None:
    """Civilians are those whom the text calls so; every claim stands in the sources."""
    check(row(text, "airwars"), expected)


HXL: dict[str, tuple[str, dict[str, Cell]]] = {
    "a flood": (
        "Floods killed 40 people in Jakarta on Friday and displaced 2,000.",
        {
            "#event+type": "disaster", "#cause+type": "flood", "#date+occurred": FRIDAY, "#date+start": FRIDAY,
            "#date+end": FRIDAY, "#loc+name": "Jakarta", "#loc+type": "city", "#geo+lat": -6.2146,
            "#geo+lon": 106.8451, "#country+name": "Indonesia", "#country+code+v_iso3": "IDN",
            "#affected+killed": 40, "#affected+killed+min": 40, "#affected+killed+max": 40,
            "#affected+displaced": 2000, "#affected+injured": None, "#affected+injured+min": None,
            "#date+reported": date(2017, 9, 3), "#meta+scope": "event", "#meta+documents": "a1",
        },
    ),
    "a range has no number": (
        "Floods killed 40 to 50 people in Jakarta on Friday.",
        {"#affected+killed": None, "#affected+killed+min": 40, "#affected+killed+max": 50},
    ),
    "an open end has no number": (
        "At least 40 people were killed in floods in Jakarta on Friday.",
        {"#affected+killed": None, "#affected+killed+min": 40, "#affected+killed+max": None},
    ),
    "several days are no day": (
        "Floods killed 40 people in Jakarta last week.",
        {"#date+occurred": None, "#date+start": date(2017, 8, 21), "#date+end": date(2017, 8, 27)},
    ),
    "a disease": (
        "Cholera killed 12 people and infected 300 in Hodeidah, Yemen, on Friday.",
        {"#event+type": "health", "#cause+type": "disease", "#affected+killed": 12},
    ),
    "a crash": (
        "A bus crash killed nine people in Chennai, Tamil Nadu, on Friday.",
        {"#event+type": "accident", "#cause+type": "crash", "#adm1+name": "Tamil Nadu", "#affected+killed": 9},
    ),
    "violence, civilians": (
        "Shelling killed six civilians and two soldiers in Donetsk region, Ukraine, on Monday.",
        {
            "#event+type": "violence", "#affected+killed": 8, "#affected+killed+civilians": 6,
            "#affected+killed+children": None, "#adm1+name": "Donetsk", "#country+code+v_iso3": "UKR",
        },
    ),
    "an explosion of no known kind": (
        "An explosion killed 12 people in Kabul on Friday.",
        {"#event+type": None, "#cause+type": "explosion"},
    ),
    "missing": (
        "A landslide left 30 people missing in Kodagu, India, on Friday.",
        {"#affected+missing": 30, "#affected+killed": None, "#event+type": "disaster"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HXL.values(), ids=HXL)
def test_rows_of_hxl(text: str, expected: dict[str, Cell]) -> None:
    """Bounds where figures differ, the number itself only where there is but one."""
    check(row(text, "hxl"), expected)


LEFT_OUT: dict[str, tuple[str, dict[DataSet, str | None]]] = {
    "a flood": (
        "Floods killed 40 people in Jakarta on Friday.",
        {"ucdp": "disaster or accident", "acled": "disaster or accident", "airwars": "disaster or accident", "hxl": None},
    ),
    "a fire": (
        "A fire killed 12 workers in Dhaka on Friday.",
        {"ucdp": "disaster or accident", "acled": "disaster or accident", "hxl": None},
    ),
    "a fire that somebody set": (
        "An arson attack killed 12 people in Kaduna on Friday.",
        {"ucdp": None, "acled": None, "airwars": None, "hxl": None},
    ),
    "a poisoning by somebody": (
        "Attackers poisoned 12 soldiers in Kaduna on Friday.",
        {"ucdp": "nobody killed", "acled": None, "airwars": None, "hxl": None},
    ),
    "a disease": (
        "Cholera killed 12 people in Hodeidah on Friday.",
        {"ucdp": "disaster or accident", "acled": "disaster or accident"},
    ),
    "a running total": (
        "At least 685 civilians have been killed in airstrikes in Syria since 2014.",
        {"ucdp": "running total", "acled": "running total", "airwars": "running total", "hxl": "running total"},
    ),
    "nobody died": (
        "A car bomb wounded four people in Kabul on Friday.",
        {"ucdp": "nobody killed", "acled": None, "airwars": None, "hxl": None},
    ),
    "denied": (
        "The army denied that it had killed nine civilians in Aleppo on Friday.",
        dict.fromkeys(("ucdp", "acled", "airwars", "hxl"), "denied or hypothetical"),
    ),
    "arrests": (
        "Police arrested 40 protesters in Tunis on Friday.",
        {"ucdp": "nobody killed", "acled": "nobody harmed by violence", "airwars": "nobody killed or injured", "hxl": None},
    ),
    "reports alone": (
        "There were 37 reports of civilian casualties in Mosul on Friday.",
        {"ucdp": "nobody killed", "hxl": "no people counted"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "reasons"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_a_data_set_has_no_rows_for(text: str, reasons: dict[DataSet, str | None]) -> None:
    """It is left out by default, with the reason counted, and kept where everything is asked for."""
    for data_set, reason in reasons.items():
        rows = export([read(text)], data_set)
        assert len(list(rows)) == (reason is None)
        assert dict(rows.left_out) == ({reason: 1} if reason else {})
        assert len(list(export([read(text)], data_set, everything=True))) == 1


RULES = [("toll", 15), ("told_last", 13), ("lowest", 12), ("median", 13), ("highest", 15)]


@pytest.mark.parametrize(("rule", "best"), RULES)
def test_the_one_number_is_taken_by_a_named_rule(rule: Any, best: int) -> None:
    """The rule's name stands beside the number; the bounds stay."""
    text = (
        "A bomb killed 12 people in Mosul on Friday, police said. The army said 15 people were killed. "
        "Doctors said 13 people were killed."
    )
    found = row(text, "ucdp", best_rule=rule)
    check(found, {"low": 12, "best": best, "high": 15, "best_rule": rule})
    assert row(text, "acled", best_rule=rule)["fatalities"] == best


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Tens of", 10), ("Dozens of", 12), ("Hundreds of", 100), ("Several", 3), ("Several hundred", 100),
        ("Thousands of", 1000), ("Tens of thousands of", 10_000),
    ],
)  # fmt: skip
def test_vague_words_take_the_numbers_of_acled(words: str, number: int) -> None:
    """With the policy a vague word has ACLED's number, and without it no number but its lower bound."""
    text = f"{words} people were killed in an airstrike in Aleppo on Friday."
    check(row(text, "acled", vague="acled"), {"fatalities": number, "vague_rule": "acled"})
    check(
        row(text, "ucdp", vague="acled"),
        {"low": number, "best": number, "high": number, "vague_rule": "acled"},
    )
    kept = row(text, "ucdp", vague="keep")
    check(kept, {"best": None, "high": None, "vague_rule": None})
    [claim] = read(text).claims
    assert kept["low"] == claim.quantity.low


def test_words_without_a_number_of_acled_have_none() -> None:
    """No number of ACLED's is known for "scores"; exact figures are none of the policy's business."""
    text = "Scores of people were killed in an airstrike in Aleppo on Friday."
    check(row(text, "acled", vague="acled"), {"fatalities": None, "vague_rule": None})
    check(
        row("A bomb killed 24 people in Mosul.", "acled", vague="acled"),
        {"fatalities": 24, "vague_rule": None},
    )


def test_numbers_of_the_policy_are_those_of_the_extraction() -> None:
    """Every vague word, and multiples of them, has the number that `load(vagueness="acled")` reads."""
    table = tomllib.loads((Path(lexicon.__file__).parent / "quantities.toml").read_text(encoding="utf-8"))
    examples = [lexicon.unbracket(fields["example"])[0] for fields in table["vague"].values()]
    words = (
        "Several dozen",
        "A few hundred",
        "Several hundred thousand",
        "Many thousand",
        "A large number of",
    )
    nlp = load(vagueness="acled")
    compared = 0
    for text in (*examples, *(f"{word} people were killed." for word in words)):
        for kept, coded in zip(extract(text).claims, extract(text, nlp=nlp).claims, strict=True):
            if kept.quantity.form == "vague":
                [set_] = settled([kept], "acled")
                low = coded.quantity.low
                assert set_.quantity == kept.quantity.model_copy(
                    update={} if low is None else {"low": low, "best": low, "high": low}
                )
                compared += 1
    assert compared > 20
