"""A Doc as the word tables see it: without white space, folded, with its sentences counted."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from casualty_extract.lexicon.phrases import folded

__all__ = ["HYPHENS", "Reading"]

HYPHENS = frozenset("-‑–")


class Reading:
    """A Doc without its white space: the tokens, how the tables spell them, and their sentences."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.tokens: list[Token] = []
        self.lower: list[str] = []
        self.sentence: list[int] = []
        number = -1
        for token in doc:
            if token.is_sent_start or number < 0:
                number += 1
            if not token.is_space:
                self.tokens.append(token)
                self.lower.append(folded(token.text))
                self.sentence.append(number)

    def __len__(self) -> int:
        return len(self.tokens)

    def beside(self, i: int, j: int) -> bool:
        """Tell whether token j exists and stands in the sentence of token i."""
        return 0 <= j < len(self.tokens) and self.sentence[i] == self.sentence[j]

    def opens_sentence(self, i: int) -> bool:
        """Tell whether token i is the first of its sentence, quotation marks and emphasis aside."""
        while self.beside(i, i - 1):
            i -= 1
            if self.tokens[i].text.isalnum():
                return False
        return True

    def joined(self, i: int) -> bool:
        """Tell whether token i runs into the next one without any space, as in "off-"."""
        following = i + 1
        return following < len(self.tokens) and (
            self.tokens[i].idx + len(self.tokens[i].text) == self.tokens[following].idx
        )

    def hyphenated(self, i: int) -> bool:
        """Tell whether token i is a hyphen that joins its neighbours."""
        return (
            self.tokens[i].text in HYPHENS and self.beside(i, i - 1) and self.joined(i) and self.joined(i - 1)
        )

    def word_start(self, last: int) -> int:
        """Give the first token of the hyphenated word that ends at a token: "off" of "off-duty"."""
        floor = last - 12
        while last > max(1, floor) and self.hyphenated(last - 1) and self.beside(last, last - 2):
            last -= 2
        return last

    def characters(self, first: int, end: int) -> tuple[int, int]:
        """Give the character offsets of an interval of tokens."""
        last = self.tokens[end - 1]
        return self.tokens[first].idx, last.idx + len(last.text)
