"""Arrow tables and Parquet files: types, meaning, nulls, round trips, and what reads them."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casualty_extract import writers, writers_tables
from casualty_extract.errors import InputError, MissingPackageError, OutputError
from casualty_extract.records import Article, Extraction, IncidentTime
from casualty_extract.records_claims import Incident, Toll
from casualty_extract.writers_columns import CLAIM_COLUMNS, FIELDS
from casualty_extract.writers_parquet import read_parquet, write_parquet
from casualty_extract.writers_tables import article_schema, claim_schema, to_arrow
from test_writers import BARE, FULL, extraction

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")

SURE = FULL.model_copy(update={"confidence": 0.5, "superseded_by": "c2"})
INCIDENT = Incident(
    id="i1",
    claims=("c1",),
    time=IncidentTime(earliest=date(2017, 7, 1), latest=None),
    places=("Arda",),
    cause="airstrike",
    perpetrator=None,
    tolls=(Toll(harm="killed", category="civilian", low=685, best=685, high=None, low_claims=("c1",)),),
)


def some() -> list[Extraction]:
    first = extraction(SURE, BARE).model_copy(update={"incidents": (INCIDENT,)})
    page = extraction(id="a2", title=None, published=None, published_from=None)
    return [
        first,
        page.model_copy(update={"text": "All is quiet.\n🔥", "flags": ("published_unknown",)}),
    ]


@pytest.fixture
def table() -> Any:
    return to_arrow(some())


# Schemas


def test_the_schema_begins_with_the_columns_of_the_csv() -> None:
    """Who knows the CSV knows the table."""
    assert tuple(claim_schema().names[: len(writers.COLUMNS)]) == writers.COLUMNS


def test_types_are_what_the_columns_hold() -> None:
    """Days are days, counts whole numbers, lists lists."""
    types = {name: str(claim_schema().field(name).type) for name in claim_schema().names}

    assert {types[name] for name in ("published", "earliest", "latest")} == {"date32[day]"}
    assert {types[name] for name in ("low", "high", "best", "start", "end")} == {"int64"}
    assert {types[name] for name in ("lat", "lon", "confidence")} == {"double"}
    assert types["time_ambiguous"] == "bool"
    assert {types[name].partition("<")[0] for name in ("groups", "places", "countries", "chain")} == {"list"}
    assert types["evidence"] == "string"


def fields(schema: Any) -> Iterator[Any]:
    for field in schema:
        yield field
        inner = field.type.value_type if pa.types.is_list(field.type) else field.type
        if pa.types.is_struct(inner):
            yield from fields(inner)


@pytest.mark.parametrize("schema", [claim_schema, article_schema])
def test_every_field_tells_its_meaning(schema: Any) -> None:
    """Each field has a description in its metadata."""
    assert [field.name for field in fields(schema()) if not field.metadata[b"description"]] == []


def test_no_meaning_is_told_of_what_there_is_not() -> None:
    """The words for the fields name no field that the records have lost."""
    from casualty_extract import records

    gone = [
        name
        for name in FIELDS
        if "." in name and name.split(".")[1] not in getattr(records, name.split(".")[0]).model_fields
    ]
    assert gone == []
    assert len({column.name for column in CLAIM_COLUMNS}) == len(CLAIM_COLUMNS)


# Tables


def test_a_row_has_every_slot_of_its_claim(table: Any) -> None:
    """A claim's values stand in their columns with their types."""
    row = table.to_pylist()[0]

    assert (row["low"], row["high"], row["best"], row["confidence"]) == (685, None, 685, 0.5)
    assert (row["published"], row["earliest"], row["latest"]) == (
        date(2017, 9, 1),
        date(2017, 7, 1),
        date(2017, 7, 31),
    )
    assert (row["groups"], row["places"], row["countries"]) == (
        ["children", "women"],
        ["Arda", "Belland"],
        ["IQ"],
    )
    assert (row["lat"], row["time_ambiguous"], row["superseded_by"]) == (-33.5, False, "c2")
    assert row["title"] == "Strikes near Arda"
    assert (row["evidence_start"], row["evidence_end"]) == (FULL.evidence.start, FULL.evidence.end)


