"""The database: what goes in comes out, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import io
import itertools
import os
import random
import re
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import postgresql
from casualty_extract.database import Database, Review
from casualty_extract.database_connections import connect, locate
from casualty_extract.database_rows import TABLES
from casualty_extract.errors import ArgumentError, OutputError, SchemaError
from casualty_extract.outcomes import Failure, Outcome, Run
from casualty_extract.records import Extraction
from extractions import article, bare, claim, extraction, extractions, simple

MANY = int(os.environ.get("CASUALTY_EXTRACT_MANY", "1"))
"""How many times more of everything random is tried."""

RUN = Run(tool_version="1", config={"date_order": None}, inputs=("news",))
OTHER = Run(tool_version="1", config={"date_order": "DMY"}, inputs=("news",))


def dumped(database: Database) -> str:
    stream = io.StringIO()
    database.dump(stream)
    return stream.getvalue()


def rows(database: Database, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    return database._db.execute(statement, values)


def counts(database: Database) -> dict[str, int]:
    return {table: len(rows(database, " ".join(["SELECT * FROM", table]))) for table in TABLES}


def ok(source: str, found: Extraction, **more: Any) -> Outcome:
    return Outcome(source=source, extraction=found, **more)


def failed(source: str) -> Outcome:
    return Outcome(
        source=source, failure=Failure(kind="timeout", problem="more than 30 s", file=source, stage="times")
    )


def write(database: Database, run: Run, *outcomes: Outcome, keep_text: bool = True) -> None:
    sink = database.sink(run, keep_text=keep_text)
    sink.write(outcomes)
    sink.close(finished=True)


def done(database: Database, run: Run, *sources: str) -> set[str]:
    sink = database.sink(run)
    try:
        return sink.done(sources)
    finally:
        sink.close(finished=False)


# --- round trips ------------------------------------------------------------------------------------


@settings(max_examples=10 * MANY, deadline=None, suppress_health_check=list(HealthCheck))
@given(found=st.lists(extractions(), max_size=4, unique_by=lambda e: (e.document.id, e.document.sha256)))
def test_what_is_stored_comes_back_equal(database_url: str, found: list[Extraction]) -> None:
    """Any extractions come back equal, in order of their ids, and the database is whole."""
    with Database.open(database_url, create=True) as database:
        before = {e.document.id: None for e in database.extractions()}
        database.load(found)
        stored = [e for e in database.extractions() if e.document.id not in before]
        assert {e.to_json() for e in found} >= {e.to_json() for e in stored}
        for each in found:
            # A text that was kept once stays, as a load without one does not forbid it.
            assert each in list(database.extractions())
        assert database.check() == []


@settings(max_examples=5 * MANY, deadline=None)
@given(found=st.lists(extractions(), max_size=5))
def test_both_databases_dump_the_same(found: list[Extraction], postgresql_server: str) -> None:
    """The dumps of equal content are the same bytes, whichever database."""
    with postgresql.database(postgresql_server) as url:
        dumps = []
        for each in ("sqlite://", url):
            with Database.open(each, create=True) as database:
                database.load(found)
                database.link(copies="exact")
                dumps.append(dumped(database))
    assert dumps[0] == dumps[1]


def test_code_points_that_cannot_be_stored_are_replaced_one_for_one(database_url: str) -> None:
    """Surrogates and NUL become U+FFFD, offsets stay, and a flag tells."""
    given_ = article("a\x00\ud800", "12\x00 dead\udfff", title="T\x00")
    text = "12\x00 dead\udfff"
    found = extraction(given_, claim(text, "c\ud800"))
    found = found.model_copy(update={"text": text})
    with Database.open(database_url, create=True) as database:
        write(database, RUN, ok("caf\udce9.txt", found, article=given_), failed("x\x00\ud800"))
        [back] = database.extractions()
        assert back.claims[0].evidence.text == "12\ufffd dead\ufffd"
        assert (back.flags, back.document.length, back.claims[0].id) == (("sanitised",), 9, "c\ufffd")
        assert done(database, RUN, "caf\udce9.txt", "x\x00\ud800", "caf\udcea.txt") == {
            "caf\udce9.txt",
            "x\x00\ud800",
        }
        assert database.check() == []


def test_texts_are_kept_only_where_that_is_wanted(database_url: str) -> None:
    """The text of the article is kept, or its sentences alone; a load without texts takes none away."""
    given_ = article("a1")
    found = extraction(given_, claim(given_.text, "c1"))
    with Database.open(database_url, create=True) as database:
        write(database, RUN, ok("a.txt", found, article=given_))
        database.load([found])
        assert rows(database, "SELECT text FROM document") == [(given_.text,)]
        write(database, OTHER, ok("a.txt", found, article=given_), keep_text=False)
        assert rows(database, "SELECT text FROM document") == [(None,)]
        assert list(database.extractions()) == [found]


# --- once and once only -----------------------------------------------------------------------------


def test_loading_again_changes_nothing(database_url: str) -> None:
    """The same extractions loaded three times give the same rows and the same dump."""
    found = [simple(n) for n in range(50 * MANY)]
    with Database.open(database_url, create=True) as database:
        seen = []
        for order in (found, found[::-1], found):
            database.load(order, together=7)
            seen.append((counts(database), dumped(database)))
        assert seen[0] == seen[1] == seen[2]
        assert seen[0][0]["claim"] == 2 * len(found)


def test_what_is_done_is_known(database_url: str) -> None:
    """Outcomes of a run are known as done, failures too, to that run alone."""
    with Database.open(database_url, create=True) as database:
        write(database, RUN, ok("a#1", simple(1)), failed("a#2"))
        assert done(database, RUN, "a#1", "a#2", "a#3") == {"a#1", "a#2"}
        assert done(database, OTHER, "a#1") == set()


def test_an_outcome_takes_the_place_of_the_one_before(database_url: str) -> None:
    """A failure that went well later is one no more, and a document that no run knows goes with its claims."""
    with Database.open(database_url, create=True) as database:
        write(database, RUN, failed("a#1"), ok("a#2", simple(1)))
        assert len(rows(database, "SELECT * FROM v_dead_letter")) == 1
        write(database, RUN, ok("a#1", simple(2)), ok("a#2", simple(3)))
        assert rows(database, "SELECT * FROM v_dead_letter") == []
        assert [e.document.id for e in database.extractions()] == ["a2", "a3"]
        with Database.open("sqlite://", create=True) as fresh:
            write(fresh, RUN, ok("a#1", simple(2)), ok("a#2", simple(3)))
            assert dumped(fresh) == dumped(database)


def test_the_last_extraction_of_a_document_counts(database_url: str) -> None:
    """Another configuration replaces the claims of a document; what both found keeps its key."""
    with Database.open(database_url, create=True) as database:
        given_ = article("a1")
        one, two, three = (claim(given_.text, name) for name in ("one", "two", "three"))
        write(database, RUN, ok("a", extraction(given_, one, two)))
        keys = dict(rows(database, "SELECT id, claim_key FROM claim"))
        write(database, OTHER, ok("a", extraction(given_, two, three)))
        after = dict(rows(database, "SELECT id, claim_key FROM claim"))
        assert set(after) == {"two", "three"}
        assert after["two"] == keys["two"]
        assert rows(database, "SELECT run_id FROM document") == [(OTHER.id,)]
        assert database.check() == []


@pytest.mark.parametrize("seed", range(3 * MANY))
def test_reviews_outlive_any_sequence(database_url: str, seed: int) -> None:
    """Loads, reviews and extractions by other configurations in any order lose no review and double nothing."""
    dice = random.Random(seed)
    texts = {name: article(name, f"Text of {name}.") for name in ("a1", "a2", "a3")}
    made: list[Review] = []
    with Database.open(database_url, create=True) as database:
        for step in range(15):
            name = dice.choice(list(texts))
            if dice.random() < 0.5:
                found = [
                    claim(texts[name].text, f"c{n}", low=dice.randrange(3))
                    for n in range(4)
                    if dice.random() < 0.6
                ]
                outcome = ok(name, extraction(texts[name], *found), article=texts[name])
                dice.choice(
                    [
                        lambda o: write(database, RUN, o),
                        lambda o: write(database, OTHER, o),
                        lambda o: database.load([o.extraction]),
                    ]
                )(outcome)
                current = [
                    c
                    for (c,) in rows(
                        database,
                        "SELECT c.id FROM claim c JOIN document d ON d.document_key = c.document_key WHERE d.id = ? AND c.is_current ORDER BY c.rank",
                        name,
                    )
                ]
                assert current == [c.id for c in found]
            elif known := rows(
                database,
                "SELECT d.id, c.id FROM claim c JOIN document d ON d.document_key = c.document_key ORDER BY 1, 2",
            ):
                document, which = dice.choice(known)
                decision: Any = dice.choice(["accept", "reject", "fix"])
                review = Review(
                    document,
                    which,
                    "ann",
                    decision,
                    {"harm": "injured"} if decision == "fix" else {},
                    at=str(step),
                )
                again = database.review([review, review])
                assert (again.new, again.known, again.unknown) == (1, 1, ())
                made.append(review)
            assert [(r.document, r.claim, r.decision, r.at) for r in database.reviews()] == [
                (r.document, r.claim, r.decision, r.at) for r in made
            ]
            assert database.check() == []
        kept = {
            (d, c)
            for d, c in rows(
                database, "SELECT d.id, c.id FROM claim c JOIN document d ON d.document_key = c.document_key"
            )
        }
        assert {(r.document, r.claim) for r in made} <= kept


def test_two_writers_of_the_same_documents(database_url: str) -> None:
    """Runs that store the same documents at once leave each with the claims of one of them, whole."""
    texts = [article(f"a{n}", f"Text {n}.") for n in range(6)]
    Database.open(database_url, create=True).close()

    def work(run: Run, name: str) -> None:
        with Database.open(database_url) as mine:
            for turn in range(8):
                found = [
                    extraction(t, claim(t.text, f"{name}{turn % 2}"), claim(t.text, "both")) for t in texts
                ]
                write(mine, run, *(ok(e.document.id, e) for e in found))

    threads = [threading.Thread(target=work, args=pair) for pair in ((RUN, "x"), (OTHER, "y"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Database.open(database_url) as database:
        assert database.check() == []
        assert database.stats()["claims"] == 2 * len(texts)
        assert len(rows(database, "SELECT * FROM outcome")) == 2 * len(texts)


# --- errors -----------------------------------------------------------------------------------------


def test_a_second_process_on_a_run_is_told(database_url: str) -> None:
    """A run has one writer; another run may be written meanwhile, and the next writer may come."""
    with Database.open(database_url, create=True) as one, Database.open(database_url) as two:
        sink = one.sink(RUN)
        with pytest.raises(OutputError, match=f"another process writes the run {RUN.id}"):
            two.sink(RUN)
        two.sink(OTHER).close(finished=False)
        sink.close(finished=True)
        two.sink(RUN).close(finished=True)


def test_a_locked_database_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that another program writes to for too long is an error of the output."""
    monkeypatch.setattr("casualty_extract.database_sqlite.PATIENCE", 0.1)
    path = tmp_path / "claims.db"
    Database.open(str(path), create=True).close()
    with Database.open(str(path)) as database, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OutputError, match=r"claims\.db: database is locked"):
            database.load([simple(1)])
        other.execute("ROLLBACK")
        database.load([simple(1)])


