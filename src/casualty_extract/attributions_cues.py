"""Finds the cues of a sentence and puts them together with their speakers and scopes.

*Finds* verbs of saying in all their places ("X said that", "..., X said", "..., said X", ", saying",
"was reported by X"), prepositions ("according to", "citing") and the colon of headlines.
*Leaves alone* nouns that look like verbs ("the reports of"), passives without "by", negations.
*Marks* nothing; `attributions` makes mentions of what it finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from casualty_extract import lexicon
from casualty_extract.attributions_clauses import leading
from casualty_extract.attributions_kinds import (
    TIMES,
    Index,
    Line,
    Phrase,
    index,
    kind_of,
    match,
    noun_at,
)
from casualty_extract.attributions_names import Names
from casualty_extract.attributions_phrases import after, before
from casualty_extract.attributions_quotes import CLOSERS, Quotations
from casualty_extract.attributions_sayings import sayer, sayings
from casualty_extract.attributions_scopes import (
    MARKS,
    backward,
    forward,
    sentence_end,
    speech_follows,
)
from casualty_extract.attributions_speakers import (
    NEGATIONS,
    Cue,
    agent,
    counts,
    inverted,
    over_auxiliaries,
    speaks,
    subject,
    vague,
    verbal,
)
from casualty_extract.records import Status

__all__ = ["Event", "Known", "Preposition", "events"]

BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "am", "'s", "'re"})
MODALS = frozenset("""to would could can will shall should may might must did does do wo ca""".split())
ADJECTIVES = frozenset({"alleged", "suspected"})
"""Forms that a noun follows as an adjective: "residents and alleged smugglers"."""

JUDGED = 120
"""How many characters behind a verb of judging its quotation can start."""


class Preposition(lexicon.Row):
    """A row of [prepositions]: words that name a source without a verb."""

    known: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """A cue with its speaker and the characters that it governs."""

    line: Line
    phrase: Phrase
    cue: tuple[int, int]
    scope: tuple[int, int]
    rule: str
    status: Status | None = None
    chained: Phrase | None = None
    wish: bool = False

    @property
    def shared(self) -> bool:
        """Whether other verbs of the sentence stand between the speaker and the cue."""
        if self.rule == "participle":
            return True
        j, _ = over_auxiliaries(self.line, self.cue[0])
        return j > self.phrase.last and self.line.kinds[j] == "conj"

    @property
    def opens(self) -> int:
        """The first token of the speaker and the cue together."""
        return min(self.cue[0], self.phrase.first)


class Known(NamedTuple):
    """What is known of the whole text while one sentence is read."""

    quotations: Quotations
    names: Names


@cache
def _forms() -> dict[str, tuple[str, Cue]]:
    return {
        form: (lemma, row)
        for lemma, row in lexicon.read("attributions", "cues", Cue).items()
        for form in (lemma, *row.forms)
    }


@cache
def _prepositions() -> Index:
    return index((key, key) for key in lexicon.read("attributions", "prepositions", Preposition))


@cache
def _openers() -> frozenset[str]:
    """The words with which every cue starts."""
    return frozenset(_forms()) | frozenset(sayings()) | {first.lower() for first in _prepositions()}


def events(line: Line, known: Known) -> Iterator[Event]:
    """Yield the cues of a sentence with their speakers, in the order of the text."""
    forms, prepositions, openers = _forms(), _prepositions(), _openers()
    previous: Event | None = None
    for i, word in enumerate(line.lower):
        if word not in openers:
            continue
        event = None
        hit = match(prepositions, line, i)
        if hit:
            event = _preposition(line, i, hit, known.quotations)
            if event and previous and hit[1] == "citing":
                # "Reuters said, citing the ministry": the figure is Reuters's, on the ministry's word.
                previous = replace(previous, chained=event.phrase)
                continue
            if event and previous and hit[1] == "quoting" and previous.rule != "before":
                # "reports our correspondent quoting the mayor": the mayor's words.
                event, previous = replace(event, scope=previous.scope), None
        elif word in forms:
            event = _verb(line, i, *forms[word], known, previous)
        if event is None and word in sayings():
            event = _noun(line, i, known.quotations)
        if event is None:
            continue
        if previous is not None and _cites(previous, event):
            # "State radio, citing the mayor, reported": the figure is the radio's, on the mayor's word.
            event, previous = replace(event, chained=previous.phrase), None
        if previous is not None:
            yield previous
        previous = event
    if previous is not None:
        yield previous


def _cites(cited: Event, event: Event) -> bool:
    """Tell whether a speaker cites another between their name and their verb."""
    between = event.phrase.last < cited.cue[0] < event.cue[0]
    return between and cited.line.lower[cited.cue[0]] in {"citing", "quoting"}


def _preposition(line: Line, i: int, hit: tuple[int, str], quotations: Quotations) -> Event | None:
    row = lexicon.read("attributions", "prepositions", Preposition)[hit[1]]
    phrase = after(line, i + hit[0])
    if phrase is None or (row.known and kind_of(line, phrase) is None):
        return None
    end = phrase.last + 1
    leads = line.first_solid >= i
    if leads or line.texts[i - 1] in {":", ";"} or line.kinds[i - 1] in {"conj", "sconj"}:
        scope = (line.start(min(end, len(line) - 1)), sentence_end(line, end, quotations))
    else:
        scope = backward(line, i, end, quotations)
    return Event(line, phrase, (i, i + hit[0] - 1), scope, "preposition")


def _noun(line: Line, i: int, quotations: Quotations) -> Event | None:
    """What somebody's claim, remark or warning says: "her remark that 12 had died"."""
    found = sayer(line, i)
    if found is None or line.lower[found[0].last] in _forms():
        return None
    phrase, last = found
    return Event(
        line, phrase, (i, i), forward(line, last, quotations), "noun", sayings()[line.lower[i]].status
    )


