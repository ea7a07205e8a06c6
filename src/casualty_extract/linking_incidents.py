"""A group of linked incidents as the record that users read."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from casualty_extract.linking_clusters import Edge
from casualty_extract.linking_history import Voice, history, tolls
from casualty_extract.linking_records import LinkedIncident, Member
from casualty_extract.linking_signs import Signs, compare, score
from casualty_extract.records import IncidentTime

__all__ = ["describe"]

T = TypeVar("T")


def describe(
    signs: Sequence[Signs], numbers: list[int], links: dict[int, Edge], copies: dict[int, list[int]]
) -> LinkedIncident:
    """Describe a group.

    Args:
        signs: all incidents.
        numbers: those of the group, in order of publication.
        links: the strongest link of each.
        copies: for each the others of the group whose articles are its copies.
    """
    first_of = _originals(signs, numbers, copies)
    voices = [
        Voice(signs[n].document, signs[n].published, signs[n].lines, signs[n].sums, first_of[n] != n)
        for n in numbers
    ]
    own = [signs[n] for n in numbers if first_of[n] == n]
    head = signs[numbers[0]]
    stated: dict[str, Any] = {
        "id": _name(head),
        "cumulative": head.cumulative,
        "members": tuple(_member(signs, n, links.get(n), first_of[n], n == numbers[0]) for n in numbers),
        "time": _time(own),
        "places": _most(p for s in own for p in s.places),
        "countries": _most(c for s in own for c in s.countries),
        "cause": _first([s.cause for s in own if s.cause and s.cause != "other"] or [s.cause for s in own]),
        "perpetrator": _first(s.perpetrator for s in own),
        "tolls": tolls(voices),
        "history": history(voices),
    }
    return LinkedIncident.model_validate(stated)


def _originals(signs: Sequence[Signs], numbers: list[int], copies: dict[int, list[int]]) -> dict[int, int]:
    """Give for each incident the first whose words and tolls it repeats, by way of other copies too."""
    known = dict.fromkeys(numbers, -1)
    for n in numbers:
        if known[n] != -1:
            continue
        known[n] = n
        waiting = [n]
        while waiting:
            for other in copies.get(waiting.pop(), ()):
                same = known.get(other) == -1 and signs[other].sums == signs[n].sums
                if same and signs[other].document != signs[n].document:
                    known[other] = n
                    waiting.append(other)
    return known


def _name(head: Signs) -> str:
    told = "\n".join((str(head.published), head.key[1], head.lines[0].claim))
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def _member(signs: Sequence[Signs], n: int, link: Edge | None, original: int, is_first: bool) -> Member:
    own = signs[n]
    stated: dict[str, Any] = {
        "document": own.document,
        "incident": own.name,
        "published": date.fromordinal(own.published) if own.published else None,
        "copy_of": signs[original].document if original != n else None,
        "linked_to": None,
        "score": 1.0,
        "signs": ("first",),
    }
    if link is not None and not is_first:
        other = signs[link[2] if link[1] == n else link[1]]
        _, reasons = compare(own, other, link[3])
        stated |= {"linked_to": other.document, "score": score(link[0]), "signs": reasons}
    return Member.model_validate(stated)


def _time(own: list[Signs]) -> IncidentTime | None:
    told = Counter((s.first, s.last) for s in own if s.first and s.last)
    if not told:
        told = Counter((s.first, s.last) for s in own if s.first or s.last)
    if not told:
        return None
    first, last = min(told, key=lambda t: (t[1] - t[0] > 1, -told[t], t[1] - t[0], t))
    return IncidentTime(
        earliest=date.fromordinal(first) if first else None,
        latest=date.fromordinal(last) if last else None,
    )


def _most(values: Iterable[str]) -> tuple[str, ...]:
    told = Counter(values)
    return tuple(sorted(told, key=lambda value: (-told[value], value)))


def _first(values: Iterable[str | None]) -> str | None:
    told = _most(value for value in values if value is not None)
    return told[0] if told else None
