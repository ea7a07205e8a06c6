"""The review sheet: a CSV with a row a claim, for people who work in spreadsheets, out and in.

The columns in front tell the claim; those behind are empty: `decision`, one `fix_` column for each value that
can be changed, `note` and `reviewer`. Cells of text are guarded against formulas as in `writers`. A row is
known again by its `key`, which no spreadsheet takes for a number or a date.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from casualty_extract.errors import InputError
from casualty_extract.records import Document, Extraction
from casualty_extract.records_claims import Claim
from casualty_extract.records_parts import Span
from casualty_extract.reviews_decisions import Judge, changes_only, review
from casualty_extract.reviews_folders import file_name
from casualty_extract.reviews_marks import passages
from casualty_extract.reviews_records import Decision, Review, problem_of
from casualty_extract.reviews_texts import Archive
from casualty_extract.reviews_values import VALUES, values, with_values
from casualty_extract.writers import MAX_CELL, guard, unguard

__all__ = ["COLUMNS", "NULL", "TOOL", "key", "read_sheet", "write_sheet"]

TOOL = "sheet"
NULL = "null"
"""What a cell of a fix says to empty a value."""

PASSAGES = ("harm_text", "victims", "cause_text", "perpetrator", "time_text", "source", "cue")
"""The passages that a sheet can change, by the names of their columns."""
_LABELS = dict(
    zip(PASSAGES, ("Harm", "Victims", "Cause", "Perpetrator", "Time", "Source", "Cue"), strict=True)
)
_PATHS: dict[str, tuple[str, ...]] = {name: (label.lower(),) for name, label in _LABELS.items()}
_PATHS |= {"source": ("attribution", "source"), "cue": ("attribution", "cue")}

COLUMNS = (
    "key", "document", "title", "published", "context", "figure",
    *(value.name for value in VALUES), *PASSAGES, "places", "source_name", "confidence",
    "decision", "fix_number", *(f"fix_{value.name}" for value in VALUES), *(f"fix_{name}" for name in PASSAGES),
    "note", "reviewer",
)  # fmt: skip
"""The columns of the sheet."""

_VALUES = {value.name: value for value in VALUES}
_DECISIONS: dict[str, Decision] = {"accept": "accept", "reject": "reject", "fix": "fix"}
_TEXT = (
    frozenset(COLUMNS)
    - {v.name for v in VALUES if v.kind in ("number", "date")}
    - {"published", "confidence"}
)
_SEPARATORS = ",;\t"


def key(document: Document, claim: str) -> str:
    """Give the key of a claim's row: from the document's id and text, and the claim's id."""
    return f"k{file_name(document).rpartition('-')[2]}-{claim}"


def write_sheet(extractions: Iterable[Extraction], stream: TextIO) -> None:
    r"""Write a head row, and one row a claim.

    >>> import io
    >>> stream = io.StringIO()
    >>> write_sheet([], stream)
    >>> stream.getvalue()[:29]
    '\ufeffkey,document,title,published'

    Args:
        extractions: the claims.
        stream: where to; a file is opened with ``encoding="utf-8", newline=""``.
    """
    out = csv.writer(stream, lineterminator="\n")
    # Without this mark Excel takes the file for Windows-1252, and saves it with its letters spoilt.
    stream.write("\ufeff")
    out.writerow(COLUMNS)
    for extraction in extractions:
        for claim in extraction.claims:
            row = _row(extraction, claim)
            # Python's csv module leaves a lone carriage return unquoted, which breaks the row for readers.
            out.writerow(
                [
                    _shown(name, row.get(name, "")).replace("\r\n", "\n").replace("\r", "\n")
                    for name in COLUMNS
                ]
            )


