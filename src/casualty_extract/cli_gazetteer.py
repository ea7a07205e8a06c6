"""The command ``casualty-extract gazetteer``: a fuller gazetteer out of dumps of GeoNames."""

from __future__ import annotations

import sqlite3
import time
from typing import Annotated

import typer

from casualty_extract.cli_output import FAILED, INTERRUPTED, NO_INPUT, NO_OUTPUT, Force, Quiet, tell
from casualty_extract.errors import ArgumentError, CasualtyExtractError, GazetteerError

__all__ = ["app"]

TOLD = 10
"""How many bad lines are told one by one."""

app = typer.Typer(
    help="Build a fuller gazetteer.", no_args_is_help=True, rich_markup_mode=None, add_completion=False
)


@app.callback()
def gazetteer() -> None:
    """Build a gazetteer that is fuller than the bundled one, for --gazetteer."""


# A command has a parameter for each of its options, however many these are.
@app.command()
def build(
    dumps: Annotated[list[str], typer.Argument(metavar="DUMP", help="Dumps of GeoNames (.txt or .zip).")],
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE (.sqlite).")],
    features: Annotated[
        str, typer.Option(metavar="LETTERS", help="Feature classes of GeoNames to keep; P: towns, A: areas.")
    ] = "AP",
    min_population: Annotated[
        int, typer.Option(metavar="N", min=0, help="Inhabitants that a town has at least.")
    ] = 0,
    country: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", show_default=False, help="Keep this country alone (may be repeated)."),
    ] = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Turn dumps of GeoNames into one file of places."""
    from casualty_extract.lexicon.gazetteer import geonames

    started = time.perf_counter()
    bad: list[GazetteerError] = []

    def report(error: GazetteerError) -> None:
        if len(bad) < TOLD:
            bad.append(error)
            tell(f"Error: {error}")

    try:
        selection = geonames.Selection(
            features.replace(",", "").upper(), min_population, tuple(code.upper() for code in country or ())
        )
    except ArgumentError as error:
        raise typer.BadParameter(str(error)) from None
    try:
        counts = geonames.build(dumps, output, selection, force=force, report=report)
    except CasualtyExtractError as error:
        tell(f"Error: {error}")
        is_output = isinstance(error, GazetteerError) and error.file == output
        raise typer.Exit(NO_OUTPUT if is_output else NO_INPUT) from None
    except (OSError, sqlite3.Error) as error:
        tell(f"Error: {output}: {getattr(error, 'strerror', None) or error}")
        raise typer.Exit(NO_OUTPUT) from None
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    if counts.failed > TOLD:
        tell(f"Error: {counts.failed - TOLD:,} more lines cannot be read")
    if not quiet:
        tell(
            f"done rows={counts.rows} places={counts.places} names={counts.names} failed={counts.failed}"
            f" seconds={time.perf_counter() - started:.1f}"
        )
    raise typer.Exit(FAILED if counts.failed else 0)
