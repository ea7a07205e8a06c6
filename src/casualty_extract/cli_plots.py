"""The command ``casualty-extract plot``: extractions in, a plot out."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TextIO

import typer

from casualty_extract.cli_claims import announce, read_claims, read_incidents
from casualty_extract.cli_output import (
    FAILED,
    NO_INPUT,
    OK,
    USAGE,
    Force,
    OutputFile,
    Quiet,
    listen,
    on_terminal,
    tell,
    to_output,
)
from casualty_extract.cli_settings import Rule
from casualty_extract.errors import CasualtyExtractError, MissingPackageError, PlotError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from casualty_extract.linking_records import LinkedIncident
    from casualty_extract.records import Extraction, Incident

__all__ = ["app"]


class To(StrEnum):
    """What the output is."""

    SVG = "svg"
    PNG = "png"
    PDF = "pdf"


class By(StrEnum):
    """What a bar is."""

    SOURCE = "source"
    KIND = "kind"


Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="CLAIMS|-", show_default=False, help="Extractions (.jsonl); none or - for standard input."
    ),
]
Linked = Annotated[
    str | None,
    typer.Option(
        metavar="INCIDENTS", show_default=False, help="The linked incidents (.jsonl) of these claims."
    ),
]
RuleOption = Annotated[Rule, typer.Option("--best-rule", help="How the one number is taken.")]
Output = Annotated[
    str,
    typer.Option(
        "--output", "-o", metavar="FILE", show_default=False, help="Write to FILE; - is standard output."
    ),
]
Form = Annotated[
    To | None,
    typer.Option("--to", show_default=False, help="Format of the output  [default: by FILE's ending]."),
]
HarmOption = Annotated[
    str | None,
    typer.Option("--harm", metavar="HARM", show_default=False, help="Which harm  [default: killed]."),
]

app = typer.Typer(no_args_is_help=True, help="Draw claims and incidents.")


# A command has a parameter for each of its options, however many these are.
@app.command(short_help="Draw the figures of one event and their toll.")
def tolls(
    output: Output,
    files: Files = None,
    linked: Linked = None,
    incident: Annotated[
        str | None,
        typer.Option(
            metavar="ID", show_default=False, help="Which incident  [default: the one told of most]."
        ),
    ] = None,
    harm: HarmOption = None,
    best_rule: RuleOption = Rule.TOLL,
    everything: Annotated[
        bool, typer.Option("--all", help="Draw parts of other figures, and copies of articles, too.")
    ] = False,
    to: Form = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Draw the figures of one event and their toll.

    They stand over time where incidents are linked.
    """
    from casualty_extract import plots

    run = _Run(files, linked, quiet)

    def draw() -> Axes:
        found = list(run.claims())
        if linked is not None:
            chosen, number = _chosen(list(run.incidents()), incident)
        else:
            chosen, number = _chosen(
                [i for extraction in found for i in extraction.incidents], incident, found
            )
        if not quiet and incident is None and number > 1:
            tell(f"Note: incident {_id(chosen, found)} of {number}; --incident draws another")
        more: dict[str, Any] = {"harm": harm, "rule": best_rule.value, "everything": everything}
        if linked is None:
            return plots.tolls(
                chosen, [next(e for e in found if any(i is chosen for i in e.incidents))], **more
            )
        return plots.tolls(chosen, found, **more)

    run.draws(draw, output, to, force)


