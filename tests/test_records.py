"""The records: strict, frozen, lossless in JSON, and described by the published schema."""

from __future__ import annotations

import json
import pickle
from datetime import date

import jsonschema
import pytest
from pydantic import ValidationError

from casualty_extract.errors import ArgumentError, ArticleError, InputError, LexiconError
from casualty_extract.records import (
    Article,
    Claim,
    Document,
    Extraction,
    Quantity,
    Span,
    Time,
    Victims,
    json_schema,
)

TEXT = "At least 685 civilians were killed in Mosul in 2017, the army said."


def span(words: str) -> dict[str, object]:
    start = TEXT.index(words)
    return {"text": words, "start": start, "end": start + len(words)}


FULL = {
    "schema_version": "1.1",
    "document": {
        "id": "a1",
        "title": "Deaths in Mosul",
        "publisher": "Wire",
        "url": "https://example.org/a1",
        "published": "2017-09-01",
        "language": "en",
        "sha256": "0" * 64,
        "length": len(TEXT),
        "published_from": {**span("2017"), "basis": "byline"},
    },
    "claims": [
        {
            "id": "c1",
            "quantity": {**span("685"), "form": "numeral", "qualifier": "at_least", "low": 685, "high": None, "best": 685},
            "unit": "people",
            "harm": {**span("killed"), "label": "killed"},
            "victims": {**span("civilians"), "category": "civilian", "groups": ["women"]},
            "scope": "cumulative",
            "intent": None,
            "cause": {**span("killed"), "label": "other"},
            "perpetrator": span("the army"),
            "time": {**span("2017"), "earliest": "2017-01-01", "latest": "2017-12-31", "grain": "year", "basis": "sentence", "ambiguous": False},
            "places": [
                {**span("Mosul"), "name": "Mosul", "kind": "city", "country": "IQ", "geonameid": 99072, "lat": 36.3, "lon": 43.1, "basis": "sentence"}
            ],
            "attribution": {"source": {**span("the army"), "name": "army", "kind": "military"}, "cue": span("said"), "form": "indirect", "chain": []},
            "status": "asserted",
            "evidence": span(TEXT),
            "part_of": None,
            "incident": "i1",
            "confidence": 0.5,
            "superseded_by": None,
        }
    ],
    "incidents": [
        {
            "id": "i1",
            "claims": ["c1"],
            "time": {"earliest": "2017-01-01", "latest": "2017-12-31"},
            "places": ["Mosul"],
            "cause": "other",
            "perpetrator": "the army",
            "tolls": [
                {
                    "harm": "killed", "category": "civilian", "low": 685, "best": 685, "high": None, "rule": "one figure",
                    "low_claims": ["c1"], "best_claims": ["c1"], "high_claims": ["c1"],
                },
            ],
        }
    ],
    "text": TEXT,
    "flags": ["sanitised"],
}  # fmt: skip


def test_json_is_lossless() -> None:
    """What is read is written again with the same content, and read again equal."""
    extraction = Extraction.from_dict(FULL)
    assert extraction.to_dict() == FULL
    assert Extraction.from_json(extraction.to_json()) == extraction


def test_json_follows_the_schema() -> None:
    """The published schema is a valid draft 2020-12 schema and accepts the full record."""
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(FULL)
    assert schema["$schema"].endswith("2020-12/schema")


CHANGES = [
    (("claims", 0, "quantity", "low"), 700),
    (("claims", 0, "quantity", "low"), -1),
    (("claims", 0, "quantity", "low"), "685"),
    (("claims", 0, "quantity", "best"), 685.5),
    (("claims", 0, "quantity", "form"), "digits"),
    (("claims", 0, "quantity", "text"), "6850"),
    (("claims", 0, "unit"), "houses"),
    (("claims", 0, "harm", "label"), "hurt"),
    (("claims", 0, "harm", "surplus"), 1),
    (("claims", 0, "victims", "start"), None),
    (("claims", 0, "victims", "groups"), ["pilots"]),
    (("claims", 0, "time", "earliest"), "2018-01-01"),
    (("claims", 0, "time", "grain"), "hour"),
    (("claims", 0, "places", 0, "country"), "IRQ"),
    (("claims", 0, "places", 0, "lat"), 91.0),
    (("claims", 0, "attribution", "form"), "oblique"),
    (("claims", 0, "status"), "true"),
    (("claims", 0, "confidence"), 1.1),
    (("claims", 0, "evidence"), None),
    (("document", "length"), -1),
    (("document", "published"), "1/9/2017"),
    (("document", "published_from", "basis"), "guess"),
    (("document", "published_from", "end"), None),
    (("incidents", 0, "tolls", 0, "harm"), None),
    (("flags",), ["odd"]),
    (("schema_version",), "2.0"),
]


