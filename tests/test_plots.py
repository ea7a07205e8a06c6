"""Plots: what is drawn where, what is said beside it, and that a picture is the same each time."""

from __future__ import annotations

import io
import runpy
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from math import cos, radians, sqrt
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.style
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from casualty_extract import Article, Extraction, extract, plots
from casualty_extract.errors import ArgumentError, MissingPackageError, OutputError, PlotError
from casualty_extract.exports import export
from casualty_extract.linking import link
from casualty_extract.linking_records import Entry, LinkedIncident
from casualty_extract.plots_files import drawn
from casualty_extract.plots_grounds import window
from casualty_extract.plots_labels import Box, Spot, placed
from casualty_extract.plots_points import running
from casualty_extract.plots_style import INK, PAPER, measured, shortened, wrapped
from casualty_extract.plots_times import spread
from casualty_extract.records import IncidentTime
from extractions import simple

DAY = date(2017, 9, 1)
ARCHIVE = [
    ("Police said a car bomb killed at least 12 people in Mosul on Friday.", "2017-09-01"),
    ("Doctors said a car bomb killed 20 people in Mosul on Friday.", "2017-09-01"),
    ("The Interior Ministry said a car bomb killed between 18 and 25 people in Mosul on Friday.", "2017-09-02"),
    ("Dozens of people were killed in the car bombing in Mosul on Friday, residents said.", "2017-09-02"),
    ("The United Nations confirmed that a car bomb in Mosul killed 23 people on Friday.", "2017-09-04"),
    ("Up to 35 people may have died in the car bombing in Mosul on Friday, officials feared.", "2017-09-06"),
]  # fmt: skip


@cache
def archive() -> tuple[tuple[Extraction, ...], LinkedIncident]:
    found = tuple(
        extract(Article(id=f"a{n}", text=text), published=day) for n, (text, day) in enumerate(ARCHIVE)
    )
    [incident] = link(found, copies="exact")
    return found, incident


@cache
def read(text: str, published: str | None = "2017-09-03", name: str = "a1") -> Extraction:
    return extract(Article(id=name, text=text), published=published)


def entry(number: int, **more: Any) -> Entry:
    values: dict[str, Any] = {
        "document": f"d{number}", "claim": f"c{number}", "published": DAY, "source": "police", "source_kind": "police",
        "status": "asserted", "unit": "people", "harm": "killed", "category": "unspecified", "scope": "event",
        "low": number, "best": number, "high": number, "part": False, "copied": False,
    }  # fmt: skip
    return Entry(**{**values, **more})


def incident(*entries: Entry, **more: Any) -> LinkedIncident:
    values: dict[str, Any] = {
        "id": "x", "cumulative": False, "members": (), "time": IncidentTime(earliest=DAY, latest=DAY), "places": ("Arda",),
        "countries": (), "cause": "bombing", "perpetrator": None, "tolls": (), "history": entries,
    }  # fmt: skip
    return LinkedIncident(**{**values, **more})


def points(axes: Axes) -> dict[tuple[float, float], str]:
    """Where the marks of figures stand, each with its status."""
    return {
        (float(line.get_xdata()[0]), float(line.get_ydata()[0])): str(line.get_label())[1:]
        for line in axes.lines
        if str(line.get_label())[1:] in plots.STATUSES
    }


def bars(axes: Axes) -> list[tuple[float, float]]:
    return [tuple(map(float, line.get_ydata())) for line in axes.lines if line.get_label() == "_bounds"]


def arrows(axes: Axes) -> list[tuple[float, float, str]]:
    """Where arrows start, and whether they lead up or down."""
    return [
        (*text.xy, "up" if text.xyann[1] > 0 else "down")
        for text in axes.texts
        if text.get_text() == "" and text.arrow_patch is not None
    ]


def texts(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts if text.get_text()]


def said(axes: Axes) -> str:
    return " ".join(" ".join(texts(axes)).split())


def entries(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.get_legend().get_texts()]


# --- tolls over time --------------------------------------------------------------------------------------


def test_figures_stand_on_their_days() -> None:
    """A mark a figure at its number on its day, with the shape of its status."""
    found, whole = archive()
    axes = plots.tolls(whole, found)
    told = {(round(x), y): status for (x, y), status in points(axes).items()}
    day = DAY.toordinal()
    assert told == {
        (day, 12): "asserted",
        (day, 20): "asserted",
        (day + 1, 21): "asserted",
        (day + 1, 24): "asserted",
        (day + 3, 23): "confirmed",
        (day + 5, 35): "possible",
    }
    shapes = {line.get_marker() for line in axes.lines if line.get_label() == "_confirmed"}
    assert shapes == {plots.STATUSES["confirmed"].marker}


