"""The command ``plot``: extractions in, a picture out, and what is said about it."""

from __future__ import annotations

import io
import re
import sys
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from casualty_extract import Article, cli, extract, plots
from casualty_extract.linking import link
from casualty_extract.linking_records import LinkedIncident
from casualty_extract.plots_files import drawn
from casualty_extract.writers import read_jsonl, write_jsonl

DONE = re.compile(r"done docs=3 ok=3 failed=0 seconds=\d+\.\d")


@cache
def claims() -> str:
    target = io.StringIO()
    texts = [
        ("Police said a bomb killed 12 people in Mosul on Friday.", "2017-09-02"),
        ("The toll of the bombing in Mosul on Friday rose to 18 dead, police said.", "2017-09-04"),
        ("Floods killed 40 people in Jakarta on Friday.", "2017-09-04"),
    ]
    found = [extract(Article(id=f"a{n}", text=text), published=day) for n, (text, day) in enumerate(texts)]
    write_jsonl(found, target)
    return target.getvalue()


@cache
def incidents() -> tuple[LinkedIncident, ...]:
    return tuple(link(read_jsonl(claims().splitlines()), copies="exact"))


def linked(folder: Path) -> str:
    file = folder / "incidents.jsonl"
    file.write_text("".join(incident.to_json() + "\n" for incident in incidents()), encoding="utf-8")
    return str(file)


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(cli.app, ["plot", *arguments], input=claims() if given is None else given)


def test_a_file_as_python_draws_it(tmp_path: Path) -> None:
    """The command draws what the functions draw; the ending tells the format."""
    found = list(read_jsonl(claims().splitlines()))
    wanted = {
        "claims.svg": (("claims",), plots.claims(found)),
        "map.png": (("map", "--linked", linked(tmp_path)), plots.incident_map(found, incidents())),
        "tolls.pdf": (("tolls", "--linked", linked(tmp_path)), plots.tolls(incidents()[0], found)),
    }
    for name, (arguments, axes) in wanted.items():
        file = tmp_path / name
        done = run(*arguments, "-o", str(file))
        assert done.exit_code == 0, done.output
        assert file.read_bytes() == drawn(axes, file.suffix[1:])  # type: ignore[arg-type]
        assert done.stdout == ""
        assert DONE.fullmatch(done.stderr.splitlines()[-1])
        assert not file.with_name(f"{name}.part").exists()


def test_which_incident(tmp_path: Path) -> None:
    """The one that most tell of is drawn, and named; another one by its id."""
    file = str(tmp_path / "a.svg")
    done = run("tolls", "--linked", linked(tmp_path), "-o", file)
    assert f"Note: incident {incidents()[0].id} of 2; --incident draws another" in done.stderr
    other = tmp_path / "b.svg"
    assert (
        run(
            "tolls", "--linked", linked(tmp_path), "--incident", incidents()[1].id, "-o", str(other), "-q"
        ).exit_code
        == 0
    )
    found = list(read_jsonl(claims().splitlines()))
    assert other.read_bytes() == drawn(plots.tolls(incidents()[1], found), "svg")
    own = tmp_path / "c.svg"
    done = run("tolls", "--incident", "a2/i1", "-o", str(own), "-q")
    assert done.exit_code == 0, done.output
    assert done.stderr == ""
    assert own.read_bytes() == drawn(plots.tolls(found[2].incidents[0], [found[2]]), "svg")
    assert run("tolls", "--incident", "a9/i1", "-o", str(tmp_path / "d.svg")).exit_code == 3


def test_options_reach_the_plots(tmp_path: Path) -> None:
    """Rules, harms, kinds and counts are those of the functions."""
    found = list(read_jsonl(claims().splitlines()))
    file = tmp_path / "a.svg"
    for arguments, axes in (
        (("claims", "--by", "kind", "--most", "1"), plots.claims(found, by="kind", most=1)),
        (("map", "--harm", "killed", "--best-rule", "lowest"), plots.incident_map(found, rule="lowest")),
        (
            ("tolls", "--linked", linked(tmp_path), "--best-rule", "median", "--all"),
            plots.tolls(incidents()[0], found, rule="median", everything=True),
        ),
    ):  # fmt: skip
        assert run(*arguments, "-q", "--force", "-o", str(file)).exit_code == 0
        assert file.read_bytes() == drawn(axes, "svg")


def test_to_standard_output() -> None:
    """With - and a format the picture is the output, and nothing else is."""
    done = run("claims", "--to", "png", "-o", "-")
    assert done.exit_code == 0
    assert done.stdout_bytes.startswith(b"\x89PNG")


def test_a_file_is_replaced_with_force_alone(tmp_path: Path) -> None:
    """What is there stays unless --force is given."""
    file = tmp_path / "a.svg"
    file.write_text("mine", encoding="utf-8")
    assert run("claims", "-o", str(file)).exit_code == 4
    assert file.read_text(encoding="utf-8") == "mine"
    assert run("claims", "-o", str(file), "--force").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "given", "message"),
    [
        (("claims",), "", "nothing to draw: no articles"),
        (("map", "--harm", "missing"), None, "nothing to draw: no people missing told (3)"),
        (
            ("tolls", "--harm", "injured"),
            None,
            "nothing to draw: the incident has no figure of people injured",
        ),
        (("tolls",), "", "nothing to draw: no incidents"),
    ],
)
def test_nothing_to_draw(tmp_path: Path, arguments: tuple[str, ...], given: str | None, message: str) -> None:
    """It is told, there is no file, and the status tells that there was nothing."""
    file = tmp_path / "a.svg"
    done = run(*arguments, "-o", str(file), given=given)
    assert done.exit_code == 3
    assert f"Error: {message}" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_missing_article(tmp_path: Path) -> None:
    """A running toll of some of the articles would pass for that of all."""
    less = claims().split("\n", 1)[1]
    done = run("tolls", "--linked", linked(tmp_path), "-o", str(tmp_path / "a.svg"), given=less)
    assert done.exit_code == 2
    assert "those of all of them, or none" in done.stderr


def test_bad_rows_are_told_and_left_out(tmp_path: Path) -> None:
    """A row that is no extraction does not end the run."""
    file = tmp_path / "a.svg"
    done = run("claims", "-o", str(file), given="{}\n" + claims())
    assert done.exit_code == 1
    assert "Error: -, row 1: " in done.stderr
    assert file.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("claims",), ("claims", "-o", "a.gif"), ("claims", "-o", "-"), ("claims", "-o", "a.svg", "--by", "colour"),
        ("claims", "-o", "a.svg", "--most", "0"), ("map", "-o", "a.svg", "--linked", "-"), ("pie", "-o", "a.svg"),
        ("map", "-o", "a.svg", "--harm", "dead"), ("tolls", "-o", "a.svg", "--best-rule", "mean"),
    ],
)  # fmt: skip
def test_wrong_commands(arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be followed is an error of usage, and writes nothing."""
    monkeypatch.chdir(tmp_path)
    assert run(*arguments).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_missing_package_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without matplotlib the command tells what to install before it reads anything."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    done = run("claims", "-o", str(tmp_path / "a.svg"))
    assert done.exit_code == 2
    assert "pip install '.[plots]'" in done.stderr
