"""Whether a name stands in a dateline.

*Finds* "[BAGHDAD] (AP) -", "[MOSUL, Iraq], Sept 1 -", "*[Kabul]:*" at the head of a text, and in capitals anywhere.
*Leaves alone* names that open a sentence, and what follows a dash within it.
"""

from __future__ import annotations

from casualty_extract.places_words import Name, Words, calendar

__all__ = ["is_dateline"]

DASHES = frozenset({"—", "–", "--", "---", "-", "―"})
DATELINE_LINES = 6
DATELINE_WORDS = 14


def is_dateline(words: Words, name: Name, at: dict[int, Name]) -> bool:
    """Tell whether a name stands in a dateline.

    Args:
        words: the words of the text.
        name: the name.
        at: the names of the text by each of their words.
    """
    first, least = name.first, max(0, name.first - DATELINE_WORDS)
    while (
        first > least and words.near(first, first - 1) and (first - 1 in at or words.text[first - 1] == ",")
    ):
        first -= 1
    if not words.opens[first] and not (first and words.text[first - 1] in {"*", "_", "("}):
        return False
    capitals = words.text[first].isupper() and len(words.text[first]) > 2
    if words.sentence[first] > DATELINE_LINES and not capitals:
        return False
    closed = False
    for i in range(name.last, min(len(words), name.last + DATELINE_WORDS)):
        text = words.text[i]
        if text in DASHES:
            return closed or capitals or not words.tight[i] or i + 1 in at
        if text == ":" and (closed or capitals):
            return True
        if text == ")":
            closed = True
        elif closed:
            return capitals or words.text[i - 2].isupper()
        elif not (
            text in {",", "(", "/", "*", "."}
            or i in at
            or text[0].isupper()
            or text[0].isdigit()
            or calendar(text)
        ):
            return False
    return False
