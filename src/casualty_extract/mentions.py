"""What the detectors find, and how it travels on a spaCy `Doc`.

A `Mention` is a passage with a label and plain values. `write` and `read` are the only code that
touches `doc.spans`. The spans stand in `doc.spans["casualty.<layer>"]`, where spaCy's tools see
them; exact offsets and values stand as plain data in the attributes of the same span group. That
survives `Doc.to_bytes` and worker processes, which `span._` and objects on `doc._` do not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc, Span, SpanGroup

__all__ = ["LAYERS", "Mention", "Placed", "read", "span", "write"]

LAYERS = (
    "quantities",
    "harms",
    "victims",
    "causes",
    "times",
    "places",
    "attributions",
    "statuses",
)
"""The layers in reading order: how many, what happened, to whom, by what, when, where, who says so,
how sure. Modules, lexicon files, stages and columns follow the same order."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One passage that a detector found.

    Attributes:
        start: offset of the first character in `doc.text`, in code points.
        end: offset after the last character.
        label: the finding, from the closed list of its layer.
        rule: the name of the rule that found it, for `explain`.
        value: further findings as plain data (str, int, float, bool, None, lists and dicts of these).
    """

    start: int
    end: int
    label: str
    rule: str
    value: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def at(cls, passage: Span, label: str, rule: str, **value: Any) -> Mention:
        """Make a mention of a spaCy span."""
        return cls(passage.start_char, passage.end_char, label, rule, value)


def write(doc: Doc, layer: str, mentions: Iterable[Mention]) -> None:
    """Store the mentions of one layer on the Doc, in order of their place in the text."""
    ordered = sorted(mentions, key=lambda m: (m.start, m.end, m.label))
    group = SpanGroup(
        doc,
        name=f"casualty.{layer}",
        attrs={"mentions": [[m.start, m.end, m.label, m.rule, m.value] for m in ordered]},
        spans=[_labelled(doc, m) for m in ordered],
    )
    doc.spans[f"casualty.{layer}"] = group


def read(doc: Doc, layer: str) -> tuple[Mention, ...]:
    """Read the mentions of one layer; empty where the layer was not written."""
    key = f"casualty.{layer}"
    if key not in doc.spans:
        return ()
    return tuple(Mention(*row) for row in doc.spans[key].attrs.get("mentions", ()))


def _labelled(doc: Doc, mention: Mention) -> Span:
    return span(doc, mention, mention.label)


class Placed:
    """Mentions in text order, asked for by where they stand; looking through all for each is quadratic."""

    def __init__(self, mentions: tuple[Mention, ...]) -> None:
        self._mentions = mentions
        self._starts = [m.start for m in mentions]
        self._longest = max((m.end - m.start for m in mentions), default=0)

    def starting(self, start: int, end: int) -> tuple[Mention, ...]:
        """Give the mentions that start in a stretch."""
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def ending(self, start: int, end: int) -> list[Mention]:
        """Give the mentions that end in a stretch."""
        return [m for m in self.starting(start - self._longest, end) if start <= m.end < end]

    def touching(self, start: int, end: int) -> list[Mention]:
        """Give the mentions that share a character with a stretch."""
        return [m for m in self.starting(start - self._longest, end) if m.end > start]


def span(doc: Doc, mention: Mention, label: str = "") -> Span:
    """Give the tokens that a mention touches."""
    found = doc.char_span(mention.start, mention.end, label=label, alignment_mode="expand")
    if found is None:
        raise ValueError(f"no token at characters {mention.start}:{mention.end}")
    return found
