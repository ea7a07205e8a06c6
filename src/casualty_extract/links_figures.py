"""Which figure counts which harm: the relations of word order between a figure and a word of harm.

Each relation is a named rule with a cost; a figure goes to the harm that it reaches at the least cost,
if that stays under the limit of its form. The costs are hand-set: zero where nothing stands between,
and so much for each comma, preposition, conjunction or verb on the way that the readings of ordinary
news sentences come out in the right order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from casualty_extract import syntax
from casualty_extract.mentions import Mention, span

__all__ = ["Figure", "attach"]

STRONG_LIMIT = 3.0
"""The most that may stand between a number and its harm."""
WEAK_LIMIT = 1.7
"""The same for "a policeman" and for names, which are figures only beside their harm."""
WEAK_FORMS = frozenset({"singular", "name"})
QUALIFYING = frozenset(
    """at least as many much more than over nearly almost about around some up to under fewer less no
    not only another an additional further extra estimated roughly approximately of other others
    exactly perhaps possibly the total maximum minimum""".split()
)
LINKING = frozenset(
    """to at was is were are stands stood reached reaches reach hit hits rose rises risen climbed climbs
    jumped passed topped totalled totaled totals exceeded exceeds surpassed put : remained remains be
    been as be by""".split()
)
INCLUDING = frozenset("including include includes included among them whom mostly".split())


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


@dataclass(slots=True)
class _Slot:
    mention: Mention
    tokens: Span
    reach: Span
    """The noun phrase of a figure, or the verb group of a harm."""


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


def _by_sentence(
    doc: Doc, quantities: tuple[Mention, ...], harms: tuple[Mention, ...]
) -> Iterator[tuple[list[_Slot], list[_Slot]]]:
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


def _slot(doc: Doc, mention: Mention, reach: list[int] | None) -> _Slot:
    tokens = span(doc, mention)
    wide = doc.char_span(reach[0], reach[1], alignment_mode="expand") if reach else None
    if wide is None or wide.start > tokens.start or wide.end < tokens.end:
        wide = doc[min(tokens.start, wide.start) : max(tokens.end, wide.end)] if wide is not None else tokens
    sentence = tokens.sent
    return _Slot(mention, tokens, doc[max(wide.start, sentence.start) : min(wide.end, sentence.end)])


def _attach_sentence(doc: Doc, figures: list[_Slot], words: list[_Slot], found: list[Figure]) -> None:
    here: list[tuple[_Slot, int]] = []
    for q in figures:
        figure = _figure(doc, q, words, figures) or _inherit(doc, q, here, found)
        if figure is not None:
            if figure.host is None:
                figure = replace(figure, host=_container(doc, q, figure, here, found))
            here.append((q, len(found)))
            found.append(figure)
    # A figure before the one that contains it is rare ("three of them among the 12 dead"); the second
    # look is for objects that follow their harm only through a later figure.


def _figure(doc: Doc, q: _Slot, words: list[_Slot], figures: list[_Slot]) -> Figure | None:
    best: tuple[float, str, _Slot] | None = None
    weak = q.mention.label in WEAK_FORMS
    limit = WEAK_LIMIT if weak else STRONG_LIMIT
    unit = str(q.mention.value.get("unit_hint") or "people")
    for h in words:
        for cost, rule in _relations(doc, q, h, words, figures):
            if cost > limit:
                continue
            # Whoever was shot or taken to hospital and then died was killed.
            cost += 1.5 if h.mention.value["weak"] and h.mention.value["part"] == "verb" else 0.0
            if best is None or cost < best[0]:
                best = (cost, rule, h)
    if best is None:
        return None
    _, rule, h = best
    if rule == "toll":
        unit = _toll_unit(doc, h, q) or unit
    return Figure(q.mention, h.mention, unit, rule, h.mention.label)


def _relations(
    doc: Doc, q: _Slot, h: _Slot, words: list[_Slot], figures: list[_Slot]
) -> Iterator[tuple[float, str]]:
    value = h.mention.value
    part, victim, voice = value["part"], value["victim"], value["voice"]
    weak = q.mention.label in WEAK_FORMS
    yield from _inside(doc, q, h)
    if part == "noun" and h.tokens.start >= q.reach.end:
        between = [t for t in doc[q.reach.end : h.tokens.start] if not t.is_space]
        if _possessive(between):
            yield 0.3, "possessive"
        if len(between) <= 14 and "among" in [t.lower_ for t in between[-3:]]:
            yield 0.6, "among"
        if not weak and len(between) <= 5 and between and between[0].lower_ in {"of", "in"} and _reports(q):
            yield 0.0, "reports of harm"
        if (
            not weak
            and _only(between, {"of", "the", "those", "all"})
            and between
            and q.mention.label != "zero"
        ):
            yield 0.2, "part of harm"
    if h.tokens.start >= q.reach.end and part in {"verb", "adjective"} and not _reports(q):
        suffers = victim in {"subject", "either"} or part == "adjective" or voice in {"passive", "reduced"}
        if suffers and voice != "adjectival":
            cost, rule = _to_subject(doc, q, h, words, figures)
            yield cost, rule
    if q.tokens.start >= h.tokens.end:
        between = [t for t in doc[h.tokens.end : q.tokens.start] if not t.is_space]
        if (
            part == "verb"
            and victim in {"object", "either"}
            and voice in {"bare", "perfect", "infinitive", "gerund"}
        ):
            yield _object_cost(between), "object"
        lowers = [t.lower_ for t in between]
        if part == "verb" and voice in {"passive", "reduced"} and lowers:
            if lowers[0] in {"were", "was"} and _only(between[1:], QUALIFYING):
                yield 0.5, "inverted subject"
            if lowers[:2] in (["along", "with"], ["together", "with"]) and len(lowers) <= 5:
                yield 0.5, "along with"
            if [w for w in lowers if w != ","][:2] in (["as", "was"], ["as", "were"]) and len(lowers) <= 6:
                yield 0.5, "as were"
        if part == "noun":
            yield from _after_noun(doc, q, h, between, weak)


def _inside(doc: Doc, q: _Slot, h: _Slot) -> Iterator[tuple[float, str]]:
    """The harm stands in the figure's own phrase: "61 civilian deaths", "12 wounded men", "18 dead"."""
    value = h.mention.value
    part, weak = value["part"], q.mention.label in WEAK_FORMS
    if not (q.reach.start <= h.tokens.start < q.reach.end):
        return
    if weak and part == "noun" and q.tokens.start <= h.tokens.start and h.tokens.end <= q.tokens.end:
        yield 0.0, "head"
        return
    if h.tokens.start < q.tokens.end:
        return
    before = next(syntax.back(h.tokens[0], 1))
    if part == "noun":
        if weak and any(syntax.kind(t) == "poss" for t in doc[q.tokens.end : h.tokens.start]):
            yield 0.3, "possessive"
        elif q.mention.label != "name":
            # "two of the victims died": a noun that tells no fate gives way to a verb that does.
            yield (1.0 if value["weak"] else 0.0) + (0.0 if h.tokens.end == q.reach.end else 0.3), "head"
    elif part == "adjective" or value["voice"] == "adjectival":
        yield 0.1, "head"
    elif value["voice"] == "reduced" or before.i < q.tokens.end:
        yield 0.1, "subject"


