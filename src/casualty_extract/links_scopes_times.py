"""When a harm befell, as far as it bears on the scope of a figure: on a day, in a period, ever since."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from casualty_extract.links_scopes_clauses import Clause
from casualty_extract.mentions import Mention

__all__ = ["MONTH", "STATES", "Timing"]

DAYS = 3
"""The longest interval that is the time of one event."""
MONTH = 31
"""The longest interval that is told of as weeks or a month, in days."""
CLOSE = 90
"""How many characters a period may stand behind the harm that it dates."""
ONSET = 12
"""How many words behind "since" its time may stand."""
SINCE = frozenset({"since", "since_onset"})
STATES = frozenset(
    "held missing detained jailed imprisoned captive hostage trapped stranded serving wanted".split()
)
"""What people are "since May" without being counted since then."""
PARTING = frozenset("that which who whose when where after before until".split())
"""Words behind which another event of the sentence has its own time."""


class Timing:
    """The time of a clause that stands nearest to the harm, and what kind of time it is.

    Args:
        clause: the surroundings of a figure.
    """

    def __init__(self, clause: Clause) -> None:
        self.clause = clause

    @cached_property
    def mention(self) -> Mention | None:
        """The time; None where the clause names none."""
        clause = self.clause
        return min(clause.facts.times.touching(*clause.span), key=clause.distance, default=None)

    @cached_property
    def dated(self) -> bool:
        """A day or a few dates the harm."""
        return self.mention is not None and self.period == "day"

    @cached_property
    def period(self) -> str:
        """How long the time of the clause is: "day", "month" (weeks too), "year", "long" or ""."""
        time = self.mention
        if time is None:
            return ""
        if time.rule in SINCE or time.label == "multi_year":
            return "long"
        if time.label in {"year", "season"}:
            return "year"
        if time.label in {"week", "month"}:
            return "month"
        if time.label == "interval":
            if self.days >= 0:
                return "day" if self.days <= DAYS else "month" if self.days <= MONTH else "long"
            if "day" in self.told or "hour" in self.told:
                return "day"
            return "long" if any(unit in self.told for unit in ("year", "month", "decade")) else "month"
        return "day"

    @cached_property
    def days(self) -> int:
        """How many days the time of the clause goes on; -1 where nothing tells."""
        if self.mention is None:
            return -1
        first, last = self.mention.value.get("earliest"), self.mention.value.get("latest")
        return (date.fromisoformat(last) - date.fromisoformat(first)).days if first and last else -1

    @property
    def is_of_harm(self) -> bool:
        """The time stands beside the harm, and not with another event of the sentence."""
        time, harm = self.mention, self.clause.harm
        if time is None:
            return False
        if time.end <= harm.start:
            return True
        between = self.clause.text(harm.end, time.start).lower()
        return len(between) <= CLOSE and (PARTING | STATES).isdisjoint(between.split())

    @property
    def is_before_noun(self) -> bool:
        """ "the 1982 killing of 140 people": the time stands before the noun for one event."""
        time, harm = self.mention, self.clause.harm
        if time is None or harm.value.get("part") != "noun":
            return False
        return time.end <= harm.start and not self.clause.text(time.end, harm.start).strip()

    @property
    def is_genitive(self) -> bool:
        """ "last week's attacks"."""
        end = 0 if self.mention is None else self.mention.end
        return self.clause.text(end, end + 2) in {"'s", "’s"}

    @property
    def is_running(self) -> bool:
        """ "this year": the period is not over."""
        return self.told.startswith(("this ", "so far", "the year"))

    @property
    def is_past(self) -> bool:
        """ "over the past week": the period ends now."""
        return "past" in self.told.split() or "last" in self.told.split()[1:2]

    def is_since(self, place: int) -> bool:
        """Tell whether "since", at a token, dates: not so behind a comma where no time follows it."""
        laid = self.clause.laid
        before, following = laid.back(place, 1), laid.ahead(place, ONSET)
        if not following or not before or laid.words[before[0]].text != ",":
            return True
        end = following[-1]
        return bool(self.clause.facts.times.touching(laid.starts[place], laid.starts[end] + 1))

    @property
    def is_spanned(self) -> bool:
        """ "between July 4 and July 17": two ends of a period are named."""
        return self.told.startswith(("between ", "from "))

    @property
    def told(self) -> str:
        """The words of the time, in lower case; empty without one."""
        return "" if self.mention is None else self.clause.text(self.mention.start, self.mention.end).lower()
