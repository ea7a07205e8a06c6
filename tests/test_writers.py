"""Extractions out: JSON Lines, JSON, CSV and TSV with their guard against formulas, and the terminal's table."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from casualty_extract import extract, tables, writers
from casualty_extract.errors import InputError
from casualty_extract.records import (
    Article,
    Attribution,
    Cause,
    Claim,
    Document,
    Extraction,
    Harm,
    Place,
    Publication,
    Quantity,
    Source,
    Span,
    Time,
    Victims,
    json_schema,
)

TEXT = (
    "At least 685 civilians, some of them\nchildren, were killed by Coalition strikes near Arda,"
    " Belland, in July, the ministry said. Two soldiers died."
)


def at(passage: str, text: str = TEXT) -> dict[str, Any]:
    start = text.index(passage)
    return {"text": passage, "start": start, "end": start + len(passage)}


def whole(text: str) -> dict[str, Any]:
    return {"text": text, "start": 0, "end": len(text)}


FIRST = at(TEXT[: TEXT.index(" Two")])
FULL = Claim(
    id="c1",
    quantity=Quantity(**at("685"), form="numeral", qualifier="at_least", low=685, high=None, best=685),
    unit="people",
    harm=Harm(**at("killed"), label="killed"),
    victims=Victims(**at("civilians"), category="civilian", groups=("children", "women")),
    scope="cumulative",
    intent="unintentional",
    cause=Cause(**at("strikes"), label="airstrike"),
    perpetrator=Span(**at("Coalition")),
    time=Time(
        **at("in July"), earliest=date(2017, 7, 1), latest=date(2017, 7, 31), grain="month", basis="sentence"
    ),
    places=(
        Place(**at("Arda"), name="Arda", kind="city", country="IQ", basis="sentence"),
        Place(
            **at("Belland"),
            name="Belland",
            kind="country",
            country="IQ",
            lat=-33.5,
            lon=44.0,
            basis="sentence",
        ),
    ),
    attribution=Attribution(
        source=Source(**at("the ministry"), name="Ministry of Defence", kind="government"),
        cue=Span(**at("said")),
        form="indirect",
    ),
    status="confirmed",
    evidence=Span(**FIRST),
    part_of=None,
    incident="i1",
)
BARE = Claim(
    id="c2",
    quantity=Quantity(**at("Two"), form="word", qualifier="exact", low=2, high=2, best=2),
    unit="people",
    harm=None,
    victims=None,
    scope="event",
    intent=None,
    cause=None,
    perpetrator=None,
    time=None,
    places=(),
    attribution=None,
    status="asserted",
    evidence=Span(**at("Two soldiers died.")),
    part_of="c1",
    incident=None,
)


def extraction(*claims: Claim, text: str = TEXT, **known: Any) -> Extraction:
    known = {"id": "a1", "title": "Strikes near Arda", "published": date(2017, 9, 1), **known}
    # An article cleans what it is given; the writers are tested with what it would have cleaned too.
    document = Document.of(Article(text=text, published=date(2017, 9, 1))).model_copy(update=known)
    return Extraction(document=document, claims=claims, incidents=())


def origin(basis: Any, passage: str | None = None) -> Publication:
    start, end = (None, None) if passage is None else (0, len(passage))
    return Publication(text=passage, start=start, end=end, basis=basis)


def in_json_lines(*found: Extraction) -> str:
    stream = io.StringIO()
    writers.write_jsonl(found, stream)
    return stream.getvalue()


def in_json(*found: Extraction, array: bool | None = None) -> str:
    stream = io.StringIO()
    writers.write_json(found, stream, array=array)
    return stream.getvalue()


def in_csv(*found: Extraction, form: str = "csv") -> list[dict[str, str]]:
    stream = io.StringIO(newline="")
    {"csv": writers.write_csv, "tsv": writers.write_tsv}[form](found, stream)
    stream.seek(0)
    return list(csv.DictReader(stream, strict=True, delimiter="," if form == "csv" else "\t"))


def in_table(*found: Extraction, **how: Any) -> str:
    stream = io.StringIO()
    tables.write_table(found, stream, **how)
    return stream.getvalue()


# JSON


def test_json_lines_come_back_equal() -> None:
    """What was written is read back without a difference."""
    found = [extraction(FULL, BARE), extraction(id="a2")]

    assert list(writers.read_jsonl(in_json_lines(*found).splitlines(keepends=True))) == found


def test_every_line_follows_the_schema() -> None:
    """The published schema accepts what is written."""
    Draft202012Validator.check_schema(json_schema())

    assert (
        list(Draft202012Validator(json_schema()).iter_errors(json.loads(in_json_lines(extraction(FULL)))))
        == []
    )


def test_lines_are_written_as_they_come() -> None:
    """An extraction is on the stream before the next one is asked for."""
    stream = io.StringIO()
    seen = []

    def stepwise() -> Iterator[Extraction]:
        for name in ("a1", "a2"):
            seen.append(stream.getvalue().count("\n"))
            yield extraction(id=name)

    writers.write_jsonl(stepwise(), stream)

    assert seen == [0, 1]


NO_EXTRACTION = "it is no extraction, which `extract` and `batch` make of an article"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "/: Invalid JSON: EOF while parsing an object at line 1 column 1"),
        ("[]", "/: Input should be an object"),
        ('{"schema_version":"1.0"}', f"/document: Field required; {NO_EXTRACTION}"),
        ('{"text":"Gunmen killed 12."}', f"/document: Field required; {NO_EXTRACTION}"),
    ],
)
def test_a_bad_line_is_named(line: str, problem: str) -> None:
    """The error of a line names the file, the row and the place in it."""
    lines = ["\n", line]

    with pytest.raises(InputError) as caught:
        list(writers.read_jsonl(lines, file="claims.jsonl"))

    assert (caught.value.problem, caught.value.file, caught.value.row) == (problem, "claims.jsonl", 2)


@pytest.mark.parametrize(
    ("count", "array", "kind"),
    [
        (0, None, list),
        (1, None, dict),
        (2, None, list),
        (0, True, list),
        (1, True, list),
        (3, True, list),
        (1, False, dict),
    ],
)
def test_json_is_one_value(count: int, array: bool | None, kind: type) -> None:
    """JSON output is an object for one article and else an array, unless told."""
    found = [extraction(FULL, id=f"a{n}") for n in range(count)]

    value = json.loads(in_json(*found, array=array))

    assert isinstance(value, kind)
    assert (value if kind is list else [value]) == [one.to_dict() for one in found]


def test_no_object_is_no_output() -> None:
    """Where a single object was wanted and there is none, nothing is written."""
    assert in_json(array=False) == ""


# CSV


def test_csv_has_one_row_a_claim_with_every_slot() -> None:
    """A claim's parts stand in their columns, flattened."""
    first, second = in_csv(extraction(FULL, BARE))

    assert first == {
        "document": "a1",
        "published": "2017-09-01",
        "published_from": "given",
        "claim_id": "c1",
        "figure": "685",
        "form": "numeral",
        "qualifier": "at_least",
        "low": "685",
        "high": "",
        "best": "685",
        "unit": "people",
        "harm": "killed",
        "harm_text": "killed",
        "victims": "civilians",
        "category": "civilian",
        "groups": "children;women",
        "scope": "cumulative",
        "intent": "unintentional",
        "cause": "airstrike",
        "perpetrator": "Coalition",
        "time_text": "in July",
        "earliest": "2017-07-01",
        "latest": "2017-07-31",
        "grain": "month",
        "time_basis": "sentence",
        "time_ambiguous": "false",
        "places": "Arda;Belland",
        "countries": "IQ",
        "lat": "-33.5",
        "lon": "44.0",
        "source": "the ministry",
        "source_name": "Ministry of Defence",
        "source_kind": "government",
        "cue": "said",
        "attribution_form": "indirect",
        "status": "confirmed",
        "evidence": FIRST["text"],
        "start": "9",
        "end": "12",
        "part_of": "",
        "incident": "i1",
        "confidence": "",
        "superseded_by": "",
        "chain": "",
    }
    assert {column for column, cell in second.items() if cell} == {
        *(
            "document",
            "published",
            "published_from",
            "claim_id",
            "figure",
            "form",
            "qualifier",
            "low",
            "high",
            "best",
            "unit",
        ),
        *("scope", "status", "evidence", "start", "end", "part_of"),
    }


