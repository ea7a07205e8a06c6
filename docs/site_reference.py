"""The pages of the reference that are made of the code when the site is built.

Nothing of them is written by hand, so that none of it can come to differ from the program: the Python
interface comes from the docstrings, the commands from the command line itself, the fields from the records
and their JSON Schema, the lexicon from its files.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import typer
from pydantic import BaseModel
from sphinx.pycode import ModuleAnalyzer

import casualty_extract
from casualty_extract import cli, records

MODULES = {
    "Articles in, claims out": ["pipeline", "records", "errors"],
    "Files in and out": [
        "readers", "writers", "writers_tables", "writers_parquet", "writers_datasette", "tables",
    ],
    "Archives": ["archive", "archive_folders", "outcomes", "linking", "database", "exports", "plots"],
    "Many machines": ["engines", "engines_ray", "engines_folders"],
    "People who check, and measures": ["reviews", "reviews_records", "scoring", "scoring_totals"],
    "Words": ["lexicon"],
}  # fmt: skip
"""The public modules, in the order of the page; their ``__all__`` names what is public."""
MAP = Path(__file__).parent / "reference" / "python.md"
"""The page that names the public modules; those that are not above come last."""


def modules() -> dict[str, list[str]]:
    """Give all public modules, by the parts of the page."""
    placed = {short for part in MODULES.values() for short in part}
    named = re.findall(r"`casualty_extract\.([a-z]\w*)[.`(]", MAP.read_text(encoding="utf-8"))
    more = [name for name in dict.fromkeys(named) if name not in placed]
    return {**MODULES, **({"More": more} if more else {})}


def public() -> Iterator[tuple[str, str, str, Any]]:
    """Give every public name once: its part of the page, its module, the name, and what it is."""
    seen = set()
    for part, shorts in modules().items():
        for short in shorts:
            module = importlib.import_module(f"casualty_extract.{short}")
            for name in module.__all__:
                value = getattr(module, name)
                told = f"{value.__module__}.{name}" if _is_documented(value) else f"{short}.{name}"
                if told not in seen:
                    seen.add(told)
                    yield part, short, name, value


def _is_documented(value: Any) -> bool:
    return inspect.isclass(value) or _is_function(value)


def _is_function(value: Any) -> bool:
    """Tell whether something is a function; one with a cache is one too."""
    return inspect.isfunction(value) or inspect.isfunction(getattr(value, "__wrapped__", None))


def home(short: str, name: str) -> str:
    """Name the module in which a public name of another one is written, as its docstring stands there."""
    module = importlib.import_module(f"casualty_extract.{short}")
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.ImportFrom) and name in {alias.name for alias in node.names}:
            return home((node.module or "").removeprefix("casualty_extract."), name)
    return module.__name__


def constant(short: str, name: str) -> list[str]:
    """Give the lines of the docstring of a constant; none where it has none."""
    told = ModuleAnalyzer.for_module(home(short, name)).find_attr_docs()
    return list(told.get(("", name), []))


def python_page() -> str:
    """Give the Python interface, from the docstrings."""
    lines: list[str] = []
    before: tuple[str, str] = ("", "")
    for part, short, name, value in public():
        if part != before[0]:
            lines += ["", f"## {part}", ""]
        if (part, short) != before:
            lines += ["", f"### casualty_extract.{short}", "", *_opening(short), ""]
        before = part, short
        lines += _entry(f"casualty_extract.{short}.{name}", value)
    return "\n".join(lines)


def _opening(short: str) -> list[str]:
    """Give the first sentence of a module's docstring."""
    told = inspect.getdoc(importlib.import_module(f"casualty_extract.{short}")) or ""
    return [told.split("\n\n")[0].replace("\n", " ").replace("``", "`")]


def _entry(path: str, value: Any) -> list[str]:
    if _is_function(value):
        return _rst([f".. autofunction:: {path}"])
    if inspect.isclass(value):
        own = [
            name
            for name, member in vars(value).items()
            if not name.startswith("_") and _is_method(member) and inspect.getdoc(member)
        ]
        return _rst([f".. autoclass:: {path}", *([f"   :members: {', '.join(own)}"] if own else [])])
    short = len(repr(value)) <= 120 or "Literal" in repr(value)
    return _rst([f".. autodata:: {path}", *([] if short else ["   :no-value:"])])


def _is_method(member: Any) -> bool:
    return inspect.isfunction(member) or isinstance(member, (classmethod, staticmethod, property))


def _rst(lines: list[str]) -> list[str]:
    return ["```{eval-rst}", *lines, "```", ""]


# --- the command line --------------------------------------------------------------------------------


