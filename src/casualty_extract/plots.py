"""Plots of claims and incidents with matplotlib. Needs the extra `plots`.

Each function takes the records of this library and gives matplotlib's `Axes`; `write_plot` writes their figure. They
draw on the caller's axes or on a figure of their own, never touch pyplot, and leave all settings as they are. The
same records give the same bytes with the same version of matplotlib.
"""

from __future__ import annotations

from casualty_extract.plots_claims import By, claims
from casualty_extract.plots_files import PlotFormat, write_plot
from casualty_extract.plots_maps import incident_map
from casualty_extract.plots_style import STATUSES
from casualty_extract.plots_tolls import tolls

__all__ = ["STATUSES", "By", "PlotFormat", "claims", "incident_map", "tolls", "write_plot"]