def test_csv_columns_are_the_flat_keys() -> None:
    """The head row, the flat rows and the constant agree, in order."""
    assert (
        tuple(next(writers.flat(extraction(BARE)))) == writers.COLUMNS == tuple(in_csv(extraction(BARE))[0])
    )


def test_csv_of_no_claims_is_a_head_row() -> None:
    """Without claims there is still a table."""
    stream = io.StringIO()

    writers.write_csv([extraction()], stream)

    assert stream.getvalue() == ",".join(writers.COLUMNS) + "\n"


PAYLOADS = [
    "=1+1",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.example","y")',
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\0=1+1",
    "\tplain",
    "\rplain",
    " =1+1",
    "   @A1",
    "\u00a0=1+1",
    "\u2003=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\u202e=1+1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20A1",
    "'=1+1",
    "'tis",
    "''",
    "\x1b=1",
    "=1\r+2",
    "-",
    "\ufe66A1",
    "\ufe62A1",
    "\u207b1",
    "\u22121",
    "\u2a751",
    "=a\tb",
    "\t",
]
HARMLESS = ["12 people", "a=b", "A-1", "\u2026", "(=1)", '"=1"', " ", "\u00a0x", "12"]
TEXT_COLUMNS = (
    "document", "claim_id", "figure", "harm_text", "victims", "perpetrator", "time_text", "places", "source",
    "source_name", "cue", "evidence", "part_of", "incident",
)  # fmt: skip


