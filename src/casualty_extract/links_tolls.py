"""How a figure can stand behind a noun of harm: "the deaths of 12", "the toll rose to 45", "among the dead were"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from casualty_extract import wordorder
from casualty_extract.links_costs import QUALIFYING, Slot, only
from casualty_extract.reading import kind

__all__ = ["OF_THE_DOER", "after_noun", "is_counted", "takes_from"]

OF_THE_DOER = frozenset({"victim", "casualty", "toll", "death toll", "hostage", "case", "survivor"})
"""Nouns whose genitive names who did it, or nobody: "Khan's victims", "the victims of Katrina"."""
BARE = frozenset(
    """people civilians persons worldwide globally nationwide overall altogether today monday tuesday wednesday
    thursday friday saturday sunday mark""".split()
)
"""Words that may stand behind the bare number of a toll."""
RISING = frozenset(
    """rose rise rises risen rising climbed climbs climbing reached reaches reach stands stood increased increases
    jumped passed passes stand number numbered totalled totaled tops topped top surpassed surpass exceeded exceed hit hits""".split()
)
"""Verbs that lead from a toll to its figure."""
LINKING = frozenset(
    [
        "to",
        "at",
        "was",
        "is",
        "were",
        "are",
        "stands",
        "stood",
        "reached",
        "reaches",
        "reach",
        "hit",
        "hits",
        "rose",
        "rises",
        "risen",
        "climbed",
        "climbs",
        "jumped",
        "passed",
        "topped",
        "totalled",
        "totaled",
        "totals",
        "exceeded",
        "exceeds",
        "surpassed",
        "put",
        ":",
        "remained",
        "remains",
        "be",
        "been",
        "as",
        "be",
        "by",
        "past",
        "beyond",
        "now",
        "number",
        "numbered",
        "stand",
    ]
)


def after_noun(doc: Doc, q: Slot, h: Slot, between: list[Token], weak: bool) -> Iterator[tuple[float, str]]:
    """Yield the relations of a figure to a noun of harm before it.

    Args:
        doc: the text.
        q: the figure.
        h: the noun of harm.
        between: the tokens between the two, layout and marks of quotation apart.
        weak: the figure is of one person.
    """
    lowers = [t.lower_ for t in between]
    if lowers and lowers[0] in {"of", "to", "among", "for"} and len(lowers) <= 6:
        rest = between[1:]
        if (lowers[0] != "of" or h.mention.value["lemma"] not in OF_THE_DOER) and all(
            kind(t) in {"det", "adv", "word", "num", "poss", "conj"} or t.lower_ in QUALIFYING for t in rest
        ):
            yield 0.3 + 0.1 * len(rest), "of"
    before = next(wordorder.back(h.tokens[0], 1), None)
    before2 = [t.lower_ for t in wordorder.back(h.tokens[0], 3)]
    if "among" in before2 and lowers and lowers[0] in {"were", "was", "are", "is"} and len(lowers) <= 4:
        yield 0.4, "among"
    if lowers in (["are"], ["were"], ["is"], ["was"]) and not weak:
        yield 0.5, "toll"
    if lowers == [","] and not weak and takes_from(h):
        # "Of the dead, 12 were children"
        yield 0.4, "among"
    if weak and lowers == ["("]:
        yield 0.4, "apposition"
    if weak:
        if lowers in (["include"], ["included"]) and before2[:1] == ["the"]:
            yield 0.4, "including"
        if (
            lowers
            and lowers[0] in {"was", "were", "is"}
            and h.mention.value["lemma"] in {"deceased", "victim", "dead"}
            and len(lowers) <= 12
        ):
            yield 0.5, "identified"
        return
    if lowers and lowers[0] in {"included", "include", "includes", "including"} and len(lowers) <= 4:
        yield 0.4, "including"
    if lowers and lowers[-1] == "from":
        # "rose to 45 from 30"
        return
    rises = [i for i, w in enumerate(lowers) if w in RISING]
    bare = all(t.lower_ in BARE for t in doc[q.tokens.end : q.reach.end])
    # "the toll rose to at least eleven police officers"
    bare = bare or (bool(rises) and only(between[rises[-1] + 1 :], QUALIFYING))
    if not bare or not lowers or q.mention.label == "zero":
        return
    grown = h.tokens[-1].lower_.endswith("s") and _rose(between)
    if not (
        h.mention.value["lemma"] in {"toll", "death toll"}
        or is_counted(h)
        or grown
        or (before and before.lower_ == "the")
    ):
        return
    told = h.mention.value["lemma"] in {"toll", "death toll"} or is_counted(h)
    if rises and len(lowers) - rises[-1] <= 10 and told:
        # "the toll from a fire at a home two days ago in the north rises to 13": only what follows
        # the verb counts.
        yield 0.6 + 0.05 * (len(lowers) - rises[-1]), "toll"
    elif len(lowers) <= 16 and _links(lowers):
        verbs = sum(1.0 for t in between if kind(t) == "verb" and t.lower_ not in LINKING)
        yield 0.6 + 0.05 * len(lowers) + verbs, "toll"


def takes_from(h: Slot) -> bool:
    """Tell whether a sentence or clause opens with the harmed as a whole: "Of the dead,", "Of those killed,"."""
    before = list(wordorder.back(h.tokens[0], 5))
    at = next((i for i, t in enumerate(before) if t.lower_ in {"of", "among"}), None)
    if at is None or {"the", "those"}.isdisjoint(t.lower_ for t in before[:at]):
        return False
    return at + 1 == len(before) or before[at + 1].is_punct


def _rose(between: list[Token]) -> bool:
    """ "Deaths have risen to 45", "cases of cholera passed 3,000"."""
    rest = [t for t in between if kind(t) not in {"aux", "adv"} and t.lower_ not in QUALIFYING]
    if rest and rest[0].lower_ in {"of", "from", "in"}:
        rest = rest[2:]
    return len(rest) == 1 and rest[0].lower_ in RISING - {"hit", "hits", "increase"}


def _links(lowers: list[str]) -> bool:
    tail = [w for w in lowers[-6:] if w not in QUALIFYING - {"to", "at", "as"}]
    return bool(tail) and any(w in LINKING for w in tail)


def is_counted(h: Slot) -> bool:
    """The noun stands in "the number of deaths", "a total of deaths"."""
    return any(
        t.lower_ in {"number", "total", "tally", "count", "amount"} for t in wordorder.back(h.tokens[0], 10)
    )
