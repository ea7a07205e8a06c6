"""Who did it: the actor of a harm, from its own clause, or from where the text tells of the same event.

*Finds* the actor tied to the harm or to its cause ("killed by rebels", "Coalition strikes"), one of another
act in the sentence ("killed when gunmen attacked a bus"), one told before ("The strikes killed 12" after
"Coalition warplanes struck ..."), and one named or blamed later ("The group claimed the attack").
*Leaves alone* the actors of another event (another day or country, behind "Elsewhere" or "It comes a week
after"), those of another method, and those who struck the attacker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from casualty_extract.links_causes_articles import article
from casualty_extract.links_events import Events
from casualty_extract.links_surroundings import FAR, Asked, Carried, Surroundings
from casualty_extract.mentions import Mention, Placed

__all__ = ["Actors"]

HARMED = frozenset({"killed", "injured", "casualties", "missing", None})
"""The harms whose actor is carried over from the sentences around."""
UNARMED = frozenset(
    """crash collapse earthquake flood storm landslide volcano tsunami wildfire heat cold fire explosion shipwreck
    stampede disease famine""".split()
)
"""Causes that have no actor where the text names none beside them."""
BEFORE = {"known": 12, "bare": 5, "new": 0}
"""How many sentences back the actor of "the attack", of "was shot" and of "an attack" may be told."""
TWO_SIDED = frozenset(
    "clash clashes fighting battle firefight gunfight shootout combat skirmish war conflict fight".split()
)
"""Acts of two sides: each may have killed."""
OWNING = frozenset({"attributive", "possessive", "blamed", "claimed"})
"""How an actor is tied to a campaign and not to one deed in it: "Coalition strikes", "blamed on"."""
BY_POLICE = frozenset({"shooting", "crackdown", "clash", "execution", "massacre", "other"})
"""What police may have done; bombs they look into."""
LAW = frozenset("police officers policemen deputies detectives".split())
AFTER = 6
"""How many sentences later the actor may be told; one who is blamed may be told in BLAMED."""
BLAMED = 25
PRONOUN = 4
"""How many sentences back the actor stands whom a pronoun takes up."""
FAMILIES = (
    frozenset({"airstrike", "missile", "drone", "shelling", "chemical", "clash"}),
    frozenset({"bombing", "explosion", "landmine"}),
    frozenset({"shooting", "execution", "massacre", "clash"}),
    frozenset({"clash", "crackdown"}),
)
"""Methods that go together: an offensive is waged with shells, a massacre with guns."""
LISTED = re.compile(r"(?:^|\n)\s*\(?\d{1,2}[.)]\s")
"""The number of an item of a list."""
SERIES = re.compile(
    r"\b(?:a (?:string|series|wave|spate|number|campaign) of|several|numerous)\b", re.IGNORECASE
)
"""Acts of which one is not said to be that of the text."""
PARTED = re.compile(r";|\b(?:while|whereas|but|meanwhile)\b", re.IGNORECASE)


class Actors:
    """The actors of one article, asked for by the harm and its cause.

    Args:
        around: what stands around each harm.
        causes: the layer ``causes``, which holds the actors.
        events: which events the text tells apart.
        harms: the layer ``harms``.
    """

    def __init__(
        self, around: Surroundings, causes: tuple[Mention, ...], events: Events, harms: tuple[Mention, ...]
    ) -> None:
        self._around = around
        self._row = around.row(c for c in causes if c.label == "perpetrator")
        self._acts = Placed(tuple(c for c in causes if c.label != "perpetrator"))
        self._events = events
        self._harms = Placed(harms)

    def of(self, asked: Asked, cause: Carried | None, when: Carried | None) -> Carried | None:
        """Give the actor of a harm.

        Args:
            asked: the harm.
            cause: its cause.
            when: when it happened.
        """
        near = self._around.near(self._row, asked.start, asked.harm)
        anchors = [asked.harm, (cause.mention.start, cause.mention.end)] if cause else [asked.harm]
        for actor in near:
            if asked.label == "detained" and self._is_arrest(actor):
                continue
            if _is_tied(actor, anchors):
                return Carried(actor, "sentence", f"actor of the harm ({actor.value['relation']})")
        here = self._around.sentence(asked.start)
        deed = "harm" if cause is None or cause.basis == "sentence" else "event"
        for actor in self._before(here, PRONOUN):
            # "The coalition said so. It carried out 90 strikes": the pronoun's actor stands before.
            if _is_tied(actor, anchors):
                return Carried(actor, "context", f"actor of the {deed} ({actor.value['relation']})")
        if asked.label not in HARMED or (cause is not None and cause.mention.label in UNARMED):
            return None
        if cause is not None and str(cause.mention.value["head"]).split()[-1] in TWO_SIDED:
            return None
        for actor in near:
            if self._is_beside(actor, asked, cause):
                return Carried(actor, "sentence", f"actor of the sentence ({actor.value['relation']})")
        if cause is None:
            return None
        if cause.basis == "context":
            for actor in self._row.mentions[:FAR]:
                if _is_tied(actor, anchors[1:]):
                    return Carried(actor, "context", f"actor of the event ({actor.value['relation']})")
        kind = self._kind(asked, cause)
        if (
            kind == "other"
            or (asked.scope == "cumulative" and kind != "known")
            or self._events.leads_back(asked.start)
        ):
            return None
        told = self._told(asked, cause.mention, kind, when)
        return Carried(told, "context", f"actor told nearby ({told.value['relation']})") if told else None

    def _is_arrest(self, actor: Mention) -> bool:
        """Tell an arrest, in which the police do no harm, from the jailing of opponents."""
        return self._around.text[actor.start : actor.end].split()[-1].lower() in LAW

    def _kind(self, asked: Asked, cause: Carried) -> str:
        """Tell how the text speaks of the cause: as "known", "bare", "new" or "other"."""
        kind = article(self._around, cause.mention.start)
        listed = LISTED.search(self._around.text[max(0, self._around.bounds(asked.start)[0] - 8) :][:16])
        if cause.basis == "context" or (kind == "new" and listed):
            return "known" if kind == "known" else "bare"
        return kind

    def _is_beside(self, actor: Mention, asked: Asked, cause: Carried | None) -> bool:
        """Tell whether an actor of the sentence, tied to another act, did this harm as well."""
        lo, hi = actor.value["anchor"]
        owned = actor.rule == "victims" or actor.value["relation"] in {"blamed", "claimed"}
        counted = not owned and self._harms.touching(lo, hi)
        if actor.value["against"] or counted:
            return False
        if not (self._agree(actor, cause.mention) if cause else owned):
            return False
        first, last = min(hi, asked.harm[1]), max(lo, asked.harm[0])
        return PARTED.search(self._around.text, first, max(first, last)) is None

    def _told(self, asked: Asked, cause: Mention, kind: str, when: Carried | None) -> Mention | None:
        """Find the actor in the sentences before, the nearest first, else in those after."""
        here = self._around.sentence(asked.start)
        for actor in (*self._before(here, BEFORE[kind]), *self._after(here)):
            if actor.value["against"] or not self._agree(actor, cause, strict=kind != "known"):
                continue
            if asked.scope == "cumulative" and actor.value["relation"] not in OWNING:
                # "Militants kidnapped a soldier. ... The offensive has killed 200": one deed makes no campaign.
                continue
            if self._is_arrest(actor) and cause.label not in BY_POLICE:
                continue
            there = self._around.sentence(actor.start)
            if (there > here or actor.value["relation"] == "blamed") and self._is_new(actor):
                # "The group behind a string of attacks" is not said to have done this one.
                continue
            one = self._around.one_event(here, there) and self._around.one_spot(here, there)
            if one and not self._events.is_another(actor, when):
                return actor
        return None

    def _is_new(self, actor: Mention) -> bool:
        """Tell an actor of "an attack", which need not be the one told of before, from that of "the attack"."""
        lo, hi = actor.value["anchor"]
        if actor.value["relation"] == "blamed" and SERIES.search(self._around.text, max(0, lo - 40), lo):
            return True
        named = self._acts.touching(lo, hi)
        return any(
            not act.value["verbal"] and article(self._around, act.start) in {"new", "other"} for act in named
        )

    def _before(self, here: int, reach: int) -> Iterator[Mention]:
        for back in range(1, reach + 1):
            yield from self._row.of(here - back)

    def _after(self, here: int) -> Iterator[Mention]:
        for ahead in range(1, BLAMED + 1):
            for actor in islice(self._row.of(here + ahead), FAR):
                if ahead <= AFTER or (actor.value["cue"] and not self._is_bare_blame(actor)):
                    yield actor

    def _is_bare_blame(self, actor: Mention) -> bool:
        """Tell blame with no word for the deed beside it: it is of what was told just before."""
        lo, hi = actor.value["anchor"]
        cue = str(actor.value["cue"])
        return cue == self._around.text[lo:hi] and cue.lower().startswith(("accus", "blam"))

    def _agree(self, actor: Mention, cause: Mention, *, strict: bool = False) -> bool:
        """Tell whether the act of an actor can be the cause of a harm."""
        mine, theirs = cause.label, self._method(actor)
        if theirs is None or "other" in {mine, theirs}:
            return not strict or mine == theirs or actor.value["relation"] in {"blamed", "claimed"}
        return mine == theirs or any({mine, theirs} <= family for family in FAMILIES)

    def _method(self, actor: Mention) -> str | None:
        """Give the method of the act, where the text names one with it."""
        lo, hi = actor.value["anchor"]
        named = self._acts.touching(lo, hi)
        if named and named[0].value["weak"] and actor.value["relation"] in {"blamed", "claimed"}:
            # Who owns up to "the attack" owns up to the bombs and the shots of it.
            return "other"
        return named[0].label if named else None


def _is_tied(actor: Mention, anchors: list[tuple[int, int]]) -> bool:
    a, b = actor.value["anchor"]
    return any(a < hi and lo < b for lo, hi in anchors)
