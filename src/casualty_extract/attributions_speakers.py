"""Finds the speaker of a verb of saying: before it, after it, or at the head of the sentence.

*Finds* "officials" in "officials on Friday said", "the ministry" in "the ministry, which said that",
"Karim" in "said Karim", "Ruiz" in "Ruiz hit back, saying", "the court" in "the court was told".
*Leaves alone* what cannot speak: "12 people reported missing", "the blast claimed".
*Marks* nothing; `attributions` asks it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from pydantic import Field

from casualty_extract import lexicon, wordorder
from casualty_extract.attributions_clauses import PRONOMINAL, SPEAKERS, head, interrupted, leading
from casualty_extract.attributions_kinds import TIMES, Line, Phrase, is_name, kind_of, matches, noun_at
from casualty_extract.attributions_names import Names
from casualty_extract.attributions_phrases import after, appositive, before
from casualty_extract.attributions_quotes import CLOSERS, OPENERS
from casualty_extract.attributions_scopes import FINALS, MARKS
from casualty_extract.records import Status

__all__ = ["Cue", "agent", "counts", "inverted", "over_auxiliaries", "speaks", "subject", "vague", "verbal"]

REACH = 30
"""How many tokens a clause with "who" before the verb can have."""

DATING = frozenset({"on", "late", "early", "later", "earlier", "last", "this"})
COUNTED = frozenset({"percent", "cent", "%", "of", "in", "thirds", "half", "quarters"})
"""Words that make a share of people of a number: "67 percent said", "six in 10 said"."""
AFTER_SPEAKER = TIMES | frozenset(
    """in on at who citing quoting during after via through when as outside to""".split()
)
NEGATIONS = wordorder.NEGATIONS | {"cannot"}
POSSESSIVES = frozenset({"his", "her", "its", "their", "our"})
SHARES = frozenset({"percent", "cent", "%", "thirds", "half", "quarters"})
PLAIN = frozenset({"say", "tell"})
"""Verbs that people say things with who are only counted: "two of the men said"."""

AGENT_REACH = 14
"""How many tokens behind a passive "by" can stand."""

REFLEXIVES = frozenset({"himself", "herself", "itself", "themselves"})
MIDDLE = frozenset(
    """further however both reportedly all often sometimes long even repeatedly once never""".split()
)


class Cue(lexicon.Row):
    """A row of [cues]: a verb that gives someone's word."""

    forms: list[str]
    frame: Literal["speech", "report"]
    status: Status | None = None
    addressee: bool = False
    infinitive: bool = False
    quoted: bool = False
    judges: bool = False
    wishes: bool = False
    particles: list[str] = Field(default=[])
    never: list[str] = Field(default=[])
    nouns: list[str] = Field(default=[])
    objects: list[str] = Field(default=[])
    blocks: list[str] = Field(default=[])
    fates: bool = False
    subjects: list[str] = Field(default=[])
    passive: list[str] = Field(default=[])


def over_auxiliaries(line: Line, i: int) -> tuple[int, set[str]]:
    """Step left over auxiliaries, adverbs and times; give where that ends and what they were."""
    j, passed = i - 1, set()
    while j >= 0:
        low, what = line.lower[j], line.kinds[j]
        if (
            what == "aux"
            or low in NEGATIONS
            or (what == "adv" and low not in {"here", "there"})
            or (j == i - 1 and low in {"first", "to"})
        ):
            passed.add(low)
        elif low in TIMES and _dates(line, j):
            while j and line.lower[j - 1] in DATING | TIMES:
                j -= 1
        elif low in REFLEXIVES or (what == "punct" and _parenthetical(line, j)):
            j -= 2 * (what == "punct")
        elif low not in MIDDLE:
            if not (noun_at(line, j) and j > 2 and line.kinds[j - 1] == "det" and line.lower[j - 2] == "in"):
                break
            # "The ministry in a statement said".
            j -= 2
        j -= 1
    return j, passed


def _parenthetical(line: Line, j: int) -> bool:
    """The comma behind an adverb between commas: "officials, however, say"."""
    return j > 2 and line.texts[j] == "," == line.texts[j - 2] and line.kinds[j - 1] == "adv"


def _dates(line: Line, j: int) -> bool:
    """A time between the speaker and the verb: "officials on Friday said", "police Monday said"."""
    return j > 0 and (line.lower[j - 1] in DATING | TIMES or line.kinds[j - 1] == "word")


