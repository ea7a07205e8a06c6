"""Generate parsed and tagged sentences of casualty news, to train the English pipeline on.

The treebanks at hand hold little of how news reports the dead: elided passives ("12 were killed and
30 others injured"), headlines, datelines, hedged figures, speakers in apposition. Here such sentences
are written once, by hand, as trees with slots, and filled at random:

    python training/casualty_sentences.py --count 4000 --seed 1 OUT.conllu

The same seed gives the same bytes. Tags are those of the Penn Treebank, relations those of Universal
Dependencies as UD_English-EWT uses them; `Name=B-PER` and the like stand in the last column. The trees
are projective by construction, and every text is checked against spaCy's own English tokenizer.

The data stand in the folder beside this file. `words.txt` gives each common word its tag and relation,
`names.txt` and `persons.txt` are lists of names, `phrases.txt` holds the slots, and `sentences.txt` and
`headlines.txt` the templates; `casualty_templates.py` says how they are written.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import spacy
from spacy.tokens import Doc

from casualty_templates import draw, templates
from casualty_trees import Tree

HEADLINES = 0.18
"""The part of the sentences that are headlines."""
UPOS = {
    "CC": "CCONJ", "CD": "NUM", "DT": "DET", "PDT": "DET", "EX": "PRON", "IN": "ADP", "JJ": "ADJ", "JJR": "ADJ",
    "JJS": "ADJ", "MD": "AUX", "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "POS": "PART",
    "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "WDT": "PRON", "WP$": "PRON", "RB": "ADV", "RBR": "ADV",
    "WRB": "ADV", "RP": "ADP", "TO": "PART", "VB": "VERB", "VBD": "VERB", "VBG": "VERB", "VBN": "VERB",
    "VBP": "VERB", "VBZ": "VERB", "SYM": "SYM",
}  # fmt: skip
MARKS = ("``", "''", "`", "´")
"""Quotation marks as templates write them: opening and closing, double and single."""
OPENING = {"(", "[", "``", "`"}
CLOSING = {",", ".", ";", ":", "?", "!", ")", "]", "''", "´", "%"}
AN = re.compile(r"(?!U\.|UN|[Uu]ni[^mn]|[Uu]kr|[Ee]uro|one\b)[AEIOUaeiou]|8|1[18]\b|M23\b")
"""How a word begins that "an" stands before; "Ukrainian" and "universal" begin with a consonant."""
CLITIC = re.compile(r"(?:['’]s?|n['’]t)", re.IGNORECASE)


def generate(count: int, seed: int) -> Iterator[tuple[str, Tree]]:
    """Yield the text and the tree of so many sentences.

    >>> text, tree = next(generate(1, seed=3))
    >>> [token.rel for token in tree].count("root")
    1
    """
    rng = random.Random(seed)
    seen: set[str] = set()
    while len(seen) < count:
        text, tree = _one(rng)
        if text not in seen:
            seen.add(text)
            yield text, tree


def _one(rng: random.Random) -> tuple[str, Tree]:
    is_headline = rng.random() < HEADLINES
    known = templates("headlines.txt" if is_headline else "sentences.txt")
    tree = _capitalise(_articles(draw(rng.choice(known), rng)))
    if is_headline:
        tree = _headline(tree, rng)
    tree = _typography(tree, rng)
    return text_of(tree), tree


def _articles(tree: Tree) -> Tree:
    """Write "a" or "an" as the word after it is spoken.

    >>> from casualty_templates import parse
    >>> text_of(_articles(parse("a 8-year-old/JJ European/JJ *official/NN")))
    'an 8-year-old European official'
    """
    done = list(tree)
    for i, token in enumerate(tree[:-1]):
        if token.tag == "DT" and token.form.lower() in {"a", "an"}:
            article = "an" if AN.match(tree[i + 1].form) else "a"
            done[i] = replace(token, form=article.capitalize() if token.form[0] == "A" else article)
    return done


def _capitalise(tree: Tree) -> Tree:
    """Begin the first word, and the first after a dateline, with a capital, be there marks before it."""
    starts = [0]
    if tree[0].form.isupper() and (dash := next((i for i, t in enumerate(tree) if t.form == "DASH"), 0)):
        starts.append(dash + 1)
    done = list(tree)
    for start in starts:
        i = next((i for i in range(start, len(tree)) if tree[i].form[0].isalnum()), start)
        done[i] = replace(tree[i], form=tree[i].form[0].upper() + tree[i].form[1:])
    return done


def _headline(tree: Tree, rng: random.Random) -> Tree:
    """Leave a headline as it is, or give all words, or all but the smallest, capitals."""
    kind = rng.random()
    if kind < 0.2:
        return [replace(t, form=t.form.upper()) for t in tree]
    if kind < 0.45:
        small = {"IN", "DT", "CC", "TO", "POS"}
        return [
            t
            if t.tag in small or not t.form.islower() or t.form[0] in "'’"
            else replace(t, form=t.form.capitalize())
            for t in tree
        ]
    return tree


def _typography(tree: Tree, rng: random.Random) -> Tree:
    """Write quotation marks, apostrophes and dashes straight or typographic, all of a text alike."""
    curly = rng.random() < 0.5
    dash = rng.choice(["-", "–", "—", "--"])
    marks = dict(zip(MARKS, "“”‘’" if curly else "\"\"''", strict=True))
    done: Tree = []
    for token in tree:
        form = marks.get(token.form, token.form)
        if form == "DASH":
            form = dash
        elif curly and token.tag in {"POS", "RB"}:
            form = form.replace("'", "’")
        glued = token.glued or token.form in CLOSING or bool(CLITIC.fullmatch(form))
        done.append(
            replace(token, form=form, glued=glued or (bool(done) and tree[len(done) - 1].form in OPENING))
        )
    return done


def text_of(tree: Tree) -> str:
    """Join the words of a tree.

    >>> from casualty_templates import parse
    >>> text_of(parse("(the *coalition/NN ~'s)=nmod:poss air/NN *strikes/NNS"))
    "the coalition's air strikes"
    """
    return "".join(("" if token.glued or not i else " ") + token.form for i, token in enumerate(tree))


def conllu(text: str, tree: Tree, sentence: str) -> str:
    """Write one sentence as a paragraph of its own in the CoNLL-U format."""
    rows = [f"# newpar\n# sent_id = {sentence}\n# text = {text}"]
    for i, token in enumerate(tree):
        misc = [f"Name={token.name}"] if token.name else []
        if i + 1 < len(tree) and tree[i + 1].glued:
            misc.append("SpaceAfter=No")
        upos = UPOS.get(token.tag, "PUNCT")
        if token.rel in {"aux", "aux:pass", "cop"}:
            upos = "AUX"
        elif token.rel == "mark" and token.tag == "IN":
            upos = "SCONJ"
        row = [
            i + 1,
            token.form,
            "_",
            upos,
            token.tag,
            "_",
            token.head + 1,
            token.rel,
            "_",
            "|".join(misc) or "_",
        ]
        rows.append("\t".join(str(cell) for cell in row))
    return "\n".join(rows) + "\n\n"


def check(text: str, tree: Tree) -> None:
    """Refuse a sentence that spaCy's English tokenizer would cut otherwise.

    Raises:
        ValueError: the words differ.
    """
    words = [token.text for token in _tokenizer()(text)]
    if words != [token.form for token in tree]:
        raise ValueError(f"spaCy cuts {words}, the template {[token.form for token in tree]}")


@cache
def _tokenizer() -> Callable[[str], Doc]:
    return spacy.blank("en").tokenizer


def main() -> None:
    """Write the sentences asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with options.out.open("w", encoding="utf-8") as file:
        for i, (text, tree) in enumerate(generate(options.count, options.seed), 1):
            check(text, tree)
            file.write(conllu(text, tree, f"casualty-{options.seed}-{i:05}"))
    print(f"{options.count:,} sentences in {options.out}")


if __name__ == "__main__":
    main()
