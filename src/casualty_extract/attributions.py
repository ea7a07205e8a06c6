"""Finds who says so: the source of a statement, the cue, and the stretch of text that it governs.

*Finds* "The army said hundreds had died", "12 died, police said", "said Monahan", "according to
officials", "Police: 3 dead", "he told reporters that", "a report by the council", quotations with the
speaker before, after, between or carried over, statements that run on after "said:".
*Leaves alone* "it was reported" without "by", "12 people reported missing", "the blast claimed 12
lives", "did not say", and what a release says in its own voice.
*Marks* layer "attributions": the source's phrase, labelled with its kind; value: `name` (whom it refers
to), `cue`, `scope` ([start, end] in characters), `direct` (the scope is a quotation), `status` (what
the verb lends, or null), `chain` (whom the source cites).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, NamedTuple

from spacy.tokens import Doc

from casualty_extract import lexicon
from casualty_extract.attributions_names import Names
from casualty_extract.attributions_phrases import (
    CLOSERS,
    OPENERS,
    TIMES,
    Index,
    Line,
    Phrase,
    after,
    appositive,
    before,
    index,
    is_name,
    kind_of,
    lines,
    match,
    noun_at,
    strip,
)
from casualty_extract.attributions_quotes import Quotations
from casualty_extract.mentions import Mention
from casualty_extract.records import SourceKind, Status

__all__ = ["Cue", "Preposition", "find"]

BE = frozenset("is are was were be been being am 's 're".split())
NEGATIONS = frozenset("not n't never cannot".split())
MODALS = frozenset("to would could can will shall should may might must did does do wo ca".split())
SPEAKERS = frozenset("he she it they we".split())
FINALS = frozenset(". ! ? …".split())
MARKS = frozenset({",", "—", "–", "--", ";"})
MIDDLE = frozenset(
    "further however both reportedly all often sometimes long even repeatedly once never".split()
)
AGENT_REACH = 14


class Cue(lexicon.Row):
    """A row of [cues]: a verb that gives someone's word."""

    forms: list[str]
    frame: Literal["speech", "report"]
    status: Status | None = None
    addressee: bool = False
    infinitive: bool = False
    quoted: bool = False
    nouns: list[str] = []
    objects: list[str] = []
    blocks: list[str] = []
    subjects: list[str] = []
    passive: list[str] = []


class Preposition(lexicon.Row):
    """A row of [prepositions]: words that name a source without a verb."""

    known: bool = False


@dataclass(frozen=True, slots=True)
class _Event:
    """A cue with its speaker and the characters that it governs."""

    line: Line
    phrase: Phrase
    cue: tuple[int, int]
    scope: tuple[int, int]
    rule: str
    status: Status | None = None
    chained: Phrase | None = None

    @property
    def from_(self) -> int:
        return min(self.cue[0], self.phrase.first)


class _Known(NamedTuple):
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


def find(doc: Doc) -> Iterator[Mention]:
    """Yield one mention for each attribution, in the order of the text."""
    read = list(lines(doc))
    quotations, names = Quotations(doc), Names(read)
    last: tuple[_Event, int] | None = None
    owned = 0
    for n, line in enumerate(read):
        if not len(line):
            continue
        events = _clip(list(_events(line, _Known(quotations, names))))
        events = [_run_on(event, read, n, quotations) for event in events] or list(_headline(line))
        for event in events:
            yield _mention(event, names, quotations)
            owned = max(owned, event.scope[1])
        if events:
            last = (events[-1], n)
        elif last is not None and n - last[1] <= 2:
            carried = _carried(last[0], line, quotations, owned)
            if carried is not None:
                yield _mention(carried, names, quotations)
                owned = max(owned, carried.scope[1])
                last = (carried, n)
        if last is not None and owned >= line.end(len(line) - 1):
            last = (last[0], n)