def claim_made_of(text: str) -> Claim:
    span = whole(text)
    return FULL.model_copy(
        update={
            "id": text,
            "quantity": Quantity(**span, form="numeral", qualifier="exact", low=0, high=7, best=7),
            "harm": Harm(**span, label="killed"),
            "victims": Victims(**span, category="unspecified"),
            "perpetrator": Span(**span),
            "time": Time(**span, earliest=None, latest=None, grain="day", basis="sentence"),
            "places": (
                Place(**span, name=text, kind="site", country=None, lat=-1.5, lon=-0.25, basis="sentence"),
            ),
            "attribution": Attribution(
                source=Source(**span, name=text, kind="other"), cue=Span(**span), form="indirect"
            ),
            "evidence": Span(**span),
            "part_of": text,
            "incident": text,
        }
    )


@pytest.mark.parametrize("form", ["csv", "tsv"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula(payload: str, form: str) -> None:
    """A cell of text that a spreadsheet could take for a formula begins with an apostrophe."""
    [row] = in_csv(extraction(claim_made_of(payload), id=payload), form=form)

    assert {column: row[column] for column in TEXT_COLUMNS} == dict.fromkeys(TEXT_COLUMNS, "'" + payload)
    assert writers.unguard("'" + payload) == payload


@pytest.mark.parametrize("form", ["csv", "tsv"])
@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_stays(text: str, form: str) -> None:
    """A cell that no spreadsheet takes for a formula is as it was."""
    [row] = in_csv(extraction(claim_made_of(text), id=text), form=form)

    assert {column: row[column] for column in TEXT_COLUMNS} == dict.fromkeys(TEXT_COLUMNS, text)


def test_numbers_are_not_guarded() -> None:
    """A negative coordinate stays a number."""
    [row] = in_csv(extraction(claim_made_of("=x")))

    assert (row["lat"], row["lon"], row["low"], row["high"]) == ("-1.5", "-0.25", "0", "7")


def test_every_column_of_text_is_guarded() -> None:
    """The columns that are tested are all that hold text of an article; the others hold closed lists and numbers."""
    [row] = in_csv(extraction(claim_made_of("=x"), id="=x"))

    assert {column for column, cell in row.items() if cell.startswith("'")} == set(TEXT_COLUMNS)
    assert not [column for column, cell in row.items() if cell.startswith("=")]


@pytest.mark.parametrize("form", ["csv", "tsv"])
@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=40))
def test_any_text_survives(form: str, text: str) -> None:
    """Guarded, quoted, read by Python's csv and unguarded, a text is the same."""
    [row] = in_csv(extraction(claim_made_of(text)), form=form)

    assert {writers.unguard(row[column]) for column in TEXT_COLUMNS[1:]} == {text}


def test_a_cell_fits_into_a_spreadsheet() -> None:
    """A cell is cut where spreadsheets would break the row, and shows it."""
    long = "x" * 40_000
    [row] = in_csv(extraction(claim_made_of(long)))

    assert (len(row["evidence"]), row["evidence"][-2:]) == (32_767, "x\u2026")


