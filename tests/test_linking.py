"""Incidents of an archive: what is linked and what is not, whatever the order; tolls and history."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casualty_extract import Article, Extraction, extract
from casualty_extract.errors import ArgumentError, InputError, MissingPackageError
from casualty_extract.linking import Linker, link
from casualty_extract.linking_records import LinkedIncident


@cache
def read(text: str, published: str | None, name: str = "") -> Extraction:
    return extract(Article(id=name, text=text), published=published)


def groups(*articles: tuple[str, str | None]) -> list[list[int]]:
    """Link articles, each a text and a day; give the numbers of those that share an incident."""
    found = link(read(text, day, f"a{n}") for n, (text, day) in enumerate(articles))
    return sorted(sorted({int(m.document[1:]) for m in incident.members}) for incident in found)


MOSUL = ("A car bomb killed 12 people in Mosul on Friday, police said.", "2017-09-02")


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("The toll of Friday's bombing in Mosul rose to 15 dead, officials said.", "2017-09-04"),
        ("A court sentenced a man for the bombing of 1 September 2017 in Mosul that killed 16 people.", "2018-03-06"),
        ("An explosion in Mosul on Friday left 12 people dead.", "2017-09-02"),
        ("At least 12 people were killed in a bombing in Iraq on Friday.", "2017-09-02"),
        ("The bombing in Mosul killed 13 people, a doctor said.", "2017-09-04"),
        ("A car bomb in Mosul in September 2017 killed 12 people.", "2018-03-06"),
    ],
)  # fmt: skip
def test_one_event(text: str, published: str) -> None:
    """Day and town, or a telling figure beside part of them, tell one event."""
    assert groups(MOSUL, (text, published)) == [[0, 1]]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("A car bomb killed 12 people in Mosul on Monday, police said.", "2017-09-05"),
        ("A car bomb killed 12 people in Basra on Friday, police said.", "2017-09-02"),
        ("A flood killed 12 people in Mosul on Friday, police said.", "2017-09-02"),
        ("A car bomb killed 12 people in Kandahar on Friday, police said.", "2017-09-02"),
        ("A car bomb killed 12 people.", "2017-09-02"),
        ("The bombing in Mosul killed 13 people, a doctor said.", "2018-09-04"),
        ("At least 12 people have been killed in Mosul since January, police said.", "2017-09-02"),
    ],
)  # fmt: skip
def test_two_events(text: str, published: str) -> None:
    """Another day, town, cause or country rules it out, and so does a running total; too little is not enough."""
    assert groups(MOSUL, (text, published)) == [[0], [1]]


def test_running_totals_link_with_one_another() -> None:
    """A total that grows is one incident, the later figure in place of the earlier."""
    march = ("Attacks have killed 300 people in Iraq since 1 January 2017, the UN said.", "2017-03-01")
    june = ("Attacks have killed 400 people in Iraq since 1 January 2017, the UN said.", "2017-06-01")
    [incident] = link([read(*june), read(*march)])
    assert incident.cumulative
    assert [(t.low, t.best, t.high) for t in incident.tolls] == [(400, 400, 400)]
    assert [bool(entry.supersedes) for entry in incident.history] == [False, True]


def test_copies_have_one_voice() -> None:
    """A copy with another ending adds its claims to the history, and no figure of its own."""
    text = f"{MOSUL[0]} The blast tore through a market where families bought food for the feast, and a doctor said 30 were wounded."
    first = read(text, MOSUL[1], "a0")
    copy = read(text + " Agencies.", "2017-09-03", "a1")
    rise = read("The bombing in Mosul on Friday killed 15 people.", "2017-09-03", "a2")
    [incident] = link([copy, rise, first])
    assert {m.document: m.copy_of for m in incident.members} == {"a0": None, "a1": "a0", "a2": None}
    assert [e.copied for e in incident.history if e.document == "a1"] == [True, True]
    killed = next(t for t in incident.tolls if t.harm == "killed")
    assert (killed.low, killed.best, killed.high) == (15, 15, 15)


def test_history_tells_what_changed_and_who_disagrees() -> None:
    """Of one day, sources disagree; a later day's figure takes the place of an earlier one."""
    police = read("Police said a bomb killed 12 people in Mosul on Friday.", "2017-09-02", "a0")
    doctors = read("Doctors said a bomb killed 20 people in Mosul on Friday.", "2017-09-02", "a1")
    later = read("Police said a bomb killed 18 people in Mosul on Friday.", "2017-09-04", "a2")
    [incident] = link([police, doctors, later])
    by_document = {e.document: e for e in incident.history}
    firsts = sorted(len(by_document[d].disagrees) for d in ("a0", "a1"))
    assert firsts == [0, 1]
    assert sorted(k.document for k in by_document["a2"].supersedes) == ["a0", "a1"]
    [toll] = incident.tolls
    assert (toll.low, toll.best, toll.high) == (18, 18, 18)


