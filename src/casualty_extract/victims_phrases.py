"""The words of persons, and the noun phrase around one of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from casualty_extract import lexicon
from casualty_extract.lexicon import Row
from casualty_extract.lexicon.actors import DemonymRow, GroupRow
from casualty_extract.lexicon.phrases import Phrases
from casualty_extract.lexicon.roles import RoleRow
from casualty_extract.reading import HYPHENS, Reading, kind

__all__ = ["Left", "Role", "Words", "age_start", "is_people", "leaning_of", "left_of", "words"]

# Nouns that are plural, or can be, without an ending.
COLLECTIVES = frozenset("police personnel staff troops forces others clergy crew peshmerga kin".split()) | {
    "coast guard",
    "national guard",
}
# Nouns as well as adjectives or verbs: in the singular, alone, they are taken for the latter.
QUANTIFIERS = frozenset(
    """several many few fewer dozens scores hundreds thousands millions more most other others additional
    further least first second third fourth fifth sixth seventh eighth ninth tenth last latest next
    same dozen score hundred thousand lakh million crore billion m mn mln bn couple various certain such unknown numerous countless two-thirds half
    only""".split()
)
# They name the harm itself and so stand outside the phrase of the harmed: "12 wounded soldiers".
HARMED = frozenset(
    """dead wounded injured killed slain missing murdered kidnapped abducted captured detained
    arrested trapped executed drowned stranded infected rescued freed hurt deceased captive possible
    credible alleged confirmed reported unintentional accidental""".split()
) - {"alleged"}
CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december""".split()
)
ADJECTIVE_ENDINGS = (
    "al", "ish", "ese", "ous", "ic", "ian", "ist", "less", "ary", "able", "ive", "ern", "est", "ful", "ior",
)  # fmt: skip


POLICE_WORDS = frozenset(
    "police policeman policemen sheriff deputies deputy detective precinct cop cops".split()
)
ARMY_WORDS = frozenset("army military troops soldier soldiers marines navy battalion brigade nato".split())


class ModifierRow(Row):
    """A word before a person noun. Its category replaces those named in `over`."""

    category: str = ""
    over: list[str] = []
    groups: list[str] = []


class AttributiveRow(Row):
    """An adjective, or the name of a body, that stands for persons of a category."""

    category: str
    groups: list[str] = []


class HarmNounRow(Row):
    """A noun of harm, before which a person noun says who was harmed: "civilian deaths"."""

    forms: list[str] = []


class Role(NamedTuple):
    """One form of a person noun."""

    lemma: str
    row: RoleRow
    plural: bool


@dataclass(frozen=True)
class Words:
    """The tables of victims.toml, ready for look-up."""

    roles: Phrases[Role]
    peoples: Phrases[tuple[str, bool]]
    adjectives: Phrases[str]
    modifiers: Phrases[ModifierRow]
    attributives: Phrases[AttributiveRow]
    bodies: Phrases[AttributiveRow]
    harm_nouns: Phrases[str]
    groups: Phrases[str]

    @cached_property
    def openers(self) -> frozenset[str]:
        """The words with which a noun for persons, or what stands for one, starts."""
        return self.roles.openers | self.peoples.openers | self.attributives.openers


def _is_collective(lemma: str) -> bool:
    return lemma in COLLECTIVES or lemma.split()[-1] in COLLECTIVES


@cache
def words() -> Words:
    """Read the tables once."""
    roles = lexicon.read("victims", "roles", RoleRow)
    demonyms = lexicon.read("victims", "demonyms", DemonymRow)
    nouns = lexicon.read("victims", "harm_nouns", HarmNounRow)
    groups = lexicon.read("causes", "groups", GroupRow)
    return Words(
        Phrases(
            (form, Role(lemma, row, form != lemma or _is_collective(lemma)))
            for lemma, row in roles.items()
            for form in (lemma, *row.forms)
        ),
        Phrases(
            (form, (word, form != word))
            for word, row in demonyms.items()
            if row.noun
            for form in (word, *row.forms)
        ),
        Phrases((word, word) for word in demonyms),
        Phrases(lexicon.read("victims", "modifiers", ModifierRow).items()),
        Phrases(lexicon.read("victims", "attributives", AttributiveRow).items()),
        Phrases(lexicon.read("victims", "bodies", AttributiveRow).items()),
        Phrases((form, noun) for noun, row in nouns.items() for form in (noun, *row.forms)),
        Phrases((form, name) for name, row in groups.items() for form in (name, *row.forms)),
    )


class Left(NamedTuple):
    """What stands before a noun: where its modifiers start, and whether something opens the phrase."""

    first: int
    opened: bool


