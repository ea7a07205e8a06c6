"""Words, trees, and the trees of names and numbers, for the sentences of `casualty_sentences.py`."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("casualty_sentences")
SPELLED = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
# In a name these are adjectives: EWT has "New/amod York" but "North/compound Korea".
ADJECTIVES = frozenset(
    """New United Saudi Red National International Federal Central Royal Islamic Democratic African European
    Associated Civil Public General Internal Foreign World-wide Free Holy Great Armed Medical Regional Supreme
    Syrian Iraqi Turkish Palestinian Lebanese Israeli Egyptian Russian Ukrainian Afghan Norwegian Danish British
    American Nigerian Somali Sudanese Kenyan Ethiopian Indian Indonesian Philippine Congolese Libyan Yemeni
    Joint Humanitarian Meteorological Geological Popular Revolutionary Patriotic Allied Northern Southern
    Eastern Western Grand Old Good Independent Geophysical Seismological Agricultural Catholic Sacred Al-Qaeda
    Rapid Special Mobile Eritrean Colombian Mexican Malian Burmese Japanese Chinese""".split()
)  # fmt: skip


@dataclass(frozen=True)
class Token:
    """A word of a sentence; `head` is its head's place in the list, or -1 for the head of the whole."""

    form: str
    tag: str
    head: int = -1
    rel: str = "root"
    name: str = ""
    glued: bool = False


Tree = list[Token]


def lines(file: str) -> Iterator[str]:
    """Yield the lines of a data file, without comments, each as often as its weight says."""
    for raw in (DATA / file).read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if line and not line.startswith("#"):
            weight = re.match(r"(\d+)x ", line)
            for _ in range(int(weight[1]) if weight else 1):
                yield line[weight.end() :] if weight else line


def named(tree: Tree, name: str) -> Tree:
    """Mark a whole tree as one name.

    >>> [token.name for token in named(flat("Abu Salem"), "PER")]
    ['B-PER', 'I-PER']
    """
    return [replace(t, name=f"{'I' if i else 'B'}-{name}") for i, t in enumerate(tree)]


@cache
def names() -> dict[str, tuple[str, str, list[str]]]:
    """Read the lists of names: under `== slot KIND shape`, names with semicolons between them."""
    found: dict[str, tuple[str, str, list[str]]] = {}
    for line in lines("names.txt"):
        if line.startswith("== "):
            slot, kind, shape = line[3:].split()
            found[slot] = (kind, shape, listed := [])
        else:
            listed += [name.strip() for name in line.split(";") if name.strip()]
    return found


@cache
def _persons() -> list[tuple[list[str], list[str]]]:
    """Read first and last names, a line each culture, with a bar between the two."""
    sides = [line.split("|") for line in lines("persons.txt")]
    return [
        ([n.strip() for n in first.split(",")], [n.strip() for n in last.split(",")]) for first, last in sides
    ]


def flat(name: str) -> Tree:
    """Make the tree of a name that has no inner grammar: all hang on its first word."""
    tree: Tree = []
    for word in name.split():
        for i, part in enumerate(re.split(r"(?<=[^\W\d_])(-)(?=[^\W\d_])", word)):
            if part == "-":
                tree.append(Token(part, "HYPH", len(tree) - 1, "punct", glued=True))
            else:
                head, rel = (0, "flat") if tree else (-1, "root")
                tree.append(Token(part, "NNP", head, rel, glued=i > 0))
    return tree


def titled(name: str) -> Tree:
    """Make the tree of a name of English words: "Ministry of Health", "Kurdish Red Crescent"."""
    first, *rest = re.split(r" (?=(?:of|for|and|in|on|against) )", name)
    tree = _compound(first.split())
    top = last = next(i for i, t in enumerate(tree) if t.head == -1)
    for piece in rest:
        word, *words = piece.split()
        part = _compound(words)
        tag, rel, outer = ("CC", "cc", "conj") if word == "and" else ("IN", "case", "nmod")
        start = len(tree) + 1
        inner = start + next(i for i, t in enumerate(part) if t.head == -1)
        # In "Ministry of Health and Population" the second noun is joined to the first, not to the whole.
        on = top if outer == "nmod" else last
        tree.append(Token(word, tag, inner, rel))
        tree += [
            replace(t, head=t.head + start) if t.head >= 0 else replace(t, head=on, rel=outer) for t in part
        ]
        last = inner
    return tree


