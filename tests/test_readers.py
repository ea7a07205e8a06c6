"""Files in: encodings, formats, rows that cannot be read, and pages."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casualty_extract import extract, markup
from casualty_extract.errors import ArgumentError, InputError
from casualty_extract.readers import Limits, Reading, read, read_date
from casualty_extract.readers_text import sniff

TEXT = "Gunmen killed 12 people\r\nin Zürich – police said.\n"


def read_one(folder: Path, content: bytes, name: str = "news.txt", **how: Any) -> Reading | InputError:
    [found] = read_all(folder, content, name, **how)
    return found


def read_all(folder: Path, content: bytes, name: str, **how: Any) -> list[Reading | InputError]:
    file = folder / name
    file.write_bytes(content)
    return list(read(file, **how))


def rows_of(folder: Path, *rows: str | bytes, **how: Any) -> list[Reading | InputError]:
    content = b"\n".join(row.encode() if isinstance(row, str) else row for row in rows)
    return read_all(folder, content, "news.jsonl", **how)


def feed(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(content))))


# Text as it is


@pytest.mark.parametrize(
    ("content", "noted"),
    [
        (TEXT.encode("utf-8"), False),
        (TEXT.encode("utf-8-sig"), False),
        (TEXT.encode("utf-16"), False),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), False),
        (TEXT.encode("utf-32"), False),
        (TEXT.encode("cp1252"), True),
    ],
    ids=["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_encodings(tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes, noted: bool) -> None:
    """The text is the same in each encoding, line ends included, and a guessed one is noted."""
    found = read_one(tmp_path, content)

    assert isinstance(found, Reading)
    assert found.article.text == TEXT
    assert [r.levelno for r in caplog.records] == [logging.WARNING] * noted


@pytest.mark.parametrize("text", ["a\rb", "a\r\nb\n", "a\u2028b", "a\x85b", "a\x0cb", " a\n\n ", "a\ufeffb"])
def test_text_is_as_it_was_given(tmp_path: Path, text: str) -> None:
    """No line end and no blank is changed, so that offsets count in the file."""
    found = read_one(tmp_path, text.encode())

    assert isinstance(found, Reading)
    assert found.article.text == text


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "it is empty"),
        (b" \n\t\r\n", "it is empty"),
        (b"\xef\xbb\xbf", "it is empty"),
        (b"\xff\xfe\x00", "it begins as UTF-16 but does not go on so"),
        ("Gunmen killed 12.".encode("utf-16-le"), "it is no text (or UTF-16 without its mark)"),
        (b"Gunmen killed \x81\x8d.", "it is neither UTF-8 nor Windows-1252"),
        (b"%PDF-1.7\n...", "it is a PDF file, not text; save its text in a .txt file first"),
        (
            b"PK\x03\x04....",
            "it is a zip file (or a word processor's document), not text; save its text in a .txt file first",
        ),
        (b"\x1f\x8b\x08...", "it is a gzip file, not text"),
    ],
)
def test_what_is_no_text(tmp_path: Path, content: bytes, problem: str) -> None:
    """A file that holds no text is told from one that does."""
    found = read_one(tmp_path, content)

    assert isinstance(found, InputError)
    assert (found.problem, found.row) == (problem, None)


def test_a_file_has_a_greatest_size(tmp_path: Path) -> None:
    """A file of the greatest size is read, one byte more is not."""
    limits = Limits(document_bytes=100)

    assert isinstance(read_one(tmp_path, b"x" * 100, limits=limits), Reading)
    assert str(read_one(tmp_path, b"x" * 101, limits=limits)).endswith("news.txt: larger than 100 bytes")


@pytest.mark.parametrize(
    ("name", "problem"),
    [("absent.txt", "No such file or directory"), (".", "Is a directory"), ("a\0b", "embedded null byte")],
)
def test_files_that_cannot_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, problem: str
) -> None:
    """A file that cannot be opened is an error in its place, not the end."""
    monkeypatch.chdir(tmp_path)

    [found] = read(name)

    assert isinstance(found, InputError)
    assert (found.problem, found.file) == (problem, name.replace("\0", r"\x00"))


def test_a_text_file_is_known_by_its_name(tmp_path: Path) -> None:
    """The id is the name as it was given; there is no title; the text is the file's own."""
    found = read_one(tmp_path, b"Gunmen killed 12.", published="2017-09-01")

    assert isinstance(found, Reading)
    assert (found.article.id, found.article.title) == (str(tmp_path / "news.txt"), None)
    assert (found.article.published, found.row, found.carries_text) == (date(2017, 9, 1), None, False)


