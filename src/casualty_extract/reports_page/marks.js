// The article's text with its passages marked. Passages overlap and nest, so the text is cut at every edge and each
// piece knows all that covers it; the shortest passage gives the piece its look.

const marks = { root: null, pieces: [], current: null };

function renderText(article, claims) {
  const covers = coversOf(article, claims);
  const edges = [...new Set(covers.flatMap((cover) => [cover.start, cover.end]))].sort((a, b) => a - b);
  // One walk through the text: what is begun and not ended covers the next piece. Lists of thousands stay quick.
  const walk = { covers, edges, cover: 0, edge: 0, open: [] };
  marks.pieces = [];
  const paragraphs = paragraphsOf(article.text).map(([start, end]) => paragraph(article.text, start, end, walk));
  marks.root = element("div", {
    class: "text", dir: "auto", lang: article.language || "en",
    on: { click: pressed, keydown: steered, mouseover: hovered, mouseout: hovered },
  }, paragraphs);
  seek();
  marks.current = null;
  const first = marks.pieces[0];
  if (first) enter(first, false);
  return marks.root;
}

// All passages, and the sentences that they stand in, by their starts.
function coversOf(article, claims) {
  const covers = [];
  const sentences = new Map();
  for (const claim of claims) {
    for (const [kind, at] of passages(claim)) {
      const [start, end] = bounds(article, at);
      covers.push({ start, end, kind, claim });
    }
    const key = `${claim.evidence[0]} ${claim.evidence[1]}`;
    if (!sentences.has(key)) {
      const [start, end] = bounds(article, claim.evidence);
      sentences.set(key, { start, end, kind: "evidence", claims: new Set() });
    }
    sentences.get(key).claims.add(claim);
  }
  return [...covers, ...sentences.values()].sort((a, b) => a.start - b.start);
}

function paragraphsOf(text) {
  const found = [];
  const blank = /\r?\n[^\S\n]*(?:\r?\n[^\S\n]*)+/g;
  let from = 0;
  for (const gap of text.matchAll(blank)) {
    if (gap.index > from) found.push([from, gap.index]);
    from = gap.index + gap[0].length;
  }
  if (from < text.length) found.push([from, text.length]);
  return found.filter(([start, end]) => text.slice(start, end).trim());
}

function paragraph(text, start, end, walk) {
  const pieces = [];
  let from = start;
  while (walk.edge < walk.edges.length && walk.edges[walk.edge] <= start) walk.edge++;
  while (from < end) {
    const edge = walk.edges[walk.edge] ?? Infinity;
    const to = Math.min(edge, end);
    if (edge <= end) walk.edge++;
    while (walk.cover < walk.covers.length && walk.covers[walk.cover].start <= from) walk.open.push(walk.covers[walk.cover++]);
    walk.open = walk.open.filter((cover) => cover.end > from);
    const part = text.slice(from, to);
    pieces.push(walk.open.length ? piece(part, to, walk.open) : document.createTextNode(part));
    from = to;
  }
  // Text that was wrapped at a width of its own flows; other line ends are kept.
  const lines = text.slice(start, end).split("\n");
  const isWrapped = lines.length > 1 && lines.slice(0, -1).every((line) => line.length > 50);
  return element("p", { class: isWrapped ? "is-wrapped" : null, dir: "auto" }, pieces);
}

function piece(text, to, over) {
  const marked = over.filter((cover) => cover.kind !== "evidence").sort((a, b) => a.end - a.start - (b.end - b.start));
  const evidence = over.filter((cover) => cover.kind === "evidence");
  if (!marked.length) {
    const plain = element("span", { class: "said" }, text);
    plain.evidence = evidence;
    return plain;
  }
  const kinds = unique(marked.map((cover) => cover.kind));
  const claims = unique(marked.map((cover) => cover.claim));
  const own = kinds.includes("quantity") ? "quantity" : kinds[0];
  const ending = unique(marked.filter((cover) => cover.end === to).map((cover) => cover.kind));
  const names = kinds.map((kind) => KINDS[kind].name.toLowerCase()).join(", ");
  const made = element("span", {
    class: `said mark k-${own}${kinds.length > 1 ? ` o-${kinds.find((kind) => kind !== own)}` : ""}`,
    role: "button", tabindex: "-1", "aria-pressed": "false",
    "data-letter": ending.length ? letters(ending) : null,
    "aria-label": `${text} (${names}${claims.length > 1 ? `, ${claims.length} claims` : ""})`,
    title: `${kinds.map((kind) => KINDS[kind].name).join(", ")}: ${counted(claims.length, "claim")}`,
  }, text);
  Object.assign(made, { covers: marked, claims, evidence, end: to });
  marks.pieces.push(made);
  return made;
}

