"""Claims of single persons: "a policeman", "the driver" and names; one claim for each, and none for others."""

from __future__ import annotations

import pytest

from casualty_extract import extract, lexicon
from casualty_extract.lexicon.roles import RoleRow

NO_PERSONS = {"body", "couple", "crew", "family", "human", "twin"}
"""Nouns of victims of which one is a body, or several persons, or a kind."""
ROLES = lexicon.read("victims", "roles", RoleRow)


def told(text: str) -> str:
    """The claims of a text on one line: the figure and what happened."""
    claims = extract(text, published="2017-09-03").claims
    return "; ".join(f"{c.quantity.text} {c.harm.label if c.harm else c.unit}" for c in claims)


ONE_CLAIM = [
    ("A clerk named Omar Dahli was killed in the blast.", "Omar Dahli killed"),
    ("A man identified as Omar Dahli was shot dead.", "Omar Dahli killed"),
    ("A nurse, identified as Ana Reed, was shot dead.", "Ana Reed killed"),
    ("A nurse, identified by police as Ana Reed, was shot dead.", "Ana Reed killed"),
    ("A woman called Ana Reed was stabbed to death.", "Ana Reed killed"),
    ("A 31-year-old man surnamed Wei has been arrested over the fire.", "A detained"),
    ("A 31-year-old woman surnamed Wei was killed in the blast.", "A killed"),
    ("Soldiers killed the baker, Omar Dahli, on Friday.", "Omar Dahli killed"),
    ("A teacher, Omar Dahli, was killed by a mine.", "Omar Dahli killed"),
    ("Omar Dahli, a teacher, was killed by a mine.", "Omar Dahli killed"),
    ("Omar Dahli, 44, a teacher, was killed by a mine.", "Omar Dahli killed"),
    ("Omar Dahli, the driver, was killed by a mine.", "Omar Dahli killed"),
    (
        "Omar Dahli, his wife and two children were killed by a mine.",
        "Omar Dahli killed; his killed; two killed",
    ),
    (
        "Omar Dahli, a teacher, and Ali Kazem, a baker, were killed by a mine.",
        "Omar Dahli killed; Ali Kazem killed",
    ),
    ("Former captain and army veteran Omar Dahli was killed by a mine.", "Omar Dahli killed"),
    ("Omar Dahli was one of four medics killed in the attack.", "Omar Dahli killed; four killed"),
    ("Omar Dahli, one of four medics killed in the attack, was 30.", "Omar Dahli killed; four killed"),
    ("Omar Dahli was among nine medics killed in the attack.", "Omar Dahli killed; nine killed"),
    ("Omar Dahli, 30, is among the nine medics killed in the attack.", "Omar Dahli killed; nine killed"),
    ("Reed is the 28th Ohio soldier killed in the war. Tom Reed was 20.", "Reed killed; 28th killed"),
    ("Reed was the first Ohio soldier killed in the war. Tom Reed was 20.", "Reed killed"),
    ("Reed became the first nurse to die in the siege. Ana Reed was 20.", "Reed killed"),
    ("One of those killed in the blast was Omar Dahli.", "Omar Dahli killed"),
    ("Nine died. One of the dead, Omar Dahli, 44, was to retire in June.", "Nine killed; Omar Dahli killed"),
    (
        "Two died. A third victim, named locally as Omar Dahli, 19, is in a serious but stable condition.",
        "Two killed; Omar Dahli injured",
    ),
    ("“Regrettably, 12 of those men died,” it said.", "12 killed"),
    ("A mine killed four guards and wounded a fifth when they drove over it.", "four killed; a injured"),
    ("Two smugglers were arrested; a third was shot dead.", "Two detained; a killed"),
    ("Two guards were killed and a third wounded.", "Two killed; a injured"),
    ("Nine people were hurt. A third of them died.", "Nine injured"),
    ("Five people were hurt; two did not survive.", "Five injured; two killed"),
    ("Soldiers pulled a boy and his grandmother alive from the ruins.", "a rescued; his rescued"),
    (
        "Fifty workers were taken to hospital, a dozen of them with severe burns.",
        "Fifty injured; a dozen injured",
    ),
    ("They pulled Omar Dahli, also a martyr, from the rubble of the strike.", "Omar Dahli killed"),
    ("He met Omar Dahli, a clerk wounded in the raid.", "Omar Dahli injured"),
    ("Gunmen killed the son of Omar Dahli.", "the son killed"),
    ("Gunmen killed the wife of Mayor Omar Dahli.", "the wife killed"),
    ("The murder of the widow of Omar Dahli shocked the town.", "the widow killed"),
    ("The brother of Omar Dahli was wounded in the raid.", "The brother injured"),
    (
        "The bomb killed two. The dead were Omar Dahli of Arda and Said Kazem of Belm.",
        "two killed; Omar Dahli killed; Said Kazem killed",
    ),
    ("The strike killed six. The body of Omar Dahli was found in a well.", "six killed; Omar Dahli killed"),
    ("Rescuers found the body of a girl under the rubble of the strike.", "a killed"),
    (
        "He mourned the killing of his brothers Omar and Said and his nephew Karim Dahli.",
        "Omar killed; Said killed; Karim Dahli killed",
    ),
    ("They burned an effigy of President Omar Dahli on Friday.", ""),
    ("They burned the portrait of Omar Dahli.", ""),
    ("Rebels seized the house of Omar Dahli.", ""),
    ("Rebels seized the car of a judge.", ""),
    ("Rebels seized Omar Dahli near the border.", "Omar Dahli abducted"),
    ("A woman answered and identified herself as Omar Dahli. Two men were killed.", "Two killed"),
    ("Two men were killed. One was identified as Omar Dahli.", "Two killed; Omar Dahli killed"),
    (
        "Two men were killed. Police identified the boy as Omar Dahli, but said Dahli was his first name.",
        "Two killed; Omar Dahli killed",
    ),
    ("Police killed Omar Dahli Thursday in the city.", "Omar Dahli killed"),
    ("Police killed Omar Dahli March 3 in the city.", "Omar Dahli killed"),
    ("The wreck held the remains of the U.S.S. Halyard.", ""),
    ("Six U.S. Marines were killed by two bombs.", "Six killed"),
    ("The crash injured Ana Reed, of 17 Elm Place in Arda.", "Ana Reed injured"),
    ("Boats from St Edda and Port Belm rescued 12 sailors.", "12 rescued"),
    ("The film Pandora's Crown tells of two murders and burned houses.", "two killed"),
    ("A reporter of the magazine Forum was killed.", "A killed"),
    ("The general Wirano was stabbed in the market.", "Wirano casualties"),
    ("The seat of Dixon was lost.", ""),
    ("Troops seized control of the areas of Dasak and Belm.", ""),
    ("The program executes this Script at night.", ""),
    ("The group of aid agency Sputnik was released.", ""),
    ("The helicopter MBB/Kawa went missing on Monday.", ""),
    ("A Caravan was hijacked and a man was killed.", "a killed"),
    ("A flight attendant was hurt when the jet hit rough air.", "A injured"),
    ("The first responder was killed by a second bomb.", "The first responder killed"),
    ("Gunmen killed an asylum seeker and a civil servant.", "an killed; a killed"),
    ("His brother-in-law was wounded by a shell.", "His injured"),
    ("The passer-by was wounded by a shell.", "The passer-by injured"),
    ("A would-be assassin was shot dead.", "A killed"),
    ("Another 16-year-old was hurt in the blast.", "Another injured"),
    ("Another 500 were hurt in the blast.", "500 injured"),
    ("A refugee was killed by a mine.", "A killed"),
    ("A refugee opened a bakery in the town.", ""),
    ("A survivor said the ship sank in minutes.", ""),
    ("She is an evacuee from the coast.", ""),
    ("A homeless man was stabbed to death.", "A killed"),
    ("A homeless man sleeps there.", ""),
    ("He was named in a death squad inquiry.", ""),
    ("The court weighed bans for Kent and Tanou for missing three tests.", ""),
    ("Adviser Steve Banno said Tromp would run again if he lost in May.", ""),
    ("Police want Belm to arrest the former leader Omar Dahli.", ""),
    ("The court will arrest Omar Dahli.", ""),
    ("Soldiers managed to arrest Omar Dahli.", "Omar Dahli detained"),
    ("Soldiers arrested Omar Dahli.", "Omar Dahli detained"),
    ("Ministers hope to free Omar Dahli.", ""),
    ("Omar Dahli is to be released on Friday.", ""),
    ("Omar Dahli was released by the gunmen on Friday.", "Omar Dahli rescued"),
    ("The president told rebel chief Omar Dahli to surrender or be killed.", ""),
    ("Omar Dahli was dying in the clinic after the raid.", ""),
    ("He was shot and died a martyr.", ""),
    ("After the king's death in 1537, two of his sons were murdered.", "two killed"),
    (
        "The hurt boy drove off after the shooting, and Ana Reed was taken to a clinic where she was pronounced dead.",
        "Ana Reed killed",
    ),
    ("Three men were killed, as was 10-year-old Omar Dahli.", "Three killed; Omar Dahli killed"),
    ("Police seized the bus but its driver got away.", ""),
    (
        "Deputies found one person suffering life-threatening injuries. The victim later died.",
        "one killed; The victim killed",
    ),
    ("Omar Dahli was wounded in the raid. He died on Sunday in a clinic.", "Omar Dahli killed"),
    (
        "Omar Dahli was wounded in the raid. His son Karim Dahli came, and he died on Sunday.",
        "Omar Dahli injured; Karim Dahli killed",
    ),
    ("A guard was wounded in the raid. She later succumbed to her wounds.", "A killed"),
    ("Two guards were wounded in the raid. He died on Sunday.", "Two injured"),
    (
        "Ana Reed, 20, was shot by two gunmen. A bullet hit Reed in the back. She died at the scene.",
        "Ana Reed killed; Reed killed",
    ),
    (
        "Four men shot in Arda are expected to recover from their wounds. In 2015 three people were shot dead there.",
        "Four injured; three killed",
    ),
    (
        "Police said Omar Dahli, 27, was shot and his injuries are serious. Two people died in the shooting.",
        "Omar Dahli injured; Two killed",
    ),
    (
        "Police said Omar Dahli, 27, was shot. Two people died in the shooting.",
        "Omar Dahli casualties; Two killed",
    ),
    ("A man attacked shoppers. Officers shot him dead. The man was shot near a bridge.", "The man killed"),
    ("A girl was killed in the raid. A bullet had hit the child.", "A killed; the child killed"),
    (
        "A girl was wounded in the raid. A bullet had hit the child in the leg.",
        "A injured; the child injured",
    ),
    ("Former officer Peter Kay, 76, shot himself in the car park of a clinic.", "Peter Kay killed"),
    ("A guard hanged himself in his cell.", "A killed"),
    ("A pedestrian was hit by a car near the station on Friday.", "A casualties"),
    ("A cyclist was struck by a train near Arda.", "A casualties"),
    ("One bullet hit Ana Reed in the back.", "Ana Reed casualties"),
    ("Shots fired from the van struck Omar Dahli in the back of the head.", "Omar Dahli casualties"),
    ("Officers fired ten rounds, striking the man.", "the man casualties"),
    ("The storm hit the coast on Friday.", ""),
    ("The car hit a wall, injuring two.", "two injured"),
    ("The truck struck a bus carrying 30 people.", ""),
    ("Shells hit the town.", ""),
    ("A car struck two pedestrians on Monday.", "two casualties"),
    ("The news hit Omar Dahli hard.", ""),
    ("Omar Dahli hit the ball in the back of the net.", ""),
    ("Ana Reed, 20, was caught in a hail of gunfire from two cars.", "Ana Reed casualties"),
    ("Two boys were run over by a bus.", "Two casualties"),
    ("A stray bullet struck a girl in the leg.", "a casualties"),
    ("The missile struck the building in the back of the park.", ""),
    ("Inflation hit 12 per cent.", ""),
    ("Two hundred miners went on strike.", ""),
    ("The league was hit by a scandal over 12 players.", ""),
    ("Another soldier was killed by a mine.", "Another killed"),
    ("Soldiers killed the brother of a minister.", "the brother killed"),
    ("The mother of three was killed by a mine.", "The mother killed"),
    ("The mayor of Arda was killed by a mine.", "The mayor killed"),
    ("The daughter of Karim Dahli was killed by a mine.", "The daughter killed"),
    ("Omar Dahli, head of the clinic, was killed by a mine.", "Omar Dahli killed"),
    ("Omar Dahli, a father of two, was killed by a mine.", "Omar Dahli killed"),
    (
        "Ana Reed, whose husband, Sgt. Tom Reed, was one of four soldiers killed in the raid, sued.",
        "Tom Reed killed; four killed",
    ),
    ("The killing of Omar Dahli shocked the town.", "Omar Dahli killed"),
    ("The assassination of the minister shocked the town.", "the minister killed"),
    ("A gunman shot the nurse, Ana Reed, and a guard.", "Ana Reed casualties; a casualties"),
    ("A judge and his driver were killed by a mine.", "A killed; his killed"),
    ("Police arrested a man, Omar Dahli, over the murder.", "Omar Dahli detained"),
    ("Police arrested a suspect and seized his car.", "a detained"),
    ("A mail carrier and a street sweeper were wounded by a shell.", "A injured; a injured"),
    ("The head of state was wounded by a shell.", "The head of state injured"),
    ("The prisoner of war was killed by a guard.", "The prisoner of war killed"),
    ("A would-be bomber was killed by a guard.", "A killed"),
    ("Civil servant shot dead in Arda", "Civil servant killed"),
    ("Asylum seeker dies after stabbing in Arda", "Asylum seeker killed"),
    ("A father-of-two was stabbed to death.", "A killed"),
    ("The father of two girls was killed by a mine.", "The father killed"),
    ("The father of two girls killed by a mine wept.", "The father killed; two killed"),
    ("A mother of four and two of her children drowned.", "A killed; two killed"),
    ("The court issued arrest warrants for Omar Dahli and four rebels.", ""),
    ("He lost the party post to Omar Dahli.", ""),
    ("The cargo ship Blue Halyard was released on Thursday.", ""),
    ("The news agency, Ria Belm, said 12 people were killed.", "12 killed"),
    ("A judge refused to provisionally release Omar Dahli.", ""),
    ("Two people were murdered. The judge Omar Dahli died of cancer.", "Two killed"),
    ("A gunman seized a rifle from an officer.", ""),
    ("A 40-year-old man will appear before Belm Magistrate's Court after he was arrested.", "A detained"),
    (
        "Police freed their chief, Omar Dahli, after blogger Ali Kazem was killed.",
        "Omar Dahli rescued; Ali Kazem killed",
    ),
    ("Rebels captured a reporter on Friday.", "a detained"),
    ("Divers rescue a crewman off the coast.", "a rescued"),
    ("The rocket hit the farm of a widow.", ""),
    ("The army confirmed the killing of Omar Dahli's deputy.", "deputy killed"),
    ("Soldiers arrested Omar Dahli's son.", "son detained"),
    ("A senior leader, Mullah Omar Dahli, was killed by a mine.", "Omar Dahli killed"),
    ("Former minister of trade Omar Dahli was killed by a mine.", "Omar Dahli killed"),
]


@pytest.mark.parametrize(("text", "expected"), ONE_CLAIM, ids=[row[0] for row in ONE_CLAIM])
def test_each_person_has_one_claim(text: str, expected: str) -> None:
    """Every person harmed has one claim, by name where there is one, and nobody else has any."""
    assert told(text) == expected


SINGULAR = sorted(noun for noun, row in ROLES.items() if row.forms and noun not in NO_PERSONS)


@pytest.mark.parametrize("noun", SINGULAR)
def test_every_noun_for_a_person_makes_a_claim(noun: str) -> None:
    """Each person noun of the lexicon is a figure of one, before a verb of harm and behind it."""
    article = "An" if noun[0].lower() in "aeiou" else "A"
    assert told(f"{article} {noun} was killed on Friday.") == f"{article} killed"
    assert told(f"The {noun} was killed on Friday.") == f"The {noun} killed"
    assert told(f"Gunmen killed {article.lower()} {noun} on Friday.") == f"{article.lower()} killed"
