"""A PostgreSQL server for the tests: a private one in a temporary folder, or one that a variable names.

Where there is none, tests skip and say why; with ``CASUALTY_EXTRACT_POSTGRESQL=required`` they fail. Any
other value of the variable is the address of a server that may make databases.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

VARIABLE = "CASUALTY_EXTRACT_POSTGRESQL"

OPTIONS = (
    "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    " -c shared_buffers=64MB -c max_connections=30"
)
"""No network, and no care for the disk: a test's data die with it anyway."""


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Give the address of a server: ``server() as url`` is one on which databases can be made."""
    given = os.environ.get(VARIABLE, "")
    if given and given != "required":
        yield given
        return
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="ce-pg-"))
    try:
        prefix = _user(folder)
        data = folder / "data"
        _run(
            [
                *prefix,
                programs / "initdb",
                "-D",
                data,
                "-U",
                "tester",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "-N",
            ]
        )
        start = [*prefix, programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
        _run([*start, "-o", f"{OPTIONS} -k {folder}", "start"])
        try:
            yield f"postgresql://tester@/postgres?host={quote(str(folder), safe='')}"
        finally:
            _run([*start, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def database(server_url: str) -> Iterator[str]:
    """Give the address of a new, empty database on a server."""
    import psycopg
    from psycopg import sql

    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    before, _, query = server_url.partition("?")
    yield f"{before.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if found or on_path:
        return (found[-1] if found else Path(str(on_path))).parent
    told = "PostgreSQL is not installed: no initdb in /usr/lib/postgresql or on the path"
    if os.environ.get(VARIABLE) == "required":
        pytest.fail(told)
    pytest.skip(told)


def _user(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root; another user gets the folder then."""
    if os.geteuid() != 0:
        return []
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            found = pwd.getpwnam(name)
            os.chown(folder, found.pw_uid, found.pw_gid)
            ids = [f"--reuid={found.pw_uid}", f"--regid={found.pw_gid}", "--clear-groups"]
            return ["setpriv", *ids, "--"]
    pytest.skip("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _run(command: list[object]) -> None:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd="/")
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stdout}{done.stderr}")
