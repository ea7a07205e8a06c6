"""The records: `Article` goes in, `Extraction` with its `Claim`s comes out.

All records are frozen and strict. Their JSON field names are the contract of this library; every
slot that the text does not fill is null, or an empty list. Offsets count Unicode code points of the
article's text, half open: ``text[start:end] == span.text``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from casualty_extract.errors import InputError

__all__ = [
    "SCHEMA_ID",
    "SCHEMA_VERSION",
    "Article",
    "Attribution",
    "Cause",
    "Claim",
    "Document",
    "Extraction",
    "Harm",
    "Incident",
    "IncidentTime",
    "Place",
    "Quantity",
    "Source",
    "Span",
    "Time",
    "Toll",
    "Victims",
    "json_schema",
]

SCHEMA_VERSION = "1.0"
"""Version of the JSON contract: the second number grows when an optional field is added, the first
when a field changes its meaning or goes away."""

SCHEMA_ID = "urn:casualty-extract:schema:extraction:1.0"

Form = Literal["numeral", "word", "range", "singular", "name", "zero", "vague"]
Qualifier = Literal["exact", "at_least", "more_than", "at_most", "less_than", "approximately", "between"]
Unit = Literal["people", "reports", "incidents", "households"]
HarmLabel = Literal[
    "killed", "injured", "casualties", "missing", "displaced", "abducted", "detained", "trapped", "infected",
    "rescued",
]  # fmt: skip
Category = Literal["civilian", "combatant", "police", "perpetrator", "unspecified"]
Group = Literal[
    "children", "women", "men", "elderly", "journalists", "aid_workers", "medics", "peacekeepers", "prisoners",
    "students", "officials", "passengers", "refugees",
]  # fmt: skip
Scope = Literal["event", "additional", "cumulative"]
Intent = Literal["unintentional", "deliberate"]
CauseLabel = Literal[
    "airstrike", "shelling", "missile", "drone", "bombing", "shooting", "stabbing", "clash", "execution",
    "massacre", "landmine", "vehicle_attack", "chemical", "crackdown", "riot", "earthquake", "flood", "storm",
    "landslide", "volcano", "tsunami", "wildfire", "heat", "cold", "fire", "explosion", "crash", "shipwreck",
    "collapse", "stampede", "disease", "famine", "poisoning", "other",
]  # fmt: skip
Grain = Literal["day", "week", "month", "season", "year", "multi_year", "interval"]
Basis = Literal["sentence", "context"]
PlaceKind = Literal["country", "region", "city", "site"]
SourceKind = Literal[
    "military", "government", "police", "armed_group", "un", "ngo", "hospital", "rescue_service", "media",
    "witness", "official", "expert", "other",
]  # fmt: skip
AttributionForm = Literal["direct", "indirect", "mixed"]
Status = Literal[
    "confirmed", "assessed", "asserted", "alleged", "unconfirmed", "investigating", "possible", "denied",
    "hypothetical",
]  # fmt: skip
Flag = Literal["sanitised", "published_unknown"]
Count = Annotated[int, Field(ge=0)]


class _Record(BaseModel):
    # Python callers pass lists and ISO dates through from_json; the constructors stay strict so that
    # a wrong type is found where it is made. NaN and infinity have no place in JSON.
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)


class Article(_Record):
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
    """

    id: str = ""
    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: date | None = None
    language: str = "en"

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


class Span(_Record):
    """A passage of the text.

    >>> Span(text="61", start=120, end=122)
    Span('61' 120:122)

    Attributes:
        text: the passage, character for character.
        start: offset of its first character, in code points.
        end: offset after its last character.
    """

    text: str
    start: Count
    end: Count

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError(
                f"offsets {self.start}:{self.end} do not fit a text of {len(self.text)} characters"
            )
        return self

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r} {self.start}:{self.end})"


class Quantity(Span):
    """How many: the number expression and the bounds it states.

    >>> Quantity(text="685", start=9, end=12, form="numeral", qualifier="at_least", low=685, high=None, best=685)
    Quantity('685' 9:12, at_least, 685..)

    Attributes:
        form: how the figure is written.
        qualifier: how the text bounds it.
        low: the least number that the text allows; null where it states no lower bound.
        high: the greatest; null where it states no upper bound.
        best: the number that stands in the text, moved inside the bounds; null for vague words.
    """

    form: Form
    qualifier: Qualifier
    low: Count | None
    high: Count | None
    best: Count | None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        known = [n for n in (self.low, self.best, self.high) if n is not None]
        if known != sorted(known):
            raise ValueError(f"low {self.low}, best {self.best}, high {self.high} are not in order")
        return self

    def __repr__(self) -> str:
        low, high = ("" if n is None else str(n) for n in (self.low, self.high))
        bounds = low if low == high else f"{low}..{high}"
        return f"Quantity({self.text!r} {self.start}:{self.end}, {self.qualifier}, {bounds})"


