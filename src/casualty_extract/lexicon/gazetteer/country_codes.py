"""The codes of countries that data sets use beside the two letters: `country_codes.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

from casualty_extract.errors import LexiconError

__all__ = ["Codes", "codes"]

FILE = "country_codes.toml"


class Codes(NamedTuple):
    """The codes of one country.

    Attributes:
        iso3: ISO 3166-1 alpha-3 code.
        numeric: ISO 3166-1 numeric code; None for Kosovo, which has none.
        region: the region of the world that UCDP counts it to; None for Antarctica and its islands.
    """

    iso3: str
    numeric: int | None
    region: str | None


def codes(alpha2: str) -> Codes | None:
    """Give the codes of a country.

    >>> codes("SY")
    Codes(iso3='SYR', numeric=760, region='Middle East')
    >>> print(codes("??"))
    None

    Args:
        alpha2: its ISO 3166-1 alpha-2 code.
    """
    return _read().get(alpha2)


@cache
def _read() -> dict[str, Codes]:
    path = resources.files("casualty_extract.lexicon.gazetteer").joinpath(FILE)
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["codes"]
        return {code: Codes(row["iso3"], row.get("numeric"), row.get("region")) for code, row in rows.items()}
    except (FileNotFoundError, tomllib.TOMLDecodeError, KeyError) as error:
        raise LexiconError(str(error), file=FILE) from error