def _to_subject(doc: Doc, q: _Slot, h: _Slot, words: list[_Slot], figures: list[_Slot]) -> tuple[float, str]:
    tokens = [t for t in doc[q.reach.end : h.reach.start] if not t.is_space]
    if tokens and tokens[-1].lower_ in {"who", "whom", "that"}:
        head = tokens[:-1]
        if _only(head, {",", "of", "both", "all"}):
            return 0.3, "relative clause"
    if [t.lower_ for t in tokens[-2:]] == ["among", "those"]:
        return 0.4, "among"
    if (
        q.mention.label == "name"
        and not any(syntax.kind(t) in {"verb", "aux", "sconj", "part"} for t in tokens)
        and len(tokens) <= 14
    ):
        # "Ana Diaz, 42, of Arda, a nurse at the clinic, died": an apposition, however long.
        return min(0.8, 0.1 * len(tokens)), "subject"
    if tokens and tokens[-1].lower_ in {"he", "she", "they"} and q.mention.label in WEAK_FORMS | {"word"}:
        return 1.2 + 0.02 * len(tokens), "pronoun subject"
    cost = 0.0
    previous: Token | None = None
    for token in tokens:
        cost += _step(token, previous)
        previous = token
    inside = [w for w in words if q.reach.end <= w.tokens.start and w.tokens.end <= h.reach.start]
    cost += 1.2 * len([w for w in inside if w.mention.value["part"] != "noun"])
    strong = [f for f in figures if f.mention.label not in WEAK_FORMS]
    nearer = [f for f in strong if q.reach.end <= f.tokens.start and f.reach.end <= h.reach.start]
    if nearer:
        # A later figure takes the verb unless it is joined to this one: "four soldiers and a woman".
        joined = _only(
            [t for t in doc[q.reach.end : nearer[0].tokens.start] if not t.is_space],
            QUALIFYING | {"and", "or", ",", "including", "(", "with", "among", "them"},
        )
        cost += 0.2 if joined else 1.5
    return cost, "subject"


