"""Whether a figure is the toll of one event, comes on top of others, or is a running total.

The scopes of an article are decided in text order, because a figure can share the scope of the one
before it: "the offensive has killed more than 1,600 civilians and wounded thousands".
"""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Doc

from casualty_extract import wordorder
from casualty_extract.links_additions import added
from casualty_extract.links_costs import QUALIFYING
from casualty_extract.links_figures import Figure
from casualty_extract.links_scopes_causes import Causing
from casualty_extract.links_scopes_clauses import Clause, Facts
from casualty_extract.links_scopes_times import MONTH, STATES, Timing
from casualty_extract.links_scopes_words import Cue, cues, raisers, tallies
from casualty_extract.mentions import Mention
from casualty_extract.reading import layout

__all__ = ["decide"]

EVENT = "toll of one event"
SHARED = frozenset({"campaign", "cue", "disease", "large", "period", "raised", "shared"})
"""The rules whose totals a figure beside them shares."""
HARMED = frozenset({"killed", "injured", "casualties", "missing", "displaced", "infected", "abducted"})
LASTING = frozenset({"rescued", "detained"})
"""Those that are counted by the day as well: only long periods make them totals."""
SEIZED = frozenset({"abducted", "missing"})
"""Those of whom many come to harm at one time."""
# How many people are counted, where nothing else tells: so many seldom come to harm at one time.
LARGE = 1000
MANY = 100
SOME = 50
TEN = 10
FEW = 5
VAGUE_MANY = 200
"""What "hundreds" means at least."""
TALLY_REACH = 16
"""How many words "bringing the toll" may stand before its figure."""
ONE_OF_SOME = frozenset(
    "victim man woman body boy girl suspect person officer soldier passenger patient".split()
)
"""Nouns for one of the people counted before: "the fifth victim was a baker"."""
TOLD = frozenset("was is were died had suffered remains remained has".split())
"""What is told of such a person."""
AT = frozenset({"aboard", "at", "inside", "on"})
"""What leads from an outbreak to the one place where it is: "an outbreak at a hotel"."""
AMID = frozenset("amid amidst despite before after following against until".split())
BESIDE = AMID | {"to", "with", "from"}
"""What leads to a campaign that is told only beside the harm; "from the war" is where people fled."""
SUPERLATIVES = frozenset({"worst", "first", "most", "least"})


class Signs(Clause):
    """The clause around a figure with its time and its cause."""

    def __init__(self, facts: Facts, figure: Figure) -> None:
        super().__init__(facts, figure)
        self.time, self.cause = Timing(self), Causing(self)


def decide(
    doc: Doc, figures: list[Figure], causes: tuple[Mention, ...], times: tuple[Mention, ...]
) -> list[tuple[str, str]]:
    """Decide the scopes of all figures.

    Args:
        doc: tokens and sentences.
        figures: the figures in text order, tied to their harms.
        causes: the layer ``causes``.
        times: the layer ``times``.

    Returns:
        The scope of each figure and the rule that decided it.
    """
    laid = layout(doc)
    facts = Facts.of(laid, causes, times)
    found: list[tuple[str, str]] = []
    signs: list[Signs] = []
    for i, figure in enumerate(figures):
        signs.append(Signs(facts, figure))
        rule = added(laid, figures, i)
        if rule is not None:
            found.append(("additional", rule))
            continue
        rule = _total(signs[i]) or _shared(i, signs, found)
        found.append(("cumulative", rule) if rule is not None else ("event", _event(figure)))
    return found


def _event(figure: Figure) -> str:
    return "one person" if figure.quantity.label in {"singular", "name"} else EVENT


def _total(signs: Signs) -> str | None:
    """The rule by which a figure alone is a running total."""
    q = signs.figure.quantity
    if q.value.get("ordinal"):
        return None if q.value.get("additional") or _one_of_some(signs) else "ordinal of a series"
    if q.label in {"singular", "name"}:
        return None
    cue = _cue(signs)
    if cue is not None:
        return f"cue: {cue}"
    raised = _raised(signs)
    if raised is not None:
        return f"raised: {raised}"
    if signs.figure.unit == "incidents":
        return None if _one_attack(signs) else "counted incidents"
    if signs.figure.unit == "reports" or not signs.plural:
        return None
    for name, test in (
        ("disease", _disease),
        ("period", _period),
        ("campaign", _campaign),
        ("large", _large),
    ):
        if test(signs):
            return name
    return None


def _one_of_some(signs: Signs) -> bool:
    """ "The fifth victim was a civilian": one of those counted before, and no fifth of a series."""
    return any(
        word in ONE_OF_SOME and following in TOLD
        for word, following in pairwise(signs.ahead[:4])
        if signs.behind[-1:] == ["the"]
    )


