"""Folders, patterns, packed files and standard input: which files are read, in which order, under which names."""

from __future__ import annotations

import gzip
import io
import itertools
import json
import logging
import os
import random
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casualty_extract.cli_input import From
from casualty_extract.cli_progress import bar_of
from casualty_extract.errors import ArgumentError, InputError
from casualty_extract.outcomes import address
from casualty_extract.readers import Columns, Limits, Reading, read, read_all
from casualty_extract.readers_readings import label

FILES = {
    "a.txt": "A",
    "b.jsonl": '{"text": "B1"}\n{"text": "B2"}',
    "c/d.md": "D",
    "c/e/f.csv": "text\nF1\nF2\n",
    "c/e/g.txt.gz": gzip.compress(b"G"),
    "c-h.txt": "H",
    "z.docx": "no",
    ".hidden.txt": "no",
    ".git/x.txt": "no",
}
ALL = ["a.txt", "b.jsonl#1", "b.jsonl#2", "c/d.md", "c/e/f.csv#1", "c/e/f.csv#2", "c/e/g.txt.gz", "c-h.txt"]


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder `news` with files in it, in a folder where the test runs."""
    monkeypatch.chdir(tmp_path)
    names = list(FILES)
    random.Random(len(str(tmp_path))).shuffle(names)
    for name in names:
        content = FILES[name]
        file = Path("news", name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return Path("news")


def addresses(*inputs: str | Path, **how: object) -> list[str]:
    found = list(read_all(inputs, **how))  # type: ignore[arg-type]
    return [
        address(one.file, one.row)
        if isinstance(one, Reading)
        else f"{address(one.file, one.row)}: {one.problem}"
        for one in found
    ]


def zipped(*members: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members:
            packed.writestr(zipfile.ZipInfo(name), data)
    return target.getvalue()


def feed(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(content))))


# Folders and patterns


@pytest.mark.parametrize("folder", ["news", "news/", "./news"])
def test_a_folder_is_read_in_order(archive: Path, folder: str) -> None:
    """Files and folders come in the order of their names, each time."""
    expected = [f"{folder.rstrip('/')}/{name}" for name in ALL]

    # A hyphen sorts before a letter within one name: c-h.txt is no part of the folder c.
    assert sorted(addresses(folder)) == sorted(expected)
    assert addresses(folder) == addresses(folder)
    files = [found.split("#")[0] for found in addresses(folder)]
    assert [name for name, _ in itertools.groupby(files)] == sorted(
        set(files), key=lambda name: name.split("/")
    )


def test_what_is_passed_over_is_told(archive: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Files of endings that are not read are named in a note, hidden ones in a line of information."""
    caplog.set_level(logging.INFO, "casualty_extract")
    addresses(archive)

    assert {(r.levelname, r.getMessage()) for r in caplog.records} == {
        ("WARNING", "news: files passed over for their endings: z.docx"),
        ("INFO", "news/.git: hidden, passed over"),
        ("INFO", "news/.hidden.txt: hidden, passed over"),
    }


def test_with_a_format_all_files_are_read(archive: Path) -> None:
    """Who tells the format means every file."""
    assert "news/z.docx" in addresses(archive, format="text")
    assert not any("hidden" in name for name in addresses(archive, format="text"))


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("news/*.txt", ["news/a.txt", "news/c-h.txt"]),
        ("news/*", ["news/a.txt", "news/b.jsonl#1", "news/b.jsonl#2", "news/c-h.txt", "news/z.docx"]),
        ("news/**/*.txt", ["news/a.txt", "news/c-h.txt"]),
        ("news/**/*.csv", ["news/c/e/f.csv#1", "news/c/e/f.csv#2"]),
        ("news/*/*.md", ["news/c/d.md"]),
        ("*/?.txt", ["news/a.txt"]),
        ("news/[ab].*", ["news/a.txt", "news/b.jsonl#1", "news/b.jsonl#2"]),
        ("news/c/**", ["news/c/d.md", "news/c/e/f.csv#1", "news/c/e/f.csv#2", "news/c/e/g.txt.gz"]),
        ("**/f.csv", ["news/c/e/f.csv#1", "news/c/e/f.csv#2"]),
        ("news/*.xyz", ["news/*.xyz: no file fits the pattern"]),
        ("absent/*.txt", ["absent/*.txt: no file fits the pattern"]),
        ("news/a.txt/*", ["news/a.txt/*: no file fits the pattern"]),
    ],
)
def test_patterns(archive: Path, pattern: str, found: list[str]) -> None:
    """Patterns fit files; `**` stands for folders, however deep."""
    assert addresses(pattern) == found