def test_bounds_are_bars_and_open_ones_arrows() -> None:
    """From least to greatest a bar; an arrow up for "at least" and "dozens", one down for "up to"."""
    found, whole = archive()
    axes = plots.tolls(whole, found)
    assert bars(axes) == [(18.0, 25.0)]
    assert sorted((y, way) for _, y, way in arrows(axes)) == [(12, "up"), (24, "up"), (35, "down")]


def test_the_running_toll_is_that_of_the_exports() -> None:
    """The steps end with the toll of the linked incident, and each is what the archive of that day exports."""
    found, whole = archive()
    steps = running(whole, found, "killed", "toll")
    [toll] = [t for t in whole.tolls if t.harm == "killed"]
    assert (steps[-1].low, steps[-1].best, steps[-1].high) == (toll.low, toll.best, toll.high)
    for step in steps:
        before = [e for e in found if e.document.published <= step.day]
        [row] = export(before, "ucdp", linked=link(before, copies="exact"))
        assert (row["low"], row["best"], row["high"]) == (step.low, step.best, step.high)


def test_the_line_is_of_steps() -> None:
    """Between reports the line is level: no slope tells of what nobody told."""
    found, whole = archive()
    axes = plots.tolls(whole, found)
    [line] = [line for line in axes.lines if line.get_label() == "running toll (rule: toll)"]
    xs, ys = list(line.get_xdata()), list(line.get_ydata())
    assert all(ys[i] == ys[i + 1] for i in range(0, len(ys), 2))
    assert all(xs[i] == xs[i + 1] for i in range(1, len(xs) - 1, 2))
    day = DAY.toordinal()
    assert (xs[0], ys[0]) == (day - 0.5, 20)
    assert (xs[-1], ys[-1]) == (day + 5.5, 23)
    assert "23 (12 or more)" in said(axes)


@pytest.mark.parametrize(("rule", "last"), [("toll", 23), ("lowest", 12), ("highest", 23), ("told_last", 23)])
def test_rules(rule: Any, last: int) -> None:
    """The line goes by the rule that is asked for, and names it."""
    found, whole = archive()
    axes = plots.tolls(whole, found, rule=rule)
    [line] = [line for line in axes.lines if line.get_label() == f"running toll (rule: {rule})"]
    assert line.get_ydata()[-1] == last
    assert entries(axes)[0] == f"running toll (rule: {rule})"
    assert f"by the rule “{rule}”" in said(axes)


def test_without_extractions_there_is_no_line() -> None:
    """A running toll needs the articles; the figures do not."""
    _, whole = archive()
    axes = plots.tolls(whole)
    assert not [line for line in axes.lines if str(line.get_label()).startswith("running")]
    assert len(points(axes)) == 6
    assert "Line:" not in said(axes)


def test_labels_tell_who_says_so() -> None:
    """Beside each point that has room stand its source and its number in words."""
    found, whole = archive()
    told = texts(plots.tolls(whole, found))
    assert "Police: 12 or more" in told
    assert "Interior Ministry: 21 (18 to 25)" in told
    assert "officials: 35 or fewer" in told


def test_the_legend_has_what_is_drawn() -> None:
    """A line for each status that is there, in their order, and for each kind of mark."""
    found, whole = archive()
    assert entries(plots.tolls(whole, found)) == [
        "running toll (rule: toll)", "confirmed", "asserted", "possible", "hollow: does not count for a toll",
        "bar: least to greatest", "arrow: no upper bound", "arrow: no lower bound", "a bound without a number (“dozens”)",
    ]  # fmt: skip
    assert entries(plots.tolls(incident(entry(5)))) == ["asserted"]


def test_title_and_notes_say_what_is_drawn() -> None:
    """Harm, cause, place, day; how many claims of how many articles; the rule."""
    found, whole = archive()
    told = said(plots.tolls(whole, found))
    assert "Killed: bombing, Mosul, 1 September 2017" in told
    assert "People killed, as 6 claims of 6 articles tell it, by day of publication." in told
    assert "shaded: its bounds" in told


def test_doubtful_figures_are_hollow() -> None:
    """What does not count for a toll is not filled, whatever its colour."""
    axes = plots.tolls(
        incident(entry(5), entry(7, status="denied"), entry(9, copied=True), entry(11, part=True)),
        everything=True,
    )
    faces = {
        int(line.get_ydata()[0]): line.get_markerfacecolor()
        for line in axes.lines
        if str(line.get_label())[1:] in plots.STATUSES
    }
    assert faces == {5: plots.STATUSES["asserted"].colour, 7: PAPER, 9: PAPER, 11: PAPER}


