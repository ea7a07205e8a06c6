"""The day of publication: found in the lines of an article and in its address, and told in the output."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest
import spacy

from casualty_extract import Article, extract, facts, lexicon, load, publication
from casualty_extract.errors import InputError
from casualty_extract.pipeline import add_stages, make_doc, read_doc, stream
from casualty_extract.publication_lines import Line, head, read, tail
from casualty_extract.records import Extraction, Publication

BODY = "A bomb killed six people in the old town on Friday, the army said. Nobody claimed it."
FIRST = date(2017, 9, 1)


def told(text: str, url: str | None = None) -> tuple[str | None, str, str | None] | None:
    """The day, how it was found, and the passage."""
    found = publication.find(text, url=url)
    if found is None:
        return None
    basis, start, end = found.origin
    return found.day and found.day.isoformat(), basis, None if start is None else text[start:end]


@pytest.mark.parametrize(
    ("lines", "passage"),
    [
        ("Published 1 September 2017", "1 September 2017"),
        ("Published: 1 September 2017", "1 September 2017"),
        ("Blast kills six\nPosted on September 1, 2017", "September 1, 2017"),
        ("Updated: Sept. 1, 2017 9:14 a.m.", "Sept. 1, 2017"),
        ("By Jane Doe | September 1, 2017", "September 1, 2017"),
        ("By JANE DOE, Staff Writer, September 1, 2017", "September 1, 2017"),
        ("Jane Doe • 1 Sep 2017", "1 Sep 2017"),
        ("Friday 1 September 2017 14.05 BST", "Friday 1 September 2017"),
        ("Blast kills six\nBy Omar al-Masri in Mosul\nFri 1 Sep 2017 14.05 BST", "Fri 1 Sep 2017"),
        ("1 Sep 2017", "1 Sep 2017"),
        ("**1 September 2017**", "1 September 2017"),
        ("# Blast kills six\n\n*1 September 2017*", "1 September 2017"),
        ("Sep 1, 2017 / 9:14 AM CDT", "Sep 1, 2017"),
        ("2017-09-01T09:14:00+00:00", "2017-09-01"),
        ("Published 2017-09-01T09:14:00Z", "2017-09-01"),
        ("Posted September 1, 2017 at 9:14pm by Jane Doe in World", "September 1, 2017"),
        ("Published 9:14 AM EDT, Fri September 1, 2017", "Fri September 1, 2017"),
        ("Published: 1 September 2017 | Updated: 3 September 2017", "1 September 2017"),
        ("Updated: 3 September 2017 | Published: 1 September 2017", "1 September 2017"),
        ("Updated 3 September 2017\nPublished 1 September 2017", "1 September 2017"),
        ("Published 1 September 2017 Updated 3 September 2017", "1 September 2017"),
        ("PUBLISHED: 10:33 EST, 1 September 2017 | UPDATED: 11:00 EST, 2 September 2017", "1 September 2017"),
        ("By Jane Doe Published: 1 September 2017", "1 September 2017"),
        ("This story was first published on 1 September 2017", "1 September 2017"),
        ("FOR IMMEDIATE RELEASE\nSeptember 1, 2017", "September 1, 2017"),
        ("FOR IMMEDIATE RELEASE September 1, 2017", "September 1, 2017"),
        ("PRESS RELEASE No. 17-032 | September 1, 2017", "September 1, 2017"),
        ("Blast kills six\r\nPublished 1 September 2017\r\n", "1 September 2017"),
        ("\ufeffPublished 1 September 2017", "1 September 2017"),
    ],
)
def test_a_line_of_its_own_dates_the_article(lines: str, passage: str) -> None:
    """Stamps, bylines and headers of releases give the day with its passage; published wins over updated."""
    assert told(f"{lines}\n\n{BODY}") == ("2017-09-01", "byline", passage)


@pytest.mark.parametrize(
    "lines", ["Published 1 September 2017", "Jane Doe\n1 September 2017", "Last updated: 1 September 2017"]
)
def test_so_does_a_line_at_the_end(lines: str) -> None:
    """The last lines are read as the first ones are."""
    assert told(f"{BODY}\n\n{BODY}\n\n" * 20 + lines) == ("2017-09-01", "byline", "1 September 2017")


@pytest.mark.parametrize(
    ("line", "passage"),
    [
        ("MOSUL, Sept 1, 2017 (Agency) - ", "Sept 1, 2017"),
        ("MOSUL, Iraq, Sept. 1, 2017 — ", "Sept. 1, 2017"),
        ("BAGHDAD (Agency), 1 September 2017 - ", "1 September 2017"),
        ("BAGHDAD (Agency), 1 September 2017\n\n", "1 September 2017"),
        ("BASRA and NAJAF, Sep 1 2017 (Agency) - ", "Sep 1 2017"),
        ("CAIRO- 1 September 2017: ", "1 September 2017"),
        ("TAMPA, Fla., Sept. 1, 2017 /Agency/ -- ", "Sept. 1, 2017"),
        ("Kabul (1 September 2017) – ", "1 September 2017"),
        ("Geneva, 1 September 2017 – ", "1 September 2017"),
        ("Six killed in Mosul\n\nMOSUL, Friday, Sept 1, 2017 - ", "Friday, Sept 1, 2017"),
    ],
)
def test_a_dateline_dates_the_article(line: str, passage: str) -> None:
    """A place and a full date before the first sentence."""
    assert told(line + BODY) == ("2017-09-01", "dateline", passage)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"September 11 attacks: what we know\n\n{BODY}",
        f"Manchester Arena bombing, May 22, 2017\n\n{BODY}",
        f"Hurricane Katrina, August 29, 2005 - a timeline of the storm\n\n{BODY}",
        f"THE BLAST OF MAY 22, 2017 - A TIMELINE\n\n{BODY}",
        f"Date of Attack: May 22, 2017\n\n{BODY}",
        f"Date of incident: May 22, 2017\n\n{BODY}",
        f"Report Published May 22, 2017 Names 40 Dead\n\n{BODY}",
        f"Published May 22, 2017 Names 40 Dead\n\n{BODY}",
        f"Updated Death Toll, May 22, 2017\n\n{BODY}",
        f"The report, published on 1 September 2017, says six died.\n\n{BODY}",
        f"Published on 1 September 2017, the report says six died.\n\n{BODY}",
        f"It was the worst day since the attacks of\nSeptember 11, 2001\nand of the wars after them.\n\n{BODY}",
        f"It was the worst day since\nSeptember 11, 2001\nThe army said so.\n\n{BODY}",
        f"1 September 2017\nSix died in Mosul.\n\n2 September 2017\nFour died in Basra.\n\n{BODY}",
        f"{BODY}\n\nCopyright 2017 Agency",
        f"{BODY}\n\n© 2010-2017 Agency",
        f"MOSUL, Sept 1 (Agency) - {BODY}",
        f"MOSUL, Sept 1 (Agency) - {BODY} The war began in 2014.",
        f"MOSUL, Sept 1 (Agency) - {BODY}\n\nCopyright 2010-2017 Agency",
        f"MOSUL, Sunday, Sept 1 (Agency) - {BODY}\n\nCopyright 2017 Agency",
        f"Published 1 September 2131\n\n{BODY}",
        f"Published 1 September 1791\n\n{BODY}",
        f"Published 31 September 2017\n\n{BODY}",
        f"{BODY}\n\n" * 20 + f"1 September 2017\n\n{BODY}\n\n" + f"{BODY}\n\n" * 20,
        "",
    ],
    ids=range(26),
)
def test_no_day_of_publication(text: str) -> None:
    """Days of events, sentences, headlines, copyrights, chronicles, impossible and far days are none."""
    assert publication.find(text) is None


@pytest.mark.parametrize(
    ("last", "day"),
    [
        ("31 December 2099", date(2099, 12, 31)),
        ("1 January 2100", None),
        ("1 January 1800", date(1800, 1, 1)),
    ],
)
def test_the_bounds(last: str, day: date | None) -> None:
    """From 1800 to 2099, whenever the program runs."""
    found = publication.find(f"Published {last}\n\n{BODY}")
    assert (found and found.day) == day


@pytest.mark.parametrize(
    ("text", "url", "day"),
    [
        ("01/09/2017\n\nSix died.", None, None),
        ("Posted on 01/09/2017\n\nSix died.", None, None),
        ("27/09/2017\n\nSix died.", None, "2017-09-27"),
        ("09/27/2017\n\nSix died.", None, "2017-09-27"),
        ("05/05/2017\n\nSix died.", None, "2017-05-05"),
        ("Friday 01/09/2017\n\nSix died.", None, "2017-09-01"),
        ("Published 01/09/2017 | Updated 27/09/2017\n\nSix died.", None, "2017-09-01"),
        ("Published 01/09/2017 | Updated 09/27/2017\n\nSix died.", None, "2017-01-09"),
        ("01/09/2017\n\nSix died in early September.", None, "2017-09-01"),
        ("01/09/2017\n\nSix may have died. May Roe did.", None, None),
        ("01/09/2017\n\nSix died.", "https://x.example/2017/09/01/a", "2017-09-01"),
        ("01/09/2017\n\nSix died.", "https://x.example/2017/01/a", "2017-01-09"),
        ("01/09/2017\n\nSix died.", "https://x.example/2017/09/02/a", "2017-09-01"),
        ("06/12/2026\n\nSix died.", None, None),
    ],
)
def test_a_stamp_in_figures(text: str, url: str | None, day: str | None) -> None:
    """Its order is settled by a weekday, other dates, the address, a month named, or the calendar; else no day."""
    found = publication.find(text, url=url)
    assert (found and found.day and found.day.isoformat()) == day


@pytest.mark.parametrize(
    ("order", "day"), [("DMY", FIRST), ("MDY", date(2017, 1, 9)), ("YMD", None), (None, None)]
)
def test_a_declared_order_settles_a_stamp(order: facts.DateOrder | None, day: date | None) -> None:
    """The order is declared for the call or for the pipeline, and an open stamp is told without a day."""
    text = f"01/09/2017\n\n{BODY}"
    for found in (extract(text, date_order=order), extract(text, nlp=load(date_order=order))):
        document = found.document
        assert document.published == day
        assert document.published_from == Publication(text="01/09/2017", start=0, end=10, basis="byline")
        assert ("published_unknown" in found.flags) == (day is None)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://x.example/2017/09/01/blast", "2017-09-01"),
        ("https://x.example/2017/9/1/blast", "2017-09-01"),
        ("https://x.example/world/2017/sep/01/blast", "2017-09-01"),
        ("https://x.example/news/blast-2017-09-01", "2017-09-01"),
        ("https://x.example/news/2017-09-01-blast.html", "2017-09-01"),
        ("https://x.example/20170901/blast", "2017-09-01"),
        ("https://x.example/2017/09/01/blast-2017-09-01/", "2017-09-01"),
        ("x.example/2017/09/01/", "2017-09-01"),
        ("https://x.example/2017/09/blast", None),
        ("https://x.example/2017/13/45/blast", None),
        ("https://x.example/2017/02/30/blast", None),
        ("https://x.example/article/20174561", None),
        ("https://x.example/article/1329187/blast", None),
        ("https://x.example/article/201709011234", None),
        ("https://x.example/12052011-blast", None),
        ("https://x.example/blast?d=2017-09-01", None),
        ("https://x.example/blast#2017-09-01", None),
        ("https://x.example/2017/09/01/2016-03-04", None),
        ("https://2017-09-01.example/blast", None),
        ("https://x.example/1945/05/08/victory", None),
        ("https://x.example/2191/01/02/blast", None),
        ("not an address", None),
        ("", None),
    ],
)
def test_an_address_tells_the_day(url: str, day: str | None) -> None:
    """Only a whole, possible day in the path counts."""
    assert told(BODY, url) == (None if day is None else (day, "url", None))


@pytest.mark.parametrize(
    ("lines", "url", "expected"),
    [
        ("Published 1 September 2017\n\n", "2017/09/02/a", ("2017-09-01", "byline")),
        ("MOSUL, Sept 1, 2017 - ", "2017/09/02/a", ("2017-09-01", "dateline")),
        ("MOSUL, Sept 1 - ", "2017/09/02/a", ("2017-09-01", "dateline")),
        ("MOSUL, Sept 1 - ", "news/2017/09/a", ("2017-09-01", "dateline")),
        ("MOSUL, Sept 1 - ", "news/2017/a", ("2017-09-01", "dateline")),
        ("MOSUL, Aug 31 - ", "news/2017/09/a", ("2017-08-31", "dateline")),
        ("MOSUL, Dec 31 - ", "news/2018/01/a", ("2017-12-31", "dateline")),
        ("MOSUL, Sept 1 - ", "news/2017/03/a", None),
        ("MOSUL, Sept 1 - ", "news/war-of-2014/a", None),
        ("Updated 3 September 2017\n\n", "2017/09/01/a", ("2017-09-01", "url")),
        ("01/10/2017\n\n", "2017/09/01/a", ("2017-09-01", "url")),
    ],
)
def test_which_day_wins(lines: str, url: str, expected: tuple[str, str] | None) -> None:
    """A line before the dateline, that before the address, an update last; a dateline may take another's year."""
    found = told(lines + BODY, f"https://x.example/{url}")
    assert (found and found[:2]) == expected


