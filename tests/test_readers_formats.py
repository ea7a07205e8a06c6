"""Rows in: JSON, tables, Parquet and web archives, which key holds what, and what other tools write."""

from __future__ import annotations

import csv
import gzip
import io
import json
import logging
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casualty_extract import readers_rows, readers_text
from casualty_extract.errors import InputError
from casualty_extract.readers import Columns, Limits, Reading, read

LINE = "Gunmen killed 12."


def rows_of(folder: Path, content: bytes | str, name: str, **how: Any) -> list[Reading | InputError]:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read(file, **how))


def texts(found: list[Reading | InputError]) -> list[tuple[int | None, str]]:
    """What was read, or what is wrong."""
    return [(one.row, one.article.text if isinstance(one, Reading) else one.problem) for one in found]


def one_of(folder: Path, row: dict[str, Any], **how: Any) -> Reading | InputError:
    [found] = rows_of(folder, json.dumps(row), "a.jsonl", **how)
    return found


# Columns

SHAPES = {
    "own": {
        "id": "a1",
        "text": LINE,
        "title": "T",
        "publisher": "P",
        "url": "http://u",
        "published": "2017-09-01",
    },
    "trafilatura": {
        "title": "T",
        "author": None,
        "hostname": "x.example",
        "date": "2017-09-01",
        "fingerprint": "66769b8d1ec34c2c",
        "id": "a1",
        "raw_text": "flat",
        "text": LINE,
        "source": "http://u",
        "source-hostname": "P",
        "excerpt": None,
    },
    "news-please": {
        "authors": [],
        "date_download": "2020-01-01 00:00:00",
        "date_publish": "2017-09-01 10:00:00",
        "description": "not this",
        "filename": "a.html",
        "maintext": LINE,
        "source_domain": "P",
        "title": "T",
        "url": "http://u",
        "uuid": "a1",
    },
    "ninjs": {
        "uri": "a1",
        "type": "text",
        "versioncreated": "2017-09-01T10:00:00Z",
        "headline": "T",
        "body_text": LINE,
        "source_name": "P",
        "link": "http://u",
    },
    "news service": {
        "source": {"id": None, "name": "P"},
        "title": "T",
        "url": "http://u",
        "publishedAt": "2017-09-01T10:00:00Z",
        "content": LINE,
        "uuid": "a1",
    },
    "document store": {
        "_id": {"$oid": "a1"},
        "body": LINE,
        "headline": "T",
        "link": "http://u",
        "date": "2017-09-01",
        "source": "P",
    },
    "by hand": {
        "ID": "a1",
        "Text": LINE,
        "Title": "T",
        "URL": "http://u",
        "Date": "2017-09-01",
        "Publisher": "P",
    },
}


@pytest.mark.parametrize("row", SHAPES.values(), ids=SHAPES)
def test_the_usual_keys_are_known(tmp_path: Path, row: dict[str, Any]) -> None:
    """What other tools write is read without an option."""
    found = one_of(tmp_path, row)

    assert isinstance(found, Reading)
    article = found.article
    assert (article.id, article.text, article.title, article.published) == ("a1", LINE, "T", date(2017, 9, 1))
    assert (article.url, article.publisher) == ("http://u", "P")


@pytest.mark.parametrize(
    ("row", "columns", "known"),
    [
        ({"text": "x", "story": LINE}, Columns(text="story"), {"text": LINE}),
        (
            {"text": LINE, "meta": {"date": "2017-09-01"}},
            Columns(published="meta.date"),
            {"published": date(2017, 9, 1)},
        ),
        (
            {"text": LINE, "meta.date": "2017-09-01"},
            Columns(published="meta.date"),
            {"published": date(2017, 9, 1)},
        ),
        ({"text": LINE, "date": "Friday"}, Columns(published=""), {"published": None}),
        ({"text": LINE, "key": 7}, Columns(id="key"), {"id": "7"}),
        ({"text": LINE, "title": "x", "kicker": None}, Columns(title="kicker"), {"title": None}),
        ({"text": None, "content": LINE}, None, {"text": LINE}),
        ({"text": "", "content": LINE}, None, {"text": LINE}),
        ({"text": LINE, "source": ["x"], "uri": {}}, None, {"publisher": None, "url": None}),
    ],
)
def test_columns(tmp_path: Path, row: dict[str, Any], columns: Columns | None, known: dict[str, Any]) -> None:
    """A key that is named is taken, whatever else is there."""
    found = one_of(tmp_path, row, columns=columns)

    assert isinstance(found, Reading)
    assert {key: getattr(found.article, key) for key in known} == known