def left_of(reading: Reading, head: int) -> Left:
    """Walk left from a noun over its modifiers.

    Words known as modifiers are taken. Others are taken only where a determiner, figure, preposition
    or verb opens the phrase: "two village elders", but not "attackers target elders".
    """
    firm = tentative = reading.word_start(head)
    opened = False
    while reading.beside(head, tentative - 1) and head - tentative < 12:
        start = age_start(reading, tentative - 1)
        if start is None:
            start = _paired(reading, tentative)
        if start is None:
            start = reading.word_start(tentative - 1)
            verdict = _weigh_compound(reading, start) if start < tentative - 1 else _weigh(reading, start)
        else:
            verdict = "firm"
        if verdict in {"opens", "closes"}:
            opened = verdict == "opens"
            break
        if verdict == "firm" and firm == tentative:
            firm = start
        tentative = start
    first = tentative if opened else firm
    while first < head and (reading.lower[first] in QUANTIFIERS or reading.lower[first] in HARMED):
        first += 1
    return Left(first, opened)


def age_start(reading: Reading, last: int) -> int | None:
    """Give where an age that ends at a token starts: "16" of "16-year-old" and of "16 year old"."""
    if reading.lower[last] not in {"old", "olds"}:
        return None
    j = last - 1
    for wanted in ("unit", "figure"):
        if j > 0 and reading.tokens[j].text in HYPHENS:
            j -= 1
        if not reading.beside(last, j):
            return None
        if wanted == "unit" and reading.lower[j] not in {"year", "years", "month", "week", "day"}:
            return None
        if wanted == "figure":
            return j if reading.tokens[j].like_num else None
        j -= 1
    return None


def _paired(reading: Reading, first: int) -> int | None:
    """Take the first of two nations: "US" of "US or NATO troops"."""
    if not reading.beside(first, first - 2) or reading.lower[first - 1] not in {"and", "or"}:
        return None
    return first - 2 if is_people(reading, first) and is_people(reading, first - 2) else None


def _weigh_compound(reading: Reading, start: int) -> str:
    """Hyphenated words are modifiers ("off-duty"), but for figures ("20-30", "2,000-plus", "forty-three")."""
    figure = reading.tokens[start].like_num or reading.tokens[start].text[:1].isdigit()
    last = reading.tokens[start + 2]
    return "opens" if figure and (last.lower_ in {"plus", "odd"} or last.like_num) else "firm"


def _weigh(reading: Reading, j: int) -> str:
    """Say what token j is to the noun on its right: "opens", "closes", "firm" or "tentative"."""
    token, lower, known = reading.tokens[j], reading.lower[j], words()
    if lower in QUANTIFIERS or lower in HARMED or lower[:1].isdigit():
        return "opens"
    match = known.modifiers.match(reading.lower, j)
    if (match is not None and match[0] == 1) or is_people(reading, j):
        return "firm"
    role = known.roles.match(reading.lower, j)
    if (
        role is not None
        and role[0] == 1
        and role[1].plural
        and role[1].row.forms
        and lower not in {"women", "men", "taliban"}
    ):
        return "closes"
    what = kind(token)
    if what in {"det", "num", "poss"}:
        return "opens"
    if what == "adp":
        return "closes" if lower == "to" else "opens"
    if what == "verb":
        return _weigh_participle(reading, j) if lower.endswith("ed") else "opens"
    if (role is None and what not in {"word", "part"}) or lower in CALENDAR:
        return "closes"
    if what == "part":
        return _weigh_participle(reading, j)
    if token.text[:1].isupper() or role is not None:
        return "firm"
    return "firm" if lower.endswith(ADJECTIVE_ENDINGS) else "tentative"


def is_people(reading: Reading, j: int) -> bool:
    """Tell whether token j is a word of nationality or faith; "us" is none, "US" is one."""
    text = reading.tokens[j].text
    if not text[:1].isupper() or (text != "US" and reading.lower[j] == "us"):
        return False
    return words().adjectives.match(reading.lower, j) is not None


def _weigh_participle(reading: Reading, j: int) -> str:
    """A participle is an adjective after a word that opens a phrase, and else most often the verb."""
    finite = kind(reading.tokens[j]) == "verb"
    if not reading.beside(j, j - 1):
        return "opens" if reading.lower[j].endswith("ing") or finite else "firm"
    before = kind(reading.tokens[j - 1])
    if before in {"det", "num"} or reading.lower[j - 1] in QUANTIFIERS:
        return "tentative"
    if reading.lower[j].endswith("ing") or finite:
        return "opens"
    return "firm" if before in {"adp", "verb", "adv", "conj"} else "opens"


def leaning_of(reading: Reading) -> str:
    """Say whether the text is rather about the police or an army; empty where it is about neither."""
    police = sum(word in POLICE_WORDS for word in reading.lower)
    army = sum(word in ARMY_WORDS for word in reading.lower)
    return "police" if police > army else "combatant" if army > police else ""
