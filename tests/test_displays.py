"""Records in notebooks: what they show, and that nothing of an article becomes markup."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from IPython.core.formatters import DisplayFormatter

from casualty_extract import Article, Extraction, extract
from casualty_extract.displays import LONGEST, ROWS
from casualty_extract.linking import link
from casualty_extract.linking_records import LinkedIncident
from casualty_extract.records import Attribution, Place, Quantity, Source, Span, Victims
from extractions import article, claim, extraction

OURS = {
    "a", "blockquote", "div", "mark", "span", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr",
}  # fmt: skip
ATTRIBUTES = {"class", "dir", "href", "rel", "scope", "style", "title"}


class Page(HTMLParser):
    """What a browser would see: elements with their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.marked: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if "mark" in self.open:
            self.marked.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")

    @property
    def text(self) -> str:
        return "".join(self.texts)


def shown(record: Any) -> Page:
    page = Page(record._repr_html_())
    assert page.open == []
    return page


TEXT = "Police said at least 12 civilians were killed in an airstrike in Mosul on Friday. It rained. Two men were hurt."


def test_an_extraction_marks_its_figures() -> None:
    """Each figure stands marked in its sentence, with the number of its claim in the table below."""
    page = shown(extract(Article(id="a1", text=TEXT, title="Strike in Mosul"), published="2017-09-03"))
    assert page.marked[:2] == ["12", "Two"]
    titles = [
        attributes["title"] for tag, attributes in page.elements if tag == "mark" and "title" in attributes
    ]
    assert titles == ["figure, claim 1", "figure, claim 2"]
    assert "Strike in Mosul" in page.text
    assert "a1 | 2017-09-03 | 2 claims" in page.text
    assert "12 or more killed" in page.text
    assert "Mosul (IQ)" in page.text
    assert [row for row, _ in page.elements].count("tr") == 3


def test_other_passages_are_told_by_words_and_lines() -> None:
    """Each kind of passage has its name and its own line under it."""
    page = shown(extract(TEXT, published="2017-09-03"))
    kinds = {
        str(attributes["title"]).split(",")[0]: attributes["style"]
        for tag, attributes in page.elements
        if tag == "span" and "title" in attributes
    }
    assert {"harm", "victims", "cause", "when", "where", "said by"} <= set(kinds)
    assert len(set(kinds.values())) == len(kinds)


def test_without_the_text_the_sentences_stand() -> None:
    """What is not at hand is left out, and that is told; blanks between sentences are nothing left out."""
    page = shown(extract(TEXT))
    assert "It rained" not in page.text
    assert "[…]" in page.text
    assert "characters are left out" in page.text
    whole = shown(extract("Gunmen killed 12 people. Gunmen killed 3 soldiers."))
    assert "Gunmen killed 12 people. Gunmen killed 3 soldiers." in whole.text.replace("121 ", "12 ").replace(
        "32 ", "3 "
    )
    assert "left out" not in whole.text


def test_with_the_text_all_of_it_stands() -> None:
    """A text that the extraction carries is shown whole, its paragraphs kept."""
    found = extract(TEXT).model_copy(update={"text": TEXT.replace(". ", ".\n")})
    page = shown(found)
    assert ".\nIt rained.\n" in page.text
    assert "left out" not in page.text


