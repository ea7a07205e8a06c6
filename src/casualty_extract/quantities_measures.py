"""Tells measured quantities from counts by quantulum3, where our own word lists know no answer.

quantulum3 reads a figure with its unit well but costs a quarter of a millisecond, loads 300 units at
its first call, sets up the root logger and shares its state with whoever else uses it. So it gets the
units of our own lexicon alone, one short passage at a time, and its answers are kept.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable
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
            found = [(q.span[0], q.unit.name, q.unit.entity.name) for q in _parser()(passage)]
    except Exception:  # whatever it makes of odd input, a figure without an answer stays a count
        return False
    return any(start <= 1 and unit in words().measures for start, unit, entity in found)


@cache
def _parser() -> Callable[[str], list[Any]]:
    """Load quantulum3 without its classifier, which an installed scikit-learn can break, and its units."""
    import logging

    from quantulum3 import classifier, load, parser

    classifier.USE_CLF = False
    # Each call would otherwise set up the root logger of the host program.
    parser.logging = SimpleNamespace(
        basicConfig=lambda **_: None, root=logging.getLogger("quantulum3"), DEBUG=logging.DEBUG
    )
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
    load.CustomQuantities(custom_units=[units], use_general_units=False, use_language_units=False).__enter__()
    # The entities are the general ones; without a choice of custom ones the flag must stay off.
    parse: Callable[[str], list[Any]] = parser.parse
    return parse