@pytest.mark.parametrize(
    ("row", "columns", "problem"),
    [
        ({"text": LINE}, Columns(text="story"), "no value for 'story'"),
        ({"text": LINE, "story": None}, Columns(text="story"), "no value for 'story'"),
        ({"text": LINE, "story": {}}, Columns(text="story"), "'story' is an object, expected a string"),
        ({"text": LINE}, Columns(id="key"), "no value for 'key'"),
        ({"text": LINE, "meta": 3}, Columns(published="meta.date"), "no value for 'meta.date'"),
        ({"text": LINE, "day": 20170901}, Columns(published="day"), "'day' is a number, expected a string"),
        (
            {"text": LINE, "date": "1 Sep"},
            None,
            "date: '1 Sep' cannot be used, expected an ISO date such as 2017-09-01",
        ),
        ({"description": LINE}, None, "no value for 'text'"),
    ],
)
def test_a_key_that_is_named_must_be_there(
    tmp_path: Path, row: dict[str, Any], columns: Columns | None, problem: str
) -> None:
    """A row without it is an error, never read by another key."""
    found = one_of(tmp_path, row, columns=columns)

    assert isinstance(found, InputError)
    assert (found.problem, found.row) == (problem, 1)


# JSON

TWO = [{"text": "x"}, {"text": "y"}]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (json.dumps(TWO), [(1, "x"), (2, "y")]),
        (json.dumps(TWO, indent=2), [(1, "x"), (2, "y")]),
        ("\n\n  " + json.dumps(TWO) + "\n\n", [(1, "x"), (2, "y")]),
        ("\ufeff" + json.dumps(TWO), [(1, "x"), (2, "y")]),
        ('{"text": "x"}\n{"text": "y"}\n', [(1, "x"), (2, "y")]),
        ('{"text": "x"}\n\n{}', [(1, "x"), (3, "no value for 'text'")]),
        ('{"text": x}\n{"text": "y"}', [(1, "no valid JSON: Expecting value at character 10"), (2, "y")]),
        ('{"text": "x"}', [(1, "x")]),
        ('{\n "text": "x"\n}', [(1, "x")]),
        ('{"text": "x",\n "id": 3}', [(1, "x")]),
        (json.dumps({"status": "ok", "articles": TWO}), [(1, "x"), (2, "y")]),
        (json.dumps({"status": "ok", "articles": TWO}, indent=2), [(1, "x"), (2, "y")]),
        (json.dumps({"facets": [{"n": 1}], "hits": TWO}), [(1, "x"), (2, "y")]),
        (json.dumps({"text": "x", "images": TWO}), [(1, "x")]),
        (
            json.dumps({"a": TWO, "b": TWO}, indent=1),
            [(None, "no value for 'text', and several lists that may hold articles: 'a', 'b'")],
        ),
        ('{\n"a": 1}', [(None, "no value for 'text', and no list of articles")]),
        ("{\n]", [(None, "no valid JSON: Expecting property name enclosed in double quotes at character 3")]),
        ("[]", [(None, "it is empty")]),
        ("", [(None, "it is empty")]),
        ('[{"text": "x"}, 3, "]", [{}]]', [
            (1, "x"),
            (2, "expected an object, found a number"),
            (3, "expected an object, found a string"),
            (4, "expected an object, found an array"),
        ]),
        (r'[{"text": "\"]}"}, {"text": "\\"}, {"text": "\\\"}"}]', [(1, '"]}'), (2, "\\"), (3, '\\"}')]),
        ('[{"text": "x"},]', [(1, "x"), (2, "no valid JSON: Expecting value at character 1")]),
        ('[{"text": "x"} {"text": "y"}]', [(1, "x"), (None, "no valid JSON: expected ',' or ']' after element 1")]),
        ('[{"text": "x"}', [(1, "x"), (None, "it is cut: the array has no end after element 1")]),
        ('[{"text": "x"}, {"te', [(1, "x"), (None, "it is cut: the array ends within element 2")]),
        ('[{"text": "x"}]]', [(1, "x"), (None, "there is more after the end of the array")]),
    ],
)  # fmt: skip
def test_json(tmp_path: Path, content: str, found: list[tuple[int | None, str]]) -> None:
    """One object, an array, an object around an array, and rows, each told from the others."""
    assert texts(rows_of(tmp_path, content, "a.json")) == found


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.csv"])
def test_rows_in_other_encodings_that_a_mark_tells(tmp_path: Path, name: str, encoding: str) -> None:
    """The mark of the file is the encoding of all its rows."""
    content = {
        "a.json": '[{"text": "Zürich 1"}]',
        "a.jsonl": '{"text": "Zürich 1"}',
        "a.csv": "text\nZürich 1",
    }[name]
    mark = "\ufeff" if encoding.endswith("be") else ""
    [found] = rows_of(tmp_path, (mark + content).encode(encoding), name)

    assert isinstance(found, Reading)
    assert (found.article.text, found.encoding) == ("Zürich 1", encoding.removesuffix("-be"))


