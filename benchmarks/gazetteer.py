"""What the place names cost: ``python benchmarks/gazetteer.py FILE.jsonl [GAZETTEER ...]``.

Prints the megabytes on disk, the seconds that the first look-up takes in a fresh process beside those that Python
takes to start, the megabytes that the process grows by while it looks up every run of capitalised words of the file's
texts, how many different ones these are, and the microseconds a look-up takes. Further files are those that
`load(gazetteer=...)` takes.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

from casualty_extract.lexicon import gazetteer

KILOBYTE = 1024 if sys.platform == "linux" else 1024 * 1024
"""What `ru_maxrss` counts in: kilobytes, or bytes on macOS, here as parts of a megabyte."""
RUN = re.compile(r"[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3}")
FIRST = """
import time
from casualty_extract.lexicon import gazetteer
started = time.perf_counter()
gazetteer.opened({files!r}).lookup("Mosul")
print(time.perf_counter() - started)
"""


def main(file: Path, files: list[str]) -> None:
    """Measure and print."""
    folder = Path(gazetteer.__file__).parent
    bundled = sum(
        path.stat().st_size for path in folder.iterdir() if path.suffix in {".sqlite", ".toml", ".txt"}
    )
    names: dict[str, None] = {}
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            names.update(dict.fromkeys(RUN.findall(json.loads(line)["text"])))
    before = _most()
    places = gazetteer.opened(files)
    started = time.process_time()
    for name in names:
        places.lookup(name)
    seconds = time.process_time() - started
    print(
        f"on disk         {bundled / 1e6:8.1f} MB"
        + "".join(f", {Path(f).stat().st_size / 1e6:.1f} MB" for f in files)
    )
    print(f"first look-up   {min(_first(files) for _ in range(3)):8.3f} s")
    print(f"python starts   {min(_start() for _ in range(3)):8.3f} s")
    print(f"memory          {_most() - before:8.1f} MB for {len(names):,} names")
    print(f"a look-up       {1e6 * seconds / max(1, len(names)):8.1f} microseconds")


def _first(files: list[str]) -> float:
    code = FIRST.format(files=tuple(files))
    return float(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    )


def _start() -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - started


def _most() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTE


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
