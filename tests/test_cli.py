"""The command line: what stands on standard output and standard error, and the exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import casualty_extract
from casualty_extract import cli, writers
from casualty_extract.errors import ArticleError
from casualty_extract.records import Article, Claim, Document, Extraction, Quantity, Span, json_schema
from test_writers import BARE

DONE = re.compile(r"done docs=(\d+) ok=(\d+) failed=(\d+) claims=(\d+) seconds=\d+\.\d")
TEXT = "A bomb killed 12 people in Mosul on Friday, police said.\n"


@dataclass
class Result:
    status: int
    out: str
    err: str

    @property
    def counts(self) -> tuple[int, ...]:
        """The numbers of the last line: articles, well done, failed, claims."""
        found = DONE.fullmatch(self.err.splitlines()[-1])
        assert found, self.err
        return tuple(int(number) for number in found.groups())

    @property
    def errors(self) -> list[str]:
        return [line for line in self.err.splitlines() if line.startswith("Error:")]

    @property
    def rows(self) -> list[Extraction]:
        return list(writers.read_jsonl(self.out.splitlines()))


def claims_of(article: Article) -> tuple[Claim, ...]:
    """One claim for each "12" in the text."""
    found = []
    for hit in re.finditer("12", article.text):
        span = {"text": "12", "start": hit.start(), "end": hit.end()}
        figure = Quantity(**span, form="numeral", qualifier="exact", low=12, high=12, best=12)
        evidence = Span(text=article.text, start=0, end=len(article.text))
        found.append(
            BARE.model_copy(update={"id": f"c{hit.start()}", "quantity": figure, "evidence": evidence})
        )
    return tuple(found)


def fake_extract(article: Article, *, date_order: str | None = None) -> Extraction:
    if "poison" in article.text:
        raise ArticleError("ZeroDivisionError: division\nby zero", article=article.id, stage="times")
    if "bug" in article.text:
        raise RecursionError("maximum recursion depth exceeded")
    return Extraction(
        document=Document.of(article),
        claims=claims_of(article),
        incidents=(),
        flags=("published_unknown",) if article.published is None else (),
    )


def fake_explain(article: Article, *, date_order: str | None = None) -> list[dict[str, Any]]:
    decision = {"slot": "harm", "value": date_order, "text": "12", "start": 1, "end": 3, "rule": "of\x1b[2J"}
    return [{"claim": claim, "decisions": [decision]} for claim in claims_of(article)]


Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run the command in this process, in an empty folder, on an engine that finds each "12"."""
    monkeypatch.setitem(casualty_extract.__dict__, "extract", fake_extract)
    monkeypatch.setitem(sys.modules, "casualty_extract.pipeline", SimpleNamespace(explain=fake_explain))
    monkeypatch.chdir(tmp_path)

    def run_it(*args: str, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "argv", ["casualty-extract", *args])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(stdin))))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        status = ended.value.code
        return Result(status if isinstance(status, int) else 0, *capsys.readouterr())

    return run_it


def row(**known: Any) -> str:
    return json.dumps(known) + "\n"


