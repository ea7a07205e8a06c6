"""Which figure counts which harm: the relations of word order between a figure and a word of harm.

Each relation is a named rule with a cost; a figure goes to the harm that it reaches at the least cost,
if that stays under the limit of its form. The costs are hand-set: zero where nothing stands between,
and so much for each comma, preposition, conjunction or verb on the way that the readings of ordinary
news sentences come out in the right order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from math import inf

from spacy.tokens import Doc, Token

from casualty_extract import wordorder
from casualty_extract.links_costs import (
    OUT_OF_REACH,
    QUALIFYING,
    WEAK_FORMS,
    Slot,
    by_sentence,
    only,
    slot_of,
)
from casualty_extract.links_lists import adds_up, is_of_them, joins_names, opens_part, raises_total, splits
from casualty_extract.links_relations import leaves_brackets, relations
from casualty_extract.links_trees import relations_by_tree
from casualty_extract.mentions import Mention
from casualty_extract.reading import kind

__all__ = ["Figure", "attach", "is_any_attached", "is_in_reach"]

STRONG_LIMIT = OUT_OF_REACH
"""The most that may stand between a number and its harm."""
WEAK_LIMIT = 1.7
"""The same for "a policeman" and for names, which are figures only beside their harm."""
JOINING = frozenset(
    {
        "object",
        "of",
        "including",
        "among",
        "identified",
        "subject",
        "head",
        "apposition",
        "spelled out",
        "along with",
    }
    | {"as were", "toll"}
)
"""The rules whose harm goes on to the figures joined by a comma or "and"."""
REACH = 60
"""How many tokens a harm may stand from its figure; it keeps endless sentences linear."""
NEAREST = 6
"""How many harms on each side of a figure are asked: beyond so many no relation is in reach, and lists stay cheap."""
LONGEST_LIST = 12
"""How many figures are asked whether they add up to a total."""
GRAVELY = frozenset("critically seriously severely badly gravely critical serious lightly slightly".split())
NEAR_VERB = 15
"""How many characters from the start of its verb "himself" stands at most."""
SELVES = (["himself", "and"], ["herself", "and"], ["themselves", "and"])
INCLUDING = frozenset(["including", "include", "includes", "included", "among", "them", "whom", "mostly"])


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with the harm that it counts.

    Attributes:
        quantity: the figure.
        harm: the word of harm; None only for counted incidents.
        unit: what is counted.
        rule: the rule that tied the two.
        label: the harm's label, which for weak words comes from elsewhere in the text.
        host: the place in the list of figures of the figure that contains this one.
    """

    quantity: Mention
    harm: Mention | None
    unit: str
    rule: str
    label: str | None
    host: int | None = None


def attach(doc: Doc, quantities: tuple[Mention, ...], harms: tuple[Mention, ...]) -> list[Figure]:
    """Tie figures to harms, sentence by sentence.

    Args:
        doc: tokens and sentences.
        quantities: the layer ``quantities``.
        harms: the layer ``harms``.

    Returns:
        The figures that count a harm, in text order.
    """
    found: list[Figure] = []
    sentences = by_sentence(doc, quantities, harms)
    for figures, words in sentences:
        _attach_sentence(doc, figures, words, found)
    return found


def is_any_attached(doc: Doc, quantities: tuple[Mention, ...], harms: tuple[Mention, ...]) -> bool:
    """Tell whether any figure can be tied to a harm; it reads no further than the first."""
    found: list[Figure] = []
    for figures, words in by_sentence(doc, quantities, harms):
        if words:
            _attach_sentence(doc, figures, words, found)
        if found:
            return True
    return False


def is_in_reach(doc: Doc, quantity: Mention, harms: Iterable[Mention]) -> bool:
    """Tell whether a figure can be tied to one of the harms of its sentence, whatever else is counted there.

    Other figures only make the way longer: one that is not in reach is tied to no harm by `attach` either,
    unless a figure before it in the sentence is.
    """
    q = slot_of(doc, quantity, quantity.value.get("phrase"))
    words = [slot_of(doc, h, h.value.get("group")) for h in harms]
    words = [h for h in words if q.tokens.start - REACH <= h.tokens.start < q.tokens.end + REACH]
    return any(True for _ in _reached(doc, q, words, []))


