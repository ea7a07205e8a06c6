"""Claims out to tools and back: every passage comes back where it was, or the document is refused."""

from __future__ import annotations

import copy
import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from casualty_extract.errors import AnchorError, InputError
from casualty_extract.records import Claim, Extraction
from casualty_extract.reviews import Archive, Judge, Review, apply, config, digest, export, export_brat, read
from casualty_extract.reviews_brat import configuration, read_brat, standoff
from casualty_extract.reviews_brat import copy as copy_for_brat
from casualty_extract.reviews_folders import Folder
from casualty_extract.reviews_labelstudio import read_labelstudio, task
from casualty_extract.reviews_marks import LABELS, mark
from casualty_extract.reviews_values import VALUES
from casualty_extract.reviews_webannotation import claims_of, collection, read_webannotation
from casualty_extract.writers import unguard
from reviewed import document

MANY = int(os.environ.get("REVIEWS_DOCUMENTS", "300"))
DOCUMENTS = [document(seed, hard=seed % 3 == 0) for seed in range(MANY)]
ARCHIVE = Archive([e for e, _ in DOCUMENTS], {digest(text): text for _, text in DOCUMENTS})


def submitted(extraction: Extraction, text: str, **more: Any) -> dict[str, Any]:
    """A task as Label Studio exports it after an annotator looked at it and pressed the button."""
    made = task(extraction, text, version="test")
    result = copy.deepcopy(made["predictions"][0]["result"])
    annotation = {
        "result": result,
        "completed_by": {"email": "ann@example.org"},
        "created_at": "2024-05-01T10:00:00.123456Z",
        **more,
    }
    return {**made, "annotations": [annotation]}


def decisions(found: Iterator[Any] | list[Any]) -> list[tuple[str, str]]:
    rows = []
    for one in found:
        assert isinstance(one, Review), one
        rows.append((one.claim, one.decision))
    return rows


def accepted(extraction: Extraction) -> list[tuple[str, str]]:
    return [(claim.id, "accept") for claim in extraction.claims]


# --- round trips: nothing changed, nothing lost ----------------------------------------------------------


def test_web_annotations_come_back() -> None:
    """The claims of the annotations are the claims, and none of them was reviewed."""
    for extraction, text in DOCUMENTS:
        data = json.loads(json.dumps(collection(extraction, text)))
        assert claims_of(data, text, document="d") == list(extraction.claims)
        assert list(read_webannotation(data, ARCHIVE)) == []


def test_label_studio_comes_back() -> None:
    """A submitted task that nothing was changed in accepts all its claims."""
    for extraction, text in DOCUMENTS:
        data = json.loads(json.dumps([submitted(extraction, text)]))
        found = list(read_labelstudio(data, ARCHIVE))
        assert decisions(found) == accepted(extraction)
        assert {(r.reviewer, r.at) for r in found if isinstance(r, Review)} <= {
            ("ann@example.org", "2024-05-01T10:00:00.123456Z")
        }


def test_brat_comes_back() -> None:
    """The standoff file accepts all claims; a passage that brat cannot mark refuses its document."""
    refused = 0
    for extraction, text in DOCUMENTS:
        try:
            lines = standoff(extraction, text)
        except AnchorError:
            refused += 1
            continue
        assert decisions(read_brat(lines, extraction, text)) == accepted(extraction)
    assert refused == 0


def test_sheets_come_back() -> None:
    """A sheet in which everything is accepted accepts everything; an empty one nothing."""
    stream = io.StringIO()
    list(export(ARCHIVE, "sheet", stream))
    sheet = stream.getvalue()
    assert list(rows_of(sheet, lambda row: None)) == []
    found = rows_of(sheet, lambda row: row.update(decision="accept"))
    assert sorted(decisions(found)) == sorted(x for e, _ in DOCUMENTS for x in accepted(e))
    rows = list(csv.DictReader(io.StringIO(sheet.removeprefix("\ufeff"))))
    figures = [claim.quantity.text for e, _ in DOCUMENTS for claim in e.claims]
    assert [unguard(row["figure"]) for row in rows] == [re.sub("\r\n?", "\n", text) for text in figures]
    assert len({row["key"] for row in rows}) == len(rows)
    assert all(re.fullmatch(r"k[0-9a-f]{16}-[0-9a-f]{24}", row["key"]) for row in rows)
    risky = [cell for row in rows for name, cell in row.items() if cell[:1] in tuple("=+-@\t")]
    assert risky == []


