"""Tags, trees and names for the sentences that can bear on a claim, written back to the Doc.

The shipped pipeline, or any installed spaCy pipeline with a parser, reads those sentences alone, each as a
small Doc of its own, batched across articles. What a sentence gets depends on its own words only, so neither
the batch nor the rest of the article changes it. spaCy's default matrix product (BLIS) keeps that promise to the
last digit; numpy's is up to three times faster, but gives a row other last digits in another batch.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from casualty_extract.errors import ArgumentError
from casualty_extract.syntax_trees import UNREAD

__all__ = ["annotate", "load_model", "shipped"]

BATCH = 32
"""How many sentences are parsed at once."""
NAMING = frozenset({"ner", "entity_ruler", "span_ruler"})
"""The factories of components that find names."""
MOST_STRINGS = 400_000
"""How many strings a model may remember before it is loaded anew."""
_LOCK = threading.Lock()


def shipped() -> Path:
    """Give the folder of the pipeline that comes with the package.

    >>> (shipped() / "meta.json").is_file()
    True
    """
    return Path(__file__).parent / "model"


def load_model(name: str | None = None) -> Language:
    """Load a spaCy pipeline to parse with, once a process.

    >>> load_model().has_pipe("parser")
    True

    Args:
        name: the name of an installed pipeline such as "en_core_web_trf", or the path of one; the
            shipped one where it is None.

    Raises:
        ArgumentError: it is not installed, or it has no parser.
    """
    with _LOCK:
        model = _load(name)
        if len(model.vocab.strings) > MOST_STRINGS:
            # It remembers every word that it has read, and an archive has no end of names.
            _load.cache_clear()
            model = _load(name)
        return model


@cache
def _load(name: str | None) -> Language:
    try:
        model = spacy.load(shipped() if name is None else name)
    except (OSError, ImportError) as error:
        raise ArgumentError(
            "model", name, f"the name or path of an installed spaCy pipeline ({error})"
        ) from error
    made = {attribute for pipe in model.pipe_names for attribute in model.get_pipe_meta(pipe).assigns}
    if "token.dep" not in made:
        held = ", ".join(model.pipe_names) or "no component"
        raise ArgumentError("model", name, f"a pipeline with a parser; this one has {held}")
    return model


def annotate(docs: Sequence[tuple[Doc, Sequence[Span]]], model: Language, *, names: bool = True) -> None:
    """Parse sentences of Docs and write tags, trees and names into the Docs.

    Args:
        docs: each Doc with those of its sentences that are to be read.
        model: the pipeline to read them with.
        names: whether names are looked for too; that takes as long as all the rest.

    A sentence keeps its bounds: what the model takes for several is joined under the first's root. White space
    is left out of what the model reads, and hangs on the token before it.
    """
    work = [(doc, span, [t.i for t in span if not t.is_space]) for doc, spans in docs for span in spans]
    work = [item for item in work if item[2]]
    bare = (_bare(model, doc, span, kept) for doc, span, kept in work)
    unasked = [] if names else [n for n in model.pipe_names if model.get_pipe_meta(n).factory in NAMING]
    read = model.pipe(bare, batch_size=BATCH, disable=unasked)
    columns: dict[int, _Columns] = {}
    for (doc, span, kept), parsed in zip(work, read, strict=True):
        column = columns.get(id(doc))
        if column is None:
            column = columns[id(doc)] = _Columns(doc)
        column.take(span, kept, parsed)
    for column in columns.values():
        column.write()


def _bare(model: Language, doc: Doc, span: Span, kept: list[int]) -> Doc:
    words = [doc[i].text for i in kept]
    # Where white space was left out, a space stands for it.
    spaces = [
        bool(doc[i].whitespace_) or i + 1 != after
        for i, after in zip(kept, [*kept[1:], span.end], strict=True)
    ]
    return Doc(model.vocab, words=words, spaces=spaces, sent_starts=[n == 0 for n in range(len(words))])


class _Columns:
    """The annotation of one Doc as columns, filled sentence by sentence and written at once."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.names: list[Span] = []
        opens = np.asarray(doc.to_array("SENT_START")) == 1
        opens[0] = True
        places = np.arange(len(doc))
        firsts = np.maximum.accumulate(np.where(opens, places, 0))
        # A sentence that is not read hangs on its first token.
        self.tags = np.zeros(len(doc), dtype=np.uint64)
        self.deps = np.where(opens, np.uint64(self._number(UNREAD)), np.uint64(0))
        self.heads = firsts - places

    def _number(self, label: str) -> int:
        return self.doc.vocab.strings.add(label)

    def _set(self, i: int, head: int, dep: str) -> None:
        self.heads[i], self.deps[i] = head - i, self._number(dep)

    def take(self, span: Span, kept: list[int], parsed: Doc) -> None:
        """Fill in one sentence."""
        root: int | None = None
        for token, i in zip(parsed, kept, strict=True):
            self.tags[i] = self._number(token.tag_) if token.tag_ else 0
            head = kept[token.head.i]
            if head != i:
                self._set(i, head, token.dep_ or "dep")
            elif root is None:
                root = i
                self._set(i, i, "ROOT")
            else:
                self._set(i, root, "dep")
        read, before = set(kept), kept[0]
        for i in range(span.start, span.end):
            if i in read:
                before = i
            else:
                self.tags[i] = self._number("_SP")
                self._set(i, before, "dep")
        for name in parsed.ents:
            self.names.append(Span(self.doc, kept[name.start], kept[name.end - 1] + 1, label=name.label_))

    def write(self) -> None:
        """Write the columns; the bounds of sentences and the values of other components stay."""
        doc = self.doc
        columns: Any = np.stack([self.tags, self.deps, self.heads.astype(np.uint64)], axis=1)
        doc.from_array(["TAG", "DEP", "HEAD"], columns)
        doc.set_ents(self.names, default="missing")