def test_what_is_null_is_null(table: Any) -> None:
    """A slot that the text does not fill is null, and a list is empty; nothing is 0 or an empty string."""
    row = table.to_pylist()[1]

    assert {key for key, value in row.items() if value is None} == {
        *(
            "harm",
            "harm_text",
            "victims",
            "category",
            "intent",
            "cause",
            "perpetrator",
            "time_text",
            "earliest",
        ),
        *("latest", "grain", "time_basis", "time_ambiguous", "lat", "lon", "source", "source_name"),
        *(
            "source_kind",
            "cue",
            "attribution_form",
            "incident",
            "confidence",
            "superseded_by",
            "publisher",
            "url",
        ),
    }
    assert [key for key, value in row.items() if value == []] == ["groups", "places", "countries", "chain"]


def test_text_that_looks_like_a_formula_stays() -> None:
    """The guard is for spreadsheets; tables have the text as it is."""
    [row] = to_arrow([extraction(BARE, id="=1+1")]).to_pylist()

    assert row["document"] == "=1+1"


def test_a_nested_table_gives_the_extractions_back() -> None:
    """One row an article holds all that an extraction does."""
    rows = to_arrow(some(), nested=True).to_pylist()

    assert list(writers_tables.from_rows(rows)) == some()
    assert rows[0]["claims"][0]["time"]["earliest"] == date(2017, 7, 1)
    assert [list(row) for row in rows] == [article_schema().names] * 2


def test_no_extractions_are_a_table_without_rows() -> None:
    """The schema stands without them."""
    assert to_arrow([]).schema == claim_schema()
    assert to_arrow([], nested=True).schema == article_schema()


def test_batches_come_as_the_extractions_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory goes by the size of a batch."""
    monkeypatch.setattr(writers_tables, "MOST_CLAIMS", 4)
    seen = []

    def stepwise() -> Iterator[Extraction]:
        for number in range(5):
            seen.append(number)
            yield extraction(FULL, BARE, id=f"a{number}")

    batches = writers_tables.batches(stepwise())
    sizes = [(batch.num_rows, len(seen)) for batch in batches]

    assert sizes == [(4, 2), (4, 4), (2, 5)]


@pytest.mark.parametrize(("bound", "size"), [("MOST_ARTICLES", 2), ("MOST_CHARACTERS", 2_000)])
def test_long_texts_and_many_articles_make_more_batches(
    bound: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch is bound in each measure."""
    monkeypatch.setattr(writers_tables, bound, size)
    found = [extraction(id=f"a{number}").model_copy(update={"text": "x" * 1_000}) for number in range(5)]

    assert [batch.num_rows for batch in writers_tables.batches(found, nested=True)] == [2, 2, 1]


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize(
    "known",
    [{"id": "a\ud800"}, {"title": "\udfff"}],
)
def test_what_does_not_fit_is_named(known: dict[str, str], nested: bool) -> None:
    """A record that somebody made of what no table holds is an error that names its document."""
    with pytest.raises(OutputError, match=r"^Arrow table: document 'a") as caught:
        to_arrow([extraction(FULL, id="good"), extraction(FULL, **known)], nested=nested)

    assert "good" not in str(caught.value)


# Parquet


@pytest.mark.parametrize("nested", [False, True])
def test_a_file_has_its_rows_and_schema(nested: bool, tmp_path: Path) -> None:
    """What is written is a Parquet file of the schema, with its metadata, and nothing is left beside it."""
    rows = write_parquet(some(), tmp_path / "a.parquet", nested=nested)

    read = pq.read_table(tmp_path / "a.parquet")
    schema = article_schema() if nested else claim_schema()
    assert read.schema.equals(schema)
    assert read.schema.metadata == schema.metadata
    told = [[field.metadata[b"description"] for field in fields(one)] for one in (read.schema, schema)]
    assert told[0] == told[1]
    assert read.num_rows == rows == 2
    assert read.equals(to_arrow(some(), nested=nested))
    assert [path.name for path in tmp_path.iterdir()] == ["a.parquet"]