def _reached(doc: Doc, q: Slot, words: list[Slot], figures: list[Slot]) -> Iterator[tuple[float, int, str]]:
    """Give the relations of a figure to the harms in its reach: cost, place of the harm, name."""
    limit = WEAK_LIMIT if q.mention.label in WEAK_FORMS else STRONG_LIMIT
    for i, h in enumerate(words):
        for cost, rule in chain(relations(doc, q, h, words, figures), relations_by_tree(q, h)):
            if cost <= limit and not leaves_brackets(doc, q, h):
                yield cost, i, rule


def _attach_sentence(doc: Doc, figures: list[Slot], words: list[Slot], found: list[Figure]) -> None:
    here: list[tuple[Slot, int]] = []
    starts = [h.tokens.start for h in words]
    first = [q.tokens.start for q in figures]
    for place, q in enumerate(figures):
        lo, hi = q.tokens.start - REACH, q.tokens.end + REACH
        mid = bisect_left(starts, q.tokens.start)
        near = words[
            max(bisect_left(starts, lo), mid - NEAREST) : min(bisect_left(starts, hi), mid + NEAREST)
        ]
        others = figures[bisect_left(first, lo) : bisect_left(first, hi)]
        figure = None if _has_harm(q, near) else _included(doc, q, here, found)
        figure = figure or _figure(doc, q, near, others)
        figure = figure or _inherit(doc, q, here, found)
        figure = figure or _spelled_out(doc, figures[place : place + LONGEST_LIST], here, found)
        if figure is not None:
            if figure.host is None:
                figure = replace(figure, host=_container(doc, q, figure, here, found))
            here.append((q, len(found)))
            found.append(figure)


def _has_harm(q: Slot, words: list[Slot]) -> bool:
    """ "1,200 cases, including 45 deaths": the noun of the figure is a harm of its own."""
    return any(
        h.mention.value["part"] == "noun"
        and not h.mention.value["weak"]
        and q.tokens.end <= h.tokens.start < q.reach.end
        for h in words
    )


def _figure(doc: Doc, q: Slot, words: list[Slot], figures: list[Slot]) -> Figure | None:
    reached = list(_reached(doc, q, words, figures))
    if not reached:
        return None
    _, i, rule = min(reached)
    told = words[i].mention.value
    if told["weak"] and (told["part"] == "verb" or told["lemma"] in {"shooting", "stabbing"}):
        # Whoever was shot or taken to hospital and then died was killed.
        deadly = [r for r in reached if words[r[1]].mention.label == "killed"]
        _, i, rule = min(deadly, default=(0.0, i, rule))
    if words[i].mention.value["voice"] in {"adjectival", "reduced"} and rule in {"head", "subject"}:
        # "a rescued woman died", "177 worshippers seized remain missing": the finite verb tells the end.
        finite = [r for r in reached if r[2] == "subject" and r[1] > i and _is_finite(words[r[1]])]
        # "10 injured and four are missing": the verb has a figure of its own.
        finite = [r for r in finite if not _counts_between(figures, words[i], words[r[1]])]
        _, i, rule = min(finite, default=(0.0, i, rule))
    h = words[i]
    unit = str(q.mention.value.get("unit_hint") or "people")
    if rule == "toll":
        unit = _toll_unit(doc, h, q) or unit
    return Figure(q.mention, h.mention, unit, rule, h.mention.label)


def _counts_between(figures: list[Slot], left: Slot, right: Slot) -> bool:
    return any(
        left.tokens.end <= f.tokens.start and f.tokens.end <= right.reach.start
        for f in figures
        if f.mention.label not in WEAK_FORMS
    )


def _is_finite(h: Slot) -> bool:
    value = h.mention.value
    return value["voice"] in {"passive", "perfect"} or (
        value["victim"] == "subject" and len(h.reach) > len(h.tokens)
    )


def _toll_unit(doc: Doc, h: Slot, q: Slot) -> str | None:
    for token in wordorder.back(h.tokens[0], 10):
        if token.lower_ in {"reports", "allegations"}:
            # "Reports said five had died, but the toll was eight": these reports are not counted.
            return None if kind(token.nbor()) == "verb" else "reports"
        if token.lower_ in {"number", "total"}:
            return None
    return None


