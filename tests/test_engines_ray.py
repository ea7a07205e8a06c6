"""An archive over a cluster of two nodes: order, dead letters, killed workers, and a killed driver."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from casualty_extract import engines_folders, engines_partitions
from casualty_extract.errors import ArgumentError, MissingPackageError, OutputError

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
ray = pytest.importorskip("ray", reason="ray is not installed")

from casualty_extract import engines_ray  # noqa: E402

ROWS = 60
"""How many documents a partition has: enough to be in the middle of it."""


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Two nodes of one processor each on this machine."""
    from ray.cluster_utils import Cluster

    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    nodes.add_node(num_cpus=1)
    nodes.wait_for_nodes()
    ray.init(address=nodes.address, log_to_driver=False)
    yield nodes.address
    ray.shutdown()
    nodes.shutdown()


@pytest.fixture
def archive(tmp_path: Path) -> list[str]:
    """Two files of JSON Lines and a Parquet file of two row groups, some rows of them bad."""
    texts = [f"Gunmen killed {n + 2} people in Mosul on Friday, police said." for n in range(ROWS)]
    folder = tmp_path / "news"
    folder.mkdir()
    for name in ("a", "b"):
        rows = [{"id": f"{name}{n}", "text": text, "published": "2017-09-03"} for n, text in enumerate(texts)]
        lines = [json.dumps(row) for row in rows]
        (folder / f"{name}.jsonl").write_text("\n".join([*lines[:3], '{"id": 1}', *lines[3:]]))
    table = pa.table({"id": [f"c{n}" for n in range(ROWS)], "text": [*texts[:-1], None]})
    pq.write_table(table, folder / "c.parquet", row_group_size=ROWS // 2)
    return [str(folder)]


@pytest.fixture(autouse=True)
def _small_partitions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines_folders, "PARTITION_ROWS", ROWS // 2)


def alone(inputs: list[str], out: Path) -> dict[str, bytes]:
    """The parts as this process makes them, one after the other."""
    for partition in engines_folders.open_folder(out, inputs, {"columns": {}, "options": {}}):
        engines_partitions.extract_partition(partition, out, {}, {})
    return parts(out)


def parts(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.glob("part-*.parquet"))}


def writer(out: Path) -> tuple[int, str] | None:
    """An actor of Ray, started by this process, that is in the middle of a partition; and the partition's file."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if b"MapWorker" not in (folder / "cmdline").read_bytes() or not descends(int(folder.name)):
                continue
            for opened in (folder / "fd").iterdir():
                path = Path(os.readlink(opened))
                if path.parent == out and path.suffix == ".part":
                    return int(folder.name), path.name[1:].rsplit(".", 2)[0]
        except OSError:
            continue
    return None


def descends(process: int) -> bool:
    while process > 1:
        if process == os.getpid():
            return True
        process = int(Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[1])
    return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found by /proc")
def test_a_killed_worker_costs_no_document(cluster: str, archive: list[str], tmp_path: Path) -> None:
    """Two nodes give the bytes that one process gives, also where a worker is killed in its partition."""
    out = tmp_path / "out"
    killed: list[str] = []

    def kill() -> None:
        deadline = time.monotonic() + 300
        while not killed and time.monotonic() < deadline:
            if found := writer(out):
                os.kill(found[0], signal.SIGKILL)
                # Had it just come to its end, another one is to be found.
                killed.extend([] if (out / found[1]).exists() else [found[1]])
            time.sleep(0.01)

    killer = threading.Thread(target=kill)
    killer.start()
    summary = engines_ray.run(archive, str(out))
    killer.join()

    assert len(killed) == 1
    assert killed[0] in parts(out)
    assert (summary.docs, summary.ok, summary.failed) == (3 * ROWS + 2, 3 * ROWS - 1, 3)
    assert len(parts(out)) == 4
    assert parts(out) == alone(archive, tmp_path / "alone")
    assert not list(out.glob(".*"))


def test_a_run_goes_on_after_its_driver_was_killed(cluster: str, archive: list[str], tmp_path: Path) -> None:
    """What was done before the driver was killed stays as it is; the rest is done by the next run."""
    out = tmp_path / "out"
    script = (
        "import sys; from casualty_extract import engines_folders, engines_ray;"
        f"engines_folders.PARTITION_ROWS = {ROWS // 2};"
        f"engines_ray.run({archive!r}, {str(out)!r}, jobs=1)"
    )
    path = os.pathsep.join(filter(None, (str(Path(engines_ray.__file__).parent.parent), *sys.path)))
    driver = subprocess.Popen(
        [sys.executable, "-c", script], env={**os.environ, "RAY_ADDRESS": cluster, "PYTHONPATH": path}
    )
    deadline = time.monotonic() + 300
    while not parts(out) and driver.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    driver.kill()
    assert driver.wait() == -signal.SIGKILL, "the driver came to its end before it could be killed"
    before = {path: path.stat().st_mtime_ns for path in out.glob("part-*.parquet")}

    with pytest.raises(OutputError, match="resume goes on with it"):
        engines_ray.run(archive, str(out))
    summary = engines_ray.run(archive, str(out), resume=True)

    assert 0 < len(before) < 4
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert summary.docs == 3 * ROWS + 2
    assert parts(out) == alone(archive, tmp_path / "alone")


def test_what_cannot_work_is_refused_before_ray_is_asked(tmp_path: Path) -> None:
    """Arguments are checked first."""
    with pytest.raises(ArgumentError, match="jobs"):
        engines_ray.run([], str(tmp_path), jobs=0)
    with pytest.raises(ArgumentError, match="options"):
        engines_ray.run([], str(tmp_path), options={"models": "x"})
    with pytest.raises(ArgumentError, match="model"):
        engines_ray.run([], str(tmp_path), options={"model": "en_no_such_model"})
    assert list(tmp_path.iterdir()) == []


def test_without_ray_its_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error tells what to install."""
    monkeypatch.setitem(sys.modules, "ray", None)

    with pytest.raises(MissingPackageError, match=r"pip install '\.\[ray\]'"):
        engines_ray.run([], str(tmp_path))
