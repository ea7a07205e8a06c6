"""What became of the people counted, where the word beside the figure does not tell.

"Eight victims" take the harm of the event; a man who was "shot" and of whom the text says elsewhere
that he died was killed; "nine were assessed to be credible" counts reports of the harm that the
reports before were about; "cases" are infections only where the text speaks of a disease.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from spacy.tokens import Doc

from casualty_extract import mentions, wordorder
from casualty_extract.links_figures import Figure
from casualty_extract.mentions import Mention
from casualty_extract.reading import layout

__all__ = ["settle"]

PLAIN_DEATHS = frozenset(
    {"die", "death", "dead", "passed away", "deceased", "pronounced dead", "lost his life"}
)
"""Words of death that tell no violence."""
AROUND = 700
"""How many characters around a death are searched for violence: a few sentences on each side."""
HURT = frozenset({"injuries", "injured", "wounds", "wounded"})
JUDGED = frozenset(
    "credible non-credible duplicates duplicate assessed determined deemed found judged".split()
)
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
    decomposed dumped exhumed frozen headless lifeless mutilated missing""".split()
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
    kept = _one_a_person(text, kept)
    kept = _again(text, kept)
    kept = _natural(kept, violent)
    kept = _events(kept)
    kept = _shot(doc, text, kept)
    taken = {f.quantity.start for f in kept if f is not None}
    added = _identified(doc, text, [f for f in kept if f is not None], quantities, taken)
    added += _counted(doc, [f for f in kept if f is not None], quantities, taken)
    return _judged(doc, _renumber(kept, added))


def _judged(doc: Doc, figures: list[Figure]) -> list[Figure]:
    """Tie the reports judged to those completed: "out of 25 reports, three were found credible"."""
    settled = list(figures)
    for i, figure in enumerate(figures):
        best = figure.quantity.value["best"]
        if figure.unit != "reports" or figure.host is not None or best is None:
            continue
        span = mentions.span(doc, figure.quantity)
        following = {t.lower_ for t in wordorder.ahead(span[-1], 9)}
        if not following & JUDGED:
            continue
        for k in range(i - 1, max(-1, i - 5), -1):
            whole = figures[k]
            larger = (whole.quantity.value["best"] or 0) > best
            if whole.unit == "reports" and larger and figure.quantity.start - whole.quantity.start < 600:
                settled[i] = replace(figure, host=settled[k].host if settled[k].host is not None else k)
                break
    return settled


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


def _one_a_person(text: str, figures: list[Figure | None]) -> list[Figure | None]:
    """Keep one claim of each person: "one man, Omar Dahli," has the name, "the 28th victim" the ordinal."""
    kept = list(figures)
    for i, figure in enumerate(figures):
        if figure is None:
            continue
        q = figure.quantity
        phrase = q.value.get("phrase") or [q.start, q.end]
        for j in range(i + 1, min(i + 3, len(figures))):
            other = figures[j]
            if other is None or other.label != figure.label:
                continue
            p = other.quantity
            between = text[phrase[1] : p.start].split() if p.start >= phrase[1] else None
            if q.label == "singular" and p.start < phrase[1] and p.value.get("ordinal"):
                kept[i] = None
            elif between in ([","], ["("], [",", "("]) and q.value["best"] == 1 and q.label != "name":
                if p.label == "name":
                    kept[i] = None
                elif p.label == "singular":
                    kept[j] = None
            elif between == [] and q.label == "singular" and p.label == "name":
                kept[i] = None
    return kept


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


def _natural(figures: list[Figure | None], violent: list[int]) -> list[Figure | None]:
    """Leave out the deaths of single people of which the text around tells nothing violent."""
    kept: list[Figure | None] = []
    hard = [
        f.quantity.start
        for f in figures
        if f is not None and f.harm and f.harm.value["lemma"] not in PLAIN_DEATHS
    ]
    signs = sorted([*violent, *hard])
    for figure in figures:
        if figure is not None and figure.quantity.label in {"name", "singular"} and figure.harm:
            lemma = figure.harm.value["lemma"]
            at = figure.quantity.start
            near = bisect_left(signs, at + AROUND) - bisect_left(signs, at - AROUND)
            if lemma in PLAIN_DEATHS and near == 0:
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
    """Give people who were "shot" the fate that the text tells elsewhere.

    A name takes the fate of the same name; where the whole text tells of injuries only, the shot were
    injured.
    """
    fates: dict[str, str] = {}
    labels = set()
    for figure in figures:
        if figure is not None and figure.harm is not None and figure.unit == "people":
            labels.add(figure.label)
            if figure.quantity.label == "name" and figure.label in {"killed", "injured"}:
                surname = _surname(text, figure)
                if fates.get(surname) != "killed":
                    fates[surname] = figure.label
    hurt = "killed" not in labels and any(word.lower in HURT for word in layout(doc).words)
    settled: list[Figure | None] = []
    for figure in figures:
        if figure is not None and figure.label == "casualties" and figure.harm and figure.harm.value["weak"]:
            if figure.quantity.label == "name":
                surname = _surname(text, figure)
                figure = replace(figure, label=fates.get(surname, figure.label))
            if hurt and figure.label == "casualties" and figure.harm and figure.harm.value["part"] == "verb":
                figure = replace(figure, label="injured")
        settled.append(figure)
    return settled


def _surname(text: str, figure: Figure) -> str:
    return text[figure.quantity.start : figure.quantity.end].split()[-1]


def _identified(
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
        if (
            "as" not in before[:9]
            or not {"identified", "named"} & set(before)
            or {"if", "after"} & set(before[:9])
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
    words = between.replace(",", " ").replace("-", " ").split()
    return bool(between.strip()) and all(
        w in {"and", "year", "old", "aged"}
        or w.isdigit()
        or w.rstrip(".") in {"Dr", "Sgt", "Cpl", "Mrs", "Mr"}
        for w in words
    )


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
