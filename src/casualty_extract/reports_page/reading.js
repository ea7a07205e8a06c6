// The view of articles: the list of them, the text of one with its marks, and the cards of its claims.

const reading = { root: null, list: null, text: null, cards: null, article: undefined, claims: "" };
const ROWS = 200;

function makeReading() {
  reading.list = element("nav", { class: "articles", "aria-label": "Articles" });
  reading.text = element("article", { class: "article", "aria-label": "Article" });
  reading.cards = element("section", { class: "cards", "aria-label": "Claims" });
  reading.root = element("div", { class: `reading${ARTICLES.length > 1 ? "" : " is-single"}` },
    ARTICLES.length > 1 ? reading.list : null, reading.text, reading.cards);
  return reading.root;
}

function renderReading() {
  const article = state.article && (shown.articles.includes(state.article) || state.claim) ? state.article : shown.articles[0] || state.article;
  if (article !== state.article) {
    state.article = article || null;
    state.claim = null;
    state.also = [];
  }
  renderList();
  if (state.article) renderArticle();
  else renderNothing();
  paint();
}

function renderNothing() {
  const told = ARTICLES.length ? "No article fits these filters." : "There are no articles in this report.";
  replace(reading.text, element("p", { class: "empty" }, told),
    isFiltered() && button("Clear all filters", clearAll, { class: "plain-button" }));
  replace(reading.cards);
  marks.root = null;
  marks.pieces = [];
  cards.all = [];
  cards.byClaim = new Map();
  reading.article = null;
}

function renderList() {
  if (ARTICLES.length < 2) return;
  const list = element("ol", { class: "article-list" });
  // Where the chosen article is far down, the list begins with a part that holds it.
  const at = shown.articles.indexOf(state.article);
  const isOpen = reading.list.classList.contains("is-open");
  const toggle = button(isOpen ? "Close the list" : "Choose an article", toggleList, { class: "list-toggle link", "aria-expanded": String(isOpen) });
  replace(reading.list, element("div", { class: "pane-head" },
    element("h2", null, "Articles ", element("span", { class: "count" }, number(shown.articles.length))), toggle), list);
  listed(list, shown.articles, articleRow, Math.max(ROWS, at + 20), "articles");
}

// On a phone the list opens and closes.
function toggleList() {
  reading.list.classList.toggle("is-open");
  renderList();
  reading.list.querySelector(".list-toggle").focus();
}

function articleRow(article) {
  const count = (shown.byArticle.get(article) || []).length;
  const about = [article.publisher, article.published ? day(article.published, true) : "no day known"].filter(Boolean).join(" · ");
  const isCurrent = article === state.article;
  return element("li", null, button([
    element("span", { class: "row-title" }, headlineOf(article)),
    element("span", { class: "row-about" }, about),
    element("span", { class: "row-count" }, counted(count, "claim")),
  ], () => openArticle(article), { class: "article-row", "aria-current": isCurrent ? "true" : null, "data-key": article.key }));
}

