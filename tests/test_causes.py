"""What caused the harm, and who is said to have done it."""

from __future__ import annotations

import pytest

from casualty_extract import causes, lexicon
from casualty_extract.causes_phrases import CauseRow
from conftest import make_doc

LABELS = {
    "airstrike", "shelling", "missile", "drone", "bombing", "shooting", "stabbing", "clash", "execution",
    "massacre", "landmine", "vehicle_attack", "chemical", "crackdown", "riot", "earthquake", "flood", "storm",
    "landslide", "volcano", "tsunami", "wildfire", "heat", "cold", "fire", "explosion", "crash", "shipwreck",
    "collapse", "stampede", "disease", "famine", "poisoning", "other",
}  # fmt: skip


def named(text: str) -> list[tuple[str, str]]:
    """List the causes with their labels."""
    doc = make_doc(text)
    return [(text[m.start : m.end], m.label) for m in causes.find(doc) if m.label != "perpetrator"]


def blamed(text: str) -> list[tuple[str, str, str]]:
    """List the perpetrators with their relation and the word they are tied to."""
    doc = make_doc(text)
    return [
        (text[m.start : m.end], m.value["relation"], text[slice(*m.value["anchor"])])
        for m in causes.find(doc)
        if m.label == "perpetrator"
    ]


@pytest.mark.parametrize(
    ("text", "phrase", "label"),
    [
        ("An airstrike hit a school.", "airstrike", "airstrike"),
        ("Three air strikes hit the port.", "air strikes", "airstrike"),
        ("The coalition's strikes killed 12.", "strikes", "airstrike"),
        ("A girl was killed by Israeli fire near a checkpoint.", "fire", "shooting"),
        ("Nine protesters were hit by army fire.", "fire", "shooting"),
        ("Nine people died in the Australian fire.", "fire", "fire"),
        ("Sixteen people died after a bus was hit by a landslide.", "landslide", "landslide"),
        ("Barrel bombs fell on the town.", "Barrel bombs", "airstrike"),
        ("Artillery fire killed six.", "Artillery fire", "shelling"),
        ("Mortar rounds hit a market.", "Mortar rounds", "shelling"),
        ("Troops shelled the village.", "shelled", "shelling"),
        ("A missile strike killed nine.", "missile strike", "missile"),
        ("A drone attack killed three men.", "drone attack", "drone"),
        ("A suicide car bomb killed 13.", "suicide car bomb", "bombing"),
        ("A roadside bomb killed two.", "roadside bomb", "bombing"),
        ("A man blew himself up.", "blew himself up", "bombing"),
        ("An improvised explosive device blast hurt two.", "improvised explosive device blast", "bombing"),
        ("Two men were shot dead.", "shot", "shooting"),
        ("A mass shooting left six dead.", "mass shooting", "shooting"),
        ("Guards opened fire.", "opened fire", "shooting"),
        ("They were hit by gunfire.", "gunfire", "shooting"),
        ("Guards fired at the crowd.", "fired", "shooting"),
        ("A pupil stabbed two boys.", "stabbed", "stabbing"),
        ("A bus fell into a ravine.", "fell into a ravine", "crash"),
        ("Nine died as fighting intensifies.", "fighting", "clash"),
        ("The engine plunged off a cliff.", "plunged off", "crash"),
        ("A man rammed a stolen car into pedestrians.", "rammed", "vehicle_attack"),
        ("A bus skidded on ice.", "skidded", "crash"),
        ("The protest was put down by troops.", "put down", "crackdown"),
        ("A knife attack left two dead.", "knife attack", "stabbing"),
        ("Sectarian clashes left nine dead.", "Sectarian clashes", "clash"),
        ("The offensive killed 200.", "offensive", "clash"),
        ("Rebels ambushed a convoy.", "ambushed", "clash"),
        ("Two hostages were beheaded.", "beheaded", "execution"),
        ("The massacre shocked the town.", "massacre", "massacre"),
        ("A landmine killed two boys.", "landmine", "landmine"),
        ("They stepped on a mine.", "mine", "landmine"),
        ("A truck mowed down shoppers.", "mowed down", "vehicle_attack"),
        ("A sarin attack killed 80.", "sarin attack", "chemical"),
        ("The crackdown left 40 dead.", "crackdown", "crackdown"),
        ("The riots left 40 dead.", "riots", "riot"),
        ("An earthquake killed 40.", "earthquake", "earthquake"),
        ("Flash floods killed six.", "Flash floods", "flood"),
        ("Typhoon Goni killed 12.", "Typhoon Goni", "storm"),
        ("Mudslides buried a village.", "Mudslides", "landslide"),
        ("The eruption of the volcano killed 30.", "eruption", "volcano"),
        ("A tsunami killed thousands.", "tsunami", "tsunami"),
        ("Wildfires killed 40 people.", "Wildfires", "wildfire"),
        ("A heatwave killed 600.", "heatwave", "heat"),
        ("Six migrants froze to death.", "froze to death", "cold"),
        ("A fire killed nine guests.", "fire", "fire"),
        ("A gas explosion killed six.", "gas explosion", "explosion"),
        ("A two-car accident killed two.", "two-car accident", "crash"),
        ("A bus overturned on the bridge.", "overturned", "crash"),
        ("The jet overshot the runway.", "overshot the runway", "crash"),
        ("A cyclist was hit by a truck.", "hit", "crash"),
        ("A ferry capsized in the bay.", "capsized", "shipwreck"),
        ("The roof of a school collapsed.", "collapsed", "collapse"),
        ("A stampede killed 35 pilgrims.", "stampede", "stampede"),
        ("An E. coli outbreak made 95 sick.", "E. coli outbreak", "disease"),
        ("A cholera epidemic killed 1,200.", "cholera epidemic", "disease"),
        ("They died of coronavirus infections.", "coronavirus", "disease"),
        ("The famine killed thousands.", "famine", "famine"),
        ("They died of carbon monoxide poisoning.", "carbon monoxide poisoning", "poisoning"),
        ("The attack killed six.", "attack", "other"),
    ],
)
def test_cause_is_found(text: str, phrase: str, label: str) -> None:
    """The cause has exactly these bounds and this label."""
    assert (phrase, label) in named(text)


