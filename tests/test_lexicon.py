"""Every lexicon row is one line, in order, and does on its own example what its table is for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from casualty_extract import (
    attributions,
    causes,
    harms,
    harms_words,
    lexicon,
    places,
    quantities,
    statuses,
    times,
    victims,
)
from casualty_extract.errors import LexiconError
from casualty_extract.mentions import Mention
from conftest import make_doc

FOLDER = Path(lexicon.__file__).parent
FIND: dict[str, Callable[..., Iterable[Mention]]] = {
    "attributions": attributions.find,
    "causes": causes.find,
    "harms": harms.find,
    "places": places.find,
    "quantities": quantities.find,
    "statuses": statuses.find,
    "times": times.find,
    "victims": victims.find,
}
# Tables of words that rule something out: on their examples nothing may be found.
SILENT = {
    ("harms", "refused"),
    ("places", "people_words"),
    ("places", "titles"),
    ("times", "counted"),
    ("times", "recurring"),
    ("times", "titles"),
}
# Tables whose rows work beside others and are tested row by row in the test file of their room.
ELSEWHERE = {("places", "home_words"), ("harms", "intents"), ("harms", "light_verbs"), ("statuses", "pseudo")}
ROOMS_OF_THEIR_OWN = {"links", "publication", "quantities"}


def rows() -> list[tuple[str, str, str, str]]:
    found = []
    for name in lexicon.files():
        content = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
        for table, words in content.items():
            found += [(name, table, word, fields["example"]) for word, fields in words.items()]
    return found


ROWS = rows()
FIRING = [r for r in ROWS if r[0] not in ROOMS_OF_THEIR_OWN and (r[0], r[1]) not in SILENT | ELSEWHERE]
QUIET = [r for r in ROWS if (r[0], r[1]) in SILENT]


def touches(mention: Mention, start: int, end: int, words: str) -> bool:
    """The mention covers the words, or names them as its cue or anchor."""
    if mention.start <= start and end <= mention.end:
        return True
    for key in ("cue", "anchor"):
        value = mention.value.get(key)
        if isinstance(value, str) and words.lower() in value.lower():
            return True
        if isinstance(value, list) and value[0] < end and start < value[1]:
            return True
    return False


@pytest.mark.parametrize(
    ("name", "table", "word", "example"), FIRING, ids=[f"{n}.{t}.{w}" for n, t, w, _ in FIRING]
)
def test_a_row_fires_on_its_example(name: str, table: str, word: str, example: str) -> None:
    """The room finds the bracketed words of the example."""
    text, start, end = lexicon.unbracket(example)
    found = list(FIND[name](make_doc(text, published="2017-09-01")))
    if (name, table) == ("causes", "attack_verbs"):
        # "launched the raid": the actor may be tied to the noun of the attack in place of the verb.
        assert "perpetrator" in {m.label for m in found}
        return
    assert any(touches(m, start, end, text[start:end]) for m in found)


@pytest.mark.parametrize(
    ("name", "table", "word", "example"), QUIET, ids=[f"{n}.{t}.{w}" for n, t, w, _ in QUIET]
)
def test_a_refusing_row_keeps_its_example_silent(name: str, table: str, word: str, example: str) -> None:
    """The room finds nothing at the bracketed words of an example that refuses."""
    text, start, end = lexicon.unbracket(example)
    found = FIND[name](make_doc(text, published="2017-09-01"))
    assert [m for m in found if m.start < end and start < m.end] == []


@pytest.mark.parametrize("word", lexicon.read("harms", "intents", harms_words.IntentRow))
def test_intents_fire_on_their_examples(word: str) -> None:
    """The harm of the example takes the intent of the row."""
    row = lexicon.read("harms", "intents", harms_words.IntentRow)[word]
    assert row.intent in {m.value["intent"] for m in harms.find(make_doc(lexicon.unbracket(row.example)[0]))}


@pytest.mark.parametrize("word", lexicon.read("harms", "light_verbs", harms_words.LightVerbRow))
def test_light_verbs_fire_on_their_examples(word: str) -> None:
    """The noun of harm is found because its light verb stands before it."""
    text, start, end = lexicon.unbracket(
        lexicon.read("harms", "light_verbs", harms_words.LightVerbRow)[word].example
    )
    without = f"{text[:start]}{'x' * (end - start)}{text[end:]}"
    with_verb, alone = (
        [(m.start, m.value["part"]) for m in harms.find(make_doc(t))] for t in (text, without)
    )
    assert with_verb
    assert with_verb != alone


ACTS = [r[2:] for r in ROWS if r[:2] == ("links", "acts")]


@pytest.mark.parametrize(("word", "example"), ACTS, ids=[word for word, _ in ACTS])
def test_acts_keep_their_time_to_themselves(word: str, example: str) -> None:
    """The day of the example is that of the act and of no harm; without the act it would be the harm's."""
    from casualty_extract import extract

    text, start, end = lexicon.unbracket(example)
    without = f"{text[:start]}{'x' * (end - start)}{text[end:]}"
    harmed = [c for c in extract(text).claims if c.harm is not None and c.harm.label in {"killed", "injured"}]
    assert harmed
    assert [c.time for c in harmed] == [None] * len(harmed)
    assert any(c.time is not None for c in extract(without).claims)


