"""Figures and names in lists: parts that add up to a total, figures by place or day that share one harm.

*Reads* "Nine people died, five women and four men", "28 killed in Arda, six in Corva and 17 in Belm",
"Arda reported 12 deaths, Belm nine".
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from casualty_extract import wordorder
from casualty_extract.links_costs import QUALIFYING, WEAK_FORMS, Slot
from casualty_extract.reading import kind

__all__ = ["adds_up", "is_of_them", "joins_names", "opens_part", "raises_total", "splits"]

LONGEST_STEP = 12
"""The most tokens between two figures of a list."""
PLACING = frozenset({"in", "at", "near", "from"})
RAISING = frozenset(
    "bringing brings brought bring raising raises raised taking takes took pushing pushes pushed".split()
)
SEPARATING = frozenset({",", ":", ";", "(", "-", "–", "—", "--"})


OWN = frozenset({"his", "her", "their"})


def adds_up(doc: Doc, figures: list[Slot], total: int, least: int) -> bool:
    """Tell whether the figures of a list add up: "eleven women and nine men" to 20.

    Args:
        doc: the text.
        figures: the figures of the sentence from the first of the list on.
        total: what they should come to.
        least: how many figures must be in the list.
    """
    come_to, counted = 0, 0
    previous: Slot | None = None
    for q in figures:
        best = q.mention.value["best"]
        if q.mention.label == "name":
            continue
        if not best or (previous is not None and not _goes_on(doc, previous, q)):
            return False
        come_to, counted, previous = come_to + best, counted + 1, q
        if come_to >= total:
            break
    if come_to != total or counted < least or previous is None:
        return False
    following = next(wordorder.ahead(previous.reach[-1], 1), None)
    return following is None or kind(following) not in {"aux", "verb"}


def _goes_on(doc: Doc, left: Slot, right: Slot) -> bool:
    between = [t for t in doc[left.reach.end : right.tokens.start] if not wordorder.is_layout(t)]
    if len(between) > LONGEST_STEP or any(kind(t) in {"verb", "aux", "sconj"} for t in between):
        return False
    lowers = [t.lower_ for t in between if t.lower_ not in QUALIFYING]
    return bool(lowers) and lowers[-1] in {",", ";", "and"}


def opens_part(between: list[Token]) -> bool:
    """Tell whether a comma, colon, dash or bracket stands before a figure, qualifiers apart."""
    lowers = [t.lower_ for t in between if t.lower_ not in QUALIFYING]
    return bool(lowers) and len(lowers) <= LONGEST_STEP and lowers[-1] in SEPARATING


def is_of_them(q: Slot) -> bool:
    """Tell whether a figure is a part that no verb tells more of: "three of them children"."""
    behind = [t for t in wordorder.ahead(q.tokens[-1], 5) if t.lower_ not in {"only", "just"}]
    if [t.lower_ for t in behind[:2]] not in (["of", "them"], ["of", "whom"]):
        return False
    rest = behind[2:]
    if rest and kind(rest[0]) == "aux":
        rest = rest[1:]
    return not rest or kind(rest[0]) not in {"verb", "aux", "sconj"}


def raises_total(between: list[Token]) -> bool:
    """Tell whether a figure is the total to which the one before it leads: ", bringing the total to"."""
    lowers = [t.lower_ for t in between if t.lower_ not in QUALIFYING - {"to", "total"}]
    if len(lowers) > 24 or lowers[-1:] != ["to"]:
        return False
    verbs = [i for i, word in enumerate(lowers) if word in RAISING]
    return bool(verbs) and not {"total", "tally", "count", "number"}.isdisjoint(
        lowers[verbs[-1] : verbs[-1] + 5]
    )


def splits(q: Slot, between: list[Token]) -> bool:
    """Tell whether a bare figure shares the harm of the one before it, by place, by day or by doer.

    Args:
        q: the figure.
        between: the tokens from the figure before it on.
    """
    if q.mention.label in WEAK_FORMS or not between:
        return False
    lowers = [t.lower_ for t in between]
    tail = [t.lower_ for t in q.reach[len(q.tokens) :]]
    bare = not set(tail) - {"more", "other", "others", "people"}
    after = next(wordorder.ahead(q.reach[-1], 1), None)
    placed = not (PLACING | {"on"}).isdisjoint(lowers)
    if not bare and not (placed and after is not None and lowers[-1] == "and" and _ends_clause(after)):
        return False
    if (
        len(lowers) <= LONGEST_STEP
        and all(t.text[:1].isupper() for t in between[1:])
        and len(lowers) in {2, 3}
    ):
        # "Arda reported 12 deaths, Belm nine and Corva four"
        return lowers[0] in {",", ";", "and"} and (after is None or after.is_punct or after.lower_ == "and")
    if after is None or len(lowers) > 10:
        return False
    if not bare and after.is_punct and lowers[-1] == "and":
        # "killed nine, including six in Arda and two soldiers"
        return lowers[0] in PLACING
    if lowers[-1] == "and":
        # "28 killed in Arda and 17 in Belm", "12 died on Monday and nine on Tuesday"
        return after.lower_ in PLACING | {"by"} or _opens_day(after)
    behind = next(wordorder.ahead(after, 1), None)
    placed = after.lower_ in PLACING and behind is not None and behind.text[:1].isupper()
    return placed and lowers[-1] in {",", ";"} and not PLACING.isdisjoint(lowers)


def _ends_clause(placing: Token) -> bool:
    """ "killed five in Arda and two soldiers in Belm" against "and two soldiers in Belm fled"."""
    for token in wordorder.ahead(placing, 8):
        if token.is_punct or token.lower_ in {"and", "while", "since", "after"}:
            return True
        if kind(token) in {"verb", "aux", "part"}:
            return False
    return True


def _opens_day(token: Token) -> bool:
    following = next(wordorder.ahead(token, 1), None)
    return token.lower_ == "on" and following is not None and following.lower_.endswith("day")


def joins_names(token: Token, previous: Token) -> bool:
    """What stands between names in a list: commas, "and", ages, ranks, "of Arda"."""
    lower = token.lower_
    if lower in OWN or (kind(token) == "word" and previous.lower_ in OWN):
        # "his brothers Omar and Said and his nephew Karim Dahli"
        return True
    if lower in {"of", "from"} or (token.text[:1].isupper() and previous.lower_ in {"of", "from"}):
        return True
    return (
        token.text in {",", "(", ")", ":", "-", "–", "—", ";"}
        or lower in {"and", "year", "old", "aged", "both", "also", "as", "well"}
        or kind(token) == "num"
        or lower.endswith("year")
        or lower.rstrip(".") in {"dr", "mr", "mrs", "ms", "sgt", "cpl", "pvt", "lt", "capt", "col"}
    )
