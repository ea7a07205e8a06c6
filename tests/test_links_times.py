"""When a harm happened: the time of its clause, or the one told elsewhere."""

from __future__ import annotations

import pytest

from casualty_extract import Claim, extract

PUBLISHED = "2019-06-14"  # a Friday


def claims(text: str) -> list[Claim]:
    return list(extract(text, published=PUBLISHED).claims)


# The text, the figure asked about, and the interval of its time with its basis.
OF_THE_SENTENCE = [
    # A state is no verb of telling.
    (
        "Six people drowned when a boat sank in Kebbi state on Thursday.",
        "Six",
        "2019-06-13/2019-06-13 sentence",
    ),
    ("A bomb killed six people in Arda on Thursday.", "six", "2019-06-13/2019-06-13 sentence"),
    ("On Thursday a bomb killed six people in Arda.", "six", "2019-06-13/2019-06-13 sentence"),
    (
        "Three people were shot dead on Monday and four drowned on Tuesday.",
        "four",
        "2019-06-11/2019-06-11 sentence",
    ),
    (
        "The blast on Monday killed nine, the fire on Tuesday two.",
        "nine",
        "2019-06-10/2019-06-10 sentence",
    ),
    # A record bounds a comparison and not the deaths.
    (
        "At least 20 miners have died this year, the highest number since 2004.",
        "20",
        "2019-01-01/2019-06-14 sentence",
    ),
    ("A court jailed him for the 2016 killing of two sisters.", "two", "2016-01-01/2016-12-31 sentence"),
    # What lasts began then.
    ("Two engineers have been held hostage since Monday.", "Two", "2019-06-10/2019-06-14 sentence"),
]

OF_OTHERS = [
    # A day that had not come when the article was published.
    ("The mission in Arda is to end on December 31, 2019. A drone killed two soldiers.", "two"),
    # What people did afterwards, before and after its time.
    ("A man was charged on Monday with killing two sisters.", "two"),
    ("On Monday, a man was charged with killing two sisters.", "two"),
    ("A court in Belm on Monday sentenced a man for killing two sisters.", "two"),
    ("He pleaded guilty in a crowded court on Monday to killing two sisters.", "two"),
    ("Three of the wounded remained in hospital on Monday.", "Three"),
    ("Rescuers searched on Thursday for survivors after a collapse that killed two.", "two"),
    ("On Monday the charity renamed its ship after a boy who drowned near Arda.", "a"),
    ("On Monday the minister visited the village where 12 people were killed.", "12"),
    # Where the sayer is an abbreviation, and behind an opening word.
    ("Consequently, on Monday, the U.S. Africa Command said the strike killed five fighters.", "five"),
    ("The command announced its findings on the deaths of five farmers today.", "five"),
    # A bound is no date, and nothing else is told.
    ("Ann Doe is the first reporter killed in the war since 2002.", "Ann Doe"),
]

TOLD_ELSEWHERE = [
    ("A bomb went off in Arda on Thursday. Six people were killed.", "Six", "2019-06-13/2019-06-13"),
    ("Six people were killed in Arda. The bomb went off on Thursday.", "Six", "2019-06-13/2019-06-13"),
    # The day of another act gives way to that of the harm, whichever stands nearer.
    (
        "A bomb killed six people on Tuesday. The mayor spoke on Thursday at a school. Nine were wounded.",
        "Nine",
        "2019-06-11/2019-06-11",
    ),
    # An older event told in between does not date the main one.
    (
        "Gunmen killed six villagers on Tuesday. Three herders were wounded there on May 9. "
        "An official said that eight people had been killed.",
        "eight",
        "2019-06-11/2019-06-11",
    ),
    # "Two days after" dates the earlier event.
    (
        "A bomb killed six people in Arda on Thursday. The blast came two days after an attack on a bus. "
        "Nine people were wounded.",
        "Nine",
        "2019-06-13/2019-06-13",
    ),
    (
        "Flames swept the mill on Monday. Four people died and ten were rescued.",
        "ten",
        "2019-06-10/2019-06-10",
    ),
    # What counts back from the event dates no figure told before it.
    (
        "A ferry sank on Tuesday. Nine people drowned. A month earlier, 30 people died on the lake.",
        "Nine",
        "2019-06-11/2019-06-11",
    ),
    # A running total takes a period.
    (
        "Between August 2014 and March 2017 the coalition conducted 200 strikes. During this period, "
        "the total number of civilians killed was 90.",
        "90",
        "2014-08-01/2017-03-31",
    ),
    (
        "In the month of May, the command received 11 reports of civilian casualties. It closed four reports "
        "of civilian casualties.",
        "four",
        "2019-05-01/2019-05-31",
    ),
]

TOLD_NOWHERE = [
    # Arrests and those who are trapped have days of their own.
    ("A bomb killed six people in Arda on Thursday. Police have arrested three suspects.", "three"),
    ("The gallery collapsed on Thursday. Nine miners are trapped.", "Nine"),
    # A day dates no running total.
    ("The ministers met on Thursday. The war has killed more than 10,000 people.", "10,000"),
    # "A month earlier" counts from a day that is not told, and is another one.
    ("Nine people drowned in a lake. A month earlier, 30 people died when a boat hit a rock.", "Nine"),
    # A year is background.
    ("The mill was built in 1998. Nine people died.", "Nine"),
]


@pytest.mark.parametrize(("text", "figure", "expected"), OF_THE_SENTENCE)
def test_the_time_of_the_clause(text: str, figure: str, expected: str) -> None:
    """The time nearest to a harm that no other verb claims is its own."""
    [claim] = [c for c in claims(text) if c.quantity.text == figure and c.harm.label != "detained"]
    assert claim.time is not None
    assert f"{claim.time.earliest}/{claim.time.latest} {claim.time.basis}" == expected


@pytest.mark.parametrize(("text", "figure"), OF_OTHERS)
def test_the_time_of_another_act(text: str, figure: str) -> None:
    """The day of a trial, a mourning or a search is no day of the harm behind it."""
    found = [c for c in claims(text) if c.quantity.text == figure]
    assert found
    assert [c.time and c.time.text for c in found if c.harm.label != "detained"] == [None]


@pytest.mark.parametrize(("text", "figure", "expected"), TOLD_ELSEWHERE)
def test_the_time_told_elsewhere(text: str, figure: str, expected: str) -> None:
    """A harm without a time takes that of the same harm, else that of the event."""
    [claim] = [c for c in claims(text) if c.quantity.text == figure]
    assert claim.time is not None
    assert f"{claim.time.earliest}/{claim.time.latest}" == expected
    assert claim.time.basis == "context"


@pytest.mark.parametrize(("text", "figure"), TOLD_NOWHERE)
def test_nothing_is_guessed(text: str, figure: str) -> None:
    """What the text does not date has no time."""
    [claim] = [c for c in claims(text) if c.quantity.text == figure]
    assert claim.time is None
