"""What happened: words of harm in every construction, and the look-alikes that are none."""

from __future__ import annotations

import pytest

from casualty_extract import harms
from conftest import make_doc


def found(text: str) -> list[tuple[str, str]]:
    doc = make_doc(text)
    return [(doc.text[m.start : m.end], m.label) for m in harms.find(doc)]


def one(text: str) -> dict[str, object]:
    [mention] = harms.find(make_doc(text))
    return mention.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen killed 12 people.", [("killed", "killed")]),
        ("Twelve people were killed.", [("killed", "killed")]),
        ("Bombs kill 20 in the capital", [("kill", "killed")]),
        ("A truck bomb kills at least nine.", [("kills", "killed")]),
        ("The quake left 12 dead and 30 injured.", [("dead", "killed"), ("injured", "injured")]),
        ("He counted 61 civilian deaths.", [("deaths", "killed")]),
        ("Twelve people were killed or wounded.", [("killed or wounded", "casualties")]),
        ("The raid killed and injured 30 people.", [("killed and injured", "casualties")]),
        ("More than 7,000 are dead or missing.", [("dead or missing", "casualties")]),
        ("It caused two deaths and injuries.", [("deaths and injuries", "casualties")]),
        ("The blast killed nine and wounded 30.", [("killed", "killed"), ("wounded", "injured")]),
        ("Two deputies were shot and killed.", [("shot and killed", "killed")]),
        ("Three people were shot.", [("shot", "casualties")]),
        ("An officer was fatally shot.", [("fatally shot", "killed")]),
        ("The fire claimed the lives of 20 people.", [("claimed the lives of", "killed")]),
        ("Twelve passengers lost their lives.", [("lost their lives", "killed")]),
        ("Two officers suffered minor head injuries.", [("injuries", "injured")]),
        ("Eight aid workers were taken hostage.", [("taken hostage", "abducted")]),
        ("Eleven sailors are unaccounted for.", [("unaccounted for", "missing")]),
        ("Some 5,000 villagers fled.", [("fled", "displaced")]),
        ("Police arrest four after the raid", [("arrest", "detained")]),
        ("There were 12 arrests.", [("arrests", "detained")]),
        ("The killing of two students shocked the town.", [("killing", "killed")]),
        ("The dead and the wounded lay in the yard.", [("dead", "killed"), ("wounded", "injured")]),
        ("A suicide bomber blew himself up.", [("blew himself up", "killed")]),
        ("The driver was pronounced dead.", [("pronounced dead", "killed")]),
        ("People were hard-\nhit and two\n   lost their\n   lives.", [("lost their\n   lives", "killed")]),
        ("The number of wounded troops rose.", [("wounded", "injured")]),
        ("Hundreds of displaced people slept outside.", [("displaced", "displaced")]),
        (
            "Nine people were killed and 19 more injured as a bus overturned.",
            [("killed", "killed"), ("injured", "injured")],
        ),
        ("He blew himself up, killing eight.", [("blew himself up", "killed"), ("killing", "killed")]),
        ('They "neutralised" 45 rebels.', [("neutralised", "killed")]),
        ("Twelve lives were lost.", [("lives", "killed"), ("lost", "killed")]),
        ("The flood caused the loss of 12 lives.", [("lives", "killed")]),
        ("The deadly shooting of two clerks went unsolved.", [("shooting", "killed")]),
        ("The fighting sent thousands of people fleeing into the hills.", [("fleeing", "displaced")]),
        ("Crews led 30 guests to safety.", [("to safety", "rescued")]),
        ("An avalanche buried 12 climbers.", [("buried", "casualties")]),
        ("Four are in hospital.", [("in hospital", "injured")]),
        ("Police found two men drowned in a well.", [("drowned", "killed")]),
        # Look-alikes.
        ("They ran to safety.", []),
        ("The widow buried her husband on Sunday.", []),
        ("Four died in hospital.", [("died", "killed")]),
        ("The city issued evacuation orders.", []),
        ("Talks are being held up by rain.", []),
        ("The court passed a death sentence.", []),
        ("He spent years on death row.", []),
        ("She received 12 death threats.", []),
        ("The wound was clean.", []),
        ("It is a free country.", []),
        ("It was a shot of the bay.", []),
        ("The committee approved the budget.", []),
        ("The murder weapon was not recovered in the trap.", [("murder", "killed")]),
    ],
)
def test_finds_words_of_harm(text: str, expected: list[tuple[str, str]]) -> None:
    """Each word or phrase of harm is found once, with the label of the spec."""
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("Gunmen killed 12 people.", "bare"),
        ("Twelve people were killed.", "passive"),
        ("Twelve people have been killed.", "passive"),
        ("Twelve people were reportedly killed.", "passive"),
        ("The army has killed 12 people.", "perfect"),
        ("The bomb was built to kill 12 people.", "infinitive"),
        ("A bomb exploded, killing 12 people.", "gerund"),
        ("Twelve people killed in the blast were named.", "reduced"),
        ("12 killed, hundreds flee", "reduced"),
        ("They treated 12 wounded soldiers.", "adjectival"),
    ],
)
def test_tells_the_voice(text: str, voice: str) -> None:
    """The voice decides on which side of the verb the harmed stand."""
    mention = next(harms.find(make_doc(text)))
    assert mention.value["voice"] == voice


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Militants executed nine villagers.", "deliberate"),
        ("Gunmen killed nine villagers.", None),
        ("It confirmed 61 unintentional civilian deaths.", "unintentional"),
        ("At least 685 civilians have been unintentionally killed.", "unintentional"),
        ("Nine villagers were killed by mistake.", "unintentional"),
        ("They deliberately killed two medics.", "deliberate"),
        ("Two people died after the accidental discharge of a rifle.", None),
    ],
)
def test_tells_the_intent(text: str, intent: str | None) -> None:
    """The harm was meant or not only where a word says so."""
    assert one(text)["intent"] == intent


@pytest.mark.parametrize(
    "text", ["", " ", "killed", "killed killed killed", "dead,,,", "(injured)", "killed " * 3000]
)
def test_takes_any_text(text: str) -> None:
    """Fragments and repetitions are no error."""
    assert all(0 <= m.start < m.end <= len(text) for m in harms.find(make_doc(text)))
