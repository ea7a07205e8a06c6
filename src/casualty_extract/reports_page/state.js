// What is chosen and what is shown; the address after # holds it, so that a view can be shared.

const VIEWS = { read: "Articles", table: "Table", timeline: "Timeline", map: "Map", events: "Events" };

// What claims are filtered by; each gives the values of a claim.
const FACETS = {
  harm: { name: "Harm", of: (claim) => [claim.harm ? claim.harm.label : claim.unit], say: (v) => HARMS[v] || `${v}, no harm named` },
  status: { name: "How sure", of: (claim) => [claim.status], say: (v) => v, tell: (v) => STATUSES[v] },
  kind: { name: "Kind of source", of: (claim) => [sourceKind(claim)], say: (v) => SOURCE_KINDS[v] || v },
  source: { name: "Source", of: (claim) => (claim.attribution ? [whoSays(claim)] : []), say: (v) => v },
  country: { name: "Country", of: (claim) => unique((claim.places || []).map((p) => p.country).filter(Boolean)), say: country },
  place: { name: "Place", of: (claim) => unique((claim.places || []).map((p) => p.name)), say: (v) => v },
  cause: { name: "Cause", of: (claim) => (claim.cause ? [claim.cause.label] : []), say: (v) => cause(v) },
};

const state = { view: "read", article: null, claim: null, also: [], query: "", from: "", to: "", chosen: {} };
for (const name of Object.keys(FACETS)) state.chosen[name] = new Set();

// What the filters leave: claims, and articles in the list.
const shown = { claims: [], byArticle: new Map(), articles: [], counts: {} };

function unique(values) {
  return [...new Set(values)];
}

for (const claim of CLAIMS) {
  claim.facets = {};
  for (const [name, facet] of Object.entries(FACETS)) claim.facets[name] = facet.of(claim);
}

function folded(text) {
  return text.toLowerCase().normalize("NFKD").replace(/\p{M}+/gu, "");
}

function claimWords(claim) {
  if (claim.haystack === undefined) {
    const told = passages(claim).map(([, at]) => words(claim.article, at));
    const named = (claim.places || []).flatMap((place) => [place.name, place.country ? country(place.country) : ""]);
    const who = claim.attribution ? [claim.attribution.name] : [];
    const about = [claim.id, claim.article.title || "", claim.article.publisher || ""];
    const all = [headline(claim), words(claim.article, claim.evidence), claim.status, ...told, ...named, ...who, ...about];
    claim.haystack = folded(all.join("\n"));
  }
  return claim.haystack;
}

function articleWords(article) {
  if (article.haystack === undefined) {
    article.haystack = folded([article.title || "", article.publisher || "", article.id, article.text || ""].join("\n"));
  }
  return article.haystack;
}

function terms() {
  return folded(state.query).split(/\s+/).filter(Boolean);
}

function isWithin(claim) {
  if (!state.from && !state.to) return true;
  const time = claim.time;
  const from = time && (time.earliest || time.latest);
  const to = time && (time.latest || time.earliest);
  if (!from) return false;
  return (!state.from || to >= state.from) && (!state.to || from <= state.to);
}

function isFiltered() {
  return Boolean(state.query || state.from || state.to) || Object.values(state.chosen).some((set) => set.size);
}

function sift() {
  const sought = terms();
  const names = Object.keys(FACETS);
  const counts = Object.fromEntries(names.map((name) => [name, new Map()]));
  shown.claims = [];
  shown.byArticle = new Map();
  const isAsked = names.map((name) => state.chosen[name].size > 0);
  for (const claim of CLAIMS) {
    if (!isWithin(claim)) continue;
    if (sought.length && !sought.every((term) => claimWords(claim).includes(term))) continue;
    let misses = 0;
    let missed = -1;
    names.forEach((name, i) => {
      if (isAsked[i] && !claim.facets[name].some((value) => state.chosen[name].has(value))) {
        misses++;
        missed = i;
      }
    });
    // A filter's own counts are those that all other filters leave.
    if (misses > 1) continue;
    names.forEach((name, i) => {
      if (misses === 0 || missed === i) {
        for (const value of claim.facets[name]) counts[name].set(value, (counts[name].get(value) || 0) + 1);
      }
    });
    if (misses) continue;
    shown.claims.push(claim);
    const mine = shown.byArticle.get(claim.article);
    if (mine) mine.push(claim);
    else shown.byArticle.set(claim.article, [claim]);
  }
  shown.counts = counts;
  const isTextSought = sought.length > 0 && !state.from && !state.to && !isAsked.some(Boolean);
  shown.articles = ARTICLES.filter((article) =>
    shown.byArticle.has(article) || !isFiltered()
    || (isTextSought && sought.every((term) => articleWords(article).includes(term))));
}

function address() {
  const parts = new URLSearchParams();
  if (state.view !== "read") parts.set("view", state.view);
  if (state.article && (ARTICLES.length > 1 || state.claim)) parts.set("article", state.article.key);
  if (state.claim) parts.set("claim", state.claim.id);
  if (state.query) parts.set("q", state.query);
  for (const [name, set] of Object.entries(state.chosen)) {
    for (const value of [...set].sort()) parts.append(name, value);
  }
  if (state.from) parts.set("from", state.from);
  if (state.to) parts.set("to", state.to);
  return `#${parts}`;
}

function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const view = parts.get("view");
  state.view = Object.hasOwn(VIEWS, view || "") ? view : "read";
  state.query = parts.get("q") || "";
  for (const name of Object.keys(FACETS)) state.chosen[name] = new Set(parts.getAll(name));
  const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text || "");
  state.from = isDay(parts.get("from")) ? parts.get("from") : "";
  state.to = isDay(parts.get("to")) ? parts.get("to") : "";
  state.article = BY_KEY.get(parts.get("article") || "") || (ARTICLES.length === 1 ? ARTICLES[0] : null);
  state.claim = state.article ? state.article.byId.get(parts.get("claim") || "") || null : null;
  state.also = [];
}

// Steps between articles and views can be taken back; smaller ones only change the address.
function writeAddress(isStep) {
  const wanted = address();
  if (wanted === (location.hash || "#")) return;
  try {
    if (isStep) history.pushState(null, "", wanted);
    else history.replaceState(null, "", wanted);
  } catch { /* Within a notebook there is no address to write. */ }
}
