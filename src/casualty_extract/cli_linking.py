"""The command ``casualty-extract link``: extractions of many articles in, the incidents of the archive out."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from casualty_extract.cli_claims import announce, read_claims
from casualty_extract.cli_output import (
    FAILED,
    NO_INPUT,
    USAGE,
    Force,
    Output,
    OutputFile,
    Quiet,
    listen,
    on_terminal,
    tell,
    to_output,
)
from casualty_extract.cli_settings import CopyKind
from casualty_extract.errors import MissingPackageError

if TYPE_CHECKING:
    from casualty_extract.linking_records import ClaimKey, Entry, LinkedIncident

__all__ = ["link"]


class To(StrEnum):
    """What the output is."""

    TABLE = "table"
    JSONL = "jsonl"


# A command has a parameter for each of its options, however many these are.
def link(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CLAIMS|-", show_default=False, help="Extractions (.jsonl); none or - for standard input."
        ),
    ] = None,
    to: Annotated[
        To | None,
        typer.Option(
            show_default=False, help="Format of the output  [default: table on a terminal, else jsonl]."
        ),
    ] = None,
    output: Output = None,
    force: Force = False,
    copies: Annotated[
        CopyKind, typer.Option(help="Which articles are copies: of nearly the same words, or the very same.")
    ] = CopyKind.NEAR,
    quiet: Quiet = False,
) -> None:
    """Link the incidents of many articles.

    Each has the history of its figures.
    """
    from casualty_extract.linking import Linker

    started = time.perf_counter()
    listen(quiet, 0)
    announce(files or ["-"], quiet)
    try:
        linker = Linker(copies=copies.value)
    except MissingPackageError as error:
        tell(f"Error: {error}; --copies exact goes without")
        raise typer.Exit(USAGE) from None
    counts = dict.fromkeys(("docs", "failed", "incidents"), 0)
    to_file = None if output == "-" else output
    form = to or (To.TABLE if to_file is None and on_terminal(sys.stdout) else To.JSONL)

    def work(target: TextIO, _: bool) -> bool:
        for extraction in read_claims(files or ["-"], counts):
            linker.add(extraction)
        if counts["docs"]:
            _write(_counted(linker.incidents(), counts), form, target)
        return counts["docs"] > 0

    status = to_output(work, OutputFile(to_file, force) if to_file is not None else None)
    if not quiet:
        seconds = time.perf_counter() - started
        read = counts["docs"] + counts["failed"]
        tell(
            f"done docs={read} ok={counts['docs']} failed={counts['failed']}"
            f" incidents={counts['incidents']} seconds={seconds:.1f}"
        )
    if status is None:
        status = 0 if not counts["failed"] else FAILED if counts["docs"] else NO_INPUT
    raise typer.Exit(status)


def _counted(incidents: Iterable[LinkedIncident], counts: dict[str, int]) -> Iterator[LinkedIncident]:
    for incident in incidents:
        counts["incidents"] += 1
        yield incident


def _write(incidents: Iterable[LinkedIncident], form: To, target: TextIO) -> None:
    if form is To.JSONL:
        for incident in incidents:
            target.write(incident.to_json() + "\n")
        return
    width = max(40, min(shutil.get_terminal_size((100, 24)).columns, 120))
    for number, incident in enumerate(incidents):
        target.write("\n" if number else "")
        for line in _block(incident):
            target.write(line[:width].rstrip() + "\n")


def _block(incident: LinkedIncident) -> Iterator[str]:
    from casualty_extract.tables import visible

    time_ = incident.time
    days = [d.isoformat() if d else "" for d in (time_.earliest, time_.latest)] if time_ else ["no day"]
    yield visible(
        " | ".join(
            [
                "/".join(dict.fromkeys(days)),
                ", ".join(incident.places[:3]) or "no place",
                incident.cause or "no cause",
                *(["running total"] if incident.cumulative else []),
                f"{len(incident.members)} {'article' if len(incident.members) == 1 else 'articles'}",
            ]
        )
    )
    for toll in incident.tolls:
        yield f"  {toll.harm:10} {_range(toll.low, toll.best, toll.high)}"
    numbers = {(e.document, e.claim): n for n, e in enumerate(incident.history, start=1)}
    for n, entry in enumerate(incident.history, start=1):
        yield f"  {n:3}  {visible(_told(entry, numbers))}"


def _told(entry: Entry, numbers: dict[tuple[str, str], int]) -> str:
    def named(word: str, keys: tuple[ClaimKey, ...]) -> str:
        found = [numbers[key.document, key.claim] for key in keys]
        return f", {word} {' '.join(str(n) for n in found)}" if found else ""

    published = entry.published.isoformat() if entry.published else "no day"
    figure = _range(entry.low, entry.best, entry.high)
    more = named("takes the place of", entry.supersedes) + named("against", entry.disagrees)
    signs = (", part" if entry.part else "") + (", copied" if entry.copied else "")
    who = entry.source or "reporter"
    return f"{published} {figure} {entry.harm or entry.unit}, {entry.status}, {who} ({entry.document}){signs}{more}"


def _range(low: int | None, best: int | None, high: int | None) -> str:
    if low == best == high and low is not None:
        return str(low)
    bounds = f"{'' if low is None else low}..{'' if high is None else high}"
    return bounds if best is None else f"{best} ({bounds})"
