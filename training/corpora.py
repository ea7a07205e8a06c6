"""Read the public corpora into one shape: sentences of words with spaces, tags, trees and names.

Every reader yields `Sentence`; what a corpus does not carry is None. Each sentence names its corpus, because
the corpora do not draw the line around a name in the same way, and learners are told which one speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

GENRES = ("academic", "bio", "court", "interview", "news", "voyage", "textbook", "vlog", "speech")
"""The genres of GUM whose texts may be adapted and shared under a free licence."""

GMB = {"per": "PER", "org": "ORG", "geo": "LOC", "gpe": "NORP", "tim": "DATE"}
"""Classes of the Groningen Meaning Bank; its "gpe" is nearly always a demonym ("British", "Iraqis")."""

CROSSNER = {
    **dict.fromkeys("person politician scientist writer musicalartist researcher".split(), "PER"),
    **dict.fromkeys("organisation politicalparty university band".split(), "ORG"),
    **dict.fromkeys("location country".split(), "LOC"),
}
WORLDWIDE = {"Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "LOC"}
"""Classes of the worldwide newswire, for measuring. A facility counts as a place, as in the other corpora."""


@dataclass
class Sentence:
    """One sentence.

    Attributes:
        words: its tokens, as spaCy's English tokenizer would mostly cut them.
        spaces: for each, whether a space follows.
        tags: Penn Treebank tags.
        heads: the index of each token's head in the sentence; the root has its own.
        deps: Universal Dependencies labels.
        names: BIO labels over PER, ORG, LOC, NORP, DATE.
        corpus: which corpus it is from.
        document: which document of the corpus.
        opens: whether it opens a paragraph.
    """

    words: list[str]
    spaces: list[bool]
    corpus: str
    document: str = ""
    opens: bool = False
    key: str = ""
    tags: list[str] | None = None
    heads: list[int] | None = None
    deps: list[str] | None = None
    names: list[str] | None = None
    extra: dict[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence as written, with its last space."""
        return "".join(w + (" " if s else "") for w, s in zip(self.words, self.spaces, strict=True))


def conllu(path: Path, corpus: str) -> Iterator[Sentence]:
    """Read Universal Dependencies, with the spaces and paragraphs of the text."""
    document, opens, key = "", True, ""
    rows: list[list[str]] = []
    ranges: dict[int, tuple[int, bool]] = {}
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# newdoc"):
            document, opens = line.partition("=")[2].strip(), True
        elif line.startswith("# newpar"):
            opens = True
        elif line.startswith("# sent_id"):
            key = line.partition("=")[2].strip()
        elif line and not line.startswith("#"):
            columns = line.split("\t")
            if "-" in columns[0]:
                first, last = map(int, columns[0].split("-"))
                ranges[last] = (first, "SpaceAfter=No" not in columns[9])
            elif "." not in columns[0]:
                rows.append(columns)
        elif not line and rows:
            yield _from_rows(rows, ranges, corpus, document or key.rsplit("-", 1)[0], opens, key)
            rows, ranges, opens = [], {}, False


def _from_rows(
    rows: list[list[str]],
    ranges: dict[int, tuple[int, bool]],
    corpus: str,
    document: str,
    opens: bool,
    key: str,
) -> Sentence:
    spaces = ["SpaceAfter=No" not in row[9] for row in rows]
    for last, (first, spaced) in ranges.items():
        for i in range(first, last):
            spaces[i - 1] = False
        spaces[last - 1] = spaced
    heads = [int(row[6]) - 1 if row[6] != "0" else i for i, row in enumerate(rows)]
    sentence = Sentence(
        [row[1].replace(" ", "\u00a0") for row in rows],
        spaces,
        corpus,
        document,
        opens,
        key,
        tags=[row[4] for row in rows],
        heads=heads,
        deps=["ROOT" if row[7] == "root" else row[7] for row in rows],
    )
    misc = [row[9] for row in rows]
    if corpus == "gum":
        sentence.names = gum_names(rows)
    elif any("Name=" in m for m in misc):
        found = [re.search(r"Name=([^|]+)", m) for m in misc]
        # Facilities are places in the other corpora.
        sentence.names = [m.group(1).replace("FAC", "LOC") if m else "O" for m in found]
    elif corpus == "own":
        sentence.names = ["O"] * len(rows)
    return sentence