def test_a_dateline_takes_the_year_of_the_copyright() -> None:
    """One year behind the sign, at the end of the text."""
    assert told(f"MOSUL, Sept 1 - {BODY}\n\n(c) All rights reserved\n© 2017 Agency") == (
        "2017-09-01",
        "dateline",
        "Sept 1",
    )


def rows() -> list[tuple[str, str, str]]:
    path = Path(lexicon.__file__).parent / "publication.toml"
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return [
        (table, form, row["example"].replace(word, form, 1) if form != word else row["example"])
        for table, words in content.items()
        for word, row in words.items()
        for form in (word, *row.get("forms", ()))
        if form == word or word in row["example"]
    ]


@pytest.mark.parametrize(("table", "word", "example"), rows(), ids=[f"{t}.{w}" for t, w, _ in rows()])
def test_a_row_fires_on_its_example(table: str, word: str, example: str) -> None:
    """The date in brackets is found, and it is not without the word."""
    text, start, end = lexicon.unbracket(example)
    found = publication.find(text)
    assert found is not None
    assert found.day is not None
    assert found.origin[1:] == (start, end)
    at = text.lower().index(word)
    without = f"{text[:at]}{'x' * len(word)}{text[at + len(word) :]}"
    if word == "copyright":
        without = without.replace("2017", "in 2017")
    assert publication.find(without) is None