def test_a_server_that_goes_away_is_told_without_its_password(postgresql_server: str) -> None:
    """A connection that ends is an error of the output; what was written is whole."""
    with postgresql.database(postgresql_server) as url, Database.open(url, create=True) as admin:
        with Database.open(url.replace("tester@", "tester:secret@")) as database:
            sink = database.sink(RUN)
            sink.write([ok("a#1", simple(1))])
            [(process,)] = rows(database, "SELECT pg_backend_pid()")
            rows(admin, "SELECT pg_terminate_backend(?)", process)
            with pytest.raises(OutputError) as told:
                sink.write([ok("a#2", simple(2))])
            assert "secret" not in str(told.value)
            with pytest.raises(OutputError):
                sink.close(finished=True)
        # The lock went with the connection.
        assert done(admin, RUN, "a#1", "a#2") == {"a#1"}


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:s3cret@127.0.0.1:1/none",
        "postgresql://me:s3@cret@127.0.0.1:1/none?connect_timeout=1",
        "postgresql://127.0.0.1:1/none?user=me&password=s3cret",
        "postgresql://me:s3/cret@127.0.0.1:1/none",
        "postgresql://me:s3 cret@127.0.0.1:1/none",
        "postgresql://me:s3[cret@127.0.0.1:1/none",
        "postgresql://me:s3cret@127.0.0.1:1/none?no_such_option=1",
    ],
)
def test_no_message_has_a_password(url: str) -> None:
    """A server that cannot be reached is told without the password."""
    pytest.importorskip("psycopg")
    with pytest.raises(OutputError) as told:
        Database.open(url)
    assert "s3" not in str(told.value)
    assert "cret" not in told.value.target


