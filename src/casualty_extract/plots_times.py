"""Days on an axis: where points of one day stand, which days have a tick, and how dates are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from casualty_extract.plots_style import INK, QUIET, lettered

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from casualty_extract.records import IncidentTime

__all__ = ["dated", "period", "spread", "ticks"]

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
"""Not those of the calendar module, which go by the machine's language."""
APART = 10.0
"""How far points of one day stand apart at most, in points."""
UNDATED = 0.1
"""The width of the strip for what has no date, as a share of the days."""
WEEKS, MONTHLY, YEARLY = 12, 75, 800
"""From so many days on there is a tick a week, a month, a year."""
BESIDE = 0.012
"""The room beside the days, as a share of them."""
MOST = 9
"""Ticks at most."""


def dated(day: date) -> str:
    """Write a day, in English whatever the machine's language.

    >>> dated(date(2017, 9, 1))
    '1 September 2017'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def period(time: IncidentTime | None) -> str | None:
    """Write the time of an incident; None where it is not known.

    >>> from casualty_extract.records import IncidentTime
    >>> period(IncidentTime(earliest=date(2017, 9, 1), latest=None))
    'since 1 September 2017'
    """
    if time is None or (time.earliest is None and time.latest is None):
        return None
    if time.latest is None and time.earliest is not None:
        return f"since {dated(time.earliest)}"
    if time.earliest is None and time.latest is not None:
        return f"until {dated(time.latest)}"
    first, last = time.earliest, time.latest
    assert first is not None
    assert last is not None
    return dated(first) if first == last else f"{dated(first)} to {dated(last)}"


def spread(days: Sequence[date | None], width: float) -> tuple[list[float], float]:
    """Give where points stand on the axis of days: those of one day side by side, those without one in a strip before.

    >>> spread([date(1970, 1, 1), date(1970, 1, 1), date(1970, 1, 3)], 300.0)
    ([719162.95, 719163.05, 719165.0], 719165.5)

    Args:
        days: of the points.
        width: of the axis in points.

    Returns:
        The places as ordinals of days, and the end of the last day.
    """
    known = [day.toordinal() for day in days if day is not None]
    if not known:
        step = min(APART / width, 0.8 / max(len(days), 1))
        return [0.0 + (n - (len(days) - 1) / 2) * step for n in range(len(days))], 0.5
    first, last = min(known), max(known)
    strip = _strip(first, last) if len(known) < len(days) else 0.0
    day = width / (last - first + 1 + strip)
    counts, seen = Counter(days), Counter[date | None]()
    places = []
    for given in days:
        room = day * (0.8 if given is not None else 0.8 * strip)
        step = min(APART, room / counts[given]) / day
        middle = float(given.toordinal()) if given is not None else first - 0.5 - strip / 2
        places.append(middle + (seen[given] - (counts[given] - 1) / 2) * step)
        seen[given] += 1
    return places, last + 0.5


def _strip(first: int, last: int) -> float:
    return max(0.35, (last - first + 1) * UNDATED)


def ticks(axes: Axes, days: Sequence[date], *, undated: bool, last: float) -> None:
    """Set the limits and ticks of the axis of days.

    Args:
        axes: the axes.
        days: the days that points have.
        undated: whether there is a strip for points without a day.
        last: the end of the last day.
    """
    first = min(days).toordinal() if days else 0
    places, labels = [], []
    if days:
        year = None
        for day, form in _chosen(min(days), max(days)):
            text = {"day": f"{day.day} {MONTHS[day.month - 1][:3]}", "month": MONTHS[day.month - 1][:3]}.get(
                form, ""
            )
            if form == "year":
                text = str(day.year)
            elif day.year != year:
                text += f"\n{day.year}"
            year = day.year
            places.append(float(day.toordinal()))
            labels.append(text)
    left = first - 0.5
    if undated:
        left -= _strip(first, int(last - 0.5)) if days else 0.0
        places.insert(0, (left + first - 0.5) / 2 if days else 0.0)
        labels.insert(0, "no\ndate")
        if days:
            axes.axvline(first - 0.5, color=QUIET, linewidth=0.8, linestyle=(0, (1, 2)), marker="", zorder=1)
    # Half a mark beside the first and the last day.
    beside = (last - left) * BESIDE
    axes.set_xlim(left - beside, last + beside)
    axes.set_xticks(places, labels, minor=False)
    axes.tick_params(axis="x", length=3, width=0.8, color=QUIET, pad=3)
    for label in axes.get_xticklabels():
        label.set(**lettered(8.5, INK))
    axes.spines["bottom"].set(visible=True, color=QUIET, linewidth=0.8)


def _chosen(first: date, last: date) -> Iterator[tuple[date, str]]:
    span = (last - first).days + 1
    if span < MONTHLY:
        step = max(1, -(-span // MOST)) if span < WEEKS else 7 * -(-span // (7 * MOST))
        for number in range(0, span, step):
            yield first + timedelta(days=number), "day"
        return
    months = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    if span < YEARLY:
        step = next(n for n in (1, 2, 3, 6) if len(months) <= n * MOST)
        yield from ((month, "month") for month in months if (month.month - 1) % step == 0)
        return
    years = [month for month in months if month.month == 1]
    step = next((n for n in (1, 2, 5, 10, 20, 50, 100) if len(years) <= n * MOST), 500)
    yield from ((year, "year") for year in years if year.year % step == 0)
