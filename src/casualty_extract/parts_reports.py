"""Reports of harm and how they were sorted: "of 25 reports completed, three were found credible"."""

from __future__ import annotations

import re

from casualty_extract.parts_wholes import Found, Text, fits
from casualty_extract.parts_words import HOLDING, Row

__all__ = ["all_reports", "reports", "within_bounds"]

REACH = 600
"""How far back the reports stand that a sentence sorts."""
SORTED = "part of the reports told of before"
JUDGED = frozenset(
    "credible non-credible duplicates duplicate assessed determined deemed found judged substantiated closed".split()
)
"""Words that sort reports into those believed and the others."""
UNSORTED = re.compile(
    r"\b(?:receiv\w+|carried over|opened|with|still|remain\w*)(?: [\w-]+){0,2}$|^ (?:[\w-]+ )?(?:new|open|unresolved|previous\w*|pending|further|additional)\b"
    r"|^[^.;,]* (?:are|were|remain|remained) (?:still )?(?:open|pending|unresolved|under)\b"
)
"""Reports that wait, around their figure: the sorted ones are not among them."""
SORTED_TOTAL = re.compile(
    r"\b(?:number|total) of (?:credible|confirmed|substantiated|verified|non-credible)\b[^.]*$"
)
ALL_REPORTS = re.compile(r"\b(?:number|total) of (?:\w+ )?(?:reports|allegations|claims)\b[^.]*$")


def reports(found: Text, i: int) -> Found | None:
    """ "Out of 25 reports, three were found credible": the sorted ones are part of those completed."""
    row = found.rows[i]
    if row.claim.unit != "reports" or _is_unsorted(row):
        return None
    if _sorts_reports(row, row) or _is_judged(row):
        return all_reports(found, i)
    return None


def all_reports(found: Text, i: int) -> Found | None:
    """Find the reports told of before that the sorted ones are taken from: neither sorted themselves nor waiting."""
    row = found.rows[i]
    for j in found.before(i, REACH):
        other = found.rows[j]
        if other.claim.unit != "reports":
            continue
        if j in found.parts and _is_judged(other):
            j = found.parts[j][0]
            other = found.rows[j]
        if j >= i or j in found.parts or not fits(other, row, strict=True):
            continue
        if _sorts_reports(row, row):
            if _sorts_reports(row, other):
                return j, "part of all reports"
        elif not _is_unsorted(other) and not _is_judged(other):
            return j, SORTED
    return None


def within_bounds(found: Text) -> None:
    """Drop the sorted reports of a total that together exceed it: they were taken from elsewhere too."""
    held: dict[int, list[int]] = {}
    for i, (whole, rule) in found.parts.items():
        if rule == SORTED:
            held.setdefault(whole, []).append(i)
    for whole, sorted_out in held.items():
        room = found.rows[whole].room
        if room is not None and sum(found.rows[i].size for i in sorted_out) > room:
            for i in sorted_out:
                del found.parts[i]


def _is_judged(row: Row) -> bool:
    """Tell whether the sentence sorts the reports counted: "three were found credible"."""
    if re.search(r"\bout of (?:the|these|those)$", row.before):
        return False
    behind = re.split(rf"(?<=\w)[,;(]? {HOLDING}|[,;]", row.after)[0]
    near = {*row.before.split()[-6:], *re.findall(r"[\w-]+", behind)[:9]}
    return bool(near & JUDGED)


def _is_unsorted(row: Row) -> bool:
    """Tell whether the reports counted were only received, or wait."""
    return bool(UNSORTED.search(row.before) or UNSORTED.search(row.after))


def _sorts_reports(row: Row, whole: Row) -> bool:
    """ "The number of credible reports was 12", after "the number of reports was 40"."""
    return bool(SORTED_TOTAL.search(row.before) and ALL_REPORTS.search(whole.before))