def _cue(signs: Signs) -> str | None:
    """Words that say outright that a figure is a running total."""
    for words, near, after in ((signs.behind, signs.before, False), (signs.ahead, signs.after, True)):
        for n, word in enumerate(words):
            for cue in cues().get(word, ()):
                end = n + len(cue.parts)
                if tuple(words[n:end]) != cue.parts or not _reaches(cue, n, len(words), after):
                    continue
                if not _of_an_event(signs, cue, near[n], words[:n], after):
                    return " ".join(cue.parts)
    return None


def _reaches(cue: Cue, n: int, length: int, after: bool) -> bool:
    if after:
        return cue.row.side != "before" and n < cue.row.words
    return cue.row.side != "after" and length - n <= cue.row.words


def _of_an_event(signs: Signs, cue: Cue, place: int, words: list[str], after: bool) -> bool:
    """Whether the words of a total are said of one event here: "A total of 12 people died in the crash"."""
    if cue.row.single:
        return signs.time.dated or (signs.cause.told == "single" and signs.least < LARGE)
    if cue.parts != ("since",):
        return False
    if not signs.time.is_since(place):
        # "might be as many as 12, since nobody kept a list"
        return True
    if any(w in SUPERLATIVES or (w.endswith("est") and len(w) > 4) for w in words[-12:]):
        # "the deadliest attack since 2014 killed 12"
        return True
    if signs.cause.told == "single" and 0 <= signs.time.days <= MONTH:
        return True
    if after:
        # "freed two hostages held since May"
        return bool(STATES & set(words))
    return place - signs.laid.firsts[signs.sentence] > 2 and _is_behind_since(signs, len(words))


def _is_behind_since(signs: Signs, n: int) -> bool:
    """Whether "since", at word n before the figure, has its own clause or another one's.

    "The law was tightened since a bomber killed 52 people"; "a review of strikes since 2017 found that a
    strike killed two".
    """
    between = signs.behind[n:]
    if "," not in between and wordorder.HAVE.isdisjoint([*between, *signs.ahead[:8]]):
        return True
    return signs.cause.own in {"single", "verb"}


def _raised(signs: Signs) -> str | None:
    """ "bringing the death toll to 41", "which takes to 41 the number of dead"."""
    behind, ahead = signs.behind[-TALLY_REACH:], signs.ahead[:TALLY_REACH]
    while behind and behind[-1] in QUALIFYING - {"to"}:
        behind = behind[:-1]
    if behind[-1:] != ["to"]:
        return None
    if signs.cause.is_sudden and signs.least < LARGE and not _is_of_more(signs):
        # The rising toll of one event stays its toll.
        return None
    for n, word in enumerate(behind):
        if word in raisers() and (tallies() & set(behind[n + 1 :]) or tallies() & set(ahead[:4])):
            return f"{word} the total"
    return None


def _is_of_more(signs: Signs) -> bool:
    """The toll is said to be that of a campaign or of a long time."""
    campaign = signs.cause.campaign
    return signs.time.period in {"year", "long"} or (campaign is not None and campaign.place < signs.first)


def _one_attack(signs: Signs) -> bool:
    """Whether the incidents that are counted make up one event: "twin bombings", "three blasts on Monday"."""
    q = signs.figure.quantity
    text = signs.laid.text[q.start : q.end].lower()
    if text in {"twin", "both"}:
        return True
    before = signs.behind[-1:]
    if signs.least <= 2 and before in (["the"], ["these"], ["both"]):
        return True
    return signs.least <= FEW and signs.time.dated and not _of_hours(signs)


def _of_hours(signs: Signs) -> bool:
    return "hours" in signs.time.told


def _period(signs: Signs) -> bool:
    """The time of the harm is a period, and nothing says that one event is meant."""
    label, kind = signs.figure.label, signs.cause.own
    if signs.time.period in {"", "day"} or label not in HARMED | LASTING:
        return False
    if kind == "single" and not (signs.cause.is_plural and (signs.time.is_running or signs.least >= MANY)):
        return False
    if not signs.time.is_of_harm or signs.time.is_before_noun or (kind == "disease" and _is_over(signs)):
        return False
    if signs.time.period == "long" or signs.time.is_spanned:
        return True
    if kind == "series" and signs.cause.is_described:
        # "the 2004 train bombings that killed 191 people"
        return False
    if signs.time.period == "year":
        if label in SEIZED and not signs.time.is_running:
            return False
        many = signs.least >= (MANY if kind in {"weapon", "verb"} else SOME)
        return signs.time.is_running or many or kind in {"series", "mass", "campaign"}
    if kind == "single":
        return False
    if signs.time.is_past and signs.perfect and label in HARMED:
        return True
    if kind == "series":
        return label in HARMED and signs.least >= TEN and not signs.time.is_genitive
    return kind == "campaign" and label in HARMED and (signs.perfect or signs.least >= SOME)


