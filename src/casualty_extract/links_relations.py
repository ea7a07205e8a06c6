"""How a figure can stand to a word of harm: the relations of word order, each with a cost.

The costs are hand-set (links_costs): zero where nothing stands between, and so much for each comma, preposition,
conjunction or verb on the way that the readings of ordinary news sentences come out in the right order.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from casualty_extract import wordorder
from casualty_extract.links_costs import (
    OUT_OF_REACH,
    QUALIFYING,
    WEAK_FORMS,
    Slot,
    begins_clause,
    behind_preposition,
    inserted,
    is_modifier,
    is_passive_like,
    object_cost,
    of_number,
    ought,
    step,
    tells,
    verb_groups,
)
from casualty_extract.reading import kind

__all__ = ["QUALIFYING", "WEAK_FORMS", "Slot", "only", "relations"]

QUOTES = frozenset("\"'“”‘’")
OF_THE_DOER = frozenset({"victim", "casualty", "toll", "death toll", "hostage", "case", "survivor"})
"""Nouns whose genitive names who did it, or nobody: "Khan's victims", "the victims of Katrina"."""
BARE = frozenset("people civilians persons worldwide globally nationwide overall altogether today".split())
"""Words that may stand behind the bare number of a toll."""
RISING = frozenset(
    """rose rise rises risen rising climbed climbs climbing reached reaches reach stands stood increased increases
    jumped passed tops topped top surpassed surpass exceeded exceed hit hits""".split()
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
    ]
)


def relations(
    doc: Doc, q: Slot, h: Slot, words: list[Slot], figures: list[Slot]
) -> Iterator[tuple[float, str]]:
    """Yield the relations in which a figure stands to a harm, each with its cost and name."""
    value = h.mention.value
    part, victim, voice = value["part"], value["victim"], value["voice"]
    weak = q.mention.label in WEAK_FORMS
    if q.mention.label == "name" and is_modifier(q):
        return
    if value["negated"] and q.mention.label != "zero":
        return
    yield from _inside(doc, q, h)
    if h.tokens.start >= q.tokens.end and not weak and of_number(doc, q, h):
        yield 0.7, "toll"
    if part == "noun" and h.tokens.start >= q.reach.end:
        between = [t for t in doc[q.reach.end : h.tokens.start] if not wordorder.is_layout(t)]
        if _possessive(between) and value["lemma"] not in OF_THE_DOER:
            yield 0.3, "possessive"
        if len(between) <= 14 and "among" in [t.lower_ for t in between[-3:]] and not tells(between):
            yield 0.6, "among"
        if not weak and len(between) <= 5 and between and between[0].lower_ in {"of", "in"} and _reports(q):
            yield 0.0, "reports of harm"
        if (
            not weak
            and only(between, {"of", "the", "those", "all"})
            and between
            and q.mention.label != "zero"
        ):
            # "85 of those infected have died": a verb that tells the end comes before it.
            yield 1.0, "part of harm"
    if h.tokens.start >= q.reach.end and part in {"verb", "adjective"} and not _reports(q):
        suffers = victim == "subject" or part == "adjective" or voice in {"passive", "reduced"}
        suffers = suffers or (victim == "either" and voice == "perfect")
        if value["attributive"] or (q.mention.label == "zero" and ought(h)):
            suffers = False
        if weak and voice == "reduced" and value["weak"] and not is_passive_like(h):
            suffers = False
        if weak and (
            value["lemma"] in {"ill", "sick", "flee"} or (behind_preposition(q) and not _directly(doc, q, h))
        ):
            suffers = False
        if suffers and voice != "adjectival":
            cost, rule = _to_subject(doc, q, h, words, figures)
            yield cost, rule
    if q.tokens.start >= h.tokens.end:
        between = [
            t
            for t in doc[h.tokens.end : q.tokens.start]
            if not wordorder.is_layout(t) and t.text not in QUOTES
        ]
        if (
            part == "verb"
            and victim in {"object", "either"}
            and voice in {"bare", "perfect", "infinitive", "gerund"}
        ):
            # "saved 46 people, Makune told reporters": the name begins a clause of its own.
            yield object_cost(between) + (2.0 if weak and begins_clause(q) else 0.0), "object"
        lowers = [t.lower_ for t in between]
        if part == "verb" and voice in {"passive", "reduced"} and lowers:
            if lowers[0] in {"were", "was"} and only(between[1:], QUALIFYING):
                yield 0.5, "inverted subject"
            if lowers[:2] in (["along", "with"], ["together", "with"]) and len(lowers) <= 5:
                yield 0.5, "along with"
            if [w for w in lowers if w != ","][:2] in (["as", "was"], ["as", "were"]) and len(lowers) <= 6:
                yield 0.5, "as were"
        if part == "noun" or (part == "verb" and voice == "reduced" and _counted(h)):
            yield from _after_noun(doc, q, h, between, weak)


def _directly(doc: Doc, q: Slot, h: Slot) -> bool:
    """ "the release of an aid worker kidnapped in", "for a clerk who was detained": nothing stands between."""
    between = [t.lower_ for t in doc[q.reach.end : h.reach.start] if not wordorder.is_layout(t)]
    return between in ([], ["who"])


def _inside(doc: Doc, q: Slot, h: Slot) -> Iterator[tuple[float, str]]:
    """The harm stands in the figure's own phrase: "61 civilian deaths", "12 wounded men", "18 dead"."""
    value = h.mention.value
    part, weak = value["part"], q.mention.label in WEAK_FORMS
    if not (q.reach.start <= h.tokens.start < q.reach.end):
        return
    if weak and part == "noun" and q.tokens.start <= h.tokens.start and h.tokens.end <= q.tokens.end:
        yield (1.0 if value["weak"] else 0.0), "head"
        return
    if h.tokens.start < q.tokens.end:
        return
    before = h.tokens.start - 1
    if part == "noun":
        if weak and any(kind(t) == "poss" for t in doc[q.tokens.end : h.tokens.start]):
            if value["lemma"] not in OF_THE_DOER:
                yield 0.3, "possessive"
        elif q.mention.label != "name" and value["counts"]:
            # "two of the victims died", "three of the wounded died": a noun that tells no fate, or the
            # group that these are taken from, gives way to a verb that tells theirs.
            taken = any(t.lower_ == "of" for t in doc[q.tokens.end : h.tokens.start])
            cost = (1.0 if value["weak"] or taken else 0.0) + (0.0 if h.tokens.end == q.reach.end else 0.3)
            yield cost, "head"
    elif part == "adjective" or value["voice"] == "adjectival":
        yield (1.0 if value["weak"] else 0.1), "head"
    elif value["voice"] == "reduced" or before < q.tokens.end:
        yield 0.1, "subject"


