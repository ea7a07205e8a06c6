"""The formats in which the command line writes extractions, and what describes them."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain, islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Any, TextIO, TypeVar

import typer

from casualty_extract.cli_output import OK, USAGE, on_terminal, tell, to_output
from casualty_extract.errors import MissingPackageError
from casualty_extract.tables import write_table

if TYPE_CHECKING:
    from casualty_extract.records import Extraction

__all__ = ["Bom", "Described", "To", "chosen", "describe", "present", "write"]

T = TypeVar("T")


class To(StrEnum):
    """What the output is."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    PARQUET = "parquet"


class Described(StrEnum):
    """What is described: the records in JSON, or tables of them for Datasette."""

    JSON = "json"
    DATASETTE = "datasette"


Bom = Annotated[
    bool, typer.Option("--bom", help="Begin CSV and TSV with a byte order mark, by which Excel knows UTF-8.")
]


ENDINGS: dict[str, To] = {
    ".csv": To.CSV,
    ".tsv": To.TSV,
    ".tab": To.TSV,
    ".json": To.JSON,
    ".jsonl": To.JSONL,
    ".ndjson": To.JSONL,
    ".parquet": To.PARQUET,
    ".pq": To.PARQUET,
    ".txt": To.TABLE,
}
"""What a file of each ending holds, where `--to` does not tell; the endings are those that the readers know."""

FOREIGN = (".xlsx", ".xls", ".ods", ".numbers")
"""Endings under which a spreadsheet program takes nothing but its own format."""


def chosen(to: To | None, file: str | None, bom: bool) -> To:
    """Give the format of the output; end the process where it cannot be written.

    >>> chosen(None, "claims.csv", False).value
    'csv'

    Args:
        to: what was asked for.
        file: the file to write, or None for standard output.
        bom: whether a byte order mark was asked for.
    """
    terminal = file is None and on_terminal(sys.stdout)
    ending = PurePath(file or "").suffix.lower()
    if ending in FOREIGN:
        raise typer.BadParameter(
            f"{ending} is not written; name a file .csv, which every spreadsheet program opens",
            param_hint="-o",
        )
    form = to or ENDINGS.get(ending) or (To.TABLE if terminal else To.JSONL)
    if bom and form not in (To.CSV, To.TSV):
        raise typer.BadParameter("only csv and tsv begin with a byte order mark", param_hint="--bom")
    if form is To.PARQUET:
        from casualty_extract.writers_tables import need_arrow

        if terminal:
            raise typer.BadParameter("parquet is binary; name a file with -o", param_hint="--to")
        try:
            need_arrow()
        except MissingPackageError as error:
            tell(f"Error: {error}")
            raise typer.Exit(USAGE) from None
    return form


def write(
    outcomes: Iterator[Extraction | None], to: To, target: TextIO, *, colour: bool, bom: bool = False
) -> None:
    """Write extractions; None stands for an article that failed."""
    from casualty_extract import writers

    if to is To.JSON:
        # Whether it is an array goes by how many articles there were, failed ones too.
        first = list(islice(outcomes, 2))
        writers.write_json(present(chain(first, outcomes)), target, array=len(first) > 1)
    elif to is To.CSV:
        writers.write_csv(present(outcomes), target, bom=bom)
    elif to is To.TSV:
        writers.write_tsv(present(outcomes), target, bom=bom)
    elif to is To.JSONL:
        writers.write_jsonl(present(outcomes), target)
    elif to is To.PARQUET:
        from casualty_extract.writers_parquet import write_parquet

        write_parquet(present(outcomes), target.buffer)
    else:
        width = min(shutil.get_terminal_size((100, 24)).columns, 120)
        write_table(present(outcomes), target, width=width, colour=colour)


def present(outcomes: Iterable[T | None]) -> Iterator[T]:
    """Leave out what failed."""
    return (outcome for outcome in outcomes if outcome is not None)


def describe(what: Described, database: str) -> int:
    """Print a description of the output, and give the exit status.

    Args:
        what: of which form.
        database: the name under which Datasette serves the tables.
    """

    def work(target: TextIO, _: bool) -> bool:
        print(json.dumps(_description(what, database), indent=2, ensure_ascii=False), file=target)
        return True

    return to_output(work) or OK


def _description(what: Described, database: str) -> dict[str, Any]:
    if what is Described.DATASETTE:
        from casualty_extract.writers_datasette import datasette_metadata

        return datasette_metadata(database)
    from casualty_extract.records import json_schema

    return json_schema()
