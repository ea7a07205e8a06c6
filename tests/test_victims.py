"""Who can be harmed: noun phrases for persons, their category, groups and number."""

from __future__ import annotations

import pytest

from casualty_extract import lexicon, victims
from casualty_extract.lexicon.roles import RoleRow
from conftest import make_doc

CATEGORIES = {"civilian", "combatant", "police", "perpetrator", "unspecified"}


def found(text: str) -> list[tuple[str, str, str]]:
    """List the phrases with their category and groups."""
    doc = make_doc(text)
    return [(text[m.start : m.end], m.label, " ".join(m.value["groups"])) for m in victims.find(doc)]


@pytest.mark.parametrize(
    ("text", "phrase", "category", "groups"),
    [
        # The phrase goes without its determiner, figure and ordinal.
        ("A mine killed three Afghan soldiers.", "Afghan soldiers", "combatant", ""),
        ("Nine villagers were hurt.", "villagers", "civilian", ""),
        ("Several senior officials were wounded.", "senior officials", "civilian", "officials"),
        ("A fourth officer died on Monday.", "officer", "police", ""),
        ("The 14th victim was buried.", "victim", "unspecified", ""),
        ("Some 2,000-plus people fled.", "people", "unspecified", ""),
        ("Forty-three students died.", "students", "civilian", "students"),
        ("The blast hurt two wounded soldiers again.", "soldiers", "combatant", ""),
        # Civilians.
        ("The raid killed a shopkeeper.", "shopkeeper", "civilian", ""),
        ("Two relatives of the mayor were hurt.", "relatives", "civilian", ""),
        ("Her mother-in-law died.", "mother-in-law", "civilian", "women"),
        ("Six Buddhist pilgrims died.", "Buddhist pilgrims", "civilian", ""),
        ("The bomb killed four unarmed civilians.", "unarmed civilians", "civilian", ""),
        ("The bomb killed four innocent people.", "innocent people", "civilian", ""),
        ("A former policeman was shot.", "former policeman", "civilian", ""),
        ("An ex-soldier died.", "ex-soldier", "civilian", ""),
        ("The couple's landlord died.", "landlord", "civilian", ""),
        # Groups are what the words state.
        ("A schoolgirl was hit by a car.", "schoolgirl", "civilian", "children students"),
        ("Two baby boys were saved.", "baby boys", "civilian", "children"),
        ("An elderly woman died.", "elderly woman", "civilian", "women elderly"),
        ("Two female tourists were hurt.", "female tourists", "civilian", "women"),
        ("Two male suspects fled.", "male suspects", "unspecified", "men"),
        ("A radio journalist was shot.", "radio journalist", "civilian", "journalists"),
        ("Two aid workers were taken.", "aid workers", "civilian", "aid_workers"),
        ("A nurse died in the raid.", "nurse", "civilian", "medics"),
        ("A mine killed two UN peacekeepers.", "UN peacekeepers", "combatant", "peacekeepers"),
        ("Nine inmates died in the fire.", "inmates", "civilian", "prisoners"),
        ("Forty passengers are missing.", "passengers", "civilian", "passengers"),
        ("Two refugee children drowned.", "refugee children", "civilian", "children refugees"),
        ("Six student protesters were hurt.", "student protesters", "civilian", "students"),
        ("Two child soldiers died.", "child soldiers", "combatant", "children"),
        # Combatants and what makes them so.
        ("Four armed men were killed.", "armed men", "combatant", "men"),
        ("Three suspected militants died.", "suspected militants", "combatant", ""),
        ("Two off-duty soldiers were stabbed.", "off-duty soldiers", "combatant", ""),
        ("Two army officers died.", "army officers", "combatant", ""),
        ("Six military personnel were hurt.", "military personnel", "combatant", ""),
        ("A Taliban leader was killed.", "Taliban leader", "combatant", ""),
        ("Five al-Shabaab fighters were killed.", "al-Shabaab fighters", "combatant", ""),
        ("No U.S. or NATO troops were hurt.", "U.S. or NATO troops", "combatant", ""),
        ("The blast killed three Marines.", "Marines", "combatant", ""),
        ("Two Navy SEALs died.", "Navy SEALs", "combatant", ""),
        # Police.
        ("Six police officers were hurt.", "police officers", "police", ""),
        ("Two security guards were shot.", "security guards", "police", ""),
        ("Four Afghan security forces died.", "Afghan security forces", "police", ""),
        ("Three security personnel were killed.", "security personnel", "police", ""),
        ("Two sheriff's deputies were shot.", "sheriff's deputies", "police", ""),
        # Attackers and people of whom nothing is said.
        ("The suicide bomber died.", "suicide bomber", "perpetrator", ""),
        ("The gunman was shot dead.", "gunman", "perpetrator", ""),
        ("A man was found dead.", "man", "unspecified", "men"),
        ("Two others were hurt.", "others", "unspecified", ""),
        ("An unidentified man died.", "unidentified man", "unspecified", "men"),
        ("Four Americans were killed.", "Americans", "unspecified", ""),
        ("An Afghan was killed.", "Afghan", "unspecified", ""),
        ("Two Chinese were hurt.", "Chinese", "unspecified", ""),
        # Members of something are what it is.
        ("Two members of the security forces died.", "members of the security forces", "police", ""),
        ("Six members of the Haddad family died.", "members of the Haddad family", "civilian", ""),
        ("A member of parliament was shot.", "member of parliament", "civilian", "officials"),
        ("Two members of Boko Haram were held.", "members of Boko Haram", "combatant", ""),
        # Ages.
        ("A 16-year-old was shot.", "16-year-old", "civilian", "children"),
        ("A 37-year-old was shot.", "37-year-old", "unspecified", ""),
        ("A 16-year-old boy was shot.", "16-year-old boy", "civilian", "children"),
        ("The driver, 17, died.", "driver", "civilian", "children"),
        ("A driver aged 40 died.", "driver", "civilian", ""),
        ("Their three-year-old son survived.", "three-year-old son", "civilian", "children"),
        ("A 30-year-old man was held.", "30-year-old man", "unspecified", "men"),
        # A word before a noun of harm.
        ("The raid caused 61 unintentional civilian deaths.", "civilian", "civilian", ""),
        ("The year saw 40 military casualties.", "military", "combatant", ""),
        ("The list has 300 Palestinian deaths.", "Palestinian", "unspecified", ""),
        ("The ward saw nine child deaths.", "child", "civilian", "children"),
        # Nationality and faith, before a noun and alone.
        ("Three Nigerian soldiers died.", "Nigerian soldiers", "combatant", ""),
        ("Two Palestinian boys were shot.", "Palestinian boys", "civilian", "children"),
        ("Six Filipino seafarers are missing.", "Filipino seafarers", "civilian", ""),
        ("Four South Korean tourists drowned.", "South Korean tourists", "civilian", ""),
        ("A French journalist was killed.", "French journalist", "civilian", "journalists"),
        ("Two Iraqi-born brothers were shot.", "Iraqi-born brothers", "civilian", ""),
        ("Nine Somalis drowned.", "Somalis", "unspecified", ""),
        ("Five Palestinians were killed.", "Palestinians", "unspecified", ""),
        ("Two Britons and a German were hurt.", "Britons", "unspecified", ""),
        ("Two Britons and a German were hurt.", "German", "unspecified", ""),
        ("Twelve Shiite pilgrims were killed.", "Shiite pilgrims", "civilian", ""),
        ("Eight Yazidi women were freed.", "Yazidi women", "civilian", "women"),
        ("Three Rohingya refugees drowned.", "Rohingya refugees", "civilian", "refugees"),
        ("Two Kurdish fighters died.", "Kurdish fighters", "combatant", ""),
        ("Seven Christians were killed.", "Christians", "unspecified", ""),
        # The figure's own noun, and others that leave it out.
        ("25 people dead and dozens injured", "people", "unspecified", ""),
        ("Two soldiers were killed and three wounded.", "soldiers", "combatant", ""),
        ("Four of the passengers died.", "passengers", "civilian", "passengers"),
        ("All five crew members died.", "crew members", "civilian", ""),
        ("The blast left a guard dead.", "guard", "police", ""),
        ("The second victim was a nurse.", "nurse", "civilian", "medics"),
        ("The dead included six schoolchildren.", "schoolchildren", "civilian", "children students"),
        ("The blast hurt two score people.", "people", "unspecified", ""),
        ("The flood displaced 12.5 lakh people.", "people", "unspecified", ""),
        ("The flood displaced 1.5m people.", "people", "unspecified", ""),
        ("The flood displaced 2 crore villagers.", "villagers", "civilian", ""),
        # Work and standing.
        ("Two astronauts were hurt.", "astronauts", "civilian", ""),
        ("Three scuba divers drowned.", "scuba divers", "civilian", ""),
        ("Five delegates were wounded.", "delegates", "civilian", ""),
        ("Two street children were beaten to death.", "street children", "civilian", "children"),
        ("A prison warden was shot.", "prison warden", "police", ""),
        ("Two nursing assistants died.", "nursing assistants", "civilian", "medics"),
        ("A radio presenter was shot dead.", "radio presenter", "civilian", "journalists"),
        ("Six market vendors were killed.", "market vendors", "civilian", ""),
        ("The mob beat two foreign dignitaries.", "foreign dignitaries", "civilian", "officials"),
        ("Three accomplices were killed.", "accomplices", "unspecified", ""),
        ("Ten crewmembers were rescued.", "crewmembers", "civilian", ""),
        ("A motorcycle taxi driver was killed.", "motorcycle taxi driver", "civilian", ""),
        ("Two saleswomen were taken hostage.", "saleswomen", "civilian", "women"),
        ("Forty loyalists were killed.", "loyalists", "combatant", ""),
        ("Nine wheelchair users were saved.", "wheelchair users", "civilian", ""),
        ("Two juveniles were hurt.", "juveniles", "civilian", "children"),
        # Headlines and wrapped lines.
        ("Arlington Teen Dies After Crash", "Arlington Teen", "civilian", "children"),
        ("Two policemen\n     were wounded in the town.", "policemen", "police", ""),
        ("*Two **soldiers** died.*", "soldiers", "combatant", ""),
    ],
)
def test_person_is_found(text: str, phrase: str, category: str, groups: str) -> None:
    """The phrase has exactly these bounds, this category and these groups."""
    assert (phrase, category, groups) in found(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A passenger train left the yard.", "passenger"),
        ("They met at the police station.", "police"),
        ("The hostage crisis ended.", "hostage"),
        ("The fighter jet landed.", "fighter"),
        ("Sarah Baker spoke first.", "Baker"),
        ("They were told to guard the gate.", "guard"),
        ("He suffered minor injuries.", "minor"),
        ("The general mood was bad.", "general"),
        ("A Syrian town fell.", "Syrian"),
        ("They asked us to leave.", "us"),
        ("The student visa ran out.", "student"),
        ("Army morale is low.", "Army"),
        ("A driver-led inquiry began.", "driver"),
        ("The company hired a 16-year-old firm.", "16-year-old"),
    ],
)
def test_word_is_no_person(text: str, word: str) -> None:
    """The word only describes, is a verb or a name."""
    assert all(word not in phrase for phrase, _, _ in found(text))


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("The fire killed women and children.", ["women", "children"]),
        ("Police shot a woman soldier.", ["Police", "woman soldier"]),
        ("Troops target villagers.", ["Troops", "villagers"]),
        ("Gunmen attacked worshippers.", ["Gunmen", "worshippers"]),
        ("The bodies of two miners lay there.", ["bodies", "miners"]),
        ("Civilian and military casualties rose.", ["Civilian", "military"]),
        ("The man shot his wife dead.", ["man", "wife"]),
        ("A baker's wife died.", ["baker", "wife"]),
        ("It is a fine day.", []),
        ("", []),
    ],
)
def test_all_persons_in_order(text: str, phrases: list[str]) -> None:
    """Nothing more and nothing less than these is found."""
    assert [phrase for phrase, _, _ in found(text)] == phrases