def _mention(event: _Event, names: Names, quotations: Quotations) -> Mention:
    line, phrase = event.line, event.phrase
    speaker = names.resolve(line, phrase)
    start, end = event.scope
    return Mention(
        line.start(phrase.first),
        line.end(phrase.last),
        speaker.kind,
        event.rule,
        {
            "name": speaker.name,
            "cue": [line.start(event.cue[0]), line.end(event.cue[1])],
            "scope": [start, end],
            "direct": quotations.share(start, end) > 0.75,
            "status": event.status,
            "chain": [line.text(event.chained.first, event.chained.last)] if event.chained else [],
        },
    )


def _events(line: Line, known: _Known) -> Iterator[_Event]:
    forms = _forms()
    previous: _Event | None = None
    for i, word in enumerate(line.lower):
        event = None
        hit = match(_prepositions(), line, i)
        if hit:
            event = _preposition(line, i, hit, known.quotations)
            if event and previous and hit[1] == "citing":
                # "Al-Ahram said, citing the ministry": the figure is Al-Ahram's, on the ministry's word.
                previous = replace(previous, chained=event.phrase)
                continue
            if event and previous and hit[1] == "quoting" and previous.rule != "before":
                # "reports our correspondent quoting the mayor": the mayor's words.
                event, previous = replace(event, scope=previous.scope), None
        elif word in forms:
            event = _verb(line, i, *forms[word], known, previous)
        if event is None:
            continue
        if previous is not None:
            yield previous
        previous = event
    if previous is not None:
        yield previous


def _preposition(line: Line, i: int, hit: tuple[int, str], quotations: Quotations) -> _Event | None:
    row = lexicon.read("attributions", "prepositions", Preposition)[hit[1]]
    phrase = after(line, i + hit[0])
    if phrase is None or (row.known and kind_of(line, phrase) is None):
        return None
    end = phrase.last + 1
    leads = i == 0 or not any(k not in {"adv", "conj", "punct"} for k in line.kinds[:i])
    if leads or line.tokens[i - 1].text in {":", ";"} or line.kinds[i - 1] in {"conj", "sconj"}:
        scope = (line.start(min(end, len(line) - 1)), _sentence_end(line, end, quotations))
    else:
        scope = _backward(line, i, end, quotations)
    return _Event(line, phrase, (i, i + hit[0] - 1), scope, "preposition")


def _verb(line: Line, i: int, lemma: str, row: Cue, known: _Known, previous: _Event | None) -> _Event | None:
    quotations, names = known
    if i + 1 < len(line) and line.tokens[i + 1].text in {"-", "‑"}:
        return None
    if i and line.tokens[i].text[:1].isupper() and not line.titled:
        # "Omar Said", "the United States".
        return None
    following, word = line.lower[i + 1 : i + 15], line.lower[i]
    if row.objects and not set(following) & set(row.objects):
        return None
    if row.blocks and set(following[:7]) & set(row.blocks):
        return None
    if following[:1] == ["to"] and not row.infinitive and not row.addressee:
        # "five strikes alleged to have", "said to be": a passive without its auxiliary.
        return None
    inverted = _inverted(line, i, row, word)
    if inverted is not None:
        return _Event(
            line,
            inverted,
            (i, i),
            _backward(line, i, _phrase_end(line, inverted), quotations),
            "inverted",
            row.status,
        )
    if word in row.nouns and not _verbal(line, i, lemma):
        return None
    j, auxiliaries = _over_auxiliaries(line, i)
    passive = (
        not word.endswith("ing")
        and bool(auxiliaries & BE)
        and not auxiliaries & {"has", "have", "had", "'ve"} - {"been"}
    )
    passive = passive or (not word.endswith("ing") and "been" in auxiliaries)
    if passive and not (row.subjects or lemma == "tell"):
        return _agent(line, i, row, quotations)
    if (
        lemma != "deny"
        and auxiliaries & NEGATIONS
        or (word == lemma and auxiliaries & MODALS and not auxiliaries & {"did", "do", "does"})
    ):
        return None
    if word.endswith("ing") and not auxiliaries & BE:
        return _participle(line, i, j, row, known, previous)
    phrase = _subject(line, j, previous, names)
    quoted = quotations.at(line.start(i)) is not None
    if phrase is None or not (
        names.knows(line, phrase) or _speaks(line, phrase, row, lemma, passive, quoted)
    ):
        return None
    if previous is not None and previous.rule == "before" and _vague(line, phrase):
        # "The army said preliminary reports indicated": the army stands for what the reports say.
        return None
    return _placed(line, i, phrase, row, quotations)