def process(*args: str, stdin: bytes = b"", env: dict[str, str] | None = None) -> Result:
    """Run the command as a process of its own, on the real engine."""
    done = subprocess.run(
        [sys.executable, "-m", "casualty_extract", *args],
        input=stdin,
        capture_output=True,
        env={**os.environ, **(env or {})},
        timeout=120,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


# What goes in


def test_one_file_gives_one_line(run: Run) -> None:
    """A text file gives one extraction, known by the file's name."""
    Path("news.txt").write_text(TEXT)

    result = run("extract", "news.txt")

    assert (result.status, result.counts) == (0, (1, 1, 0, 1))
    [found] = result.rows
    assert (found.document.id, found.document.title, found.text) == ("news.txt", None, None)


def test_folders_patterns_and_columns(run: Run) -> None:
    """A folder and a pattern stand for files, and options name the columns of a table."""
    Path("news").mkdir()
    Path("news/a.csv").write_text("key,story,day,by\nk1,12 dead,2017-09-01,Daily Post\n,,,\n")
    Path("news/b.txt").write_text("12 dead")
    keys = ("--text-key", "story", "--id-key", "key", "--date-key", "day", "--publisher-key", "by")

    result = run("extract", "news", *keys)

    assert (result.status, result.counts) == (1, (3, 2, 1, 2))
    first, second = (found.document for found in result.rows)
    assert (first.id, str(first.published), first.publisher) == ("k1", "2017-09-01", "Daily Post")
    assert (second.id, result.errors) == ("news/b.txt", ["Error: news/a.csv, row 2: no value for 'story'"])
    assert run("explain", "news/*.txt", "absent/*").counts == (2, 1, 1, 1)
    assert run("extract", "news", "--from", "csv", *keys, "--title-key", "x").status == 3
    assert run("extract", "news", "--url-key", "x", "--text-key", "").status == 2


@pytest.mark.parametrize("args", [("extract",), ("extract", "-")])
def test_standard_input_is_read(run: Run, args: tuple[str, ...]) -> None:
    """No file, or a dash, means standard input."""
    result = run(*args, stdin=TEXT.encode())

    assert (result.status, result.counts) == (0, (1, 1, 0, 1))


def test_rows_keep_their_order_and_ids(run: Run) -> None:
    """Each row gives a line, in the same order, under its own id."""
    rows = "".join(row(id=n, text="12 " * n, url=f"https://x.example/{n}") for n in (3, 1, 2))

    result = run("extract", "--from", "jsonl", stdin=rows.encode())

    assert [(found.document.id, len(found.claims)) for found in result.rows] == [("3", 3), ("1", 1), ("2", 2)]
    assert result.counts == (3, 3, 0, 6)


def test_many_files_are_read_in_order(run: Run) -> None:
    """Files follow one another as they were named, standard input among them."""
    Path("a.txt").write_text("12")
    Path("b.jsonl").write_text(row(id="b1", text="12") + row(id="b2", text="x"))

    result = run("extract", "b.jsonl", "-", "a.txt", stdin=b'{"id": "s", "text": "12"}')

    assert [found.document.id for found in result.rows] == ["b1", "b2", "s", "a.txt"]


@pytest.mark.parametrize(
    ("args", "published"),
    [
        ((), None),
        (("--published", "2017-09-01"), "2017-09-01"),
        (("--published", "2017-09-01T10:00Z"), "2017-09-01"),
    ],
)
def test_the_day_of_publication(run: Run, args: tuple[str, ...], published: str | None) -> None:
    """The option stands for articles that state no date, and only for them."""
    rows = row(text="12") + row(text="12", published="2016-02-03")

    result = run("extract", *args, stdin=rows.encode())

    assert [found.to_dict()["document"]["published"] for found in result.rows] == [published, "2016-02-03"]


def test_a_page_brings_its_text(run: Run) -> None:
    """The extraction of an HTML page carries the text that its offsets count in."""
    pytest.importorskip("trafilatura", exc_type=ImportError)
    Path("page.html").write_text(
        "<!DOCTYPE html><html><head><title>Blast in Arda</title></head><body><article><p>Gunmen killed 12 people"
        " in the town of Arda on Friday, police said. It was the worst attack in years.</p></article></body></html>"
    )

    result = run("extract", "page.html")

    [found] = result.rows
    assert found.document.title == "Blast in Arda"
    assert found.text is not None
    assert found.text[found.claims[0].quantity.start : found.claims[0].quantity.end] == "12"
    assert len(found.text) == found.document.length


# What comes out


def test_the_default_for_programs_is_json_lines(run: Run) -> None:
    """Where no person watches, the output is JSON Lines, the same as asked for by name."""
    rows = (row(id="a", text="12") + row(id="b", text="12 12")).encode()

    assert run("extract", stdin=rows).out == run("extract", "--to", "jsonl", stdin=rows).out


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (row(text="12"), None),
        (row(text="12") + row(text="x"), 2),
        (row(text="12") + row(text="poison"), 1),
        (row(text="poison") + row(text="12"), 1),
        (row(text="poison") + row(text="poison"), 0),
    ],
)
def test_json_is_an_array_for_many(run: Run, rows: str, count: int | None) -> None:
    """One article gives an object, more give an array, whether or not some of them fail."""
    value = json.loads(run("extract", "--to", "json", stdin=rows.encode()).out)

    assert (len(value) if isinstance(value, list) else None) == count


def test_csv_has_a_row_a_claim(run: Run) -> None:
    """All articles' claims stand in one table under one head row."""
    rows = row(id="=a", text="12 12") + row(id="b", text="x") + row(id="c", text="12")

    result = run("extract", "--to", "csv", stdin=rows.encode())

    assert [found["document"] for found in csv.DictReader(io.StringIO(result.out))] == ["'=a", "'=a", "c"]


