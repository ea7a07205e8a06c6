"""By what and by whom: the cause and the actor of a harm.

What stands in the harm's own sentence comes first; else it is carried over from the sentences before,
which tell of the same event.
"""

from __future__ import annotations

from casualty_extract.links_surroundings import FAR, Carried, Surroundings
from casualty_extract.mentions import Mention

__all__ = ["Causes"]

CAUSED = frozenset({"killed", "injured", "casualties", "missing", "infected", None})
"""The harms whose cause is carried over from the sentences around."""
UNARMED = frozenset(
    """crash collapse earthquake flood storm landslide volcano tsunami wildfire heat cold fire explosion shipwreck
    stampede disease famine""".split()
)
"""Causes that have no actor where the text names none beside them."""


class Causes:
    """The causes and actors of one article, asked for by the place of a harm.

    Args:
        around: what stands around each harm.
        causes: the layer ``causes``, which holds the actors too.
    """

    def __init__(self, around: Surroundings, causes: tuple[Mention, ...]) -> None:
        self._around = around
        self._causes = around.row(c for c in causes if c.label != "perpetrator")
        self._actors = around.row(c for c in causes if c.label == "perpetrator")

    def cause(self, start: int, harm: tuple[int, int], label: str | None) -> Carried | None:
        """Give the cause of a harm: where the figure and the harm stand, and the label of the harm."""
        near = self._around.near(self._causes, start, harm)
        if label == "detained":
            # The blast is no cause of the arrests that followed it; a sweep is.
            near = [c for c in near if c.label == "crackdown"]
        told = [c for c in near if c.label != "other"]
        if told:
            return Carried(told[0], "sentence", "cause in the sentence")
        if label not in CAUSED:
            return Carried(near[0], "sentence", "cause in the sentence") if near else None
        here = self._around.sentence(start)
        carried = self._around.before(
            self._causes,
            start,
            lambda m: m.label != "other" and -3 <= here - self._around.sentence(m.start) <= 8,
        )
        if carried is not None:
            return Carried(carried, "context", "cause told before")
        if near:
            return Carried(near[0], "sentence", "cause in the sentence")
        carried = self._around.before(
            self._causes, start, lambda m: -2 <= here - self._around.sentence(m.start) <= 6
        )
        return Carried(carried, "context", "cause told before") if carried else None

    def actor(self, start: int, harm: tuple[int, int], cause: Carried | None) -> Carried | None:
        """Give the actor of a harm by its cause."""
        near = self._around.near(self._actors, start, harm)
        anchors = [harm, (cause.mention.start, cause.mention.end)] if cause else [harm]
        for actor in near:
            a, b = actor.value["anchor"]
            if any(a < hi and lo < b for lo, hi in anchors):
                return Carried(actor, "sentence", f"actor of the harm ({actor.value['relation']})")
        if cause is not None and cause.basis == "context":
            lo, hi = cause.mention.start, cause.mention.end
            for actor in self._actors.mentions[:FAR]:
                a, b = actor.value["anchor"]
                if a < hi and lo < b:
                    return Carried(actor, "context", f"actor of the event ({actor.value['relation']})")
        if cause is not None and cause.basis == "context" and cause.mention.label not in UNARMED:
            here = self._around.sentence(start)
            last = self._around.before(
                self._actors, start, lambda m: abs(self._around.sentence(m.start) - here) <= 3
            )
            if last is not None:
                return Carried(last, "context", "actor told before")
        return None
