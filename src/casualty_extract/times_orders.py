"""In which order a text writes its dates in figures: the day first or the month.

*Finds* the order in the dates that can be read one way only ("25/12/2016"), else in the publisher: those of
the lexicon, American ones, write the month first, whether named as the publisher or in the dateline "(AP)".
*Leaves alone* what else settles single dates (a weekday, a month named near): see `Numeric`.
*Marks* "DMY", "MDY" or nothing; without an order the day goes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from casualty_extract.times_meanings import Meaning, Numeric
from casualty_extract.times_words import is_month_first

__all__ = ["order_of", "shown"]

HEAD = 400
"""In how many characters the agency of a dateline stands."""
CREDIT = 30
"""How long the name of an agency in brackets may be."""


def order_of(meanings: Iterable[Meaning], text: str, publisher: str | None) -> Literal["DMY", "MDY"] | None:
    """Tell in which order a text writes dates in figures.

    >>> order_of([], "KABUL, Jan 3 (AP) - A bomb killed six.", None)
    'MDY'
    """
    found = shown(meanings)
    if found is None and (is_month_first(publisher or "") or any(map(is_month_first, _credits(text[:HEAD])))):
        return "MDY"
    return found


def shown(meanings: Iterable[Meaning]) -> Literal["DMY", "MDY"] | None:
    """Read from the dates in figures that can be read one way only how the others are meant."""
    orders = {meaning.order for meaning in meanings if isinstance(meaning, Numeric)} - {None}
    return orders.pop() if len(orders) == 1 else None


def _credits(text: str) -> Iterable[str]:
    """Give the short names in brackets."""
    for piece in text.split("(")[1:]:
        name, closed, _ = piece.partition(")")
        if closed and len(name) <= CREDIT:
            yield name