def test_the_table_shows_no_escapes(run: Run) -> None:
    """Escape sequences of an article are written out."""
    rows = row(id="a", title="Quiet\x1b[2J", text="no claim") + row(id="b", text="At 12\x1b]0;x\x07")

    result = run("extract", "--to", "table", stdin=rows.encode())

    assert "\x1b" not in result.out
    assert "Quiet\\x1b[2J\na | no date | no claims\n" in result.out
    assert "At [12]\\x1b]0;x\\x07\n" in result.out


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("env", "colour"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_a_person_gets_a_table(
    run: Run, monkeypatch: pytest.MonkeyPatch, env: dict[str, str], colour: bool
) -> None:
    """On a terminal the default is the table, with colours unless they are not wanted."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)

    run("extract", stdin=b"At 12")

    assert ("\x1b[1;7m12\x1b[0m" if colour else "At [12]") in terminal.getvalue()
    assert ("\x1b" in terminal.getvalue()) == colour


def test_a_file_never_gets_a_table_by_default(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With -o, the default stays JSON Lines on a terminal too."""
    monkeypatch.setattr(sys, "stdout", Terminal())

    run("extract", "-o", "claims.jsonl", stdin=b"At 12")

    assert len(list(writers.read_jsonl(Path("claims.jsonl").read_text().splitlines()))) == 1


# What goes wrong


def test_a_batch_does_not_die_of_a_document(run: Run) -> None:
    """Each failure is one line on standard error; all else is output."""
    rows = (
        row(id="a", text="12") + "{\n" + row(id="b", text="poison") + row(text="bug") + row(id="c", text="12")
    )
    Path("news.jsonl").write_text(rows)

    result = run("extract", "news.jsonl")

    assert (result.status, result.counts) == (1, (5, 2, 3, 2))
    assert [found.document.id for found in result.rows] == ["a", "c"]
    assert result.errors == [
        "Error: news.jsonl, row 2: no valid JSON: Expecting property name enclosed in double quotes at character 2",
        "Error: news.jsonl, row 3: article 'b', stage times: ZeroDivisionError: division by zero",
        "Error: news.jsonl, row 4: RecursionError: maximum recursion depth exceeded",
    ]


@pytest.mark.parametrize(
    ("args", "status", "counts"),
    [
        (("absent.txt",), 3, (1, 0, 1, 0)),
        (("empty.txt",), 3, (1, 0, 1, 0)),
        (("empty.jsonl",), 3, (1, 0, 1, 0)),
        ((".",), 1, (4, 1, 3, 1)),
        (("absent.txt", "empty.txt"), 3, (2, 0, 2, 0)),
        (("absent.txt", "good.txt"), 1, (2, 1, 1, 1)),
        (("bad.jsonl",), 1, (1, 0, 1, 0)),
        (("good.txt",), 0, (1, 1, 0, 1)),
        (("-",), 3, (1, 0, 1, 0)),
    ],
)
def test_the_status_tells_how_much_was_read(
    run: Run, args: tuple[str, ...], status: int, counts: tuple[int, ...]
) -> None:
    """0: all; 1: some, or rows were bad; 3: no input could be read."""
    for name, text in {"empty.txt": "", "empty.jsonl": "\n", "good.txt": "12", "bad.jsonl": "x"}.items():
        Path(name).write_text(text)

    result = run("extract", *args)

    assert (result.status, result.counts) == (status, counts)
    assert len(result.errors) == counts[2]


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("extract", "--to", "pdf"),
        ("extract", "--from", "pdf"),
        ("extract", "--no-such-option"),
        ("extract", "--date-order", "MYD"),
        ("extract", "--vagueness", "gtd"),
        ("explain", "--vagueness", "gtd"),
        ("extract", "--published", "Friday"),
        ("extract", "--published", ""),
        ("nothing",),
        ("schema", "more"),
    ],
)
def test_a_wrong_command_line(run: Run, args: tuple[str, ...]) -> None:
    """A wrong command line ends with 2, before any input is touched, and gives no data."""
    result = run(*args, stdin=TEXT.encode())

    assert (result.status, result.out) == (2, "")
    assert "Traceback" not in result.err


def test_quiet_means_errors_only(run: Run) -> None:
    """With -q, standard error has the errors and nothing else."""
    rows = b'{"text": "12"}\n{}\n{"text": "Z\xfcrich"}'

    result = run("extract", "-q", stdin=rows)

    assert result.err == "Error: -, row 2: no value for 'text'\n"