def test_a_long_text_is_cut_to_its_sentences() -> None:
    """Of a long text the sentences with claims are shown, with how much is left out."""
    text = TEXT + " It rained." * (LONGEST // 10)
    page = shown(extract(text).model_copy(update={"text": text}))
    assert page.text.count("It rained") == 0
    assert f"of {len(text):,} characters are left out" in page.text


def test_many_claims_are_cut() -> None:
    """A table has so many rows at most, and tells of the others."""
    given = article("a", "x" * 500)
    many = [claim("x", f"c{n}") for n in range(ROWS + 7)]
    page = shown(extraction(given, *many))
    assert [tag for tag, _ in page.elements].count("tr") == ROWS + 1
    assert "7 more claims are not shown." in page.text


def test_no_claims_at_all() -> None:
    """An article without claims has its heading alone."""
    page = shown(extract(Article(id="a1", text="All is quiet."), published="2017-09-03"))
    assert page.text == "a1" + "2017-09-03 | no claims"


def test_a_claim_is_a_card() -> None:
    """A claim shows what it counts, how surely, its sentence, and its slots."""
    page = shown(extract(TEXT, published="2017-09-03").claims[0])
    assert page.marked == ["12"]
    assert "12 or more killed, asserted" in page.text
    assert TEXT.split(". ")[0] in page.text


def test_offsets_that_do_not_fit_mark_nothing() -> None:
    """A figure outside its sentence, as a record made by hand can have it, is no error."""
    odd = claim("Gunmen", "c1").model_copy(update={"evidence": Span(text="Far away.", start=400, end=409)})
    page = shown(odd)
    assert page.marked == []
    assert "Far away." in page.text


def test_incidents() -> None:
    """An incident shows its tolls; a linked one every figure, and what took the place of what."""
    friday = extract(
        Article(id="a1", text="A bomb killed 12 people in Mosul on Friday, police said."),
        published="2017-09-02",
    )
    monday = extract(
        Article(id="a2", text="The toll of the bombing in Mosul on Friday rose to 18 dead, police said."),
        published="2017-09-04",
    )
    own = shown(friday.incidents[0])
    assert "bombing, Mosul, 2017-09-01" in own.text
    assert "killed" in own.text
    assert "one figure" in own.text
    assert "1 claim" in own.text
    open_ = shown(extract("Police said at least 19 people were killed in Arda.").incidents[0])
    assert "19 or more" in open_.text
    [incident] = link([friday, monday], copies="exact")
    page = shown(incident)
    assert "2 articles" in page.text
    assert "killed 18" in page.text
    assert "takes the place of 1" in page.text


def test_two_dollar_signs_are_no_formula() -> None:
    """Notebooks are told not to typeset what stands between dollar signs."""
    assert 'class="tex2jax_ignore mathjax_ignore"' in extract("Gunmen killed 12 people.")._repr_html_()


@pytest.mark.parametrize("url", ["https://news.example.org/a?b=1&c=2", "http://news.example.org/"])
def test_addresses_of_the_web_are_links(url: str) -> None:
    """The headline leads to the article."""
    page = shown(extract(Article(id="a1", text=TEXT, url=url, title="Strike")))
    assert [attributes["href"] for tag, attributes in page.elements if tag == "a"] == [url]


def test_notebooks_choose_the_html() -> None:
    """IPython takes the HTML of each record beside its plain text."""
    found = extract(TEXT, published="2017-09-03")
    formats = DisplayFormatter()
    for record in (found, found.claims[0], found.incidents[0], *link([found], copies="exact")):
        data, _ = formats.format(record)
        assert set(data) == {"text/plain", "text/html"}
        assert data["text/html"] == record._repr_html_()
        assert data["text/plain"] == repr(record)


def test_the_package_stays_light() -> None:
    """Only a notebook loads what shows records."""
    program = "import sys, casualty_extract.records; sys.exit('casualty_extract.displays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# --- nothing of an article becomes markup ---------------------------------------------------------------

PAYLOADS = [
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>", "<script/x>alert(1)</script>", "<script\n>alert(1)</script\n>",
    "<img src=x onerror=alert(1)>", "<img src=x onerror='alert(1)'>", '<img src="x" onerror="alert(1)">',
    "<IMG SRC=javascript:alert(1)>", "<img/src=x/onerror=alert(1)>", "<img src=x:x onerror=alert`1`>",
    "<svg onload=alert(1)>", "<svg/onload=alert(1)//", "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>", "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><foreignObject><body onload=alert(1)></foreignObject></svg>", "<math><mtext></mtext><script>alert(1)</script></math>",
    "<iframe src=javascript:alert(1)></iframe>", "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>", "<embed src=javascript:alert(1)>", "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>", "<video><source onerror=alert(1)></video>", "<audio src=x onerror=alert(1)>",
    "<input autofocus onfocus=alert(1)>", "<select onfocus=alert(1) autofocus>", "<textarea onfocus=alert(1) autofocus>",
    "<form action=javascript:alert(1)><button>x</button></form>", "<button formaction=javascript:alert(1)>x</button>",
    "<a href=javascript:alert(1)>x</a>", "<a href='java\tscript:alert(1)'>x</a>", "<base href='javascript:/a/-alert(1)//'>",
    "<link rel=stylesheet href=//evil.example/x.css>", "<style>@import '//evil.example/x.css';</style>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>", "<marquee onstart=alert(1)>", "<xss onmouseover=alert(1)>",
    '" onmouseover="alert(1)', "' onmouseover='alert(1)", '"><img src=x onerror=alert(1)>', "'><svg onload=alert(1)>",
    '" style="background:url(javascript:alert(1))', '"autofocus onfocus=alert(1) x="', "` onmouseover=`alert(1)",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "javascript&colon;alert(1)", "\x01javascript:alert(1)", "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)", "https://a.example/\" onclick=\"alert(1)",
    "http://a.example/'><script>alert(1)</script>", "https:javascript:alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)&#60;/script&#62;", "&amp;lt;img src=x onerror=alert(1)&amp;gt;",
    "{{constructor.constructor('alert(1)')()}}", "${alert(1)}", "<%= 7*7 %>", "{% raw %}<script>alert(1)</script>{% endraw %}",
    "<!--><script>alert(1)</script-->", "<![CDATA[<script>alert(1)</script>]]>", "<?xml version='1.0'?><script>alert(1)</script>",
    "</div></td></table><script>alert(1)</script>", "\x00<script>alert(1)</script>", "<\x00script>alert(1)</script>",
    "\u2028<script>alert(1)</script>\u2029", "\u202e>tpircs<\u202c<script>alert(1)</script>", "\u2066\u2067<img src=x onerror=alert(1)>",
    "\ufeff<script>alert(1)</script>", "＜script＞alert(1)＜/script＞", "<script>alert(1)//\u2028</script>",
]  # fmt: skip


def hostile(payload: str, field: str) -> list[Any]:
    """Records that have a payload in one field, the sentences of their claims, or their labels."""
    # NUL is no character of an article: it is replaced when one is made.
    text = f"Gunmen killed 12 people {payload} in Arda."
    given = {"id": "a1", "title": "Title", "publisher": "Paper", "url": "https://news.example.org/"}
    given |= {"doc_id": {"id": payload}, "title": {"title": payload}, "url": {"url": payload}}.get(field, {})
    given |= {"publisher": payload} if field == "source" else {}
    whole: dict[str, Any] = {"text": payload, "start": 24, "end": 24 + len(payload)}
    more: dict[str, Any] = {
        "quantity": Quantity(
            text="12", start=14, end=16, form="numeral", qualifier="exact", low=12, high=12, best=12
        ),
        "evidence": Span(text=text, start=0, end=len(text)),
    }
    if field == "source":
        source = Source(**whole, name=payload, kind="police")
        more["attribution"] = Attribution(source=source, cue=Span(**whole), form="direct")
        more["perpetrator"] = Span(**whole)
    if field == "label":
        more["victims"] = Victims(**whole, category="civilian", groups=())
        more["places"] = (Place(**whole, name=payload, kind="city", country="IQ", basis="sentence"),)
        odd = {"text": payload, "start": 24, "end": 24 + len(payload), "form": "vague", "qualifier": "exact"}
        more["quantity"] = Quantity(**odd, low=None, high=None, best=None)
    found = extraction(article(text=text, name=given.pop("id"), **given), claim("Gunmen", "c1", **more))
    incident = found.incidents[0].model_copy(update={"places": (payload,), "perpetrator": payload})
    linked = next(iter(link([found], copies="exact")))
    linked = linked.model_copy(update={"places": (payload,), "perpetrator": payload})
    return [found, found.model_copy(update={"text": text}), found.claims[0], incident, linked]


def test_there_are_enough_payloads() -> None:
    """The list is what it is meant to be."""
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.parametrize("field", ["text", "title", "url", "source", "label", "doc_id"])
@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_payloads_stay_text(payload: str, field: str) -> None:
    """No element, attribute or address comes from an article, and no sign that a page would obey."""
    for record in hostile(payload, field):
        html = record._repr_html_()
        page = shown(record)
        assert {tag for tag, _ in page.elements} <= OURS
        for _, attributes in page.elements:
            assert set(attributes) <= ATTRIBUTES
            assert (attributes.get("href") or "https://").startswith(("https://", "http://"))
            assert "alert" not in (attributes.get("style") or "")
        assert not set(html) & set("\x00\u2028\u2029\u202e\u202c\u2066\u2067\ufeff")


def test_the_test_bites() -> None:
    """Markup that is not escaped does not pass as ours."""
    page = Page(f"<div>{PAYLOADS[6]}</div>".replace("</div>", ""))
    assert {tag for tag, _ in page.elements} - OURS == {"img"}
    assert "onerror" in page.elements[1][1]


def test_read_records_show_themselves_too() -> None:
    """What is read from JSON shows what the same record showed before."""
    found = extract(TEXT, published="2017-09-03")
    assert Extraction.from_json(found.to_json())._repr_html_() == found._repr_html_()
    [incident] = [i for i in link([found], copies="exact") if i.cause == "airstrike"]
    assert LinkedIncident.from_json(incident.to_json())._repr_html_() == incident._repr_html_()
    assert found.document.published == date(2017, 9, 3)
