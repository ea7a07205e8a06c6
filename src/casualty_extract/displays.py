"""Records as HTML for notebooks: an article with its figures marked, claims and incidents as tables.

Static and self-contained: elements with inline styles, no script and no style sheet, so that it is the same in a
notebook, on nbviewer and on GitHub, on light ground and dark. Whatever comes from an article is escaped, an address is
a link only where it is one of the web, and signs that would turn the direction of writing are written out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from casualty_extract.wordings import counted, headline, numbers, slots, visible

__all__ = ["claim", "extraction", "incident", "linked_incident"]

Plain = Mapping[str, Any]
LONGEST = 4_000
"""A text of more characters is cut to the sentences that hold claims."""
BLANKS = 2
"""So many characters between two sentences of a text that is not at hand are taken for blanks."""
ROWS = 100
"""So many claims or figures are shown at most."""
BLOCK = "text-align:left;line-height:1.5;max-width:72em"
QUIET = "opacity:0.7"
FIGURE = "background:rgba(230,159,0,0.35);color:inherit;font-weight:bold;padding:0 0.15em;border-radius:0.2em"
CELL = "text-align:left;vertical-align:top;padding:0.2em 0.8em 0.2em 0;border-bottom:1px solid rgba(128,128,128,0.35)"
LINES = {
    "harm": "2px solid",
    "victims": "2px dotted",
    "cause": "2px dashed",
    "by": "2px dashed",
    "when": "1px solid",
    "where": "1px dotted",
    "said by": "3px double",
}
"""The line under each kind of passage; grey, so that the kind is never told by a colour."""
HEADS = ("", "figure", "victims", "cause", "by", "when", "where", "said by", "status")


class Mark(NamedTuple):
    """A passage to be marked: where it stands, what it is, and the numbers of the claims that it is of."""

    start: int
    end: int
    kind: str
    claims: tuple[int, ...]


def extraction(data: Plain) -> str:
    """Show an article with its claims.

    >>> from casualty_extract import extract
    >>> shown = extraction(extract("Gunmen killed 12 people in Mosul.").to_dict())
    >>> "<mark" in shown, "<script" in shown
    (True, False)

    Args:
        data: what `Extraction.to_dict` gives. Where it holds the text, that is shown, else the sentences of the claims.

    Returns:
        One element of HTML.
    """
    document, claims = data["document"], data["claims"][:ROWS]
    parts = [_heading(document, len(data["claims"]))]
    text = data.get("text")
    pieces = _pieces(text, data["claims"])
    marks = _marks(claims)
    if pieces:
        parts.append(_running(pieces, marks, text if text is not None else "", document["length"]))
        parts.append(_key(marks))
    if claims:
        parts.append(_claims(claims))
    parts.append(_more(len(data["claims"]), "claims"))
    return _block(parts)


def claim(data: Plain) -> str:
    """Show one claim: what it counts, its sentence with the figure marked, and what else it says.

    >>> from casualty_extract import extract
    >>> [found] = extract("Gunmen killed 12 people in Mosul.").to_dict()["claims"]
    >>> "12 killed" in claim(found)
    True

    Args:
        data: the claim as plain data.
    """
    evidence, quantity = data["evidence"], data["quantity"]
    marks = [Mark(quantity["start"], quantity["end"], "figure", ())]
    shown = _marked(evidence["start"], evidence["text"], marks)
    rows = [(_bold(name), _safe(value)) for name, value in slots(data)]
    return _block(
        [
            f"<div>{_bold(headline(data))}, {_safe(data['status'])}</div>",
            f'<blockquote dir="auto" style="margin:0.4em 0">{shown}</blockquote>',
            _table((), rows) if rows else "",
        ]
    )


def incident(data: Plain) -> str:
    """Show an incident of an article: when, where, by what, and its tolls; `data` as plain data."""
    time = data["time"] or {"earliest": None, "latest": None}
    parts = [_what(data, time, counted(len(data["claims"]), "claim"))]
    rows = [
        (_safe(t["harm"]), _safe(t["category"]), _safe(_number(t)), _safe(t["rule"] or ""))
        for t in data["tolls"]
    ]
    if rows:
        parts.append(_table(("harm", "victims", "toll", "rule"), rows))
    return _block(parts)


def linked_incident(data: Plain) -> str:
    """Show an incident of an archive: its tolls, and every figure in order of publication; `data` as plain data."""
    time = data["time"] or {"earliest": None, "latest": None}
    total = "running total, " if data["cumulative"] else ""
    parts = [_what(data, time, f"{total}{counted(len(data['members']), 'article')}")]
    tolls = "; ".join(f"{toll['harm']} {_number(toll)}" for toll in data["tolls"])
    parts.append(f"<div>{_safe(tolls)}</div>" if tolls else "")
    rows = []
    lines = {(e["document"], e["claim"]): str(n) for n, e in enumerate(data["history"], start=1)}
    for number, entry in enumerate(data["history"][:ROWS], start=1):
        signs = [word for word in ("part", "copied") if entry[word]]
        for word, keys in (("takes the place of", entry["supersedes"]), ("against", entry["disagrees"])):
            found = [lines[k["document"], k["claim"]] for k in keys if (k["document"], k["claim"]) in lines]
            signs += [f"{word} {', '.join(found)}"] if found else []
        told = f"{_number(entry)} {entry['harm'] or entry['unit']}"
        cells = (
            entry["published"] or "no date",
            told,
            entry["status"],
            entry["source"] or "reporter",
            entry["document"],
        )
        rows.append((str(number), *(_safe(cell) for cell in cells), _safe("; ".join(signs))))
    heads = ("", "published", "figure", "status", "said by", "article", "")
    parts += [_table(heads, rows), _more(len(data["history"]), "figures")]
    return _block(parts)


def _safe(text: object) -> str:
    return escape(visible(str(text)), quote=True)


def _bold(text: str) -> str:
    return f"<strong>{_safe(text)}</strong>"


def _block(parts: Sequence[str]) -> str:
    # Without these classes notebooks would take two dollar signs for a formula.
    return f'<div class="tex2jax_ignore mathjax_ignore" style="{BLOCK}">{"".join(parts)}</div>'


def _heading(document: Plain, claims: int) -> str:
    title = _bold(document["title"] or document["id"])
    if _is_of_the_web(document["url"]):
        title = f'<a href="{escape(document["url"], quote=True)}" rel="noopener noreferrer" style="color:inherit">{title}</a>'
    known = [document["id"]] if document["title"] else []
    known += [document["publisher"]] if document["publisher"] else []
    known += [
        document["published"] or "no date",
        counted(claims, "claim") if claims else "no claims",
    ]
    return f'<div dir="auto">{title}</div><div style="{QUIET}">{_safe(" | ".join(known))}</div>'


def _is_of_the_web(url: str | None) -> bool:
    # What `visible` would change is no address that anybody meant.
    if not url or visible(url) != url or " " in url:
        return False
    try:
        return urlsplit(url).scheme in {"http", "https"} and bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _what(data: Plain, time: Plain, count: str) -> str:
    days = list(dict.fromkeys(day or "open" for day in (time["earliest"], time["latest"])))
    known = [data["cause"] or "no cause", ", ".join(data["places"][:3]) or "no place"]
    known.append(" to ".join(days) if days != ["open"] else "no day")
    by = f", by {data['perpetrator']}" if data["perpetrator"] else ""
    return f'<div>{_bold(", ".join(known))}{_safe(by)}</div><div style="{QUIET}">{_safe(count)}</div>'


def _number(row: Plain) -> str:
    return numbers(row["low"], row["best"], row["high"]) or "no number"


def _more(count: int, things: str) -> str:
    return f'<div style="{QUIET}">{count - ROWS:,} more {things} are not shown.</div>' if count > ROWS else ""


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col" style="{CELL}">{_safe(name)}</th>' for name in heads)
    body = "".join(
        f'<tr style="background:none">{"".join(f"<td style={chr(34)}{CELL}{chr(34)}>{cell}</td>" for cell in row)}</tr>'
        for row in rows
    )
    top = f"<thead><tr>{head}</tr></thead>" if heads else ""
    return f'<table style="border-collapse:collapse;margin:0.6em 0">{top}<tbody>{body}</tbody></table>'


def _claims(claims: Sequence[Plain]) -> str:
    """A row a claim, without the columns that no claim fills."""
    rows = []
    for number, one in enumerate(claims, start=1):
        told = dict(slots(one))
        cells = [headline(one), *(told.get(name, "") for name in HEADS[2:-1]), one["status"]]
        rows.append([_bold(str(number)), *(_safe(cell) for cell in cells)])
    filled = [i for i in range(len(HEADS)) if any(row[i] for row in rows)]
    return _table([HEADS[i] for i in filled], [[row[i] for i in filled] for row in rows])


def _pieces(text: str | None, claims: Sequence[Plain]) -> list[tuple[int, str]]:
    """The stretches of the text that are shown, each with where it starts."""
    if text is not None and len(text) <= LONGEST:
        return [(0, text)]
    told = {(c["evidence"]["start"], c["evidence"]["text"]) for c in claims[:ROWS]}
    found: list[tuple[int, str]] = []
    for start, sentence in sorted(told):
        before, words = found[-1] if found else (0, "")
        if found and start < before + len(words):
            # One sentence within another, or over its end.
            found[-1] = (before, words + sentence[max(0, before + len(words) - start) :])
        else:
            found.append((start, sentence))
    return found


def _marks(claims: Sequence[Plain]) -> list[Mark]:
    """The passages of all claims: figures first, then the others that lie beside them and one another."""
    wanted: dict[tuple[int, int, str], list[int]] = {}
    for number, one in enumerate(claims, start=1):
        for kind, span in _spans(one):
            if span and span["start"] is not None:
                wanted.setdefault((span["start"], span["end"], kind), []).append(number)
    kept: list[Mark] = []
    for (start, end, kind), found in sorted(
        wanted.items(), key=lambda item: (item[0][2] != "figure", item[0])
    ):
        if all(end <= mark.start or mark.end <= start for mark in kept):
            kept.append(Mark(start, end, kind, tuple(found)))
    return sorted(kept)


def _spans(one: Plain) -> Iterator[tuple[str, Plain | None]]:
    yield "figure", one["quantity"]
    yield "harm", one["harm"]
    yield "victims", one["victims"]
    yield "cause", one["cause"]
    yield "by", one["perpetrator"]
    yield "when", one["time"]
    for place in one["places"]:
        yield "where", place
    yield "said by", one["attribution"]["source"] if one["attribution"] else None


def _running(pieces: Sequence[tuple[int, str]], marks: Sequence[Mark], text: str, length: int) -> str:
    shown, reached, left_out = [], 0, 0
    for start, words in pieces:
        between = text[reached:start] if text else "x" * (start - reached - BLANKS)
        if between.strip():
            left_out += start - reached
            shown.append(f'<span style="{QUIET}"> […] </span>')
        elif start > reached:
            shown.append(_lines(between) or " ")
        shown.append(_marked(start, words, marks))
        reached = start + len(words)
    left_out += max(0, length - reached)
    told = ""
    if left_out and pieces != [(0, text)]:
        told = f'<div style="{QUIET}">The sentences with claims; {left_out:,} of {length:,} characters are left out.</div>'
    return f'<div dir="auto" style="white-space:pre-wrap;margin:0.6em 0">{"".join(shown)}</div>{told}'


def _marked(start: int, words: str, marks: Sequence[Mark]) -> str:
    """A stretch of text with the passages in it marked."""
    shown, reached = [], 0
    for mark in marks:
        first, last = mark.start - start, mark.end - start
        if first < reached or last > len(words) or first >= last:
            continue
        shown += [_lines(words[reached:first]), _passage(mark, words[first:last])]
        reached = last
    return "".join([*shown, _lines(words[reached:])])


def _lines(text: str) -> str:
    return "\n".join(_safe(line) for line in text.split("\n"))


def _passage(mark: Mark, words: str) -> str:
    numbers = ", ".join(str(number) for number in mark.claims)
    title = f"{mark.kind}, claim {numbers}" if numbers else mark.kind
    if mark.kind == "figure":
        note = f"<sup>{numbers}</sup>" if numbers else ""
        return f'<mark title="{title}" style="{FIGURE}">{_safe(words)}</mark>{note}'
    return f'<span title="{title}" style="border-bottom:{LINES[mark.kind]} rgba(128,128,128,0.9)">{_safe(words)}</span>'


def _key(marks: Sequence[Mark]) -> str:
    kinds = [kind for kind in LINES if any(mark.kind == kind for mark in marks)]
    shown = [f'<mark style="{FIGURE}">figure</mark> with the number of its claim'] if marks else []
    shown += [
        f'<span style="border-bottom:{LINES[kind]} rgba(128,128,128,0.9)">{kind}</span>' for kind in kinds
    ]
    return f'<div style="{QUIET}">{"; ".join(shown)}</div>' if shown else ""
