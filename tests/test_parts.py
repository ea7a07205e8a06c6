"""Parts and wholes: which claim's figure contains another's."""

from __future__ import annotations

import pytest

from casualty_extract import Article, extract
from casualty_extract.pipeline import explain


def parts(text: str) -> list[tuple[str, str]]:
    """The figures that are part of another, each with it."""
    found = extract(text, published="2017-09-06").claims
    figure = {claim.id: claim.quantity.text for claim in found}
    return [(claim.quantity.text, figure[claim.part_of]) for claim in found if claim.part_of]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twelve people, including four children and a medic, were killed when a shell hit a clinic in Aleppo.", [("four", "Twelve"), ("a", "Twelve")]),
        ("A truck bomb killed 31 people and wounded 40 in Kabul on Monday. Among the dead were two children and a policeman.", [("two", "31"), ("a", "31")]),
        ("A truck bomb killed 31 people in Kabul on Monday. Three policemen and two women were among the dead.", [("Three", "31"), ("two", "31")]),
        ("A truck bomb killed 31 people and wounded 40 in Kabul. Among the wounded were six children.", [("six", "40")]),
        ("The fire killed 17 guests. Two of the dead were Thai nationals, the embassy said.", [("Two", "17")]),
        ("Gunmen killed nine villagers in Mali. Three of them were women.", [("Three", "nine")]),
        ("Gunmen killed nine villagers in Mali, three of them women.", [("three", "nine")]),
        ("The crash killed eight passengers, five of whom were students.", [("five", "eight")]),
        ("The shelling killed 21 people. Seven of those killed were children, the ministry said.", [("Seven", "21")]),
        ("The shelling killed 21 people. Seven of the victims were children.", [("Seven", "21")]),
        ("The bus crash injured 30 people. Two of them later died in hospital.", [("Two", "30")]),
        ("The bus crash injured 30 people. Two of the injured later died.", [("Two", "30")]),
        ("The blast wounded 43 people, seven of them seriously.", [("seven", "43")]),
        ("The blast wounded 43 people. Eleven of the wounded are in a serious condition. One of them, a woman, later died.", [("Eleven", "43"), ("One", "Eleven"), ("a", "Eleven")]),
        ("Police arrested 12 suspects on Sunday. Three of the suspects were released on Monday.", [("Three", "12")]),
        ("Gunmen abducted ten workers. Four of them were freed on Monday.", [("Four", "ten")]),
        ("Rebels seized ten workers. Four of the hostages were freed on Monday, and the other six are still missing.", [("Four", "ten"), ("six", "ten")]),
        ("The strike left seven people dead: five policemen and two civilians.", [("five", "seven")]),
        ("Seven people were killed in the attack. The dead were five policemen and two civilians.", [("five", "Seven"), ("two", "Seven")]),
        ("Five policemen and two civilians were killed in the attack. All seven were killed at a checkpoint, officials said.", [("Five", "seven"), ("two", "seven")]),
        ("Two civilians, a mother and her child, were injured in the strike.", [("a", "Two"), ("her", "Two")]),
        ("Both the pilot and the co-pilot were killed in the crash.", [("the pilot", "Both"), ("the co-pilot", "Both")]),
        ("The bodies of two people, a man and a woman, were found on the beach after the storm.", [("a", "two"), ("a", "two")]),
        ("Two students were killed in a crash in Bogra. The deceased were Ana Diaz, 17, and Omar Dahli, 21.", [("Ana Diaz", "Two"), ("Omar Dahli", "Two")]),
        ("Two students were killed in a crash in Bogra. Police named the victims as Ana Diaz, 17, and Omar Dahli, 21.", [("Ana Diaz", "Two"), ("Omar Dahli", "Two")]),
        ("Four people were killed in the shooting. One of the dead was identified as Omar Dahli.", [("Omar Dahli", "Four")]),
        ("Two students were killed in a crash in Bogra. A truck hit them and left Omar Dahli and Ana Diaz dead. Dahli was killed on his birthday.", [("Omar Dahli", "Two"), ("Ana Diaz", "Two"), ("Dahli", "Two")]),
        ("Floods have killed 32 people in Kerala. In the town of Kochi, 20 people died when a dam broke.", [("20", "32")]),
        ("The earthquake killed 87 people in Peru. In Arequipa, 38 people died.", [("38", "87")]),
        ("Bomb attacks killed 70 people across Iraq on Monday. A car bomb killed 10 people in Mosul.", [("10", "70")]),
        ("The epidemic has killed 61 people in Mozambique since December. Sofala province alone has recorded 44 deaths.", [("44", "61")]),
        ("The fire killed nine people. Four women were killed in their beds.", [("Four", "nine")]),
        ("At least 14 people were killed in the stampede. Three police officers were killed, the ministry said.", [("Three", "14")]),
        ("Omar Dahli, 19, was shot dead on Elm Street on Monday. The killing was the city's 31st homicide of the year.", [("Omar Dahli", "31st")]),
        ("Omar Dahli was killed in Helmand last week. Dahli is the 28th soldier from the state killed since 2003.", [("Omar Dahli", "28th"), ("Dahli", "28th")]),
        ("Fifteen people were shot at the club. Four of them died.", [("Four", "Fifteen")]),
        ("The militia executed 31 men, among them two imams, in the village.", [("two", "31")]),
        ("The military lost 18 soldiers in the ambush. Twelve of those soldiers died on the spot.", [("Twelve", "18")]),
        ("The coalition completed the assessment of 28 reports of civilian casualties. Seventeen of the reports were assessed to be non-credible and nine were found to be credible.", [("Seventeen", "28"), ("nine", "28")]),
        ("Out of 25 reports of civilian casualties, three were determined to be credible and the remaining 22 were assessed as non-credible.", [("three", "25"), ("22", "25")]),
        ("The command closed two of three open reports of civilian casualties.", [("two", "three")]),
        ("The total number of reports of civilian casualties was 396. The total number of credible reports of civilian casualties was 102.", [("102", "396")]),
        ("In August the coalition killed 18 civilians in Iraq, it said. Twelve of those civilians died on August 9. A further six civilians were killed on August 22.", [("Twelve", "18"), ("six", "18")]),
        ("The air strikes killed eight civilians in Syria between April 12 and July 4, 2017. On June 11, 2017, three civilians were killed in a strike near Raqqa, Syria.", [("three", "eight")]),
        ("Four of the victims of the crash, which killed nine people, were children.", [("Four", "nine")]),
        ("The police said 16 people were injured, two of them critically.", [("two", "16")]),
        ("The virus has killed four people. The first was a baby girl who died in June.", [("a", "four")]),
        ("A teacher and nine workers were killed when gunmen opened fire on a bus. All ten were killed on the spot.", [("A", "ten"), ("nine", "ten")]),
        ("The storm killed seven people. The victims were a man and six migrants who drowned when their boat sank.", [("a", "seven"), ("six", "seven")]),
        ("The ferry sank on Sunday and 40 people drowned, including a priest, three nuns and six pupils.", [("a", "40"), ("three", "40"), ("six", "40")]),
        ("At least 300 people died in the flood, more than half of them children. Dozens of the dead were buried on Monday.", [("Dozens", "300")]),
        ("The blast killed seven people: three guards, two cleaners and two visitors.", [("three", "seven"), ("two", "seven"), ("two", "seven")]),
        ("The blast killed seven people - three guards and four visitors.", [("three", "seven"), ("four", "seven")]),
        ("Three of the nine people killed in the raid were women.", [("Three", "nine")]),
        ("Two of the three people injured in the crash have died.", [("Two", "three")]),
        ("The gunmen killed 14 people in the hotel. Among those killed was a French engineer.", [("a", "14")]),
        ("The gunmen killed 14 people in the hotel. The dead included four Kenyans and a French engineer.", [("four", "14"), ("a", "14")]),
        ("The gunmen killed 14 people in the hotel. A French engineer was among the victims.", [("A", "14")]),
        ("The gunmen killed 14 people in the hotel. The youngest of the dead was a girl of two.", [("a", "14")]),
        ("The crash killed three students: Ana Diaz, Omar Dahli and Ali Kazem.", [("Ana Diaz", "three"), ("Omar Dahli", "three"), ("Ali Kazem", "three")]),
        ("Five people died in the fire. Ana Diaz, 34, and her son were killed in their sleep.", [("Ana Diaz", "Five"), ("her", "Five")]),
        ("The army said nine soldiers were killed in the clash. Four of the nine were killed by a mine.", [("Four", "nine")]),
        ("A landslide killed 26 people in Nepal. Six students were killed, of whom four were girls.", [("Six", "26"), ("four", "Six")]),
        ("Gunmen kidnapped two Germans and four Nigerians. The six employees were kidnapped on Wednesday.", [("two", "six"), ("four", "six")]),
    ],
)  # fmt: skip
def test_parts(text: str, expected: list[tuple[str, str]]) -> None:
    """A figure is tied to the total that contains it, told by words or by numbers, across sentences too."""
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "At least 50 people were killed in an air strike on a market in Idlib. The army said 20 people were killed.",
        "A bomb killed nine people in Mosul on Friday. Another bomb killed three soldiers in Mosul on Friday.",
        "A bomb killed nine people in Mosul. Nine people were killed in the blast, police said.",
        "Gunmen killed six policemen and a civilian in Cairo.",
        "The blast killed nine people and wounded 30.",
        "The blast killed nine people and wounded two children.",
        "Two bombs killed ten people in Baghdad. Hours earlier, two civilians were killed in a shooting.",
        "A car bomb killed nine people in Mosul on Friday. In a separate attack, two policemen were killed in Kirkuk.",
        "Two people were killed in Mosul. A policeman was shot dead. A soldier was shot dead. A teacher was shot dead.",
        "Two people were killed in the attack. The suspect was shot dead by police.",
        "Police killed 193 people in the protests. Six police officers were killed.",
        "The raid killed 15 people. One rebel was killed.",
        "The troops killed 40 militants. Two soldiers were killed in the fighting.",
        "The flood killed 23 people and 15 others are missing.",
        "No one was killed. Three people were injured.",
        "The quake killed 90 people on Monday. A quake killed 12 people in the same town in 2003.",
        "Three people died on Monday. Another two died on Tuesday.",
        "Twelve people were killed in Mosul on Friday. Two people were killed in Basra on Friday.",
        "In May the coalition received 16 new reports of civilian casualties and carried over 52 open reports.",
        "Of 16 new reports of civilian casualties, 13 were found credible, five were found non-credible and five are still open.",
        "Up to 40 people may have been killed. Two children were killed, the hospital said.",
        "A strike killed seven insurgents, while a raid on a clinic left a doctor and six nurses dead.",
        "A boat sank and killed five tourists in Naples. Elsewhere, two divers were killed in Malta.",
        "At least 12 people were killed on Sunday. Four soldiers had been killed in the same village a week earlier.",
        "The bomb killed 20 people. The bodies of three men were found in a river.",
        "The strike killed ten people. Nine children were wounded.",
        "Ana Diaz was killed in Mosul on Friday. Two people were wounded.",
        "Two officers were killed and a third was wounded.",
        "A gunman killed three people at a bar. The gunman was shot dead by police.",
        "Twelve soldiers were killed in the ambush. Two civilians were killed in the crossfire.",
        "The army killed 40 insurgents in the raid. Five soldiers were also killed.",
        # A total behind a person counts its own kind, and is no part of another.
        "A shopper was hurt in the attack. Two officers were hurt as well.",
        "A smuggler was hurt. A lorry with 33 people crashed, and nine of them were hurt.",
    ],
)  # fmt: skip
def test_no_parts(text: str) -> None:
    """Told of again, told of another event, of other people, of another harm: no part of the figure before."""
    assert parts(text) == []