def rows_of(sheet: str, change: Callable[[dict[str, str]], Any], separator: str = ",") -> list[Any]:
    """Read a sheet whose rows somebody changed in a spreadsheet, which writes CR LF."""
    from casualty_extract.reviews_sheet import read_sheet

    reader = csv.DictReader(io.StringIO(sheet.removeprefix("\ufeff"), newline=""))
    out = io.StringIO()
    writer = csv.DictWriter(out, reader.fieldnames or [], delimiter=separator, lineterminator="\r\n")
    writer.writeheader()
    for row in reader:
        change(row)
        writer.writerow(row)
    return list(read_sheet(out.getvalue(), ARCHIVE, file="sheet.csv", who=Judge("sheet", "eve")))


# --- what tools do to offsets -----------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["UTF-16", "line feeds"])
def test_label_studio_may_count_otherwise(unit: str) -> None:
    """Offsets in UTF-16, or with line ends as one, lead to the same passages."""
    for extraction, text in DOCUMENTS[:120]:
        data = submitted(extraction, text)
        for result in data["annotations"][0]["result"]:
            if "value" not in result:
                continue
            value = result["value"]
            for name in ("start", "end"):
                before = text[: value[name]]
                value[name] = (
                    len(before.encode("utf-16-le")) // 2
                    if unit == "UTF-16"
                    else len(before.replace("\r\n", "\n"))
                )
            if unit == "line feeds":
                value["text"] = value["text"].replace("\r\n", "\n")
        assert decisions(read_labelstudio([data], ARCHIVE)) == accepted(extraction)


def test_annotations_of_another_edition_are_found_again() -> None:
    """Web annotations move with their passages in a text that something was put before."""
    moved = refused = 0
    for extraction, text in DOCUMENTS[:120]:
        data = collection(extraction, text)
        try:
            found = claims_of(data, "UPDATE 1\n" + text, document="d")
        except AnchorError:
            refused += 1
            continue
        for old, new in zip(extraction.claims, found, strict=True):
            moved += 1
            assert new.quantity.start == old.quantity.start + 9
            assert new.evidence.text == old.evidence.text
    assert moved > 200
    assert refused < 10


def test_a_document_that_cannot_be_found_again_is_refused_alone() -> None:
    """The others of the file go on."""
    chosen = [pair for pair in DOCUMENTS if pair[0].claims][:3]
    data = [submitted(extraction, text) for extraction, text in chosen]
    for result in data[1]["annotations"][0]["result"]:
        if result["type"] == "labels":
            result["value"]["text"] = "nowhere in it"
    found = list(read_labelstudio(data, ARCHIVE))
    errors = [one for one in found if not isinstance(one, Review)]
    assert [type(one) for one in errors] == [AnchorError]
    assert errors[0].document == chosen[1][0].document.id
    assert decisions([one for one in found if isinstance(one, Review)]) == [
        x for e, _ in (chosen[0], chosen[2]) for x in accepted(e)
    ]


def test_claims_of_another_text_are_never_written() -> None:
    """Each format refuses a text in which the claims' words do not stand at their offsets."""
    extraction, text = next(pair for pair in DOCUMENTS if pair[0].claims)
    wrong = Archive([extraction], {extraction.document.sha256: "x" + text})
    for to in ("webanno", "labelstudio", "prodigy", "doccano"):
        stream = io.StringIO()
        [error] = export(wrong, to, stream)  # type: ignore[arg-type]
        assert isinstance(error, AnchorError)
        assert stream.getvalue() in ("", "[]\n")
    [error] = export(Archive([extraction]), "webanno", io.StringIO())
    assert "not among the articles" in str(error)


# --- the formats themselves -------------------------------------------------------------------------------

ANNO = "http://www.w3.org/ns/anno.jsonld"
MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying",
    "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip


def is_iri(value: Any) -> bool:
    return (
        isinstance(value, str)
        and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", value) is not None
    )


def faults(data: dict[str, Any], text: str) -> Iterator[str]:
    """What of the model's MUSTs a collection does not keep (Web Annotation Data Model, 3.1, 3.2, 4, 5)."""
    context = data.get("@context")
    if ANNO not in (context if isinstance(context, list) else [context]):
        yield "context"
    if not is_iri(data.get("id")) or data.get("type") != "AnnotationCollection":
        yield "collection"
    total = data.get("total")
    if type(total) is not int or total < 0 or (total > 0) != ("first" in data):
        yield "total"
    page = data.get("first", {"id": "a:b", "type": "AnnotationPage", "items": [], "startIndex": 0})
    if (
        not is_iri(page.get("id"))
        or page.get("type") != "AnnotationPage"
        or type(page["startIndex"]) is not int
    ):
        yield "page"
    if "partOf" in page and page["partOf"] != data.get("id"):
        yield "partOf"
    if len(page["items"]) != total:
        yield "items"
    names = [item.get("id") for item in page["items"]]
    if len(set(names)) != len(names):
        yield "ids"
    for item in page["items"]:
        yield from item_faults(item, set(names), text)


