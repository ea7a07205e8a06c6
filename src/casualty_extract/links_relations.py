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
    only,
    ought,
    step,
    tells,
    verb_groups,
)
from casualty_extract.links_tolls import OF_THE_DOER, after_noun, is_counted, takes_from
from casualty_extract.reading import kind

__all__ = ["leaves_brackets", "relations"]

QUOTES = frozenset("\"'“”‘’")
OF_GROUPS = frozenset(
    {
        ("evacuate", "infinitive"),
        ("evacuate", "bare"),
        ("sought refuge", "perfect"),
        ("sought refuge", "bare"),
        ("sought shelter", "perfect"),
        ("sought shelter", "bare"),
    }
)
"""What groups do in a disaster, and one person for reasons of his own."""
OF_MANY = frozenset({"capture", "rescue", "evacuation"})
"""Nouns that tell of one person no harm yet: "information leading to the capture of the leader"."""


def leaves_brackets(doc: Doc, q: Slot, h: Slot) -> bool:
    """Tell whether a figure stands in brackets that a comma follows, before the harm.

    "10 were killed (7 rebels, 3 soldiers), 6 wounded": the soldiers are not the wounded.
    """
    between = [t.text for t in doc[q.tokens.end : h.tokens.start]]
    if ")" not in between or "(" in between:
        return False
    after = between.index(")") + 1
    return between[after : after + 1] in ([","], [";"], ["and"])