def _campaign(signs: Signs) -> bool:
    """The figure is the toll of a war or of what else goes on for months."""
    campaign = signs.cause.campaign
    if campaign is None or signs.time.dated or signs.figure.label not in HARMED | {"rescued"}:
        return False
    within = campaign.preposition in {"in", "during", "of", "throughout"} and campaign.place > signs.first
    if signs.cause.is_nearer(campaign) and (signs.cause.own == "single" or not (within or signs.perfect)):
        return False
    if signs.figure.label == "displaced":
        return campaign.preposition not in AMID and signs.perfect and signs.least >= LARGE
    if campaign.preposition in BESIDE or (campaign.place > signs.first and not campaign.preposition):
        return False
    if signs.cause.own == "disease" and _is_over(signs):
        return False
    vague = signs.figure.quantity.label == "vague" and signs.least >= VAGUE_MANY
    if campaign.weak:
        return signs.least >= MANY and (signs.perfect or vague or campaign.lasting)
    if campaign.short and signs.least < TEN and signs.cause.own != "disease":
        return False
    within = within and not campaign.short
    return within or campaign.lasting or signs.perfect or signs.least >= SOME or vague


def _disease(signs: Signs) -> bool:
    """The dead and infected of a disease are counted on and on; those of one outbreak are its toll."""
    label = signs.figure.label
    if label not in {"killed", "infected", "casualties"} or signs.is_pair:
        return False
    kind = signs.cause.own
    if kind != "disease" and not (kind == "" and label == "infected"):
        carried = kind == "" and signs.cause.carried == "disease" and _is_health(signs)
        if not carried:
            return False
    if signs.facts.foodborne or signs.possible:
        return False
    if _is_over(signs):
        return False
    words = [*signs.behind, *signs.ahead]
    if any(word == "outbreak" and following in AT for word, following in pairwise(words)):
        return False
    if signs.least < MANY and "outbreak" in words:
        return signs.perfect and signs.time.period not in {"", "day"}
    if signs.least >= MANY:
        return True
    return not signs.time.dated and (signs.time.period != "month" or signs.least > FEW)


def _is_over(signs: Signs) -> bool:
    """ "An epidemic in 2009 killed 200 people": one of several, told of as a whole."""
    past = signs.time.period == "year" and not signs.time.is_running
    return past and not signs.perfect and signs.cause.is_one


def _is_health(signs: Signs) -> bool:
    """Deaths counted behind a disease told before: "At least 5,900 deaths were recorded"."""
    harm = signs.figure.harm
    return harm is not None and (harm.value.get("part") == "noun" or signs.perfect)


def _large(signs: Signs) -> bool:
    """Thousands, in the perfect tense, of nothing that happened at one time."""
    harm = signs.figure.harm
    lemma = "" if harm is None else harm.value.get("lemma")
    if lemma == "body":
        return False
    if lemma == "lose" and signs.plural and signs.perfect and not signs.cause.told:
        # "The army has lost 230 soldiers there."
        return signs.time.mention is None
    if signs.figure.label not in HARMED | {"rescued"} or not signs.perfect or signs.time.mention is not None:
        return False
    if signs.cause.told == "single":
        return False
    vague = signs.figure.quantity.label == "vague"
    if signs.figure.label in {"displaced", "rescued"}:
        return signs.least >= LARGE * LARGE
    if vague and signs.least > TEN and signs.cause.own in {"series", "campaign"}:
        return True
    return signs.least >= LARGE


def _shared(i: int, signs: list[Signs], found: list[tuple[str, str]]) -> str | None:
    """The rule where a figure shares the total of the one before it, or of the one it is part of."""
    mine, figure = signs[i], signs[i].figure
    if figure.host is not None and figure.host < i and signs[figure.host].sentence == mine.sentence:
        total = found[figure.host][0] == "cumulative" and figure.unit == signs[figure.host].figure.unit
        return "shared" if total and figure.quantity.label not in {"singular", "name"} else None
    if not i or not mine.plural or figure.unit != "people" or found[i - 1][0] != "cumulative":
        return None
    rule, other = found[i - 1][1].split(":")[0], signs[i - 1]
    if rule not in SHARED or other.figure.unit != "people":
        return None
    beside = mine.sentence == other.sentence and other.last in mine.before
    if beside and _is_joined(mine, other):
        return "shared"
    if mine.time.dated or mine.cause.own == "single" or rule == "raised":
        return None
    if beside:
        return "shared"
    near = mine.sentence - other.sentence <= 2 and not mine.cause.own and mine.time.mention is None
    return "shared" if near and mine.perfect and mine.least >= VAGUE_MANY and rule != "cue" else None


def _is_joined(mine: Signs, other: Signs) -> bool:
    """ "bringing the toll to 45 dead and 90 wounded", but not "to 45, while divers look for two"."""
    between = [mine.laid.kind(k) for k in mine.before if k > other.last]
    return "conj" in between and {"adp", "punct", "sconj", "verb"}.isdisjoint(between)