GUM = {"person": "PER", "organization": "ORG", "place": "LOC"}
_ENTITY = re.compile(r"\((\d+)-([a-z]+)-[^()]*\)?|(\d+)\)")


def gum_names(rows: list[list[str]]) -> list[str]:
    """Map GUM's mentions to names: those whose head is a proper noun, cut down to the name itself."""
    opened: dict[str, list[tuple[int, str]]] = {}
    mentions: list[tuple[int, int, str]] = []
    for i, row in enumerate(rows):
        value = next((v[7:] for v in row[9].split("|") if v.startswith("Entity=")), "")
        for piece in re.findall(r"\([^()]*\)?|\d+\)", value):
            if piece.startswith("("):
                number, kind = piece.strip("()").split("-")[:2]
                if piece.endswith(")"):
                    mentions.append((i, i, kind))
                else:
                    opened.setdefault(number, []).append((i, kind))
            elif opened.get(piece[:-1]):
                start, kind = opened[piece[:-1]].pop()
                mentions.append((start, i, kind))
    heads = [int(row[6]) - 1 for row in rows]
    taken: dict[int, tuple[int, int, str]] = {}
    for start, end, kind in sorted(mentions, key=lambda m: (m[1] - m[0], m)):
        if kind not in GUM:
            continue
        top = next((i for i in range(start, end + 1) if not start <= heads[i] <= end), start)
        if rows[top][3] != "PROPN" or (kind == "person" and rows[top][4] == "NNPS"):
            continue
        span = _grow(rows, heads, start, end, top)
        if kind == "person" and span[0] == span[1] and rows[span[0]][1].rstrip(".").lower() in TITLES:
            continue
        taken[top] = (*span, GUM[kind])
    names = ["O"] * len(rows)
    for start, end, label in sorted(taken.values(), key=lambda m: m[0] - m[1]):
        if all(names[i] == "O" for i in range(start, end + 1)):
            names[start] = f"B-{label}"
            names[start + 1 : end + 1] = [f"I-{label}"] * (end - start)
    return names


TITLES = frozenset("mr mrs ms dr president minister king queen sir lady lord prof professor gen".split())


def _grow(rows: list[list[str]], heads: list[int], start: int, end: int, top: int) -> tuple[int, int]:
    """Grow a name from its head over compounds, flat parts and "of" with a name."""
    inside = {top}
    changed = True
    while changed:
        changed = False
        for i in range(start, end + 1):
            if i in inside or heads[i] not in inside:
                continue
            dep, tag = rows[i][7], rows[i][4]
            named = tag in {"NNP", "NNPS"}
            if (
                (dep in {"flat", "compound", "amod", "nummod"} and named)
                or (dep == "punct" and rows[i][1] in {"-", "–", ".", "'"})
                or (
                    dep == "nmod"
                    and named
                    and any(rows[k][1] == "of" and heads[k] == i for k in range(start, i))
                )
                or (dep == "case" and rows[i][1] == "of" and heads[i] != top)
                or (dep == "flat" and rows[i][1][:1].isalpha())
            ):
                inside.add(i)
                changed = True
    first = last = top
    while first - 1 >= start and first - 1 in inside:
        first -= 1
    while last + 1 <= end and (
        last + 1 in inside or (last + 2 in inside and rows[last + 1][1] in {"of", "the"})
    ):
        last += 1
    while last > top and (rows[last][7] in {"punct", "case", "det"}):
        last -= 1
    while first < top and rows[first][7] == "punct":
        first += 1
    return first, last