@pytest.mark.parametrize(("length", "cut"), [(32_766, 32_766), (32_767, 32_767), (32_768, 32_767)])
def test_only_what_is_too_long_is_cut(length: int, cut: int) -> None:
    """A text that just fits is whole; a guard counts too."""
    [plain] = in_csv(extraction(claim_made_of("x" * length)))
    [guarded] = in_csv(extraction(claim_made_of("=" + "x" * (length - 2))))

    assert (len(plain["evidence"]), plain["evidence"].endswith("\u2026")) == (cut, length > 32_767)
    assert (len(guarded["evidence"]), guarded["evidence"].endswith("\u2026")) == (cut, length > 32_767)


@pytest.mark.parametrize(("before", "kept"), [("", 16_383), ("x", 16_382)])
def test_a_cell_is_measured_as_spreadsheets_do(before: str, kept: int) -> None:
    """A code point that takes two units of UTF-16 counts as two, and is not cut in half."""
    [row] = in_csv(extraction(claim_made_of(before + "\U0001f525" * 20_000)))

    assert 32_766 <= len(row["evidence"].encode("utf-16-le")) // 2 <= 32_767
    assert row["evidence"].rstrip("\u2026") == before + "\U0001f525" * kept


@pytest.mark.parametrize("write", [writers.write_csv, writers.write_tsv])
def test_a_byte_order_mark_stands_before_the_head_row(write: Any) -> None:
    """With the mark, Excel reads UTF-8; without it there is none."""
    with_mark, without = io.StringIO(), io.StringIO()

    write([], with_mark, bom=True)
    write([], without)

    assert with_mark.getvalue() == "\ufeff" + without.getvalue()


def test_tsv_is_csv_with_tabs() -> None:
    """Both have the same cells, also where these hold tabs, commas, quotes and line ends."""
    claims = [FULL, BARE, claim_made_of('a\tb, "c"\nd')]

    assert in_csv(extraction(*claims), form="tsv") == in_csv(extraction(*claims))


# The terminal's table


def test_the_table_tells_all_slots() -> None:
    """Each filled slot has its line; an empty one has none."""
    assert in_table(extraction(FULL, BARE), width=76) == (
        "Strikes near Arda\n"
        "a1 | 2017-09-01 | 2 claims\n"
        "\n"
        "  685 or more killed, cumulative  confirmed\n"
        '    victims   "civilians" (civilian, children, women)\n'
        '    cause     airstrike "strikes" (unintentional)\n'
        '    by        "Coalition"\n'
        '    when      2017-07-01 to 2017-07-31 "in July"\n'
        "    where     Arda (IQ), Belland (IQ)\n"
        '    said by   Ministry of Defence "the ministry" (government), "said",\n'
        "              indirect\n"
        "    sentence  At least [685] civilians, some of them children, were killed\n"
        "              by Coalition strikes near Arda, Belland, in July, the ministry\n"
        "              said.\n"
        "\n"
        "  2 people  asserted\n"
        "    sentence  [Two] soldiers died.\n"
    )


@pytest.mark.parametrize(
    ("known", "heading"),
    [
        ({}, "a1 | 2017-09-01 | no claims"),
        ({"published_from": origin("url")}, "a1 | 2017-09-01 (url) | no claims"),
        ({"published": None, "published_from": None}, "a1 | no date | no claims"),
        (
            {"published": None, "published_from": origin("byline", TEXT[:2])},
            f'a1 | no date ("{TEXT[:2]}" can be read two ways) | no claims',
        ),
    ],
)
def test_a_heading_says_where_its_day_comes_from(known: dict[str, Any], heading: str) -> None:
    """A day that nobody gave is told from one that was found."""
    assert heading in in_table(extraction(**known)).splitlines()


def test_no_claims_is_said() -> None:
    """An article without claims has a heading that says so."""
    assert in_table(extraction(), extraction(title=None, published=None, id="a2")) == (
        "Strikes near Arda\na1 | 2017-09-01 | no claims\n\na2\nno date | no claims\n"
    )


@pytest.mark.parametrize("width", [40, 55, 80, 120])
def test_the_table_keeps_to_its_width(width: int) -> None:
    """No line is wider than the terminal, however long a word is."""
    long = "x" * 300
    shown = in_table(extraction(FULL, claim_made_of(long), title=long), width=width)

    assert max(len(line) for line in shown.splitlines()) <= width


