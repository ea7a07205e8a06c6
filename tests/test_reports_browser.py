"""The report in a real browser: marks and cards, filters, keys, charts, addresses, themes, paper, and what axe finds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from inspect import signature
from pathlib import Path
from typing import Any

import pytest

import browser
from browser import Look
from casualty_extract import Article, extract
from casualty_extract.linking import link
from casualty_extract.reports import Contents, Failed, report_html

GOLD = Path(__file__).parent.parent / "fixtures" / "gold.jsonl"
CHOSEN = (
    "coalition-monthly-report",
    "suicide-bombing-bus-station",
    "earthquake-rising-toll",
    "ferry-sinking",
)
EMOJI = "💔💔 \u202bغارة\u202c: At least 12 people were killed in Mosul on Friday, police said. 👨‍👩‍👧 Another 3 were wounded."
OTHERS = (
    ("mosul", EMOJI, date(2017, 9, 3), "A blast in Mosul"),
    (
        "quake-1",
        "An earthquake killed 40 people in Kathmandu on Friday, police said.",
        date(2018, 3, 3),
        None,
    ),
    (
        "quake-2",
        "The earthquake in Kathmandu on Friday killed 52 people, officials said.",
        date(2018, 3, 4),
        None,
    ),
)
PHONE = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser.launched() as found:
        yield found


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven articles with their texts, an event of two of them, and a document that failed."""
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    articles = [
        Article(
            id=row["id"],
            text=row["text"],
            title=row["title"],
            publisher=row["publisher"],
            url=row["url"],
            published=date.fromisoformat(row["published"]),
        )
        for row in rows
        if row["id"] in CHOSEN
    ]
    articles += [Article(id=n, text=t, published=d, title=title) for n, t, d, title in OTHERS]
    found = [extract(article).model_copy(update={"text": article.text}) for article in articles]
    failed = [Failed("news.jsonl, row 3", "no value for 'text'")]
    file = tmp_path_factory.mktemp("report") / "report.html"
    page = report_html(Contents(found, linked=list(link(found, copies="exact")), failures=failed))
    file.write_text(page, encoding="utf-8", newline="")
    return file


@pytest.fixture(scope="module")
def page(chromium: Any, report: Path) -> Iterator[Look]:
    """One page for the tests that need no look of their own; each opens the report anew."""
    with browser.looking(chromium) as found:
        yield found


@pytest.fixture
def look(page: Look, report: Path, request: pytest.FixtureRequest) -> Iterator[Look]:
    """The report, opened anew; whatever a test does with it, it asks for nothing and complains of nothing.

    Tests that ask for the file too open it where they want it, with `at`.
    """
    if "report" not in signature(request.function).parameters:
        at(page, report, "")
    yield page
    assert page.complaints == []
    assert page.requests == []
    assert page.dialogs == []


def at(look: Look, report: Path, address: str) -> None:
    look.page.goto("about:blank")
    look.visit(report, address)


def opened(contents: Contents, tmp_path: Path) -> Path:
    file = tmp_path / "report.html"
    file.write_text(report_html(contents), encoding="utf-8", newline="")
    return file


BOMBING = "#article=suicide-bombing-bus-station"


# --- marks and cards --------------------------------------------------------------------------------


def test_the_first_article_is_shown_with_its_claims(look: Look) -> None:
    assert look.text(".article h2") == "Coalition says its air strikes killed 18 civilians in August"
    claims = look.text(".article-row[aria-current] .row-count")
    assert claims == f"{look.count('.card')} claims"
    assert look.text(".told").endswith(" claims in 7 articles")


def test_a_card_shows_its_passages_in_the_text(look: Look, report: Path) -> None:
    at(look, report, BOMBING)
    look.page.locator(".card-open", has_text="At least 14 people killed").click()
    chosen = look.page.locator(".mark.is-chosen").all_inner_texts()
    assert {"14", "people", "killing", "Wednesday", "officials", "said"} <= {text.strip() for text in chosen}
    assert look.page.locator(".card.is-chosen .card-more").is_visible()
    assert look.page.locator(".mark.c-quantity").inner_text() == "14"
    assert look.page.locator(".said.is-evidence").first.is_visible()


