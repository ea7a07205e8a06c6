"""The schema: its steps, its views, and its page of the reference."""

from __future__ import annotations

import os
import re
from contextlib import closing
from pathlib import Path

import pytest

from casualty_extract.database import Database, Review, schema
from casualty_extract.database_connections import connect
from casualty_extract.database_migrations import SCRIPTS, latest, stored_version
from casualty_extract.errors import ArgumentError, SchemaError
from extractions import article, claim, extraction, simple
from test_database import OTHER, RUN, failed, ok, rows, write

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "reference" / "database.md"

# --- steps of the schema ----------------------------------------------------------------------------


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The steps of a library that is one version ahead."""
    folder = tmp_path / "later"
    folder.mkdir()
    for entry in SCRIPTS.iterdir():
        if entry.name.endswith(".sql"):
            (folder / entry.name).write_text(entry.read_text(encoding="utf-8"), encoding="utf-8")
    step = latest() + 1
    (folder / f"{step:04}.sql").write_text(
        "ALTER TABLE document ADD COLUMN section {text};\n", encoding="utf-8"
    )
    (folder / f"{step:04}.postgresql.sql").write_text(
        "CREATE INDEX new_pg ON document (section);\n", encoding="utf-8"
    )
    (folder / f"{step:04}.sqlite.sql").write_text(
        "CREATE INDEX new_lite ON document (section);\n", encoding="utf-8"
    )
    return folder


def test_an_older_database_is_brought_up_to_date(database_url: str, later: Path, tmp_path: Path) -> None:
    """It is refused with the command that mends it; then it takes the new steps, and a SQLite file is copied first."""
    found = simple(1)
    with Database.open(database_url, create=True) as database:
        database.load([found])
    with pytest.raises(SchemaError, match="`casualty-extract db upgrade`"):
        Database.open(database_url, scripts=later)
    steps, copy = Database.upgrade(database_url, scripts=later)
    assert steps == [latest() + 1]
    with Database.open(database_url, scripts=later) as database:
        assert rows(database, "SELECT section FROM document") == [(None,)]
        assert (list(database.extractions()), database.check()) == ([found], [])
    assert Database.upgrade(database_url, scripts=later) == ([], None)
    if database_url.startswith("postgresql"):
        assert copy is None
        return
    assert copy is not None
    with Database.open(str(copy)) as database:
        assert list(database.extractions()) == [found]


def test_a_newer_database_is_refused(database_url: str, later: Path) -> None:
    """A library that is behind neither reads nor upgrades what it does not know."""
    Database.open(database_url, create=True, scripts=later).close()
    for attempt in (lambda: Database.open(database_url, create=True), lambda: Database.upgrade(database_url)):
        with pytest.raises(SchemaError, match="update casualty-extract"):
            attempt()


def test_a_step_that_fails_leaves_nothing(database_url: str, later: Path) -> None:
    """Each step is taken whole or not at all."""
    Database.open(database_url, create=True).close()
    step = later / f"{latest() + 1:04}.sql"
    step.write_text(
        "CREATE TABLE half (a {integer});\nALTER TABLE nowhere ADD COLUMN b {text};\n", encoding="utf-8"
    )
    with pytest.raises(Exception, match="nowhere"):
        Database.upgrade(database_url, scripts=later)
    with closing(connect(database_url)) as connection:
        assert stored_version(connection) == latest()
        assert "half" not in connection.tables()


def test_an_empty_database_has_nothing_to_upgrade(database_url: str) -> None:
    """Tables are made by `db init` alone."""
    connect(database_url, create=True).close()
    for attempt in (lambda: Database.open(database_url), lambda: Database.upgrade(database_url)):
        with pytest.raises(SchemaError, match="db init"):
            attempt()


# --- views ------------------------------------------------------------------------------------------

COLUMNS = {
    "v_claim": "claim_key document_key document title publisher url published claim_id figure form qualifier low high best"
    " unit harm harm_text victims category groups scope intent cause cause_text perpetrator time_text earliest latest grain"
    " time_basis time_ambiguous place place_kind country geonameid places countries lat lon source source_name source_kind"
    " cue attribution_form status evidence figure_start figure_end part_of superseded_by incident_key linked_id confidence"
    " is_current",
    "v_incident": "incident is_linked is_cumulative earliest latest places countries cause perpetrator articles killed_low"
    " killed_best killed_high injured_low injured_best injured_high",
    "v_dead_letter": "run_id source kind problem stage file file_row document_id attempts tool_version ok_elsewhere",
    "v_disagreement": "linked_id harm category source source_kind low high least greatest claims",
    "v_review": "claim_key reviewer decision patch tool reviewed_at claim_digest",
    "v_review_queue": "claim_key document_key reason confidence harm low high evidence",
    "v_span": "claim_key document_key role rank span_start span_end span_text",
}
COLUMNS["v_claim_current"] = COLUMNS["v_claim"] + " decision reviewer"


def test_views_have_their_columns(database_url: str) -> None:
    """Names and order of the columns are a promise to queries, in both databases."""
    with Database.open(database_url, create=True) as database:
        tables = database._db.tables()
    assert {name: " ".join(tables[name]) for name in tables if name.startswith("v_")} == COLUMNS


def test_reviews_are_applied_to_claims(database_url: str) -> None:
    """The last review of a claim counts; rejected ones go, fixes show, and what was lost or changed is queued."""
    given = article("a1")
    claims = [claim(given.text, name) for name in ("accepted", "rejected", "fixed", "open")]
    patch = {
        "low": 3,
        "best": 4,
        "high": None,
        "harm": "injured",
        "earliest": "2017-08-31",
        "lat": 1,
        "perpetrator": None,
        "time_ambiguous": True,
        "place": "Born",
    }
    current = "SELECT claim_id, low, high, harm, perpetrator, lat, place, decision FROM v_claim_current ORDER BY claim_id"
    queue = (
        "SELECT c.id, q.reason FROM v_review_queue q JOIN claim c ON c.claim_key = q.claim_key ORDER BY c.id"
    )
    same = (12, 12, "killed", given.text, 33.5, given.text)
    with Database.open(database_url, create=True) as database:
        write(database, RUN, ok("a", extraction(given, *claims)))
        assert [reason for _, reason in rows(database, queue)] == ["new"] * 4
        made = [
            Review("a1", "accepted", "ann", "reject"),
            Review("a1", "accepted", "ann", "accept"),
            Review("a1", "rejected", "ann", "reject"),
            Review("a1", "fixed", "ann", "fix", patch),
            Review("a1", "nowhere", "ann", "accept"),
        ]
        assert database.review(made).unknown == (made[-1],)
        mended = ("fixed", 3, None, "injured", None, 1.0, "Born", "fix")
        assert rows(database, current) == [("accepted", *same, "accept"), mended, ("open", *same, None)]
        [(day, unsure)] = rows(
            database,
            "SELECT CAST(earliest AS text), time_ambiguous FROM v_claim_current WHERE claim_id = 'fixed'",
        )
        assert (day, bool(unsure)) == ("2017-08-31", True)
        assert rows(database, queue) == [("open", "new")]
        # Another configuration finds one no more, and reads another otherwise.
        changed = claim(given.text, "accepted", low=13)
        write(database, OTHER, ok("a", extraction(given, changed, claims[1])))
        assert rows(database, queue) == [("accepted", "changed"), ("fixed", "lost")]
        assert rows(database, current)[1] == mended
        database.review([Review("a1", "accepted", "bob", "accept")])
        assert rows(database, queue) == [("fixed", "lost")]


@pytest.mark.parametrize(
    "patch",
    [{"low": -1}, {"low": "3"}, {"low": True}, {"low": 10**18}, {"harm": "hurt"}, {"earliest": "last Friday"}, {"lat": 91}, {"lat": float("nan")}, {"figure": "x"}, {"evidence": "x"}, {"unit": None}, {"low": 5, "high": 4}, {}],
    ids=str,
)  # fmt: skip
def test_fixes_that_cannot_be_applied_are_refused(patch: dict[str, object]) -> None:
    """A wrong type, an unknown label or column, or bounds out of order are no fix."""
    with pytest.raises(ArgumentError):
        Review("a1", "c1", "ann", "fix", patch)


def test_a_fix_keeps_bounds_in_order_with_those_it_leaves(database_url: str) -> None:
    """A low above the high that stands is refused, and with it all reviews of the same call."""
    with Database.open(database_url, create=True) as database:
        database.load([simple(1)])
        with pytest.raises(ArgumentError, match="patch of claim 'c12'"):
            database.review(
                [Review("a1", "c30", "ann", "accept"), Review("a1", "c12", "ann", "fix", {"low": 50})]
            )
        assert list(database.reviews()) == []


def test_incidents_before_and_after_linking(database_url: str) -> None:
    """An incident stands with its article until it is linked; then sources that differ are set side by side."""
    from casualty_extract import extract

    texts = {
        "2017-09-02": "A bomb killed 12 people in Mosul on Friday, police said. Doctors said 15 people were killed.",
        "2017-09-04": "The toll of the bombing in Mosul on Friday rose to 18 dead, police said.",
    }
    with Database.open(database_url, create=True) as database:
        database.load(extract(text, published=day) for day, text in texts.items())
        shown = "SELECT articles, killed_low, killed_best, killed_high FROM v_incident ORDER BY killed_best"
        assert [row[0] for row in rows(database, shown)] == [1, 1]
        assert database.link(copies="exact") == 1
        assert rows(database, shown) == [(2, 18, 18, 18)]
        assert rows(database, "SELECT count(*) FROM v_claim WHERE linked_id IS NULL") == [(0,)]
        # Linked anew, it is the same; a document that is extracted anew is linked no more.
        before = rows(database, "SELECT * FROM linked_claim ORDER BY claim_key")
        database.link(copies="exact")
        assert rows(database, "SELECT * FROM linked_claim ORDER BY claim_key") == before
    with Database.open("sqlite://", create=True) as database:
        database.load([extract(texts["2017-09-02"], published="2017-09-02")])
        database.link(copies="exact")
        told = "SELECT source, low, high, least, greatest, claims FROM v_disagreement ORDER BY source"
        assert rows(database, told) == [("Doctors", 15, 15, 15, 15, 1), ("police", 12, 12, 12, 12, 1)]
        # Where an archive agrees, nothing is gone through to find that.
        plan = " ".join(row[3] for row in rows(database, "EXPLAIN QUERY PLAN SELECT * FROM v_disagreement"))
        assert "SCAN c USING INDEX linked_claim_disputed" in plan
        # A source whose contradiction is gone disagrees no more.
        rows(database, "DELETE FROM linked_claim WHERE source_name = 'Doctors'")
        assert rows(database, told) == []


def test_articles_of_one_id_are_linked_each_for_itself(database_url: str) -> None:
    """Two texts under one id are two documents, and linking keeps them apart."""
    given = [
        article("same", text, published=simple(1).document.published)
        for text in ("Twelve died in Arda.", "Thirty died in Born.")
    ]
    with Database.open(database_url, create=True) as database:
        database.load(extraction(each, claim(each.text, f"c{n}")) for n, each in enumerate(given))
        database.link(copies="exact")
        assert rows(database, "SELECT count(*) FROM linked_member") == [(2,)]
        assert rows(database, "SELECT count(DISTINCT claim_key) FROM linked_claim") == [(2,)]
        assert database.check() == []


def test_dead_letters_tell_what_went_wrong(database_url: str) -> None:
    """A failure has its address, kind, problem and stage, and whether another run had more luck."""
    with Database.open(database_url, create=True) as database:
        write(database, RUN, failed("a#1"), failed("a#2"))
        write(database, OTHER, ok("a#1", simple(1)))
        shown = rows(
            database,
            "SELECT source, kind, problem, stage, attempts, ok_elsewhere FROM v_dead_letter ORDER BY source",
        )
    assert shown == [
        ("a#1", "timeout", "more than 30 s", "times", 1, True),
        ("a#2", "timeout", "more than 30 s", "times", 1, False),
    ]


def test_words_are_sought_in_sentences(database_url: str) -> None:
    """All words must stand in the sentence; the index follows replaced claims."""
    given = article("a1", "Gunmen killed 12 people near the old market.")
    with Database.open(database_url, create=True) as database:
        write(database, RUN, ok("a", extraction(given, claim(given.text, "c1"))))
        assert [row["document"] for row in database.search("market GUNMEN")] == ["a1"]
        assert database.search("market flood") == database.search(" .,") == []
        other = claim(given.text, "c1", evidence={"text": "Gunmen", "start": 0, "end": 6})
        write(database, OTHER, ok("a", extraction(given, other)))
        assert database.search("market") == []
        assert database.check() == []


# --- the page of the reference ----------------------------------------------------------------------


def page() -> str:
    """The tables and views as the page shows them, from the comments of the schema."""
    told = schema("postgresql")
    shown = []
    for comment, kind, name, body in re.findall(
        r"((?:^-- [^\n]*\n)+)CREATE (TABLE|VIEW) (\w+)(.*?);\n", told, re.MULTILINE | re.DOTALL
    ):
        purpose = " ".join(line.removeprefix("-- ") for line in comment.splitlines())
        lines = re.findall(
            r"^    (?:\w+\.(?=\w+(?:,| --))|.* AS (?=\w+,? --))?(\w+)(.*?),? -- (.*)$", body, re.MULTILINE
        )
        head = (
            "| column | type | meaning |\n| --- | --- | --- |"
            if kind == "TABLE"
            else "| column | meaning |\n| --- | --- |"
        )
        shown.append(f"### `{name}`\n\n{purpose}\n\n{head}")
        for column, more, meaning in lines:
            kinds = re.match(r' (double precision|\w+)( COLLATE "C")?', more)
            middle = f" {kinds[1] if kinds else ''} |" if kind == "TABLE" else ""
            shown[-1] += f"\n| `{column}` |{middle} {meaning} |"
    return "\n\n".join(shown) + "\n"


def test_the_page_of_the_database_is_the_schema(database_url: str) -> None:
    """The page shows every table, view and column as the schema has them.

    ``CASUALTY_EXTRACT_WRITE_PAGE=1`` writes it.
    """
    start = "<!-- from here on the page is made from the schema -->\n\n"
    written = PAGE.read_text(encoding="utf-8")
    head, _, rest = written.partition(start)
    if os.environ.get("CASUALTY_EXTRACT_WRITE_PAGE"):
        PAGE.write_text(head + start + page(), encoding="utf-8")
        rest = page()
    assert rest == page()
    with Database.open(database_url, create=True) as database:
        tables = database._db.tables()
    for name, columns in tables.items():
        if re.match(r"(claim|document)_search", name):
            continue
        shown = rest.partition(f"### `{name}`\n")[2].partition("\n### ")[0]
        named = re.findall(r"^\| `(\w+)` ", shown, re.MULTILINE)
        assert [c for c in columns if not c.endswith(("claim_number", "document_number"))] == named, name
