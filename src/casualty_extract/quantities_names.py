"""Finds runs of capitalised words that can be a person's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from casualty_extract import wordorder
from casualty_extract.quantities_view import HYPHENS, View
from casualty_extract.quantities_words import ADJECTIVAL, MONTHS, WEEKDAYS, words

__all__ = ["Name", "possible_names", "read_names"]

PARTICLES = frozenset(
    "al el bin ibn abu abd ben de del della der den di da dos du la le van von y ter ul ur".split()
)
# A capitalised run after these is a place, not a person.
PLACING = frozenset("in at near outside inside around across throughout into toward towards via".split())
DIRECTIONS = frozenset(
    """north south east west northeast northwest southeast southwest northern southern eastern western
    central downtown""".split()
)
# A capitalised run that opens with these is a place: "St Ives", "New Arda", "Port Belm".
PLACE_OPENERS = frozenset("st saint fort mount mt lake port cape new los las upper lower greater".split())
ARTICLES = frozenset("a an this these those".split())
# What stands before the name of a ship.
SHIPS = frozenset("uss u.s.s. hms h.m.s. hmas hmcs rms mv m.v. ss s.s. ins usns".split())
# Nouns before the name of a ship, a paper or a company.
NAMED_THINGS = frozenset(
    """agency airline boat carrier company daily ferry film firm flagged freighter magazine movie network newspaper
    ship submarine tanker trawler vessel website yacht""".split()
)
# Words with such an ending are no names by themselves: "Repression", "Disappearance".
ABSTRACT = ("tion", "sion", "ance", "ence", "ment", "ness", "ship", "ism")
SUFFIXES = frozenset("jr jr. sr sr. ii iii iv qc mp md phd".split())
AGE_CLOSERS = frozenset({",", ".", ")", ";", "of", "from", ""})
LONGEST = 9


@dataclass(frozen=True, slots=True)
class Name:
    """A run of words that can be a person's name.

    Attributes:
        start, end: its words.
        rule: what speaks for a person.
    """

    start: int
    end: int
    rule: str


@dataclass(slots=True)
class _Run:
    start: int
    end: int
    titled: bool
    placed: bool


def read_names(view: View, within: Sequence[tuple[int, int]]) -> dict[int, Name]:
    """Find the names in stretches of a text, by their first word.

    A single name counts where the text has it inside a fuller one, or where a title, an age or "who"
    follows; words that the text has in lower case, or after "in" or "at", are no names. For that the
    sentences that share a word with the names in question are read too.

    Args:
        view: the whole text.
        within: the sentences in which names are wanted, as stretches of words.
    """
    common = {w for w, t in set(zip(view.lower, view.texts, strict=True)) if t.islower()}
    asked = [i for first, end in within for i in range(first, end)]
    wanted = set(asked)
    near = [run for run in _runs(view, common, asked) if not _is_stranger(view, run)]
    bearing = {w for run in near for w in view.texts[run.start : run.end]}
    openers = [i for i in sorted(set(view.first) & wanted) if i + 1 < view.last[i]]
    openers = [i for i in openers if view.kind(i + 1) in {"verb", "aux"}]
    bearing |= {view.texts[i] for i in openers}
    if len(asked) < len(view):
        # A word that opens a sentence alone tells nothing of names.
        sharing = {
            view.first[i]
            for i, text in enumerate(view.texts)
            if text in bearing and (i != view.first[i] or i in wanted or view.leads_on(i))
        }
        asked = [i for first in sorted(sharing) for i in range(first, view.last[first])]
    runs = [run for run in _runs(view, common, asked) if not _is_stranger(view, run)]
    places = {_text(view, r) for r in runs if r.placed}
    full = [r for r in runs if r.end - r.start > 1 and _text(view, r) not in places and not r.placed]
    parts = {w for r in full if not view.titled(r.start) for w in view.texts[r.start : r.end] if len(w) > 2}
    found: dict[int, Name] = {}
    for i in openers:
        if view.texts[i] in parts:
            # "Young died": a surname that is a common word too.
            found[i] = Name(i, i + 1, "known name")
    for run in runs:
        if run.start not in wanted:
            continue
        rule = _rule(view, run, places, parts)
        if rule is not None:
            found[run.start] = Name(run.start, run.end, rule)
    return found


def possible_names(view: View, within: tuple[int, int]) -> Iterator[Name]:
    """Give the names that `read_names` could find in a sentence, were the rest of the article any other."""
    first, end = within
    parts = set(view.texts)
    at = first
    for i in range(first, end):
        if i < at or not view.texts[i][0].isupper() or not _can_open(view, i):
            continue
        at = _run_end(view, i)
        # Which words the article has in lower case decides where the name begins.
        ways = {common: None for k in range(i, at + 1) for common in (frozenset(view.lower[i:k]),)}
        for common in ways:
            run = _trim(view, i, at, common)
            if run is not None and not _is_stranger(view, run) and _rule(view, run, frozenset(), parts):
                yield Name(run.start, run.end, "possible name")
    if first + 1 < end and len(view.texts[first]) > 2 and view.kind(first + 1) in {"verb", "aux"}:
        yield Name(first, first + 1, "possible name")


def _text(view: View, run: _Run) -> str:
    return " ".join(view.texts[run.start : run.end])


def _runs(view: View, common: set[str], asked: Iterable[int]) -> list[_Run]:
    found: list[_Run] = []
    end = 0
    for i in asked:
        if i < end or not view.texts[i][0].isupper() or not _can_open(view, i):
            continue
        end = _run_end(view, i)
        run = _trim(view, i, end, common)
        if run is not None:
            found.append(run)
    return found


def _can_open(view: View, i: int) -> bool:
    text = view.texts[i]
    if not text[0].isupper():
        return False
    if text.isascii() and text.isalpha():
        if text.isupper():
            return False
    elif not any(c.islower() for c in text) or not all(c.isalpha() or c in "'’.-‘ʿ`" for c in text):
        return False
    # "MHz", "IDs"; but "O'Neil" and "D'Souza" are names.
    if text[:2].isalpha() and text[:2].isupper():
        return False
    return view.kind(i) in {"word", "verb", "part", "adv"}


def _run_end(view: View, i: int) -> int:
    """The word after the run: `wordorder.name_phrase`, told in words of the view and bounded."""
    if not view.leads_on(i):
        return i + 1
    span = wordorder.name_phrase(view.token(i))
    end = i + 1
    while end < view.last[i] and end - i < LONGEST + 6 and view.token(end).i < span.end:
        if view.kind(end) in {"adp", "conj", "sconj"} and view.lower[end] not in PARTICLES:
            break
        end += 1
    while end > i + 1 and (view.lower[end - 1] in PARTICLES or not view.texts[end - 1][0].isalpha()):
        end -= 1
    return end


def _trim(view: View, i: int, end: int, common: AbstractSet[str]) -> _Run | None:
    """Cut titles, roles and common words from the front of a run, and letters after the name."""
    titled = False
    start = i
    for k in range(i, end):
        # "Sadik Sheikh" and "Jarvis Porter" bear a title as their surname.
        if _is_title(view, k) and not (k == end - 1 and start < k):
            start, titled = k + 1, True
    if start == i and i > view.first[i]:
        before = i - 1
        while before > view.first[i] and view.lower[before] == "." and view.glued[before]:
            before -= 1
        titled = _is_title(view, before)
    while start < end and _is_common(view, start, common):
        start += 1
    while start < end and (view.texts[start][0] == "." or view.lower[start] in HYPHENS):
        start += 1
    for k in range(start + 1, end):
        if view.lower[k] in SUFFIXES or (
            view.texts[k].isupper() and len(view.texts[k]) > 2 and view.texts[k].isalpha()
        ):
            end = k
            break
    while end > start + 1 and _is_dated(view, end - 1):
        end -= 1
    if start >= end or end - start > LONGEST or not _can_open(view, start):
        return None
    joined = start == i and i - 2 >= view.first[i] and view.glued[i] and view.glued[i - 1]
    if joined and view.lower[i - 1] in HYPHENS and view.lower[i - 2] in {"al", "el"}:
        start = i = i - 2
    return _Run(start, end, titled, _is_placed(view, start, i))


def _is_dated(view: View, k: int) -> bool:
    """ "killed Omar Dahli Thursday", "Omar Dahli March 3"."""
    lower = view.lower[k].rstrip(".")
    if lower in WEEKDAYS:
        return True
    return lower in MONTHS and k + 1 < view.last[k] and view.lower[k + 1][:1].isdigit()


def _is_title(view: View, k: int) -> bool:
    """ "Sgt." or "Officer" before a name; a capitalised person noun is one as well."""
    lower = view.lower[k].rstrip(".")
    if not view.texts[k][0].isupper():
        return False
    if lower in words().titles:
        return True
    noun = None if view.titled(k) else words().nouns.get(lower)
    return noun is not None and noun.unit == "people" and noun.singular and lower not in ADJECTIVAL


def _is_common(view: View, k: int, common: AbstractSet[str]) -> bool:
    """A word that is a name only by its place: at the start of a sentence, or in a headline."""
    lower = view.lower[k]
    if view.kind(k) in {"adv", "verb", "part"}:
        # Behind the mark that opens a quotation too: "“Regrettably, 12 of them died".
        return lower in common or k == view.first[k] or (k == view.first[k] + 1 and view.glued[k - 1])
    if lower in PARTICLES:
        return False
    opens = k > 0 and not view.texts[k - 1][0].isalnum() and not view.glued[k - 1]
    if k == view.first[k] or view.titled(k) or opens:
        noun = words().nouns.get(lower)
        return lower in common or (noun is not None and noun.plural)
    return False


def _is_placed(view: View, start: int, i: int) -> bool:
    before = view.word(i - 1, i) if i > view.first[i] else ""
    if start != i:
        return False
    if before in PLACING or before in DIRECTIONS or view.lower[i].rstrip(".") in PLACE_OPENERS:
        return True
    if before.isdecimal() and len(before) < 4 and view.word(i - 2, i) in {"of", "at", ","}:
        # "of 17 Guy Place": an address.
        return True
    return (
        before == "of"
        and i >= 2
        and view.word(i - 2, i) in DIRECTIONS | {"city", "town", "village", "province"}
    )


def _is_stranger(view: View, run: _Run) -> bool:
    """An organisation, a land, a people, or what only describes the noun behind it."""
    strangers = words().strangers
    # "Mrs. Rose Park" is no park.
    for k in range(run.start, run.start + 1 if run.titled else run.end):
        by_origin = k >= 2 and view.lower[k - 1] in HYPHENS and view.lower[k - 2] in {"al", "el"}
        if not by_origin and (strangers.match(view.lower, k) is not None or view.texts[k] in words().peoples):
            return True
    if run.start > view.first[run.start]:
        before = view.lower[run.start - 1]
        if before == "the" and not run.titled:
            return True
        if (before in ARTICLES and not run.titled) or before in SHIPS:
            return True
        if before == "/" and view.glued[run.start]:
            return True
        if view.word(run.start - 1 - (before == ","), run.start) in NAMED_THINGS and not run.titled:
            return True
        if before in HYPHENS and view.glued[run.start]:
            return view.word(run.start - 2, run.start) not in {"old"} | PARTICLES
    return _describes(view, run)


def _describes(view: View, run: _Run) -> bool:
    """ "the Abu Saada family", "Laconia police", "Clark County", "Paris-based"."""
    k = run.end
    if k >= view.last[run.start]:
        return False
    if view.lower[k][0].isdigit() and view.lower[k - 1] in words().codes:
        return True
    if view.lower[k] in HYPHENS and view.glued[k]:
        return True
    if view.kind(k) == "poss" and k + 1 < view.last[run.start] and view.texts[k + 1][0].isupper():
        # "Arda Magistrate's Court"
        return words().strangers.match(view.lower, k + 1) is not None
    if view.lower[k] == "," and k + 1 < view.last[run.start] and not run.titled:
        land = words().strangers.match(view.lower, k + 1)
        if land is not None and view.texts[k + 1][0].isupper() and run.end - run.start < 3:
            return True
    if view.kind(k) != "word" or not view.texts[k].islower():
        return False
    noun = view.noun(k)
    return noun is not None and view.lower[k] not in {"dead", "missing", "wounded", "injured", "others"}


def _rule(view: View, run: _Run, places: AbstractSet[str], parts: AbstractSet[str]) -> str | None:
    """What makes a run a person's name, or None."""
    start = run.start
    closing = _age_follows(view, run.end, start)
    if _text(view, run) in places and not closing:
        return None
    if run.placed:
        return None
    if run.end - run.start > 1 and _is_full(view, run):
        if view.titled(start) and not closing and not run.titled:
            return "known name" if all(w in parts for w in view.texts[start : run.end]) else None
        return "full name"
    if run.titled and view.texts[start][0].isupper():
        return "name after a title"
    if closing:
        return "name with an age"
    if view.texts[start] in parts:
        return "known name"
    if view.word(run.end, start) in {",", "("} and view.word(run.end + 1, start) == "who":
        return "name before who"
    if start == view.first[start] or view.titled(start) or view.texts[start].endswith("."):
        return None
    return "lone name" if _is_lone(view, start, run.end) else None


