"""Claims for people to read: a block a claim on the terminal, and the reasons behind each claim.

An article can hold anything, also the escape sequences that move a terminal's cursor or hide text.
`visible` writes such characters out, and nothing of an article reaches the terminal without it.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from casualty_extract.records import Article, Claim, Document, Extraction, Quantity, Time

__all__ = ["visible", "write_explanation", "write_table"]

_BLANKS = re.compile(r"\s+")
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\xa1-\xac\xae-\u02ff]")
_LEAST_WIDTH = 40
# Soft hyphen, zero-width space, word joiner, byte order mark: nothing to see, and no harm.
_DROPPED = "\xad\u200b\u2060\ufeff"
# Joiners that Persian and Indic names are spelled with.
_KEPT = "\u200c\u200d"
_STATUS_STYLES = {"confirmed": "green", "denied": "red", "hypothetical": "red", "asserted": ""}
_LONGEST_VALUE = 48


def visible(text: str) -> str:
    r"""Put a text on one line, with whatever a terminal would obey written out.

    >>> visible("12 people\n killed\x1b[2J")
    '12 people killed\\x1b[2J'

    Args:
        text: any text. Blanks and line ends become single spaces; control characters, signs that
            turn the direction of writing, and lone surrogates are shown as escapes.
    """
    return _UNPRINTABLE.sub(_escape, _BLANKS.sub(" ", text))


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if char in _DROPPED:
        return ""
    if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Cn", "Co") or char in _KEPT:
        return char
    number = ord(char)
    return (
        f"\\x{number:02x}"
        if number < 0x100
        else f"\\u{number:04x}"
        if number < 0x10000
        else f"\\U{number:08x}"
    )


def write_table(
    extractions: Iterable[Extraction], stream: TextIO, *, width: int = 100, colour: bool = False
) -> None:
    """Write a heading for each article, and a block for each of its claims.

    >>> import io
    >>> from casualty_extract.records import Article, Document, Extraction
    >>> document = Document.of(Article(id="a1", text="All is quiet.", title="Quiet in Arda"))
    >>> stream = io.StringIO()
    >>> write_table([Extraction(document=document, claims=(), incidents=())], stream)
    >>> print(stream.getvalue().rstrip())
    Quiet in Arda
    a1 | no date | no claims

    Args:
        extractions: what to write; each article is written as soon as it is there.
        stream: where to.
        width: how many columns there are.
        colour: whether the stream is a terminal that shows colours; the figure in its sentence stands
            in square brackets where it does not.
    """
    for number, extraction in enumerate(extractions):
        console = _console(max(width, _LEAST_WIDTH), colour)
        if number:
            console.print()
        _print_heading(console, extraction)
        for claim in extraction.claims:
            console.print()
            _print_claim(console, claim, colour)
        _flush(console, stream)


def write_explanation(
    article: Article, explained: Sequence[dict[str, Any]], stream: TextIO, *, colour: bool = False
) -> None:
    """Write why each claim of an article is what it is: a line a slot, with the rule that decided.

    Args:
        article: the article.
        explained: what `casualty_extract.pipeline.explain` gives: for each claim its "claim" and its
            "decisions", each with slot, value, text, start, end and rule.
        stream: where to.
        colour: as in `write_table`. Lines are as long as they are: cut ones would not be evidence.
    """
    console = _console(10_000, colour)
    title = visible(article.title or article.id)
    console.print(_styled(title, "bold"))
    if not explained:
        console.print("no claims")
    for entry in explained:
        claim: Claim = entry["claim"]
        rows = [_decision(found) for found in entry["decisions"]]
        widths = [max((len(row[i]) for row in rows), default=0) for i in range(3)]
        console.print()
        console.print(_sentence(claim, colour))
        for row in rows:
            slot, value, passage = (cell.ljust(size) for cell, size in zip(row[:3], widths, strict=True))
            console.print(f"  {slot}  {value}  {passage}  {row[3]}".rstrip())
    _flush(console, stream)


def _decision(found: dict[str, Any]) -> tuple[str, str, str, str]:
    passage = ""
    if found.get("text") is not None:
        passage = f'"{_cut(visible(str(found["text"])))}"'
        if found.get("start") is not None:
            passage += f" {found['start']}:{found['end']}"
    slot, value, rule = (visible(str(found[key])) for key in ("slot", "value", "rule"))
    return slot, _cut(value), passage, rule


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 3]}..."


def _console(width: int, colour: bool) -> Console:
    # rich takes long to import, and only people need it. Its markup, emoji and guesses stay off: the
    # text is others' text. It writes into a buffer: on a closed pipe it would end the process.
    from rich.console import Console

    return Console(
        file=io.StringIO(),
        width=width,
        color_system="standard" if colour else None,
        force_terminal=colour,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
        legacy_windows=False,
    )


def _flush(console: Console, stream: TextIO) -> None:
    assert isinstance(console.file, io.StringIO)
    # Padding to the full width is rich's; it would wrap on a narrower terminal.
    stream.writelines(f"{line.rstrip()}\n" for line in console.file.getvalue().splitlines())
    stream.flush()


def _styled(text: str, style: str) -> Text:
    from rich.text import Text

    return Text(text, style=style, overflow="fold")


def _print_heading(console: Console, extraction: Extraction) -> None:
    document, count = extraction.document, len(extraction.claims)
    known = [document.id] if document.title else []
    known += [document.publisher] if document.publisher else []
    known.append(_published(document))
    known.append("no claims" if not count else "1 claim" if count == 1 else f"{count} claims")
    console.print(_styled(visible(document.title or document.id), "bold"))
    console.print(_styled(" | ".join(visible(part) for part in known), "dim"))


def _published(document: Document) -> str:
    """Tell the day of publication, and how it is known where nobody gave it."""
    told = document.published_from
    if document.published is None:
        return f'no date ("{told.text}" can be read two ways)' if told and told.text else "no date"
    day = document.published.isoformat()
    return day if told is None or told.basis == "given" else f"{day} ({told.basis})"


def _print_claim(console: Console, claim: Claim, colour: bool) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    line = Text(overflow="fold")
    line.append(_headline(claim), "bold")
    line.append("  ")
    line.append(claim.status, _STATUS_STYLES.get(claim.status, "yellow"))
    console.print(Padding(line, (0, 0, 0, 2)))
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    for label, value in _slots(claim):
        grid.add_row(label, _styled(visible(value), ""))
    grid.add_row("sentence", _sentence(claim, colour))
    console.print(Padding(grid, (0, 0, 0, 4)))


def _headline(claim: Claim) -> str:
    bounds = _bounds(claim.quantity)
    harm = claim.harm.label if claim.harm else ""
    what = harm if harm and claim.unit == "people" else _with(claim.unit, [harm] if harm else [])
    scope = "" if claim.scope == "event" else f", {claim.scope}"
    return visible(f"{bounds} {what}{scope}")


def _bounds(figure: Quantity) -> str:
    low, high = figure.low, figure.high
    if low is None and high is None:
        return f'"{figure.text}"'
    if low == high:
        shown = f"{low:,}"
    elif high is None:
        shown = f"{low:,} or more"
    elif low is None:
        shown = f"{high:,} or fewer"
    else:
        shown = f"{low:,} to {high:,}"
    return f"about {shown}" if figure.qualifier == "approximately" else shown


def _slots(claim: Claim) -> list[tuple[str, str]]:
    slots = []
    victims, said = claim.victims, claim.attribution
    if victims and victims.text is not None:
        kinds = [kind for kind in (victims.category, *victims.groups) if kind != "unspecified"]
        slots.append(("victims", _with(f'"{victims.text}"', kinds)))
    if claim.cause or claim.intent:
        cause = f'{claim.cause.label} "{claim.cause.text}"' if claim.cause else ""
        slots.append(("cause", _with(cause, [claim.intent] if claim.intent else []).strip()))
    if claim.perpetrator:
        slots.append(("by", f'"{claim.perpetrator.text}"'))
    if claim.time:
        slots.append(("when", _when(claim.time)))
    if claim.places:
        named = [_with(place.name, [place.country] if place.country else []) for place in claim.places]
        slots.append(("where", ", ".join(named)))
    if said:
        name = said.source.name
        alias = f' "{said.source.text}"' if said.source.text != name else ""
        slots.append(("said by", f'{name}{alias} ({said.source.kind}), "{said.cue.text}", {said.form}'))
    return slots


def _with(text: str, notes: Sequence[str]) -> str:
    return f"{text} ({', '.join(notes)})" if notes else text


def _when(time: Time) -> str:
    shown = f'"{time.text}"'
    if time.earliest is None and time.latest is None:
        return shown
    first, last = (day.isoformat() if day else "open" for day in (time.earliest, time.latest))
    unsure = " (day or month first?)" if time.ambiguous else ""
    return f"{first if first == last else f'{first} to {last}'} {shown}{unsure}"


def _sentence(claim: Claim, colour: bool) -> Text:
    """Give the sentence with its figure marked."""
    from rich.text import Text

    evidence, figure = claim.evidence, claim.quantity
    start, end = figure.start - evidence.start, figure.end - evidence.start
    if not 0 <= start <= end <= len(evidence.text):
        return _styled(visible(evidence.text), "")
    marked = visible(evidence.text[start:end])
    text = Text(overflow="fold")
    text.append(visible(evidence.text[:start]))
    text.append(marked if colour else f"[{marked}]", "bold reverse")
    text.append(visible(evidence.text[end:]))
    return text