def test_a_figure_that_agrees_takes_nobodys_place() -> None:
    """ "At least 12" after 15 changes nothing."""
    first = read("Police said a bomb killed 15 people in Mosul on Friday.", "2017-09-02", "a0")
    later = read("Police said a bomb killed at least 12 people in Mosul on Friday.", "2017-09-04", "a1")
    [incident] = link([first, later])
    assert [e.supersedes for e in incident.history] == [(), ()]
    assert incident.tolls[0].best == 15


def test_links_tell_why() -> None:
    """Each member but the first has a link, with its signs and a score."""
    [incident] = link(
        [read(*MOSUL, "a0"), read("A bomb killed 15 people in Mosul on Friday.", MOSUL[1], "a1")]
    )
    head, other = incident.members
    assert head.signs == ("first",)
    assert head.linked_to is None
    assert other.linked_to == head.document
    assert {"same day", "same town", "same cause"} <= set(other.signs)
    assert 0.5 <= other.score <= 1


def test_the_id_stays_when_later_articles_come() -> None:
    """An incident keeps its id as it grows, and a linker can be asked between."""
    linker = Linker()
    linker.add(read(*MOSUL, "a0"))
    [before] = linker.incidents()
    [after] = link([read("A bomb killed 15 people in Mosul on Friday.", "2017-09-04", "a1")], known=linker)
    assert before.id == after.id
    assert len(after.members) == 2


def test_one_at_a_time_is_as_all_at_once() -> None:
    """Asking after each article ends with what asking once gives."""
    texts = [MOSUL, ("A bomb killed 15 people in Mosul on Friday.", "2017-09-04"), (MOSUL[0], "2017-09-03")]
    articles = [read(text, day, f"a{n}") for n, (text, day) in enumerate(texts)]
    linker = Linker()
    for article in reversed(articles):
        linker.add(article)
        list(linker.incidents())
    assert list(linker.incidents()) == list(link(articles))


def test_an_article_given_twice_counts_once() -> None:
    """The same article under the same id is passed over."""
    [incident] = link([read(*MOSUL, "a0"), read(*MOSUL, "a0")])
    assert len(incident.members) == 1


def test_a_pair_gives_the_text() -> None:
    """With the article at hand its text tells copies."""
    article = Article(id="a0", text=MOSUL[0])
    [incident] = link([(article, read(*MOSUL, "a0"))])
    assert incident.members[0].document == "a0"