def item_faults(item: dict[str, Any], names: set[Any], text: str) -> Iterator[str]:
    if not is_iri(item.get("id")) or item.get("type") != "Annotation":
        yield "annotation"
    if item.get("motivation") not in MOTIVATIONS or "bodyValue" in item:
        yield "motivation"
    for body in item["body"]:
        if isinstance(body, str):
            if body not in names:
                yield "link"
        elif body.get("type") != "TextualBody" or type(body.get("value")) is not str:
            yield "body"
        elif body["purpose"] not in MOTIVATIONS:
            yield "purpose"
    target = item.get("target") or {}
    if not is_iri(target.get("source", {}).get("id")) or ("scope" in target and not is_iri(target["scope"])):
        yield "target"
    state = target.get("state", {})
    if not is_iri(state.get("id")) or state.get("casualty:sha256") != digest(text):
        yield "state"
    position, quoted = target["selector"]
    if position["type"] != "TextPositionSelector" or not 0 <= position["start"] < position["end"] <= len(
        text
    ):
        yield "position"
    if quoted["type"] != "TextQuoteSelector" or quoted["exact"] != text[position["start"] : position["end"]]:
        yield "exact"
    if not text[: position["start"]].endswith(quoted["prefix"]) or len(quoted["prefix"]) > 32:
        yield "prefix"
    if not text[position["end"] :].startswith(quoted["suffix"]) or len(quoted["suffix"]) > 32:
        yield "suffix"


def test_web_annotations_keep_the_model() -> None:
    """Every MUST of the model that bears on them holds, and the checks find what breaks one."""
    for extraction, text in DOCUMENTS:
        assert list(faults(collection(extraction, text), text)) == []
    extraction, text = next(pair for pair in DOCUMENTS if pair[0].claims)
    for fault, break_it in FAULTS.items():
        data = collection(extraction, text)
        break_it(data, data["first"]["items"][0])
        assert fault in list(faults(data, text))


FAULTS: dict[str, Callable[[Any, Any], Any]] = {
    "context": lambda data, item: data.update({"@context": "x"}),
    "collection": lambda data, item: data.update(id="no iri"),
    "total": lambda data, item: data.update(total=0),
    "page": lambda data, item: data["first"].update(type="Page"),
    "partOf": lambda data, item: data["first"].update(partOf="urn:x:y"),
    "items": lambda data, item: data["first"]["items"].pop(),
    "ids": lambda data, item: data["first"]["items"][1].update(id=item["id"]),
    "annotation": lambda data, item: item.update(type="Note"),
    "motivation": lambda data, item: item.update(motivation="musing"),
    "link": lambda data, item: item["body"].append("urn:x:y"),
    "body": lambda data, item: item["body"][0].update(value=1),
    "purpose": lambda data, item: item["body"][0].update(purpose="musing"),
    "target": lambda data, item: item["target"].update(scope="a page"),
    "state": lambda data, item: item["target"].update(state={}),
    "position": lambda data, item: item["target"]["selector"][0].update(end=10**6),
    "exact": lambda data, item: item["target"]["selector"][1].update(exact="x"),
    "prefix": lambda data, item: item["target"]["selector"][1].update(prefix="x" * 33),
    "suffix": lambda data, item: item["target"]["selector"][1].update(suffix="x" * 33),
}


def test_the_configuration_fits_the_tasks() -> None:
    """Each control that a task names is in the configuration, of the right kind, with the words that it uses."""
    root = ElementTree.fromstring(config())
    controls = {tag.get("name"): tag for tag in root.iter() if tag.get("toName")}
    assert {tag.get("toName") for tag in controls.values()} == {"text"}
    assert [tag.get("value") for tag in controls["part"]] == list(LABELS)
    kinds = {"labels": "Labels", "choices": "Choices", "number": "Number", "datetime": "DateTime"}
    seen = set()
    for extraction, text in DOCUMENTS[:60]:
        for result in task(extraction, text, version="v")["predictions"][0]["result"]:
            if result["type"] == "relation":
                continue
            control = controls[result["from_name"]]
            assert control.tag == kinds[result["type"]]
            words = result["value"].get("choices", result["value"].get("labels", []))
            assert set(words) <= {tag.get("value") for tag in control}
            seen.add(result["from_name"])
    assert seen >= {"part", "low", "harm", "earliest", "groups"}
    assert {value.name for value in VALUES} <= set(controls)