def test_colour_marks_the_figure_without_brackets() -> None:
    """A terminal with colours shows the figure in reverse."""
    shown = in_table(extraction(BARE), colour=True)

    assert "\x1b[1;7mTwo\x1b[0m soldiers died." in shown
    assert "[Two]" not in shown


@pytest.mark.parametrize(
    ("low", "high", "best", "qualifier", "shown"),
    [
        (2, 2, 2, "exact", "2"),
        (1200, 1200, 1200, "exact", "1,200"),
        (30, 30, 30, "approximately", "about 30"),
        (685, None, 685, "at_least", "685 or more"),
        (None, 25000, 25000, "at_most", "25,000 or fewer"),
        (20, 30, 25, "between", "20 to 30"),
        (24, None, None, "exact", "24 or more"),
        (None, None, None, "exact", '"Two"'),
        (0, 0, 0, "exact", "0"),
    ],
)
def test_bounds_are_in_words(
    low: int | None, high: int | None, best: int | None, qualifier: Any, shown: str
) -> None:
    """The bounds of a figure are told as a person would."""
    figure = Quantity(**at("Two"), form="word", qualifier=qualifier, low=low, high=high, best=best)
    claim = BARE.model_copy(update={"quantity": figure})

    assert in_table(extraction(claim)).splitlines()[3] == f"  {shown} people  asserted"


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[2J\x1b[1;1Hgone", "\\x1b[2J\\x1b[1;1Hgone"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("a\rb", "a b"),
        ("a\x08b", "a\\x08b"),
        ("a\x00b", "a\\x00b"),
        ("\u202eexe.txt", "\\u202eexe.txt"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("\ud800x", "\\ud800x"),
        ("\U000e0041x", "\\U000e0041x"),
        ("[red]12[/red]", "[red]12[/red]"),
        ("[/]", "[/]"),
        (":smile:", ":smile:"),
        ("soft\xadhyphen", "softhyphen"),
        ("می\u200cشود", "می\u200cشود"),
        ("Zoë Ñandú 北京", "Zoë Ñandú 北京"),
    ],
)
def test_nothing_in_an_article_works_on_the_terminal(hostile: str, shown: str) -> None:
    """Control characters are written out, and markup stays text, in each part of the table."""
    claim = claim_made_of(hostile)
    lines = in_table(extraction(claim, title=hostile, id="a1"), width=120).splitlines()

    assert lines[0] == shown
    assert lines[-1] == f"    sentence  [{shown}]"
    assert sum(shown in line for line in lines) == 7


@given(st.text(max_size=60))
def test_visible_text_holds_nothing_to_obey(text: str) -> None:
    """Whatever the text, what is shown is one line without control characters."""
    shown = tables.visible(text)

    assert [c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")] == []


# explain


def test_an_explanation_is_aligned() -> None:
    """Each claim has its sentence, and a line a slot with value, passage, offsets and rule."""
    decisions = [
        {"slot": "harm", "value": "killed", "text": "killed", "start": 51, "end": 57, "rule": "verb; object"},
        {"slot": "status", "value": "asserted", "text": None, "start": None, "end": None, "rule": "default"},
    ]
    stream = io.StringIO()

    tables.write_explanation(Article(id="a1", text=TEXT), [{"claim": BARE, "decisions": decisions}], stream)

    assert stream.getvalue() == (
        "a1\n"
        "\n"
        "[Two] soldiers died.\n"
        '  harm    killed    "killed" 51:57  verb; object\n'
        "  status  asserted                  default\n"
    )


def test_an_explanation_of_nothing_says_so() -> None:
    """Without claims there is a heading and a plain word."""
    stream = io.StringIO()

    tables.write_explanation(Article(id="a1", text=TEXT), [], stream)

    assert stream.getvalue() == "a1\nno claims\n"


def test_a_sheet_tells_what_was_superseded_and_from_whom_it_comes() -> None:
    """Who counts rows must see which figure another took the place of."""
    out = io.StringIO()
    told = (
        "Five people died in Arda on Friday, Reuters reported, citing medics. The death toll has risen to 12."
    )
    writers.write_csv([extract(told, published="2017-09-03")], out)
    old, new = csv.DictReader(io.StringIO(out.getvalue()))
    assert (old["superseded_by"], new["superseded_by"]) == (new["claim_id"], "")
    assert (old["chain"], new["chain"]) == ("medics", "")
