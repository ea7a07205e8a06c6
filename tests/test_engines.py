"""From Arrow batches to Arrow batches: one row for each row, errors in their rows, one pipeline a process."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from casualty_extract import engines, extract
from casualty_extract.engines import extract_batches, extract_table, result_schema
from casualty_extract.errors import ArgumentError, GazetteerError, MissingPackageError
from casualty_extract.records import Article, Extraction
from casualty_extract.writers_tables import from_rows

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

TEXT = "Gunmen killed 12 people in Mosul on Friday, police said."


def batch(**columns: Any) -> Any:
    return pa.RecordBatch.from_pydict(columns)


def rows(*batches: Any, **how: Any) -> list[dict[str, Any]]:
    return [row for found in extract_batches(batches, **how) for row in found.to_pylist()]


def test_each_row_gives_a_row_in_order() -> None:
    """What comes out is what `extract` gives, in JSON, row by row and batch by batch."""
    texts = [f"Gunmen killed {n} people in Mosul." for n in range(2, 8)]
    batches = [
        batch(id=["a", "b"], text=texts[:2]),
        batch(id=[], text=[]),
        batch(id=list("cdef"), text=texts[2:]),
    ]

    found = list(extract_batches(batches))

    assert [one.num_rows for one in found] == [2, 0, 4]
    assert all(one.schema == result_schema() for one in found)
    every = [row for one in found for row in one.to_pylist()]
    assert [row["id"] for row in every] == list("abcdef")
    for row, text in zip(every, texts, strict=True):
        assert Extraction.from_json(row["extraction"]) == extract(Article(id=row["id"], text=text))
        assert (row["claims"], row["error_kind"], row["error"], row["stage"]) == (1, None, None, None)


def test_what_is_known_of_an_article_is_read() -> None:
    """Headline, publisher, address and day go with the text; the caller's names of columns are taken."""
    [row] = rows(
        batch(key=[7], body=[TEXT], day=["2017-09-03"], title=["Attack"], publisher=["Arda Post"], url=["https://a.example/x"]),
        columns={"id": "key", "text": "body", "published": "day"},
    )  # fmt: skip

    document = Extraction.from_json(row["extraction"]).document
    assert (row["id"], document.published, document.title) == ("7", date(2017, 9, 3), "Attack")
    assert (document.publisher, document.url) == ("Arda Post", "https://a.example/x")


@pytest.mark.parametrize(
    "values",
    [
        pa.array([date(2017, 9, 3)], pa.date32()),
        pa.array([date(2017, 9, 3)], pa.date64()),
        pa.array([datetime(2017, 9, 3, 23, 30)], pa.timestamp("us")),
        pa.array([datetime(2017, 9, 3, 23, 30)], pa.timestamp("ns")),
        pa.array([datetime(2017, 9, 3, 23, 30, tzinfo=ZoneInfo("Asia/Baghdad"))], pa.timestamp("us", "Asia/Baghdad")),
        pa.array(["2017-09-03"], pa.string()),
        pa.array(["2017-09-03T23:30:00+03:00"], pa.large_string()),
        pa.array(["2017-09-03"]).dictionary_encode(),
    ],
    ids=lambda values: str(values.type),
)  # fmt: skip
def test_days_come_in_many_types(values: Any) -> None:
    """A day is read of whatever column holds it, as the day in its own time zone."""
    [row] = rows(pa.RecordBatch.from_arrays([pa.array([TEXT]), values], ["text", "published"]))

    assert Extraction.from_json(row["extraction"]).document.published == date(2017, 9, 3)