def _to_subject(doc: Doc, q: Slot, h: Slot, words: list[Slot], figures: list[Slot]) -> tuple[float, str]:
    tokens = [t for t in doc[q.reach.end : h.reach.start] if not wordorder.is_layout(t)]
    if tokens and tokens[-1].lower_ in {"who", "whom", "that"}:
        head = tokens[:-1]
        if only(head, {",", "of", "both", "all"}):
            return 0.3, "relative clause"
    if [t.lower_ for t in tokens[-2:]] == ["among", "those"]:
        return 0.4, "among"
    if (
        q.mention.label == "name"
        and not any(kind(t) in {"verb", "aux", "sconj", "part"} for t in tokens)
        and len(tokens) <= 14
    ):
        # "Ana Diaz, 42, of Arda, a nurse at the clinic, died": an apposition, however long.
        return min(0.8, 0.1 * len(tokens)), "subject"
    said = {"said", "says", "told", "tells", "say", "reported"} & {t.lower_ for t in tokens}
    if said and tokens[-1].lower_ in {"he", "she", "they"}:
        return 9.0, "subject"
    if tokens and tokens[-1].lower_ in {"he", "she", "they"} and q.mention.label in WEAK_FORMS | {"word"}:
        return 1.2 + 0.02 * len(tokens), "pronoun subject"
    if (
        tokens
        and tokens[0].lower_ == "who"
        and verb_groups(tokens) == 1
        and "," not in {t.text for t in tokens}
    ):
        # "a girl who had been hit by a bullet died": the clause describes, the verb behind it tells.
        return 0.9, "subject"
    apart = inserted(tokens)
    cost = 0.0
    previous: Token | None = None
    for i, token in enumerate(tokens):
        cost += 0.02 if i in apart else step(token, previous)
        if cost > OUT_OF_REACH:
            return cost, "subject"
        previous = token
    inside = [w for w in words if q.reach.end <= w.tokens.start and w.tokens.end <= h.reach.start]
    cost += 1.2 * len([w for w in inside if w.mention.value["part"] != "noun"])
    strong = [f for f in figures if f.mention.label not in WEAK_FORMS]
    nearer = [f for f in strong if q.reach.end <= f.tokens.start and f.reach.end <= h.reach.start]
    if nearer:
        # A later figure takes the verb unless it is joined to this one: "four soldiers and a woman".
        joined = only(
            [t for t in doc[q.reach.end : nearer[0].tokens.start] if not wordorder.is_layout(t)],
            QUALIFYING | {"and", "or", ",", "including", "(", "with", "among", "them"},
        )
        cost += 0.2 if joined or apart else 1.5
        if any(t.lower_ in {"whom", "them"} for t in tokens):
            cost += 2.0
    return cost, "subject"


