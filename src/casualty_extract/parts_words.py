"""The words that tell a part from its whole: "three of them", "among the dead", "the youngest victim was".

The patterns are searched in a bounded stretch before and behind a figure, inside its sentence, in lower
case and without marks of quotation and emphasis.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from casualty_extract.records import Claim

__all__ = [
    "Row",
    "contains",
    "counts_the_death",
    "is_alone",
    "is_apart",
    "is_of_separate",
    "is_opened",
    "is_ordinal",
    "is_relative",
    "joined",
    "partitive",
    "pronoun",
    "rows",
    "tells_of_many",
    "told_of",
    "turns",
    "within_phrase",
]

BEFORE, AFTER = 170, 110
"""How many characters around a figure are looked at; it keeps endless sentences linear."""
LIST = 130
"""How far apart two members of a list may stand: "Ana Diaz, 42, a nurse at the clinic, and Omar Dahli"."""
GROUPS = {
    **dict.fromkeys(("dead", "deceased", "slain", "killed", "fatalities", "martyrs", "bodies"), "killed"),
    **dict.fromkeys(("died", "perished", "deaths"), "killed"),
    **dict.fromkeys(("wounded", "injured", "hurt", "hospitalised", "hospitalized"), "injured"),
    **dict.fromkeys(("victims", "casualties"), "victims"),
    **dict.fromkeys(("missing",), "missing"),
    **dict.fromkeys(("rescued", "freed", "saved"), "rescued"),
    **dict.fromkeys(("arrested", "detained", "detainees"), "detained"),
    **dict.fromkeys(("abducted", "kidnapped", "hostages", "abductees"), "abducted"),
    **dict.fromkeys(("infected", "cases", "infections"), "infected"),
    **dict.fromkeys(("displaced", "evacuees", "evacuated"), "displaced"),
    **dict.fromkeys(("trapped",), "trapped"),
}
"""Nouns and participles for all who were harmed, with the harm that they tell of."""
GROUP = "|".join(GROUPS)
QUALIFIERS = (
    r"(?:at least|at most|about|around|some|nearly|almost|roughly|up to|as many as|more than|over|fewer than"
    r"|an estimated|a|an|the|his|her|their|both|just|only|also|mostly|,|:|\()"
)
HOLDING = r"(?:of|among) (?:whom|which|them|these|those)"
OPENING = re.compile(rf"\b(?:{HOLDING}|including|included|includes?|of the total),?(?: {QUALIFIERS})*$")
"""What leads from the whole to its part: "of whom", "among them", "including at least"."""
MARKED = re.compile(rf"(?:[:—–(]|\s-)(?: {QUALIFIERS})*$")
OF_PRONOUN = re.compile(r"^ (?:\w+ )?of (?:them|whom|which)\b")
"""The part before its whole: "five of them", "three children of whom" is none."""
OF_GROUP = re.compile(
    rf"^ of (?:all )?(the|these|those|its|his|her|their|our|\w+['’]s) ((?:[\w-]+ ){{0,3}}?)({GROUP}|[a-z]+s|men|women|people|children)\b"
)
""" "two of the dead", "three of the four suspects", "six of those killed"."""
AMONG_BEFORE = re.compile(
    rf"\b(?:among|amongst|of) (?:the|those|these|its|his|her) (?:[\w-]+ ){{0,2}}?({GROUP})\b(?! (?:in|by|on|at|after|since|when) )[^.;]{{0,40}}$"
)
""" "Among the dead were two girls", "one of the dead was named as"."""
SUBJECT_BEFORE = re.compile(
    rf"\b(?:the|those|these) (?:[\w-]+ ){{0,2}}?({GROUP}|victim)\b(?: (?:in|by|from|on|at|of) (?:[\w-]+ ){{1,4}}?)?,? ?"
    rf"(?:who )?(?:has been |have been )?(?:also )?(?:was|were|are|is|includes?|included|include|including|identified|named|as|:)"
    rf"(?: (?:identified|named|by|police|officials|as|also|all|been))*[,:]?(?: {QUALIFIERS})*(?: [\w-]+){{0,2}},?$"
)
""" "The dead were Ana Diaz, 40, and", "identified the victims as", "the wounded include"."""
ONE_BEFORE = re.compile(
    r"\b(?:the|its) (?:first|second|third|fourth|fifth|last|latest|youngest|oldest|eldest|other|others|remaining)"
    r"(?: (?:one|two|three|victims?|casualty|fatality|patients?|person|man|woman))?(?: of (?:the|them|those)(?: \w+)?)?"
    r" ?(?:,|was|were|is|are)(?: (?:a|an|the|named|identified|as))*$"
)
""" "The first was a baby girl", "the youngest victim was", "the other one, a boy"."""
AMONG_AFTER = re.compile(
    rf"^[^.;]{{0,90}}?\b(?:was|were|are|is|being|been) (?:also )?(?:among|amongst|one of|part of) (?:the|those|them)\b(?: [\w-]+){{0,2}}? ?({GROUP})?\b"
)
""" "three policemen and two women were among the dead"."""
OTHERS = re.compile(r"\bthe (?:other|remaining|rest of the)$")
""" "the other two": what is left of the whole told of before."""
TURNS = re.compile(
    r"(?:^|[.!?]['\"”’]?\s+|\n[ \t]*)(?:elsewhere|separately|in (?:a|an) (?:separate|different|unrelated)|in another|in other)\b",
    re.IGNORECASE,
)
"""What opens the account of another event."""
INSIDE = re.compile(r"^\s+(?:out\s+)?of\s+(?:(?:the|its|these|those|all|at least|more than|about|some)\s+)*$")
""" "two of three", "three out of the four": what stands between a part and the number of its whole."""
ORDINAL = re.compile(r"^(?:\d[\d,]*(?:st|nd|rd|th)|[a-z-]*(?:first|second|third|th))$")
THE_DEATH = re.compile(
    r"\b(?:the|this|that|his|her|their|[\w-]+['’]s) (?:[\w-]+ ){0,2}(?:death|killing|murder|homicide|fatality|shooting|slaying|stabbing|crash) (?:was|is|marks|marked|makes|became)\b"
)
""" "The death was the county's 31st"."""
APART = re.compile(
    r"^(?:also|another|meanwhile|later|earlier|then)\b|\b(?:bodies|remains) of(?: at least| about| some)?$"
    r"|\b(?:minutes|hours|days|weeks|months|years|day|week|month|year) (?:earlier|later|before|ago)\b"
    r"|\b(?:other|separate|another|second|third|fourth|similar|previous|earlier|different) (?:[\w-]+ ){0,2}?"
    r"(?:attacks?|incidents?|blasts?|bombings?|bombs?|strikes?|operations?|clash(?:es)?|shootings?|violence|raids?|cases?)\b"
)
"""What tells a figure as one of another event: "also, three men", "hours earlier", "in a third incident"."""
APART_BEHIND = re.compile(r"\b(?:in|during|by) (?:a |an )?(?:separate|other|different|another|unrelated)\b")
SEPARATE = re.compile(r"\b(?:separate|simultaneous|coordinated)\b")
ALONE = re.compile(r"\balone\b[^.;:]{0,60}$")
ANOTHER = re.compile(
    r"\b(?:another|(?:a|an) (?:separate|second|third|unrelated|different|similar)) (?:[\w-]+ )?"
    r"(?:attack|incident|blast|bombing|bomb|strike|clash|shooting|raid|crash|accident|explosion)\b"
)
ANOTHER_REACH = 80
MANY = re.compile(
    r"\b(?:across|nationwide|countrywide|worldwide|several|series|separate|attacks|bombs|bombings|blasts|strikes|clashes|raids"
    r"|provinces|towns|villages|cities|districts|states|countries|areas|regions|parts of)\b"
)
"""Words of a total that tell that it is of several places."""
FINITE = re.compile(r"\b(?:was|were|are|is|has|have|had|said|says|told|while|but|when|after|who)\b")


@dataclass(frozen=True, slots=True)
class Row:
    """A claim with the words of its sentence around its figure.

    Attributes:
        claim: the claim.
        label: its harm; None for incidents.
        size: the people that it counts at least.
        room: how many it can contain; None where nothing bounds it.
        before: what stands before the figure in its sentence, the last words of it.
        after: what stands behind it.
    """

    claim: Claim
    label: str | None
    size: int
    room: int | None
    before: str
    after: str

    @property
    def is_total(self) -> bool:
        """It counts more than one."""
        return self.claim.quantity.form not in {"singular", "name", "zero"} and self.size > 1

    @property
    def is_person(self) -> bool:
        """It tells of one person."""
        return self.claim.quantity.form in {"singular", "name"}

    def beside(self, other: Row) -> bool:
        """Tell whether two claims stand in one sentence."""
        return self.claim.evidence.start == other.claim.evidence.start


def rows(text: str, claims: tuple[Claim, ...]) -> list[Row]:
    """Lay out the claims with the words around them."""
    return [_row(text, claim) for claim in claims]


def _row(text: str, claim: Claim) -> Row:
    q, sentence = claim.quantity, claim.evidence
    known = q.best if q.best is not None else q.low
    room = q.best if q.form in {"numeral", "word", "range", "zero"} else None
    if q.form == "range":
        room = q.high
    return Row(
        claim,
        claim.harm.label if claim.harm else None,
        known if known is not None else 1,
        room,
        _plain(text[max(sentence.start, q.start - BEFORE) : q.start]).rstrip(),
        _plain(" " + text[q.end : min(max(sentence.end, q.end), q.end + AFTER)]),
    )


def _plain(passage: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[*_\"“”«»‘]+", "", passage.lower()))


def pronoun(row: Row) -> bool:
    """Tell whether the figure is told as a part of what stands just before: "of whom three", "five of them"."""
    return bool(OPENING.search(row.before) or OF_PRONOUN.search(row.after))


def partitive(row: Row) -> tuple[str, str, str] | None:
    """Give determiner, words and noun of the whole behind the figure: "of [the] [four] [suspects]"."""
    found = OF_GROUP.search(row.after)
    return (found[1], found[2].strip(), found[3]) if found else None


def is_rest(row: Row) -> bool:
    """Tell whether the figure is what is left: "the other two"."""
    return bool(OTHERS.search(row.before))


def told_of(row: Row) -> str | None:
    """Name the group that the sentence puts the figure in: "killed", "injured", "victims"; "" where unnamed."""
    for pattern in (SUBJECT_BEFORE, AMONG_BEFORE):
        found = pattern.search(row.before)
        if found:
            return GROUPS.get(found[1], "victims")
    behind = AMONG_AFTER.search(row.after)
    if behind:
        return GROUPS.get(behind[1] or "", "")
    if ONE_BEFORE.search(row.before) or OTHERS.search(row.before):
        return ""
    return None


def joined(text: str, first: Row, second: Row) -> bool:
    """Tell whether two figures of a sentence are members of one list: "three policemen and two women"."""
    a, b = first.claim, second.claim
    if not first.beside(second) or first.label != second.label or a.unit != b.unit:
        return False
    between = _plain(text[a.quantity.end : b.quantity.start]) if b.quantity.start >= a.quantity.end else "."
    if len(between) > LIST or ";" in between or FINITE.search(between):
        return False
    if a.harm and b.harm and a.harm.start != b.harm.start and a.harm.end <= b.harm.start < b.quantity.start:
        return False
    return bool(
        re.search(
            rf"(?:,|\band|\bplus|\bas well as|\balong with)(?: {QUALIFIERS})*(?: [\w.-]+){{0,4}} *$", between
        )
    )


def contains(whole: str | None, part: str | None, told: bool = False) -> bool:
    """Tell whether a count of one harm can hold one of another: of the injured some die, if the text tells so."""
    if whole == part:
        return True
    if whole == "casualties":
        return part in {"killed", "injured", "missing"}
    return told and whole in {"injured", "infected", "missing", "trapped", "abducted", "detained", "rescued"}


def turns(text: str) -> list[int]:
    """Give the places at which the text turns to another event."""
    return [found.start() for found in TURNS.finditer(text)]


def within_phrase(text: str, part: Row, whole: Row) -> bool:
    """Tell whether the whole stands in the phrase of its part: "two of three"."""
    between = text[part.claim.quantity.end : whole.claim.quantity.start]
    return len(between) < 30 and bool(INSIDE.match(between.lower()))


def is_apart(row: Row) -> bool:
    """Tell whether a count is told as one of others: "also, three men were shot", "the bodies of two men"."""
    return bool(APART.search(row.before) or APART_BEHIND.search(row.after))


def is_of_separate(row: Row) -> bool:
    """Tell whether a total is of events told apart: "in two separate incidents"."""
    return bool(SEPARATE.search(row.before) or SEPARATE.search(row.after))


def is_alone(row: Row) -> bool:
    """Tell whether the figure is that of one place of several: "the northern province alone counts 40"."""
    return bool(ALONE.search(row.before))


def tells_of_another(row: Row) -> bool:
    """Tell whether the figure is told of an event of its own: "another bomb killed", "in a separate attack"."""
    return bool(ANOTHER.search(row.before[-ANOTHER_REACH:]) or TURNS.match(row.before))


def tells_of_many(row: Row) -> bool:
    """Tell whether the sentence of a total names several places or attacks."""
    return bool(MANY.search(row.before) or MANY.search(row.after))


def is_relative(row: Row) -> bool:
    """Tell whether the figure is a part of the sentence's own: "one of whom", "of which three"."""
    return bool(
        re.search(r"\b(?:whom|which)\b[^.;]{0,30}$", row.before)
        or re.match(r" (?:\w+ )?of (?:whom|which)\b", row.after)
    )


def is_spelled_out(row: Row) -> bool:
    """Tell whether the figure stands behind a colon, a dash or a bracket: "seven dead: five policemen"."""
    return bool(MARKED.search(row.before))


def is_opened(row: Row) -> bool:
    """Tell whether the figure is inserted behind its whole: "including three"."""
    return bool(OPENING.search(row.before))


def counts_the_death(row: Row) -> bool:
    """ "The death was the county's 31st": an ordinal that counts the death told of before."""
    return bool(THE_DEATH.search(row.before))


def is_ordinal(row: Row) -> bool:
    """Tell whether the figure is the number of one in a series."""
    return bool(ORDINAL.match(row.claim.quantity.text.lower()))
