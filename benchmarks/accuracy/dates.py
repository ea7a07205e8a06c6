"""Score times on documents whose dates carry values: ``python benchmarks/accuracy/dates.py FOLDER [--errors N]``.

Reads the XML of GUM (https://gucorpling.org/gum): one token a line, dates marked ``<date when="2013-05">`` or with
``from``, ``to``, ``notBefore`` and ``notAfter`` as in TEI. The text is put together from the tokens again; relative
times count from the day the document was created.

Spans are matched one to one, those with the most characters in common first: *overlap* where any are shared, *half*
where at least half of the longer one is, *exact* where the bounds agree but for prepositions, articles and marks
around them ("in [March]"). A value is right where both ends of the interval are the gold's, as far as gold has them:
``2013`` is the whole year, ``--05`` any May. Of a range ("from 2004 to 2009") and of an open interval ("since 2004") gold marks the single dates,
and so they are compared here; "this year" ends for us on the day of the document. Where gold only bounds a time (``notBefore``, ``notAfter``) it is
right within the bounds.
"""

from __future__ import annotations

import argparse
import calendar
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pairing import context, pair
from spacy.language import Language

from casualty_extract import Article
from casualty_extract.mentions import Mention
from casualty_extract.parsing import mark_sentences
from casualty_extract.pipeline import load, make_doc
from casualty_extract.times import find

TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
BLOCKS = frozenset({"head", "p", "caption", "item", "sp", "quote", "list", "figure", "table", "row", "cell"})
GLUED_LEFT = re.compile(r"[.,;:!?%)\]}’”]|n't|'\w{0,2}|’\w{1,2}|\.\.\.")
GLUED_RIGHT = re.compile(r"[(\[{$“‘#]")
AROUND = re.compile(
    r"^(?:(?:in|on|at|by|from|since|until|to|of|the|a|an|during|about|around|,|\W)\s*)+|\W+$", re.I
)
GOLD = ("when", "from", "to", "notBefore", "notAfter")
FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)


@dataclass
class Date:
    """One date of the gold."""

    start: int
    end: int
    values: dict[str, str]


@dataclass
class Time:
    """One time that was found."""

    start: int
    end: int
    earliest: date | None
    latest: date | None
    rule: str


@dataclass
class Document:
    """A document, put together from its tokens."""

    name: str
    text: str
    created: date | None
    dates: list[Date]


@dataclass
class Counts:
    """What was found."""

    gold: int = 0
    found: int = 0
    matched: Counter[str] = field(default_factory=Counter)
    right: int = 0

    def add(self, other: Counts) -> None:
        """Add the counts of another document."""
        self.gold += other.gold
        self.found += other.found
        self.matched += other.matched
        self.right += other.right

    def row(self, name: str) -> str:
        """Write one line of the table."""
        cells = [f"{name:<12}{self.gold:>6}{self.found:>7}"]
        for kind in ("overlap", "half", "exact"):
            cells.append(f"{2 * self.matched[kind] / max(1, self.gold + self.found):>9.3f}")
        whole = self.matched["overlap"]
        cells.append(f"{whole / max(1, self.found):>9.3f}{whole / max(1, self.gold):>8.3f}")
        cells.append(f"{self.right / max(1, whole):>9.3f}")
        return "".join(cells)


def read(path: Path) -> Document:
    """Read one document."""
    parts: list[str] = []
    length = 0
    dates: list[Date] = []
    opened: list[Date] = []
    created: date | None = None
    breaks = glued = True

    def write(piece: str) -> None:
        nonlocal length
        parts.append(piece)
        length += len(piece)

    for line in path.read_text(encoding="utf-8").splitlines():
        tag = TAG.fullmatch(line.strip())
        if tag is None:
            token = line.split("\t")[0]
            if not breaks and not glued and not GLUED_LEFT.fullmatch(token):
                write(" ")
            glued = bool(GLUED_RIGHT.fullmatch(token))
            for each in opened:
                each.start = length if each.start < 0 else each.start
            write(token)
            breaks = False
            continue
        closing, name, rest = tag.groups()
        values = dict(ATTRIBUTE.findall(rest))
        if name == "text" and not closing:
            day = re.match(r"\d{4}-\d\d-\d\d", values.get("dateCreated", ""))
            created = date.fromisoformat(day[0]) if day else None
        elif name == "date" and not closing:
            opened.append(Date(-1, -1, {k: v for k, v in values.items() if k in GOLD}))
        elif name == "date":
            done = opened.pop()
            done.end = length
            dates.append(done)
        elif name in BLOCKS and not breaks:
            write("\n\n")
            breaks = True
    found = [d for d in dates if d.start >= 0 and d.values]
    return Document(path.stem, "".join(parts), created, sorted(found, key=lambda d: d.start))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out what stands around a time."""
    inner = text[start:end]
    cut = AROUND.sub("", inner)
    at = inner.find(cut)
    return (start + at, start + at + len(cut)) if cut else (start, end)


def interval(value: str) -> tuple[date, date] | None:
    """Read "2013", "2013-05" or "2013-05-04"; None where there is no such civil date, or no year."""
    parts = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", value)
    if parts is None or int(parts[1]) < 1:
        return None
    year, month, day = int(parts[1]), parts[2], parts[3]
    try:
        if day:
            return date(year, int(month), int(day)), date(year, int(month), int(day))
        if month:
            last = calendar.monthrange(year, int(month))[1]
            return date(year, int(month), 1), date(year, int(month), last)
    except ValueError:
        return None
    return date(year, 1, 1), date(year, 12, 31)


def is_right(
    values: dict[str, str], earliest: date | None, latest: date | None, created: date | None
) -> bool:
    """Compare an interval with the gold's; where ours ends on the day of the document, gold is cut there too."""
    if values.get("when", "").startswith("--"):
        month, _, day = values["when"][2:].partition("-")
        return earliest is not None and (f"{earliest:%m}", f"{earliest:%d}")[: 1 + bool(day)] == (
            (month, day) if day else (month,)
        )
    if values.get("from", "").startswith("--"):
        months = [values[key][2:4] for key in ("from", "to") if key in values]
        return [f"{d:%m}" for d in (earliest, latest) if d is not None] == months
    if "when" in values:
        whole = interval(values["when"])
        if whole is not None and created is not None and latest == created and whole[0] <= created < whole[1]:
            whole = whole[0], created
        return whole == (earliest, latest)
    first, last = interval(values.get("from", "")), interval(values.get("to", ""))
    low, high = interval(values.get("notBefore", "")), interval(values.get("notAfter", ""))
    if first is not None and earliest != first[0]:
        return False
    if last is not None and latest != last[1]:
        return False
    if earliest is None and latest is None:
        return False
    after = low is None or (earliest or FIRST) >= low[0]
    before = high is None or (latest or LAST) <= high[1]
    return after and before and any(x is not None for x in (first, last, low, high))


