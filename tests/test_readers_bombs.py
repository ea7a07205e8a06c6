"""Files that are made to hurt: each is a typed error, soon and in little memory, and the next file is read."""

from __future__ import annotations

import gzip
import io
import json
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from casualty_extract.errors import InputError
from casualty_extract.readers import Limits, Reading, read, read_all

SECONDS, MEGABYTES = 5, 512
GOOD = b'{"text": "Gunmen killed 12."}'
ZEROS = 21_000_000

READ_THEM = """
import json, re, resource, sys, time
from casualty_extract.readers import Reading, read

def peak():
    try:
        with open("/proc/self/status") as file:
            return int(re.search(r"VmHWM:\\s+(\\d+)", file.read())[1]) // 1024
    except OSError:
        # This counts what the process that started this one held, too.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

for name in sys.argv[1:]:
    start = time.process_time()
    problems, good = [], 0
    for one in read(name):
        if isinstance(one, Reading):
            good += 1
        elif len(problems) < 5:
            problems.append(one.problem)
    seconds = time.process_time() - start
    print(json.dumps([name, good, problems, seconds, peak()]), flush=True)
"""


def zipped(*members: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return target.getvalue()


def zstd(data: bytes) -> bytes:
    return bytes(pytest.importorskip("zstandard").ZstdCompressor(level=3).compress(data))


def nested(depth: int) -> bytes:
    data, name = GOOD, "a.jsonl"
    for _ in range(depth):
        data, name = zipped((name, data)), "b.zip"
    return data


def many_nested() -> bytes:
    """A zip of zips of zips, each of which holds the next one ten times, as in 42.zip."""
    data = zipped(*[(f"{n}.txt", b"0" * 1_000_000) for n in range(10)])
    for _ in range(2):
        data = zipped(*[(f"{n}.zip", data) for n in range(10)])
    return data


def overlapping(count: int = 200) -> bytes:
    """One packed text that two hundred entries of the list share."""
    packed = zlib.compress(b"0" * 1_000_000, 9)[2:-4]
    crc = zlib.crc32(b"0" * 1_000_000)
    name = b"0000.txt"
    sizes = struct.pack("<LLL", crc, len(packed), 1_000_000)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes + struct.pack("<HH", 8, 0) + name
    entries = b"".join(
        b"PK\x01\x02"
        + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33)
        + sizes
        + struct.pack("<HHHHHLL", 8, 0, 0, 0, 0, 0, 0)
        + b"%04d.txt" % number
        for number in range(count)
    )
    end = b"PK\x05\x06" + struct.pack(
        "<HHHHLLH", 0, 0, count, count, len(entries), len(local) + len(packed), 0
    )
    return local + packed + entries + end


def long_list() -> bytes:
    """A list of half a million files, none of which is there."""
    name = b"a.txt"
    entry = (
        b"PK\x01\x02"
        + struct.pack("<HHHHHHLLL", 20, 20, 0, 0, 0, 33, 0, 0, 0)
        + struct.pack("<HHHHHLL", len(name), 0, 0, 0, 0, 0, 0)
        + name
    )
    entries = entry * 500_000
    return entries + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 0xFFFF, 0xFFFF, len(entries), 0, 0)


def encrypted() -> bytes:
    data = bytearray(zipped(("a.txt", b"Gunmen killed 12.")))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def lying_size() -> bytes:
    """A member that says it is small."""
    data = bytearray(zipped(("a.txt", b"0" * 1_000_000)))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<L", 10)
    return bytes(data)


def record(
    length: int | str, body: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x"
) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {length}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def page(inner: str) -> bytes:
    return f"<html><body><article>{inner}</article></body></html>".encode()


def parquet_bomb() -> bytes:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    text = pyarrow.array(["x" * 15_000_000])
    column = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 10_000, pyarrow.int32()), text)
    target = io.BytesIO()
    parquet.write_table(pyarrow.table({"text": column}), target, compression="zstd")
    return target.getvalue()


def cut(data: bytes, off: int = 20) -> bytes:
    return data[:-off]


ROWS = b"".join(b'{"text": "%s"}\n' % os.urandom(40).hex().encode() for _ in range(5_000))
ENTITIES = (
    '<!DOCTYPE l [<!ENTITY a "' + "x" * 1_000 + '"><!ENTITY b "' + "&a;" * 1_000 + '"><!ENTITY c "'
) + ("&b;" * 1_000 + '">]><html><p>&c;</p></html>')

BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "gz ratio.jsonl.gz": (lambda: gzip.compress(b"0" * ZEROS), "unpacks to more than 200 times"),
    "gz ratio.txt.gz": (lambda: gzip.compress(b"0" * ZEROS), "unpacks to more than 200 times"),
    "gz ratio.csv.gz": (lambda: gzip.compress(b"text\n" + b"0" * ZEROS), "unpacks to more than 200 times"),
    "gz ratio.json.gz": (lambda: gzip.compress(b'["' + b"0" * ZEROS), "unpacks to more than 200 times"),
    "gz ratio.warc.gz": (
        lambda: gzip.compress(record(10**9, b"0" * ZEROS)),
        "unpacks to more than 200 times",
    ),
    "gz of gz.txt.gz.gz": (lambda: gzip.compress(gzip.compress(b"0" * ZEROS)), "unpacks to more than 200"),
    "gz depth.txt.gz.gz.gz.gz": (lambda: nested_gz(4), "packed more than 3 deep"),
    "gz cut.jsonl.gz": (lambda: cut(gzip.compress(ROWS)), "it is cut: the packed data end too soon"),
    "gz cut at once.jsonl.gz": (lambda: gzip.compress(ROWS)[:12], "it is cut: the packed data end too soon"),
    "gz wrong sum.jsonl.gz": (lambda: cut(gzip.compress(GOOD), 8) + bytes(8), "CRC check failed"),
    "gz trailing.jsonl.gz": (lambda: gzip.compress(GOOD) + b"junk", "Not a gzipped file"),
    "no gz.jsonl.gz": (lambda: GOOD, "Not a gzipped file"),
    "zst ratio.jsonl.zst": (lambda: zstd(b"0" * ZEROS), "unpacks to more than 200 times"),
    "zst ratio.txt.zst": (lambda: zstd(b"0" * ZEROS), "unpacks to more than 200 times"),
    "zst cut.jsonl.zst": (lambda: cut(zstd(ROWS)), "it is cut: the packed data end too soon"),
    "no zst.jsonl.zst": (lambda: GOOD, "cannot be unpacked"),
    "zip ratio.zip": (lambda: zipped(("a.txt", b"0" * ZEROS)), "unpacks to more than 200 times"),
    "zip nested ratio.zip": (many_nested, "unpacks to more than 200 times"),
    "zip depth.zip": (lambda: nested(4), "packed more than 3 deep"),
    "zip overlap.zip": (overlapping, "files in it share bytes"),
    "zip long list.zip": (long_list, "its list of files is larger than 20,000,000 bytes"),
    "zip encrypted.zip": (encrypted, "it is encrypted"),
    "zip lying size.zip": (lying_size, "cannot be unpacked: Bad CRC-32"),
    "zip cut.zip": (lambda: cut(zipped(("a.txt", ROWS))), "cannot be unpacked: File is not a zip file"),
    "zip of nothing.zip": (lambda: zipped(), "no file in it can be read"),
    "no zip.zip": (lambda: GOOD, "File is not a zip file"),
    "warc length.warc": (lambda: record(10**14), "its length is wrong, or the file is cut"),
    "warc length short.warc": (lambda: record(3), "its length is wrong"),
    "warc length negative.warc": (lambda: record(-3), "its head has no length"),
    "warc length long.warc": (lambda: record("9" * 5_000), "its head has no length"),
    "warc lengths.warc": (lambda: record(19_000_000) * 50_000, "its length is wrong"),
    "warc head.warc": (lambda: b"WARC/1.0\r\nX: " + b"0" * ZEROS, "it has no head"),
    "warc page.warc": (
        lambda: record(21_000_044, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"0" * 21_000_000),
        "larger than 20,000,000 bytes",
    ),
    "html tags.html": (lambda: page("<div>" * 100_000), "more than 50,000 tags"),
    "html entities.html": (lambda: ENTITIES.encode(), "no article found"),
    "json depth.jsonl": (lambda: b'{"a": ' + b"[" * 100_000, "nested too deeply"),
    "json depth 101.jsonl": (lambda: b'{"text": ' + b"[" * 100 + b"]" * 100 + b"}", "nested too deeply"),
    "json depth.json": (lambda: b"[" * 100_000, "it is cut"),
    "json values.jsonl": (lambda: b'{"a": [' + b"{}," * 6_000_000, "more than 1,000,000 objects and arrays"),
    "json values.json": (
        lambda: b'{\n"a": [' + b"{}," * 16_000_000,
        "more than 1,000,000 objects and arrays",
    ),
    "json signs.json": (lambda: b'[["' + b'\\"' * 9_000_000 + b'"' + b',""' * 600_000, "it is cut"),
    "json large.json": (
        lambda: b'{\n"a": "' + b"0" * 51_000_000,
        "one JSON value larger than 50,000,000 bytes",
    ),
    "json number.jsonl": (lambda: b'{"text": "x", "id": ' + b"9" * 5_000 + b"}", "a number is too long"),
    "csv cell.csv": (lambda: b'text,id\n"' + b"0" * 100_000_000 + b'",1\n', "larger than 20,000,000 bytes"),
    "csv quote.csv": (lambda: b'text,id\n"' + b"0,1\n" * 1_000_000, "more than 100,000 lines"),
    "csv head.csv": (lambda: b"0" * ZEROS, "no valid head row: larger than 20,000,000 bytes"),
    "csv cells.csv": (lambda: b"text\n" + b"," * 15_000_000, "15000001 cells, but 1 columns"),
    "parquet ratio.parquet": (parquet_bomb, "unpacks to more than 200 times"),
    "parquet cut.parquet": (lambda: cut(parquet_bomb(), 30), "it is no Parquet file, or broken"),
}


