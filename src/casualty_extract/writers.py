"""Extractions out: JSON Lines, JSON, CSV and TSV, and JSON Lines in again.

JSON Lines is the contract of this library: one `Extraction` a line. JSON is the same for a single
article. CSV and TSV are for spreadsheets: one row a claim, the claim's passages and values side by side.

A cell of text in them that a spreadsheet could take for a formula gets an apostrophe in front, and so
does one that begins with an apostrophe. Hence the rule for reading it back, which `unguard` follows:
in a column of text, drop one apostrophe from the start of a cell. Numbers and dates are as they are.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING, TextIO

from casualty_extract.errors import InputError

if TYPE_CHECKING:
    from casualty_extract.records import Claim, Extraction

__all__ = [
    "COLUMNS",
    "flat",
    "guard",
    "read_jsonl",
    "shown",
    "unguard",
    "write_csv",
    "write_json",
    "write_jsonl",
    "write_tsv",
]

Cell = str | int | float | date | None

COLUMNS = (
    "document", "published", "published_from", "claim_id", "figure", "form", "qualifier", "low", "high", "best", "unit",
    "harm", "harm_text", "victims", "category", "groups", "scope", "intent", "cause", "perpetrator",
    "time_text", "earliest", "latest", "grain", "time_basis", "time_ambiguous", "places", "countries", "lat", "lon",
    "source", "source_name", "source_kind", "cue", "attribution_form", "status", "evidence", "start",
    "end", "part_of", "incident", "confidence", "superseded_by", "chain",
)  # fmt: skip
"""The columns of the CSV: the document's, then the claim's in the order of its fields. `start` and
`end` are the figure's offsets; `lat` and `lon` those of the most specific place that has them."""

MAX_CELL = 32_767
"""What a cell of a spreadsheet can hold, in UTF-16 code units; a longer text is cut and ends in an ellipsis."""

_FORMULA = "=+-@\u2212"
"""How formulas begin; the last is the minus of mathematics."""


def write_jsonl(extractions: Iterable[Extraction], stream: TextIO) -> None:
    """Write one extraction a line, each as soon as it is there.

    >>> import io
    >>> from casualty_extract.records import Article, Document, Extraction
    >>> document = Document.of(Article(id="a1", text="All is quiet."))
    >>> stream = io.StringIO()
    >>> write_jsonl([Extraction(document=document, claims=(), incidents=())], stream)
    >>> stream.getvalue()[:60]
    '{"schema_version":"1.1","document":{"id":"a1","title":null,"'

    Args:
        extractions: what to write.
        stream: where to; a file is opened with ``encoding="utf-8", newline="\\n"``.
    """
    for extraction in extractions:
        stream.write(extraction.to_json() + "\n")
        stream.flush()


def read_jsonl(lines: Iterable[str], *, file: str = "-") -> Iterator[Extraction]:
    """Read what `write_jsonl` wrote; empty lines are passed over.

    >>> import io
    >>> from casualty_extract.records import Article, Document, Extraction
    >>> document = Document.of(Article(id="a1", text="All is quiet."))
    >>> stream = io.StringIO()
    >>> write_jsonl([Extraction(document=document, claims=(), incidents=())], stream)
    >>> list(read_jsonl(stream.getvalue().splitlines()))
    [Extraction('a1', 0 claims, 0 incidents)]

    Args:
        lines: an open file, or any lines.
        file: its name, for errors.

    Raises:
        InputError: a line is no extraction; the row and the place in it are named.
    """
    from casualty_extract.records import Extraction

    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield Extraction.from_json(line)
        except InputError as error:
            raise InputError(error.problem, file=file, row=number) from error


def write_json(extractions: Iterable[Extraction], stream: TextIO, *, array: bool | None = None) -> None:
    """Write one JSON value, indented: an extraction, or an array of them.

    >>> import io
    >>> stream = io.StringIO()
    >>> write_json([], stream)
    >>> stream.getvalue()
    '[]\\n'

    Args:
        extractions: what to write.
        stream: where to.
        array: whether to write an array; None writes one unless there is exactly one extraction.
            With False, no extraction gives no output at all.
    """
    rest = iter(extractions)
    first = list(islice(rest, 2))
    if array is None:
        array = len(first) != 1
    shown = (
        json.dumps(extraction.to_dict(), ensure_ascii=False, allow_nan=False, indent=2)
        for extraction in chain(first, rest)
    )
    if not array:
        stream.writelines(f"{text}\n" for text in shown)
        return
    count = 0
    for count, text in enumerate(shown, start=1):
        # Strings in JSON hold no line ends of their own, so indenting its lines changes no value.
        stream.write(("[\n  " if count == 1 else ",\n  ") + text.replace("\n", "\n  "))
    stream.write("\n]\n" if count else "[]\n")


def write_csv(extractions: Iterable[Extraction], stream: TextIO, *, bom: bool = False) -> None:
    """Write a head row, and one row a claim (RFC 4180, with line feeds).

    >>> import io
    >>> stream = io.StringIO()
    >>> write_csv([], stream)
    >>> stream.getvalue()[:42]
    'document,published,published_from,claim_id'

    Args:
        extractions: what to write.
        stream: where to; a file is opened with ``encoding="utf-8", newline=""``.
        bom: whether to begin with a byte order mark, by which Excel knows UTF-8.
    """
    _write_rows(extractions, stream, ",", bom)