def _vague(line: Line, phrase: Phrase) -> bool:
    """Reports of nobody in particular."""
    return line.lower[phrase.last] in {"reports", "accounts"} and kind_of(line, phrase) is None


def _verbal(line: Line, i: int, lemma: str) -> bool:
    """A form such as "claims" or "reports" is a verb between a speaker and what is said."""
    before_ = line.kinds[i - 1] if i else ""
    if before_ not in {"word", "pron", "adv", "poss"} and not (
        before_ == "punct" and line.tokens[i - 1].text == ","
    ):
        return False
    if i + 1 >= len(line):
        return False
    if line.tokens[i + 1].text in FINALS | {","}:
        speaker = before(line, i - 1)
        return line.lower[i] != lemma and speaker is not None and kind_of(line, speaker) is not None
    return (
        line.kinds[i + 1] in {"det", "num", "pron"}
        or line.tokens[i + 1].text in OPENERS | {":"}
        or line.lower[i + 1] in {"that", "at", "how", "more"}
    )


def _over_auxiliaries(line: Line, i: int) -> tuple[int, set[str]]:
    """Step left over auxiliaries, adverbs and times; give where that ends and what they were."""
    j, passed = i - 1, set()
    while j >= 0:
        low, what = line.lower[j], line.kinds[j]
        if (
            what == "aux"
            or low in NEGATIONS
            or (what == "adv" and low not in {"here", "there"})
            or low in {"first", "to", "went", "on"}
            and j == i - 1
        ):
            passed.add(low)
        elif low in MIDDLE:
            pass
        elif (
            low in TIMES
            and j
            and (line.lower[j - 1] in {"on", "late", "early", "last"} or line.lower[j - 1] in TIMES)
        ):
            passed.add(line.lower[j - 1])
            j -= 1
            if j and line.lower[j - 1] == "on":
                j -= 1
        elif (
            low in TIMES
            and j
            and line.kinds[j - 1] == "word"
            and what == "word"
            and line.lower[j - 1] not in TIMES
            and line.lower[j - 1] != "the"
        ):
            passed.add(low)
        elif (
            what == "word"
            and j > 1
            and line.kinds[j - 1] == "det"
            and line.lower[j - 2] in {"in", "at", "during"}
            and noun_at(line, j)
            and j > 2
        ):
            # "The ministry in a statement said".
            j -= 2
        else:
            break
        j -= 1
    return j, passed


