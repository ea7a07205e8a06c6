"""The command ``casualty-extract``: articles in, claims out.

Standard output holds data only; what a person should know goes to standard error, one line each, and
the last of them is ``done docs=3 ok=2 failed=1 claims=17 seconds=0.4``.

Exit status: 0 all went well; 1 it went to the end, but some articles or rows failed; 2 the command
line is wrong; 3 no input could be read; 4 the output cannot be written; 130 interrupted; 141 the
reader of the output went away.
"""

from __future__ import annotations

import logging
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TextIO, TypeVar

import typer
import typer.core

from casualty_extract import (
    cli_archive,
    cli_database,
    cli_exports,
    cli_gazetteer,
    cli_linking,
    cli_plots,
    cli_reviews,
    cli_totals,
    cli_view,
)
from casualty_extract.cli_formats import Bom, Described, To, chosen, describe, present, write
from casualty_extract.cli_input import (
    DateKey,
    Files,
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
    on_terminal,
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
from casualty_extract.tables import write_explanation

# What is slow to import (pydantic, rich, spaCy) is imported where it is first needed, so that
# --help, --version and a mistyped option answer at once.
if TYPE_CHECKING:
    from casualty_extract.readers import Columns, Reading
    from casualty_extract.records import Article, Claim, Extraction

    Explained = tuple[Article, list[dict[str, Any]]]

__all__ = ["app", "main"]

T = TypeVar("T")
Work = Callable[["Reading"], tuple[T, int]]
"""What is done with an article: it gives the result, and how many claims are in it."""


Verbose = Annotated[
    int,
    typer.Option(
        "--verbose",
        "-v",
        count=True,
        metavar="",
        show_default=False,
        help="A line for each article; -vv: tracebacks.",
    ),
]

ORDER = (
    *("extract", "view", "explain", "batch", "link", "plot", "export", "review"),
    *("db", "load", "gazetteer", "schema", "score-totals"),
)
"""The order of the commands in the help: that in which a person comes to need them."""


class _InOrder(typer.core.TyperGroup):
    def list_commands(self, ctx: Any) -> list[str]:
        return sorted(super().list_commands(ctx), key=ORDER.index)


app = typer.Typer(
    cls=_InOrder,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
cli_database.add_to(app)
app.add_typer(cli_gazetteer.app, name="gazetteer")
app.command(short_help="Read a whole archive, every document accounted for.")(cli_archive.batch)
app.add_typer(cli_reviews.app, name="review")
app.command(short_help="Bring together what many articles tell of one event.")(cli_linking.link)
app.command()(cli_exports.export)
app.add_typer(cli_plots.app, name="plot")
app.command(short_help="Write a report for readers: claims in their texts.")(cli_view.view)
app.command(short_help="Compare numbers found with those that you know.")(cli_totals.score_totals)


def main() -> None:
    """Run the command line, and end the process with its status."""
    app(prog_name="casualty-extract")


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"casualty-extract {version('casualty-extract')}")
        raise typer.Exit()


@app.callback()
def casualty_extract(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Show the version.")
    ] = False,
) -> None:
    """Find the claims of casualties in news: who says how many people were harmed, how, where and when."""


# A command has a parameter for each of its options, however many these are.
@app.command()
def extract(
    files: Files = None,
    from_: FromOption = From.AUTO,
    to: Annotated[
        To | None,
        typer.Option(
            show_default=False,
            help="Format of the output  [default: by the ending of -o; table on a terminal, else jsonl].",
        ),
    ] = None,
    output: Output = None,
    force: Force = False,
    bom: Bom = False,
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
    verbose: Verbose = 0,
) -> None:
    """Extract the claims of articles."""
    options = arguments(date_order, vagueness, gazetteer or [])
    keys = columns_of(text_key, id_key, date_key, url_key, title_key, publisher_key)
    columns = ordered(keys, date_order)
    run = _Run(files or ["-"], from_, columns, published, quiet, verbose)
    to_file = None if output == "-" else output
    form = chosen(to, to_file, bom)

    def work(target: TextIO, colour: bool) -> None:
        write(run.over(_extract(options, run.counts)), form, target, colour=colour, bom=bom)

    run.finish(work, to_file, force)


@app.command()
def explain(
    files: Files = None,
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
    claim: Annotated[
        str | None,
        typer.Option(metavar="CLAIM", help="Only the claims of this figure, as written, or of this id."),
    ] = None,
    quiet: Quiet = False,
    verbose: Verbose = 0,
) -> None:
    """Show for each claim the passages and the rules behind it."""
    options = arguments(date_order, vagueness, gazetteer or [])
    keys = columns_of(text_key, id_key, date_key, url_key, title_key, publisher_key)
    columns = ordered(keys, date_order)
    run = _Run(files or ["-"], from_, columns, published, quiet, verbose)

    def work(target: TextIO, colour: bool) -> None:
        shown = (one for one in present(run.over(_explain(options, claim))) if one[1] or claim is None)
        for number, (article, explained) in enumerate(shown):
            target.write("\n" if number else "")
            write_explanation(article, explained, target, colour=colour)
        if claim is not None and run.counts["ok"] and not run.counts["claims"]:
            tell(f"Note: no claim has the figure or the id {claim!r}")

    run.finish(work)