def test_a_mark_shows_its_card(look: Look, report: Path) -> None:
    at(look, report, BOMBING)
    look.page.locator(".mark.k-quantity", has_text="20").click()
    assert look.text(".card.is-chosen h4") == "About 20 people killed"
    assert "claim=" in look.hash()


def test_a_mark_of_several_claims_goes_through_them(look: Look, report: Path) -> None:
    """Each press takes the next claim that the passage belongs to."""
    at(look, report, BOMBING)
    mark = look.page.locator(".mark.k-source", has_text="officials").first
    seen = []
    for _ in range(2):
        mark.click()
        seen.append(look.text(".card.is-chosen h4"))
    assert seen[0] != seen[1]
    assert look.count(".card.is-also") >= 1


def test_one_passage_can_be_of_several_kinds(look: Look, report: Path) -> None:
    """The figure of the attacker lies within the perpetrator of the others: the figure's claim comes first."""
    at(look, report, BOMBING)
    mark = look.page.locator(".mark.k-quantity.o-perpetrator", has_text="A")
    mark.click()
    assert look.text(".card.is-chosen h4") == "1 attacker killed"
    assert mark.get_attribute("data-letter") == "N"
    mark.click()
    assert look.text(".card.is-chosen h4") != "1 attacker killed"
    assert look.count(".mark.c-perpetrator") >= 2


def test_hovering_shows_what_belongs_together(look: Look, report: Path) -> None:
    at(look, report, BOMBING)
    look.page.locator(".card-open", has_text="At least 14 people killed").first.hover()
    assert "14" in look.page.locator(".mark.is-hinted").all_inner_texts()
    look.page.locator(".mark.k-quantity", has_text="43").hover()
    assert look.count(".card.is-hinted") == 1


def test_the_text_is_whole_and_in_order(look: Look, report: Path) -> None:
    """Overlapping passages cut the text in pieces, and change no character of it."""
    at(look, report, "#article=mosul")
    assert look.page.evaluate("document.querySelector('.text').textContent") == EMOJI


def test_offsets_count_code_points(look: Look, report: Path) -> None:
    """Emoji take two units of JavaScript's strings; marks stand where they should, behind them and behind Arabic."""
    at(look, report, "#article=mosul")
    look.page.locator(".card-open").first.click()
    assert look.text(".mark.c-quantity") == "12"
    look.page.locator(".card-open").nth(1).click()
    assert look.text(".mark.c-quantity") == "3"
    assert look.text(".card.is-chosen .in-quote.k-quantity") == "3"


def test_marks_tell_their_kind(look: Look, report: Path) -> None:
    at(look, report, "#article=quake-1")
    names = look.page.locator(".mark").evaluate_all("all => all.map(m => m.getAttribute('aria-label'))")
    assert "40 (figure)" in names
    assert any(name.startswith("police (who says so") for name in names)


def test_a_card_tells_bounds_source_and_standing(look: Look, report: Path) -> None:
    at(look, report, "#article=mosul")
    look.page.locator(".card-open").first.click()
    card = look.text(".card.is-chosen")
    assert card.split("\n\n")[:2] == ["At least 12 people killed", "asserted according to police"]
    assert "12 or more; no upper bound is told" in card
    assert "Mosul" in card
    assert "Perpetrator" not in card
    assert "null" not in card
    assert "undefined" not in card


def test_incidents_stand_with_their_tolls(look: Look, report: Path) -> None:
    at(look, report, "#article=earthquake-rising-toll")
    heads = look.page.locator(".incident-head").all_inner_texts()
    assert len(heads) == 2
    assert "killed" in heads[0]
    assert look.page.locator(".tolls li").first.get_attribute("title").startswith("low ")


# --- keys -------------------------------------------------------------------------------------------


def test_j_and_k_go_from_claim_to_claim(look: Look, report: Path) -> None:
    at(look, report, BOMBING)
    heads = look.page.locator(".card-open").all_inner_texts()
    look.press("j", "j", "j", "k")
    assert look.text(".card.is-chosen h4") == heads[1]
    assert look.focused() == heads[1]
    look.press("Escape")
    assert look.count(".card.is-chosen") == 0


