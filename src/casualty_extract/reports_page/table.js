// All claims as a table that sorts by any column; a row opens its claim in the text.

const table = { root: null, column: null, isDown: false };
const TABLE_ROWS = 100;

const COLUMNS = [
  { name: "Claim", of: (c) => upper(headline(c)), by: (c) => c.quantity.best ?? c.quantity.low ?? c.quantity.high },
  { name: "Who says so", of: (c) => whoSays(c), by: (c) => folded(whoSays(c)) },
  { name: "How sure", of: (c) => statusChip(c.status), by: (c) => Object.keys(STATUSES).indexOf(c.status) },
  { name: "Harm", of: (c) => (c.harm ? HARMS[c.harm.label] : ""), by: (c) => (c.harm ? c.harm.label : undefined) },
  { name: "Victims", of: (c) => victimWords(c), by: (c) => victimWords(c) || undefined },
  { name: "When", of: (c) => whenWords(c, true), by: (c) => c.time && (c.time.earliest || c.time.latest) },
  { name: "Where", of: (c) => whereWords(c, 2), by: (c) => folded(whereWords(c, 2)) || undefined },
  { name: "Cause", of: (c) => (c.cause ? cause(c.cause.label) : ""), by: (c) => (c.cause ? cause(c.cause.label) : undefined) },
  { name: "Confidence", of: (c) => (c.confidence === undefined ? "" : `${Math.round(c.confidence * 100)} %`), by: (c) => c.confidence, isNumber: true },
  { name: "Article", of: (c) => headlineOf(c.article), by: (c) => folded(headlineOf(c.article)) },
];

function victimWords(claim) {
  if (!claim.victims) return "";
  return claim.victims.at ? words(claim.article, claim.victims.at) : claim.victims.category === "unspecified" ? "" : CATEGORIES[claim.victims.category][1];
}

function makeTable() {
  table.root = element("section", { class: "table-view", "aria-label": "All claims" });
  return table.root;
}

function renderTable() {
  if (!shown.claims.length) {
    replace(table.root, element("h2", null, "All claims"), element("p", { class: "empty" }, "No claim fits these filters."));
    return;
  }
  const heads = COLUMNS.map((column, i) => element("th", {
    scope: "col", class: column.isNumber ? "is-number" : null,
    "aria-sort": table.column === i ? (table.isDown ? "descending" : "ascending") : "none",
  }, button([column.name, element("span", { class: "arrow", "aria-hidden": "true" })], () => sortBy(i))));
  const body = element("tbody", { on: { click: (event) => openRow(event) } });
  const made = element("table", { class: "claims" },
    element("caption", null, "Claims, one a row. Press a heading to sort by it, and a claim to see it in its text."),
    element("thead", null, element("tr", null, heads)), body);
  replace(table.root, element("h2", null, "All claims"), element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of claims" }, made));
  listed(body, sorted(), tableRow, TABLE_ROWS, "claims");
}

function tableRow(claim) {
  const row = element("tr", null, COLUMNS.map((column, i) => i === 0
    ? element("th", { scope: "row" }, button(column.of(claim), () => select(claim, { from: "link" }), { class: "link" }))
    : element("td", { class: column.isNumber ? "is-number" : null }, column.of(claim))));
  row.claim = claim;
  return row;
}

function openRow(event) {
  const row = event.target.closest("tr");
  if (!row || event.target.closest("button") || String(getSelection()).length) return;
  select(row.claim, { from: "link" });
}

function sortBy(column) {
  table.isDown = table.column === column ? !table.isDown : false;
  table.column = column;
  renderTable();
  table.root.querySelectorAll("thead button")[column].focus();
  announce(`Sorted by ${COLUMNS[column].name}, ${table.isDown ? "descending" : "ascending"}`);
}

// What a claim does not tell stands at the end, whichever way the column is sorted.
function sorted() {
  if (table.column === null) return shown.claims;
  const by = COLUMNS[table.column].by;
  const keyed = shown.claims.map((claim) => ({ claim, key: by(claim) }));
  keyed.sort((a, b) => {
    if (a.key === undefined || a.key === null) return b.key === undefined || b.key === null ? a.claim.number - b.claim.number : 1;
    if (b.key === undefined || b.key === null) return -1;
    const order = typeof a.key === "number" ? a.key - b.key : a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
    return (table.isDown ? -order : order) || a.claim.number - b.claim.number;
  });
  return keyed.map((row) => row.claim);
}
