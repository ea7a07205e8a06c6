"""Calendar arithmetic and the meanings of times, without any text."""

from __future__ import annotations

from datetime import date

import pytest

from casualty_extract.times_calendar import Interval, Part, around, on, shift, third
from casualty_extract.times_feasts import feast
from casualty_extract.times_figures import absolute
from casualty_extract.times_meanings import (
    Context,
    Day,
    DayOf,
    Meaning,
    Month,
    Named,
    Season,
    Weekday,
    Year,
)
from casualty_extract.times_orders import Numeric
from casualty_extract.times_relations import (
    LongWeekend,
    Moved,
    Nth,
    Open,
    Portion,
    Range,
    Span,
    Window,
    Within,
)

FRIDAY = date(2017, 9, 1)
SATURDAY = date(2017, 9, 2)


@pytest.mark.parametrize(
    ("start", "unit", "count", "end"),
    [
        (date(2017, 3, 31), "month", -1, date(2017, 2, 28)),
        (date(2016, 2, 29), "year", 1, date(2017, 2, 28)),
        (date(2017, 1, 1), "day", -1, date(2016, 12, 31)),
        (date(2017, 9, 1), "week", -2, date(2017, 8, 18)),
        (date(2017, 11, 30), "quarter", 1, date(2018, 2, 28)),
        (date(2017, 9, 1), "decade", -1, date(2007, 9, 1)),
        (date.min, "day", -1, date.min),
        (date.max, "day", 1, date.max),
        (date.min, "year", -1, date.min),
    ],
)
def test_dates_move_inside_the_calendar(start: date, unit: str, count: int, end: date) -> None:
    """A move keeps the day where the month has it, and stops at the ends of the calendar."""
    assert shift(start, unit, count) == end


@pytest.mark.parametrize(
    ("unit", "earliest", "latest"),
    [
        ("day", date(2017, 9, 1), date(2017, 9, 1)),
        ("week", date(2017, 8, 28), date(2017, 9, 3)),
        ("month", date(2017, 9, 1), date(2017, 9, 30)),
        ("quarter", date(2017, 7, 1), date(2017, 9, 30)),
        ("year", date(2017, 1, 1), date(2017, 12, 31)),
        ("decade", date(2010, 1, 1), date(2019, 12, 31)),
    ],
)
def test_a_day_lies_in_its_units(unit: str, earliest: date, latest: date) -> None:
    """Weeks start on Monday; the others are calendar units."""
    assert around(FRIDAY, unit)[:2] == (earliest, latest)


@pytest.mark.parametrize(
    ("unit", "part", "earliest", "latest"),
    [
        ("month", "early", date(2017, 9, 1), date(2017, 9, 10)),
        ("month", "mid", date(2017, 9, 11), date(2017, 9, 20)),
        ("month", "late", date(2017, 9, 21), date(2017, 9, 30)),
        ("year", "early", date(2017, 1, 1), date(2017, 4, 30)),
        ("year", "late", date(2017, 9, 1), date(2017, 12, 31)),
        ("decade", "early", date(2010, 1, 1), date(2014, 12, 31)),
        ("decade", "late", date(2015, 1, 1), date(2019, 12, 31)),
        ("week", "early", date(2017, 8, 28), date(2017, 8, 29)),
        ("day", "late", FRIDAY, FRIDAY),
    ],
)
def test_periods_have_thirds(unit: str, part: Part, earliest: date, latest: date) -> None:
    """Early, mid and late are the documented thirds; a day has none."""
    assert third(around(FRIDAY, unit), part)[:2] == (earliest, latest)