def test_markdown_is_as_it_was_given(tmp_path: Path) -> None:
    """Marks of emphasis, headings and links stay in the text."""
    text = "# Blast\n\n*Gunmen* killed **12** [people](https://x.example)."
    found = read_one(tmp_path, text.encode(), "news.md")

    assert isinstance(found, Reading)
    assert (found.article.text, found.article.title) == (text, None)


# Arguments


@pytest.mark.parametrize(
    ("how", "message"),
    [
        (
            {"format": "pdf"},
            "format: 'pdf' cannot be used, expected one of auto, text, markdown, html, json, jsonl, csv, tsv, "
            "parquet, warc",
        ),
        (
            {"published": "1 Sep"},
            "published: '1 Sep' cannot be used, expected an ISO date such as 2017-09-01",
        ),
    ],
)
def test_arguments_are_checked_at_once(how: dict[str, Any], message: str) -> None:
    """A wrong argument is told when `read` is called, not when its first article is asked for."""
    with pytest.raises(ArgumentError) as caught:
        read("absent.txt", **how)

    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2017-09-01", (2017, 9, 1)),
        (" 2017-09-01\n", (2017, 9, 1)),
        ("20170901", (2017, 9, 1)),
        ("2017-09-01T10:00", (2017, 9, 1)),
        ("2017-09-01 10:00:00", (2017, 9, 1)),
        ("2017-09-01T10:00:00Z", (2017, 9, 1)),
        ("2017-09-01T23:59:59.123456-08:00", (2017, 9, 1)),
        ("2017-09-01T00:30:00+0300", (2017, 9, 1)),
        ("2016-02-29", (2016, 2, 29)),
    ],
)
def test_dates(value: str, day: tuple[int, int, int]) -> None:
    """A date is read from a date or a datetime, in the datetime's own zone."""
    assert read_date(value) == date(*day)


@pytest.mark.parametrize(
    "value", ["", "2017", "2017-13-01", "2017-02-29", "01/09/2017", "Friday", "1504224000"]
)
def test_no_dates(value: str) -> None:
    """What is no ISO date is refused, never guessed."""
    with pytest.raises(ArgumentError):
        read_date(value)


# JSON Lines


def test_a_row_gives_all_it_states(tmp_path: Path) -> None:
    """The named keys are taken, others are passed over."""
    row = {
        "id": "a1",
        "title": "Blast",
        "published": "2017-09-01T10:00:00Z",
        "publisher": "Daily Post",
        "url": "https://x.example/a",
        "text": TEXT,
        "language": "fr",
        "claims": [],
    }
    [found] = rows_of(tmp_path, json.dumps(row))

    assert isinstance(found, Reading)
    assert found.article.model_dump() == {
        **{key: row[key] for key in ("id", "title", "publisher", "url", "text")},
        "published": date(2017, 9, 1),
        "language": "en",
        "published_basis": "given",
    }
    assert (found.row, found.carries_text) == (1, False)