def commands() -> Iterator[tuple[str, Any]]:
    """Give every command of the program with its full name, the groups of commands too."""
    yield from ((name, command) for name, command, _ in _commands())


def _commands() -> Iterator[tuple[str, Any, Any]]:
    """Give the commands, each with the context that it is called in: settings are handed down in it."""

    def within(group: Any, above: Any, before: str) -> Iterator[tuple[str, Any, Any]]:
        for name, command in group.commands.items():
            context = command.make_context(name, [], parent=above, resilient_parsing=True)
            yield before + name, command, context
            if hasattr(command, "commands"):
                yield from within(command, context, f"{before}{name} ")

    whole = typer.main.get_command(cli.app)
    yield from within(whole, _whole(whole), "")


def _whole(command: Any) -> Any:
    return command.make_context("casualty-extract", [], resilient_parsing=True)


def commands_page() -> str:
    """Give the help of the program and of all its commands, as the program prints it."""
    whole = typer.main.get_command(cli.app)
    lines = ["", *_help(whole, _whole(whole))]
    for name, command, context in _commands():
        lines += ["", "#" * (2 + name.count(" ")) + f" `{name}`", "", *_help(command, context)]
    return "\n".join(lines)


def _help(command: Any, context: Any) -> list[str]:
    return ["```text", command.get_help(context).strip(), "```"]


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().replace("|", "\\|").replace("<", "&lt;")


# --- the records -------------------------------------------------------------------------------------


def models() -> list[type[BaseModel]]:
    """Give the records of an extraction, from the whole to its parts."""
    found: list[type[BaseModel]] = []

    def walk(annotation: Any) -> None:
        if inspect.isclass(annotation) and issubclass(annotation, BaseModel) and annotation not in found:
            found.append(annotation)
            for field in annotation.model_fields.values():
                walk(field.annotation)
        for inner in getattr(annotation, "__args__", ()):
            walk(inner)

    walk(records.Extraction)
    return found


def fields_page() -> str:
    """Give every field of the records with its type, from the JSON Schema, and what its docstring says."""
    schema = records.json_schema()
    parts = {"Extraction": schema, **schema["$defs"]}
    lines: list[str] = []
    for model in models():
        told = inspect.getdoc(model) or ""
        meanings = _attributes(told)
        for base in model.__mro__[1:]:
            meanings = {**_attributes(inspect.getdoc(base) or ""), **meanings}
        part = parts[model.__name__]
        lines += ["", f"## {model.__name__}", "", told.split("\n\n")[0].replace("\n", " "), ""]
        lines += ["| field | JSON | meaning |", "| --- | --- | --- |"]
        for name, field in part["properties"].items():
            lines.append(f"| `{name}` | {_type(field)} | {_cell(meanings.get(name, ''))} |")
    return "\n".join(lines)


def _attributes(docstring: str) -> dict[str, str]:
    section = re.search(r"^Attributes:\n(.*?)(?=^\S|\Z)", docstring, re.MULTILINE | re.DOTALL)
    rows = (
        re.findall(r"^ {4}(\w+): (.*?)(?=^ {4}\w|\Z)", section[1], re.MULTILINE | re.DOTALL)
        if section
        else []
    )
    return {name: re.sub(r"\s+", " ", meaning).strip() for name, meaning in rows}


def _type(field: dict[str, Any]) -> str:
    if "anyOf" in field:
        return " or ".join(_type(one) for one in field["anyOf"])
    if "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    if field.get("type") == "array":
        return f"list of {_type(field.get('items') or field['prefixItems'][0])}"
    return " ".join(str(field[key]) for key in ("type", "format") if key in field)


# --- the lexicon -------------------------------------------------------------------------------------


def lexicon_page() -> str:
    """Give how many rows each table of the lexicon has, and one of them."""
    folder = Path(casualty_extract.__file__).parent / "lexicon"
    lines = ["| file | table | rows | one of them | in its example |", "| --- | --- | ---: | --- | --- |"]
    for file in sorted(folder.glob("*.toml")):
        for table, rows in tomllib.loads(file.read_text(encoding="utf-8")).items():
            word, row = next(iter(rows.items()))
            shown = row.get("example", "").replace("[", "**").replace("]", "**")
            lines.append(f"| `{file.name}` | `{table}` | {len(rows)} | {_cell(word)} | {_cell(shown)} |")
    return "\n".join(lines)


PAGES: dict[str, Callable[[], str]] = {
    "reference/python-api": python_page,
    "reference/commands": commands_page,
    "reference/fields": fields_page,
    "reference/lexicon-rows": lexicon_page,
}
"""The pages that have a part made of the code, and what makes it."""