def _subject(line: Line, j: int, previous: _Event | None, names: Names) -> Phrase | None:
    if j < 0:
        return None
    low = line.lower[j]
    if low in {"and", "but", "or"}:
        # "The army confirmed the attack but said": the verbs share their subject.
        return (
            previous.phrase if previous is not None and previous.rule == "before" else _leading(line, names)
        )
    if low in SPEAKERS and line.kinds[j] == "pron":
        return Phrase(j, j)
    if (low in {"who", "which"} and line.kinds[j] == "sconj") or (low == "that" and noun_at(line, j - 1)):
        end = j - 2 if line.tokens[j - 1].text == "," else j - 1
        return _with_role(line, before(line, end))
    if line.tokens[j].text in {",", "—", "–", "--"}:
        return appositive(line, j)
    if line.kinds[j] == "verb" and low in {"reports"}:
        return None
    phrase = before(line, j)
    if phrase is None:
        return None
    for k in range(phrase.first - 1, max(0, phrase.first - 13), -1):
        if line.kinds[k] == "punct" and not _hyphen(line, k):
            break
        if line.lower[k] == "who":
            # "officials who spoke with reporters said".
            return before(line, k - 1) or phrase
    k = phrase.first - 1
    k -= k > 0 and line.kinds[k] == "adp"
    if (
        k > 0
        and line.kinds[k] == "part"
        and (line.lower[k].endswith("ing") or line.lower[k] in {"based", "led", "named", "involved"})
    ):
        # "The coalition fighting Islamic State said": the speaker stands before the participle.
        earlier = before(line, k - 1)
        if earlier is not None and kind_of(line, earlier) is not None and earlier.first <= 1:
            return earlier
    return _with_role(line, phrase)


def _hyphen(line: Line, i: int) -> bool:
    return line.tokens[i].text in {"-", "‑"} and not line.tokens[i].whitespace_


def _with_role(line: Line, phrase: Phrase | None) -> Phrase | None:
    """Add the role that stands before a name: "Eastern Cape police spokesperson, Brigadier Kinana said"."""
    if (
        phrase is None
        or phrase.first < 2
        or line.tokens[phrase.first - 1].text != ","
        or not is_name(line, phrase.first, phrase.last)
    ):
        return phrase
    role = before(line, phrase.first - 2)
    if role is None or kind_of(line, role) is None:
        return phrase
    alone = role.first == 0 or line.kinds[role.first - 1] in {"punct", "conj", "sconj", "adp"}
    return replace(phrase, evidence=((role.first, role.last),)) if alone else phrase


def _speaks(line: Line, phrase: Phrase, row: Cue, lemma: str, passive: bool, in_quotation: bool) -> bool:
    """Tell whether a phrase can be the speaker of a verb."""
    words = set(line.lower[phrase.first : phrase.last + 1])
    if passive:
        return bool(words & set(row.subjects or row.passive))
    if row.subjects:
        return bool(words & set(row.subjects))
    if line.kinds[phrase.first] == "pron":
        return not (in_quotation and line.lower[phrase.first] == "we")
    if line.kinds[phrase.last] == "num" and phrase.first == phrase.last and line.lower[phrase.last] != "one":
        return False
    if kind_of(line, phrase) is not None or noun_at(line, phrase.last) is not None:
        return True
    if line.kinds[phrase.first] == "num" and phrase.last > phrase.first:
        return False
    named = line.tokens[phrase.last].text[:1].isupper() and line.kinds[phrase.last] == "word"
    if named or noun_at(line, phrase.first):
        return phrase.last > 0 or row.frame == "speech"
    return (
        row.frame == "speech"
        and lemma not in {"claim", "report", "predict"}
        and line.kinds[phrase.last] == "word"
    )


def _inverted(line: Line, i: int, row: Cue, word: str) -> Phrase | None:
    """The speaker after the verb: “…,” said Monahan; 12 died, reports our correspondent."""
    if i == 0 or word.endswith("ing") or row.addressee or row.frame != "speech" or i + 1 >= len(line):
        return None
    opening = line.tokens[i - 1].text
    if opening not in MARKS | CLOSERS or line.tokens[i + 1].text in OPENERS | {",", ":"}:
        return None
    phrase = after(line, i + 1)
    if phrase is None or line.kinds[i + 1] == "num" or line.lower[i + 1] in {"that", "there", "it", "this"}:
        return None
    end = phrase.last + 1
    rest = line.tokens[end].text if end < len(line) else "."
    closed = rest in MARKS | FINALS | CLOSERS | {":"} or (
        end < len(line)
        and (
            line.lower[end]
            in TIMES
            | {"in", "on", "at", "who", "citing", "quoting", "during", "after", "via", "through", "to"}
        )
    )
    known = (
        kind_of(line, phrase) is not None
        or line.kinds[phrase.first] == "pron"
        or line.tokens[phrase.last].text[:1].isupper()
    )
    return phrase if closed and (known or opening in CLOSERS) else None