def test_notes_are_told_once(run: Run) -> None:
    """A guessed encoding is noted before the summary."""
    result = run("extract", stdin=b"Z\xfcrich, 12")

    assert result.err.splitlines()[:-1] == ["Note: -: not UTF-8, read as Windows-1252"]


def test_verbose_tells_each_article(run: Run) -> None:
    """With -v there is a line for each article; with -vv a traceback for each failure."""
    rows = (row(id="a", text="12 12") + row(id="b", text="bug")).encode()

    once, twice = run("extract", "-v", stdin=rows), run("extract", "-vv", stdin=rows)

    assert once.err.splitlines()[0] == "Note: -, row 1: 2 claims"
    assert ("Traceback" in once.err, "Traceback" in twice.err) == (False, True)


def test_an_error_cannot_work_on_the_terminal(run: Run) -> None:
    """A hostile file name is written out, on one line."""
    result = run("extract", "a\x1b[2J\nb.txt")

    assert result.errors == ["Error: a\\x1b[2J\\x0ab.txt: No such file or directory"]
    assert len(result.err.splitlines()) == 2


# -o


def test_output_goes_to_a_file(run: Run) -> None:
    """With -o, standard output stays empty and no other file is left."""
    result = run("extract", "-o", "claims.jsonl", stdin=b"12 in Z\xc3\xbcrich\r\n")

    assert (result.status, result.out) == (0, "")
    assert os.listdir() == ["claims.jsonl"]
    assert Path("claims.jsonl").read_bytes().count(b"\n") == 1
    assert "12 in Zürich\\r\\n" in Path("claims.jsonl").read_text(encoding="utf-8")


def test_a_dash_is_standard_output(run: Run) -> None:
    """``-o -`` is the same as no -o."""
    assert len(run("extract", "-o", "-", stdin=b"12").rows) == 1


@pytest.mark.parametrize(
    ("output", "problem"),
    [
        ("there.jsonl", "it exists; --force replaces it"),
        ("folder", "Is a directory"),
        ("absent/claims.jsonl", "No such file or directory"),
        ("there.jsonl/claims.jsonl", "Not a directory"),
    ],
)
def test_an_output_that_cannot_be_written(run: Run, output: str, problem: str) -> None:
    """The status is 4, nothing was read, and what was there is untouched."""
    Path("there.jsonl").write_text("old")
    Path("folder").mkdir()

    result = run("extract", "-o", output, stdin=b"12")

    assert (result.status, result.counts) == (4, (0, 0, 0, 0))
    assert result.errors == [f"Error: {output}: {problem}"]
    assert Path("there.jsonl").read_text() == "old"
    assert sorted(os.listdir()) == ["folder", "there.jsonl"]


def test_force_replaces_a_file(run: Run) -> None:
    """With --force, the new output takes the old one's place."""
    Path("there.jsonl").write_text("old")

    assert run("extract", "--force", "-o", "there.jsonl", stdin=b"12").status == 0
    assert len(list(writers.read_jsonl(Path("there.jsonl").read_text().splitlines()))) == 1


def test_nothing_read_replaces_nothing(run: Run) -> None:
    """Where no article could be read, the old output stays, --force or not."""
    Path("there.jsonl").write_text("old")

    assert run("extract", "--force", "-o", "there.jsonl", "absent.txt").status == 3
    assert Path("there.jsonl").read_text() == "old"
    assert os.listdir() == ["there.jsonl"]


def test_a_link_stays_a_link(run: Run) -> None:
    """Output through a symbolic link replaces what it points to."""
    Path("real.jsonl").write_text("old")
    Path("link.jsonl").symlink_to("real.jsonl")

    run("extract", "--force", "-o", "link.jsonl", stdin=b"12")

    assert Path("link.jsonl").is_symlink()
    assert len(Path("real.jsonl").read_text()) > 100


def test_a_device_is_written_to(run: Run) -> None:
    """A device is no file that could be overwritten."""
    assert run("extract", "-o", os.devnull, stdin=b"12").status == 0


# The other commands


def test_explain_shows_rules(run: Run) -> None:
    """Each claim has its sentence and a line a slot; escapes are written out."""
    result = run("explain", "--date-order", "dmy", stdin=row(id="a", text="x 12 y").encode())

    assert result.out == 'a\n\nx [12] y\n  harm  DMY  "12" 1:3  of\\x1b[2J\n'
    assert (result.status, result.counts) == (0, (1, 1, 0, 1))


def test_the_schema_is_valid(run: Run) -> None:
    """What ``schema`` prints is the library's schema, and a valid one."""
    result = run("schema")

    assert result.status == 0
    assert json.loads(result.out) == json_schema()
    Draft202012Validator.check_schema(json.loads(result.out))