def test_an_element_of_an_array_has_a_greatest_size(tmp_path: Path) -> None:
    """One that is too long is an error, and the next one is found."""
    long = {"text": 'x"]}\\' * 50_000}
    found = rows_of(tmp_path, json.dumps([long, TWO[1], long]), "a.json", limits=Limits(document_bytes=1_000))

    assert texts(found) == [(1, "larger than 1,000 bytes"), (2, "y"), (3, "larger than 1,000 bytes")]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(['"', "\\", "]", "}", "[", "{", ",", "é", "x"]), max_size=6), max_size=4
    )
)
def test_arrays_are_parted_as_json_is(values: list[list[str]]) -> None:
    """Elements are told apart wherever quotes, brackets and escapes stand, in whatever pieces they are read."""
    rows = [{"text": "".join(value) + "!", "x": [value, {"y": value}]} for value in values] or TWO
    content = json.dumps(rows, ensure_ascii=len(values) % 2 == 0)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(readers_text, "CHUNK", 3)
        patch.setattr(readers_rows, "PIECE", 5)
        found = rows_of(Path(folder), content, "a.json")

    assert texts(found) == [(n, row["text"]) for n, row in enumerate(rows, start=1)]


# Tables with separators


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.csv", "id,text\n1,x\n2,y\n", [(1, "x"), (2, "y")]),
        ("a.csv", "id;text\n1;x,y\n", [(1, "x,y")]),
        ("a.csv", "id\ttext\n1\tx,y\n", [(1, "x,y")]),
        ("a.csv", "text\nx\n", [(1, "x")]),
        ("a.csv", "text\r\nx\r\n\r\ny\r\n", [(1, "x"), (2, "y")]),
        ("a.csv", "\r\ntext\r\nx", [(1, "x")]),
        ("a.csv", 'text,id\n"a ""b"", c",1\n', [(1, 'a "b", c')]),
        ("a.csv", 'text\n"a\r\nb\n\nc"\n"d"\n', [(1, "a\r\nb\n\nc"), (2, "d")]),
        ("a.tsv", "id\ttext\n1\tx,y;z\n", [(1, "x,y;z")]),
        ("a.tab", "id\ttext\n1\tx\n", [(1, "x")]),
        (
            "a.csv",
            "text,id\nx\ny,1\nz,1,2\n",
            [(1, "1 cells, but 2 columns"), (2, "y"), (3, "3 cells, but 2 columns")],
        ),
        ("a.csv", "text,id\n,1\n", [(1, "no value for 'text'")]),
        ("a.csv", 'text\n"a"b\nc\n', [(1, "no valid row: ',' expected after '\"'"), (2, "c")]),
        ("a.csv", 'text\na\n"b\n', [(1, "a"), (2, "no valid row: unexpected end of data")]),
        ("a.csv", "id,n\n1,2\n", [(None, "there is no column for the text; there are 'id', 'n'")]),
        ("a.csv", "text,text\n1,2\n", [(None, "two columns are called 'text'")]),
        ("a.csv", "n,n,text\n1,2,x\n", [(1, "x")]),
        ("a.csv", "", [(None, "it is empty")]),
        ("a.csv", '"text', [(None, "no valid head row: unexpected end of data")]),
    ],
)
def test_tables(tmp_path: Path, name: str, content: str, found: list[tuple[int | None, str]]) -> None:
    """Separators, quotes and line ends, and rows that do not fit the head row."""
    assert texts(rows_of(tmp_path, content, name)) == found