def test_parts_and_copies_are_left_out_and_counted() -> None:
    """They are no tolls of their own; the caption tells of them."""
    axes = plots.tolls(
        incident(
            entry(5), entry(9, copied=True), entry(11, part=True), entry(12, low=None, best=None, high=None)
        )
    )
    assert [y for _, y in points(axes)] == [5]
    assert "Not drawn: copies (1), parts of other figures (1), without a number (1)." in said(axes)


def test_the_same_figure_of_one_day_is_one_point() -> None:
    """Its label names those who give it."""
    given = [entry(5, document=f"d{n}", source=f"Source {n}") for n in range(5)]
    axes = plots.tolls(incident(*given))
    assert len(points(axes)) == 1
    assert "Source 0, Source 1, Source 2 and 2 more: 5" in texts(axes)
    assert "5 claims of 5 articles" in said(axes)
    assert "Figures of one day that tell the same are one point." in said(axes)


def test_points_of_one_day_stand_side_by_side() -> None:
    """None hides another, and all stay within their day."""
    axes = plots.tolls(
        incident(*(entry(n) for n in range(5, 12)), entry(20, published=DAY + timedelta(days=3)))
    )
    places = sorted(x for x, y in points(axes) if y < 20)
    assert len(set(places)) == 7
    assert all(abs(x - DAY.toordinal()) < 0.5 for x in places)


def test_without_a_date_they_stand_in_a_strip() -> None:
    """What has no day of publication stands before all days, under "no date"."""
    axes = plots.tolls(
        incident(entry(5, published=None), entry(7), entry(9, published=DAY + timedelta(days=1)))
    )
    places = {y: x for x, y in points(axes)}
    assert places[5] < DAY.toordinal() - 0.5 < places[7]
    labels = [label.get_text() for label in axes.get_xticklabels()]
    assert labels[0] == "no\ndate"
    assert labels[1] == "1 Sep\n2017"
    alone = plots.tolls(incident(entry(5, published=None)))
    assert [label.get_text() for label in alone.get_xticklabels()] == ["no\ndate"]


def test_one_point() -> None:
    """A single figure has its day, its label and a scale from nobody."""
    axes = plots.tolls(incident(entry(5)))
    assert list(points(axes)) == [(DAY.toordinal(), 5.0)]
    assert "police: 5" in texts(axes)
    assert axes.get_ylim()[0] <= 0 < 5 < axes.get_ylim()[1]


def test_two_hundred_points() -> None:
    """All are drawn and within the axes, and labels cover neither points nor one another."""
    given = [
        entry(
            50 + (n * 37) % 200,
            document=f"d{n}",
            published=DAY + timedelta(days=n // 3),
            source=f"Source {n}",
        )
        for n in range(200)
    ]
    axes = plots.tolls(incident(*given))
    assert len(points(axes)) == 200
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    assert all(left < x < right and bottom < y < top for x, y in points(axes))
    axes.figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in axes.texts if "Source" in text.get_text()]
    assert boxes
    assert not [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :] if a.overlaps(b)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, ["1 Sep\n2017"]),
        (5, ["1 Sep\n2017", "2 Sep", "3 Sep", "4 Sep", "5 Sep", "6 Sep"]),
        (30, ["1 Sep\n2017", "8 Sep", "15 Sep", "22 Sep", "29 Sep"]),
        (200, ["Sep\n2017", "Oct", "Nov", "Dec", "Jan\n2018", "Feb", "Mar"]),
        (1500, ["2018", "2019", "2020", "2021"]),
    ],
)
def test_ticks(days: int, expected: list[str]) -> None:
    """Days, weeks, months or years, the year told where it begins."""
    axes = plots.tolls(incident(entry(5), entry(7, published=DAY + timedelta(days=days))))
    assert [label.get_text() for label in axes.get_xticklabels()] == expected


def test_long_names_are_cut_and_their_numbers_are_not() -> None:
    """A label has its number whole, whatever the name."""
    name = "the Ministry of Health and Indigenous Medicine of the Democratic Socialist Republic of Sri Lanka"
    [label] = [
        t for t in texts(plots.tolls(incident(entry(1234, source=name)))) if t.startswith("the Ministry")
    ]
    assert label.endswith("…: 1,234")
    assert measured(label, 7.8) < 200


