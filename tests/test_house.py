"""The house is kept: module sizes and names, the import contract complete, no word of elsewhere."""

from __future__ import annotations

import ast
import configparser
import re
from pathlib import Path

import pytest

import casualty_extract
from casualty_extract import mentions, pipeline
from casualty_extract.records import Claim

ROOT = Path(__file__).parent.parent
SOURCES = sorted(Path(casualty_extract.__file__).parent.rglob("*.py"))
NAMES = [str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name for path in SOURCES]


@pytest.mark.parametrize("path", SOURCES, ids=NAMES)
def test_modules_are_small_and_named_for_what_they_hold(path: Path) -> None:
    """No module is over 400 lines, and none is called after being a drawer."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    assert not re.search(r"(util|helper|common|misc)", path.stem)


@pytest.mark.parametrize("path", SOURCES, ids=NAMES)
def test_functions_take_few_arguments(path: Path) -> None:
    """No function takes more than six arguments; commands of the command line have one an option."""
    commands = {"archive", "exports", "gazetteer", "plots", "reviews", "view"}
    if path.name == "cli.py" or path.stem in {f"cli_{name}" for name in commands}:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and len([a for a in (*node.args.args, *node.args.kwonlyargs) if a.arg not in {"self", "cls"}]) > 6
    ]
    assert found == []


def test_the_import_contract_names_every_module() -> None:
    """No module escapes the contract that imports run one way."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    placed = set(re.findall(r"casualty_extract\.(\w+)", parser["importlinter:contract:line"]["layers"]))
    top = {p.stem for p in SOURCES if p.parent.name == "casualty_extract"} - {"__init__"}
    assert top - placed == set()


def test_one_order_everywhere() -> None:
    """Layers, stages and the fields of a claim follow one order."""
    layers = tuple(stage for stage in pipeline.STAGES[1:-2] if stage != "casualty_trees")
    assert layers == tuple(f"casualty_{layer}" for layer in mentions.LAYERS)
    fields = ["quantity", "harm", "victims", "cause", "time", "places", "attribution", "status"]
    assert [f for f in Claim.model_fields if f in fields] == fields


def test_the_project_speaks_of_itself_alone() -> None:
    """No file names a path of the machine it was written on or the address of a package registry."""
    forbidden = re.compile(r"/work/|/root/|pypi\.org|files\.pythonhosted")
    kinds = {".py", ".md", ".toml", ".txt", ".json", ".jsonl", ".html", ".cfg"}
    files = [
        p
        for p in ROOT.rglob("*")
        if p.suffix in kinds
        # Hidden folders other than this hold caches, environments and the scratch of a training run.
        and not any(part.startswith(".") and part != ".ci" for part in p.relative_to(ROOT).parts[:-1])
        and p.relative_to(ROOT).parts[0] != "build"
    ]
    here = Path(__file__)
    named = [
        str(p.relative_to(ROOT))
        for p in files
        if p != here
        and "egg-info" not in str(p)
        and forbidden.search(p.read_text(encoding="utf-8", errors="replace"))
    ]
    assert named == []
