"""Which figure counts which harm, and whom, when, where, by whom: whole sentences to whole claims."""

from __future__ import annotations

import pytest

from casualty_extract import extract
from casualty_extract.records import Claim


def claims(text: str, published: str | None = "2017-09-03") -> tuple[Claim, ...]:
    return extract(text, published=published).claims


def figures(text: str) -> list[tuple[str, str]]:
    return [(c.quantity.text, c.harm.label if c.harm else c.unit) for c in claims(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # object and subject
        ("Gunmen killed 12 people.", [("12", "killed")]),
        ("Gunmen killed at least 12 people.", [("12", "killed")]),
        ("Twelve people were killed.", [("Twelve", "killed")]),
        ("Twelve people have died.", [("Twelve", "killed")]),
        ("At least 25 people are dead and dozens injured.", [("25", "killed"), ("dozens", "injured")]),
        ("The blast killed nine and wounded 30.", [("nine", "killed"), ("30", "injured")]),
        ("Nine people were killed and 30 others were wounded.", [("Nine", "killed"), ("30", "injured")]),
        (
            "Nine people were killed and 30 others wounded in the blast.",
            [("Nine", "killed"), ("30", "injured")],
        ),
        ("A bomb exploded, killing nine people and wounding 30.", [("nine", "killed"), ("30", "injured")]),
        ("12 dead, 30 hurt in blast", [("12", "killed"), ("30", "injured")]),
        ("Bomb kills 20 in the capital", [("20", "killed")]),
        ("A gas explosion left two dead and 18 injured.", [("two", "killed"), ("18", "injured")]),
        ("The quake left 3,000 people homeless.", [("3,000", "displaced")]),
        ("People living in the valley said 40 villagers had drowned.", [("40", "killed")]),
        ("Some 5,000 villagers fled the fighting.", [("5,000", "displaced")]),
        ("Gunmen took 30 pupils hostage.", [("30", "abducted")]),
        ("Two fishermen are missing.", [("Two", "missing")]),
        ("Police arrested four men.", [("four", "detained")]),
        ("Divers rescued 22 passengers.", [("22", "rescued")]),
        # nouns
        ("The agency counted 61 civilian deaths.", [("61", "killed")]),
        ("There were 12 deaths and 30 injuries.", [("12", "killed"), ("30", "injured")]),
        ("The deaths of 21 children shocked the town.", [("21", "killed")]),
        ("Rescuers recovered nine bodies.", [("nine", "killed")]),
        ("The death toll rose to 45.", [("45", "killed")]),
        ("The death toll has reached 118, the mayor said.", [("118", "killed")]),
        ("Two officers suffered minor injuries.", [("Two", "injured")]),
        ("Four guards were treated for burns.", [("Four", "injured")]),
        # several figures under one harm
        ("Gunmen killed six soldiers and a civilian.", [("six", "killed"), ("a", "killed")]),
        ("Four soldiers and a woman were killed.", [("Four", "killed"), ("a", "killed")]),
        (
            "Twelve people, including three children, were killed.",
            [("Twelve", "killed"), ("three", "killed")],
        ),
        ("The blast wounded nine, three critically.", [("nine", "injured"), ("three", "injured")]),
        ("Some 60 people were killed or wounded.", [("60", "casualties")]),
        # relative clauses and pronouns
        ("Five people who were in the bus died.", [("Five", "killed")]),
        ("Medics treated 64 patients, five of whom died.", [("five", "killed")]),
        # one person
        ("A policeman was killed.", [("A", "killed")]),
        ("The bus crashed. The driver died at the scene.", [("The driver", "killed")]),
        ("The painter died on Monday after a long life.", []),
        ("Soldiers shot dead Omar Dahli, 30.", [("Omar Dahli", "killed")]),
        ("Omar Dahli, 30, was shot dead.", [("Omar Dahli", "killed")]),
        ("Woman hurt in crash near the river", [("Woman", "injured")]),
        # none
        ("There were no casualties.", [("no", "casualties")]),
        ("Nobody was hurt.", [("Nobody", "injured")]),
        # reports and incidents
        ("It received 37 reports of civilian casualties.", [("37", "casualties")]),
        # no claims
        ("Civilians were killed.", []),
        ("The new law killed 12 jobs and two factories.", []),
        ("The bomb, weighing 500 kilograms, killed nobody but 12 houses burned.", [("nobody", "killed")]),
        ("A 34-year-old man was hurt.", [("A", "injured")]),
        ("The attack killed people 5 km away on 12 May 2016.", []),
        ("The council of 12 members met.", []),
        ("Nine days after the attack, three of the wounded died.", [("three", "killed")]),
        ("The company cut 200 jobs after shares fell 12 percent.", []),
    ],
)
def test_figures_go_to_their_harms(text: str, expected: list[tuple[str, str]]) -> None:
    """Every stated figure of harm is found with its harm, and nothing else."""
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("Gunmen killed 12 Afghan soldiers.", ("Afghan soldiers", "combatant")),
        ("It confirmed 61 civilian deaths.", ("civilian", "civilian")),
        ("The raid killed 13 policemen.", ("policemen", "police")),
        ("The storm killed 30.", (None, "unspecified")),
        ("A reporter was shot dead.", ("reporter", "civilian")),
    ],
)
def test_victims_are_the_figures_noun(text: str, victims: tuple[str | None, str]) -> None:
    """The noun phrase of the figure names the victims; where there is none, nothing is guessed."""
    [claim] = claims(text)
    assert claim.victims is not None
    assert (claim.victims.text, claim.victims.category) == victims


