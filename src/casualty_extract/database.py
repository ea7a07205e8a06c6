"""Extractions in a database: SQLite for one user and one file, PostgreSQL for many.

Both hold the same tables and views, and give the same answers. `Database.sink` keeps the outcomes of a
batch, `Database.load` what was extracted before, and `Database.extractions` gives back what is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources.abc import Traversable
from itertools import islice
from pathlib import Path
from typing import Any, Self, TextIO

from casualty_extract import database_checks, database_linking, database_migrations, database_reviews
from casualty_extract.database_connections import Connection, Dialect, connect
from casualty_extract.database_migrations import SCRIPTS
from casualty_extract.database_reviews import Review, Reviewed
from casualty_extract.database_writing import Writer
from casualty_extract.errors import ArgumentError, SchemaError
from casualty_extract.linking import CopyKind
from casualty_extract.linking_records import LinkedIncident
from casualty_extract.outcomes import Failure, Outcome, Run, Sink
from casualty_extract.records import SCHEMA_VERSION, Extraction

__all__ = ["Database", "Loaded", "Review", "Reviewed", "schema"]

TOGETHER = 500
"""So many documents are read, or loaded, at once."""


@dataclass(frozen=True)
class Loaded:
    """How much was loaded.

    Attributes:
        documents: how many extractions.
        claims: how many claims are in them.
    """

    documents: int
    claims: int


class Database:
    """An open database of extractions; `open` opens one.

    >>> from casualty_extract import extract
    >>> with Database.open("sqlite://", create=True) as database:
    ...     loaded = database.load([extract("Gunmen killed 12 people in Mosul, police said.")])
    ...     [row["evidence"] for row in database.search("gunmen mosul")]
    ['Gunmen killed 12 people in Mosul, police said.']

    One object is used by one thread at a time.

    Args:
        connection: the database.
    """

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    @classmethod
    def open(cls, url: str | Path, *, create: bool = False, scripts: Traversable = SCRIPTS) -> Database:
        """Open a database.

        >>> Database.open("mysql://host/db")
        Traceback (most recent call last):
            ...
        casualty_extract.errors.ArgumentError: db: 'mysql://host/db' cannot be used, expected a file such as claims.db, or postgresql://user@host/database

        Args:
            url: a file, ``sqlite:///file``, or ``postgresql://user@host/database``; ``sqlite://`` is a database
                that goes away when it is closed.
            create: make the tables where there are none.
            scripts: the steps of the schema; only tests have others.

        Raises:
            ArgumentError: the address means no database that is known.
            MissingPackageError: it is PostgreSQL, and psycopg is not installed.
            OutputError: it cannot be reached, read or written.
            SchemaError: it is of another version, or holds something else; the message tells what mends it.
        """
        connection = connect(url, create=create)
        try:
            if database_migrations.check_version(connection, scripts) is None:
                if not create:
                    raise SchemaError(
                        "it has no tables of casualty-extract; `casualty-extract db init` makes them",
                        target=connection.target,
                    )
                connection.tune()
                database_migrations.create(connection, scripts)
            else:
                connection.tune()
        except BaseException:
            connection.close()
            raise
        return cls(connection)

    @staticmethod
    def upgrade(url: str | Path, *, scripts: Traversable = SCRIPTS) -> tuple[list[int], Path | None]:
        """Bring the schema of a database up to date; a SQLite file is copied first.

        Args:
            url: as in `open`.
            scripts: the steps of the schema; only tests have others.

        Returns:
            The numbers of the steps that were taken, and the copy, where one was made.

        Raises:
            OutputError: it cannot be reached, read or written.
            SchemaError: it is newer than this library, or holds something else.
        """
        connection = connect(url)
        try:
            return database_migrations.upgrade(connection, scripts)
        finally:
            connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database, and give back the locks of its runs."""
        self._db.close()

    @property
    def target(self) -> str:
        """The name of the database for messages, without a password."""
        return self._db.target

    def sink(self, run: Run, *, keep_text: bool = True) -> Sink:
        """Begin a run, or take it up again; its outcomes go into what this gives.

        Args:
            run: the run.
            keep_text: whether the texts of the articles are kept; without, their sentences with claims are.

        Raises:
            OutputError: another process writes the same run, or the database cannot be written.
        """
        return Writer(self._db, run, keep_text=keep_text)

    def load(
        self, extractions: Iterable[Extraction], *, keep_text: bool = True, together: int = TOGETHER
    ) -> Loaded:
        """Store extractions that were made before; what is there already stays as it is.

        >>> from casualty_extract import extract
        >>> found = extract("Gunmen killed 12 people in Mosul, police said.")
        >>> with Database.open("sqlite://", create=True) as database:
        ...     database.load([found]), database.load([found])
        ...     database.stats()["claims"]
        (Loaded(documents=1, claims=1), Loaded(documents=1, claims=1))
        1

        Args:
            extractions: what to store, such as `writers.read_jsonl` gives.
            keep_text: whether the texts that some carry are kept.
            together: so many go into one transaction.

        Raises:
            ArgumentError: something is no extraction.
            OutputError: the database cannot be written; whole transactions before are kept.
        """
        run = Run(tool_version=version("casualty-extract"), config={"load": SCHEMA_VERSION}, inputs=())
        # Several may load at once: what they write goes by content, and they have no marks to fight over.
        writer = Writer(self._db, run, keep_text=keep_text, alone=False)
        documents = claims = 0
        rest = iter(extractions)
        while part := [_outcome(extraction) for extraction in islice(rest, together)]:
            writer.write(part)
            documents += len(part)
            claims += sum(len(outcome.extraction.claims) for outcome in part if outcome.extraction)
        writer.close(finished=True)
        return Loaded(documents, claims)

    def extractions(self, *, with_text: bool = False) -> Iterator[Extraction]:
        """Yield the extractions that are stored, as they were, in order of their documents' ids.

        Reviews are not applied to them; `v_claim_current` has them applied.

        Args:
            with_text: whether each carries the text of its article, where that is kept.
        """
        for _, extraction, text in self._documents():
            yield (
                extraction.model_copy(update={"text": text}) if with_text and text is not None else extraction
            )

    def dump(self, stream: TextIO) -> None:
        """Write all that is stored as JSON Lines: the same bytes for the same content, in either database.

        Moments that the database took itself are left out.
        """
        database_checks.dump(self._db, stream)

    def review(self, reviews: Iterable[Review]) -> Reviewed:
        """Add what people decided about claims, in one transaction; nothing that was decided before is changed.

        Raises:
            ArgumentError: with a fix, the bounds of a claim would be out of order.
        """
        return database_reviews.add(self._db, reviews)

    def reviews(self) -> Iterator[Review]:
        """Yield all reviews, in the order in which they were added."""
        yield from database_reviews.stored(self._db)

    def link(self, *, copies: CopyKind = "near") -> int:
        """Link the incidents of all documents, in place of what was linked before.

        Args:
            copies: as in `linking.link`.

        Returns:
            How many incidents the archive has.

        Raises:
            MissingPackageError: near copies are sought, and datasketch is not installed.
        """
        return database_linking.link(self._db, self._documents(), copies)

    def linked(self) -> Iterator[LinkedIncident]:
        """Yield the incidents of the archive as `link` linked them last, in order of publication; none before it ran."""
        for (record,) in self._db.execute("SELECT CAST(record AS text) FROM linked_incident ORDER BY rank"):
            yield LinkedIncident.from_json(record)

    def failures(self) -> Iterator[Failure]:
        """Yield the documents that came to nothing in every run, in order of their addresses."""
        for row in self._db.execute(
            "SELECT DISTINCT source, file, file_row, kind, problem FROM v_dead_letter WHERE NOT ok_elsewhere"
            " ORDER BY source, kind, problem"
        ):
            _, file, file_row, kind, problem = row
            yield Failure(kind=kind, problem=problem, file=file, row=file_row)

    def search(self, words: str, *, limit: int = 20) -> list[dict[str, Any]]:
        """Find claims by words of their sentences, all of which must stand there; the newest articles first.

        Args:
            words: the words; signs among them mean nothing.
            limit: so many claims at most.
        """
        found = self._db.search(words, limit)
        names = ("document", "claim_key", "evidence")
        return [dict(zip(names, row, strict=True)) for row in found]

    def check(self) -> list[str]:
        """Give what is wrong with the database, one line each: nothing, if all is well."""
        return list(database_checks.problems(self._db, self._documents()))

    def stats(self) -> dict[str, int]:
        """Count documents, claims, incidents, reviews, runs and their outcomes."""
        return database_checks.stats(self._db)

    def _documents(self) -> Iterator[tuple[str, Extraction, str | None]]:
        """Yield key, extraction and text of each document, a page at a time, so that others can write between."""
        at = ("", "")
        while page := self._db.execute(
            "SELECT sort_key, document_key, CAST(record AS text), text, carries_text FROM document"
            " WHERE (sort_key, document_key) > (?, ?) ORDER BY sort_key, document_key LIMIT ?",
            (*at, TOGETHER),
        ):
            for sort_key, key, record, text, carries_text in page:
                extraction = Extraction.from_json(record)
                if carries_text and text is not None:
                    extraction = extraction.model_copy(update={"text": text})
                yield key, extraction, text
                at = sort_key, key


def schema(dialect: Dialect) -> str:
    """Give the statements that make all tables and views of a database.

    >>> "CREATE TABLE claim (" in schema("postgresql")
    True
    """
    return database_migrations.script(dialect)


def _outcome(extraction: Extraction) -> Outcome:
    if not isinstance(extraction, Extraction):
        raise ArgumentError("extraction", extraction, "an Extraction")
    about = extraction.document
    return Outcome(source=f"{about.id}@{about.sha256}", extraction=extraction)
