"""One function from Arrow batches to Arrow batches, for engines that spread work over many machines.

It suits Spark's `mapInArrow`, Ray's `map_batches`, and loops over DuckDB or Polars. The pipeline is made once in
each process. A row that comes to nothing tells why in its own row, and ends nothing. Needs the extra `parquet`.
"""

from __future__ import annotations

import inspect
import json
import math
import threading
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from casualty_extract.arguments import checked_gazetteer, checked_order, checked_vagueness
from casualty_extract.errors import ArgumentError, ArticleError
from casualty_extract.pipeline import MOST_STRINGS, extract, load
from casualty_extract.readers import MAX_BYTES, read_date
from casualty_extract.records import Article, sanitise
from casualty_extract.writers_tables import article_schema, need_arrow

if TYPE_CHECKING:
    import pyarrow as pa
    from spacy.language import Language

    from casualty_extract.records import Extraction

__all__ = [
    "KEYS",
    "OPTIONS",
    "article_of",
    "checked_columns",
    "checked_options",
    "extract_batches",
    "extract_row",
    "extract_table",
    "read_batch",
    "result_schema",
    "unread_row",
]

KEYS = ("id", "text", "published", "title", "publisher", "url")
"""What is read of a row; all but `text` may be missing."""

OPTIONS = tuple(inspect.signature(load).parameters)
"""What may be chosen: the arguments of `casualty_extract.load`."""


@cache
def result_schema(*, nested: bool = False) -> pa.Schema:
    """Give the Arrow schema of what comes out: one row for each row that went in.

    >>> result_schema().names
    ['id', 'extraction', 'claims', 'error_kind', 'error', 'stage']

    Args:
        nested: whether there is a column `record` too, the extraction as a struct of typed fields.

    Returns:
        The schema: `id` of the article, `extraction` in JSON, `claims` counts its claims. Where there is none,
        `error_kind` ("input", "article" or "memory") and `error` say why, and `stage` which stage failed.

    Raises:
        MissingPackageError: pyarrow is not installed.
    """
    pa = need_arrow()
    fields = [
        pa.field("id", pa.string()),
        pa.field("extraction", pa.string()),
        pa.field("claims", pa.int64()),
        pa.field("error_kind", pa.string()),
        pa.field("error", pa.string()),
        pa.field("stage", pa.string()),
    ]
    if nested:
        fields.append(pa.field("record", pa.struct(list(article_schema()))))
    return pa.schema(fields)


def extract_batches(
    batches: Iterable[pa.RecordBatch],
    *,
    columns: Mapping[str, str] | None = None,
    options: Mapping[str, Any] | None = None,
    nested: bool = False,
) -> Iterator[pa.RecordBatch]:
    """Extract the claims of the articles in Arrow batches.

    >>> import pyarrow as pa
    >>> batch = pa.RecordBatch.from_pydict({"key": [7, 8], "body": ["Gunmen killed 12 people.", None]})
    >>> [found] = extract_batches([batch], columns={"id": "key", "text": "body"})
    >>> found.select(["id", "claims", "error"]).to_pylist()
    [{'id': '7', 'claims': 1, 'error': None}, {'id': '8', 'claims': None, 'error': "no value for 'text'"}]

    Args:
        batches: with one article a row.
        columns: which column holds what, by the names in `KEYS`; a key that is not named here is read from the
            column of its own name, where there is one.
        options: arguments of `casualty_extract.load`, as plain data: `date_order`, `vagueness`, `gazetteer`,
            `model`, `screen`.
        nested: whether the result has the column `record` too.

    Returns:
        One batch of `result_schema` for each batch, its rows in the same order.

    Raises:
        ArgumentError: an option or a column cannot be used. Options are checked at once, columns when the first
            batch arrives.
        MissingPackageError: pyarrow is not installed.
    """
    need_arrow()
    return _extract_batches(batches, checked_columns(columns), checked_options(options), nested)


