"""Finds who says so: the source of a statement, the cue, and the stretch of text that it governs.

*Finds* "The army said hundreds had died", "12 died, police said", "said Karim", "according to
officials", "Police: 3 dead", "he told reporters that", "a report by the council", quotations with the
speaker before, after, between or carried over, statements that run on after "said:".
*Leaves alone* "it was reported" without "by", "12 people reported missing", "the blast claimed 12
lives", "did not say", and what a release says in its own voice.
*Marks* layer "attributions": the source's phrase, labelled with its kind; value: `name` (whom it refers
to), `cue`, `scope` ([start, end] in characters), `direct` (the scope is a quotation), `status` (what
the verb lends, or null), `chain` (bounds of whom the source cites), `whole` ([start, end] of the phrase with its
apposition, parenthesis and relative clause), `wish` (the content is wanted or promised, not stated).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc

from casualty_extract.attributions_cues import Event, Known, events
from casualty_extract.attributions_headlines import colon, headline
from casualty_extract.attributions_kinds import Line, lines
from casualty_extract.attributions_names import Names
from casualty_extract.attributions_quotes import CLOSERS, Quotations
from casualty_extract.attributions_resolution import Resolution
from casualty_extract.attributions_scopes import FINALS
from casualty_extract.attributions_wholes import whole
from casualty_extract.mentions import Mention
from casualty_extract.parsing import windows

__all__ = ["find"]

PATIENCE = 1
"""How many sentences of the reporter's own may stand before a quotation that keeps its speaker."""

QUOTED = 0.75
"""The part of a scope that must stand in quotation marks for the scope to be a quotation."""

SLACK = 16
"""How many characters of marks and space may stand between a quotation and what names its speaker."""

STATEMENT = 80
"""How many sentences a statement after "said:" can have."""

TRAILING = frozenset({"after", "inverted", "tail", "preposition"})


def find(doc: Doc) -> Iterator[Mention]:
    """Yield one mention for each attribution, in the order of the text; of a Doc with windows, up to the last."""
    read = [line for line in lines(doc) if len(line)]
    quotations, names = Quotations(doc), Names(read)
    resolution = Resolution(names)
    stop = _last_of_use(doc, quotations)
    told = list(_told(read, Known(quotations, names), stop))
    spoken = Spoken(event.scope for found in told for event in found)
    last: Event | None = None
    gap = owned = 0
    for line, found in zip(read, told, strict=False):
        if not found and last is not None and gap <= PATIENCE:
            carried = _carried(last, line, quotations, spoken)
            found = [carried] if carried is not None and carried.scope[1] > owned else []
        for event in found:
            yield _mention(event, resolution, quotations)
            owned = max(owned, event.scope[1])
            if quotations.at(event.line.start(event.cue[0])) is None:
                last = event
        gap = 0 if found or owned >= line.end(len(line) - 1) else gap + 1


def _told(read: list[Line], known: Known, stop: int | None) -> Iterator[list[Event]]:
    """Give what each sentence says of who says what, up to the last of use."""
    for n, line in enumerate(read):
        if stop is not None and line.start(0) > stop:
            return
        found = _clip(list(events(line, known)))
        found = [_run_on(event, read, n, known.quotations) for event in found]
        yield found or list(colon(line, known)) or list(headline(line))


class Spoken:
    """The stretches that somebody is known to say, to be asked by place."""

    def __init__(self, scopes: Iterable[tuple[int, int]]) -> None:
        self._ends: list[int] = []
        self._starts: list[int] = []
        for start, end in sorted(scopes):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def holds(self, offset: int) -> bool:
        """Tell whether a character stands in one of them."""
        n = bisect_right(self._starts, offset) - 1
        return n >= 0 and offset < self._ends[n]


