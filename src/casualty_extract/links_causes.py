"""By what: the cause of a harm.

What stands in the harm's own sentence comes first; else it is carried over from the sentences before,
which tell of the same event.
"""

from __future__ import annotations

from casualty_extract.links_surroundings import Carried, Surroundings
from casualty_extract.mentions import Mention

__all__ = ["Causes"]

CAUSED = frozenset({"killed", "injured", "casualties", "missing", "infected", None})
"""The harms whose cause is carried over from the sentences around."""


class Causes:
    """The causes of one article, asked for by the place of a harm.

    Args:
        around: what stands around each harm.
        causes: the layer ``causes``.
    """

    def __init__(self, around: Surroundings, causes: tuple[Mention, ...]) -> None:
        self._around = around
        self._causes = around.row(c for c in causes if c.label != "perpetrator")

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
