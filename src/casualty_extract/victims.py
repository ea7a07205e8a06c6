"""Finds the persons whom harm can befall.

*Finds* every noun phrase for persons, without determiner and figure: "Afghan soldiers" in "three
Afghan soldiers", "members of the security forces", "16-year-old", "Syrians", and the word that says
who was harmed before a noun of harm: "civilian" in "61 civilian deaths".

*Leaves alone* nouns that only describe another noun ("a passenger train", "the police station"),
surnames ("Sarah Baker"), and words after "to" or a modal verb ("to guard the gate").

*Marks* layer `victims`; label: civilian, combatant, police, perpetrator or unspecified; value:
`groups` (children, women, men ...), `head` (the noun's dictionary form), `number` (singular or
plural), `attributive` (it stands before a noun of harm) and `cue` (that noun, else null).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from casualty_extract.mentions import Mention
from casualty_extract.reading import Reading, kind, plain
from casualty_extract.victims_phrases import (
    QUANTIFIERS,
    Left,
    Role,
    age_start,
    is_people,
    leaning_of,
    left_of,
    words,
)

__all__ = ["find"]

GROUPS = (
    "children", "women", "men", "elderly", "journalists", "aid_workers", "medics", "peacekeepers", "prisoners",
    "students", "officials", "passengers", "refugees",
)  # fmt: skip
# Words after a singular noun that do not make it part of a longer one: "a soldier dead".
AFTER = frozenset(
    "dead alive aged unable able responsible asleep unharmed unhurt outside next home here".split()
)
# Ranks that armies and police forces share; the rest of the text says which is meant.
SHARED_RANKS = frozenset(
    "sergeant lieutenant captain major colonel corporal officer commander personnel recruit cadet".split()
)
# Whoever holds these places in an armed group is one of its fighters.
GROUP_HEADS = frozenset("member leader man commander chief person suspect".split())
# Adjectives and verbs before they are nouns: in the singular they need a figure or article.
HOMOGRAPHS = frozenset(
    """general private major minor native local individual male female human national captive
    principal guard guide cook coach judge model agent extremist citizen friend partner marine
    islamist jihadist""".split()
)
# Plurals without an ending that describe other nouns as well: "police station".
DESCRIBING = frozenset({"police", "staff", "crew", "cabin crew", "clergy", "coast guard", "national guard"})
# They stand before a noun of harm in another sense: "minor injuries", "major losses".
NEVER_ATTRIBUTIVE = frozenset(
    "minor major general private local individual national human body others".split()
)
# Who was something is it no longer.
YOUNG_AGES = tuple(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen""".split()
)
MARGIN = 200
"""How many characters around the windows are read; `links` looks less far for whom a harm befell."""
PAST = frozenset({"former", "retired", "ex"})


def find(doc: Doc) -> Iterator[Mention]:
    """Find the persons of a text, in order; of a Doc with windows, those in them and close by.

    >>> import spacy
    >>> from casualty_extract.parsing import mark_sentences
    >>> doc = mark_sentences(spacy.blank("en")("A mine killed three Afghan soldiers."))
    >>> [(doc.text[m.start : m.end], m.label) for m in find(doc)]
    [('Afghan soldiers', 'combatant')]
    """
    reading = plain(doc)
    leaning = leaning_of(reading)
    known = words()
    openers = known.openers
    near, end = set(reading.sentences_near(MARGIN)), 0
    for i, (word, sentence) in enumerate(zip(reading.lower, reading.sentence, strict=True)):
        if i < end or sentence not in near or not (word in openers or reading.is_number(i)):
            continue
        found: tuple[int, Mention | None] | None = None
        role = known.roles.match(reading.lower, i)
        if role is not None:
            found = i + role[0], _role(reading, i, role[0], role[1], leaning)
        elif (age := _age(reading, i)) is not None:
            found = age
        elif (people := known.peoples.match(reading.lower, i)) is not None:
            found = i + people[0], _people(reading, i, people[0], people[1])
        elif (before := known.attributives.match(reading.lower, i)) is not None:
            noun = _harm_noun(reading, i + before[0] - 1)
            if noun is not None:
                found = (
                    i + before[0],
                    _attributive(reading, i, i + before[0], (before[1].category, before[1].groups), noun),
                )
        if found is None:
            continue
        end, mention = found
        if mention is not None:
            yield mention
            while end < len(reading) and reading.tokens[end].idx < mention.end:
                end += 1


