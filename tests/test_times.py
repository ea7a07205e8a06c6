"""Times: what is found, what it means, what it belongs to, and what is left alone."""

from __future__ import annotations

import pytest

from casualty_extract import lexicon, times
from casualty_extract.lexicon import unbracket
from casualty_extract.mentions import Mention
from casualty_extract.times_words import FormsRow
from conftest import make_doc

FRIDAY = "2017-09-01"


def found(text: str, published: str | None = FRIDAY, **known: str) -> list[Mention]:
    return list(times.find(make_doc(text, published, **known)))


def told(text: str, published: str | None = FRIDAY) -> list[tuple[str, str | None, str | None]]:
    return [(text[m.start : m.end], m.value["earliest"], m.value["latest"]) for m in found(text, published)]


@pytest.mark.parametrize(
    ("marked", "label", "earliest", "latest"),
    [
        # Dates.
        ("A bomb killed six on [March 14].", "day", "2017-03-14", "2017-03-14"),
        ("A bomb killed six on [14 March] in a market.", "day", "2017-03-14", "2017-03-14"),
        ("A bomb killed six on [Nov. 24].", "day", "2016-11-24", "2016-11-24"),
        ("A bomb killed six on [March 14, 2015].", "day", "2015-03-14", "2015-03-14"),
        ("The [Nov. 13, 2015], attacks killed 12.", "day", "2015-11-13", "2015-11-13"),
        ("On [June 3], 10 others died.", "day", "2017-06-03", "2017-06-03"),
        ("On [March 12] people died in the camp.", "day", "2017-03-12", "2017-03-12"),
        ("In [March] 12 people died in the camp.", "month", "2017-03-01", "2017-03-31"),
        ("Six died on [Tuesday, October 17th 2023].", "day", "2023-10-17", "2023-10-17"),
        ("Six died on [Tuesday, 17th of October, 2023].", "day", "2023-10-17", "2023-10-17"),
        ("Six died on [Thursday 21July 2022].", "day", "2022-07-21", "2022-07-21"),
        ("Six died on [Jan.1, 2021] in the raid.", "day", "2021-01-01", "2021-01-01"),
        ("Six died on [Sunday the 26 June, 2022].", "day", "2022-06-26", "2022-06-26"),
        ("Six will be buried on [Sunday, Sept. 3].", "day", "2017-09-03", "2017-09-03"),
        ("Six died on the [first of May].", "day", "2017-05-01", "2017-05-01"),
        ("Six died on [February 29].", "day", "2016-02-29", "2016-02-29"),
        ("The log for [2017-08-27] lists six dead.", "day", "2017-08-27", "2017-08-27"),
        ("The log for [27/08/2016] lists six dead.", "day", "2016-08-27", "2016-08-27"),
        ("The log for [27.8.2016] lists six dead.", "day", "2016-08-27", "2016-08-27"),
        ("The log for [08/27/16] lists six dead.", "day", "2016-08-27", "2016-08-27"),
        ("The log for [2017 September 1] lists six dead.", "day", "2017-09-01", "2017-09-01"),
        ("The log for [14-Mar-2016] lists six dead.", "day", "2016-03-14", "2016-03-14"),
        ("Six were shot on [New Year’s Eve].", "day", "2016-12-31", "2016-12-31"),
        ("Nine drowned on [Good Friday].", "day", "2017-04-14", "2017-04-14"),
        ("Nine drowned on [Memorial Day].", "day", "2017-05-29", "2017-05-29"),
        ("Nine drowned on [the first Monday of May].", "day", "2017-05-01", "2017-05-01"),
        ("Nearly 3,000 people died on [9/11].", "day", "2001-09-11", "2001-09-11"),
        # Months, seasons, years.
        ("Raids killed 61 during [the month of July].", "month", "2017-07-01", "2017-07-31"),
        ("Raids killed 61 in [November].", "month", "2016-11-01", "2016-11-30"),
        ("Raids killed 61 in [May].", "month", "2017-05-01", "2017-05-31"),
        ("Raids killed 61 over the course of [August].", "month", "2017-08-01", "2017-08-31"),
        ("Raids killed 61 in [July 2015].", "month", "2015-07-01", "2015-07-31"),
        ("Raids killed 61 in [early March].", "interval", "2017-03-01", "2017-03-10"),
        ("Raids killed 61 in [mid-June].", "interval", "2017-06-11", "2017-06-20"),
        ("Raids killed 61 at [the end of March].", "interval", "2017-03-21", "2017-03-31"),
        ("Raids killed 61 in [late 2015].", "interval", "2015-09-01", "2015-12-31"),
        ("Raids killed 61 in [2015].", "year", "2015-01-01", "2015-12-31"),
        ("The [2012] attack killed four.", "year", "2012-01-01", "2012-12-31"),
        ("He spoke of her [2004] death.", "year", "2004-01-01", "2004-12-31"),
        ("The war killed 900 in the [1990s].", "multi_year", "1990-01-01", "1999-12-31"),
        ("The war killed 900 in [the mid-1990s].", "interval", "1994-01-01", "1996-12-31"),
        ("The war killed 900 in [the early 1990s].", "interval", "1990-01-01", "1994-12-31"),
        ("Plague killed thousands in the [17th century].", "multi_year", "1600-01-01", "1699-12-31"),
        ("Plague killed thousands in the [twentieth century].", "multi_year", "1900-01-01", "1999-12-31"),
        ("The quake of [365 AD] killed thousands.", "year", "0365-01-01", "0365-12-31"),
        ("The quake of [AD 365] killed thousands.", "year", "0365-01-01", "0365-12-31"),
        ("The war of [1890 – 93] was long.", "interval", "1890-01-01", "1893-12-31"),
        ("Some 36,000 died in the [Korean War].", "interval", "1950-06-25", "1953-07-27"),
        # Years that stand alone.
        ("The book of the mine (London, [1859]) lists the dead.", "year", "1859-01-01", "1859-12-31"),
        ("Two were killed before the FIFA World Cup [2018].", "year", "2018-01-01", "2018-12-31"),
        ("Heat killed 900 in [the summer of 2016].", "season", "2016-06-01", "2016-08-31"),
        ("Cold killed 90 [last winter].", "season", "2016-12-01", "2017-02-28"),
        # Weekdays and days beside the article's.
        ("A bomb killed six on [Friday].", "day", "2017-09-01", "2017-09-01"),
        ("A bomb killed six on [Monday].", "day", "2017-08-28", "2017-08-28"),
        ("A bomb killed six [early Sunday].", "day", "2017-08-27", "2017-08-27"),
        ("A bomb killed six at [9 p.m. Saturday night].", "day", "2017-08-26", "2017-08-26"),
        ("[Tuesday]'s attack killed six.", "day", "2017-08-29", "2017-08-29"),
        ("[Tuesday]`s attack killed six.", "day", "2017-08-29", "2017-08-29"),
        ("A bomb killed six [last Friday].", "day", "2017-08-25", "2017-08-25"),
        ("A bomb killed six on [Friday last week].", "day", "2017-08-25", "2017-08-25"),
        ("He will be tried on [Monday].", "day", "2017-09-04", "2017-09-04"),
        ("He will be tried [next Friday].", "day", "2017-09-08", "2017-09-08"),
        ("A bomb killed six at [midnight on Tuesday].", "day", "2017-08-29", "2017-08-29"),
        ("A bomb killed six on [the night of Feb. 3].", "day", "2017-02-03", "2017-02-03"),
        ("A bomb killed six [yesterday morning].", "day", "2017-08-31", "2017-08-31"),
        ("A bomb killed six [this afternoon].", "day", "2017-09-01", "2017-09-01"),
        ("A bomb killed six [last night].", "day", "2017-08-31", "2017-08-31"),
        ("A bomb killed six [the day before yesterday].", "day", "2017-08-30", "2017-08-30"),
        ("Shelling killed six [overnight].", "interval", "2017-08-31", "2017-09-01"),
        # Weeks, months, years beside the article's, and windows.
        ("Clashes killed 20 [last week].", "week", "2017-08-21", "2017-08-27"),
        ("Clashes killed 20 [this week].", "week", "2017-08-28", "2017-09-01"),
        ("Clashes killed 20 [last month].", "month", "2017-08-01", "2017-08-31"),
        ("Clashes killed 20 [last year].", "year", "2016-01-01", "2016-12-31"),
        ("Clashes have killed 20 [so far this year].", "year", "2017-01-01", "2017-09-01"),
        ("Clashes killed 20 [earlier this year].", "year", "2017-01-01", "2017-09-01"),
        ("Clashes killed 20 over [the weekend].", "interval", "2017-08-26", "2017-08-27"),
        ("Clashes killed 20 in [the past 24 hours].", "interval", "2017-08-31", "2017-09-01"),
        ("Clashes killed 20 in [the last three days].", "interval", "2017-08-29", "2017-09-01"),
        ("Clashes killed 20 over [the past three months].", "interval", "2017-06-01", "2017-09-01"),
        ("Clashes killed 20 in [the 24 hours to Monday].", "interval", "2017-08-27", "2017-08-28"),
        ("Clashes killed 20 in [the three months ending June 30].", "interval", "2017-04-01", "2017-06-30"),
        ("Clashes killed 20 in [the first quarter of 2016].", "interval", "2016-01-01", "2016-03-31"),
        ("Clashes killed 20 in [the last week of July].", "interval", "2017-07-25", "2017-07-31"),
        ("His brother was shot [two weeks ago].", "week", "2017-08-14", "2017-08-20"),
        ("His brother was shot [two years ago].", "year", "2015-01-01", "2015-12-31"),
        ("His brother was shot [three days ago].", "day", "2017-08-29", "2017-08-29"),
        ("Clashes killed 20 in [recent weeks].", "interval", None, None),
        # Open and closed ranges.
        ("At least 685 have died [since 2014].", "interval", "2014-01-01", "2017-09-01"),
        ("At least 685 have died [since August 2014].", "interval", "2014-08-01", "2017-09-01"),
        ("Some 90 died [since the fall of the old king in 2011].", "interval", "2011-01-01", "2017-09-01"),
        ("Some 90 died [since the start of the campaign].", "interval", None, "2017-09-01"),
        ("The mine killed 12 [until last year].", "interval", None, "2016-12-31"),
        ("The fever had killed 12 [by Thursday].", "interval", None, "2017-08-31"),
        ("The fever had killed 12 [as of 12 July].", "interval", None, "2017-07-12"),
        ("[From August 2014 to July 2017] raids killed 685.", "interval", "2014-08-01", "2017-07-31"),
        ("Raids killed 61 [between July 4 and July 17, 2015].", "interval", "2015-07-04", "2015-07-17"),
        ("Raids killed 61 [between 3 and 7 May].", "interval", "2017-05-03", "2017-05-07"),
        (
            "Raids killed 61 [between 2014 and the end of August 2016].",
            "interval",
            "2014-01-01",
            "2016-08-31",
        ),
        ("Raids killed 61 on [1-5 June 2017].", "interval", "2017-06-01", "2017-06-05"),
        ("Raids killed 61 on [Feb. 3–5].", "interval", "2017-02-03", "2017-02-05"),
        ("Raids killed 61 [from Monday to Wednesday].", "interval", "2017-08-28", "2017-08-30"),
        ("Raids killed 61 [from December to February].", "interval", "2016-12-01", "2017-02-28"),
        ("Raids killed 61 in [2003-2011].", "interval", "2003-01-01", "2011-12-31"),
        # Days and months in a row.
        ("Shells killed nine on [May 3, 5 and 9].", "interval", "2017-05-03", "2017-05-09"),
        ("Shells killed nine on [3, 5 and 9 May].", "interval", "2017-05-03", "2017-05-09"),
        ("Shells killed nine on [May 3 and 9, 2016].", "interval", "2016-05-03", "2016-05-09"),
        ("Shells killed nine on [4/5 May].", "interval", "2017-05-04", "2017-05-05"),
        ("Shells killed nine on [the night of May 4/5].", "interval", "2017-05-04", "2017-05-05"),
        ("Shells killed nine on [30 April/1 May].", "interval", "2017-04-30", "2017-05-01"),
        ("Shells killed nine on [30 April and 1 May].", "interval", "2017-04-30", "2017-05-01"),
        ("Shells killed nine on [Saturday and Sunday].", "interval", "2017-08-26", "2017-08-27"),
        ("Shells killed nine on [Friday, Saturday and Sunday].", "interval", "2017-08-25", "2017-08-27"),
        ("Shells killed 61 in [June and July 2015].", "interval", "2015-06-01", "2015-07-31"),
        ("Shells killed 61 in [early to mid-June].", "interval", "2017-06-01", "2017-06-20"),
        # Parts of years.
        ("Raids killed 61 in [Q3 2016].", "interval", "2016-07-01", "2016-09-30"),
        ("Raids killed 61 in [3Q 2016].", "interval", "2016-07-01", "2016-09-30"),
        ("The [third-quarter 2016] toll was 61.", "interval", "2016-07-01", "2016-09-30"),
        ("Raids killed 61 in [H1 of 2016].", "interval", "2016-01-01", "2016-06-30"),
        ("Raids killed 61 in [FY2016].", "year", "2016-01-01", "2016-12-31"),
        ("Raids killed 61 in [fiscal 2016].", "year", "2016-01-01", "2016-12-31"),
        ("Raids killed 61 in [the early part of 2016].", "interval", "2016-01-01", "2016-04-30"),
        ("Cold killed 90 in [winter 2015/16].", "season", "2015-12-01", "2016-02-29"),
        ("Cold killed 90 in [the winter of 2015-16].", "season", "2015-12-01", "2016-02-29"),
        ("Fans killed two in [2015/16].", "interval", "2015-01-01", "2016-12-31"),
        ("The war of [1941–45] killed millions.", "interval", "1941-01-01", "1945-12-31"),
        ("The war killed 900 in the [1930's].", "multi_year", "1930-01-01", "1939-12-31"),
        ("The war killed 900 in the [sixties].", "multi_year", "1960-01-01", "1969-12-31"),
        ("The war killed 900 in [the late sixties].", "interval", "1965-01-01", "1969-12-31"),
        # Years that no preposition leads.
        ("The failed [2016] coup left 240 dead.", "year", "2016-01-01", "2016-12-31"),
        ("A trial over the six deaths is set for [2019].", "year", "2019-01-01", "2019-12-31"),
        ("The feud dates back to [1962].", "year", "1962-01-01", "1962-12-31"),
        ("The town fell in [the year 70].", "year", "0070-01-01", "0070-12-31"),
        ("Louis XV (reigned [1715 - 1774]) lost many men.", "interval", "1715-01-01", "1774-12-31"),
        ("The monk Theodore (c. [314 – 368]) buried the dead.", "interval", "0314-01-01", "0368-12-31"),
        ("Heat may kill 900 a year over [2000 - 2050].", "interval", "2000-01-01", "2050-12-31"),
        ("The backlog of the dead is to be cleared [by year end].", "interval", None, "2017-12-31"),
        ("The [1976-83] dictatorship killed thousands.", "interval", "1976-01-01", "1983-12-31"),
        ("The [1879-1884] border war killed thousands.", "interval", "1879-01-01", "1884-12-31"),
        ("The [1892] harbour fire killed 40.", "year", "1892-01-01", "1892-12-31"),
        ("The camp had filled [by May 15] because of the floods.", "interval", None, "2017-05-15"),
        ("[May of last year] brought nine deaths.", "month", "2016-05-01", "2016-05-31"),
        ("The dead of [Eid] were mourned.", "day", "2017-09-01", "2017-09-01"),
        ("Her last stories ([1892 – 94]) tell of the dead.", "interval", "1892-01-01", "1894-12-31"),
        ("The dead were buried [3000 years ago].", "year", None, None),
        ("The dead were buried [tens of thousands of years ago].", "year", None, None),
        ("The dead fell on [July, 26, 1999].", "day", "1999-07-26", "1999-07-26"),
        ("Raids killed 61 in [the third quarter 2016].", "interval", "2016-07-01", "2016-09-30"),
        ("Floods kill people in the rains ([May to November]).", "interval", "2016-05-01", "2016-11-30"),
        # Years beside their months.
        ("A quake killed 20 in [March last year].", "month", "2016-03-01", "2016-03-31"),
        ("A quake killed 20 in [March of last year].", "month", "2016-03-01", "2016-03-31"),
        ("A quake killed 20 on [March 3 of this year].", "day", "2017-03-03", "2017-03-03"),
        ("The [May] riot killed 20.", "month", "2017-05-01", "2017-05-31"),
        # Feasts.
        ("Bombs killed 300 during [the holy month of Ramadan].", "interval", "2017-05-27", "2017-06-24"),
        ("Bombs killed 300 during [Ramadan 2016].", "interval", "2016-06-06", "2016-07-05"),
        ("A bomb killed six on [the first day of Ramadan].", "day", "2017-05-27", "2017-05-27"),
        ("A bomb killed six on [the last Friday of Ramadan].", "day", "2017-06-23", "2017-06-23"),
        ("A bomb killed six on [Eid al-Adha].", "day", "2017-09-01", "2017-09-01"),
        ("A bomb killed six on [Easter].", "day", "2017-04-16", "2017-04-16"),
        ("Six drowned over the [Memorial Day weekend].", "interval", "2017-05-27", "2017-05-29"),
        ("Six drowned over the [Easter weekend].", "interval", "2017-04-14", "2017-04-17"),
        ("Some 3,000 died in the [September 11] attacks.", "day", "2001-09-11", "2001-09-11"),
        ("A raid killed six on [September 11].", "day", "2016-09-11", "2016-09-11"),
        # Figures.
        ("The log lists six dead on [20170827].", "day", "2017-08-27", "2017-08-27"),
        ("Six died on [1 Sep '16].", "day", "2016-09-01", "2016-09-01"),
        ("Six died on [3-May-16].", "day", "2016-05-03", "2016-05-03"),
        ('The log ends on [27.08.2016]."', "day", "2016-08-27", "2016-08-27"),
        ("Six died on [Sunday 27/8].", "day", "2017-08-27", "2017-08-27"),
        ("Six died on [Tuesday the 29th].", "day", "2017-08-29", "2017-08-29"),
        # Parts and times of day.
        ("Six died in [the early hours of Sunday].", "day", "2017-08-27", "2017-08-27"),
        ("Six died in [the wee hours of Sunday].", "day", "2017-08-27", "2017-08-27"),
        ("Six died at [8 a.m. Tuesday].", "day", "2017-08-29", "2017-08-29"),
        ("Six died on [Tuesday, 8 a.m. local time].", "day", "2017-08-29", "2017-08-29"),
        ("Six died on [Tuesday at 9:30pm].", "day", "2017-08-29", "2017-08-29"),
        ("Six died at [1430 GMT on Saturday].", "day", "2017-08-26", "2017-08-26"),
        ("Six had died [as of 6 p.m. Thursday].", "interval", None, "2017-08-31"),
        # Counted from the article's day.
        ("Shells hit the town [the night before last].", "day", "2017-08-30", "2017-08-30"),
        ("Shells killed nine [the week before last].", "week", "2017-08-14", "2017-08-20"),
        ("Shells killed nine [the Friday before last].", "day", "2017-08-18", "2017-08-18"),
        ("Shells killed nine [two Sundays ago].", "day", "2017-08-20", "2017-08-20"),
        ("Shells killed nine [a week ago Friday].", "day", "2017-08-25", "2017-08-25"),
        ("Shells killed nine [two years ago today].", "day", "2015-09-01", "2015-09-01"),
        ("Shells killed nine on [the eve of July 4].", "day", "2017-07-03", "2017-07-03"),
        ("Shells killed nine [last Sept. 11].", "day", "2016-09-11", "2016-09-11"),
        ("Shells have killed nine, [year to date].", "year", "2017-01-01", "2017-09-01"),
        ("Shells have killed nine [so far in 2017].", "interval", "2017-01-01", "2017-09-01"),
        ("Shells have killed 90 over [the past 5 1/2 years].", "interval", "2012-09-01", "2017-09-01"),
        ("Shells killed nine in [the week of May 3].", "week", "2017-05-01", "2017-05-07"),
        ("Shells killed nine in [the week beginning May 1].", "interval", "2017-05-01", "2017-05-07"),
        ("On [this day in 1995] shells killed nine.", "day", "1995-09-01", "1995-09-01"),
        ("Shells killed nine on a [Friday night in May 2015].", "month", "2015-05-01", "2015-05-31"),
        ("Shells have killed 90 in [the weeks since].", "interval", None, None),
        ("Shells killed nine [overnight Friday into Saturday].", "interval", "2017-08-25", "2017-08-26"),
        ("Shells killed 90 in [late July and early August].", "interval", "2017-07-21", "2017-08-10"),
        ("Shells killed 90 in [early- to mid-2016].", "interval", "2016-01-01", "2016-08-31"),
        ("Shells killed 90 over [the last year and a half].", "interval", "2016-03-01", "2017-09-01"),
        ("Shells killed nine [a year and a half ago].", "month", "2016-03-01", "2016-03-31"),
        # Open.
        ("Some 90 have died [since the 2011 uprising].", "interval", "2011-01-01", "2017-09-01"),
        ("Some 90 had died [prior to 2015].", "interval", None, "2014-12-31"),
        ("The truce holds [until Sunday].", "interval", None, "2017-09-03"),
        ("The truce held [until Sunday].", "interval", None, "2017-08-27"),
        # A day shortly ahead, where no past verb stands with it.
        ("A mass for the dead on [September 10] is open to all.", "day", "2017-09-10", "2017-09-10"),
        ("The crown offers a truce for the feast on [October 3].", "day", "2017-10-03", "2017-10-03"),
        ("A blast killed nine on [October 3].", "day", "2016-10-03", "2016-10-03"),
        ("The school was closed [until September 10].", "interval", None, "2017-09-10"),
        ("The fort bars guests [from October to late December].", "interval", "2017-10-01", "2017-12-31"),
        ("The storm could reach the coast [by Tuesday].", "interval", None, "2017-09-05"),
        ("The vote was postponed to [December 2].", "day", "2017-12-02", "2017-12-02"),
        ("The pass is to reopen in [the autumn].", "season", "2017-09-01", "2017-11-30"),
        ("The widows plan to march on [Monday].", "day", "2017-09-04", "2017-09-04"),
    ],
)
def test_a_time_is_found_and_counted_out(
    marked: str, label: str, earliest: str | None, latest: str | None
) -> None:
    """Each expression is delimited as marked, and gives its interval in a story of Friday 1 September 2017."""
    text, start, end = unbracket(marked)
    mentions = found(text)
    assert [(text[m.start : m.end], m.label) for m in mentions] == [(text[start:end], label)]
    assert (mentions[0].value["earliest"], mentions[0].value["latest"]) == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "They held the bridge for three days.",
        "Two boys, 12 years old, were killed.",
        "A three-day siege left six dead.",
        "One day the war will end.",
        "It was the second attack.",
        "Prime Minister Theresa May mourned the dead.",
        "Twelve may have died.",
        "Widows march for the dead.",
        "The fall of the city left 40 dead.",
        "At 9 p.m. a bomb killed six.",
        "The camp holds 2000 people.",
        "Some of 2000 civilians fled.",
        "The raid cost $2016 and six lives.",
        "Room 2016 was empty.",
        "A woman in her early 40s was killed.",
        "A brigade of 2000 troops was sent.",
        "About 3/4 of the dead were women.",
        "The gun fires version 10.1.2.3 rounds.",
        "Bombs kill someone every Friday.",
        "Police fire on marchers on Saturday mornings.",
        "A reporter for the Sunday Times was killed.",
        "He told USA Today that six had died.",
        "The Sun printed the names of the dead.",
        "He served twelve days in jail.",
        "She is seven months pregnant.",
        "See https://news.example/2017/05/29/raid-kills-six for more.",
        "Tariq Ramadan mourned the dead.",
        "In his late sixties he was shot.",
        "More than 2000 were killed.",
        "The killings were filmed on a Friday.",
        "At 1430 GMT six men were shot.",
        "The bodies lay on the 14th floor.",
        "The family fell into debt for 2000 dollars.",
        "Following ten years of war the town lay empty.",
        "The bridge still stands today.",
        "On the third day of the siege six died.",
        "On the eve of the wedding six died.",
        "June says her father was shot.",
        "The colonel colluded with Sun.",
        "Two fans fell ill during the Winter Olympics.",
        "A blast hit the offices of Tomorrow Group.",
        "Police at Easter Road found a body.",
        "The bill was H. R. 1880, a law on guns.",
        "",
    ],
)
def test_what_is_no_time_is_left_alone(text: str) -> None:
    """Durations, ages, counts, verbs, names and recurring days are no times."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "role", "cue"),
    [
        ("The army said on Friday that six had died.", "reporting", "said"),
        ("The general told reporters in Geneva late Thursday that six had died.", "reporting", "told"),
        ("In a statement on Saturday the army spoke of six dead.", "reporting", "statement"),
        ("Figures released on Friday list six dead.", "reporting", "released"),
        ("The ministry on Friday confirmed six deaths.", "reporting", "confirmed"),
        ("On Friday, the ministry said six had died.", "reporting", "said"),
        ("The army said six people were killed on Friday.", "event", None),
        ("Six people were killed on Friday, police said.", "event", None),
        ("The army said Friday's attack killed six.", "event", None),
        ("The attack on Friday claimed 12 lives.", "event", None),
        ("Nine hostages were released on Friday.", "event", None),
        ("The monitors said since 2014 some 90 had died.", "event", None),
        ("MOSUL, Iraq, Sept 1 (Reuters) - Gunmen killed 12 people.", "dateline", None),
        ("Bomb kills six\n\nPublished: 12 March 2016 10:30 GMT\n\nA bomb killed six.", "dateline", None),
        ("17 March 2017\n\nA bomb killed six.", "dateline", None),
        ("KABUL, July 25: A bomb killed six.", "dateline", None),
        ("The widows will bury the six on Monday.", "event", "will"),
    ],
)
def test_a_time_belongs_to_the_event_the_telling_or_the_article(
    text: str, role: str, cue: str | None
) -> None:
    """The words around a time tell what it belongs to."""
    (mention,) = found(text)
    assert (mention.value["role"], mention.value["cue"]) == (role, cue)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Nine died on Monday. A day earlier, two died.", ("A day earlier", "2017-08-27", "2017-08-27")),
        ("Nine died on Monday. Two died the same day.", ("the same day", "2017-08-28", "2017-08-28")),
        ("Nine died on Monday. The next day two died.", ("The next day", "2017-08-29", "2017-08-29")),
        ("Nine died on Monday; three days later two died.", ("three days later", "2017-08-31", "2017-08-31")),
        ("Nine died on July 4. Hours later two died.", ("Hours later", "2017-07-04", "2017-07-04")),
        ("Nine died Monday, a day after a bomb killed two.", ("a day after", "2017-08-27", "2017-08-27")),
        (
            "Nine died in 2012. The following year two died.",
            ("The following year", "2013-01-01", "2013-12-31"),
        ),
        (
            "In March 21 died, and 30 by the end of the month.",
            ("by the end of the month", None, "2017-03-31"),
        ),
        ("He fell on June 3, 2008. She fell on June 9.", ("June 9", "2008-06-09", "2008-06-09")),
        ("He fell in 2008. That same year she died.", ("That same year", "2008-01-01", "2008-12-31")),
        ("Rain fell in July. Six died on the 14th.", ("the 14th", "2017-07-14", "2017-07-14")),
        ("He fell in 2008. She fell in May that year.", ("May that year", "2008-05-01", "2008-05-31")),
        ("Nine died on Monday. Two have died since then.", ("since then", "2017-08-28", "2017-09-01")),
        (
            "A quake struck on Monday. On Thursday two died. Two days after the quake, six died.",
            ("Two days after", "2017-08-30", "2017-08-30"),
        ),
        (
            "Six were shot three weeks before the election. The vote was on July 30.",
            ("July 30", "2017-07-30", "2017-07-30"),
        ),
        (
            "In 2001 she fled. By the end of the month six died.",
            ("By the end of the month", None, "2017-09-30"),
        ),
        ("In 2003 he fled. The previous day two died.", ("The previous day", "2017-08-31", "2017-08-31")),
        (
            "Nine died on Monday. Two died the following Friday.",
            ("the following Friday", "2017-09-01", "2017-09-01"),
        ),
        (
            "Nine died on Monday. The raid comes a day after a strike on a school.",
            ("a day after", "2017-08-27", "2017-08-27"),
        ),
        ("He fell on June 3, 1994. On August 20 two died.", ("August 20", "2017-08-20", "2017-08-20")),
        (
            "He fell on June 3, 2008. A mass is at noon on September 10.",
            ("noon on September 10", "2017-09-10", "2017-09-10"),
        ),
        ("He fell on June 3, 2008.\n\nShe fell on June 9.", ("June 9", "2017-06-09", "2017-06-09")),
        ("In 2013, on September 4, he was shot.", ("September 4", "2013-09-04", "2013-09-04")),
        (
            "In 1831 he was jailed. In 1832 he was freed. On May 30, 1833, he was shot. He died on June 2.",
            ("June 2", "1833-06-02", "1833-06-02"),
        ),
    ],
)
def test_a_time_counts_from_the_one_told_of_before(text: str, last: tuple[str, str, str]) -> None:
    """Anaphoric times count from the nearest earlier time of the text."""
    assert told(text)[-1] == last


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("17 March 2023\n\nSix people died yesterday.", ("yesterday", "2023-03-16", "2023-03-16")),
        ("On Sunday, October 29, 2023, six died. Two died Tuesday.", ("Tuesday", "2023-10-31", "2023-10-31")),
        ("On Sunday, October 29, 2023, six died. Two died today.", ("today", "2023-10-29", "2023-10-29")),
        (
            "Six died in Paris on Sunday. The blast of October 29, 2023 was the worst.",
            ("October 29, 2023", "2023-10-29", "2023-10-29"),
        ),
        (
            "Six were shot today (July 28, 2022). Two died overnight.",
            ("overnight", "2022-07-27", "2022-07-28"),
        ),
        ("Six were shot yesterday (July 27, 2022). Two died today.", ("today", "2022-07-28", "2022-07-28")),
        (
            "Six were shot on Friday (July 29, 2022), the army said. Two died last month.",
            ("last month", "2022-06-01", "2022-06-30"),
        ),
        (
            "Six died. It was hot. Nobody said why. He left office on November 15, 2017. Two died on Friday.",
            ("Friday", None, None),
        ),
        ("Six died. He was born in 1935. Two died on August 10.", ("August 10", None, None)),
        (
            "Six died. The Jan. 1 raid, after that of 2014, was on Jan. 1, 2021. On Jan. 1 two died.",
            ("Jan. 1", "2021-01-01", "2021-01-01"),
        ),
        ("The war of 2014 killed many. On March 14 six died.", ("March 14", "2014-03-14", "2014-03-14")),
        ("Six people died yesterday.", ("yesterday", None, None)),
        ("01/09/2017\n\nSix people died on Friday.", ("Friday", None, None)),
        ("27/09/2017\n\nSix people died on Friday.", ("Friday", "2017-09-22", "2017-09-22")),
        ("Six people died on March 14.", ("March 14", None, None)),
        ("Some 90 have died since 2014.", ("since 2014", "2014-01-01", None)),
    ],
)
def test_without_a_date_of_publication(text: str, last: tuple[str, str | None, str | None]) -> None:
    """An article's own dates stand in for its day; without any, relative times have no ends."""
    assert told(text, None)[-1] == last


