"""The rows of person nouns: whom a noun such as "policeman" or "villager" names.

The nouns stand in the table [roles] of victims.toml, keyed by the singular. Two rooms read them:
the one that finds who was harmed, and the one that takes "a policeman" for a figure of one.
"""

from __future__ import annotations

from pydantic import Field

from casualty_extract.lexicon import Row

__all__ = ["RoleRow"]


class RoleRow(Row):
    """One person noun.

    >>> RoleRow(category="police", forms=["policemen"], example="A [policeman] died.").forms
    ['policemen']

    Attributes:
        category: whom it names, from the closed list of victim categories.
        groups: the groups that the noun itself states, such as "children".
        forms: its plurals and other spellings.
    """

    category: str
    groups: list[str] = Field(default=[])
    forms: list[str] = Field(default=[])