def write_tsv(extractions: Iterable[Extraction], stream: TextIO, *, bom: bool = False) -> None:
    r"""Write the same as `write_csv` with tabs between the cells; a cell with a tab in it stands in quotes.

    >>> import io
    >>> stream = io.StringIO()
    >>> write_tsv([], stream)
    >>> stream.getvalue()[:18]
    'document\tpublished'

    Args:
        extractions: what to write.
        stream: where to; a file is opened with ``encoding="utf-8", newline=""``.
        bom: as in `write_csv`.
    """
    _write_rows(extractions, stream, "\t", bom)


def _write_rows(extractions: Iterable[Extraction], stream: TextIO, between: str, bom: bool) -> None:
    stream.write(("\ufeff" if bom else "") + between.join(COLUMNS) + "\n")
    for extraction in extractions:
        for row in flat(extraction):
            stream.write(between.join(shown(row[column], between) for column in COLUMNS) + "\n")
        stream.flush()


def flat(extraction: Extraction) -> Iterator[dict[str, Cell]]:
    """Yield one flat row a claim, with the keys of `COLUMNS`; it suits a data frame.

    >>> from casualty_extract.records import Article, Document, Extraction
    >>> document = Document.of(Article(id="a1", text="All is quiet."))
    >>> list(flat(Extraction(document=document, claims=(), incidents=())))
    []
    """
    origin = extraction.document.published_from
    for claim in extraction.claims:
        values: tuple[Cell, ...] = (
            extraction.document.id,
            extraction.document.published,
            origin.basis if origin else None,
            *_what(claim),
            *_when_and_where(claim),
            *_who_says(claim),
        )
        yield dict(zip(COLUMNS, values, strict=True))


def guard(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula.

    >>> guard("=1+1"), guard("12 people"), guard("'tis")
    ("'=1+1", '12 people', "''tis")
    """
    if not text:
        return text
    # Spreadsheets and their importers trim blanks and unprintable characters before they look.
    first = next((char for char in text if unicodedata.category(char)[0] not in "CZ"), " ")
    # Full-width, small and raised signs are brought to the plain ones by input methods and some importers.
    starts = unicodedata.normalize("NFKC", first)[:1] in _FORMULA
    return "'" + text if starts or text[0] == "'" or unicodedata.category(text[0]) == "Cc" else text


def unguard(cell: str) -> str:
    """Undo `guard`.

    >>> unguard("'=1+1"), unguard("12 people"), unguard("''tis")
    ('=1+1', '12 people', "'tis")
    """
    return cell.removeprefix("'")


def _what(claim: Claim) -> tuple[Cell, ...]:
    figure, harm, victims, cause = claim.quantity, claim.harm, claim.victims, claim.cause
    return (
        claim.id,
        figure.text,
        figure.form,
        figure.qualifier,
        figure.low,
        figure.high,
        figure.best,
        claim.unit,
        harm.label if harm else None,
        harm.text if harm else None,
        victims.text if victims else None,
        victims.category if victims else None,
        ";".join(victims.groups) if victims else None,
        claim.scope,
        claim.intent,
        cause.label if cause else None,
        claim.perpetrator.text if claim.perpetrator else None,
    )


def _when_and_where(claim: Claim) -> tuple[Cell, ...]:
    time = claim.time
    located = next((place for place in claim.places if place.lat is not None and place.lon is not None), None)
    countries = dict.fromkeys(place.country for place in claim.places if place.country)
    return (
        time.text if time else None,
        time.earliest if time else None,
        time.latest if time else None,
        time.grain if time else None,
        time.basis if time else None,
        time.ambiguous if time else None,
        ";".join(place.name for place in claim.places),
        ";".join(countries),
        located.lat if located else None,
        located.lon if located else None,
    )


def _who_says(claim: Claim) -> tuple[Cell, ...]:
    said = claim.attribution
    return (
        said.source.text if said else None,
        said.source.name if said else None,
        said.source.kind if said else None,
        said.cue.text if said else None,
        said.form if said else None,
        claim.status,
        claim.evidence.text,
        claim.quantity.start,
        claim.quantity.end,
        claim.part_of,
        claim.incident,
        claim.confidence,
        claim.superseded_by,
        ";".join(span.text for span in said.chain) if said else "",
    )


def shown(value: Cell, between: str = ",") -> str:
    """Give a value as a cell of a table in text: guarded, cut to what a spreadsheet holds, in quotes where it must be.

    >>> shown("=1"), shown("a, b"), shown(None)
    ("'=1", '"a, b"', '')

    Args:
        value: the value; what is missing is an empty cell.
        between: what stands between cells.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return value.isoformat() if isinstance(value, date) else str(value)
    text = _cut(guard(value))
    # Python's csv module leaves a lone carriage return unquoted, which breaks the row for readers.
    if any(char in text for char in (between, '"', "\r", "\n")):
        return '"' + text.replace('"', '""') + '"'
    return text


def _cut(text: str) -> str:
    # Code points beyond the first 65,536 take two of a spreadsheet's characters.
    if len(text) * 2 <= MAX_CELL:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= MAX_CELL * 2:
        return text
    kept = units[: (MAX_CELL - 1) * 2]
    if 0xD8 <= kept[-1] <= 0xDB:
        # Half of a pair would be left.
        kept = kept[:-2]
    return kept.decode("utf-16-le", "surrogatepass") + "…"
