"""Where a harm happened: the places of its sentence, those told elsewhere, and the spot within them."""

from __future__ import annotations

import pytest

from casualty_extract import extract

# The text, the figure asked about, and the texts of its places.
TOLD = [
    ("Six people died in Mosul.", "Six", ["Mosul"]),
    # The spot within the town, told in the next sentence, leads.
    (
        "A bomb killed six people in Baghdad. It went off in the Karrada district.",
        "six",
        ["Karrada district", "Baghdad"],
    ),
    # Where people were taken is not where they were hurt.
    (
        "A bus fell off a bridge near Arusha. Nine were hurt and taken to a hospital in Dodoma.",
        "Nine",
        ["Arusha"],
    ),
    # The sentence of the same harm comes before a nearer one that tells of none.
    (
        "A bomb killed six people in Mosul. Ministers met in Basra. Nine people were killed when it went off.",
        "Nine",
        ["Mosul"],
    ),
    # A place with a toll of its own is no spot of the larger toll.
    ("Floods killed 32 people in Kerala. In the town of Kochi, 20 people died.", "32", ["Kerala"]),
    # The spot within the town within the country.
    (
        "A bomb killed six people in Afghanistan. It went off in the city of Kandahar. The blast shook the "
        "Aino Mena market in Kandahar.",
        "six",
        ["Aino Mena market", "Kandahar", "Afghanistan"],
    ),
    # Whose town it is stands before the word for it, be it a people, a region or something unknown.
    ("The attack killed three policemen in the Kurdish city of Sulaymaniyah.", "three", ["Sulaymaniyah"]),
    ("The attack killed three policemen in the Sinai city of El-Arish.", "three", ["El-Arish", "Sinai"]),
    ("The blast killed three in the Donetsk region town of Bakhmut.", "three", ["Bakhmut", "Donetsk region"]),
    ("The blast killed three in Nussu village of Qazigund.", "three", ["Nussu village", "Qazigund"]),
    # The part of a town leads the town, wherever it is named.
    ("Two people died in Sofia's Lozenets district.", "Two", ["Lozenets district", "Sofia"]),
    ("Two people died in the Lozenets district of Sofia.", "Two", ["Lozenets district", "Sofia"]),
    ("Two people died in Karachi and the Fatih district.", "Two", ["Karachi", "Fatih district"]),
    # A town is no part of another town.
    ("Shelling wounded nine people in Khost. A bomb killed six in Gardez.", "nine", ["Khost"]),
    # What is told later of an earlier event, by its day or by a word, is no place of this one.
    (
        "A landslide killed six people in Nepal on Friday. In May, floods killed 90 people in Pokhara.",
        "six",
        ["Nepal"],
    ),
    ("An officer shot a man dead on Friday. The shooting comes after a raid in Kandahar.", "a", []),
    # An arrest has a place of its own.
    ("A bomb killed six people in Mosul. Two men were arrested on Monday.", "Two", []),
    ("A bomb killed six people in Mosul. Two men were arrested in Basra.", "Two", ["Basra"]),
    # The spot of the incident, told with the figure's repetition, counts for the others of its sentence too.
    (
        "Six officers and a nurse were killed in Yemen, the army said. The six officers were shot in Taiz in Yemen.",
        "a",
        ["Taiz", "Yemen"],
    ),
    # A sea has the country of its coast, where the sentence names it.
    (
        "A drone killed six people in the Sea of Azov near Kerch, Crimea.",
        "six",
        ["Sea of Azov", "Kerch", "Crimea"],
    ),
    # A spot without a name leads to its town, and an owner to none.
    ("Two bombs in the main market of Mosul killed six people.", "six", ["Mosul"]),
    ("Six people were killed when shells fell on the main square of Mosul.", "Six", ["Mosul"]),
    ("Six people were killed on the road of the king of Jordan.", "Six", []),
    # Figures of one sentence with places of their own.
    ("Six people died in Mosul, two in Basra.", "Six", ["Mosul"]),
    ("Six people died in Mosul, two in Basra.", "two", ["Basra"]),
    ("Over 1,000 people are killed in Myanmar and ten more in Thailand.", "ten", ["Thailand"]),
    ("In Mosul six people died and in Basra two people died.", "two", ["Basra"]),
    ("Nine people were killed and 30 hurt in Mosul, and two died in Basra.", "Nine", ["Mosul"]),
    ("Shelling killed six people, including two children, in Mosul on Friday.", "two", ["Mosul"]),
    # A dateline is where the reporter is, unless the text tells of its country.
    (
        "AMMAN, Jordan - Strikes in southern Libya killed 18 people. Nine reports came in. Six were killed.",
        "Six",
        ["Libya"],
    ),
    (
        "KANO, Nigeria - Gunmen struck a market in Katsina. Six people were killed.",
        "Six",
        ["Katsina", "Nigeria"],
    ),
    # What a nation does in another country did not happen in its own.
    ("A US airstrike killed six people in Mosul.", "six", ["Mosul"]),
    ("The Syria airstrikes killed six people in Aleppo.", "six", ["Aleppo", "Syria"]),
    ("More than 34,000 people have been killed in Israel's offensive in Gaza.", "34,000", ["Gaza"]),
    ("Sudan's war has killed 15,000 people.", "15,000", ["Sudan"]),
    ("Turkey's earthquake in Hatay killed six people.", "six", ["Hatay", "Turkey"]),
    # An arrest takes the place of the sentence before it, and none from afar.
    ("A mob attacked a clinic in the town of Dondo. Police arrested 16 men.", "16", ["Dondo"]),
    ("A bomb killed six people in Mosul. Many fled. Ministers met. Police arrested 16 men.", "16", []),
    ("A military source in Basra said six people had died.", "six", []),
    # The world is no place.
    ("Hospitals in Milan were full. The virus has killed 52,000 people worldwide.", "52,000", []),
]


@pytest.mark.parametrize(("text", "figure", "places"), TOLD)
def test_places_of_a_harm(text: str, figure: str, places: list[str]) -> None:
    """The most specific place comes first."""
    [claim] = [c for c in extract(text).claims if c.quantity.text == figure]
    assert [p.text for p in claim.places] == places
