"""The words of causes, and where a text names one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from casualty_extract import lexicon, wordorder
from casualty_extract.lexicon import Row
from casualty_extract.lexicon.actors import DemonymRow
from casualty_extract.lexicon.phrases import Phrases
from casualty_extract.reading import Reading, kind

__all__ = ["Cause", "by_context", "causes"]

UNLESS_REACH = 2
NEAR_REACH = 8
# These nouns are verbs after the words below: "to strike", "they attack".
VERB_NOUNS = frozenset(
    """strike attack raid fire battle fight shell bomb ambush storm flood crash collapse assault clash
    riot crush smash sweep revolt poison mine blast rocket massacre slaughter hit""".split()
)
BEFORE_VERBS = frozenset(
    "to will would can could may might must should shall n't they we you he she it who".split()
)
# Particles of a verb that the span leaves out: "smashed" of "smashed into".
PARTICLES = frozenset("at by into of on upon".split())
STORMS = frozenset("hurricane typhoon cyclone storm".split())
FIRING = frozenset("army police military militia coalition government rebel regime security ground".split())
"""Whose fire is that of guns, where no article stands before it."""
# What "the attack" can be short for.
METHODS = frozenset(
    """airstrike shelling missile drone bombing shooting stabbing vehicle_attack chemical landmine""".split()
)
# What falls from the air or is laid by hand.
DROPPED = frozenset("bombing bombed bombardment bomb".split())
# They add nothing to the cause before them: "coronavirus infections".
TRAILING = frozenset("infection illness".split())
CONTEXT_REACH = 2
HITS = frozenset("strikes".split())
# What strikes or hits without anybody's will; a comma ends the clause in which such a thing stands.
THINGS = frozenset(
    """, car cars bus train truck van vehicle boat ship ferry tram lorry driver motorcycle plane helicopter lightning
    earthquake quake storm hurricane typhoon cyclone tornado tsunami meteorite""".split()
)
AIRCRAFT = frozenset(
    "warplane warplanes jet jets aircraft plane planes helicopter helicopters gunships".split()
)
POLICE = frozenset("police officer officers policeman policemen deputies".split())


class CauseRow(Row):
    """One word or phrase for a cause."""

    label: str
    forms: list[str] = []
    verbal: bool = False
    weak: bool = False
    near: list[str] = []
    unless: list[str] = []


class CauseModifierRow(Row):
    """A word directly before a cause noun, and what it makes of a weak one."""

    label: str = ""


class Cause(NamedTuple):
    """One place where a cause is named, as an interval of a reading."""

    first: int
    end: int
    label: str
    rule: str
    head: str
    verbal: bool
    weak: bool


@dataclass(frozen=True)
class Words:
    """The tables [causes] and [modifiers], ready for look-up."""

    causes: Phrases[tuple[str, CauseRow]]
    modifiers: Phrases[CauseModifierRow]

    @cached_property
    def openers(self) -> frozenset[str]:
        """The words with which a cause, or what stands before one, starts."""
        return self.causes.openers | self.modifiers.openers


@cache
def words() -> Words:
    """Read the tables once."""
    rows = lexicon.read("causes", "causes", CauseRow)
    return Words(
        Phrases((form, (key, row)) for key, row in rows.items() for form in (key, *row.forms)),
        Phrases(lexicon.read("causes", "modifiers", CauseModifierRow).items()),
    )


def causes(reading: Reading) -> Iterator[Cause]:
    """Find the causes in order; compounds such as "suicide car bomb blast" are one."""
    names: set[str] = set()
    openers = words().openers
    end = 0
    for i, word in enumerate(reading.lower):
        if i < end or (word not in openers and word not in names):
            continue
        found = _chain(reading, i)
        if found is None:
            if word in names and reading.texts[i][:1].isupper():
                yield Cause(i, i + 1, "storm", "named storm", word, False, False)
            continue
        if found.label == "storm" and found.head in STORMS:
            found = _with_name(reading, found)
            if found.end - 1 > i and found.rule == "named storm":
                names.add(reading.lower[found.end - 1])
        yield found
        end = found.end


def _chain(reading: Reading, i: int) -> Cause | None:
    """Read a run of modifiers and cause nouns from token i."""
    known = words()
    parts: list[tuple[str, CauseRow]] = []
    ends: list[int] = []
    made = ""
    first = j = i
    while j < len(reading) and reading.sentence[j] == reading.sentence[i]:
        cause = known.causes.match(reading.lower, j)
        if cause is not None and not _admitted(reading, j, j + cause[0], cause[1][1]):
            cause = None
        modifier = known.modifiers.match(reading.lower, j)
        if cause is not None and (modifier is None or cause[0] >= modifier[0]):
            verbal = cause[1][1].verbal
            if verbal and parts:
                break
            parts.append(cause[1])
            first = j if verbal else first
            j = j + cause[0]
            ends.append(j)
            if verbal:
                break
        elif modifier is not None:
            made = made or modifier[1].label
            j += modifier[0]
        else:
            break
        if j < len(reading) and reading.hyphenated(j):
            j += 1
    if not parts:
        return None
    if len(parts) > 1 and parts[-1][0] in TRAILING:
        parts.pop()
        ends.pop()
    (head, last), end = parts[-1], ends[-1]
    strong = next((row for _, row in parts if not row.weak), None)
    label = strong.label if strong is not None else made or parts[0][1].label
    weak = strong is None and not made
    if last.verbal and reading.lower[end - 1] in PARTICLES and end - 1 > first:
        end -= 1
    return Cause(first, end, label, "verb" if last.verbal else "noun", head, last.verbal, weak)


def _admitted(reading: Reading, i: int, end: int, row: CauseRow) -> bool:
    """Ask the words around whether the word is meant in this sense."""
    if not row.verbal and reading.beside(i, i - 1):
        before = reading.lower[i - 1]
        if before in BEFORE_VERBS and end - i == 1 and reading.lower[i] in VERB_NOUNS:
            return False
    if _is_negated(reading, i):
        return False
    if not row.verbal and reading.lower[i] in HITS and _is_struck_by_thing(reading, i, end):
        return False
    if row.unless and _any_near(reading, (i, end), UNLESS_REACH, frozenset(row.unless)):
        return False
    return not row.near or _any_near(reading, (i, end), NEAR_REACH, frozenset(row.near))


def _is_negated(reading: Reading, i: int) -> bool:
    """Tell "no shots were fired", "without gunfire", "the jet did not catch fire"."""
    if not reading.beside(i, i - 1):
        return False
    if reading.lower[i - 1] in {"no", "without"}:
        return True
    if reading.beside(i, i - 3) and reading.lower[i - 3] == "no" and reading.lower[i - 1] in {"was", "were"}:
        return True
    if not reading.beside(i, i - 2):
        return False
    return reading.lower[i - 2] in wordorder.NEGATIONS or reading.lower[i - 2 : i] == ["unrelated", "to"]


def _is_struck_by_thing(reading: Reading, i: int, end: int) -> bool:
    """Tell "a bus strikes a rail", "the car blew a tire, strikes a rail" from "strikes killed nine"."""
    if not reading.beside(i, end) or kind(reading.tokens[end]) not in {"det", "num"}:
        return False
    return reading.beside(i, i - 1) and reading.lower[i - 1] in THINGS


def _any_near(reading: Reading, span: tuple[int, int], reach: int, wanted: frozenset[str]) -> bool:
    first, end = span
    return any(
        reading.lower[j] in wanted
        for j in (*range(first - reach, first), *range(end, end + reach))
        if reading.beside(first, j)
    )


def _with_name(reading: Reading, found: Cause) -> Cause:
    """Take the name of a storm along: "Hurricane Katrina"."""
    j = found.end
    if not reading.tokens[j - 1].text[:1].isupper() or not reading.beside(found.first, j):
        return found
    name = reading.tokens[j]
    if not name.text[:1].isupper() or not name.is_alpha or kind(name) != "word" or name.is_upper:
        return found
    return found._replace(end=j + 1, rule="named storm")


def by_context(reading: Reading, found: list[Cause]) -> list[Cause]:
    """Let the rest of the text say what a bare "attack", "blast" or "bombing" was.

    A bombing is one from the air where the text tells of airstrikes and of no bomb that was laid. A
    blast is a bombing where the text speaks of a bomb anywhere. An attack is what the nearest method
    within two sentences says, the same sentence and the ones before first.
    """
    found = [cause for i, cause in enumerate(found) if not _is_hit_by(reading, cause, found[i + 1 : i + 2])]
    strong = [cause for cause in found if not cause.weak and cause.label in METHODS]
    # "A man stabbed two. Police shot him. The attack ...": the police ended it.
    strong = [cause for cause in strong if not _is_by_police(reading, cause)] or strong
    labels = {cause.label for cause in strong if cause.head != "bomb"}
    from_air = "airstrike" in labels and not labels & {"bombing", "vehicle_attack"}
    laid = not from_air and any(cause.label == "bombing" for cause in found)
    settled: list[Cause] = []
    k = 0
    for cause in found:
        while k + 1 < len(strong) and strong[k + 1].first < cause.first:
            k += 1
        label = cause.label
        if _is_gunfire(reading, cause):
            label = "shooting"
        elif cause.head in DROPPED and (from_air or _is_by_aircraft(reading, cause)):
            label = "airstrike"
        elif cause.weak and label == "explosion":
            label = "bombing" if laid else "landmine" if "landmine" in labels else label
        elif cause.weak and label == "other":
            label = _nearest(reading, cause, strong[k : k + 2]) or label
        settled.append(cause._replace(label=label, rule="context") if label != cause.label else cause)
    return settled


def _nearest(reading: Reading, cause: Cause, strong: list[Cause]) -> str | None:
    here = reading.sentence[cause.first]
    # "44 died in an attack in Arda": another one than that of the sentence before.
    back = 0 if _is_new(reading, cause) else CONTEXT_REACH
    reached = [s for s in strong if -back <= reading.sentence[s.first] - here <= CONTEXT_REACH]
    if not reached:
        return None
    return min(
        reached,
        key=lambda s: (reading.sentence[s.first] != here, s.first > cause.first, abs(s.first - cause.first)),
    ).label


def _is_hit_by(reading: Reading, cause: Cause, following: list[Cause]) -> bool:
    """Tell "a bus was hit by a landslide": no crash, for what hit it is named."""
    if not cause.verbal or cause.label != "crash" or not following:
        return False
    other = following[0].first
    return (
        following[0].label != "crash"
        and other - cause.end <= 4
        and reading.beside(cause.first, other)
        and reading.lower[cause.end] == "by"
    )


def _is_gunfire(reading: Reading, cause: Cause) -> bool:
    """Tell "killed by Israeli fire", "came under army fire"; a blaze has an article."""
    i = cause.first - 1
    if reading.lower[cause.first] != "fire" or cause.end != cause.first + 1 or not reading.beside(i, i - 1):
        return False
    if not (reading.tokens[i].text in _peoples() or reading.lower[i] in FIRING):
        return False
    return reading.beside(i, i + 1) and reading.lower[i - 1] in {"by", "from", "under", "to", "in"}


@cache
def _peoples() -> frozenset[str]:
    return frozenset(lexicon.read("victims", "demonyms", DemonymRow))


def _is_by_aircraft(reading: Reading, cause: Cause) -> bool:
    """Tell "warplanes bombed a town"."""
    before = range(cause.first - 1, cause.first - 4, -1)
    return cause.verbal and any(
        reading.beside(cause.first, j) and reading.lower[j] in AIRCRAFT for j in before
    )


def _is_by_police(reading: Reading, cause: Cause) -> bool:
    """Tell "police shot", "officers then opened fire"."""
    before = range(cause.first - 1, cause.first - 4, -1)
    return cause.verbal and any(reading.beside(cause.first, j) and reading.lower[j] in POLICE for j in before)


def _is_new(reading: Reading, cause: Cause) -> bool:
    """Tell "an attack", "another rebel attack" from "the attack"."""
    for j in range(cause.first - 1, cause.first - 5, -1):
        if not reading.beside(cause.first, j) or kind(reading.tokens[j]) not in {
            "word",
            "det",
            "part",
            "num",
        }:
            return False
        if kind(reading.tokens[j]) == "det":
            return reading.lower[j] in {"a", "an", "another"}
    return False