def test_the_nested_form_is_read_back_equal(tmp_path: Path) -> None:
    """A file of articles gives equal extractions."""
    write_parquet(some(), tmp_path / "a.parquet", nested=True)

    assert list(read_parquet(tmp_path / "a.parquet")) == some()


@pytest.mark.parametrize("nested", [False, True])
def test_the_same_extractions_give_the_same_bytes(nested: bool, tmp_path: Path) -> None:
    """Files and streams alike."""
    stream = io.BytesIO()
    write_parquet(some(), tmp_path / "a.parquet", nested=nested)
    write_parquet(some(), tmp_path / "b.parquet", nested=nested)
    write_parquet(some(), stream, nested=nested)

    assert (
        len({(tmp_path / "a.parquet").read_bytes(), (tmp_path / "b.parquet").read_bytes(), stream.getvalue()})
        == 1
    )


def test_row_groups_are_of_bounded_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader needs memory for a row group, not for the file."""
    monkeypatch.setattr(writers_tables, "MOST_ARTICLES", 3)
    found = [extraction(FULL, id=f"a{number}") for number in range(7)]

    write_parquet(iter(found), tmp_path / "a.parquet", nested=True)

    about = pq.read_metadata(tmp_path / "a.parquet")
    assert [about.row_group(n).num_rows for n in range(about.num_row_groups)] == [3, 3, 1]
    assert list(read_parquet(tmp_path / "a.parquet")) == found


def test_a_file_that_exists_is_kept(tmp_path: Path) -> None:
    """Unless it is to be replaced."""
    file = tmp_path / "a.parquet"
    file.write_text("mine")

    with pytest.raises(OutputError, match="it exists"):
        write_parquet(some(), file)
    assert file.read_text() == "mine"

    write_parquet(some(), file, force=True)
    assert pq.read_metadata(file).num_rows == 2


def test_a_run_that_fails_leaves_no_file(tmp_path: Path) -> None:
    """A file appears only when it is whole."""

    def breaks() -> Iterator[Extraction]:
        yield extraction(FULL)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        write_parquet(breaks(), tmp_path / "a.parquet")

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The error names the target."""
    with pytest.raises(OutputError, match=r"missing.a\.parquet: No such file"):
        write_parquet([], tmp_path / "missing" / "a.parquet")


def test_what_holds_no_extractions_is_named(tmp_path: Path) -> None:
    """Each kind of file that cannot be read back has its error."""
    (tmp_path / "text.parquet").write_text("12 dead")
    write_parquet(some(), tmp_path / "flat.parquet")
    pq.write_table(pa.table({"x": [1]}), tmp_path / "other.parquet")
    whole = io.BytesIO()
    write_parquet(some(), whole, nested=True)
    (tmp_path / "cut.parquet").write_bytes(whole.getvalue()[:-100])

    for name, problem in (
        ("text", "it is no whole Parquet file"),
        ("cut", "it is no whole Parquet file"),
        ("flat", "it has one row a claim"),
        ("other", "it holds no extractions"),
        ("missing", "No such file or directory"),
    ):
        with pytest.raises(InputError, match=problem):
            list(read_parquet(tmp_path / f"{name}.parquet"))


def test_a_row_that_is_no_extraction_is_named(tmp_path: Path) -> None:
    """The error names the row and the place in it."""
    rows = to_arrow(some(), nested=True).to_pylist()
    rows[1]["document"]["length"] = -1
    pq.write_table(pa.Table.from_pylist(rows, schema=article_schema()), tmp_path / "a.parquet")

    with pytest.raises(InputError) as caught:
        list(read_parquet(tmp_path / "a.parquet"))

    assert (caught.value.row, caught.value.problem.split(":")[0]) == (2, "/document/length")


