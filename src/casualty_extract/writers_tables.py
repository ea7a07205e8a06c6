"""Extractions as Arrow tables, from which pandas, Polars and DuckDB are one call away.

Two forms: one row a claim, flat and typed; or one row an article with its claims nested in it, which
holds all that an `Extraction` does and gives it back. Both have a schema that stands fixed before
anything is read, with the meaning of every field in its metadata. Needs the extra `parquet`.
"""

from __future__ import annotations

import json
import types
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from casualty_extract.errors import InputError, MissingPackageError, OutputError
from casualty_extract.records import SCHEMA_VERSION, Extraction
from casualty_extract.writers import flat
from casualty_extract.writers_columns import CLAIM_COLUMNS, FIELDS

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["article_schema", "batches", "claim_schema", "from_rows", "need_arrow", "to_arrow"]

MOST_CHARACTERS = 8_000_000
"""About how much text a batch holds, so that memory does not go by how long the articles are."""
MOST_CLAIMS = 20_000
MOST_ARTICLES = 2_000
FORM = b"casualty_extract"


def need_arrow() -> Any:
    """Give the module `pyarrow`.

    Raises:
        MissingPackageError: it is not installed.
    """
    try:
        import pyarrow
    except ImportError as error:
        raise MissingPackageError(
            "pyarrow", extra="parquet", purpose="for Arrow tables and Parquet files"
        ) from error
    return pyarrow


@cache
def claim_schema() -> pa.Schema:
    """Give the Arrow schema of one row a claim.

    >>> claim_schema().field("low").type
    DataType(int64)
    >>> claim_schema().field("earliest").metadata[b"description"].decode()
    "The first day of the harm's time; null where it is open or unknown"

    Returns:
        The schema. Each field has its "description" in its metadata, and numbers with a unit their "unit".

    Raises:
        MissingPackageError: pyarrow is not installed.
    """
    pa = need_arrow()
    kinds = {
        "text": pa.string(),
        "date": pa.date32(),
        "whole": pa.int64(),
        "decimal": pa.float64(),
        "truth": pa.bool_(),
        "texts": pa.list_(pa.string()),
    }
    fields = []
    for column in CLAIM_COLUMNS:
        about = {"description": column.told} | ({"unit": column.unit} if column.unit else {})
        fields.append(pa.field(column.name, kinds[column.kind], metadata=about))
    return pa.schema(fields, metadata={FORM: "claims", "schema_version": SCHEMA_VERSION})


@cache
def article_schema() -> pa.Schema:
    """Give the Arrow schema of one row an article, with claims and incidents nested in it.

    >>> article_schema().names
    ['schema_version', 'document', 'claims', 'incidents', 'text', 'flags']
    >>> article_schema().field("claims").type.value_type.field("quantity").type.field("low").type
    DataType(int64)

    Returns:
        The schema: the fields of an `Extraction`, with their "description" in their metadata.

    Raises:
        MissingPackageError: pyarrow is not installed.
    """
    pa = need_arrow()
    return pa.schema(
        list(_struct(pa, Extraction)), metadata={FORM: "articles", "schema_version": SCHEMA_VERSION}
    )


def to_arrow(extractions: Iterable[Extraction], *, nested: bool = False) -> pa.Table:
    """Make an Arrow table of extractions, all in memory.

    >>> from casualty_extract import extract
    >>> table = to_arrow([extract("A bomb killed 12 people and wounded 30 in Mosul.", published="2017-09-03")])
    >>> table.select(["harm", "low", "published"]).to_pylist()[0]
    {'harm': 'killed', 'low': 12, 'published': datetime.date(2017, 9, 3)}

    Args:
        extractions: what to put in.
        nested: one row an article, of the schema `article_schema`, in place of one row a claim.

    Returns:
        The table. ``table.to_pandas()``, ``polars.from_arrow(table)`` and ``duckdb.from_arrow(table)`` take it over.

    Raises:
        MissingPackageError: pyarrow is not installed.
        OutputError: an extraction does not fit into the table; its document is named.
    """
    pa = need_arrow()
    schema = article_schema() if nested else claim_schema()
    return pa.Table.from_batches(list(batches(extractions, nested=nested)), schema=schema)


