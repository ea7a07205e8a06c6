"""Who says so: the source nearest to a figure, what it is called, and how far its words go."""

from __future__ import annotations

import pytest

from casualty_extract.attributions import find
from casualty_extract.mentions import Mention
from conftest import make_doc


def nearest(text: str, figure: str) -> Mention | None:
    """Give the attribution with the smallest scope that holds the first mention of a figure."""
    start = text.index(figure)
    holding = [m for m in find(make_doc(text, published="2017-09-01")) if m.value["scope"][0] <= start]
    holding = [m for m in holding if start + len(figure) <= m.value["scope"][1]]
    return min(holding, key=lambda m: m.value["scope"][1] - m.value["scope"][0], default=None)


# One row: the text, a figure in it, the source's phrase for that figure, its kind.
SOURCES = [
    # The speaker before the verb.
    ("The army said 14 rebels had died.", "14", "The army", "military"),
    ("Police say that three men were shot.", "three", "Police", "police"),
    ("Officials on Friday said 14 people had died.", "14", "Officials", "official"),
    ("Police Monday said 14 people had died.", "14", "Police", "police"),
    ("The ministry has repeatedly said 14 people died.", "14", "The ministry", "government"),
    ("The ministry in a statement said 14 people died.", "14", "The ministry", "government"),
    ("Rescuers and residents say 14 people were buried.", "14", "Rescuers and residents", "witness"),
    ("Army and police officials said 14 people died.", "14", "Army and police officials", "official"),
    ("In a separate attack, the defence ministry says 14 men died.", "14", "the defence ministry", "government"),
    ("On Monday, police in Lagos said 14 people had died.", "14", "police in Lagos", "police"),
    ("A spokesman for the Interior Ministry said 14 died.", "14", "A spokesman for the Interior Ministry", "government"),
    ("A doctor at the army base said 14 had died.", "14", "A doctor at the army base", "hospital"),
    ("The head of the Syrian Observatory said 14 died.", "14", "The head of the Syrian Observatory", "ngo"),
    ("Officials, asking not to be named, said 14 died.", "14", "Officials", "official"),
    ("Ana Ruiz, head of the town hospital, said 14 died.", "14", "Ana Ruiz", "hospital"),
    ("Ana Ruiz, 34, a nurse, said 14 people died.", "14", "Ana Ruiz", "hospital"),
    ("A police spokesman, Omar Karim, says 14 died.", "14", "Omar Karim", "police"),
    ("State police spokesperson, Captain Omar Karim said 14 died.", "14", "Captain Omar Karim", "police"),
    ("Officials who spoke with reporters said 14 people died.", "14", "Officials", "official"),
    ("The coalition fighting the rebels said 14 people died.", "14", "The coalition", "military"),
    ("The army confirmed the raid but said 14 people died.", "14", "The army", "military"),
    ("CNN quoted unnamed officials who said 14 people died.", "14", "unnamed officials", "official"),
    ("Radio Sur quoted the mayor as saying 14 people died.", "14", "the mayor", "government"),
    ("The World Health Organization (WHO) says 14 people died.", "14", "The World Health Organization (WHO)", "un"),
    ("Doctors Without Borders said 14 people died.", "14", "Doctors Without Borders", "ngo"),
    ("A report by the UN said 14 people died.", "14", "A report by the UN", "un"),
    ("A Red Cross report this week said 14 people died.", "14", "A Red Cross report", "ngo"),
    ("Hamas claims that 14 people died.", "14", "Hamas", "armed_group"),
    ("The health ministry put the toll at 14.", "14", "The health ministry", "government"),
    ("The coroner identified the victim as Luis Prado.", "Luis", "The coroner", "government"),
    ("Police Chief Omar Said cautioned that 14 had died.", "14", "Police Chief Omar Said", "police"),
    # More than a noun phrase before the verb.
    ("Karim, 52, a nurse from Lagos, Nigeria, said 14 died.", "14", "Karim", "hospital"),
    ("Sen. Amin Karim, R-Fla., a candidate, said 14 died.", "14", "Sen. Amin Karim", "government"),
    ("Friends of the family who had come from afar said 14 died.", "14", "Friends of the family", "witness"),
    ("Some of the families said 14 died.", "14", "Some of the families", "witness"),
    ("The army and the police said 14 died.", "14", "The army and the police", "police"),
    ("People familiar with the raid say 14 died.", "14", "People", "other"),
    ("A source close to him said 14 died.", "14", "A source", "official"),
    ("The aid worker in Lagos said 14 died.", "14", "The aid worker in Lagos", "ngo"),
    ("A military statement released Friday said 14 died.", "14", "A military statement", "military"),
    ("A report published on Friday by the campaign group Sun said 14 died.", "14", "the campaign group Sun", "ngo"),
    ("A statement attributed to the rebels said 14 died.", "14", "the rebels", "armed_group"),
    ("The institute of health (IH) of Peru said 14 died.", "14", "The institute of health (IH) of Peru", "expert"),
    ("Two thirds of residents said 14 died.", "14", "Two thirds of residents", "witness"),
    ("About one in five say 14 died.", "14", "About one in five", "other"),
    ("One survivor, speaking by telephone, said 14 died.", "14", "One survivor", "witness"),
    ("A nurse reached by telephone, who gave no name, said 14 died.", "14", "A nurse", "hospital"),
    ("The army, however, said 14 died.", "14", "The army", "military"),
    ("The mayor himself said 14 died.", "14", "The mayor", "government"),
    ("Another said 14 died.", "14", "Another", "other"),
    ("LAGOS (Reuters) - Asked about the raid, the general said 14 died.", "14", "the general", "military"),
    ("On Monday, the general left for the front, saying 14 died.", "14", "the general", "military"),
    ("Speaking on television on Monday, Mr. Karim said 14 died.", "14", "Mr. Karim", "other"),
    ("The general praised his men and said 14 rebels died.", "14", "The general", "military"),
    ("The general told those who mourned of the raid, adding that 14 died.", "14", "The general", "military"),
    ("Ruiz said his men had counted 14 dead. Ana Ruiz left.", "14", "Ruiz", "other"),
    ("Police reported 14 dead.", "14", "Police", "police"),
    ("Reuters reported, citing medics, that 14 died.", "14", "Reuters", "media"),
    ("State radio, citing medics, reported 14 dead.", "14", "State radio", "media"),
    # Nouns that say something.
    ("The army's claim that 14 rebels died was doubted.", "14", "The army", "military"),
    ("A warning by the ministry that 14 could die was ignored.", "14", "the ministry", "government"),
    ("Omar Karim spoke. His remark that 14 died was noted.", "14", "His", "other"),
    # The speaker after what is said.
    ("At least 14 people died, police said.", "14", "police", "police"),
    ("At least 14 people died, police said Monday.", "14", "police", "police"),
    ("At least 14 people died, officials said in a statement.", "14", "officials", "official"),
    ("At least 14 people died, Omar Karim told reporters today.", "14", "Omar Karim", "other"),
    ("At least 14 people died, said police Capt. Omar Karim.", "14", "police Capt. Omar Karim", "police"),
    ("At least 14 people died, said Omar Karim, a fire officer.", "14", "Omar Karim", "rescue_service"),
    ("At least 14 people died, Reuters reports.", "14", "Reuters", "media"),
    ("At least 14 people died, a court heard.", "14", "a court", "other"),
    ("At least 14 people died, a jury was told.", "14", "a jury", "other"),
    ("At least 14 people died, our correspondent reports, quoting police.", "14", "police", "police"),
    ("At least 14 people died, Xinhua said, citing the ministry.", "14", "Xinhua", "media"),
    ("Bus crash kills 14, police say", "14", "police", "police"),
    ("Bus crash kills 14 in Lagos – police", "14", "police", "police"),
    ("Bus crash kills 14 in Lagos: officials", "14", "officials", "official"),
    ("Police: Bus crash kills 14 in Lagos", "14", "Police", "police"),
    ("At least 14 people died, said several witnesses.", "14", "several witnesses", "witness"),
    ("At least 14 people died, Karim notes. Omar Karim left.", "14", "Karim", "other"),
    ("The 14 dead, Karim notes, were old. Omar Karim left.", "14", "Karim", "other"),
    # Prepositions and passives.
    ("According to the WHO, 14 people died.", "14", "the WHO", "un"),
    ("At least 14 people died, according to a Pentagon news release.", "14", "a Pentagon news release", "military"),
    ("Two nurses were, according to the coastguard, among 14 dead.", "14", "the coastguard", "rescue_service"),
    ("It was reported by Reuters that 14 people had died.", "14", "Reuters", "media"),
    # Quotations.
    ("“We found 14 bodies,” a medic said.", "14", "a medic", "hospital"),
    ("“We came late. We found 14 bodies,” a medic said.", "14", "a medic", "hospital"),
    ("“We came late,” a medic said. “We found 14 bodies.”", "14", "a medic", "hospital"),
    ("A medic said: “We came late. We found 14 bodies.”", "14", "A medic", "hospital"),
    ("“We came late,” a medic said.\n\n“We found 14 bodies there.”", "14", "a medic", "hospital"),
    ('A medic said: "We came late.\n\n"We found 14 bodies.', "14", "A medic", "hospital"),
    ("''We found 14 bodies,'' a medic said.", "14", "a medic", "hospital"),
    ("‘We found 14 bodies,’ a medic said.", "14", "a medic", "hospital"),
    ("«We found 14 bodies,» a medic said.", "14", "a medic", "hospital"),
    ("*“We found 14 bodies,”* a medic, Ana Ruiz, [told](#) reporters.", "14", "Ana Ruiz", "hospital"),
    ("“A nurse told us that 14 died,” the mayor said.", "14", "A nurse", "hospital"),
    ("“They said 14 died,” the mayor told us.", "14", "the mayor", "government"),
    ("“Were there 14 bodies?” asked the mayor, who wept.", "14", "the mayor", "government"),
    ("“There were 14 bodies!” The mayor said to us.", "14", "The mayor", "government"),
    ("“They came late,” she went on. “Then 14 died.”", "14", "she", "other"),
    ("“We found 14 bodies,” the mayor pointed out.", "14", "the mayor", "government"),
    ("“We found 14 bodies,“ said the mayor.", "14", "the mayor", "government"),
    ("''We call them 'the lost 14,''' said the mayor.", "14", "the mayor", "government"),
    ("“We found 14 bodies,” said a nurse of the town hall of Lagos.", "14", "a nurse of the town hall of Lagos", "hospital"),
    ("> “We found 14 bodies,” a medic said.", "14", "a medic", "hospital"),
    ("“We came late,” a medic said.\n\n> “We found 14 bodies there.”", "14", "a medic", "hospital"),
    ("Amin Karim: “We found 14 bodies.”", "14", "Amin Karim", "other"),
    ("The mayor called the raid “the murder of 14 men” on Sunday.", "14", "The mayor", "government"),
    ("The Foreign Secretary said:\n\nThis is grave.\n\nThe raid killed 14 people.", "14", "The Foreign Secretary", "government"),
    # Text as it comes.
    ("At least 14 people\n  died in the raid, officials\n  said. Two cars\n  burnt.", "14", "officials", "official"),
    ("The US-led\ncoalition has\nconfirmed 14 deaths\nin a town.", "14", "The US-led\ncoalition", "military"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure", "source", "kind"), SOURCES)
def test_names_the_source_nearest_to_the_figure(text: str, figure: str, source: str, kind: str) -> None:
    """The smallest scope around a figure belongs to the one who states it."""
    found = nearest(text, figure)

    assert found is not None
    assert (text[found.start : found.end], found.label) == (source, kind)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("At least 14 people died.", "14"),
        ("At least 14 people were reported missing.", "14"),
        ("It was reported that 14 people had died.", "14"),
        ("It was assessed that 14 people had died.", "14"),
        ("The blast claimed 14 lives.", "14"),
        ("The group claimed responsibility for 14 deaths.", "14"),
        ("The ministry did not say if 14 people died.", "14"),
        ("The reports of 14 deaths shocked many.", "14"),
        ("In the United States, over 14 people died.", "14"),
        ("Three raids alleged to have killed 14 men are open.", "14"),
        ("The army said so. Later 14 people died.", "14"),
        ("“We came late,” a medic said. Later 14 people died.", "14"),
        ("At least 14 people died. Police said they were looking for a van.", "14"),
        ("At least 14 newly confirmed cases came to light.", "14"),
        ("Update: 14 people died on Monday.", "14"),
        ("Officers found 14 people in the lorry.", "14"),
        ("A guard found 14 bodies.", "14"),
        ("The post-blast count stood at 14.", "14"),
        ("The mayor called the deaths of 14 men “a crime” on Sunday.", "14"),
        ("The mayor called the raid “a crime” after 14 men died.", "14"),
        ("The raid killed 14 men, adding to the dead of May.", "14"),
        ("The claim that 14 rebels died was doubted.", "14"),
        ("Violent protests that killed 14 people went on.", "14"),
        ("Clashes of residents and alleged smugglers left 14 dead.", "14"),
        ("If she would have told us, 14 men would live.", "14"),
        ("In smaller states the 14 dead were mourned.", "14"),
        ("“We came late,” a medic said. “A bad day” was how 14 men died there.", "14"),
        ("Others were reported missing in a raid by the army on 14 villages.", "14"),
    ],
)
def test_leaves_the_reporters_own_words_alone(text: str, figure: str) -> None:
    """Where nobody is named for it, a figure is the reporter's own."""
    assert nearest(text, figure) is None