@pytest.mark.parametrize(
    ("text", "head", "number", "attributive", "cue"),
    [
        ("Three Afghan soldiers died.", "soldier", "plural", False, None),
        ("A soldier died.", "soldier", "singular", False, None),
        ("Ten police were hurt.", "police", "plural", False, None),
        ("Two troops died.", "troops", "plural", False, None),
        ("Four 16-year-olds drowned.", "year-old", "plural", False, None),
        ("Two Chinese were hurt.", "chinese", "plural", False, None),
        ("It caused 61 civilian deaths.", "civilian", "singular", True, "deaths"),
        ("Two women died.", "woman", "plural", False, None),
    ],
)
def test_value(text: str, head: str, number: str, attributive: bool, cue: str | None) -> None:
    """The value names the head in its dictionary form, its number and its use."""
    (mention,) = victims.find(make_doc(text))
    assert mention.value["head"] == head
    assert mention.value["number"] == number
    assert mention.value["attributive"] is attributive
    assert mention.value["cue"] == cue


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Police said the sheriff had praised a sergeant.", "police"),
        ("The army said troops had found a sergeant.", "combatant"),
    ],
)
def test_shared_rank_follows_the_text(text: str, category: str) -> None:
    """A rank that armies and police share is read from the rest of the text."""
    assert ("sergeant", category, "") in found(text)


def test_there_are_roles_for_the_people_of_the_news() -> None:
    """The lexicon knows well over a thousand nouns for persons, each with an example."""
    assert len(lexicon.read("victims", "roles", RoleRow)) > 1_000


def test_every_role_has_a_known_category_and_groups() -> None:
    """The role rows use only the closed lists."""
    roles = lexicon.read("victims", "roles", RoleRow)
    assert {row.category for row in roles.values()} <= CATEGORIES
    assert {group for row in roles.values() for group in row.groups} <= set(victims.GROUPS)


def test_time_grows_with_the_text() -> None:
    """A long text without a sentence end gives as many mentions as it has persons."""
    assert len(found("two soldiers and " * 2000)) == 2000
