"""The commands ``casualty-extract db`` and ``casualty-extract load``: extractions in a database."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO

import typer

from casualty_extract.cli_output import (
    FAILED,
    INTERRUPTED,
    NO_INPUT,
    NO_OUTPUT,
    OK,
    Force,
    Output,
    OutputFile,
    Quiet,
    listen,
    on_terminal,
    tell,
    to_output,
)
from casualty_extract.errors import ArgumentError, InputError, MissingPackageError, OutputError

if TYPE_CHECKING:
    from casualty_extract.database import Database
    from casualty_extract.records import Extraction

__all__ = ["Url", "add_to", "app", "load", "opened"]

USAGE = 2

Url = Annotated[
    str,
    typer.Option(
        "--db", metavar="URL", show_default=False, help="Database: claims.db, or postgresql://user@host/name."
    ),
]


class Dialect(StrEnum):
    """Which database."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


class CopyKind(StrEnum):
    """Which articles count as copies of one another."""

    NEAR = "near"
    EXACT = "exact"


app = typer.Typer(
    help="Keep extractions in a database.", no_args_is_help=True, rich_markup_mode=None, add_completion=False
)


def add_to(whole: typer.Typer) -> None:
    """Add the commands to the command line."""
    whole.add_typer(app, name="db")
    whole.command()(load)


@contextmanager
def opened(url: str, *, create: bool = False) -> Iterator[Database]:
    """Open a database for a command; what goes wrong with it ends the command with its status."""
    from casualty_extract.database import Database

    with _told(), Database.open(url, create=create) as database:
        yield database


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except ArgumentError as error:
        raise typer.BadParameter(str(error), param_hint="--db") from None
    except MissingPackageError as error:
        tell(f"Error: {error}")
        raise typer.Exit(USAGE) from None
    except OutputError as error:
        tell(f"Error: {error}")
        raise typer.Exit(NO_OUTPUT) from None
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None


@app.command()
def init(db: Url) -> None:
    """Make the tables and views of a new database."""
    with opened(db, create=True) as database:
        tell(f"{database.target} is ready")


@app.command()
def upgrade(db: Url) -> None:
    """Bring a database of an earlier version up to date."""
    from casualty_extract.database import Database

    with _told():
        steps, copy = Database.upgrade(db)
    if copy is not None:
        tell(f"Note: the database as it was is kept in {copy}")
    tell(f"took step {', '.join(map(str, steps))}" if steps else "it is up to date")


@app.command()
def check(db: Url) -> None:
    """Check that the database is whole: references, marks, and every passage against its text."""
    with opened(db) as database:
        problems = database.check()
        for problem in problems:
            tell(f"Error: {problem}")
        counts = database.stats()
    tell(f"done docs={counts['documents']} claims={counts['claims']} problems={len(problems)}")
    raise typer.Exit(FAILED if problems else OK)


@app.command()
def stats(db: Url) -> None:
    """Count documents, claims, incidents, reviews and failures."""
    with opened(db) as database:
        counts = database.stats()
        _write(lambda target: target.writelines(f"{name:10} {count}\n" for name, count in counts.items()))


@app.command()
def schema(
    dialect: Annotated[Dialect, typer.Option(help="For which database.")] = Dialect.SQLITE,
) -> None:
    """Print the statements that make the tables and views."""
    from casualty_extract.database import schema as statements

    _write(lambda target: target.write(statements(dialect.value)))


@app.command()
def link(
    db: Url,
    copies: Annotated[
        CopyKind, typer.Option(help="Which articles are copies: of nearly the same words, or the very same.")
    ] = CopyKind.NEAR,
    quiet: Quiet = False,
) -> None:
    """Link the incidents of all articles in the database, in place of what was linked before."""
    started = time.perf_counter()
    listen(quiet, 0)
    with opened(db) as database:
        incidents = database.link(copies=copies.value)
        documents = database.stats()["documents"]
    if not quiet:
        tell(f"done docs={documents} incidents={incidents} seconds={time.perf_counter() - started:.1f}")


@app.command()
def dump(db: Url, output: Output = None, force: Force = False) -> None:
    """Print all that is stored, in one order: the same bytes for the same content in either database."""
    with opened(db) as database:
        _write(database.dump, output, force)


def load(
    db: Url,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CLAIMS|-", show_default=False, help="Extractions (.jsonl); none or - for standard input."
        ),
    ] = None,
    text: Annotated[
        bool, typer.Option("--text/--no-text", help="Keep the texts that extractions carry.")
    ] = True,
    quiet: Quiet = False,
) -> None:
    """Store extractions in a database; what is there already is not stored twice."""
    started = time.perf_counter()
    listen(quiet, 0)
    given = files or ["-"]
    if given == ["-"] and on_terminal(sys.stdin) and not quiet:
        tell("Reading from the terminal; end with Ctrl-D.")
    counts = {"failed": 0, "unread": 0}
    with opened(db, create=True) as database:
        loaded = database.load(_read(given, counts), keep_text=text)
    if not quiet:
        tell(
            f"done docs={loaded.documents + counts['failed']} ok={loaded.documents} failed={counts['failed']}"
            f" claims={loaded.claims} seconds={time.perf_counter() - started:.1f}"
        )
    if not counts["failed"]:
        raise typer.Exit(OK)
    raise typer.Exit(NO_INPUT if not loaded.documents and counts["unread"] == counts["failed"] else FAILED)


def _read(files: list[str], counts: dict[str, int]) -> Iterator[Extraction]:
    for file in files:
        try:
            if file == "-":
                yield from _rows(sys.stdin, file, counts)
            else:
                with open(file, encoding="utf-8-sig", newline="\n") as lines:
                    yield from _rows(lines, file, counts)
        except (OSError, UnicodeDecodeError) as error:
            counts["failed"] += 1
            counts["unread"] += 1
            tell(f"Error: {file}: {getattr(error, 'strerror', None) or error}")


def _rows(lines: Iterable[str], file: str, counts: dict[str, int]) -> Iterator[Extraction]:
    from casualty_extract.writers import read_jsonl

    for number, line in enumerate(lines, start=1):
        try:
            yield from read_jsonl([line], file=file)
        except InputError as error:
            # A bad row does not end the run.
            counts["failed"] += 1
            tell(f"Error: {InputError(error.problem, file=file, row=number)}")


def _write(work: Callable[[TextIO], object], output: str | None = None, force: bool = False) -> NoReturn:
    def done(target: TextIO, _: bool) -> bool:
        work(target)
        return True

    file = OutputFile(output, force) if output is not None and output != "-" else None
    raise typer.Exit(to_output(done, file) or OK)