@pytest.mark.parametrize(
    "work",
    [
        claim_schema.__wrapped__,
        article_schema.__wrapped__,
        lambda: to_arrow([]),
        lambda: write_parquet([], "never.parquet"),
        lambda: list(read_parquet("never.parquet")),
    ],
)
def test_without_pyarrow_its_extra_is_named(work: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error tells what to install."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(MissingPackageError, match=r"pip install '\.\[parquet\]'"):
        work()


# What reads them


def test_pandas_reads_the_table(table: Any, tmp_path: Path) -> None:
    """Days, numbers and nulls arrive in pandas."""
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    write_parquet(some(), tmp_path / "a.parquet")

    for frame in (table.to_pandas(), pandas.read_parquet(tmp_path / "a.parquet")):
        assert len(frame) == 2
        assert (frame["low"].sum(), frame["low"].dtype) == (687, "int64")
        assert list(frame["high"].isna()) == [True, False]
        assert list(frame["harm"].isna()) == [False, True]
        assert frame["earliest"][0] == date(2017, 7, 1)
        assert list(frame["places"][0]) == ["Arda", "Belland"]
    exact = table.to_pandas(types_mapper=pandas.ArrowDtype)
    assert str(exact["high"].dtype).startswith("int64")


def test_polars_reads_the_table(table: Any, tmp_path: Path) -> None:
    """Types and nulls arrive in Polars, and nested claims can be taken apart."""
    polars = pytest.importorskip("polars", reason="polars is not installed")
    write_parquet(some(), tmp_path / "a.parquet")
    write_parquet(some(), tmp_path / "n.parquet", nested=True)

    for frame in (polars.from_arrow(table), polars.read_parquet(tmp_path / "a.parquet")):
        assert frame.schema["earliest"] == polars.Date
        assert frame.schema["high"] == polars.Int64
        assert frame.schema["places"] == polars.List(polars.String)
        assert frame["high"].to_list() == [None, 2]
        assert frame["low"].sum() == 687
    nested = polars.read_parquet(tmp_path / "n.parquet")
    claims = nested.select(polars.col("claims").explode(empty_as_null=False).struct.field("quantity"))
    assert claims["quantity"].struct.field("low").to_list() == [685, 2]


def test_duckdb_reads_the_table(table: Any, tmp_path: Path) -> None:
    """Types and nulls arrive in DuckDB, and nested claims can be taken apart."""
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    flat, nested = str(tmp_path / "a.parquet"), str(tmp_path / "n.parquet")
    write_parquet(some(), flat)
    write_parquet(some(), nested, nested=True)
    with duckdb.connect() as db:
        db.register("held", table)
        for name in ("held", f"'{flat}'"):
            described = {
                row[0]: row[1]
                for row in db.execute(f"DESCRIBE SELECT * FROM {name}").fetchall()  # noqa: S608
            }
            assert (described["earliest"], described["low"]) == ("DATE", "BIGINT")
            assert described["places"] == "VARCHAR[]"
            counted = db.execute(f"SELECT count(*), count(high), sum(low) FROM {name}")  # noqa: S608
            assert counted.fetchone() == (2, 1, 687)
        query = "SELECT c.quantity.low FROM (SELECT unnest(claims) AS c FROM read_parquet(?))"
        assert db.execute(query, [nested]).fetchall() == [(685,), (2,)]


def test_claims_of_a_real_article_survive(tmp_path: Path) -> None:
    """What the pipeline finds is read back equal."""
    from casualty_extract import extract

    texts = sorted((Path(__file__).parent.parent / "fixtures" / "articles").glob("*.txt"))[:4]
    found = [extract(Article(id=path.name, text=path.read_text(encoding="utf-8"))) for path in texts]

    rows = write_parquet(found, tmp_path / "a.parquet", nested=True)

    assert rows == 4
    assert list(read_parquet(tmp_path / "a.parquet")) == found
    assert to_arrow(found).num_rows == sum(len(one.claims) for one in found) > 10