@pytest.mark.parametrize(
    ("text", "earliest"),
    [
        ("Six were shot three weeks before the election. The vote was on July 30.", "2017-07-03"),
        ("On the eve of the vote six died. The election was on July 30.", "2017-07-29"),
        ("On the third day of the siege six died. The assault began on July 30.", "2017-08-01"),
        ("Six died two weeks before the July 30 vote.", "2017-07-10"),
        ("The day after the crash, two died. The collision was on Monday.", "2017-08-29"),
        ("Two days after the quake, six died.", None),
        ("Six died two days after the election.", None),
    ],
)
def test_a_time_counts_from_an_event_told_elsewhere(text: str, earliest: str | None) -> None:
    """An event that another sentence dates, also a later one, is counted from; an undated one gives no dates."""
    assert told(text)[0][1] == earliest


EVENTS = lexicon.read("times", "events", FormsRow)


@pytest.mark.parametrize("word", EVENTS)
def test_events_are_counted_from(word: str) -> None:
    """Each event is known by another of its words in the sentence that dates it."""
    text, start, end = unbracket(EVENTS[word].example)
    between = f"{text[:start]}On Thursday one man fell ill. {text[start:]}"
    assert (text[start:end], "2017-08-30", "2017-08-30") in told(between)


def test_what_a_time_counts_from_is_told() -> None:
    """The base is named: the caller's date, the article's own, or none."""
    assert found("Six died yesterday.")[0].value["base"] == "published"
    assert found("17 March 2023\n\nSix died yesterday.", None)[1].value["base"] == "article"
    assert found("Six died yesterday.", None)[0].value["base"] is None