# What becomes of it


def test_all_stages_count_from_it() -> None:
    """Relative words count from the day that was found, and the stamp itself is no time of the harm."""
    found = extract(f"Published 3 September 2017\n\n{BODY}")
    [claim] = found.claims
    assert claim.time is not None
    assert (claim.time.text, claim.time.earliest) == ("Friday", FIRST)
    assert found.flags == ()
    assert found.document.published == date(2017, 9, 3)


@pytest.mark.parametrize(
    "text", [f"Published 1 September 2017\n\n{BODY}", "Published 1 September 2017\n\nAll is quiet."]
)
def test_every_way_gives_the_same(text: str) -> None:
    """With and without screening, by stream, pipe and a pipeline of one's own, with a claim or none."""
    expected = extract(text)
    article = Article(text=text)
    whole, own = load(screen=False), add_stages(spacy.blank("en"))
    assert expected.document.published == FIRST
    assert extract(text, nlp=whole) == expected
    assert list(stream([article])) == [expected]
    assert [read_doc(article, doc) for doc in own.pipe([make_doc(own, article)])] == [expected]
    assert [read_doc(article, doc) for doc in whole.pipe([text])] == [expected]
    assert all(text[s.start : s.end] == s.text for s in expected.spans())


def test_what_is_given_when_a_doc_is_read_counts() -> None:
    """A Doc may have found a day of its own; the article's is told."""
    doc = load()(f"Published 1 September 2017\n\n{BODY}")
    document = read_doc(Article(text=doc.text, published=date(2017, 9, 3)), doc).document
    assert document.published == date(2017, 9, 3)
    assert document.published_from == Publication(text=None, start=None, end=None, basis="given")


