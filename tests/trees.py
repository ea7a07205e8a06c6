"""Trees written by hand, one line a token, in UD labels and in ClearNLP labels.

A line is the word, its tag, its head (counted from 1; 0 for the root) and label in UD, then the same
in ClearNLP; "=" stands for what UD has, and so does a line that ends early.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import spacy
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

Scheme = Literal["UD", "ClearNLP"]
SCHEMES: tuple[Scheme, ...] = ("UD", "ClearNLP")


@cache
def _vocab() -> Vocab:
    return spacy.blank("en").vocab


def tree(table: str, scheme: Scheme) -> Doc:
    """Build the Doc of a table in one of the two schemes."""
    words, tags, heads, labels = [], [], [], []
    for i, line in enumerate(table.strip().splitlines()):
        word, tag, head, label, *other = line.split()
        if scheme == "ClearNLP":
            if other:
                head = head if other[0] == "=" else other[0]
                label = label if other[1] == "=" else other[1]
            label = "ROOT" if label == "root" else label
        words.append(word)
        tags.append(tag)
        heads.append(i if head == "0" else int(head) - 1)
        labels.append(label)
    assert labels.count("root") + labels.count("ROOT") == 1, words
    assert all(0 <= head < len(words) for head in heads), words
    return Doc(_vocab(), words=words, tags=tags, heads=heads, deps=labels)


def unparsed(words: str) -> Doc:
    """Build a Doc without a tree."""
    return Doc(_vocab(), words=words.split())


def chain(length: int, label: str, tag: str = "VBN", *, leftwards: bool = False) -> Doc:
    """Build a tree in which every token hangs from the one beside it by the same label."""
    heads = [min(i + 1, length - 1) if leftwards else max(i - 1, 0) for i in range(length)]
    labels = ["root" if head == i else label for i, head in enumerate(heads)]
    return Doc(_vocab(), words=["hit"] * length, tags=[tag] * length, heads=heads, deps=labels)


def token(doc: Doc, word: str) -> Token:
    """Find a token by its text; "killed#2" is the second of that text."""
    text, _, which = word.partition("#")
    return [t for t in doc if t.text == text][int(which or 1) - 1]
