"""Draw the pictures of the pages beside it: `python docs/images/draw.py [FOLDER]`; the events are invented."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image

from casualty_extract import Article, extract
from casualty_extract.linking import link
from casualty_extract.plots import claims, incident_map, tolls, write_plot

REPORTS = [
    ("2017-09-01", "Police said a car bomb killed at least 12 people in Mosul on Friday."),
    ("2017-09-01", "Doctors said a car bomb killed 20 people in Mosul on Friday."),
    ("2017-09-02", "The Interior Ministry said a car bomb killed 18 people in Mosul on Friday."),
    ("2017-09-02", "A spokesman for the Nineveh health office said a car bomb killed between 18 and 25 people in Mosul on Friday."),
    ("2017-09-02", "Dozens of people were killed in the car bombing in Mosul on Friday, residents said."),
    ("2017-09-04", "The United Nations confirmed that a car bomb in Mosul killed 23 people on Friday."),
    ("2017-09-05", "The toll of Friday's bombing in Mosul rose to 27 dead, the Red Crescent said."),
    ("2017-09-06", "Up to 35 people may have died in the car bombing in Mosul on Friday, officials feared."),
    ("2017-09-07", "Hospital staff said 27 people were killed in the car bombing in Mosul on Friday."),
]  # fmt: skip
OTHERS = [
    ("2017-09-02", "Shelling killed at least 30 people in Aleppo on Thursday, activists claimed. The army denied that 30 people were killed."),
    ("2017-09-05", "An airstrike killed between 20 and 45 people in Raqqa on Monday, police said."),
    ("2017-09-04", "Clashes killed 15 people in Anbar province on Sunday, the Interior Ministry said."),
    ("2017-09-04", "Police said gunmen killed 5 people in Baghdad on Sunday."),
    ("2017-09-06", "Police confirmed that a roadside bomb killed 11 soldiers in Baghdad on Tuesday."),
    ("2017-09-07", "Dozens of people were killed in shelling in Homs on Wednesday, residents said."),
    ("2017-09-08", "Fighting killed 40 people in Iraq on Thursday, the United Nations estimated."),
]  # fmt: skip


def draw(folder: Path) -> None:
    """Draw all pictures into a folder."""
    reports = [*REPORTS, *OTHERS]
    found = [extract(Article(id=f"a{n}", text=text), published=day) for n, (day, text) in enumerate(reports)]
    incidents = list(link(found, copies="exact"))
    most = max(incidents, key=lambda incident: len(incident.members))
    article = extract(
        Article(
            id="quake",
            text=(
                "The earthquake in Arequipa on Sunday killed 87 people, officials said. Earlier, police had said that 63"
                " people were killed in the quake. More than 100 may have been killed in the quake, the mayor said."
            ),
        ),
        published="2023-05-09",
    )
    pictures = {
        "tolls.png": tolls(most, found),
        "tolls-article.png": tolls(article.incidents[0], [article]),
        "claims.png": claims(found, most=8),
        "map.png": incident_map(found, incidents),
    }
    for name, axes in pictures.items():
        stream = io.BytesIO()
        write_plot(axes, stream, to="png")
        # Few colours make a small file.
        Image.open(stream).convert("RGB").quantize(256).save(folder / name, optimize=True)


if __name__ == "__main__":
    draw(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