@pytest.mark.parametrize(
    "url", ["", "mysql://host/db", "sqlite:claims//x.db://", "sqlite://claims.db", "a\x00b"]
)
def test_addresses_that_mean_no_database_are_refused(url: str) -> None:
    """A mistyped address makes no file of that name."""
    with pytest.raises((ArgumentError, OutputError)):
        Database.open(url)


def test_addresses_of_files() -> None:
    """A file's name is one, whatever is in it."""
    assert locate("C:\\news\\claims.db") == ("sqlite", "C:\\news\\claims.db")
    assert locate("sqlite:///a%20b.db") == ("sqlite", "a b.db")


@pytest.mark.parametrize("content", [b"no database at all, but a text that is long enough " * 9, b""])
def test_a_file_that_holds_something_else_is_left_alone(tmp_path: Path, content: bytes) -> None:
    """A text file, and an empty one without `create`, are no databases."""
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(SchemaError):
        Database.open(str(path))
    assert path.read_bytes() == content


@pytest.mark.parametrize("create", [True, False])
def test_a_database_of_something_else_is_refused(database_url: str, create: bool) -> None:
    """Tables of others are not written to, even where they have our names."""
    with closing(connect(database_url, create=True)) as connection:
        connection.execute("CREATE TABLE claim (a text)")
    with pytest.raises(SchemaError, match="not those of casualty-extract"):
        Database.open(database_url, create=create)