BROKEN = pa.Array.from_buffers(
    pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\3\0\0\0"), pa.py_buffer(b"a\xff\xfe")]
)


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({"text": pa.nulls(1, pa.string())}, "no value for 'text'"),
        ({"text": pa.array([12])}, "'text' is of type int, expected a string"),
        ({"text": BROKEN}, "'text' cannot be read: 'utf-8' codec"),
        ({"text": pa.array([TEXT]), "published": pa.array(["Friday"])}, "published: 'Friday' cannot be used"),
        ({"text": pa.array([TEXT]), "published": pa.array([10**7], pa.int32()).cast(pa.date32())}, "'published' cannot"),
        ({"text": pa.array([TEXT]), "published": pa.array([20170903])}, "'published' is of type int"),
        ({"text": pa.array([TEXT]), "id": pa.array([True])}, "'id' is of type bool"),
        ({"text": pa.array([TEXT]), "url": pa.array([["x"]])}, "'url' is of type list"),
        ({"text": pa.array(["x" * 20_000_001])}, "larger than 20,000,000 bytes"),
    ],
)  # fmt: skip
def test_a_bad_row_tells_why_and_ends_nothing(columns: dict[str, Any], problem: str) -> None:
    """The error of a row stands in it; the next batch is worked on."""
    bad = pa.RecordBatch.from_arrays(list(columns.values()), list(columns))

    first, second = rows(bad, batch(text=[TEXT]))

    assert first["error_kind"] == "input"
    assert first["error"].startswith(problem)
    assert (first["extraction"], first["claims"], first["stage"]) == (None, None, None)
    assert second["claims"] == 1


def test_a_failing_stage_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """An article on which a stage fails, or anything else, gives its error in its row."""
    from casualty_extract import pipeline

    real = pipeline.extract

    def fails(article: Article, **how: Any) -> Extraction:
        if "zero" in article.id:
            raise ZeroDivisionError("division by zero")
        if "memory" in article.id:
            raise MemoryError
        if "stage" in article.id:
            raise pipeline.ArticleError("ValueError: 3", article=article.id, stage="times")
        return real(article, **how)

    monkeypatch.setattr(engines, "extract", fails)
    found = rows(batch(id=["zero", "memory", "stage", "good"], text=[TEXT] * 4))

    assert [(row["error_kind"], row["error"], row["stage"]) for row in found] == [
        ("article", "ZeroDivisionError: division by zero", None),
        ("memory", "it needed too much memory", None),
        ("article", "ValueError: 3", "times"),
        (None, None, None),
    ]
    assert [row["id"] for row in found] == ["zero", "memory", "stage", "good"]


def test_hostile_texts_keep_their_offsets() -> None:
    """Offsets count code points of the text as it was given."""
    text = "🔥 \u202e\r\nGunmen killed 12 people in Mosul.\0"
    [row] = rows(batch(text=[text]))

    found = Extraction.from_json(row["extraction"])
    assert text[found.claims[0].quantity.start : found.claims[0].quantity.end] == "12"
    assert "sanitised" in found.flags


def test_the_typed_form_holds_the_same() -> None:
    """With `nested`, there is a struct beside the JSON."""
    table = pa.table({"id": ["a", "b"], "text": [TEXT, None]})

    found = extract_table(table, nested=True)

    assert found.schema == result_schema(nested=True)
    first, second = found.to_pylist()
    assert list(from_rows([first["record"]])) == [Extraction.from_json(first["extraction"])]
    assert second["record"] is None


def test_a_record_that_does_not_fit_is_an_error_in_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other rows of the batch have their records."""
    real = engines.extract

    def huge(article: Article, **how: Any) -> Extraction:
        found = real(article, **how)
        if article.id == "b":
            document = found.document.model_copy(update={"length": 2**70})
            return found.model_copy(update={"document": document})
        return found

    monkeypatch.setattr(engines, "extract", huge)
    first, second, third = rows(batch(id=list("abc"), text=[TEXT] * 3), nested=True)

    assert (first["error"], third["error"]) == (None, None)
    assert first["record"]["document"]["id"] == "a"
    assert (second["id"], second["error_kind"], second["stage"]) == ("b", "article", "record")
    assert second["extraction"] is None


def test_options_reach_the_pipeline(tmp_path: Path) -> None:
    """Vague words are read as asked, dates too, and places of one's own are known."""
    (tmp_path / "own.csv").write_text(
        "name,kind,country,lat,lon\nQarth,city,IQ,33.5,44.25\n", encoding="utf-8"
    )
    vague = "Dozens of people were killed in Qarth on 01/02/2017."
    options = {"vagueness": "acled", "date_order": "MDY", "gazetteer": str(tmp_path / "own.csv")}

    [row] = rows(batch(text=[vague]), options=options)

    [claim] = Extraction.from_json(row["extraction"]).claims
    assert claim.quantity.low == 12
    assert claim.time is not None
    assert claim.time.earliest == date(2017, 1, 2)
    assert claim.places[0].country == "IQ"


