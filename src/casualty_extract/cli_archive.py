"""The command ``casualty-extract batch``: a whole archive in, a folder or a database out."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import asdict
from enum import StrEnum
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

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
    INTERRUPTED,
    NO_INPUT,
    NO_OUTPUT,
    OK,
    USAGE,
    Quiet,
    listen,
    tell,
)
from casualty_extract.cli_progress import bar_of, summary, teller
from casualty_extract.cli_settings import (
    DateOrderOption,
    GazetteerOption,
    Vagueness,
    VaguenessOption,
    check_gazetteer,
    ordered,
)
from casualty_extract.errors import ArgumentError, InputError, MissingPackageError, OutputError, WorkerError

if TYPE_CHECKING:
    from casualty_extract.archive import Bounds, Settings, Summary
    from casualty_extract.outcomes import Run, Sink
    from casualty_extract.readers import Page, Reading

__all__ = ["batch"]

TERMINATED = 143
"""The exit status after SIGTERM, by the custom of shells: 128 and the signal's number."""

_MEGABYTE = 1 << 20


class Engine(StrEnum):
    """What runs the workers."""

    LOCAL = "local"
    RAY = "ray"


_GRACE = 10
"""After how many seconds a run that was to end in order is ended all the same: one that waits for its input
cannot look whether it is to end."""

_STOPPED = "Note: stopped before the end; the same command with --resume goes on"


