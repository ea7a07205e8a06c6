"""Claims to incidents: which claims belong together, and what they add up to."""

from __future__ import annotations

import pytest

from casualty_extract import extract
from casualty_extract.records import Toll


def tolls(text: str) -> list[tuple[str, int | None, int | None, int | None]]:
    found = extract(text, published="2017-09-03").incidents
    return [(t.harm, t.low, t.best, t.high) for incident in found for t in incident.tolls]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen killed 12 people in Mosul.", [("killed", 12, 12, 12)]),
        ("Gunmen killed at least 12 people in Mosul.", [("killed", 12, 12, None)]),
        ("The blast killed nine and wounded 30.", [("killed", 9, 9, 9), ("injured", 30, 30, 30)]),
        ("Twelve people, including three children, were killed.", [("killed", 12, 12, 12)]),
        ("A teacher was shot dead in Mosul. A farmer was shot dead in Mosul. A driver was shot dead in Mosul.", [("killed", 3, 3, 3)]),
        ("Ana Diaz was shot dead in Mosul. Diaz was shot dead by gunmen.", [("killed", 1, 1, 1)]),
        ("The army denied that 12 people were killed.", []),
        ("At least 30 people were killed, police said. Up to 20 people were killed, the mayor said.", [("killed", 30, 30, None)]),
    ],
)  # fmt: skip
def test_tolls(text: str, expected: list[tuple[str, int | None, int | None, int | None]]) -> None:
    """Parts are not added to their whole, nobody is counted twice, and the bounds stay in order."""
    assert tolls(text) == expected


def test_claims_of_one_event_share_its_incident() -> None:
    """The next sentence about the event joins it; another place and day is another event."""
    first, second, other = extract(
        "A bomb killed nine people in Mosul on Friday. Thirty others were wounded. A flood killed two people in Kabul on Monday.",
        published="2017-09-06",
    ).claims
    assert first.incident == second.incident != other.incident


def test_a_running_total_has_an_incident_of_its_own() -> None:
    """An addition and the total that it raises are told apart."""
    more, total = extract(
        "It confirmed another 61 civilian deaths, raising the number of civilians killed to 685."
    ).claims
    assert more.incident != total.incident


def test_persons_beyond_the_total_are_not_its_parts() -> None:
    """Four persons cannot be among two."""
    found = extract(
        "Two people were killed in Mosul. A policeman was shot dead. A soldier was shot dead. A teacher was shot dead."
    ).claims
    assert [claim.part_of for claim in found] == [None] * 4


def incidents(text: str) -> list[str | None]:
    return [claim.incident for claim in extract(text, published="2017-09-06").claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb killed nine people in Mosul. Another bomb killed three soldiers in Mosul.", ["i1", "i2"]),
        ("A bomb killed nine people in Mosul. In a separate attack, two policemen died.", ["i1", "i2"]),
        ("A bomb killed nine people in Mosul on Friday, while another bomb killed three soldiers.", ["i1", "i2"]),
        ("A bomb killed nine people in Mosul. Another bomb killed three soldiers and wounded 40.", ["i1", "i2", "i2"]),
        ("A bomb killed 40 people in Mosul on Friday. On Sunday the mayor put flowers where 40 people died.", ["i1", "i1"]),
        ("Gunmen shot Omar Dahli dead on Friday. On Sunday friends recalled how Dahli was killed.", ["i1", "i1"]),
        ("Bomb kills 20 in Kabul. Police said 20 people were killed. Two children were among the dead.", ["i1", "i1", "i1"]),
        ("Flood kills nine in Lima. Nine people died in Lima on Friday. A flood killed two people in Quito on Monday.", ["i1", "i1", "i2"]),
    ],
)  # fmt: skip
def test_incidents(text: str, expected: list[str]) -> None:
    """A figure told again and a person named again belong to the event told of before, another attack does not."""
    assert incidents(text) == expected


def test_a_toll_out_of_order_is_refused() -> None:
    """low <= best <= high always."""
    with pytest.raises(ValueError, match="not in order"):
        Toll(harm="killed", category="civilian", low=5, best=4, high=None)
