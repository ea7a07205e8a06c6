"""Incidents in the columns of data sets: UCDP GED, ACLED, Airwars and HXL, filled only with what the text supports.

What needs a human's judgement or a data set's own lists is left empty: conflicts and sides, types of violence, codes of
actors, gradings. `low` and `high` are the bounds over the claims that count; the one best number is taken by a named
rule, whose name stands beside it in a column behind the data set's own.

One row is one incident: of each article by itself, or of an archive where linked incidents are given. What a data set
has no rows for (disasters in UCDP and ACLED, running totals everywhere) is left out and counted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal, Self, TextIO, get_args

from casualty_extract import exports_acled, exports_airwars, exports_hxl, exports_ucdp
from casualty_extract.errors import ArgumentError
from casualty_extract.exports_figures import BestRule, Vague
from casualty_extract.exports_incidents import rows
from casualty_extract.exports_rows import Cell, Row
from casualty_extract.linking_records import LinkedIncident
from casualty_extract.records import Extraction
from casualty_extract.writers import shown

__all__ = ["COLUMNS", "HEADINGS", "BestRule", "DataSet", "Rows", "Vague", "export", "write_export"]

DataSet = Literal["ucdp", "acled", "airwars", "hxl"]

COLUMNS: Mapping[DataSet, tuple[str, ...]] = MappingProxyType(
    {
        "ucdp": exports_ucdp.COLUMNS,
        "acled": exports_acled.COLUMNS,
        "airwars": exports_airwars.COLUMNS,
        "hxl": exports_hxl.COLUMNS,
    }
)
"""The columns of each data set in their order, ours behind its own; those of HXL are hashtags."""
HEADINGS: Mapping[str, str] = MappingProxyType(exports_hxl.HEADINGS)
"""The words of HXL's head row, by hashtag."""


@dataclass(frozen=True, slots=True)
class _Form:
    refuses: Callable[[Row], str | None]
    cells: Callable[[Row, BestRule], Mapping[str, Cell]]
    rule: BestRule = "toll"


_FORMS: dict[DataSet, _Form] = {
    "ucdp": _Form(exports_ucdp.refuses, exports_ucdp.cells),
    "acled": _Form(exports_acled.refuses, exports_acled.cells, "lowest"),
    "airwars": _Form(exports_airwars.refuses, lambda row, _: exports_airwars.cells(row)),
    "hxl": _Form(exports_hxl.refuses, lambda row, _: exports_hxl.cells(row)),
}


class Rows(Iterator[dict[str, Cell]]):
    """The rows of an export, made one by one as they are asked for.

    >>> from casualty_extract import extract
    >>> rows = export([extract("Floods killed 40 people in Jakarta.")], "ucdp")
    >>> list(rows), rows.made, dict(rows.left_out)
    ([], 0, {'disaster or accident': 1})

    Attributes:
        data_set: whose columns they have.
        made: how many rows there were so far.
        left_out: how many incidents had no row so far, by reason.
    """

    def __init__(
        self, rows: Iterable[Row], data_set: DataSet, rule: BestRule | None, left_out: Counter[str]
    ) -> None:
        self.data_set = data_set
        self.made = 0
        self.left_out = left_out
        self._rows = iter(rows)
        self._rule = rule or _FORMS[data_set].rule

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> dict[str, Cell]:
        filled = _FORMS[self.data_set].cells(next(self._rows), self._rule)
        self.made += 1
        return {column: filled.get(column) for column in COLUMNS[self.data_set]}


