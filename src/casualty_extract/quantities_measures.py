"""Tells measured quantities from counts by quantulum3, where our own word lists know no answer.

quantulum3 reads a figure with its unit well but costs a quarter of a millisecond, loads 300 units at
its first call, sets up the root logger and shares its state with whoever else uses it. So it gets the
units of our own lexicon alone, one short passage at a time, and its answers are kept.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any

from casualty_extract.quantities_words import words

__all__ = ["is_measured"]

_LOCK = threading.Lock()


@lru_cache(maxsize=4096)
def is_measured(passage: str) -> bool:
    """Whether a passage that starts with a figure reads it as an amount of some unit.

    >>> is_measured("40 kg of rice")
    True
    >>> is_measured("40 PKK members")
    False
    """
    try:
        with _LOCK, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with _parser() as parse:
                found = [(q.span[0], q.unit.name, q.unit.entity.name) for q in parse(passage)]
    except Exception:  # whatever it makes of odd input, a figure without an answer stays a count
        return False
    return any(start <= 1 and unit in words().measures for start, unit, entity in found)


@contextmanager
def _parser() -> Iterator[Callable[[str], list[Any]]]:
    """Lend quantulum3 our units without its classifier, and leave it as the host program had it.

    Its settings are globals of its modules. It is asked so rarely that changing them for one call
    and back costs less than a second copy of it would.
    """
    import logging

    from quantulum3 import classifier, load, parser

    classified, log = classifier.USE_CLF, parser.logging
    # An installed scikit-learn can break the classifier; each call would set up the root logger.
    classifier.USE_CLF = False
    parser.logging = SimpleNamespace(
        basicConfig=lambda **_: None, root=logging.getLogger("quantulum3"), DEBUG=logging.DEBUG
    )
    try:
        with load.CustomQuantities(
            custom_units=[_units()], use_general_units=False, use_language_units=False
        ):
            # The entities are the general ones; without a choice of custom ones the flag must stay off.
            yield parser.parse
    finally:
        classifier.USE_CLF, parser.logging = classified, log


@cache
def _units() -> dict[str, dict[str, Any]]:
    units: dict[str, dict[str, Any]] = {
        name: {"surfaces": [], "entity": "dimensionless", "URI": "", "dimensions": [], "symbols": []}
        for name in ("dimensionless", "unk")
    }
    for name, row in words().measures.items():
        units[name] = {
            "surfaces": [name, *row.forms],
            "entity": row.entity,
            "URI": "",
            "dimensions": [],
            "symbols": row.symbols,
        }
    return units
