"""Which findings belong together: each figure with its harm, victims, setting, source and status.

Every choice is a `Decision` that keeps the name of the rule that made it, for `explain`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc

from casualty_extract import mentions
from casualty_extract.causes_words import is_armed
from casualty_extract.links_fates import settle
from casualty_extract.links_figures import Figure, attach
from casualty_extract.links_intents import Intended, intended
from casualty_extract.links_scopes import decide
from casualty_extract.links_settings import Setting, Settings
from casualty_extract.links_surroundings import Asked
from casualty_extract.links_victims import Chosen, choose
from casualty_extract.links_voices import Voices
from casualty_extract.mentions import Mention, Placed
from casualty_extract.parsing import Sentences
from casualty_extract.reading import layout

__all__ = ["Decision", "Link", "link"]

OBSERVERS = frozenset({"ngo", "media", "hospital", "rescue_service", "expert", "witness"})
"""The kinds of sources that tell of attacks and make none."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided for one slot, and by which rule."""

    slot: str
    value: str
    rule: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One figure with all that belongs to it.

    Attributes:
        figure: the figure and its harm.
        victims: who was harmed; None for reports and incidents that name none.
        setting: time, places, cause and perpetrator.
        attribution: who states the figure.
        form: how the figure is quoted.
        status: the sign of how sure they are; None for a plain statement.
        scope: event, additional or cumulative.
        intended: whether the harm was meant; None where the text does not say.
        evidence: offsets of the sentence.
        host: the place in the list of links of the one whose figure contains this one.
        decisions: all choices with their rules.
    """

    figure: Figure
    victims: Chosen | None
    setting: Setting
    attribution: Mention | None
    form: str
    status: Mention | None
    scope: str
    intended: Intended | None
    evidence: tuple[int, int]
    host: int | None
    decisions: tuple[Decision, ...]


def link(doc: Doc) -> list[Link]:
    """Tie together what the detectors found.

    Args:
        doc: a Doc with all layers written.

    Returns:
        One link a claim, in the order of the figures.
    """
    quantities, harms = mentions.read(doc, "quantities"), mentions.read(doc, "harms")
    victims, causes = mentions.read(doc, "victims"), mentions.read(doc, "causes")
    places, times = mentions.read(doc, "places"), mentions.read(doc, "times")
    figures = attach(doc, _persons_only(quantities, places, victims), harms)
    laid = layout(doc)
    spoken = mentions.read(doc, "attributions")
    figures = [figure for figure in figures if not _only_speaks(figure, spoken)]
    figures = settle(doc, _persons(laid.text, figures, victims), quantities, causes)
    sentences = laid.sentences()
    text = sentences.text
    counted = {q.start: False for q in quantities if q.label != "name"}
    counted |= {figure.quantity.start: True for figure in figures}
    settings = Settings(doc, times, places, causes, harms, counted)
    voices = Voices(doc, spoken, mentions.read(doc, "statuses"))
    chosen = choose(sentences, figures, victims)
    scopes = decide(doc, figures, causes, times)
    links: list[Link] = []
    for figure, who, (scope, scope_rule) in zip(figures, chosen, scopes, strict=True):
        q = figure.quantity
        harm = (figure.harm.start, figure.harm.end) if figure.harm else (q.start, q.end)
        if figure.rule.startswith("report") or abs(harm[0] - q.start) > 600:
            harm = (q.start, q.end)
        many = (q.value["best"] or q.value["low"] or 0) > 1
        setting = settings.of(Asked(q.start, harm, figure.label, figure.unit, scope, many))
        setting = _without_victims(text, setting, who, q)
        voice = voices.attribution(q.start, q.end)
        setting = _without_observers(setting, voice)
        links.append(
            Link(
                figure=figure,
                victims=who,
                setting=setting,
                attribution=voice,
                form=voices.form(q.start, q.end, harm),
                status=voices.status(q.start, q.end, harm),
                scope=scope,
                intended=_intended(sentences, figure, setting),
                evidence=_trim(text, *sentences.bounds(q.start)),
                host=figure.host,
                decisions=(Decision("scope", scope, scope_rule),),
            )
        )
    return [_with_decisions(link) for link in links]


def _only_speaks(figure: Figure, spoken: tuple[Mention, ...]) -> bool:
    """Tell "22 of the victims were minors, an official said" from "The victim was an official"."""
    q = figure.quantity
    return figure.rule == "identified" and any(m.start <= q.start < m.end for m in spoken)


def _intended(sentences: Sentences, figure: Figure, setting: Setting) -> Intended | None:
    if figure.harm is None:
        return None
    bounds = sentences.bounds(figure.harm.start)
    cause = setting.cause
    return intended(sentences.text, bounds, figure.harm, cause.mention if cause is not None else None)


def _without_victims(text: str, setting: Setting, who: Chosen | None, q: Mention) -> Setting:
    """Nobody is taken for the one who harmed himself: an actor named as the victims is dropped."""
    actor = setting.perpetrator
    if actor is not None and q.label == "name":
        names = text[q.start : q.end].split()[-1], text[actor.mention.start : actor.mention.end].split()[-1]
        if names[0] == names[1]:
            return replace(setting, perpetrator=None)
    if actor is None or who is None or who.start is None:
        return setting
    if who.category == "perpetrator":
        # "The gunman was shot by police", "a bomber blew himself up", but not the gunman by his own act.
        return setting if actor.rule.startswith("actor of the harm") else replace(setting, perpetrator=None)
    if actor.basis == "context" and _are_one_side(text, actor.mention, who):
        # "Rebels attacked a base. The army said 80 militants were killed": they did not kill their own.
        return replace(setting, perpetrator=None)
    mine, theirs = text[actor.mention.start : actor.mention.end], text[who.start : who.end]
    if mine.lower().split()[-1] == theirs.lower().split()[-1]:
        return replace(setting, perpetrator=None)
    return setting


def _without_observers(setting: Setting, voice: Mention | None) -> Setting:
    """Those who only tell of strikes wage none: in "A monitor said its strikes killed nine" they are another's."""
    actor = setting.perpetrator
    if actor is None or voice is None or actor.mention.rule != "pronoun" or voice.label not in OBSERVERS:
        return setting
    is_same = actor.mention.start < voice.end and voice.start < actor.mention.end
    return replace(setting, perpetrator=None) if is_same else setting