def test_json_round_trip() -> None:
    """What is written can be read, and what is none is refused."""
    [incident] = link([read(*MOSUL, "a0")])
    assert LinkedIncident.from_json(incident.to_json()) == incident
    with pytest.raises(InputError, match="/id"):
        LinkedIncident.from_json("{}")


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without datasketch near copies are an error, and exact ones work."""
    monkeypatch.setitem(sys.modules, "datasketch", None)
    with pytest.raises(MissingPackageError, match=r"pip install '\.\[link\]'"):
        list(link([]))
    assert len(list(link([read(*MOSUL, "a0"), read(*MOSUL, "a1")], copies="exact"))) == 1


def test_bad_arguments_are_named() -> None:
    """A wrong choice, and something that is no extraction."""
    with pytest.raises(ArgumentError, match="copies"):
        Linker(copies="some")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="extraction"):
        list(link(["text"]))  # type: ignore[list-item]


def test_the_same_statuses_count_as_within_an_article() -> None:
    """What is denied or only possible is in the history, and raises no toll."""
    possible = "A car bomb in Mosul on Friday may have killed 90 people."
    denied = "The army denied that a car bomb killed 40 people in Mosul on Friday."
    told = [MOSUL, (possible, "2017-09-03"), (denied, "2017-09-04")]
    [incident] = link(read(text, day, f"a{n}") for n, (text, day) in enumerate(told))
    assert [(entry.best, entry.status) for entry in incident.history] == [
        (12, "asserted"),
        (90, "possible"),
        (40, "denied"),
    ]
    assert [(toll.low, toll.best, toll.high) for toll in incident.tolls] == [(12, 12, 12)]


# --- whatever the archive -------------------------------------------------------------------------------

FORMS = [
    "A {cause} killed {k} people in {town} on Friday, police said.",
    "At least {k} people died and {i} were wounded in a {cause} in {town} on Friday.",
    "Between {k} and {more} people were killed in a {cause} in {town}, officials said.",
    "The {cause} in {town} on {day} killed {k} people, doctors said.",
    "Dozens of people were killed in a {cause} in {town} on Friday.",
    "More than {k} people have been killed in {town} since January 2017, the UN said.",
    "Zaid Karim was shot dead in {town} on Friday.",
]


@st.composite
def sentences(draw: st.DrawFn) -> str:
    killed = draw(st.sampled_from([2, 5, 12, 15, 40]))
    return draw(st.sampled_from(FORMS)).format(
        cause=draw(st.sampled_from(["bombing", "shooting"])),
        town=draw(st.sampled_from(["Mosul", "Basra"])),
        day="1 September 2017",
        k=killed,
        more=killed + 9,
        i=killed + 3,
    )


@st.composite
def archives(draw: st.DrawFn) -> list[Extraction]:
    made = []
    for n in range(draw(st.integers(1, 8))):
        day = date(2017, 9, 2) + timedelta(days=draw(st.integers(0, 9)))
        text = " ".join(draw(st.lists(sentences(), min_size=1, max_size=2)))
        made.append(read(text, day.isoformat(), f"a{n}"))
    return made


THOROUGH = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def tolls(found: list[LinkedIncident]) -> list[tuple[object, ...]]:
    return sorted((tuple((t.harm, t.low, t.best, t.high) for t in i.tolls) for i in found), key=str)


@THOROUGH
@given(archives(), st.randoms(use_true_random=False))
def test_order_makes_no_difference(archive: list[Extraction], dice: object) -> None:
    """The articles of an archive can come in any order."""
    shuffled = list(archive)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert list(link(shuffled)) == list(link(archive))


@THOROUGH
@given(archives())
def test_an_unrelated_article_changes_nothing(archive: list[Extraction]) -> None:
    """What is added about another country and year leaves the rest as it is."""
    other = read("An earthquake killed 90 people in Arequipa on Monday.", "2012-05-08", "other")
    with_it = [i for i in link([*archive, other]) if i.members[0].document != "other"]
    assert with_it == list(link(archive))


@THOROUGH
@given(archives(), st.data())
def test_a_copy_adds_claims_and_no_deaths(archive: list[Extraction], data: st.DataObject) -> None:
    """An article that is there twice, under two ids, makes the history longer and changes no toll."""
    one = data.draw(st.sampled_from(archive))
    twin = one.model_copy(update={"document": one.document.model_copy(update={"id": "twin"})})
    before, after = list(link(archive)), list(link([*archive, twin]))
    assert tolls(after) == tolls(before)
    assert sum(len(i.history) for i in after) == sum(len(i.history) for i in before) + len(one.claims)


@THOROUGH
@given(archives())
def test_every_claim_is_there_once_and_bounds_are_in_order(archive: list[Extraction]) -> None:
    """Low, best and high are in order, no claim is lost or doubled, and totals stay among totals."""
    found = list(link(archive))
    told = sorted((e.document, e.claim) for i in found for e in i.history)
    assert told == sorted((a.document.id, c.id) for a in archive for c in a.claims)
    for incident in found:
        for toll in incident.tolls:
            known = [n for n in (toll.low, toll.best, toll.high) if n is not None]
            assert known == sorted(known)
        assert {e.scope == "cumulative" for e in incident.history} == {incident.cumulative}


def test_a_crowd_is_linked_whatever_the_order() -> None:
    """More articles of one event than are compared with one still make one incident, in any order."""
    crowd = [
        read(f"A bomb killed {n} people in Mosul on Friday, police said.", "2017-09-02", f"a{n}")
        for n in range(40, 140)
    ]
    found = list(link(crowd))
    assert found == list(link(crowd[::-1])) == list(link([*crowd[1::2], *crowd[::2]]))
    assert [len(incident.members) for incident in found] == [100]