def test_a_table_that_was_only_a_head_row_has_no_rows(tmp_path: Path) -> None:
    """It is a table like any other, with nothing in it."""
    assert rows_of(tmp_path, "id,text\n", "a.csv") == []


def test_columns_of_tables(tmp_path: Path) -> None:
    """Columns are named as keys are; one that is not there is told once for the file."""
    content = "Story,Day,id\nx,2017-09-01,a\ny,,b\n"
    first, second = rows_of(tmp_path, content, "a.csv", columns=Columns(text="Story", published="Day"))

    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert (first.article.text, first.article.published, first.article.id) == ("x", date(2017, 9, 1), "a")
    assert second.article.published is None
    assert texts(rows_of(tmp_path, content, "a.csv", columns=Columns(text="Story", url="Link"))) == [
        (None, "there is no column named 'Link'; there are 'Story', 'Day', 'id'")
    ]


def test_a_cell_may_be_long(tmp_path: Path) -> None:
    """Python's own bound for cells, of 131,072 characters, is no bound for articles."""
    [found] = rows_of(tmp_path, f"text\n{'x' * 500_000}\n", "a.csv")

    assert isinstance(found, Reading)
    assert len(found.article.text) == 500_000


def test_a_quotation_mark_that_is_left_open_ends_the_file(tmp_path: Path) -> None:
    """What follows may be within a cell or not, so it is told and not read."""
    content = 'text,id\nx,1\n"y,2\n' + "z,3\n" * 1_000
    found = rows_of(tmp_path, content, "a.csv", limits=Limits(document_bytes=1_000))

    assert texts(found) == [(1, "x"), (2, "larger than 1,000 bytes; what follows was not read")]


# Parquet


def parquet_of(columns: dict[str, Any], **how: Any) -> bytes:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    target = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), target, **how)
    return target.getvalue()


def test_parquet(tmp_path: Path) -> None:
    """Strings, numbers, days, moments and what is nested come out as in JSON; what is null is missing."""
    zone = UTC
    content = parquet_of(
        {
            "text": ["x", None, "z"],
            "id": [1, 2, 3],
            "date": [datetime(2017, 9, 1, 23, tzinfo=zone), None, None],
            "source": [{"name": "P"}, None, None],
            "n": [1.5, 2.5, 3.5],
        }
    )
    first, second, third = rows_of(tmp_path, content, "a.parquet", published="2020-01-02")

    assert isinstance(first, Reading)
    assert isinstance(third, Reading)
    assert (first.article.id, first.article.published, first.article.publisher) == (
        "1",
        date(2017, 9, 1),
        "P",
    )
    assert (third.row, third.article.published) == (3, date(2020, 1, 2))
    assert texts([second]) == [(2, "no value for 'text'")]


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({"n": [1]}, "there is no column for the text; there are 'n'"),
        ({"text": []}, "it is empty"),
        ({"text": [1]}, "'text' is a number, expected a string"),
        ({"text": [["x"]]}, "'text' is an array, expected a string"),
        ({"text": ["x" * 2_000]}, "larger than 1,000 bytes"),
    ],
)
def test_parquet_that_cannot_be_used(tmp_path: Path, columns: dict[str, Any], problem: str) -> None:
    """It is told what is wrong with a table or a row."""
    [found] = rows_of(tmp_path, parquet_of(columns), "a.parquet", limits=Limits(document_bytes=1_000))

    assert isinstance(found, InputError)
    assert found.problem == problem


