"""The folder of a run over an archive: which partitions the archive has, and which of them are done.

A partition is a file, or some row groups of a Parquet file. Its outcomes are one Parquet file, which appears under its
name only when it is whole. `manifest.json` tells what the run is made of, so that no other is mixed with it.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from casualty_extract.engines import result_schema
from casualty_extract.errors import InputError, OutputError
from casualty_extract.outcomes import Failure, FailureKind, Outcome, Run, address
from casualty_extract.records import Extraction, sanitise
from casualty_extract.writers_tables import need_arrow

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Partition", "Summary", "open_folder", "part_schema", "plan", "read_outcomes", "summary", "sweep"]

MANIFEST = "manifest.json"
PARQUET = {".parquet", ".pq"}
ENDINGS = {*PARQUET, ".jsonl", ".ndjson"}
"""What is read of a folder; a file that is named by itself may have any ending that the readers know."""

PARTITION_ROWS = 5_000
"""About how many rows of a Parquet file make a partition; row groups are not cut."""
ROWS_READ = 500


@dataclass(frozen=True, slots=True)
class Partition:
    """A part of an archive that is worked on as one.

    Attributes:
        index: its place among all.
        file: the file, as addresses of documents name it.
        path: the same from the root.
        sha256: of the file.
        size: of the file in bytes.
        groups: the first row group and the one after the last, where the file is Parquet.
        first: the number of its first row, counted from 1.
        part: the name of the file that its outcomes go to.
    """

    index: int
    file: str
    path: str
    sha256: str
    size: int
    groups: tuple[int, int] | None
    first: int
    part: str

    def to_json(self) -> str:
        """Give one line of JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str) -> Partition:
        """Read what `to_json` wrote."""
        data = json.loads(line)
        return cls(**{**data, "groups": tuple(data["groups"]) if data["groups"] else None})


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a run: how many documents there were, and how many claims."""

    docs: int
    ok: int
    failed: int
    claims: int


@cache
def part_schema() -> pa.Schema:
    """Give the Arrow schema of the outcomes of a partition.

    >>> part_schema().names
    ['file', 'row', 'id', 'extraction', 'claims', 'error_kind', 'error', 'stage', 'attempts']

    Returns:
        The schema of `casualty_extract.engines.result_schema`, with the document's `file` and `row` before it, and
        behind it how often it was tried.

    Raises:
        MissingPackageError: pyarrow is not installed.
    """
    pa = need_arrow()
    before = [pa.field("file", pa.string()), pa.field("row", pa.int64())]
    return pa.schema([*before, *result_schema(), pa.field("attempts", pa.int64())])


def plan(inputs: Sequence[str], config_sha256: str, *, rows: int | None = None) -> list[Partition]:
    """Cut an archive into partitions.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp(), "news.jsonl")
    >>> _ = file.write_text('{"text": "Gunmen killed 12 people."}')
    >>> [(p.index, p.groups, p.part[:11]) for p in plan([str(file)], "0")]
    [(0, None, 'part-00000-')]

    Args:
        inputs: files, folders and patterns; each file counts once.
        config_sha256: of the configuration; names of parts are made from it too.
        rows: about how many rows of a Parquet file make a partition; `PARTITION_ROWS` where it is None.

    Returns:
        The partitions, in the order of the inputs; within folders and patterns by name.

    Raises:
        MissingPackageError: pyarrow is not installed.
        InputError: a file is missing or cannot be read.
    """
    found: list[Partition] = []
    for file in _files(inputs):
        path = os.path.abspath(file)
        digest, size = _digest(file)
        first = 1
        for groups, count in _groups(file, rows or PARTITION_ROWS):
            key = json.dumps([config_sha256, file, digest, groups])
            name = f"part-{len(found):05}-{hashlib.sha256(key.encode()).hexdigest()[:12]}.parquet"
            found.append(Partition(len(found), sanitise(file), path, digest, size, groups, first, name))
            first += count
    return found


def open_folder(
    out: str | Path, inputs: Sequence[str], config: Mapping[str, Any], *, resume: bool = False
) -> list[Partition]:
    """Begin a run in a folder, or go on with it.

    >>> import tempfile
    >>> file, out = Path(tempfile.mkdtemp(), "news.jsonl"), tempfile.mkdtemp()
    >>> _ = file.write_text('{"text": "Gunmen killed 12 people."}')
    >>> [len(open_folder(out, [str(file)], {}, resume=True)) for _ in range(2)]
    [1, 1]

    Args:
        out: the folder; it is made where it is missing.
        inputs: as in `plan`.
        config: what bears on the results, as plain JSON data.
        resume: whether a run that is there already goes on. Else it is refused.

    Returns:
        The partitions that are not done.

    Raises:
        InputError: as in `plan`.
        OutputError: the folder holds something else, a run that is not to go on, or one with another configuration or
            of other inputs; or it cannot be written.
    """
    run = Run(tool_version=version("casualty-extract"), config=_with_files(config), inputs=tuple(inputs))
    folder = Path(out)
    partitions = plan(inputs, run.config_sha256)
    told = {
        "tool_version": run.tool_version,
        "schema_version": run.schema_version,
        "config": run.config,
        "config_sha256": run.config_sha256,
        "inputs": list(run.inputs),
        # Where a folder stands may change between two runs; what is in it may not.
        "partitions": [
            {key: value for key, value in json.loads(p.to_json()).items() if key != "path"}
            for p in partitions
        ],
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / MANIFEST).exists():
            _compare(json.loads((folder / MANIFEST).read_text(encoding="utf-8")), told, str(out), resume)
        elif any(folder.iterdir()):
            raise OutputError("it is not empty, and holds no run", target=str(out))
        else:
            _write_whole(folder / MANIFEST, (json.dumps(told, indent=1) + "\n").encode())
        # Journals too: what a process was ended at says nothing once somebody ended the run itself.
        sweep(folder)
    except (OSError, ValueError) as error:
        raise OutputError(getattr(error, "strerror", None) or str(error), target=str(out)) from error
    return [p for p in partitions if not (folder / p.part).exists()]


def sweep(out: str | Path) -> None:
    """Take away what killed processes left in the folder of a run that nobody works on.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / ".part-00000-0.parquet.0.part").write_text("half")
    >>> sweep(folder)
    >>> list(folder.iterdir())
    []

    Raises:
        OutputError: it cannot be taken away.
    """
    try:
        for left in (*Path(out).glob(".*.part"), *Path(out).glob(".*.journal")):
            left.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(error.strerror or str(error), target=str(out)) from error


def read_outcomes(out: str | Path) -> Iterator[Outcome]:
    """Read the outcomes of a run that came to its end, in the order of the archive.

    >>> import tempfile
    >>> out = tempfile.mkdtemp()
    >>> open_folder(out, [], {})
    []
    >>> list(read_outcomes(out)), summary(out)
    ([], Summary(docs=0, ok=0, failed=0, claims=0))

    Args:
        out: the folder of the run.

    Yields:
        One outcome a document, as a `casualty_extract.outcomes.Sink` takes them.

    Raises:
        MissingPackageError: pyarrow is not installed.
        OutputError: there is no run in the folder, it has not come to its end, or a part of it is damaged.
    """
    need_arrow()
    import pyarrow.parquet as pq

    for part in _parts(out):
        with _undamaged(part), pq.ParquetFile(part) as file:
            for batch in file.iter_batches(batch_size=ROWS_READ):
                yield from (_outcome(row) for row in batch.to_pylist())


def summary(out: str | Path) -> Summary:
    """Count what a run that came to its end gave.

    Raises:
        MissingPackageError: pyarrow is not installed.
        OutputError: as in `read_outcomes`.
    """
    need_arrow()
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    docs = ok = claims = 0
    for part in _parts(out):
        with _undamaged(part):
            column = pq.read_table(part, columns=["claims"]).column("claims")
        docs += len(column)
        ok += len(column) - column.null_count
        claims += pc.sum(column).as_py() or 0
    return Summary(docs=docs, ok=ok, failed=docs - ok, claims=claims)


@contextmanager
def _undamaged(part: Path) -> Iterator[None]:
    pa = need_arrow()
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        raise OutputError(
            f"it is damaged; without it, resume makes it anew: {error}", target=str(part)
        ) from error


def _parts(out: str | Path) -> list[Path]:
    try:
        told = json.loads(Path(out, MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise OutputError(f"it holds no run: {error}", target=str(out)) from error
    parts = [Path(out, partition["part"]) for partition in told["partitions"]]
    missing = sum(not part.exists() for part in parts)
    if missing:
        raise OutputError(f"{missing} of its {len(parts)} partitions are not done", target=str(out))
    return parts


def _outcome(row: dict[str, Any]) -> Outcome:
    source = address(row["file"], row["row"])
    if row["error_kind"] is None:
        found = Extraction.from_json(row["extraction"])
        return Outcome(source=source, extraction=found)
    failure = Failure(
        kind=cast(FailureKind, row["error_kind"]),
        problem=row["error"],
        file=row["file"],
        row=row["row"],
        document=row["id"],
        stage=row["stage"],
        attempts=row["attempts"],
    )
    return Outcome(source=source, failure=failure)


def _files(inputs: Sequence[str]) -> Iterator[str]:
    seen: set[str] = set()
    for given in inputs:
        if os.path.isdir(given):
            below = [str(path) for path in Path(given).rglob("*") if path.suffix.lower() in ENDINGS]
            found: Iterable[str] = sorted(path for path in below if os.path.isfile(path))
        elif not os.path.exists(given) and glob.has_magic(given):
            found = sorted(path for path in glob.glob(given, recursive=True) if os.path.isfile(path))
        else:
            found = [given]
        files = list(found)
        if not files:
            raise InputError("no file to read in it", file=given)
        for file in files:
            if (real := os.path.realpath(file)) not in seen:
                seen.add(real)
                yield file


def _groups(file: str, rows: int) -> Iterator[tuple[tuple[int, int] | None, int]]:
    """Yield the row groups that make a partition each, and how many rows they have."""
    if Path(file).suffix.lower() not in PARQUET:
        yield None, 0
        return
    pa = need_arrow()
    import pyarrow.parquet as pq

    try:
        about = pq.read_metadata(file)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"it is no whole Parquet file: {error}", file=file) from error
    start = count = 0
    for group in range(about.num_row_groups):
        count += about.row_group(group).num_rows
        if count >= rows or group + 1 == about.num_row_groups:
            yield (start, group + 1), count
            start, count = group + 1, 0


def _digest(file: str) -> tuple[str, int]:
    try:
        with open(file, "rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            return digest, stream.tell()
    except OSError as error:
        raise InputError(error.strerror or str(error), file=file) from error


def _with_files(config: Mapping[str, Any]) -> dict[str, Any]:
    """Put in the place of files of places what is in them: a file may change and keep its name."""
    options = dict(config.get("options", {}))
    if "gazetteer" in options:
        options["gazetteer"] = [_digest(file)[0] for file in options["gazetteer"]]
    return {**config, "options": options}


def _compare(there: dict[str, Any], told: dict[str, Any], out: str, resume: bool) -> None:
    if not resume:
        raise OutputError("it holds a run already; resume goes on with it", target=out)
    if there.get("config_sha256") != told["config_sha256"]:
        raise OutputError("it holds a run of another version or configuration", target=out)
    if there.get("partitions") != told["partitions"]:
        raise OutputError("it holds a run of other inputs, or these have changed since", target=out)


def _write_whole(path: Path, data: bytes) -> None:
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex}.part")
    with open(part, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(part, path)