def _agent(line: Line, i: int, row: Cue, quotations: Quotations) -> _Event | None:
    """The source of a passive stands after "by": "it was reported by the agency that"."""
    for j in range(i + 1, min(len(line) - 1, i + AGENT_REACH)):
        if line.tokens[j].text in MARKS | FINALS or line.lower[j] == "that":
            return None
        if line.lower[j] == "by":
            phrase = after(line, j + 1)
            if phrase is None or (
                kind_of(line, phrase) is None and not line.tokens[phrase.last].text[:1].isupper()
            ):
                return None
            scope = (line.start(0), _sentence_end(line, len(line) - 1, quotations))
            return _Event(line, phrase, (i, i), scope, "passive", row.status)
    return None


def _participle(
    line: Line, i: int, j: int, row: Cue, known: _Known, previous: _Event | None
) -> _Event | None:
    """ "…, saying that": the speaker is that of the sentence; "quoted the ministry as saying": it stands before "as"."""
    if j >= 0 and line.lower[j] == "as":
        phrase = before(line, j - 1)
    elif j >= 0 and (
        line.tokens[j].text in MARKS | CLOSERS
        or noun_at(line, j)
        or line.lower[j] in {"by", "and"}
        or (previous and line.lower[j] in TIMES)
    ):
        phrase = previous.phrase if previous and previous.cue[0] < i else _leading(line, known.names)
    else:
        return None
    if phrase is None or phrase.first > i or (row.objects and not row.frame):
        return None
    return _Event(line, phrase, (i, i), _forward(line, i, known.quotations), "participle", row.status)


def _leading(line: Line, names: Names) -> Phrase | None:
    """The subject of the sentence, where it is someone known to speak."""
    i = 0
    while i < len(line) and line.kinds[i] in {"punct", "adv", "conj"}:
        i += 1
    phrase = after(line, i)
    if phrase is not None and line.kinds[i] == "adp":
        return None
    if phrase is None:
        return None
    known = kind_of(line, phrase) is not None or line.lower[i] in SPEAKERS or names.knows(line, phrase)
    return (
        phrase if known or (phrase.last > phrase.first and is_name(line, phrase.first, phrase.last)) else None
    )


def _placed(line: Line, i: int, phrase: Phrase, row: Cue, quotations: Quotations) -> _Event | None:
    """Decide from the words around a speaker and a verb on which side the content stands."""
    cue, left = (i, i), phrase.first - 1
    if left > 0 and line.tokens[left].text == "(":
        left -= 1
    mark = line.tokens[left].text if left >= 0 else ""
    content = (
        left >= 2
        and (mark in MARKS | CLOSERS)
        and any(k in {"verb", "aux", "part", "num"} for k in line.kinds[:left])
    )
    content = content or (
        left >= 1
        and mark == ","
        and i + 1 < len(line)
        and line.tokens[i + 1].text == ","
        and line.kinds[0] != "adp"
    )
    content = (
        content
        or (left >= 0 and mark in CLOSERS)
        or (left >= 1 and mark == "," and line.tokens[left - 1].text in CLOSERS)
    )
    silent = not _speech_follows(line, i, row)
    if not content and silent and left >= 3 and i + 2 >= len(line):
        content = any(k in {"verb", "aux", "part"} or k == "num" for k in line.kinds[: left + 1])
        return (
            _Event(line, phrase, cue, _backward(line, phrase.first, i + 1, quotations), "tail", row.status)
            if content
            else None
        )
    if content and (silent or mark in CLOSERS or (mark == "," and line.tokens[left - 1].text in CLOSERS)):
        return _Event(
            line, phrase, cue, _backward(line, phrase.first, i + 1, quotations), "after", row.status
        )
    if row.quoted and quotations.starting(line.end(i), line.end(i) + 40) is None:
        return None
    return _Event(line, phrase, cue, _forward(line, i, quotations), "before", row.status)


