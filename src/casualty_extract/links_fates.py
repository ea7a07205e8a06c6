"""What became of the people counted, where the word beside the figure does not tell.

"Eight victims" take the harm of the event; a man who was "shot" and of whom the text says elsewhere
that he died was killed; "nine were assessed to be credible" counts reports of the harm that the
reports before were about; "cases" are infections only where the text speaks of a disease.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from spacy.tokens import Doc

from casualty_extract import links_persons, mentions, wordorder
from casualty_extract.links_figures import Figure
from casualty_extract.mentions import Mention
from casualty_extract.reading import Layout, Word, kind, layout

__all__ = ["settle"]

PLAIN_DEATHS = frozenset(
    {"die", "death", "dead", "passed away", "deceased", "pronounced dead", "lost his life"}
)
"""Words of death that tell no violence."""
AROUND = 700
"""How many characters around a death are searched for violence: a few sentences on each side."""
HURT = frozenset({"injuries", "injured", "wounds", "wounded"})
SURVIVED = HURT | {"injury", "wound", "survived", "survive", "recovering", "stable"}
"""Words of a sentence that tell that whoever was shot lives."""
DEADLY = frozenset("dead died dies killed killing fatal fatally deadly death".split())
RETURNING = frozenset("victim man woman teenager teen boy girl child patient".split())
"""Nouns by which the text comes back to one hurt."""
NATURAL = frozenset("alzheimer cancer cardiac dementia leukaemia leukemia parkinson stroke".split())
"""Words of the illnesses of which single people die without a toll being kept."""
MODERN = 1900
"""The first year whose natural deaths may be news."""
SOON = 260
"""How many characters may stand between an injury and the death of the one injured."""
CAMPAIGN = frozenset(
    """conducted conduct carried launched total since resulted killed killing caused included reported
    stem hit struck began during between""".split()
)
"""Words near a number of strikes that tie it to what they did."""
BEFORE_PERIODS = frozenset("in within for than about after over under nearly almost of half".split())
"""Words before "a year" that make it a stretch of time: "in a day", "over a year"."""
PERIODS = frozenset({"year", "month", "week", "day", "hour"})
TIMED = frozenset("ago earlier later after before when in of that which - long".split())
"""Words after "a year" that make it a time: "a year ago", "a day after"."""
RECOVERED = frozenset(
    """found recovered discovered retrieved identified pulled washed spotted buried burned burnt charred
    decomposed dumped exhumed frozen headless id'd lifeless mutilated missing""".split()
)
"""Words that tell that a body is a dead person."""
ASSESSED = frozenset(
    [
        "assessed",
        "determined",
        "deemed",
        "found",
        "judged",
        "credible",
        "non-credible",
        "duplicates",
        "closed",
        "open",
        "pending",
        "investigated",
        "reviewed",
        "received",
        "completed",
    ]
)


def settle(
    doc: Doc, figures: list[Figure], quantities: tuple[Mention, ...], causes: tuple[Mention, ...]
) -> list[Figure]:
    """Settle the labels and units of figures, and add the counted reports and incidents.

    Args:
        doc: tokens and sentences.
        figures: the figures that count a harm, in text order.
        quantities: the layer ``quantities``.
        causes: the layer ``causes``, for diseases and for the campaigns behind counted strikes.

    Returns:
        The figures in text order; hosts point into this list.
    """
    text = layout(doc).text
    disease = any(c.label == "disease" for c in causes)
    violent = [c.start for c in causes if c.label not in {"disease", "perpetrator", "other"}]
    kept: list[Figure | None] = [f if _sound(doc, f, disease) else None for f in figures]
    kept = links_persons.own_names(doc, kept)
    kept = links_persons.one_a_person(doc, text, kept, quantities)
    kept, borne = links_persons.one_of_many(doc, text, kept, quantities)
    kept = _again(text, kept)
    kept = _natural(doc, kept, violent)
    kept = _events(kept)
    kept = _shot(doc, text, kept)
    taken = {f.quantity.start for f in (*kept, *borne) if f is not None}
    added = borne + links_persons.identified(doc, text, [f for f in kept if f is not None], quantities, taken)
    added += _counted(doc, [f for f in kept if f is not None], quantities, taken)
    return _renumber(kept, added)