def test_a_missing_database_is_not_made_by_the_way(tmp_path: Path) -> None:
    """Only who asks for a new database gets one."""
    with pytest.raises(OutputError, match="db init"):
        Database.open(str(tmp_path / "claims.db"))
    assert list(tmp_path.iterdir()) == []


PAYLOADS = [
    "'; DROP TABLE claim; --", '"; DROP TABLE claim; --', "' OR '1'='1", "1; DELETE FROM document", "%s", "%(a)s", "?", ":a",
    "{listed}", "{text}", "$1", "\\'; --", "'' UNION SELECT 1 --", "*", "a*", '"', '""', "NEAR(a b)", "a AND b", "a OR", "NOT",
    "evidence: x", "-x", "^x", "(", ")", "a + b", "\\", "\t", "\\copy x", "\\.", "\\N", "NULL", "</script>", "\u202e", "𝔘",
]  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_is_taken_for_a_statement(payload: str, database_urls: dict[str, Database]) -> None:
    """Texts that look like SQL, or like a language of queries, are stored and sought as they are."""
    for database in database_urls.values():
        before = database.stats()
        given_ = article(payload, payload, title=payload, url=payload, publisher=payload)
        found = extraction(given_, claim(payload, payload))
        write(database, RUN, ok(payload, found, article=given_))
        database.review(
            [Review(payload, payload, payload, "fix", {"perpetrator": payload}, payload, payload)]
        )
        assert database.stats()["claims"] == before["claims"] + 1
        assert found in list(database.extractions())
        assert rows(
            database, "SELECT perpetrator, reviewer FROM v_claim_current WHERE document = ?", payload
        ) == [(payload, payload)]
        assert {row["document"] for row in database.search(payload)} <= set(PAYLOADS)
        assert done(database, RUN, payload) == {payload}


