"""How claims are sought: the options that commands share, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casualty_extract.errors import GazetteerError

# What is slow to import is imported where it is first needed, as in `cli`.
if TYPE_CHECKING:
    from casualty_extract.readers import Columns

__all__ = [
    "CopyKind",
    "DateOrder",
    "DateOrderOption",
    "GazetteerOption",
    "Rule",
    "Vagueness",
    "VaguenessOption",
    "arguments",
    "check_gazetteer",
    "ordered",
]


class Vagueness(StrEnum):
    """Whose numbers "dozens", "several" and the like have."""

    DEFAULT = "default"
    ACLED = "acled"
    UCDP = "ucdp"


class DateOrder(StrEnum):
    """How 01/09/2017 is read where nothing else in the article tells."""

    DMY = "DMY"
    MDY = "MDY"
    YMD = "YMD"


class Rule(StrEnum):
    """How the one number is taken from the figures that stand."""

    TOLL = "toll"
    TOLD_LAST = "told_last"
    LOWEST = "lowest"
    MEDIAN = "median"
    HIGHEST = "highest"


class CopyKind(StrEnum):
    """Which articles count as copies of one another."""

    NEAR = "near"
    EXACT = "exact"


DateOrderOption = Annotated[
    DateOrder | None,
    typer.Option(
        case_sensitive=False,
        help="How dates such as 01/09/2017 are written, in articles and in the column of days.",
    ),
]
VaguenessOption = Annotated[
    Vagueness,
    typer.Option(case_sensitive=False, help='Whose numbers "dozens", "several" and the like have.'),
]
GazetteerOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FILE", show_default=False, help="Places beside the bundled ones (may be repeated)."
    ),
]


def arguments(
    date_order: DateOrder | None, vagueness: Vagueness, gazetteer: list[str]
) -> Callable[[], dict[str, Any]]:
    """Give what makes the arguments of `extract`; a pipeline of its own is loaded only where it is needed.

    Raises:
        typer.BadParameter: a file of places cannot be used.
    """

    @cache
    def made() -> dict[str, Any]:
        order = date_order.value if date_order else None
        if vagueness is Vagueness.DEFAULT and not gazetteer:
            return {"date_order": order}
        from casualty_extract import load
        from casualty_extract.arguments import checked_vagueness

        nlp = load(vagueness=checked_vagueness(vagueness.value), gazetteer=gazetteer)
        return {"date_order": order, "nlp": nlp}

    check_gazetteer(gazetteer)
    return made


def check_gazetteer(files: list[str]) -> None:
    """Refuse a file of places that cannot be used before any article is read.

    Raises:
        typer.BadParameter: there is one.
    """
    if not files:
        return
    from casualty_extract.arguments import checked_gazetteer

    try:
        checked_gazetteer(files)
    except GazetteerError as error:
        raise typer.BadParameter(str(error), param_hint="--gazetteer") from None


def ordered(columns: Columns, order: DateOrder | None) -> Columns:
    """Let the order in which articles write dates count for a column of days too.

    >>> from casualty_extract.readers import Columns
    >>> ordered(Columns(), DateOrder.DMY).date_order
    'DMY'

    Args:
        columns: what holds what.
        order: of `--date-order`; None where the option was not given.
    """
    return replace(columns, date_order=order.value) if order else columns