def test_parquet_reads_only_what_it_needs(tmp_path: Path) -> None:
    """A column that nobody needs is not looked at, whatever becomes of it when it is unpacked."""
    content = parquet_of(
        {"text": ["x"] * 10_000, "junk": ["0" * 1_000] * 10_000}, compression="zstd", use_dictionary=False
    )
    limits = Limits(ratio=1)
    file = tmp_path / "a.parquet"
    file.write_bytes(content)

    assert sum(isinstance(one, Reading) for one in read(file, limits=limits)) == 10_000
    [found] = read(file, limits=limits, columns=Columns(text="junk"))
    assert isinstance(found, InputError)


@pytest.mark.parametrize(
    ("name", "package", "extra"),
    [("a.parquet", "pyarrow", "parquet"), ("a.warc", "fastwarc", "warc"), ("a.txt.zst", "zstandard", "zstd")],
)
def test_missing_extras_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, package: str, extra: str
) -> None:
    """A file that needs one is an error that says what to install."""
    import sys

    for module in (package, "fastwarc.warc", "compression.zstd"):
        monkeypatch.setitem(sys.modules, module, None)

    [found] = rows_of(tmp_path, b"PAR1", name)

    assert isinstance(found, InputError)
    assert found.problem.startswith(f"{package} is needed to read ")
    assert f"pip install '.[{extra}]'" in found.problem


# Round trips

KEPT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "text": KEPT.filter(bool),
            "id": KEPT.filter(bool),
            "title": st.none() | KEPT.filter(bool),
            "published": st.none() | st.dates().map(date.isoformat),
        }
    ),
    min_size=1,
    max_size=8,
)


def as_jsonl(rows: list[dict[str, Any]]) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def as_json(rows: list[dict[str, Any]]) -> bytes:
    return json.dumps(rows, ensure_ascii=False).encode()


def as_csv(rows: list[dict[str, Any]], **dialect: Any) -> bytes:
    target = io.StringIO(newline="")
    # Python's csv module leaves a lone carriage return and an empty row unquoted, so all is quoted.
    writer = csv.DictWriter(target, rows[0], quoting=csv.QUOTE_ALL, **dialect)
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue().encode()


def as_tsv(rows: list[dict[str, Any]]) -> bytes:
    return as_csv(rows, delimiter="\t")


def as_parquet(rows: list[dict[str, Any]]) -> bytes:
    return parquet_of({key: [row[key] for row in rows] for key in rows[0]})


def as_gz(rows: list[dict[str, Any]]) -> bytes:
    return gzip.compress(as_jsonl(rows))


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.jsonl", as_jsonl),
        ("a.json", as_json),
        ("a.csv", as_csv),
        ("a.tsv", as_tsv),
        ("a.parquet", as_parquet),
        ("a.jsonl.gz", as_gz),
    ],
)
@settings(max_examples=60, deadline=None)
@given(rows=ROWS)
def test_what_was_written_is_read(name: str, write: Any, rows: list[dict[str, Any]]) -> None:
    """Every value comes back as it was, line ends and blanks included."""
    with tempfile.TemporaryDirectory() as folder:
        found = rows_of(Path(folder), write(rows), name)

    back = [
        {
            **{key: getattr(one.article, key) for key in ("text", "id", "title")},
            "published": one.article.published and one.article.published.isoformat(),
        }
        for one in found
        if isinstance(one, Reading)
    ]
    assert back == rows


# Web archives

PAGE = """<html><head><title>Blast in Arda</title>{head}</head><body><article>
<p>Gunmen killed {n} people &amp; wounded 30 in Zürich on Friday, police said. It was the worst in years.</p>
<p>A second blast killed three soldiers, a spokesman for the ministry told reporters in the capital.</p>
</article></body></html>"""


def response(
    n: int, *, head: str = "", status: str = "200 OK", kind: str = "text/html; charset=utf-8", http: str = "", body: bytes = b""
) -> bytes:  # fmt: skip
    body = body or PAGE.format(n=n, head=head).encode()
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{http}\r\n".encode() + body


def record(block: bytes, n: int, type: str = "response", length: int | None = None) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {type}\r\nWARC-Record-ID: <urn:uuid:{n}>\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
        f"WARC-Target-URI: https://x.example/{n}\r\nContent-Type: application/http\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