@pytest.mark.parametrize(
    ("name", "year", "days"),
    [
        # As the churches, the rabbinate and the calendars of Saudi Arabia, China and India have them.
        ("easter", 2008, ["03-23"]),
        ("easter", 2019, ["04-21"]),
        ("easter", 2024, ["03-31"]),
        ("orthodox", 2017, ["04-16"]),
        ("orthodox", 2021, ["05-02"]),
        ("orthodox", 2024, ["05-05"]),
        ("passover", 2017, ["04-11"]),
        ("passover", 2024, ["04-23"]),
        ("jewish new year", 2017, ["09-21"]),
        ("jewish new year", 2023, ["09-16"]),
        ("islamic 9 1", 2017, ["05-27"]),
        ("islamic 9 1", 2024, ["03-11"]),
        ("islamic 10 1", 2017, ["06-25"]),
        ("islamic 10 1", 2000, ["01-08", "12-27"]),
        ("islamic 10 1", 2022, ["05-02"]),
        ("islamic 12 10", 2017, ["09-01"]),
        ("islamic 12 10", 2019, ["08-11"]),
        ("lunar new year", 2015, ["02-19"]),
        ("lunar new year", 2017, ["01-28"]),
        ("lunar new year", 2023, ["01-22"]),
        ("diwali", 2009, ["10-17"]),
        ("diwali", 2017, ["10-19"]),
        ("diwali", 2020, ["11-14"]),
        ("diwali", 2023, ["11-12"]),
        ("easter", 1, []),
        ("islamic 9 1", 9998, []),
    ],
)
def test_feasts_are_counted_out(name: str, year: int, days: list[str]) -> None:
    """Each movable feast falls on the days that its calendar gave."""
    assert [day.isoformat() for day in feast(name, year)] == [f"{year}-{day}" for day in days]


def test_only_real_days_are_dates() -> None:
    """There is no 30 February, no year 0, and no Monday on a Friday."""
    assert on(2017, 2, 30) is None
    assert on(0, 1, 1) is None
    assert on(2017, 9, 1, weekday=0) is None
    assert on(2017, 9, 1, weekday=4) == FRIDAY