def _verb(line: Line, i: int, lemma: str, row: Cue, known: Known, previous: Event | None) -> Event | None:
    quotations, names = known
    if (i + 1 < len(line) and line.texts[i + 1] in {"-", "‑"}) or (i and line.texts[i - 1] in {"-", "‑"}):
        return None
    if row.particles and line.lower[i + 1 : i + 2] and line.lower[i + 1] not in row.particles:
        return None
    if i and line.texts[i][:1].isupper() and not line.titled:
        # "Omar Said", "the United States".
        return None
    following, word = line.lower[i + 1 : i + 15], line.lower[i]
    if (
        word in ADJECTIVES
        and i + 1 < len(line)
        and line.kinds[i + 1] == "word"
        and line.texts[i + 1].islower()
    ):
        return None
    if row.objects and not set(following) & set(row.objects):
        return None
    blocked = bool(row.blocks) and bool(set(following[:7]) & set(row.blocks))
    if (blocked and not row.fates) or (following[:1] and following[0] in row.never):
        return None
    passive_looking = row.frame == "report" or following[1:2] in (["have"], ["be"])
    to = following[:1] == ["to"] and not (following[1:2] and line.kinds[i + 2] in {"pron", "det"})
    if to and passive_looking and not row.infinitive and not row.addressee:
        # "three raids alleged to have", "said to be": a passive without its auxiliary.
        return None
    asked = quotations.asking(line.start(0)) if i == 0 else None
    behind = inverted(line, i, row, word, asked is not None)
    if behind is not None and asked is not None:
        # “…?” asked Karim.
        return Event(line, behind, (i, i), quotations.chain(asked), "inverted", row.status)
    if behind is not None:
        return Event(
            line,
            behind,
            (i, i),
            backward(line, i, _phrase_end(line, behind), quotations),
            "inverted",
            row.status,
        )
    if word in row.nouns and not verbal(line, i, lemma, row.infinitive, names):
        return None
    j, auxiliaries = over_auxiliaries(line, i)
    passive = (
        not word.endswith("ing")
        and bool(auxiliaries & BE)
        and not auxiliaries & {"has", "have", "had", "'ve"} - {"been"}
    )
    passive = passive or (not word.endswith("ing") and "been" in auxiliaries)
    if passive and not row.passive:
        return _agent(line, i, row, quotations)
    if lemma != "deny" and auxiliaries & NEGATIONS:
        return None
    if auxiliaries & {"would", "could", "might", "should"} and "have" in auxiliaries:
        # "If he would have told us".
        return None
    if word == lemma and auxiliaries & MODALS and not auxiliaries & {"did", "do", "does"}:
        return None
    if word.endswith("ing") and not auxiliaries & BE:
        return _participle(line, i, j, row, known, previous)
    earlier = previous.phrase if previous is not None and previous.rule == "before" else None
    phrase = subject(line, j, earlier, names)
    if phrase is None or (blocked and not counts(line, phrase)):
        return None
    if passive or row.subjects:
        if not set(line.lower[phrase.first : phrase.last + 1]) & set(
            row.passive if passive else row.subjects
        ):
            return None
    elif not (
        speaks(line, phrase, row, lemma, quotations.at(line.start(i)) is not None)
        or names.knows(line, phrase)
    ):
        return None
    if previous is not None and previous.rule == "before" and vague(line, phrase, row):
        # "The army said preliminary reports indicated": the army stands for what the reports say.
        return None
    return _placed(line, i, phrase, row, quotations)


