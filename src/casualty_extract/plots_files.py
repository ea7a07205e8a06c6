"""Plots to files: SVG, PNG or PDF, the same bytes for the same plot."""

from __future__ import annotations

import io
import os
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, get_args

from casualty_extract.errors import ArgumentError, OutputError
from casualty_extract.plots_style import PAPER, need_matplotlib
from casualty_extract.whole_files import whole_file

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PlotFormat", "write_plot"]

PlotFormat = Literal["svg", "png", "pdf"]
DPI = 200
"""Dots an inch of a PNG: sharp on screens of double density."""
SALT = "casualty-extract"
METADATA: dict[PlotFormat, dict[str, Any]] = {
    # What matplotlib would write of its own: the moment, which changes with each run.
    "svg": {"Date": None},
    "png": {},
    "pdf": {"CreationDate": None},
}


def write_plot(
    axes: Axes,
    target: str | PathLike[str] | IO[bytes],
    *,
    to: PlotFormat | None = None,
    force: bool = False,
) -> None:
    """Write the figure of a plot.

    >>> import io
    >>> from casualty_extract import extract
    >>> from casualty_extract.plots import claims
    >>> stream = io.BytesIO()
    >>> write_plot(claims([extract("A bomb killed 12 people in Mosul, police said.")]), stream, to="svg")
    >>> stream.getvalue()[:5]
    b'<?xml'

    No moment is written, and ids in an SVG are made with a fixed salt, so that one version of matplotlib writes the
    same bytes whenever it is asked. Letters are drawn as shapes in an SVG, and look the same everywhere.

    Args:
        axes: what a function of `casualty_extract.plots` gave.
        target: the file, or a binary stream, which is left open.
        to: "svg", "png" or "pdf"; None goes by the ending of the file's name.
        force: whether a file that exists is replaced.

    Raises:
        ArgumentError: the format is none of the three, or cannot be told.
        OutputError: the file exists or cannot be written.
    """
    named = isinstance(target, str | PathLike)
    form = to or (Path(os.fspath(target)).suffix.removeprefix(".").lower() if named else "")  # type: ignore[arg-type]
    if form not in get_args(PlotFormat):
        name = "to" if to is not None or not named else "target"
        raise ArgumentError(name, to if name == "to" else os.fspath(target), "svg, png or pdf")  # type: ignore[arg-type]
    if not named:
        target.write(drawn(axes, form))  # type: ignore[union-attr, arg-type]
        return
    path = Path(os.path.realpath(target))  # type: ignore[arg-type]
    try:
        with whole_file(path, force) as stream:
            stream.write(drawn(axes, form))  # type: ignore[arg-type]
    except OSError as error:
        raise OutputError(error.strerror or str(error), target=os.fspath(target)) from error  # type: ignore[arg-type]


def drawn(axes: Axes, to: PlotFormat) -> bytes:
    """Give a plot as the bytes of a file; arguments as in `write_plot`."""
    matplotlib = need_matplotlib()
    stream = io.BytesIO()
    # There is no argument for these; they are as they were when the figure is written.
    own = {
        "svg.hashsalt": SALT,
        "svg.fonttype": "path",
        "pdf.fonttype": 42,
        "savefig.bbox": None,
        "path.simplify": True,
    }
    with matplotlib.rc_context(own):
        # A figure's own figure is itself, that of one within another the outermost.
        figure: Any = axes.figure.figure
        figure.savefig(stream, format=to, dpi=DPI, facecolor=PAPER, edgecolor="none", metadata=METADATA[to])
    return stream.getvalue()
