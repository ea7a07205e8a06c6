"""What each stage does to a Doc. A stage that fails leaves its error there, and the later ones pass it by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from spacy.tokens import Doc, Span

from casualty_extract import (
    attributions,
    causes,
    claims,
    facts,
    harms,
    incidents,
    links,
    mentions,
    parsing,
    parsing_trees,
    places,
    publication,
    quantities,
    reading,
    statuses,
    times,
    victims,
    windows,
)
from casualty_extract.facts import DateOrder, Vagueness
from casualty_extract.mentions import Mention

__all__ = ["FAILURE", "Stage", "Trees"]

FAILURE = "casualty.failure"
"""The key of `Doc.user_data` under which a failed stage leaves its name and error."""

Find = Callable[[Doc], Iterable[Mention]]
DETECTORS: dict[str, Find] = {
    "quantities": quantities.find,
    "harms": harms.find,
    "victims": victims.find,
    "causes": causes.find,
    "times": times.find,
    "places": places.find,
    "attributions": attributions.find,
    "statuses": statuses.find,
}


class Stage:
    """One component: it leaves its failure on the Doc. A class, so that it can be pickled for workers."""

    def __init__(
        self,
        stage: str,
        date_order: DateOrder | None = None,
        screen: bool = False,
        vagueness: Vagueness = "default",
        gazetteer: Sequence[str] = (),
    ) -> None:
        self.stage = stage
        self.date_order = date_order
        self.screen = screen
        self.vagueness = vagueness
        self.gazetteer = tuple(gazetteer)

    def __call__(self, doc: Doc) -> Doc:
        """Work on one Doc."""
        if FAILURE not in doc.user_data:
            try:
                self._work(doc)
            except Exception as error:
                _fail(doc, self.stage, error)
        return doc

    def _work(self, doc: Doc) -> None:
        if self.stage == "sentences":
            parsing.mark_sentences(doc)
            facts.default_date_order(doc, self.date_order)
            publication.settle(doc)
            if self.screen:
                windows.open_around_harms(doc, DETECTORS["harms"](doc))
        elif self.stage == "incidents":
            incidents.write(doc)
            reading.forget()
        elif self.stage == "claims":
            claims.write(doc, [] if parsing.windows(doc) == [] else links.link(doc))
        elif self.stage != "harms" and parsing.windows(doc) == []:
            mentions.write(doc, self.stage, ())
        elif self.stage == "harms" and parsing.windows(doc) is not None:
            # The windows were opened around the harms, which were written then.
            windows.close_unlinked(doc)
        else:
            facts.set_vagueness(doc, self.vagueness)
            facts.set_gazetteer(doc, self.gazetteer)
            mentions.write(doc, self.stage, DETECTORS[self.stage](doc))


def _fail(doc: Doc, stage: str, error: Exception) -> None:
    doc.user_data[FAILURE] = {"stage": stage, "error": f"{type(error).__name__}: {error}"}


class Trees:
    """The component that parses; see `parsing_trees`. A user's own parser that ran before is left alone.

    Args:
        model: the pipeline that parses; the shipped one where it is None. It is loaded at once, so that a
            wrong name is told when the pipeline is made and not at the first article.
        names: whether names are found too; no claim depends on them.
    """

    def __init__(self, model: str | None, names: bool = False) -> None:
        self.model = model
        self.names = names
        parsing_trees.load_model(model)

    def __call__(self, doc: Doc) -> Doc:
        """Parse the windows of one article."""
        self._read([doc])
        return doc

    def pipe(self, docs: Iterable[Doc], batch_size: int = 32) -> Iterator[Doc]:
        """Parse the windows of many articles side by side."""
        remaining = iter(docs)
        while batch := list(islice(remaining, batch_size)):
            self._read(batch)
            yield from batch

    def _read(self, docs: Sequence[Doc]) -> None:
        work: list[tuple[Doc, list[Span]]] = []
        for doc in docs:
            try:
                sentences = _unsure(doc) if FAILURE not in doc.user_data else []
            except Exception as error:
                _fail(doc, "trees", error)
            else:
                if sentences:
                    work.append((doc, sentences))
        if not work:
            return
        model = parsing_trees.load_model(self.model)
        try:
            parsing_trees.annotate(work, model, names=self.names)
        except Exception:
            # One by one, so that the others do not suffer for the one on which the model fails.
            for doc, sentences in work:
                try:
                    parsing_trees.annotate([(doc, sentences)], model, names=self.names)
                except Exception as error:
                    _fail(doc, "trees", error)


def _unsure(doc: Doc) -> list[Span]:
    """Give the sentences to parse; none where a parser of the host's has been."""
    if doc.has_annotation("DEP"):
        return []
    return [doc[start:end] for start, end in windows.in_question(doc)]
