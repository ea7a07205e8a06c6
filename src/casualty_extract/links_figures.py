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

from spacy.tokens import Doc, Token

from casualty_extract import wordorder
from casualty_extract.links_costs import OUT_OF_REACH, QUALIFYING, WEAK_FORMS, Slot
from casualty_extract.links_relations import only, relations
from casualty_extract.links_trees import relations_by_tree
from casualty_extract.mentions import Mention, span
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
    by_sentence = _by_sentence(doc, quantities, harms)
    for figures, words in by_sentence:
        _attach_sentence(doc, figures, words, found)
    return found


def is_any_attached(doc: Doc, quantities: tuple[Mention, ...], harms: tuple[Mention, ...]) -> bool:
    """Tell whether any figure can be tied to a harm; it reads no further than the first."""
    found: list[Figure] = []
    for figures, words in _by_sentence(doc, quantities, harms):
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
    q = _slot(doc, quantity, quantity.value.get("phrase"))
    words = [_slot(doc, h, h.value.get("group")) for h in harms]
    words = [h for h in words if q.tokens.start - REACH <= h.tokens.start < q.tokens.end + REACH]
    return any(True for _ in _reached(doc, q, words, []))


def _reached(doc: Doc, q: Slot, words: list[Slot], figures: list[Slot]) -> Iterator[tuple[float, int, str]]:
    """Give the relations of a figure to the harms in its reach: cost, place of the harm, name."""
    limit = WEAK_LIMIT if q.mention.label in WEAK_FORMS else STRONG_LIMIT
    for i, h in enumerate(words):
        for cost, rule in chain(relations(doc, q, h, words, figures), relations_by_tree(q, h)):
            if cost <= limit:
                yield cost, i, rule


def _by_sentence(
    doc: Doc, quantities: tuple[Mention, ...], harms: tuple[Mention, ...]
) -> Iterator[tuple[list[Slot], list[Slot]]]:
    figures = [_slot(doc, q, q.value.get("phrase")) for q in quantities]
    words = [_slot(doc, h, h.value.get("group")) for h in harms]
    i = j = 0
    for sent in doc.sents:
        a, b = i, j
        while i < len(figures) and figures[i].tokens.start < sent.end:
            i += 1
        while j < len(words) and words[j].tokens.start < sent.end:
            j += 1
        if i > a:
            yield figures[a:i], words[b:j]


def _slot(doc: Doc, mention: Mention, reach: list[int] | None) -> Slot:
    tokens = span(doc, mention)
    wide = doc.char_span(reach[0], reach[1], alignment_mode="expand") if reach else None
    if wide is None or wide.start > tokens.start or wide.end < tokens.end:
        wide = doc[min(tokens.start, wide.start) : max(tokens.end, wide.end)] if wide is not None else tokens
    return Slot(mention, tokens, wide)


def _attach_sentence(doc: Doc, figures: list[Slot], words: list[Slot], found: list[Figure]) -> None:
    here: list[tuple[Slot, int]] = []
    starts = [h.tokens.start for h in words]
    first = [q.tokens.start for q in figures]
    for q in figures:
        lo, hi = q.tokens.start - REACH, q.tokens.end + REACH
        near = words[bisect_left(starts, lo) : bisect_left(starts, hi)]
        others = figures[bisect_left(first, lo) : bisect_left(first, hi)]
        figure = _included(doc, q, here, found) or _figure(doc, q, near, others)
        figure = figure or _inherit(doc, q, here, found)
        if figure is not None:
            if figure.host is None:
                figure = replace(figure, host=_container(doc, q, figure, here, found))
            here.append((q, len(found)))
            found.append(figure)