function openArticle(article) {
  state.article = article;
  state.claim = null;
  state.also = [];
  renderArticle();
  paint();
  for (const row of reading.list.querySelectorAll(".article-row")) {
    if (row.dataset.key === article.key) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
  reading.text.scrollTop = reading.cards.scrollTop = 0;
  if (isNarrow()) {
    if (reading.list.classList.contains("is-open")) toggleList();
    bring(reading.text, "start");
  }
  writeAddress(true);
  announce(`${headlineOf(article)}, ${counted((shown.byArticle.get(article) || []).length, "claim")}`);
}

function isNarrow() {
  return matchMedia("(max-width: 899px)").matches;
}

function renderArticle() {
  const { article } = state;
  let claims = shown.byArticle.get(article) || [];
  // A claim that a link leads to is shown, whatever the filters say.
  if (state.claim && !claims.includes(state.claim)) claims = [...claims, state.claim].sort((a, b) => a.number - b.number);
  const key = claims.map((claim) => claim.number).join(" ");
  if (reading.article === article && reading.claims === key) {
    seek();
    return;
  }
  reading.article = article;
  reading.claims = key;
  cards.all = [];
  cards.byClaim = new Map();
  const hasText = typeof article.text === "string";
  replace(reading.text, articleHead(article), claims.length || hasText ? legend() : null,
    hasText ? renderText(article, claims) : sentences(article, claims));
  replace(reading.cards, cardsHead(article, claims), incidentGroups(article, claims));
}

function articleHead(article) {
  const about = [article.publisher, article.published && day(article.published)].filter(Boolean).join(" · ");
  const how = article.published ? PUBLISHED_FROM[article.published_from] : "";
  const flags = (article.flags || []).map((flag) => FLAGS[flag]).filter(Boolean);
  return element("header", { class: "article-head" },
    element("h2", { lang: article.language || "en", dir: "auto" }, headlineOf(article)),
    element("p", { class: "byline" }, about || "Publisher and day not known", how && ` (${how})`,
      article.url ? [" · ", outward(article.url, shortAddress(article.url))] : null),
    element("p", { class: "byline id" }, "Id ", element("code", null, article.id)),
    flags.map((text) => element("p", { class: "notice" }, text)));
}

function shortAddress(text) {
  const plain = text.replace(/^https?:\/\//i, "");
  return plain.length > 60 ? `${plain.slice(0, 57)}…` : plain;
}

function legend() {
  return element("ul", { class: "legend", "aria-label": "What the marks mean" },
    Object.entries(KINDS).map(([kind, { letter, name }]) =>
      element("li", null, element("span", { class: `letter k-${kind}` }, letter), element("span", { class: `sample k-${kind}` }, name))));
}

// Without the text, the sentences that state figures are shown, in their order.
function sentences(article, claims) {
  marks.root = null;
  marks.pieces = [];
  const byStart = new Map();
  for (const claim of claims) byStart.set(claim.evidence[0], [...(byStart.get(claim.evidence[0]) || []), claim]);
  const ordered = [...byStart.values()].sort(([a], [b]) => a.evidence[0] - b.evidence[0]);
  return element("div", { class: "text without-text" },
    element("p", { class: "notice" }, "The text of this article is not in this report. These are the sentences that state its figures."),
    ordered.map(([claim, ...others]) => element("p", { lang: article.language || "en", dir: "auto" }, quoted(claim, others))),
    ordered.length ? null : element("p", null, "No claim was found in it."));
}

function cardsHead(article, claims) {
  const all = article.claims.length;
  const told = claims.length === all ? counted(all, "claim") : `${number(claims.length)} of ${counted(all, "claim")}`;
  return element("header", { class: "pane-head" },
    element("h3", null, told),
    claims.length < all
      ? button("Show all", clearAll, { class: "link" })
      : element("p", { class: "keys" }, element("kbd", null, "j"), " ", element("kbd", null, "k"), " next, previous"));
}

function incidentGroups(article, claims) {
  if (!claims.length) {
    return element("p", { class: "empty" }, article.claims.length ? "None of its claims fits the filters." : "No claim was found in this article.");
  }
  const groups = new Map();
  for (const claim of claims) {
    const key = claim.incident || "";
    if (groups.has(key)) groups.get(key).push(claim);
    else groups.set(key, [claim]);
  }
  return [...groups].map(([id, mine], i) => {
    const incident = article.incidents.find((one) => one.id === id);
    return element("section", { class: "incident", "aria-label": incident ? `Incident: ${incidentWords(incident)}` : "Claims of no incident" },
      incident ? incidentHead(article, incident, groups.size > 1 ? i + 1 : 0) : null,
      element("ol", { class: "card-list" }, mine.map(makeCard)));
  });
}

function incidentHead(article, incident, rank) {
  const tolls = incident.tolls || [];
  return element("header", { class: "incident-head" },
    element("p", { class: "incident-name" }, rank ? element("span", { class: "rank" }, `Incident ${rank}`) : element("span", { class: "rank" }, "Incident"),
      " ", incidentWords(incident, true)),
    tolls.length ? tollList(tolls) : null,
    tolls.length ? element("p", { class: "aside" }, `From ${tollBasis(article, incident)}`) : null);
}

// A toll is never told without how sure the text is of the claims that it rests on.
function tollBasis(article, incident) {
  const claims = article.claims.filter((claim) => claim.incident === incident.id);
  const counts = new Map();
  for (const claim of claims) counts.set(claim.status, (counts.get(claim.status) || 0) + 1);
  const told = [...counts].sort((a, b) => b[1] - a[1]).map(([status, count]) => (counts.size > 1 ? `${count} ${status}` : status));
  return `${counted(claims.length, "claim")} (${told.join(", ")})`;
}

function tollList(tolls) {
  return element("ul", { class: "tolls" }, tolls.map((toll) =>
    element("li", { title: tollTitle(toll) }, element("strong", null, range(toll)), " ", tollWords(toll))));
}

function tollTitle(toll) {
  const one = (value) => (value === undefined ? "not told" : number(value));
  return `low ${one(toll.low)}, best ${one(toll.best)}, high ${one(toll.high)}`;
}

function paint() {
  paintCards();
  paintMarks();
}

// Choose a claim: show it in the text and among the cards, wherever it was chosen.
function select(claim, { also = [], from = "key" }) {
  const isElsewhere = claim && (claim.article !== state.article || state.view !== "read" || !cards.byClaim.has(claim));
  state.claim = claim;
  state.also = also;
  if (isElsewhere) {
    state.article = claim.article;
    state.view = "read";
    show();
  } else {
    paint();
  }
  writeAddress(isElsewhere);
  if (!claim) return;
  const card = cards.byClaim.get(claim);
  const mark = figureMark(claim);
  if (mark && from !== "text") {
    enter(mark, false);
    bring(mark, "center");
  }
  // On a phone the card stands over the lower half of the text.
  if (isNarrow()) {
    const at = from === "text" ? marks.current : mark;
    if (at && (at.getBoundingClientRect().bottom > innerHeight * 0.5 || from !== "text")) bring(at, "center");
  } else if (card && from !== "card") {
    // The head of a card is seen before its end.
    bring(card.root, card.root.offsetHeight > reading.cards.clientHeight - 80 ? "start" : "nearest");
  }
  if (card && (from === "link" || from === "key")) {
    const isInText = marks.root && marks.root.contains(document.activeElement);
    if (isInText && mark && from === "key") enter(mark, true);
    else card.opener.focus({ preventScroll: true });
  }
  const more = also.length ? `; ${counted(also.length, "more claim")} at this mark, press again for the next` : "";
  announce(`${upper(headline(claim))}, ${standing(claim)}${more}`);
}

function stepClaim(step) {
  if (state.view !== "read" || !cards.all.length) return;
  const at = cards.all.findIndex((card) => card.claim === state.claim);
  const next = at < 0 ? (step > 0 ? 0 : cards.all.length - 1) : at + step;
  if (cards.all[next]) select(cards.all[next].claim, { from: "key" });
}

function stepArticle(step) {
  const next = shown.articles[shown.articles.indexOf(state.article) + step];
  if (state.view !== "read" || !next) return;
  openArticle(next);
  const row = [...reading.list.querySelectorAll(".article-row")].find((one) => one.dataset.key === next.key);
  if (row) {
    bring(row);
    row.focus({ preventScroll: true });
  }
}
