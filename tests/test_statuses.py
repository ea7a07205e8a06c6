"""How sure: the sign that governs a figure, and the look-alikes that are none."""

from __future__ import annotations

import pytest

from casualty_extract import lexicon
from casualty_extract.attributions_speakers import Cue
from casualty_extract.mentions import Mention
from casualty_extract.statuses import STRENGTH, Verb, find
from conftest import make_doc


def strongest(text: str, figure: str) -> Mention | None:
    """Give the strongest sign whose scope holds the first mention of a figure."""
    start = text.index(figure)
    holding = [m for m in find(make_doc(text)) if m.value["scope"][0] <= start]
    holding = [m for m in holding if start + len(figure) <= m.value["scope"][1]]
    return max(holding, key=lambda m: m.value["strength"], default=None)


def status(text: str, figure: str) -> str:
    found = strongest(text, figure)
    return found.label if found else "asserted"


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        # confirmed
        ("The suspect confessed to killing 14 women.", "14", "confirmed"),
        ("Police have now confirmed the deaths of 14 people.", "14", "confirmed"),
        ("The embassy confirmed that 14 tourists died.", "14", "confirmed"),
        ("In all 14 tourists died, the embassy confirmed.", "14", "confirmed"),
        ("The deaths of 14 tourists were confirmed on Monday.", "14", "confirmed"),
        ("There were 14 newly confirmed cases.", "14", "confirmed"),
        ("The army has acknowledged killing 14 farmers.", "14", "confirmed"),
        ("He pleaded guilty to killing 14 people.", "14", "confirmed"),
        ("A nurse was convicted of murdering 14 patients.", "14", "confirmed"),
        ("Monitors counted 14 bodies in the square.", "14", "confirmed"),
        ("Monitors were able to verify reports of 14 deaths.", "14", "confirmed"),
        ("Rebuilding the bridge killed 14 workers whom the firm has acknowledged losing.", "14", "confirmed"),
        ("At least 14 women were among those whom the army acknowledged killing.", "14", "confirmed"),
        # assessed
        ("The army says 14 farmers were probably killed.", "14", "assessed"),
        ("About 14 people are thought to have died.", "14", "assessed"),
        ("Analysts estimate that the raids killed 14 civilians.", "14", "assessed"),
        ("It judged that 14 civilians were more likely than not killed.", "14", "assessed"),
        ("All 14 crew members are presumed dead.", "14", "assessed"),
        ("The command assesses that 14 civilians died.", "14", "assessed"),
        ("It was assessed that 14 civilians were killed.", "14", "assessed"),
        ("The agency estimates that 14,000 people fled.", "14,000", "assessed"),
        ("At least 14 people are believed to have died.", "14", "assessed"),
        ("The strike likely killed 14 civilians.", "14", "assessed"),
        ("More likely than not, 14 civilians died.", "14", "assessed"),
        ("Six sailors, presumed drowned, and 14 others.", "Six", "assessed"),
        ("In the end 14 reports were deemed credible.", "14", "assessed"),
        ("Of 20 completed reports, nine were credible.", "20", "assessed"),
        ("Two aides were believed to be among the 14 dead.", "Two", "assessed"),
        ("Two aides were believed to be among the 14 dead.", "14", "asserted"),
        # alleged
        ("Activists allege that troops killed 14 people.", "14", "alleged"),
        ("State media claimed 14 rebels were killed.", "14", "alleged"),
        ("By some accounts, 14 people died.", "14", "alleged"),
        ("Unnamed sources claimed 14 people had died.", "14", "alleged"),
        ("At least 14 people are reported to have died.", "14", "alleged"),
        ("Some 14 people are said to have died.", "14", "alleged"),
        ("The rebels claimed to have killed 14 soldiers.", "14", "alleged"),
        ("Gunmen reportedly killed 14 people.", "14", "alleged"),
        ("Some 14 people have reportedly been killed.", "14", "alleged"),
        ("Guards allegedly killed 14 people.", "14", "alleged"),
        ("At least 14 people were reported dead.", "14", "alleged"),
        ("Local reports said 14 people died.", "14", "alleged"),
        ("According to local reports, 14 people died.", "14", "alleged"),
        ("There are reports that 14 people died.", "14", "alleged"),
        ("Activists accused the army of killing 14 farmers.", "14", "alleged"),
        ("It came after the reported deaths of 14 farmers.", "14", "alleged"),
        # unconfirmed
        ("Witnesses say 14 men were shot, but the claim could not be verified.", "14", "unconfirmed"),
        (
            "A hospital worker spoke of 14 bodies, a figure that could not be independently confirmed.",
            "14",
            "unconfirmed",
        ),
        ("The rebels gave a toll of 14, a claim the army has not confirmed.", "14", "unconfirmed"),
        ("The report of 14 deaths has not been independently confirmed.", "14", "unconfirmed"),
        ("There was no independent confirmation of the 14 deaths.", "14", "unconfirmed"),
        ("Officials could not confirm that 14 people had died.", "14", "unconfirmed"),
        ("It is not known whether the 14 sailors survived.", "14", "unconfirmed"),
        ("There were unconfirmed reports of 14 deaths.", "14", "unconfirmed"),
        ("The toll of 14 could not be independently verified.", "14", "unconfirmed"),
        ("It was unclear whether all 14 had died.", "14", "unconfirmed"),
        ("Police did not confirm that 14 people died.", "14", "unconfirmed"),
        ("The deaths of 14 farmers have yet to be confirmed.", "14", "unconfirmed"),
        # investigating
        ("The UN is looking into reports of as many as 14 deaths.", "14", "investigating"),
        ("The coalition has 14 unresolved allegations of civilian deaths.", "14", "investigating"),
        ("A further 14 cases are under review.", "14", "investigating"),
        ("Investigators are still looking into 14 reports of deaths.", "14", "investigating"),
        ("Prosecutors are examining 14 allegations of murder.", "14", "investigating"),
        ("The coalition is investigating 14 reports of deaths.", "14", "investigating"),
        ("A total of 14 reports are still open.", "14", "investigating"),
        ("The command still had 14 open reports from March.", "14", "investigating"),
        ("Its 14 latest reports are now being assessed.", "14", "investigating"),
        # possible
        ("At least 14 people are feared to have drowned.", "14", "possible"),
        ("Some 14 hikers might be buried under the snow.", "14", "possible"),
        ("The number of dead may reach 14.", "14", "possible"),
        ("The death toll is expected to climb to 14.", "14", "possible"),
        ("There could be as many as 14 dead.", "14", "possible"),
        ("Officials warned the toll may rise above 14.", "14", "possible"),
        ("At least 14 miners are missing and feared dead.", "14", "possible"),
        ("As many as 14 miners may have died.", "14", "possible"),
        ("The toll could rise to 14.", "14", "possible"),
        ("Rescuers fear that 14 miners are buried.", "14", "possible"),
        ("Up to 14 miners may die.", "14", "possible"),
        # denied
        ("The rebels say they killed 14 soldiers, a claim the army denied.", "14", "denied"),
        ("The ministry denied reports that 14 people had died.", "14", "denied"),
        ("The army said reports of 14 deaths were false.", "14", "denied"),
        ("The claim of 14 dead is untrue, the ministry said.", "14", "denied"),
        ("Police said an earlier report of 14 deaths was wrong.", "14", "denied"),
        ("The ministry said the toll of 14 was incorrect.", "14", "denied"),
        ("The figure of 14 dead is inaccurate, officials said.", "14", "denied"),
        ("The army called the reports of 14 deaths fabricated.", "14", "denied"),
        ("The wrong man was shot with 14 others.", "14", "asserted"),
        ("Contrary to reports, the 14 miners were not killed.", "14", "denied"),
        ("The coalition said there was no evidence that its raid had killed 14 people.", "14", "denied"),
        ("The army denied that 14 farmers died.", "14", "denied"),
        ("The army denied killing 14 farmers.", "14", "denied"),
        ("There is no evidence that 14 farmers died.", "14", "denied"),
        ("In the end 14 reports were found non-credible.", "14", "denied"),
        ("The army rejected reports that 14 farmers died.", "14", "denied"),
        # hypothetical
        (
            "If vaccines do not arrive by May, as many as 14,000 people could fall ill.",
            "14,000",
            "hypothetical",
        ),
        ("Without aid, 14,000 people would starve.", "14,000", "hypothetical"),
        ("In the drill, 14 people were wounded.", "14", "hypothetical"),
        ("Had the roof fallen, 14 children would have been killed.", "14", "hypothetical"),
        ("The bomb could have killed 14 people.", "14", "hypothetical"),
        ("He had planned to murder 14 colleagues.", "14", "hypothetical"),
        ("A quake there would kill 14,000 people.", "14,000", "hypothetical"),
        ("They plotted to kill 14 officers.", "14", "hypothetical"),
        ("Aid groups will leave if 14 workers are killed.", "14", "hypothetical"),
        ("The gang threatened to kill 14 hostages.", "14", "hypothetical"),
        ("Forecasters predict that 14,000 will be displaced.", "14,000", "hypothetical"),
        # The plain statement, and doubt about something else than the figure.
        ("The study puts the number of deaths at an estimated 14,000.", "14,000", "asserted"),
        ("Eleven of the 14 injured were said to be in a serious condition.", "Eleven", "asserted"),
        ("The group said to be behind the raid killed 14 men.", "14", "asserted"),
        ("An alleged drone strike killed 14 people, witnesses said.", "14", "asserted"),
        ("A suspected suicide bomber killed 14 people.", "14", "asserted"),
        ("The blast, believed to be the work of rebels, killed 14.", "14", "asserted"),
        ("The man suspected of stabbing 14 people is in custody.", "14", "asserted"),
        ("Gunmen believed to be bandits killed 14 villagers.", "14", "asserted"),
        ("The reported airstrike killed 14 people.", "14", "asserted"),
        ("The army said 14 rebels died.", "14", "asserted"),
        ("According to police, 14 people died.", "14", "asserted"),
        ("An alleged Israeli airstrike killed 14 people.", "14", "asserted"),
        ("The alleged gunman killed 14 people.", "14", "asserted"),
        ("He is accused of killing 14 people.", "14", "asserted"),
        ("He was charged with killing 14 people.", "14", "asserted"),
        ("Suspected rebels killed 14 soldiers.", "14", "asserted"),
        ("The army says suspected rebels killed 14 men.", "14", "asserted"),
        ("The storm claimed the lives of 14 people.", "14", "asserted"),
        ("The storm claimed 14 lives.", "14", "asserted"),
        ("A group claimed responsibility for the 14 deaths.", "14", "asserted"),
        ("The raid killed an estimated 14 people.", "14", "asserted"),
        ("The raid killed 14 suspected militants.", "14", "asserted"),
        ("There is no doubt that 14 people died.", "14", "asserted"),
        ("The wife of one of 14 victims could not be reached.", "14", "asserted"),
        ("Police are investigating the deaths of 14 children.", "14", "asserted"),
        ("The ministry reports that 14 people died.", "14", "asserted"),
        ("He denied involvement in raids that killed 14 people.", "14", "asserted"),
        ("Some 14 people were hurt, reportedly by glass.", "14", "asserted"),
        ("Two of the 14 men hurt are likely to go home.", "14", "asserted"),
        ("The town had 14 new cases reported on Friday.", "14", "asserted"),
        ("Dozens, if not hundreds, joined the 14 mourners.", "14", "asserted"),
        ("The jet that killed 14 had mail believed to be on board.", "14", "asserted"),
    ],
)
def test_weighs_each_figure(text: str, figure: str, expected: str) -> None:
    """The strongest sign that governs a figure gives its status; without one it is asserted."""
    assert status(text, figure) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Three reports were found credible, five were judged not credible, and 12 reports are still open.",
            {"five": "denied", "12": "investigating"},
        ),
        ("The army confirmed the raid but said 14 men fled.", {"14": "asserted"}),
        ("Karim reportedly set the fuse, and 14 men died.", {"14": "asserted"}),
        ("She claimed 40 men had fled, as had two guards.", {"40": "alleged", "two": "alleged"}),
        ("It heard of 20 reports, of which eight were not credible.", {"20": "asserted", "eight": "denied"}),
        ("Some nine died, while 14 are feared dead.", {"nine": "asserted", "14": "possible"}),
        ("The army confirmed nine dead; 14 were hurt.", {"nine": "confirmed", "14": "asserted"}),
        ("The panel closed out two of five open cases.", {"two": "assessed", "five": "investigating"}),
    ],
)
def test_keeps_to_its_clause(text: str, expected: dict[str, str]) -> None:
    """A sign governs its own clause, and a source's verb what the source says."""
    assert {figure: status(text, figure) for figure in expected} == expected


