"""Everything that README and docs show is run: Python sessions as doctests, command lines as commands."""

from __future__ import annotations

import doctest
import importlib
import os
import pkgutil
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
import typer
from pydantic import BaseModel
from typer.testing import CliRunner

import casualty_extract
from casualty_extract import cli, records, writers

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
MODULES = sorted(
    name
    for _, name, _ in pkgutil.walk_packages(casualty_extract.__path__, "casualty_extract.")
    if not name.endswith("__main__")
)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def blocks(page: Path, language: str) -> list[str]:
    return [body for name, body in BLOCK.findall(page.read_text(encoding="utf-8")) if name == language]


@pytest.mark.parametrize("page", PAGES, ids=[str(p.relative_to(ROOT)) for p in PAGES])
def test_python_sessions_run(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All Python sessions of a page run in order, in one namespace, and give what the page shows."""
    monkeypatch.chdir(ROOT)
    source = "\n".join(blocks(page, "python"))
    test = doctest.DocTestParser().get_doctest(source, {}, page.name, str(page), 0)
    assert doctest.DocTestRunner(optionflags=FLAGS).run(test).failed == 0
    if source.strip():
        assert test.examples, f"{page} shows Python that is no session"


def commands() -> list[tuple[str, str, str]]:
    found = []
    for page in PAGES:
        for body in blocks(page, "console"):
            parts = re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]
            found += [(str(page.relative_to(ROOT)), *part.split("\n", 1)) for part in parts]
    return [
        (page, command, output)
        for page, command, output in found
        if "casualty-extract" in command.split("|")[-1] or command.startswith("casualty-extract")
    ]


@pytest.mark.parametrize(
    ("page", "command", "output"), commands(), ids=[f"{p}: {c}" for p, c, _ in commands()]
)
def test_commands_run(page: str, command: str, output: str, tmp_path: Path) -> None:
    """Each command line runs in a copy of the example files and prints what the page shows."""
    script = Path(sys.executable).parent
    env = {
        **os.environ,
        "PATH": f"{script}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "PYTHONIOENCODING": "utf-8",
    }
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, env=env, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    if output.strip():
        shown = done.stdout + (done.stderr if "done docs=" in output else "")
        assert doctest.OutputChecker().check_output(output, shown, FLAGS), shown
    assert shlex.split(command)


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples_run(name: str) -> None:
    """The examples in every module's docstrings run."""
    module = importlib.import_module(name)
    assert doctest.testmod(module, optionflags=FLAGS).failed == 0


def test_links_lead_somewhere() -> None:
    """Every relative link of README and docs leads to a file of the repository."""
    dead = [
        (page.name, target)
        for page in PAGES
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert dead == []


def test_every_room_is_documented() -> None:
    """The page of the rooms names every module."""
    page = (ROOT / "docs" / "reference" / "rooms.md").read_text(encoding="utf-8")
    short = [name.removeprefix("casualty_extract.") for name in MODULES]
    assert [name for name in short if f"`{name}`" not in page] == []


# --- the reference pages name everything ------------------------------------------------------------


def section(page: str, title: str) -> str:
    """The text of a page of the reference from one of its headings to the next of the same rank or a higher one."""
    text = (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")
    found = re.search(
        rf"^(#+) `{re.escape(title)}`\n(.*?)(?=^(?!\1#)##+ |\Z)", text, re.MULTILINE | re.DOTALL
    )
    assert found, f"{page} has no heading `{title}`"
    return found[2]


def subcommands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        yield before + name, command
        if hasattr(command, "commands"):
            yield from subcommands(command, f"{before}{name} ")


def options() -> list[tuple[str, str]]:
    found = []
    for name, command in subcommands(typer.main.get_command(cli.app)):
        for parameter in command.get_params(command.make_context(name, [], resilient_parsing=True)):
            words = (
                [parameter.metavar.strip("[].").split("|")[0]]
                if parameter.param_type_name == "argument"
                else parameter.opts + parameter.secondary_opts
            )
            found += [(name, word) for word in words]
    return found


@pytest.mark.parametrize(("command", "option"), options())
def test_every_option_is_documented(command: str, option: str) -> None:
    """The section of each command names all its arguments and options."""
    assert re.search(rf"`{option}[ `]", section("cli.md", command))


def test_options_of_the_whole_command_are_documented() -> None:
    """What stands before the command is named too."""
    page = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    whole = typer.main.get_command(cli.app)
    words = [word for parameter in whole.params for word in parameter.opts]
    assert words == ["--version"]
    assert [word for word in words if f"`{word}`" not in page] == []


@pytest.mark.parametrize("column", writers.COLUMNS)
def test_every_column_is_documented(column: str) -> None:
    """The page of the command line names every column of the CSV."""
    page = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    assert f"`{column}`" in page.split("## Columns of the CSV")[1].split("\n## ")[0]


def lexicon_tables() -> list[tuple[str, str, tuple[str, ...]]]:
    found = []
    for file in sorted((Path(casualty_extract.__file__).parent / "lexicon").rglob("*.toml")):
        for table, rows in tomllib.loads(file.read_text(encoding="utf-8")).items():
            fields = dict.fromkeys(name for row in rows.values() for name in row if name != "example")
            found.append((file.name, table, tuple(fields)))
    return found


@pytest.mark.parametrize(
    ("file", "table", "fields"), lexicon_tables(), ids=[f"{f}-{t}" for f, t, _ in lexicon_tables()]
)
def test_every_table_is_documented(file: str, table: str, fields: tuple[str, ...]) -> None:
    """The page of the lexicon has a line for every table of every file, with the fields that its rows use."""
    lines = [line for line in section("lexicon.md", file).splitlines() if line.startswith(f"| `[{table}]` |")]
    assert len(lines) == 1
    assert [name for name in fields if f"`{name}`" not in lines[0]] == []


def parts(annotation: Any) -> Iterator[str]:
    """The fields of the records, and the values of the closed lists, that an annotation holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            yield name
            yield from parts(field.annotation)
    elif get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for inner in get_args(annotation):
            yield from parts(inner)


PLAIN = {"text", "start", "end"}
"""A passage; the head of the page tells what it is."""


@pytest.mark.parametrize("name", records.Claim.model_fields)
def test_every_field_and_value_is_documented(name: str) -> None:
    """The page of the claims has a section for every field, which names its parts and all their values."""
    told = section("claims.md", name)
    wanted = dict.fromkeys(
        part for part in parts(records.Claim.model_fields[name].annotation) if part not in PLAIN
    )
    assert [part for part in wanted if f"`{part}`" not in told] == []


@pytest.mark.parametrize("part", sorted(set(parts(records.Incident)) - set(parts(records.Claim))))
def test_every_part_of_an_incident_is_documented(part: str) -> None:
    """The page of the claims names what an incident has and a claim has not."""
    page = (ROOT / "docs" / "reference" / "claims.md").read_text(encoding="utf-8")
    assert f"`{part}`" in page.split("## Incidents")[1]


@pytest.mark.parametrize(
    "part", sorted(set(parts(records.Extraction)) - set(parts(records.Claim)) - set(parts(records.Incident)))
)
def test_every_part_of_an_extraction_is_documented(part: str) -> None:
    """The page of the schema names what stands around the claims, flags included."""
    assert f"`{part}`" in (ROOT / "docs" / "reference" / "schema.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", casualty_extract.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    """The page of the Python interface names what the package exports."""
    assert re.search(rf"`{name}[`(]", (ROOT / "docs" / "reference" / "python.md").read_text(encoding="utf-8"))


def test_every_extra_is_told_where_it_is_installed() -> None:
    """Whoever installs only what is needed finds each extra for users in the table."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "how-to" / "install.md").read_text(encoding="utf-8")
    rows = "".join(line for line in page.splitlines() if line.startswith("| `"))
    extras = set(told["project"]["optional-dependencies"]) - {"all", "dev", "docs", "training"}
    assert not {name for name in extras if f"`{name}`" not in rows}


@pytest.mark.parametrize("group", [None, "db", "plot", "review", "gazetteer"])
def test_what_a_command_does_is_told_whole_in_the_list(group: str | None) -> None:
    """The first sentence of each command fits a line of eighty characters."""
    shown = CliRunner().invoke(cli.app, [*([group] if group else []), "--help"], env={"COLUMNS": "80"})
    listed = shown.stdout.partition("Commands:")[2].splitlines()[1:]
    assert listed
    assert not [line for line in listed if line.endswith("...")]
