"""Read templates of parsed sentences, and draw trees from them.

In a template a line is one tree:

    {people}=nsubj:pass were *killed/VBN ?(on *{weekday})=obl .

    word/TAG=relation@NAME  a word; tag and relation may be left out where they are usual
    a|b/NN|c/VBN            one of these words; those without a tag have that of the last
    *                       the head of its group; the whole line is a group
    ( ... )=relation        a group inside a group
    {slot}=relation         a tree of that slot
    ?                       what follows is left out half of the time
    ~                       no space before
    -lrb- -rrb- DASH        brackets, a dash
    `` '' ` ´               quotation marks, double and single; typography is chosen later, for a whole sentence
    3x                      (before a line) drawn three times as often

Since each word hangs on the head of its group, every tree has one root, no circle and no crossing.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field, replace
from functools import cache

from casualty_trees import DRAWN, Token, Tree, flat, lines, named, names, titled

PIECE = re.compile(
    r"(?P<optional>\?)?(?P<glue>~)?(?P<head>\*)?(?P<body>\{[^}]*\}|[^\s=@(){}]+(?=[=@\s)]|$)|\()"
    r"(?:=(?P<rel>[a-z:]+))?(?:@(?P<name>[A-Z]+))?"
)
CLOSE = re.compile(r"\)(?:=(?P<rel>[a-z:]+))?(?:@(?P<name>[A-Z]+))?")
RELATIONS = {
    "DT": "det", "CC": "cc", "IN": "case", "TO": "mark", "JJ": "amod", "JJR": "amod", "CD": "nummod",
    "PRP$": "nmod:poss", "MD": "aux", "POS": "case", "RB": "advmod", "RBR": "advmod", "RP": "compound:prt",
    "NN": "compound", "NNP": "compound", "EX": "expl", "WP": "nsubj", "WDT": "nsubj", "VBN": "amod",
    ",": "punct", ".": "punct", ":": "punct", "``": "punct", "''": "punct", "HYPH": "punct",
    "-LRB-": "punct", "-RRB-": "punct",
}  # fmt: skip
PARENTHESES = {"-lrb-": "(", "-rrb-": ")"}


@dataclass
class Item:
    """A word, slot or group of a template as read."""

    forms: list[tuple[str, str]] = field(default_factory=list)
    slot: str = ""
    group: list[Item] = field(default_factory=list)
    rel: str = ""
    name: str = ""
    is_head: bool = False
    is_optional: bool = False
    is_glued: bool = False


def parse(line: str, rng: random.Random | None = None) -> Tree:
    """Fill one template.

    >>> [(t.form, t.tag, t.head, t.rel) for t in parse("many *died/VBD .")]
    [('many', 'JJ', 1, 'amod'), ('died', 'VBD', -1, 'root'), ('.', '.', 1, 'punct')]
    """
    return draw(read(line), rng or random.Random(0))


@cache
def templates(file: str) -> list[list[Item]]:
    """Read the templates of a file, each as often as its weight says."""
    return [read(line) for line in lines(file)]


def read(line: str) -> list[Item]:
    """Read a template; what cannot be read, or has no single head, is refused."""
    stack: list[Item] = [Item()]
    at = 0
    while at < len(line):
        if line[at].isspace():
            at += 1
        elif found := CLOSE.match(line, at):
            group = stack.pop()
            group.rel, group.name = found["rel"] or group.rel, found["name"] or ""
            _check(group, line)
            at = found.end()
        elif found := PIECE.match(line, at):
            item = _item(found)
            stack[-1].group.append(item)
            if found["body"] == "(":
                stack.append(item)
            at = found.end()
        else:
            raise ValueError(f"cannot read {line[at:]!r} in {line!r}")
    if len(stack) != 1:
        raise ValueError(f"brackets do not match in {line!r}")
    _check(stack[0], line)
    return stack[0].group


def _check(group: Item, line: str) -> None:
    if sum(item.is_head for item in group.group) != 1:
        raise ValueError(f"a group has no single head in {line!r}")
    for item in group.group:
        if not item.is_head and not item.rel:
            raise ValueError(f"{item.forms or item.slot or 'a group'} has no relation in {line!r}")
        if item.is_head and (item.rel or item.is_optional):
            raise ValueError(f"a head with a relation or an optional one in {line!r}")


def _item(found: re.Match[str]) -> Item:
    item = Item(rel=found["rel"] or "", name=found["name"] or "")
    item.is_head, item.is_optional, item.is_glued = (bool(found[k]) for k in ("head", "optional", "glue"))
    body = found["body"]
    if body.startswith("{"):
        item.slot = body[1:-1]
    elif body != "(":
        _read_words(item, body)
    return item


def _read_words(item: Item, body: str) -> None:
    """Read the words one of which is drawn; one without a tag has that of the last, or its usual one."""
    parts = [part.rpartition("/") for part in body.split("|")]
    usual = _words().get((parts[0][0] or parts[0][2]).lower(), ("", ""))
    last = parts[-1][2] if parts[-1][1] else usual[0]
    for before, slash, after in parts:
        word, tag = (before, after) if slash else (after, last)
        if not tag:
            raise ValueError(f"no tag for {body!r}")
        item.forms.append((PARENTHESES.get(word, word), tag))
    if not item.is_head and not item.rel:
        relations = {(usual[1] if tag == usual[0] else "") or RELATIONS.get(tag, "") for _, tag in item.forms}
        if len(relations) > 1:
            raise ValueError(f"{body!r} has not one relation")
        item.rel = relations.pop()


@cache
def _words() -> dict[str, tuple[str, str]]:
    words = {}
    for line in lines("words.txt"):
        tag, rel, *forms = line.split()
        words.update(dict.fromkeys(forms, (tag, "" if rel == "-" else rel)))
    return words


def draw(items: list[Item], rng: random.Random) -> Tree:
    """Draw one tree from the items of a group; the head's tree stays open, the others hang on it."""
    parts = [(item, _part(item, rng)) for item in items if not (item.is_optional and rng.random() < 0.5)]
    start = head = 0
    for item, part in parts:
        if item.is_head:
            head = start + next(i for i, token in enumerate(part) if token.head == -1)
        start += len(part)
    tree: Tree = []
    for item, part in parts:
        start = len(tree)
        for token in part:
            if token.head >= 0:
                tree.append(replace(token, head=token.head + start))
            elif item.is_head:
                tree.append(token)
            else:
                tree.append(replace(token, head=head, rel=item.rel))
    return tree