@pytest.mark.parametrize(
    ("text", "published", "known", "earliest", "ambiguous"),
    [
        ("The log of 02/03/2017 lists six.", "2017-09-01", {}, "2017-03-02", True),
        ("The log of 02/03/2017 lists six.", "2017-09-01", {"date_order": "MDY"}, "2017-02-03", False),
        ("The log of Friday 02/03/2017 lists six.", "2017-09-01", {}, "2017-02-03", False),
        ("The log of 01/09/2017 lists six.", "2017-09-01", {}, "2017-09-01", False),
        ("In February six died. The log is of 02/03/2017.", "2017-09-01", {}, "2017-02-03", False),
        ("The logs of 02/25/2017 and 02/03/2017 list six.", "2017-09-01", {}, "2017-02-03", False),
        ("The log of 05/05/2017 lists six.", "2017-09-01", {}, "2017-05-05", False),
        ("The log of 04/09/2017 lists six.", "2017-09-01", {}, "2017-04-09", True),
        ("The log of 10/08/2017 lists six.", "2017-09-01", {"date_order": "MDY"}, "2017-08-10", False),
        (
            "The log of 02/03/2017 lists six.",
            "2017-09-01",
            {"publisher": "The New York Times"},
            "2017-02-03",
            False,
        ),
        ("The log of 02/03/2017 lists six.", "2017-09-01", {"publisher": "The Hindu"}, "2017-03-02", True),
        ("KABUL (AP) - The log of 02/03/2017 lists six.", "2017-09-01", {}, "2017-02-03", False),
    ],
)
def test_a_date_in_figures_is_settled_by_what_else_is_said(
    text: str, published: str, known: dict[str, str], earliest: str, ambiguous: bool
) -> None:
    """A weekday, a month named, the order declared or shown elsewhere, else the day first."""
    last = found(text, published, **known)[-1]
    assert (last.value["earliest"], last.value["ambiguous"]) == (earliest, ambiguous)


