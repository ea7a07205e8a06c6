// Events: what several articles tell of one event, with its figures over time, and the incidents of single articles.

const events = { root: null };
const EVENT_ROWS = 40;

function makeEvents() {
  events.root = element("section", { class: "events-view", "aria-label": "Events" });
  return events.root;
}

function renderEvents() {
  const shownClaims = new Set(shown.claims);
  const isShown = (article, id) => { const claim = article && article.byId.get(id); return Boolean(claim && shownClaims.has(claim)); };
  const shared = DATA.events.filter((event) => event.history.some((entry) => isShown(BY_KEY.get(entry.document), entry.claim)));
  const single = [];
  const known = new Set(DATA.events.flatMap((event) => event.members.map((member) => `${member.document} ${member.incident}`)));
  for (const [article, claims] of shown.byArticle) {
    const there = new Set(claims.map((claim) => claim.incident));
    for (const incident of article.incidents) {
      if (there.has(incident.id) && !known.has(`${article.id} ${incident.id}`)) single.push({ article, incident });
    }
  }
  const sharedList = element("ol", { class: "event-list" });
  const singleList = element("ol", { class: "event-list is-single" });
  replace(events.root, element("h2", null, "Events"),
    DATA.events.length ? [element("h3", null, `Told of in several articles (${number(shared.length)})`), sharedList] : null,
    DATA.events.length ? element("h3", null, `Told of in one article (${number(single.length)})`) : null, singleList,
    shared.length || single.length ? null : element("p", { class: "empty" }, "No event fits these filters."));
  listed(sharedList, shared, (event, i) => sharedEvent(event), EVENT_ROWS, "events");
  listed(singleList, single, singleEvent, EVENT_ROWS, "incidents");
  const first = sharedList.querySelector("details");
  if (first) first.open = true;
}

function singleEvent({ article, incident }) {
  const claims = article.claims.filter((claim) => claim.incident === incident.id);
  const sources = unique(claims.map(whoSays)).slice(0, 3);
  return element("li", { class: "event" },
    element("h4", null, button(incidentWords(incident), () => select(claims[0], { from: "link" }), { class: "link" })),
    (incident.tolls || []).length ? tollList(incident.tolls) : element("p", { class: "aside" }, "No toll of people"),
    element("p", { class: "aside" }, `From ${tollBasis(article, incident)}, according to ${sources.join("; ")}. ${headlineOf(article)}`));
}

function sharedEvent(event) {
  const members = unique(event.members.map((member) => member.document));
  const copies = event.members.filter((member) => member.copy_of).length;
  const body = element("div", { class: "event-body" });
  const made = element("details", { class: "event-details" },
    element("summary", null, element("h4", null, incidentWords(event)),
      element("span", { class: "aside" }, `${counted(members.length, "article")}${copies ? `, ${number(copies)} of them copies` : ""}${event.cumulative ? "; a running total" : ""}`)), body);
  made.addEventListener("toggle", () => { if (made.open && !body.childElementCount) fillEvent(body, event); });
  return element("li", { class: "event" }, made, (event.tolls || []).length ? tollList(event.tolls) : null);
}

function fillEvent(body, event) {
  const points = event.history.filter((entry) => entry.harm && entry.unit === "people" && !entry.part && entry.published
    && [entry.low, entry.best, entry.high].some((value) => value !== undefined)).map((entry) => ({
    ...entry, day: dayNumber(entry.published), article: BY_KEY.get(entry.document), label: `${entryWords(entry)}. ${upper(entry.status)}; ${entry.source || "the reporter’s own voice"}. Published ${day(entry.published, true)}`,
  }));
  const holder = element("div", { class: "chart" });
  const harms = Object.keys(HARMS).filter((harm) => points.some((point) => point.harm === harm));
  const rows = element("tbody");
  replace(body, points.length ? [element("p", { class: "aside" }, "Its figures by the day on which they were published, without those that are parts of others:"), shapeKey(harms), holder] : null,
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Figures of ${incidentWords(event)}` }, element("table", null,
      element("caption", null, "Every claim of this event, in order of publication"),
      element("thead", null, element("tr", null, ["Published", "Figure", "Who says so", "How sure", "Note"].map((head) => element("th", { scope: "col" }, head)))), rows)));
  listed(rows, event.history, entryRow, 100, "claims");
  if (points.length) {
    replace(holder, plotted(points, {
      width: Math.max(280, Math.round(holder.clientWidth)), height: 280, name: "Figures of the event over time; the table below has the same",
      opened: (point) => openEntry(point),
    }));
  }
}

function entryClaim(entry) {
  const article = BY_KEY.get(entry.document);
  return (article && article.byId.get(entry.claim)) || null;
}

function openEntry(entry) {
  const claim = entryClaim(entry);
  if (claim) select(claim, { from: "link" });
}

function entryWords(entry) {
  const claim = entryClaim(entry);
  if (claim) return upper(headline(claim));
  const who = entry.category && entry.category !== "unspecified" ? CATEGORIES[entry.category][1] : UNITS[entry.unit][1];
  return `${range(entry)} ${who} ${entry.harm ? HARMS[entry.harm] : ""}`.trim();
}

function entryRow(entry) {
  const claim = entryClaim(entry);
  const notes = [
    entry.part ? "part of another figure" : "", entry.copied ? "copied from an earlier article" : "",
    entry.supersedes ? `takes the place of ${counted(entry.supersedes.length, "earlier figure")}` : "",
    entry.disagrees ? `disagrees with ${counted(entry.disagrees.length, "figure")} of other sources` : "",
    claim ? "" : "its article is not in this report",
  ].filter(Boolean);
  const figureNode = claim ? button(entryWords(entry), () => openEntry(entry), { class: "link" }) : entryWords(entry);
  return element("tr", null, element("td", null, entry.published ? day(entry.published, true) : "not known"), element("th", { scope: "row" }, figureNode),
    element("td", null, entry.source || "the reporter’s own voice"), element("td", null, statusChip(entry.status)), element("td", null, upper(notes.join("; "))));
}