def test_names_are_text_and_no_formulas() -> None:
    """Dollar signs, an underscore at the start and signs of control are drawn as what they are."""
    axes = plots.tolls(incident(entry(5, source="a $100 $x^2$ man"), entry(9, source="_\x1bhidden")))
    assert "a $100 $x^2$ man: 5" in texts(axes)
    assert "_\\x1bhidden: 9" in texts(axes)
    assert not any(text.get_parse_math() for text in axes.texts)
    drawn(axes, "png")


# --- tolls of one article ---------------------------------------------------------------------------------

QUAKE = (
    "The earthquake in Arequipa on Sunday killed 87 people, officials said. Earlier, police had said that 63 people were "
    "killed in the quake. More than 100 may have been killed in the quake, the mayor said."
)


def test_an_articles_incident_is_rows() -> None:
    """A row for each figure in the order of the text, with who says so, the number and the status."""
    found = read(QUAKE)
    axes = plots.tolls(found.incidents[0], [found])
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names[0] == "toll"
    assert names[1:] == [c.attribution.source.name for c in found.claims if c.attribution]
    places = {y: x for (x, y) in points(axes)}
    assert [places[row] for row in (1, 2)] == [87, 63]
    assert "101 or more, possible" in texts(axes)
    row = next(iter(export([found], "ucdp", everything=True)))
    [line] = [line for line in axes.lines if line.get_label() == "toll (rule: toll)"]
    assert line.get_xdata()[0] == row["best"]


def test_the_incidents_extraction_must_be_there() -> None:
    """An article's incident has its figures in the extraction that it is of."""
    found = read(QUAKE)
    with pytest.raises(ArgumentError, match="the one that the incident is of"):
        plots.tolls(found.incidents[0], [read("A bomb killed 12 people in Mosul.")])


def test_parts_of_an_article() -> None:
    """They are drawn where they are asked for."""
    found = read("A bomb killed 12 people, including three children, in Mosul on Friday, police said.")
    assert len(points(plots.tolls(found.incidents[0], [found]))) == 1
    assert len(points(plots.tolls(found.incidents[0], [found], everything=True))) == 2


# --- claims -----------------------------------------------------------------------------------------------

SAID = [
    "Police said 12 people were killed in Arda. On Monday police said 30 people were wounded.",
    "Police confirmed that 14 people were killed in Arda. Doctors feared that 30 people had died in Arda.",
    "Gunmen killed 3 people in Sona.",
]


def sources(**more: Any) -> Axes:
    return plots.claims([read(text, name=f"a{n}") for n, text in enumerate(SAID)], **more)


def segments(axes: Axes) -> dict[str, list[tuple[float, float]]]:
    """For each status the start and length of its part of each bar that has one."""
    return {
        str(container.get_label()): [(bar.get_x(), bar.get_width()) for bar in container if bar.get_width()]
        for container in axes.containers
    }


def test_bars_are_sources_and_their_parts_statuses() -> None:
    """The longest first; names of one spelling but for their case are one source; the surest status begins."""
    axes = sources()
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names == ["Police", "Doctors", "no source named (reporter)"]
    found = segments(axes)
    assert found["confirmed"] == [(0, 1)]
    assert found["asserted"] == [(1, 2), (0, 1)]
    assert found["possible"] == [(0, 1)]
    assert entries(axes) == ["confirmed", "asserted", "possible"]
    assert {"3", "1"} <= set(texts(axes))
    assert "5 claims of 3 articles, by source and status; 2 sources." in said(axes)


def test_kinds_of_source() -> None:
    """The same by what kind of source it is."""
    names = [label.get_text() for label in sources(by="kind").get_yticklabels()]
    assert names == ["police", "hospital", "no source named (reporter)"]


def test_the_rest_is_one_bar() -> None:
    """Of many sources the greatest have bars, the others one together, behind them."""
    axes = sources(most=1)
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Police", "2 others"]
    assert sum(length for parts in segments(axes).values() for _, length in parts) == 5


def test_colours_are_fixed_and_hatches_tell_what_colours_do_not() -> None:
    """A status looks the same in every plot; those that are alike in grey have hatches of their own."""
    axes = sources()
    colours = {str(c.get_label()): c.patches[0].get_facecolor()[:3] for c in axes.containers}
    assert colours == {name: to_rgb(plots.STATUSES[name].colour) for name in colours}
    looks = list(plots.STATUSES.values())
    assert len({look.colour for look in looks}) == len({look.marker for look in looks}) == 9
    grey = [
        sum(c * w for c, w in zip(to_rgb(look.colour), (0.299, 0.587, 0.114), strict=True)) for look in looks
    ]
    alike = [
        (a, b)
        for a in range(9)
        for b in range(a + 1, 9)
        if abs(grey[a] - grey[b]) < 0.08 and looks[a].hatch == looks[b].hatch
    ]
    assert alike == []


