"""A user's own places and a fuller gazetteer: what they change, and what bad files get."""

from __future__ import annotations

import sqlite3
import threading
import zipfile
from pathlib import Path

import pytest
import spacy
from typer.testing import CliRunner

from casualty_extract import cli, extract, load
from casualty_extract.errors import ArgumentError, GazetteerError
from casualty_extract.lexicon import gazetteer
from casualty_extract.lexicon.gazetteer import geonames, own_rows
from casualty_extract.lexicon.gazetteer.geonames import Selection
from casualty_extract.pipeline import add_stages

OWN = """\
name,kind,country,lat,lon,aliases,admin1,geonameid,population
Belmoor,city,YE,15.1,44.2,Balmur|Bel Moor,11,,
Harran Hospital,site,SY,36.0,37.1,,,,
Salem,,YE,14.0,45.0,,,77,4000
Boots,none,,,,,,,
KRX,region,IQ,36.2,44.0,Northern Zone,,,
Ar Rumayd,city,IQ,31.2,47.0,,,,
"""


def dump_row(number: int, name: str, **other: object) -> str:
    """A line of a dump as GeoNames writes it."""
    cells = {
        "names": "",
        "lat": 35.1,
        "lon": 40.2,
        "feature": "P.PPL",
        "country": "SY",
        "admin1": "08",
        "people": 0,
    }
    cells |= other
    feature, _, code = str(cells["feature"]).partition(".")
    row = [number, name, name, cells["names"], cells["lat"], cells["lon"], feature, code, cells["country"]]
    row += ["", cells["admin1"], "", "", "", cells["people"], "", "", "Asia/Damascus", "2020-01-01"]
    return "\t".join(map(str, row)) + "\n"


DUMP = "".join(
    [
        dump_row(1, "Ghaznura", names="Ghaznoura,غزنورة,XGZ,ghaznura", people=300),
        dump_row(2, "Muhafazat Belqara", feature="A.ADM1", people=0),
        dump_row(3, "Old Ghaznura", feature="P.PPLH"),
        dump_row(4, "Syria", feature="A.PCLI"),
        dump_row(5, "Tishra Dam", feature="S.DAM"),
        dump_row(6, "Norveen", country="IQ", lat=33.0, lon=44.0, people=9000),
        dump_row(7, "March", people=200),
        dump_row(98182, "Baghdad", country="IQ", lat=33.34, lon=44.4, people=7_216_000),
    ]
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "SY.txt"
    path.write_text(DUMP, encoding="utf-8")
    return path


def places(text: str, nlp: spacy.language.Language) -> list[tuple[str, str | None, float | None]]:
    [claim] = extract(text, nlp=nlp).claims
    return [(place.name, place.country, place.lat) for place in claim.places]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A blast in Balmur killed six people.", [("Belmoor", "YE", 15.1)]),
        ("A blast in Bel Moor killed six people.", [("Belmoor", "YE", 15.1)]),
        ("Shelling near Harran hospital killed six people.", [("Harran Hospital", "SY", 36.0)]),
        ("Shelling hit Harran Hospital and killed six people.", [("Harran Hospital", "SY", 36.0)]),
        ("Six people were killed in Salem.", [("Salem", "YE", 14.0)]),
        ("Six people were killed in the KRX.", [("KRX", "IQ", 36.2)]),
        ("Six people were killed in Rumayd.", [("Ar Rumayd", "IQ", 31.2)]),
        ("Six people were killed in Boots.", []),
        ("Six people were killed in Mosul.", [("Mosul", "IQ", 36.335)]),
        ("Mr. Belmoor killed six people.", []),
    ],
)
def test_own_rows_stand_before_all_others(own: Path, text: str, expected: list[object]) -> None:
    assert places(text, load(gazetteer=own)) == expected


def test_own_rows_need_no_cue(own: Path) -> None:
    """A small town of the gazetteer needs "in" or the like before it; one of the user's own is sure."""
    doc = load(gazetteer=own, screen=False)("Belmoor mourned its dead on Friday.")
    assert [span.text for span in doc.spans["casualty.places"]] == ["Belmoor"]


def test_own_rows_carry_number_and_region(own: Path) -> None:
    [claim] = extract("Six people were killed in Salem.", nlp=load(gazetteer=own)).claims
    assert claim.places[0].geonameid == 77
    assert own_rows.read(own).keys["bel moor"][0].admin1 == "11"