def _part(item: Item, rng: random.Random) -> Tree:
    if item.forms:
        tree = [Token(*rng.choice(item.forms))]
    elif item.slot:
        tree = _slot(item.slot, rng)
    else:
        tree = draw(item.group, rng)
    if item.name:
        tree = named(tree, item.name)
    if item.is_glued:
        tree = [replace(tree[0], glued=True), *tree[1:]]
    return tree


def _slot(slot: str, rng: random.Random) -> Tree:
    if slot in DRAWN:
        return DRAWN[slot](rng)
    if slot in names():
        kind, shape, known = names()[slot]
        tree = titled(rng.choice(known)) if shape == "titled" else flat(rng.choice(known))
        if shape == "adj":
            tree = [replace(tree[0], tag="JJ")]
        elif shape == "plural":
            tree = [replace(tree[0], tag="NNPS")]
        return named(tree, kind)
    if slot not in _phrases():
        raise ValueError(f"no slot {slot!r}")
    return draw(rng.choice(_phrases()[slot]), rng)


@cache
def _phrases() -> dict[str, list[list[Item]]]:
    found: dict[str, list[list[Item]]] = {}
    for line in lines("phrases.txt"):
        if line.startswith("== "):
            alternatives = found.setdefault(line[3:], [])
        else:
            alternatives.append(read(line))
    return found