def test_the_version_is_the_package_s(run: Run) -> None:
    """``--version`` names program and version."""
    assert run("--version").out == f"casualty-extract {casualty_extract.__version__}\n"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--help",), ("extract", "explain", "schema", "--version")),
        (
            ("extract", "--help"),
            (
                "--from",
                "--to",
                "-o",
                "--force",
                "--published",
                "--date-order",
                "--vagueness",
                "-q",
                "-v",
                "csv",
            ),
        ),
        (("explain", "-h"), ("--from", "--published", "--date-order", "--vagueness")),
    ],
)
def test_help_names_all_options(run: Run, args: tuple[str, ...], words: tuple[str, ...]) -> None:
    """Every option is in the help."""
    result = run(*args)

    assert result.status == 0
    assert [word for word in words if word not in result.out] == []


# As a process, on the real engine


def test_help_loads_nothing_heavy() -> None:
    """``--help`` answers without the engine."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "casualty_extract", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert loaded & {"spacy", "numpy", "trafilatura", "casualty_extract.records"} == set()


def test_the_real_engine_answers() -> None:
    """From text on standard input to a line that follows the schema."""
    result = process("extract", "--published", "2017-09-03", stdin=TEXT.encode())

    assert (result.status, result.counts) == (0, (1, 1, 0, 1)), result.err
    assert list(Draft202012Validator(json_schema()).iter_errors(json.loads(result.out))) == []
    assert result.rows[0].claims[0].quantity.text == "12"


def test_the_real_engine_explains() -> None:
    """``explain`` shows the figure in its sentence and a rule for the harm."""
    result = process("explain", stdin=TEXT.encode())

    assert result.status == 0, result.err
    assert "A bomb killed [12] people" in result.out
    assert re.search(r"^  harm +killed +\"killed\" 7:13 +\S", result.out, re.MULTILINE)


@pytest.mark.parametrize(
    ("form", "env"),
    [
        ("jsonl", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
        ("jsonl", {"PYTHONIOENCODING": "latin-1"}),
        ("table", {"PYTHONIOENCODING": "latin-1"}),
    ],
)
def test_output_is_utf_8_everywhere(form: str, env: dict[str, str]) -> None:
    """Data are UTF-8 whatever the locale says."""
    stdin = row(id="北京", title="Zoë – “x”", text="Quiet.").encode()

    result = process("extract", "--to", form, stdin=stdin, env=env)

    assert (result.status, "北京" in result.out, "Zoë – “x”" in result.out) == (0, True, True)


def test_a_closed_pipe_leaves_no_traceback(tmp_path: Path) -> None:
    """A reader that goes away early ends the run quietly."""
    file = tmp_path / "news.jsonl"
    file.write_text("".join(row(id=f"{n}", text="Quiet.", title="x" * 500) for n in range(1_000)))
    with subprocess.Popen(
        [sys.executable, "-m", "casualty_extract", "extract", str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        told = running.stderr.read().decode()
        assert running.wait(60) == 141

    assert DONE.fullmatch(told.strip()), told


def test_an_interrupt_ends_with_130(tmp_path: Path) -> None:
    """Lines come out as articles come in; Ctrl-C ends the run, with its summary and no half file."""
    output = tmp_path / "claims.jsonl"
    with subprocess.Popen(
        [sys.executable, "-m", "casualty_extract", "extract", "-v", "-o", str(output)],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A shell lets what it starts in the background ignore Ctrl-C, these tests among it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as running:
        assert running.stdin is not None
        assert running.stderr is not None
        running.stdin.write(row(text="Quiet.").encode())
        running.stdin.flush()
        first = running.stderr.readline().decode()
        running.send_signal(signal.SIGINT)
        told = running.stderr.read().decode()
        assert running.wait(60) == 130

    assert first == "Note: -, row 1: 0 claims\n"
    assert DONE.fullmatch(told.strip()), told
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("args", [("extract",), ("extract", "--to", "table"), ("schema",), ("explain",)])
def test_a_full_disk_is_told(args: tuple[str, ...]) -> None:
    """Output that cannot be written ends with 4 and one line."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "casualty_extract", *args],
            input=b"Quiet.",
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    told = done.stderr.decode().splitlines()
    assert (done.returncode, told[0]) == (4, "Error: standard output: No space left on device")
    assert len(told) == (1 if args == ("schema",) else 2)
