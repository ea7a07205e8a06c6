"""The command ``casualty-extract score-totals``: the numbers of a text's main event beside those of a data set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from casualty_extract.cli_output import FAILED, NO_INPUT, OK, tell, to_output
from casualty_extract.errors import CasualtyExtractError, InputError

if TYPE_CHECKING:
    from casualty_extract.records import Extraction
    from casualty_extract.scoring_totals import Row

__all__ = ["score_totals"]


def score_totals(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Rows with text, killed and injured.")],
    errors: Annotated[
        int, typer.Option("--errors", metavar="N", min=0, help="Show the first N numbers that differ.")
    ] = 0,
    attackers: Annotated[
        bool, typer.Option("--attackers/--no-attackers", help="Count attackers who were harmed.")
    ] = True,
) -> None:
    """Compare the main event of each text with a file.

    It is the numbers killed and injured that are compared.
    """
    from casualty_extract import extract
    from casualty_extract.scoring_totals import HARMS, read_totals
    from casualty_extract.scoring_totals import score_totals as compare

    try:
        rows = list(read_totals(file))
    except InputError as error:
        tell(f"Error: {error}")
        raise typer.Exit(NO_INPUT) from None

    def made(row: Row) -> Extraction:
        return extract(row.text, published=row.published)

    try:
        totals = compare(rows, made, attackers)
    except CasualtyExtractError as error:
        tell(f"Error: {error}")
        raise typer.Exit(FAILED) from None

    def work(target: TextIO, _: bool) -> bool:
        for harm in HARMS:
            line = f"{harm} rows={totals.judged[harm]} exact={totals.exact[harm]:.3f} mae={totals.error[harm]:.2f}"
            print(line, file=target)
        for miss in totals.misses[:errors]:
            text = " ".join(miss.text.split())
            print(f"{miss.id} {miss.harm} expected={miss.expected} found={miss.found} {text}", file=target)
        return True

    raise typer.Exit(to_output(work) or OK)