@app.command(short_help="Print the JSON Schema of the output.")
def schema(
    what: Annotated[
        Described, typer.Argument(metavar="WHAT", help="json, or datasette for its metadata.")
    ] = Described.JSON,
    database: Annotated[
        str, typer.Option(metavar="NAME", help="For datasette: the database's file without its ending.")
    ] = "claims",
) -> None:
    """Print the JSON Schema of the output.

    Or what Datasette is to know of its tables.
    """
    raise typer.Exit(describe(what, database))


@dataclass
class _Run:
    """One run over the input: its options, its counts, and how it ends."""

    files: list[str]
    format: From
    columns: Columns
    published: str | None
    quiet: bool
    verbose: int
    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("ok", "failed", "unread", "claims", "undated"), 0)
    )
    started: float = field(default_factory=time.perf_counter)

    def over(self, work: Work[T]) -> Iterator[T | None]:
        """Do the work on each article; yield None in the place of each that fails."""
        for reading in self._readings():
            if isinstance(reading, InputError):
                self.counts["unread"] += reading.row is None
                self._fail(reading)
                yield None
                continue
            where = reading.file if reading.row is None else f"{reading.file}, row {reading.row}"
            try:
                done, claims = work(reading)
            except Exception as error:
                # A batch does not die of one article, whatever is wrong with it.
                told = (
                    error if isinstance(error, CasualtyExtractError) else f"{type(error).__name__}: {error}"
                )
                self._fail(f"{where}: {told}", error)
                yield None
                continue
            self.counts["ok"] += 1
            self.counts["claims"] += claims
            logging.getLogger(__name__).info("%s: %d claims", where, claims)
            yield done

    def finish(
        self, work: Callable[[TextIO, bool], None], output: str | None = None, force: bool = False
    ) -> NoReturn:
        """Do the work on the output; end with the summary and the exit status."""
        check_date(self.published)
        listen(self.quiet, self.verbose)
        if self.files == ["-"] and on_terminal(sys.stdin) and not self.quiet:
            tell("Reading from the terminal; end with Ctrl-D.")

        def work_on(target: TextIO, colour: bool) -> bool:
            work(target, colour)
            return self.counts["ok"] > 0

        status = to_output(work_on, OutputFile(output, force) if output is not None else None)
        if not self.quiet:
            if self.counts["undated"]:
                # A table shows empty cells, and not why they are empty.
                few = f"{self.counts['undated']} of {self.counts['ok']} articles"
                tell(
                    f'Note: {few} tell no day of publication, so days such as "on Friday" stay without a date'
                )
            tell(self._summary())
        raise typer.Exit(self._status() if status is None else status)

    def _readings(self) -> Iterator[Reading | InputError]:
        from casualty_extract.readers import read_all

        return read_all(self.files, format=self.format.value, published=self.published, columns=self.columns)

    def _fail(self, told: object, error: Exception | None = None) -> None:
        self.counts["failed"] += 1
        if error is not None and self.verbose > 1:
            for line in "".join(traceback.format_exception(error)).splitlines():
                tell(f"  {line}")
        tell(f"Error: {told}")

    def _status(self) -> int:
        counts = self.counts
        if not counts["failed"]:
            return OK
        return NO_INPUT if not counts["ok"] and counts["unread"] == counts["failed"] else FAILED

    def _summary(self) -> str:
        counts = self.counts
        seconds = time.perf_counter() - self.started
        return (
            f"done docs={counts['ok'] + counts['failed']} ok={counts['ok']} failed={counts['failed']}"
            f" claims={counts['claims']} seconds={seconds:.1f}"
        )


def _extract(options: Callable[[], dict[str, Any]], counts: dict[str, int]) -> Work[Extraction]:
    def work(reading: Reading) -> tuple[Extraction, int]:
        from casualty_extract import extract

        found = extract(reading.article, **options())
        if reading.carries_text:
            found = found.model_copy(update={"text": reading.article.text})
        undated = any(claim.time is not None and claim.time.earliest is None for claim in found.claims)
        counts["undated"] += undated and "published_unknown" in found.flags
        return found, len(found.claims)

    return work


def _explain(options: Callable[[], dict[str, Any]], wanted: str | None) -> Work[Explained]:
    def work(reading: Reading) -> tuple[Explained, int]:
        from casualty_extract.pipeline import explain

        explained = explain(reading.article, **options())
        if wanted is not None:
            explained = [one for one in explained if _is_wanted(one["claim"], wanted)]
        return (reading.article, explained), len(explained)

    return work


def _is_wanted(claim: Claim, wanted: str) -> bool:
    return claim.id == wanted or claim.quantity.text.casefold() == wanted.casefold()
