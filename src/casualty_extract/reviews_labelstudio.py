"""Label Studio: tasks with predictions out, reviewed tasks in, and the labelling configuration.

A task has the text and the claims as a prediction. What an annotator submits is compared with the claims:
what was left alone is accepted, deleted figures are rejected, all else is fixed or added.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from casualty_extract.errors import AnchorError, InputError
from casualty_extract.records import Extraction
from casualty_extract.reviews_anchors import settle
from casualty_extract.reviews_decisions import Judge
from casualty_extract.reviews_judgements import judge
from casualty_extract.reviews_marks import FIGURE, LABELS, Marking, Region, mark
from casualty_extract.reviews_records import Review, problem_of
from casualty_extract.reviews_texts import Archive, as_list, as_object, as_text
from casualty_extract.reviews_values import VALUES, Value, Values

__all__ = ["TOOL", "config", "read_labelstudio", "task"]

TOOL = "labelstudio"
TEXT, PART, NOTE = "text", "part", "note"

_COLOURS = (
    "#d62728", "#8c564b", "#1f77b4", "#ff7f0e", "#7f7f7f", "#2ca02c", "#17becf", "#17becf", "#17becf", "#17becf",
    "#9467bd", "#bcbd22", "#e377c2",
)  # fmt: skip
_TYPES = {"word": "choices", "words": "choices", "number": "number", "date": "datetime"}


def config() -> str:
    """Give the labelling configuration (XML) that the tasks need.

    >>> config().splitlines()[0]
    '<View>'
    """
    lines = ["<View>", f'  <Labels name="{PART}" toName="{TEXT}" showInline="true">']
    lines += [
        f"    <Label value={quoteattr(label)} background={quoteattr(colour)}/>"
        for label, colour in zip(LABELS, _COLOURS, strict=True)
    ]
    lines += [
        "  </Labels>",
        # Line ends and blanks are shown as they are, so that what is selected is what the text has.
        '  <View style="white-space: pre-wrap">',
        f'    <Text name="{TEXT}" value="$text" granularity="symbol"/>',
        "  </View>",
        f'  <View visibleWhen="region-selected" whenTagName="{PART}" whenLabelValue="{FIGURE}">',
    ]
    for value in VALUES:
        lines += [f'    <Header value="{value.name}" size="6"/>', *_control(value)]
    lines += [
        '    <Header value="note" size="6"/>',
        f'    <TextArea name="{NOTE}" toName="{TEXT}" perRegion="true" editable="true" maxSubmissions="1"/>',
        "  </View>",
        "</View>",
    ]
    return "\n".join(lines) + "\n"


def task(extraction: Extraction, text: str, *, version: str) -> dict[str, Any]:
    """Give the task of an extraction.

    >>> from casualty_extract import extract
    >>> text = "Gunmen killed 12 people."
    >>> made = task(extract(text), text, version="casualty-extract 0.1.0")
    >>> made["predictions"][0]["result"][0]["value"]
    {'start': 0, 'end': 6, 'text': 'Gunmen', 'labels': ['Perpetrator']}

    Args:
        extraction: the claims.
        text: their text.
        version: what Label Studio shows as the version of the model.

    Raises:
        AnchorError: the claims are of another text.
    """
    marking = mark(extraction, text)
    results = []
    for region in marking.regions:
        bounds = {"start": region.span.start, "end": region.span.end, "text": region.span.text}
        results.append(_result(region.id, PART, "labels", {**bounds, "labels": [region.label]}))
        results += [
            _result(region.id, value.name, _TYPES[value.kind], {**bounds, **shown})
            for value in VALUES
            if (shown := _shown(value, region.values.get(value.name, ())))
        ]
    results += [
        {"type": "relation", "from_id": one, "to_id": other, "direction": "right"}
        for one, other in marking.links
    ]
    document = extraction.document
    data = {
        "text": text,
        "document": document.id,
        "sha256": document.sha256,
        "title": document.title,
        "publisher": document.publisher,
        "url": document.url,
        "published": document.published.isoformat() if document.published else None,
    }
    prediction: dict[str, Any] = {"model_version": version, "result": results}
    sure = [claim.confidence for claim in extraction.claims if claim.confidence is not None]
    if sure:
        # Label Studio can show the least sure tasks first; a task is as sure as its least sure claim.
        prediction["score"] = min(sure)
    return {"data": data, "predictions": [prediction]}


def read_labelstudio(
    data: Any, archive: Archive, *, file: str = "-", who: Judge | None = None
) -> Iterator[Review | InputError | AnchorError]:
    """Read the JSON that Label Studio exports.

    Args:
        data: the JSON, as `json.loads` gives it.
        archive: the claims that were reviewed, and their texts.
        file: the file's name, for errors.
        who: who reviewed and when, where the annotations do not tell.

    Returns:
        A review for each claim of each annotation that was submitted, or an error in the place of a task,
        an annotation or a claim that cannot be read. Tasks without annotations give nothing.
    """
    try:
        tasks = [data] if isinstance(data, dict) else as_list(data, "the export")
    except ValueError as error:
        yield InputError(str(error), file=file)
        return
    for number, one in enumerate(tasks, start=1):
        try:
            made = as_object(one, "a task")
            annotations = as_list(made.get("annotations", []), "annotations")
        except ValueError as error:
            yield InputError(str(error), file=file, row=number)
            continue
        for annotation in annotations:
            try:
                yield from _annotation(
                    made, as_object(annotation, "an annotation"), archive, who or Judge(TOOL)
                )
            except AnchorError as error:
                yield error
            except ValueError as error:
                yield InputError(problem_of(error), file=file, row=number)


def _control(value: Value) -> Iterator[str]:
    common = f'name="{value.name}" toName="{TEXT}" perRegion="true"'
    if value.kind == "number":
        yield f'    <Number {common} min="0" step="1"/>'
    elif value.kind == "date":
        yield f'    <DateTime {common} only="date"/>'
    else:
        choice = "multiple" if value.kind == "words" else "single"
        yield f'    <Choices {common} choice="{choice}" showInline="true">'
        yield from (f"      <Choice value={quoteattr(word)}/>" for word in value.words)
        yield "    </Choices>"


def _result(id_: str, name: str, type_: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"id": id_, "from_name": name, "to_name": TEXT, "type": type_, "value": value}


def _shown(value: Value, words: tuple[str, ...]) -> dict[str, Any] | None:
    if not words:
        return None
    if value.kind == "number":
        return {"number": int(words[0])}
    return {"datetime": words[0]} if value.kind == "date" else {"choices": list(words)}


def _annotation(
    made: dict[str, Any], annotation: dict[str, Any], archive: Archive, who: Judge
) -> Iterator[Review | InputError]:
    if annotation.get("was_cancelled"):
        return
    data = as_object(made.get("data"), "data")
    text = as_text(data.get("text"), "data.text")
    extraction, known = archive.find(data.get("sha256"), data.get("document"), text)
    by = annotation.get("completed_by")
    if isinstance(by, Mapping):
        by = by.get("email") or by.get("username") or by.get("id")
    at = annotation.get("updated_at") or annotation.get("created_at")
    by = who.reviewer if by is None else str(by)
    who = Judge(who.tool, by, who.at if at is None else as_text(at, "updated_at"))
    marking = _marking(as_list(annotation.get("result", []), "result"), known, extraction.document.id)
    yield from judge(extraction, known, marking, who)


def _marking(results: Iterable[Any], text: str, document: str) -> Marking:
    labels: dict[str, tuple[str, tuple[int, int, str]]] = {}
    values: dict[str, Values] = {}
    notes: dict[str, str] = {}
    links: list[tuple[str, str]] = []
    kinds = {value.name: value.kind for value in VALUES}
    for result in results:
        item = as_object(result, "a result")
        if item.get("type") == "relation":
            links.append((as_text(item.get("from_id"), "from_id"), as_text(item.get("to_id"), "to_id")))
            continue
        name, id_ = item.get("from_name"), as_text(item.get("id"), "id")
        value = as_object(item.get("value"), "value")
        if name == PART:
            label = as_list(value.get("labels", []), "labels")
            if len(label) != 1 or label[0] not in LABELS:
                raise ValueError(f"a region has the labels {json.dumps(label)}, expected one of ours")
            labels[id_] = label[0], _piece(value)
        elif name == NOTE:
            lines = value.get("text", [])
            notes[id_] = "\n".join(map(str, [lines] if isinstance(lines, str) else as_list(lines, "text")))
        elif name in kinds:
            values.setdefault(id_, {})[name] = _words(value)
    spans = settle(text, [piece for _, piece in labels.values()], document=document)
    regions = [
        Region(id_, label, span, values.get(id_, {}), notes.get(id_))
        for (id_, (label, _)), span in zip(labels.items(), spans, strict=True)
    ]
    return Marking(tuple(regions), tuple(links))


def _piece(value: dict[str, Any]) -> tuple[int, int, str]:
    start, end = value.get("start"), value.get("end")
    if type(start) is not int or type(end) is not int:
        raise ValueError("a region has no whole numbers for start and end")
    return start, end, as_text(value.get("text"), "the words of a region")


def _words(value: dict[str, Any]) -> tuple[str, ...]:
    if "choices" in value:
        return tuple(str(word) for word in as_list(value["choices"], "choices"))
    found = value.get("number", value.get("datetime"))
    return () if found is None else (str(found),)
