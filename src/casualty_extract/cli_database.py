"""The commands ``casualty-extract db`` and ``casualty-extract load``: extractions in a database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO

import typer

from casualty_extract.cli_claims import announce, read_claims, read_lines
from casualty_extract.cli_output import (
    FAILED,
    INTERRUPTED,
    NO_INPUT,
    NO_OUTPUT,
    OK,
    USAGE,
    Force,
    Output,
    OutputFile,
    Quiet,
    listen,
    tell,
    to_output,
)
from casualty_extract.cli_settings import CopyKind
from casualty_extract.errors import ArgumentError, InputError, MissingPackageError, OutputError

if TYPE_CHECKING:
    from casualty_extract.database import Database, Review

__all__ = ["Url", "add_to", "app", "load", "opened"]

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


app = typer.Typer(
    help="Keep extractions in a database.", no_args_is_help=True, rich_markup_mode=None, add_completion=False
)


def add_to(whole: typer.Typer) -> None:
    """Add the commands to the command line."""
    whole.add_typer(app, name="db")
    whole.command(short_help="Store extractions in a database.")(load)


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


@app.command(short_help="Check that the database is whole.")
def check(db: Url) -> None:
    """Check that a database is whole.

    References, marks, and every passage against its text.
    """
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


@app.command(short_help="Link the incidents of all articles in the database.")
def link(
    db: Url,
    copies: Annotated[
        CopyKind, typer.Option(help="Which articles are copies: of nearly the same words, or the very same.")
    ] = CopyKind.NEAR,
    quiet: Quiet = False,
) -> None:
    """Link the incidents of all its articles anew.

    What was linked before is replaced.
    """
    started = time.perf_counter()
    listen(quiet, 0)
    with opened(db) as database:
        incidents = database.link(copies=copies.value)
        documents = database.stats()["documents"]
    if not quiet:
        tell(f"done docs={documents} incidents={incidents} seconds={time.perf_counter() - started:.1f}")


@app.command(short_help="Print all that is stored, in one order.")
def dump(db: Url, output: Output = None, force: Force = False) -> None:
    """Print all that is stored, in one order.

    The bytes are the same for the same content in either database.
    """
    with opened(db) as database:
        _write(database.dump, output, force)


@app.command(short_help="Print the extractions, for the commands on claims.")
def claims(
    db: Url,
    text: Annotated[
        bool,
        typer.Option("--text", help="Let each extraction carry the text of its article, where that is kept."),
    ] = False,
    output: Output = None,
    force: Force = False,
) -> None:
    """Print the extractions as they were stored.

    The commands that read extractions take them: `link`, `export`, `review`, `view`.
    """
    with opened(db) as database:
        _write(
            lambda target: target.writelines(
                f"{e.to_json()}\n" for e in database.extractions(with_text=text)
            ),
            output,
            force,
        )


@app.command(short_help="Add what people decided about claims.")
def review(
    db: Url,
    files: Annotated[
        list[str],
        typer.Argument(metavar="REVIEWS|-", help="Reviews (.jsonl), as `review import` writes them."),
    ],
    quiet: Quiet = False,
) -> None:
    """Add what people decided about claims.

    What was decided before stays.
    """
    started = time.perf_counter()
    listen(quiet, 0)
    counts = {"failed": 0, "docs": 0}
    given = [one for file in files for one in read_lines(file, _reviews, counts)]
    with opened(db) as database:
        done = database.review(given)
    for lost in done.unknown:
        tell(f"Error: document {lost.document!r} has no claim {lost.claim} in the database")
    counts["failed"] += len(done.unknown)
    if not quiet:
        tell(
            f"done reviews={len(given)} new={done.new} known={done.known} failed={counts['failed']}"
            f" seconds={time.perf_counter() - started:.1f}"
        )
    raise typer.Exit(OK if not counts["failed"] else FAILED if given else NO_INPUT)


def _reviews(line: str, file: str) -> Iterator[Review]:
    from casualty_extract.database import Review
    from casualty_extract.reviews_records import Review as Judgement

    if not line.strip():
        return
    told = Judgement.from_json(line)
    if told.decision == "add":
        raise InputError("the review adds a claim; a database has only those that were extracted", file=file)
    patch = told.columns()
    decision = told.decision
    if decision == "fix" and not patch:
        if told.judged is None:
            raise InputError("the fix does not carry the claim that it mends", file=file)
        # Only places in the text changed, of which tables of values know nothing.
        decision = "accept"
    yield Review(
        document=told.document.id,
        claim=told.claim,
        reviewer=told.reviewer or "",
        decision=decision,
        patch=patch,
        tool=told.tool,
        at=told.at or "",
        sha256=told.document.sha256,
    )


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
    """Store extractions in a database.

    What is there already is not stored twice.
    """
    started = time.perf_counter()
    listen(quiet, 0)
    announce(files or ["-"], quiet)
    counts = {"docs": 0, "failed": 0}
    with opened(db, create=True) as database:
        loaded = database.load(read_claims(files or ["-"], counts), keep_text=text)
    if not quiet:
        tell(
            f"done docs={loaded.documents + counts['failed']} ok={loaded.documents} failed={counts['failed']}"
            f" claims={loaded.claims} seconds={time.perf_counter() - started:.1f}"
        )
    raise typer.Exit(OK if not counts["failed"] else FAILED if loaded.documents else NO_INPUT)


def _write(work: Callable[[TextIO], object], output: str | None = None, force: bool = False) -> NoReturn:
    def done(target: TextIO, _: bool) -> bool:
        work(target)
        return True

    file = OutputFile(output, force) if output is not None and output != "-" else None
    raise typer.Exit(to_output(done, file) or OK)