def relations(
    doc: Doc, q: Slot, h: Slot, words: list[Slot], figures: list[Slot]
) -> Iterator[tuple[float, str]]:
    """Yield the relations in which a figure stands to a harm, each with its cost and name."""
    value = h.mention.value
    part, victim, voice = value["part"], value["victim"], value["voice"]
    weak = q.mention.label in WEAK_FORMS
    if q.mention.label == "name" and is_modifier(q):
        return
    of_many = value["lemma"] in OF_MANY and (part == "noun" or voice == "infinitive")
    if weak and (of_many or h.tokens.text.lower() == "releases"):
        return
    if value["negated"] and q.mention.label != "zero":
        return
    yield from _inside(doc, q, h)
    if h.tokens.start >= q.tokens.end and not weak and of_number(doc, q, h):
        yield (0.8 if value["weak"] else 0.7), "toll"
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
    # "A human being was killed": the group of a verb may run over the end of the noun of one person.
    opened = h.tokens.start if weak else h.reach.start
    if opened >= q.reach.end and part in {"verb", "adjective"} and not _reports(q):
        suffers = victim == "subject" or part == "adjective" or voice in {"passive", "reduced"}
        suffers = suffers or (
            victim == "either" and voice in {"perfect", "infinitive", "bare"} and not _has_object(h)
        )
        if h.reach.start <= q.tokens.start < h.tokens.start:
            # "had been stopped on the road to Arda and wounded": between the auxiliary and its second verb.
            suffers = False
        if value["attributive"] or (q.mention.label == "zero" and ought(h)):
            suffers = False
        if weak and voice == "reduced" and value["weak"] and not is_passive_like(h):
            suffers = False
        if weak and (
            (value["lemma"], voice) in OF_GROUPS
            or value["lemma"] in {"ill", "sick", "flee"}
            or (behind_preposition(q) and not _directly(doc, q, h))
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
            if _along(between):
                yield 0.5, "along with"
            if [w for w in lowers if w != ","][:2] in (["as", "was"], ["as", "were"]) and len(lowers) <= 10:
                yield 0.5, "as were"
        if lowers == [","] and part != "noun" and not weak and takes_from(h):
            # "Of those killed, three were children"
            yield 0.4, "among"
        if lowers[:1] == [":"] and not weak and only(between[1:], QUALIFYING):
            yield 0.05, "label"
        told = part == "adjective" or voice in {"reduced", "adjectival"}
        if part == "noun" or (told and is_counted(h)):
            yield from after_noun(doc, q, h, between, weak)


def _along(between: list[Token]) -> bool:
    """ "were killed in the blast, along with two guards", "was killed alongside two of his aides"."""
    lowers = [t.lower_ for t in between]
    if len(lowers) > 12:
        return False
    for i, word in enumerate(lowers):
        if word == "alongside" or lowers[i : i + 2] in (["along", "with"], ["together", "with"]):
            behind = between[i + 1 + (word != "alongside") :]
            return only(behind, QUALIFYING | {"with", "his", "her", "their"}) and not tells(between[:i])
    return False


def _has_object(h: Slot) -> bool:
    """ "have evacuated 300 residents" against "300 residents have evacuated"."""
    following = next(wordorder.ahead(h.tokens[-1], 1), None)
    return following is not None and kind(following) in {"num", "det", "word", "pron"}


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
    elif value["victim"] in {"subject", "either"} and value["voice"] == "bare" and not _has_object(h):
        # "1,000 others evacuate"
        yield 0.1, "subject"
    elif value["voice"] == "reduced" or before < q.tokens.end:
        yield 0.1, "subject"


def _joined_by_place(doc: Doc, q: Slot, other: Slot) -> bool:
    """ "Seven people in Arda and three in Belm were killed": each figure has its place."""
    tokens = [t for t in doc[q.reach.end : other.tokens.start] if not wordorder.is_layout(t)]
    while tokens and (tokens[-1].text == "," or tokens[-1].lower_ in QUALIFYING | {"and"}):
        tokens.pop()
    if not tokens or tokens[0].lower_ not in {"in", "from", "at", "near"}:
        return False
    return len(tokens) <= 8 and all(t.text[:1].isupper() or t.text == "," for t in tokens[1:])


def _is_whole(q: Slot) -> bool:
    """The figure is what others are taken from: "90" in "60 of the 90 patients"."""
    before = [t for t in wordorder.back(q.tokens[0], 4) if t.lower_ not in QUALIFYING - {"of"}]
    if [t.lower_ for t in before[:1]] != ["of"] or len(before) < 2 or kind(before[1]) != "num":
        return False
    # "every one of the 12 passengers" is all of them.
    return not (len(before) > 2 and before[2].lower_ in {"every", "each"})


def _amongis_counted(tokens: list[Token], h: Slot) -> bool:
    """ "Eight Turks were among the 90 people wounded": the group is counted too."""
    lowers = [t.lower_ for t in tokens[:2]]
    if h.mention.value["voice"] != "reduced" or lowers not in (["were", "among"], ["are", "among"]):
        return False
    return len(tokens) <= 10 and all(
        kind(t) in {"det", "num", "word"} or t.lower_ in QUALIFYING for t in tokens[2:]
    )


def _to_subject(doc: Doc, q: Slot, h: Slot, words: list[Slot], figures: list[Slot]) -> tuple[float, str]:
    tokens = [t for t in doc[q.reach.end : h.reach.start] if not wordorder.is_layout(t)]
    if tokens and tokens[-1].lower_ in {"who", "whom", "that"}:
        head = tokens[:-1]
        if only(head, {",", "of", "both", "all"}):
            return 0.3, "relative clause"
    if [t.lower_ for t in tokens[-2:]] == ["among", "those"] or _amongis_counted(tokens, h):
        return 0.4, "among"
    if _is_whole(q) and h.mention.value["voice"] != "reduced":
        # "60 of the 90 patients died": the verb tells of the 60.
        return 9.0, "subject"
    if (
        q.mention.label == "name"
        and not any(
            kind(t) in {"verb", "aux", "sconj", "part"} or t.lower_ in {"after", "before"} for t in tokens
        )
        and len(tokens) <= 14
    ):
        # "Ana Diaz, 42, of Arda, a nurse at the clinic, died": an apposition, however long.
        return min(0.8, 0.1 * len(tokens)), "subject"
    said = {"said", "says", "told", "tells", "say", "reported"} & {t.lower_ for t in tokens}
    if tokens and (tokens[-1].lower_ == "it" or (said and tokens[-1].lower_ in {"he", "she", "they"})):
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
    apart = inserted(tokens, q.mention.label == "name" and h.mention.value["victim"] == "subject")
    inside = [w for w in words if q.reach.end <= w.tokens.start and w.tokens.end <= h.reach.start]
    reduced = {t.i for w in inside if w.mention.value["voice"] == "reduced" for t in w.tokens}
    later = next((i for i, t in enumerate(tokens) if t.lower_ in {"after", "before"}), 0)
    own = later and q.mention.label in WEAK_FORMS and tokens[later - 1].text == "," != tokens[-1].text
    # "the chief, Ana Reed, after a blogger was killed": the verb has a subject of its own.
    cost = 1.5 if own else 0.0
    previous: Token | None = None
    for i, token in enumerate(tokens):
        cost += 0.02 if i in apart else 0.6 if token.i in reduced else step(token, previous)
        if cost > OUT_OF_REACH:
            return cost, "subject"
        previous = token
    told = [w for w in inside if w.mention.value["part"] != "noun"]
    strong = [f for f in figures if f.mention.label not in WEAK_FORMS]
    nearer = [f for f in strong if q.reach.end <= f.tokens.start and f.tokens.end <= h.reach.start]
    if nearer and _is_whole(nearer[0]) and all(w.mention.value["voice"] == "reduced" for w in told):
        # "60 of the 90 people infected died"
        return cost, "subject"
    cost += 1.2 * len(told)
    if nearer:
        # A later figure takes the verb unless it is joined to this one: "four soldiers and a woman".
        joined = only(
            [t for t in doc[q.reach.end : nearer[0].tokens.start] if not wordorder.is_layout(t)],
            QUALIFYING | {"and", "or", ",", "including", "(", "with", "among", "them", "his", "her", "their"},
        ) or _joined_by_place(doc, q, nearer[0])
        cost += 0.2 if joined or apart else 1.5
        if any(t.lower_ in {"whom", "them"} for t in tokens) and not apart:
            cost += 2.0
    return cost, "subject"


def _possessive(between: list[Token]) -> bool:
    if not between or kind(between[0]) != "poss" or len(between) > 4:
        return False
    return all(kind(t) in {"word", "part"} for t in between[1:])


def _reports(q: Slot) -> bool:
    return q.mention.value.get("unit_hint") == "reports"
