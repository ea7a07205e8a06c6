"""When a harm happened: the time in its own sentence, else the one told before.

The nearest time of the sentence comes first; else a day or a few, or a month, is carried over from the
sentences before, which tell of the same event.
"""

from __future__ import annotations

from datetime import date

from casualty_extract.links_surroundings import Carried, Surroundings
from casualty_extract.mentions import Mention

__all__ = ["Times"]

FEW_DAYS = 4
"""The longest interval that dates an event: a weekend and a day on each side."""


class Times:
    """The times of one article, asked for by the place of a harm.

    Args:
        around: what stands around each harm.
        times: the layer ``times``.
    """

    def __init__(self, around: Surroundings, times: tuple[Mention, ...]) -> None:
        self._around = around
        self._times = around.row(t for t in times if t.value.get("role") == "event")

    def of(self, start: int, harm: tuple[int, int], scope: str) -> Carried | None:
        """Give the time of a harm: where the figure and the harm stand, and the scope of the figure."""
        near = self._around.near(self._times, start, harm)
        if scope == "additional":
            near = [t for t in near if t.rule not in {"since", "since_onset"}]
        if near:
            return Carried(near[0], "sentence", "time in the sentence")
        carried = self._around.before(self._times, start, self._can_carry)
        return Carried(carried, "context", "time told before") if carried else None

    @staticmethod
    def _can_carry(time: Mention) -> bool:
        """A few days or a month date the event for the sentences around; a year or a long period is background.

        A weekday that nothing dates is carried too, with its ends null: it is the event's own.
        """
        first, last = time.value["earliest"], time.value["latest"]
        if time.label == "interval" and first and last:
            return (date.fromisoformat(last) - date.fromisoformat(first)).days <= FEW_DAYS
        return time.label in {"day", "month"}
