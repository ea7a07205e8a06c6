"""A document on its way through a batch, and the outcomes that it can have."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from casualty_extract.archive_workers import Reply, Task
from casualty_extract.errors import InputError
from casualty_extract.outcomes import Failure, FailureKind, Outcome, address
from casualty_extract.readers_pages import Page
from casualty_extract.records import Article, Extraction

if TYPE_CHECKING:
    from casualty_extract.readers import Reading

__all__ = ["PACE", "Item", "failed", "outcome_of", "unread"]

PACE = 500_000
"""The number of characters for which the time limit stands; a longer article has it once for each as
many that it begins. They take 2 to 6 s on one core of 2024."""


@dataclass(order=True)
class Item:
    """A document with its number in the archive, and how often it was tried."""

    number: int
    reading: Reading | Page = field(compare=False)
    attempts: int = field(default=0, compare=False)

    @property
    def length(self) -> int:
        """The characters of the article, or of the page that holds it."""
        return len(self.reading.html if isinstance(self.reading, Page) else self.reading.article.text)

    @property
    def task(self) -> Task:
        """What a worker is given."""
        if isinstance(self.reading, Page):
            return Task(self.reading)
        return Task(self.reading.article, self.reading.carries_text)

    @property
    def article(self) -> Article | None:
        """The article, where it is at hand: it is the worker that takes it out of a page."""
        return None if isinstance(self.reading, Page) else self.reading.article

    def seconds(self, timeout: float) -> float:
        """How long it may take, where the limit is so many seconds."""
        return timeout * (1 + self.length // PACE)


def unread(error: InputError) -> Outcome:
    """Give the outcome of a document that could not be read."""
    failure = Failure(kind="input", problem=error.problem, file=error.file, row=error.row)
    return Outcome(source=failure.source, failure=failure)


def outcome_of(item: Item, reply: Reply) -> Outcome:
    """Give the outcome that a worker's reply tells."""
    if reply.json is None:
        item.attempts += 1
        return failed(item, cast(FailureKind, reply.kind), reply.problem, reply.stage)
    reading = item.reading
    return Outcome(
        source=address(reading.file, reading.row),
        extraction=Extraction.from_json(reply.json),
        article=item.article,
        encoding=reading.encoding,
    )


def _name(item: Item) -> str | None:
    if isinstance(item.reading, Page):
        return item.reading.name
    return item.reading.article.id


def failed(item: Item, kind: FailureKind, problem: str, stage: str | None = None) -> Outcome:
    """Give the outcome of a document that came to nothing."""
    reading = item.reading
    failure = Failure(
        kind=kind,
        problem=problem,
        file=reading.file,
        row=reading.row,
        document=_name(item),
        stage=stage,
        attempts=item.attempts,
    )
    return Outcome(
        source=failure.source,
        failure=failure,
        article=item.article,
        encoding=reading.encoding,
    )
