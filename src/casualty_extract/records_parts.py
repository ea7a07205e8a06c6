"""The parts of a claim: passages of the text with what they were read as."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

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
PublicationBasis = Literal["given", "metadata", "byline", "dateline", "url"]
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
"""A whole number that is not negative."""


class Record(BaseModel):
    """The base of all records: frozen, strict, no unknown fields, no NaN."""

    # Python callers pass lists and ISO dates through from_json; the constructors stay strict so that
    # a wrong type is found where it is made. NaN and infinity have no place in JSON.
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)

    def __str__(self) -> str:
        return repr(self)


def check_order(low: int | None, best: int | None, high: int | None) -> None:
    """Hold the bounds of a count in order, as far as they are known.

    Raises:
        ValueError: they are not.
    """
    known = [n for n in (low, best, high) if n is not None]
    if known != sorted(known):
        raise ValueError(f"low {low}, best {best}, high {high} are not in order")


class Span(Record):
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
        if not self.text or self.end - self.start != len(self.text):
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
        check_order(self.low, self.best, self.high)
        return self

    def __repr__(self) -> str:
        low, high = ("" if n is None else str(n) for n in (self.low, self.high))
        bounds = low if low == high else f"{low}..{high}"
        return f"Quantity({self.text!r} {self.start}:{self.end}, {self.qualifier}, {bounds})"


class Harm(Span):
    """What happened: the word that carries the harm, and which harm it is.

    Attributes:
        label: which harm it is.
    """

    label: HarmLabel

    def __repr__(self) -> str:
        return f"Harm({self.label}: {self.text!r} {self.start}:{self.end})"


class _Passage(Record):
    """A passage that may be missing: text and offsets are null then.

    Attributes:
        text: the passage, character for character; null where there is none.
        start: offset of its first character, in code points.
        end: offset after its last character.
    """

    text: str | None
    start: Count | None
    end: Count | None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.text is None) != (self.start is None) or (self.text is None) != (self.end is None):
            raise ValueError("text, start and end are all given or all null")
        if self.text is not None and self.start is not None and self.end is not None:
            Span(text=self.text, start=self.start, end=self.end)
        return self

    def _where(self) -> str:
        return f": {self.text!r} {self.start}:{self.end}" if self.text is not None else ""


class Publication(_Passage):
    """How the day of publication is known, and the passage that states it where one does.

    >>> Publication(text=None, start=None, end=None, basis="given")
    Publication(given)

    Attributes:
        basis: "given" by the caller, "metadata" of a web page, "byline" (a stamp, byline or header in the
            text), "dateline", or "url", the article's address.
    """

    basis: PublicationBasis

    def __repr__(self) -> str:
        return f"Publication({self.basis}{self._where()})"


class Victims(_Passage):
    """To whom: the noun phrase that names who was harmed; text and offsets are null where none does.

    >>> Victims(text=None, start=None, end=None, category="unspecified", groups=())
    Victims(unspecified)

    Attributes:
        category: what kind of people they are: fighters, police, attackers or civilians.
        groups: further groups that the words state.
    """

    category: Category
    groups: tuple[Group, ...] = ()

    def __repr__(self) -> str:
        where = self._where()
        groups = f", {' '.join(self.groups)}" if self.groups else ""
        return f"Victims({self.category}{where}{groups})"


class Cause(Span):
    """By what: the word that names the method or the event, and its label.

    Attributes:
        label: which method or event it is.
    """

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
        ambiguous: whether a date in figures in it can be read day first or month first, and neither the
            text nor a declared order of dates settles which; it is read day first then.
    """

    earliest: date | None
    latest: date | None
    grain: Grain
    basis: Basis
    ambiguous: bool = False

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.earliest is not None and self.latest is not None and self.earliest > self.latest:
            raise ValueError(f"earliest {self.earliest} is after latest {self.latest}")
        return self

    def __repr__(self) -> str:
        unsure = ", ambiguous" if self.ambiguous else ""
        return f"Time({self.text!r} {self.start}:{self.end}, {self.earliest}/{self.latest} {self.grain}, {self.basis}{unsure})"


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
    """Who states the figure: the noun phrase nearest to the cue, and what it refers to.

    Attributes:
        name: what the phrase refers to, spelled out from elsewhere in the text; else the phrase itself.
        kind: what sort of source it is.
    """

    name: str
    kind: SourceKind

    def __repr__(self) -> str:
        return f"Source({self.text!r} {self.start}:{self.end}, {self.kind}, name {self.name!r})"


class Attribution(Record):
    """The source of a claim, the word that introduces it, and whether the figure is quoted.

    Attributes:
        source: who states the figure.
        cue: the verb or preposition.
        form: whether the figure stands in quotation marks.
        chain: whom the source has it from, the nearest first: "Reuters reported, citing medics".
    """

    source: Source
    cue: Span
    form: AttributionForm
    chain: tuple[Span, ...] = ()