@pytest.mark.parametrize(("path", "value"), CHANGES, ids=[f"{'.'.join(map(str, p))}={v}" for p, v in CHANGES])
def test_a_changed_record_is_refused(path: tuple[str | int, ...], value: object) -> None:
    """A record that breaks the contract is refused by an error that names the place."""
    record = json.loads(json.dumps(FULL))
    node = record
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    with pytest.raises(InputError, match="/" + str(path[0])):
        Extraction.from_dict(record)


@pytest.mark.parametrize(
    "line", ["", "{", "[]", "null", '{"document": {}}', '{"claims": NaN}', "\x00", "[" * 100_000]
)
def test_no_record_is_refused(line: str) -> None:
    """What is no record at all is refused by the same error."""
    with pytest.raises(InputError):
        Extraction.from_json(line)


def test_records_are_frozen() -> None:
    """No field can be set."""
    with pytest.raises(ValidationError):
        Extraction.from_dict(FULL).claims[0].status = "denied"  # type: ignore[misc]


def test_reprs_are_for_reading() -> None:
    """A repr shows figure, offsets and what it counts."""
    claim = Extraction.from_dict(FULL).claims[0]
    assert repr(claim) == "Claim('685' 9:12 civilian killed, asserted, 'army')"
    assert repr(claim.time) == "Time('2017' 47:51, 2017-01-01/2017-12-31 year, sentence)"
    assert repr(claim.quantity) == "Quantity('685' 9:12, at_least, 685..)"
    assert repr(Extraction.from_dict(FULL)) == "Extraction('a1', 1 claims, 1 incidents)"


def test_an_article_without_id_is_named_by_its_text() -> None:
    """The same text always gets the same id, another text another."""
    assert Article(text="a").id == Article(text="a").id != Article(text="b").id
    assert Article(id="x", text="a").id == "x"


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"text": None},
        {"text": b"a"},
        {"text": "a", "published": "2017-09-01"},
        {"text": "a", "author": "x"},
    ],
)
def test_a_wrong_article_is_refused(values: dict[str, object]) -> None:
    """The constructor is strict: no missing text, no bytes, no date as a string, no unknown field."""
    with pytest.raises(ValidationError):
        Article(**values)  # type: ignore[arg-type]


def test_an_article_cleans_what_no_sink_can_store() -> None:
    """NUL and lone surrogates in what is known beside the text become U+FFFD; the text is left as it is."""
    article = Article(id="a\x00", text="x\ud800", title="\ud800y", publisher="z", url=None)
    assert (article.id, article.title, article.publisher) == ("a\ufffd", "\ufffdy", "z")
    assert article.text == "x\ud800"


def test_document_counts_code_points() -> None:
    """Length is in code points; the digest exists for any str, lone surrogates too."""
    document = Document.of(Article(text="é😀\ud800", published=date(2020, 1, 1)))
    assert document.length == 3
    assert len(document.sha256) == 64


@pytest.mark.parametrize(
    "make",
    [
        lambda: Span(text="ab", start=0, end=1),
        lambda: Victims(text="men", start=None, end=None, category="unspecified"),
        lambda: Quantity(text="5", start=0, end=1, form="numeral", qualifier="exact", low=6, high=5, best=5),
        lambda: Time(
            text="May",
            start=0,
            end=3,
            earliest=date(2020, 2, 1),
            latest=date(2020, 1, 1),
            grain="month",
            basis="sentence",
        ),
    ],
)
def test_a_part_that_contradicts_itself_is_refused(make: object) -> None:
    """Offsets fit their text, bounds are in order, both ends of an interval too."""
    with pytest.raises(ValidationError):
        make()  # type: ignore[operator]


@pytest.mark.parametrize(
    "error",
    [
        ArgumentError("date_order", "MYD", "one of DMY, MDY, YMD"),
        InputError("no value for 'text'", file="news.jsonl", row=3),
        ArticleError("ValueError: x", article="a1", stage="times"),
        LexiconError("unknown field", file="harms.toml", row="verbs.kill"),
    ],
)
def test_errors_cross_process_borders(error: Exception) -> None:
    """Pickling keeps message and fields."""
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert again.__dict__ == error.__dict__


def test_claim_fields_follow_the_contract() -> None:
    """The fields of a claim and their order are those of the specification."""
    assert list(Claim.model_fields) == [
        "id", "quantity", "unit", "harm", "victims", "scope", "intent", "cause", "perpetrator", "time",
        "places", "attribution", "status", "evidence", "part_of", "incident", "confidence", "superseded_by",
    ]  # fmt: skip