def _inherit(doc: Doc, q: Slot, here: list[tuple[Slot, int]], found: list[Figure]) -> Figure | None:
    """Give a figure without a harm of its own the harm of the figure before it in the sentence."""
    if q.mention.value.get("unit_hint", "people") not in {None, "people", "households"}:
        return None
    if not here:
        return _of_them(q, found)
    last, index = here[-1]
    if q.tokens.start - last.reach.end > REACH:
        return None
    between = [t for t in doc[last.reach.end : q.tokens.start] if not wordorder.is_layout(t)]
    lowers = [t.lower_ for t in between]
    host = found[index]
    weak = q.mention.label in WEAK_FORMS
    if q.tokens.start < last.reach.end:
        return None
    if lowers[-2:] in SELVES and host.harm and 0 <= between[-2].idx - host.harm.start < NEAR_VERB:
        # "A bomber killed himself and nine others"
        return replace(host, quantity=q.mention, rule="joined: object", host=None)
    if lowers and len(lowers) <= 14 and INCLUDING & set(lowers) and lowers[-1] not in {"of", "in", "from"}:
        container = host.host if host.host is not None and "including" not in lowers else index
        tail = lowers[max(i for i, w in enumerate(lowers) if w in INCLUDING) + 1 :]
        told = tail and any(kind(t) in {"verb", "sconj"} for t in between[-len(tail) :])
        if len(tail) <= 4 and not told and not ("and" in tail and _starts_new(doc, q)):
            return replace(host, quantity=q.mention, rule="including", host=container, unit=host.unit)
    if q.mention.label == "name" and host.unit == "people":
        return _named(q, last, host, index, between)
    if not weak and lowers and lowers[-1] in {",", "(", "—", "–", "--", "-"} and is_of_them(q):
        # "Twelve people were killed, three of them children"
        whole = host.host if host.rule == "of them" else index
        return replace(host, quantity=q.mention, rule="of them", host=whole)
    joined = (
        lowers
        and set(lowers) & {"and", ",", "or", "plus"}
        and only(between, QUALIFYING | {"and", "or", ",", "plus", "with", "well", "his", "her", "their"})
    )
    rule = host.rule.removeprefix("joined: ")
    if joined and rule in JOINING and not _starts_new(doc, q):
        if (rule in {"subject", "head"} and weak) or (host.label == "killed" and _lives(q)):
            return None
        if last.mention.label == "name" and weak and not {"and", "or"} & set(lowers):
            # "Omar Dahli, son of a baker": an apposition tells of the same person.
            return None
        return replace(host, quantity=q.mention, rule=f"joined: {rule}")
    if (
        q.mention.value.get("additional")
        and not weak
        and len(q.reach) - len(q.tokens) <= 1
        and len(lowers) <= 8
    ):
        # "verified 71 deaths and was investigating 39 more"
        return replace(host, quantity=q.mention, rule="more of the same", host=None)
    if raises_total(between):
        # "Another nine died, bringing the total to 90"
        return replace(host, quantity=q.mention, rule="total", host=None)
    if splits(q, between) and host.quantity.label not in WEAK_FORMS:
        return replace(host, quantity=q.mention, rule="split by place")
    if host.label == "injured" and not weak and lowers and lowers[-1] in {",", "(", "and", "with", "—", "–"}:
        behind = {t.lower_ for t in wordorder.ahead(q.reach[-1], 3)}
        if behind & GRAVELY and len(lowers) <= 14 and not any(kind(t) == "sconj" for t in between):
            whole = host.host if host.rule == "how gravely" else index
            return replace(host, quantity=q.mention, rule="how gravely", host=whole)
    return None


def _lives(q: Slot) -> bool:
    """ "Two dead, one critical": the second lives."""
    behind = [t.lower_ for t in wordorder.ahead(q.tokens[-1], 2)]
    return bool({"critical", "serious", "stable"} & set(behind))


def _spelled_out(
    doc: Doc, figures: list[Slot], here: list[tuple[Slot, int]], found: list[Figure]
) -> Figure | None:
    """Read parts that add up to the figure before them: "20 bodies were found, eleven women and nine men"."""
    if not here or figures[0].mention.label == "name":
        return None
    last, index = here[-1]
    first = found[index].rule.removeprefix("joined: ") != "spelled out"
    whole = index if first else found[index].host
    between = [t for t in doc[last.reach.end : figures[0].tokens.start] if not wordorder.is_layout(t)]
    if whole is None or found[whole].unit != "people" or (first and not opens_part(between)):
        return None
    host = found[whole]
    told = sum(f.quantity.value["best"] or 0 for f in found[index:] if f.host == whole) if not first else 0
    total = host.quantity.value["best"]
    if not total or not adds_up(doc, figures, total - told, 2 if first else 1):
        return None
    return replace(host, quantity=figures[0].mention, rule="spelled out", host=whole)


