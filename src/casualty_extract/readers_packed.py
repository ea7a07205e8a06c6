"""Files in files: gzip, Zstandard and zip, unpacked as they are read and never more than is allowed.

Whatever is wrong with a packed file is an `InputError` at the place where it shows: what stands before it was
handed out. The names in a zip file are labels; nothing is ever written under them.
"""

from __future__ import annotations

import gzip
import io
import lzma
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any, BinaryIO, Protocol, cast

from casualty_extract.errors import InputError, MissingPackageError
from casualty_extract.readers_readings import Limits, label
from casualty_extract.readers_text import buffered

__all__ = ["FREE", "MAGIC", "Allowance", "Member", "counted", "members", "seekable", "unpacked"]

MAGIC = {b"\x1f\x8b": "gz", b"(\xb5/\xfd": "zst", b"PK\x03\x04": "zip", b"PK\x05\x06": "zip"}
"""How packed files begin that have no name."""

FREE = 1_000_000
"""How many bytes any packed file may unpack to: a ratio of so little does no harm."""

PIECE = 1 << 11
"""How many bytes of Zstandard are unpacked at once: they can become 64 MB."""

CHUNK = 1 << 16
IN_MEMORY = 8_000_000
"""From which size on a file that must be read at any place goes to the disk."""

END, END_64, LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
SPOILT = (
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
"""What the standard library raises for packed files that are no such, are cut, or lie."""


class Allowance:
    """How much a packed file may still unpack to; what is packed within it counts for it too.

    >>> allowance = Allowance("a.gz", 200)
    >>> allowance.gave(10_000)
    >>> allowance.spend(1_000_000)
    """

    def __init__(self, file: str, ratio: int, within: Allowance | None = None) -> None:
        self.file = file
        self.ratio = ratio
        self.within = within
        self.packed = 0
        self.spent = 0

    def gave(self, size: int) -> None:
        """Count bytes of the packed file."""
        self.packed += size

    def spend(self, size: int) -> None:
        """Count unpacked bytes.

        Raises:
            InputError: there are too many.
        """
        self.spent += size
        if self.spent > max(FREE, self.packed * self.ratio):
            raise InputError(f"it unpacks to more than {self.ratio} times its size", file=self.file)
        if self.within:
            self.within.spend(size)


class _Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Counted(io.RawIOBase):
    """Tells an allowance how much was read; of a file that is packed in another too."""

    def __init__(self, stream: BinaryIO, allowance: Allowance) -> None:
        self.stream = stream
        self.allowance = allowance

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        data = getattr(self.stream, "read1", self.stream.read)(len(target))
        self.allowance.gave(len(data))
        target[: len(data)] = data
        return len(data)


def counted(stream: BinaryIO, allowance: Allowance) -> BinaryIO:
    """Give the same stream, whose bytes count as packed ones."""
    return buffered(_Counted(stream, allowance))


class _Unpacked(io.RawIOBase):
    def __init__(self, source: _Source, file: str, allowance: Allowance | None) -> None:
        self.source = source
        self.file = file
        self.allowance = allowance

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        try:
            # What stands before a cut comes out first; `read` would ask on and lose it.
            data = getattr(self.source, "read1", self.source.read)(len(target))
        except InputError:
            raise
        except SPOILT as error:
            raise InputError(_told(error), file=self.file) from None
        if self.allowance:
            self.allowance.spend(len(data))
        target[: len(data)] = data
        return len(data)


def _told(error: BaseException) -> str:
    if isinstance(error, EOFError):
        return "it is cut: the packed data end too soon"
    told = str(error) or type(error).__name__
    return f"it cannot be unpacked: {told}"


def unpacked(stream: BinaryIO, kind: str, file: str, allowance: Allowance) -> BinaryIO:
    """Unpack a stream of gzip or Zstandard.

    Args:
        stream: the packed bytes, already counted.
        kind: "gz" or "zst".
        file: the label, for errors.
        allowance: how much it may unpack to.

    Raises:
        InputError: zstandard is missing.
    """
    source: _Source
    if kind == "gz":
        source = gzip.GzipFile(fileobj=stream)
    else:
        source = _Zstd(stream, _zstd(file))
    return buffered(_Unpacked(source, file, allowance))


class _Zstd:
    """Frames of Zstandard, one after the other. The package's own reader takes a cut one for a whole one."""

    def __init__(self, stream: BinaryIO, new: Any) -> None:
        self.stream = stream
        self.new = new
        self.frame: Any = None
        self.packed = b""
        self.ready = io.BytesIO()

    def read(self, size: int, /) -> bytes:
        while not (data := self.ready.read(size)):
            piece = self.packed or self.stream.read(PIECE)
            self.packed = b""
            if not piece:
                if self.frame is not None:
                    raise EOFError
                return b""
            self.frame = self.frame or self.new()
            try:
                self.ready = io.BytesIO(self.frame.decompress(piece))
            except Exception as error:
                # Each of the packages has an error of its own.
                raise ValueError(str(error)) from None
            if self.frame.eof:
                self.packed, self.frame = self.frame.unused_data, None
        return data


def _zstd(file: str) -> Any:
    """Give what makes an unpacker of one frame."""
    try:
        zstandard = import_module("zstandard")
    except ImportError:
        try:
            # In the standard library from Python 3.14 on.
            return import_module("compression.zstd").ZstdDecompressor
        except ImportError:
            missing = MissingPackageError("zstandard", extra="zstd", purpose="to read .zst files")
            raise InputError(str(missing), file=file) from None
    # Frames with a greater window are refused by the command zstd too.
    unpacker = zstandard.ZstdDecompressor(max_window_size=1 << 27)
    return unpacker.decompressobj


@dataclass(frozen=True)
class Member:
    """A file in a zip file.

    Attributes:
        name: as it stands there.
        file: its label.
        size: how many bytes it takes there.
        archive: the open zip file.
        info: its entry.
    """

    name: str
    file: str
    size: int
    archive: zipfile.ZipFile
    info: zipfile.ZipInfo

    @property
    def is_hidden(self) -> bool:
        """Whether a person would not see it in a folder."""
        parts = self.name.replace("\\", "/").split("/")
        return "__MACOSX" in parts or any(part.strip(".") and part.startswith(".") for part in parts)

    def open(self, allowance: Allowance | None) -> BinaryIO:
        """Open the member.

        Raises:
            InputError: it is encrypted or broken.
        """
        if self.info.flag_bits & 1:
            raise InputError("it is encrypted", file=self.file)
        try:
            source = cast(_Source, self.archive.open(self.info))
        except SPOILT as error:
            raise InputError(_told(error), file=self.file) from None
        return buffered(_Unpacked(source, self.file, allowance))


def members(stream: BinaryIO, file: str, limits: Limits) -> Iterator[Member]:
    """Go through the files in a zip file, in the order of their names.

    Args:
        stream: the zip file, which can be read at any place.
        file: its label.
        limits: the bounds.

    Raises:
        InputError: it is no zip file, its list of files is too long, or files share bytes.
    """
    try:
        if _directory_size(stream) > limits.document_bytes:
            raise InputError(f"its list of files is larger than {limits.document_bytes:,} bytes", file=file)
        stream.seek(0)
        archive = zipfile.ZipFile(stream)
    except SPOILT as error:
        raise InputError(_told(error), file=file) from None
    with archive:
        found = [info for info in archive.infolist() if not info.is_dir() and not _is_link(info)]
        if _overlap(archive, found):
            raise InputError("files in it share bytes, as in a zip bomb", file=file)
        labels: set[str] = set()
        for info in sorted(found, key=lambda info: (info.filename, info.header_offset)):
            name = label(info.filename)
            while name in labels:
                # Two files of one name; the sign cannot stand in a label otherwise.
                name += "\\x7e"
            labels.add(name)
            yield Member(info.filename, f"{file}!{name}", info.compress_size, archive, info)


def _is_link(info: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(info.external_attr >> 16)


def _overlap(archive: zipfile.ZipFile, found: list[zipfile.ZipInfo]) -> bool:
    end = 0
    # A local header has 30 bytes, and the name again.
    for info in sorted(found, key=lambda info: info.header_offset):
        if info.header_offset < end:
            return True
        end = info.header_offset + 30 + info.compress_size
    return end > archive.start_dir


def _directory_size(stream: BinaryIO) -> int:
    """Read how long the list of files is; the standard library would read it all at once."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - CHUNK - 200))
    tail = stream.read()
    at = tail.rfind(END)
    if at < 0 or at + 16 > len(tail):
        return 0
    told: int = struct.unpack_from("<L", tail, at + 12)[0]
    if tail[at - 20 : at - 16] == LOCATOR_64 and tail[at - 76 : at - 72] == END_64:
        told = max(told if told != 0xFFFFFFFF else 0, struct.unpack_from("<Q", tail, at - 76 + 40)[0])
    return told


@contextmanager
def seekable(stream: BinaryIO, file: str, limits: Limits) -> Iterator[BinaryIO]:
    """Give a stream that can be read at any place: the same, or a temporary copy.

    Raises:
        InputError: it is too large to be copied.
    """
    if stream.seekable():
        yield stream
        return
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as copy:
        size = 0
        while data := stream.read(CHUNK):
            size += len(data)
            if size > limits.spooled_bytes:
                raise InputError(f"larger than {limits.spooled_bytes:,} bytes", file=file)
            copy.write(data)
        copy.seek(0)
        yield cast(BinaryIO, copy)
