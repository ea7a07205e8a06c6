"""Tolls of one event, additions and running totals: whole sentences to the scopes of their claims."""

from __future__ import annotations

import pytest

from casualty_extract import extract


def scopes(text: str) -> list[tuple[str, str]]:
    """Give each figure of a text with its scope."""
    return [(c.quantity.text, c.scope) for c in extract(text, published="2017-09-03").claims]


def scope(text: str, figure: str) -> str:
    """Give the scope of one figure of a text."""
    [found] = {s for q, s in scopes(text) if q == figure}
    return found


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        # since, so far, to date
        ("Since 2014, at least 685 villagers have been killed.", "685"),
        ("At least 685 villagers have been killed since 2014.", "685"),
        ("Fifteen guards have been shot dead since January.", "Fifteen"),
        ("So far this year 40 miners have died.", "40"),
        ("To date, 87 climbers have died on the ridge.", "87"),
        # periods
        ("Over the past decade, smugglers killed 90 rangers.", "90"),
        ("Between 2010 and 2015, 300 loggers died there.", "300"),
        ("Some 400 people died from 1976 to 1983.", "400"),
        ("Police have shot dead 12 people this year.", "12"),
        ("In 2016, 412 cyclists were killed in road accidents.", "412"),
        ("Last year 4,120 people died in road accidents.", "4,120"),
        ("The dictator's troops killed 30,000 people in the 1980s.", "30,000"),
        ("Six prisoners have died in custody in the last three years.", "Six"),
        ("Shootings across the city last month killed 31 people.", "31"),
        ("The strikes this week killed more than 20 militants.", "20"),
        ("She was one of 12 reporters killed in the country this year.", "12"),
        ("Storms have killed 300 people this year.", "300"),
        ("Floods killed more than 1,500 people across the country last year.", "1,500"),
        ("Over the past week 14 children had died of hunger in the camp.", "14"),
        ("Bird flu has killed 248 people since it came back in 2003.", "248"),
        (
            "Three raids between April 12 and July 4 are likely to have resulted in the death of eight villagers.",
            "eight",
        ),
        # campaigns
        ("The war has killed 10,000 people.", "10,000"),
        ("In the war, 4,000 soldiers died.", "4,000"),
        ("More than 37,000 people have been killed in the conflict.", "37,000"),
        ("The group has killed thousands in a ten-year insurgency.", "thousands"),
        ("Some 3,000 prisoners were executed during the dictatorship.", "3,000"),
        ("The army's offensive has killed more than 1,600 civilians.", "1,600"),
        ("The crackdown has left at least 300 protesters dead.", "300"),
        ("Hundreds of rebels had been killed in the fierce offensive.", "Hundreds"),
        ("Some 90 soldiers were killed during the two-year occupation.", "90"),
        ("The protests have left at least 120 people dead.", "120"),
        ("Violence in the province has killed 400 people.", "400"),
        ("About 1,100 soldiers were killed in the ongoing fight.", "1,100"),
        ("The fighting has forced 150,000 people to flee.", "150,000"),
        ("The shrine honours 2.5 million war dead.", "2.5 million"),
        ("The army has lost 230 soldiers in the north.", "230"),
        # large figures that nothing ties to one event
        ("Hundreds of thousands of people have been killed by the militia.", "Hundreds of thousands"),
        ("Air strikes have killed hundreds of villagers.", "hundreds"),
        ("Dozens have been killed in sectarian clashes.", "Dozens"),
        # disease
        ("Cholera has killed 1,200 people in the past three months.", "1,200"),
        ("The epidemic has infected 35,000 people.", "35,000"),
        ("There are about 36,000 cases of the virus in 76 countries.", "36,000"),
        ("At least 5,900 deaths were linked to the coronavirus.", "5,900"),
        ("The outbreak has killed more than 2,000 people in the region.", "2,000"),
        # totals
        ("Two men were shot, bringing the number of people killed this year to 41.", "41"),
        ("It confirmed 61 deaths, raising the number of dead to at least 685.", "685"),
        ("The ministry updated the total of the dead to 72,549.", "72,549"),
        ("Around 700 people have been killed in the region since the year started.", "700"),
        ("The raid takes the total to 90 dead.", "90"),
        ("The raid brings the toll of the year to 45 dead and 90 wounded.", "90"),
        ("A total of 31 rangers have been killed in the campaign.", "31"),
        # ordinals
        ("It was the fourth homicide of 2016.", "fourth"),
        ("She was the 28th soldier from the county killed since 2003.", "28th"),
        ("The death was the state's 507th traffic fatality of the year.", "507th"),
        # incidents and reports
        (
            "The coalition conducted 24,160 strikes from August 2014 to July 2017, which killed 90 villagers.",
            "24,160",
        ),
        ("The coalition conducted 10 airstrikes in the last 24 hours, killing six fighters.", "10"),
        ("The command carried over 43 open reports of civilian casualties.", "43"),
        ("Nine reports of civilian deaths are still open.", "Nine"),
    ],
)
def test_running_totals(text: str, figure: str) -> None:
    """A total over a period, a campaign or a place is cumulative."""
    assert scope(text, figure) == "cumulative"


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        # one event, however long ago and however large
        ("In May, a stabbing left two dead.", "two"),
        ("In April 2015 a bomb killed 120 soldiers.", "120"),
        ("The 2004 tsunami killed 230,000 people.", "230,000"),
        ("A fire in 2017 killed 41 girls at an orphanage.", "41"),
        ("An airliner that crashed in 1952, killing 52 people, has been found.", "52"),
        ("Five men are on trial for the 1982 killing of more than 140 villagers.", "140"),
        ("The bombings last year that killed 34 people were the work of one man.", "34"),
        ("In August, three car bombs exploded at the station, killing more than 40 people.", "40"),
        ("Nearly 3,000 people died in the attacks on September 11, 2001.", "3,000"),
        ("An earthquake has killed more than 2,000 people.", "2,000"),
        ("A suicide bomber has killed 13 soldiers.", "13"),
        ("Thousands have fled since the volcano erupted on Friday.", "Thousands"),
        ("Floods have killed 95 people since Thursday.", "95"),
        # words of totals said of one event
        ("A total of 12 people died in the crash.", "12"),
        ("Rescuers have so far recovered 12 bodies after the earthquake.", "12"),
        ("In total, 30 guests were hurt in the hotel fire.", "30"),
        ("The finds raised the death toll of the landslide to 60.", "60"),
        ("The death toll has risen to 45.", "45"),
        # words of periods said of something else
        ("It was the deadliest attack since 2008, killing 12 people.", "12"),
        (
            "A review of raids conducted since 2017 found that one of them, a raid in May, killed two men.",
            "two",
        ),
        ("The law has been tightened twice since a guard killed four pupils.", "four"),
        ("Troops freed two hostages held since November.", "two"),
        ("Three men were killed, bringing the total to 23 since the start of the truce.", "Three"),
        ("A shell killed 12 people in the town, which has been held by rebels since 2013.", "12"),
        (
            "Rescuers pulled out five men, bringing the number of survivors to 19, and look for two missing men.",
            "two",
        ),
        # campaigns beside a single event
        ("A car bomb killed 30 soldiers in a town shaken by the war.", "30"),
        ("Two soldiers died in the war on Monday.", "Two"),
        ("War crimes judges heard how the unit killed 70 men in a barn.", "70"),
        ("Five people were killed in a home invasion.", "Five"),
        ("Troops have killed three rebels during an offensive in the hills.", "three"),
        ("A commander and several of his men have been killed in clashes with the army.", "several"),
        ("Raids killed 72 people amid the ongoing offensive.", "72"),
        ("At least 12 people have died in the protests.", "12"),
        ("The number of trapped miners may be as high as 12, since nobody kept a list.", "12"),
        ("Parents put the number of kidnapped pupils at 102.", "102"),
        # one source of illness, one wave of it
        ("An epidemic in 2009 killed nearly 200 people.", "200"),
        ("As many as 20,000 people could fall ill with cholera.", "20,000"),
        ("An outbreak of salmonella has sickened 95 people.", "95"),
        ("At least nine people died after an outbreak of cholera at the camp.", "nine"),
        ("A stomach bug outbreak at four hospices has infected 114 people.", "114"),
        # days
        ("The army says 300 rebels have been killed in two days of fighting.", "300"),
        ("Several children have been killed in the past few days.", "Several"),
        # incidents and reports of one event or one month
        ("Twin bombings killed 20 people on Friday.", "Twin"),
        ("Three blasts on Monday killed 12 people.", "Three"),
        ("In April it received 43 new reports of civilian casualties.", "43"),
        # one of those counted before
        ("Two clerks were named. The fifth victim was a baker.", "fifth"),
        # one person
        ("A soldier has been killed in the war.", "A"),
    ],
)
def test_tolls_of_one_event(text: str, figure: str) -> None:
    """What befell people at one time is an event, whatever else the sentence tells of."""
    assert scope(text, figure) == "event"


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("It confirmed another 61 civilian deaths.", "61"),
        ("The ministry reported 12 more deaths.", "12"),
        (
            "Eleven bodies were found on Friday. Fishermen saved 46 people. By night divers found another five bodies.",
            "five",
        ),
        ("A further three hostages were killed.", "three"),
        ("Nine people were killed in the capital and ten more in the port.", "ten"),
        ("Two officers were killed. A third officer was killed at the station.", "A"),
        ("A sailor drowned on Monday. Another sailor, Peter Hallum, drowned the same day.", "Peter Hallum"),
        ("The bomb killed the mayor, Adel Karim, and 20 others.", "20"),
        ("A woman was killed on the bridge. Three other women were killed in the square.", "Three"),
        ("A blast tore through the office, wounding him and several other officials.", "several"),
        ("The ministry reported 546 new cases of cholera and 31 deaths.", "546"),
        ("The ministry reported 546 new cases of cholera and 31 deaths.", "31"),
        ("Doctors found 138 newly confirmed cases of measles.", "138"),
    ],
)
def test_additions(text: str, figure: str) -> None:
    """What comes on top of the same harm is additional."""
    assert scope(text, figure) == "additional"


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("A car bomb killed 13 soldiers and wounded 56 more.", "56"),
        ("A shooting killed one man and injured three others.", "three"),
        ("The gunman killed a deputy and injured another.", "another"),
        ("Two guards were killed and a third wounded.", "a"),
        ("Four people, including a nurse, were killed and seven others were injured.", "seven"),
        ("A bomb killed four men. At least 80 other people were wounded.", "80"),
        ("A bomb wounded two newly arrived guards.", "two"),
        ("There were no new deaths.", "no"),
    ],
)
def test_others_after_another_harm(text: str, figure: str) -> None:
    """After another harm, "more" and "others" only say that these are other people."""
    assert scope(text, figure) == "event"


def test_figures_beside_a_total_share_it() -> None:
    """ "killed 1,600 and wounded thousands": both are the toll of the offensive, and the parts too."""
    text = "The offensive has killed more than 1,600 people, including 300 children, and wounded thousands."
    assert [s for _, s in scopes(text)] == ["cumulative"] * 3


def test_a_total_is_shared_by_the_next_sentence() -> None:
    """People displaced by what the sentence before tells of are counted with its dead."""
    text = "The war has killed 10,000 people. More than 150,000 have been displaced."
    assert [s for _, s in scopes(text)] == ["cumulative", "cumulative"]


def test_an_event_of_the_next_sentence_stands_apart() -> None:
    """A bombing told behind the toll of a war is an event of its own."""
    text = "The war has killed 10,000 people. A bomb killed 300 people at a market on Friday."
    assert [s for _, s in scopes(text)] == ["cumulative", "event"]


def test_a_total_is_an_incident_of_its_own() -> None:
    """The dead of the day and the dead of the year are not added up."""
    found = extract("A raid killed five men. Raids have killed 85 people since May.", published="2017-09-03")
    assert len({c.incident for c in found.claims}) == 2