def _speech_follows(line: Line, i: int, row: Cue) -> bool:
    """Tell whether what is said follows the verb, and not just when, where and to whom."""
    j, limit = i + 1, min(len(line), i + 30)
    adjunct = j < limit and (
        line.lower[j] in TIMES
        or line.kinds[j] == "adp"
        or line.lower[j] in {"reporters", "late", "early", "last"}
    )
    if j < limit and line.tokens[j].text == ":":
        return True
    if j < limit and not adjunct and not row.addressee and line.kinds[j] in {"det", "num", "word", "pron"}:
        return True
    while j < limit:
        what, low, text = line.kinds[j], line.lower[j], line.tokens[j].text
        if low == "that":
            return True
        if text in MARKS | FINALS | CLOSERS - OPENERS or (what == "sconj" and j > i + 1):
            return False
        if text in OPENERS or what in {"verb", "aux"}:
            return True
        if not adjunct and (what in {"part"} or (what == "num" and j == i + 1)):
            return True
        j += 1
    return False


def _phrase_end(line: Line, phrase: Phrase) -> int:
    return max([phrase.last, *(b for _, b in phrase.evidence)]) + 1


def _sentence_end(line: Line, i: int, quotations: Quotations) -> int:
    """The end of what is said from token i on: the sentence, or the quotation that runs beyond it."""
    end = line.end(len(line) - 1)
    start = line.start(min(i, len(line) - 1))
    inside = quotations.at(start)
    if inside is not None:
        return min(end, quotations.found[inside].end) if quotations.found[inside].end > start else end
    opened = quotations.starting(start, end)
    if opened is not None:
        end = max(end, quotations.chain(opened)[1]) if quotations.found[opened].end >= end - 3 else end
    return end


def _forward(line: Line, i: int, quotations: Quotations) -> tuple[int, int]:
    start = line.end(i)
    inside = quotations.at(line.start(i))
    if inside is not None:
        return start, max(start, min(line.end(len(line) - 1), quotations.found[inside].end))
    return start, max(start, _sentence_end(line, i + 1, quotations))


def _backward(line: Line, i: int, end: int, quotations: Quotations) -> tuple[int, int]:
    """The stretch before a trailing cue that starts at token i, and the rest of a clause that it interrupts."""
    stop = i - 1
    while stop > 0 and (line.tokens[stop].text in MARKS or line.tokens[stop].text in {"("}):
        stop -= 1
    last = line.end(max(stop, 0))
    start = line.start(0)
    inside = quotations.at(line.start(i))
    if inside is not None:
        return max(start, quotations.found[inside].start), last
    n = quotations.ending(last)
    if n is None:
        n = quotations.ending(last - 1)
    if n is not None:
        start = min(start, quotations.chain(n)[0])
    final = last
    while end < len(line) and (line.lower[end] in TIMES or line.lower[end] in {"on", "late", "early"}):
        end += 1
    if end + 1 < len(line) and line.tokens[end].text == "," and _interrupts(line, stop, end + 1):
        # What the cue interrupts goes on: "One child was, according to the fire service, among the dead."
        final = _sentence_end(line, end + 1, quotations)
    following = quotations.starting(last + 1, line.end(len(line) - 1) + 4)
    if n is not None:
        # “Q,” he said. “Q.”: the quotation after the speaker goes on.
        nearby = quotations.starting(last + 1, line.end(len(line) - 1) + 6)
        following = nearby if nearby is not None else following
        if following is not None and following > n:
            final = max(final, quotations.chain(following)[1])
    return start, max(final, start)