@pytest.fixture
def pages() -> None:
    pytest.importorskip("fastwarc")
    pytest.importorskip("trafilatura", exc_type=ImportError)


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_web_archive_gives_its_pages(tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str) -> None:
    """Pages of status 200 are articles; the rest is counted, and keeps its number."""
    caplog.set_level(logging.INFO, "casualty_extract")
    dated = '<meta property="article:published_time" content="2017-09-01">'
    records = [
        record(b"software: x", 1, "warcinfo"),
        record(b"GET / HTTP/1.1\r\n\r\n", 2, "request"),
        record(response(3, head=dated), 3),
        record(response(4, status="404 Not Found"), 4),
        record(response(5, kind="image/png"), 5),
        record(response(6), 6),
    ]
    content = b"".join(map(gzip.compress, records)) if name.endswith("gz") else b"".join(records)
    first, second = rows_of(tmp_path, content, name)

    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert (first.row, first.article.id, first.article.url) == (3, "urn:uuid:3", "https://x.example/3")
    assert first.article.text.startswith("Gunmen killed 3 people & wounded 30 in Zürich on Friday")
    assert (first.carries_text, first.article.title) == (True, "Blast in Arda")
    assert (first.article.published, first.article.published_basis) == (date(2017, 9, 1), "metadata")
    # The day on which it was fetched is no day of publication.
    assert (second.row, second.article.published) == (6, None)
    assert [r.getMessage().split(": ", 1)[1] for r in caplog.records if "passed over" in r.getMessage()] == [
        "4 records passed over: 1 of status 404, 1 of type request, 1 of type warcinfo, 1 that are no HTML"
    ]


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize(
    ("http", "body"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress(PAGE.format(n=7, head="").encode())),
        ("Transfer-Encoding: chunked\r\n", b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE.format(n=7, head="").encode()), PAGE.format(n=7, head="").encode())),
    ],
    ids=["gzip", "chunked"],
)  # fmt: skip
def test_what_http_wraps_is_unwrapped(tmp_path: Path, http: str, body: bytes) -> None:
    """Pages are read as they were before they were sent."""
    [found] = rows_of(tmp_path, record(response(7, http=http, body=body), 1), "a.warc")

    assert isinstance(found, Reading)
    assert found.article.text.startswith("Gunmen killed 7 people")


@pytest.mark.usefixtures("pages")
def test_http_declares_an_encoding(tmp_path: Path) -> None:
    """What the server says stands over what the page says."""
    body = PAGE.format(n=7, head='<meta charset="utf-8">').encode("cp1252")
    block = response(7, kind="text/html; charset=iso-8859-1", body=body)
    [found] = rows_of(tmp_path, record(block, 1), "a.warc")

    assert isinstance(found, Reading)
    assert ("in Zürich on" in found.article.text, found.encoding) == (True, "cp1252")


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (record(response(1), 1, length=len(response(1)) + 50), "a broken record: its length is wrong"),
        (record(response(1), 1, length=20), "a broken record: its length is wrong"),
        (
            record(response(1), 1).replace(b"Content-Length", b"Length"),
            "a broken record: its head has no length",
        ),
        (b"junk\r\njunk\r\n\r\n", "a broken record: it has no head"),
        (record(response(1, http="Content-Encoding: gzip\r\n"), 1), "a broken record: "),
        (record(response(1, body=b"<p>\xff\xd8"), 1), "no article found in the HTML"),
    ],
    ids=["too long", "too short", "no length", "junk", "no gzip", "no article"],
)
def test_a_broken_record_does_not_end_the_archive(tmp_path: Path, broken: bytes, problem: str) -> None:
    """It is an error, and the records around it are read."""
    content = record(response(3), 3) + broken + record(response(4), 4)
    before, found, after = rows_of(tmp_path, content, "a.warc")

    assert isinstance(before, Reading)
    assert isinstance(after, Reading)
    assert isinstance(found, InputError)
    assert found.problem.startswith(problem)
    assert (before.row, found.row, after.row) == (1, 2, 3)
    assert after.article.id == "urn:uuid:4"
