"""When: the civil dates that a text names, each with the interval it means.

*Finds* "Friday", "March 14", "since August 2014", "from August 2014 to July 2017", "during the month of
July", "last week", "overnight", "two weeks ago", "a day earlier", "the first quarter of 2016",
"27/08/2016", "early Sunday", "Christmas Day", "the past 24 hours".
*Leaves alone* durations ("for three days"), ages, times of day alone ("9 p.m."), "one day", "every Friday",
"today" where it means "in our time" ("it still stands today"),
"May" and "March" as verbs and names, numbers that count ("2000 people").
*Marks* layer "times"; the label is the grain: "day", "week", "month", "season", "year", "multi_year" or
"interval"; the rule is the form of the expression. Values: `earliest` and `latest`, ISO dates or None;
`role`: "event", "reporting" (when something was said or published), "dateline" or "named" (it dates the
noun beside it: "the 2012 games"); `dates`: the single dates inside a range, each with its bounds; `ambiguous`: whether
a date in figures could be read otherwise, or a feast lie a day later; `resolved_by`: the rule, or "dateparser"; `base`: what it
counts from, "published", "article" or None; `cue`: the word that gave the role or the future, or None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from spacy.tokens import Doc

from casualty_extract.facts import Origin, facts
from casualty_extract.mentions import Mention
from casualty_extract.reading import Layout, layout
from casualty_extract.times_anchors import Anchors, Found
from casualty_extract.times_calendar import Interval, shift
from casualty_extract.times_meanings import Context, Day, Meaning, Month, Named, Weekday, Year
from casualty_extract.times_orders import Numeric, order_of, shown
from casualty_extract.times_phrases import Phrases
from casualty_extract.times_relations import Open, Range, Window, turned
from casualty_extract.times_roles import future_cue, is_past, role_of
from casualty_extract.times_words import Piece, hints, pieces

__all__ = ["find"]

DATELINES = 2
"""How many different days may be an article's own: published and updated."""

BESIDE = frozenset({"bare_year", "named_period", "century", "era"})
"""The rules of times that date the noun beside them and not what the sentence tells of, unless "in" leads."""
LEADING_IN = frozenset("in during throughout since until before after around about".split())
BETWEEN = frozenset({"the", "early", "mid", "late", "-"})
LEAD = 3
"""How many sentences a headline and the first that follows it can be."""


def find(doc: Doc) -> Iterator[Mention]:
    """Find the times of a text and count out what they mean.

    >>> import spacy
    >>> doc = spacy.blank("en")("A bomb killed six people on March 14, 2017.")
    >>> [(m.label, m.value["earliest"], m.value["latest"]) for m in find(doc)]
    [('day', '2017-03-14', '2017-03-14')]
    """
    laid = layout(doc)
    found = _unheaded([item for n, sentence in enumerate(_hinted(laid)) for item in _read(laid, n, sentence)])
    known = facts(doc)
    found = [item._replace(role="dateline") if _is_own(item, known.origin) else item for item in found]
    base, source, firm = known.published, "published", True
    if base is None:
        base, firm = _own_date(found, laid.text)
        source = "article"
    told = _told(found) if known.published is None else {}
    order = known.date_order or order_of((item.phrase.meaning for item in found), laid.text, known.publisher)
    whole = Context(base=base, firm=firm, year=_only_year(found), order=order, named=_months(found))
    anchors = Anchors(laid, found, whole, told)
    for item in found:
        if not anchors.is_known(item) or anchors.is_nowadays(item):
            continue
        context = anchors.context(item)
        meaning = item.phrase.meaning
        if item.phrase.rule == "after_clause":
            meaning = turned(meaning, anchors.turns(item))
        interval = meaning.resolve(context)
        if interval.earliest and interval.latest and interval.earliest > interval.latest:
            # Only at the ends of the calendar.
            interval = interval._replace(earliest=None, latest=None)
        anchors.add(item, interval)
        yield Mention(
            item.start,
            item.end,
            interval.grain,
            item.phrase.rule,
            {
                "earliest": _iso(interval.earliest),
                "latest": _iso(interval.latest),
                "role": item.role,
                "ambiguous": interval.ambiguous,
                "resolved_by": item.phrase.rule,
                "base": source if base is not None else None,
                "cue": item.cue or item.future,
                "dates": _dates(item.ends, interval, context),
            },
        )


def _hinted(laid: Layout) -> Iterator[tuple[int, int]]:
    """Give the bounds of the sentences that can hold a time: with a digit or a word of time."""
    hinted = [hints(word.text) for word in laid.words]
    for number in range(len(laid.firsts)):
        start, end = laid.bounds(number)
        yield (start, end) if True in hinted[start:end] else (start, start)


def _read(laid: Layout, number: int, bounds: tuple[int, int]) -> Iterator[Found]:
    """Read the times of one sentence, with their roles."""
    if bounds[0] == bounds[1]:
        return
    parts = pieces(laid.doc[bounds[0] : bounds[1]], laid)
    reader = Phrases(parts)
    for phrase in reader.all():
        start, end = parts[phrase.first].start, parts[phrase.last - 1].end
        role, cue = role_of(laid.doc, laid.text, parts, phrase.first, phrase.last)
        # An interval belongs to what it counts: "said since 2014 some 30 had died".
        if isinstance(phrase.meaning, Range | Open | Window) or (
            role == "dateline" and not isinstance(phrase.meaning, Day | Numeric)
        ):
            role, cue = "event", None
        future = future_cue(parts, phrase.first, phrase.last)
        past = cue is not None or is_past(laid.doc, parts, phrase.first, phrase.last)
        ends = tuple((parts[a].start, parts[b - 1].end, meaning) for a, b, meaning in reader.ends(phrase))
        if phrase.rule in BESIDE and not _is_led(parts, phrase.first):
            role, cue = "named", None
        yield Found(phrase, ends, start, end, number, phrase.first <= 1, role, cue, future, past)


