"""Times of day in figures, which stand beside days in a sentence cut into pieces.

*Finds* "8 a.m.", "9:30pm local time", "1430 GMT", "10 o'clock", "0600 hours".
*Leaves alone* bare figures, scores and dates.
*Marks* nothing by itself: `times_singles` takes a time of day into the time of the day beside it.
"""

from __future__ import annotations

from casualty_extract.times_spans import Spans

__all__ = ["Clocks"]

ZONES = frozenset("gmt utc est edt cst cdt mst mdt pst pdt bst cet cest eet ist jst local".split())


class Clocks(Spans):
    """Reads the times of day of one sentence; each method takes a place and gives where one ends, or None."""

    def clock(self, i: int) -> int | None:
        """Give the end of a time of day in figures: "8 a.m.", "9:30pm", "1430 GMT", "10 o'clock"."""
        low, k = self.low(i), i + 1
        if not low.isascii() or not low.isdigit() or len(low) not in {1, 2, 4}:
            return None
        if int(low[:2]) > 24 or low == "0" or (self.glued(i) and self.low(i - 1) in {".", ":", "/"}):
            return None
        minutes = (
            self.low(k) in {":", "."} and self.glued(k) and self.glued(k + 1) and len(self.low(k + 1)) == 2
        )
        if minutes and self.low(k + 1).isdigit():
            k += 2
        else:
            minutes = False
        half = self.half_of_day(k)
        if half is None and not minutes and self.low(k) not in ZONES | {"hours", "o"}:
            return None
        k = half or k
        if self.low(k) in {"hours", "hrs"}:
            k += 1
        elif [self.low(k + n) for n in range(3)] == ["o", "'", "clock"]:
            k += 3
        if self.low(k) in ZONES:
            k += 1
            k += self.low(k) == "time"
        return k

    def half_of_day(self, i: int) -> int | None:
        """Give the end of "a.m." and "pm"."""
        if self.low(i) in {"am", "pm"}:
            return i + 1
        if self.low(i) in {"a", "p"} and self.low(i + 1) == "." and self.low(i + 2) == "m":
            return i + 3 + (self.low(i + 3) == "." and self.glued(i + 3))
        return None