def _sound(doc: Doc, figure: Figure, disease: bool) -> bool:
    harm, q = figure.harm, figure.quantity
    if harm is None:
        return True
    if harm.value["lemma"] == "case":
        return disease
    span = mentions.span(doc, q)
    following = [t.lower_ for t in wordorder.ahead(span[-1], 14)]
    if _is_rate(following):
        return False
    if harm.value["lemma"] == "body" and q.label == "singular":
        around = {*following, *(t.lower_ for t in wordorder.back(span[0], 10))}
        return bool(around & RECOVERED) and span[0].lower_ not in {"my", "our", "your", "its"}
    return True


def _is_rate(following: list[str]) -> bool:
    """ "900 people drown each year" states a rate, "were killed a year ago" a time."""
    for i, word in enumerate(following[:-1]):
        if word in {"each", "every", "per"} and following[i + 1] in PERIODS:
            return True
        if word == "a" and following[i + 1] in PERIODS and not set(following[i + 2 : i + 3]) & TIMED:
            return (following[i - 1] if i else "") not in BEFORE_PERIODS
        if word in {",", ";", "and"} and i > 10:
            return False
    return "annually" in following[:10]


def _again(text: str, figures: list[Figure | None]) -> list[Figure | None]:
    """Leave out mere references to people already counted: "the dead man", "the victim"."""
    kept: list[Figure | None] = []
    seen: set[str | None] = set()
    for figure in figures:
        if figure is not None:
            q, harm = figure.quantity, figure.harm
            definite = q.label == "singular" and text[q.start : q.start + 4].lower() == "the "
            if definite and figure.rule == "head" and harm is not None and seen:
                kept.append(None)
                continue
            seen.add(figure.label)
        kept.append(figure)
    return kept


def _natural(doc: Doc, figures: list[Figure | None], violent: list[int]) -> list[Figure | None]:
    """Leave out the deaths of single people of which the text around tells nothing violent."""
    kept: list[Figure | None] = []
    laid = layout(doc)
    hard = [
        f.quantity.start
        for f in figures
        if f is not None and f.harm and f.harm.value["lemma"] not in PLAIN_DEATHS
    ]
    # Where several died at once, single people beside them did too: "five officers and a driver died".
    many = [
        f.quantity.start
        for f in figures
        if f is not None and f.label == "killed" and (f.quantity.value["best"] or 0) > 1
    ]
    signs = sorted([*violent, *hard, *many])
    for figure in figures:
        if figure is not None and figure.quantity.label in {"name", "singular"} and figure.harm:
            lemma = figure.harm.value["lemma"]
            at = figure.quantity.start
            near = bisect_left(signs, at + AROUND) - bisect_left(signs, at - AROUND)
            of_old = figure.rule == "possessive" and _is_of_old(laid, at)
            if lemma in PLAIN_DEATHS and (near == 0 or of_old or _is_of_illness(laid, at)):
                figure = None
        kept.append(figure)
    return kept


def _events(figures: list[Figure | None]) -> list[Figure | None]:
    """Give "victims" the harm of the event: the deaths told of, else the injuries."""
    settled: list[Figure | None] = []
    known = [f for f in figures if f is not None and f.harm is not None and not f.harm.value["weak"]]
    labels = {f.label for f in known if f.unit == "people"}
    for figure in figures:
        if figure is not None and figure.harm is not None and figure.harm.value["lemma"] == "victim":
            found = next((label for label in ("killed", "injured", "casualties") if label in labels), None)
            figure = replace(figure, label=found or figure.label)
        settled.append(figure)
    return settled