@pytest.mark.parametrize(("more", "name"), [({"by": "colour"}, "by"), ({"most": 0}, "most")])
def test_wrong_arguments_of_claims(more: dict[str, Any], name: str) -> None:
    """They are named."""
    with pytest.raises(ArgumentError, match=f"^{name}: "):
        sources(**more)


# --- the map ----------------------------------------------------------------------------------------------

PLACES = [
    "A bomb killed 12 people in Mosul on Friday.",
    "Shelling killed at least 30 people in Aleppo on Thursday.",
    "An airstrike killed between 20 and 45 people in Raqqa on Monday.",
    "Clashes killed 15 people in Anbar province on Sunday.",
    "Fighting killed 60 people in Iraq on Tuesday.",
    "Dozens of people were killed in shelling in Homs on Wednesday.",
    "No one was killed in a blast in Erbil on Saturday.",
    "Attacks have killed 900 people in Iraq since January 2016.",
    "Gunmen killed 4 people.",
]


def mapped(*given: str, **more: Any) -> Axes:
    return plots.incident_map([read(text, name=f"m{n}") for n, text in enumerate(given or PLACES)], **more)


def circles(axes: Axes, label: str) -> dict[tuple[float, float], float]:
    """The radii in points of circles of one kind, by their place."""
    return {
        tuple(round(float(n), 1) for n in found.get_offsets()[0]): sqrt(found.get_sizes()[0]) / 2
        for found in axes.collections
        if found.get_label() == f"_{label}"
    }


def test_circles_are_as_large_as_their_numbers() -> None:
    """Areas are to one another as the numbers are, at the places of the exports."""
    axes = mapped()
    rows = list(export([read(t, name=f"m{n}") for n, t in enumerate(PLACES)], "ucdp", everything=True))
    number = {
        (round(row["longitude"], 1), round(row["latitude"], 1)): row["best"]
        if row["best"] is not None
        else row["low"]
        for row in rows
        if row["longitude"] is not None and row["scope"] == "event" and (row["best"] or row["low"])
    }
    radii = circles(axes, "number")
    assert set(radii) == set(number)
    shares = [radius**2 / number[place] for place, radius in radii.items()]
    assert max(shares) == pytest.approx(min(shares))


def test_rings_are_bounds() -> None:
    """A ring as large as the greatest number, a line inside as large as the least, a dashed one where it is open."""
    axes = mapped()
    number = circles(axes, "number")
    [(place, greatest)] = circles(axes, "greatest").items()
    assert (greatest / number[place]) ** 2 == pytest.approx(45 / 32)
    assert (circles(axes, "least")[place] / number[place]) ** 2 == pytest.approx(20 / 32)
    open_ = [c for c in axes.collections if c.get_label() == "_open"]
    assert len(open_) == 2
    assert all(c.get_linestyle()[0][1] is not None for c in open_)
    assert list(circles(axes, "nobody").values()) == [pytest.approx(sqrt(22) / 2)]


def test_vague_numbers_are_not_filled() -> None:
    """ "Dozens" has a bound and no number: its circle is empty."""
    axes = mapped("Dozens of people were killed in shelling in Homs on Wednesday.")
    [circle] = [c for c in axes.collections if c.get_label() == "_number"]
    assert circle.get_facecolor().size == 0
    assert "Homs: 24 or more" in texts(axes)


def test_labels_tell_place_and_number() -> None:
    """How fine the place is stands beside its name, where it is no town."""
    told = texts(mapped())
    for label in (
        "Mosul: 12",
        "Aleppo: 30 or more",
        "Anbar (region): 15",
        "Iraq (country): 60",
        "Erbil: nobody",
    ):
        assert label in told
    assert entries(mapped()) == [
        "town or site", "region", "country", "ring: greatest number", "dashed ring: no upper bound", "nobody",
    ]  # fmt: skip


def test_what_is_not_on_the_map_is_told() -> None:
    """Running totals and incidents without a place are counted below."""
    told = said(mapped())
    assert "7 incidents." in told
    assert "Not on the map: running total (1), without a place on the map (1)." in told
    assert "they say nothing on whose an area is" in told


