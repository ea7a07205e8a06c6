"""The records: `Article` goes in, `Extraction` with its `Claim`s comes out.

All records are frozen and strict. Their JSON field names are the contract of this library; every
slot that the text does not fill is null, or an empty list. Offsets count Unicode code points of the
article's text, half open: ``text[start:end] == span.text``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, Self, get_args

from pydantic import ValidationError, field_validator, model_validator

from casualty_extract.checks import Check, check
from casualty_extract.errors import ArgumentError, InputError
from casualty_extract.records_claims import Claim, Incident, IncidentTime, Toll
from casualty_extract.records_parts import (
    Attribution,
    AttributionForm,
    Basis,
    Category,
    Cause,
    CauseLabel,
    Count,
    Flag,
    Form,
    Grain,
    Group,
    Harm,
    HarmLabel,
    Intent,
    Place,
    PlaceKind,
    Publication,
    PublicationBasis,
    Qualifier,
    Quantity,
    Record,
    Scope,
    Source,
    SourceKind,
    Span,
    Status,
    Time,
    Unit,
    Victims,
)
from casualty_extract.resolutions import Resolution, resolve

__all__ = [
    "SCHEMA_ID",
    "SCHEMA_VERSION",
    "Article",
    "Attribution",
    "AttributionForm",
    "Basis",
    "Category",
    "Cause",
    "CauseLabel",
    "Check",
    "Claim",
    "Count",
    "Document",
    "Extraction",
    "Flag",
    "Form",
    "Grain",
    "Group",
    "Harm",
    "HarmLabel",
    "Incident",
    "IncidentTime",
    "Intent",
    "Place",
    "PlaceKind",
    "Publication",
    "PublicationBasis",
    "Qualifier",
    "Quantity",
    "Record",
    "Resolution",
    "Scope",
    "Source",
    "SourceKind",
    "Span",
    "Status",
    "Time",
    "Toll",
    "Unit",
    "Victims",
    "json_schema",
    "sanitise",
]

UNREADABLE = re.compile("[\x00\ud800-\udfff]")
"""Code points that no sink can store: NUL, and halves of surrogate pairs."""

SCHEMA_VERSION = "1.1"
"""Version of the JSON contract: the second number grows when an optional field is added, the first
when a field changes its meaning or goes away."""

SCHEMA_ID = "urn:casualty-extract:schema:extraction:1.1"
"""The name of the JSON Schema, with its version."""


def sanitise(text: str) -> str:
    """Replace code points that no sink can store (lone surrogates, NUL) by U+FFFD, one for one.

    >>> sanitise("12 dead\\x00") == "12 dead\\ufffd"
    True
    """
    return UNREADABLE.sub("\ufffd", text)


class Article(Record):
    """One article as it is handed in.

    >>> from casualty_extract import Article
    >>> Article(id="a1", text="Gunmen killed 12 people.", title="Attack in Arda")
    Article('a1', 24 characters, title 'Attack in Arda')

    Attributes:
        id: a name that the caller knows the article by; the first 16 hexadecimal digits of the
            text's SHA-256 where none is given.
        text: the text in which claims are sought and in which all offsets count.
        title: the headline, where it is known apart from the text; it is context, never a claim.
        publisher: who published it.
        url: where it stands.
        published: the civil date of publication, from which relative dates are counted.
        language: BCP 47 tag; only English is understood.
        published_basis: how `published` is known: "given", or read from a page's "metadata".
    """

    id: str = ""
    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: date | None = None
    language: str = "en"
    published_basis: Literal["given", "metadata"] = "given"

    @field_validator("id", "title", "publisher", "url", mode="after")
    @classmethod
    def _storable(cls, value: str | None) -> str | None:
        return value if value is None else sanitise(value)

    @model_validator(mode="after")
    def _name_it(self) -> Self:
        if not self.id:
            # The one place where a frozen record is completed, before anyone else has seen it.
            object.__setattr__(self, "id", _digest(self.text)[:16])
        return self

    def __repr__(self) -> str:
        title = f", title {self.title!r}" if self.title else ""
        when = f", {self.published.isoformat()}" if self.published else ""
        return f"Article({self.id!r}, {len(self.text)} characters{when}{title})"


class Document(Record):
    """What is known of the article that was read.

    Attributes:
        id: the caller's name for it; made from the text where the caller gives none.
        title: the headline, where it was given apart from the text.
        publisher: who published it.
        url: where it stands.
        published: the civil date of publication; null where it is neither given nor found.
        language: BCP 47 tag.
        sha256: of the text in UTF-8.
        length: of the text in code points.
        published_from: how `published` is known; null where it is not. Where it is not null and `published`
            is, it is a date in figures with two readings that nothing settles.
    """

    id: str
    title: str | None
    publisher: str | None
    url: str | None
    published: date | None
    language: str
    sha256: str
    length: Count
    published_from: Publication | None = None

    @classmethod
    def of(cls, article: Article) -> Document:
        """Describe an article."""
        basis = article.published_basis if article.published is not None else None
        return cls(
            id=article.id,
            title=article.title,
            publisher=article.publisher,
            url=article.url,
            published=article.published,
            language=article.language,
            sha256=_digest(article.text),
            length=len(article.text),
            published_from=Publication(text=None, start=None, end=None, basis=basis) if basis else None,
        )


class Extraction(Record):
    """All claims of one article, and the incidents they tell of.

    Attributes:
        schema_version: of this record's JSON.
        document: the article.
        claims: in the order of their figures in the text.
        incidents: in the order of their first claims.
        text: the text that the offsets count in, where it is not the text as it was given: for HTML,
            the text extracted from it.
        flags: what a reader should know: "sanitised" (code points that cannot be stored were replaced
            by U+FFFD, one for one), "published_unknown" (no date given or found to count relative dates from).
    """

    schema_version: str = SCHEMA_VERSION
    document: Document
    claims: tuple[Claim, ...]
    incidents: tuple[Incident, ...]
    text: str | None = None
    flags: tuple[Flag, ...] = ()

    def __repr__(self) -> str:
        return f"Extraction({self.document.id!r}, {len(self.claims)} claims, {len(self.incidents)} incidents)"

    def _repr_html_(self) -> str:
        """Show itself in a notebook."""
        from casualty_extract import displays

        return displays.extraction(self.to_dict())

    def to_dict(self) -> dict[str, Any]:
        """Give plain data: dicts, lists, strings, numbers; dates in ISO 8601."""
        return self.model_dump(mode="json", exclude={"text"} if self.text is None else None)

    def to_json(self) -> str:
        """Give one line of JSON with keys in the order of the schema. `from_json` reverses it."""
        return json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, line: str | bytes) -> Extraction:
        """Read what `to_json` wrote; a record of an earlier 1.x becomes one of this version.

        Raises:
            InputError: it is no JSON, or does not follow the schema; the place is named as a JSON
                pointer.
        """
        try:
            found = cls.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            pointer = "/" + "/".join(str(part) for part in first["loc"])
            told = f"{pointer}: {first['msg']}"
            if first["loc"] == ("document",):
                # Most likely articles were given where their claims are wanted.
                told += "; it is no extraction, which `extract` and `batch` make of an article"
            raise InputError(told, file="extraction") from error
        if found.schema_version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
            raise InputError(
                f"/schema_version: {found.schema_version!r} cannot be read by version {SCHEMA_VERSION}",
                file="extraction",
            )
        if found.schema_version == "1.0":
            # Fields that came later are null or false.
            return found.model_copy(update={"schema_version": SCHEMA_VERSION})
        return found

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Extraction:
        """Read what `to_dict` gave; errors as in `from_json`."""
        return cls.from_json(json.dumps(data))

    def resolve(self, harm: HarmLabel = "killed", *, attackers: bool = True) -> Resolution | None:
        """Give the one number that the text tells of its main event, as data sets code it.

        >>> from casualty_extract import extract
        >>> found = extract("The gunman and five people were killed in Arda, police said.")
        >>> found.resolve(), found.resolve(attackers=False)
        (Resolution(killed 6), Resolution(killed 5))

        Args:
            harm: which harm.
            attackers: whether attackers who were harmed themselves count.

        Returns:
            The number with its bounds, or None where the text tells none.

        Raises:
            ArgumentError: there is no such harm.
        """
        if harm not in get_args(HarmLabel):
            raise ArgumentError("harm", harm, f"one of {', '.join(get_args(HarmLabel))}")
        return resolve(self.claims, harm, attackers)

    def checks(self) -> tuple[Check, ...]:
        """Give the sums that do not come out, and the figures of one event that contradict each other.

        >>> from casualty_extract import extract
        >>> text = "The army said 12 people were killed in Arda. Doctors said 30 people were killed in Arda."
        >>> [check.kind for check in extract(text).checks()]
        ['contradiction']
        """
        return check(self.claims)

    def spans(self) -> Iterator[Span]:
        """Yield every passage that the claims point to, in the order of the fields."""
        for claim in self.claims:
            yield claim.quantity
            if claim.harm:
                yield claim.harm
            v = claim.victims
            if v and v.text is not None and v.start is not None and v.end is not None:
                yield Span(text=v.text, start=v.start, end=v.end)
            yield from (part for part in (claim.cause, claim.perpetrator, claim.time) if part)
            yield from claim.places
            if claim.attribution:
                yield claim.attribution.source
                yield claim.attribution.cue
                yield from claim.attribution.chain
            yield claim.evidence


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of an `Extraction`.

    >>> json_schema()["$id"]
    'urn:casualty-extract:schema:extraction:1.1'
    """
    schema = Extraction.model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **schema,
        "title": "Extraction",
        "description": "Claims of casualties in one article. Offsets count Unicode code points, half open.",
    }


def _digest(text: str) -> str:
    # Code points that cannot be stored are replaced by U+FFFD here too, so that any str has a digest.
    return hashlib.sha256(sanitise(text).encode()).hexdigest()