def _is_led(parts: Sequence[Piece], first: int) -> bool:
    """Tell whether "in" or the like leads a time to the verb: "in the late 17th century", "during World War II"."""
    k = first - 1
    while k >= 0 and parts[k].low in BETWEEN:
        k -= 1
    return k >= 0 and parts[k].low in LEADING_IN


def _unheaded(found: list[Found]) -> list[Found]:
    """Take dates for headings of what follows, not for the article's own, where there are many."""
    datelines = {item.phrase.meaning for item in found if item.role == "dateline"}
    if len(datelines) <= DATELINES:
        return found
    return [item._replace(role="event") if item.role == "dateline" else item for item in found]


def _is_own(item: Found, origin: Origin | None) -> bool:
    """Tell whether a time is the day of publication as the article itself states it."""
    if origin is None or origin.start is None or origin.end is None:
        return False
    return item.start < origin.end and origin.start < item.end


def _own_date(found: Sequence[Found], text: str) -> tuple[date | None, bool]:
    """Find the day that relative times count from in an article that came without one.

    That is its dateline, or what "this afternoon (July 28, 2022)" says; else the latest day that it tells of,
    where its first sentences tell it or a weekday in the text is that day's. Other days that it tells of are
    mostly long past: counted from the latest of them, 2 of 35 times in news of known days came out right.

    Returns:
        The day, and whether it is the day of the article and not one that it tells of.
    """
    told: list[tuple[date, bool]] = []
    order = _order(found)
    weekdays = {m.number for item in found if isinstance(m := item.phrase.meaning, Weekday)}
    for previous, item in zip((None, *found), found, strict=False):
        meaning = item.phrase.meaning
        if not _is_full(meaning):
            continue
        day, *_, doubtful = meaning.resolve(Context(order=order))
        if day is None or doubtful:
            continue
        if item.role == "dateline":
            return day, True
        if previous is not None and text[previous.end : item.start].strip() == "(":
            base = _counted_from(previous.phrase.meaning, day)
            if base is not None:
                return base, True
        if item.future is None:
            told.append((day, item.sentence < LEAD or day.weekday() in weekdays))
    latest, is_near = max(told, default=(None, False))
    return latest if is_near else None, False


def _counted_from(relative: Meaning, day: date) -> date | None:
    """Give the day from which "today" or "yesterday" is a day; None for a weekday, which weeks of days give."""
    if isinstance(relative, Weekday) or relative.resolve(Context()).earliest is not None:
        return None
    for base in (day, shift(day, "day", 1)):
        if relative.resolve(Context(base=base))[:2] == (day, day):
            return base
    return None


def _told(found: Sequence[Found]) -> dict[tuple[int, int], date]:
    """Give the days told with their year by month and day: "the Jan. 1 strike" is that of "Jan. 1, 2021"."""
    meanings = (item.phrase.meaning for item in found)
    full = (m.resolve(Context()).earliest for m in meanings if isinstance(m, Day) and m.year is not None)
    return {(day.month, day.day): day for day in full if day is not None}


def _is_full(meaning: Meaning) -> bool:
    """Tell whether a meaning is a day with its year."""
    return isinstance(meaning, Day | Numeric) and meaning.year is not None


def _order(found: Sequence[Found]) -> Literal["DMY", "MDY"] | None:
    """Read from the dates in figures that can be read one way only how the others are meant."""
    return shown(item.phrase.meaning for item in found)


def _months(found: Sequence[Found]) -> frozenset[int]:
    named = (item.phrase.meaning for item in found)
    return frozenset(m.month for m in named if isinstance(m, Day | Month))


def _only_year(found: Sequence[Found]) -> int | None:
    """Give the year that an article names, where it names only one, with a month or in its first sentence.

    A year further on that stands by itself is mostly one of long before.
    """
    years: set[int] = set()
    near = False
    for item in found:
        meaning = item.phrase.meaning
        parts = (
            (meaning.first, meaning.last)
            if isinstance(meaning, Range)
            else (getattr(meaning, "of", None) or meaning,)
        )
        for part in parts:
            if isinstance(part, Day | Month | Named | Numeric | Year) and part.year is not None:
                years.add(part.year)
                near = near or isinstance(part, Day | Month | Numeric) or item.sentence == 0
    return years.pop() if len(years) == 1 and near else None


def _dates(
    ends: tuple[tuple[int, int, Meaning], ...], whole: Interval, context: Context
) -> list[list[int | str | None]]:
    """Count out the single dates inside a range; one without a year is near its end of the whole."""
    bounds = (whole.earliest, whole.latest) if len(ends) == 2 else (None, None)
    near = [context._replace(near=bound) if bound else context for bound in (*bounds, *[None] * len(ends))]
    return [[a, b, *_bounds(m.resolve(around))] for (a, b, m), around in zip(ends, near, strict=False)]


def _bounds(interval: Interval) -> tuple[str | None, str | None]:
    return _iso(interval.earliest), _iso(interval.latest)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