def dates(mention: Mention) -> Iterator[Time]:
    """Give the dates that gold marks of one of our times: both ends of a range by themselves."""
    inside = mention.value["dates"] or [
        [mention.start, mention.end, mention.value["earliest"], mention.value["latest"]]
    ]
    for start, end, *bounds in inside:
        earliest, latest = (day and date.fromisoformat(day) for day in bounds)
        yield Time(start, end, earliest, latest, mention.rule)


def score(document: Document, nlp: Language, errors: list[str]) -> Counts:
    """Find the times of one document and compare."""
    article = Article(text=document.text, published=document.created)
    doc = mark_sentences(make_doc(nlp, article))
    found = [time for mention in find(doc) for time in dates(mention)]
    counts = Counts(gold=len(document.dates), found=len(found))
    shared = (
        (min(g.end, m.end) - max(g.start, m.start), i, j)
        for i, g in enumerate(document.dates)
        for j, m in enumerate(found)
        if m.start < g.end and g.start < m.end
    )
    golds: set[int] = set()
    mine: set[int] = set()
    for i, j in pair(shared):
        golds.add(i)
        mine.add(j)
        gold, mention = document.dates[i], found[j]
        a, b = (
            trimmed(document.text, gold.start, gold.end),
            trimmed(document.text, mention.start, mention.end),
        )
        shared = min(a[1], b[1]) - max(a[0], b[0])
        counts.matched["overlap"] += 1
        counts.matched["half"] += shared * 2 >= max(a[1] - a[0], b[1] - b[0])
        counts.matched["exact"] += a == b
        ends = (mention.earliest, mention.latest)
        right = is_right(gold.values, *ends, document.created)
        counts.right += right
        if not right or a != b:
            kind = "VALUE" if not right else "SPAN"
            errors.append(
                f"{kind} {document.name} gold {document.text[gold.start : gold.end]!r} {gold.values}"
                f" found {document.text[mention.start : mention.end]!r} {ends[0]}/{ends[1]} {mention.rule}"
                f" | {context(document.text, gold.start)}"
            )
    for n, gold in enumerate(document.dates):
        if n not in golds:
            errors.append(
                f"MISSED {document.name} {document.text[gold.start : gold.end]!r} {gold.values}"
                f" | {context(document.text, gold.start)}"
            )
    for n, mention in enumerate(found):
        if n not in mine:
            errors.append(
                f"EXTRA {document.name} {document.text[mention.start : mention.end]!r} {mention.rule}"
                f" | {context(document.text, mention.start)}"
            )
    return counts


def documents(paths: Iterable[Path]) -> Iterator[Document]:
    """Read all documents of folders and files."""
    for path in paths:
        for file in sorted(path.glob("*.xml")) if path.is_dir() else [path]:
            yield read(file)


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, help="folders or files of XML")
    parser.add_argument("--errors", type=int, default=0, help="print so many errors")
    asked = parser.parse_args()
    nlp = load()
    genres: dict[str, Counts] = {}
    whole, errors, read_so_far = Counts(), list[str](), 0
    for document in documents(asked.paths):
        read_so_far += 1
        counts = score(document, nlp, errors)
        parts = document.name.split("_")
        genres.setdefault(parts[1] if len(parts) > 1 else "all", Counts()).add(counts)
        whole.add(counts)
    print(f"{read_so_far} documents\n")
    print(f"{'':<12}{'gold':>6}{'found':>7}{'overlap':>9}{'half':>9}{'exact':>9}{'P':>9}{'R':>8}{'value':>9}")
    for genre, counts in sorted(genres.items()):
        print(counts.row(genre))
    print(whole.row("all"))
    for line in errors[: asked.errors]:
        print(line)


if __name__ == "__main__":
    main()
