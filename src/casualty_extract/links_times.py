"""When a harm happened: the time in its own sentence, else the one told before.

The nearest time of the sentence comes first, unless its clause tells of something else than the harm;
else a day or a few, or a month, is carried over from the sentences around, those first that date the
same harm, then those that date any harm or its cause. A running total takes a period alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from spacy.tokens import Doc

from casualty_extract.facts import facts
from casualty_extract.links_surroundings import Asked, Carried, Surroundings
from casualty_extract.links_times_clauses import Clauses
from casualty_extract.mentions import Mention

__all__ = ["Times"]

FEW_DAYS = 4
"""The longest interval that dates an event: a weekend and a day on each side."""
OPEN = frozenset({"since", "since_onset", "until", "before"})
"""The rules of times with an open end, which bound what they tell of and do not date it."""
OF_OTHERS = frozenset({"after_clause"})
"""The rules of times that date another event than that of their sentence: "two days after the raid"."""
COUNTED_BACK = frozenset({"anchored"})
"""The rules of times that are counted from one told before: "a month earlier", "the following day"."""
SINCE = frozenset({"since", "since_onset"})
OWN = frozenset({"detained", "displaced", "rescued", "trapped", "infected"})
"""Harms that last or follow the event on days of their own: no time is carried over to them."""
MOMENTARY = frozenset({"killed", "injured", "casualties"})
"""Harms that happen at a time; "since Monday" tells how long the others last."""
DATED = frozenset({"killed", "injured", "casualties", "missing", "abducted"})
"""Harms whose times date the event."""
THIS_PERIOD = re.compile(r"\b(?:this|that) (?:time |reporting )?period\b", re.IGNORECASE)
"""What points back to the period told of last."""


Test = Callable[[Mention], bool]


class Times:
    """The times of one article, asked for by the place of a harm.

    Args:
        around: what stands around each harm.
        doc: the tokens, whose order tells the clauses.
        times: the layer ``times``.
        harms: the layer ``harms``.
        causes: the causes of the layer ``causes``, without its actors.
    """

    def __init__(
        self,
        around: Surroundings,
        doc: Doc,
        times: tuple[Mention, ...],
        harms: tuple[Mention, ...],
        causes: tuple[Mention, ...],
    ) -> None:
        self._around = around
        self._times = around.row(t for t in times if t.value.get("role") == "event")
        self._harms = around.row(harms)
        self._clauses = Clauses(doc, (*harms, *causes))
        self._dating = self._tie(harms, causes)
        published = facts(doc).published
        self._latest = (published + timedelta(days=1)).isoformat() if published else None

    def of(self, asked: Asked) -> Carried | None:
        """Give the time of a harm."""
        if asked.scope == "cumulative" and (period := self._period(asked, named=True)):
            return period
        near = self._near(asked.start, asked.harm)
        if asked.scope == "additional":
            near = [t for t in near if t.rule not in SINCE]
        near = [t for t in near if not self._clauses.is_of_another(t, asked.harm)]
        near = [t for t in near if not (t.rule in OPEN and self._clauses.is_record(t))]
        # Sorting is stable: the nearest stays first among its like.
        near.sort(key=lambda t: self._clauses.is_parted(t, asked.start))
        # "43 open reports from previous months" were open before the month that the sentence tells of.
        if asked.unit == "reports" and asked.scope == "cumulative":
            near.sort(key=lambda t: t.rule != "before")
        bounded = asked.scope == "event" and asked.label in MOMENTARY
        own = [t for t in near if not (bounded and t.rule in OPEN)]
        if own:
            return Carried(own[0], "sentence", "time in the sentence")
        told = self._told(asked)
        if told is not None:
            return told
        # Nothing better is told: what stands beside the harm is taken all the same.
        return Carried(near[0], "sentence", "only time in the sentence") if near else None

    def _near(self, start: int, harm: tuple[int, int]) -> list[Mention]:
        return self._around.near(self._times, start, harm)

    def _tie(self, harms: tuple[Mention, ...], causes: tuple[Mention, ...]) -> dict[int, set[str]]:
        """Find for each time, by its start, what it dates: labels of harm, and "" for a cause."""
        dating: dict[int, set[str]] = {}
        if not self._times.mentions:
            return dating
        told = [(h, h.label) for h in harms if h.label in DATED]
        told += [(c, "") for c in causes]
        for mention, label in told:
            span = (mention.start, mention.end)
            near = self._near(mention.start, span)
            own = next((t for t in near if not self._clauses.is_of_another(t, span)), None)
            if own is not None:
                dating.setdefault(own.start, set()).add(label)
        return dating

    def _has_company(self, start: int) -> bool:
        """Tell whether a sentence counts the dead or hurt of the event too: "17 died and 35 were rescued"."""
        return any(h.label in DATED for h in self._harms.of(self._around.sentence(start)))

    def _told(self, asked: Asked) -> Carried | None:
        """Find the time told in another sentence."""
        if asked.scope == "cumulative":
            return self._period(asked)
        if asked.label == "detained" or (asked.label in OWN and not self._has_company(asked.start)):
            return None

        here = asked.start

        def same(t: Mention) -> bool:
            return t.start < here and asked.label in self._dating.get(t.start, ())

        def before(t: Mention) -> bool:
            return t.start < here and t.start in self._dating

        def after(t: Mention) -> bool:
            return t.start in self._dating

        def may_date(t: Mention) -> bool:
            # "A month earlier, 30 had drowned" counts from what was told before, and is another day than that.
            return t.start < here or t.rule not in COUNTED_BACK

        tiers: tuple[tuple[Test, str], ...] = (
            (same, "time of the same harm, told before"),
            (before, "time of the event, told before"),
            (after, "time of the event, told later"),
            (lambda _: True, "time told before"),
        )
        # A month dates the reports of it, and what has no day.
        for grain in (_is_either,) if asked.unit == "reports" else (_is_day, _is_month):
            for fits, rule in tiers:
                carried = self._around.before(self._times, here, _all(grain, fits, may_date, self._has_come))
                if carried is not None:
                    return Carried(carried, "context", rule)
        return None

    def _has_come(self, time: Mention) -> bool:
        """Tell whether a time had come when the article was published: "the mission will end on December 31"."""
        earliest = time.value["earliest"]
        return self._latest is None or not earliest or earliest <= self._latest

    def _period(self, asked: Asked, *, named: bool = False) -> Carried | None:
        """Find the period of a running total told before.

        Args:
            asked: the harm.
            named: only where the sentence points back to it: "During this period".
        """
        around = self._around
        first, last = around.bounds(asked.start)
        pointed = THIS_PERIOD.search(around.text, first, last) is not None
        if named and not pointed:
            return None
        carried = around.before(self._times, asked.start, _is_period)
        if carried is None or carried.start > asked.start:
            return None
        if not pointed and around.sentence(asked.start) - around.sentence(carried.start) > 1:
            return None
        return Carried(carried, "context", "period told before")


def _all(*tests: Test) -> Test:
    return lambda time: all(test(time) for test in tests)


def _is_day(time: Mention) -> bool:
    """A few days date the event for the sentences around; a year or a long period is background.

    A weekday that nothing dates is carried too, with its ends null: it is the event's own.
    """
    if time.rule in OPEN or time.rule in OF_OTHERS:
        return False
    days = _days(time)
    return time.label == "day" or (days is not None and days <= FEW_DAYS)


def _is_month(time: Mention) -> bool:
    return time.rule not in OPEN and time.label == "month"


def _is_either(time: Mention) -> bool:
    return _is_day(time) or _is_month(time)


def _is_period(time: Mention) -> bool:
    """A running total covers a period with a start: "since 2014", "from August 2014 to July 2017"."""
    days = _days(time)
    return time.rule in SINCE or (days is not None and days > FEW_DAYS)


def _days(time: Mention) -> int | None:
    """Count the days of an interval whose ends are known."""
    first, last = time.value["earliest"], time.value["latest"]
    if time.label != "interval" or not first or not last:
        return None
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