def _shot(doc: Doc, text: str, figures: list[Figure | None]) -> list[Figure | None]:
    """Give people who were "shot" or hurt the fate that the text tells elsewhere.

    A name takes the fate of the same name, and whoever "later died" was killed; where nobody else was
    killed in the event and the text tells of injuries, the shot were injured.
    """
    figures = _died_later(doc, figures)
    fates: dict[str, str] = {}
    for figure in figures:
        if figure is not None and figure.unit == "people" and figure.quantity.label == "name":
            for part in _parts(text, figure) if figure.label in {"killed", "injured"} else ():
                fates[part] = "killed" if fates.get(part) == "killed" else str(figure.label)
    laid = layout(doc)
    dead = {f.quantity.start for f in figures if f is not None and f.label == "killed" and f.unit == "people"}
    foreground = any(not _is_long_past(laid, start) for start in dead)
    hurt = not foreground and any(word.lower in HURT for word in laid.words)
    shot_dead = _is_one_shot_dead(doc)
    settled: list[Figure | None] = []
    ones: set[str | None] = set()
    for figure in figures:
        if figure is not None and figure.unit == "people" and figure.quantity.value["best"] == 1:
            ones.add(figure.label)
        harm = figure.harm if figure is not None else None
        if figure is not None and harm is not None and figure.label == "casualties" and harm.value["weak"]:
            q, verb = figure.quantity, harm.value["part"] == "verb"
            told = next((fates[p] for p in _parts(text, figure) if p in fates), None)
            known = q.rule in {"known name", "the person"}
            if q.label == "name" and told is not None:
                figure = replace(figure, label=told)
            elif verb and known and shot_dead and harm.value["lemma"] == "shoot":
                figure = replace(figure, label="killed")
            elif q.rule == "the person" and ones & {"killed", "injured"} == {"killed"}:
                # "A girl was killed. A bullet had hit the child."
                figure = replace(figure, label="killed")
            elif verb and (hurt or _is_hurt_here(laid, q)):
                figure = replace(figure, label="injured")
        settled.append(figure)
    return settled


def _parts(text: str, figure: Figure) -> list[str]:
    """The words of a name by which it comes back, the last first."""
    words = text[figure.quantity.start : figure.quantity.end].split()
    return [w for w in reversed(words) if len(w) > 2 and w[:1].isupper()] or words[-1:]


def _is_long_past(laid: Layout, start: int) -> bool:
    """A year in the sentence makes what it tells a matter of the past."""
    return bool(_years(laid, start))


def _is_of_old(laid: Layout, start: int) -> bool:
    """ "after the king's death in 1537": whoever died then is history."""
    years = _years(laid, start)
    return bool(years) and max(years) < MODERN


def _words(laid: Layout, start: int) -> list[Word]:
    """Give the words of the sentence at an offset."""
    first, end = laid.bounds(laid.sentence_at(start))
    return laid.words[first:end]


def _is_of_illness(laid: Layout, start: int) -> bool:
    """ "died after a long battle with cancer": the sentence names a natural cause."""
    return any(word.lower in NATURAL for word in _words(laid, start))


def _years(laid: Layout, start: int) -> list[int]:
    texts = (word.text for word in _words(laid, start))
    digits = [text for text in texts if len(text) == 4 and text.isascii() and text.isdigit()]
    return [int(text) for text in digits if "10" <= text[:2] <= "20"]


def _is_hurt_here(laid: Layout, q: Mention) -> bool:
    """ "was shot in the leg and his injuries are serious": the sentence itself tells of no more than that."""
    lowers = {word.lower for word in _words(laid, q.start)}
    return bool(lowers & SURVIVED) and not lowers & DEADLY


def _is_one_shot_dead(doc: Doc) -> bool:
    """ "Officers shot him dead": the text tells the end of one who was shot, by a pronoun."""
    for harm in mentions.read(doc, "harms"):
        if harm.label != "killed" or harm.value["part"] != "verb":
            continue
        span = mentions.span(doc, harm)
        if {t.lower_ for t in span} & {"shot"} or harm.value["lemma"] == "shoot":
            following = next(wordorder.ahead(span[-1], 1), None)
            if following is not None and following.lower_ in {"him", "her"}:
                return True
    return False


