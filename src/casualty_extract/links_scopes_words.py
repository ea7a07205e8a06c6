"""The rows of words that make a figure a running total, ready for look-up."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from casualty_extract import lexicon
from casualty_extract.lexicon.phrases import Phrases, split

__all__ = ["CampaignRow", "Cue", "FormsRow", "ScopeRow", "campaigns", "cues", "raisers", "tallies"]


class FormsRow(lexicon.Row):
    """A word with its other forms."""

    forms: list[str] = []


class ScopeRow(lexicon.Row):
    """Words around a figure that make it a running total.

    Attributes:
        side: where the words stand, seen from the figure.
        words: how many words away they may stand.
        single: they are said of the toll of one event too.
    """

    side: Literal["before", "after", "clause"]
    words: int
    single: bool = False


class CampaignRow(FormsRow):
    """A noun for what goes on for months: a war, an epidemic.

    Attributes:
        weak: it goes on for an afternoon as well: only a large figure or the perfect tense tell.
        short: it may be over in days, so that a few people are the toll of one event in it.
        unless: words right before it that make it something else: "home invasion".
    """

    weak: bool = False
    short: bool = False
    unless: list[str] = []


class Cue(NamedTuple):
    """Words that make a figure a running total, parted as the tokenizer does."""

    parts: tuple[str, ...]
    row: ScopeRow


@cache
def cues() -> dict[str, list[Cue]]:
    """Give the cues by their first words."""
    found: dict[str, list[Cue]] = {}
    for words, row in lexicon.read("links", "scopes", ScopeRow).items():
        parts = split(words)
        found.setdefault(parts[0], []).append(Cue(parts, row))
    return found


@cache
def campaigns() -> Phrases[CampaignRow]:
    """Give the nouns for campaigns."""
    rows = lexicon.read("links", "campaigns", CampaignRow)
    return Phrases((form, row) for key, row in rows.items() for form in (key, *row.forms))


@cache
def raisers() -> frozenset[str]:
    """Give all forms of the verbs that bring a total to a figure."""
    rows = lexicon.read("links", "raisers", FormsRow)
    return frozenset(form for key, row in rows.items() for form in (key, *row.forms))


@cache
def tallies() -> frozenset[str]:
    """Give all forms of the nouns for totals."""
    rows = lexicon.read("links", "tallies", FormsRow)
    return frozenset(form for key, row in rows.items() for form in (key, *row.forms))
