"""The day on which an article was published, found in the article where its caller gave none.

*Finds* the day in stamps, bylines and headers of releases at the top and bottom of the text, in the dateline, and in
the article's address (".../2017/09/01/..."). A dateline without a year ("MOSUL, Sept 1 -") takes that of the
address or of the copyright line; no other year of the article is its own often enough.
*Leaves alone* dates of events, days before 1800 or after 2099, days of two readings ("01/09/2017") that nothing
settles, several dates that stand alone on lines. "Updated" counts where nothing else tells the day.
*Marks* with `settle` the facts of a Doc, so that all stages count from the day; `find` gives it with its passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from spacy.tokens import Doc

from casualty_extract import facts
from casualty_extract.facts import DateOrder, Origin
from casualty_extract.publication_lines import Dated, copyright_year, head, read, tail
from casualty_extract.times_calendar import on
from casualty_extract.times_orders import Numeric
from casualty_extract.times_words import words

__all__ = ["Found", "find", "in_address", "settle"]

FIRST = date(1800, 1, 1)
"""The first day that counts: newspapers before it are not read here."""
LAST = date(2099, 12, 31)
"""The last day that counts. It is no clock's: the same article has the same day whenever it is read."""
FIRST_ADDRESS = date(1995, 1, 1)
"""The first day that an address can tell, as htmldate has it for pages."""
HEADING = 6
"""In which of the first lines a date alone is that of the article."""
CLOSING = 3
"""In which of the last lines."""
ADDRESS = re.compile(
    r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?:(?P<mark>[/_-])(?P<month>[0-9]{1,2}|[a-z]{3,9})(?:(?P=mark)(?P<day>[0-9]{1,2}))?"
    r"|(?P<packed>[0-9]{4}))?(?![0-9])",
    re.IGNORECASE,
)
"""A year, a year and month, or a day in the path of an address; bounded by what is no digit."""


class Found(NamedTuple):
    """The day of publication, or where it would stand.

    Attributes:
        day: the day; None where it stands in figures that can be read two ways, and nothing settles them.
        origin: how it was found, and where in the text.
    """

    day: date | None
    origin: Origin


class Address(NamedTuple):
    """What an address tells of the day."""

    year: int | None = None
    month: int | None = None
    day: date | None = None


def settle(doc: Doc) -> None:
    """Find the day of a Doc whose article came without one, and leave it among the Doc's facts."""
    known = facts.facts(doc)
    if known.published is None and known.origin is None:
        found = find(doc.text, url=known.url, order=known.date_order)
        if found is not None:
            facts.attach(doc, known._replace(published=found.day, origin=found.origin))


def find(text: str, *, url: str | None = None, order: DateOrder | None = None) -> Found | None:
    """Find the day on which an article was published.

    >>> find("Blast kills six\\n\\nPublished: 1 September 2017\\n\\nSix people died.").day
    datetime.date(2017, 9, 1)
    >>> find("Six people died on 1 September 2017.") is None
    True

    Args:
        text: the article's text; only its first and last lines are read.
        url: its address.
        order: how it writes dates in figures, where declared.

    Returns:
        The day and how it was found; None where the article does not tell it.
    """
    top, bottom = head(text), tail(text)
    bottom = [line for line in bottom if not top or line.start > top[-1].start]
    dated = [(line.number < HEADING, each) for line in top for each in read(text, line)]
    dated += [
        (line.number < CLOSING, each)
        for line in bottom
        for each in read(text, line)
        if each.kind != "dateline"
    ]
    address = in_address(url or "")
    reader = _Reader(text, [each for _, each in dated], address, order)
    unsettled: Found | None = None
    for kind, basis in (("published", "byline"), ("alone", "byline"), ("dateline", "dateline")):
        of_kind = [each for near, each in dated if each.kind == kind and (near or kind != "alone")]
        if kind == "alone" and len({each.meaning for each in of_kind}) > 1:
            # Headings of a chronicle.
            continue
        for each in of_kind:
            day = reader.day(each)
            found = Found(day, Origin(basis, each.start, each.end))
            if day is not None:
                return found
            if reader.is_open(each):
                unsettled = unsettled or found
    if address.day is not None:
        return Found(address.day, Origin("url"))
    for _, each in dated:
        day = reader.day(each) if each.kind == "updated" else None
        if day is not None:
            return Found(day, Origin("byline", each.start, each.end))
    return unsettled