def _died_later(doc: Doc, figures: list[Figure | None]) -> list[Figure | None]:
    """ "One person was badly hurt. He later died" and "The victim later died": that one was killed."""
    settled = list(figures)
    single = [
        i
        for i, f in enumerate(figures)
        if f is not None and f.unit == "people" and f.quantity.value["best"] == 1
    ]
    places = [q.start for q in mentions.read(doc, "quantities") if q.label in {"name", "singular"}]
    for harm in mentions.read(doc, "harms"):
        if harm.label != "killed" or harm.value["lemma"] not in PLAIN_DEATHS | {"succumb"}:
            continue
        start = _own_subject(doc, harm)
        if start is None:
            continue
        before = [i for i in single if figures[i].quantity.start < start]  # type: ignore[union-attr]
        figure = figures[before[-1]] if before else None
        if figure is None or figure.label not in {"injured", "casualties"} or figure.harm is None:
            continue
        between = bisect_left(places, start) - bisect_left(places, figure.quantity.end)
        if start - figure.quantity.end < SOON and between == 0:
            settled[before[-1]] = replace(figure, label="killed")
    return settled


def _own_subject(doc: Doc, harm: Mention) -> int | None:
    """Where "he", "she" or "the victim" stands that died, by a word of death."""
    group = harm.value["group"]
    verb = doc.char_span(group[0], group[1], alignment_mode="expand")
    if verb is None:
        return None
    before = [t for t in wordorder.back(verb[0], 12) if kind(t) not in {"adv", "aux"} and t.lower_ != "later"]
    if before and before[0].lower_ in {"he", "she"}:
        return int(before[0].idx)
    if not before or before[0].lower_ not in RETURNING:
        return None
    for token in before[1:]:
        if token.lower_ == "the":
            return int(token.idx)
        if kind(token) not in {"word", "num"} and token.text != "-":
            return None
    return None


def _counted(
    doc: Doc, figures: list[Figure], quantities: tuple[Mention, ...], taken: set[int]
) -> list[Figure]:
    """Find counted reports of the harm told before, and counted strikes."""
    added: list[Figure] = []
    reports = [f for f in figures if f.unit == "reports"]
    for q in quantities:
        if q.start in taken or q.label in {"singular", "name"}:
            continue
        hint = q.value.get("unit_hint")
        span = mentions.span(doc, q)
        following = [t.lower_ for t in wordorder.ahead(span[-1], 12)]
        known = [f for f in reports if f.quantity.start < q.start] or reports[:1]
        if hint == "reports" and known:
            added.append(Figure(q, known[-1].harm, "reports", "reports told of before", known[-1].label))
        elif (
            hint in {None, "people"}
            and known
            and ASSESSED & set(following[:8])
            and set(following[:3]) & {"were", "was", "are", "is", "of", "remain"}
        ):
            if abs(known[-1].quantity.start - q.start) < 900:
                added.append(Figure(q, known[-1].harm, "reports", "reports understood", known[-1].label))
        elif hint == "incidents" and figures and _campaign(doc, q, following):
            added.append(Figure(q, None, "incidents", "counted incidents", None))
    return added


def _renumber(kept: list[Figure | None], added: list[Figure]) -> list[Figure]:
    """Put all figures in text order and let hosts point to the new places."""
    old = [(i, f) for i, f in enumerate(kept) if f is not None]
    rows: list[tuple[int | None, Figure]] = [*old, *((None, f) for f in added)]
    rows.sort(key=lambda row: (row[1].quantity.start, row[1].quantity.end))
    place = {i: k for k, (i, _) in enumerate(rows) if i is not None}
    return [replace(f, host=place.get(f.host) if f.host is not None else None) for _, f in rows]


def _campaign(doc: Doc, q: Mention, following: list[str]) -> bool:
    """Tell whether counted attacks are tied to harm or to the campaign that causes it."""
    if q.label in {"zero", "vague"}:
        return False
    span = mentions.span(doc, q)
    before = [t.lower_ for t in wordorder.back(span[0], 8)]
    if q.value.get("ordinal"):
        return "major" in following[:3] or "deadly" in following[:3]
    return bool((set(before) | set(following)) & CAMPAIGN)