@pytest.fixture(scope="module")
def database_urls(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One database of each kind, for many small tests."""
    path = tmp_path_factory.mktemp("payloads") / "claims.db"
    with (
        postgresql.database(postgresql_server) as url,
        Database.open(str(path), create=True) as one,
        Database.open(url, create=True) as two,
    ):
        yield {"sqlite": one, "postgresql": two}


def test_names_of_tables_and_columns_are_plain() -> None:
    """What is put into statements without being a value is a fixed, plain name."""
    names = itertools.chain.from_iterable((t.name, *t.columns) for t in TABLES.values())
    assert [name for name in names if not re.fullmatch("[a-z_][a-z0-9_]{0,30}", name)] == []


# --- kills and full disks ---------------------------------------------------------------------------

WRITER = """
import sys
sys.path.insert(0, {tests!r})
from extractions import simple
from test_database import RUN, failed, ok
from casualty_extract.database import Database
with Database.open({url!r}) as database:
    sink = database.sink(RUN)
    sources = [f"news#{{n}}" for n in range({many})]
    done = sink.done(sources)
    left = [n for n in range({many}) if f"news#{{n}}" not in done]
    print("ready", flush=True)
    for at in range(0, len(left), 5):
        sink.write([failed(f"news#{{n}}") if n % 10 == 9 else ok(f"news#{{n}}", simple(n)) for n in left[at : at + 5]])
    sink.close(finished=True)
"""


def test_a_kill_loses_nothing_and_doubles_nothing(database_url: str) -> None:
    """A writer that is killed at any moment and taken up again ends with what an uninterrupted one has."""
    many, dice = 200 * MANY, random.Random(7)
    tests = str(Path(__file__).parent)
    script = WRITER.format(tests=tests, url=database_url, many=many)
    with Database.open(database_url, create=True) as database:
        kills = 0
        while True:
            writer = subprocess.Popen(
                [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
            if kills < 2 * MANY:
                time.sleep(dice.uniform(0, 0.25))
                writer.kill()
                kills += 1
            _, told = writer.communicate()
            assert database.check() == []
            if writer.returncode == 0:
                break
            assert writer.returncode == -9, told
            # The server notices that its client is gone; until then the run is still held.
            _until_free(database)
        assert kills >= 1
        with Database.open("sqlite://", create=True) as fresh:
            numbers = range(many)
            write(
                fresh,
                RUN,
                *(failed(f"news#{n}") if n % 10 == 9 else ok(f"news#{n}", simple(n)) for n in numbers),
            )
            assert dumped(fresh) == dumped(database)


def _until_free(database: Database) -> None:
    for _ in range(100):
        if database._db.hold(RUN.id):
            database._db.release(RUN.id)
            return
        time.sleep(0.05)
    raise AssertionError("the run is still held")


FULL = """
import resource, signal, sys
sys.path.insert(0, {tests!r})
from extractions import simple
from test_database import RUN, ok
from casualty_extract.database import Database
from casualty_extract.errors import OutputError
with Database.open({url!r}) as database:
    sink = database.sink(RUN)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
    written = 0
    try:
        for n in range(0, 5000, 20):
            sink.write([ok(f"news#{{m}}", simple(m)) for m in range(n, n + 20)])
            written = n + 20
    except OutputError as error:
        print(written, error)
"""


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    """Where the file can grow no further, the batch is told, those before it are kept, and the file is whole."""
    pytest.importorskip("resource")
    path = tmp_path / "claims.db"
    Database.open(str(path), create=True).close()
    script = FULL.format(tests=str(Path(__file__).parent), url=str(path))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    written, _, told = done.stdout.partition(" ")
    assert told.startswith(str(path)), done.stderr
    assert int(written) > 0
    with Database.open(str(path)) as database:
        assert database.check() == []
        assert database.stats()["documents"] == int(written)
        # With room again, it goes on.
        write(database, RUN, ok("one more", simple(10**6)))


def test_checks_find_what_is_wrong(tmp_path: Path) -> None:
    """Each kind of damage is found: the check can fail."""
    given_ = article("a1")
    found = extraction(given_, claim(given_.text, "c1"), bare(given_.text, "c2"))
    for statement, told in {
        "UPDATE claim SET evidence = 'other'": "evidence is not what stands in the text",
        "UPDATE claim SET figure_start = 1": "figure is not what stands",
        "UPDATE claim_place SET span_text = 'x'": "place is not what stands",
        "UPDATE claim_source SET cue = 'x'": "cue is not what stands",
        "UPDATE document SET text = text || 'x'": "not the length",
        "DELETE FROM outcome": "no run has it done",
        "DELETE FROM claim WHERE id = 'c2'": "not those of its record",
        "INSERT INTO claim_place VALUES ('no', 0, 'no', '', 0, 1, '')": "claim_place",
        "INSERT INTO claim_search (claim_search) VALUES ('delete-all')": "full text search of claim",
    }.items():
        with Database.open(f"sqlite:///{tmp_path}/{abs(hash(told))}.db", create=True) as database:
            write(database, RUN, ok("a", found, article=given_))
            assert database.check() == []
            rows(database, "PRAGMA foreign_keys = OFF")
            rows(database, statement)
            assert [problem for problem in database.check() if told in problem], statement


def test_a_file_may_be_named_by_a_path(tmp_path: Path) -> None:
    """A `Path` is the file of that name, whatever it looks like."""
    file = tmp_path / "claims.db"
    with Database.open(file, create=True) as made:
        assert made.stats()["documents"] == 0
    assert file.exists()
    assert Database.upgrade(file) == ([], None)