def _is_lone(view: View, k: int, end: int) -> bool:
    """Whether a single capitalised word, told of nowhere else, stands as a person's name does.

    It is no noun, and no noun for a thing stands before it: "the minister Wirano was stabbed", not "the
    magazine Forum", "seven U.S. Marines", "the seat of Dixon" or "Group 12".
    """
    if view.noun(k) is not None or view.lower[k].endswith(ABSTRACT):
        return False
    if view.word(end, k) in {"of", "“", '"'} or view.word(end, k)[:1].isdigit():
        return False
    before, kind = k - 1, view.kind(k - 1)
    if kind == "punct":
        return view.lower[before] == ","
    if kind in {"poss", "num", "det"}:
        return False
    noun = view.noun(before)
    if kind == "word":
        return view.texts[before].islower() and noun is not None and noun.unit == "people"
    if view.lower[before] in {"of", "from"}:
        harmed = view.noun(before - 1) if before > view.first[k] else None
        return harmed is not None and harmed.harm
    return True


def _is_full(view: View, run: _Run) -> bool:
    return sum(w[0].isupper() for w in view.texts[run.start : run.end]) > 1


def _age_follows(view: View, k: int, near: int) -> bool:
    """ ", 30," or "(30)" behind a name."""
    if view.word(k, near) not in {",", "("}:
        return False
    age, behind = view.word(k + 1, near), view.word(k + 2, near)
    if behind in {"of", "from"} and not view.texts[min(k + 3, len(view) - 1)][0].isupper():
        # "Sadly, 12 of those hurt died", but "Dahli, 12 of Arda".
        return False
    return age.isdecimal() and len(age) <= 3 and int(age) <= 120 and behind in AGE_CLOSERS
