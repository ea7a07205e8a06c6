"""One page out of a report's data: its text, its style and its script, and the policy that allows these alone."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["SCRIPTS", "STYLES", "assembled", "island", "script", "style"]

FOLDER = "reports_page"

SCRIPTS = (
    "elements.js", "words.js", "data.js", "phrases.js", "state.js", "filters.js", "marks.js", "cards.js", "reading.js",
    "table.js", "plots.js", "timeline.js", "map.js", "events.js", "start.js",
)  # fmt: skip
"""The parts of the page's script, in the order in which they are joined: each uses only those before it."""

STYLES = ("colours.css", "frame.css", "article.css", "figures.css", "print.css")
"""The parts of the page's style, in the order in which they are joined."""

_PLACE = re.compile(r"%\((\w+)\)")

_UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
"""What could end the element that the data stand in, begin another, or end a line of script."""


def assembled(data: dict[str, Any]) -> str:
    """Give the page: one file that asks for nothing and that no string of an article can change.

    >>> page = assembled({"title": "<b>12</b> killed", "documents": []})
    >>> "<title>&lt;b&gt;12&lt;/b&gt; killed</title>" in page
    True

    The policy in its head lets the browser run this script and apply this style, which it names by their SHA-256,
    and load nothing at all. Strings of articles are data in it, set as text by the script.

    Args:
        data: as `reports_data.page_data` gives them.
    """
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src '{_digest(script())}'",
            f"style-src '{_digest(style())}'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    values = {
        "policy": html.escape(policy),
        "title": html.escape(data["title"]),
        "style": style(),
        "script": script(),
        "data": island(data),
    }
    # All at once: what stands in one of them is never taken for the place of another.
    return _PLACE.sub(lambda place: values[place[1]], _part("page.html"))


def island(data: Any) -> str:
    r"""Write data so that they can stand in a script element of the type application/json.

    >>> print(island({"text": "</script>"}))
    {"text":"\u003c/script\u003e"}

    Args:
        data: dicts, lists, strings, numbers.
    """
    written = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # In JSON these signs occur in strings alone, where their escapes mean the same.
    return written.translate(_UNSAFE)


@cache
def script() -> str:
    """Give the page's script: all parts in one function, so that nothing of it is seen from outside."""
    parts = "\n".join(_part(name) for name in SCRIPTS)
    return f'(function () {{\n"use strict";\n{parts}}})();\n'


@cache
def style() -> str:
    """Give the page's style."""
    return "\n".join(_part(name) for name in STYLES)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _part(name: str) -> str:
    return resources.files("casualty_extract").joinpath(FOLDER, name).read_text(encoding="utf-8")