def test_n_and_p_go_from_article_to_article(look: Look) -> None:
    look.press("n", "n", "p")
    assert look.text(".article h2") == "Suicide bomber kills 14 at Afghan bus station"


def test_arrows_go_from_mark_to_mark(look: Look, report: Path) -> None:
    """One mark is in the order of tabs; Enter chooses its claim, in the text."""
    at(look, report, "#article=quake-1")
    assert look.count(".mark[tabindex='0']") == 1
    look.page.locator(".mark[tabindex='0']").focus()
    look.press("Home", "ArrowRight", "ArrowRight")
    assert look.focused() == "40"
    look.press("Enter")
    assert look.text(".card.is-chosen h4") == "40 people killed"
    assert look.focused() == "40"


def test_cards_and_tabs_are_reached_by_keys(look: Look) -> None:
    look.press("/")
    assert look.page.evaluate("document.activeElement.id") == "search"
    look.press("Escape", "2")
    assert look.page.locator(".tab[aria-current]").inner_text() == "Table"
    look.press("?")
    assert look.page.locator("dialog.help").is_visible()
    look.press("Escape")
    assert not look.page.locator("dialog.help").is_visible()


def test_focus_is_seen(look: Look) -> None:
    look.press("j")
    style = "getComputedStyle(document.activeElement).outlineStyle"
    assert look.page.evaluate(style) == "solid"


# --- filters, search, addresses ---------------------------------------------------------------------


def test_a_filter_leaves_what_fits_and_counts(look: Look) -> None:
    look.click(".group summary:has-text('Harm')")
    row = look.page.locator(".options li", has_text="Missing")
    count = row.locator(".count").evaluate("node => node.firstChild.data")
    row.locator("input").check()
    assert look.text(".told").startswith(f"{count} of ")
    assert look.hash() == "#article=earthquake-rising-toll&harm=missing"
    assert look.count(".chips li") == 1
    assert set(look.page.locator(".card .fact:has(dt:has-text('Harm')) dd").all_text_contents()) >= {
        "Missing“missing”"
    }
    look.press("Escape")
    look.click(".clear")
    assert look.text(".told").endswith("claims in 7 articles")
    assert look.count(".chips li") == 0


def test_filters_of_two_kinds_both_hold(look: Look, report: Path) -> None:
    at(look, report, "#harm=killed&country=IQ&view=table")
    assert look.count(".claims tbody tr") == 1
    assert look.text(".claims tbody th") == "At least 12 people killed"


def test_days_filter_by_the_day_of_the_harm(look: Look, report: Path) -> None:
    at(look, report, "#view=table&from=2018-03-01&to=2018-03-31")
    articles = set(look.page.locator(".claims td:last-child").all_inner_texts())
    # A running total over years that takes in these days is one of theirs.
    assert {text.split()[0] for text in articles} == {"An", "The", "Coalition"}


@pytest.mark.parametrize(
    ("query", "articles"), [("kathmandu", 2), ("KATHMANDU officials", 1), ("mosul", 1), ("zeppelin", 0)]
)
def test_search_finds_claims_and_articles(query: str, articles: int, look: Look) -> None:
    look.page.fill("#search", query)
    look.page.locator(".told", has_text=f"{articles} of 7 articles").wait_for()
    assert look.count(".article-row") == articles


def test_an_address_opens_what_it_names(look: Look, report: Path) -> None:
    at(look, report, BOMBING)
    look.press("j", "j")
    chosen, address = look.text(".card.is-chosen h4"), look.hash()
    at(look, report, address)
    assert look.text(".card.is-chosen h4") == chosen
    assert look.page.locator(".mark.c-quantity").is_visible()


def test_sought_words_are_set_off_in_the_text(look: Look, report: Path) -> None:
    at(look, report, "#article=quake-1&q=kathmandu")
    told = (
        "[...CSS.highlights.get('sought')].map(r => r.startContainer.data.slice(r.startOffset, r.endOffset))"
    )
    assert look.page.evaluate(told) == ["Kathmandu"]