def test_it_reaches_other_processes() -> None:
    """Day and passage survive the bytes of a Doc."""
    nlp = load()
    text = f"Published 1 September 2017\n\n{BODY}"
    docs = list(nlp.pipe([text, text], n_process=2))
    assert [read_doc(Article(text=text), doc) for doc in docs] == [extract(text)] * 2


@pytest.mark.parametrize(
    ("article", "published", "expected"),
    [
        (Article(text=BODY, published=FIRST), None, ("2017-09-01", "given")),
        (Article(text=f"Published 1 May 2016\n\n{BODY}", published=FIRST), None, ("2017-09-01", "given")),
        (Article(text=f"Published 1 May 2016\n\n{BODY}"), "2017-09-01", ("2017-09-01", "given")),
        (Article(text=BODY, published=FIRST, published_basis="metadata"), None, ("2017-09-01", "metadata")),
        (
            Article(text=BODY, published=FIRST, published_basis="metadata"),
            "2018-01-01",
            ("2018-01-01", "given"),
        ),
        (Article(text=BODY, url="https://x.example/2017/09/01/a"), None, ("2017-09-01", "url")),
        (Article(text=BODY), None, None),
    ],
)
def test_the_output_says_where_it_came_from(
    article: Article, published: str | None, expected: tuple[str, str] | None
) -> None:
    """What is given counts before all that is found."""
    document = extract(article, published=published).document
    known = document.published_from
    assert (known and document.published and (document.published.isoformat(), known.basis)) == expected