class Harm(Span):
    """What happened: the word that carries the harm, and which harm it is."""

    label: HarmLabel

    def __repr__(self) -> str:
        return f"Harm({self.label}: {self.text!r} {self.start}:{self.end})"


class Victims(_Record):
    """To whom: the noun phrase that names who was harmed; text and offsets are null where none does.

    >>> Victims(text=None, start=None, end=None, category="unspecified", groups=())
    Victims(unspecified)
    """

    text: str | None
    start: Count | None
    end: Count | None
    category: Category
    groups: tuple[Group, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.text is None) != (self.start is None) or (self.text is None) != (self.end is None):
            raise ValueError("text, start and end are all given or all null")
        if self.text is not None and self.start is not None and self.end is not None:
            Span(text=self.text, start=self.start, end=self.end)
        return self

    def __repr__(self) -> str:
        where = f": {self.text!r} {self.start}:{self.end}" if self.text is not None else ""
        groups = f", {' '.join(self.groups)}" if self.groups else ""
        return f"Victims({self.category}{where}{groups})"


class Cause(Span):
    """By what: the word that names the method or the event, and its label."""

    label: CauseLabel

    def __repr__(self) -> str:
        return f"Cause({self.label}: {self.text!r} {self.start}:{self.end})"


class Time(Span):
    """When: the expression used and the interval of civil dates, both ends included.

    Attributes:
        earliest: the first day; null where the start is open or unknown.
        latest: the last day; null where the end is open or unknown.
        grain: how fine the expression is.
        basis: whether it stands in the claim's own sentence or was taken over from elsewhere.
    """

    earliest: date | None
    latest: date | None
    grain: Grain
    basis: Basis

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.earliest is not None and self.latest is not None and self.earliest > self.latest:
            raise ValueError(f"earliest {self.earliest} is after latest {self.latest}")
        return self

    def __repr__(self) -> str:
        return f"Time({self.text!r} {self.start}:{self.end}, {self.earliest}/{self.latest} {self.grain}, {self.basis})"


class Place(Span):
    """Where: a named place of the harm.

    Attributes:
        name: the gazetteer's name for it; the text's own where the gazetteer has none.
        kind: country, region, city (also towns and neighbourhoods) or site.
        country: ISO 3166-1 alpha-2 code.
        geonameid: the GeoNames identifier, where known.
        lat: latitude in decimal degrees (WGS 84).
        lon: longitude in decimal degrees (WGS 84).
        basis: whether it stands in the claim's own sentence or was taken over from elsewhere.
    """

    name: str
    kind: PlaceKind
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] | None
    geonameid: int | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    basis: Basis

    def __repr__(self) -> str:
        return f"Place({self.text!r} {self.start}:{self.end}, {self.kind}, {self.country}, {self.basis})"


class Source(Span):
    """Who states the figure: the noun phrase nearest to the cue, and what it refers to."""

    name: str
    kind: SourceKind

    def __repr__(self) -> str:
        return f"Source({self.text!r} {self.start}:{self.end}, {self.kind}, name {self.name!r})"


class Attribution(_Record):
    """The source of a claim, the word that introduces it, and whether the figure is quoted."""

    source: Source
    cue: Span
    form: AttributionForm