def subject(line: Line, j: int, earlier: Phrase | None, names: Names) -> Phrase | None:
    """Find the speaker that ends at a token, or the one that an earlier verb of the sentence had."""
    if j < 0:
        return None
    low = line.lower[j]
    if low in {"and", "but", "or"}:
        # "The army confirmed the attack but said": the verbs share their subject.
        return earlier or leading(line, names, j, loose=True)
    if low in SPEAKERS and line.kinds[j] == "pron":
        return Phrase(j, j)
    if (low in {"who", "which"} and line.kinds[j] == "sconj") or (low == "that" and noun_at(line, j - 1)):
        end = j - 2 if line.texts[j - 1] == "," else j - 1
        return _with_role(line, before(line, end))
    if line.texts[j] in {",", "—", "–", "--"}:
        return appositive(line, j) or interrupted(line, j) or _told_of(line, j, names)
    doing = line.kinds[j] == "part" and low.endswith("ing")
    if doing or line.kinds[j] in {"adp", "verb", "aux"} or (line.kinds[j] == "det" and low not in PRONOMINAL):
        # "the agreed truce", "by suspected smugglers": no verb.
        return None
    phrase = before(line, j)
    opening = head(line, j)
    if phrase is not None and phrase.first and line.texts[phrase.first - 1] == ")":
        # "The superintendent of police (SP) Omar Karim said".
        return phrase
    if opening is not None and phrase is not None and _issues(line, opening, phrase):
        # "A report published on Thursday by the council said": the council.
        return replace(phrase, evidence=((opening.first, phrase.first - 1),))
    if opening is not None and (
        phrase is None
        or phrase.first > opening.last
        or (opening.first < phrase.first and opening.last >= phrase.last)
    ):
        return opening
    if phrase is None and line.lower[j] in PRONOMINAL:
        return Phrase(j, j)
    return _with_role(line, phrase)


def _issues(line: Line, document: Phrase, phrase: Phrase) -> bool:
    """Tell whether a phrase behind "by" names who issued the document at the head of the clause."""
    last, left = document.last, line.lower[max(0, phrase.first - 2) : phrase.first]
    follows = line.kinds[last + 1] if last + 1 < phrase.first else ""
    issued = left[-1:] == ["by"] or left == ["attributed", "to"]
    return follows in {"part", "verb"} and issued and noun_at(line, last) is not None


def _told_of(line: Line, j: int, names: Names) -> Phrase | None:
    """The subject of a sentence of which "who" tells more: "A man reached by telephone, who gave no name, said"."""
    k = next((i for i in range(j - 1, max(0, j - REACH), -1) if line.texts[i] == ","), 0)
    return (
        leading(line, names, k, loose=True) if k and line.lower[k + 1] in {"who", "which", "whose"} else None
    )


def _with_role(line: Line, phrase: Phrase | None) -> Phrase | None:
    """Add the role that stands before a name: "Lagos police spokesperson, Captain Karim said"."""
    if (
        phrase is None
        or phrase.first < 2
        or line.tokens[phrase.first - 1].text != ","
        or not is_name(line, phrase.first, phrase.last)
    ):
        return phrase
    role = before(line, phrase.first - 2)
    found = kind_of(line, role) if role is not None else None
    if role is None or found is None or line.lower[role.first].endswith("ing"):
        return phrase
    alone = role.first == 0 or line.kinds[role.first - 1] in {"punct", "conj", "sconj"}
    person = any(hit.person for hit in matches(line, role.first, role.last))
    alone = alone or (line.kinds[role.first - 1] == "adp" and person)
    return replace(phrase, evidence=((role.first, role.last),)) if alone else phrase


def speaks(line: Line, phrase: Phrase, row: Cue, lemma: str, in_quotation: bool) -> bool:
    """Tell whether a phrase can be the speaker of a verb."""
    if line.kinds[phrase.first] == "pron":
        # Whom "they" means inside a quotation, only its speaker knows.
        return not in_quotation
    if kind_of(line, phrase) is not None or noun_at(line, phrase.last) is not None:
        return True
    first, last = phrase.first, phrase.last
    if in_quotation and not (first and is_name(line, last, last)):
        return False
    counted = any(line.lower[i] in COUNTED for i in range(first, last + 1))
    counted = counted and (lemma in PLAIN or any(line.lower[i] in SHARES for i in range(first, last + 1)))
    if line.kinds[first] == "num" and line.lower[first] != "one" and not counted:
        return False
    if line.kinds[last] == "num" and line.lower[last] != "one":
        return counted and row.frame == "speech"
    if line.lower[last] in PRONOMINAL or (counted and line.texts[last] == "%"):
        return row.frame == "speech"
    if line.tokens[last].text[:1].isupper() and line.kinds[last] == "word":
        return last > 0 or row.frame == "speech"
    return (
        row.frame == "speech"
        and lemma not in {"claim", "report", "predict"}
        and (line.kinds[last] == "word" or (line.kinds[last] == "part" and first < last))
    )


