"""The commands ``casualty-extract review``: claims out for review, reviews in, and claims as reviewed."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO, cast

import typer

from casualty_extract.cli_claims import read_claims
from casualty_extract.cli_output import (
    FAILED,
    INTERRUPTED,
    NO_INPUT,
    NO_OUTPUT,
    OK,
    Force,
    Output,
    OutputFile,
    Quiet,
    listen,
    tell,
    to_output,
)
from casualty_extract.errors import CasualtyExtractError, InputError, OutputError

if TYPE_CHECKING:
    from casualty_extract.records import Extraction
    from casualty_extract.reviews import Archive, ExportFormat, Review

__all__ = ["app"]


class To(StrEnum):
    """For which tool."""

    SHEET = "sheet"
    LABELSTUDIO = "labelstudio"
    WEBANNO = "webanno"
    BRAT = "brat"
    PRODIGY = "prodigy"
    DOCCANO = "doccano"


class From(StrEnum):
    """From which tool."""

    SHEET = "sheet"
    LABELSTUDIO = "labelstudio"
    WEBANNO = "webanno"
    BRAT = "brat"


Claims = Annotated[
    str, typer.Argument(metavar="CLAIMS|-", help="Extractions (.jsonl); - for standard input.")
]
Articles = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FILE",
        show_default=False,
        help="The articles that the claims are of, or a folder of them (may be repeated).",
    ),
]

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Have claims reviewed by people, and keep what they decide.",
)


@app.command("export")
def export_(
    claims: Claims,
    to: Annotated[To, typer.Option("--to", help="For which tool.", show_default=False)],
    articles: Articles = None,
    output: Output = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Write claims for review."""
    run = _Run(quiet)
    if to is To.BRAT:
        if output in (None, "-"):
            raise typer.BadParameter("brat needs a folder: -o DIR", param_hint="--to")
        run.end(_to_folder(run, run.archive(claims, articles or [], texts=True), str(output), force))

    def work(target: TextIO, _: bool) -> bool:
        from importlib.metadata import version

        from casualty_extract.reviews import export

        archive = run.archive(claims, articles or [], texts=to is not To.SHEET)
        for done in export(
            archive,
            cast("ExportFormat", to.value),
            target,
            version=f"casualty-extract {version('casualty-extract')}",
        ):
            run.count(done)
        return run.counts["ok"] > 0

    run.end(to_output(work, _file(output, force)))


@app.command("import")
def import_(
    reviewed: Annotated[
        str, typer.Argument(metavar="REVIEWED", help="What the tool wrote; for brat a folder.")
    ],
    from_: Annotated[From, typer.Option("--from", help="From which tool.", show_default=False)],
    claims: Annotated[
        str, typer.Option(metavar="CLAIMS", help="The claims that were exported.", show_default=False)
    ],
    articles: Articles = None,
    reviewer: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who reviewed, where the file does not tell.")
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="When (2017-09-01T12:00), where the file does not tell."),
    ] = None,
    output: Output = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Make reviews of what a tool wrote."""
    if at is not None:
        from casualty_extract.reviews import Judge

        try:
            Judge(from_.value, reviewer, at).check()
        except ValueError:
            raise typer.BadParameter(f"{at!r} is no time in ISO 8601", param_hint="--at") from None
    run = _Run(quiet)

    def work(target: TextIO, _: bool) -> bool:
        from casualty_extract.reviews import Review, read, write_reviews

        archive = run.archive(claims, articles or [], texts=False)
        found = read(reviewed, from_.value, archive, reviewer=reviewer, at=at) if archive.extractions else ()
        for one in found:
            if isinstance(one, Review):
                write_reviews([one], target)
            run.count(one)
            if isinstance(one, InputError) and one.row is None and one.file == reviewed:
                run.unread = True
        return bool(run.counts["docs"]) and not run.unread

    run.end(to_output(work, _file(output, force)))


@app.command("apply", short_help="Give the claims as reviewed.")
def apply_(
    claims: Claims,
    reviews: Annotated[list[str], typer.Argument(metavar="REVIEWS", help="Reviews (.jsonl).")],
    output: Output = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Give the claims as reviewed.

    Claims of a later run never override a review.
    """
    run = _Run(quiet)

    def work(target: TextIO, _: bool) -> bool:
        from casualty_extract.reviews import apply

        known = _Reviews(list(_reviews(reviews, run)))
        if run.unread:
            # Claims without all of their reviews would be taken for reviewed ones.
            return False
        for extraction in run.claims(claims):
            applied = apply(extraction, known.of(extraction))
            target.write(applied.extraction.to_json() + "\n")
            run.counts["ok"] += 1
            for told in applied.differences:
                run.note(f"document {told.document!r}, claim {told.claim}: {_TOLD[told.kind]}", told.fields)
            run.counts["failed"] += len(applied.unused)
        for review in known.left():
            run.counts["failed"] += 1
            tell(f"Error: review {review.review_id}: there are no claims of document {review.document.id!r}")
        return run.counts["ok"] > 0

    run.end(to_output(work, _file(output, force)))


