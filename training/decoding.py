"""From a network's scores to one tree a sentence, and to names that start where they start."""

from __future__ import annotations

import numpy as np

LABELS = ["O", *(f"{p}-{c}" for c in ("PER", "ORG", "LOC", "NORP", "DATE") for p in "BI")]


def tree(scores: np.ndarray) -> list[int]:
    """The best tree with one root: greedy where that is a tree, else by Chu-Liu and Edmonds.

    Args:
        scores: words by heads, where head 0 is the root.
    """
    n = scores.shape[0]
    scores = scores.copy()
    scores[np.arange(n), np.arange(n) + 1] = -1e9
    heads = scores.argmax(1)
    if (heads == 0).sum() == 1 and _acyclic(heads):
        return heads.tolist()
    best, best_score = heads, -np.inf
    for root in np.argsort(-scores[:, 0])[:4]:
        tried = scores.copy()
        tried[:, 0] = -1e9
        tried[root] = -1e9
        tried[root, 0] = 0.0
        full = np.full((n + 1, n + 1), -1e9)
        full[1:] = tried
        found = _edmonds(full)[1:]
        score = sum(scores[i, h] for i, h in enumerate(found))
        if score > best_score:
            best, best_score = found, score
    return [int(h) for h in best]


def _acyclic(heads: np.ndarray) -> bool:
    for i in range(len(heads)):
        at, steps = i + 1, 0
        while at and steps <= len(heads):
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    return True


def _edmonds(scores: np.ndarray) -> np.ndarray:
    """Chu-Liu and Edmonds on a full score matrix of dependents by heads, node 0 the root."""
    n = scores.shape[0]
    heads = scores.argmax(1)
    heads[0] = -1
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(n, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    weight = scores[cycle, heads[cycle]]
    small = np.full((len(outside) + 1, len(outside) + 1), -1e9)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    leave = scores[np.ix_(outside, cycle)]
    small[:-1, -1] = leave.max(1)
    enter = scores[np.ix_(cycle, outside)] - weight[:, None]
    small[-1, :-1] = enter.max(0) + weight.sum()
    found = _edmonds(small)
    result = heads.copy()
    for i, node in enumerate(outside):
        if node == 0:
            continue
        head = found[i]
        result[node] = outside[head] if head < len(outside) else cycle[leave[i].argmax()]
    entered = outside[found[-1]]
    into = cycle[enter[:, found[-1]].argmax()]
    result[into] = entered
    return result


def _cycle(heads: np.ndarray) -> np.ndarray | None:
    state = np.zeros(len(heads), int)
    for start in range(1, len(heads)):
        path, at = [], start
        while at > 0 and state[at] == 0:
            state[at] = 1
            path.append(at)
            at = heads[at]
        if at > 0 and state[at] == 1 and at in path:
            return np.array(path[path.index(at) :])
        state[path] = 2
    return None


def decode_names(scores: np.ndarray, allowed: set[str]) -> list[str]:
    """The best sequence of labels in which every I- follows its like (Viterbi)."""
    ban = np.array([0.0 if label == "O" or label[2:] in allowed else -1e4 for label in LABELS])
    scores = scores + ban
    step = np.zeros((len(LABELS), len(LABELS)))
    for j, label in enumerate(LABELS):
        if label.startswith("I-"):
            for i, before in enumerate(LABELS):
                if before[2:] != label[2:]:
                    step[i, j] = -1e4
    first = scores[0] + np.array([-1e4 if label.startswith("I-") else 0.0 for label in LABELS])
    trail = []
    for row in scores[1:]:
        total = first[:, None] + step
        trail.append(total.argmax(0))
        first = total.max(0) + row
    at = int(first.argmax())
    path = [at]
    for back in reversed(trail):
        at = int(back[at])
        path.append(at)
    return [LABELS[i] for i in reversed(path)]


def spans(labels: list[str]) -> set[tuple[int, int, str]]:
    """The spans of a BIO sequence."""
    found, start = set(), None
    for i, label in enumerate([*labels, "O"]):
        if start is not None and not (label.startswith("I-") and label[2:] == labels[start][2:]):
            found.add((start, i, labels[start][2:]))
            start = None
        if label.startswith("B-") or (label.startswith("I-") and start is None):
            start = i
    return found