@pytest.mark.parametrize(
    "address", ["#article=nobody&claim=x", "#view=nowhere&from=soon", "#%E0%A4%A", "#harm=none"]
)
def test_an_address_that_names_nothing_breaks_nothing(address: str, look: Look, report: Path) -> None:
    at(look, report, address)
    assert look.page.locator("main").is_visible()


def test_steps_can_be_taken_back(look: Look) -> None:
    look.click(".tab:has-text('Table')")
    look.click(".tab:has-text('Map')")
    look.page.go_back()
    look.page.wait_for_selector(".tab[aria-current]:has-text('Table')")


# --- table, charts, map, events ---------------------------------------------------------------------


def test_the_table_sorts_by_any_column(look: Look, report: Path) -> None:
    at(look, report, "#view=table")
    look.click("thead button:has-text('Confidence')")
    assert look.page.locator("th[aria-sort='ascending']").inner_text().startswith("Confidence")
    cells = [int(t.split()[0]) for t in look.page.locator(".claims td:nth-child(9)").all_inner_texts()]
    assert cells == sorted(cells)
    look.click("thead button:has-text('Confidence')")
    assert look.count("th[aria-sort='descending']") == 1
    cells = [int(t.split()[0]) for t in look.page.locator(".claims td:nth-child(9)").all_inner_texts()]
    assert cells == sorted(cells, reverse=True)


def test_a_row_opens_its_claim(look: Look, report: Path) -> None:
    at(look, report, "#view=table&country=IQ&harm=killed")
    look.click(".claims tbody td:nth-child(3)")
    assert look.text(".article h2") == "A blast in Mosul"
    assert look.text(".card.is-chosen h4") == "At least 12 people killed"


def test_the_timeline_shows_open_bounds_and_opens_claims(look: Look, report: Path) -> None:
    at(look, report, "#view=timeline&country=IQ&harm=killed")
    assert look.count(".point") == 1
    assert look.count(".point .open") == 1
    assert "12 or more" in look.page.locator(".point").get_attribute("aria-label")
    look.page.locator(".point").focus()
    look.press("Enter")
    assert look.text(".card.is-chosen h4") == "At least 12 people killed"


def test_charts_have_tables(look: Look, report: Path) -> None:
    at(look, report, "#view=timeline")
    points = look.count(".point")
    look.click(".as-table summary")
    look.page.locator(".as-table tbody tr").first.wait_for()
    assert look.count(".as-table tbody tr") == points
    look.press("4")
    spots = look.count(".chart .spot")
    look.click(".as-table summary >> visible=true")
    look.page.locator(".view:not([hidden]) .as-table tbody tr").first.wait_for()
    assert look.count(".view:not([hidden]) .as-table tbody tr") == spots > 5


def test_every_claim_can_be_drawn(look: Look, report: Path) -> None:
    at(look, report, "#view=timeline")
    tolls = look.count(".point")
    look.click("label:has-text('Every claim')")
    assert look.count(".point") > tolls
    assert look.page.evaluate("document.activeElement.value") == "claims"


def test_a_point_of_the_map_filters(look: Look, report: Path) -> None:
    at(look, report, "#view=map")
    assert look.count(".land") > 50
    spot = look.page.locator(".spot[aria-label^='Mosul']")
    assert "(town): 2 claims" in spot.get_attribute("aria-label")
    spot.focus()
    look.press("Enter")
    assert look.hash() == "#view=map&place=Mosul"
    assert look.count(".chart .spot") == 1
    look.press("Enter")
    assert "place" not in look.hash()


def test_the_map_zooms(look: Look, report: Path) -> None:
    at(look, report, "#view=map")
    whole = look.page.locator(".map svg").get_attribute("viewBox")
    look.click("button[aria-label='Zoom in']")
    assert look.page.locator(".map svg").get_attribute("viewBox") != whole
    look.page.locator(".chart .spot").last.focus()
    look.press("Home")
    moved = look.page.locator(".map svg").get_attribute("viewBox")
    look.press("End")
    assert look.page.locator(".map svg").get_attribute("viewBox") != moved
    look.click("button:has-text('Whole map')")
    assert look.page.locator(".map svg").get_attribute("viewBox") == whole