@pytest.mark.parametrize(
    ("text", "figure", "name"),
    [
        ("Ana Ruiz leads the clinic. Ruiz said 14 died.", "14", "Ana Ruiz"),
        ("Ana Ruiz, a nurse, spoke. “We wept,” Ruiz said. She said 14 died.", "14", "Ana Ruiz"),
        ("A police spokesman, Omar Karim, said two died. The spokesman said 14 died.", "14", "Omar Karim"),
        ("The US-led coalition flew raids. The coalition said 14 died.", "14", "US-led coalition"),
        ("The Syrian army left. The army said 14 died.", "14", "Syrian army"),
        ("The World Health Organization (WHO) met. The WHO said 14 died.", "14", "World Health Organization"),
        # An organisation is named whole; a person has no article.
        (
            "The International Organization for Migration said 14 died.",
            "14",
            "International Organization for Migration",
        ),
        (
            "Nine died, the National Commission on Human Rights said.",
            "Nine",
            "National Commission on Human Rights",
        ),
        ("Save the Children said 14 had died.", "14", "Save the Children"),
        ("Nine died, according to a local monitoring group.", "Nine", "local monitoring group"),
        ("Nine died, a British monitoring group said.", "Nine", "British monitoring group"),
        ("Nine died, said the Rev. Amin Karim of Jos.", "Nine", "Amin Karim"),
        ("The army said two had died. The statement said 14 were hurt.", "14", "army"),
        ("Reuters said two had died. It said 14 were hurt.", "14", "Reuters"),
        ("Local officials said two had died. The officials said 14 were hurt.", "14", "Local officials"),
        ("A report by the disaster council said 14 died.", "14", "disaster council"),
        ("The ministry's figures show that 14 died.", "14", "ministry"),
        ("Foreign Minister Omar Karim said 14 died.", "14", "Omar Karim"),
        ("His mother said two died. A spokesman said six died. She said 14 died.", "14", "His mother"),
        ("Chief Omar Karim of the police of Lagos said 14 died.", "14", "Omar Karim"),
        ("An Afghan official said 14 died.", "14", "Afghan official"),
        ("Omar Karim spoke. His remark that 14 died was noted.", "14", "Omar Karim"),
        ("In its monthly report, the command said two died. The report said 14 were hurt.", "14", "command"),
        ("According to Commissioner Omar Karim, 14 died.", "14", "Omar Karim"),
        ("Some of the families said 14 died.", "14", "Some of the families"),
        ("Early reports from the camp said 14 died.", "14", "Early reports from the camp"),
        ("The Puntland Security Force said 14 died.", "14", "Puntland Security Force"),
        ("Police chief Omar Karim said two died. The police said 14 were hurt.", "14", "police"),
    ],
)  # fmt: skip
def test_spells_the_name_out(text: str, figure: str, name: str) -> None:
    """Pronouns, surnames and short forms get the name that the text gives elsewhere."""
    found = nearest(text, figure)

    assert found is not None
    assert found.value["name"] == name