def _figure(doc: Doc, q: Slot, words: list[Slot], figures: list[Slot]) -> Figure | None:
    reached = list(_reached(doc, q, words, figures))
    if not reached:
        return None
    _, i, rule = min(reached)
    if words[i].mention.value["weak"] and words[i].mention.value["part"] == "verb":
        # Whoever was shot or taken to hospital and then died was killed.
        deadly = [r for r in reached if words[r[1]].mention.label == "killed"]
        _, i, rule = min(deadly, default=(0.0, i, rule))
    if words[i].mention.value["voice"] in {"adjectival", "reduced"} and rule in {"head", "subject"}:
        # "a rescued woman died", "177 worshippers seized remain missing": the finite verb tells the end.
        finite = [r for r in reached if r[2] == "subject" and r[1] > i and _is_finite(words[r[1]])]
        _, i, rule = min(finite, default=(0.0, i, rule))
    h = words[i]
    unit = str(q.mention.value.get("unit_hint") or "people")
    if rule == "toll":
        unit = _toll_unit(doc, h, q) or unit
    return Figure(q.mention, h.mention, unit, rule, h.mention.label)


def _is_finite(h: Slot) -> bool:
    value = h.mention.value
    return value["voice"] in {"passive", "perfect"} or (
        value["victim"] == "subject" and len(h.reach) > len(h.tokens)
    )


def _toll_unit(doc: Doc, h: Slot, q: Slot) -> str | None:
    for token in wordorder.back(h.tokens[0], 10):
        if token.lower_ in {"reports", "allegations"}:
            return "reports"
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
    if lowers and len(lowers) <= 14 and INCLUDING & set(lowers) and lowers[-1] not in {"of", "in", "from"}:
        container = host.host if host.host is not None and "including" not in lowers else index
        tail = lowers[max(i for i, w in enumerate(lowers) if w in INCLUDING) + 1 :]
        if len(tail) <= 4 and not any(kind(t) in {"verb", "sconj"} for t in between[-len(tail) :] if tail):
            return replace(host, quantity=q.mention, rule="including", host=container, unit=host.unit)
    if q.mention.label == "name" and host.unit == "people":
        return _named(q, last, host, index, between)
    joined = (
        lowers
        and set(lowers) & {"and", ",", "or", "plus"}
        and only(between, QUALIFYING | {"and", "or", ",", "plus", "with", "his", "her"})
    )
    rule = host.rule.removeprefix("joined: ")
    if joined and rule in JOINING and not _starts_new(doc, q):
        if rule in {"subject", "head"} and weak:
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
    after = next(wordorder.ahead(q.tokens[-1], 1), None)
    if (
        lowers
        and lowers[-1] == "and"
        and len(lowers) <= 10
        and not weak
        and len(q.reach) == len(q.tokens)
        and after is not None
        and after.lower_ in {"in", "by", "at", "near", "from"}
    ):
        # "28 killed in Arda and 17 in Belm"
        return replace(host, quantity=q.mention, rule="split by place")
    if host.label == "injured" and not weak and lowers and lowers[0] in {",", "(", "and", "with"}:
        behind = {t.lower_ for t in wordorder.ahead(q.reach[-1], 3)}
        if behind & {"critically", "seriously", "severely", "badly", "critical", "serious", "gravely"}:
            return replace(host, quantity=q.mention, rule="including", host=index)
    return None


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
    if following is not None and kind(following) in {"verb", "aux"}:
        return None
    if not between or not all(_joins_names(t, previous) for previous, t in pairwise([between[0], *between])):
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


def _joins_names(token: Token, previous: Token) -> bool:
    """What stands between names in a list: commas, "and", ages, ranks, "of Arda"."""
    lower = token.lower_
    if lower in {"of", "from"} or (token.text[:1].isupper() and previous.lower_ in {"of", "from"}):
        return True
    return (
        token.text in {",", "(", ")", ":", "-", "–", "—", ";"}
        or lower in {"and", "year", "old", "aged", "both", "also", "as", "well"}
        or kind(token) == "num"
        or lower.endswith("year")
        or lower.rstrip(".") in {"dr", "mr", "mrs", "ms", "sgt", "cpl", "pvt", "lt", "capt", "col"}
    )


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
    opened = {"including", "included", "includes", "include", "among"} & set(lowers)
    of_which = any(pair in (("of", "which"), ("of", "whom")) for pair in pairwise(lowers))
    if opened or of_which:
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