@pytest.mark.parametrize("name", lexicon.read("times", "publishers", FormsRow))
def test_american_publishers_write_the_month_first(name: str) -> None:
    """Each publisher of the table makes the first figure the month."""
    assert found("The log of 02/03/2017 lists six.", publisher=name)[0].value["earliest"] == "2017-02-03"


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        (
            "The war of 1939 to 1945 killed millions.",
            [("1939", "1939-01-01", "1939-12-31"), ("1945", "1945-01-01", "1945-12-31")],
        ),
        (
            "She fought from May 3 to June 5, 2016.",
            [("May 3", "2016-05-03", "2016-05-03"), ("June 5, 2016", "2016-06-05", "2016-06-05")],
        ),
        ("Nine have died since March 2015.", [("March 2015", "2015-03-01", "2015-03-31")]),
        ("Nine died on May 3.", []),
        (
            "Nine died on 3, 5 and 9 May.",
            [
                ("3", "2017-05-03", "2017-05-03"),
                ("5", "2017-05-05", "2017-05-05"),
                ("9 May", "2017-05-09", "2017-05-09"),
            ],
        ),
        ("Nine died in 1890–91.", [("1890", "1890-01-01", "1890-12-31"), ("91", "1891-01-01", "1891-12-31")]),
    ],
)
def test_a_range_tells_its_dates(text: str, dates: list[tuple[str, str, str]]) -> None:
    """Both ends of a range, and the start behind "since", are given by themselves too."""
    [mention] = found(text)
    assert [(text[a:b], first, last) for a, b, first, last in mention.value["dates"]] == dates


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Some 36,000 soldiers died in the Korean War.", "event"),
        ("Two boys were killed by a World War II bomb.", "named"),
        ("Two fans were killed before the FIFA World Cup 2018.", "named"),
        ("Plague killed thousands in the 17th century.", "event"),
        ("Guards shot two men in a 17th century church.", "named"),
    ],
)
def test_a_time_that_dates_the_noun_beside_it(text: str, role: str) -> None:
    """What dates a bomb or a church is no time of the harm."""
    assert [m.value["role"] for m in found(text)] == [role]