def test_a_stamp_with_unreadable_characters_keeps_its_offsets() -> None:
    """The passage is that of the text as it was read."""
    text = f"Six \x00 \ud800 killed\n\nPublished 1 September 2017\n\n{BODY}"
    known = extract(text).document.published_from
    assert known is not None
    assert known.text == text[known.start : known.end] == "1 September 2017"


@pytest.mark.parametrize(
    ("text", "order", "ambiguous"),
    [
        ("Six died on 02/03/2017.", None, True),
        ("Six died on 02/03/2017.", "MDY", False),
        ("Six died on 25/03/2017.", None, False),
        ("Six died on Friday 02/03/2017.", None, False),
        ("Six died on 02/03/2017. Nine died on 03/25/2017.", None, False),
        ("Six have died since 02/03/2017.", None, True),
        ("Six died on 2 March 2017.", None, False),
    ],
)
def test_a_claim_says_when_its_date_can_be_read_two_ways(
    text: str, order: facts.DateOrder | None, ambiguous: bool
) -> None:
    """Only where nothing settles the order of the figures."""
    time = extract(text, date_order=order).claims[0].time
    assert time is not None
    assert time.ambiguous == ambiguous


def test_a_record_of_version_1_0_can_be_read() -> None:
    """Its new fields are null and false; what is unknown stays refused."""
    row = extract(f"Published 3 September 2017\n\n{BODY}").to_dict()
    row["schema_version"] = "1.0"
    del row["document"]["published_from"], row["claims"][0]["time"]["ambiguous"]
    found = Extraction.from_json(json.dumps(row))
    assert found.document.published_from is None
    assert found.claims[0].time is not None
    assert not found.claims[0].time.ambiguous
    assert found.schema_version == "1.1"
    assert Extraction.from_json(found.to_json()) == found
    row["document"]["printed"] = None
    with pytest.raises(InputError, match="/document/printed"):
        Extraction.from_json(json.dumps(row))


@pytest.mark.parametrize("text", ["", "\n", "x", "a\n\nb", "a\n" * 50, "x" * 5_000, " \n\t\n" * 2_000])
def test_lines_lie_within_the_text(text: str) -> None:
    """The lines read are few, in order, not blank, and none is read twice."""
    top, bottom = head(text), tail(text)
    assert len(top) + len(bottom) <= 17
    assert [line for line in (*top, *bottom) if not text[line.start : line.end].strip()] == []
    assert all(0 <= line.start < line.end <= len(text) for line in (*top, *bottom))
    assert [list(read(text, Line(0, len(text), 0)))] == [[]]


GOLD = Path(__file__).parent.parent / "fixtures" / "gold.jsonl"
DATED = [row for row in map(json.loads, GOLD.read_text(encoding="utf-8").splitlines()) if row["published"]]


@pytest.mark.parametrize("row", DATED, ids=[row["id"] for row in DATED])
def test_a_stamp_is_worth_a_day_given(row: dict[str, str]) -> None:
    """The claims of an article that states its day have the times that they have where the day is given."""
    day = date.fromisoformat(row["published"])
    stamped = extract(f"{day.day} {day:%B %Y}\n\n{row['text']}", title=row["title"])
    given = extract(row["text"], published=day, title=row["title"])
    assert stamped.document.published == day
    times = [[c.time and (c.time.earliest, c.time.latest) for c in each.claims] for each in (stamped, given)]
    assert times[0] == times[1]


@pytest.mark.parametrize(
    "text",
    [
        "MOSUL, Sept 31 (Agency) - Six people died in the old town.\n\n© 0000 Agency",
        "MOSUL, Feb 29 (Agency) - Six people died in the old town.\n\n© 2017 Agency",
        "By | 1.1.1",
        "Published ٣ September ٢٠١٧",
        "Published 99/99/2017",
        "((((((((((1 September 2017",
        "1 September 2017" * 12,
        "1/1/17 " * 28,
        "Published " * 19,
    ],
)
def test_odd_lines_are_no_failure(text: str) -> None:
    """Whatever stands there, nothing is raised, and no day is made up."""
    found = publication.find(text, url="http://[/2017/99/99/9999-99-99")
    assert found is None or found.day is None or "2017" in text or "17" in text