def test_brat_s_files_hold_together() -> None:
    """The copy is as long as the text, has no other line ends, and each line of marks quotes it."""
    types = re.findall(r"^(\w+)$", configuration().split("[relations]")[0], re.MULTILINE)
    assert types == list(LABELS)
    for extraction, text in DOCUMENTS:
        shown = copy_for_brat(text)
        assert len(shown) == len(text)
        assert shown.splitlines() == shown.split("\n")[: len(shown.splitlines())]
        for line in standoff(extraction, text).splitlines():
            if line[0] == "T":
                name, where, words = line.split("\t")
                label, _, bounds = where.partition(" ")
                parts = [tuple(map(int, part.split())) for part in bounds.split(";")]
                assert words == " ".join(shown[a:b] for a, b in parts)
                assert "\n" not in words
                assert label in LABELS
                assert name[1:].isdigit()


@pytest.mark.parametrize("to", ["prodigy", "doccano"])
def test_lines_for_other_tools(to: str) -> None:
    """One object a line, whose passages stand in its text."""
    stream = io.StringIO()
    list(export(ARCHIVE, to, stream))  # type: ignore[arg-type]
    lines = [json.loads(line) for line in stream.getvalue().split("\n") if line]
    assert len(lines) == len(DOCUMENTS)
    for line, (extraction, text) in zip(lines, DOCUMENTS, strict=True):
        assert line["text"] == text
        wanted = [(r.span.start, r.span.end, r.label) for r in mark(extraction, text).regions]
        if to == "prodigy":
            assert [(s["start"], s["end"], s["label"]) for s in line["spans"]] == wanted
        else:
            assert [(e["start_offset"], e["end_offset"], e["label"]) for e in line["entities"]] == wanted
            known = {e["id"] for e in line["entities"]}
            assert {r[k] for r in line["relations"] for k in ("from_id", "to_id")} <= known


# --- names of files ---------------------------------------------------------------------------------------

HOSTILE = [
    *(f"{up}{name}" for up in ("../", "../../", "/", "//", "..\\", "C:\\", "~/", "./") for name in ("etc", "x.txt")),
    *("CON", "con", "NUL.txt", "aux", "LPT1", "a" * 300, "\u202egnp.exe", "a/b/c", "a\x00b", ".", "..", "", " "),
    *("\n", "a\nb", "-rf", "--force", "$(id)", "`id`", "%2e%2e%2f", "a;b", "a|b", "a*b", "a?b", "a:b", '"', "'"),
    *("Ａ", "é", "e\u0301", "ß", "SS", "İ", "ı", "\ufeff", "\u200b", "😀", "名前", "annotation.conf", ".ann", "x.part"),
    *("A.txt", "a.txt", "a.TXT"),
]  # fmt: skip


def test_hostile_ids_stay_in_the_folder(tmp_path: Path) -> None:
    """Whatever documents are called, each has files of its own, all in the folder, with plain names."""
    extraction, text = next(pair for pair in DOCUMENTS if pair[0].claims)
    assert len(HOSTILE) >= 60
    named = [
        extraction.model_copy(update={"document": extraction.document.model_copy(update={"id": id_})})
        for id_ in HOSTILE
    ]
    archive = Archive(named, {extraction.document.sha256: text})
    outside = tmp_path / "outside.txt"
    outside.write_text("safe", encoding="utf-8")
    root = tmp_path / "out"
    done = list(export_brat(archive, Folder(root)))
    assert not [one for one in done if isinstance(one, AnchorError)]
    names = sorted(p.name for p in root.iterdir())
    assert len({name.lower() for name in names}) == len(names) == 2 * len(HOSTILE) + 1
    assert all(
        re.fullmatch(r"[a-z0-9-]{1,41}-?[0-9a-f]{16}\.(txt|ann)|annotation\.conf", name) for name in names
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "outside.txt"]
    again = list(read(root, "brat", archive, reviewer="eve"))
    assert len(again) == len(HOSTILE) * len(extraction.claims)


def test_links_are_not_followed(tmp_path: Path) -> None:
    """A link under a file's name, or under that of its part, is replaced and what it leads to is left alone."""
    victim = tmp_path / "victim.txt"
    victim.write_text("safe", encoding="utf-8")
    root = tmp_path / "out"
    root.mkdir()
    for name in ("a.txt", "b.txt.part"):
        (root / name).symlink_to(victim)
    folder = Folder(root, force=True)
    folder.write("a.txt", "new")
    folder.write("b.txt", "new")
    assert victim.read_text(encoding="utf-8") == "safe"
    assert sorted(p.name for p in root.iterdir() if not p.is_symlink()) == ["a.txt", "b.txt"]