@pytest.mark.parametrize(
    ("row", "known"),
    [
        ('{"text": "x", "id": 7}', {"id": "7"}),
        ('{"text": "x", "id": 12345678901234567890}', {"id": "12345678901234567890"}),
        ('{"text": "x", "id": ""}', {"id": "2d711642b726b044"}),
        ('{"text": "x", "id": null}', {"id": "2d711642b726b044"}),
        ('{"text": "x", "id": NaN}', {"id": "2d711642b726b044"}),
        ('{"text": "x", "title": NaN, "publisher": null}', {"title": None, "publisher": None}),
        ('{"text": "x", "text": "y"}', {"text": "y"}),
        ('{"text": ""}', {"text": ""}),
        ('{"text": "x", "published": null}', {"published": date(2020, 1, 2)}),
        ('{"text": "x", "published": ""}', {"published": date(2020, 1, 2)}),
        ('{"text": "x"}', {"published": date(2020, 1, 2)}),
        ('{"text": "x", "published": "2017-09-01"}', {"published": date(2017, 9, 1)}),
        ('{"text": "\\ud800x"}', {"text": "\ud800x"}),
        ('{"text": "\\ud83d\\ude00"}', {"text": "\U0001f600"}),
        ('{"text": "x", "id": "a\\u0000b", "title": "\\ud800"}', {"id": "a\ufffdb", "title": "\ufffd"}),
        ('  {"text": "x"}\r', {"text": "x"}),
        ('\ufeff{"text": "x"}', {"text": "x"}),
        (b'{"text": "Z\xfcrich"}', {"text": "Zürich"}),
        ('{"text": "x", "nested": ' + "[" * 50 + "]" * 50 + "}", {"text": "x"}),
    ],
)
def test_rows(tmp_path: Path, row: str | bytes, known: dict[str, Any]) -> None:
    """What rows of real data sets look like, and what is made of them."""
    [found] = rows_of(tmp_path, row, published="2020-01-02")

    assert isinstance(found, Reading)
    assert {key: getattr(found.article, key) for key in known} == known


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ('{"text": "x"', "no valid JSON: Expecting ',' delimiter at character 13"),
        ("{'text': 'x'}", "no valid JSON: Expecting property name enclosed in double quotes at character 2"),
        ("text", "no valid JSON: Expecting value at character 1"),
        ('"text"', "expected an object, found a string"),
        ("12", "expected an object, found a number"),
        ("true", "expected an object, found true or false"),
        ("null", "expected an object, found null"),
        ('{"id": "a1"}', "no value for 'text'"),
        ('{"text": null}', "no value for 'text'"),
        ('{"text": 12}', "'text' is a number, expected a string"),
        ('{"text": ["x"]}', "'text' is an array, expected a string"),
        ('{"text": {"en": "x"}}', "'text' is an object, expected a string"),
        ('{"text": "x", "id": true}', "'id' is true or false, expected a string"),
        ('{"text": "x", "id": 1.5}', "'id' is a number, expected a string"),
        ('{"text": "x", "title": 12}', "'title' is a number, expected a string"),
        ('{"text": "x", "url": ["y"]}', "'url' is an array, expected a string"),
        ('{"text": "x", "published": 1504224000}', "'published' is a number, expected a string"),
        (
            '{"text": "x", "published": "1 September"}',
            "published: '1 September' cannot be used, expected an ISO date such as 2017-09-01",
        ),
        ("[" * 1 + '{"text": "x"}]', None),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "no valid JSON: nested too deeply"),
        ('{"a": ' + "9" * 5_000 + ', "text": "x"}', "no valid JSON: a number is too long"),
        (b'{"text": "\x81\x8d"}', "neither UTF-8 nor Windows-1252"),
    ],
)
def test_bad_rows(tmp_path: Path, row: str | bytes, problem: str | None) -> None:
    """A bad row is an error that names it; the rows around it are read."""
    before, found, after = rows_of(tmp_path, '{"text": "x"}', row, '{"text": "y"}')

    assert isinstance(before, Reading)
    assert isinstance(after, Reading)
    assert isinstance(found, InputError)
    assert (found.row, after.row) == (2, 3)
    assert found.problem == (problem or "expected an object, found an array")


def test_empty_lines_are_no_rows(tmp_path: Path) -> None:
    """Empty lines are passed over, and still counted as lines."""
    found = rows_of(tmp_path, "", '{"text": "x"}', "  \r", '{"text": "y"}', "")

    assert [one.row for one in found] == [2, 4]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "it is empty"),
        (b"\n \n", "it is empty"),
        (b'[{"text": "x"}]', "it is one JSON value, not JSON Lines (one object a line)"),
        (b'{\n  "text": "x"\n}', "it is one JSON value, not JSON Lines (one object a line)"),
    ],
)
def test_what_is_no_json_lines(tmp_path: Path, content: bytes, problem: str) -> None:
    """What is wrong with the whole file is told once, not once a line."""
    [found] = read_all(tmp_path, content, "news.jsonl")

    assert isinstance(found, InputError)
    assert (found.problem, found.row) == (problem, None)


