"""What the tests share: a bare Doc of a text, as the detectors get it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import postgresql
from casualty_extract import facts, parsing


@cache
def bare() -> Language:
    nlp = spacy.blank("en")
    parsing.guard(nlp)
    return nlp


def make_doc(text: str, published: str | None = None, **known: str) -> Doc:
    """Tokens and sentences of a text, and what is known of it; no detector has run."""
    when = date.fromisoformat(published) if published else None
    return parsing.mark_sentences(parsing.prepare(bare(), text, facts.Facts(published=when, **known)))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def doc_of() -> Callable[..., Doc]:
    return make_doc


@pytest.fixture(autouse=True)
def level_of_log() -> Iterator[None]:
    """Give the library's log back as it was: the command line sets its level for the whole process."""
    log = logging.getLogger("casualty_extract")
    level = log.level
    yield
    log.setLevel(level)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL server; tests that ask for it skip where there is none."""
    with postgresql.server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a new, empty database, once for each kind."""
    if request.param == "sqlite":
        yield str(tmp_path / "claims.db")
        return
    with postgresql.database(request.getfixturevalue("postgresql_server")) as url:
        yield url