def _compound(words: list[str]) -> Tree:
    """Hang the words of a part of a name on its last."""
    parts: Tree = []
    for word in words:
        for i, part in enumerate(re.split(r"(?<=[^\W\d_])(-)(?=[^\W\d_])", word)):
            parts.append(Token(part, "HYPH" if part == "-" else "NNP", glued=i > 0))
    end = len(parts) - 1
    tree: Tree = []
    for i, token in enumerate(parts):
        if token.form == "-":
            tree.append(replace(token, head=i - 1, rel="punct"))
        elif i == end:
            tree.append(replace(token, tag=_noun_tag(token.form)))
        elif token.form in {"the", "The"}:
            tree.append(replace(token, tag="DT", head=end, rel="det"))
        elif token.form == "'s":
            tree.append(replace(token, tag="POS", head=i - 1, rel="case", glued=True))
        elif i + 1 < end and parts[i + 1].form == "'s":
            tree.append(replace(token, tag=_noun_tag(token.form), head=end, rel="nmod:poss"))
        else:
            rel = "amod" if token.form in ADJECTIVES else "compound"
            tag = "CD" if token.form.isdigit() else _noun_tag(token.form)
            tree.append(replace(token, tag=tag, head=end, rel=rel))
    return tree


def _noun_tag(form: str) -> str:
    return (
        "NNPS"
        if re.search(r"(?:ions|ers|ights|ates|orces|elmets|ices|irs|ands|ists|roups)$", form)
        else "NNP"
    )


def _person(rng: random.Random) -> Tree:
    firsts, lasts = rng.choice(_persons())
    middle = f" {rng.choice('ABCDEFGHJKLMNPRST')}." if firsts[0] == "James" and rng.random() < 0.15 else ""
    return named(flat(f"{rng.choice(firsts)}{middle} {rng.choice(lasts)}"), "PER")


def _surname(rng: random.Random) -> Tree:
    return named(flat(rng.choice(rng.choice(_persons())[1])), "PER")


def _number(rng: random.Random) -> Tree:
    """Draw a number of at least two, in digits or words."""
    kind = rng.random()
    if kind < 0.36:
        return [Token(str(rng.randint(2, 99)), "CD")]
    if kind < 0.48:
        return [Token(str(rng.randint(100, 999)), "CD")]
    if kind < 0.60:
        value = rng.choice(
            [rng.randint(1000, 9999), rng.randint(10, 300) * 100, rng.randint(10_000, 250_000)]
        )
        return [Token(f"{value:,}" if rng.random() < 0.85 else str(value), "CD")]
    if kind < 0.90:
        return [Token(rng.choice(SPELLED), "CD")]
    if kind < 0.94:
        return [Token(rng.choice(TENS), "CD")]
    if kind < 0.97:
        tens, ones = rng.choice(TENS), rng.choice(SPELLED[:8])
        return [
            Token(tens, "CD", 2, "compound"),
            Token("-", "HYPH", 0, "punct", glued=True),
            Token(ones, "CD", glued=True),
        ]
    return [Token(rng.choice(SPELLED[:8]), "CD", 1, "compound"), Token("hundred", "CD")]


def _small(rng: random.Random) -> Tree:
    """Draw a number as of those "among them"."""
    return [Token(rng.choice([*SPELLED[:11], *(str(n) for n in range(2, 30))]), "CD")]


def _range(rng: random.Random) -> Tree:
    """Draw "20 to 30" or "20-30"."""
    low = rng.randint(2, 60)
    high = low + rng.choice([2, 3, 5, 10, 20])
    if low < 9 and rng.random() < 0.5:
        return [
            Token(SPELLED[low - 2], "CD"),
            Token("to", "IN", 2, "case"),
            Token(str(high) if high > 19 else SPELLED[high - 2], "CD", 0, "nmod"),
        ]
    to = Token("to", "IN", 2, "case") if rng.random() < 0.6 else Token("-", "SYM", 2, "case", glued=True)
    return [Token(str(low), "CD"), to, Token(str(high), "CD", 0, "nmod", glued=to.glued)]


def _digits(low: int, high: int) -> Callable[[random.Random], Tree]:
    return lambda rng: [Token(str(rng.randint(low, high)), "CD")]


def _clock(rng: random.Random) -> Tree:
    if rng.random() < 0.5:
        return [
            Token(str(rng.randint(1, 12)), "CD"),
            Token(rng.choice(["a.m.", "p.m."]), "NN", 0, "nmod:unmarked"),
        ]
    return [Token(f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}", "CD")]


DRAWN: dict[str, Callable[[random.Random], Tree]] = {
    "n": _number,
    "few": _small,
    "range": _range,
    "age": _digits(2, 89),
    "dd": _digits(1, 30),
    "yyyy": _digits(1998, 2026),
    "big": _digits(40, 990),
    "km": _digits(3, 95),
    "clock": _clock,
    "low": _digits(10, 29),
    "high": _digits(30, 60),
    "mag": lambda rng: [Token(f"{rng.randint(4, 8)}.{rng.randint(0, 9)}", "CD")],
    "person": _person,
    "surname": _surname,
}
