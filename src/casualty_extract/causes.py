"""Finds what caused the harm, and who is said to have done it.

*Finds* causes as nouns and verbs with the words that belong to them ("suicide car bomb", "strikes",
"cholera outbreak", "Typhoon Goni", "was shot", "overturned") and, tied to an attack or a harm, the
noun phrase of whoever did it: "killed by US-led forces", "the army shelled", "Israeli" in "Israeli
airstrikes", "the coalition" for "its" in "its strikes", "the rebels" in "blamed on the rebels".

*Leaves alone* labour strikes, film shootings, football battles, heart attacks, the fire brigade, a
market crash; as perpetrators everything that cannot act: storms, vehicles, weapons.

*Marks* layer `causes`. A cause: label from the closed list of causes; value: `head` (the row),
`verbal`, and `weak` (the word alone does not tell the method, as "attack"). A perpetrator: label
`perpetrator`; value: `relation` (agent_by, subject, attributive, possessive, blamed, claimed),
`anchor` (start and end of the word of harm or cause), `cue` (the word that blames, else null) and
`against` (the act struck the attacker: "police shot the gunman").
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from casualty_extract.causes_actors import perpetrators
from casualty_extract.causes_phrases import by_context, causes
from casualty_extract.mentions import Mention
from casualty_extract.reading import Reading, kind, plain

__all__ = ["find"]

# What fighting does: "as fighting intensifies".
GOES_ON = frozenset(
    "intensifies continues erupts rages escalates spreads resumes breaks flares persists".split()
)


def find(doc: Doc) -> Iterator[Mention]:
    """Find the causes of a text and then the perpetrators.

    >>> import spacy
    >>> from casualty_extract.parsing import mark_sentences
    >>> doc = mark_sentences(spacy.blank("en")("Nine people were killed by Coalition strikes."))
    >>> [(doc.text[m.start : m.end], m.label) for m in find(doc)]
    [('strikes', 'airstrike'), ('Coalition', 'perpetrator')]
    """
    reading = plain(doc)
    found = by_context(reading, list(causes(reading)))
    for cause in found:
        first, last = reading.tokens[cause.first], reading.tokens[cause.end - 1]
        if last.lower_ == "fighting" and _is_participle(reading, cause.end):
            continue
        yield Mention(
            first.idx,
            last.idx + len(last.text),
            cause.label,
            cause.rule,
            {"head": cause.head, "verbal": cause.verbal, "weak": cause.weak},
        )
    for who in perpetrators(reading, found):
        first, last = reading.tokens[who.first], reading.tokens[who.end - 1]
        yield Mention(
            first.idx,
            last.idx + len(last.text),
            "perpetrator",
            who.rule,
            {
                "relation": who.relation,
                "anchor": list(reading.characters(*who.anchor)),
                "cue": who.cue,
                "against": who.against,
            },
        )


def _is_participle(reading: Reading, i: int) -> bool:
    """ "the coalition fighting Islamic State", "a fighting position": an object or a noun follows."""
    if reading.beside(i - 1, i) and reading.lower[i] in GOES_ON:
        return False
    return reading.beside(i - 1, i) and kind(reading.tokens[i]) in {"word", "det"}
