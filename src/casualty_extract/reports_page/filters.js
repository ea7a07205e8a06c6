// Search and filters, the same above every view.

const GROUPED = [
  ["Harm", ["harm"]],
  ["How sure", ["status"]],
  ["Who says so", ["kind", "source"]],
  ["Where", ["country", "place"]],
  ["Cause", ["cause"]],
  ["When", []],
];
const MOST_OPTIONS = 60;

const bar = { root: null, search: null, told: null, chips: null, clear: null, groups: [], from: null, to: null };

function makeBar() {
  bar.search = element("input", {
    type: "search", id: "search", placeholder: "Search claims and articles", autocomplete: "off", spellcheck: "false",
    "aria-label": "Search claims and articles",
    on: { input: later(() => changed("query", bar.search.value.trim()), 180) },
  });
  bar.groups = GROUPED.map(([name, facets]) => makeGroup(name, facets));
  bar.told = element("p", { class: "told", role: "status", "aria-live": "polite" });
  bar.clear = button("Clear all", clearAll, { class: "clear", hidden: true });
  bar.chips = element("ul", { class: "chips", "aria-label": "Filters in force" });
  bar.more = button("Filters", () => {
    const isOpen = bar.root.classList.toggle("is-open");
    bar.more.setAttribute("aria-expanded", isOpen);
  }, { class: "filters-toggle", "aria-expanded": "false", "aria-controls": "filter-groups" });
  bar.root = element("section", { class: "bar", "aria-label": "Search and filters" },
    element("div", { class: "bar-row" },
      element("div", { class: "search", role: "search" }, bar.search), bar.more,
      element("div", { class: "groups", id: "filter-groups" }, bar.groups.map((group) => group.root))),
    element("div", { class: "bar-row bar-told" }, bar.told, bar.chips, bar.clear));
  document.addEventListener("click", (event) => {
    for (const group of bar.groups) if (!group.root.contains(event.target)) group.root.open = false;
  });
  return bar.root;
}

function later(work, delay) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, delay);
  };
}

function makeGroup(name, facets) {
  const badge = element("span", { class: "badge" });
  const panel = element("div", { class: "panel" });
  const group = { name, facets, badge, panel, narrowed: {} };
  group.root = element("details", { class: "group" }, element("summary", null, name, " ", badge), panel);
  group.root.addEventListener("toggle", () => {
    if (!group.root.open) return;
    for (const other of bar.groups) if (other !== group) other.root.open = false;
    fillGroup(group);
  });
  return group;
}

function fillGroup(group) {
  const active = document.activeElement;
  const focused = group.panel.contains(active) ? active.id : "";
  replace(group.panel, group.facets.length ? group.facets.map((name) => facetFields(group, name)) : dayFields());
  const again = focused && document.getElementById(focused);
  if (again) again.focus();
}

function facetFields(group, name) {
  const facet = FACETS[name];
  const counts = shown.counts[name];
  const chosen = state.chosen[name];
  const values = unique([...chosen, ...counts.keys()]);
  const rows = values.map((value) => ({ value, label: facet.say(value), count: counts.get(value) || 0 }));
  rows.sort((a, b) => chosen.has(b.value) - chosen.has(a.value) || b.count - a.count || a.label.localeCompare(b.label));
  const list = element("ul", { class: "options" });
  const fill = (narrow) => {
    const kept = rows.filter((row) => !narrow || folded(row.label).includes(folded(narrow)));
    replace(list, kept.slice(0, MOST_OPTIONS).map((row) => option(name, facet, row)),
      kept.length > MOST_OPTIONS && element("li", { class: "rest" }, `and ${number(kept.length - MOST_OPTIONS)} more: type to find them`),
      !kept.length && element("li", { class: "rest" }, "none"));
  };
  let narrow = null;
  if (rows.length > 12) {
    narrow = element("input", {
      type: "search", id: `narrow-${name}`, class: "narrow", placeholder: "Find", value: group.narrowed[name] || "",
      "aria-label": `Find in ${facet.name}`,
      on: { input: () => { group.narrowed[name] = narrow.value; fill(narrow.value); } },
    });
  }
  fill(group.narrowed[name]);
  return element("fieldset", null, element("legend", null, facet.name), narrow, list);
}

function option(name, facet, row) {
  const id = `filter-${name}-${row.value.replace(/[^\w-]/g, (c) => `_${c.codePointAt(0)}`)}`;
  const box = element("input", {
    type: "checkbox", id, checked: state.chosen[name].has(row.value), on: { change: () => toggleFilter(name, row.value) },
  });
  const meaning = facet.tell ? facet.tell(row.value) : null;
  return element("li", { title: meaning },
    element("label", { for: id }, box, element("span", { class: "option-name" }, upper(row.label)),
      element("span", { class: "count" }, number(row.count), unseen(row.count === 1 ? " claim" : " claims"))));
}

function dayFields() {
  const field = (name, label) => element("label", { class: "day" }, label,
    element("input", { type: "date", id: `filter-${name}`, value: state[name], on: { change: (e) => changed(name, e.target.value) } }));
  return element("fieldset", null, element("legend", null, "When the harm happened"),
    field("from", "From"), field("to", "To"),
    element("p", { class: "rest" }, "Claims without a day are left out while a day is set."));
}

function toggleFilter(name, value) {
  const chosen = state.chosen[name];
  if (!chosen.delete(value)) chosen.add(value);
  filtersChanged();
}

function changed(name, value) {
  if (state[name] === value) return;
  state[name] = value;
  filtersChanged();
}

function clearAll() {
  state.query = state.from = state.to = "";
  for (const set of Object.values(state.chosen)) set.clear();
  bar.search.value = "";
  filtersChanged();
  bar.search.focus();
}

function filtersChanged() {
  sift();
  renderBar();
  renderView();
  writeAddress(false);
}

function renderBar() {
  if (bar.search.value.trim() !== state.query) bar.search.value = state.query;
  const all = `${counted(CLAIMS.length, "claim")} in ${counted(ARTICLES.length, "article")}`;
  bar.told.textContent = isFiltered()
    ? `${number(shown.claims.length)} of ${counted(CLAIMS.length, "claim")}, ${number(shown.articles.length)} of ${counted(ARTICLES.length, "article")}`
    : all;
  bar.clear.hidden = !isFiltered();
  for (const group of bar.groups) {
    const count = group.facets.length
      ? group.facets.reduce((sum, name) => sum + state.chosen[name].size, 0)
      : Number(Boolean(state.from)) + Number(Boolean(state.to));
    replace(group.badge, count ? [document.createTextNode(String(count)), unseen(" chosen")] : []);
    group.root.classList.toggle("is-active", count > 0);
    if (group.root.open) fillGroup(group);
  }
  const chips = [];
  for (const [name, set] of Object.entries(state.chosen)) {
    for (const value of set) chips.push(chip(`${FACETS[name].name}: ${FACETS[name].say(value)}`, () => toggleFilter(name, value)));
  }
  for (const [name, word] of [["from", "From"], ["to", "To"]]) {
    if (state[name]) chips.push(chip(`${word} ${day(state[name])}`, () => changed(name, "")));
  }
  if (state.query) chips.push(chip(`“${state.query}”`, () => { bar.search.value = ""; changed("query", ""); }));
  replace(bar.chips, chips);
  bar.chips.hidden = !chips.length;
}

function chip(text, listener) {
  return element("li", null,
    button([text, element("span", { class: "cross", "aria-hidden": "true" }, "×")], listener, { "aria-label": `Remove the filter ${text}` }));
}
