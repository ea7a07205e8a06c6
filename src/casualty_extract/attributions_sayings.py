"""Finds the source of a noun that says something: "the ministry's claim that", "her remark that".

*Finds* "the ministry" in "the ministry's claim that 12 had died", "her" in "her remark that", "the council"
in "a warning by the council that".
*Leaves alone* sayings of nobody: "the claim that", and those without a content: "the ministry's claim".
*Marks* nothing; `attributions_cues` asks it.
"""

from __future__ import annotations

from functools import cache

from pydantic import Field

from casualty_extract import lexicon
from casualty_extract.attributions_kinds import Line, Phrase, kind_of
from casualty_extract.attributions_phrases import after, before
from casualty_extract.records import Status

__all__ = ["POSSESSIVES", "Saying", "sayer", "sayings"]

POSSESSIVES = {"his": "he", "her": "she", "its": "it", "their": "they"}
"""The pronoun that stands for the same speaker."""

ADJECTIVES = 3
"""How many words can stand between the speaker and the noun: "the ministry's own repeated claim"."""


class Saying(lexicon.Row):
    """A row of [sayings]: a noun whose content follows with "that"."""

    forms: list[str] = Field(default=[])
    status: Status | None = None


@cache
def sayings() -> dict[str, Saying]:
    """Give the rows by all their forms."""
    rows = lexicon.read("attributions", "sayings", Saying)
    return {form: row for noun, row in rows.items() for form in (noun, *row.forms)}


def sayer(line: Line, i: int) -> tuple[Phrase, int] | None:
    """Find who says what a noun says, and the last token before the content."""
    low = line.lower
    if any(
        low[k - 1] == "that" and line.kinds[k] in {"verb", "aux"}
        for k in range(i + 2, min(len(line), i + 16))
    ):
        # "a statement from the ministry that said".
        return None
    if low[i + 1 : i + 2] in (["by"], ["from"]):
        phrase = after(line, i + 2)
        found = kind_of(line, phrase) if phrase is not None else None
        if low[i + 1] == "from" and (found is None or found.weak):
            # "reports from Lagos that": the place of the reporter.
            return None
        last = phrase.last if phrase is not None else i
        return (phrase, last) if phrase is not None and low[last + 1 : last + 2] == ["that"] else None
    if low[i + 1 : i + 2] != ["that"]:
        return None
    for k in range(i - 1, max(-1, i - 2 - ADJECTIVES), -1):
        if low[k] in POSSESSIVES:
            return Phrase(k, k), i
        if line.kinds[k] == "poss":
            phrase = before(line, k - 1)
            return (phrase, i) if phrase is not None else None
        if line.kinds[k] not in {"word", "part", "adv"}:
            return None
    return None
