"""Sixty files in eight encodings: what is declared is used, else UTF-8, else Windows-1252, and it is recorded."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casualty_extract.errors import InputError
from casualty_extract.readers import Reading, read
from casualty_extract.readers_text import decode

PLAIN = "Gunmen killed 12 people in Arda, police said.\r\n"
LATIN = "Gunmen killed 12 people in Zürich – “12 dead”, a café owner said.\r\nIt cost €3.\n"
WESTERN = "Gunmen killed 12 people in Zürich, a café owner in São Paulo said.\n"
CHINESE = "Gunmen killed 12 people in 北京 and 上海, police said.\n"
UTF8 = LATIN.encode()

TEXTS: list[tuple[str, bytes, str | None, str | None]] = [
    # name, bytes, text (None: an error), encoding
    *[
        (f"{name}-{kind}", text.encode(encoding), text, recorded)
        for name, text in {"plain": PLAIN, "latin": LATIN, "chinese": CHINESE}.items()
        for kind, encoding, recorded in (
            ("utf-8", "utf-8", None),
            ("utf-8-sig", "utf-8-sig", "utf-8-sig"),
            ("utf-16-le", "utf-16", "utf-16"),
            ("utf-32", "utf-32", "utf-32"),
        )
    ],
    *[
        (f"{name}-utf-16-be", b"\xfe\xff" + text.encode("utf-16-be"), text, "utf-16")
        for name, text in {"plain": PLAIN, "latin": LATIN, "chinese": CHINESE}.items()
    ],
    ("plain-cp1252", PLAIN.encode("cp1252"), PLAIN, None),
    ("plain-latin-1", PLAIN.encode("latin-1"), PLAIN, None),
    ("plain-gb18030", PLAIN.encode("gb18030"), PLAIN, None),
    ("latin-cp1252", LATIN.encode("cp1252"), LATIN, "cp1252"),
    ("western-cp1252", WESTERN.encode("cp1252"), WESTERN, "cp1252"),
    ("western-latin-1", WESTERN.encode("latin-1"), WESTERN, "cp1252"),
    ("ends-in-cp1252", "a café".encode("cp1252"), "a café", "cp1252"),
    # Nothing declares it, so its Chinese is wrong; its English is not, and it is flagged.
    ("chinese-gb18030", CHINESE.encode("gb18030"), "Gunmen killed 12 people in", "utf-8+cp1252"),
    ("mixed-lines", UTF8 + LATIN.encode("cp1252"), LATIN * 2, "utf-8+cp1252"),
    ("mixed-words", UTF8 + b"\x93twelve\x94 dead", LATIN + "“twelve” dead", "utf-8+cp1252"),
    ("cut-1-of-2", "Gunmen killed 12 in Zü".encode()[:-1], "Gunmen killed 12 in ZÃ", "cp1252"),
    ("cut-in-2", UTF8 + "ü".encode()[:1], LATIN + "\ufffd", "utf-8"),
    ("cut-in-3", UTF8 + "–".encode()[:2], LATIN + "\ufffd", "utf-8"),
    ("cut-in-4", UTF8 + "\U0001f600".encode()[:3], LATIN + "\ufffd", "utf-8"),
    ("cut-utf-16", LATIN.encode("utf-16")[:-1], None, None),
    ("cut-utf-32", LATIN.encode("utf-32")[:-1], None, None),
    ("bare-utf-16-le", PLAIN.encode("utf-16-le"), None, None),
    ("bare-utf-16-be", PLAIN.encode("utf-16-be"), None, None),
    ("wrong-mark", b"\xef\xbb\xbf" + WESTERN.encode("cp1252"), None, None),
    ("no-cp1252", WESTERN.encode("cp1252") + b"\x81\x8d", None, None),
    ("binary", bytes(range(256)), None, None),
    ("nul", PLAIN.encode() + b"\0", PLAIN + "\0", None),
    ("surrogate", PLAIN.encode() + b"\xed\xa0\x80", PLAIN + "í\xa0€", "cp1252"),
    ("overlong", PLAIN.encode() + b"\xc0\xaf", PLAIN + "À¯", "cp1252"),
]

WORDS = "Gunmen killed 12 people in Zürich and Łódź on Friday, police said. It was the worst in many years."
WEST = WORDS.replace("Łódź", "Åbo")
EAST = WORDS.replace("Zürich", "Kraków")
ASIA = WORDS.replace("Zürich", "北京").replace("Łódź", "上海")


def page(text: str, declaration: str, encoding: str) -> bytes:
    return (
        f"<html><head>{declaration}<title>T</title></head><body><article><p>{text}</p>"
        "<p>A second blast killed three soldiers, a spokesman for the ministry told reporters there.</p>"
        "</article></body></html>"
    ).encode(encoding)


PAGES = [
    ("utf-8", page(WORDS, '<meta charset="utf-8">', "utf-8"), WORDS, None),
    ("utf-8-sig", page(WORDS, '<meta charset="koi8-r">', "utf-8-sig"), WORDS, "utf-8-sig"),
    ("utf-16", page(WORDS, '<meta charset="utf-8">', "utf-16"), WORDS, "utf-16"),
    ("iso-8859-2", page(EAST, '<meta charset="iso-8859-2">', "iso-8859-2"), EAST, "iso8859-2"),
    ("windows-1250", page(EAST, '<meta charset="windows-1250">', "cp1250"), EAST, "cp1250"),
    ("latin-1", page(WEST, '<meta charset="latin1">', "cp1252"), WEST, "cp1252"),
    ("us-ascii", page(WEST, '<meta charset="us-ascii">', "cp1252"), WEST, "cp1252"),
    ("gb18030", page(ASIA, '<meta charset="gb18030">', "gb18030"), ASIA, "gb18030"),
    ("gb2312", page(ASIA, '<meta http-equiv=x content="text/html; charset=gb2312">', "gb18030"), ASIA, "gb18030"),
    ("big5", page(ASIA, '<meta charset="big5">', "big5"), ASIA, "big5"),
    ("shift_jis", page(ASIA, '<meta charset="shift_jis">', "shift_jis"), ASIA, "shift_jis"),
    ("undeclared-utf-8", page(ASIA, "", "utf-8"), ASIA, None),
    ("undeclared-cp1252", page(WEST, "", "cp1252"), WEST, "cp1252"),
    ("wrongly-utf-8", page(WEST, '<meta charset="utf-8">', "cp1252"), WEST, "cp1252"),
    ("wrongly-ascii", page(WORDS, '<meta charset="ascii">', "utf-8"), WORDS, None),
    ("wrongly-utf-16", page(WORDS, '<meta charset="utf-16">', "utf-8"), WORDS, None),
    ("unknown", page(WORDS, '<meta charset="no-such">', "utf-8"), WORDS, None),
    ("no-charset", page(WORDS, '<meta charset="base64">', "utf-8"), WORDS, None),
]  # fmt: skip

ROWS = [
    ("utf-8", json.dumps({"text": LATIN}, ensure_ascii=False).encode(), LATIN, None),
    ("escapes", json.dumps({"text": LATIN}).encode(), LATIN, None),
    ("cp1252", json.dumps({"text": LATIN}, ensure_ascii=False).encode("cp1252"), LATIN, "cp1252"),
    ("utf-16", json.dumps({"text": LATIN}, ensure_ascii=False).encode("utf-16"), LATIN, "utf-16"),
    ("binary", b'{"text": "\x81\x8d"}', None, None),
]


def test_there_are_sixty() -> None:
    """The table does not shrink."""
    assert len(TEXTS) + len(PAGES) + len(ROWS) >= 60


def check(file: Path, content: bytes, text: str | None, encoding: str | None, log: Any) -> None:
    file.write_bytes(content)
    log.set_level(logging.WARNING, "casualty_extract")

    [found] = read(file)

    if text is None:
        assert isinstance(found, InputError)
        return
    assert isinstance(found, Reading)
    assert text in found.article.text
    assert found.encoding == encoding


@pytest.mark.parametrize(("name", "content", "text", "encoding"), TEXTS, ids=[t[0] for t in TEXTS])
def test_texts(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, content: bytes, text: str, encoding: str
) -> None:
    """Offsets count in the text as it was written; what had to be guessed is noted."""
    check(tmp_path / "a.txt", content, text, encoding, caplog)

    assert bool(caplog.records) == (encoding in ("cp1252", "utf-8+cp1252", "utf-8"))


@pytest.mark.parametrize(("name", "content", "text", "encoding"), PAGES, ids=[p[0] for p in PAGES])
def test_pages(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, content: bytes, text: str, encoding: str
) -> None:
    """What a page declares is used where it fits."""
    pytest.importorskip("trafilatura", exc_type=ImportError)
    check(tmp_path / "a.html", content, text, encoding, caplog)


@pytest.mark.parametrize(("name", "content", "text", "encoding"), ROWS, ids=[r[0] for r in ROWS])
def test_rows(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, content: bytes, text: str, encoding: str
) -> None:
    """Rows have the encoding of their file's mark, or their own."""
    check(tmp_path / "a.jsonl", content, text, encoding, caplog)


def test_rows_of_one_table_may_differ(tmp_path: Path) -> None:
    """Each row is read for itself, as tables are put together from many hands."""
    (tmp_path / "a.csv").write_bytes("text\nZürich\n".encode() + "Zürich\n".encode("cp1252"))

    found = [(one.article.text, one.encoding) for one in read(tmp_path / "a.csv") if isinstance(one, Reading)]

    assert found == [("Zürich", None), ("Zürich", "cp1252")]


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_utf_8_is_never_taken_for_another(text: str) -> None:
    """Whatever is UTF-8 comes back as it was."""
    expected = (text.removeprefix("\ufeff"), "utf-8-sig") if text.startswith("\ufeff") else (text, None)
    assert decode(text.encode()) == expected


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_an_error(data: bytes) -> None:
    """There is no third thing."""
    try:
        text, _ = decode(data)
    except ValueError:
        return
    assert len(text) <= len(data)
