"""Finds the speakers that only a colon or a dash names: in headlines, and before a quotation.

*Finds* "Police: 3 dead", "3 dead in blast: police", "3 dead – army", "Amin Karim: “They shot him.”".
*Leaves alone* colons behind anything that is no known source and no name, and "Update: 3 dead".
*Marks* nothing; `attributions` makes mentions of what it finds.
"""

from __future__ import annotations

from collections.abc import Iterator

from casualty_extract.attributions_cues import Event, Known
from casualty_extract.attributions_kinds import Line, is_name, kind_of
from casualty_extract.attributions_phrases import before, strip
from casualty_extract.attributions_scopes import FINALS

__all__ = ["colon", "headline"]

LONGEST = 40
"""The tokens of the longest headline."""

OPENING = 9
"""How many tokens can stand before the colon of a speaker."""


def colon(line: Line, known: Known) -> Iterator[Event]:
    """ "Amin Karim: “They shot him.”": a name, a colon and a quotation."""
    size = len(line)
    for i in range(1, min(size - 2, OPENING)):
        if line.texts[i] != ":":
            continue
        opened = known.quotations.first(line.end(i), line.end(i) + 4)
        phrase = before(line, i - 1) if opened is not None else None
        if phrase is None or opened is None or phrase.first > 1:
            return
        name = phrase.last > phrase.first and is_name(line, phrase.first, phrase.last)
        if name or known.names.knows(line, phrase) or kind_of(line, phrase) is not None:
            yield Event(line, phrase, (i, i), known.quotations.chain(opened), "colon")
        return


def headline(line: Line) -> Iterator[Event]:
    """ "Police: 3 dead", and "3 dead in blast: police" without a full stop."""
    size = len(line)
    if size < 4 or size > LONGEST:
        return
    for i in range(1, min(size - 2, OPENING)):
        if line.texts[i] == ":":
            phrase = before(line, i - 1)
            if phrase is not None and phrase.first == 0 and kind_of(line, phrase) is not None:
                yield Event(line, phrase, (i, i), (line.end(i), line.end(size - 1)), "headline")
            return
    if line.texts[-1] in FINALS:
        return
    for i in range(size - 2, max(2, size - 7), -1):
        if (
            line.texts[i] in {":", "—", "–", "-", "--"}
            and line.tokens[i - 1].whitespace_ + line.tokens[i].whitespace_
        ):
            phrase = before(line, size - 1)
            phrase = strip(line, phrase) if phrase else None
            if phrase is not None and phrase.first == i + 1 and kind_of(line, phrase) is not None:
                yield Event(line, phrase, (i, i), (line.start(0), line.end(i - 1)), "headline")
            return
