"""By what: the cause of a harm.

What stands in the harm's own sentence comes first; else it is carried over from the sentences before,
which tell of the same event.
"""

from __future__ import annotations

import re
from dataclasses import replace

from casualty_extract.links_causes_articles import article
from casualty_extract.links_events import Events
from casualty_extract.links_surroundings import Asked, Carried, Surroundings
from casualty_extract.mentions import Mention, Placed

__all__ = ["Causes"]

CAUSED = frozenset({"killed", "injured", "casualties", "missing", "infected", None})
"""The harms whose cause is carried over from the sentences around."""
ESCAPED = frozenset({"displaced", "rescued", "trapped"})
"""The harms that disasters and accidents bring with them: theirs is carried over too."""
DISASTERS = frozenset(
    """crash collapse earthquake flood storm landslide volcano tsunami wildfire fire explosion shipwreck""".split()
)
CHAINS = (
    frozenset({"airstrike", "missile", "drone"}),
    frozenset({"storm", "flood", "landslide"}),
    frozenset({"earthquake", "tsunami", "landslide"}),
)
"""Causes of which one brings the other: of these the first named counts, as in "missiles from a drone"."""
PART = re.compile(r"\b(?:including|among them|one of)\b[^,.;]*\bwho[^,.;]*$", re.IGNORECASE)
OF_ONE = re.compile(r"\b(?:was|is)\s+(?:\w+ly\s+|also\s+|then\s+|being\s+|later\s+)*$", re.IGNORECASE)
"""What stands before the verb that tells what was done to one person."""
BOMBERS = frozenset({"suicide bomber", "car bomber"})


class Causes:
    """The causes of one article, asked for by the place of a harm.

    Args:
        around: what stands around each harm.
        causes: the layer ``causes``.
        events: which events the text tells apart.
        harms: the layer ``harms``.
    """

    def __init__(
        self, around: Surroundings, causes: tuple[Mention, ...], events: Events, harms: tuple[Mention, ...]
    ) -> None:
        self._around = around
        self._causes = around.row(c for c in causes if c.label != "perpetrator")
        self._events = events
        self._harms = Placed(harms)
        # "Police shot the gunman": no cause of what he did.
        struck = sorted(tuple(c.value["anchor"]) for c in causes if c.value.get("against"))
        self._struck = Placed(tuple(Mention(lo, hi, "struck", "anchor") for lo, hi in struck))

    def cause(self, asked: Asked, when: Carried | None) -> Carried | None:
        """Give the cause of a harm.

        Args:
            asked: the harm.
            when: when it happened.
        """
        near = self._around.near(self._causes, asked.start, asked.harm)
        if any(self._is_struck(c, asked) for c in near):
            # "Police killed two would-be suicide bombers": the word tells who died, not how.
            near = [c for c in near if c.value["head"] not in BOMBERS]
            return Carried(near[0], "sentence", "cause in the sentence") if near else None
        near = [c for c in near if not self._is_of_part(c, asked)]
        if asked.label == "detained":
            # The blast is no cause of the arrests that followed it; a sweep is.
            near = [c for c in near if c.label == "crackdown"]
        if asked.label == "abducted":
            near = [c for c in near if c.label not in {"shooting", "stabbing"}]
        # "It comes a week after an attack in Arda": how that one was done the rest of the text does not say.
        near = [self._as_named(c) for c in near]
        told = [c for c in near if c.label != "other" or not c.value["weak"]]
        if told:
            return Carried(self._first(told), "sentence", "cause in the sentence")
        new = (
            bool(near)
            and not near[0].value["verbal"]
            and article(self._around, near[0].start) in {"new", "other"}
        )
        if new or self._events.leads_back(asked.start) or asked.label not in CAUSED | ESCAPED:
            return Carried(near[0], "sentence", "cause in the sentence") if near else None
        here = self._around.sentence(asked.start)

        def fits(m: Mention) -> bool:
            if asked.label in ESCAPED and not (
                m.label in DISASTERS and 0 <= here - self._around.sentence(m.start) <= 3
            ):
                return False
            struck = self._struck.touching(m.start, m.end)
            if asked.many and self._is_of_one(m):
                return False
            return not struck and not self._events.is_another(m, when)

        carried = self._around.before(
            self._causes,
            asked.start,
            lambda m: m.label != "other" and -3 <= here - self._around.sentence(m.start) <= 8 and fits(m),
        )
        if carried is not None:
            return Carried(carried, "context", "cause told before")
        if near:
            return Carried(near[0], "sentence", "cause in the sentence")
        carried = self._around.before(
            self._causes, asked.start, lambda m: -2 <= here - self._around.sentence(m.start) <= 6 and fits(m)
        )
        return Carried(carried, "context", "cause told before") if carried else None

    def _is_of_one(self, cause: Mention) -> bool:
        """Tell how one person died: "a third was shot" is no cause of the many of another sentence."""
        if not cause.value["verbal"] or not self._harms.touching(cause.start, cause.end):
            return False
        return OF_ONE.search(self._around.text, max(0, cause.start - 40), cause.start) is not None

    def _as_named(self, cause: Mention) -> Mention:
        bare = cause.rule == "context" and str(cause.value["head"]).startswith("attack")
        return replace(cause, label="other") if bare and self._events.leads_back(cause.start) else cause

    def _is_struck(self, cause: Mention, asked: Asked) -> bool:
        """Tell whether the bombers that a sentence names are those who were killed."""
        if cause.value["head"] not in BOMBERS or not asked.harm[1] <= asked.start < cause.start:
            return False
        return len(self._around.text[asked.start : cause.start].split()) <= 2

    def _is_of_part(self, cause: Mention, asked: Asked) -> bool:
        """Tell the cause of some of the harmed: "12 people, including one who was beheaded"."""
        if cause.start <= asked.start or not cause.value["verbal"]:
            return False
        return PART.search(self._around.text[asked.start : cause.start][-160:]) is not None

    def _first(self, told: list[Mention]) -> Mention:
        """Give the nearest cause, or the one named before it that brought it about."""
        nearest = told[0]
        for cause in sorted(told, key=lambda c: c.start):
            if cause.start >= nearest.start:
                break
            between = self._around.text[cause.end : nearest.start]
            chained = any({cause.label, nearest.label} <= chain for chain in CHAINS)
            if (chained or between == " and ") and not self._harms.starting(cause.end, nearest.start):
                return cause
        return nearest
