"""A pipeline whose first component does what the text tells it: what a worker of a batch has to survive."""

from __future__ import annotations

import os
import signal
import time

from spacy.language import Language
from spacy.tokens import Doc

from casualty_extract import load
from casualty_extract.errors import InputError
from casualty_extract.readers import Reading
from casualty_extract.records import Article

POISONS = {
    "POISON-RAISE": "article",
    "POISON-ALLOC": "memory",
    "POISON-LOOP": "timeout",
    "POISON-SLEEP": "timeout",
    "POISON-REGEX": "timeout",
    "POISON-KILL": "killed",
    "POISON-EXIT": "killed",
}
"""What stands in the text, and the kind of failure that is to come of it."""


@Language.component("poison")
def poison(doc: Doc) -> Doc:
    text = doc.text
    if "POISON-" not in text:
        return doc
    if "POISON-RAISE" in text:
        raise ZeroDivisionError("division by zero")
    if "POISON-ALLOC" in text:
        bytearray(64 << 30)
    if "POISON-LOOP" in text:
        while True:
            pass
    if "POISON-SLEEP" in text:
        time.sleep(3600)
    if "POISON-REGEX" in text:
        # One call into C that holds the interpreter for longer than anyone waits.
        import re

        re.match(r"(a+)+$", "a" * 60 + "b")
    if "POISON-KILL" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "POISON-EXIT" in text:
        os._exit(7)
    return doc


def make(slow: float = 0.0) -> Language:
    """Make the pipeline; `slow` adds seconds to each article."""
    nlp = load()
    nlp.add_pipe("poison", first=True)
    if slow:
        nlp.tokenizer = _Slow(nlp.tokenizer, slow)
    return nlp


def broken() -> Language:
    """Fail, as a pipeline does whose model is missing."""
    raise OSError("there is no such model")


class _Slow:
    def __init__(self, tokenizer: object, seconds: float) -> None:
        self.tokenizer, self.seconds = tokenizer, seconds

    def __call__(self, text: str) -> Doc:
        time.sleep(self.seconds)
        return self.tokenizer(text)  # type: ignore[operator,no-any-return]


def article(number: int, poison: str = "") -> Article:
    """A short article that is like no other."""
    place = ("Mosul", "Kabul", "Aleppo", "Maiduguri", "Sanaa")[number % 5]
    text = (
        f"A car bomb killed {number + 2} people in {place} on Friday, police said.\n"
        f"Hospital officials said {number % 7 + 1} others were wounded. {poison}"
    )
    return Article(id=f"a{number}", text=text, title=f"Blast in {place}")


def readings(count: int, poisons: dict[int, str] | None = None) -> list[Reading | InputError]:
    """So many articles; those whose numbers are given are poisoned, or not to be read at all."""
    found: list[Reading | InputError] = []
    for number in range(count):
        what = (poisons or {}).get(number, "")
        if what == "UNREADABLE":
            found.append(InputError("no value for 'text'", file="news.jsonl", row=number + 1))
        else:
            found.append(Reading(article(number, what), "news.jsonl", number + 1))
    return found