def test_tsv_and_toml_say_the_same(own: Path, tmp_path: Path) -> None:
    tsv, toml = tmp_path / "own.tsv", tmp_path / "own.toml"
    tsv.write_text(OWN.replace(",", "\t"), encoding="utf-8-sig")
    toml.write_text(
        """[places]
belmoor = { name = "Belmoor", country = "YE", lat = 15.1, lon = 44.2, aliases = ["Balmur", "Bel Moor"], admin1 = "11" }
harran = { name = "Harran Hospital", kind = "site", country = "SY", lat = 36.0, lon = 37.1 }
salem = { name = "Salem", country = "YE", lat = 14.0, lon = 45.0, geonameid = 77, population = 4000 }
boots = { name = "Boots", kind = "none" }
krx = { name = "KRX", kind = "region", country = "IQ", lat = 36.2, lon = 44.0, aliases = ["Northern Zone"] }
rumayd = { name = "Ar Rumayd", country = "IQ", lat = 31.2, lon = 47.0 }
""",
        encoding="utf-8",
    )
    assert own_rows.read(tsv) == own_rows.read(toml) == own_rows.read(own)


def test_the_first_file_wins(own: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("name,country,lat,lon\nSalem,OM,20.0,57.0\n", encoding="utf-8")
    text = "Six people were killed in Salem."
    assert places(text, load(gazetteer=[other, own])) == [("Salem", "OM", 20.0)]
    assert places(text, load(gazetteer=[own, str(other)])) == [("Salem", "YE", 14.0)]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "place,country\nSalem,YE\n", "no column 'name' in the first line"),
        ("a.csv", "", "no column 'name' in the first line"),
        (
            "a.csv",
            "name,country,lat,lon\nSalem,YE,14.0\n",
            "row 2: it has not as many cells as the first line",
        ),
        ("a.csv", "name,country,lat,lon\nSalem,YE,14.0,45.0,1\n", "row 2: it has not as many cells"),
        ("a.csv", "name,country,lat,lon\nSalem,Yemen,14.0,45.0\n", "row 2: country: .*ISO 3166-1"),
        ("a.csv", "name,country,lat,lon\nSalem,YE,94.0,45.0\n", "row 2: lat: .*90"),
        ("a.csv", "name,country,lat,lon\nSalem,YE,nan,45.0\n", "row 2: lat: .*finite"),
        ("a.csv", "name,country,lat,lon\nSalem,YE,,45.0\n", "row 2: .*lat and lon"),
        ("a.csv", "name,country,lat,lon\nSalem,,14.0,45.0\n", "row 2: .*a country"),
        ("a.csv", "name,country,lat,lon\n,YE,14.0,45.0\n", "row 2: name"),
        ("a.csv", "name,country,lat,lon,kind\nSalem,YE,14.0,45.0,town\n", "row 2: kind"),
        ("a.csv", "name,country,lat,lon,pop\nSalem,YE,14.0,45.0,12\n", "row 2: pop: Extra inputs"),
        ("a.toml", "name = 'Salem'\n", r"no table \[places\]"),
        ("a.toml", "[places]\nsalem = 3\n", r"no table \[places\]"),
        ("a.toml", "[places]\nsalem = {\n", "a.toml: "),
        ("a.toml", "[places]\nx = { name = 'X' }\n", "row 1: .*lat and lon"),
        ("a.sqlite", "no database at all", "it is no gazetteer .* build one with"),
        ("a.sqlite", "", "it is no gazetteer"),
    ],
)
def test_bad_files_are_named_with_their_row(tmp_path: Path, name: str, content: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GazetteerError, match=message) as caught:
        load(gazetteer=path)
    assert caught.value.file == str(path)


def test_other_bad_arguments(tmp_path: Path) -> None:
    latin = tmp_path / "latin.csv"
    latin.write_bytes("name,country,lat,lon\nTárt,YE,14,45\n".encode("latin-1"))
    with pytest.raises(GazetteerError, match="not UTF-8"):
        load(gazetteer=latin)
    with pytest.raises(GazetteerError, match="No such file"):
        load(gazetteer=tmp_path / "none.csv")
    with pytest.raises(ArgumentError, match="a path, or a list of paths"):
        load(gazetteer=3)  # type: ignore[arg-type]
    with pytest.raises(GazetteerError, match="version 9"):
        load(gazetteer=_of_version_nine(tmp_path))


def _of_version_nine(folder: Path) -> Path:
    dump = folder / "a.txt"
    dump.write_text(DUMP, encoding="utf-8")
    geonames.build([str(dump)], str(folder / "a.sqlite"))
    with sqlite3.connect(folder / "a.sqlite") as base:
        base.execute("PRAGMA user_version = 9")
    return folder / "a.sqlite"


