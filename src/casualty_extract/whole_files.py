"""Files that appear under their names only when they are whole."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

__all__ = ["whole_file"]


@contextmanager
def whole_file(path: Path, force: bool) -> Iterator[IO[bytes]]:
    """Open a file that appears under its name only when it is whole, and is on the disk then.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp(), "a.txt")
    >>> with whole_file(file, force=False) as stream:
    ...     _ = stream.write(b"whole")
    ...     file.exists()
    False
    >>> file.read_bytes()
    b'whole'

    Args:
        path: its name.
        force: replace a file of that name.

    Yields:
        What is to be written to.

    Raises:
        OSError: it cannot be written, or is there already; nothing is left of it then.
    """
    part = path.with_name(f"{path.name}.part")

    def refuse() -> None:
        if not force and path.exists():
            raise FileExistsError(errno.EEXIST, "it exists; force=True replaces it")

    refuse()
    try:
        with open(part, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        refuse()
        os.replace(part, path)
    finally:
        with suppress(OSError):
            part.unlink()
