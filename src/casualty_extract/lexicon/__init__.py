"""The words: one TOML file a phenomenon, one line a word, each with its own example.

A row looks like this, and the bracketed words are what it must find in its example:

    kill = { label = "killed", forms = ["kills", "killed"], example = "Gunmen [killed] 12 people." }

The room that owns a file declares the fields of its rows as a subclass of `Row`; this module is
the only reader. Reading is lazy and cached.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from casualty_extract.errors import LexiconError

__all__ = ["Row", "files", "read", "tables", "unbracket"]


class Row(BaseModel):
    """The fields that every lexicon row has.

    >>> Row(example="Gunmen [killed] 12 people.").example
    'Gunmen [killed] 12 people.'

    Attributes:
        example: a sentence of our own, with the words that the row finds in square brackets.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    example: str

    @field_validator("example")
    @classmethod
    def _has_one_bracket(cls, example: str) -> str:
        if len(re.findall(r"\[[^\[\]]+\]", example)) != 1:
            raise ValueError("an example marks exactly one place in [brackets]")
        return example


R = TypeVar("R", bound=Row)


def files() -> tuple[str, ...]:
    """Name the lexicon files, without their ending, in alphabetical order.

    >>> "harms" in files()
    True
    """
    here = resources.files(__name__)
    return tuple(sorted(f.name[:-5] for f in here.iterdir() if f.name.endswith(".toml")))


def tables(name: str) -> tuple[str, ...]:
    """Name the tables of one lexicon file, in the order of the file.

    Raises:
        LexiconError: there is no such file, or it is no valid TOML.
    """
    return tuple(_load(name))


@cache
def read(name: str, table: str, model: type[R]) -> dict[str, R]:
    """Read one table of one lexicon file.

    Args:
        name: the phenomenon, which is the file's name without its ending.
        table: the table in the file.
        model: what the fields of a row are.

    Returns:
        The rows by their words, in the order of the file. It is shared: do not change it.

    Raises:
        LexiconError: the file, the table or a field is missing or wrong; the row is named.
    """
    content = _load(name)
    if table not in content:
        raise LexiconError(f"no table [{table}]", file=f"{name}.toml")
    rows: dict[str, R] = {}
    for word, fields in content[table].items():
        try:
            rows[word] = model.model_validate(fields)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise LexiconError(
                f"{first['msg']} ({where or 'row'})", file=f"{name}.toml", row=f"{table}.{word}"
            ) from error
    return rows


def unbracket(example: str) -> tuple[str, int, int]:
    """Take the brackets out of an example.

    >>> unbracket("Gunmen [killed] 12.")
    ('Gunmen killed 12.', 7, 13)

    Returns:
        The sentence, and where the marked words start and end in it, in code points.
    """
    start, end = example.index("["), example.index("]") - 1
    return example.replace("[", "").replace("]", ""), start, end


@cache
def _load(name: str) -> dict[str, dict[str, object]]:
    path = resources.files(__name__).joinpath(f"{name}.toml")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise LexiconError("no such lexicon file", file=f"{name}.toml") from error
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(str(error), file=f"{name}.toml") from error