def _of_them(q: Slot, found: list[Figure]) -> Figure | None:
    """ "Five of them were boys": the part of the figure told of just before."""
    following = [t.lower_ for t in wordorder.ahead(q.tokens[-1], 3)]
    if not found or q.mention.label in WEAK_FORMS or following[:2] != ["of", "them"]:
        return None
    if following[2:] not in (["were"], ["was"], ["are"], ["is"]):
        return None
    host = found[-1]
    if host.unit != "people" or host.harm is None or q.mention.start - host.quantity.end > 300:
        return None
    return replace(host, quantity=q.mention, rule="of them", host=len(found) - 1)


def _included(doc: Doc, q: Slot, here: list[tuple[Slot, int]], found: list[Figure]) -> Figure | None:
    """The part takes the harm of its whole: "nine killed, including a child, and 39 others were hurt"."""
    if not here or q.mention.label == "zero" or q.mention.value.get("unit_hint", "people") != "people":
        return None
    last, index = here[-1]
    host = found[index]
    if not 0 <= q.tokens.start - last.reach.end <= REACH or host.unit != "people" or host.host is not None:
        return None
    between = [t for t in doc[last.reach.end : q.tokens.start] if not wordorder.is_layout(t)]
    lowers = [t.lower_ for t in between]
    if "including" not in lowers or lowers.index("including") > 12:
        return None
    tail = between[lowers.index("including") + 1 :]
    if not only(tail, QUALIFYING):
        return None
    return replace(host, quantity=q.mention, rule="including", host=index)


def _named(q: Slot, last: Slot, host: Figure, index: int, between: list[Token]) -> Figure | None:
    """Read names that spell out the figure before them: "two martyrs, Omar Dahli and Ali Kazem"."""
    following = next(wordorder.ahead(q.reach[-1], 1), None)
    if following is not None and kind(following) in {"verb", "aux", "num"}:
        # "Arda nine": a place with its figure
        return None
    if not between or not all(joins_names(t, previous) for previous, t in pairwise([between[0], *between])):
        return None
    rule = host.rule.removeprefix("joined: ")
    if last.mention.label == "name":
        if rule in JOINING and not (rule == "subject" and host.harm and host.harm.start < q.mention.start):
            return replace(host, quantity=q.mention, rule=f"joined: {rule}")
        return None
    best = last.mention.value["best"] or 0
    if (
        between[0].text in {",", ":", "(", "—", "–"}
        and best >= 2
        and "and" not in {t.lower_ for t in between}
    ):
        return replace(host, quantity=q.mention, rule="spelled out", host=index)
    return None


def _container(
    doc: Doc, q: Slot, figure: Figure, here: list[tuple[Slot, int]], found: list[Figure]
) -> int | None:
    """Find the figure of the sentence that contains this one: "12 people, including three children"."""
    if not here or q.mention.label == "zero":
        return None
    last, index = here[-1]
    if q.tokens.start - last.reach.end > REACH:
        return None
    host = found[index]
    lowers = [t.lower_ for t in doc[last.reach.end : q.tokens.start] if not wordorder.is_layout(t)]
    if host.unit != figure.unit or len(lowers) > 12:
        return None
    if host.label == figure.label and lowers[-1:] in ([","], ["("], ["-"], ["–"], ["—"]) and is_of_them(q):
        return index
    opened = {"including", "included", "includes", "include", "among"} & set(lowers)
    of_which = any(pair in (("of", "which"), ("of", "whom")) for pair in pairwise(lowers))
    if (opened or of_which) and (q.mention.value["best"] or 0) <= (host.quantity.value["best"] or inf):
        return index if host.label == figure.label or figure.unit == "reports" or of_which else None
    joined = lowers and _only_words(lowers, QUALIFYING | {"and", ","})
    if joined and host.host is not None and host.label == figure.label:
        return host.host
    return None


def _only_words(lowers: list[str], allowed: frozenset[str]) -> bool:
    return all(word in allowed for word in lowers)


def _starts_new(doc: Doc, q: Slot) -> bool:
    """The figure is the subject of a verb of its own: "killed 12 and two others fled"."""
    following = next(wordorder.ahead(q.reach[-1], 1), None)
    return following is not None and kind(following) in {"aux", "verb"}