def nested_gz(depth: int) -> bytes:
    data = b"Gunmen killed 12."
    for _ in range(depth):
        data = gzip.compress(data)
    return data


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[str], float, float]]:
    """What becomes of each bomb, read in one process after the other: problems, seconds, megabytes at most."""
    folder = tmp_path_factory.mktemp("bombs")
    found = {}
    for name, (make, _) in BOMBS.items():
        (folder / name).write_bytes(make())
    # A line of a gigabyte takes no place on the disk.
    with open(folder / "line.jsonl", "wb") as stream:
        stream.write(b'{"text": "')
        stream.truncate(1_000_000_000)
        stream.seek(0, 2)
        stream.write(b"\n" + GOOD)
    names = [*BOMBS, "line.jsonl"]
    done = subprocess.run(
        [sys.executable, "-c", READ_THEM, *names], cwd=folder, capture_output=True, text=True, timeout=240
    )
    for line in done.stdout.splitlines():
        name, _, problems, seconds, peak = json.loads(line)
        found[name] = (problems, seconds, peak)
        (folder / name).unlink()
    assert done.returncode == 0, done.stderr[-2_000:]
    return found


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_an_error(outcomes: dict[str, tuple[list[str], float, float]], name: str) -> None:
    """It says what is wrong, after a few seconds, and memory stays small."""
    problems, seconds, peak = outcomes[name]

    assert any(BOMBS[name][1] in problem for problem in problems), problems
    assert seconds < SECONDS
    assert peak < MEGABYTES


def test_a_line_of_a_gigabyte(outcomes: dict[str, tuple[list[str], float, float]]) -> None:
    """It is one error, and it is not held in memory."""
    problems, seconds, peak = outcomes["line.jsonl"]

    assert problems == ["larger than 20,000,000 bytes"]
    assert seconds < 2 * SECONDS
    assert peak < MEGABYTES


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst", "a.json.gz", "a.csv.gz", "a.warc.gz"])
def test_what_stands_before_a_cut_is_read(tmp_path: Path, name: str) -> None:
    """The documents before it come out, then an error of the file."""
    texts = [os.urandom(200).hex() for _ in range(2_000)]
    rows = [json.dumps({"text": text}) for text in texts]
    plain = {
        "a.jsonl.gz": "\n".join(rows),
        "a.jsonl.zst": "\n".join(rows),
        "a.json.gz": f"[{','.join(rows)}]",
        "a.csv.gz": "\n".join(["text", *texts]),
        "a.warc.gz": "",
    }[name].encode()
    if name == "a.warc.gz":
        pytest.importorskip("trafilatura", exc_type=ImportError)
        body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(
            "<p>Gunmen killed 12 people.</p>" * 9
        )
        plain = b"".join(record(len(body) + 90, body + os.urandom(45).hex().encode()) for _ in range(20))
    packed = zstd(plain) if name.endswith("zst") else gzip.compress(plain)
    file = tmp_path / name
    file.write_bytes(packed[: len(packed) * 9 // 10])

    *before, last = read(file)

    assert len(before) > (5 if name == "a.warc.gz" else 1_000)
    assert all(isinstance(one, Reading) for one in before)
    assert isinstance(last, InputError)
    assert (last.row, last.problem) == (None, "it is cut: the packed data end too soon")


def test_a_bomb_does_not_end_the_run(tmp_path: Path) -> None:
    """The files beside it are read, those in the same zip file too."""
    (tmp_path / "a.txt").write_bytes(b"Gunmen killed 12.")
    (tmp_path / "b.zip").write_bytes(
        zipped(("a.txt", b"One."), ("b.txt", b"0" * 9_000_000), ("c.txt", os.urandom(60_000).hex().encode()))
    )
    (tmp_path / "c.txt").write_bytes(b"A blast killed 3.")

    found = [(one.file.rpartition("/")[2], isinstance(one, Reading)) for one in read_all([tmp_path])]

    assert found == [
        ("a.txt", True),
        ("b.zip!a.txt", True),
        ("b.zip!b.txt", False),
        ("b.zip!c.txt", True),
        ("c.txt", True),
    ]


def test_limits_can_be_chosen(tmp_path: Path) -> None:
    """Each bound is the caller's to move."""
    file = tmp_path / "a.txt.gz"
    file.write_bytes(gzip.compress(b"0" * 2_000_000))

    assert [type(one) for one in read(file)] == [InputError]
    assert [type(one) for one in read(file, limits=Limits(ratio=2_000))] == [Reading]
    assert [type(one) for one in read(file, limits=Limits(ratio=2_000, packing_depth=0))] == [InputError]
    assert [type(one) for one in read(file, limits=Limits(ratio=2_000, document_bytes=9))] == [InputError]