class _Reader:
    """Reads the dates of an article's own lines.

    Args:
        text: the article.
        dated: the dates of its lines.
        address: what its address tells.
        order: how it writes dates in figures, where declared.
    """

    def __init__(self, text: str, dated: Sequence[Dated], address: Address, order: DateOrder | None) -> None:
        self.text = text
        self.address = address
        figures = [each.meaning for each in dated if isinstance(each.meaning, Numeric)]
        orders = {m.order for m in figures} - {None}
        self.order = order or (orders.pop() if len(orders) == 1 else None)
        self.last = max((day for each in dated if (day := self._plain(each)) is not None), default=None)

    def day(self, dated: Dated) -> date | None:
        """Give the day; None where it lies out of bounds, lacks a year, or has two readings."""
        meaning = dated.meaning
        if isinstance(meaning, Numeric):
            possible = self._readings(meaning)
            return possible[0] if len(possible) == 1 else None
        if meaning.year is None:
            year = self._year(meaning.month)
            found = on(year, meaning.month, meaning.day, meaning.weekday) if year is not None else None
        else:
            found = on(meaning.year, meaning.month, meaning.day)
        return found if found is not None and _is_possible(found) else None

    def is_open(self, dated: Dated) -> bool:
        """Tell whether a date in figures has two readings, and nothing settles which is meant."""
        return isinstance(dated.meaning, Numeric) and len(self._readings(dated.meaning)) > 1

    def _plain(self, dated: Dated) -> date | None:
        return None if isinstance(dated.meaning, Numeric) or dated.meaning.year is None else self.day(dated)

    def _readings(self, meaning: Numeric) -> list[date]:
        """Give the possible days, as few as what else is known leaves: the surest sign first."""
        if meaning.year is None:
            return []
        both = [
            on(meaning.year, meaning.second, meaning.first),
            on(meaning.year, meaning.first, meaning.second),
        ]
        days = list(dict.fromkeys(day for day in both if day is not None and _is_possible(day)))
        if len(days) < 2:
            return days
        own = {self.address.day, self.last}
        named = _months(self.text)
        signs = (
            [day for day in days if meaning.weekday is not None and day.weekday() == meaning.weekday],
            [days[1 if self.order == "MDY" else 0]] if self.order in {"DMY", "MDY"} else [],
            [day for day in days if day in own],
            [day for day in days if day.month == self.address.month],
            [day for day in days if day.month in named],
        )
        return next((left for left in signs if len(left) == 1), days)

    def _year(self, month: int) -> int | None:
        """Give the year of a dateline without one: that of the address, or of the copyright."""
        year = self.address.year
        if year is not None:
            other = self.address.month
            if other == 1 and month == 12:
                return year - 1
            return year if other is None or other - month in {0, 1} else None
        years = {copyright_year(self.text, line) for line in tail(self.text)} - {None}
        return years.pop() if len(years) == 1 else None


def in_address(url: str) -> Address:
    """Read the day, the month or the year in the path of an address.

    >>> in_address("https://news.example/2017/09/01/blast").day
    datetime.date(2017, 9, 1)
    >>> in_address("https://news.example/article/20174561")
    Address(year=None, month=None, day=None)

    Args:
        url: the address; what follows "?" or "#" is passed over.
    """
    path = re.split(r"[?#]", url, maxsplit=1)[0].rpartition("://")[2].partition("/")[2]
    found = list(_addresses(path))
    days = {each.day for each in found if each.day is not None}
    if len(days) == 1:
        return next(each for each in found if each.day is not None)
    months = {each[:2] for each in found if each.month is not None}
    if days or len(months) > 1:
        return Address()
    if months:
        return Address(*months.pop())
    years = {each.year for each in found}
    return Address(years.pop()) if len(years) == 1 else Address()


def _addresses(path: str) -> Iterable[Address]:
    for m in ADDRESS.finditer(path):
        year = int(m["year"])
        opens = m.start() == 0 or path[m.start() - 1] in "/-_"
        closes = m.end() == len(path) or path[m.end()] in "/-_."
        if not opens or not closes or not FIRST_ADDRESS.year <= year:
            continue
        month, day = (m["packed"][:2], m["packed"][2:]) if m["packed"] else (m["month"], m["day"])
        number = _month(month)
        if month is None:
            # A year in the words of an address is any year; one between slashes sorts articles.
            if (m.start() == 0 or path[m.start() - 1] == "/") and path[m.end() : m.end() + 1] == "/":
                yield Address(year)
        elif number is None:
            continue
        elif day is not None:
            found = on(year, number, int(day))
            if found is not None and found >= FIRST_ADDRESS and _is_possible(found):
                yield Address(year, number, found)
        elif m["mark"] == "/":
            yield Address(year, number)


def _month(text: str | None) -> int | None:
    if text is None:
        return None
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else None
    row = words().months.get(text.lower())
    return row.number if row is not None else None


WORD = re.compile(r"\b[A-Z][a-z]{2,8}\b")
NEAR = 5_000
"""How many characters of a text are looked through for the months that it names."""


def _months(text: str) -> frozenset[int]:
    table = words().months
    found = (table.get(word.lower()) for word in set(WORD.findall(text, 0, NEAR)))
    return frozenset(row.number for row in found if row is not None and not row.verb)


def _is_possible(day: date) -> bool:
    return FIRST <= day <= LAST
