"""Pipelines with all stages, and the functions that run them over articles.

A stage that fails leaves its error on the Doc and the later stages skip it: the Doc stays in the stream.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from os import PathLike
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from casualty_extract import claims, facts, incidents, parsing, publication, screening, skimming
from casualty_extract.arguments import checked_article, checked_gazetteer, checked_order, checked_vagueness
from casualty_extract.components import STAGES
from casualty_extract.errors import ArgumentError, ArticleError
from casualty_extract.facts import DateOrder, Vagueness
from casualty_extract.records import Article, Document, Extraction, Flag, Publication
from casualty_extract.stages import FAILURE, Stage

__all__ = ["STAGES", "add_stages", "explain", "extract", "load", "make_doc", "read_doc", "stream"]

Files = str | PathLike[str] | Sequence[str | PathLike[str]]
"""One path or several."""


def load(
    *,
    model: str | None = None,
    date_order: DateOrder | None = None,
    screen: bool = True,
    vagueness: Vagueness = "default",
    gazetteer: Files | None = None,
) -> Language:
    """Make a spaCy pipeline that finds claims. It reads no file outside the package and no network.

    >>> nlp = load()
    >>> doc = nlp("Gunmen killed 12 people.")
    >>> doc._.claims
    (Claim('12' 14:16 killed, asserted),)

    Args:
        model: the name or path of an installed spaCy pipeline whose parser is to read the sentences in
            question, such as "en_core_web_trf"; the one that comes with the package where it is None.
        date_order: how numeric dates are written in the articles ("DMY", "MDY", "YMD") where nothing
            in the article tells; day first where it is None.
        screen: whether only what can bear on a claim is read. The claims are the same with and without;
            the layers (``doc._.times`` and the others) of an article without claims stay empty, and
            figures are found only near harms.
        vagueness: whose readings of "dozens", "several" and the like count: our own ("default"), or those
            that ACLED ("acled") or UCDP ("ucdp") publish; a word without one has no number then.
        gazetteer: files of places beside the bundled ones, the most important first: a fuller gazetteer
            that ``casualty-extract gazetteer build`` made (``.sqlite``), or tables of your own places
            (``.csv``, ``.tsv``, ``.toml``), which stand before all others of the same name.

    Returns:
        A pipeline of the stages in `STAGES` on a blank English tokenizer. It can be saved with
        ``to_disk`` and loaded with ``spacy.load``.

    Raises:
        ArgumentError: the date order or the vagueness is none of the three, or the model is not installed
            or has no parser.
        GazetteerError: a file of places cannot be used; it is named, and its row.
    """
    nlp = spacy.blank("en")
    parsing.guard(nlp)
    add_stages(
        nlp, model=model, date_order=date_order, screen=screen, vagueness=vagueness, gazetteer=gazetteer
    )
    return nlp


def add_stages(
    nlp: Language,
    *,
    model: str | None = None,
    date_order: DateOrder | None = None,
    screen: bool = True,
    vagueness: Vagueness = "default",
    gazetteer: Files | None = None,
) -> Language:
    """Add all stages to a pipeline of one's own, after its components.

    >>> nlp = add_stages(spacy.blank("en"))
    >>> nlp.pipe_names[-1]
    'casualty_incidents'

    Args:
        nlp: an English pipeline. Sentence boundaries and trees that its components set are kept.
        model: as in `load`; it is not asked about articles that have trees already.
        date_order: as in `load`.
        screen: as in `load`.
        vagueness: as in `load`.
        gazetteer: as in `load`.

    Returns:
        The same pipeline.

    Raises:
        ArgumentError: as in `load`.
        GazetteerError: as in `load`.
    """
    configs: dict[str, dict[str, Any]] = {
        "casualty_sentences": {"date_order": checked_order(date_order), "screen": screen},
        "casualty_quantities": {"vagueness": checked_vagueness(vagueness)},
        "casualty_trees": {"model": model},
        "casualty_places": {"gazetteer": checked_gazetteer(gazetteer)},
    }
    for stage in STAGES:
        if stage not in nlp.pipe_names:
            nlp.add_pipe(stage, config=configs.get(stage, {}))
    return nlp


def make_doc(nlp: Language, article: Article, *, date_order: DateOrder | None = None) -> Doc:
    """Turn an article into a Doc that carries what is known of it; no component has run.

    >>> nlp = load()
    >>> doc = nlp(make_doc(nlp, Article(text="Gunmen killed 12 people.")))
    >>> len(doc._.claims)
    1

    Args:
        nlp: the pipeline whose tokenizer is used.
        article: the article.
        date_order: how its numeric dates are written, where declared.

    Returns:
        A Doc to hand to ``nlp`` or ``nlp.pipe``. Its text is the article's, with code points that
        cannot be stored (lone surrogates, NUL) replaced one for one by U+FFFD.
    """
    known = facts.Facts(
        id=article.id,
        published=article.published,
        title=article.title,
        publisher=article.publisher,
        date_order=date_order,
        url=article.url,
    )
    return parsing.prepare(nlp, article.text, known)


def read_doc(article: Article, doc: Doc) -> Extraction:
    """Read the extraction off a Doc that has gone through the stages.

    Raises:
        ArticleError: a stage failed on this article; the message names article and stage.
    """
    failure = doc.user_data.get(FAILURE)
    if failure is not None:
        raise ArticleError(failure["error"], article=article.id, stage=failure["stage"])
    known = facts.facts(doc)
    found = None
    if article.published is None and known.origin is not None:
        found = publication.Found(known.published, known.origin)
    bare = _assemble(article, parsing.sanitise(article.text), found)
    return bare.model_copy(update={"claims": claims.read(doc), "incidents": incidents.read(doc)})


def extract(
    article: str | Article,
    *,
    published: date | str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    date_order: DateOrder | None = None,
    nlp: Language | None = None,
) -> Extraction:
    """Find the claims of casualties in one article.

    >>> found = extract("At least 685 civilians were killed by Coalition strikes, the statement said.")
    >>> found.claims[0].quantity
    Quantity('685' 9:12, at_least, 685..)
    >>> found.claims[0].harm
    Harm(killed: 'killed' 28:34)

    Args:
        article: the text of an article, or an `Article`.
        published: its civil date of publication, as a date or in ISO 8601; relative dates such as
            "Friday" count from it.
        title: the headline, where it is not part of the text.
        publisher: who published it.
        date_order: how numeric dates are written, where nothing in the article tells.
        nlp: a pipeline with the stages; one is made and kept where it is None.

    Returns:
        The claims in the order of their figures, and the incidents they tell of. All offsets count
        code points of the text as it was given.

    Raises:
        ArgumentError: an argument cannot be used; it is named.
        ArticleError: a stage failed on this article.
    """
    whole = checked_article(article, published, title, publisher)
    order = checked_order(date_order)
    pipeline = _pipeline(nlp)
    text = parsing.sanitise(whole.text)
    if not _may_hold_claim(pipeline, text):
        found = None
        if whole.published is None:
            found = publication.find(text, url=whole.url, order=order or _stage(pipeline).date_order)
        return _assemble(whole, text, found)
    return read_doc(whole, _run(pipeline, whole, order))


def explain(
    article: str | Article, *, date_order: DateOrder | None = None, nlp: Language | None = None
) -> list[dict[str, Any]]:
    """Tell for every claim of an article which rule made each decision.

    >>> why = explain("Gunmen killed 12 people.")
    >>> [(d["slot"], d["rule"]) for d in why[0]["decisions"] if d["slot"] == "harm"]
    [('harm', 'verb of harm; object')]

    Args:
        article: the text of an article, or an `Article`.
        date_order: as in `extract`.
        nlp: as in `extract`.

    Returns:
        One dict a claim, with the `Claim` under "claim" and under "decisions" one dict a slot:
        "slot", "value", "rule", and the passage's "text", "start" and "end" (None where none).

    Raises:
        ArgumentError: an argument cannot be used; it is named.
        ArticleError: a stage failed on this article.
    """
    whole = checked_article(article, None, None, None)
    doc = _run(_pipeline(nlp), whole, checked_order(date_order))
    extraction = read_doc(whole, doc)
    return [
        {"claim": claim, "decisions": decisions}
        for claim, decisions in zip(extraction.claims, claims.decisions(doc), strict=True)
    ]


def _may_hold_claim(nlp: Language, text: str) -> bool:
    """Tell whether an article is to be read whole; where the pipeline does not screen, each one is."""
    if not _stage(nlp).screen:
        return True
    if not screening.may_hold_claim(text):
        return False
    # Components of the caller's own that come first may set other sentences, or read trees.
    return nlp.pipe_names[0] != STAGES[0] or skimming.may_tie(nlp, text)


def _stage(nlp: Language) -> Stage:
    return cast(Stage, nlp.get_pipe(STAGES[0]))


def _run(nlp: Language, article: Article, order: DateOrder | None) -> Doc:
    try:
        return nlp(make_doc(nlp, article, date_order=order))
    except Exception as error:
        # A component of the caller's own pipeline failed, or its tokenizer refused the text.
        raise ArticleError(
            f"{type(error).__name__}: {error}", article=article.id, stage="pipeline"
        ) from error


def _assemble(article: Article, text: str, found: publication.Found | None) -> Extraction:
    """Make an extraction without claims.

    Args:
        article: the article.
        text: its text as it was read.
        found: the day of publication that was found in it, where none was given.
    """
    document = Document.of(article)
    if found is not None:
        basis, start, end = found.origin
        passage = {"text": None if start is None else text[start:end], "start": start, "end": end}
        told = Publication.model_validate({**passage, "basis": basis})
        document = document.model_copy(update={"published": found.day, "published_from": told})
    flags: list[Flag] = []
    if text != article.text:
        flags.append("sanitised")
    if document.published is None:
        flags.append("published_unknown")
    return Extraction(document=document, claims=(), incidents=(), flags=tuple(flags))


def _pipeline(nlp: Language | None) -> Language:
    if nlp is None:
        with _LOCK:
            return _default()
    if not isinstance(nlp, Language):
        raise ArgumentError("nlp", nlp, "a spaCy Language with the stages, or None")
    missing = [stage for stage in STAGES if stage not in nlp.pipe_names]
    if missing:
        raise ArgumentError("nlp", nlp.pipe_names, f"a pipeline with {', '.join(missing)}")
    return nlp


_LOCK = threading.Lock()
_KEPT: list[Language] = []
MOST_STRINGS = 400_000
"""How many strings the pipeline kept here may remember before a fresh one takes its place: spaCy remembers
every word that it has seen, and an archive has no end of names."""


def _default() -> Language:
    if not _KEPT or len(_KEPT[0].vocab.strings) > MOST_STRINGS:
        # Who still works with the old one keeps it to the end.
        _KEPT[:] = [load()]
    return _KEPT[0]


def stream(
    articles: Iterable[Article], *, nlp: Language | None = None
) -> Iterator[Extraction | ArticleError]:
    """Extract from many articles one after the other; a failed one gives its error and stops nothing.

    >>> [found] = stream([Article(text="Gunmen killed 12 people.")])
    >>> len(found.claims)
    1

    Args:
        articles: the articles; they are read as they are needed.
        nlp: as in `extract`.

    Yields:
        One extraction or one error an article, in order.

    Raises:
        ArgumentError: `articles` is one text, or something among them is no article; it is raised when that is
            reached.
    """
    if isinstance(articles, str):
        # It would be read as a row of articles of one character each.
        raise ArgumentError("articles", articles, "several of them, such as a list of Article")
    for article in articles:
        try:
            yield extract(article, nlp=nlp)
        except ArticleError as error:
            yield error