def _agent(line: Line, i: int, row: Cue, quotations: Quotations) -> Event | None:
    """The content of a passive stands around it: "it was reported by the agency that"."""
    phrase = agent(line, i)
    if phrase is None:
        return None
    scope = (line.start(0), sentence_end(line, len(line) - 1, quotations))
    return Event(line, phrase, (i, i), scope, "passive", row.status)


def _participle(line: Line, i: int, j: int, row: Cue, known: Known, previous: Event | None) -> Event | None:
    """ "…, saying that": the speaker is that of the sentence; "quoted the ministry as saying": it stands before "as"."""
    if j >= 0 and line.lower[j] == "as":
        phrase = before(line, j - 1)
    elif j >= 0 and (
        line.texts[j] in MARKS | CLOSERS
        or noun_at(line, j)
        or line.lower[j] in {"by", "and"}
        or (previous and line.lower[j] in TIMES)
    ):
        # "The mayor rebuked those who said so, calling": the mayor.
        said = previous is not None and previous.cue[0] < i and not _relative(line, previous)
        if not said and line.lower[i + 1 : i + 2] == ["to"]:
            # "The blast killed three, adding to the toll".
            return None
        loose = row.frame == "speech" and line.texts[j] in MARKS | CLOSERS
        phrase = previous.phrase if said and previous else leading(line, known.names, i, loose)
    else:
        return None
    if phrase is None or phrase.first > i or (row.objects and not row.frame):
        return None
    if row.judges:
        return _judged(line, i, phrase, known.quotations)
    scope = forward(line, i, known.quotations)
    return Event(line, phrase, (i, i), scope, "participle", row.status, wish=_wishes(line, i, row))


def _relative(line: Line, event: Event) -> bool:
    """Tell whether a speaker is only the antecedent of "who"."""
    k = event.phrase.last + 1
    return k < event.cue[0] and line.lower[k] in {"who", "which", "that"}


def _placed(line: Line, i: int, phrase: Phrase, row: Cue, quotations: Quotations) -> Event | None:
    """Decide from the words around a speaker and a verb on which side the content stands."""
    left = phrase.first - 1
    left -= left > 0 and line.texts[left] == "("
    mark = line.texts[left] if left >= 0 else ""
    if left >= 0 and line.kinds[left] == "word" and line.kinds[i + 1 : i + 2] == ["aux"]:
        # "Nothing the president said will help".
        return None
    told = min(line.first_verbal, line.first_figure)
    quoted = mark in CLOSERS or (mark == "," and left >= 1 and line.texts[left - 1] in CLOSERS)
    between = mark == "," and left >= 1 and line.tokens[i + 1 : i + 2] != [] and line.texts[i + 1] == ","
    content = (left >= 2 and mark in MARKS and told < left) or (between and line.kinds[0] != "adp")
    silent = not speech_follows(line, i, row.addressee)
    if quoted or (content and silent):
        return Event(
            line, phrase, (i, i), backward(line, phrase.first, i + 1, quotations), "after", row.status
        )
    if silent and left >= 3 and i + 2 >= len(line):
        # "Bus crash kills 14 police say": a headline without its comma.
        scope = backward(line, phrase.first, i + 1, quotations)
        return Event(line, phrase, (i, i), scope, "tail", row.status) if told <= left else None
    asked = quotations.asking(line.start(0)) if left < 0 and silent else None
    if asked is not None:
        # “…?” Karim said to us.
        return Event(line, phrase, (i, i), quotations.chain(asked), "after", row.status)
    if row.judges:
        return _judged(line, i, phrase, quotations)
    that = line.lower[i + 1 : i + 3]
    if row.quoted and "that" not in that and quotations.starting(line.end(i), line.end(i) + 40) is None:
        return None
    scope = forward(line, i, quotations)
    return Event(line, phrase, (i, i), scope, "before", row.status, wish=_wishes(line, i, row))


def _wishes(line: Line, i: int, row: Cue) -> bool:
    """Tell whether what follows is wanted, not stated: "pledged to free the 14", "urged them to leave"."""
    return row.wishes and "that" not in line.lower[i + 1 : i + 4]


def _judged(line: Line, i: int, phrase: Phrase, quotations: Quotations) -> Event | None:
    """What somebody calls a thing reaches as far as the quotation: "Karim called the raid “a slaughter”"."""
    opened = quotations.first(line.end(i), min(line.end(i) + JUDGED, line.end(len(line) - 1)))
    if opened is None or quotations.at(line.start(i)) is not None:
        return None
    return Event(line, phrase, (i, i), quotations.chain(opened), "judged")


def _phrase_end(line: Line, phrase: Phrase) -> int:
    return max([phrase.last, *(b for _, b in phrase.evidence)]) + 1