# --- reviews of real changes -------------------------------------------------------------------------------


def test_reviews_of_each_tool_do_the_same() -> None:
    """The claim that one tool rejects and the count that it fixes are rejected and fixed in each."""
    extraction, text = next(pair for pair in DOCUMENTS if len(pair[0].claims) >= 2)
    first, second = extraction.claims[:2]
    outcomes = [
        apply(extraction, [one for one in found if isinstance(one, Review)]).extraction
        for found in (
            in_label_studio(extraction, text, first, second),
            in_brat(extraction, text, first, second),
            in_web_annotations(extraction, text, first, second),
            in_sheet(first, second),
        )
    ]
    assert first.id not in [claim.id for claim in outcomes[0].claims]
    [fixed] = [claim for claim in outcomes[0].claims if claim.id == second.id]
    assert (fixed.quantity.low, fixed.quantity.best, fixed.quantity.high) == (7, 7, 7)
    assert outcomes[1:] == outcomes[:1] * 3


def in_label_studio(extraction: Extraction, text: str, first: Claim, second: Claim) -> list[Any]:
    data = submitted(extraction, text)
    [annotation] = data["annotations"]
    annotation["result"] = [
        r for r in annotation["result"] if first.id not in (r.get("id"), r.get("from_id"))
    ]
    bounds = {"start": second.quantity.start, "end": second.quantity.end, "text": second.quantity.text}
    annotation["result"] = [
        r for r in annotation["result"] if r.get("id") != second.id or r["type"] != "number"
    ] + [
        {
            "id": second.id,
            "from_name": name,
            "to_name": "text",
            "type": "number",
            "value": {**bounds, "number": 7},
        }
        for name in ("low", "best", "high")
    ]
    return list(read_labelstudio([data], ARCHIVE))


def in_brat(extraction: Extraction, text: str, first: Claim, second: Claim) -> list[Any]:
    lines = standoff(extraction, text).splitlines()
    [note] = [line for line in lines if first.id in line]
    name = note.split("\t")[1].split()[1]
    lines = [line for line in lines if not re.search(rf"\b{name}\b", line)]
    changed = []
    for line in lines:
        if second.id in line:
            head, _, told = line.rpartition("\t")
            line = f"{head}\t{json.dumps({**json.loads(told), 'low': 7, 'best': [7], 'high': '7'})}"
        changed.append(line)
    return list(read_brat("\n".join(changed), extraction, text))


def in_web_annotations(extraction: Extraction, text: str, first: Claim, second: Claim) -> list[Any]:
    data = collection(extraction, text)
    items = [item for item in data["first"]["items"] if first.id not in item["id"]]
    [whole] = [item for item in items if item["id"].endswith(second.id)]
    told = json.loads(whole["body"][0]["value"])
    told["quantity"] |= {"low": 7, "best": 7, "high": 7}
    whole["body"][0]["value"] = json.dumps(told)
    data["first"]["items"] = items
    return list(read_webannotation(data, ARCHIVE))


def in_sheet(first: Claim, second: Claim) -> list[Any]:
    stream = io.StringIO()
    list(export(ARCHIVE, "sheet", stream))

    def change(row: dict[str, str]) -> None:
        if row["key"].endswith(first.id):
            row["decision"] = "reject"
        elif row["key"].endswith(second.id):
            row["fix_number"] = "7"

    return rows_of(stream.getvalue(), change, ";")


@pytest.mark.parametrize("form", ["labelstudio", "webanno", "brat", "sheet"])
@pytest.mark.parametrize(
    "content", [b"", b"{", b"[[]]", b"null", b"\xff\xfe\x00", b'[{"data": 1}]', b"[" * 10**5, b"9" * 5000]
)
def test_files_that_are_none_are_told(form: str, content: bytes, tmp_path: Path) -> None:
    """Each gives errors that name the file, and no traceback."""
    path = tmp_path / "in"
    if form == "brat":
        path.mkdir()
        (path / "x.ann").write_bytes(content)
    else:
        path.write_bytes(content)
    found = list(read(path, form, ARCHIVE))  # type: ignore[arg-type]
    skipped = form == "labelstudio" and content == b'[{"data": 1}]'
    assert found or skipped
    assert all(isinstance(one, InputError) and str(path) in str(one) for one in found)
    missing = list(read(tmp_path / "missing", form, ARCHIVE))  # type: ignore[arg-type]
    assert [type(one) for one in missing] == [InputError]