@pytest.mark.parametrize(
    ("text", "figure", "content"),
    [
        ("The army said 14 rebels died. Two fled.", "14", "14 rebels died."),
        ("The army said that 14 rebels died.", "14", "that 14 rebels died."),
        ("In all 14 rebels died, the army said. Two fled.", "14", "In all 14 rebels died"),
        ("The army said 14 rebels died, according to Reuters.", "14", "14 rebels died,"),
        ("The army said 14 rebels died; two villagers died, residents said.", "14", "14 rebels died"),
        ("The army said 14 rebels died, while two fled, residents said.", "14", "14 rebels died"),
        (
            "The army said 14 rebels died; two soldiers were hurt.",
            "14",
            "14 rebels died; two soldiers were hurt.",
        ),
        ("“Two fled. In all 14 died,” a medic said.", "14", "Two fled. In all 14 died,"),
        ("The army spoke of two, but police said 14 died.", "14", "14 died."),
        ("The army said 14 rebels died, but denied a raid.", "14", "14 rebels died, but"),
        ("The army said 14 rebels died, adding that two fled.", "14", "14 rebels died,"),
    ],
)
def test_measures_what_the_cue_governs(text: str, figure: str, content: str) -> None:
    """Indirect speech ends with its sentence, a quotation with its closing mark."""
    found = nearest(text, figure)

    assert found is not None
    start, end = found.value["scope"]
    assert text[start:end].strip() == content


