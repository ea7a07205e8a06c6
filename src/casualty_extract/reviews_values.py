"""The values of a claim that a reviewer can change, by the names that sheets and tools show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from casualty_extract.records_claims import Claim
from casualty_extract.records_parts import (
    Category,
    CauseLabel,
    Group,
    HarmLabel,
    Intent,
    Qualifier,
    Scope,
    SourceKind,
    Status,
    Unit,
)

__all__ = ["VALUES", "Value", "Values", "columns", "told", "values", "with_values"]

Values = dict[str, tuple[str, ...]]
"""Values by name: none, one, or (of `groups`) several words each."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a reviewer can change.

    Attributes:
        name: how sheets and tools call it.
        path: where it stands in the claim.
        kind: what it is.
        words: the closed list of its words, where it has one.
        empty: whether it can be null.
    """

    name: str
    path: tuple[str, ...]
    kind: Literal["word", "words", "number", "date"]
    words: tuple[str, ...] = ()
    empty: bool = False


VALUES = (
    Value("low", ("quantity", "low"), "number", empty=True),
    Value("best", ("quantity", "best"), "number", empty=True),
    Value("high", ("quantity", "high"), "number", empty=True),
    Value("qualifier", ("quantity", "qualifier"), "word", get_args(Qualifier)),
    Value("unit", ("unit",), "word", get_args(Unit)),
    Value("harm", ("harm", "label"), "word", get_args(HarmLabel)),
    Value("category", ("victims", "category"), "word", get_args(Category)),
    Value("groups", ("victims", "groups"), "words", get_args(Group), empty=True),
    Value("scope", ("scope",), "word", get_args(Scope)),
    Value("intent", ("intent",), "word", get_args(Intent), empty=True),
    Value("cause", ("cause", "label"), "word", get_args(CauseLabel)),
    Value("earliest", ("time", "earliest"), "date", empty=True),
    Value("latest", ("time", "latest"), "date", empty=True),
    Value("source_kind", ("attribution", "source", "kind"), "word", get_args(SourceKind)),
    Value("status", ("status",), "word", get_args(Status)),
)
"""In the order in which a reviewer asks."""

_NUMBER = re.compile(r"\d{1,15}|\d{1,3}(?:,\d{3}){1,4}")


def values(claim: Claim) -> Values:
    """Give the values of a claim; a name is missing where its part is.

    >>> from casualty_extract import extract
    >>> [claim] = extract("At least 12 people were killed.").claims
    >>> found = values(claim)
    >>> found["low"], found["high"], found["harm"], "cause" in found
    (('12',), (), ('killed',), False)
    """
    data = claim.model_dump(mode="json")
    found: Values = {}
    for value in VALUES:
        held: Any = data
        for key in value.path[:-1]:
            held = held[key] if held is not None else None
        if held is not None:
            got = held[value.path[-1]]
            found[value.name] = tuple(got) if value.kind == "words" else () if got is None else (str(got),)
    return found


def columns(claim: Claim) -> dict[str, Any]:
    """Give the values of a claim as the columns of a flat row; dates are strings.

    They have the names of `writers.COLUMNS`, and besides `cause_text`, and of the most specific place `place`,
    `place_kind`, `country` and `geonameid`.

    >>> from casualty_extract import extract
    >>> [claim] = extract("Gunmen killed 12 people.").claims
    >>> found = columns(claim)
    >>> found["low"], found["harm_text"], found["cause"]
    (12, 'killed', None)
    """
    data = claim.model_dump(mode="json")
    figure, places = data["quantity"], data["places"]
    harm, victims, cause, time, voice = (
        data[name] or {} for name in ("harm", "victims", "cause", "time", "attribution")
    )
    source, cue, first = (
        part or {} for part in (voice.get("source"), voice.get("cue"), places and places[0])
    )
    located: dict[str, Any] = next((p for p in places if p["lat"] is not None and p["lon"] is not None), {})
    groups = victims.get("groups")
    return {
        "form": figure["form"],
        "qualifier": figure["qualifier"],
        "low": figure["low"],
        "high": figure["high"],
        "best": figure["best"],
        "unit": data["unit"],
        "harm": harm.get("label"),
        "harm_text": harm.get("text"),
        "victims": victims.get("text"),
        "category": victims.get("category"),
        "groups": None if groups is None else ";".join(groups),
        "scope": data["scope"],
        "intent": data["intent"],
        "cause": cause.get("label"),
        "cause_text": cause.get("text"),
        "perpetrator": (data["perpetrator"] or {}).get("text"),
        "time_text": time.get("text"),
        "earliest": time.get("earliest"),
        "latest": time.get("latest"),
        "grain": time.get("grain"),
        "time_basis": time.get("basis"),
        "time_ambiguous": time.get("ambiguous"),
        "place": first.get("name"),
        "place_kind": first.get("kind"),
        "country": first.get("country"),
        "geonameid": first.get("geonameid"),
        "places": ";".join(place["name"] for place in places),
        "countries": ";".join(dict.fromkeys(place["country"] for place in places if place["country"])),
        "lat": located.get("lat"),
        "lon": located.get("lon"),
        "source": source.get("text"),
        "source_name": source.get("name"),
        "source_kind": source.get("kind"),
        "cue": cue.get("text"),
        "attribution_form": voice.get("form"),
        "status": data["status"],
    }


def told(value: Value, words: tuple[str, ...]) -> Any:
    """Read a value as a reviewer wrote it.

    Args:
        value: which value.
        words: what was written: nothing for null.

    Returns:
        A word, a number, a date as a string, a list of words, or None.

    Raises:
        ValueError: it is no such value.
    """
    if value.kind == "words":
        _check_words(value, words)
        return [word for word in value.words if word in words]
    if not words:
        if not value.empty:
            raise ValueError(f"{value.name} cannot be null")
        return None
    if len(words) > 1:
        raise ValueError(f"{value.name} has {len(words)} values")
    word = words[0].strip()
    if value.kind == "number":
        # Spreadsheets and web forms give whole numbers a decimal point.
        whole = word.removesuffix(".0")
        if not (whole.isascii() and _NUMBER.fullmatch(whole)):
            raise ValueError(f"{value.name}: {_shown(word)} is no whole number")
        return int(whole.replace(",", ""))
    if value.kind == "date":
        try:
            return date.fromisoformat(word).isoformat()
        except ValueError:
            raise ValueError(f"{value.name}: {_shown(word)} is no date such as 2017-09-01") from None
    _check_words(value, (word,))
    return word


def with_values(patch: dict[str, Any], claim: Claim, changed: Mapping[str, tuple[str, ...]]) -> None:
    """Put changed values into a patch.

    Args:
        patch: the patch, which may have changed passages already; it is added to.
        claim: the claim.
        changed: the values that change, by name.

    Raises:
        ValueError: one is no such value, or belongs to a part that the claim has not.
    """
    data = claim.model_dump(mode="json")
    for value in VALUES:
        if value.name not in changed:
            continue
        new = told(value, changed[value.name])
        part = value.path[0]
        if len(value.path) == 1:
            patch[part] = new
            continue
        if patch.get(part, data[part]) is None:
            if part != "victims":
                raise ValueError(f"{value.name}: the claim has no {part} that it could be a value of")
            patch[part] = {"text": None, "start": None, "end": None, "category": "unspecified", "groups": []}
        held = patch.setdefault(part, {})
        for key in value.path[1:-1]:
            held = held.setdefault(key, {})
        held[value.path[-1]] = new


def _check_words(value: Value, words: tuple[str, ...]) -> None:
    for word in words:
        if word not in value.words:
            raise ValueError(f"{value.name}: {_shown(word)} is none of {', '.join(value.words)}")


def _shown(word: str) -> str:
    shown = repr(word)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