def extract_table(
    table: pa.Table,
    *,
    columns: Mapping[str, str] | None = None,
    options: Mapping[str, Any] | None = None,
    nested: bool = False,
) -> pa.Table:
    """Do the same for an Arrow table, such as Ray Data and Polars hand out.

    >>> import pyarrow as pa
    >>> extract_table(pa.table({"text": ["Gunmen killed 12 people."]})).column("claims").to_pylist()
    [1]

    Args:
        table: with one article a row.
        columns: as in `extract_batches`.
        options: as in `extract_batches`.
        nested: as in `extract_batches`.

    Returns:
        A table of `result_schema`, its rows in the same order.

    Raises:
        ArgumentError: as in `extract_batches`.
        MissingPackageError: pyarrow is not installed.
    """
    pa = need_arrow()
    found = extract_batches(table.to_batches(), columns=columns, options=options, nested=nested)
    return pa.Table.from_batches(list(found), schema=result_schema(nested=nested))


def extract_row(article: Article, options: Mapping[str, Any]) -> tuple[Extraction | None, dict[str, Any]]:
    """Extract from one article, whatever happens.

    >>> found, row = extract_row(Article(id="a1", text="Gunmen killed 12 people."), {})
    >>> found, row["claims"], row["error"]
    (Extraction('a1', 1 claims, 1 incidents), 1, None)

    Args:
        article: the article.
        options: as `checked_options` gives them.

    Returns:
        The extraction, or None; and the row of `result_schema` for it.
    """
    # A pipeline that cannot be made is no fault of the article's.
    nlp = _pipeline(options)
    try:
        found = extract(article, nlp=nlp)
        return found, _row(article.id, extraction=found.to_json(), claims=len(found.claims))
    except ArticleError as error:
        return None, _row(article.id, error_kind="article", error=error.problem, stage=error.stage)
    except MemoryError:
        return None, _row(article.id, error_kind="memory", error="it needed too much memory")
    except Exception as error:
        # A batch does not die of one article, whatever is wrong with it.
        return None, _row(article.id, error_kind="article", error=f"{type(error).__name__}: {error}")


def unread_row(id: str | None, problem: str) -> dict[str, Any]:
    """Give the row of `result_schema` for what is no article."""
    return _row(id, error_kind="input", error=problem)


def article_of(row: Mapping[str, Any]) -> Article:
    """Make an article of a row of a table.

    >>> article_of({"id": 7, "text": "Gunmen killed 12.", "published": date(2017, 9, 3), "title": float("nan")})
    Article('7', 17 characters, 2017-09-03)

    Args:
        row: values by the names in `KEYS`.

    Raises:
        ValueError: a value cannot be used; the message names it.
    """
    text = row.get("text")
    if text is None:
        raise ValueError("no value for 'text'")
    if not isinstance(text, str):
        raise ValueError(f"'text' is of type {type(text).__name__}, expected a string")
    # No code point takes less than a byte.
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise ValueError(f"larger than {MAX_BYTES:,} bytes")
    return Article(
        id=_name(row.get("id")) or "",
        text=text,
        title=_string("title", row.get("title")),
        publisher=_string("publisher", row.get("publisher")),
        url=_string("url", row.get("url")),
        published=_day(row.get("published")),
    )


def checked_columns(columns: Mapping[str, str] | None) -> dict[str, str]:
    """Give back which column holds what.

    Raises:
        ArgumentError: a key is none of `KEYS`, or a column's name is no string.
    """
    if columns is None:
        return {}
    for key, name in columns.items():
        if key not in KEYS or not isinstance(name, str):
            raise ArgumentError("columns", {key: name}, f"names of columns for {', '.join(KEYS)}")
    return dict(columns)


def checked_options(options: Mapping[str, Any] | None) -> dict[str, Any]:
    """Give back arguments of `load`, those that are None left out; sorted, as they make the key of a run.

    Raises:
        ArgumentError: there is no such argument, or its value cannot be used.
        GazetteerError: a file of places cannot be used.
    """
    for name in options or {}:
        if name not in OPTIONS:
            raise ArgumentError("options", name, f"one of {', '.join(OPTIONS)}")
    given = {name: value for name, value in sorted((options or {}).items()) if value is not None}
    checked_order(given.get("date_order"))
    checked_vagueness(given.get("vagueness", "default"))
    if files := checked_gazetteer(given.pop("gazetteer", None)):
        given["gazetteer"] = files
    try:
        json.dumps(given)
    except (TypeError, ValueError):
        raise ArgumentError("options", given, "plain data: strings, lists, true and false") from None
    return given


