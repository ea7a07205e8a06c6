"""Claims for people to read: a block a claim on the terminal, and the reasons behind each claim.

Whatever comes from an article goes through `visible`, so that a terminal obeys none of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from casualty_extract.wordings import headline, slots, visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from casualty_extract.records import Article, Claim, Document, Extraction

__all__ = ["visible", "write_explanation", "write_table"]

_LEAST_WIDTH = 40
_STATUS_STYLES = {"confirmed": "green", "denied": "red", "hypothetical": "red", "asserted": ""}
_LONGEST_VALUE = 48


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

    plain = claim.model_dump(mode="json")
    line = Text(overflow="fold")
    line.append(visible(headline(plain)), "bold")
    line.append("  ")
    line.append(claim.status, _STATUS_STYLES.get(claim.status, "yellow"))
    console.print(Padding(line, (0, 0, 0, 2)))
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    for label, value in slots(plain):
        grid.add_row(label, _styled(visible(value), ""))
    grid.add_row("sentence", _sentence(claim, colour))
    console.print(Padding(grid, (0, 0, 0, 4)))


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
