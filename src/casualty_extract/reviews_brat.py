r"""brat: a text and its standoff annotations for each document, out and in.

brat reads lines, and other line ends than a line feed, tabs and a few more characters put its offsets out. So
the text that goes out is a copy in which each of these is a blank: of the same length, with the same offsets.
A passage that runs over line ends is written in fragments, one a line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from casualty_extract.errors import AnchorError, InputError
from casualty_extract.records import Extraction
from casualty_extract.records_parts import Span
from casualty_extract.reviews_decisions import Judge
from casualty_extract.reviews_judgements import judge
from casualty_extract.reviews_marks import FIGURE, LABELS, Marking, Region, mark
from casualty_extract.reviews_records import Review
from casualty_extract.reviews_texts import as_list, as_object, as_text
from casualty_extract.reviews_values import VALUES, Values

__all__ = ["TOOL", "configuration", "copy", "read_brat", "standoff"]

TOOL = "brat"
LINK = "Part"

# What Python, and so brat, takes for the end of a line; and the tab, which parts the fields of one.
_BREAKS = re.compile("[\r\t\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_LINES = re.compile(r"[^\n]+")
_ATTRIBUTES = {value.name.capitalize(): value for value in VALUES if value.kind == "word"}
_IN_NOTE = tuple(value for value in VALUES if value.kind != "word")
_TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_ATTRIBUTE = re.compile(r"A\d+\t(\S+) (T\d+) (\S+)")
_RELATION = re.compile(r"R\d+\t(\S+) Arg1:(T\d+) Arg2:(T\d+)\s*")
_NOTE = re.compile(r"#\d+\tAnnotatorNotes (T\d+)\t(.*)")


def copy(text: str) -> str:
    r"""Give the copy of a text that brat reads: of the same length, with line feeds as its only line ends.

    >>> copy("12 dead\r\n3 hurt")
    '12 dead \n3 hurt'
    """
    return _BREAKS.sub(" ", text)


def configuration() -> str:
    """Give the file annotation.conf for a folder of such documents.

    >>> configuration().splitlines()[0]
    '[entities]'
    """
    lines = ["[entities]", *LABELS, "", "[relations]"]
    lines.append(f"{LINK}\tArg1:{FIGURE}, Arg2:{'|'.join(label for label in LABELS if label != FIGURE)}")
    lines += ["", "[events]", "", "[attributes]"]
    lines += [f"{name}\tArg:{FIGURE}, Value:{'|'.join(value.words)}" for name, value in _ATTRIBUTES.items()]
    return "\n".join(lines) + "\n"


def standoff(extraction: Extraction, text: str) -> str:
    """Give the file .ann of an extraction.

    >>> from casualty_extract import extract
    >>> text = "Gunmen killed 12 people."
    >>> standoff(extract(text), text).splitlines()[0]
    'T1\\tPerpetrator 0 6\\tGunmen'

    Args:
        extraction: the claims.
        text: their text.

    Raises:
        AnchorError: the claims are of another text, or a passage begins or ends with a line end.
    """
    marking = mark(extraction, text)
    shown = copy(text)
    names = {region.id: f"T{n}" for n, region in enumerate(marking.regions, start=1)}
    lines = []
    notes = attributes = 0
    for region in marking.regions:
        fragments = _fragments(shown, region.span)
        if not fragments or (fragments[0].start, fragments[-1].end) != (region.span.start, region.span.end):
            problem = f"{region.span.text!r} begins or ends with a line end, which brat cannot mark"
            raise AnchorError(problem, document=extraction.document.id)
        bounds = ";".join(f"{part.start} {part.end}" for part in fragments)
        words = " ".join(part.text for part in fragments)
        lines.append(f"{names[region.id]}\t{region.label} {bounds}\t{words}")
        if region.label != FIGURE:
            continue
        for name, value in _ATTRIBUTES.items():
            for word in region.values.get(value.name, ()):
                attributes += 1
                lines.append(f"A{attributes}\t{name} {names[region.id]} {word}")
        notes += 1
        told: dict[str, Any] = {"claim": region.id}
        told |= {v.name: list(region.values[v.name]) for v in _IN_NOTE if v.name in region.values}
        lines.append(f"#{notes}\tAnnotatorNotes {names[region.id]}\t{json.dumps(told)}")
    lines += [
        f"R{n}\t{LINK} Arg1:{names[one]} Arg2:{names[other]}"
        for n, (one, other) in enumerate(marking.links, start=1)
    ]
    return "".join(f"{line}\n" for line in lines)


def read_brat(
    lines: str, extraction: Extraction, text: str, *, file: str = "-", who: Judge | None = None
) -> Iterator[Review | InputError | AnchorError]:
    """Read the file .ann of a document that was reviewed.

    Args:
        lines: what the file holds.
        extraction: the claims as they went out.
        text: their text.
        file: the file's name, for errors.
        who: who reviewed it, and when; brat does not tell.

    Returns:
        A review for each claim, or an error in the place of the document or of a claim that cannot be read.
    """
    try:
        marking = _marking(lines, copy(text), text, file, extraction)
    except (AnchorError, InputError) as error:
        yield error
        return
    yield from judge(extraction, text, marking, who or Judge(TOOL))


def _fragments(text: str, span: Span) -> list[Span]:
    """Cut a passage at line ends; blanks beside them belong to no fragment."""
    found = []
    for line in _LINES.finditer(text, span.start, span.end):
        start, end = line.span()
        while start < end and start > span.start and text[start].isspace():
            start += 1
        while end > start and end < span.end and text[end - 1].isspace():
            end -= 1
        if start < end:
            found.append(Span(text=text[start:end], start=start, end=end))
    return found


def _marking(lines: str, shown: str, text: str, file: str, extraction: Extraction) -> Marking:
    spans: dict[str, tuple[str, Span]] = {}
    values: dict[str, Values] = {}
    told: dict[str, tuple[str | None, str | None]] = {}
    links: list[tuple[str, str]] = []
    for number, line in enumerate(lines.split("\n"), start=1):
        line = line.removesuffix("\r")
        try:
            if match := _TEXT_BOUND.fullmatch(line):
                spans[match[1]] = _region(match, shown, text, extraction.document.id)
            elif match := _ATTRIBUTE.fullmatch(line):
                if match[1] in _ATTRIBUTES:
                    values.setdefault(match[2], {})[_ATTRIBUTES[match[1]].name] = (match[3],)
            elif match := _RELATION.fullmatch(line):
                links.append((match[2], match[3]))
            elif match := _NOTE.fullmatch(line):
                told[match[1]] = _note(match[2], values.setdefault(match[1], {}))
            elif line.strip() and line[0] in "TAR":
                raise ValueError(f"{line[:60]!r} cannot be read")
        except ValueError as error:
            raise InputError(str(error), file=file, row=number) from None
    names = _names(spans, {name: claim for name, (claim, _) in told.items() if claim}, extraction)
    if len(set(names.values())) < len(names):
        raise InputError("two figures have the note of one claim", file=file)
    regions = [
        Region(
            names[name],
            label,
            span,
            values.get(name, {}) if label == FIGURE else {},
            told.get(name, (None, None))[1],
        )
        for name, (label, span) in spans.items()
    ]
    return Marking(tuple(regions), tuple((names[a], names[b]) for a, b in links if a in names and b in names))


def _names(
    spans: dict[str, tuple[str, Span]], noted: dict[str, str], extraction: Extraction
) -> dict[str, str]:
    """Give each region the id of its claim: that of its note, or where that is gone, of the claim that stood there."""
    at: dict[tuple[int, int], list[str]] = {}
    for claim in extraction.claims:
        if claim.id not in noted.values():
            at.setdefault((claim.quantity.start, claim.quantity.end), []).append(claim.id)
    names = {}
    for name, (label, span) in spans.items():
        stood = at.get((span.start, span.end), []) if label == FIGURE else []
        names[name] = noted.get(name) or (stood.pop() if len(stood) == 1 else f"+{name}")
    return names


def _region(match: re.Match[str], shown: str, text: str, document: str) -> tuple[str, Span]:
    if match[2] not in LABELS:
        raise ValueError(f"{match[2]!r} is none of our types")
    bounds = [tuple(int(n) for n in part.split()) for part in match[3].split(";")]
    words = " ".join(shown[start:end] for start, end in bounds)
    start, end = bounds[0][0], bounds[-1][1]
    if words != match[4] or any(a >= b for a, b in bounds) or sorted(bounds) != bounds:
        raise AnchorError(f"{match[4][:60]!r} does not stand at {match[3]}", document=document)
    return match[2], Span(text=text[start:end], start=start, end=end)


def _note(told: str, values: Values) -> tuple[str | None, str | None]:
    """Read a note: the claim's id and what stands in it; a note of a person's own is kept as it is."""
    if not told.lstrip().startswith("{"):
        return None, told
    try:
        data = as_object(json.loads(told), "a note")
    except (ValueError, RecursionError):
        raise ValueError("the note of a figure is no JSON any more") from None
    for value in _IN_NOTE:
        if value.name in data:
            held = data[value.name]
            words = [] if held is None else held if isinstance(held, list) else [held]
            values[value.name] = tuple(str(word) for word in as_list(words, value.name))
    return as_text(data.get("claim"), "claim"), data.get("note") if isinstance(
        data.get("note"), str
    ) else None
