"""Where, when, by what and by whom: the setting of each harm, put together from the rooms of its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc

from casualty_extract.links_causes import Causes
from casualty_extract.links_causes_actors import Actors
from casualty_extract.links_events import Events
from casualty_extract.links_places import Places
from casualty_extract.links_surroundings import Asked, Carried, Surroundings
from casualty_extract.links_times import Times
from casualty_extract.mentions import Mention
from casualty_extract.reading import layout

__all__ = ["Carried", "Setting", "Settings"]


@dataclass(frozen=True, slots=True)
class Setting:
    """The setting of one harm; None and empty where the text names none."""

    time: Carried | None
    places: tuple[Carried, ...]
    cause: Carried | None
    perpetrator: Carried | None


class Settings:
    """The times, places, causes and actors of one article, asked for by the place of a harm.

    Args:
        doc: the tokens.
        times: the layer ``times``.
        places: the layer ``places``.
        causes: the layer ``causes``, which holds the actors too.
        harms: the layer ``harms``.
        figures: where the figures stand, and which of them count a harm.
    """

    def __init__(
        self,
        doc: Doc,
        times: tuple[Mention, ...],
        places: tuple[Mention, ...],
        causes: tuple[Mention, ...],
        harms: tuple[Mention, ...],
        figures: Mapping[int, bool],
    ) -> None:
        around = Surroundings(layout(doc).sentences(), places, harms)
        told = tuple(c for c in causes if c.label != "perpetrator")
        self._times = Times(around, doc, times, harms, told)
        events = Events(around, doc, times)
        self._places = Places(around, places, harms, told, events, figures)
        self._causes = Causes(around, causes, events, harms)
        self._actors = Actors(around, causes, events, harms)

    def of(self, asked: Asked) -> Setting:
        """Give the setting of a figure.

        Reports are of harm by whatever cause: theirs is not carried over. "Since 2014" dates no addition.
        """
        when = self._times.of(asked)
        cause = self._causes.cause(asked, when)
        actor = self._actors.of(asked, cause, when)
        if asked.unit == "reports":
            cause, actor = (c if c is not None and c.basis == "sentence" else None for c in (cause, actor))
        return Setting(when, self._places.of(asked, when), cause, actor)
