// A card for each claim: the figure in words with who says so, and all that the text tells about it.

const cards = { all: [], byClaim: new Map() };

// Up to so many claims of an article have their cards filled at once; of more, those that are opened or printed.
const FILLED = 200;

function makeCard(claim) {
  const more = element("div", { class: "card-more", id: `card-${claim.number}` });
  const opener = element("button", {
    type: "button", class: "card-open", "aria-expanded": "false", "aria-controls": more.id, "aria-describedby": `told-${claim.number}`,
  }, upper(headline(claim)));
  const said = claim.attribution;
  const where = [whenWords(claim, true), whereWords(claim, 2)].filter(Boolean).join(" · ");
  const root = element("li", { class: `card s-${claim.status}` },
    element("h4", null, opener),
    element("p", { class: "card-told", id: `told-${claim.number}` },
      statusChip(claim.status), " ",
      said ? [element("span", { class: "muted" }, "according to "), whoSays(claim)] : element("span", { class: "muted" }, "in the reporter’s own voice")),
    where && element("p", { class: "card-where" }, where),
    more,
    button("Close", () => select(null, {}), { class: "card-close card-go" }));
  const card = { claim, root, opener, more, isFilled: false };
  root.addEventListener("click", (event) => {
    if (event.target.closest("a, .card-go, summary, input") || String(getSelection()).length) return;
    if (state.claim === claim && event.target.closest(".card-open")) select(null, {});
    else select(claim, { from: "card" });
  });
  root.addEventListener("mouseenter", () => hint([claim]));
  root.addEventListener("mouseleave", () => hint([]));
  cards.all.push(card);
  cards.byClaim.set(claim, card);
  if (cards.all.length <= FILLED) fillCard(card);
  return root;
}

function statusChip(status) {
  return element("span", { class: `status s-${status}`, title: STATUSES[status] }, status);
}

function fillCard(card) {
  if (card.isFilled) return;
  card.isFilled = true;
  const { claim } = card;
  replace(card.more,
    element("blockquote", { class: "evidence", lang: claim.article.language || "en", dir: "auto" }, quoted(claim)),
    element("dl", null, facts(claim).map(([kind, term, value]) => fact(kind, term, value))));
}

function fact(kind, term, value) {
  const letter = kind ? element("span", { class: `letter k-${kind}`, "aria-hidden": "true" }, KINDS[kind].letter) : null;
  return element("div", { class: "fact" }, element("dt", null, letter, term), element("dd", null, value));
}

function quote(claim, at) {
  return at ? ["“", element("q", null, words(claim.article, at)), "”"] : null;
}

function aside(text) {
  return text ? element("span", { class: "aside" }, text) : null;
}

// Rows of a card: the kind of its mark, what it is called, what is told. What the text does not tell is absent.
function facts(claim) {
  const rows = [["quantity", "Figure", [quote(claim, claim.quantity.at), aside(allowed(claim.quantity))]]];
  if (claim.unit !== "people") rows.push([null, "Counted", upper(UNITS[claim.unit][1])]);
  if (claim.harm) rows.push(["harm", "Harm", [upper(HARMS[claim.harm.label]), aside(["“", words(claim.article, claim.harm.at), "”"].join(""))]]);
  const victims = claim.victims;
  if (victims) {
    const groups = (victims.groups || []).map((group) => GROUPS[group][1]).join(", ");
    const kind = victims.category === "unspecified" ? "not told who they were" : CATEGORIES[victims.category][1];
    if (victims.at) rows.push(["victims", "Victims", [quote(claim, victims.at), aside([kind, groups].filter(Boolean).join("; "))]]);
    else if (victims.category !== "unspecified" || groups) rows.push([null, "Victims", upper([kind, groups].filter(Boolean).join("; "))]);
  }
  if (claim.cause) rows.push(["cause", "Cause", [upper(cause(claim.cause.label)), aside(`“${words(claim.article, claim.cause.at)}”`)]]);
  if (claim.intent) rows.push([null, "Intent", upper(INTENTS[claim.intent])]);
  if (claim.perpetrator) rows.push(["perpetrator", "Perpetrator", [quote(claim, claim.perpetrator.at), aside("done by, or blamed on, as the text has it")]]);
  const time = claim.time;
  if (time) {
    const dates = period(time.earliest, time.latest);
    const how = [GRAINS[time.grain], time.basis === "context" ? "taken from elsewhere in the article" : "", time.ambiguous ? "day and month could be the other way round" : ""];
    rows.push(["time", "When", [dates || "No day can be told", aside([`“${words(claim.article, time.at)}”`, ...how].filter(Boolean).join(", "))]]);
  }
  if (claim.places) rows.push(["places", "Where", element("ul", { class: "places" }, claim.places.map((place) => placeRow(claim, place)))]);
  const said = claim.attribution;
  if (said) {
    const chain = (said.chain || []).map((at) => words(claim.article, at)).join(", who has it from ");
    rows.push(["source", "Who says so", [upper(whoSays(claim)),
      aside([SOURCE_KINDS[said.kind], FORMS[said.form], `“${words(claim.article, said.cue)}”`, chain && `has it from ${chain}`].filter(Boolean).join(", "))]]);
  } else {
    rows.push([null, "Who says so", "The reporter’s own voice"]);
  }
  rows.push([null, "How sure", [upper(claim.status), aside(STATUSES[claim.status])]]);
  rows.push([null, "Scope", upper(SCOPES[claim.scope])]);
  return rows.concat(relations(claim));
}