def test_a_dump_becomes_a_gazetteer(dump: Path, tmp_path: Path) -> None:
    target = tmp_path / "sy.sqlite"
    counts = geonames.build([str(dump)], str(target))
    # The historical town, the country and the dam are left out; "March" is a word, and the town has no name.
    assert (counts.rows, counts.places, counts.failed) == (8, 4, 0)
    nlp = load(gazetteer=target)
    assert places("Shelling killed six people in Ghaznoura.", nlp) == [("Ghaznura", "SY", 35.1)]
    assert places("Shelling killed six people in Belqara governorate.", nlp) == [("Belqara", "SY", 35.1)]
    [region] = gazetteer.opened((str(target),)).lookup("Belqara")
    assert (region.kind, region.geonameid) == ("region", 2)
    # A town that stands in both files is one town.
    both = gazetteer.opened((str(target),)).lookup("Baghdad")
    assert [place.geonameid for place in both].count(98182) == 1
    assert gazetteer.lookup("Ghaznoura") == ()


@pytest.mark.parametrize(
    ("selection", "names"),
    [
        (Selection(), ["Baghdad", "Belqara", "Ghaznura", "Norveen"]),
        (Selection(features="P"), ["Baghdad", "Ghaznura", "Norveen"]),
        (Selection(features="AS"), ["Belqara", "Tishra Dam"]),
        (Selection(features="P", min_population=1000), ["Baghdad", "Norveen"]),
        (Selection(countries=("SY",)), ["Belqara", "Ghaznura"]),
    ],
)
def test_selection(dump: Path, tmp_path: Path, selection: Selection, names: list[str]) -> None:
    target = tmp_path / "some.sqlite"
    geonames.build([str(dump)], str(target), selection)
    with sqlite3.connect(target) as base:
        assert [name for (name,) in base.execute("SELECT name FROM place ORDER BY name")] == names


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"features": "AX"}, "features: 'AX'"),
        ({"features": ""}, "features"),
        ({"min_population": -1}, "min_population"),
        ({"countries": ("Syria",)}, "countries"),
    ],
)
def test_a_bad_selection_is_refused(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        Selection(**arguments)  # type: ignore[arg-type]


def test_the_same_dumps_give_the_same_bytes(dump: Path, tmp_path: Path) -> None:
    zipped = tmp_path / "SY.zip"
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(dump, "SY.txt")
        archive.writestr("readme.txt", "about")
    files = [tmp_path / f"{n}.sqlite" for n in range(3)]
    geonames.build([str(dump)], str(files[0]))
    geonames.build([str(zipped)], str(files[1]))
    geonames.build([str(dump), str(zipped)], str(files[2]))
    assert files[0].read_bytes() == files[1].read_bytes() == files[2].read_bytes()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("1\tArda\n", "2 columns and not 19"),
        (dump_row(9, "Arda").replace("35.1", "north"), "is no number"),
        (dump_row(9, "Arda", lat=95.0), "no place on earth"),
        ("x" * 100_001 + "\n", "longer than"),
        (dump_row(9, "Arda\udcff"), "not UTF-8"),
    ],
)
def test_a_bad_line_is_told_and_left_out(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(
        (dump_row(1, "Ghaznura") + line + dump_row(2, "Norveen")).encode("utf-8", "surrogateescape")
    )
    told: list[GazetteerError] = []
    counts = geonames.build([str(path)], str(tmp_path / "x.sqlite"), report=told.append)
    assert (counts.rows, counts.places, counts.failed) == (3, 2, 1)
    assert [(error.file, error.row) for error in told] == [(str(path), 2)]
    assert message in str(told[0])


def test_no_half_file_is_left(dump: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.sqlite"
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("SY.txt", DUMP * 50)
    data = bytearray(broken.read_bytes())
    data[200:220] = b"x" * 20
    broken.write_bytes(data)
    for bad, message in [
        ([str(tmp_path / "none.txt")], "No such file"),
        ([str(broken)], "zip file cannot be read"),
        ([str(dump), str(broken)], "zip file cannot be read"),
    ]:
        with pytest.raises(GazetteerError, match=message):
            geonames.build(bad, str(target))
    (tmp_path / "prose.txt").write_text("Six people were killed.\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match="no place that is wanted"):
        geonames.build([str(tmp_path / "prose.txt")], str(target))
    assert not [path.name for path in tmp_path.iterdir() if "sqlite" in path.name]
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(GazetteerError, match="it exists"):
        geonames.build([str(dump)], str(target))
    assert target.read_text(encoding="utf-8") == "mine"


def test_two_pipelines_with_two_gazetteers_do_not_mix(own: Path) -> None:
    mine, plain = load(gazetteer=own), load()
    found: dict[bool, set[str | None]] = {True: set(), False: set()}

    def ask(with_own: bool) -> None:
        for _ in range(20):
            [(_, country, _)] = places("Six people were killed in Salem.", mine if with_own else plain)
            found[with_own].add(country)

    threads = [threading.Thread(target=ask, args=(with_own,)) for with_own in (True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {True: {"YE"}, False: {"IN"}}


def test_a_saved_pipeline_and_worker_processes_keep_it(own: Path, tmp_path: Path) -> None:
    load(gazetteer=own).to_disk(tmp_path / "saved")
    nlp = spacy.load(tmp_path / "saved")
    texts = ["Six people were killed in Salem.", "A blast in Balmur killed six people."] * 3
    alone = [doc._.claims[0].places for doc in nlp.pipe(texts)]
    assert [place[0].country for place in alone] == ["YE"] * 6
    assert [doc._.claims[0].places for doc in nlp.pipe(texts, n_process=2, batch_size=1)] == alone
    own.unlink()
    with pytest.raises(GazetteerError, match="No such file"):
        spacy.load(tmp_path / "saved")


def test_a_file_that_changed_is_read_anew(own: Path) -> None:
    text = "Six people were killed in Salem."
    assert places(text, load(gazetteer=own)) == [("Salem", "YE", 14.0)]
    own.write_text("name,country,lat,lon\nSalem,OM,20.0,57.0\n", encoding="utf-8")
    assert places(text, load(gazetteer=own)) == [("Salem", "OM", 20.0)]


def test_stages_in_a_pipeline_of_ones_own_take_it(own: Path) -> None:
    nlp = add_stages(spacy.blank("en"), gazetteer=own)
    assert places("Six people were killed in Salem.", nlp) == [("Salem", "YE", 14.0)]


def run(*arguments: object, stdin: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli.app, [str(argument) for argument in arguments], input=stdin)
    return result.exit_code, result.stdout, result.stderr


def test_the_command_builds_and_extract_takes_what_it_built(dump: Path, own: Path, tmp_path: Path) -> None:
    target = tmp_path / "sy.sqlite"
    status, out, err = run("gazetteer", "build", dump, "-o", target, "--country", "sy", "--features", "p,a")
    assert (status, out) == (0, "")
    assert err.startswith("done rows=8 places=2 names=4 failed=0 seconds=")
    text = "Shelling killed six people in Ghaznoura.\n"
    options = ["--gazetteer", own, "--gazetteer", target, "--to", "csv"]
    status, out, _ = run("extract", "-", *options, stdin=text)
    assert status == 0
    assert "Ghaznura" in out
    status, out, _ = run("explain", "-", *options[:4], stdin=text)
    assert status == 0
    assert "Ghaznoura" in out


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["none.txt", "-o", "x.sqlite"], 3, "Error: none.txt: No such file"),
        (["SY.txt", "-o", "SY.txt"], 4, "Error: SY.txt: it exists; --force replaces it"),
        (["SY.txt", "-o", "nowhere/x.sqlite"], 4, "Error: nowhere/x.sqlite: "),
        (["SY.txt", "-o", "x.sqlite", "--features", "Q"], 2, "features: 'Q' cannot be used"),
        (["SY.txt", "-o", "x.sqlite", "--country", "Syria"], 2, "countries: 'SYRIA'"),
        (["SY.txt"], 2, "--output"),
        (["bad.txt", "-o", "x.sqlite"], 1, "Error: 2 more lines cannot be read"),
    ],
)
def test_the_command_says_what_is_wrong(
    dump: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    status: int,
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.txt").write_text(dump_row(1, "Ghaznura") + "bad\n" * 12, encoding="utf-8")
    found, _, err = run("gazetteer", "build", *arguments)
    assert (found, message in " ".join(err.split())) == (status, True), err


def test_extract_refuses_a_bad_gazetteer_before_it_reads(tmp_path: Path) -> None:
    status, out, err = run("extract", "-", "--gazetteer", tmp_path / "none.csv", stdin="x")
    assert (status, out) == (2, "")
    assert "--gazetteer" in err
    assert "No such file" in " ".join(err.split())