def export(
    extractions: Iterable[Extraction],
    as_: DataSet = "ucdp",
    *,
    linked: Iterable[LinkedIncident] | None = None,
    best_rule: BestRule | None = None,
    vague: Vague = "keep",
    everything: bool = False,
) -> Rows:
    """Give the incidents of extractions as rows of a data set.

    >>> from casualty_extract import extract
    >>> found = extract("Shelling killed six civilians in Mosul on Friday, police said.", published="2017-09-03")
    >>> [row] = export([found], "ucdp")
    >>> row["date_start"], row["where_coordinates"], row["deaths_civilians"], row["best"], row["best_rule"]
    (datetime.date(2017, 9, 1), 'Mosul', 6, 6, 'toll')
    >>> [row] = export([found], "acled")
    >>> row["event_date"], row["iso"], row["sub_event_type"], row["fatalities"]
    (datetime.date(2017, 9, 1), 368, 'Shelling/artillery/missile attack', 6)

    Args:
        extractions: of articles. Without `linked` they are read one by one as rows are asked for; the same article
            given twice counts once.
        as_: whose columns: "ucdp", "acled", "airwars" or "hxl".
        linked: the incidents of the archive, as `casualty_extract.linking.link` made them from these extractions: a
            row each, in their order. What all extractions tell is kept in memory then.
        best_rule: how the one number is taken from the figures that stand for the same people: "toll" (of an
            article's figures the greatest, of several articles' the latest), "told_last", "lowest", "median" or "highest". None
            takes the data set's own: "lowest" for ACLED, "toll" for UCDP; Airwars and HXL have bounds alone.
        vague: "keep" leaves the bounds of vague words as they are and gives them no number; "acled" sets the numbers that
            ACLED codes: 12 for "dozens", 100 for "hundreds".
        everything: keep the incidents too that the data set has no rows for.

    Raises:
        ArgumentError: an argument cannot be used; it is named.
    """
    _check("as_", as_, get_args(DataSet))
    _check("vague", vague, get_args(Vague))
    if best_rule is not None:
        _check("best_rule", best_rule, get_args(BestRule))
    left_out: Counter[str] = Counter()
    found = rows(extractions, linked, vague, left_out)
    wanted = found if everything else _wanted(found, _FORMS[as_].refuses, left_out)
    return Rows(wanted, as_, best_rule, left_out)


def _check(name: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise ArgumentError(name, value, f"one of {', '.join(choices)}")


def _wanted(
    rows: Iterable[Row], refuses: Callable[[Row], str | None], left_out: Counter[str]
) -> Iterator[Row]:
    for row in rows:
        reason = refuses(row)
        if reason is None:
            yield row
        else:
            left_out[reason] += 1


def write_export(rows: Rows, stream: TextIO, *, to: Literal["csv", "jsonl"] = "csv") -> None:
    """Write rows, each as soon as it is there: CSV with a head row (for HXL with the hashtags below it), or JSON Lines.

    >>> import io
    >>> from casualty_extract import extract
    >>> stream = io.StringIO()
    >>> found = extract("A bomb killed 12 people in Mosul on Friday.", published="2017-09-03")
    >>> write_export(export([found], "hxl"), stream)
    >>> [line[:28] for line in stream.getvalue().splitlines()][:2]
    ['Incident,Kind of event,Cause', '#event+code,#event+type,#cau']

    Text that a spreadsheet could take for a formula gets an apostrophe in front, as `casualty_extract.writers` tells.

    Args:
        rows: what `export` gave.
        stream: where to; a file is opened with ``encoding="utf-8", newline=""``, and with ``"utf-8-sig"`` for Excel.
        to: "csv" or "jsonl".

    Raises:
        ArgumentError: `to` is neither of the two.
    """
    _check("to", to, ("csv", "jsonl"))
    columns = COLUMNS[rows.data_set]
    if to == "csv":
        if rows.data_set == "hxl":
            stream.write(",".join(shown(HEADINGS[column]) for column in columns) + "\n")
        stream.write(",".join(columns) + "\n")
    for row in rows:
        if to == "csv":
            stream.write(",".join(shown(row[column]) for column in columns) + "\n")
        else:
            plain = {name: cell.isoformat() if isinstance(cell, date) else cell for name, cell in row.items()}
            stream.write(json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n")
        stream.flush()