@pytest.mark.parametrize(
    "text",
    [
        "The workers' strike went into its third day.",
        "Two men on hunger strike were freed.",
        "The fire brigade came late.",
        "He was fired from his job.",
        "The film shooting was put off.",
        "She died of a heart attack.",
        "The stock market crash hurt savers.",
        "The talks collapsed on Monday.",
        "The court overturned his conviction.",
        "A ceasefire began at noon.",
        "He got a booster shot.",
        "A bus strikes a rail.",
        "Main battle tanks rolled by.",
        "The jet did not catch fire.",
        "His death was unrelated to cholera.",
        "They left without gunfire.",
        "No shots were fired.",
        "A tank took part in a live fire exercise.",
        "The legal battle went on.",
        "They want to strike a deal.",
        "The cholera vaccine came late.",
        "A mine worker was praised.",
        "It is a fine day.",
        "",
    ],
)
def test_no_cause(text: str) -> None:
    """Other senses of the same words are left alone."""
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "phrase", "label"),
    [
        ("A bomb went off. The blast killed two.", "blast", "bombing"),
        ("A boiler was old. The blast killed two.", "blast", "explosion"),
        ("A man stabbed two boys. The attack shocked the town.", "attack", "stabbing"),
        ("A man stabbed two boys. It rained. It was late. It was cold. An attack came.", "attack", "other"),
        ("An airstrike hit a school. The bombing killed two.", "bombing", "airstrike"),
        ("A car bomb hit a school. The bombing killed two.", "bombing", "bombing"),
        ("Warplanes bombed a town. A roadside bomb killed two.", "bombed", "airstrike"),
        ("Hurricane Katrina came. Katrina killed hundreds.", "Katrina", "storm"),
    ],
)
def test_bare_words_are_read_in_context(text: str, phrase: str, label: str) -> None:
    """A blast, an attack and a storm's name are what the rest of the text says."""
    assert (phrase, label) in named(text)