def _role(reading: Reading, i: int, length: int, role: Role, leaning: str) -> Mention | None:
    end = i + length
    if _is_part_of_name(reading, i, role):
        return None
    left = left_of(reading, i)
    noun = _harm_noun(reading, end - 1)
    if noun is not None and role.lemma not in NEVER_ATTRIBUTIVE and (not role.plural or not role.row.forms):
        category, groups = _category(reading, (i, end), role, leaning)
        return _attributive(reading, i, end, (category, groups), noun)
    if _describes(reading, i, end, role) or _is_verb(reading, left, role):
        return None
    if role.lemma == "member" and reading.beside(i, end) and reading.lower[end] == "of":
        return _members(reading, left.first, end + 1, role)
    category, groups = _category(reading, (left.first, end), role, leaning)
    age = _age_after(reading, end) or _age_within(reading, left.first, i)
    if age is not None and age < 18:
        category = "civilian" if category == "unspecified" else category
        groups = _merged(groups, ["children"])
    if any(reading.lower[j] in PAST for j in range(left.first, i)):
        groups = [group for group in groups if group not in {"students", "officials"}]
    number = "plural" if role.plural else "singular"
    return _mention(
        reading, (left.first, end), category, "role",
        groups=groups, head=role.lemma, number=number, attributive=False, cue=None,
    )  # fmt: skip


def _category(reading: Reading, phrase: tuple[int, int], role: Role, leaning: str) -> tuple[str, list[str]]:
    """Let the words before the noun correct what the noun says alone."""
    first, end = phrase
    category, groups = role.row.category, list(role.row.groups)
    if role.lemma in SHARED_RANKS:
        category = leaning or category
    known = words()
    head = end - len(role.lemma.split())
    replaced = False
    for j in range(first, max(first, head)):
        if known.groups.match(reading.lower, j) and role.lemma in GROUP_HEADS:
            category, replaced = "combatant", True
        modifier = known.modifiers.match(reading.lower, j)
        if modifier is not None:
            row = modifier[1]
            groups = _merged(groups, row.groups)
            if row.category and category in row.over and not replaced:
                category, replaced = row.category, True
        inner = known.roles.match(reading.lower, j) if modifier is None else None
        if inner is not None:
            groups = _merged(groups, inner[1].row.groups)
            if category == "unspecified" and inner[1].row.category in {"civilian", "combatant", "police"}:
                category = inner[1].row.category
    return category, _merged(groups, [])


def _harm_noun(reading: Reading, last: int) -> str | None:
    """Give the noun of harm that a word stands before, also in "civilian and military deaths"."""
    j = last + 1
    if not reading.beside(last, j) or reading.joined(last):
        return None
    known = words()
    if reading.lower[j] in {"and", "or"} and reading.beside(last, j + 1):
        other = known.roles.match(reading.lower, j + 1) or known.attributives.match(reading.lower, j + 1)
        if other is None:
            return None
        j += 1 + other[0]
        if not reading.beside(last, j):
            return None
    match = known.harm_nouns.match(reading.lower, j)
    if match is None:
        return None
    # "shot his wife dead": the dead of "30 civilian dead" have no article.
    opener = reading.tokens[last - 1] if reading.beside(last, last - 1) else None
    if match[1] in {"dead", "wounded"} and opener is not None and kind(opener) in {"det", "poss"}:
        return None
    # "police shooting suspects", "the soldier killing": a gerund with an object is no noun.
    following = reading.lower[j + 1] if reading.beside(last, j + 1) else "."
    if reading.lower[j].endswith("ing") and following in {"a", "the", "an", "at", "of"}:
        return None
    return reading.tokens[j].text


def _attributive(reading: Reading, i: int, end: int, meaning: tuple[str, list[str]], noun: str) -> Mention:
    first = i
    while reading.beside(i, first - 1) and is_people(reading, first - 1):
        first -= 1
    return _mention(
        reading, (first, end), meaning[0], "attributive",
        groups=_merged(meaning[1], []), head=" ".join(reading.lower[i:end]), number="singular",
        attributive=True, cue=noun,
    )  # fmt: skip


