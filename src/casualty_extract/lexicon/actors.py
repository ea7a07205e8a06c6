"""The rows of peoples and of armed groups, which stand on both sides of harm.

The table [demonyms] of victims.toml and the table [groups] of causes.toml are read by the room that
finds who was harmed ("Taliban fighters", "Afghan soldiers") and by the one that finds who did it
("Israeli shelling", "the Taliban killed").
"""

from __future__ import annotations

from casualty_extract.lexicon import Row

__all__ = ["DemonymRow", "GroupRow"]


class DemonymRow(Row):
    """One word for the people of a country or faith, or for what is theirs.

    >>> DemonymRow(noun=True, forms=["Poles"], example="Two [Poles] died.").country
    ''

    Attributes:
        country: the country, where it is one, as the news names it.
        forms: the plurals; none where the plural is the word itself ("Chinese").
        noun: the word can name a person; "British" cannot.
    """

    country: str = ""
    forms: list[str] = []
    noun: bool = False


class GroupRow(Row):
    """One armed group, alliance or service known by name.

    >>> GroupRow(forms=["Daesh"], example="[Islamic State] killed nine men.").forms
    ['Daesh']

    Attributes:
        forms: its other names and spellings.
    """

    forms: list[str] = []
