"""Extractions in, for the commands that work on them: files of JSON Lines, one after the other, bad rows told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from casualty_extract.cli_output import on_terminal, tell
from casualty_extract.errors import InputError

if TYPE_CHECKING:
    from casualty_extract.linking_records import LinkedIncident
    from casualty_extract.records import Extraction

__all__ = ["announce", "read_claims", "read_incidents", "read_lines"]

T = TypeVar("T")

EXPECTED = "claims are read from JSON Lines, as `extract --to jsonl -o claims.jsonl` writes them"
"""What a person is told who hands in something else."""

OTHERS = frozenset((".csv", ".tsv", ".tab", ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml"))
"""Endings of articles and of tables, which a person may take for claims."""


def announce(files: list[str], quiet: bool) -> None:
    """Tell a person who sits at the terminal that input is waited for."""
    if files == ["-"] and on_terminal(sys.stdin) and not quiet:
        tell("Reading from the terminal; end with Ctrl-D.")


def read_claims(
    files: list[str], counts: dict[str, int], failed: list[InputError] | None = None
) -> Iterator[Extraction]:
    """Read the extractions of files.

    Args:
        files: their names; "-" is standard input.
        counts: "docs" counts what was read, "failed" the files and rows that cannot be.
        failed: a list that is to have an error for each of these too.
    """
    from casualty_extract.writers import read_jsonl

    def parsed(line: str, file: str) -> Iterator[Extraction]:
        for extraction in read_jsonl([line], file=file):
            counts["docs"] += 1
            yield extraction

    for file in files:
        yield from read_lines(file, parsed, counts, failed)


def read_incidents(file: str, counts: dict[str, int]) -> Iterator[LinkedIncident]:
    """Read linked incidents, as `link` writes them.

    Args:
        file: its name; "-" is standard input.
        counts: "failed" counts the file and the rows that cannot be read.
    """
    from casualty_extract.linking_records import LinkedIncident

    def parsed(line: str, _: str) -> Iterator[LinkedIncident]:
        if line.strip():
            yield LinkedIncident.from_json(line)

    yield from read_lines(file, parsed, counts)


def read_lines(
    file: str,
    parsed: Callable[[str, str], Iterable[T]],
    counts: dict[str, int],
    failed: list[InputError] | None = None,
) -> Iterator[T]:
    """Read what the lines of a file hold; what cannot be read is told, counted and passed over.

    Args:
        file: its name; "-" is standard input.
        parsed: gives what a line of the file holds, or raises `InputError`.
        counts: "failed" counts the file, or each of its rows, that cannot be read.
        failed: a list that is to have an error for each of these too.
    """

    def bad(error: InputError) -> None:
        counts["failed"] += 1
        tell(f"Error: {error}")
        if failed is not None:
            failed.append(error)

    def rows(lines: Iterable[str]) -> Iterator[T]:
        for number, line in enumerate(lines, start=1):
            try:
                yield from parsed(line, file)
            except InputError as error:
                # A bad row does not end the run.
                bad(InputError(error.problem, file=file, row=number))

    try:
        if file == "-":
            yield from rows(sys.stdin)
            return
        if os.path.isdir(file):
            bad(InputError(f"it is a folder; {EXPECTED}", file=file))
            return
        with open(file, encoding="utf-8-sig") as lines:
            first = next(lines, "")
            if not first.lstrip().startswith("{") and PurePath(file).suffix.lower() in OTHERS:
                # A table or an article has as many bad rows as lines; one word on the file says more.
                bad(InputError(f"it holds no JSON Lines; {EXPECTED}", file=file))
                return
            yield from rows(chain([first], lines))
    except (OSError, UnicodeDecodeError) as error:
        bad(InputError(getattr(error, "strerror", None) or str(error), file=file))
