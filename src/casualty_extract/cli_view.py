"""The command ``casualty-extract view``: articles or claims in, one HTML file out that shows each claim in its text."""

from __future__ import annotations

import io
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from casualty_extract.cli_claims import announce, read_claims, read_incidents, read_lines
from casualty_extract.cli_database import opened
from casualty_extract.cli_input import (
    DateKey,
    From,
    FromOption,
    IdKey,
    Published,
    PublisherKey,
    TextKey,
    TitleKey,
    UrlKey,
    check_date,
    columns_of,
)
from casualty_extract.cli_output import (
    FAILED,
    NO_INPUT,
    OK,
    Force,
    Output,
    OutputFile,
    Quiet,
    listen,
    tell,
    to_output,
)
from casualty_extract.cli_settings import (
    DateOrderOption,
    GazetteerOption,
    Vagueness,
    VaguenessOption,
    arguments,
    ordered,
)
from casualty_extract.errors import CasualtyExtractError, InputError

if TYPE_CHECKING:
    from casualty_extract.linking_records import LinkedIncident
    from casualty_extract.outcomes import Failure
    from casualty_extract.readers import Columns
    from casualty_extract.records import Extraction
    from casualty_extract.reports import Contents, Decided

__all__ = ["view"]

CLAIMS, ERRORS, RUN = "claims.jsonl", "errors.jsonl", "run.json"
"""What a folder holds that `batch` wrote."""

HEAD = 20_000_000
"""So many bytes of a file's first line are looked at to tell whether it holds claims or articles."""

_EXTRACTION = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"schema_version"\s*:')


# A command has a parameter for each of its options, however many these are.
def view(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT|-",
            show_default=False,
            help="Claims (.jsonl, or a folder of batch), or articles as for extract; none or - for standard input.",
        ),
    ] = None,
    db: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            show_default=False,
            help="Show what is in a database: claims.db, or postgresql://user@host/name.",
        ),
    ] = None,
    output: Output = None,
    force: Force = False,
    title: Annotated[
        str | None, typer.Option(metavar="TITLE", show_default=False, help="Title of the report.")
    ] = None,
    articles: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help="The articles that the claims are of, or a folder of them (may be repeated).",
        ),
    ] = None,
    linked: Annotated[
        str | None,
        typer.Option(
            metavar="INCIDENTS",
            show_default=False,
            help="Show these linked incidents as events, as `link` writes them.",
        ),
    ] = None,
    text: Annotated[
        bool, typer.Option("--text/--no-text", help="Put the texts of the articles into the report.")
    ] = True,
    from_: FromOption = From.AUTO,
    published: Published = None,
    date_order: DateOrderOption = None,
    vagueness: VaguenessOption = Vagueness.DEFAULT,
    gazetteer: GazetteerOption = None,
    text_key: TextKey = None,
    id_key: IdKey = None,
    date_key: DateKey = None,
    url_key: UrlKey = None,
    title_key: TitleKey = None,
    publisher_key: PublisherKey = None,
    quiet: Quiet = False,
) -> None:
    """Write a report for readers.

    Every claim in its text, with charts, a map and a table.
    """
    if db is not None and inputs:
        raise typer.BadParameter("a database is shown alone, without INPUT", param_hint="--db")
    if linked == "-" and db is None and "-" in (inputs or ["-"]):
        raise typer.BadParameter("standard input holds the claims", param_hint="--linked")
    check_date(published)
    options = arguments(date_order, vagueness, gazetteer or [])
    keys = columns_of(text_key, id_key, date_key, url_key, title_key, publisher_key)
    columns = ordered(keys, date_order)
    listen(quiet, 0)
    run = _Run(_How(from_, columns, published, options, text), quiet)
    to_file = None if output == "-" else output
    if db is None:
        announce(inputs or ["-"], quiet)

    def work(target: TextIO, _: bool) -> bool:
        from casualty_extract.reports import report_html

        contents = (
            run.stored(db, title) if db is not None else run.given(inputs or ["-"], articles or [], title)
        )
        if linked is not None:
            contents = run.with_events(contents, linked)
        if not run.counts["docs"] and not run.counts["empty"]:
            return False
        target.write(report_html(contents))
        return True

    status = to_output(work, OutputFile(to_file, force) if to_file is not None else None)
    raise typer.Exit(run.end() if status is None else status)


@dataclass(frozen=True)
class _How:
    """How articles are read and their claims sought."""

    format: From
    columns: Columns
    published: str | None
    options: Callable[[], dict[str, Any]]
    with_text: bool