@app.command("config")
def config_(output: Output = None, force: Force = False) -> None:
    """Print the labelling configuration for Label Studio."""

    def work(target: TextIO, _: bool) -> bool:
        from casualty_extract.reviews import config

        target.write(config())
        return True

    raise typer.Exit(to_output(work, _file(output, force)) or OK)


_TOLD = {
    "changed": "the run finds it with other values; it stands as reviewed",
    "gone": "the run does not find it; it stands as reviewed",
    "returned": "it was rejected; the run reads its figure in another way, which was not reviewed",
    "overruled": "a later review decided otherwise",
    "unknown": "its review does not carry the claim, and the run does not find it",
    "invalid": "its review makes no valid claim",
    "other_text": "its review is of another text of this document",
}


@dataclass
class _Run:
    """One run of a command: what it counts, and how it ends."""

    quiet: bool
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("docs", "ok", "failed"), 0))
    unread: bool = False
    started: float = field(default_factory=time.perf_counter)

    def __post_init__(self) -> None:
        listen(self.quiet, 0)

    def claims(self, file: str) -> Iterator[Extraction]:
        return read_claims([file], self.counts)

    def archive(self, claims: str, articles: list[str], *, texts: bool) -> Archive:
        """Read the claims, and the texts that they are of."""
        from casualty_extract.reviews import Archive
        from casualty_extract.reviews import texts as texts_of

        extractions = list(self.claims(claims))
        found = {}
        for one in texts_of(articles, extractions):
            if isinstance(one, tuple):
                found[one[0]] = one[1]
            else:
                self.count(one)
        if texts and not articles and any(e.text is None for e in extractions):
            self.note("no --articles: only pages carry their texts with their claims")
        return Archive(extractions, found)

    def count(self, done: object) -> None:
        if isinstance(done, CasualtyExtractError):
            self.counts["failed"] += 1
            tell(f"Error: {done}")
        else:
            self.counts["ok"] += 1

    def note(self, told: str, fields: Iterable[str] = ()) -> None:
        if not self.quiet:
            listed = " ".join(fields)
            tell(f"Note: {told}{f' ({listed})' if listed else ''}")

    def end(self, status: int | None) -> NoReturn:
        """End with the summary and the exit status."""
        counts = self.counts
        if not self.quiet:
            seconds = time.perf_counter() - self.started
            tell(
                f"done docs={counts['docs']} ok={counts['ok']} failed={counts['failed']} seconds={seconds:.1f}"
            )
        if status is None:
            unread = not counts["docs"] or (self.unread and not counts["ok"])
            status = OK if not counts["failed"] else NO_INPUT if unread else FAILED
        raise typer.Exit(status)


class _Reviews:
    """Reviews by the texts and ids of their documents; it knows which were asked for."""

    def __init__(self, reviews: list[Review]) -> None:
        self.reviews = reviews
        self.by_text: dict[str, list[Review]] = {}
        self.by_id: dict[str, list[Review]] = {}
        self.asked: set[str] = set()
        for review in reviews:
            self.by_text.setdefault(review.document.sha256, []).append(review)
            self.by_id.setdefault(review.document.id, []).append(review)

    def of(self, extraction: Extraction) -> list[Review]:
        document = extraction.document
        mine = self.by_text.get(document.sha256, [])
        others = [r for r in self.by_id.get(document.id, []) if r.document.sha256 != document.sha256]
        self.asked |= {r.review_id for r in (*mine, *others)}
        return [*mine, *others]

    def left(self) -> Iterator[Review]:
        return (review for review in self.reviews if review.review_id not in self.asked)


def _reviews(files: list[str], run: _Run) -> Iterator[Review]:
    from casualty_extract.reviews import Review, read_reviews

    for file in files:
        try:
            with open(file, encoding="utf-8-sig", newline="\n") as lines:
                for one in read_reviews(lines, file=file):
                    if isinstance(one, Review):
                        yield one
                    else:
                        run.count(one)
        except (OSError, UnicodeDecodeError) as error:
            run.counts["failed"] += 1
            run.unread = True
            tell(f"Error: {file}: {getattr(error, 'strerror', None) or error}")


def _to_folder(run: _Run, archive: Archive, output: str, force: bool) -> int | None:
    from casualty_extract.reviews import export_brat
    from casualty_extract.reviews_folders import Folder

    if not archive.extractions:
        return None
    try:
        for done in export_brat(archive, Folder(output, force=force)):
            run.count(done)
    except OutputError as error:
        tell(f"Error: {error}")
        return NO_OUTPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    return None


def _file(output: str | None, force: bool) -> OutputFile | None:
    return None if output is None or output == "-" else OutputFile(output, force)
