"""The rows of quantities.toml, and of the person nouns, ready for look-up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from casualty_extract import lexicon
from casualty_extract.facts import Vagueness
from casualty_extract.lexicon import Row
from casualty_extract.lexicon.actors import DemonymRow, GroupRow
from casualty_extract.lexicon.phrases import Phrases, split
from casualty_extract.lexicon.roles import RoleRow

__all__ = ["ADJECTIVAL", "AGE_UNITS", "MONTHS", "TABLES", "WEEKDAYS", "Noun", "Words", "words"]

Unit = Literal["people", "reports", "incidents", "households"]
Qualifier = Literal["at_least", "more_than", "at_most", "less_than", "approximately"]

MONTHS = frozenset(
    """january february march april may june july august september october november december jan feb
    mar apr jun jul aug sep sept oct nov dec""".split()
)
AGE_UNITS = frozenset("year years month months week weeks day days".split())
"""What ages are counted in."""
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


ADJECTIVAL = frozenset(
    """major general minor private local national female male human captive principal chief model native
    individual guy commercial marine""".split()
)
"""Person nouns that are more often adjectives."""


class WordRow(Row):
    """A word with its other forms, or a phrase; what it is for, its table says."""

    forms: list[str] = []


class GroupNounRow(Row):
    """A noun for a fixed number of persons: "couple"."""

    number: int


class MeasureRow(Row):
    """A unit of measure: "kilometre", by its names and its short signs."""

    entity: str
    symbols: list[str] = []
    forms: list[str] = []


class QualifierRow(Row):
    """Words before or behind a figure, or on both sides, that turn it into a bound: "at least"."""

    kind: Qualifier
    side: Literal["before", "after", "both"] = "before"
    forms: list[str] = []


class UnitRow(Row):
    """A noun that says what is counted: "airstrike"; `harm` where it is harm done to people."""

    unit: Unit
    harm: bool = False
    forms: list[str] = []


class VagueRow(Row):
    """A word for an unsaid number: the least that it means, and whether it multiplies a scale.

    `acled` is what ACLED codes for the word. Its questions and answers on fatalities (of 27 February 2023, as
    updated on 7 May 2024) give 10 for "tens", 12 for "dozens" and 100 for "hundreds", "and so on"; by its
    codebook (under "Reported fatalities") a number that is not known ("several", "many", "few") is 3, or 10
    in an active war zone, which a word does not tell. `ucdp` is what UCDP codes: we know of no number that it
    publishes for any of these words, so no row has one.
    """

    low: int | None = None
    acled: int | None = None
    ucdp: int | None = None
    multiplies: bool = False

    def least(self, readings: Vagueness) -> int | None:
        """The least that the word means, by the readings of that name."""
        return {"default": self.low, "acled": self.acled, "ucdp": self.ucdp}[readings]


TABLES: dict[str, type[Row]] = {
    "changes": WordRow,
    "codes": WordRow,
    "collectives": WordRow,
    "diseases": WordRow,
    "fixed": WordRow,
    "groups": GroupNounRow,
    "lands": WordRow,
    "measures": MeasureRow,
    "organisations": WordRow,
    "phrasal": WordRow,
    "qualifiers": QualifierRow,
    "things": WordRow,
    "titles": WordRow,
    "units": UnitRow,
    "vague": VagueRow,
}
"""The tables of quantities.toml, and what a row of each is."""


@dataclass(frozen=True, slots=True)
class Noun:
    """What a noun can be the head of.

    Attributes:
        unit: what a figure before it counts; None for things and measures.
        harm: it is harm done to people: "deaths".
        singular: it names one person, so that an article before it is a figure of one.
        plural: it is a form other than the row's own word.
    """

    unit: Unit | None
    harm: bool = False
    singular: bool = False
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """All tables, by lower-cased word unless said otherwise."""

    nouns: Mapping[str, Noun]
    peoples: Mapping[str, bool]
    """Demonyms as they are written; true for those that can be nouns."""
    changes: frozenset[str]
    codes: frozenset[str]
    diseases: Phrases[bool]
    fixed: Phrases[bool]
    groups: Mapping[str, int]
    before: Mapping[str, tuple[tuple[tuple[str, ...], Qualifier], ...]]
    """Qualifiers that precede, by their last word, the longest first."""
    after: Phrases[Qualifier]
    compounds: Phrases[bool]
    """Person nouns of several words, for one person: "asylum seeker", "brother-in-law"."""
    phrasal: frozenset[str]
    """Verbs of which "over" is a part."""
    titles: frozenset[str]
    strangers: Phrases[bool]
    """What makes a capitalised run no person: organisations, armed groups, lands."""
    vague: Phrases[VagueRow]
    measures: Mapping[str, MeasureRow]


@cache
def words() -> Words:
    """Read the lexicon once."""
    qualifiers = lexicon.read("quantities", "qualifiers", QualifierRow)
    before: dict[str, list[tuple[tuple[str, ...], Qualifier]]] = {}
    for phrase, row in qualifiers.items():
        if row.side != "after":
            for form in (phrase, *row.forms):
                parts = tuple(form.lower().split())
                before.setdefault(parts[-1], []).append((parts, row.kind))
    demonyms = lexicon.read("victims", "demonyms", DemonymRow)
    return Words(
        nouns=dict(_nouns()),
        peoples={w: row.noun for name, row in demonyms.items() for w in (name, *row.forms)},
        changes=_flat("changes"),
        codes=_flat("codes"),
        diseases=Phrases((w, True) for w in sorted(_flat("diseases"))),
        fixed=Phrases((w, True) for w in sorted(_flat("fixed"))),
        groups={w: r.number for w, r in lexicon.read("quantities", "groups", GroupNounRow).items()},
        before={w: tuple(sorted(rows, key=lambda r: -len(r[0]))) for w, rows in before.items()},
        after=Phrases((w, r.kind) for w, r in qualifiers.items() if r.side != "before"),
        compounds=Phrases((w, True) for w in _compounds()),
        phrasal=_flat("phrasal"),
        titles=frozenset(w.rstrip(".") for w in _flat("titles")),
        strangers=Phrases((w, True) for w in _strangers(demonyms)),
        vague=Phrases(lexicon.read("quantities", "vague", VagueRow).items()),
        measures=lexicon.read("quantities", "measures", MeasureRow),
    )


def _flat(table: str) -> frozenset[str]:
    rows = lexicon.read("quantities", table, WordRow)
    return frozenset(w.lower() for name, row in rows.items() for w in (name, *row.forms))


def _nouns() -> Iterator[tuple[str, Noun]]:
    """Later entries win: what is certainly a count of people or harm over what may be one."""
    for word in sorted(_flat("things")):
        yield word, Noun(None)
    for name, measure in lexicon.read("quantities", "measures", MeasureRow).items():
        for word in (name, *measure.forms, *measure.symbols):
            yield word.lower(), Noun(None)
    roles = lexicon.read("victims", "roles", RoleRow)
    # A noun without a plural is one itself: "personnel".
    single = {w.lower() for w, role in roles.items() if role.forms} - _flat("collectives")
    for name, role in roles.items():
        yield name.lower(), Noun("people", singular=name.lower() in single, plural=not role.forms)
        for word in role.forms:
            if word.lower() != name.lower():
                yield word.lower(), Noun("people", plural=True)
    for name, unit in lexicon.read("quantities", "units", UnitRow).items():
        yield (
            name.lower(),
            Noun(unit.unit, unit.harm, singular=unit.unit == "people" and name.lower() in single),
        )
        for word in unit.forms:
            yield word.lower(), Noun(unit.unit, unit.harm, plural=True)


def _compounds() -> Iterator[str]:
    roles = lexicon.read("victims", "roles", RoleRow)
    yield from (name for name, role in roles.items() if role.forms and len(split(name)) > 1)


def _strangers(demonyms: Mapping[str, DemonymRow]) -> Iterator[str]:
    yield from sorted(_flat("organisations") | _flat("lands") | _flat("diseases"))
    for name, row in demonyms.items():
        yield from (name, *row.forms)
        if row.country:
            yield row.country
    for name, group in lexicon.read("causes", "groups", GroupRow).items():
        yield from (name, *group.forms)
    yield from sorted(WEEKDAYS | MONTHS)
