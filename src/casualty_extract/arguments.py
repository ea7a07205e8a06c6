"""What callers hand in, checked and brought into one form; a bad argument is named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from os import PathLike
from pathlib import Path
from typing import Any, cast, get_args

from casualty_extract.errors import ArgumentError
from casualty_extract.facts import DateOrder, Vagueness
from casualty_extract.lexicon.gazetteer import reopen
from casualty_extract.records import Article

__all__ = ["checked_article", "checked_gazetteer", "checked_order", "checked_vagueness"]


def checked_article(
    article: str | Article, published: date | str | None, title: str | None, publisher: str | None
) -> Article:
    """Make one article of a text or article and of what is stated beside it, which wins.

    >>> checked_article("Gunmen killed 12.", "2017-09-01", None, None).published
    datetime.date(2017, 9, 1)

    Raises:
        ArgumentError: an argument cannot be used; it is named.
    """
    if not isinstance(article, str | Article):
        raise ArgumentError("article", article, "a str or an Article")
    for name, value in (("title", title), ("publisher", publisher)):
        if value is not None and not isinstance(value, str):
            raise ArgumentError(name, value, "a str or None")
    given = {"published": _date(published), "title": title, "publisher": publisher}
    stated = {name: value for name, value in given.items() if value is not None}
    if published is not None:
        stated["published_basis"] = "given"
    if isinstance(article, str):
        return Article(text=article, **cast(dict[str, Any], stated))
    return article.model_copy(update=stated) if stated else article


def _date(value: date | str | None) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value).date()
        except ValueError:
            pass
    raise ArgumentError("published", value, "a date, or a date in ISO 8601 such as '2017-09-01'")


def checked_order(value: str | None) -> DateOrder | None:
    """Give back a date order.

    >>> checked_order("DMY")
    'DMY'

    Raises:
        ArgumentError: it is none of the three.
    """
    if value is not None and value not in get_args(DateOrder):
        raise ArgumentError("date_order", value, "one of DMY, MDY, YMD, or None")
    return cast(DateOrder | None, value)


def checked_gazetteer(value: str | PathLike[str] | Sequence[str | PathLike[str]] | None) -> list[str]:
    """Give the paths of files of places, whole, so that they hold in other folders and processes too.

    >>> checked_gazetteer(None)
    []

    Raises:
        ArgumentError: it is no path, and no sequence of paths.
        GazetteerError: a file is missing or cannot be used; it is named, and its row.
    """
    given = [value] if isinstance(value, str | PathLike) else value
    if given is None:
        return []
    if not isinstance(given, Sequence) or not all(isinstance(path, str | PathLike) for path in given):
        raise ArgumentError("gazetteer", value, "a path, or a list of paths")
    paths = [str(Path(path).absolute()) for path in given]
    reopen(paths)
    return paths


def checked_vagueness(value: str) -> Vagueness:
    """Give back the name of a set of readings for vague words.

    >>> checked_vagueness("acled")
    'acled'

    Raises:
        ArgumentError: it is none of the three.
    """
    if value not in get_args(Vagueness):
        raise ArgumentError("vagueness", value, "one of default, acled, ucdp")
    return cast(Vagueness, value)