def _step(token: Token, previous: Token | None) -> float:
    text, what = token.text, syntax.kind(token)
    if text in {";", ":"}:
        return 2.0
    if text in {"—", "–", "--"}:
        return 0.7
    if text == ",":
        return 0.3
    if what == "punct":
        return 0.05
    before = syntax.kind(previous) if previous is not None else ""
    if what in {"aux", "verb"}:
        if before in {"aux", "verb", "adv"}:
            return 0.3
        return 1.0 if before == "sconj" else 2.4
    if what == "part":
        return 0.6
    return {"sconj": 0.5, "conj": 0.4, "adp": 0.2, "pron": 0.8, "num": 0.2}.get(what, 0.06)


def _object_cost(between: list[Token]) -> float:
    cost = 0.0
    previous: Token | None = None
    for token in between:
        lower, what = token.lower_, syntax.kind(token)
        if lower in QUALIFYING or what == "det":
            cost += 0.05
        elif what == "adp":
            cost += 0.8
        elif what in {"verb", "aux", "sconj"}:
            cost += 2.4
        elif what in {"part", "pron"}:
            cost += 1.2
        elif what == "adv":
            cost += 0.1
        else:
            cost += min(_step(token, previous), 0.4) + 0.3
        previous = token
    return cost


def _after_noun(
    doc: Doc, q: _Slot, h: _Slot, between: list[Token], weak: bool
) -> Iterator[tuple[float, str]]:
    lowers = [t.lower_ for t in between]
    if lowers and lowers[0] in {"of", "to", "among", "for"} and len(lowers) <= 6:
        rest = between[1:]
        if all(
            syntax.kind(t) in {"det", "adv", "word", "num", "poss", "conj"} or t.lower_ in QUALIFYING
            for t in rest
        ):
            yield 0.3 + 0.1 * len(rest), "of"
    before = next(syntax.back(h.tokens[0], 1), None)
    before2 = [t.lower_ for t in syntax.back(h.tokens[0], 3)]
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
    bare = len(q.reach) == len(q.tokens) or q.reach[-1].lower_ in {"people", "civilians", "persons"}
    if bare and lowers and len(lowers) <= 16 and _links(lowers) and q.mention.label != "zero":
        if (
            h.mention.value["lemma"] in {"toll", "death toll"}
            or _counted(h)
            or (before is not None and before.lower_ in {"the"})
        ):
            cost = (
                0.6
                + 0.05 * len(lowers)
                + sum(1.0 for t in between if syntax.kind(t) == "verb" and t.lower_ not in LINKING)
            )
            yield cost, "toll"
    if lowers and lowers[0] in {"included", "include", "includes", "including"} and len(lowers) <= 4:
        yield 0.4, "including"