@pytest.mark.parametrize(
    ("meaning", "base", "earliest", "latest"),
    [
        (Day(9, 1), FRIDAY, FRIDAY, FRIDAY),
        (Day(9, 2), FRIDAY, date(2016, 9, 2), date(2016, 9, 2)),
        (Day(9, 2, weekday=5), FRIDAY, SATURDAY, SATURDAY),
        (Day(2, 30), FRIDAY, None, None),
        (Day(3, 14), None, None, None),
        (Month(9), FRIDAY, date(2017, 9, 1), date(2017, 9, 30)),
        (Month(10), FRIDAY, date(2016, 10, 1), date(2016, 10, 31)),
        (Month(9, which=-1), FRIDAY, date(2016, 9, 1), date(2016, 9, 30)),
        (Month(7, which=-1), FRIDAY, date(2017, 7, 1), date(2017, 7, 31)),
        (Month(7, which=1), FRIDAY, date(2018, 7, 1), date(2018, 7, 31)),
        (Named(feast="easter"), FRIDAY, date(2017, 4, 16), date(2017, 4, 16)),
        (Named(month=5, nth=-1, weekday=0), FRIDAY, date(2017, 5, 29), date(2017, 5, 29)),
        (Named(feast="islamic 10 1"), FRIDAY, date(2017, 6, 25), date(2017, 6, 25)),
        (Named(feast="passover", days=8), FRIDAY, date(2017, 4, 11), date(2017, 4, 18)),
        (DayOf(29, weekday=1), FRIDAY, date(2017, 8, 29), date(2017, 8, 29)),
        (DayOf(14), FRIDAY, None, None),
        (LongWeekend(Day(7, 4)), FRIDAY, date(2017, 7, 1), date(2017, 7, 4)),
        (LongWeekend(Day(11, 24)), FRIDAY, date(2016, 11, 24), date(2016, 11, 27)),
        (Nth(Year(2016), 0, -1), FRIDAY, date(2016, 12, 26), date(2016, 12, 26)),
        (Within(Month(3), Year(2014)), FRIDAY, date(2014, 3, 1), date(2014, 3, 31)),
        (Season(12, which=-1), date(2017, 1, 20), date(2015, 12, 1), date(2016, 2, 29)),
        (Season(6, which=0), date(2017, 4, 1), date(2017, 6, 1), date(2017, 8, 31)),
        (Season(6), None, None, None),
        (Weekday(4), FRIDAY, FRIDAY, FRIDAY),
        (Weekday(4, which=-1), FRIDAY, date(2017, 8, 25), date(2017, 8, 25)),
        (Weekday(4, which=-2), FRIDAY, date(2017, 8, 18), date(2017, 8, 18)),
        (Weekday(6, which=0), FRIDAY, date(2017, 9, 3), date(2017, 9, 3)),
        (Weekday(4), None, None, None),
        (Span("week", -1), FRIDAY, date(2017, 8, 21), date(2017, 8, 27)),
        (Span("week", 0, "so_far"), FRIDAY, date(2017, 8, 28), FRIDAY),
        (Span("year", 0, "rest"), FRIDAY, FRIDAY, date(2017, 12, 31)),
        (Span("weekend", None), SATURDAY, SATURDAY, date(2017, 9, 3)),
        (Span("weekend", -1), SATURDAY, date(2017, 8, 26), date(2017, 8, 27)),
        (Span("weekend", 1), FRIDAY, SATURDAY, date(2017, 9, 3)),
        (Span("night"), FRIDAY, date(2017, 8, 31), FRIDAY),
        (Span("month", -1), None, None, None),
        (Moved("month", -1), FRIDAY, date(2017, 8, 1), date(2017, 8, 31)),
        (Moved("hour", -30), FRIDAY, date(2017, 8, 31), date(2017, 8, 31)),
        (Moved("day", 2, of=Day(7, 4)), FRIDAY, date(2017, 7, 6), date(2017, 7, 6)),
        (Moved("year", None), FRIDAY, None, None),
        (Window("hour", 48), FRIDAY, date(2017, 8, 30), FRIDAY),
        (Window("week", 1, end=Day(6, 30, 2017)), FRIDAY, date(2017, 6, 24), date(2017, 6, 30)),
        (Window("day", 3, ahead=True), FRIDAY, FRIDAY, date(2017, 9, 4)),
        (Portion(Year(2016), "half", 1), FRIDAY, date(2016, 7, 1), date(2016, 12, 31)),
        (Portion(Year(2016), "month", 0, 3), FRIDAY, date(2016, 1, 1), date(2016, 3, 31)),
        (Portion(Month(7, 2016), "day", -1, 3), FRIDAY, date(2016, 7, 29), date(2016, 7, 31)),
        (Range(Month(12), Month(2)), FRIDAY, date(2016, 12, 1), date(2017, 2, 28)),
        (Range(Month(8, 2014), Month(7)), FRIDAY, date(2014, 8, 1), date(2015, 7, 31)),
        (Range(Weekday(0), Weekday(2)), FRIDAY, date(2017, 8, 28), date(2017, 8, 30)),
        (Range(Year(2017), Year(2014)), FRIDAY, None, None),
        (Open(Year(2014), "since"), FRIDAY, date(2014, 1, 1), FRIDAY),
        (Open(Year(2014), "since"), None, date(2014, 1, 1), None),
        (Open(Year(2014), "until"), FRIDAY, None, date(2014, 12, 31)),
        (Open(Year(2014), "before"), FRIDAY, None, date(2013, 12, 31)),
        (Numeric(31, 8, 2017), FRIDAY, date(2017, 8, 31), date(2017, 8, 31)),
    ],
)
def test_a_meaning_gives_its_dates(
    meaning: Meaning, base: date | None, earliest: date | None, latest: date | None
) -> None:
    """Every meaning counts from the day of the article, and gives no dates without one."""
    assert meaning.resolve(Context(base=base))[:2] == (earliest, latest)


def test_the_future_turns_partial_dates_round() -> None:
    """After "will" the nearest date not before the article is meant."""
    context = Context(base=FRIDAY, future=True)
    assert Day(3, 14).resolve(context).earliest == date(2018, 3, 14)
    assert Weekday(0).resolve(context).earliest == date(2017, 9, 4)


def test_a_clause_after_a_day_after_lies_before() -> None:
    """In "a day after a bomb killed two" the bomb lies a day before the time told of."""
    told = Interval(FRIDAY, FRIDAY, "day")
    assert Moved("day", 1, anchored=True, turns=True).resolve(Context(anchor=told)).earliest == date(
        2017, 8, 31
    )


@pytest.mark.parametrize(
    ("phrase", "day"),
    [("2017 september 1", date(2017, 9, 1)), ("14 mar 2016", date(2016, 3, 14)), ("september 2017", None)],
)
def test_dateparser_reads_days_only(phrase: str, day: date | None) -> None:
    """What it reads as a month or year is no day."""
    assert absolute(phrase) == day