def test_an_event_shows_its_figures_over_time(look: Look, report: Path) -> None:
    at(look, report, "#view=events")
    assert look.count(".event-details") == 1
    assert look.page.locator(".event-details tbody th").all_inner_texts() == [
        "40 people killed",
        "52 people killed",
    ]
    assert look.count(".event-details .point") == 2
    look.click(".event-details tbody th button >> nth=1")
    assert look.text(".article h2").startswith("The earthquake in Kathmandu")


def test_what_failed_is_listed(look: Look) -> None:
    look.click(".failures summary")
    assert look.text(".failures li") == "news.jsonl, row 3: no value for 'text'"


# --- looks ------------------------------------------------------------------------------------------


def test_the_theme_follows_the_system_and_can_be_changed(chromium: Any, report: Path) -> None:
    with browser.looking(chromium, report, color_scheme="dark") as look:
        ground = "getComputedStyle(document.body).backgroundColor"
        dark = look.page.evaluate(ground)
        look.click(".theme")
        assert look.page.evaluate(ground) != dark
        assert look.complaints == []


@pytest.mark.parametrize("view", ["read", "table", "timeline", "map", "events"])
def test_nothing_is_wider_than_a_phone(view: str, chromium: Any, report: Path) -> None:
    with browser.looking(chromium, report, f"#view={view}", viewport=PHONE) as look:
        assert look.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert look.complaints == []


def test_on_a_phone_text_and_card_are_seen_together(chromium: Any, report: Path) -> None:
    with browser.looking(
        chromium, report, BOMBING, viewport=PHONE, has_touch=True, reduced_motion="reduce"
    ) as look:
        look.page.locator(".mark.k-quantity", has_text="43").click()
        card = look.page.locator(".card.is-chosen").bounding_box()
        mark = look.page.locator(".mark.c-quantity").bounding_box()
        assert mark["y"] + mark["height"] <= card["y"]
        look.click(".card.is-chosen .card-close")
        assert look.count(".card.is-chosen") == 0


def test_on_paper_there_are_marks_with_letters_and_open_cards(look: Look, report: Path) -> None:
    at(look, report, "#article=quake-1")
    look.page.emulate_media(media="print")
    try:
        assert not look.page.locator(".bar").is_visible()
        assert not look.page.locator(".tabs").is_visible()
        assert look.page.locator(".card-more").first.is_visible()
        letter = "getComputedStyle(document.querySelector('.mark.k-quantity'), '::after').content"
        assert look.page.evaluate(letter) == '"N"'
        tops = "['.text', '.card'].map(s => document.querySelector(s).getBoundingClientRect().top)"
        text, card = look.page.evaluate(tops)
        assert text < card
    finally:
        look.page.emulate_media(media="screen")


def test_without_colours_of_its_own_marks_have_letters(chromium: Any, report: Path) -> None:
    with browser.looking(chromium, report, "#article=quake-1", forced_colors="active") as look:
        letter = "getComputedStyle(document.querySelector('.mark.k-quantity'), '::after').content"
        assert look.page.evaluate(letter).startswith('"N"')


