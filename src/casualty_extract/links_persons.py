"""One claim a person: which name or noun speaks for each, and which names are of others.

In "the nurse, Ana Reed, was killed" the name has the claim; "the 28th victim" has the ordinal; "Omar Dahli,
son of Karim Dahli, was killed" says nothing of the father; "Ana Reed was one of four nurses killed" kills her.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from casualty_extract import mentions, wordorder
from casualty_extract.links_figures import Figure
from casualty_extract.mentions import Mention, Placed
from casualty_extract.quantities_words import words
from casualty_extract.reading import kind

__all__ = ["identified", "one_a_person", "one_of_many", "own_names"]

NAMING = frozenset({"named", "called", "identified", "dubbed"})
"""Participles between a person and his name."""
SURNAMED = frozenset({"surnamed", "nicknamed"})
"""The same before a part of a name, which the noun before outweighs."""
LISTED = frozenset({"identified", "spelled out", "including", "identified as"})
"""The rules by which lists of names are read, in which all else stands behind a preposition."""
STATES = frozenset({"refugee", "evacuee", "detainee", "survivor"})
"""Nouns that say what has become of many, and of one only who he is."""
APART = frozenset({",", "(", ")", "-", "–", "—"})
BEHIND = frozenset("of to from in near at outside".split())
"""Prepositions behind which stand the kin, employers and homes of those harmed."""
BECOMING = frozenset("become becomes became becoming die dies died dying as like".split())
"""What leads to a noun that only says as what: "died a martyr"."""
MODALS = frozenset("will would could may might should can must shall 'll".split())
PARENTS = frozenset("father mother parent dad mum mom grandfather grandmother".split())
LIFELESS = frozenset("body bodies corpse corpses remains victims".split())
"""Nouns of persons whose "of" leads to the one harmed."""
COPULAS = frozenset("is was became becomes".split())
OF_MANY = frozenset("one among the also of reportedly at least a now just more than some an".split())
"""What may stand between a copula and the figure that holds the person: "was one of at least"."""
BEARING = 7
"""How many words behind a name its copula may stand, with an age and an apposition between."""


def own_names(doc: Doc, figures: list[Figure | None]) -> list[Figure | None]:
    """Leave out those who are only mentioned beside a victim, and what was only wished of one person.

    "Son of Karim Dahli", "an effigy of Karim Dahli", "they want to arrest Karim Dahli", "he was dying".
    """
    kept: list[Figure | None] = []
    for i, figure in enumerate(figures):
        if figure is not None and figure.quantity.label in {"word", "numeral"} and _is_of_parent(doc, figure):
            figure = None
        elif figure is not None and figure.quantity.label in {"name", "singular"} and figure.unit == "people":
            following = figures[i + 1] if i + 1 < len(figures) else None
            outdone = following is not None and _is_nearer(figure, following)
            if outdone or _is_of_another(doc, figure) or _is_wished(doc, figure):
                figure = None
        kept.append(figure)
    return kept


def _is_of_parent(doc: Doc, figure: Figure) -> bool:
    """ "The father of two was killed", "a mother-of-three": the children were not."""
    q = figure.quantity
    before = [t.lower_ for t in wordorder.back(mentions.span(doc, q)[0], 4) if t.text != "-"]
    told = figure.rule == "relative clause" or (
        figure.harm is not None and figure.harm.value["voice"] == "reduced"
    )
    return before[:1] == ["of"] and bool(set(before[1:2]) & PARENTS) and not told


def _is_nearer(figure: Figure, following: Figure) -> bool:
    """ "The hurt boy drove off, and Ana Reed was taken to where she died": the last one named is "she"."""
    return (
        figure.rule == following.rule == "pronoun subject"
        and figure.harm is not None
        and following.harm is not None
        and figure.harm.start == following.harm.start
    )


def _is_wished(doc: Doc, figure: Figure) -> bool:
    """ "They want to arrest Karim Dahli", "she will be freed", "he is dying": it has not happened to anyone."""
    harm = figure.harm
    if harm is None or harm.value["part"] != "verb":
        return False
    span = mentions.span(doc, harm)
    if span[0].lower_ == "dying":
        return True
    if figure.label not in {"detained", "rescued", "abducted"}:
        return False
    before = [t.lower_ for t in wordorder.back(span[0], 4) if kind(t) != "adv"]
    if before[:1] == ["to"] or before[:2] == ["be", "to"]:
        return not {"managed", "able", "helped", "moved"} & set(before)
    modal = before[1:2] if before[:1] == ["be"] else before[:1]
    return bool(set(modal) & MODALS)


def _is_of_another(doc: Doc, figure: Figure) -> bool:
    q, harm = figure.quantity, figure.harm
    if q.label == "singular" and figure.rule == "head" and harm is not None:
        previous = next(wordorder.back(mentions.span(doc, q)[0], 1), None)
        return harm.value["lemma"] in STATES or (previous is not None and previous.lower_ in BECOMING)
    before = _before_name(mentions.span(doc, q)[0])
    if figure.rule == "object" and harm is not None and before and kind(before[0]) == "adp":
        # "seized the house of Karim Dahli", "lost the seat to Karim Dahli"
        return bool(before[0].idx > harm.end)
    if q.label == "name" and figure.rule != "relative clause" and _has_another(before):
        return True
    following = next(wordorder.ahead(mentions.span(doc, q)[-1], 1), None)
    owner = q.label == "name" and following is not None and kind(following) == "poss"
    if owner and figure.rule.removeprefix("joined: ") in {"of", "object"}:
        # "the killing of Karim Dahli's son"
        return True
    if figure.rule not in LISTED and not figure.rule.startswith("joined: "):
        return False
    if not before or before[0].lower_ not in BEHIND:
        return False
    return harm is None or before[-1].i != mentions.span(doc, harm)[-1].i


def _has_another(before: list[Token]) -> bool:
    """ "the son of" before a name: the noun is the person told of."""
    if len(before) < 2 or before[0].lower_ not in {"of", "to"} or before[1].lower_ in LIFELESS:
        return False
    noun = words().nouns.get(before[1].lower_)
    return noun is not None and noun.unit == "people" and not noun.harm


def _before_name(first: Token) -> list[Token]:
    """The two words before a name and its titles."""
    found = list(wordorder.back(first, 8))
    known = words().titles
    while found and (
        found[0].text == "."
        or found[0].lower_.rstrip(".") in known | {"late", "the"}
        or (found[0].text[:1].isupper() and not found[0].is_sent_start)
    ):
        found.pop(0)
    return found[:2]


def one_a_person(
    doc: Doc, text: str, figures: list[Figure | None], quantities: tuple[Mention, ...]
) -> list[Figure | None]:
    """Keep one claim of each person, and give it to the name where there is one.

    Args:
        doc: tokens and sentences.
        text: its text.
        figures: the figures that count a harm, in text order.
        quantities: the layer ``quantities``, for names that count no harm yet.
    """
    kept = list(figures)
    for i, figure in enumerate(figures):
        if figure is None or kept[i] is None:
            continue
        for j in range(i + 1, min(i + 3, len(figures))):
            other = figures[j]
            if other is not None:
                dropped = _weaker(doc, text, figure, other)
                if dropped is not None:
                    kept[i if dropped is figure.quantity else j] = None
    taken = {f.quantity.start for f in figures if f is not None}
    free = Placed(tuple(q for q in quantities if q.label == "name" and q.start not in taken))
    for i, figure in enumerate(kept):
        if figure is not None and figure.unit == "people":
            kept[i] = _in_apposition(doc, text, figure, free)
    return kept


def _weaker(doc: Doc, text: str, first: Figure, second: Figure) -> Mention | None:
    """Which of two figures, one after the other, is the same person told again; None where they are two."""
    q, p = first.quantity, second.quantity
    if q.label == "name" and p.label == "singular" and _describes(doc, text, q, p):
        return p
    if q.rule == "another" and p.value.get("ordinal") and not text[q.end : p.start].strip():
        # "a third wounded"
        return p
    # "A third victim, named as Omar Dahli, is in hospital": the noun alone tells of no death.
    if (first.label != second.label and first.rule != "head") or q.label == "name":
        return None
    phrase = q.value.get("phrase") or [q.start, q.end]
    between = text[phrase[1] : p.start].split() if p.start >= phrase[1] else None
    if q.label == "singular" and p.start < phrase[1] and p.value.get("ordinal"):
        return q
    if between is None:
        return None
    if q.value["best"] != 1:
        return None
    untitled = [w for w in between if w.rstrip(".").lower() not in words().titles]
    if untitled in ([","], ["("], [",", "("]):
        if p.label == "name":
            return q
        return p if p.label == "singular" else None
    if (
        p.label in {"name", "singular"}
        and text[q.start : phrase[1]].lower().split()[-1] in LIFELESS
        and between[:1] == ["of"]
    ):
        # "the body of Omar Dahli"
        return q if len(between) < 4 else None
    if p.label == "name" and q.rule == "bare noun" and between[:1] in (["and"], ["of"]) and len(between) < 5:
        # "Former officer and army veteran Omar Dahli", "minister of trade Omar Dahli"
        last = words().nouns.get(between[-1].lower())
        described = between[0] == "of" or (last is not None and last.singular)
        return q if described and between[-1][-1] != "," else None
    if p.label != "name" or q.label != "singular":
        return q if p.label == "name" and _is_the_one(between) else None
    if set(between) & SURNAMED and len(between) <= 3:
        return p
    bare = [w.strip(",") for w in between]
    bare = [
        w
        for w in bare
        if w and w not in {"who", "was", "only", "by", "police", "as", "later", "been", "has", "locally"}
    ]
    return q if not bare or (len(bare) == 1 and bare[0] in NAMING) else None


def _is_the_one(between: list[str]) -> bool:
    """ "one of the dead was Omar Dahli": a copula leads from the count of one to the name."""
    return bool(between) and between[-1] in COPULAS | {"as"} and len(between) <= 6 and "," not in between


def _describes(doc: Doc, text: str, name: Mention, noun: Mention) -> bool:
    """ "Omar Dahli, 30, a nurse," and "Omar Dahli, son of a baker": an apposition, and no list of two."""
    opener = text[noun.start : noun.end].lower().split()[0]
    if opener in {"another", "his", "her", "their", "my", "our", "its"}:
        return False
    between = text[name.end : noun.start].replace(",", " , ").split()
    if "," not in between or not all(w in {",", "also", "aged"} or w.isdigit() for w in between):
        return False
    start, end = noun.value["phrase"]
    last = doc.char_span(start, end, alignment_mode="expand")
    following = None if last is None else next(wordorder.ahead(last[-1], 1), None)
    return following is None or following.lower_ not in {"and", "or", "&"}


def _in_apposition(doc: Doc, text: str, figure: Figure, free: Placed) -> Figure:
    """Give the claim to a name that stands before its noun: "Omar Dahli, also a martyr", "was one of four killed"."""
    q = figure.quantity
    if q.label == "singular":
        for name in free.ending(q.start - 12, q.start):
            mentioned = _has_another(_before_name(mentions.span(doc, name)[0]))
            if not mentioned and _describes(doc, text, name, q):
                return replace(figure, quantity=name, rule=f"apposition: {figure.rule}")
    return figure


def one_of_many(
    doc: Doc, text: str, figures: list[Figure | None], quantities: tuple[Mention, ...]
) -> tuple[list[Figure | None], list[Figure]]:
    """Find the names that a figure holds: "Ana Reed was one of four nurses killed", "is the 28th victim".

    Returns:
        The figures, with names in place of "one" and "first", and the claims of names that come to them.
    """
    kept, added = list(figures), list[Figure]()
    names = tuple(q for q in quantities if q.label == "name")
    placed, ends = Placed(names), {q.end: q for q in names}
    labels = {f.quantity.start: f.label for f in figures if f is not None}
    for i, figure in enumerate(figures):
        if figure is None or figure.unit != "people" or figure.harm is None:
            continue
        q = figure.quantity
        if q.label in {"name", "singular", "zero"}:
            continue
        name = _borne(mentions.span(doc, q)[0], ends)
        if name is None and q.value["best"] == 1 and not q.value.get("ordinal"):
            name = _told_behind(text, q, placed)
        if name is None or labels.get(name.start, figure.label) != figure.label:
            continue
        if name.start in labels:
            # The name has the same harm already: "one" is no second person.
            kept[i] = None if q.value["best"] == 1 else figure
            continue
        labels[name.start] = figure.label
        if q.value["best"] == 1:
            kept[i] = replace(figure, quantity=name, rule=f"one of: {figure.rule}")
        else:
            host = None if q.value.get("ordinal") else i
            added.append(replace(figure, quantity=name, rule="one of", host=host))
    return kept, added


def _told_behind(text: str, q: Mention, names: Placed) -> Mention | None:
    """ "One of those killed in the blast was Ana Reed", "one of the dead, Ana Reed, 30, had": the name behind."""
    for name in names.starting(q.end, q.end + 80):
        between = text[q.end : name.start].split()
        if between[:1] != ["of"] or "who" in between:
            continue
        apposed = len(between) <= 4 and between[-1].endswith(",") and text[name.end : name.end + 1] == ","
        if between[-1] in COPULAS or apposed:
            return name
    return None


def _borne(first: Token, ends: dict[int, Mention]) -> Mention | None:
    """The name before a copula and "one of", or before "one of" alone."""
    passed: list[str] = []
    for token in wordorder.back(first, BEARING):
        end = token.idx + len(token.text)
        if end in ends:
            told = {"one", "among"} & {*passed, first.lower_} or COPULAS & set(passed)
            return ends[end] if told and kind(token) != "num" else None
        lower = token.lower_
        if lower not in OF_MANY | COPULAS | APART | {"who"} and not token.is_digit:
            return None
        passed.append(lower)
    return None


def identified(
    doc: Doc, text: str, figures: list[Figure], quantities: tuple[Mention, ...], taken: set[int]
) -> list[Figure]:
    """Find the names by which victims are identified: "The victims were named as Omar Dahli and Ali Kazem"."""
    added: list[Figure] = []
    open_to = -1
    current: Figure | None = None
    for q in quantities:
        if q.label != "name" or q.start in taken:
            continue
        span = mentions.span(doc, q)
        if current is not None and q.start < open_to and _listed(text[current.quantity.end : q.start]):
            current = replace(current, quantity=q)
            added.append(current)
            continue
        current = None
        before = [t.lower_ for t in wordorder.back(span[0], 14)]
        following = next(wordorder.ahead(span[-1], 1), None)
        if (
            "as" not in before[:9]
            or {"but", "said", "was", "were", "is"} & set(before[: before.index("as")])
            or not {"identified", "named"} & set(before)
            or {"if", "after", "herself", "himself", "themselves"} & set(before[:9])
            or (following is not None and kind(following) == "poss")
            or _has_another(_before_name(span[0]))
            or before[0] in BEHIND
        ):
            continue
        told = [
            f for f in figures if f.quantity.start < q.start and f.label == "killed" and f.unit == "people"
        ]
        if (
            told
            and told[-1].harm is not None
            and not {"suspect", "attacker", "gunman", "bomber"} & set(before)
        ):
            current = Figure(q, told[-1].harm, "people", "identified as", told[-1].label)
            open_to = q.start + 400
            added.append(current)
    return added


def _listed(between: str) -> bool:
    parts = between.replace(",", " ").replace("-", " ").split()
    return bool(between.strip()) and all(
        w in {"and", "year", "old", "aged"}
        or w.isdigit()
        or w.rstrip(".") in {"Dr", "Sgt", "Cpl", "Mrs", "Mr"}
        for w in parts
    )
