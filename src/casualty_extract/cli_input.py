"""Extractions as the input of a command: lines that are none are told and left out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from casualty_extract.cli_output import tell
from casualty_extract.errors import InputError

if TYPE_CHECKING:
    from casualty_extract.records import Extraction

__all__ = ["read_claims"]


def read_claims(files: Iterable[str], counts: dict[str, int]) -> Iterator[Extraction]:
    """Yield the extractions of files in JSON Lines.

    Args:
        files: the files; "-" for standard input.
        counts: `docs` and `failed` are counted in it.
    """
    for file in files:
        try:
            if file == "-":
                yield from _rows(sys.stdin, file, counts)
            else:
                with open(file, encoding="utf-8-sig") as lines:
                    yield from _rows(lines, file, counts)
        except (OSError, UnicodeDecodeError) as error:
            counts["failed"] += 1
            tell(f"Error: {file}: {getattr(error, 'strerror', None) or error}")


def _rows(lines: Iterable[str], file: str, counts: dict[str, int]) -> Iterator[Extraction]:
    from casualty_extract.writers import read_jsonl

    for number, line in enumerate(lines, start=1):
        try:
            for extraction in read_jsonl([line], file=file):
                counts["docs"] += 1
                yield extraction
        except InputError as error:
            # A bad row does not end the run.
            counts["failed"] += 1
            tell(f"Error: {InputError(error.problem, file=file, row=number)}")
