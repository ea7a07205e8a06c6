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
from pathlib import Path

import pytest

import casualty_extract

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
MODULES = sorted(
    name for _, name, _ in pkgutil.walk_packages(casualty_extract.__path__, "casualty_extract.") if not name.endswith("__main__")
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
    return [(page, command, output) for page, command, output in found if "casualty-extract" in command.split("|")[-1] or command.startswith("casualty-extract")]


@pytest.mark.parametrize(("page", "command", "output"), commands(), ids=[f"{p}: {c}" for p, c, _ in commands()])
def test_commands_run(page: str, command: str, output: str, tmp_path: Path) -> None:
    """Each command line runs in a copy of the example files and prints what the page shows."""
    script = Path(sys.executable).parent
    env = {**os.environ, "PATH": f"{script}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, env=env, capture_output=True, text=True, encoding="utf-8")
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
