"""What became of each document of an archive: an extraction, or a failure with its kind.

A batch hands out one `Outcome` a document, in the order in which the documents were read, and a `Sink`
keeps them: a folder of files, or a database. Each outcome has the address of its document (`source`),
by which a run that was stopped knows what is done.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Protocol

from pydantic import Field

from casualty_extract.records import SCHEMA_VERSION, Article, Extraction
from casualty_extract.records_parts import Record

__all__ = ["Failure", "FailureKind", "Outcome", "Run", "Sink", "address"]

FailureKind = Literal["input", "article", "timeout", "memory", "killed"]
"""Why a document has no extraction: it cannot be read; a stage failed on it; it took too long; it needed
too much memory; or the process that worked on it was ended from outside, twice."""


class Failure(Record):
    """A document that came to nothing, and why.

    >>> Failure(kind="input", problem="no value for 'text'", file="news.jsonl", row=3)
    Failure(input, news.jsonl#3: no value for 'text')

    Attributes:
        kind: why, from a closed list.
        problem: what is wrong, in one line.
        file: the file, as `casualty_extract.readers` names it.
        row: the row or record of it, counted from 1, where there is one.
        document: the article's id, where it could be read.
        stage: the stage that failed, where one did.
        attempts: how often it was tried.
    """

    kind: FailureKind
    problem: str
    file: str
    row: Annotated[int, Field(ge=1)] | None = None
    document: str | None = None
    stage: str | None = None
    attempts: Annotated[int, Field(ge=1)] = 1

    @property
    def source(self) -> str:
        """The address of the document."""
        return address(self.file, self.row)

    def to_json(self) -> str:
        """Give one line of JSON."""
        return json.dumps(
            self.model_dump(mode="json"), ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )

    def __repr__(self) -> str:
        return f"Failure({self.kind}, {self.source}: {self.problem})"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: just one of `extraction` and `failure` is given.

    Attributes:
        source: the address of the document in the archive, which no other document of the run has.
        extraction: what was found.
        failure: why nothing could be.
        article: the article, where it could be read.
        encoding: the encoding that the document was read in, where it is no plain UTF-8.
    """

    source: str
    extraction: Extraction | None = None
    failure: Failure | None = None
    article: Article | None = None
    encoding: str | None = None


@dataclass(frozen=True)
class Run:
    """A run over an archive: with which version and settings, and over what.

    >>> a = Run(tool_version="0.1.0", config={"date_order": None}, inputs=("news",))
    >>> a.id == Run(tool_version="0.1.0", config={"date_order": None}, inputs=("news",)).id
    True

    Attributes:
        tool_version: of this library.
        config: what bears on the extractions, as plain JSON data.
        inputs: the files, folders and patterns as they were named.
        schema_version: of the records.
        config_sha256: of tool version, schema version and config: the same for the same results.
        id: made from that and from the inputs: a run that is taken up again is the same run.
    """

    tool_version: str
    config: dict[str, Any]
    inputs: tuple[str, ...]
    schema_version: str = SCHEMA_VERSION
    config_sha256: str = field(init=False)
    id: str = field(init=False)

    def __post_init__(self) -> None:
        how = _digest([self.tool_version, self.schema_version, self.config])
        # The one place where a frozen record is completed, before anyone else has seen it.
        object.__setattr__(self, "config_sha256", how)
        object.__setattr__(self, "id", _digest([how, list(self.inputs)])[:24])


class Sink(Protocol):
    """Where outcomes go. What `write` was given is kept whole or not at all, whatever happens."""

    def done(self, sources: Sequence[str]) -> set[str]:
        """Give those of the addresses whose outcomes this run has kept already."""
        ...

    def write(self, outcomes: Sequence[Outcome]) -> None:
        """Keep outcomes, in one step with the mark that they are done; one that is kept is replaced.

        Raises:
            OutputError: they cannot be kept.
        """
        ...

    def failures(self) -> Iterator[Failure]:
        """Yield the failures of this run that are kept, in an order that is always the same."""
        ...

    def close(self, *, finished: bool) -> None:
        """End the work; `finished` tells whether the run came to the end of its input."""
        ...


def address(file: str, row: int | None) -> str:
    """Give the address of a document.

    >>> address("news.jsonl", 3), address("a.txt", None)
    ('news.jsonl#3', 'a.txt')
    """
    return file if row is None else f"{file}#{row}"


def _digest(data: Any) -> str:
    told = json.dumps(data, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()
