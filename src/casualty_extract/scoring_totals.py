"""How often the one number of a text's main event is that of a data set.

Rows are event descriptions with the numbers that somebody coded: ``text``, ``killed``, ``injured``, and where they
have them ``id`` and ``published``. A number that is missing is not judged; where the text tells none, it counts as 0,
as data sets code it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from casualty_extract.errors import InputError
from casualty_extract.records import Extraction

__all__ = ["HARMS", "Miss", "Row", "Totals", "read_totals", "score_totals"]

HARMS: tuple[Literal["killed"], Literal["injured"]] = ("killed", "injured")
"""The harms whose numbers are judged."""


@dataclass(frozen=True, slots=True)
class Row:
    """A description with its numbers; those that are not known are None."""

    id: str
    text: str
    killed: int | None
    injured: int | None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Miss:
    """A number that is not that of the row."""

    id: str
    harm: str
    expected: int
    found: int
    text: str


@dataclass(frozen=True, slots=True)
class Totals:
    """How the numbers of all rows compare.

    Attributes:
        judged: for each harm, how many rows have a number.
        exact: for each harm, the share of them whose number was found.
        error: for each harm, the mean of the absolute differences.
        misses: the numbers that differ, in the order of the rows.
    """

    judged: dict[str, int]
    exact: dict[str, float]
    error: dict[str, float]
    misses: tuple[Miss, ...]


def read_totals(path: str | Path) -> Iterator[Row]:
    """Read the rows of a file: CSV with a head row where its name ends in .csv, else JSON Lines.

    Raises:
        InputError: the file cannot be read, or a row of it; the row is named.
    """
    try:
        # A spreadsheet's CSV may begin with a byte order mark.
        content = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        told = error.strerror if isinstance(error, OSError) and error.strerror else "it is no UTF-8 text"
        raise InputError(told, file=str(path)) from error
    lines = content.splitlines(keepends=True)
    if str(path).lower().endswith(".csv"):
        rows: Iterable[Any] = csv.DictReader(lines)
    else:
        rows = (line for line in lines if line.strip())
    for number, row in enumerate(rows, 1):
        try:
            yield _row(json.loads(row) if isinstance(row, str) else row, number)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            told = "no text" if isinstance(error, KeyError) else str(error)
            raise InputError(told, file=str(path), row=number) from error


def _row(data: dict[str, Any], number: int) -> Row:
    text = data["text"]
    if not isinstance(text, str):
        raise TypeError("text is no string")
    killed, injured = (_number(data.get(harm)) for harm in HARMS)
    return Row(str(data.get("id") or number), text, killed, injured, data.get("published") or None)


def _number(value: object) -> int | None:
    if value is None or value == "":
        return None
    number = float(str(value))
    if number < 0 or number != int(number):
        raise ValueError(f"{value!r} is no count of people")
    return int(number)


def score_totals(rows: Iterable[Row], extract: Callable[[Row], Extraction], attackers: bool = True) -> Totals:
    """Score the numbers of the main event of each text.

    Args:
        rows: the descriptions.
        extract: gives the extraction of one.
        attackers: whether attackers who were harmed themselves count.
    """
    off: dict[str, list[int]] = {harm: [] for harm in HARMS}
    misses = []
    for row in rows:
        found = extract(row)
        for harm in HARMS:
            expected: int | None = getattr(row, harm)
            if expected is None:
                continue
            made = found.resolve(harm, attackers=attackers)
            number = made.best if made is not None else 0
            off[harm].append(abs(number - expected))
            if number != expected:
                misses.append(Miss(row.id, harm, expected, number, row.text))
    return Totals(
        judged={harm: len(told) for harm, told in off.items()},
        exact={harm: told.count(0) / len(told) if told else 0.0 for harm, told in off.items()},
        error={harm: sum(told) / len(told) if told else 0.0 for harm, told in off.items()},
        misses=tuple(misses),
    )
