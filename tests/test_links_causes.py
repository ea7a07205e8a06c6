"""By what and by whom a harm was done, where the text tells it beside, before or after the figure."""

from __future__ import annotations

import pytest

from casualty_extract import Claim, extract


def claims(text: str) -> list[Claim]:
    """Extract the claims of a text of Friday 1 September 2017."""
    return list(extract(text, published="2017-09-01").claims)


def claim(text: str, figure: str) -> Claim:
    """Give the claim of the last mention of a figure."""
    return [c for c in claims(text) if c.quantity.text == figure][-1]


@pytest.mark.parametrize(
    ("text", "figure", "actor"),
    [
        # Another act of the sentence.
        ("Nine people died in a shooting when masked men opened fire in Arda.", "Nine", "masked men"),
        ("At least nine were hurt in a blast after a suicide bomber struck.", "nine", "a suicide bomber"),
        # Told before.
        ("Coalition warplanes struck a school. The strike killed 40 people.", "40", "Coalition warplanes"),
        ("An Israeli airstrike hit a camp. Nine people were killed in the bombing.", "Nine", "Israeli"),
        ("Gunmen opened fire in a bar. Nine people were shot dead.", "Nine", "Gunmen"),
        ("The army pressed its offensive. The offensive has killed 900 people.", "900", "The army"),
        ("Rebels shelled a town. It was an attack that killed 12 people.", "12", "Rebels"),
        (
            "The coalition was busy. Since May it carried out 90 strikes that killed 12 men.",
            "12",
            "The coalition",
        ),
        # Told after.
        ("A shooting killed nine people. Two men opened fire in a yard, police said.", "nine", "Two men"),
        ("A bomb killed nine people. The Taliban claimed responsibility.", "nine", "The Taliban"),
        # An army can tell of its own strikes.
        ("The coalition said its strikes had killed 90 civilians.", "90", "The coalition"),
        ("A bomb killed nine people. It rained. Officials blamed the PKK for the blast.", "nine", "the PKK"),
        (
            "A strike killed nine people. Most sources attributed the strike to rebel forces.",
            "nine",
            "rebel forces",
        ),
        ("Rebels are accused of killing and mutilating 900 villagers.", "900", "Rebels"),
        # Whose attacker was struck in the end.
        ("Khan stabbed two people. Police shot Khan. In all, 12 were hurt in the attack.", "12", "Khan"),
    ],
)
def test_the_actor_of_the_event(text: str, figure: str, actor: str) -> None:
    """Who did it may be told beside, before or after the harm."""
    found = claim(text, figure).perpetrator
    assert found is not None
    assert found.text == actor


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        # Another event: by its article, by day, by country, by the word that leads back.
        ("Gunmen opened fire in a bar in Arda. Another shooting killed 12 people.", "12"),
        ("A shooting killed nine people on Monday. On Friday gunmen shot dead a judge.", "nine"),
        ("Gunmen shot at a bar in France. In Spain 12 people were shot dead.", "12"),
        ("Gunmen shot a judge. It comes a week after 12 people were killed in a shooting.", "12"),
        ("Gunmen shot at a bar. Elsewhere, 12 people were killed in a shooting.", "12"),
        # Another method.
        ("Gunmen opened fire in a bar. Nine people were killed in the earthquake.", "Nine"),
        ("A man stabbed a judge. The bomb killed nine people.", "nine"),
        # Who struck the attacker, and acts of two sides.
        ("Nine people were hurt in a stabbing. Police shot the attacker.", "Nine"),
        ("Nine were hurt in a shooting. The suspect, a man of 26, was shot dead by a deputy.", "Nine"),
        ("Troops fought rebels near Arda. Nine people were killed in the fighting.", "Nine"),
        ("Rebels attacked a base. The army said 80 militants were killed in the attack.", "80"),
        ("A bomb killed nine people. A group responsible for a string of attacks condemned it.", "nine"),
        # One deed makes no campaign.
        ("Militants attacked a post. The attacks have killed 45,000 people since 1989.", "45,000"),
        # Police look into bombs.
        ("Police attacked the crowd with batons. The bomb attack wounded 70 people.", "70"),
        # Another town.
        ("Three bombs killed nine people in Kirkuk. In Mosul, gunmen attacked an office.", "nine"),
        # A name does not strike itself.
        ("In 2002 Alan Marsh slashed his wrists and bled to death.", "Alan Marsh"),
        # An attacker does not strike himself unless the text says so.
        ("A man opened fire in a bar. The gunman was also killed.", "The gunman"),
        # Others that are said to have done something else.
        ("A bomb killed nine people. The group behind a string of attacks condemned it.", "nine"),
        # An arrest.
        ("Police detained three managers after the fire.", "three"),
        # The harmed.
        ("The Russian-backed offensive has killed 900 people.", "900"),
        ("A flood killed nine people. Rebels claimed responsibility for a raid.", "nine"),
    ],
)
def test_no_actor_of_another_event(text: str, figure: str) -> None:
    """Nobody is taken over from another event, another method or the other side."""
    assert claim(text, figure).perpetrator is None


@pytest.mark.parametrize(
    ("text", "figure", "cause"),
    [
        ("A missile strike from a U.S. drone killed nine men.", "nine", "missile"),
        ("Landslides caused by heavy rain killed nine people.", "nine", "landslide"),
        ("An explosion and fire at a mine killed nine people.", "nine", "explosion"),
        ("A nurse was beaten to death in a town with cholera. Cholera has killed 40 people.", "A", "other"),
        ("Nine people, including one who was beheaded, were killed in a raid.", "Nine", "clash"),
        ("Nine people are killed, including a child, in a mass shooting.", "Nine", "shooting"),
        ("A ferry sank in a storm. Forty people were rescued.", "Forty", "shipwreck"),
        ("Khan stabbed two people. Police shot him dead. In all, 12 were wounded.", "12", "stabbing"),
        ("A car bomb killed six. It comes a week after 12 people died in a rebel attack.", "12", "other"),
    ],
)
def test_the_cause_of_the_event(text: str, figure: str, cause: str) -> None:
    """The method named for this harm: the first of a chain, and none that struck the attacker."""
    found = claim(text, figure).cause
    assert found is not None
    assert found.label == cause


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Police killed two would-be suicide bombers.", "two"),
        ("The gunmen shot a guard and seized five teachers.", "five"),
        ("Police arrested three men. No shots were fired.", "three"),
    ],
)
def test_no_cause(text: str, figure: str) -> None:
    """What was done to others is no cause."""
    assert claim(text, figure).cause is None


@pytest.mark.parametrize(
    ("text", "figure", "cause"),
    [
        # How one person died is no cause of many others, but of what is told of him.
        ("Two smugglers were held; a third was shot. At least 38 people are dead.", "38", None),
        ("A guard was shot on Friday. A driver died on the way to hospital.", "A", "shooting"),
        ("Gunmen shot nine people on Friday. Six died on the way to hospital.", "Six", "shooting"),
    ],
)
def test_cause_of_one_person(text: str, figure: str, cause: str | None) -> None:
    found = claim(text, figure).cause
    assert (found.label if found else None) == cause


@pytest.mark.parametrize(
    "text",
    [
        "A monitoring group said its strikes had killed 90 civilians.",
        "Doctors said their strikes had killed 90 civilians.",
    ],
)
def test_who_only_tells_of_strikes_wages_none(text: str) -> None:
    """ "Its strikes" in the words of a monitor are those of somebody told of elsewhere."""
    found = claim(text, "90")
    assert found.attribution is not None
    assert found.perpetrator is None
