"""Claims of casualties in news text: who says how many people were harmed, how and how surely.

>>> import casualty_extract
>>> extraction = casualty_extract.extract("A bomb killed 12 people in Mosul on Friday, police said.",
...                                       published="2017-09-03")
>>> extraction.claims[0]
Claim('12' 14:16 killed, asserted, 'police')

Importing this package loads neither spaCy nor pydantic; the first use does.
"""

from __future__ import annotations

import importlib
import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casualty_extract.errors import ArticleError, CasualtyExtractError, InputError
    from casualty_extract.pipeline import explain, extract, load, stream
    from casualty_extract.records import Article, Claim, Extraction, Incident
    from casualty_extract.reports import view

__all__ = [
    "Article",
    "ArticleError",
    "CasualtyExtractError",
    "Claim",
    "Extraction",
    "Incident",
    "InputError",
    "explain",
    "extract",
    "load",
    "stream",
    "view",
]
__version__ = "0.1.0"

_ROOMS = {
    "Article": "records",
    "ArticleError": "errors",
    "CasualtyExtractError": "errors",
    "Claim": "records",
    "Extraction": "records",
    "Incident": "records",
    "InputError": "errors",
    "explain": "pipeline",
    "extract": "pipeline",
    "load": "pipeline",
    "stream": "pipeline",
    "view": "reports",
}


# A library leaves it to its host what to do with its log.
logging.getLogger(__name__).addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:
    room = _ROOMS.get(name)
    if room is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{room}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