def _are_one_side(text: str, actor: Mention, who: Chosen) -> bool:
    """Tell whether the harmed and the actor are both rebels, gunmen and the like."""
    return is_armed(text[who.start : who.end]) and is_armed(text[actor.start : actor.end])


def _persons_only(
    quantities: tuple[Mention, ...], places: tuple[Mention, ...], victims: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """Leave out capitalised runs that are places, or common nouns for people ("Gunmen")."""
    held = {(m.start, m.end) for m in (*places, *victims)}
    starts = {p.start: p.end for p in places if p.value.get("role") in {"location", "dateline"}}
    return tuple(
        q
        for q in quantities
        if q.label != "name" or ((q.start, q.end) not in held and starts.get(q.start, 0) < q.end)
    )


def _persons(text: str, figures: list[Figure], found: tuple[Mention, ...]) -> list[Figure]:
    """Leave out "a" and "the" before things: a determiner counts only a noun for people."""
    victims = Placed(found)
    kept: list[int] = []
    for i, figure in enumerate(figures):
        q = figure.quantity
        if q.label == "singular" and not _names_person(q, figure, victims):
            continue
        harm = figure.harm
        if harm is not None and _is_of_things(harm) and not _people(text, q, harm, victims):
            continue
        kept.append(i)
    place = {old: new for new, old in enumerate(kept)}
    return [
        replace(figures[i], host=place.get(h) if (h := figures[i].host) is not None else None) for i in kept
    ]


OF_THINGS = frozenset(
    {"release", "save", "seize", "lose", "free", "capture", "liberate", "intercept", "snatch"}
)
"""Harms of people that are as often done to things: money is released, ships are seized."""


def _is_of_things(harm: Mention) -> bool:
    lemma = str(harm.value["lemma"])
    return lemma in OF_THINGS or lemma.startswith("to ")


def _people(text: str, q: Mention, harm: Mention, victims: Placed) -> bool:
    lo, hi = q.value["phrase"]
    # "100 captured", "200 more"
    inside = q.end < harm.start < hi
    tail = (text[q.end : harm.start] + text[harm.end : hi] if inside else text[q.end : hi]).split()
    bare = not {w.lower() for w in tail} - {"more", "others"} and q.label != "name"
    return bare or q.label == "name" or bool(victims.touching(lo, hi))


def _names_person(q: Mention, figure: Figure, victims: Placed) -> bool:
    lo, hi = q.value["phrase"]
    harm = figure.harm
    if q.rule == "another" and hi - lo == q.end - q.start:
        return True
    if harm is not None and harm.value["part"] == "noun" and lo <= harm.start < hi:
        return True
    return bool(victims.touching(lo, hi))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _with_decisions(link: Link) -> Link:
    figure, setting = link.figure, link.setting
    q = figure.quantity
    found = [Decision("quantity", f"{q.label} {q.value['qualifier']}", q.rule, q.start, q.end)]
    if figure.harm is not None:
        harm = figure.harm
        found.append(Decision("harm", str(figure.label), f"{harm.rule}; {figure.rule}", harm.start, harm.end))
    if link.intended is not None:
        found.append(Decision("intent", *link.intended))
    found.append(Decision("unit", figure.unit, figure.rule))
    if link.host is not None:
        found.append(Decision("part_of", "another figure", figure.rule))
    if link.victims is not None:
        who = link.victims
        found.append(Decision("victims", who.category, who.rule, who.start, who.end))
    found.extend(link.decisions)
    for slot, carried in (
        ("cause", setting.cause),
        ("perpetrator", setting.perpetrator),
        ("time", setting.time),
    ):
        if carried is not None:
            m = carried.mention
            found.append(Decision(slot, m.label, f"{m.rule}; {carried.rule}", m.start, m.end))
    for carried in setting.places:
        m = carried.mention
        found.append(Decision("places", str(m.value["name"]), f"{m.rule}; {carried.rule}", m.start, m.end))
    if link.attribution is not None:
        m = link.attribution
        found.append(Decision("attribution", m.label, m.rule, m.start, m.end))
    sign = link.status
    if sign is not None:
        found.append(Decision("status", sign.label, sign.rule, sign.start, sign.end))
    else:
        found.append(Decision("status", "asserted", "plain statement"))
    return replace(link, decisions=tuple(found))
