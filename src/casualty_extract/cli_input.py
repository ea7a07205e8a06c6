"""Which articles a command reads: the arguments and options that commands share, and what is made of them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from casualty_extract.errors import ArgumentError

# What is slow to import is imported where it is first needed, as in `cli`.
if TYPE_CHECKING:
    from casualty_extract.readers import Columns

__all__ = [
    "DateKey",
    "Files",
    "From",
    "FromOption",
    "IdKey",
    "Published",
    "PublisherKey",
    "TextKey",
    "TitleKey",
    "UrlKey",
    "check_date",
    "columns_of",
]


class From(StrEnum):
    """What the input is."""

    AUTO = "auto"
    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    PARQUET = "parquet"
    WARC = "warc"


Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILE|-",
        show_default=False,
        help="Articles: files, folders, patterns such as 'news/**/*.jsonl'; none or - for standard input.",
    ),
]
FromOption = Annotated[
    From, typer.Option("--from", help="Format of the input; auto goes by the file's ending.")
]
Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Day of publication (2017-09-01), for articles that state none."),
]
TextKey = Annotated[
    str | None,
    typer.Option("--text-key", metavar="KEY", help="Key or column of the text, if it has no usual name."),
]
IdKey = Annotated[str | None, typer.Option("--id-key", metavar="KEY", help="The same of the id.")]
DateKey = Annotated[
    str | None, typer.Option("--date-key", metavar="KEY", help="The same of the day of publication.")
]
UrlKey = Annotated[str | None, typer.Option("--url-key", metavar="KEY", help="The same of the address.")]
TitleKey = Annotated[str | None, typer.Option("--title-key", metavar="KEY", help="The same of the headline.")]
PublisherKey = Annotated[
    str | None, typer.Option("--publisher-key", metavar="KEY", help="The same of the publisher.")
]


def columns_of(
    text_key: str | None = None,
    id_key: str | None = None,
    date_key: str | None = None,
    url_key: str | None = None,
    title_key: str | None = None,
    publisher_key: str | None = None,
) -> Columns:
    """Make of the options for keys what the readers take.

    >>> columns_of(text_key="story", date_key="meta.date").published
    'meta.date'

    Args:
        text_key: of `--text-key`, and so on; None where the option was not given.
        id_key: of `--id-key`.
        date_key: of `--date-key`.
        url_key: of `--url-key`.
        title_key: of `--title-key`.
        publisher_key: of `--publisher-key`.

    Raises:
        typer.BadParameter: the text is taken from nowhere.
    """
    from casualty_extract.readers import Columns

    if text_key == "":
        raise typer.BadParameter("the text must stand somewhere", param_hint="--text-key")
    return Columns(
        text=text_key, id=id_key, published=date_key, url=url_key, title=title_key, publisher=publisher_key
    )


def check_date(published: str | None) -> None:
    """Refuse a day that is none before any article is read.

    Raises:
        typer.BadParameter: it is none.
    """
    if published is None:
        return
    from casualty_extract.readers import read_date

    try:
        read_date(published)
    except ArgumentError as error:
        raise typer.BadParameter(
            f"{published!r} is not {error.expected.partition(',')[0]}", param_hint="--published"
        ) from None