def test_a_row_has_a_greatest_size(tmp_path: Path) -> None:
    """A row that is too long is one error, and the next row is found."""
    long = json.dumps({"text": "x" * 1_000})
    found = rows_of(tmp_path, long, '{"text": "y"}', long, limits=Limits(document_bytes=100))

    assert [(type(one).__name__, one.row) for one in found] == [
        ("InputError", 1),
        ("Reading", 2),
        ("InputError", 3),
    ]
    assert str(found[0]).endswith("row 1: larger than 100 bytes")


def test_rows_in_windows_1252_are_noted_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """One note a file, however many of its rows are in another encoding."""
    rows_of(tmp_path, *[b'{"text": "Z\xfcrich"}'] * 3)

    assert [r.getMessage().split("news.jsonl")[1] for r in caplog.records] == [
        ", row 1: not UTF-8, read as Windows-1252"
    ]


def test_rows_are_read_one_by_one(tmp_path: Path) -> None:
    """The first article is there before the second row is."""
    file = tmp_path / "news.jsonl"
    with file.open("w", encoding="utf-8") as stream:
        stream.write('{"text": "x"}\n')
        stream.flush()
        found = read(file)
        first = next(found)
        stream.write('{"text": "y"}\n')

    assert isinstance(first, Reading)
    assert [one.row for one in found] == [2]


# What a name or a beginning says


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("a.jsonl", 2),
        ("a.ndjson", 2),
        ("a.JSONL", 2),
        ("a.json", 2),
        ("a.txt", 1),
        ("a.md", 1),
        ("a", 1),
        ("a.jsonl.txt", 1),
    ],
)
def test_endings(tmp_path: Path, name: str, count: int) -> None:
    """The ending of a file's name tells rows from text."""
    assert len(read_all(tmp_path, b'{"text": "x"}\n{"text": "y"}\n', name)) == count


def test_the_format_can_be_told(tmp_path: Path) -> None:
    """What the caller says stands over the ending."""
    assert len(read_all(tmp_path, b'{"text": "x"}\n{"text": "y"}\n', "a.txt", format="jsonl")) == 2
    assert len(read_all(tmp_path, b'{"text": "x"}\n{"text": "y"}\n', "a.jsonl", format="text")) == 1


