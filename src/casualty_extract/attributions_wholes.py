"""Measures the whole phrase of a speaker: the name with all that the sentence tells about its bearer.

*Finds* around "Ana Ruiz" the whole of "Ana Ruiz, 34, head of the clinic," said; "A police spokesman, Omar
Karim"; "Karim (R), who lives there"; "people familiar with the plans".
*Leaves alone* when, where and to whom something was said: "Karim on Monday", "Ruiz in a statement".
*Marks* nothing; `attributions` writes the stretch beside the phrase nearest to the cue.
"""

from __future__ import annotations

from casualty_extract.attributions_kinds import TIMES, Line, Phrase, kind_of
from casualty_extract.attributions_phrases import before, nominal
from casualty_extract.attributions_quotes import CLOSERS, OPENERS
from casualty_extract.attributions_scopes import FINALS
from casualty_extract.attributions_speakers import over_auxiliaries

__all__ = ["whole"]

TITLES = frozenset({"mr", "mrs", "ms", "dr", "mr.", "mrs.", "ms.", "dr.", ".", "said", "says"})
RELATIVES = frozenset({"who", "which", "whose", "whom"})
COMMAS = frozenset({",", "—", "–", "--"})
ENDS = FINALS | CLOSERS | OPENERS | frozenset({":", ";"})
ALWAYS = frozenset({"of", "for", "from", "with", "behind", "within", "near"})
"""Prepositions that lead on inside a phrase wherever they stand."""

PLACES = frozenset({"in", "at", "on", "to", "inside", "outside"})
"""Prepositions that lead on before a name only: "in Lagos", but "in a statement"."""

CIRCUMSTANCES = frozenset(
    """statement interview speech email e-mail tweet twitter facebook rally debate conference post memo
    letter note message call report telephone phone show radio television instagram"""
    .split()
)  # fmt: skip
MEDIA = frozenset({"twitter", "facebook", "instagram", "fox", "cnn", "msnbc", "nbc", "abc", "cbs", "youtube"})
SPEAKING = frozenset(
    """saying adding citing quoting telling noting arguing referring speaking warning calling writing pointing
    including explaining describing asking urging recalling""".split()
)
ACTING = frozenset({"acting", "managing", "founding", "presiding", "visiting", "leading"})
WEIGHTS = frozenset(
    "both all about around nearly almost roughly some only just over virtually not at least more than".split()
)
MEMBERS = 6
"""How many members of a list are looked for."""

TIGHT = frozenset({"familiar", "close", "involved", "briefed", "based", "affiliated", "critical", "loyal"})


def whole(line: Line, phrase: Phrase, cue: int, shared: bool) -> tuple[int, int]:
    """Give the first and the last token of all that belongs to a speaker.

    Args:
        line: the sentence.
        phrase: the noun phrase nearest to the cue.
        cue: the token of the verb or preposition.
        shared: whether other verbs stand between the phrase and the cue.
    """
    first, last = _opening(line, phrase), phrase.last
    if last < cue and not shared:
        j, _ = over_auxiliaries(line, cue)
        if j <= last or line.lower[j] in RELATIVES | {"that"}:
            return first, last
        if line.texts[j] not in COMMAS:
            return first, j
        return first, max(last, _onward(line, last, j, True))
    if line.kinds[phrase.first] == "pron":
        return first, last
    stop = cue if last < cue else len(line)
    apposed = line.first_solid < cue or line.kinds[cue] != "adp"
    return first, max(last, _onward(line, last, stop, apposed and not shared))


def _opening(line: Line, phrase: Phrase) -> int:
    """The role that stands before a name, the members of a list, the words that weigh a number."""
    for first, last in phrase.evidence:
        if last < phrase.first and last >= phrase.first - 2:
            # "A police spokesman, Omar Karim,"
            role = before(line, last)
            if (
                role is not None
                and role.first == first
                and (kind_of(line, role) or line.kinds[first] == "det")
            ):
                return first
    first = _list_start(line, phrase)
    while (
        first
        and line.lower[first - 1] in WEIGHTS
        and (
            line.lower[first - 1] in {"both", "all"}
            or line.kinds[first] == "num"
            or line.lower[first] in {"half", "all", "every"}
        )
    ):
        first -= 1
    return first