def test_follows_a_quotation_beyond_the_sentence() -> None:
    """What a verb introduces in quotation marks is governed to the closing mark."""
    assert status("The rebels claimed: “We won. We killed 14 men.” They left.", "14") == "alleged"


def test_gives_the_cue_its_kind_and_its_weight() -> None:
    """A mention holds the words of the cue, what sort of word it is, and its strength."""
    text = "Gunmen reportedly killed 14 people."
    [found] = find(make_doc(text))

    assert text[found.start : found.end] == "reportedly"
    assert found.value == {"scope": [0, 35], "strength": 3, "by": "adverb"}


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [
        ("denied", "unconfirmed"),
        ("unconfirmed", "investigating"),
        ("investigating", "hypothetical"),
        ("hypothetical", "possible"),
        ("possible", "alleged"),
        ("alleged", "assessed"),
        ("assessed", "confirmed"),
    ],
)
def test_orders_the_statuses(stronger: str, weaker: str) -> None:
    """Doubt outdoes certainty, and denial outdoes all."""
    assert STRENGTH.index(stronger) > STRENGTH.index(weaker)


@pytest.mark.parametrize(
    "lemma",
    sorted(set(lexicon.read("attributions", "cues", Cue)) & set(lexicon.read("statuses", "verbs", Verb))),
)
def test_agrees_with_the_cues_of_attribution(lemma: str) -> None:
    """Where a verb stands in both lexicons, both give it the same status."""
    hint = lexicon.read("attributions", "cues", Cue)[lemma].status

    assert hint in {None, lexicon.read("statuses", "verbs", Verb)[lemma].label}


@pytest.mark.parametrize("text", ["", "\n\n", "If", "reports said", "not not not confirmed", "“ claimed ”"])
def test_is_never_upset_by_scraps(text: str) -> None:
    """Scraps give mentions inside the text or none."""
    assert all(0 <= m.start < m.end <= len(text) for m in find(make_doc(text)))