function letters(kinds) {
  return Object.keys(KINDS).filter((kind) => kinds.includes(kind)).map((kind) => KINDS[kind].letter).join("");
}

function markOf(event) {
  return event.target.closest && event.target.closest(".mark");
}

// A mark chooses its claim; where several share it, one press after the other goes through them.
function choose(mark) {
  const ranked = [...mark.claims].sort((a, b) => isFigureOf(mark, b) - isFigureOf(mark, a));
  const at = ranked.indexOf(state.claim);
  const next = ranked[(at + 1) % ranked.length];
  select(next, { also: ranked.filter((claim) => claim !== next), from: "text" });
}

function isFigureOf(mark, claim) {
  return mark.covers.some((cover) => cover.claim === claim && cover.kind === "quantity");
}

function pressed(event) {
  const mark = markOf(event);
  if (!mark || String(getSelection()).length) return;
  enter(mark, true);
  choose(mark);
}

function hovered(event) {
  const mark = markOf(event);
  hint(mark && event.type === "mouseover" ? mark.claims : []);
}

// One mark is in the order of tabs; arrows go from mark to mark.
function enter(mark, isFocused) {
  if (marks.current) marks.current.tabIndex = -1;
  marks.current = mark;
  mark.tabIndex = 0;
  if (isFocused) mark.focus({ preventScroll: true });
}

function steered(event) {
  const mark = markOf(event);
  if (!mark || event.altKey || event.ctrlKey || event.metaKey) return;
  const at = marks.pieces.indexOf(mark);
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step) {
    const next = marks.pieces[at + step];
    if (next) {
      enter(next, true);
      bring(next);
    }
  } else if (event.key === "Home" || event.key === "End") {
    enter(event.key === "Home" ? marks.pieces[0] : marks.pieces.at(-1), true);
  } else if (event.key === "Enter" || event.key === " ") {
    choose(mark);
  } else {
    return;
  }
  event.preventDefault();
}

// Words that are searched for are set off where the browser can do so without a change of the text.
function seek() {
  if (typeof Highlight !== "function" || !CSS.highlights) return;
  CSS.highlights.delete("sought");
  const sought = terms();
  if (!sought.length || !marks.root) return;
  const found = new Highlight();
  const walker = document.createTreeWalker(marks.root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const text = node.data.toLowerCase();
    if (text.length !== node.data.length) continue;
    for (const term of sought) {
      for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length)) {
        found.add(new StaticRange({ startContainer: node, startOffset: at, endContainer: node, endOffset: at + term.length }));
      }
    }
  }
  CSS.highlights.set("sought", found);
}

// Show in the text what belongs to the chosen claim.
function paintMarks() {
  if (!marks.root) return;
  const claim = state.claim;
  marks.root.classList.toggle("has-choice", Boolean(claim));
  for (const node of marks.root.querySelectorAll(".said")) {
    node.classList.toggle("is-evidence", Boolean(claim) && node.evidence.some((sentence) => sentence.claims.has(claim)));
    if (!node.claims) continue;
    const own = node.covers.filter((one) => one.claim === claim);
    const cover = own[0];
    const ending = own.filter((one) => one.end === node.end).map((one) => one.kind);
    if (ending.length) node.setAttribute("data-chosen", letters(ending));
    else node.removeAttribute("data-chosen");
    node.classList.toggle("is-chosen", Boolean(cover));
    node.setAttribute("aria-pressed", String(Boolean(cover)));
    for (const kind of Object.keys(KINDS)) node.classList.toggle(`c-${kind}`, Boolean(cover) && cover.kind === kind);
  }
}

function figureMark(claim) {
  return marks.pieces.find((mark) => isFigureOf(mark, claim)) || null;
}

function hint(claims) {
  for (const mark of marks.pieces) mark.classList.toggle("is-hinted", mark.claims.some((claim) => claims.includes(claim)));
  for (const card of cards.all) card.root.classList.toggle("is-hinted", claims.includes(card.claim));
}