@pytest.mark.parametrize(
    ("content", "format"),
    [
        (b"Gunmen killed 12 people.", "text"),
        (b'{"text": "x"}\n{"text": "y"}', "json"),
        (b'\n\n {"id": 1,\t"text": "x"}', "json"),
        (b'\xef\xbb\xbf{"text": "x"}', "json"),
        (b'{"id": 1}', "json"),
        (b'{"text": "x', "json"),
        (b'{\n "text": "x"\n}', "json"),
        (b'[{"text": "x"}]', "json"),
        (b"[Reuters] Gunmen killed 12 people.", "text"),
        (b"{Correction} Gunmen killed 12 people.", "text"),
        (b"<!DOCTYPE html><p>x", "html"),
        (b"\n <html lang=en>", "html"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">\n<html>', "html"),
        (b"<!-- saved -->\n<HTML>", "html"),
        (b"WARC/1.0\r\n", "warc"),
        (b'<?xml version="1.0"?><rss>', "text"),
        (b"<b>Gunmen</b> killed 12 people. <html>", "text"),
        (b"", "text"),
        (b"\n\n\n", "text"),
    ],
)
def test_standard_input_is_told_by_its_beginning(content: bytes, format: str) -> None:
    """Without a name, the first characters decide."""
    head, found = sniff(io.BytesIO(content), Limits())

    assert found == format
    assert content.startswith(head)


def test_standard_input_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read in order to tell the format is part of the text."""
    text = "First line.\n" * 1_000
    feed(monkeypatch, text.encode())

    [found] = read("-")

    assert isinstance(found, Reading)
    assert (found.article.text, found.file) == (text, "-")
    assert found.article.id == hashlib.sha256(text.encode()).hexdigest()[:16]


def test_standard_input_holds_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows on standard input are told and read as from a file."""
    feed(monkeypatch, b'{"text": "x"}\n{}\n{"text": "y"}\n')

    assert [(type(one).__name__, one.row) for one in read("-")] == [
        ("Reading", 1),
        ("InputError", 2),
        ("Reading", 3),
    ]


def test_there_may_be_no_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process without standard input gets an error, not a crash."""
    monkeypatch.setattr(sys, "stdin", None)

    assert [str(one) for one in read("-")] == ["-: there is no standard input"]


# HTML

PAGE = """<!DOCTYPE html><html><head><title>Blast in Arda kills 12 | Daily Post</title>
<meta property="og:title" content="Blast in Arda kills 12">
<meta property="article:published_time" content="2017-09-01T10:00:00Z">
<meta property="article:modified_time" content="2019-03-04T10:00:00Z">
<meta property="og:site_name" content="Daily Post"><link rel="canonical" href="https://x.example/a">
</head><body><nav><a href="/">Home</a> <a href="/n">9 killed elsewhere</a></nav><article>
<p>Gunmen killed 12 people &amp; wounded <b>30</b> in Zürich on Friday, police said. It was the worst in years.</p>
<p>A second blast killed three soldiers, a spokesman for the ministry told reporters in the capital.</p>
</article><footer>Copyright 2021 Daily Post</footer></body></html>"""


@pytest.fixture
def trafilatura() -> Any:
    return pytest.importorskip("trafilatura", exc_type=ImportError)


@pytest.mark.usefixtures("trafilatura")
def test_a_page_gives_its_article(tmp_path: Path) -> None:
    """Text, title, publisher, address and day of publication come out of the page."""
    found = read_one(tmp_path, PAGE.encode(), "page.html")

    assert isinstance(found, Reading)
    assert found.carries_text
    assert found.article.text == (
        "Gunmen killed 12 people & wounded 30 in Zürich on Friday, police said. It was the worst in years.\n"
        "A second blast killed three soldiers, a spokesman for the ministry told reporters in the capital."
    )
    assert (found.article.title, found.article.publisher) == ("Blast in Arda kills 12", "Daily Post")
    assert (found.article.url, found.article.published) == ("https://x.example/a", date(2017, 9, 1))
    assert found.article.published_basis == "metadata"


@pytest.mark.usefixtures("trafilatura")
def test_the_caller_knows_the_date_better(tmp_path: Path) -> None:
    """A date that is given stands over the page's own."""
    found = read_one(tmp_path, PAGE.encode(), "page.html", published=date(2018, 1, 1))

    assert isinstance(found, Reading)
    assert (found.article.published, found.article.published_basis) == (date(2018, 1, 1), "given")


@pytest.mark.usefixtures("trafilatura")
def test_a_page_without_a_date_has_none(tmp_path: Path) -> None:
    """A year in the footer is no date of publication."""
    page = "\n".join(line for line in PAGE.splitlines() if "_time" not in line)
    found = read_one(tmp_path, page.encode(), "page.html")

    assert isinstance(found, Reading)
    assert found.article.published is None


@pytest.mark.usefixtures("trafilatura")
@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        ('<link rel="canonical" href="https://x.example/2017/09/01/a">', "", date(2017, 9, 1)),
        ('<script type="application/ld+json">{"datePublished": "2017-09-01"}</script>', "", date(2017, 9, 1)),
        ("", '<time datetime="2017-09-01T10:00">1 Sept</time>', date(2017, 9, 1)),
        ("", '<p class="date">September 1, 2017</p>', date(2017, 9, 1)),
        ('<meta property="article:modified_time" content="2017-09-01">', "", date(2017, 9, 1)),
        ('<meta property="article:published_time" content="1985-09-01">', "", None),
        ('<meta property="article:published_time" content="2985-09-01">', "", None),
        ('<meta property="og:image" content="https://x.example/2015/05/03/blast.jpg">', "", None),
        ("<title>The blast of 3 May 2015</title>", "", None),
        ("", "<h1>The blast of 3 May 2015</h1>", None),
        (
            "",
            "<p>The blast of 2015-05-03 had killed nine people in the same part of the town, the army said.</p>",
            None,
        ),
        (
            "",
            "<p>The blast of 3 May 2015 had killed nine people in the same part of the town, the army said.</p>",
            None,
        ),
    ],
)
def test_a_page_states_its_day(tmp_path: Path, head: str, body: str, day: date | None) -> None:
    """Metadata, elements made for dates and the address count; headlines, pictures and sentences do not."""
    page = "\n".join(line for line in PAGE.splitlines() if "_time" not in line)
    page = page.replace('<link rel="canonical" href="https://x.example/a">', head).replace(
        "<article>", f"<article>{body}"
    )
    found = read_one(tmp_path, page.encode(), "page.html")

    assert isinstance(found, Reading)
    assert (found.article.published, found.article.published_basis) == (day, "metadata" if day else "given")


