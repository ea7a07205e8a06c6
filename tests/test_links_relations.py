"""Figures and verbs of harm: constructions in which they stand apart, and look-alikes."""

from __future__ import annotations

import pytest

from casualty_extract import extract


def figures(text: str) -> list[tuple[str, str | None]]:
    """The figures of a text, each with its harm."""
    claims = extract(text, published="2017-09-03").claims
    return [(c.quantity.text, c.harm.label if c.harm else c.unit) for c in claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Omar Dahli, who led the village council, was arrested on Sunday.", [("Omar Dahli", "detained")]),
        (
            "Ten other soldiers wounded in the attack were evacuated to a local hospital.",
            [("Ten", "injured")],
        ),
        ("At least 4,700 villagers had to evacuate.", [("4,700", "displaced")]),
        ("Six pilgrims had been stopped on the road to Arda and wounded.", [("Six", "injured")]),
        ("Two wanted gunmen, identified as brothers, were killed.", [("Two", "killed")]),
        ("Twelve soldiers, who were looking for mines, were killed.", [("Twelve", "killed")]),
        (
            "Twelve people, ten of whom were soldiers, were killed.",
            [("Twelve", "killed"), ("ten", "killed")],
        ),
        (
            "Twelve people, of whom four were children, were wounded.",
            [("Twelve", "injured"), ("four", "injured")],
        ),
        ("At least 33 migrants trying to reach the coast have drowned.", [("33", "killed")]),
        ("Four women and three girls were found drowned.", [("Four", "killed"), ("three", "killed")]),
        (
            "Fifteen people are killed and 19 more injured as a bus plunges into a ravine.",
            [("Fifteen", "killed"), ("19", "injured")],
        ),
        ("The storm forced 3,000 people to evacuate.", [("3,000", "displaced")]),
        (
            "Two people are killed and 1,000 others evacuate after fires.",
            [("Two", "killed"), ("1,000", "displaced")],
        ),
        (
            "The fighting has sent hundreds of thousands of people fleeing into the desert.",
            [("hundreds of thousands", "displaced")],
        ),
        (
            "Police fear outbreaks as hundreds of thousands of displaced people live without clean water.",
            [("hundreds of thousands", "displaced")],
        ),
        (
            "A suicide bomber walked into an office and blew himself up, killing eight people.",
            [("A", "killed"), ("eight", "killed")],
        ),
        ('Troops said they had "neutralised" 45 rebels.', [("45", "killed")]),
        ("Forty passengers are still being held.", [("Forty", "detained")]),
        (
            "About 50 rebels were killed and 100 captured near the town.",
            [("50", "killed"), ("100", "detained")],
        ),
        ("Navy boats saved 200 more.", [("200", "rescued")]),
        ("The agency feeds another 500,000 displaced Sudanese in the south.", [("500,000", "displaced")]),
        ("Hamas releases three hostages.", [("three", "rescued")]),
        ("Police took 12 men into custody.", [("12", "detained")]),
        ("The crash sent 12 people to hospital.", [("12", "injured")]),
        ("The flood forced 3,000 people from their homes.", [("3,000", "displaced")]),
        ("Crews led 30 guests to safety.", [("30", "rescued")]),
        ("Twelve lives were lost in the fire.", [("Twelve", "killed")]),
        ("The ship sank with the loss of 40 lives.", [("40", "killed")]),
        ("A mudslide engulfed a village, burying 45 people.", [("45", "casualties")]),
        ("The fatal shooting of two officers shocked the town.", [("two", "killed")]),
        ("Gunmen held more than 100 worshippers as hostages.", [("100", "abducted")]),
        ("The fire forced the evacuation of 3,000 residents.", [("3,000", "displaced")]),
        ("The conflict led to the displacement of 40,000 people.", [("40,000", "displaced")]),
        ("The storm hit the coast, stranding 500 motorists.", [("500", "trapped")]),
        ("The blast injured a group of 12 pupils.", [("12", "injured")]),
        ("Gunmen killed the head of a clinic and two nurses.", [("two", "killed")]),
    ],
)
def test_figures_reach_their_harm(text: str, expected: list[tuple[str, str]]) -> None:
    """Insertions, light verbs and nouns of action tie the two."""
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The February 14th assassination of a former minister led to protests.", [("a", "killed")]),
        ("Gunmen kidnapped nine nurses and freed two.", [("nine", "abducted"), ("two", "rescued")]),
        ("Nine workers were incinerated in the blast.", [("Nine", "killed")]),
        ("Some 40 activists were incarcerated in June.", [("40", "detained")]),
        ("About 300 residents were relocated to schools.", [("300", "displaced")]),
        ("Police nabbed five suspects in a raid.", [("five", "detained")]),
        ("The steam scalded two workers.", [("two", "injured")]),
        ("The assassination of two judges shocked the town.", [("two", "killed")]),
        ("The beheading of 21 workers shocked the town.", [("21", "killed")]),
        ("The army announced the capture of 12 rebels.", [("12", "detained")]),
        ("Protests followed the detention of 23 students.", [("23", "detained")]),
        ("The disappearance of 43 students shocked the country.", [("43", "missing")]),
        ("The slaughter of 40 herders was condemned.", [("40", "killed")]),
        ("The wounding of three soldiers was confirmed.", [("three", "injured")]),
        ("There were 12 suicides in the barracks last year.", [("12", "killed")]),
        ("The camp holds 40,000 IDPs.", [("40,000", "displaced")]),
        ("The rebels hold 30 captives.", [("30", "abducted")]),
        ("Three people are in intensive care.", [("Three", "injured")]),
        ("Two officers are under arrest.", [("Two", "detained")]),
        ("Some 4,000 people are sheltering in schools.", [("4,000", "displaced")]),
        ("More than 7,000 people are living in tents.", [("7,000", "displaced")]),
        ("About 300 people sought refuge in a church.", [("300", "displaced")]),
        ("Nine hikers were winched to safety.", [("Nine", "rescued")]),
        ("Nine people were plucked from the roof.", [("Nine", "rescued")]),
        ("Some 900 villagers were airlifted to safety.", [("900", "rescued")]),
        ("The gunmen set free several prisoners.", [("several", "rescued")]),
        ("Eighty prisoners have been recaptured.", [("Eighty", "detained")]),
        ("Three women were hit by stray bullets.", [("Three", "casualties")]),
        ("Nine soldiers lost limbs in the blast.", [("Nine", "injured")]),
        ("Four others survived with injuries.", [("Four", "injured")]),
        ("Some 90 people were diagnosed in May.", [("90", "infected")]),
        ("Forty miners were entombed by the collapse.", [("Forty", "trapped")]),
        ("The rescue of 12 miners took ten hours.", [("12", "rescued")]),
        ("Gunmen mowed down 30 shoppers.", [("30", "casualties")]),
        ("Six people were bludgeoned to death.", [("Six", "killed")]),
        ("About 900 people have had to leave their homes.", [("900", "displaced")]),
        ("Crews brought 12 miners to the surface.", [("12", "rescued")]),
        ("Forty pupils were admitted to hospital.", [("Forty", "injured")]),
        ("Two workers were pinned under a beam.", [("Two", "trapped")]),
        ("Ninety guests have come down with fever.", [("Ninety", "infected")]),
    ],
)
def test_words_of_harm_of_every_label_count(text: str, expected: list[tuple[str, str]]) -> None:
    """Each word stands in a sentence of its own."""
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mayor Omar Dahli urged residents to evacuate.", []),
        ("The council voted 70 to 20 to send the bill back to a panel, where it died.", []),
        ("A dissident has sought refuge at an embassy.", []),
        ("Two ministers went to the hospital.", []),
        ("He took 12 gifts to the hospital.", []),
        ("The army captured the hometown of two ministers.", []),
        ("Police seized two armoured cars.", []),
        ("The town offered a reward for the capture of a rebel leader.", []),
        ("Two crews evacuated 300 residents.", [("300", "displaced")]),
        ("Ana Diaz, who led the party for years, died peacefully.", []),
        ("The council issued evacuation orders.", []),
        ("They toured three detention centres.", []),
        ("Two suicide bombers attacked the gate.", []),
        ("The company released 12 albums.", []),
        ("They buried their mother on Sunday.", []),
        ("The fire killed the wife of two soldiers.", [("the wife", "killed")]),
        ("The raid killed the leaders of two groups.", []),
        ("Police found a suicide note.", []),
        ("Three suicide bombings shook the capital.", []),
        ("Talks between the two men are being held up.", []),
        ("The mayor was treated well.", []),
        ("Two boxers were hit by injuries.", []),
        ("The mission's capture of the market drew 12 investors.", []),
        ("Nine patients died in hospital.", [("Nine", "killed")]),
        ("The rescue cost 12 million dollars.", []),
    ],
)
def test_look_alikes_count_nobody(text: str, expected: list[tuple[str, str]]) -> None:
    """Things, duties and wishes are no harm to the people beside them."""
    assert figures(text) == expected