def test_a_bare_number_counts_what_the_one_before_counts() -> None:
    """ "killed 13 soldiers and wounded 56 more" wounds soldiers."""
    wounded = claims("A car bomb killed 13 soldiers and wounded 56 more.")[1]
    assert wounded.victims is not None
    assert wounded.victims.category == "combatant"
    assert wounded.scope == "event"


def test_parts_point_to_their_whole() -> None:
    """ "including" ties the part to its total, and a joined part too."""
    whole, children, medic = claims("Twelve people, including three children and a medic, were killed.")
    assert children.part_of == medic.part_of == whole.id
    assert whole.part_of is None


def test_named_dead_belong_to_the_toll() -> None:
    """Names of an incident are part of its total."""
    total, name = claims("Two people were killed in Mosul. Omar Dahli, 30, was shot dead.")
    assert name.part_of == total.id
    assert name.incident == total.incident


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("The strike killed 12 people.", "event"),
        ("It confirmed another 61 civilian deaths.", "additional"),
        ("At least 685 civilians have been killed since 2014.", "cumulative"),
        ("The finds raised the death toll to 60.", "cumulative"),
        ("So far this year 40 miners have died.", "cumulative"),
    ],
)
def test_scope(text: str, scope: str) -> None:
    """An event's toll, an addition and a running total are told apart."""
    assert claims(text)[-1].scope == scope


def test_setting_is_of_the_sentence_first() -> None:
    """Time and place of the sentence win; the next sentence takes them over as context."""
    first, second = claims("A bomb killed nine people in Mosul on Friday. Thirty others were wounded.")
    assert first.time
    assert second.time
    assert (first.time.basis, second.time.basis) == ("sentence", "context")
    assert str(first.time.earliest) == str(second.time.earliest) == "2017-09-01"
    assert first.places[0].country == second.places[0].country == "IQ"
    assert (first.places[0].basis, second.places[0].basis) == ("sentence", "context")


def test_sources_and_statuses_differ_by_claim() -> None:
    """Each figure keeps its own source and its own degree of certainty."""
    one, other = claims("The ministry said 20 people died. The army denied that 12 civilians were killed.")
    assert one.attribution
    assert other.attribution
    assert (one.attribution.source.text, one.status) == ("The ministry", "asserted")
    assert (other.attribution.source.text, other.status) == ("The army", "denied")


def test_quoted_figures_are_direct() -> None:
    """A figure inside quotation marks is quoted directly, one beside them is not."""
    quoted, reported = claims('"We counted 12 dead," the doctor said. He said 30 people were hurt.')
    assert quoted.attribution
    assert reported.attribution
    assert (quoted.attribution.form, reported.attribution.form) == ("direct", "indirect")


def test_the_seeds_kind_of_sentence() -> None:
    """Sixty-one more, raising the number to 685: an addition and a running total, both confirmed."""
    text = (
        "The US-led coalition has confirmed another 61 “unintentional civilian deaths” caused by its strikes in Iraq and "
        "Syria in July, raising the number of civilians it has acknowledged killing since 2014 to at least 685."
    )
    more, total = claims(text)
    assert (more.quantity.best, more.scope, more.intent, more.status) == (
        61,
        "additional",
        "unintentional",
        "confirmed",
    )
    assert more.cause
    assert more.cause.label == "airstrike"
    assert {p.country for p in more.places} == {"IQ", "SY"}
    assert (total.quantity.low, total.quantity.high, total.scope) == (685, None, "cumulative")
    assert total.victims
    assert total.victims.category == "civilian"