class _Ending:
    """Let SIGINT and SIGTERM end a run in order; a second SIGINT ends it at once."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.signal: int | None = None
        self._before: dict[int, Any] = {}

    def __enter__(self) -> _Ending:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._note)
        if hasattr(signal, "SIGALRM"):
            self._before[signal.SIGALRM] = signal.signal(signal.SIGALRM, self._give_up)
        return self

    def __exit__(self, *_: object) -> None:
        if hasattr(signal, "alarm"):
            signal.alarm(0)
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _note(self, number: int, _: FrameType | None) -> None:
        if self.stop.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        if not self.stop.is_set() and hasattr(signal, "alarm"):
            signal.alarm(_GRACE)
        self.signal = number
        self.stop.set()

    def _give_up(self, _: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    @property
    def status(self) -> int:
        return TERMINATED if self.signal == signal.SIGTERM else INTERRUPTED


# A command has a parameter for each of its options, however many these are.
def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...", show_default=False, help="Files, folders and patterns; - for standard input."
        ),
    ],
    db: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Keep the results in a database: claims.db, postgresql://host/name."
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="Keep them in a folder, as claims.jsonl and errors.jsonl."),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", min=1, show_default=False, help="Worker processes  [default: one a core]."
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a run that was stopped: skip what is done.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Let --out replace the run in the folder.")] = False,
    errors: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write the failures to a file too (JSON Lines).")
    ] = None,
    max_errors: Annotated[
        str | None, typer.Option(metavar="N|P%", help="End early after more failures than that.")
    ] = None,
    timeout: Annotated[
        float, typer.Option(metavar="SECONDS", help="The most time for a document (longer ones have more).")
    ] = 30.0,
    max_memory: Annotated[
        int, typer.Option(metavar="MB", min=500, help="The most memory for a worker (on Linux).")
    ] = 4096,
    limit: Annotated[int | None, typer.Option(metavar="N", min=0, help="Only the first N documents.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read everything, extract and write nothing.")
    ] = False,
    text: Annotated[
        bool,
        typer.Option("--text/--no-text", help="Keep the articles' texts in the database, or only quotes."),
    ] = True,
    progress: Annotated[
        bool | None,
        typer.Option("--progress/--no-progress", show_default=False, help="A bar  [default: on a terminal]."),
    ] = None,
    from_: FromOption = From.AUTO,
    published: Published = None,
    text_key: TextKey = None,
    id_key: IdKey = None,
    date_key: DateKey = None,
    url_key: UrlKey = None,
    title_key: TitleKey = None,
    publisher_key: PublisherKey = None,
    date_order: DateOrderOption = None,
    vagueness: VaguenessOption = Vagueness.DEFAULT,
    gazetteer: GazetteerOption = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="An installed spaCy pipeline whose parser reads the sentences."),
    ] = None,
    engine: Annotated[
        Engine, typer.Option(help="What runs the workers: this machine, or a Ray cluster.")
    ] = Engine.LOCAL,
    quiet: Quiet = False,
) -> None:
    """Extract from a whole archive.

    The results go into a folder or a database; every document is accounted for.
    """
    from casualty_extract import archive
    from casualty_extract.archive_folders import OWN, DeadLetters
    from casualty_extract.readers import read_raw

    started = time.perf_counter()
    listen(quiet, 0)
    if not dry_run and (db is None) == (out is None):
        raise typer.BadParameter("give one of the two", param_hint="--db, --out")
    if out == "":
        # Most likely a variable that is not set; to write into the folder that one is in takes a dot.
        raise typer.BadParameter("it names no folder", param_hint="--out")
    check_date(published)
    check_gazetteer(gazetteer or [])
    options = {"vagueness": vagueness.value, "gazetteer": gazetteer, "model": model}
    settings = archive.Settings(
        options={name: value for name, value in options.items() if value not in (None, "default")},
        date_order=date_order.value if date_order else None,
        memory=max_memory * _MEGABYTE,
    )
    keys = columns_of(text_key, id_key, date_key, url_key, title_key, publisher_key)
    columns = ordered(keys, date_order)
    named = {name: key for name, key in asdict(keys).items() if key is not None}
    if engine is Engine.RAY:
        unknown = {"--db": db, "--force": force, "--errors": errors, "--max-errors": max_errors}
        unknown |= {"--timeout": timeout != 30, "--max-memory": max_memory != 4096, "--no-text": not text}
        unknown |= {"--limit": limit is not None, "--dry-run": dry_run, "--published": published}
        unknown |= {"--from": from_ is not From.AUTO}
        if refused := [name for name, given in unknown.items() if given]:
            raise typer.BadParameter("Ray does not know it", param_hint=", ".join(refused))
        _spread(inputs, out, named, settings, jobs=jobs, resume=resume, quiet=quiet)
    with _Ending() as ending:
        bounds = _bounds(jobs, timeout, limit, max_errors, ending.stop)
        bar = bar_of(progress, quiet, inputs, from_, limit)
        reading: dict[str, Any] = {"format": from_.value, "published": published}
        readings = read_raw(inputs, **reading, columns=columns, leave_out=_own(db, out, errors, OWN))
        if bar:
            readings = bar.over(readings)
        shown: AbstractContextManager[Any] = bar.bar if bar else nullcontext()
        try:
            if dry_run:
                with shown:
                    counts = _count(readings, bounds)
            else:
                described = archive.describe(settings, inputs, **reading, columns=named)
                sink = _sink(db, out, described, resume=resume, force=force, text=text)
                if errors:
                    sink = DeadLetters(sink, errors)
                told_by = teller(bar, resume=resume and not quiet)
                with shown:
                    counts = archive.run(
                        readings, sink, settings=settings, bounds=bounds, resume=resume, tell=told_by
                    )
        except (OutputError, WorkerError) as error:
            tell(f"Error: {error}")
            raise typer.Exit(NO_OUTPUT) from None
        except MissingPackageError as error:
            tell(f"Error: {error}")
            raise typer.Exit(USAGE) from None
        except KeyboardInterrupt:
            if not quiet and not dry_run:
                tell(_STOPPED)
            raise typer.Exit(ending.status) from None
    if not quiet:
        if counts.ended == "stopped" and not dry_run:
            tell(_STOPPED)
        told = None if dry_run else errors or (str(Path(out, "errors.jsonl")) if out else None)
        tell(summary(counts, time.perf_counter() - started, told))
    if counts.ended == "max_errors":
        tell(f"Error: ended early: more failures than --max-errors {max_errors} allows")
    raise typer.Exit(ending.status if ending.signal is not None else _status(counts))


def _spread(
    inputs: list[str],
    out: str | None,
    columns: dict[str, str],
    settings: Settings,
    *,
    jobs: int | None,
    resume: bool,
    quiet: bool,
) -> NoReturn:
    """Run it on a cluster, and end."""
    from casualty_extract import engines_ray

    if out is None:
        raise typer.BadParameter("Ray keeps its results in a folder: --out", param_hint="--engine")
    options = settings.options | ({"date_order": settings.date_order} if settings.date_order else {})
    started = time.perf_counter()
    try:
        found = engines_ray.run(inputs, out, columns=columns, options=options, jobs=jobs, resume=resume)
    except InputError as error:
        tell(f"Error: {error}")
        raise typer.Exit(NO_INPUT) from None
    except (ArgumentError, MissingPackageError) as error:
        tell(f"Error: {error}")
        raise typer.Exit(USAGE) from None
    except OutputError as error:
        tell(f"Error: {error}")
        raise typer.Exit(NO_OUTPUT) from None
    if not quiet:
        seconds = time.perf_counter() - started
        tell(
            f"done docs={found.docs} ok={found.ok} failed={found.failed} claims={found.claims} seconds={seconds:.1f}"
        )
    raise typer.Exit(FAILED if found.failed else OK)


def _bounds(
    jobs: int | None, timeout: float, limit: int | None, max_errors: str | None, stop: threading.Event
) -> Bounds:
    from casualty_extract.archive import Bounds

    try:
        most = None if max_errors is None else _read_most(max_errors)
        return Bounds(jobs=jobs or _cores(), timeout=timeout, limit=limit, max_errors=most, stop=stop)
    except ArgumentError as error:
        option = f"--{error.name.replace('_', '-')}"
        raise typer.BadParameter(f"expected {error.expected}", param_hint=option) from None


def _read_most(value: str) -> int | float:
    try:
        return float(value[:-1]) / 100 if value.endswith("%") else int(value)
    except ValueError:
        raise ArgumentError("max_errors", value, "a number such as 100, or a share such as 5%") from None


def _cores() -> int:
    # Only those that this process may use: a container often has fewer than the machine.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _sink(db: str | None, out: str | None, run: Run, *, resume: bool, force: bool, text: bool) -> Sink:
    if out is not None:
        from casualty_extract.archive_folders import FolderSink

        return FolderSink(out, run, resume=resume, replace=force)
    from casualty_extract.database import Database

    assert db is not None
    try:
        return Database.open(db, create=True).sink(run, keep_text=text)
    except ArgumentError as error:
        raise typer.BadParameter(str(error), param_hint="--db") from None


def _own(db: str | None, out: str | None, errors: str | None, names: Iterable[str]) -> list[Path]:
    """Name what the run writes: where that lies among the articles, it is none of them."""
    found = [Path(out, name) for name in names] if out is not None else []
    if errors is not None:
        found += [Path(errors), Path(f"{errors}.part")]
    if db is not None:
        from casualty_extract.database_connections import locate

        with suppress(ArgumentError):
            kind, file = locate(db)
            if kind == "sqlite":
                found += [Path(f"{file}{more}") for more in ("", "-wal", "-shm", "-journal")]
    return found


def _count(readings: Iterable[Reading | Page | InputError], bounds: Bounds) -> Summary:
    from casualty_extract.archive import Summary

    counts = Summary()
    for reading in islice(readings, bounds.limit):
        if bounds.stop.is_set():
            counts.ended = "stopped"
            break
        counts.docs += 1
        if isinstance(reading, InputError):
            counts.failed += 1
            counts.unread += reading.row is None
            tell(f"Error: {reading}")
        else:
            counts.ok += 1
    return counts


def _status(counts: Summary) -> int:
    if not counts.failed + counts.failed_before:
        return OK
    return NO_INPUT if not counts.ok + counts.skipped and counts.unread == counts.failed else FAILED