@pytest.mark.parametrize(
    ("text", "who", "relation", "anchor"),
    [
        ("Two men were killed by troops.", "troops", "agent_by", "killed"),
        ("They were shot dead by masked gunmen.", "masked gunmen", "agent_by", "shot"),
        ("Mohan was shot by Usman Khan.", "Usman Khan", "agent_by", "shot"),
        ("The strikes by the US-led coalition killed 12.", "the US-led coalition", "agent_by", "strikes"),
        ("The attack was carried out by three rebels.", "three rebels", "agent_by", "attack"),
        ("They were killed at the hands of the militia.", "the militia", "agent_by", "killed"),
        ("They were killed by Mali's army.", "Mali's army", "agent_by", "killed"),
        ("Troops killed 12 villagers.", "Troops", "subject", "killed"),
        ("Boko Haram killed 20 people.", "Boko Haram", "subject", "killed"),
        ("Four of the officers then fired ten rounds.", "Four of the officers", "subject", "fired"),
        ("Gunmen on motorcycles shot two men.", "Gunmen", "subject", "shot"),
        ("Officers shot and killed a man.", "Officers", "subject", "killed"),
        ("Rebels attacked a town, killing 12.", "Rebels", "subject", "killing"),
        ("Rebels, who fled, killed 40 people.", "Rebels", "subject", "killed"),
        ("Usman Khan, 28, stabbed two students.", "Usman Khan", "subject", "stabbed"),
        ("The Coalition conducted ten strikes.", "The Coalition", "subject", "strikes"),
        ("Units of the army killed nine men.", "Units of the army", "subject", "killed"),
        ("They died in Coalition strikes.", "Coalition", "attributive", "strikes"),
        ("They died in an Israeli airstrike.", "Israeli", "attributive", "airstrike"),
        ("They died in US-led coalition airstrikes.", "US-led coalition", "attributive", "airstrikes"),
        ("The army's offensive killed 200.", "The army", "possessive", "offensive"),
        ("The coalition said its strikes killed 12.", "The coalition", "possessive", "strikes"),
        ("The blast was blamed on the rebels.", "the rebels", "blamed", "blast"),
        ("Turkey blamed the PKK for the bombing.", "the PKK", "blamed", "bombing"),
        ("The man accused of killing six fled.", "The man", "blamed", "killing"),
        ("The Taliban claimed responsibility for the raid.", "The Taliban", "claimed", "raid"),
        ("The group admitted killing two men.", "The group", "claimed", "killing"),
        ("Two men were hit by gunfire from masked men.", "masked men", "agent_by", "gunfire"),
        ("A suicide bomber killed nine people.", "A suicide bomber", "subject", "suicide bomber"),
        ("Nine people died when a suicide bomber struck.", "a suicide bomber", "subject", "suicide bomber"),
        ("Two of the gunman's victims died.", "the gunman", "possessive", "victims"),
        ("Two of Marsh's victims died.", "Marsh", "possessive", "victims"),
        ("A man entered a shop and began to stab people.", "A man", "subject", "stab"),
        ("A man started attacking shoppers.", "A man", "subject", "attacking"),
        ("Rebels claimed then to have killed 15 soldiers.", "Rebels", "subject", "killed"),
        ("It is about Alan Marsh, 31, who killed nine men.", "Alan Marsh", "subject", "killed"),
        ("The group alleged that soldiers had shot 40 men.", "soldiers", "subject", "shot"),
        ("Troops fled after [Israeli] forces bombed a house.", "[Israeli] forces", "subject", "bombed"),
        ("The rebels denied it. They had shelled a school.", "The rebels", "subject", "shelled"),
        ("A man rammed a stolen car into pedestrians.", "A man", "subject", "rammed"),
        ("A Syrian national stabs a group of fans.", "A Syrian national", "subject", "stabs"),
        ("A worker went on a stabbing spree.", "A worker", "subject", "stabbing spree"),
        ("A man was arrested by police on suspicion of murder.", "A man", "blamed", "arrested"),
        ("A man has been arrested over the stabbing.", "A man", "blamed", "stabbing"),
        ("Seven were hurt in an attack on a post in Arda by militants.", "militants", "agent_by", "attack"),
        ("Liwa al-Noor claimed responsibility for the raid.", "Liwa al-Noor", "claimed", "raid"),
        ("The man confessed to killing six people.", "The man", "claimed", "killing"),
        ("The gunman Alan Marsh killed six people.", "The gunman Alan Marsh", "subject", "killed"),
        (
            "It is blamed on militant group Abu Sayyaf after the raid.",
            "militant group Abu Sayyaf",
            "blamed",
            "raid",
        ),
        ("Gunmen attack a bar, killing three.", "Gunmen", "subject", "killing"),
        ("They were killed by Israeli gunfire.", "Israeli", "attributive", "gunfire"),
        ("The coalition said its aircraft had killed 18.", "The coalition", "subject", "killed"),
        ("The army said its troops had killed 18.", "its troops", "subject", "killed"),
        ("Most attributed the strike to Israeli forces.", "Israeli forces", "blamed", "strike"),
        ("The strike was attributed to Israel.", "Israel", "blamed", "strike"),
        ("Officials blamed the raid on the militia.", "the militia", "blamed", "raid"),
        ("The PKK is said to be behind the bombing.", "The PKK", "blamed", "bombing"),
        ("The rebels were behind the raid.", "The rebels", "blamed", "raid"),
        ("The bombing was the work of Hamas.", "Hamas", "blamed", "bombing"),
        ("The bombing bears the hallmarks of the PKK.", "the PKK", "blamed", "bombing"),
        ("Everything points to the rebels in the blast.", "the rebels", "blamed", "blast"),
        ("Abu Sayyaf are the suspected perpetrators of the raid.", "Abu Sayyaf", "blamed", "raid"),
        ("The UN held the militia responsible for the raid.", "the militia", "blamed", "raid"),
        ("Witnesses identified the attackers as troops.", "troops", "blamed", "identified"),
        ("Police named the killer as Alan Marsh.", "Alan Marsh", "blamed", "named"),
        ("The group claimed the attack in a video.", "The group", "claimed", "attack"),
        ("The attack was claimed by the Taliban.", "the Taliban", "claimed", "attack"),
        ("The Taliban took responsibility for the raid.", "The Taliban", "claimed", "raid"),
    ],
)
def test_perpetrator_is_found(text: str, who: str, relation: str, anchor: str) -> None:
    """The actor stands as in the text, with the word that ties it to the harm."""
    assert (who, relation, anchor) in blamed(text)