def _last_of_use(doc: Doc, quotations: Quotations) -> int | None:
    """Give the last offset at which a cue can govern a window: behind it only where a quotation runs on."""
    near = windows(doc)
    if near is None:
        return None
    last = near[-1][1] if near else 0
    chains = (quotations.chain(n) for n in range(len(quotations.found)))
    return max([last, *(end for start, end in chains if start <= last)]) + SLACK


def _mention(event: Event, resolution: Resolution, quotations: Quotations) -> Mention:
    line, phrase = event.line, event.phrase
    speaker = resolution.resolve(line, phrase)
    start, end = event.scope
    first, last = whole(line, phrase, event.cue[0], event.shared)
    value = {
        "name": speaker.name,
        "cue": [line.start(event.cue[0]), line.end(event.cue[1])],
        "scope": [start, end],
        "direct": quotations.share(start, end) > QUOTED,
        "status": event.status,
        "chain": [[line.start(event.chained.first), line.end(event.chained.last)]] if event.chained else [],
        "whole": [line.start(first), line.end(last)],
        "wish": event.wish,
    }
    return Mention(line.start(phrase.first), line.end(phrase.last), speaker.kind, event.rule, value)


def _clip(found: list[Event]) -> list[Event]:
    """What a verb governs forward ends where its speaker goes on with another, or a trailing source takes over."""
    return [_clipped(event, found[n + 1 : n + 3]) for n, event in enumerate(found)]


def _clipped(event: Event, later: list[Event]) -> Event:
    """ "X said A, according to Y"; "X said A; B, Y said"; "X said A but denied B"; "X said A, adding that B"."""
    if event.rule not in {"before", "participle"}:
        return event
    start, end = event.scope
    for other in later:
        if other.rule in TRAILING and other.scope[1] < other.line.start(other.cue[0]):
            end = min(end, other.line.start(_other_half(event, other)))
        elif other.phrase == event.phrase and other.rule in {"before", "participle"}:
            end = min(end, other.line.start(other.cue[0]))
    return replace(event, scope=(start, max(start, end)))


def _other_half(event: Event, other: Event) -> int:
    """Give the token at which what a trailing source says begins, where a clause of its own does: "; B, Y said"."""
    line, opens = other.line, other.opens
    for i in range(opens - 1, 0, -1):
        if line.start(i) < event.scope[0]:
            break
        if line.texts[i] == ";" or (line.texts[i] == "," and line.lower[i + 1] in {"while", "whereas"}):
            return i
    return opens


def _run_on(event: Event, read: list[Line], n: int, quotations: Quotations) -> Event:
    """A statement after "said:" runs to the end of the article or of its quotation."""
    line = read[n]
    colon = line.texts[-1] == ":" and line.start(len(line) - 1) - event.scope[0] <= 80
    if event.rule != "before" or not colon or n + 1 == len(read):
        return event
    start, end = event.scope
    following = read[n + 1].start(0)
    opened = quotations.starting(following, following + 4)
    if opened is not None:
        return replace(event, scope=(start, quotations.chain(opened)[1]), rule="block")
    for later in read[n + 1 : n + 1 + STATEMENT]:
        heading = later.texts[-1] not in FINALS | CLOSERS | {":", ";", ","} and len(later) <= 6
        if heading or (later.texts[-1] == ":" and len(later) <= 12):
            break
        end = later.end(len(later) - 1)
    return replace(event, scope=(start, end), rule="block")


def _carried(last: Event, line: Line, quotations: Quotations, spoken: Spoken) -> Event | None:
    """A quotation without a speaker of its own, in sentences of its own, keeps the one before."""
    n = quotations.starting(line.start(0), line.start(0) + 3)
    if n is None:
        n = quotations.at(line.start(0))
    if n is None or quotations.found[n].words < 4 or spoken.holds(quotations.found[n].start):
        return None
    start, end = quotations.chain(n)
    beyond = quotations.found[n].end + SLACK < line.end(len(line) - 1)
    return None if beyond else replace(last, scope=(start, end), rule="carried", chained=None)