def _list_start(line: Line, phrase: Phrase) -> int:
    """The first member of a list whose last one is the phrase: "friends, neighbours and relatives"."""
    first = phrase.first
    joined = any(line.kinds[i] == "conj" for i in range(first, phrase.last))
    comma = first - 1
    if comma > 0 and line.kinds[comma] == "conj":
        joined, comma = True, comma - 1
    for _ in range(MEMBERS):
        if not joined or comma < 1 or line.texts[comma] != ",":
            break
        member = before(line, comma - 1)
        if member is None or (
            member.first and line.kinds[member.first - 1] not in {"punct", "conj", "sconj", "adv"}
        ):
            break
        first, comma = member.first, member.first - 1
    return first


def _onward(line: Line, last: int, stop: int, apposed: bool) -> int:
    """Go on behind a noun over parentheses, prepositions, appositions and relative clauses."""
    i = last + 1
    while i < stop:
        text, low, what = line.texts[i], line.lower[i], line.kinds[i]
        if text in {"(", "["}:
            closing = next((k for k in range(i, min(stop, i + 14)) if line.texts[k] in {")", "]"}), None)
            if closing is None:
                return last
            last, i = closing, closing + 1
        elif (low in RELATIVES or low == "that") and (i == last + 1 or low == "who"):
            return _segment(line, i, stop)
        elif what == "adp" and _leads_on(line, i, stop):
            last = nominal(line, i + 1, stop)
            i = last + 1
        elif low in TIGHT or (apposed and what == "part" and _describes(line, i, last)):
            return _segment(line, i, stop)
        elif (
            what == "conj"
            and i + 1 < stop
            and (line.texts[i + 1][:1].isupper() or line.kinds[i + 1] == "det")
        ):
            end = nominal(line, i + 1, stop)
            if end <= i:
                return last
            last, i = end, end + 1
        elif apposed and text in COMMAS and i + 1 < stop and line.lower[i + 1] in RELATIVES:
            # Behind the verb it ends the sentence; before the verb it is an aside.
            told = stop == len(line) and line.lower[i + 1] == "who"
            return _segment(line, i + 1, stop) if told else last
        elif apposed and text in COMMAS and i + 1 < stop and _apposes(line, i + 1, stop):
            last = _segment(line, i + 1, stop)
            i = last + 1
        else:
            break
    return last


def _describes(line: Line, i: int, last: int) -> bool:
    """A participle that tells of the noun before it: "people briefed on the case", not "Karim offered a"."""
    low = line.lower[i]
    if i != last + 1 or low in SPEAKING or i + 1 >= len(line):
        return False
    if low.endswith("ing"):
        return line.texts[last].islower()
    follows = line.kinds[i + 1] == "adp" or line.lower[i + 1] in TIMES
    return line.texts[last].islower() and follows and line.kinds[last - 1] != "adp"


def _leads_on(line: Line, i: int, stop: int) -> bool:
    """A preposition that belongs to the noun before it, not to the verb."""
    if i + 1 >= stop:
        return False
    end = nominal(line, i + 1, stop)
    words = line.lower[i + 1 : end + 1]
    if not words or any(word in CIRCUMSTANCES or word in TIMES for word in words):
        return False
    if line.lower[i] in ALWAYS:
        return True
    named = line.texts[i + 1][:1].isupper() or (
        line.kinds[i + 1] == "det" and i + 2 <= end and line.texts[i + 2][:1].isupper()
    )
    return line.lower[i] in PLACES and named and words[0] not in MEDIA


def _apposes(line: Line, i: int, stop: int) -> bool:
    """What follows a comma tells who the speaker is: a noun phrase, an age, a clause with "who"."""
    low, what = line.lower[i], line.kinds[i]
    if low in ACTING or low in {"then", "now", "formerly", "of", "from"}:
        return True
    if low in SPEAKING or low in TIMES or what not in {"det", "word", "num", "poss"}:
        return False
    k = i
    while k < stop and line.texts[k] not in COMMAS and line.texts[k] not in ENDS:
        if line.lower[k] in RELATIVES or line.lower[k] == "that":
            return True
        if line.kinds[k] in {"verb", "aux", "pron"}:
            return False
        k += 1
    return k > i


def _segment(line: Line, i: int, stop: int) -> int:
    """The last token before the next comma, quotation mark or end."""
    while i < stop and line.texts[i] not in COMMAS and (line.texts[i] not in ENDS or _short(line, i)):
        i += 1
    return i - 1


def _short(line: Line, i: int) -> bool:
    """The full stop of a short form: "the St. Mark", "No. 2"."""
    return line.texts[i] == "." and i + 1 < len(line) and i > 0 and len(line.texts[i - 1]) <= 5