@pytest.mark.parametrize(
    ("text", "figure", "direct"),
    [
        ("“We found 14 bodies,” a medic said.", "14", True),
        ("A medic said: “We found 14 bodies.”", "14", True),
        ("A medic said they found 14 bodies.", "14", False),
        ("A medic said they found 14 “martyrs” there.", "14", False),
    ],
)
def test_tells_quotations_from_indirect_speech(text: str, figure: str, direct: bool) -> None:
    """Only content that stands in quotation marks is direct."""
    found = nearest(text, figure)

    assert found is not None
    assert found.value["direct"] is direct


@pytest.mark.parametrize(
    ("text", "cue", "status"),
    [
        ("The army confirmed that 14 died.", "confirmed", "confirmed"),
        ("Rebels claimed to have killed 14.", "claimed", "alleged"),
        ("The army denied that 14 died.", "denied", "denied"),
        ("The army said that 14 died.", "said", None),
        ("According to the army, 14 died.", "According to", None),
    ],
)
def test_gives_the_cue_and_its_status(text: str, cue: str, status: str | None) -> None:
    """The cue's own words are kept, with the doubt or certainty that they lend."""
    found = nearest(text, "14")

    assert found is not None
    start, end = found.value["cue"]
    assert (text[start:end], found.value["status"]) == (cue, status)