def test_incidents_of_one_place_stand_side_by_side() -> None:
    """None covers another: their circles are apart by more than both radii."""
    given = [
        f"A bomb killed {n} people in Mosul on {day}."
        for n, day in ((30, "Friday"), (12, "Monday"), (5, "Sunday"))
    ]
    axes = mapped(*given)
    axes.figure.draw_without_rendering()
    found = [c for c in axes.collections if c.get_label() == "_number"]
    middles = [c.get_offset_transform().transform(c.get_offsets())[0] * 72 / axes.figure.dpi for c in found]
    radii = [sqrt(c.get_sizes()[0]) / 2 for c in found]
    assert len(found) == 3
    for i in range(3):
        for j in range(i):
            away = sqrt(sum((a - b) ** 2 for a, b in zip(middles[i], middles[j], strict=True)))
            assert away >= radii[i] + radii[j]
    assert "Mosul: 30; 12; 5" in texts(axes)


def test_a_map_across_the_date_line() -> None:
    """Fiji and Samoa lie beside one another, and no land is drawn across the map."""
    axes = mapped(
        "A cyclone killed 12 people in Suva, Fiji, on Friday.",
        "A wave killed 7 people in Apia, Samoa, on Friday.",
    )
    west, east = axes.get_xlim()
    assert 170 < west < 180 < east < 195
    assert all(west < x < east for x, _ in circles(axes, "number"))
    [land] = [c for c in axes.collections if c.get_label() == "_countries"]
    widths = [path.vertices[:, 0].max() - path.vertices[:, 0].min() for path in land.get_paths()]
    assert max(widths) < 20


@pytest.mark.parametrize(
    ("points", "inside"),
    [
        ([(43.1, 36.3)], (43.1, 36.3)),
        ([(-179.9, -18.0), (179.9, -17.0)], (180.0, -17.5)),
        ([(-120.0, 40.0), (0.0, 50.0), (120.0, -30.0)], (0.0, 0.0)),
        ([(10.0, 83.0), (20.0, -83.0)], (15.0, 0.0)),
    ],
)
def test_windows(points: list[tuple[float, float]], inside: tuple[float, float]) -> None:
    """A map holds its places, is no strip, and is never more than the world."""
    shown = window(points)
    assert shown.west < inside[0] < shown.east
    assert shown.south < inside[1] < shown.north
    assert 0 < shown.east - shown.west <= 360
    assert -90 <= shown.south < shown.north <= 90


def test_a_country_is_seen_whole() -> None:
    """A harm that was somewhere in a country has all of it on the map."""
    axes = mapped("Fighting killed 60 people in Iraq on Tuesday.")
    assert axes.get_xlim()[0] < 38.8
    assert axes.get_xlim()[1] > 48.5
    assert "Iraq" in texts(axes)


@pytest.mark.parametrize("size", [(4.0, 8.0), (6.0, 6.0), (12.0, 4.0)])
def test_a_map_is_not_stretched(size: tuple[float, float]) -> None:
    """Into whatever axes it is drawn, a degree north is as long as one east at the equator."""
    axes = mapped(PLACES[0], ax=Figure(figsize=size).add_axes((0.1, 0.1, 0.8, 0.8)))
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    box = axes.get_window_extent()
    stretch = (box.height / (north - south)) / (box.width / (east - west))
    assert stretch == pytest.approx(1 / cos(radians((south + north) / 2)), rel=0.02)


def test_many_incidents_of_one_place() -> None:
    """They are smaller than few would be, do not cover one another, and what is too small to be seen is told."""
    found = read("A bomb killed 12 people in Mosul on Friday.")
    great = read("A wave killed 90,000 people in Aceh on Sunday.")
    many = [
        found.model_copy(update={"document": found.document.model_copy(update={"id": f"x{n}"})})
        for n in range(300)
    ]
    axes = plots.incident_map(many)
    axes.figure.draw_without_rendering()
    drawn_ = [c for c in axes.collections if c.get_label() == "_number"]
    places = [c.get_offset_transform().transform(c.get_offsets())[0] * 72 / axes.figure.dpi for c in drawn_]
    radius = sqrt(drawn_[0].get_sizes()[0]) / 2
    assert len(drawn_) == 300
    assert radius < circles(plots.incident_map(many[:1]), "number").popitem()[1]
    least = min(((a - b) ** 2).sum() for i, a in enumerate(places) for b in places[:i])
    assert sqrt(least) >= 2 * radius
    assert "Mosul: 300 incidents" in texts(axes)
    told = said(plots.incident_map([found, great]))
    assert "Those of fewer than 256 people are as large as one of 256." in told


def test_linked_incidents_are_one_circle() -> None:
    """An event that many articles tell of stands once, with its toll."""
    found, whole = archive()
    axes = plots.incident_map(found, [whole])
    assert len(circles(axes, "number")) == 1
    assert "Mosul: 23 (12 or more)" in texts(axes)