def _interrupts(line: Line, stop: int, following: int) -> bool:
    """Tell whether a clause is unfinished where a cue breaks into it."""
    if line.kinds[following] in {"aux", "verb"} or line.tokens[following].text in OPENERS:
        return True
    if line.kinds[0] in {"adp", "sconj"} and not any(token.text == "," for token in line.tokens[:stop]):
        # "By evening, she said, twelve had died."
        return True
    if line.kinds[stop] in {"aux", "adp", "sconj", "verb"} or line.lower[stop] == "that":
        return True
    return not any(k in {"aux", "verb", "part"} for k in line.kinds[: stop + 1])


def _clip(events: list[_Event]) -> list[_Event]:
    """What a verb governs forward ends where a trailing source takes over: "X said A, according to Y"."""
    found: list[_Event] = []
    for n, event in enumerate(events):
        end = event.scope[1]
        if event.rule in {"before", "participle"}:
            for later in events[n + 1 : n + 3]:
                if later.rule in {"after", "inverted", "tail", "preposition"} and later.scope[
                    1
                ] < later.line.start(later.cue[0]):
                    end = min(end, later.line.start(later.from_))
        found.append(
            replace(event, scope=(event.scope[0], max(end, event.scope[0])))
            if end != event.scope[1]
            else event
        )
    return found


def _run_on(event: _Event, read: list[Line], n: int, quotations: Quotations) -> _Event:
    """A statement after "said:" runs to the end of the article or of its quotation."""
    line = read[n]
    if (
        event.rule != "before"
        or line.tokens[-1].text != ":"
        or line.start(len(line) - 1) - event.scope[0] > 80
    ):
        return event
    following = next((x for x in read[n + 1 : n + 3] if len(x)), None)
    if following is None:
        return event
    opened = quotations.starting(following.start(0), following.start(0) + 4)
    if opened is not None:
        return replace(event, scope=(event.scope[0], quotations.chain(opened)[1]), rule="block")
    end = event.scope[1]
    for later in read[n + 1 :]:
        if not len(later):
            continue
        if later.tokens[-1].text not in FINALS | CLOSERS | {":", ";", ","} and len(later) <= 6:
            break
        end = later.end(len(later) - 1)
    return replace(event, scope=(event.scope[0], end), rule="block")


def _carried(last: _Event, line: Line, quotations: Quotations, owned: int) -> _Event | None:
    """A quotation without a speaker of its own keeps the one before."""
    n = quotations.starting(line.start(0), line.start(0) + 3)
    if n is None:
        n = quotations.at(line.start(0))
    if n is None or quotations.found[n].end <= owned or quotations.found[n].words < 4:
        return None
    start, end = quotations.chain(n)
    if start < owned and end <= owned:
        return None
    return replace(last, scope=(start, end), rule="carried", chained=None)


def _headline(line: Line) -> Iterator[_Event]:
    """ "Police: 3 dead", and "3 dead in blast: police" without a full stop."""
    size = len(line)
    if size < 4 or size > 40:
        return
    for i in range(1, min(size - 2, 9)):
        if line.tokens[i].text == ":":
            phrase = before(line, i - 1)
            if phrase is not None and phrase.first == 0 and kind_of(line, phrase) is not None:
                yield _Event(line, phrase, (i, i), (line.end(i), line.end(size - 1)), "headline")
            return
    if line.tokens[-1].text in FINALS:
        return
    for i in range(size - 2, max(2, size - 7), -1):
        if (
            line.tokens[i].text in {":", "—", "–", "-", "--"}
            and line.tokens[i - 1].whitespace_ + line.tokens[i].whitespace_
        ):
            phrase = before(line, size - 1)
            phrase = strip(line, phrase) if phrase else None
            if phrase is not None and phrase.first == i + 1 and kind_of(line, phrase) is not None:
                yield _Event(line, phrase, (i, i), (line.start(0), line.end(i - 1)), "headline")
            return
