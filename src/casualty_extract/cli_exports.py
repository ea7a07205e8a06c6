"""The command ``casualty-extract export``: extractions in, the rows of a data set out."""

from __future__ import annotations

import time
from enum import StrEnum
from typing import Annotated, TextIO

import typer

from casualty_extract.cli_claims import announce, read_claims, read_incidents
from casualty_extract.cli_output import (
    FAILED,
    NO_INPUT,
    OK,
    Force,
    Output,
    OutputFile,
    Quiet,
    listen,
    tell,
    to_output,
)
from casualty_extract.cli_settings import Rule

__all__ = ["export"]


class As(StrEnum):
    """Whose columns the rows have."""

    UCDP = "ucdp"
    ACLED = "acled"
    AIRWARS = "airwars"
    HXL = "hxl"


class To(StrEnum):
    """What the output is."""

    CSV = "csv"
    JSONL = "jsonl"


class Vague(StrEnum):
    """What becomes of "dozens", "hundreds" and the like."""

    KEEP = "keep"
    ACLED = "acled"


# A command has a parameter for each of its options, however many these are.
def export(
    as_: Annotated[As, typer.Option("--as", show_default=False, help="Whose columns.")],
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CLAIMS|-", show_default=False, help="Extractions (.jsonl); none or - for standard input."
        ),
    ] = None,
    to: Annotated[To, typer.Option(help="Format of the output.")] = To.CSV,
    output: Output = None,
    force: Force = False,
    linked: Annotated[
        str | None,
        typer.Option(
            metavar="INCIDENTS", show_default=False, help="A row for each of these linked incidents."
        ),
    ] = None,
    best_rule: Annotated[
        Rule | None,
        typer.Option(
            show_default=False,
            help="How the one number is taken  [default: lowest for acled, else toll].",
        ),
    ] = None,
    vague: Annotated[
        Vague, typer.Option(help='Leave "dozens" and the like without a number, or take ACLED\'s.')
    ] = Vague.KEEP,
    everything: Annotated[
        bool, typer.Option("--all", help="Keep incidents that the data set has no rows for.")
    ] = False,
    bom: Annotated[
        bool, typer.Option("--bom", help="Start a CSV with a byte order mark, for Excel.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Turn incidents into rows of UCDP GED, ACLED, Airwars or HXL."""
    from casualty_extract.exports import export, write_export
    from casualty_extract.exports_incidents import MISSING

    started = time.perf_counter()
    if bom and to is not To.CSV:
        raise typer.BadParameter("only a CSV has one", param_hint="--bom")
    if linked == "-" and "-" in (files or ["-"]):
        raise typer.BadParameter("standard input holds the claims", param_hint="--linked")
    listen(quiet, 0)
    announce(files or ["-"], quiet)
    counts = dict.fromkeys(("docs", "failed"), 0)
    to_file = None if output == "-" else output
    rows = export(
        read_claims(files or ["-"], counts),
        as_.value,
        linked=read_incidents(linked, counts) if linked is not None else None,
        best_rule=best_rule.value if best_rule else None,
        vague=vague.value,
        everything=everything,
    )

    def work(target: TextIO, _: bool) -> bool:
        target.write("\ufeff" if bom else "")
        write_export(rows, target, to=to.value)
        return counts["docs"] > 0

    status = to_output(work, OutputFile(to_file, force) if to_file is not None else None)
    missing = rows.left_out.get(MISSING, 0)
    if missing:
        tell(f"Error: {linked}: {missing} left out: not all their articles are among the claims")
    if not quiet:
        for reason, number in sorted(rows.left_out.items()):
            if reason != MISSING:
                tell(f"Note: {number} left out: {reason}")
        tell(
            f"done docs={counts['docs'] + counts['failed']} ok={counts['docs']} failed={counts['failed']}"
            f" rows={rows.made} left_out={rows.left_out.total()} seconds={time.perf_counter() - started:.1f}"
        )
    if status is None:
        failed = counts["failed"] + missing
        status = OK if not failed else FAILED if counts["docs"] else NO_INPUT
    raise typer.Exit(status)