def read_sheet(
    content: str, archive: Archive, *, file: str = "-", who: Judge | None = None
) -> Iterator[Review | InputError]:
    """Read a sheet that was filled in.

    Columns may be missing or moved but for `key`; the separator may be a comma, a semicolon or a tab. A row
    without a decision and without fixes was not reviewed.

    Args:
        content: what the file holds.
        archive: the claims that were reviewed, and texts where passages outside the sentences are needed.
        file: the file's name, for errors.
        who: who reviewed and when, where the rows do not tell.

    Returns:
        A review for each row that has one, or an error with the row's number in the place of a wrong one.
    """
    who = who or Judge(TOOL)
    head = content.removeprefix("\ufeff").split("\n", 1)[0]
    separator = max(_SEPARATORS, key=head.count)
    rows = csv.reader(
        io.StringIO(content.removeprefix("\ufeff"), newline=""), delimiter=separator, strict=True
    )
    known = {
        key(extraction.document, claim.id): (extraction, claim)
        for extraction in archive.extractions
        for claim in extraction.claims
    }
    number, done = 0, dict[str, int]()
    names: list[str] = []
    while True:
        number += 1
        try:
            cells = next(rows, None)
            if cells is None:
                break
            if number == 1:
                names = [name.strip().lower() for name in cells]
                _check_head(names)
                continue
            found = _read_row(dict(zip(names, cells, strict=False)), known, archive, who)
            if found is None:
                continue
            first = done.setdefault(f"{found.document.id}\n{found.claim}", number)
            if first != number:
                raise ValueError(f"row {first} has decided this claim already")
            yield found
        except (ValueError, csv.Error) as error:
            problem = f"no valid CSV: {error}" if isinstance(error, csv.Error) else problem_of(error)
            yield InputError(problem, file=file, row=number)
            if number == 1:
                return
    if not names:
        yield InputError("it is empty", file=file)


def _check_head(names: list[str]) -> None:
    if "key" not in names:
        raise ValueError("no column 'key' in the first row")
    unknown = [name for name in names if name.startswith("fix_") and name not in COLUMNS]
    if unknown:
        raise ValueError(f"there is no column {unknown[0]!r}")
    twice = next((name for name in names if name in COLUMNS and names.count(name) > 1), None)
    if twice:
        raise ValueError(f"two columns are called {twice!r}")


def _row(extraction: Extraction, claim: Claim) -> dict[str, str]:
    document, figure, evidence = extraction.document, claim.quantity, claim.evidence
    start, end = figure.start - evidence.start, figure.end - evidence.start
    shown = evidence.text
    if 0 <= start < end <= len(shown):
        shown = f"{shown[:start]}[{shown[start:end]}]{shown[end:]}"
    first: dict[str, str] = {}
    for label, span in passages(claim):
        first.setdefault(label, span.text)
    row = {name: first.get(label, "") for name, label in _LABELS.items()}
    row |= {name: ";".join(words) for name, words in values(claim).items()}
    row |= {
        "key": key(document, claim.id),
        "document": document.id,
        "title": document.title or "",
        "published": document.published.isoformat() if document.published else "",
        "context": shown,
        "figure": figure.text,
        "places": ";".join(place.name for place in claim.places),
        "source_name": claim.attribution.source.name if claim.attribution else "",
        "confidence": "" if claim.confidence is None else str(claim.confidence),
    }
    return row


def _shown(name: str, cell: str) -> str:
    shown = guard(cell) if name in _TEXT else cell
    return shown if len(shown) <= MAX_CELL else shown[: MAX_CELL - 1] + "…"


def _read_row(
    row: dict[str, str], known: dict[str, tuple[Extraction, Claim]], archive: Archive, who: Judge
) -> Review | None:
    cells = {name: (unguard(cell) if name in _TEXT else cell).strip() for name, cell in row.items()}
    said = cells.get("decision", "").lower()
    fixes = {
        name.removeprefix("fix_"): cell for name, cell in cells.items() if name.startswith("fix_") and cell
    }
    note = cells.get("note") or None
    if not said and not fixes:
        if note:
            raise ValueError("there is a note, but no decision")
        return None
    if cells.get("key") not in known:
        raise ValueError(f"key {cells.get('key', '')[:60]!r} is that of no claim that was given")
    extraction, claim = known[cells["key"]]
    if said and said not in _DECISIONS:
        raise ValueError(f"decision: {said[:40]!r} is none of accept, reject, fix")
    decision = _DECISIONS[said or "fix"]
    if fixes and decision != "fix":
        raise ValueError(f"decision: {decision!r}, but there are fixes: {', '.join(sorted(fixes))}")
    if decision == "fix" and not fixes:
        raise ValueError("decision: 'fix', but there is no fix")
    patch = _patch(claim, fixes, extraction, archive)
    by = Judge(who.tool, cells.get("reviewer") or who.reviewer, who.at)
    if decision == "fix" and not patch:
        # What was written is what is there.
        decision = "accept"
    return review(extraction, claim, by, decision, patch, note=note)