def test_the_pipeline_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of one process share it, until it remembers too many words."""
    made = []
    real = engines.load

    def counted(**options: Any) -> Any:
        made.append(options)
        return real(**options)

    monkeypatch.setattr(engines, "load", counted)
    monkeypatch.setattr(engines, "_KEPT", {})
    for _ in range(3):
        rows(batch(text=[TEXT]), options={"screen": False, "model": None})
    assert made == [{"screen": False}]

    monkeypatch.setattr(engines, "MOST_STRINGS", 10)
    rows(batch(text=[TEXT]), options={"screen": False})
    assert len(made) == 2


@pytest.mark.parametrize(
    ("how", "error", "told"),
    [
        ({"options": {"models": "x"}}, ArgumentError, "models"),
        ({"options": {"date_order": "MYD"}}, ArgumentError, "date_order"),
        ({"options": {"vagueness": "mine"}}, ArgumentError, "vagueness"),
        ({"options": {"model": object()}}, ArgumentError, "plain data"),
        ({"options": {"gazetteer": "missing.csv"}}, GazetteerError, "missing.csv"),
        ({"columns": {"body": "text"}}, ArgumentError, "columns"),
    ],
)
def test_options_are_checked_at_once(how: dict[str, Any], error: type[Exception], told: str) -> None:
    """A mistake is no error of each row."""
    with pytest.raises(error, match=told):
        extract_batches([], **how)


@pytest.mark.parametrize("columns", [{"text": "body"}, {"published": "day"}])
def test_a_column_that_is_missing_is_named(columns: dict[str, str]) -> None:
    """So is one that was asked for, and `text` always."""
    with pytest.raises(ArgumentError, match=r"a column for '(text|published)' among text, id"):
        rows(batch(text=[TEXT], id=["a"]), columns=columns)


def test_a_model_that_is_missing_is_no_error_of_a_row() -> None:
    """A pipeline that cannot be made ends the work."""
    with pytest.raises(ArgumentError, match="model"):
        rows(batch(text=[TEXT]), options={"model": "en_no_such_model"})


def test_nothing_is_read_ahead() -> None:
    """A batch goes out before the next comes in."""
    seen = []

    def stepwise() -> Iterator[Any]:
        for number in range(3):
            seen.append(number)
            yield batch(text=[TEXT])

    assert [len(seen) for _ in extract_batches(stepwise())] == [1, 2, 3]


def test_the_function_travels_to_other_processes() -> None:
    """Engines send it to their workers."""
    sent = pickle.loads(pickle.dumps(partial(extract_batches, columns={"text": "body"})))

    assert next(sent([batch(body=[TEXT])])).column("claims").to_pylist() == [1]


def test_without_pyarrow_its_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error tells what to install."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(MissingPackageError, match=r"pip install '\.\[parquet\]'"):
        extract_batches([])


def test_loops_over_other_engines(tmp_path: Path) -> None:
    """DuckDB and Polars hand out batches and tables, and take the results back."""
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    polars = pytest.importorskip("polars", reason="polars is not installed")
    frame = polars.DataFrame({"id": ["a", "b"], "text": [TEXT, None]})

    back = polars.from_arrow(extract_table(frame.to_arrow()))
    with duckdb.connect() as db:
        db.register("news", frame.to_arrow())
        reader = db.sql("SELECT * FROM news ORDER BY id").to_arrow_reader(1_000)
        found = pa.Table.from_batches(list(extract_batches(reader)))  # noqa: F841  (the query names it)
        counted = db.execute("SELECT count(*), sum(claims), count(error) FROM found").fetchone()

    assert back["claims"].to_list() == [1, None]
    assert counted == (2, 1, 1)