@pytest.mark.usefixtures("trafilatura")
def test_the_text_of_a_page_can_tell_its_day(tmp_path: Path) -> None:
    """What the metadata do not state is looked for in the text taken out, where the offsets count."""
    page = "\n".join(line for line in PAGE.splitlines() if "_time" not in line)
    page = page.replace("<article>", "<article><p>Published: September 1, 2017</p>")
    found = read_one(tmp_path, page.encode(), "page.html")

    assert isinstance(found, Reading)
    known = extract(found.article).document.published_from
    assert known is not None
    assert (known.basis, found.article.text[known.start : known.end]) == ("byline", "September 1, 2017")


@pytest.mark.usefixtures("trafilatura")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252", "mac-roman"])
def test_a_page_declares_its_encoding(tmp_path: Path, encoding: str) -> None:
    """The declared encoding is used."""
    page = PAGE.replace("<head>", f'<head><meta charset="{encoding}">')
    found = read_one(tmp_path, page.encode(encoding), "page.html")

    assert isinstance(found, Reading)
    assert "in Zürich on Friday" in found.article.text


@pytest.mark.usefixtures("trafilatura")
@pytest.mark.parametrize(
    "page",
    [
        "",
        "<html></html>",
        "Gunmen",
        "<html><body>" + "<div>" * 100_000 + "x",
        "<html><body><p>" + "<b>" * 100_000 + "Gunmen killed 12.",
        "<html><body>" + "<table><tr><td>" * 30_000,
        '<!DOCTYPE l [<!ENTITY a "'
        + "x" * 1_000
        + '"><!ENTITY b "'
        + "&a;" * 1_000
        + '"><!ENTITY c "'
        + "&b;" * 1_000
        + '">]><html><p>&c;</p></html>',
        "<html><p>\0\0\0</p></html>",
    ],
    ids=["nothing", "empty", "no markup", "divs", "bolds", "tables", "bomb", "NULs"],
)
def test_hostile_pages_are_errors(tmp_path: Path, page: str) -> None:
    """A page that holds no article, or is made to hurt, is an error, and soon."""
    started = time.perf_counter()

    found = read_one(tmp_path, page.encode(), "page.html")

    assert isinstance(found, InputError)
    assert time.perf_counter() - started < 5


@pytest.mark.usefixtures("trafilatura")
def test_a_page_reads_no_file(tmp_path: Path) -> None:
    """An external entity is text like any other."""
    secret = tmp_path / "secret"
    secret.write_text("Nobody knows.")
    page = PAGE.replace("html>", f'html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>', 1).replace("&amp;", "&x;")
    found = read_one(tmp_path, page.encode(), "page.html")

    assert isinstance(found, Reading)
    assert "12 people &x; wounded" in found.article.text


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without trafilatura, the error says what to install."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)

    found = read_one(tmp_path, PAGE.encode(), "page.html")

    assert isinstance(found, InputError)
    assert "pip install '.[html]'" in found.problem
    assert "\n" not in found.problem


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b'<meta charset="utf-8">', "utf-8"),
        (b"<META CHARSET=KOI8-R>", "koi8-r"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=shift_jis">', "shift_jis"),
        (b'<meta charset="latin1">', "cp1252"),
        (b'<meta charset="us-ascii">', "cp1252"),
        (b'<meta charset="no-such-thing">', None),
        (b"<meta name=x>", None),
        (b"", None),
        (b" " * 5_000 + b'<meta charset="koi8-r">', None),
    ],
)
def test_declared_encodings(head: bytes, encoding: str | None) -> None:
    """Encodings are found under their many names."""
    assert markup.declared_encoding(head) == encoding