LOOKBACKS = [r[2:] for r in ROWS if r[:2] == ("links", "lookbacks")]


@pytest.mark.parametrize(("word", "example"), LOOKBACKS, ids=[word for word, _ in LOOKBACKS])
def test_lookbacks_lead_to_another_event(word: str, example: str) -> None:
    """The place behind the word is not that of the toll before it; without the word it would be."""
    from casualty_extract import extract

    text, start, end = lexicon.unbracket(example)
    without = f"{text[:start]}{'x' * (end - start)}{text[end:]}"
    (toll,), (other,) = extract(text).claims, extract(without).claims
    assert [p.text for p in toll.places] == []
    assert [p.text for p in other.places] == ["Kandahar"]


REVISIONS = [r[2:] for r in ROWS if r[:2] == ("links", "revisions")]


@pytest.mark.parametrize(("word", "example"), REVISIONS, ids=[w for w, _ in REVISIONS])
def test_revisions_fire_on_their_examples(word: str, example: str) -> None:
    """One figure of the example takes the other's place, and does not without the words of the row."""
    from casualty_extract import extract

    text, start, end = lexicon.unbracket(example)
    without = f"{text[:start]}{'x' * (end - start)}{text[end:]}"
    assert [c.superseded_by is not None for c in extract(text).claims].count(True) == 1
    assert all(c.superseded_by is None for c in extract(without).claims)


SCOPES = [r for r in ROWS if r[0] == "links" and r[1] not in {"acts", "lookbacks", "revisions"}]


@pytest.mark.parametrize(
    ("table", "word", "example"), [r[1:] for r in SCOPES], ids=[f"{t}.{w}" for _, t, w, _ in SCOPES]
)
def test_scopes_fire_on_their_examples(table: str, word: str, example: str) -> None:
    """The last figure of the example is a running total, and is none without the words of the row."""
    from casualty_extract import extract

    text, start, end = lexicon.unbracket(example)
    without = f"{text[:start]}{'x' * (end - start)}{text[end:]}"
    assert extract(text).claims[-1].scope == "cumulative"
    assert [c.scope for c in extract(without).claims][-1:] != ["cumulative"]


@pytest.mark.parametrize("name", lexicon.files())
def test_one_word_is_one_line_in_order(name: str) -> None:
    """A file holds one line a row, and the rows of a table stand in alphabetical order."""
    source = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    content = tomllib.loads(source)
    lines = [line for line in source.splitlines() if line.strip() and not line.startswith(("#", "["))]
    assert len(lines) == sum(len(words) for words in content.values())
    assert [t for t, words in content.items() if list(words) != sorted(words)] == []
    assert re.findall(r"[^\S\n]+$", source, re.MULTILINE) == []


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ('kill = { label = "killed", victim = "object", example = "[x]" }', "forms"),
        ('kill = { label = "hurt", forms = [], victim = "object", example = "[x]" }', "label"),
        ('kill = { label = "killed", forms = [], victim = "object", lable = "x", example = "[x]" }', "lable"),
        ('kill = { label = "killed", forms = [], victim = "object", example = "no brackets" }', "example"),
    ],
)
def test_a_wrong_row_is_named(
    fields: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row with a wrong, missing or unknown field is refused by an error that names file, row and field."""
    content = {"verbs": tomllib.loads(fields)}
    monkeypatch.setattr(lexicon, "_load", lambda name: content)
    with pytest.raises(LexiconError, match=rf"harms\.toml, row verbs\.kill: .*{problem}"):
        lexicon.read.__wrapped__("harms", "verbs", harms_words.VerbRow)


def test_a_missing_file_or_table_is_named() -> None:
    """What is not there is named."""
    with pytest.raises(LexiconError, match=r"nothing\.toml: no such lexicon file"):
        lexicon.tables("nothing")
    with pytest.raises(LexiconError, match=r"harms\.toml: no table \[adverbs\]"):
        lexicon.read("harms", "adverbs", harms_words.VerbRow)
