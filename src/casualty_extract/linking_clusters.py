"""Links to groups: the strongest first, and none that would join what contradicts."""

from __future__ import annotations

from collections.abc import Sequence

from casualty_extract.linking_signs import Signs, contradict

__all__ = ["Edge", "cluster"]

Edge = tuple[float, int, int, bool]
"""Points, two incidents by number, and whether their articles are copies."""
STANCES = 24
"""So many different stances of a group are asked whether they contradict; a group of more has told all there is."""


def cluster(signs: Sequence[Signs], edges: Sequence[Edge]) -> list[tuple[list[int], dict[int, Edge]]]:
    """Join incidents by their links.

    Args:
        signs: all incidents.
        edges: the links between them.

    Returns:
        The groups, each with its incidents in order of publication, and with the strongest link of each incident
        to another of the group; in order of their first incidents.
    """
    group = list(range(len(signs)))
    members: dict[int, list[int]] = {n: [n] for n in group}
    stances: dict[int, dict[tuple[object, ...], int]] = {n: {s.stance: n} for n, s in enumerate(signs)}

    def root(n: int) -> int:
        while group[n] != n:
            group[n] = group[group[n]]
            n = group[n]
        return n

    def rank(edge: Edge) -> tuple[float, bool, object, object]:
        a, b = sorted((signs[edge[1]].key, signs[edge[2]].key))
        return -edge[0], not edge[3], a, b

    best: dict[int, Edge] = {}
    ordered = sorted(edges, key=rank)
    for edge in ordered:
        a, b = root(edge[1]), root(edge[2])
        if a != b:
            if _fall_out(signs, stances[a], stances[b]) or _told_apart(signs, members[a], members[b]):
                continue
            if len(members[a]) < len(members[b]):
                a, b = b, a
            group[b] = a
            members[a] += members.pop(b)
            more = stances.pop(b)
            for stance in more:
                if len(stances[a]) < STANCES:
                    stances[a].setdefault(stance, more[stance])
    for edge in ordered:
        if root(edge[1]) == root(edge[2]):
            for n in edge[1:3]:
                best.setdefault(n, edge)
    groups = [sorted(numbers, key=lambda n: signs[n].key) for numbers in members.values()]
    groups.sort(key=lambda numbers: signs[numbers[0]].key)
    return [(numbers, {n: best[n] for n in numbers if n in best}) for numbers in groups]


def _fall_out(
    signs: Sequence[Signs], mine: dict[tuple[object, ...], int], theirs: dict[tuple[object, ...], int]
) -> bool:
    return any(contradict(signs[a], signs[b]) for a in mine.values() for b in theirs.values())


def _told_apart(signs: Sequence[Signs], mine: list[int], theirs: list[int]) -> bool:
    """Two incidents of one article are not one where each has a figure of its own for the same harm."""
    if len(mine) > len(theirs):
        mine, theirs = theirs, mine
    told: dict[tuple[int, str, str], list[int]] = {}
    for n in mine:
        told.setdefault(signs[n].key[:3], []).append(n)
    for other in theirs:
        for n in told.get(signs[other].key[:3], ()):
            figures = dict(signs[n].figures)
            if any(figures.get(harm, count) != count for harm, count in signs[other].figures):
                return True
    return False