def _patch(claim: Claim, fixes: dict[str, str], extraction: Extraction, archive: Archive) -> dict[str, Any]:
    patch: dict[str, Any] = {}
    changed: dict[str, tuple[str, ...]] = {}
    number = fixes.get("number")
    if number is not None:
        changed = dict.fromkeys(("low", "best", "high"), (number,))
    for name in PASSAGES:
        if name in fixes:
            _put_passage(patch, claim, name, fixes, extraction, archive)
    for name, cell in fixes.items():
        if name in _VALUES:
            words = [word.strip() for word in cell.split(";")] if _VALUES[name].kind == "words" else [cell]
            # Spreadsheet programs begin a cell with a capital by themselves; ours are small, or all capitals.
            small = {known.lower(): known for known in _VALUES[name].words or ()}
            words = [small.get(word.lower(), word) for word in words]
            changed[name] = () if cell.lower() == NULL else tuple(word for word in words if word)
    with_values(patch, claim, changed)
    return changes_only(patch, claim)


def _put_passage(
    patch: dict[str, Any],
    claim: Claim,
    name: str,
    fixes: dict[str, str],
    extraction: Extraction,
    archive: Archive,
) -> None:
    """Put a passage that a sheet names by its words into a patch."""
    outer, last = _PATHS[name][:-1], _PATHS[name][-1]
    held: Any = claim
    for step in outer:
        held = getattr(held, step)
    if outer and held is None:
        raise ValueError(f"fix_{name}: the claim has no attribution; name its source and cue in another tool")
    where = patch
    for step in outer:
        where = where.setdefault(step, {})
    if fixes[name].lower() == NULL:
        if name in ("source", "cue"):
            raise ValueError(f"fix_{name}: a claim has both source and cue, or neither")
        where[last] = (
            {"text": None, "start": None, "end": None} if name == "victims" and claim.victims else None
        )
        return
    bounds = _found(fixes[name], claim, extraction, archive, name).model_dump()
    if getattr(held, last) is None:
        more = {"harm": "label", "cause": "label"}.get(last)
        if more is not None and last not in fixes:
            raise ValueError(f"fix_{name}: give fix_{last} too, the claim had no {last} before")
        if last == "victims":
            bounds |= {"category": "unspecified", "groups": []}
        elif last == "time":
            basis = "sentence" if claim.evidence.start <= bounds["start"] < claim.evidence.end else "context"
            same = fixes.get("earliest") == fixes.get("latest")
            bounds |= {"earliest": None, "latest": None, "grain": "day" if same else "interval"}
            bounds |= {"basis": basis, "ambiguous": False}
    elif last == "source":
        bounds["name"] = bounds["text"]
    where[last] = bounds


def _found(words: str, claim: Claim, extraction: Extraction, archive: Archive, name: str) -> Span:
    """Find the words of a cell: in the claim's sentence, else in the whole text, and there just once."""
    sentence = claim.evidence
    places = [m.start() + sentence.start for m in re.finditer(re.escape(words), sentence.text)]
    if not places:
        text = archive.known(extraction)
        if text is None:
            raise ValueError(f"fix_{name}: {words[:60]!r} is not in the sentence, and the text was not given")
        places = [m.start() for m in re.finditer(re.escape(words), text)]
    if len(places) != 1:
        problem = "does not stand in the text" if not places else f"stands there {len(places)} times"
        raise ValueError(f"fix_{name}: {words[:60]!r} {problem}")
    return Span(text=words, start=places[0], end=places[0] + len(words))
