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


def test_a_toll_out_of_order_is_refused() -> None:
    """low <= best <= high always."""
    with pytest.raises(ValueError, match="not in order"):
        Toll(harm="killed", category="civilian", low=5, best=4, high=None)
