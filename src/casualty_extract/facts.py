"""What is known of an article beside its text, and what the caller chose for it, as they travel on a Doc.

Plain strings under keys of `Doc.user_data`, so that they reach other processes and saved Docs too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple, cast

from spacy.tokens import Doc

__all__ = [
    "DateOrder",
    "Facts",
    "Origin",
    "Vagueness",
    "attach",
    "default_date_order",
    "facts",
    "gazetteer",
    "set_gazetteer",
    "set_vagueness",
    "vagueness",
]

DateOrder = Literal["DMY", "MDY", "YMD"]
Vagueness = Literal["default", "acled", "ucdp"]

VAGUENESS = "casualty.vagueness"
"""The key of `Doc.user_data` that names the readings of vague words."""
GAZETTEER = "casualty.gazetteer"
"""The key of `Doc.user_data` that names the user's files of places."""
FACTS = "casualty.article"
"""The key of `Doc.user_data` under which the article's own facts travel, as plain strings."""


class Origin(NamedTuple):
    """Where the article itself tells its day of publication: how, and between which characters of its text."""

    basis: str
    start: int | None = None
    end: int | None = None


class Facts(NamedTuple):
    """What is known of an article beside its text.

    Attributes:
        id: the article's id.
        published: its civil date of publication, where known.
        origin: where `published` was found in the article; None where the caller gave it.
        title: its headline, where it is known apart from the text.
        publisher: who published it, where known.
        url: where it stands, where known.
        date_order: how the article writes numeric dates, where declared.
    """

    id: str | None = None
    published: date | None = None
    title: str | None = None
    publisher: str | None = None
    date_order: DateOrder | None = None
    url: str | None = None
    origin: Origin | None = None


def attach(doc: Doc, known: Facts) -> None:
    """Leave on a Doc what is known of its article."""
    doc.user_data[FACTS] = {
        **known._asdict(),
        "published": known.published.isoformat() if known.published else None,
        "origin": list(known.origin) if known.origin else None,
    }


def facts(doc: Doc) -> Facts:
    """Read what is known of the article beside its text; all unknown on a bare Doc."""
    stored = doc.user_data.get(FACTS)
    if stored is None:
        return Facts()
    published, origin = stored["published"], stored.get("origin")
    return Facts(**{
        **stored,
        "published": date.fromisoformat(published) if published else None,
        "origin": Origin(*origin) if origin else None,
    })  # fmt: skip


def default_date_order(doc: Doc, order: DateOrder | None) -> None:
    """Give a Doc the pipeline's date order, unless the article declared one of its own."""
    if order is not None and facts(doc).date_order is None:
        stored = doc.user_data.setdefault(FACTS, dict.fromkeys(Facts._fields))
        stored["date_order"] = order


def set_vagueness(doc: Doc, readings: Vagueness) -> None:
    """Leave on a Doc whose readings of vague words count; nothing for our own."""
    if readings != "default":
        doc.user_data[VAGUENESS] = readings


def vagueness(doc: Doc) -> Vagueness:
    """Tell whose readings of vague words count."""
    return cast(Vagueness, doc.user_data.get(VAGUENESS, "default"))


def set_gazetteer(doc: Doc, files: Sequence[str]) -> None:
    """Leave on a Doc the user's files of places; nothing for the bundled names alone."""
    if files:
        doc.user_data[GAZETTEER] = list(files)


def gazetteer(doc: Doc) -> tuple[str, ...]:
    """Give the user's files of places."""
    return tuple(doc.user_data.get(GAZETTEER, ()))