def _describes(reading: Reading, i: int, end: int, role: Role) -> bool:
    """Tell whether the noun only describes the next one: "a passenger train", "police station"."""
    if not reading.beside(i, end):
        return False
    following = reading.tokens[end]
    if reading.hyphenated(end):
        # "a father-of-two" is no compound
        return list(reading.lower[end + 1 : end + 2]) != ["of"]
    if reading.joined(end - 1) and not following.is_punct and kind(following) != "poss":
        return True
    next_role = words().roles.match(reading.lower, end)
    if role.plural and role.lemma not in DESCRIBING:
        return next_role is not None and (
            not role.row.forms or role.lemma in {"woman", "man", "child", "talib"}
        )
    if next_role is not None and not role.plural and following.text[:1].isupper():
        return reading.tokens[end - 1].text[:1].isupper()
    if not following.text[:1].islower() or kind(following) != "word":
        return False
    return reading.lower[end] not in AFTER and reading.lower[end] not in QUANTIFIERS


def _is_verb(reading: Reading, left: Left, role: Role) -> bool:
    """Tell whether a noun that can be a verb or adjective is used as one here."""
    if role.plural:
        return False
    if role.lemma in HOMOGRAPHS and not left.opened:
        return True
    before = left.first - 1
    if left.opened or not reading.beside(left.first, before):
        return False
    return reading.lower[before] == "to" or kind(reading.tokens[before]) == "pron"


def _is_part_of_name(reading: Reading, i: int, role: Role) -> bool:
    """Tell "Sarah Baker" and "Baker said" from "Officer Baker" and "Arlington Teen Dies"."""
    token = reading.tokens[i]
    if role.plural or not token.text[:1].isupper() or len(role.lemma.split()) > 1 or token.is_upper:
        return False
    if role.lemma == "marine" or reading.opens_sentence(i):
        return False
    following = reading.tokens[i + 1] if reading.beside(i, i + 1) else None
    titled = following is not None and following.text[:1].isupper() and following.is_alpha
    before = reading.tokens[i - 1]
    after_name = before.text[:1].isupper() and before.is_alpha and kind(before) == "word"
    if is_people(reading, i - 1) or role.lemma.endswith("man"):
        return False
    if not after_name:
        return not titled
    return not _is_headline(reading, i)


def _is_headline(reading: Reading, i: int) -> bool:
    """Most words of a headline in title case start with a capital."""
    number, first, last = reading.sentence[i], i, i
    while first > 0 and reading.sentence[first - 1] == number and i - first < 12:
        first -= 1
    while last + 1 < len(reading) and reading.sentence[last + 1] == number and last - i < 12:
        last += 1
    alphabetic = [
        t for t in reading.tokens[first : last + 1] if t.is_alpha and kind(t) in {"word", "verb", "part"}
    ]
    capitals = sum(t.text[:1].isupper() for t in alphabetic)
    return len(alphabetic) >= 3 and capitals >= 0.8 * len(alphabetic)


def _people(reading: Reading, i: int, length: int, meaning: tuple[str, bool]) -> Mention | None:
    """A word of nationality or faith: "27 Palestinians", "an Afghan", "Syrian deaths"."""
    lemma, plural = meaning
    end = i + length
    if not reading.tokens[i].text[:1].isupper():
        return None
    noun = _harm_noun(reading, end - 1)
    if noun is not None and not plural:
        return _attributive(reading, i, end, ("unspecified", []), noun)
    if reading.beside(i, end):
        following = reading.tokens[end]
        if reading.hyphenated(end) or (not plural and kind(following) in {"word", "part", "num", "conj"}):
            return None
        if following.text[:1].isupper() and kind(following) == "word":
            return None
    left = left_of(reading, i)
    if not plural:
        before = left.first - 1
        if not left.opened or not reading.beside(i, before):
            return None
        if reading.lower[before] == "of" and reading.beside(i, before - 1):
            before -= 1
        opener = reading.lower[before]
        one = opener in {"a", "an", "another", "one", "1"}
        plural = not one and (kind(reading.tokens[before]) == "num" or opener in QUANTIFIERS)
        if not plural and not one:
            return None
    return _mention(
        reading, (left.first, end), "unspecified", "people",
        groups=[], head=lemma.lower(), number="plural" if plural else "singular", attributive=False, cue=None,
    )  # fmt: skip