@pytest.mark.parametrize(
    ("text", "source", "chain"),
    [
        ("At least 14 died, Xinhua said, citing the ministry.", "Xinhua", ["the ministry"]),
        ("Xinhua reported, citing medics, that 14 died.", "Xinhua", ["medics"]),
        ("State radio, citing a doctor, reported 14 dead, Xinhua said.", "State radio", ["a doctor"]),
        ("At least 14 died, Xinhua said.", "Xinhua", []),
    ],
)
def test_keeps_whom_the_source_cites(text: str, source: str, chain: list[str]) -> None:
    """The one who cites is the source, the one cited stands in the chain."""
    found = nearest(text, "14")

    assert found is not None
    assert (text[found.start : found.end], [text[a:b] for a, b in found.value["chain"]]) == (source, chain)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Ana Ruiz said 14 died.", "Ana Ruiz"),
        ("Ana Ruiz, 34, head of the clinic, said 14 died.", "Ana Ruiz, 34, head of the clinic"),
        ("Ana Ruiz, who heads the clinic, said 14 died.", "Ana Ruiz, who heads the clinic"),
        ("Ana Ruiz left. Ruiz, who heads the clinic, said 14 died.", "Ruiz"),
        ("Ruiz, who told us that 14 died, left.", "Ruiz"),
        ("A police spokesman, Omar Karim, said 14 died.", "A police spokesman, Omar Karim"),
        ("People familiar with the raid say 14 died.", "People familiar with the raid"),
        ("A statement issued by the rebels said 14 died.", "A statement issued by the rebels"),
        ("Friends, neighbours and relatives said 14 died.", "Friends, neighbours and relatives"),
        ("At least 14 died, said Ana Ruiz, a nurse in Lagos.", "Ana Ruiz, a nurse in Lagos"),
        ("At least 14 died, said Ana Ruiz in a statement.", "Ana Ruiz"),
        ("At least 14 died, according to Ana Ruiz, a nurse.", "Ana Ruiz, a nurse"),
        ("According to the coastguard, two ships sank and 14 died.", "the coastguard"),
        ("Ana Ruiz, a nurse, left the town, saying 14 died.", "Ana Ruiz, a nurse"),
    ],
)
def test_carries_all_that_is_told_of_the_speaker(text: str, whole: str) -> None:
    """Beside the phrase nearest to the cue stands the phrase with apposition, role and relative clause."""
    found = nearest(text, "14")

    assert found is not None
    assert text[slice(*found.value["whole"])] == whole


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("The mayor pledged to free the 14 prisoners.", True),
        ("The mayor urged the army to free the 14 prisoners.", True),
        ("The mayor pledged that the 14 prisoners would be freed.", False),
        ("The mayor said that 14 prisoners were free.", False),
    ],
)
def test_tells_wishes_from_statements(text: str, wish: bool) -> None:
    """What somebody wants or promises is no source of the figures in it."""
    found = nearest(text, "14")

    assert found is not None
    assert found.value["wish"] is wish


@pytest.mark.parametrize(
    "text",
    [
        "“We found 14 bodies, a medic said.",
        "We found 14 bodies,” a medic said.",
        '"We "found" 14 "bodies, a medic said.',
        "said , said said: “ ” ’ said",
        "''' ''We ''found' 14''' said said",
        "“ asked “?” asked “” who said",
        ", said, %, 14 % said of that who , who said",
        "",
        "\n\n",
        "According to",
        "Police:",
    ],
)
def test_is_never_upset_by_odd_marks(text: str) -> None:
    """Unbalanced marks and scraps give mentions inside the text or none."""
    doc = make_doc(text)

    assert all(0 <= m.start < m.end <= len(text) for m in find(doc))
