"""The report without a browser: what its data hold, what its page is made of, and what becomes of a file."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import casualty_extract
from casualty_extract import Article, extract
from casualty_extract.errors import ArgumentError, OutputError
from casualty_extract.linking import link
from casualty_extract.records import Extraction
from casualty_extract.reports import Contents, Failed, report_html, view
from casualty_extract.reports_assembly import SCRIPTS, STYLES, island, script, style
from casualty_extract.reports_data import page_data
from casualty_extract.reports_outlines import frame, outlined
from casualty_extract.reviews_texts import digest

FOLDER = Path(casualty_extract.__file__).parent / "reports_page"
TEXT = "At least 12 people were killed in Mosul on Friday, police said. 😀 Another 3 were wounded."


@cache
def found() -> Extraction:
    return extract(Article(id="a1", text=TEXT), published="2017-09-03")


@cache
def several() -> tuple[Extraction, ...]:
    texts = [
        ("A bomb killed 12 people in Mosul on Friday, police said.", date(2017, 9, 2)),
        ("The bomb in Mosul on Friday killed 15 people, doctors said.", date(2017, 9, 3)),
        ("Floods killed 40 people in Jakarta on Friday.", date(2017, 9, 4)),
    ]
    return tuple(
        extract(Article(id=f"b{n}", text=text, published=day)) for n, (text, day) in enumerate(texts)
    )


def data_in(page: str) -> Any:
    told = re.search(r'<script type="application/json" id="report-data">(.*?)</script>', page, re.DOTALL)
    assert told
    return json.loads(told[1])


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Elements()
    parser.feed(page)
    return parser.found


# --- data -------------------------------------------------------------------------------------------


def test_passages_are_offsets_where_the_text_is_there() -> None:
    """Offsets count code points, as everywhere."""
    data = page_data(Contents([found()], texts={found().document.sha256: TEXT}))
    [document] = data["documents"]
    assert document["text"] == TEXT
    figures = [claim["quantity"]["at"] for claim in document["claims"]]
    assert [TEXT[start:end] for start, end in figures] == ["12", "3"]


def test_passages_carry_their_words_where_it_is_not() -> None:
    [document] = page_data(Contents([found()]))["documents"]
    assert "text" not in document
    assert document["claims"][0]["quantity"]["at"] == [9, 11, "12"]
    assert document["claims"][0]["evidence"][2].startswith("At least 12")


def test_a_text_that_does_not_fit_is_not_marked() -> None:
    """Marks never stand on the wrong words."""
    other = found().model_copy(update={"text": "Another text. " + TEXT})
    assert "text" not in page_data(Contents([other]))["documents"][0]


def test_texts_can_be_left_out() -> None:
    text = f"{TEXT} The mayor flew a zeppelin."
    carried = extract(text).model_copy(update={"text": text})
    assert "zeppelin" in report_html(Contents([carried]))
    page = report_html(Contents([carried], with_text=False))
    assert "zeppelin" not in page
    assert "At least 12 people" in page


def test_what_is_null_is_absent() -> None:
    """A card shows what is there; nothing in the data says null."""
    assert "null" not in json.dumps(page_data(Contents([found()]))["documents"])


def test_bounds_and_zeros_are_kept() -> None:
    zero = extract("No casualties were reported in Mosul.")
    claim = page_data(Contents([zero]))["documents"][0]["claims"][0]
    assert (claim["quantity"]["low"], claim["quantity"]["best"], claim["quantity"]["high"]) == (0, 0, 0)


def test_failures_are_listed() -> None:
    page = report_html(Contents([], failures=[Failed("news.jsonl, row 2", "no value for 'text'")]))
    assert data_in(page)["failures"] == [{"where": "news.jsonl, row 2", "problem": "no value for 'text'"}]


def test_events_of_several_articles_are_shown() -> None:
    """Those of one article are its incidents; those of other articles are none of the report's."""
    linked = list(link(several(), copies="exact"))
    [event] = page_data(Contents(several(), linked=linked))["events"]
    assert [member["document"] for member in event["members"]] == ["b0", "b1"]
    assert [entry["best"] for entry in event["history"]] == [12, 15]
    assert page_data(Contents([several()[2]], linked=linked))["events"] == []


def test_reviews_stand_with_their_claims() -> None:
    from casualty_extract.database import Review

    claim = found().claims[0]
    review = Review(document="a1", claim=claim.id, reviewer="ann", decision="accept")
    told = page_data(Contents([found()], reviews=[review]))["documents"][0]["claims"]
    assert [claim.get("reviews") for claim in told] == [[{"decision": "accept", "reviewer": "ann"}], None]


# --- the map ----------------------------------------------------------------------------------------