def test_today_in_a_story_of_long_ago_is_nowadays() -> None:
    """A text that tells of other years, and of nothing beside its own day, means our time by "today"."""
    story = "He was born in 1831. In 1850 he went to sea. In 1862 he drowned. Today his house is a museum."
    assert "Today" not in [t[0] for t in told(story)]
    assert "Today" in [t[0] for t in told(story + " It burned down last week.")]


def test_offsets_count_code_points_of_the_text() -> None:
    """Markdown, line ends and characters outside the basic plane do not move the offsets."""
    text = "🕯 *Six* people\ndied on *Friday*.\u00a0Two died on March\u00a014."
    assert [t[0] for t in told(text)] == ["Friday", "March\u00a014"]


def test_years_in_a_row_are_each_found() -> None:
    """A preposition makes years of all the figures that follow it."""
    assert [t[0] for t in told("In 2012, 2014 and 2015 dozens died.")] == ["2012", "2014", "2015"]


@pytest.mark.parametrize(
    "unit",
    [
        "since the end of the night of ",
        "Friday to ",
        "since the war ",
        " 2016 - ",
        "the night of Monday, ",
        "May 3, ",
        "8 a.m. Monday and ",
        "early to mid ",
        "A quake struck on Monday. Two days after the quake. ",
    ],
)
def test_no_text_makes_it_slow_or_fail(unit: str) -> None:
    """Endless repetition ends, and every mention is sound."""
    text = unit * 300
    for mention in found(text):
        assert text[mention.start : mention.end] == text[mention.start : mention.end].strip() != ""