def _links(lowers: list[str]) -> bool:
    tail = [w for w in lowers[-6:] if w not in QUALIFYING - {"to", "at", "as"}]
    return bool(tail) and any(w in LINKING for w in tail)


def _counted(h: _Slot) -> bool:
    """The noun stands in "the number of deaths", "a total of deaths"."""
    return any(t.lower_ in {"number", "total", "tally", "count"} for t in syntax.back(h.tokens[0], 10))


def _toll_unit(doc: Doc, h: _Slot, q: _Slot) -> str | None:
    for token in syntax.back(h.tokens[0], 10):
        if token.lower_ in {"reports", "allegations", "cases"}:
            return "reports"
        if token.lower_ in {"number", "total"}:
            return None
    return None


def _possessive(between: list[Token]) -> bool:
    if not between or syntax.kind(between[0]) != "poss" or len(between) > 4:
        return False
    return all(syntax.kind(t) in {"word", "part"} for t in between[1:])


def _reports(q: _Slot) -> bool:
    return q.mention.value.get("unit_hint") == "reports"


def _only(tokens: list[Token], allowed: set[str] | frozenset[str]) -> bool:
    return all(t.lower_ in allowed or (t.is_punct and t.text not in {",", ";", ":", "—"}) for t in tokens)


def _inherit(doc: Doc, q: _Slot, here: list[tuple[_Slot, int]], found: list[Figure]) -> Figure | None:
    """Give a figure without a harm of its own the harm of the figure before it in the sentence."""
    if not here or q.mention.value.get("unit_hint", "people") not in {None, "people", "households"}:
        return None
    last, index = here[-1]
    between = [t for t in doc[last.reach.end : q.tokens.start] if not t.is_space]
    lowers = [t.lower_ for t in between]
    host = found[index]
    weak = q.mention.label in WEAK_FORMS
    if q.tokens.start < last.reach.end:
        return None
    if lowers and len(lowers) <= 14 and INCLUDING & set(lowers) and lowers[-1] not in {"of", "in", "from"}:
        container = host.host if host.host is not None and "including" not in lowers else index
        tail = lowers[max(i for i, w in enumerate(lowers) if w in INCLUDING) + 1 :]
        if len(tail) <= 4 and not any(
            syntax.kind(t) in {"verb", "sconj"} for t in between[-len(tail) :] if tail
        ):
            return replace(host, quantity=q.mention, rule="including", host=container, unit=host.unit)
    joined = (
        lowers
        and set(lowers) & {"and", ",", "or", "plus"}
        and _only(between, QUALIFYING | {"and", "or", ",", "plus", "with", "his", "her"})
    )
    if (
        joined
        and host.rule in {"object", "of", "including", "among", "identified", "subject", "head"}
        and not _starts_new(doc, q)
    ):
        if host.rule in {"subject", "head"} and weak:
            return None
        return replace(host, quantity=q.mention, rule=f"joined: {host.rule.removeprefix('joined: ')}")
    if host.label == "injured" and not weak and lowers and lowers[0] in {",", "(", "and", "with"}:
        after = [t.lower_ for t in syntax.ahead(q.reach[-1], 3)]
        if set(after) & {"critically", "seriously", "severely", "badly", "critical", "serious", "gravely"}:
            return replace(host, quantity=q.mention, rule="including", host=index)
    return None


def _container(
    doc: Doc, q: _Slot, figure: Figure, here: list[tuple[_Slot, int]], found: list[Figure]
) -> int | None:
    """Find the figure of the sentence that contains this one: "12 people, including three children"."""
    if not here or q.mention.label == "zero":
        return None
    last, index = here[-1]
    host = found[index]
    lowers = [t.lower_ for t in doc[last.reach.end : q.tokens.start] if not t.is_space]
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


def _starts_new(doc: Doc, q: _Slot) -> bool:
    """The figure is the subject of a verb of its own: "killed 12 and two others fled"."""
    following = next(syntax.ahead(q.reach[-1], 1), None)
    return following is not None and syntax.kind(following) in {"aux", "verb"}
