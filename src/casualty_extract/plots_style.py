"""How plots look: colours, type, the frame around the drawing with its title and notes.

Every artist is given its colours, font and sizes, so that the styles and settings of matplotlib that a program has
chosen are neither asked nor changed, and pyplot is never imported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from casualty_extract.errors import MissingPackageError
from casualty_extract.wordings import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation

__all__ = [
    "BORDER",
    "FONT",
    "GRID",
    "INK",
    "LAND",
    "NUMBERED",
    "PAPER",
    "PLACES",
    "QUIET",
    "SEA",
    "SMALL",
    "STATUSES",
    "Look",
    "Margins",
    "Words",
    "frame",
    "lettered",
    "measured",
    "need_matplotlib",
    "note",
    "shortened",
    "width_of",
    "wrapped",
]  # fmt: skip

FONT = "DejaVu Sans"
"""matplotlib brings it, so that texts have the same widths everywhere."""
INK, QUIET, GRID, PAPER = "#1a1a1a", "#5f5f5f", "#e3e3e3", "#ffffff"
LAND, BORDER, SEA = "#f3f1ec", "#c9c5bb", "#ffffff"
HEAD, NUMBERED, BODY, SMALL = 13.0, 9.0, 9.0, 7.8
"""Sizes of type in points: title, numbers, text, notes."""
LEADING = 1.42
"""Height of a line over the size of its type."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a mark is drawn, so that its shape or hatching tells it where colours do not.

    Attributes:
        colour: of its area.
        marker: its shape as a point, in matplotlib's codes.
        hatch: of its area as a bar, in matplotlib's codes.
    """

    colour: str
    marker: str
    hatch: str = ""


STATUSES: Mapping[str, Look] = MappingProxyType(
    {
        "confirmed": Look("#0072B2", "s"),
        "assessed": Look("#009E73", "D", "////"),
        "asserted": Look("#56B4E9", "o"),
        "alleged": Look("#E69F00", "^", "...."),
        "unconfirmed": Look("#F0E442", "v", "\\\\\\\\"),
        "investigating": Look("#CC79A7", "p", "xxxx"),
        "possible": Look("#D55E00", "<", "||||"),
        "denied": Look("#000000", "X"),
        "hypothetical": Look("#999999", "P", "----"),
    }
)
"""How claims of each status are drawn, the surest first. The colours are those of Okabe and Ito ("Color Universal
Design", 2008), which people with any kind of colour vision tell apart, and a grey."""


PLACES: Mapping[str, Look] = MappingProxyType(
    {
        "town or site": Look("#D55E00", "o"),
        "region": Look("#0072B2", "D"),
        "country": Look("#999999", "s"),
    }
)
"""How places on a map are drawn, the finest first: their circles have the colour, and the mark at their middle."""


@dataclass(frozen=True, slots=True)
class Words:
    """The texts around a plot.

    Attributes:
        title: what is shown.
        notes: sentences below the title.
        caption: sentences below the plot.
    """

    title: str
    notes: str
    caption: str


@dataclass(frozen=True, slots=True)
class Margins:
    """The room around the drawing, in points.

    Attributes:
        left: for labels of rows or numbers.
        right: for what stands beside the last column.
        below: for the numbers of the axis and the legend, before the caption.
    """

    left: float
    right: float
    below: float


def need_matplotlib() -> Any:
    """Give the module `matplotlib`.

    Raises:
        MissingPackageError: it is not installed.
    """
    try:
        import matplotlib
    except ImportError as error:
        raise MissingPackageError("matplotlib", extra="plots", purpose="to draw plots") from error
    return matplotlib


@lru_cache(maxsize=8192)
def measured(text: str, size: float, bold: bool = False) -> float:
    """Give the width of a line in points.

    >>> measured("12", 9.0) < measured("1,200", 9.0)
    True

    Args:
        text: the line.
        size: of its type, in points.
        bold: whether it is bold.
    """
    from matplotlib.font_manager import FontProperties

    prop = FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")
    width, _, _ = _renderer().get_text_width_height_descent(text, prop, False)
    return float(width)


@lru_cache(maxsize=1)
def _renderer() -> Any:
    from matplotlib.backends import backend_agg

    made: Any = backend_agg.RendererAgg
    return made(8, 8, 72)


def wrapped(text: str, width: float, size: float, *, bold: bool = False, most: int = 99) -> list[str]:
    """Break a text into lines, the last of them cut where there would be more.

    >>> wrapped("one two three", 1.0, 9.0)
    ['one', 'two', 'three']

    Args:
        text: the text.
        width: of a line, in points; a word that is longer has a line to itself.
        size: of its type, in points.
        bold: whether it is bold.
        most: how many lines there are at most.
    """
    lines: list[str] = []
    rest = visible(text).split()
    while rest and len(lines) < most:
        count = 1
        while count < len(rest) and measured(" ".join(rest[: count + 1]), size, bold) <= width:
            count += 1
        lines.append(" ".join(rest[:count]))
        rest = rest[count:]
    if rest:
        lines[-1] = shortened(f"{lines[-1]} {' '.join(rest)}", width, size)
    return lines


def shortened(text: str, width: float, size: float) -> str:
    """Cut a line to a width, with an ellipsis for what is cut.

    >>> shortened("The Ministry of the Interior", 60.0, 9.0)
    'The Minist…'

    Args:
        text: the line.
        width: in points.
        size: of its type, in points.
    """
    text = visible(text)
    if measured(text, size) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measured(f"{text[:middle].rstrip()}…", size) <= width:
            low = middle
        else:
            high = middle - 1
    return f"{text[:low].rstrip()}…"


def lettered(size: float = BODY, colour: str = INK, **more: Any) -> dict[str, Any]:
    """Give the properties of a text: names of others can hold dollar signs, which are no formulas here."""
    return {"fontsize": size, "color": colour, "fontfamily": FONT, "parse_math": False, **more}


def note(axes: Axes, text: str, at: tuple[float, float], by: tuple[float, float], **more: Any) -> Annotation:
    """Write at a point of the axes (0 to 1, 0 to 1), moved by points, also outside of them."""
    return axes.annotate(
        text,
        xy=at,
        xycoords="axes fraction",
        xytext=by,
        textcoords="offset points",
        annotation_clip=False,
        **{**lettered(), **more},
    )


def width_of(axes: Axes | None, default: float) -> float:
    """Give the width of the drawing in points."""
    if axes is None:
        return default
    return float(axes.get_window_extent().width) * 72 / float(axes.figure.dpi)


def frame(axes: Axes | None, size: tuple[float, float], margins: Margins, words: Words) -> Axes:
    """Give the axes to draw into, with title, notes and caption; a figure of its own where none are given.

    Args:
        axes: the caller's, or None.
        size: width and height of the drawing in points, for a figure of its own.
        margins: the room around it.
        words: the texts.
    """
    edge = 16.0
    own = axes is None
    inner = width_of(axes, size[0])
    left = margins.left if own else 0.0
    width = inner + left + margins.right if own else inner
    title = wrapped(words.title, width, HEAD, bold=True)
    notes, caption = wrapped(words.notes, width, BODY), wrapped(words.caption, width, SMALL)
    above = 10 + (len(title) * HEAD + len(notes) * BODY) * LEADING
    below = margins.below + len(caption) * SMALL * LEADING
    if axes is None:
        axes = _figure((width + 2 * edge, size[1] + above + below + 2 * edge), edge, (margins, above, below))
    axes.set_facecolor(PAPER)
    axes.grid(visible=False, which="both")
    axes.minorticks_off()
    axes.set(xlabel="", ylabel="")
    sides = {"bottom": True, "left": True, "top": False, "right": False}
    labels = {"labelbottom": True, "labelleft": True, "labeltop": False, "labelright": False}
    axes.tick_params(axis="both", which="both", direction="out", labelrotation=0, **sides, **labels)
    for side in axes.spines.values():
        side.set(visible=False, linewidth=0.8)
    leading = {"linespacing": LEADING / 1.2, "annotation_clip": False, "ha": "left"}
    top = 10 + len(notes) * BODY * LEADING
    _lines(axes, notes, (0, 1), (-left, 10), {**lettered(BODY, QUIET), **leading, "va": "bottom"})
    _lines(axes, title, (0, 1), (-left, top), {**lettered(HEAD), "weight": "bold", **leading, "va": "bottom"})
    _lines(axes, caption, (0, 0), (-left, -margins.below), {**lettered(SMALL, QUIET), **leading, "va": "top"})
    return axes


def _figure(size: tuple[float, float], edge: float, around: tuple[Margins, float, float]) -> Axes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    margins, above, below = around
    width, height = size
    figure = Figure(figsize=(width / 72, height / 72), dpi=144, facecolor=PAPER, edgecolor=PAPER)
    FigureCanvasAgg(figure)
    left, bottom = edge + margins.left, edge + below
    box = (left, bottom, width - edge - margins.right - left, height - edge - above - bottom)
    return figure.add_axes((box[0] / width, box[1] / height, box[2] / width, box[3] / height))


def _lines(
    axes: Axes, lines: Sequence[str], at: tuple[float, float], by: tuple[float, float], style: dict[str, Any]
) -> None:
    if lines:
        axes.annotate(
            "\n".join(lines), xy=at, xycoords="axes fraction", xytext=by, textcoords="offset points", **style
        )