class Claim(_Record):
    """One figure of harm that a text states, whoever states it and however sure they are.

    Attributes:
        id: derived from the text and the claim's own passages: the same claim keeps it.
        quantity: how many.
        unit: what is counted.
        harm: what happened; null only for counted incidents that name no harm.
        victims: to whom; null where no people are counted.
        scope: the toll of one event, an addition to one, or a running total.
        intent: where the text says that the harm was meant or not.
        cause: by what.
        perpetrator: who did it or is blamed.
        time: when the harm happened, or the period of a running total.
        places: where, most specific first.
        attribution: who says so; null where the reporter speaks.
        status: how far the text stands behind the figure.
        evidence: the sentence that states it.
        part_of: the id of the claim whose figure contains this one.
        incident: the id of the incident it belongs to.
        confidence: the probability that the claim is right; null as long as it is not calibrated.
    """

    id: str
    quantity: Quantity
    unit: Unit
    harm: Harm | None
    victims: Victims | None
    scope: Scope
    intent: Intent | None
    cause: Cause | None
    perpetrator: Span | None
    time: Time | None
    places: tuple[Place, ...]
    attribution: Attribution | None
    status: Status
    evidence: Span
    part_of: str | None
    incident: str | None
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None

    def __repr__(self) -> str:
        harm = self.harm.label if self.harm else self.unit
        who = f" {self.victims.category}" if self.victims and self.victims.category != "unspecified" else ""
        q = self.quantity
        said = f", {self.attribution.source.name!r}" if self.attribution else ""
        return f"Claim({q.text!r} {q.start}:{q.end}{who} {harm}, {self.status}{said})"


class Toll(_Record):
    """What the claims of one incident add up to, for one harm and one category of victims."""

    harm: HarmLabel
    category: Category
    low: Count | None
    best: Count | None
    high: Count | None


class IncidentTime(_Record):
    """The interval of civil dates of an incident, both ends included."""

    earliest: date | None
    latest: date | None


class Incident(_Record):
    """One event, or one running total, with the claims about it."""

    id: str
    claims: tuple[str, ...]
    time: IncidentTime | None
    places: tuple[str, ...]
    cause: CauseLabel | None
    perpetrator: str | None
    tolls: tuple[Toll, ...]


class Document(_Record):
    """What is known of the article that was read.

    Attributes:
        sha256: of the text in UTF-8.
        length: of the text in code points.
    """

    id: str
    title: str | None
    publisher: str | None
    url: str | None
    published: date | None
    language: str
    sha256: str
    length: Count

    @classmethod
    def of(cls, article: Article) -> Document:
        """Describe an article."""
        return cls(
            id=article.id,
            title=article.title,
            publisher=article.publisher,
            url=article.url,
            published=article.published,
            language=article.language,
            sha256=_digest(article.text),
            length=len(article.text),
        )


class Extraction(_Record):
    """All claims of one article, and the incidents they tell of.

    Attributes:
        schema_version: of this record's JSON.
        document: the article.
        claims: in the order of their figures in the text.
        incidents: in the order of their first claims.
        text: the text that the offsets count in, where it is not the text as it was given: for HTML,
            the text extracted from it.
        flags: what a reader should know: "sanitised" (code points that cannot be stored were replaced
            by U+FFFD, one for one), "published_unknown" (no date to count relative dates from).
    """

    schema_version: str = SCHEMA_VERSION
    document: Document
    claims: tuple[Claim, ...]
    incidents: tuple[Incident, ...]
    text: str | None = None
    flags: tuple[Flag, ...] = ()

    def __repr__(self) -> str:
        return f"Extraction({self.document.id!r}, {len(self.claims)} claims, {len(self.incidents)} incidents)"

    def to_dict(self) -> dict[str, Any]:
        """Give plain data: dicts, lists, strings, numbers; dates in ISO 8601."""
        return self.model_dump(mode="json", exclude={"text"} if self.text is None else None)

    def to_json(self) -> str:
        """Give one line of JSON with keys in the order of the schema. `from_json` reverses it."""
        return json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, line: str | bytes) -> Extraction:
        """Read what `to_json` wrote.

        Raises:
            InputError: it is no JSON, or does not follow the schema; the place is named as a JSON
                pointer.
        """
        try:
            found = cls.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            pointer = "/" + "/".join(str(part) for part in first["loc"])
            raise InputError(f"{pointer}: {first['msg']}", file="extraction") from error
        if found.schema_version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
            raise InputError(
                f"/schema_version: {found.schema_version!r} cannot be read by version {SCHEMA_VERSION}",
                file="extraction",
            )
        return found

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Extraction:
        """Read what `to_dict` gave; errors as in `from_json`."""
        return cls.from_json(json.dumps(data))

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
            yield claim.evidence


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of an `Extraction`.

    >>> json_schema()["$id"]
    'urn:casualty-extract:schema:extraction:1.0'
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
    # A lone surrogate has no UTF-8; it is replaced as everywhere else so that any str has a digest.
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
