"""Measures the whole phrase of a speaker: the name with all that the sentence tells about its bearer.

*Finds* around "Ana Ruiz" the whole of "Ana Ruiz, 34, head of the clinic," said; "A police spokesman, Omar
Karim"; "Karim (R), who lives there"; "people familiar with the plans".
*Leaves alone* when, where and to whom something was said: "Karim on Monday", "Ruiz in a statement".
*Marks* nothing; `attributions` writes the stretch beside the phrase nearest to the cue.
"""

from __future__ import annotations

from casualty_extract.attributions_kinds import TIMES, Line, Phrase, is_name, matches
from casualty_extract.attributions_phrases import before, nominal
from casualty_extract.attributions_quotes import CLOSERS, OPENERS
from casualty_extract.attributions_scopes import FINALS
from casualty_extract.attributions_speakers import over_auxiliaries

__all__ = ["whole"]

REACH = 60
"""How many tokens a phrase can go on behind its noun."""

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
    stop = cue if last < cue else min(len(line), last + REACH)
    apposed = line.first_solid < cue or line.kinds[cue] != "adp"
    if shared and last < cue:
        return first, _closed(line, last, stop)
    return first, max(last, _onward(line, last, stop, apposed, phrase.first > cue))


def _closed(line: Line, last: int, stop: int) -> int:
    """Go on as far as surely belongs to the subject of other verbs: "Karim, his brother, left, saying"."""
    end = max(last, _onward(line, last, stop, False))
    if line.texts[end + 1 : end + 2] != [","] or not _apposes(line, end + 2, stop):
        return end
    closing = _segment(line, end + 2, stop)
    follows = line.texts[closing + 1 : closing + 2] == [","] and closing + 2 < stop
    return closing if follows and line.kinds[closing + 2] not in {"conj", "det", "punct"} else end


def _opening(line: Line, phrase: Phrase) -> int:
    """The role that stands before a name, the members of a list, the words that weigh a number."""
    if phrase.evidence and phrase.evidence[0][1] == phrase.first - 1:
        # "A report by the council": the paper and who issued it.
        return phrase.evidence[0][0]
    first = _role(line, phrase)
    if first < phrase.first:
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


def _role(line: Line, phrase: Phrase) -> int:
    """The first token of what a name is said to be before a comma: "A police spokesman, Omar Karim,"."""
    if (
        phrase.first < 2
        or line.texts[phrase.first - 1] != ","
        or not is_name(line, phrase.first, phrase.last)
    ):
        return phrase.first
    role = before(line, phrase.first - 2)
    if role is None or line.kinds[role.first] in {"part", "adp"}:
        return phrase.first
    alone = role.first == 0 or line.kinds[role.first - 1] in {"punct", "conj", "sconj", "adv", "verb"}
    person = any(hit.person for hit in matches(line, role.first, role.last))
    return role.first if alone and person else phrase.first


def _list_start(line: Line, phrase: Phrase) -> int:
    """The first member of a list whose last one is the phrase: "friends, neighbours and relatives"."""
    first = phrase.first
    joined = any(line.kinds[i] == "conj" for i in range(first, phrase.last))
    comma = first - 1
    if comma > 0 and line.kinds[comma] == "conj":
        joined, comma = True, comma - 1
    serial = comma < phrase.first - 1
    members = 0
    while joined and members < MEMBERS and comma > 0 and line.texts[comma] == ",":
        member = before(line, comma - 1)
        if member is None or (
            member.first and line.kinds[member.first - 1] not in {"punct", "conj", "sconj"}
        ):
            break
        first, comma, members = member.first, member.first - 1, members + 1
    return phrase.first if serial and members < 2 else first


def _onward(line: Line, last: int, stop: int, apposed: bool, behind: bool = False) -> int:
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
            told = line.lower[i + 1] == "who" and (behind or _introduced(line, last))
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


def _introduced(line: Line, last: int) -> bool:
    """A full name or a common noun: someone of whom the text has not told before."""
    if not line.texts[last][:1].isupper():
        return True
    return (
        last > 0 and line.texts[last - 1][:1].isupper() and line.lower[last - 1] not in {"mr.", "mrs.", "ms."}
    )


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
    if low in ACTING or low in {"then", "now", "formerly"}:
        return True
    if low in {"of", "from"} and i + 1 < stop and line.texts[i + 1][:1].isupper():
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