def blocks(path: Path) -> Iterator[list[list[str]]]:
    """Read the blank-line separated blocks of a column file."""
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            rows.append(line.split("\t"))
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def columns(path: Path, corpus: str, classes: dict[str, str]) -> Iterator[Sentence]:
    """Read a name corpus of tokens and BIO or BIOES labels, one sentence a block."""
    document = ""
    for rows in blocks(path):
        body = []
        for row in rows:
            if len(row) == 1 and row[0].startswith("# "):
                document = row[0][2:].strip()
            elif len(row) > 1:
                body.append(row)
        words = [row[0] for row in body]
        if not body or any(w.startswith("http") for w in words[:1]) or any(not w for w in words):
            continue
        tags = [row[1] for row in body] if len(body[0]) > 2 else None
        names = mapped([row[-1] for row in body], classes)
        yield Sentence(
            words, guessed_spaces(words), corpus, document, tags=None, names=names, extra={"gold_tags": tags}
        )


def iob2(path: Path, corpus: str) -> dict[str, list[str]]:
    """Read UniversalNER: the labels of each sentence, by its id and by its text."""
    found: dict[str, list[str]] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        labels = mapped([row[2] for row in rows], {"PER": "PER", "ORG": "ORG", "LOC": "LOC"})
        for line in block.splitlines():
            if rows and line.startswith(("# text =", "# sent_id =")):
                found[line.partition("=")[2].strip()] = labels
    return found


def mapped(labels: Iterable[str], classes: dict[str, str]) -> list[str]:
    """Map labels to our classes, in BIO, with a B- wherever a class starts."""
    result: list[str] = []
    for label in labels:
        prefix, _, kind = label.partition("-")
        ours = classes.get(kind)
        if ours is None:
            result.append("O")
        elif prefix in {"B", "S"} or not result or result[-1][2:] != ours:
            result.append(f"B-{ours}")
        else:
            result.append(f"I-{ours}")
    return result


_NO_SPACE_BEFORE = frozenset(". , ; : ? ! ) ] % ' ’ ” 's ’s n't n’t 're 've 'll 'd 'm".split())
_NO_SPACE_AFTER = frozenset("( [ $ £ € “ ‘".split())


def guessed_spaces(words: list[str]) -> list[bool]:
    """Guess the spaces of text that comes as tokens alone; a straight quotation mark opens and closes in turn."""
    spaces = [True] * len(words)
    opened = False
    for i, word in enumerate(words):
        if word == '"' or word in {"``", "''"}:
            opened = not opened
            if opened:
                spaces[i] = False
            elif i:
                spaces[i - 1] = False
        elif word in _NO_SPACE_BEFORE and i:
            spaces[i - 1] = False
        if word in _NO_SPACE_AFTER:
            spaces[i] = False
    return spaces


def trees(data: Path) -> dict[str, list[Sentence]]:
    """Read all treebanks: "ewt-train", "gum-dev", "pud-test" and so on, with UniversalNER's names on EWT and PUD."""
    folder = data / "treebanks"
    found = {}
    for corpus in ("ewt", "gum"):
        for part in ("train", "dev", "test"):
            found[f"{corpus}-{part}"] = list(conllu(folder / f"en_{corpus}-{part}.conllu", corpus))
    found["pud-test"] = list(conllu(folder / "en_pud-test.conllu", "pud"))
    for name, path in (("ewt-dev", "uner_ewt-dev"), ("ewt-test", "uner_ewt-test"), ("pud-test", "uner_pud")):
        names = iob2(data / "names" / f"{path}.iob2", "uner")
        for sentence in found[name]:
            labels = names.get(sentence.key) or names.get(sentence.text.strip().replace("\u00a0", " "))
            if labels is not None and len(labels) == len(sentence.words):
                sentence.names = labels
    return found


def name_corpora(data: Path) -> dict[str, list[Sentence]]:
    """Read the corpora that carry names only. "worldwide" is for measuring."""
    folder = data / "names"
    return {
        "gmb": list(columns(folder / "gmb_voa.tsv", "gmb", GMB)),
        "crossner": list(columns(folder / "crossner.txt", "crossner", CROSSNER)),
        "worldwide": list(columns(folder / "worldwide_newswire.tsv", "worldwide", WORLDWIDE)),
    }
