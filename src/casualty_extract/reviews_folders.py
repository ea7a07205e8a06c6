"""Folders with a file or two for each document: names that no document's id can lead astray."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import unicodedata
from pathlib import Path

from casualty_extract.errors import OutputError
from casualty_extract.records import Document

__all__ = ["Folder", "file_name"]

_OTHER = re.compile(r"[^a-z0-9]+")
_SLUG = 40


def file_name(document: Document) -> str:
    """Give a name for a document's files, without an ending.

    It is made of Latin letters, digits and hyphens alone, and ends in 16 hexadecimal digits that come from
    the id and the text: no two documents have one name, also where case does not count.

    >>> from casualty_extract import Article
    >>> file_name(Document.of(Article(id="../News/2017 No. 1", text="All is quiet.")))
    'news-2017-no-1-772c04591a691585'

    Args:
        document: the document.
    """
    plain = unicodedata.normalize("NFKD", document.id).encode("ascii", "ignore").decode().lower()
    # Of a path the end tells more than the beginning.
    slug = _OTHER.sub("-", plain).strip("-")[-_SLUG:].strip("-") or "document"
    key = f"{document.id}\n{document.sha256}"
    return f"{slug}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


class Folder:
    """A folder that files are written to, each whole or not at all, and none anywhere else.

    Args:
        path: the folder; it is made where it is not there.
        force: whether files of the same names are replaced.

    Raises:
        OutputError: the folder cannot be made, or is a file.
    """

    def __init__(self, path: str | Path, *, force: bool = False) -> None:
        self.path = Path(path)
        self.force = force
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(error.strerror or str(error), target=str(path)) from error

    def write(self, name: str, content: str) -> None:
        """Write a file.

        Args:
            name: its name, with its ending.
            content: what it holds; written in UTF-8, line ends as they are.

        Raises:
            OutputError: it cannot be written, or is there already.
        """
        if name != os.path.basename(name) or name in ("", ".", ".."):
            raise OutputError(f"{name!r} is no name of a file in it", target=str(self.path))
        target = self.path / name
        part = self.path / f"{name}.part"
        try:
            if not self.force and os.path.lexists(target):
                raise FileExistsError(errno.EEXIST, "it exists; --force replaces it")
            part.unlink(missing_ok=True)
            # A link that someone laid under the name is not followed, here nor when the file is named.
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
            with open(os.open(part, flags, 0o666), "w", encoding="utf-8", newline="") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(part, target)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise OutputError(error.strerror or str(error), target=str(target)) from error