@pytest.mark.parametrize("view", ["read", "table", "timeline", "map", "events"])
@pytest.mark.parametrize(
    "how",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"viewport": PHONE}],
    ids=["light", "dark", "phone"],
)
def test_axe_finds_nothing(view: str, how: dict[str, Any], chromium: Any, report: Path) -> None:
    """The rules of WCAG 2.2 AA and of good practice that a program can check, contrast among them."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    address = f"{BOMBING}&view={view}&country=AF"
    with browser.looking(chromium, report, address, reduced_motion="reduce", **how) as look:
        look.press("j")
        found = axe.run(look.page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found] == []


# --- words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "headline"),
    [
        ("At least 12 people were killed.", "At least 12 people killed"),
        ("More than 100 people were killed.", "More than 100 people killed"),
        ("Up to 40 people were killed.", "Up to 40 people killed"),
        ("Fewer than 10 people were hurt.", "Fewer than 10 people injured"),
        ("About 30 civilians were killed.", "About 30 civilians killed"),
        ("Between 20 and 30 people died.", "20 to 30 people killed"),
        ("Dozens of people were injured.", "Dozens of people injured"),
        ("Several people were injured.", "Several people injured"),
        ("No one was killed in the blast.", "No people killed"),
        ("A soldier was killed by gunmen.", "1 combatant killed"),
        ("Three children were killed by a mine.", "3 children killed"),
        ("Two people were killed in Mosul. Another 3 people were killed later.", "3 more people killed"),
    ],
)
def test_figures_stand_in_plain_words(sentence: str, headline: str, page: Look, tmp_path: Path) -> None:
    page.visit(opened(Contents([extract(sentence)]), tmp_path))
    assert headline in page.page.locator(".card-open").all_inner_texts()


# --- without texts, with one article, with none -----------------------------------------------------


def test_without_texts_sentences_are_shown(page: Look, tmp_path: Path) -> None:
    text = "The day began quietly. At least 12 people were killed and 3 wounded in Mosul, police said."
    page.visit(opened(Contents([extract(text)]), tmp_path))
    assert "is not in this report" in page.text(".without-text .notice")
    assert page.page.locator(".without-text p:not(.notice)").all_inner_texts() == [text.partition(". ")[2]]
    assert page.page.locator(".without-text .in-quote.k-quantity").all_inner_texts() == ["12", "3"]
    page.press("j")
    assert page.text(".card.is-chosen h4") == "At least 12 people killed"
    assert page.complaints == []


def test_one_article_has_no_list(page: Look, tmp_path: Path) -> None:
    page.visit(opened(Contents([extract("Gunmen killed 12 people.")]), tmp_path))
    assert page.count(".articles") == 0
    assert page.count(".card") == 1


def test_a_report_of_nothing(page: Look, tmp_path: Path) -> None:
    page.visit(opened(Contents([]), tmp_path))
    page.press("2", "3", "4", "5", "1", "j", "n")
    assert page.text(".empty") == "There are no articles in this report."
    assert page.complaints == []


def test_a_notebook_shows_the_page(page: Look, tmp_path: Path) -> None:
    """In a frame that shares nothing with the page around it, and has no address or store of its own."""
    file = tmp_path / "notebook.html"
    report = report_html(Contents([extract("Gunmen killed 12 people."), extract("Floods killed 40 people.")]))
    file.write_text(f"<!DOCTYPE html><title>Notebook</title>{report._repr_html_()}", encoding="utf-8")
    page.visit(file, ready=False)
    frame = page.page.frame_locator("iframe")
    frame.locator(".article-row").nth(1).click()
    frame.locator(".card-open").click()
    frame.locator(".theme").click()
    assert frame.locator(".card.is-chosen h4").inner_text() == "40 people killed"
    assert page.complaints == []


@pytest.mark.parametrize(
    ("first", "headline"),
    [
        ("Published: March 3, 2026", "A bomb killed 12 people in Mosul."),
        ("By Amina Yusuf", "A bomb killed 12 people in Mosul."),
        ("By Friday, Mosul had 12 dead to mourn", "By Friday, Mosul had 12 dead to mourn"),
        ("Published accounts differ", "Published accounts differ"),
    ],
)
def test_a_byline_is_no_headline(page: Look, tmp_path: Path, first: str, headline: str) -> None:
    """An article without a title is headed by its first line that is not a day or a name."""
    text = f"{first}\n\nA bomb killed 12 people in Mosul."
    found = extract(text).model_copy(update={"text": text})
    page.visit(opened(Contents([found]), tmp_path), "")
    assert page.page.locator("h2[lang]").inner_text() == headline


def test_the_ring_of_focus_covers_no_word(look: Look) -> None:
    """The ring around a card's heading ends above the status below it."""
    look.page.keyboard.press("j")
    gap, ring = look.page.evaluate(
        """() => {
          const open = document.activeElement;
          const { outlineWidth, outlineOffset } = getComputedStyle(open);
          const told = open.closest(".card").querySelector(".status").getBoundingClientRect();
          return [told.top - open.getBoundingClientRect().bottom, parseFloat(outlineWidth) + parseFloat(outlineOffset)];
        }"""
    )
    assert ring > 0
    assert gap >= ring