function relations(claim) {
  const { article } = claim;
  const rows = [];
  const whole = claim.part_of && article.byId.get(claim.part_of);
  if (whole) rows.push([null, "Part of", goTo(whole)]);
  const parts = article.claims.filter((other) => other.part_of === claim.id);
  if (parts.length) rows.push([null, "Includes", element("ul", { class: "plain" }, parts.map((part) => element("li", null, goTo(part))))]);
  const newer = claim.superseded_by && article.byId.get(claim.superseded_by);
  if (newer) rows.push([null, "Replaced by", goTo(newer)]);
  const incident = article.incidents.find((one) => one.id === claim.incident);
  if (incident) rows.push([null, "Incident", [`${incident.id}: `, incidentWords(incident)]]);
  for (const review of claim.reviews || []) {
    rows.push([null, "Review", `${upper(DECISIONS[review.decision] || review.decision)}${review.reviewer ? ` by ${review.reviewer}` : ""}`]);
  }
  if (claim.confidence !== undefined) {
    rows.push([null, "Confidence", [`${Math.round(claim.confidence * 100)} %`, aside("how likely it is that nothing here has to be corrected")]]);
  }
  rows.push([null, "Id", element("code", null, claim.id)]);
  return rows;
}

function placeRow(claim, place) {
  const text = words(claim.article, place.at);
  const parts = [PLACE_KINDS[place.kind], place.country && place.kind !== "country" ? country(place.country) : "",
    text !== place.name ? `“${text}”` : "", place.basis === "context" ? "from elsewhere in the article" : ""];
  return element("li", null, place.name, aside(parts.filter(Boolean).join(", ")));
}

// The sentence of a claim, with its passages in it set off, and those of others that it states.
function quoted(claim, others = []) {
  const text = words(claim.article, claim.evidence);
  const from = claim.evidence[0];
  const points = Array.from(text);
  const inside = [claim, ...others].flatMap(passages).filter(([, at]) => at[0] >= from && at[1] <= from + points.length);
  const edges = unique([0, points.length, ...inside.flatMap(([, at]) => [at[0] - from, at[1] - from])]).sort((a, b) => a - b);
  return edges.slice(0, -1).map((edge, i) => {
    const part = points.slice(edge, edges[i + 1]).join("");
    const over = inside.filter(([, at]) => at[0] - from <= edge && at[1] - from >= edges[i + 1])
      .sort((a, b) => a[1][1] - a[1][0] - (b[1][1] - b[1][0]));
    return over.length ? element("span", { class: `in-quote k-${over[0][0]}` }, part) : part;
  });
}

function goTo(claim) {
  return button(upper(headline(claim)), () => select(claim, { from: "link" }), { class: "card-go link" });
}

function paintCards() {
  for (const card of cards.all) {
    const isChosen = card.claim === state.claim;
    if (isChosen) fillCard(card);
    card.root.classList.toggle("is-chosen", isChosen);
    card.root.classList.toggle("is-also", state.also.includes(card.claim));
    card.opener.setAttribute("aria-expanded", String(isChosen));
  }
}