def test_a_file_may_be_called_like_a_pattern(archive: Path) -> None:
    """What is there by that name is meant."""
    Path("a[1]*.txt").write_text("x")

    assert addresses("a[1]*.txt") == ["a[1]*.txt"]


def test_inputs_are_read_in_their_order_and_once(archive: Path) -> None:
    """A file that several inputs name is read for the first of them."""
    absolute = Path("news/a.txt").absolute()

    assert addresses("news/c-h.txt", "news/*.txt", "./news/c-h.txt", absolute) == [
        "news/c-h.txt",
        "news/a.txt",
    ]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("absent.txt", "No such file or directory"),
        ("absent", "No such file or directory"),
        ("empty", "no file in it can be read"),
        ("", "No such file or directory"),
    ],
)
def test_an_input_that_is_not_there_is_an_error(archive: Path, name: str, problem: str) -> None:
    """It is told in its place, and the others are read."""
    Path("empty").mkdir()

    assert addresses("news/a.txt", name, "news/c-h.txt") == [
        "news/a.txt",
        f"{name}: {problem}",
        "news/c-h.txt",
    ]


def test_links(archive: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Links to files are read, links to folders are not followed, links to nothing are errors."""
    caplog.set_level(logging.INFO, "casualty_extract")
    Path("outside").mkdir()
    Path("outside/o.txt").write_text("O")
    Path("news/c/loop").symlink_to(Path("news").absolute())
    Path("news/c/out").symlink_to(Path("outside").absolute())
    Path("news/c/file.txt").symlink_to(Path("outside/o.txt").absolute())
    Path("news/c/gone.txt").symlink_to("nowhere")
    Path("news/c/self.txt").symlink_to("self.txt")

    found = addresses("news/c")

    assert found[:1] == ["news/c/d.md"]
    assert [name for name in found if "e/" not in name][1:] == [
        "news/c/file.txt",
        "news/c/gone.txt: No such file or directory",
        "news/c/self.txt: Too many levels of symbolic links",
    ]
    assert sum("not followed" in r.getMessage() for r in caplog.records) == 2
    assert addresses("news/**/o.txt") == ["news/**/o.txt: no file fits the pattern"]


def test_pipes_in_folders_are_not_waited_for(archive: Path) -> None:
    """A named pipe in a folder is no document."""
    os.mkfifo("news/p.txt")

    assert not any("p.txt" in name for name in addresses("news"))


def test_arguments_are_checked_at_once() -> None:
    """A wrong argument is told when the function is called."""
    with pytest.raises(ArgumentError):
        read_all(["a"], format="pdf")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError):
        read_all(["a"], published="Friday")


# Packed files


def test_packed_files(archive: Path) -> None:
    """Files in zip files have both names; gzip adds none; rows are counted within."""
    inner = zipped(("in.csv", b"text\nx\n"), ("deep.jsonl.gz", gzip.compress(b'{"text": "y"}')))
    Path("a.zip").write_bytes(
        zipped(("news/b.txt", b"B"), ("news/a.json", b'[{"text": "A"}]'), ("n.zip", inner), ("x.docx", b"no"))
    )

    assert addresses("a.zip") == [
        "a.zip!n.zip!deep.jsonl.gz#1",
        "a.zip!n.zip!in.csv#1",
        "a.zip!news/a.json#1",
        "a.zip!news/b.txt",
    ]


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.gz", gzip.compress(b'{"text": "x"}'), ["a.gz#1"]),
        ("a.gz", gzip.compress(b"Gunmen killed 12."), ["a.gz"]),
        ("a.jsonl.gz", gzip.compress(b'{"text": "x"}\n') + gzip.compress(b'{"text": "y"}'), ["a.jsonl.gz#1", "a.jsonl.gz#2"]),
        ("A.TXT.GZ", gzip.compress(b"x"), ["A.TXT.GZ"]),
        ("a.zip", zipped(("d/", b""), ("d/.x.txt", b"x"), ("__MACOSX/x.txt", b"x"), ("d/a.txt", b"x")), ["a.zip!d/a.txt"]),
        ("a.zip", zipped(("a.docx", b"x")), ["a.zip: no file in it can be read"]),
        ("a.zip.gz", gzip.compress(zipped(("a.txt", b"x"))), ["a.zip.gz!a.txt"]),
        ("a.tar.gz", gzip.compress(b"\0" * 512), ["a.tar.gz: it is no text (or UTF-16 without its mark)"]),
        ("a.zip", zipped(("a.txt", b""), ("b.txt", b"x")), ["a.zip!a.txt: it is empty", "a.zip!b.txt"]),
    ],
)  # fmt: skip
def test_kinds_of_packed_files(archive: Path, name: str, content: bytes, found: list[str]) -> None:
    """The inner ending tells the format, else the beginning."""
    Path(name).write_bytes(content)

    assert addresses(name) == found


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"Gunmen killed 12.", ["-"]),
        (b'{"text": "x"}\n{"text": "y"}', ["-#1", "-#2"]),
        (b'[{"text": "x"}]', ["-#1"]),
        (gzip.compress(b'{"text": "x"}'), ["-#1"]),
        (gzip.compress(gzip.compress(b"Gunmen killed 12.")), ["-"]),
        (zipped(("a.txt", b"x"), ("b.jsonl", b'{"text": "y"}')), ["-!a.txt", "-!b.jsonl#1"]),
    ],
)
def test_standard_input_may_be_packed(
    monkeypatch: pytest.MonkeyPatch, content: bytes, found: list[str]
) -> None:
    """It has no name, so its beginning tells."""
    feed(monkeypatch, content)

    assert addresses("-") == found


def test_standard_input_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is only one."""
    feed(monkeypatch, b"Gunmen killed 12.")

    assert addresses("-", "-") == ["-"]


def test_piped_rows_are_read_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first article is there before the second row was written."""
    reader, writer = os.pipe()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(os.fdopen(reader, "rb")))
    with os.fdopen(writer, "wb", buffering=0) as pipe:
        pipe.write(b'{"text": "x"}\n')
        found = read_all(["-"])
        first = next(found)
        pipe.write(b'{"text": "y"}\n')

    assert isinstance(first, Reading)
    assert [one.row for one in found] == [2]


def test_what_is_too_large_to_be_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip file on standard input is put aside only so far."""
    feed(monkeypatch, zipped(("a.txt", os.urandom(5_000))))

    assert addresses("-", limits=Limits(spooled_bytes=1_000)) == ["-: larger than 1,000 bytes"]


def test_memory_stays_flat(tmp_path: Path) -> None:
    """Rows are read one after the other, of a packed file too."""
    import tracemalloc

    with gzip.open(tmp_path / "a.jsonl.gz", "wb", compresslevel=1) as stream:
        stream.writelines(
            b'{"id": %d, "text": "%s"}\n' % (n, random.Random(n).randbytes(300).hex().encode())
            for n in range(8_000)
        )
    tracemalloc.start()
    count = sum(isinstance(one, Reading) for one in read(tmp_path / "a.jsonl.gz"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 8_000
    assert peak < 1_500_000


# Names

HOSTILE = [
    "../a.txt", "../../../../etc/passwd.txt", "/etc/passwd.txt", "//server/share/a.txt", "C:\\Windows\\a.txt",
    "C:/Windows/a.txt", "..\\..\\a.txt", "a/../../b.txt", "./a.txt", "a//b.txt", "~/a.txt", "$HOME/a.txt", "`id`.txt",
    "$(id).txt", ";rm -rf x.txt", "|x.txt", "-rf.txt", "--help.txt", "CON.txt", "NUL.txt", "aux.txt", "LPT1.txt",
    "a\nb.txt", "a\rb.txt", "a\tb.txt", "a\x1b[2Jb.txt", "a\x07.txt", "a\u202etxt.exe.txt", "\u2066a\u2069.txt",
    "\u200ea.txt", "a\u2028b.txt", "a\x85b.txt", "x" * 300 + ".txt", "x" * 5_000 + ".txt", "é.txt", "e\u0301.txt",
    "\U0001f600.txt", "a b.txt", " a.txt", "a .txt", "a..txt", "a.zip!b.txt", "a.gz!b.txt", "a!b.txt", "a#1.txt",
    "a.txt#1.txt", "<script>.txt", "a&b.txt", "'a'.txt", '"a".txt', "a;b.txt", "a%2fb.txt", "a%00b.txt", "a\\x00b.txt",
    "A.txt", "a.TXT", "file:a.txt", "http://x.example/a.txt", "http:a.txt", "{a}.txt", "a=b.txt", "*.txt", "?.txt", "[a].txt",
]  # fmt: skip


def test_hostile_names_are_labels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written, every file has a name of its own, and none of them can work on a terminal."""
    assert len(HOSTILE) >= 60
    monkeypatch.chdir(tmp_path)
    Path("a.zip").write_bytes(zipped(*[(name, name.encode()) for name in HOSTILE]))

    found = list(read_all(["a.zip"]))

    assert all(isinstance(one, Reading) for one in found)
    assert sorted(one.article.text for one in found if isinstance(one, Reading)) == sorted(HOSTILE)
    names = [one.file for one in found]
    assert len(set(names)) == len(HOSTILE)
    assert all(name.startswith("a.zip!") and name.isprintable() and len(name) < 600 for name in names)
    assert os.listdir(tmp_path) == ["a.zip"]


def test_two_files_of_one_name_in_a_zip(tmp_path: Path) -> None:
    """They are two documents."""
    with pytest.warns(UserWarning, match="Duplicate name"):
        (tmp_path / "a.zip").write_bytes(zipped(("a.txt", b"x"), ("a.txt", b"y"), ("a.txt", b"z")))

    found = list(read(tmp_path / "a.zip"))

    assert [one.article.text for one in found if isinstance(one, Reading)] == ["x", "y", "z"]
    assert len({one.file for one in found}) == 3


def test_no_two_documents_have_one_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names that look like rows, or like files in zip files, do not stand for these."""
    monkeypatch.chdir(tmp_path)
    Path("a.jsonl").write_text('{"text": "x"}\n{"text": "y"}')
    Path("a.jsonl#1").write_text("z")
    Path("a.zip").write_bytes(zipped(("b.txt", b"x"), ("c.jsonl", b'{"text": "y"}')))
    Path("a.zip!b.txt").write_text("z")
    Path("a.zip!c.jsonl").write_text('{"text": "z"}')

    found = addresses("a.jsonl", "a.jsonl#1", "a.zip", "a.zip!b.txt", "a.zip!c.jsonl")

    assert len(set(found)) == len(found) == 7


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are written out."""
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("x")
    except OSError:
        pytest.skip("this file system has only names in UTF-8")

    [found] = read_all([tmp_path])

    assert isinstance(found, Reading)
    assert found.file.endswith("caf\\udce9.txt")
    assert found.article.id == found.file
    found.file.encode()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text("ab.zip!#1\\x2134\0\n\udc80", max_size=12), min_size=2, max_size=12, unique=True))
def test_labels_keep_names_apart(names: list[str]) -> None:
    """No two names have one label, and no label looks like a row or a file in a packed one."""
    labels = [label(name) for name in names]

    assert len(set(labels)) == len(labels)
    assert not any(".zip!" in told for told in labels)
    assert not any(told.rpartition("#")[1] and told.rpartition("#")[2].isdigit() for told in labels)


def test_all_rows_have_addresses_of_their_own(tmp_path: Path) -> None:
    """Errors too have a place that is only theirs."""

    def rows() -> Iterator[str]:
        for n in range(50):
            yield json.dumps({"text": "x"} if n % 3 else {"id": n})

    (tmp_path / "a.jsonl").write_text("\n".join(rows()))
    (tmp_path / "b.json").write_text(f"[{','.join(rows())}")
    (tmp_path / "c.csv").write_text("text,id\n" + "x,1\nx\n" * 20)
    found = [address(one.file, one.row) for one in read_all([tmp_path])]

    assert len(found) == len(set(found)) == 50 + 51 + 40
    assert sum(isinstance(one, InputError) for one in read_all([tmp_path])) == 17 + 18 + 20


def test_what_is_wrong_with_a_file_is_told_once(archive: Path) -> None:
    """No two documents have one address, be it named in two ways and be it none."""
    Path(archive, "x.txt").symlink_to("nowhere")
    Path("empty").mkdir()
    told = "news/x.txt: No such file or directory"
    for inputs in (("news", "news/x.txt"), ("news/x.txt", "news"), ("news/*.txt", "news")):
        assert addresses(*inputs).count(told) == 1
    assert addresses("empty", "empty", "no*", "no*") == [
        "empty: no file in it can be read",
        "no*: no file fits the pattern",
    ]


def test_files_are_left_out(archive: Path) -> None:
    """What somebody writes meanwhile is passed over in folders and patterns, and an error where it is named."""
    out = [Path(archive, "c", "d.md").absolute(), "news/b.jsonl", "nowhere"]
    left = [f"news/{name}" for name in ALL if not name.startswith(("b.jsonl", "c/d.md"))]
    assert addresses("news", leave_out=out) == left
    assert addresses("./news/../news/**", leave_out=out)[0].endswith("a.txt")
    assert addresses("news/b*", leave_out=out) == []
    assert addresses("news/c/../b.jsonl", leave_out=out) == ["news/c/../b.jsonl: it is an output of this run"]
    Path(archive, "l.txt").symlink_to("c/d.md")
    assert addresses("news", leave_out=out) == left


def test_a_bar_tells_no_note_twice(archive: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever only measures the files leaves it to the reading to tell what is passed over."""
    assert bar_of(True, False, ["news"], From.AUTO, None)
    assert caplog.messages == []
    list(read_all(["news"]))
    assert len(caplog.messages) == 1


@pytest.mark.parametrize("kind", [str, Path])
def test_one_input_needs_no_list(tmp_path: Path, kind: type) -> None:
    """A name alone is one input, and not a row of characters, the first of which is the root of all files."""
    (tmp_path / "a.txt").write_text("Gunmen killed 12.", encoding="utf-8")
    files = [Path(one.file).name for one in itertools.islice(read_all(kind(tmp_path)), 5)]
    assert files == ["a.txt"]


@pytest.mark.parametrize("name", ["claims.jsonl", "claims.json", "claims.csv.jsonl.gz"])
def test_an_extraction_is_no_article(tmp_path: Path, name: str) -> None:
    """What a run wrote is not extracted anew, with its text or without, unless a key of the text is named."""
    for text in ({}, {"text": "Gunmen killed 12."}):
        row = {"schema_version": "1.1", "document": {"id": "a1"}, "claims": [], "incidents": [{}], **text}
        data = (json.dumps(row) + "\n").encode()
        (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
        [found] = read(tmp_path / name)
        assert isinstance(found, InputError)
        assert "an extraction already" in found.problem
    [named] = read(tmp_path / name, columns=Columns(text="text"))
    assert isinstance(named, Reading)
