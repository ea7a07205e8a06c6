"""Nothing asks the network: extraction from a web page runs where every connection is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PAGE = """<html><head><title>Blast kills 12 in Mosul</title><meta property="article:published_time"
content="2017-09-03"><link rel="stylesheet" href="https://news.example.org/style.css"></head><body><article>
<h1>Blast kills 12 in Mosul</h1><p>A car bomb killed at least 12 people in Mosul on Friday, police said. Doctors at the
hospital said that 30 others had been wounded, six of them children.</p><img src="https://news.example.org/a.jpg">
<p>The blast tore through a market near the bridge, the officials said, and shops burned for hours.</p></article></body></html>
"""

REFUSING = """
import socket, sys

def refuse(*_, **__):
    raise SystemExit("the network was asked")

socket.socket.connect = socket.socket.connect_ex = socket.create_connection = refuse
socket.getaddrinfo = socket.gethostbyname = refuse
"""

WORK = """
from casualty_extract.cli import main
sys.argv = ["casualty-extract", *sys.argv[1:]]
main()
"""


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", REFUSING + code, *arguments], capture_output=True, text=True, timeout=300
    )


def test_extraction_asks_no_network(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    done = run(WORK, "extract", str(page), "--to", "table")
    assert done.returncode == 0, done.stderr
    assert "12 or more killed" in done.stdout


def test_the_refusal_bites() -> None:
    """The same harness ends a program that does ask."""
    done = run("import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')")
    assert "the network was asked" in done.stderr