def batches(extractions: Iterable[Extraction], *, nested: bool = False) -> Iterator[pa.RecordBatch]:
    """Turn extractions into Arrow batches as they come, each of bounded size.

    >>> from casualty_extract import extract
    >>> [batch.num_rows for batch in batches([extract("Gunmen killed 12 people.")], nested=True)]
    [1]

    Args:
        extractions: what to put in.
        nested: as in `to_arrow`.

    Raises:
        MissingPackageError: pyarrow is not installed.
        OutputError: as in `to_arrow`.
    """
    held: list[Extraction] = []
    characters = claims = 0
    for extraction in extractions:
        held.append(extraction)
        characters += len(extraction.text or "")
        claims += len(extraction.claims)
        if characters >= MOST_CHARACTERS or claims >= MOST_CLAIMS or len(held) >= MOST_ARTICLES:
            yield _batch(held, nested)
            held, characters, claims = [], 0, 0
    if held:
        yield _batch(held, nested)


def from_rows(rows: Iterable[dict[str, Any]], *, file: str = "-", first: int = 1) -> Iterator[Extraction]:
    """Turn rows of the nested form back into extractions.

    >>> from casualty_extract import extract
    >>> found = extract("Gunmen killed 12 people.")
    >>> list(from_rows(to_arrow([found], nested=True).to_pylist())) == [found]
    True

    Args:
        rows: plain rows, as ``table.to_pylist()`` gives them.
        file: where they come from, for errors.
        first: the number of the first row, for errors.

    Raises:
        InputError: a row is no extraction; the row and the place in it are named.
    """
    for number, row in enumerate(rows, start=first):
        try:
            yield Extraction.from_json(json.dumps(row, default=_plain))
        except InputError as error:
            raise InputError(error.problem, file=file, row=number) from error


def _batch(extractions: list[Extraction], nested: bool) -> pa.RecordBatch:
    pa = need_arrow()
    schema = article_schema() if nested else claim_schema()
    rows = [row for extraction in extractions for row in _rows(extraction, nested)]
    try:
        return pa.RecordBatch.from_pylist(rows, schema=schema)
    except (pa.ArrowException, OverflowError, UnicodeError) as error:
        # A number beyond 64 bits, or half of a surrogate pair, in a record that a caller made by hand.
        if len(extractions) > 1:
            for extraction in extractions:
                _batch([extraction], nested)
        named = extractions[0].document.id
        raise OutputError(
            f"document {named!r} does not fit into it: {error}", target="Arrow table"
        ) from error


def _rows(extraction: Extraction, nested: bool) -> Iterator[dict[str, Any]]:
    if nested:
        # Dates stay dates here; Arrow would not take their text.
        yield extraction.model_dump(mode="python")
        return
    document = extraction.document
    about = {"title": document.title, "publisher": document.publisher, "url": document.url}
    for claim, row in zip(extraction.claims, flat(extraction), strict=True):
        said = claim.attribution
        yield {
            **row,
            **about,
            "sha256": document.sha256,
            "groups": list(claim.victims.groups) if claim.victims else [],
            "places": [place.name for place in claim.places],
            "countries": list(dict.fromkeys(place.country for place in claim.places if place.country)),
            "superseded_by": claim.superseded_by,
            "chain": [span.text for span in said.chain] if said else [],
            "evidence_start": claim.evidence.start,
            "evidence_end": claim.evidence.end,
        }


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an extraction")


def _struct(pa: Any, record: type[BaseModel]) -> Iterator[Any]:
    for name, field in record.model_fields.items():
        told = FIELDS.get(f"{record.__name__}.{name}") or FIELDS[name]
        yield pa.field(name, _arrow_type(pa, field.annotation), metadata={"description": told})


def _arrow_type(pa: Any, annotation: Any) -> Any:
    """Give the Arrow type of a record's field."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _arrow_type(pa, get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        [only] = [part for part in get_args(annotation) if part is not type(None)]
        return _arrow_type(pa, only)
    if origin is Literal:
        return pa.string()
    if origin is tuple:
        return pa.list_(_arrow_type(pa, get_args(annotation)[0]))
    if issubclass(annotation, BaseModel):
        return pa.struct(list(_struct(pa, annotation)))
    plain = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64(), date: pa.date32()}
    return plain[annotation]
