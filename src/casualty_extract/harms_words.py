"""The words of harm as the lexicon has them, by their forms."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from casualty_extract import lexicon, wordorder
from casualty_extract.records import HarmLabel, Intent

__all__ = [
    "AdjectiveRow",
    "Entry",
    "IntentRow",
    "LightVerbRow",
    "NounRow",
    "PhraseRow",
    "RefusedRow",
    "VerbRow",
    "intent_beside",
    "light_verbs",
    "openers",
    "phrases",
    "refusals",
    "words",
]

Victim = Literal["object", "subject", "either"]


class VerbRow(lexicon.Row):
    """A verb of harm, by its infinitive."""

    label: HarmLabel
    forms: list[str]
    victim: Victim
    intent: Intent | None = None
    weak: bool = False


class NounRow(lexicon.Row):
    """A noun of harm, by its singular; what does not `count` people is followed by them: "massacre of 12"."""

    label: HarmLabel
    forms: list[str]
    counts: bool = True
    intent: Intent | None = None
    weak: bool = False


class AdjectiveRow(lexicon.Row):
    """An adjective that says of people that they were harmed."""

    label: HarmLabel
    forms: list[str]
    weak: bool = False


class PhraseRow(lexicon.Row):
    """Several words that carry a harm together."""

    label: HarmLabel
    part: Literal["verb", "noun", "adjective"]
    victim: Victim = "object"
    intent: Intent | None = None
    weak: bool = False


class LightVerbRow(lexicon.Row):
    """A verb that means nothing without its noun: "suffered injuries", "claimed 12 lives"."""

    forms: list[str]
    noun: Literal["injury", "life"]


class RefusedRow(lexicon.Row):
    """A neighbour that makes a harm word mean something else: "death sentence"."""

    harm: str
    forms: list[str]
    side: Literal["before", "after"]
    words: int


class IntentRow(lexicon.Row):
    """A word beside a harm that says whether it was meant."""

    intent: Intent
    side: Literal["before", "after", "either"]
    words: int


class Entry(NamedTuple):
    """One reading of a word or phrase of harm."""

    lemma: str
    label: str
    part: str
    victim: str
    intent: str | None
    weak: bool
    counts: bool
    base: bool
    """The form is the bare infinitive or the -s form, which is often a noun too."""


@cache
def words() -> dict[str, tuple[Entry, ...]]:
    """The readings of each single word: as a verb first, then as a noun, then as an adjective."""
    entries: dict[str, list[Entry]] = {}
    for lemma, verb in lexicon.read("harms", "verbs", VerbRow).items():
        for form in (lemma, *verb.forms):
            base = form not in {"hit", "hurt", "burnt"} and (form == lemma or form.endswith("s"))
            entries.setdefault(form, []).append(
                Entry(lemma, verb.label, "verb", verb.victim, verb.intent, verb.weak, True, base)
            )
    for lemma, noun in lexicon.read("harms", "nouns", NounRow).items():
        for form in (lemma, *noun.forms):
            entries.setdefault(form, []).append(
                Entry(lemma, noun.label, "noun", "head", noun.intent, noun.weak, noun.counts, False)
            )
    for word, adjective in lexicon.read("harms", "adjectives", AdjectiveRow).items():
        entry = Entry(word, adjective.label, "adjective", "subject", None, adjective.weak, True, False)
        entries.setdefault(word, []).insert(0, entry)
    return {form: tuple(found) for form, found in entries.items()}


@cache
def phrases() -> dict[str, tuple[tuple[tuple[str, ...], Entry], ...]]:
    """The readings of phrases, by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for phrase, row in lexicon.read("harms", "phrases", PhraseRow).items():
        words = tuple(phrase.split())
        victim = "subject" if row.part == "adjective" else "head" if row.part == "noun" else row.victim
        entry = Entry(phrase, row.label, row.part, victim, row.intent, row.weak, True, False)
        found.setdefault(words[0], []).append((words, entry))
    return {first: tuple(sorted(rows, key=lambda r: -len(r[0]))) for first, rows in found.items()}


@cache
def openers() -> frozenset[str]:
    """The words with which every word and phrase of harm starts."""
    return frozenset(words()) | frozenset(phrases())


@cache
def _intents() -> tuple[tuple[tuple[str, ...], IntentRow], ...]:
    """The words that tell whether a harm was meant."""
    rows = lexicon.read("harms", "intents", IntentRow)
    return tuple((tuple(words.split()), row) for words, row in rows.items())


@cache
def _intent_openers() -> frozenset[str]:
    """The words with which what tells the intent starts."""
    return frozenset(words[0] for words, _ in _intents())


def intent_beside(before: list[str], after: list[str]) -> Intent | None:
    """Read what the words beside a harm or its cause say of whether it was meant: "killed by mistake".

    Args:
        before: the words before it, in lower case and in their order.
        after: the words behind it.
    """
    if _intent_openers().isdisjoint(before + after):
        return None
    for words, row in _intents():
        sides = []
        if row.side != "after":
            sides.append(before[-row.words :])
        if row.side != "before":
            sides.append(after[: row.words])
        if any(wordorder.contains(side, words) for side in sides):
            return row.intent
    return None


@cache
def light_verbs() -> dict[str, str]:
    """The forms of the verbs that mean nothing without their noun, with that noun."""
    rows = lexicon.read("harms", "light_verbs", LightVerbRow)
    return {form: row.noun for lemma, row in rows.items() for form in (lemma, *row.forms)}


@cache
def refusals() -> dict[str, tuple[tuple[str, RefusedRow], ...]]:
    """The neighbours that make a harm word mean something else, by that word."""
    rows = lexicon.read("harms", "refused", RefusedRow)
    forms = {form: row for word, row in rows.items() for form in (word, *row.forms)}
    found: dict[str, list[tuple[str, RefusedRow]]] = {}
    for form, row in forms.items():
        found.setdefault(row.harm, []).append((form, row))
    return {harm: tuple(pairs) for harm, pairs in found.items()}
