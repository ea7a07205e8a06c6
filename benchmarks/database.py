"""The speed of the database: ``python benchmarks/database.py [DOCUMENTS] [--db URL] [--link]``.

Stores made-up extractions of five claims each in a new SQLite file, or in the empty database of an address, and
prints the seconds and claims a second of the load, the size of the file, and for each view the milliseconds that
its first hundred rows take. The full measure is 200,000 documents with a million claims.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from casualty_extract import extract
from casualty_extract.database import Database
from casualty_extract.records import Extraction

VIEWS = (
    "SELECT * FROM v_claim LIMIT 100",
    "SELECT * FROM v_claim WHERE harm = 'killed' AND earliest >= '2017-06-01' LIMIT 100",
    "SELECT * FROM v_claim WHERE document = 'a77'",
    "SELECT * FROM v_claim_current LIMIT 100",
    "SELECT * FROM v_incident LIMIT 100",
    "SELECT * FROM v_dead_letter LIMIT 100",
    "SELECT * FROM v_disagreement LIMIT 100",
    "SELECT * FROM v_review_queue LIMIT 100",
    "SELECT * FROM v_span LIMIT 100",
)
TEXT = (
    "Gunmen killed 12 civilians and wounded 30 in Mosul on Friday, police said, citing medics. Doctors said 15 people"
    " died in the attack. An airstrike near Aleppo killed at least 7 fighters, the army said. Three children were missing."
)


def made(documents: int) -> Iterator[Extraction]:
    """Make extractions like one that was read, each with its own names, days and figures."""
    dice = random.Random(1)
    model = extract(TEXT, published="2017-09-02")
    for number in range(documents):
        day, text = date(2017, 1, 1) + timedelta(days=dice.randrange(700)), f"{number:064x}"
        claims = []
        for claim in (*model.claims, *model.claims)[:5]:
            figure = dice.randrange(10, 99)
            quantity = claim.quantity.model_copy(update={"low": figure, "best": figure, "high": figure})
            when = claim.time and claim.time.model_copy(update={"earliest": day, "latest": day})
            name = f"{number:016x}{len(claims):08x}"
            # Of articles with the same sentences each is a copy of every other, which no archive is made of.
            evidence = claim.evidence.model_copy(update={"text": f"{claim.evidence.text[:-7]}{number:07}"})
            changed = {"id": name, "quantity": quantity, "time": when, "evidence": evidence}
            claims.append(claim.model_copy(update=changed))
        about = {"id": f"a{number}", "sha256": text, "published": day, "title": f"Attack number {number}"}
        incidents = [
            incident.model_copy(update={"claims": tuple(c.id for c in claims if c.incident == incident.id)})
            for incident in model.incidents
        ]
        document = model.document.model_copy(update=about)
        more = {"document": document, "claims": tuple(claims), "incidents": tuple(incidents)}
        yield model.model_copy(update=more)


def main() -> None:
    """Load and look."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("documents", nargs="?", type=int, default=20_000)
    parser.add_argument("--db", help="an empty database, in place of a new SQLite file")
    parser.add_argument("--link", action="store_true", help="link the incidents too")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.db"
        with Database.open(given.db or str(path), create=True) as database:
            records = list(made(given.documents)) if given.documents <= 20_000 else made(given.documents)
            started, busy = time.perf_counter(), time.process_time()
            loaded = database.load(records)
            seconds, busy = time.perf_counter() - started, time.process_time() - busy
            rate = f"{loaded.claims / seconds:.0f} claims/s, {loaded.claims / busy:.0f} a second of processor time"
            print(f"load {loaded.claims} claims {seconds:.1f} s, {rate}", flush=True)
            if not given.db:
                print(f"size {path.stat().st_size / 1e6:.0f} MB")
            started = time.perf_counter()
            database.load(made(given.documents))
            print(f"load again {time.perf_counter() - started:.1f} s")
            if given.link:
                started = time.perf_counter()
                print(f"link {database.link(copies='exact')} incidents {time.perf_counter() - started:.1f} s")
            for view in VIEWS:
                started = time.perf_counter()
                rows = database._db.execute(view)
                print(f"{(time.perf_counter() - started) * 1000:8.1f} ms {len(rows):4} rows  {view}")


if __name__ == "__main__":
    main()