def test_the_map_has_what_its_places_need() -> None:
    names = {country["name"] for country in page_data(Contents([found()]))["outlines"]["countries"]}
    assert {"Iraq", "Syria"} <= names
    assert "France" not in names


def test_without_places_there_is_no_map() -> None:
    assert page_data(Contents([extract("Gunmen killed 12 people.")]))["outlines"] is None


def test_a_map_across_180_degrees_has_both_sides() -> None:
    """Russia's east goes on beyond 180 degrees: no line runs across the map."""
    drawn = outlined((-180.0, -40.0, 180.0, 78.0))
    longest = max(
        abs(step) for country in drawn["countries"] for ring in country["rings"] for step in ring[2::2]
    )
    assert longest * drawn["unit"] < 180


def test_rings_stay_near_the_frame() -> None:
    box = (43.0, 36.0, 44.0, 36.6)
    drawn = outlined(box)
    xs = []
    for country in drawn["countries"]:
        for ring in country["rings"]:
            x = ring[0]
            xs.append(x)
            for step in ring[2::2]:
                x += step
                xs.append(x)
    assert min(xs) * drawn["unit"] > -0.2
    assert max(xs) * drawn["unit"] < 1.2


@pytest.mark.parametrize(
    ("points", "box"),
    [
        ([], None),
        ([(0.0, 0.0)], (-3.0, -3.0, 3.0, 3.0)),
        ([(-180.0, 80.0), (180.0, -80.0)], (-180.0, -84.0, 180.0, 84.0)),
    ],
)
def test_frames(points: list[tuple[float, float]], box: Any) -> None:
    assert frame(points) == box


# --- the page ---------------------------------------------------------------------------------------


def test_the_policy_names_the_one_script_and_the_one_style() -> None:
    page = report_html(Contents([found()]))
    kinds = [tag for tag, _ in elements(page)]
    assert kinds.count("style") == 1
    assert [attributes.get("type") for tag, attributes in elements(page) if tag == "script"] == [
        "application/json",
        None,
    ]
    policy = next(a["content"] for _, a in elements(page) if a.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    for name, text in (("script-src", script()), ("style-src", style())):
        digested = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name} 'sha256-{digested}'" in policy
        assert text in page


def test_the_page_names_nothing_to_load() -> None:
    page = report_html(Contents([found()]))
    assert [(t, a) for t, a in elements(page) if a.keys() & {"src", "href", "srcset", "data", "style"}] == []
    assert not re.search(
        r"@import|url\(|innerHTML|outerHTML|insertAdjacent|document\.write|eval\(", script() + style()
    )


@pytest.mark.parametrize("char", ["<", ">", "&", "\u2028", "\u2029"])
def test_the_island_escapes(char: str) -> None:
    told = island({"text": f"12{char}"})
    assert char not in told
    assert json.loads(told) == {"text": f"12{char}"}


def test_titles_are_escaped() -> None:
    page = report_html(Contents([], title="</title><script>"))
    assert f"<title>{html.escape('</title><script>')}</title>" in page


def test_names_of_places_in_the_page_are_not_filled_twice() -> None:
    """A title that looks like a place of the template stays what it is."""
    page = report_html(Contents([], title="%(script)%(data)"))
    assert "<title>%(script)%(data)</title>" in page
    assert page.count(script()) == 1


def test_same_input_same_bytes() -> None:
    assert report_html(Contents(several())) == report_html(Contents(list(several())))


def test_every_part_of_the_page_is_used_and_small() -> None:
    names = {path.name for path in FOLDER.iterdir()}
    assert names == {*SCRIPTS, *STYLES, "page.html"}
    assert [name for name in names if len((FOLDER / name).read_text("utf-8").splitlines()) > 400] == []


def test_the_page_holds_no_end_of_its_own_elements() -> None:
    assert not re.search(r"</(script|style)|<!--", script() + style(), re.IGNORECASE)


# --- files ------------------------------------------------------------------------------------------


def test_a_report_is_written_and_not_replaced(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    first = view(found(), file, texts=[TEXT])
    with pytest.raises(OutputError, match="it exists"):
        view(several(), file)
    assert file.read_text("utf-8") == first
    view(several(), file, force=True)
    assert file.read_text("utf-8") != first
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_a_report_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No such file"):
        view(found(), tmp_path / "nowhere" / "report.html")


@pytest.mark.parametrize("texts", [[TEXT], TEXT, [Article(text=TEXT)]])
def test_texts_in_any_form(texts: Any) -> None:
    assert data_in(view(found(), texts=texts))["documents"][0]["text"] == TEXT
    assert digest(TEXT) == found().document.sha256


@pytest.mark.parametrize(("extractions", "texts"), [(["a"], []), ([], [12])])
def test_wrong_arguments_are_named(extractions: Any, texts: Any) -> None:
    with pytest.raises(ArgumentError):
        view(extractions, texts=texts)
