// The frame around the views: head, tabs, theme, keys; and the first look.

const frame = { live: null, tabs: new Map(), views: new Map(), theme: null, help: null };

const MAKERS = {
  read: [makeReading, renderReading], table: [makeTable, renderTable], timeline: [makeTimeline, renderTimeline],
  map: [makeMap, renderMap], events: [makeEvents, renderEvents],
};

const KEYS = [
  ["j, k", "next and previous claim"], ["n, p", "next and previous article"],
  ["→, ←", "from mark to mark in the text, or from point to point in a chart"],
  ["Enter", "choose the claim of a mark; again for the next one there"],
  ["Escape", "leave the chosen claim, or close what is open"], ["/", "search"], ["1 – 5", "the views in their order"], ["?", "this list"],
];

function announce(text) {
  frame.live.textContent = text;
}

function makeFrame() {
  frame.live = element("div", { class: "unseen", role: "status", "aria-live": "polite" });
  const tabs = Object.entries(VIEWS).map(([view, name]) => {
    const tab = button(name, () => openView(view), { class: "tab" });
    frame.tabs.set(view, tab);
    return element("li", null, tab);
  });
  frame.theme = button("", toggleTheme, { class: "theme" });
  const help = button("Keys", openHelp, { class: "help-toggle", "aria-haspopup": "dialog" });
  frame.help = element("dialog", { class: "help", "aria-labelledby": "help-name" },
    element("h2", { id: "help-name" }, "Keys"),
    element("dl", null, KEYS.map(([keys, told]) => element("div", null, element("dt", null, element("kbd", null, keys)), element("dd", null, told)))),
    button("Close", () => frame.help.close()));
  const main = element("main", { id: "main", tabindex: "-1" });
  for (const [view, [make]] of Object.entries(MAKERS)) {
    const holder = element("div", { class: "view", hidden: true }, make());
    frame.views.set(view, holder);
    main.append(holder);
  }
  replace(document.getElementById("report"),
    element("a", { class: "skip", href: "#main", on: { click: (event) => { event.preventDefault(); main.focus(); } } }, "Skip to the report"),
    element("header", { class: "top" },
      element("div", { class: "title" }, element("h1", { dir: "auto" }, DATA.title), notices()),
      element("nav", { class: "tabs", "aria-label": "Views" }, element("ul", null, tabs)),
      element("div", { class: "tools" }, help, frame.theme)),
    makeBar(), main, element("footer", { class: "foot" },
      element("p", null, "Found by a program, casualty-extract, in the words of the articles. A claim is what a text says, not what is known to be so; it can be misread. Check each figure against its sentence before you use it.")),
    frame.help, frame.live);
}

function notices() {
  const made = [];
  if (DATA.failures.length) {
    made.push(element("details", { class: "failures" }, element("summary", null, `${counted(DATA.failures.length, "document")} could not be read`),
      element("ul", null, DATA.failures.map((failure) => element("li", null, element("strong", null, failure.where), `: ${failure.problem}`)))));
  }
  if (!HAS_ALL_TEXTS && ARTICLES.length) {
    const without = ARTICLES.filter((article) => typeof article.text !== "string").length;
    made.push(element("p", { class: "aside" }, `${without === ARTICLES.length ? "The texts of the articles are" : `The texts of ${counted(without, "article")} are`} not in this report: the sentences with claims stand for them.`));
  }
  return made;
}

function openView(view) {
  if (state.view === view) return;
  state.view = view;
  show();
  writeAddress(true);
}

// Show the view that is chosen, and all that belongs to it.
function show() {
  for (const [view, holder] of frame.views) {
    holder.hidden = view !== state.view;
    if (view === state.view) frame.tabs.get(view).setAttribute("aria-current", "page");
    else frame.tabs.get(view).removeAttribute("aria-current");
  }
  document.body.className = `in-${state.view}`;
  renderView();
}

function renderView() {
  MAKERS[state.view][1]();
}

function theme() {
  return document.documentElement.dataset.theme;
}

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  frame.theme.textContent = name === "dark" ? "Light" : "Dark";
  frame.theme.setAttribute("aria-label", name === "dark" ? "Light theme" : "Dark theme");
}

function toggleTheme() {
  const name = theme() === "dark" ? "light" : "dark";
  setTheme(name);
  // A file opened from a disk may have no store; the choice then holds for this look alone.
  try {
    localStorage.setItem("casualty-extract-theme", name);
  } catch { /* as said */ }
}

function firstTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let stored = null;
  try {
    stored = localStorage.getItem("casualty-extract-theme");
  } catch { /* none */ }
  setTheme(stored === "dark" || stored === "light" ? stored : dark.matches ? "dark" : "light");
  if (!stored) dark.addEventListener("change", () => setTheme(dark.matches ? "dark" : "light"));
}

function openHelp() {
  frame.help.showModal();
}

function escape() {
  const open = bar.groups.find((group) => group.root.open);
  if (open) {
    open.root.open = false;
    open.root.querySelector("summary").focus();
  } else if (state.claim) {
    const card = cards.byClaim.get(state.claim);
    const hadCard = card && card.root.contains(document.activeElement);
    select(null, {});
    if (hadCard) card.opener.focus({ preventScroll: true });
    announce("No claim chosen");
  }
}

function pressedKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || frame.help.open) return;
  const target = event.target;
  const isTyping = target.matches("input:not([type=checkbox]):not([type=radio]), select, textarea");
  if (event.key === "Escape") {
    if (isTyping && target === bar.search) bar.search.blur();
    escape();
    return;
  }
  if (isTyping) return;
  const card = target.closest(".card");
  const acts = {
    j: () => stepClaim(1), k: () => stepClaim(-1), n: () => stepArticle(1), p: () => stepArticle(-1),
    "/": () => bar.search.focus(), "?": openHelp,
    ArrowDown: card && (() => stepFrom(card, 1)), ArrowUp: card && (() => stepFrom(card, -1)),
  };
  Object.keys(VIEWS).forEach((view, i) => { acts[String(i + 1)] = () => openView(view); });
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

function stepFrom(root, step) {
  const at = cards.all.findIndex((card) => card.root === root);
  const next = cards.all[at + step];
  if (next) next.opener.focus();
}

function start() {
  makeFrame();
  firstTheme();
  readAddress();
  sift();
  renderBar();
  show();
  if (state.claim) select(state.claim, { from: "start" });
  document.addEventListener("keydown", pressedKey);
  addEventListener("hashchange", cameBack);
  addEventListener("popstate", cameBack);
  addEventListener("beforeprint", () => cards.all.forEach(fillCard));
  addEventListener("resize", later(() => { if (state.view === "timeline" || state.view === "map") renderView(); }, 200));
  document.documentElement.dataset.ready = "true";
  requestAnimationFrame(() => setTimeout(() => performance.mark("first-view"), 0));
}

function cameBack() {
  if (address() === (location.hash || "#")) return;
  readAddress();
  sift();
  renderBar();
  show();
  paint();
}

start();