def _members(reading: Reading, first: int, i: int, role: Role) -> Mention:
    """Members of something: the whole phrase, and what the persons are is said by what follows."""
    known = words()
    category, groups, last = "unspecified", list[str](), i - 2
    j = i
    while reading.beside(i, j) and j - i < 10:
        if known.groups.match(reading.lower, j):
            category = "combatant"
        body = known.bodies.match(reading.lower, j)
        inner = known.roles.match(reading.lower, j)
        what = kind(reading.tokens[j])
        if inner is not None:
            category, groups = inner[1].row.category, list(inner[1].row.groups)
            last = j = j + inner[0] - 1
        elif body is not None:
            category, groups = body[1].category, list(body[1].groups)
            last = j = j + body[0] - 1
        elif what in {"word", "num"}:
            last = j
        elif what not in {"det", "poss", "part"} and not reading.hyphenated(j):
            break
        j += 1
    return _mention(
        reading, (first, last + 1), category, "members",
        groups=_merged(groups, []), head=role.lemma, number="plural" if role.plural else "singular",
        attributive=False, cue=None,
    )  # fmt: skip


def _age(reading: Reading, i: int) -> tuple[int, Mention | None] | None:
    """Find an age that stands for the person: "a 16-year-old was shot"."""
    if not reading.is_number(i):
        return None
    last = next(
        (k for k in range(i + 1, i + 5) if reading.beside(i, k) and reading.lower[k] in {"old", "olds"}), i
    )
    if last == i or age_start(reading, last) != i or "years" in reading.lower[i:last]:
        return None
    j = last + 1
    if reading.lower[last] == "old" and reading.beside(i, j) and _goes_on(reading, j):
        return None
    years = _years(reading.lower[i])
    young = "year" not in reading.lower[i:last] or (years is not None and years < 18)
    return j, _mention(
        reading, (i, j), "civilian" if young else "unspecified", "age",
        groups=["children"] if young else [], head="year-old",
        number="plural" if reading.lower[last] == "olds" else "singular", attributive=False, cue=None,
    )  # fmt: skip


def _goes_on(reading: Reading, j: int) -> bool:
    """Tell whether a noun follows that the age describes: "16-year-old (masked) boy"."""
    what = kind(reading.tokens[j])
    if what == "part" and reading.beside(j, j + 1):
        return kind(reading.tokens[j + 1]) == "word"
    return reading.hyphenated(j) or (what == "word" and reading.lower[j] not in AFTER)


def _age_within(reading: Reading, first: int, end: int) -> int | None:
    """Read the age among the modifiers: "16-year-old boy"."""
    for j in range(first, end):
        start = age_start(reading, j)
        if start is not None:
            return 1 if "year" not in reading.lower[start:j] else _years(reading.lower[start])
    return None


def _age_after(reading: Reading, end: int) -> int | None:
    """Read the age behind the noun: "a driver, 17, died", "a boy aged 9"."""
    if not reading.beside(end - 1, end + 1):
        return None
    age = reading.lower[end + 1]
    if reading.lower[end] == "aged" and age.isdigit():
        return int(age)
    closed = reading.beside(end - 1, end + 2) and reading.lower[end + 2] in {",", ")", "."}
    if reading.lower[end] in {",", "("} and age.isdigit() and len(age) <= 2 and closed:
        return int(age)
    return None


def _years(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    return YOUNG_AGES.index(text) if text in YOUNG_AGES else None


def _merged(groups: list[str], more: list[str]) -> list[str]:
    return [group for group in GROUPS if group in groups or group in more]


def _mention(reading: Reading, span: tuple[int, int], label: str, rule: str, **value: object) -> Mention:
    first, last = reading.tokens[span[0]], reading.tokens[span[1] - 1]
    return Mention(first.idx, last.idx + len(last.text), label, rule, dict(value))
