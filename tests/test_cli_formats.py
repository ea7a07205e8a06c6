"""The formats that the command line writes beside JSON: TSV, Parquet, byte order marks, Datasette's metadata."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import casualty_extract
from casualty_extract import cli, writers
from casualty_extract.writers_datasette import datasette_metadata
from test_cli import fake_extract, row

ROWS = (row(id="=a", text="12 12") + row(id="b") + row(id="c", text="12")).encode()

Run = Callable[..., tuple[int, bytes, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> Run:
    """Run the command in this process, in an empty folder, on an engine that finds each "12"."""
    monkeypatch.setitem(casualty_extract.__dict__, "extract", fake_extract)
    monkeypatch.chdir(tmp_path)

    def run_it(*args: str, stdin: bytes = ROWS) -> tuple[int, bytes, str]:
        monkeypatch.setattr(sys, "argv", ["casualty-extract", *args])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsysbinary.readouterr()
        return ended.value.code if isinstance(ended.value.code, int) else 0, out, err.decode()

    return run_it


def test_tsv_has_a_row_a_claim(run: Run) -> None:
    """Tabs stand between the cells, and the guard before what looks like a formula."""
    status, out, _ = run("extract", "--to", "tsv")

    head, *rows = out.decode().splitlines()
    assert status == 1
    assert head.split("\t") == list(writers.COLUMNS)
    assert [line.split("\t")[0] for line in rows] == ["'=a", "'=a", "c"]


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_a_byte_order_mark_is_written_once(run: Run, form: str) -> None:
    """To standard output and to a file alike."""
    _, plain, _ = run("extract", "--to", form)
    _, marked, _ = run("extract", "--to", form, "--bom")
    run("extract", "--to", form, "--bom", "-o", "out")

    assert marked == Path("out").read_bytes() == b"\xef\xbb\xbf" + plain


@pytest.mark.parametrize("args", [("--bom",), ("--to", "jsonl", "--bom"), ("--to", "parquet", "--bom")])
def test_a_byte_order_mark_is_for_csv_and_tsv(run: Run, args: tuple[str, ...]) -> None:
    """It is refused where it would break what is written."""
    status, out, err = run("extract", *args)

    assert (status, out) == (2, b"")
    assert "only csv and tsv" in err


def test_parquet_goes_to_files_and_streams(run: Run) -> None:
    """The same bytes; what failed is told as ever."""
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")

    status, out, err = run("extract", "--to", "parquet")
    run("extract", "--to", "parquet", "-o", "claims.parquet")

    assert (status, out) == (1, Path("claims.parquet").read_bytes())
    assert err.splitlines()[-1].startswith("done docs=3 ok=2 failed=1 claims=3 ")
    assert pq.read_table("claims.parquet").column("document").to_pylist() == ["=a", "=a", "c"]
    assert [path.name for path in Path().iterdir()] == ["claims.parquet"]


def test_parquet_is_kept_from_terminals(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Binary data would only upset them."""
    monkeypatch.setattr("casualty_extract.cli_formats.on_terminal", lambda _: True)

    status, out, err = run("extract", "--to", "parquet")

    assert (status, out) == (2, b"")
    assert "name a file with -o" in err


def test_without_pyarrow_its_extra_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before any article is read."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    status, out, err = run("extract", "--to", "parquet")

    assert (status, out) == (2, b"")
    assert err == (
        "Error: pyarrow is needed for Arrow tables and Parquet files: pip install '.[parquet]' where casualty-extract lies\n"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told() -> None:
    """Parquet that cannot be written ends with 4 and one line, like other output."""
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "casualty_extract", "extract", "--to", "parquet", "-q"],
            input=b"Quiet.",
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert (done.returncode, done.stderr) == (4, b"Error: standard output: No space left on device\n")


def test_datasette_is_told_of_the_tables(run: Run) -> None:
    """The metadata is that of the library, under the name of the database."""
    status, out, _ = run("schema", "datasette", "--database", "news")

    assert status == 0
    assert json.loads(out) == datasette_metadata("news")