def test_of_a_total_told_again_the_nearest_before_the_part_is_the_whole() -> None:
    """The headline's total and the lead's are the same; the part hangs on the one that it follows."""
    first, second, part = extract(
        "Bomb kills 20 in Kabul. A bomb killed 20 people in Kabul on Monday, police said. Among the dead were four women."
    ).claims
    assert (first.part_of, second.part_of, part.part_of) == (None, None, second.id)


def test_a_person_named_again_hangs_on_the_total() -> None:
    """Two of the six are told of together; named again, each of them is one of the six."""
    found = extract(
        "Six members of a family were killed in the strike. Two of her sons, Omar Dahli and Ali Dahli, were killed. Omar Dahli was killed in his bed."
    ).claims
    figure = {claim.id: claim.quantity.text for claim in found}
    assert [figure.get(claim.part_of or "") for claim in found] == [None, "Six", "Two", "Two", "Six"]


def test_zeros_have_no_whole() -> None:
    """None of the nine: a zero is part of nothing."""
    claims = extract(
        "Nine people were wounded in the crash, none of them seriously. None of them died."
    ).claims
    assert {claim.part_of for claim in claims if claim.quantity.form == "zero"} <= {None}


def test_a_digest_ties_nothing_across_its_paragraphs() -> None:
    """Each paragraph tells of an event of its own."""
    text = (
        "Nine people are killed in a bus crash in Lima, Peru.\n\nThree soldiers are killed by a mine in Gao, Mali.\n\n"
        "Two women are killed in a flood in Kyoto, Japan.\n\nA policeman is killed in a raid in Cali, Colombia."
    )
    assert parts(text) == []


def test_explain_names_the_rule_and_the_whole() -> None:
    """A part that no link told of has its decision, with the passage of its whole."""
    _, part = explain(Article(text="A bomb killed 20 people in Kabul. Three policemen were among the dead."))
    (decision,) = [d for d in part["decisions"] if d["slot"] == "part_of"]
    assert (decision["rule"], decision["text"]) == ("among a group told of before", "20")


def test_thousands_of_claims_are_tied() -> None:
    """A long text of many tolls ties each part to the total of its own sentence."""
    sentence = "Nine people were killed in Kabul, three of them women. Two of the dead were boys. "
    assert parts(sentence * 500) == [("three", "Nine"), ("Two", "Nine")] * 500