def _extract_batches(
    batches: Iterable[pa.RecordBatch], columns: dict[str, str], options: dict[str, Any], nested: bool
) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        rows = [_extracted(id, given, options, nested) for id, given in read_batch(batch, columns)]
        yield _result(rows, nested)


def read_batch(
    batch: pa.RecordBatch, columns: Mapping[str, str]
) -> Iterator[tuple[str | None, Article | ValueError]]:
    """Read the articles of a batch, one a row.

    >>> import pyarrow as pa
    >>> batch = pa.RecordBatch.from_pydict({"id": ["a1"], "text": ["Gunmen killed 12 people."]})
    >>> list(read_batch(batch, {}))
    [('a1', Article('a1', 24 characters))]

    Args:
        batch: the batch.
        columns: as `checked_columns` gives them.

    Yields:
        The id, where there is one, and the article, or why there is none.

    Raises:
        ArgumentError: the batch has no such column.
    """
    names = batch.schema.names
    wanted = {key: columns.get(key, key) for key in KEYS}
    for key, name in wanted.items():
        if name not in names and (key == "text" or key in columns):
            raise ArgumentError("columns", name, f"a column for {key!r} among {', '.join(names)}")
    held = {key: batch.column(name) for key, name in wanted.items() if name in names}
    for number in range(batch.num_rows):
        cells = {key: _value(column[number]) for key, column in held.items()}
        try:
            for key, value in cells.items():
                if isinstance(value, Exception):
                    raise ValueError(f"{key!r} cannot be read: {value}")
            article = article_of(cells)
            yield article.id, article
        except ValueError as error:
            yield _told(cells.get("id")), error


def _value(cell: pa.Scalar) -> Any:
    try:
        return cell.as_py()
    except Exception as error:
        # Bytes that are no UTF-8, a day beyond the year 9999, a fraction of a microsecond.
        return error


def _extracted(
    id: str | None, given: Article | ValueError, options: dict[str, Any], nested: bool
) -> dict[str, Any]:
    if isinstance(given, ValueError):
        return unread_row(id, str(given))
    found, row = extract_row(given, options)
    if nested:
        row["record"] = None if found is None else found.model_dump(mode="python")
    return row


def _result(rows: list[dict[str, Any]], nested: bool) -> pa.RecordBatch:
    pa = need_arrow()
    schema = result_schema(nested=nested)
    try:
        return pa.RecordBatch.from_pylist(rows, schema=schema)
    except (pa.ArrowException, OverflowError, UnicodeError) as error:
        if len(rows) > 1:
            parts = [_result([row], nested) for row in rows]
            return pa.Table.from_batches(parts).combine_chunks().to_batches()[0]
        told = f"{type(error).__name__}: {error}"
        failed = _row(_told(rows[0]["id"]), error_kind="article", error=told, stage="record")
        return pa.RecordBatch.from_pylist([failed], schema=schema)


def _row(id: str | None, **known: Any) -> dict[str, Any]:
    if "error" in known:
        known["error"] = sanitise(known["error"])
    nothing = dict.fromkeys(("extraction", "claims", "error_kind", "error", "stage"))
    return {"id": id, **nothing, **known}


def _name(value: object) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string("id", value)


def _told(id: object) -> str | None:
    """Give the id of a row that is no article, as far as there is one."""
    try:
        return _name(id)
    except ValueError:
        return None


def _string(key: str, value: object) -> str | None:
    # Tables that go through pandas come out with NaN where a string is missing.
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if not isinstance(value, str):
        raise ValueError(f"{key!r} is of type {type(value).__name__}, expected a string")
    return sanitise(value)


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    stated = _string("published", value)
    return read_date(stated) if stated is not None and stated.strip() else None


_LOCK = threading.Lock()
_KEPT: dict[str, Language] = {}


def _pipeline(options: Mapping[str, Any]) -> Language | None:
    """Give the pipeline of these options, made once in each process; None is the one that `extract` keeps."""
    if not options:
        return None
    key = json.dumps(options, sort_keys=True)
    with _LOCK:
        kept = _KEPT.get(key)
        # spaCy remembers every word that it has seen, and an archive has no end of names.
        if kept is None or len(kept.vocab.strings) > MOST_STRINGS:
            kept = _KEPT[key] = load(**options)
        return kept