def _after_noun(doc: Doc, q: Slot, h: Slot, between: list[Token], weak: bool) -> Iterator[tuple[float, str]]:
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
    if weak and lowers == ["("]:
        yield 0.4, "apposition"
    if weak:
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
    bare = all(t.lower_ in BARE for t in doc[q.tokens.end : q.reach.end])
    if not bare or not lowers or q.mention.label == "zero":
        return
    if not (
        h.mention.value["lemma"] in {"toll", "death toll"}
        or _counted(h)
        or (before and before.lower_ == "the")
    ):
        return
    rises = [i for i, w in enumerate(lowers) if w in RISING]
    if rises and len(lowers) - rises[-1] <= 10 and h.mention.value["lemma"] in {"toll", "death toll"}:
        # "the toll from a fire at a home two days ago in the north rises to 13": only what follows
        # the verb counts.
        yield 0.6 + 0.05 * (len(lowers) - rises[-1]), "toll"
    elif len(lowers) <= 16 and _links(lowers):
        verbs = sum(1.0 for t in between if kind(t) == "verb" and t.lower_ not in LINKING)
        yield 0.6 + 0.05 * len(lowers) + verbs, "toll"


def _links(lowers: list[str]) -> bool:
    tail = [w for w in lowers[-6:] if w not in QUALIFYING - {"to", "at", "as"}]
    return bool(tail) and any(w in LINKING for w in tail)


def _counted(h: Slot) -> bool:
    """The noun stands in "the number of deaths", "a total of deaths"."""
    return any(
        t.lower_ in {"number", "total", "tally", "count", "amount"} for t in wordorder.back(h.tokens[0], 10)
    )


def _possessive(between: list[Token]) -> bool:
    if not between or kind(between[0]) != "poss" or len(between) > 4:
        return False
    return all(kind(t) in {"word", "part"} for t in between[1:])


def _reports(q: Slot) -> bool:
    return q.mention.value.get("unit_hint") == "reports"


def only(tokens: list[Token], allowed: set[str] | frozenset[str]) -> bool:
    """Tell whether all tokens are among the words allowed, marks of quotation apart."""
    return all(t.lower_ in allowed or (t.is_punct and t.text not in {",", ";", ":", "—"}) for t in tokens)