def inverted(line: Line, i: int, row: Cue, word: str, quoted: bool) -> Phrase | None:
    """The speaker after the verb: “…,” said Karim; 12 died, reports our correspondent.

    Args:
        line: the sentence.
        i: the verb.
        row: what the lexicon says of it.
        word: the verb, lower-cased.
        quoted: whether a quotation stands before the sentence, which starts with the verb.
    """
    if (
        (i == 0 and not quoted)
        or word.endswith("ing")
        or row.addressee
        or row.frame != "speech"
        or i + 1 >= len(line)
    ):
        return None
    opening = line.texts[i - 1] if i else "”"
    if i > 1 and opening in {"“", "'"} and line.spaced(i - 1) and not line.spaced(i - 2):
        # “…,“ said Karim: a mark turned the wrong way; ''… 'so,''' said Karim: one of three.
        opening = "”"
    if opening not in MARKS | CLOSERS or line.texts[i + 1] in OPENERS | {",", ":"}:
        return None
    phrase = after(line, i + 1)
    number = line.kinds[i + 1] == "num" and line.lower[i + 1] != "one"
    if phrase is None or number or line.lower[i + 1] in {"that", "there", "it", "this"}:
        return None
    end = phrase.last + 1
    closed = end >= len(line) or line.lower[end] in AFTER_SPEAKER
    closed = closed or line.texts[end] in MARKS | FINALS | CLOSERS | {":"}
    if opening in CLOSERS:
        # Behind a quotation nothing but its speaker can follow the verb.
        return phrase if closed or line.kinds[end] not in {"verb", "aux", "sconj"} else None
    known = kind_of(line, phrase) is not None or line.kinds[phrase.first] == "pron"
    known = known or line.tokens[phrase.last].text[:1].isupper() or line.lower[i + 1] in PRONOMINAL
    return phrase if closed and known else None


def agent(line: Line, i: int) -> Phrase | None:
    """The source of a passive stands after "by": "it was reported on Monday by the agency that"."""
    for j in range(i + 1, min(len(line) - 1, i + AGENT_REACH)):
        low = line.lower[j]
        if line.texts[j] in MARKS | FINALS or low == "that":
            return None
        if low == "by":
            phrase = after(line, j + 1)
            known = phrase is not None and kind_of(line, phrase) is not None
            named = phrase is not None and line.texts[phrase.last][:1].isupper()
            return phrase if known or named else None
        near = range(j + 1, min(len(line), j + 4))
        if (
            line.kinds[j] == "adp"
            and low != "as"
            and not any(line.lower[k] in TIMES or noun_at(line, k) for k in near)
        ):
            # "confirmed in a statement by the army", but "missing in a raid by the army".
            return None
    return None


def counts(line: Line, phrase: Phrase) -> bool:
    """Tell whether a phrase names who counts the dead: "police reported 14 dead", not "14 men reported dead"."""
    found = kind_of(line, phrase)
    return found is not None and not found.weak and line.kinds[phrase.first] != "num"


def vague(line: Line, phrase: Phrase, row: Cue) -> bool:
    """Reports of nobody in particular, and what stands for the speaker: "said he had counted", "said its men"."""
    if row.frame == "report" and line.lower[phrase.first] in SPEAKERS | POSSESSIVES:
        return True
    return line.lower[phrase.last] in {"reports", "accounts"} and kind_of(line, phrase) is None


def verbal(line: Line, i: int, lemma: str, infinitive: bool, names: Names) -> bool:
    """A form such as "claims" or "reports" is a verb between a speaker and what is said."""
    before_ = line.kinds[i - 1] if i else ""
    if before_ not in {"word", "pron", "adv", "poss"} and not (
        before_ == "punct" and line.texts[i - 1] == ","
    ):
        return False
    if i + 1 >= len(line):
        return False
    if line.lower[i + 1] in {"this", "last"} and line.lower[i + 2 : i + 3] and line.lower[i + 2] in TIMES:
        # "A report this week said": the noun and its date.
        return False
    if line.texts[i + 1] in FINALS | {","}:
        speaker = before(line, i - 1)
        if line.lower[i] == lemma:
            return False
        quoted = speaker is not None and speaker.first > 0 and line.texts[speaker.first - 1] in CLOSERS
        aside = line.texts[i + 1] == "," and speaker is not None and line.texts[speaker.first - 1] == ","
        if aside and speaker is not None and is_name(line, speaker.first, speaker.last):
            # "The plan, Karim notes, is dead".
            return True
        if before_ == "pron":
            return i > 1 and line.texts[i - 2] in CLOSERS | {","}
        if speaker is None:
            return False
        return quoted or names.knows(line, speaker) or kind_of(line, speaker) is not None
    if line.lower[i].endswith("s") and before_ == "word":
        speaker = before(line, i - 1)
        relative = line.lower[i + 1] == "that" and line.kinds[min(i + 2, len(line) - 1)] in {
            "verb",
            "aux",
            "part",
        }
        if speaker is None or not (
            (line.texts[speaker.last][:1].isupper() and (speaker.last > 0 or not relative))
            or names.knows(line, speaker)
            or line.kinds[speaker.first] in {"det", "poss"}
            or kind_of(line, speaker)
        ):
            # "in smaller states the vote".
            return False
    return (
        line.kinds[i + 1] in {"det", "num", "pron"}
        or line.texts[i + 1] in OPENERS | {":"}
        or line.lower[i + 1] in {"that", "at", "how", "more"}
        or (infinitive and line.lower[i + 1] == "to")
    )