# --- all of them ------------------------------------------------------------------------------------------

ALL: dict[str, Callable[..., Axes]] = {
    "tolls": lambda **more: plots.tolls(archive()[1], archive()[0], **more),
    "article": lambda **more: plots.tolls(read(QUAKE).incidents[0], [read(QUAKE)], **more),
    "claims": sources,
    "map": mapped,
}


@pytest.mark.parametrize("to", ["svg", "png", "pdf"])
@pytest.mark.parametrize("name", ALL)
def test_the_same_bytes_each_time(name: str, to: Any) -> None:
    """Drawn and written twice, a plot is the same file."""
    assert drawn(ALL[name](), to) == drawn(ALL[name](), to)


def test_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    """Neither the hashes of a process nor its moment stand in a file."""
    program = (
        "import sys; from casualty_extract import plots, extract; "
        "a = plots.claims([extract('Police said 12 people were killed and 30 wounded.')]); "
        "plots.write_plot(a, sys.argv[1])"
    )
    files = [tmp_path / f"{seed}.svg" for seed in ("1", "2")]
    for file in files:
        subprocess.run(
            [sys.executable, "-c", program, str(file)],
            check=True,
            env={"PYTHONHASHSEED": file.stem, "PYTHONPATH": ":".join(sys.path)},
        )
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("style", ["dark_background", "ggplot", "fivethirtyeight", "seaborn-v0_8-talk"])
@pytest.mark.parametrize("name", ALL)
def test_settings_stay_as_they_are(name: str, style: str) -> None:
    """No setting of matplotlib is changed by a plot, and none changes it, whatever style a program has chosen."""
    plain = drawn(ALL[name](), "png")
    before = dict(matplotlib.rcParams)
    with matplotlib.style.context(style):
        inside = dict(matplotlib.rcParams)
        assert inside != before
        same = drawn(ALL[name](), "png") == plain
        assert dict(matplotlib.rcParams) == inside
    assert dict(matplotlib.rcParams) == before
    assert same


def test_pyplot_is_never_imported() -> None:
    """A server without a screen draws as a notebook does."""
    program = (
        "import sys; from casualty_extract import plots, extract; "
        "plots.claims([extract('Police said 12 people were killed.')]); sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize("name", ALL)
def test_into_axes_of_ones_own(name: str) -> None:
    """The caller's axes are drawn into and given back, and their figure gets no others."""
    figure = Figure(figsize=(9, 6))
    axes = figure.add_axes((0.3, 0.3, 0.5, 0.5))
    assert ALL[name](ax=axes) is axes
    assert figure.axes == [axes]
    assert texts(axes)


def test_into_a_figure_within_a_figure() -> None:
    """What is written is the whole of it."""
    figure = Figure(figsize=(9, 6))
    left, _ = figure.subfigures(1, 2)
    axes = sources(ax=left.add_axes((0.4, 0.3, 0.5, 0.5)))
    stream = io.BytesIO()
    plots.write_plot(axes, stream, to="png")
    assert int.from_bytes(stream.getvalue()[16:20], "big") == 9 * 200


@pytest.mark.parametrize("name", ALL)
def test_texts_are_seen(name: str) -> None:
    """Every text is dark on white and within the figure."""
    axes = ALL[name]()
    axes.figure.draw_without_rendering()
    whole = axes.figure.bbox
    assert axes.figure.get_facecolor()[:3] == to_rgb(PAPER)
    for text in [t for t in axes.texts if t.get_text()] + [
        *axes.get_legend().get_texts(),
        *axes.get_yticklabels(),
    ]:
        box = text.get_window_extent()
        assert whole.x0 <= box.x0 < box.x1 <= whole.x1
        assert whole.y0 <= box.y0 < box.y1 <= whole.y1
        assert text.get_fontfamily() == ["DejaVu Sans"]
    assert to_rgb(INK) < (0.2, 0.2, 0.2)


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plots.claims([]),
        lambda: plots.claims([read("All is quiet.")]),
        lambda: plots.incident_map([]),
        lambda: plots.incident_map([read("Gunmen killed 12 people.")]),
        lambda: plots.incident_map([read("A bomb killed 12 people in Mosul.")], harm="missing"),
        lambda: plots.tolls(incident()),
        lambda: plots.tolls(incident(entry(5, part=True))),
        lambda: plots.tolls(incident(entry(5)), harm="injured"),
        lambda: plots.tolls(incident(entry(5, unit="reports"))),
    ],
)
def test_nothing_to_draw_is_an_error(draw: Callable[[], Axes]) -> None:
    """No picture is empty: what is missing is told."""
    with pytest.raises(PlotError, match=r"^nothing to draw: \w"):
        draw()


