"""What a batch tells: a bar, with the time that is left told from how far the files are read; failures, counts."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from casualty_extract.cli_input import From
from casualty_extract.cli_output import on_terminal, tell
from casualty_extract.errors import InputError
from casualty_extract.tables import visible

if TYPE_CHECKING:
    from casualty_extract.archive import Summary
    from casualty_extract.outcomes import Failure, Outcome
    from casualty_extract.readers import Page, Reading

__all__ = ["Bar", "bar_of", "summary", "teller"]

_NOTHING = "Note: nothing to resume: no run of the same inputs, options and version is kept there; this one begins anew"


class Bar:
    """A bar with the documents done, their rate and the time that is left, on a terminal only."""

    def __init__(self, files: dict[str, int], limit: int | None) -> None:
        # rich takes long to import, and only people need it.
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        self._sizes = files
        self._limit = limit
        self._passed = 0
        self._file = ""
        self._in_file = 0
        self._started = time.monotonic()
        self._shown = 0.0
        self.bar = Progress(
            TextColumn("{task.fields[docs]} documents"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f}%"),
            TextColumn("{task.fields[rate]}/s"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failed]} failed"),
            console=Console(file=sys.stderr),
            transient=True,
            refresh_per_second=4,
        )
        total = limit if limit is not None else sum(files.values()) or None
        self._task = self.bar.add_task("", total=total, docs=0, rate="0", failed=0)

    def over(self, readings: Iterable[Reading | Page | InputError]) -> Iterator[Reading | Page | InputError]:
        """Follow the reading: how far it is in the files tells how much is left."""
        from casualty_extract.readers import Page

        for reading in readings:
            name = reading.file.partition("!")[0]
            if name != self._file:
                self._passed += self._sizes.get(self._file, 0)
                self._file, self._in_file = name, 0
            if isinstance(reading, Page):
                self._in_file += len(reading.html)
            elif not isinstance(reading, InputError):
                self._in_file += len(reading.article.text)
            yield reading

    def tell(self, counts: Summary, _: Outcome | None) -> None:
        """Show the counts, a few times a second."""
        now = time.monotonic()
        if now - self._shown < 0.2:
            return
        self._shown = now
        rate = (counts.docs - counts.skipped) / max(now - self._started, 0.1)
        done = counts.docs
        if self._limit is None:
            done = self._passed + min(self._in_file, self._sizes.get(self._file, 0))
        self.bar.update(
            self._task,
            completed=done,
            docs=f"{counts.docs:,}",
            rate=f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}",
            failed=counts.failed,
        )


def bar_of(wanted: bool | None, quiet: bool, inputs: list[str], form: From, limit: int | None) -> Bar | None:
    """Make a bar where one is wanted, or, where nothing is said, on a terminal.

    Args:
        wanted: whether it is wanted.
        quiet: whether nothing is to be shown unasked.
        inputs: what is read.
        form: the format of it.
        limit: how many documents are read at most.
    """
    if not (on_terminal(sys.stderr) and not quiet if wanted is None else wanted):
        return None
    from casualty_extract.readers_inputs import Source, sources

    sizes: dict[str, int] = {}
    if limit is None:
        # What is to be noted of the files is noted when they are read.
        log = logging.getLogger(sources.__module__)
        level = log.level
        log.setLevel(logging.CRITICAL)
        for source in sources(inputs, form.value):
            with suppress(OSError):
                if isinstance(source, Source):
                    sizes[source.file] = os.stat(source.path).st_size
        log.setLevel(level)
    return Bar(sizes, limit)


def teller(bar: Bar | None, *, resume: bool = False) -> Callable[[Summary, Outcome | None], None]:
    """Make what tells of each outcome while a run goes on.

    Args:
        bar: the bar, where there is one.
        resume: whether it is to be told that there was nothing to take up.
    """
    waiting = resume

    def say(line: str) -> None:
        if bar:
            bar.bar.console.print(visible(line), markup=False, highlight=False, soft_wrap=True)
        else:
            tell(line)

    def told(counts: Summary, outcome: Outcome | None) -> None:
        nonlocal waiting
        if waiting:
            # Documents are told in order, so of a run that is taken up the first is passed over.
            waiting = False
            if not counts.skipped:
                say(_NOTHING)
        if outcome is not None and outcome.failure is not None:
            say(f"Error: {_in_words(outcome.failure)}")
        if bar:
            bar.tell(counts, outcome)

    return told


def _in_words(failure: Failure) -> str:
    where = failure.file if failure.row is None else f"{failure.file}, row {failure.row}"
    stage = f"stage {failure.stage}: " if failure.stage else ""
    return f"{where}: {stage}{failure.problem}"


def summary(counts: Summary, seconds: float, errors: str | None) -> str:
    """Give the last line of a run.

    Args:
        counts: of its documents.
        seconds: how long it took.
        errors: the file of its failures.
    """
    line = (
        f"done docs={counts.docs} ok={counts.ok} failed={counts.failed} skipped={counts.skipped}"
        f" claims={counts.claims} seconds={seconds:.1f}"
    )
    return f"{line} errors={errors}" if errors and counts.failed + counts.failed_before else line
