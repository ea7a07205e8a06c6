"""What the readers hand out, the formats that they know, and the bounds that they keep.

*Leaves alone* everything that opens a file. A document is known by its file and row; the name of a file is a
label here and never a path to write to, and `label` makes two different documents have different labels.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal, get_args

from casualty_extract.records import Article

__all__ = [
    "ENDINGS",
    "FORMATS",
    "MAX_BYTES",
    "PACKED",
    "STDIN",
    "Format",
    "Limits",
    "Reading",
    "format_of",
    "is_read",
    "label",
    "without_packing",
]

Format = Literal["auto", "text", "markdown", "html", "json", "jsonl", "csv", "tsv", "parquet", "warc"]
FORMATS: tuple[str, ...] = get_args(Format)
"""The names of the formats that can be read."""

MAX_BYTES = 20_000_000
"""The greatest size of one document, a file or a row, in bytes. No news article comes near it."""

STDIN = "-"

ENDINGS: dict[str, Format] = {
    ".csv": "csv",
    ".htm": "html",
    ".html": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".markdown": "markdown",
    ".md": "markdown",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".tab": "tsv",
    ".text": "text",
    ".tsv": "tsv",
    ".txt": "text",
    ".warc": "warc",
    ".xhtml": "html",
}
"""The endings of names that tell what a file holds."""

PACKED: dict[str, Literal["gz", "zst", "zip"]] = {".gz": "gz", ".zip": "zip", ".zst": "zst", ".zstd": "zst"}
"""The endings of files that hold other files, or one file made smaller."""

LABEL = 500
"""How long a name may be before it is cut; paths are shorter, names in hostile zip files are not."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of what is read, so that no file can take all memory or time.

    >>> Limits(document_bytes=1_000_000).ratio
    200

    Attributes:
        document_bytes: the greatest size of one document: a text or a page, a row, a record. No news article
            comes near 20 MB. A cell of a table is part of its row, so it is bound by this too.
        json_bytes: the greatest size of a JSON file that is one object with a list of articles in it; it is
            held in memory whole. An array of articles is not, and may be of any size.
        ratio: how many times its own size a packed file may unpack to. News packs to a quarter or a tenth.
            The first million bytes are free.
        packing_depth: how deep files may be packed in one another: `a.zip!b.zip!c.jsonl.gz` is 3.
        json_depth: how deep values of JSON may be nested. Records of news have five levels.
        json_values: how many objects and arrays one document of JSON may hold; each takes up to 50 times its
            own bytes in memory.
        spooled_bytes: how much of a packed file is put into a temporary file where its format cannot be read
            from a stream: zip and Parquet from standard input or within another packed file.
    """

    document_bytes: int = MAX_BYTES
    json_bytes: int = 50_000_000
    ratio: int = 200
    packing_depth: int = 3
    json_depth: int = 100
    json_values: int = 1_000_000
    spooled_bytes: int = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """One article, and where it was read.

    Attributes:
        article: the article.
        file: the file's name as the caller gave it or as it was found, "-" for standard input; a file in a zip
            file is `archive.zip!news/a.txt`.
        row: the row or record, counted from 1, where the file holds rows.
        carries_text: the article's text is not the file's own, so that its offsets mean nothing
            without it: whoever writes the `Extraction` sets its `text`.
        encoding: the encoding in which the text was read, where it is not plain UTF-8, as Python calls it.
            "utf-8+cp1252" is UTF-8 with bytes of Windows-1252 in it, "utf-8" is UTF-8 whose last
            character is cut.
    """

    article: Article
    file: str
    row: int | None = None
    carries_text: bool = False
    encoding: str | None = None


def format_of(name: str) -> Format | None:
    """Tell the format of a file by the ending of its name, which has no ending of packing.

    >>> format_of("news/A.JSONL"), format_of("notes")
    ('jsonl', None)
    """
    return ENDINGS.get(PurePosixPath(name).suffix.lower())


def without_packing(name: str) -> str:
    """Take the endings of packing off a name.

    >>> without_packing("news.jsonl.gz")
    'news.jsonl'
    """
    while (suffix := PurePosixPath(name).suffix).lower() in PACKED:
        name = name.removesuffix(suffix)
    return name


def is_read(name: str) -> bool:
    """Tell whether a file that nobody named by itself is read: its ending is known, packed or not.

    >>> [is_read(name) for name in ("a.txt", "a.csv.gz", "a.zip", "a.gz", "a.tar.gz", "a.docx", "a")]
    [True, True, True, True, False, False, False]
    """
    inner = without_packing(name)
    return format_of(inner) is not None or (inner != name and not PurePosixPath(inner).suffix)


def label(name: str) -> str:
    r"""Give the name under which a file or a member of a packed file is known, which any sink can store.

    What would make it another document's address is written out: `!` after the ending of a packed file, a
    row's number at the end; control characters, changes of direction and halves of surrogate pairs too. Where a
    backslash would look like one of these, it is written out itself, so no two names have one label.

    >>> label("news/a.txt"), label("a.jsonl#3"), label("a.zip!b.txt"), label("a\0b")
    ('news/a.txt', 'a.jsonl\\x233', 'a.zip\\x21b.txt', 'a\\x00b')
    """
    told = _UNSAFE.sub(lambda found: _written_out(found[0]), name)
    if len(told) > LABEL:
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
        told = f"{told[: LABEL - 100]}~{digest[:16]}"
    return told


# Members are parted from their files by `!`, rows by `#`.
_UNSAFE = re.compile(
    r"\\(?=x[0-9a-f]{2}|u[0-9a-f]{4})|(?<=\.zip)!|(?<=\.gz)!|(?<=\.zst)!|(?<=\.zstd)!|#(?=\d+\Z)"
    "|[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]",
    re.IGNORECASE,
)


def _written_out(sign: str) -> str:
    code = ord(sign)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