@app.command()
def claims(
    output: Output,
    files: Files = None,
    by: Annotated[By, typer.Option(help="A bar for each source, or for each kind of source.")] = By.SOURCE,
    most: Annotated[
        int, typer.Option(metavar="N", min=1, help="The most bars; the others are one more.")
    ] = 20,
    to: Form = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Draw how many claims each source makes, by status."""
    from casualty_extract import plots

    run = _Run(files, None, quiet)
    run.draws(lambda: plots.claims(run.claims(), by=by.value, most=most), output, to, force)


# "map" is Python's.
@app.command("map")
def map_(
    output: Output,
    files: Files = None,
    linked: Linked = None,
    harm: HarmOption = None,
    best_rule: RuleOption = Rule.TOLL,
    to: Form = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Draw incidents on a map."""
    from casualty_extract import plots

    run = _Run(files, linked, quiet)

    def draw() -> Axes:
        incidents = run.incidents() if linked is not None else None
        chosen: Any = harm or "killed"
        return plots.incident_map(run.claims(), incidents, harm=chosen, rule=best_rule.value)

    run.draws(draw, output, to, force)


class _Run:
    """One run of a command: what it reads, counts and writes."""

    def __init__(self, files: list[str] | None, linked: str | None, quiet: bool) -> None:
        self.started = time.perf_counter()
        self.files = files or ["-"]
        self.linked = linked
        self.quiet = quiet
        self.counts = dict.fromkeys(("docs", "failed"), 0)
        if linked == "-" and "-" in self.files:
            raise typer.BadParameter("standard input holds the claims", param_hint="--linked")

    def claims(self) -> Iterator[Extraction]:
        return read_claims(self.files, self.counts)

    def incidents(self) -> Iterator[LinkedIncident]:
        return read_incidents(self.linked or "-", self.counts)

    def draws(self, draw: Callable[[], Axes], output: str, to: To | None, force: bool) -> NoReturn:
        """Draw and write, and end the process with its status."""
        from casualty_extract.plots_files import drawn
        from casualty_extract.plots_style import need_matplotlib

        form = to or _form(output)
        to_file = None if output == "-" else output
        if to_file is None and on_terminal(sys.stdout):
            raise typer.BadParameter("a plot is no text; name a file", param_hint="-o")
        try:
            need_matplotlib()
        except MissingPackageError as error:
            tell(f"Error: {error}")
            raise typer.Exit(USAGE) from None
        listen(self.quiet, 0)
        announce(self.files, self.quiet)
        failure: list[CasualtyExtractError] = []

        def work(target: TextIO, _: bool) -> bool:
            try:
                target.buffer.write(drawn(draw(), form.value))
            except CasualtyExtractError as error:
                failure.append(error)
            return not failure

        status = to_output(work, OutputFile(to_file, force) if to_file is not None else None)
        for problem in failure:
            tell(f"Error: {problem}")
        docs, failed = self.counts["docs"], self.counts["failed"]
        if not self.quiet and status is None:
            seconds = time.perf_counter() - self.started
            tell(f"done docs={docs + failed} ok={docs} failed={failed} seconds={seconds:.1f}")
        if status is None:
            if failure:
                status = NO_INPUT if isinstance(failure[0], PlotError) else USAGE
            else:
                status = FAILED if failed else OK
        raise typer.Exit(status)


def _form(output: str) -> To:
    try:
        return To(PurePath(output).suffix.removeprefix(".").lower())
    except ValueError:
        raise typer.BadParameter(
            f"{output}: its ending is none of .svg, .png, .pdf; name one with --to", param_hint="-o"
        ) from None


def _chosen(incidents: list[Any], name: str | None, found: list[Extraction] | None = None) -> tuple[Any, int]:
    """Choose the incident of that id, else the one of most articles, claims or figures; and count all."""
    if name is not None:
        named = [i for i in incidents if _id(i, found) == name]
        if not named:
            raise PlotError(f"no incident {name} among {len(incidents)}")
        return named[0], len(incidents)
    if not incidents:
        raise PlotError("no incidents")
    return max(incidents, key=_told), len(incidents)


def _told(incident: Any) -> tuple[int, int]:
    if hasattr(incident, "members"):
        return len(incident.members), len(incident.history)
    return len(incident.claims), 0


def _id(incident: LinkedIncident | Incident | Any, found: list[Extraction] | None) -> str:
    """The id of an incident; an article's own is told from others by the article's."""
    if hasattr(incident, "members") or found is None:
        return str(incident.id)
    return next(f"{e.document.id}/{incident.id}" for e in found if any(i is incident for i in e.incidents))