@pytest.mark.parametrize(
    ("draw", "name"),
    [
        (lambda: plots.tolls(archive()[1], archive()[0], rule="mean"), "rule"),  # type: ignore[arg-type]
        (lambda: plots.tolls(archive()[1], archive()[0][1:]), "extractions"),
        (lambda: plots.tolls("incident"), "incident"),  # type: ignore[arg-type]
        (lambda: plots.tolls(incident(entry(5)), harm="dead"), "harm"),  # type: ignore[arg-type]
        (lambda: mapped(harm="dead"), "harm"),
        (lambda: mapped(rule="mean"), "rule"),
        (lambda: plots.write_plot(sources(), io.BytesIO()), "to"),
        (lambda: plots.write_plot(sources(), "plot.gif"), "target"),
        (lambda: plots.write_plot(sources(), "plot.svg", to="gif"), "to"),  # type: ignore[arg-type]
    ],
)
def test_wrong_arguments(draw: Callable[[], Any], name: str) -> None:
    """They are named."""
    with pytest.raises(ArgumentError, match=f"^{name}: "):
        draw()


@pytest.mark.parametrize("name", ["tolls", "claims", "map"])
def test_a_missing_package_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without matplotlib the error tells which extra brings it."""
    archive()
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingPackageError, match=r"matplotlib is needed to draw plots: .*\[plots\]"):
        ALL[name]()


# --- files ------------------------------------------------------------------------------------------------


def test_files(tmp_path: Path) -> None:
    """The ending tells the format, a file is replaced only with force, and nothing half is left."""
    axes = plots.claims([simple(1)])
    for name, head in (("a.svg", b"<?xml"), ("a.PNG", b"\x89PNG"), ("a.pdf", b"%PDF")):
        plots.write_plot(axes, tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(head)
    with pytest.raises(OutputError, match="force=True"):
        plots.write_plot(axes, tmp_path / "a.svg")
    plots.write_plot(axes, tmp_path / "a.svg", to="pdf", force=True)
    assert (tmp_path / "a.svg").read_bytes().startswith(b"%PDF")
    with pytest.raises(OutputError):
        plots.write_plot(axes, tmp_path / "none" / "a.svg")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.PNG", "a.pdf", "a.svg"]


def test_files_hold_no_moment() -> None:
    """Neither an SVG nor a PDF tells when it was written."""
    axes = plots.claims([simple(1)])
    assert b"dc:date" not in drawn(axes, "svg")
    assert b"CreationDate" not in drawn(axes, "pdf")


def test_the_pictures_of_the_pages(tmp_path: Path) -> None:
    """The script beside them draws the pictures that the pages show."""
    images = Path(__file__).parent.parent / "docs" / "images"
    runpy.run_path(str(images / "draw.py"))["draw"](tmp_path)
    # Those of the report are made by `make_report.py`, in a browser.
    shown = {p.name for p in images.glob("*.png") if not p.name.startswith("report")}
    assert {p.name for p in tmp_path.iterdir()} == shown


# --- parts ------------------------------------------------------------------------------------------------


def test_labels_leave_what_is_taken() -> None:
    """A label goes around what stands there, and is left out where there is no room."""
    within = Box(0, 0, 100, 100)
    wall = Box(60, 0, 100, 100)
    [(box, led)] = [f for f in placed([Spot(50, 50, 3, 30, 10)], [wall], within) if f]
    assert box.right <= 60
    assert not led
    assert placed([Spot(50, 50, 3, 30, 10)], [within], within) == [None]
    assert placed([Spot(50, 50, 3, 300, 10)], [], within) == [None]


def test_days_without_room_are_still_apart() -> None:
    """Over a decade the points of one day keep to their day."""
    places, last = spread([DAY, DAY, DAY + timedelta(days=4000)], 600)
    assert places[0] < places[1] < places[0] + 1
    assert last == (DAY + timedelta(days=4000)).toordinal() + 0.5


def test_texts_are_fitted() -> None:
    """Lines are no longer than asked, but for a word that is; the last one is cut where there are too many."""
    lines = wrapped("one two three four five six seven", 60, 9)
    assert " ".join(lines) == "one two three four five six seven"
    assert all(measured(line, 9) <= 60 for line in lines)
    cut = wrapped("one two three four five six seven", 60, 9, most=2)
    assert len(cut) == 2
    assert cut[-1].endswith("…")
    assert shortened("one", 60, 9) == "one"
