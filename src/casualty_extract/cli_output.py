"""Where the command's output goes, and what happens when it cannot go there.

Data go to standard output or to a file that appears only when it is whole; everything that is said
to a person goes to standard error, one line each.
"""

from __future__ import annotations

import errno
import io
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Self, TextIO

import typer

from casualty_extract.tables import visible

__all__ = [
    "CLOSED",
    "FAILED",
    "INTERRUPTED",
    "NO_INPUT",
    "NO_OUTPUT",
    "OK",
    "USAGE",
    "Force",
    "Output",
    "OutputFile",
    "Quiet",
    "listen",
    "on_terminal",
    "tell",
    "to_output",
]

OK, FAILED, NO_INPUT = 0, 1, 3
"""The exit statuses for all well, for input that failed, and for none that could be read."""

USAGE = 2
"""The exit status for a command line that cannot be followed."""

NO_OUTPUT, INTERRUPTED, CLOSED = 4, 130, 141
"""The exit statuses for an output that cannot be written, Ctrl-C, and an output nobody reads on."""

Output = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE.")]
Force = Annotated[bool, typer.Option("--force", help="Let -o replace a file.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Nothing on standard error but errors.")]


def to_output(work: Callable[[TextIO, bool], bool], file: OutputFile | None = None) -> int | None:
    """Do what writes output.

    Args:
        work: takes the stream and whether it shows colours; gives whether a file is worth keeping.
        file: where to write; standard output where it is None.

    Returns:
        The exit status if the output or the user ended it, else None.
    """
    try:
        if file is None:
            target = _standard_output()
            work(target, _shows_colours(target))
            target.flush()
        else:
            with file:
                if work(file.stream, False):
                    file.keep()
    except BrokenPipeError:
        _abandon_standard_output()
        return CLOSED
    except OSError as error:
        # The readers and the engine keep their own errors, so what arrives here is the output's.
        _abandon_standard_output()
        tell(f"Error: {file.name if file else 'standard output'}: {error.strerror or error}")
        return NO_OUTPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    return None


class OutputFile:
    """A file that appears under its name only when it is whole."""

    stream: TextIO

    def __init__(self, name: str, force: bool) -> None:
        self.name = name
        # A link stays a link; what it points to is replaced.
        self.path = Path(os.path.realpath(name))
        self.part = self.path.with_name(f"{self.path.name}.part")
        self.force = force

    def __enter__(self) -> Self:
        if self.path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if self.path.exists() and not self.path.is_file():
            # Devices and named pipes are written to as they are.
            self.part = self.path
        else:
            self._refuse_existing()
        self.stream = open(self.part, "w", encoding="utf-8", errors="backslashreplace", newline="")
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self.stream.close()
        if self.part != self.path:
            self.part.unlink(missing_ok=True)

    def keep(self) -> None:
        """Give the file its name."""
        self.stream.flush()
        if self.part != self.path:
            os.fsync(self.stream.fileno())
            self.stream.close()
            self._refuse_existing()
            os.replace(self.part, self.path)

    def _refuse_existing(self) -> None:
        if not self.force and self.path.exists():
            raise FileExistsError(errno.EEXIST, "it exists; --force replaces it")


def _standard_output() -> TextIO:
    if sys.stdout is None:
        raise OSError(errno.EBADF, "it is closed")
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Data are UTF-8 with line feeds everywhere; a terminal gets what it can show.
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="replace")
        else:
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    return sys.stdout


def _abandon_standard_output() -> None:
    # Python flushes standard output once more when it ends, and would complain once more.
    with suppress(AttributeError, OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def on_terminal(stream: TextIO | None) -> bool:
    """Tell whether a person sits at the other end."""
    return stream is not None and stream.isatty()


def _shows_colours(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class _Teller(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        tell(f"Note: {record.getMessage()}")


_TELLER = _Teller()


def listen(quiet: bool, verbose: int) -> None:
    """Show what this library notes, and silence what others log."""
    log = logging.getLogger("casualty_extract")
    log.addHandler(_TELLER)
    log.setLevel(logging.CRITICAL if quiet else logging.INFO if verbose else logging.WARNING)
    logging.getLogger().addHandler(logging.NullHandler())


def tell(line: str) -> None:
    """Say one line to a person, on standard error."""
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            print(visible(line), file=sys.stderr, flush=True)
