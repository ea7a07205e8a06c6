"""The site of the documentation builds without a warning, all its links lead somewhere, and it needs no network."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import get_args
from urllib.parse import unquote, urlsplit

import pytest

from casualty_extract import lexicon, records
from casualty_extract.records import Claim

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


class Page(HTMLParser):
    """What a page of the site points to, and what can be pointed to on it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.ids.update(value for key in ("id", "name") if (value := known.get(key)))
        if tag == "a" and (href := known.get("href")):
            self.links.append(href)
        if tag in {"script", "img", "iframe", "source", "embed"} and (src := known.get("src")):
            self.loaded.append(src)
        if tag == "link" and (href := known.get("href")):
            self.loaded.append(href)


@cache
def page(path: Path) -> Page:
    return Page(path)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it is built for readers; any warning is an error."""
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-n", "-q", "-E"]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "80"}
    done = subprocess.run(
        [*command, "-d", str(out / "trees"), str(DOCS), str(out / "html")],
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return out / "html"


def made_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("site_reference", DOCS / "site_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def made() -> ModuleType:
    """The module that makes the pages of the reference."""
    return made_module()


def test_every_page_is_on_the_site(site: Path) -> None:
    """Each Markdown page of the documentation has its page on the site."""
    pages = [path.relative_to(DOCS).with_suffix(".html") for path in DOCS.rglob("*.md")]
    assert len(pages) > 30
    assert [str(path) for path in pages if not (site / path).is_file()] == []


def test_links_of_the_site_lead_somewhere(site: Path) -> None:
    """Every link within the site leads to a file of it, and to a place that the file has."""
    dead = []
    for path in site.rglob("*.html"):
        for link in [*page(path).links, *page(path).loaded]:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            there = not parts.fragment or target.suffix != ".html" or not target.is_file()
            if not target.exists() or not (there or unquote(parts.fragment) in page(target).ids):
                dead.append((str(path.relative_to(site)), link))
    assert dead == []


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    """No page and no style sheet fetches a script, a font or a picture from the network."""
    loaded = [
        (path.name, src)
        for path in site.rglob("*.html")
        for src in page(path).loaded
        if urlsplit(src).scheme not in {"", "data"} or urlsplit(src).netloc
    ]
    assert loaded == []
    styles = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    assert re.findall(r"(?:@import|url\()\s*[\"']?(?:https?:)?//[^)\s]*", styles) == []


def test_every_public_name_has_its_docstring_on_the_site(site: Path, made: ModuleType) -> None:
    """The page of the Python interface has every public function and class."""
    ids = page(site / "reference" / "python-api.html").ids
    named = [
        f"{value.__module__}.{name}" for _, _, name, value in made.public() if made._is_documented(value)
    ]
    assert len(named) > 80
    here = {name.rsplit(".", 1)[-1] for name in ids}
    assert [name for name in named if name.rsplit(".", 1)[-1] not in here] == []


def test_every_public_constant_has_its_docstring_on_the_site(site: Path, made: ModuleType) -> None:
    """A constant says what it is; a closed list of values says which they are."""
    told = unescape(re.sub(r"<[^>]+>", "", (site / "reference" / "python-api.html").read_text("utf-8")))
    constants = [
        (short, name, value) for _, short, name, value in made.public() if not made._is_documented(value)
    ]
    assert len(constants) > 30
    silent = [
        name
        for short, name, value in constants
        if "Literal[" not in repr(value) and not made.constant(short, name)
    ]
    assert silent == []
    assert "The greatest size of one document" in told


def test_every_module_of_the_map_is_on_the_site(site: Path, made: ModuleType) -> None:
    """The modules that the hand-written page calls public have their docstrings on the site."""
    told = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`casualty_extract\.([a-z]\w*)[.`(]", told))
    assert len(named) > 15
    ids = page(site / "reference" / "python-api.html").ids
    assert {
        name for name in named if not any(i.startswith(f"casualty_extract.{name}.") for i in ids)
    } == set()


def test_the_page_of_commands_is_the_program_s_own_help(site: Path, made: ModuleType) -> None:
    """Each command has its heading and its help on the page."""
    text = made.commands_page()
    names = [name for name, _ in made.commands()]
    assert "extract" in names
    assert [name for name in names if f"Usage: casualty-extract {name}" not in text] == []
    assert text.count("-h, --help") == len(names) + 1
    ids = page(site / "reference" / "commands.html").ids
    assert [name for name in names if name.replace(" ", "-") not in ids] == []


def test_every_field_of_the_records_has_a_meaning(made: ModuleType) -> None:
    """The tables of the records have every field, and each is told in the docstring of its record."""
    rows = [line for line in made.fields_page().splitlines() if line.startswith("| `")]
    assert len(rows) > 80
    assert [row for row in rows if row.endswith("|  |")] == []
    assert {model.__name__ for model in made.models()} >= set(records.json_schema()["$defs"])


def test_the_page_of_rows_has_every_table(made: ModuleType) -> None:
    """Every table of the lexicon stands in the list of rows, with how many words it has."""
    text = made.lexicon_page()
    wanted = [(name, table) for name in lexicon.files() for table in lexicon.tables(name)]
    assert [pair for pair in wanted if f"| `{pair[0]}.toml` | `{pair[1]}` |" not in text] == []


def test_the_glossary_places_every_harm_kind_of_victim_and_cause() -> None:
    """Each label that data sets have a term for stands beside their terms."""
    told = (DOCS / "reference" / "glossary.md").read_text(encoding="utf-8")
    labels = [*get_args(records.HarmLabel), *get_args(records.Category), *get_args(records.CauseLabel)]
    assert len(labels) > 40
    assert [label for label in labels if f"`{label}`" not in told] == []


def test_the_front_page_lists_every_page() -> None:
    """A page that the front page does not lead to is found by nobody."""
    told = (DOCS / "index.md").read_text(encoding="utf-8")
    linked = {(DOCS / target).resolve() for target in re.findall(r"\]\(([^)#\s:]+\.md)\)", told)}
    missing = {path.resolve() for path in DOCS.rglob("*.md")} - linked - {(DOCS / "index.md").resolve()}
    assert {str(path.relative_to(DOCS)) for path in missing} == set()


# --- nothing is documented that is not there ---------------------------------------------------------


def test_documented_options_exist(made: ModuleType) -> None:
    """The page of the command line names no option that no command has."""
    told = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    known = {"--version", "-h", "--help"}
    for name, command in made.commands():
        for parameter in command.get_params(command.make_context(name, [], resilient_parsing=True)):
            known.update([*parameter.opts, *parameter.secondary_opts])
    rows = [line for line in told.splitlines() if line.startswith("| `-")]
    words = {word for row in rows for word in re.findall(r"`(-{1,2}[a-z][\w-]*)", row.split(" | ")[0])}
    assert len(words) > 30
    assert words - known - {"-vv"} == set()


def test_documented_tables_exist() -> None:
    """The page of the lexicon names no file and no table that is not there."""
    told = (DOCS / "reference" / "lexicon.md").read_text(encoding="utf-8").split("## The gazetteer")[0]
    found = []
    for file, body in re.findall(r"^## `(\w+)\.toml`\n(.*?)(?=^## |\Z)", told, re.MULTILINE | re.DOTALL):
        found += [(file, table) for table in re.findall(r"^\| `\[(\w+)\]` \|", body, re.MULTILINE)]
    assert sorted(found) == sorted((f, table) for f in lexicon.files() for table in lexicon.tables(f))


@pytest.mark.parametrize("name", Claim.model_fields)
def test_every_field_of_a_claim_has_one_heading_in_the_order_of_the_record(name: str) -> None:
    """The page of the claims has one heading for each field, and in the order of the record."""
    told = (DOCS / "reference" / "claims.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## `(\w+)`$", told, re.MULTILINE)
    assert headings.count(name) == 1
    assert [heading for heading in headings if heading in Claim.model_fields] == list(Claim.model_fields)


def defaults() -> list[tuple[str, str, str]]:
    """The options that have a default of their own, with the command and the default."""
    found = []
    for name, command in made_module().commands():
        for parameter in command.params:
            value = getattr(parameter.default, "value", parameter.default)
            if isinstance(value, str | int | float) and not isinstance(value, bool) and value != 0:
                word = parameter.opts[0] if parameter.opts[0].startswith("-") else parameter.opts[0].upper()
                found.append((name, word, value if isinstance(value, str) else f"{value:g}"))
    return found


def option_rows(command: str, option: str) -> list[str]:
    """The rows of the page that tell of an option of a command."""
    told = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    section = re.search(rf"^#+ `{re.escape(command)}`\n(.*?)(?=^##|\Z)", told, re.MULTILINE | re.DOTALL)
    assert section is not None
    return [line for line in section[1].splitlines() if re.match(rf"\|[^|]*`{option}[ `]", line)]


@pytest.mark.parametrize(("command", "option", "value"), defaults())
def test_documented_defaults_are_those_of_the_program(command: str, option: str, value: str) -> None:
    """The row of each option names the default that the program has; some commands lean on that of `extract`."""
    rows = option_rows(command, option) or option_rows("extract", option)
    assert any(value in row.rsplit(" | ", 1)[-1].replace(",", "") for row in rows), rows