@pytest.mark.parametrize(
    "text",
    [
        "Two troops were killed by a landslide.",
        "Nine soldiers killed in action were buried.",
        "About 1,100 troops killed and 3,900 wounded were counted.",
        "Hurricane Maria killed 40 people.",
        "Cholera killed 40 people.",
        "A car killed two soldiers.",
        "A bomb in Turkey killed 13 people.",
        "The soldier killed last week was buried.",
        "No group attacked the convoy.",
        "A suspected bomb killed two officers.",
        "They were killed by falling trees.",
        "The Iraqi bombing killed 20.",
        "It told of a raid at a post in Loroum Province that killed 60 men.",
        "Nine were stabbed. The suspect's wife was questioned.",
        "The opposition accused the army of rigging the vote after the bombing.",
        "Attacks in Baquba and Baghdad killed seven people.",
        "A war between Israel and Hezbollah killed 900 people.",
        "A bombing killed three near a hotel used by guests.",
        "Police were on alert since a bomb in Arda killed two.",
        "A group urged care for an injured colleague.",
        "The stabbing in Mannheim, Germany, which killed one man, was long ago.",
        "The Russian-backed offensive killed 20.",
        "Rockets from Gaza killed two.",
        "The van was parked when it blew up. It belonged to the army.",
        "The group claimed the attack was a mistake.",
        "The bombing killed 54 people. The militia did not claim responsibility.",
        "A bomb killed nine people. Boko Haram has not yet claimed the attack.",
        "A bomb killed nine people. The Taliban never admitted killing anybody.",
        "The quote was attributed to the minister.",
        "Doctors identified the victim as Alan Marsh.",
        "The house stands behind the school where two were killed.",
        "He pointed to the army base where two were killed.",
        "In Kabul, Afghanistan, 12 were killed.",
        "",
    ],
)
def test_no_perpetrator(text: str) -> None:
    """Disasters, things, places and the harmed themselves are no perpetrators."""
    assert blamed(text) == []


def test_cue_of_blame_is_kept() -> None:
    """The word that blames travels with the mention."""
    doc = make_doc("Turkey blamed the PKK for the bombing.")
    assert [m.value["cue"] for m in causes.find(doc) if m.label == "perpetrator"] == ["blamed"]


@pytest.mark.parametrize(
    ("text", "who", "against"),
    [
        ("Police shot the gunman.", "Police", True),
        ("Police shot two would-be suicide bombers.", "Police", True),
        ("Khan stabbed two men. Police shot Khan.", "Police", True),
        ("Officers shot him dead.", "Officers", True),
        ("He was shot by a deputy.", "a deputy", True),
        ("Gunmen shot two policemen.", "Gunmen", False),
        ("Gunmen shot him dead.", "Gunmen", False),
    ],
)
def test_who_strikes_the_attacker(text: str, who: str, against: bool) -> None:
    """Who strikes the attacker did not do what the attacker did."""
    found = [m for m in causes.find(make_doc(text)) if text[m.start : m.end] == who]
    assert [m.value["against"] for m in found] == [against]


def test_value_of_a_cause() -> None:
    """A cause tells its row, whether it is a verb, and whether the word alone is too weak."""
    (mention,) = causes.find(make_doc("The attack went on."))
    assert mention.value == {"head": "attack", "verbal": False, "weak": True}


def test_every_label_is_known() -> None:
    """The cause rows use only the closed list of labels."""
    rows = lexicon.read("causes", "causes", CauseRow)
    assert {row.label for row in rows.values()} == LABELS


def test_time_grows_with_the_text() -> None:
    """A long text without a sentence end is read to its end."""
    assert len(named("a strike and " * 2000)) == 2000


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Soldiers and police killed 12 protesters.", "Soldiers and police"),
        ("Two suicide bombers and gunmen attacked a crowd, killing 60.", "Two suicide bombers and gunmen"),
        ("The rebels attacked and soldiers killed 12 of them.", "soldiers"),
        ("The Armed Forces claims to have killed 54 militants.", "The Armed Forces"),
        ("Troops killed nine and police killed three.", "police"),
    ],
)
def test_those_who_act_together(text: str, who: str) -> None:
    """Two subjects of one verb are one perpetrator; the subject of the next clause is none of them."""
    assert blamed(text)[-1][0] == who


def test_who_backs_a_side_has_not_struck() -> None:
    """The agent of a participle beside a noun of attack is not that of the attack."""
    assert blamed("A clash between rebels and soldiers backed by foreign troops left nine dead.") == []