@dataclass
class _Run:
    """One run of the command: what it counts, and how it ends."""

    how: _How
    quiet: bool
    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("docs", "failed", "claims", "empty"), 0)
    )
    failures: list[InputError | Failure] = field(default_factory=list)
    started: float = field(default_factory=time.perf_counter)

    def given(self, inputs: list[str], articles: list[str], title: str | None) -> Contents:
        """Read claims and articles, in their order, and the texts that belong to the claims."""
        found: list[Extraction] = []
        for is_claims, group in groupby(_unfolded(inputs), _holds_claims):
            names = list(group)
            found += self._claims(names) if is_claims else self._extracted(names)
        texts = self._texts(articles, found) if articles else {}
        without = [e for e in found if e.text is None and e.document.sha256 not in texts]
        if without and self.how.with_text and not self.quiet:
            tell(
                f"Note: {len(without)} without a text: the report shows their sentences with claims; --articles gives texts"
            )
        return self._contents(found, texts, title)

    def stored(self, url: str, title: str | None) -> Contents:
        """Read what a database holds."""
        with opened(url) as database:
            found = list(database.extractions(with_text=self.how.with_text))
            self.counts["docs"] = len(found)
            self.counts["empty"] = int(not found)
            self.failures += database.failures()
            return self._contents(found, {}, title, list(database.linked()), list(database.reviews()))

    def with_events(self, contents: Contents, file: str) -> Contents:
        """Put linked incidents in the place of those that are there."""
        from dataclasses import replace

        return replace(contents, linked=list(read_incidents(file, self.counts)))

    def end(self) -> int:
        """Tell what was done, and give the exit status."""
        counts = self.counts
        if not self.quiet:
            tell(
                f"done docs={counts['docs'] + counts['failed']} ok={counts['docs']} failed={counts['failed']}"
                f" claims={counts['claims']} seconds={time.perf_counter() - self.started:.1f}"
            )
        if not counts["failed"]:
            return OK if counts["docs"] or counts["empty"] else NO_INPUT
        return FAILED if counts["docs"] else NO_INPUT

    def _contents(
        self,
        found: list[Extraction],
        texts: dict[str, str],
        title: str | None,
        events: Iterable[LinkedIncident] = (),
        reviews: Iterable[Decided] = (),
    ) -> Contents:
        from casualty_extract.reports import Contents, Failed

        self.counts["claims"] = sum(len(extraction.claims) for extraction in found)
        failed = [Failed(_where(one), one.problem) for one in self.failures]
        return Contents(found, texts, events, failed, reviews, title, self.how.with_text)

    def _claims(self, files: list[str]) -> Iterator[Extraction]:
        failed: list[InputError] = []
        for file in files:
            yield from read_claims([file], self.counts, failed)
            beside = Path(file).with_name(ERRORS)
            if _is_of_batch(Path(file).parent) and Path(file).name == CLAIMS and beside.exists():
                self.failures += read_lines(str(beside), _failure, self.counts)
        self.failures += failed

    def _extracted(self, inputs: list[str]) -> Iterator[Extraction]:
        from casualty_extract import extract
        from casualty_extract.readers import read_all

        how = self.how
        for reading in read_all(
            inputs, format=how.format.value, published=how.published, columns=how.columns
        ):
            if isinstance(reading, InputError):
                self._fail(reading)
                continue
            try:
                found = extract(reading.article, **how.options())
            except Exception as error:
                # A report does not die of one article, whatever is wrong with it.
                told = (
                    str(error)
                    if isinstance(error, CasualtyExtractError)
                    else f"{type(error).__name__}: {error}"
                )
                self._fail(InputError(told, file=reading.file, row=reading.row))
                continue
            self.counts["docs"] += 1
            yield found.model_copy(update={"text": reading.article.text})

    def _texts(self, articles: list[str], wanted: list[Extraction]) -> dict[str, str]:
        from casualty_extract.reviews import texts

        found = {}
        for one in texts(articles, wanted):
            if isinstance(one, tuple):
                found[one[0]] = one[1]
            else:
                self.counts["failed"] += 1
                tell(f"Error: {one}")
        return found

    def _fail(self, error: InputError) -> None:
        self.counts["failed"] += 1
        self.failures.append(error)
        tell(f"Error: {error}")


def _failure(line: str, _: str) -> Iterator[Failure]:
    from pydantic import ValidationError

    from casualty_extract.outcomes import Failure

    if line.strip():
        try:
            yield Failure.model_validate_json(line)
        except ValidationError as error:
            raise InputError("it is no failure of a batch", file=ERRORS) from error


def _where(failure: InputError | Failure) -> str:
    return failure.file if failure.row is None else f"{failure.file}, row {failure.row}"


def _is_of_batch(folder: Path) -> bool:
    return (folder / RUN).is_file() and (folder / CLAIMS).is_file()


def _unfolded(inputs: list[str]) -> Iterator[str]:
    """Put the claims of a folder that `batch` wrote in its place."""
    for name in inputs:
        yield str(Path(name) / CLAIMS) if name != "-" and _is_of_batch(Path(name)) else name


def _holds_claims(name: str) -> bool:
    """Tell whether an input holds extractions, one a line, rather than articles: its first line tells."""
    try:
        line = _first_of_input() if name == "-" else _first_line(Path(name))
    except OSError:
        # Whoever reads it as articles says what is wrong with it.
        return False
    if _EXTRACTION.match(line):
        return True
    try:
        row = json.loads(line)
    except ValueError:
        return False
    return isinstance(row, dict) and {"document", "claims", "incidents"} <= row.keys()


def _first_line(path: Path) -> bytes:
    if not path.is_file():
        return b""
    with open(path, "rb") as stream:
        return stream.readline(HEAD)


def _first_of_input() -> bytes:
    """Look at how standard input begins, and leave it as it is."""
    stream = sys.stdin.buffer
    if isinstance(stream, io.BufferedReader):
        return stream.peek()
    at = stream.tell()
    head = stream.read(1000)
    stream.seek(at)
    return head
